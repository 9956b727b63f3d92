#!/usr/bin/env python3
"""Takes the guards of tests/guards.txt away, one at a time, in a copy of the repository, and expects the tests of that number to fail.

    tests/mutate_guards.py [NUMBER ...]    these, or all of them: about a minute each on two busy cores
    tests/mutate_guards.py --check         builds nothing: every guard stands once where the file says, and every number has one

Ends with 0 when every guard's absence was noticed, else with 1.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import namedtuple
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GUARDS = ROOT / "tests" / "guards.txt"
NUMBERS = [f"E{n}" for n in range(1, 26)] + [f"R{n}" for n in range(1, 9)]
SCIENCE = Path("src/CarTIngest")
TESTS = Path("tests/CarTIngest.Tests")
QUICK = ["-v", "q", "-nologo", "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false"]
PATIENCE = 600  # seconds for one number's tests; who runs into it has noticed, too

# Whole nights of every kind: only asked where the others noticed nothing.
SLOW = "NeverSentTests"

Guard = namedtuple("Guard", "number says file old new")


def read():
    guards = []
    for block in re.split(r"\n\s*\n", GUARDS.read_text(encoding="utf-8")):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if not lines:
            continue
        number, says = lines[0].split(" ", 1)
        if not lines[1].startswith("in "):
            sys.exit(f"{GUARDS}: {number} names no file")
        old = "".join(line[1:] + "\n" for line in lines[2:] if line.startswith("-"))
        new = "".join(line[1:] + "\n" for line in lines[2:] if line.startswith("+"))
        guards.append(Guard(number, says, lines[1][3:], old, new))
    return guards


def faults(guards):
    found = [guard.number for guard in guards]
    for number in NUMBERS:
        if found.count(number) != 1:
            yield f"{number} has {found.count(number)} guards, not one"
    for number in sorted(set(found) - set(NUMBERS)):
        yield f"{number} is no number"
    for guard in guards:
        path = ROOT / guard.file
        times = path.read_text(encoding="utf-8").count(guard.old) if path.exists() and guard.old else 0
        if times != 1:
            yield f"{guard.number}: its lines stand {times} times in {guard.file}, not once"


def copy(to):
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True).stdout
    for name in filter(None, names.decode().split("\0")):
        if (ROOT / name).exists():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)


def build(to, project):
    run = subprocess.run(["dotnet", "build", str(project), *QUICK], cwd=to, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if run.returncode != 0:
        sys.exit(f"{project} does not build:\n{run.stdout}{run.stderr}")


def noticed(to, filter_):
    """Whether a test failed, and how many ran."""
    tests = to / TESTS / "bin/Debug/net10.0/CarTIngest.Tests.dll"
    try:
        run = subprocess.run(["dotnet", "test", str(tests), "--filter", filter_, "--nologo"], cwd=to, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return True, "no end"
    total = re.search(r"Failed:\s*(\d+), Passed:\s*(\d+)", run.stdout)
    if total is None:
        sys.exit(f"no test ran for {filter_}:\n{run.stdout}{run.stderr}")
    return run.returncode != 0, f"{total[1]} of {int(total[1]) + int(total[2])} tests fail"


def mutate(to, guard):
    path = to / guard.file
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(guard.old, guard.new), encoding="utf-8")
    try:
        build(to, SCIENCE)
        shutil.copy2(to / SCIENCE / "bin/Debug/net10.0/CarTIngest.Science.dll", to / TESTS / "bin/Debug/net10.0")
        killed, says = noticed(to, f"Silent={guard.number}&FullyQualifiedName!~{SLOW}")
        return (killed, says) if killed else noticed(to, f"Silent={guard.number}")
    finally:
        path.write_text(whole, encoding="utf-8")


def main(arguments):
    guards = read()
    wrong = list(faults(guards))
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    if arguments == ["--check"]:
        print(f"{len(guards)} guards stand where {GUARDS.name} says")
        return 0
    unknown = set(arguments) - set(NUMBERS)
    if unknown:
        print(f"no such number: {' '.join(sorted(unknown))}\n{__doc__}", file=sys.stderr)
        return 2

    began = time.monotonic()
    os.environ["MSBUILDDISABLENODEREUSE"] = "1"
    survived = 0
    asked = [guard for guard in guards if not arguments or guard.number in arguments]
    with tempfile.TemporaryDirectory(prefix="cartingest-guards-") as folder:
        to = Path(folder)
        copy(to)
        build(to, TESTS)
        failing, says = noticed(to, "(" + "|".join(f"Silent={guard.number}" for guard in asked) + f")&FullyQualifiedName!~{SLOW}")
        if failing:
            sys.exit(f"with every guard in its place {says}")
        print("| number | guard | taken away in | noticed |\n|---|---|---|---|", flush=True)
        for guard in asked:
            killed, says = mutate(to, guard)
            survived += not killed
            print(f"| {guard.number} | {guard.says} | {Path(guard.file).name} | {'yes' if killed else 'NO'}: {says} |", flush=True)
    print(f"{len(asked)} guards, {len(asked) - survived} noticed when taken away, {survived} not; {time.monotonic() - began:.0f} s")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
