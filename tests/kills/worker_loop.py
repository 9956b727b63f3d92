#!/usr/bin/env python3
"""Nights by three workers that are killed and paused at random, and proves that each night is made once and nothing is lost.

    worker_loop.py ROUNDS [SEED]

An epoch is an empty PostgreSQL database, on which three `serve --role worker` start at the same moment, and the invented nights one after the other: a round each. In a
round the recurring nights fire, more than once; workers get SIGKILL and start again, or SIGSTOP and, after others could take over, SIGCONT. The stand-in fails one
request in twenty. Mail goes by turns into a spool and to a server that refuses, puts off and breaks off one message in five. A round is over when both sources have a run that came to its end; there must be exactly one of each. At the end of an epoch the workers are told
to end, the store must be whole, and what it holds, told and wrote to each recipient must be what one undisturbed worker made of the same nights: every new record, change and loss once. Every message that was written was handed
over. No letter comes twice, into the spool or to the server, and as many came as the store calls sent; with the server, one that broke off after its last byte may have come or not, and the store names it as ambiguous.

Exit codes: 0 all as it should be, 1 something was not, 2 usage. What is printed holds the seed.
"""
import argparse
import os
import re
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from random import Random

import ledger
from cluster import Cluster
from courses import compare, exported, hashed, verified
from postbox import Postbox
from program import CRASHED, LIMIT, ROOT, Broken

WORKERS = ROOT / "tests/CarTIngest.Workers/bin/Debug/net10.0/CarTIngest.Workers"
NIGHTS = ROOT / "tests/Nights"
SOURCES = ("pubmed", "clinicaltrials")
FAULTS = 0.05
MAIL_FAULTS = 0.2
PACE = 20  # requests a second: a night should last long enough to be struck
TERM = 60  # seconds of a lease
AGAIN = 2  # seconds between two firings of the same night in a round
LISTENS = re.compile(rb"listens on (http://127\.0\.0\.1:\d+)")
# A run that began and came to its end for a source: whoever was cut short did not.
MADE = """SELECT s."Source", count(*) FROM "Runs" r JOIN "RunSources" s ON s."RunId" = r."Id"
    WHERE r."Night" = '{0}' AND r."WeighedChange" IS NOT NULL AND s."ReaderVersion" <> '' GROUP BY 1"""
MESSAGES = """SELECT "Id", "State", "Attempts", coalesce("Said", '') FROM "Outbox" ORDER BY 1"""
WAITING = """SELECT count(*) FROM "Outbox" WHERE "State" IN ('Pending', 'Sending')"""
# Recipients who have not been told of the last night yet; all of them, while none was told of any.
BEHIND = """SELECT 2 - count(*) FROM "DigestMarks" WHERE "RunId" >= (SELECT max("Id") FROM "Runs" WHERE "WeighedChange" IS NOT NULL)"""
# Which records each recipient is written of, and how many were only counted, for a letter lists so many of a kind. In which letter, and under which heading, depends on which source came first in a night, which is chance.
WRITTEN = r"""SELECT DISTINCT "Kind", "Recipient", record[1] FROM "Outbox", regexp_matches("Text", '^(NCT\d{8}|PMID \d+) ·', 'gn') AS record"""
COUNTED = r"""SELECT coalesce(sum(replace(more[1], ',', '')::int), 0) FROM "Outbox", regexp_matches("Text", 'And ([\d,]+) more\.', 'gn') AS more"""
LEFT = """SELECT count(*) FROM "Runs" WHERE "EndedAt" IS NULL"""
# Machine, process and start of who is at the night, or was when it was killed; given back, the term ends with the epoch of time.
AT_WORK = """SELECT "Holder" FROM "Leases" WHERE "Until" > 0"""


