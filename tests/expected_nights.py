#!/usr/bin/env python3
"""Counts, from the recorded nights alone, what every night of a rehearsal must announce.

    expected_nights.py REGISTRY_NIGHTS PUBMED_NIGHTS… [--json] [--against FILE]

REGISTRY_NIGHTS is a folder of DATE.full.jsonl[.gz] and DATE.changes.jsonl[.gz]; PUBMED_NIGHTS are folders of DATE.xml[.gz]
or files that are there from the first night. A night is a date for which either source holds a file; a source without one is as
the night before. Per night and source:

    announced  records in force that night, as far as the census lists them
    new        of them, those given for the first time
    missing    held, not announced and not given: the first night of an absence
    gone       missing before and absent still: counted once, and no longer held
    left       held and given, and announced by no arm

A DATE.census.json beside the records of a source says how its census differs from what it holds, from that night until the next such file:
{"left": [ids]} are announced by no arm, {"notGiven": [ids]} are announced and not given, {"announce": 0.4} lists that share only, rounded
down, the newest PMIDs or the lowest NCT numbers first. A census that lost more than 10 records and more than 10 % of the last one believed, or
that announces nothing while something is held, is not believed: nothing is then left, missing or gone. A publication nested deeper than 256 levels cannot be read and is never new.

With --against, FILE holds the JSON lines of `cartingest rehearse --json`; they are compared field by field. What entered the queue and which tasks were asked for is printed and held against
the files and the night's own changes: no record brings a study in twice, each that does was given by then, and each task names a record that was given and a reason that the night shows.
Exit codes: 0 as expected, 1 differences, 2 usage or unreadable files.
"""
import argparse
import gzip
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from decimal import Decimal
from pathlib import Path

FIELDS = ("announced", "new", "left", "missing", "gone")
SOURCES = ("pubmed", "clinicaltrials")
DEEPEST = 256
PLENTY, TOLERATED_SHRINK = 10, 0.10
DATE = r"(\d{4}-\d{2}-\d{2})"
TASKS = ("screen_again", "update_data", "results_available", "integrity")
INTEGRITY = ("corrections", "publicationTypes")
REASONS = {  # why a task is asked for, and the fields of its record of which one changed then; none: the record came
    "status": ("status",), "why_stopped": ("whyStopped",), "enrollment": ("enrollment.count", "enrollment.type"), "phase": ("phases",), "primary_outcome": ("primaryOutcomes",),
    "results_posted": ("hasResults",), "new_report": (), "retraction": INTEGRITY, "concern": INTEGRITY, "erratum": INTEGRITY, "verdict": (),
}
LISTED = 10


def opened(path):
    return gzip.open(path, "rb") if path.suffix == ".gz" else open(path, "rb")


def registry_files(folder):
    """(night, is_changes, path), the full file of a night before its changes."""
    found = []
    for path in Path(folder).iterdir():
        match = re.fullmatch(DATE + r"\.(full|changes)\.jsonl(\.gz)?", path.name)
        if match:
            found.append((match[1], match[2] == "changes", path))
    return sorted(found)


def pubmed_files(paths):
    """(night or "", order, path); files that have no night are there from the first one."""
    found = []
    for order, path in enumerate(map(Path, paths)):
        if path.is_file():
            found.append(("", order, path))
            continue
        for inside in path.iterdir():
            if re.search(r"\.xml(\.gz)?$", inside.name):
                match = re.fullmatch(DATE + r"\.xml(\.gz)?", inside.name)
                found.append((match[1] if match else "", order, inside))
    return sorted(found)


def census_files(paths):
    """(night, path) of the statements about a source's census; of several for a night the last by name counts."""
    found = []
    for path in map(Path, paths):
        for inside in path.iterdir() if path.is_dir() else []:
            match = re.fullmatch(DATE + r"\.census\.json(\.gz)?", inside.name)
            if match:
                found.append((match[1], inside))
    return sorted(found)


def census_of(path):
    with opened(path) as file:
        census = json.load(file)
    return {
        "left": {identifier.split(":")[-1] for identifier in census.get("left", [])},
        "notGiven": {identifier.split(":")[-1] for identifier in census.get("notGiven", [])},
        "announce": Decimal(str(census.get("announce", 1))),
    }


