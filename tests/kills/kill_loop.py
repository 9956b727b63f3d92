#!/usr/bin/env python3
"""Kills real cartingest processes with SIGKILL and proves that, begun again, they end as if nobody had.

    kill_loop.py KILLS [--seed N] [--postgresql] [--recorded REGISTRY_NIGHTS PUBMED_NIGHTS]

Rehearsals of the invented nights (and of recorded ones, if given), first migrations and imports of invented records take turns. Each runs on a store of its own, is killed
and begun again on it until it ends by itself. Every second kill strikes at a random moment, every other at one of the first writes to the database after a
random moment: for SQLite a write to its log, for PostgreSQL a transaction that is seen to have written. At the end of each the store must be whole, hold the same
state and the same schema and export as after an undisturbed run, and have told the same: every new record, change and loss once over the reports of all nights.

Exit codes: 0 all ended alike, 1 one did not, 2 usage. What is printed holds the seed; the same seed strikes at the same moments, as far as the machine keeps time.
"""
import argparse
import sys
import tempfile
import time
from contextlib import closing, nullcontext
from pathlib import Path
from random import Random

import invented
from cluster import Cluster
from courses import Course, compare, importing, rehearsal
from program import EXECUTABLE, KILLED, ROOT, Broken
from sqlite_store import SqliteStore

MOST_KILLS = 25  # of one store: on a machine that grew slower than it was for the undisturbed run, nothing might come to its end otherwise
MOST_WRITES = 30  # one page is one or two; a commit writes from two pages to some hundreds
NIGHTS = ROOT / "tests/Nights"


class Tally:
    """What was done so far."""

    def __init__(self):
        self.moments = self.commits = self.inside = self.flushing = self.lives = self.ends = 0

    @property
    def kills(self):
        return self.moments + self.commits

    def __str__(self):
        return (f"{self.kills} kills ({self.moments} at a random moment, {self.commits} at a write to the database; {self.inside} cut a transaction that had written, {self.flushing} its flush to the disk), "
                f"{self.lives} processes, {self.ends} ends like the undisturbed one")


def undisturbed(course, store, scratch):
    began = time.monotonic()
    course.begin(store).end(*course.codes)
    return time.monotonic() - began, course.outcome(store, scratch)


def disturbed(course, store, reach, kills, dice, tally):
    """Begins the course until it ends; kills no more once there were so many in all."""
    last = min(tally.kills + MOST_KILLS, kills)
    while True:
        life, at = course.begin(store), dice.uniform(0, reach)
        tally.lives += 1
        at_write = tally.kills % 2 == 1
        if tally.kills < last and life.last(at) and (not at_write or store.await_commit(life, dice.randint(1, MOST_WRITES))):
            tally.flushing += life.kill()
        if life.process.returncode is None or life.process.returncode != KILLED:
            life.end(*course.codes)
            return
        tally.commits += at_write
        tally.moments += not at_write
        tally.inside += store.inside_commit()


def main():
    usage = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usage.add_argument("kills", type=int)
    usage.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    usage.add_argument("--postgresql", action="store_true")
    usage.add_argument("--recorded", nargs=2, metavar=("REGISTRY", "PUBMED"))
    wanted = usage.parse_args()
    if not EXECUTABLE.exists():
        usage.error(f"build first: there is no {EXECUTABLE.relative_to(ROOT)}")
    tally, began = Tally(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cartingest-kills-") as folder:
        try:
            loop(wanted, Path(folder), Random(wanted.seed), tally)
        except Broken as broken:
            print(f"seed {wanted.seed}, after {tally}:\n{broken}", file=sys.stderr)
            return 1
    print(f"seed {wanted.seed}: {tally}, {time.monotonic() - began:.0f} s")
    return 0


def loop(wanted, scratch, dice, tally):
    courses = [
        rehearsal("the invented nights", NIGHTS / "clinicaltrials", NIGHTS / "pubmed", (0, 3)),
        Course("a migration", ["migrate"], (0,), dated=True),
        importing("an import", invented.write(scratch / "files", wanted.seed)),
    ]
    if wanted.recorded:
        courses.append(rehearsal("the recorded nights", *wanted.recorded, (0,)))
    with closing(Cluster()) if wanted.postgresql else nullcontext() as cluster:
        stores = (cluster.new_store() if cluster else SqliteStore(scratch / f"store{number}") for number in range(sys.maxsize))
        wholes = []
        for course in courses:
            with closing(next(stores)) as store:
                wholes.append(undisturbed(course, store, scratch))
                print(f"{course.name}: undisturbed in {wholes[-1][0]:.1f} s", file=sys.stderr)
        while tally.kills < wanted.kills:
            course, (seconds, whole) = courses[tally.ends % len(courses)], wholes[tally.ends % len(courses)]
            with closing(next(stores)) as store:
                disturbed(course, store, seconds * 0.5, wanted.kills, dice, tally)
                compare(whole, course.outcome(store, scratch))
            tally.ends += 1
            print(f"{course.name}: {tally}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
