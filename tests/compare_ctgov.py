#!/usr/bin/env python3
"""Derives every field of every trial a second time, from the JSON itself by the written shape alone, and compares it with what `cartingest parse` says.

    python3 tests/compare_ctgov.py --parse "publish/cartingest parse" FILE.json NIGHT.jsonl.gz FOLDER
    publish/cartingest parse FILE.json | python3 tests/compare_ctgov.py --lines - FILE.json

One line a file: records, fields compared, differences, and how many records neither side can read. Exit 1 on any difference, 2 on wrong usage.
"""
import argparse
import gzip
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

SINGLE = [
    "kind", "id", "nctId", "briefTitle", "officialTitle", "acronym", "status", "whyStopped", "studyType", "summary", "description", "eligibility",
    "sponsor", "enrollment", "start", "primaryCompletion", "completion", "firstPosted", "lastUpdatePosted",
]
ALWAYS = [
    "aliases", "phases", "conditions", "keywords", "interventions", "collaborators", "hasResults", "primaryOutcomes", "countries", "secondaryIds",
    "references",
]
MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def dig(value, path):
    for step in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    return value


def text(value):
    return None if value is None else value if isinstance(value, str) else json.dumps(value)


def texts(values):
    return [text(v) for v in values or [] if v is not None]


def whole(value):
    digits = text(value)
    return int(digits) if digits is not None and re.fullmatch(r"[0-9]+", digits) else None


def date(value):
    value = text(value)
    shape = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value or "")
    if not shape or int(shape[1]) == 0:
        return None
    if shape[2] and not 1 <= int(shape[2]) <= 12:
        return None
    if shape[3]:
        leap = int(shape[1]) % 4 == 0 and (int(shape[1]) % 100 != 0 or int(shape[1]) % 400 == 0)
        last = MONTHS[int(shape[2]) - 1] + (1 if leap and shape[2] == "02" else 0)
        if not 1 <= int(shape[3]) <= last:
            return None
    return value


def present(**members):
    return {name: value for name, value in members.items() if value is not None}


def trial(study):
    """The trial line of a study, or None where the study names no valid number."""
    protocol = study.get("protocolSection") if isinstance(study, dict) else None
    number = dig(protocol, "identificationModule.nctId")
    if not isinstance(number, str) or not re.fullmatch(r"NCT(?!0{8})[0-9]{8}", number):
        return None
    status = dig(protocol, "statusModule") or {}
    enrollment = present(count=whole(dig(protocol, "designModule.enrollmentInfo.count")), type=text(dig(protocol, "designModule.enrollmentInfo.type")))
    has_results = study.get("hasResults")
    return present(
        kind="trial",
        id=f"nct:{number}",
        nctId=number,
        aliases=texts(dig(protocol, "identificationModule.nctIdAliases")),
        briefTitle=text(dig(protocol, "identificationModule.briefTitle")),
        officialTitle=text(dig(protocol, "identificationModule.officialTitle")),
        acronym=text(dig(protocol, "identificationModule.acronym")),
        status=text(status.get("overallStatus")),
        whyStopped=text(status.get("whyStopped")),
        studyType=text(dig(protocol, "designModule.studyType")),
        phases=texts(dig(protocol, "designModule.phases")),
        conditions=texts(dig(protocol, "conditionsModule.conditions")),
        keywords=texts(dig(protocol, "conditionsModule.keywords")),
        interventions=[
            present(type=text(i.get("type")), name=text(i.get("name")), otherNames=texts(i.get("otherNames")), description=text(i.get("description")))
            for i in dig(protocol, "armsInterventionsModule.interventions") or [] if i is not None
        ],
        summary=text(dig(protocol, "descriptionModule.briefSummary")),
        description=text(dig(protocol, "descriptionModule.detailedDescription")),
        eligibility=text(dig(protocol, "eligibilityModule.eligibilityCriteria")),
        sponsor=text(dig(protocol, "sponsorCollaboratorsModule.leadSponsor.name")),
        collaborators=texts(dig(c, "name") for c in dig(protocol, "sponsorCollaboratorsModule.collaborators") or []),
        enrollment=enrollment or None,
        start=date(dig(status, "startDateStruct.date")),
        primaryCompletion=date(dig(status, "primaryCompletionDateStruct.date")),
        completion=date(dig(status, "completionDateStruct.date")),
        firstPosted=date(dig(status, "studyFirstPostDateStruct.date")),
        lastUpdatePosted=date(dig(status, "lastUpdatePostDateStruct.date")),
        hasResults=has_results if isinstance(has_results, bool) else isinstance(study.get("resultsSection"), dict),
        primaryOutcomes=[
            present(measure=text(o.get("measure")), timeFrame=text(o.get("timeFrame")))
            for o in dig(protocol, "outcomesModule.primaryOutcomes") or [] if o is not None
        ],
        countries=list(dict.fromkeys(texts(dig(place, "country") for place in dig(protocol, "contactsLocationsModule.locations") or []))),
        secondaryIds=[
            present(type=text(s.get("type")), id=text(s.get("id")))
            for s in dig(protocol, "identificationModule.secondaryIdInfos") or [] if s and s.get("id") is not None
        ],
        references=[
            present(pmid=whole(r.get("pmid")), type=text(r.get("type")), citation=text(r.get("citation")))
            for r in dig(protocol, "referencesModule.references") or [] if r is not None
        ],
    )