def apply_registry(held, path, is_changes):
    if not is_changes:
        held.clear()
    with opened(path) as lines:
        for line in lines:
            if not line.strip():
                continue
            change = json.loads(line)
            if "gone" in change:
                held.discard(change["gone"])
            elif "alias" in change:
                held.discard(change["alias"])
            else:
                study = change.get("upsert", change)
                held.add(study["protocolSection"]["identificationModule"]["nctId"])


def depth(record):
    deepest, level = 0, [record]
    while level:
        deepest, level = deepest + 1, [child for element in level for child in element]
    return deepest


def apply_pubmed(held, unreadable, path):
    with opened(path) as file:
        root = ElementTree.parse(file).getroot()
    deleted = []
    for record in root:
        if record.tag == "DeleteCitation":
            deleted += record.findall("PMID")
            continue
        citation = record.find("MedlineCitation") if record.tag == "PubmedArticle" else record.find("BookDocument")
        pmid = citation.find("PMID")
        number, version = pmid.text.strip(), int(pmid.get("Version", "1"))
        if version >= held.get(number, 0):
            held[number] = version
            (unreadable.add if depth(record) > DEEPEST else unreadable.discard)(number)
    for pmid in deleted:
        version = pmid.get("Version")
        if version is None or held.get(pmid.text.strip(), 0) <= int(version):
            held.pop(pmid.text.strip(), None)


def sums(census_by_night):
    """One dictionary of FIELDS a night, from what each announced and what it gave, as sets of ids."""
    standing, believed = {}, None  # of every id that was ever given: current, left, missing or gone
    for announced, given in census_by_night:
        counts = dict.fromkeys(FIELDS, 0)
        counts["announced"] = len(announced)
        for number in (announced & given) - standing.keys():
            counts["new"] += 1
            standing[number] = "current"
        lost = 0 if believed is None else believed - len(announced)
        held = any(before != "gone" for before in standing.values())
        if lost <= max(PLENTY, (believed or 0) * TOLERATED_SHRINK) and (announced or not held):
            believed = len(announced)
            for number, before in standing.items():
                if number in announced:
                    standing[number] = "current"
                elif before != "gone":
                    standing[number] = "left" if number in given else "gone" if before == "missing" else "missing"
                    counts[standing[number]] += 1
        yield counts


def listed(in_force, order, census):
    """What a source's arms announce, and what it gives by id."""
    announced = [number for number in sorted(in_force, key=order) if number not in census["left"]]
    return set(announced[: int(len(announced) * census["announce"])]), set(in_force) - census["notGiven"]


def expected(registry, pubmed):
    censuses = {"clinicaltrials": census_files([registry]), "pubmed": census_files(pubmed)}
    registry, pubmed = registry_files(registry), pubmed_files(pubmed)
    dates = [dated for dated, *_ in registry + pubmed + censuses["clinicaltrials"] + censuses["pubmed"]]
    nights = sorted(set(dates) - {""})
    studies, citations, unreadable = set(), {}, set()
    in_force = {source: {"left": set(), "notGiven": set(), "announce": Decimal(1)} for source in SOURCES}
    by_night = {source: [] for source in SOURCES}
    for number, night in enumerate(nights):
        for dated, is_changes, path in registry:
            if dated == night:
                apply_registry(studies, path, is_changes)
        for dated, _, path in pubmed:
            if dated == night or (dated == "" and number == 0):
                apply_pubmed(citations, unreadable, path)
        for source in SOURCES:
            for dated, path in censuses[source]:
                if dated == night:
                    in_force[source] = census_of(path)
        by_night["clinicaltrials"].append(listed(studies, str, in_force["clinicaltrials"]))
        announced, given = listed(citations, lambda pmid: -int(pmid), in_force["pubmed"])
        by_night["pubmed"].append((announced, given - unreadable))
    counted = {source: list(sums(by_night[source])) for source in SOURCES}
    given = {night: {("pmid:" if source == "pubmed" else "nct:") + number for source in SOURCES for number in by_night[source][at][1]} for at, night in enumerate(nights)}
    return {night: {source: counted[source][number] for source in SOURCES} for number, night in enumerate(nights)}, given


