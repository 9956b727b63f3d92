"""What the book of nights tells, so that a disturbed store can be held against an undisturbed one."""
import json
import sqlite3
from collections import Counter

# Told anew by every run of a night; what is told once for ever is counted apart.
SUMS = ("announced", "held", "left", "missing", "quarantined", "unavailable", "complete")
NAMES = ("left", "missing", "quarantined", "unavailable")


def read(file):
    """Every new record, change and loss with how often it was told over all reports; per night the sums of its last run; runs without an end."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        rows = connection.execute('SELECT "Report" FROM "Runs" ORDER BY "Id"').fetchall()
        quarantine = connection.execute(
            'SELECT "Source", "RecordId", "Reason", "Night", "Open", count(*) FROM "Quarantine" GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4').fetchall()
        marks = connection.execute('SELECT "Source", "Night", "ReadWhole" FROM "Watermarks" ORDER BY 1').fetchall()
        schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
    finally:
        connection.close()
    told, nights = Counter(), {}
    reports = [json.loads(report) for report, in rows if report]
    for report in reports:
        told.update(("changed", change["id"], change["field"], change.get("from"), change.get("to")) for change in report["changes"])
        for source in report["sources"]:
            told.update(("new", id) for id in source["named"].get("new", []))
            told.update(("gone", id, report["night"]) for id in source["named"].get("gone", []))
            nights[report["night"], source["source"]] = [source[sum] for sum in SUMS] + [source["named"].get(name, []) for name in NAMES]
    return {"told": told, "nights": nights, "quarantine": quarantine, "watermarks": marks, "schema": schema, "without an end": len(rows) - len(reports)}


def differences(whole, disturbed):
    """One sentence each, at most a few of a kind."""
    says = []
    for name in ("nights", "quarantine", "watermarks", "schema"):
        if whole[name] != disturbed[name]:
            says.append(f"the {name} differ: {differing(whole[name], disturbed[name])}")
    lost, doubled = whole["told"] - disturbed["told"], disturbed["told"] - whole["told"]
    says += [f"told {disturbed['told'][item]} times, not {times + disturbed['told'][item]}: {item}" for item, times in list(lost.items())[:5]]
    says += [f"told {disturbed['told'][item]} times, not {whole['told'][item]}: {item}" for item in list(doubled)[:5]]
    if disturbed["without an end"]:
        says.append(f"{disturbed['without an end']} runs died and nobody closed their book")
    return says


def differing(whole, disturbed):
    if isinstance(whole, dict):
        return [(key, whole.get(key), disturbed.get(key)) for key in whole.keys() | disturbed.keys() if whole.get(key) != disturbed.get(key)][:3]
    return f"{[row for row in whole if row not in disturbed][:3]} against {[row for row in disturbed if row not in whole][:3]}"
