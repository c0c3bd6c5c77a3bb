#!/usr/bin/env python3
"""check_test.py PROGRAM SHARED: what `layout check --gold` counts is what the scorer of the corpus counts.

Checks every shipped layout over the born-digital corpus, with gold records of which some values were changed so that there is
something to count, and compares the counts with those of score.py over the records of `extract`. Ends with 1 where they differ, with 77 (skipped) where there is no corpus.
"""
import json
import os
import subprocess
import sys
import tempfile

import corpus

LAYOUTS = ["declaration-2019", "declaration-2020", "declaration-2025", "self-evaluation-2023", "self-evaluation-2023b"]


def changed(value):
    if isinstance(value, bool) or value is None:
        return value if value is None else not value
    if isinstance(value, (int, float)):
        return value + 1
    if isinstance(value, list):
        return value[1:] + ["另一项"]
    return value[:2] + "改" + value[4:]


def spoil(records):
    """Every third field of every second record is another, and rows are gone, changed and doubled."""
    for i, record in enumerate(records):
        fields = record["fields"]
        for j, name in enumerate(sorted(fields)):
            if (i + j) % 3 == 0 and i % 2 == 0:
                fields[name] = "2001-02-03" if name.endswith("_date") and fields[name] else changed(fields[name])
        rows = record["tables"].get("indicators", [])
        if i % 3 == 0 and len(rows) > 4:
            del rows[1]
            rows[2]["target"]["text"] += "改"
            rows.append(dict(rows[0]))
        for row in record["tables"].get("funding", [])[:1]:
            row["executed"] += 1
    return records


def spoiled_copy(files, stems, folder):
    for stem in stems:
        os.symlink(os.path.join(files, stem + ".pdf"), os.path.join(folder, stem + ".pdf"))
        with open(os.path.join(files, stem + ".gold.json"), encoding="utf-8") as f:
            records = spoil(json.load(f))
        with open(os.path.join(folder, stem + ".gold.json"), "w", encoding="utf-8") as f:
            json.dump(records, f, ensure_ascii=False)


def check(program, layout, files, stems):
    samples = [os.path.join(files, stem + ".pdf") for stem in stems]
    done = subprocess.run([program, "layout", "check", layout, "--json", "--gold", files, "--samples", *samples],
                          capture_output=True, timeout=300)
    if done.returncode not in (0, 1) or not done.stdout:
        raise SystemExit(f"{layout}: ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return json.loads(done.stdout)


def ours(report):
    gold = report["gold"]
    pair = lambda score: (score["right"], score["total"])
    number = pair(gold["numbers"])
    rows = gold["rows"].get("indicators", {"gold": 0, "read": 0, "same": 0})
    return {"records": (gold["records"]["matched"], gold["records"]["gold"]), "short": pair(gold["short_fields"]),
            "money": pair(gold["money"]), "date": pair(gold["dates"]), "number": number,
            "rows": (rows["gold"], rows["read"], rows["same"]),
            "narrative": (gold["narrative"]["edits"], gold["narrative"]["characters"])}


def theirs(totals):
    pair = lambda metric: (metric["correct"], metric["total"])
    rows = totals["indicator_rows"]
    return {"records": (totals["records"]["matched"], totals["records"]["gold"]), "short": pair(totals["short_fields"]),
            "money": pair(totals["money"]), "date": pair(totals["date"]), "number": pair(totals["number"]),
            "rows": (rows["gold"], rows["pred"], rows["matched"]),
            "narrative": (totals["narrative"]["edits"], totals["narrative"]["characters"])}


def main():
    program = os.path.abspath(sys.argv[1])
    found = corpus.find(sys.argv[2])
    if not found:
        return corpus.SKIPPED
    files, scorer = found
    differ = False
    for layout in LAYOUTS:
        stems = sorted(name[:-len(".gold.json")] for name in os.listdir(files)
                       if name.startswith(layout + ".digital.") and name.endswith(".gold.json"))
        with tempfile.TemporaryDirectory() as folder:
            spoiled_copy(files, stems, folder)
            a = ours(check(program, layout, folder, stems))
            b = theirs(corpus.score(program, folder, scorer, lambda stem: stem in stems)["totals"])
        print(f"{layout:24} {a}")
        if a != b:
            print(f"{'the scorer says':24} {b}")
            differ = True
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