class Director:
    """The stand-in and the clock, in a process of their own."""

    def __init__(self, scratch, seed, faults=FAULTS):
        self.clock = scratch / "clock"
        self.clock.write_bytes(struct.pack("<q", 0))
        self.process = subprocess.Popen(
            [WORKERS, "director", self.clock, NIGHTS / "clinicaltrials", NIGHTS / "pubmed", f"{faults}@{seed}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.eutils, self.registry, *self.nights = self.process.stdout.readline().split()

    def does(self, line, answers=False):
        """Repeats what it did; before that, what it has to say."""
        self.process.stdin.write(line + "\n")
        said = self.process.stdout.readline().rstrip("\n") if answers else ""
        if self.process.stdout.readline().rstrip("\n") != line:
            raise Broken(f"the stand-in did not do '{line}'")
        return said

    def close(self):
        self.process.stdin.close()
        self.process.wait(LIMIT)
        self.process.stdout.close()


class Spool:
    """A folder of letters, and a mail program that takes each away as soon as it sees it: a letter that is written again comes twice."""

    def __init__(self, scratch):
        self.folder = Path(tempfile.mkdtemp(prefix="mail-", dir=scratch))
        self.settings = {"Alerts:Transport": "spool", "Alerts:Spool:Folder": self.folder}
        self.taken, self.over = [], threading.Event()
        self.taker = threading.Thread(target=self.take, daemon=True)
        self.taker.start()

    def take(self):
        while not self.over.wait(0.002):
            self.take_all()

    def take_all(self):
        for letter in self.folder.glob("*.eml"):
            self.taken.append(letter.stem)
            letter.unlink()

    def check(self, sent, ambiguous):
        """Every letter came once, and what came is all that was sent."""
        self.close()
        self.take_all()
        twice(self.taken)
        if len(self.taken) != sent or ambiguous:
            raise Broken(f"{sent} messages were sent, {len(self.taken)} letters came into the spool, {ambiguous} are ambiguous")
        return 0

    def close(self):
        self.over.set()
        self.taker.join()


def twice(names):
    if len(names) != len(set(names)):
        raise Broken(f"a letter came twice: {sorted(name for name in set(names) if names.count(name) > 1)}")


class Server:
    """A mail server with faults."""

    def __init__(self, seed):
        self.box = Postbox(MAIL_FAULTS, seed)
        self.settings = {
            "Alerts:Transport": "smtp", "Alerts:Smtp:Host": "127.0.0.1", "Alerts:Smtp:Port": self.box.port, "Alerts:Smtp:Security": "None", "Alerts:Smtp:From": "cartingest@review.example",
            "Alerts:WhenAmbiguous": "hold",
        }

    def check(self, sent, ambiguous):
        """Held, not sent again: so no letter comes twice, and one that came unheard is named."""
        names = [name for _, name, _ in self.box.accepted]
        twice(names)
        if not sent <= len(names) <= sent + ambiguous:
            raise Broken(f"{sent} messages were sent and {ambiguous} are ambiguous, and {len(names)} letters came")
        return ambiguous

    def close(self):
        self.box.close()


class Worker:
    """One place for a worker: whoever is killed there is followed by another."""

    def __init__(self, number, director, store, mail, scratch):
        self.number, self.director, self.store, self.mail = number, director, store, mail
        self.log = open(scratch / f"worker-{number}.log", "ab+")
        self.process, self.paused = None, False

    def start(self):
        settings = {
            "Web:Urls": "http://127.0.0.1:0", "Sources:PubMed:BaseAddress": self.director.eutils, "Sources:ClinicalTrials:BaseAddress": self.director.registry,
            "Sources:PubMed:RequestsPerSecond": PACE, "Sources:ClinicalTrials:RequestsPerSecond": PACE, "Sources:PubMed:ReaskAfterMilliseconds": 20,
            "Http:FirstPauseSeconds": 0.02, "Http:LongestPauseSeconds": 2, "Http:AttemptTimeoutSeconds": 2, "Http:PaceFolder": "", "Nightly:SecondLookAfterSeconds": 0.05,
            "Alerts:To": "lead@review.example,second@review.example", **self.mail.settings,
        }
        arguments = [argument for key, value in settings.items() for argument in ("--set", f"{key}={value}")]
        self.process = subprocess.Popen(
            [WORKERS, "worker", self.director.clock, *arguments, *self.store.arguments], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            env={**os.environ, **self.store.environment})

    def living(self):
        if self.process.poll() is not None:
            raise Broken(f"worker {self.number} ended by itself with {self.process.returncode}:\n{self.said()}")

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.paused = False

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)
        self.paused = True

    def wake(self):
        self.process.send_signal(signal.SIGCONT)
        self.paused = False

    def drain(self):
        """Told to end, a worker ends with 0 in less than 25 seconds."""
        began = time.monotonic()
        self.process.terminate()
        try:
            code = self.process.wait(25)
        except subprocess.TimeoutExpired:
            raise Broken(f"worker {self.number} had not ended 25 seconds after SIGTERM:\n{self.said()}") from None
        if code != 0:
            raise Broken(f"worker {self.number} was told to end and did with {code}:\n{self.said()}")
        return time.monotonic() - began

    def come_back(self):
        """The seconds from SIGKILL until whoever is started in its place calls itself ready."""
        began, heard = time.monotonic(), self.log.seek(0, os.SEEK_END)
        self.kill()
        self.start()
        until, address = began + LIMIT, None
        while time.monotonic() < until:
            self.living()
            address = address or LISTENS.search(os.pread(self.log.fileno(), 1 << 20, heard))
            try:
                if address and urllib.request.urlopen(f"{address.group(1).decode()}/health/ready", timeout=5).status == 200:
                    return time.monotonic() - began
            except urllib.error.HTTPError:
                pass
            time.sleep(0.01)
        raise Broken(f"worker {self.number} was not ready {LIMIT} seconds after it was killed:\n{self.said()}")

    def said(self):
        self.log.seek(max(0, self.log.seek(0, os.SEEK_END) - 6000))
        return self.log.read().decode("utf-8", "replace")

    def everything(self):
        self.log.seek(0)
        return self.log.read().decode("utf-8", "replace")

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()


class Tally:
    def __init__(self):
        self.rounds = self.kills = self.pauses = self.lost = self.cut = self.ends = self.letters = self.ambiguous = 0
        self.slowest = self.ready = 0.0

    def __str__(self):
        return (f"{self.letters} letters handed over and {self.ambiguous} named as ambiguous, {self.rounds} rounds, {self.kills} workers killed, {self.pauses} paused ({self.lost} woke to find another in their place), {self.cut} runs cut short, "
                f"{self.ends} databases like the undisturbed one, the slowest of all workers drained in {self.slowest:.1f} s, the undisturbed one was ready {self.ready:.1f} s after SIGKILL")


class Unrest:
    """What is done to the workers of a round; nothing for the undisturbed one."""

    def __init__(self, dice, tally):
        self.dice, self.tally = dice, tally
        self.left = 0

    def begin(self):
        self.left = self.dice.choice((1, 1, 2, 2, 3))

    def victim(self, workers):
        """Mostly the one that is at the night, at some moment of it."""
        until = time.monotonic() + 2
        while self.dice.random() < 0.95 and time.monotonic() < until:
            holder = workers[0].store.cluster.psql(workers[0].store.name, AT_WORK).split("/")
            at_work = [worker for worker in workers if len(holder) == 3 and worker.process.pid == int(holder[1])]
            if at_work:
                time.sleep(self.dice.uniform(0, 0.5))
                return at_work[0]
        return self.dice.choice(workers)

    def strike(self, workers, director):
        """Kills or pauses one worker."""
        if self.left == 0:
            return
        self.left -= 1
        worker = self.victim(workers)
        if self.dice.random() < 0.6:
            worker.kill()
            self.tally.kills += 1
            time.sleep(self.dice.uniform(0, 0.5))
            worker.start()
            return
        worker.pause()
        self.tally.pauses += 1
        time.sleep(self.dice.uniform(0, 0.3))
        if self.dice.random() < 0.7:
            # Its term runs out, and another takes its place before it wakes.
            director.does(f"pass {TERM + 1}")
            director.does("trigger")
            time.sleep(self.dice.uniform(0.5, 3))
        worker.wake()


def epoch(count, nights, director, mail, cluster, scratch, unrest, tally):
    """Plays the nights; gives what the store holds and told."""
    store = cluster.new_store()
    workers = [Worker(number, director, store, mail, scratch) for number in range(count)]
    try:
        director.does(f"night {nights[0]}")
        for worker in workers:
            worker.start()
        await_schema(store, workers)
        director.does(f"book {store.environment['Storage__ConnectionString']}")
        for night in nights:
            play(night, store, workers, director, unrest)
            tally.rounds += unrest is not None
        deliver(store, workers, director)
        if unrest is None:
            tally.ready = workers[0].come_back()
        drained = max(worker.drain() for worker in workers)
        tally.slowest = max(tally.slowest, drained)
        for night in nights:
            once(store, night)
        if store.cluster.psql(store.name, LEFT) != "0":
            raise Broken("a run has no end though all nights are made")
        for worker in workers:
            said = worker.everything()
            tally.lost += said.count("is left to another")
            if any(word in said for word in CRASHED[:2]):
                raise Broken(f"worker {worker.number} broke:\n{said[-6000:]}")
        tally.cut += int(store.cluster.psql(store.name, 'SELECT count(*) FROM "Runs" WHERE "WeighedChange" IS NULL'))
        handed_over(store, mail, tally)
        return outcome(store, scratch)
    finally:
        mail.close()
        for worker in workers:
            worker.close()
        for log in scratch.glob("worker-*.log"):
            log.unlink()
        store.close()


def await_schema(store, workers):
    """All start at once on an empty database; whoever is first makes it."""
    until = time.monotonic() + LIMIT
    while "listens on" not in workers[0].said() or store.cluster.psql(store.name, "SELECT to_regclass('hangfire.server') IS NOT NULL") != "t":
        workers[0].living()
        if time.monotonic() > until:
            raise Broken(f"no worker started:\n{workers[0].said()}")
        time.sleep(0.1)


def made(store, night):
    rows = store.cluster.psql(store.name, MADE.format(night)).split()
    return {source: int(count) for source, count in (row.split("|") for row in rows)}


def once(store, night):
    """One run a night and source, no more."""
    runs = made(store, night)
    if runs != dict.fromkeys(SOURCES, 1):
        raise Broken(f"the night of {night} was made {runs}, and should be once for each source")


def play(night, store, workers, director, unrest):
    director.does(f"night {night}")
    director.does("trigger")
    if unrest:
        unrest.begin()
    until, fired = time.monotonic() + LIMIT, time.monotonic()
    while len(made(store, night)) < len(SOURCES):
        if unrest:
            unrest.strike(workers, director)
        for worker in workers:
            worker.living()
        if time.monotonic() - fired > AGAIN:
            director.does("trigger")
            fired = time.monotonic()
        if time.monotonic() > until:
            raise Broken(f"the night of {night} was not made in {LIMIT} seconds, only {made(store, night)}:\n" + "\n".join(worker.said() for worker in workers))
        time.sleep(0.05)
    once(store, night)


def deliver(store, workers, director):
    """The morning after the last night: what was due is written, and all that waits goes out."""
    until = time.monotonic() + LIMIT
    director.does(f"pass {12 * 3600}")
    while True:
        director.does("mail")
        time.sleep(0.5)
        if store.cluster.psql(store.name, BEHIND) == "0" and store.cluster.psql(store.name, WAITING) == "0":
            return
        # What was put off by minutes waits no longer than its time.
        director.does("pass 600")
        if time.monotonic() > until:
            raise Broken("mail still waits:\n" + store.cluster.psql(store.name, MESSAGES) + "\n" + "\n".join(worker.said() for worker in workers))


def handed_over(store, mail, tally):
    states = [row.split("|")[1] for row in store.cluster.psql(store.name, MESSAGES).splitlines()]
    if not states or set(states) - {"Sent", "Ambiguous"}:
        raise Broken(f"of {len(states)} messages some were not handed over: {store.cluster.psql(store.name, MESSAGES)}")
    tally.letters += states.count("Sent")
    tally.ambiguous += mail.check(states.count("Sent"), states.count("Ambiguous"))


def outcome(store, scratch):
    """A store that must be whole: all that it holds, says of it and told. Which source came first in a night is chance, and so is which record opened a study."""
    file = store.ledger(scratch)
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        verdicts = connection.execute('SELECT DISTINCT "RecordId", "Revision", "Rulebook", "Verdict" FROM "Judgements" ORDER BY 1, 2').fetchall()
    finally:
        connection.close()
    told = ledger.read(file)
    file.unlink()
    return {
        "export": hashed(sorted(exported(store))),
        "verdicts": verdicts,
        "ok": verified(store)["ok"],
        "written": set(store.cluster.psql(store.name, WRITTEN).splitlines()),
        "counted": int(store.cluster.psql(store.name, COUNTED)),
        "ledger": told,
    }


def compare_mail(whole, disturbed):
    for one, other, whose in ((whole, disturbed, "disturbed"), (disturbed, whole, "undisturbed")):
        missing = one["written"] - other["written"]
        if len(missing) > other["counted"]:
            raise Broken(f"in the mails of the {whose} workers somebody is not written of {sorted(missing)}, and {other['counted']} were only counted")


def main():
    usage = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usage.add_argument("rounds", type=int)
    usage.add_argument("seed", type=int, nargs="?", default=time.time_ns() % 1_000_000)
    wanted = usage.parse_args()
    if not WORKERS.exists():
        usage.error(f"build first: there is no {WORKERS.relative_to(ROOT)}")
    tally, began = Tally(), time.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix="cartingest-workers-") as folder, closing(Cluster()) as cluster, closing(Director(Path(folder), wanted.seed)) as director:
            loop(wanted, Path(folder), cluster, director, tally)
    except Broken as broken:
        print(f"seed {wanted.seed}, after {tally}:\n{broken}", file=sys.stderr)
        return 1
    print(f"seed {wanted.seed}: {tally}, {time.monotonic() - began:.0f} s")
    return 0


def loop(wanted, scratch, cluster, director, tally):
    dice, wholes = Random(wanted.seed), {}
    while tally.rounds < wanted.rounds:
        nights = director.nights[:wanted.rounds - tally.rounds]
        if len(nights) not in wholes:
            quiet = Tally()
            wholes[len(nights)] = epoch(1, nights, director, Spool(scratch), cluster, scratch, None, quiet)
            tally.ready = max(tally.ready, quiet.ready)
        mail = Spool(scratch) if (tally.ends + wanted.seed) % 2 == 0 else Server(dice.random())
        disturbed = epoch(3, nights, director, mail, cluster, scratch, Unrest(dice, tally), tally)
        compare(wholes[len(nights)], disturbed, ("export", "verdicts", "ok"))
        compare_mail(wholes[len(nights)], disturbed)
        tally.ends += 1
        print(tally, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