def records(path):
    """What the file holds, in its own order: lines for what can be read, None for what cannot."""
    opened = gzip.open(path, "rb") if path.suffix == ".gz" else open(path, "rb")
    with opened as stream:
        body = stream.read().decode("utf-8-sig", errors="replace")
    if not body.strip():
        yield None
        return
    try:
        top = json.loads(body)
        given = top if isinstance(top, list) else top["studies"] if isinstance(top, dict) and "studies" in top else [top]
    except json.JSONDecodeError:
        given = []
        for line in filter(None, (line.strip() for line in body.split("\n"))):
            try:
                given.append(json.loads(line))
            except json.JSONDecodeError:
                if not given or given[-1] is not None:
                    given.append(None)
    for one in given:
        if isinstance(one, dict) and isinstance(one.get("gone"), str):
            yield {"kind": "deleted", "nctId": one["gone"]}
        else:
            yield trial(one["upsert"] if isinstance(one, dict) and "upsert" in one else one)


def differences(expected, said):
    """Names of the fields that differ, and how many were looked at."""
    if expected is None:
        return ([] if said.get("kind") == "quarantined" else ["kind"]), 1
    names = list(expected) if expected["kind"] == "deleted" else SINGLE + ALWAYS
    return [name for name in names if name in expected and name not in said or name in said and said[name] != expected.get(name)], len(names)


def compare(path, lines, show):
    count = fields = unreadable = wrong = 0
    for expected in records(path):
        line = next(lines, None)
        said = json.loads(line) if line is not None else {"kind": "(no more lines)"}
        names, looked = differences(expected, said)
        count, fields, wrong, unreadable = count + 1, fields + looked, wrong + len(names), unreadable + (expected is None)
        for name in names[:show]:
            print(f"  {said.get('id') or said.get('kind')} {name}: parse says {said.get(name)!r:.200}, the file {(expected or {}).get(name)!r:.200}")
    return count, fields, unreadable, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--parse", help="the command that parses one file, for example 'cartingest parse'")
    source.add_argument("--lines", help="its lines, from all files in the order given; - is stdin")
    parser.add_argument("--show", type=int, default=5, help="differences shown a record")
    parser.add_argument("paths", nargs="+", type=Path)
    asked = parser.parse_args()
    files = [file for path in asked.paths for file in (sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path])]
    shared = (sys.stdin if asked.lines == "-" else open(asked.lines, encoding="utf-8")) if asked.lines else None
    total = [0, 0, 0, 0]
    for file in files:
        lines = shared or iter(subprocess.run([*shlex.split(asked.parse), str(file)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
                               .stdout.decode("utf-8").split("\n")[:-1])
        found = compare(file, lines, asked.show)
        over = sum(1 for _ in lines) if shared is None else 0
        found = (*found[:3], found[3] + over)
        print(f"{file.name}: {found[0]} records, {found[1]} fields compared, {found[3]} differences" + (f", {found[2]} unreadable on both sides" if found[2] else "")
              + (f", {over} lines too many" if over else ""))
        total = [a + b for a, b in zip(total, found)]
    if shared is not None:
        over = sum(1 for _ in shared)
        total[3] += over
    print(f"{len(files)} files: {total[0]} records, {total[1]} fields compared, {total[3]} differences, {total[2]} unreadable on both sides")
    return 1 if total[3] else 0


if __name__ == "__main__":
    sys.exit(main())