def reported(path):
    """The nights of a rehearsal's JSON lines, and those that stand there twice."""
    nights, twice = {}, []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            night = json.loads(line) if line.strip() else {}
            if "night" not in night:
                continue
            if night["night"] in nights:
                twice.append(night["night"])
            nights[night["night"]] = {source["source"]: source for source in night["sources"]}
    return nights, twice


def queued(path, given):
    """What entered the queue and what was asked for, printed night by night; what of it cannot be so."""
    entered, seen, tasks, faults = {}, set(), 0, []
    with open(path, encoding="utf-8") as lines:
        nights = [night for night in map(json.loads, filter(str.strip, lines)) if "night" in night]
    for night in nights:
        date = night["night"]
        fresh = given.get(date, set()) - seen
        seen |= fresh
        came = [(verdict, record) for verdict in ("likely", "possible") for record in night[verdict]]
        for verdict, record in came:
            if record in entered:
                faults.append(f"{date}: {record} enters as {verdict}, and entered on {entered[record]}")
            if record not in seen:
                faults.append(f"{date}: {record} enters as {verdict}, and no file gives it by then")
            entered[record] = date
        if came:
            shown = ", ".join(f"{record} ({verdict})" for verdict, record in came[:LISTED])
            print(f"{date}: {len(night['likely'])} likely and {len(night['possible'])} possible enter: {shown}{', …' if len(came) > LISTED else ''}")
        changed = {}
        for change in night["changes"]:
            changed.setdefault(change["id"], set()).add(change["field"])
        for task in night["tasks"]:
            tasks += 1
            fields = changed.get(task["by"], set())
            print(f"{date}: {task['study']}: {task['task']} because {task['because']}, by {task['by']} ({', '.join(sorted(fields)) or 'came'})")
            known = task["task"] in TASKS and task["because"] in REASONS and task["by"] in seen and task["study"] in seen
            if not known or not (fields & set(REASONS[task["because"]]) if REASONS[task["because"]] else fields or task["because"] == "new_report") and not (task["task"] == "integrity" and task["by"] in fresh):
                faults.append(f"{date}: nothing shows why {task}")
    print(f"{len(entered)} studies entered, each once; {tasks} tasks, each with its reason" if not faults else f"{len(faults)} faults of the queue")
    return faults


def compare(wanted, given, path):
    got, twice = reported(path)
    differences = [f"{night}: stands there twice" for night in twice]
    differences += [f"{night}: is no recorded night" for night in got if night not in wanted]
    nights = sources = compared = 0
    for night, by_source in wanted.items():
        if night not in got:
            differences.append(f"{night}: absent")
            continue
        nights += 1
        for source, fields in by_source.items():
            if source not in got[night]:
                differences.append(f"{night} {source}: absent")
                continue
            sources += 1
            for field, want in fields.items():
                compared += 1
                have = got[night][source].get(field)
                if have != want:
                    differences.append(f"{night} {source} {field}: {have}, expected {want}")
    differences += queued(path, given)
    for difference in differences:
        print(difference)
    print(f"{nights} nights, {sources} sources, {compared} sums compared, {len(differences)} differences")
    return 1 if differences or not compared else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("registry", metavar="REGISTRY_NIGHTS")
    parser.add_argument("pubmed", metavar="PUBMED_NIGHTS", nargs="+")
    parser.add_argument("--json", action="store_true", help="one JSON line a night instead of a table")
    parser.add_argument("--against", metavar="FILE", help="compare with the JSON lines of a rehearsal")
    chosen = parser.parse_args()
    try:
        wanted, given = expected(chosen.registry, chosen.pubmed)
        if chosen.against:
            return compare(wanted, given, chosen.against)
    except (OSError, EOFError, ValueError, KeyError, AttributeError, TypeError, ElementTree.ParseError) as unreadable:
        print(f"expected_nights.py: {type(unreadable).__name__}: {unreadable}", file=sys.stderr)
        return 2
    if not chosen.json:
        print(f"{'night':12}{'source':16}" + "".join(f"{field:>10}" for field in FIELDS))
    for night, by_source in wanted.items():
        if chosen.json:
            print(json.dumps({"night": night, "sources": [{"source": source, **fields} for source, fields in by_source.items()]}))
            continue
        for source, fields in by_source.items():
            print(f"{night:12}{source:16}" + "".join(f"{fields[field]:>10}" for field in FIELDS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
