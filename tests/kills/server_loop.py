#!/usr/bin/env python3
"""Kills the PostgreSQL server under rehearsals and imports and proves that, once it is back, they end as if it had never been away.

    server_loop.py KILLS [--seed N]

Every second time the server and all its sessions get SIGKILL, every other time it is stopped at once without a word to its sessions; either at one of the writes
after a random moment or at the moment itself. It comes back within two seconds. A process may outlive that, or end in words with the exit code 3; it is
begun again on the same store until it ends by itself. Then the store must be whole, hold and have told what an undisturbed one does.

Exit codes: 0 all ended alike, 1 one did not, 2 usage.
"""
import argparse
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from random import Random

import invented
from cluster import Cluster
from courses import compare, importing, rehearsal
from kill_loop import MOST_WRITES, NIGHTS, undisturbed
from program import Broken

FAILED = ("The store failed: ", "The store cannot be opened")
LONGEST_ABSENCE = 2  # seconds
MOST_KILLS = 8  # of the server under one store


def disturbed(course, cluster, store, reach, kills, done, dice):
    """At most so many kills; says how many there were and how many of them the process outlived."""
    killed = outlived = 0
    while True:
        life, killed_here = course.begin(store), 0
        while killed < kills and life.last(dice.uniform(0, reach)):
            if dice.random() < 0.5 and not store.await_commit(life, dice.randint(1, MOST_WRITES)):
                break
            (cluster.kill if (done + killed) % 2 else cluster.stop_at_once)()
            time.sleep(dice.uniform(0, LONGEST_ABSENCE))
            cluster.start()
            killed, killed_here = killed + 1, killed_here + 1
        life.end(*course.codes, 3)
        failed = any(words in life.said() for words in FAILED)
        outlived += killed_here - failed
        if not failed:
            if life.process.returncode not in course.codes:
                raise Broken(f"{life.call} ended with {life.process.returncode}:\n{life.said()}")
            return killed, outlived
        if not killed_here:
            raise Broken(f"{life.call} says that the store failed, and nobody had touched it:\n{life.said()}")


def main():
    usage = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usage.add_argument("kills", type=int)
    usage.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    wanted = usage.parse_args()
    dice, began, done, outlived, ends = Random(wanted.seed), time.monotonic(), 0, 0, 0
    try:
        with tempfile.TemporaryDirectory(prefix="cartingest-kills-") as folder, closing(Cluster()) as cluster:
            scratch = Path(folder)
            courses = [
                rehearsal("the invented nights", NIGHTS / "clinicaltrials", NIGHTS / "pubmed", (0, 3)),
                importing("an import", invented.write(scratch / "files", wanted.seed)),
            ]
            wholes = []
            for course in courses:
                with closing(cluster.new_store()) as store:
                    wholes.append(undisturbed(course, store, scratch))
            while done < wanted.kills:
                course, (seconds, whole) = courses[ends % 2], wholes[ends % 2]
                with closing(cluster.new_store()) as store:
                    killed, survived = disturbed(course, cluster, store, seconds * 0.5, min(MOST_KILLS, wanted.kills - done), done, dice)
                    compare(whole, course.outcome(store, scratch))
                done, outlived, ends = done + killed, outlived + survived, ends + 1
                print(f"{course.name}: {done} kills of the server, {outlived} outlived, {ends} ends like the undisturbed one", file=sys.stderr)
    except Broken as broken:
        print(f"seed {wanted.seed}, after {done} kills of the server:\n{broken}", file=sys.stderr)
        return 1
    print(f"seed {wanted.seed}: {done} kills of the server, {outlived} outlived by the process, {ends} ends like the undisturbed one, {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
