#!/usr/bin/env python3
"""corpus_test.py PROGRAM SHARED: every born-digital file of the development corpus scores 1.000, its texts without an error.

Ends with 77 (skipped) where SHARED, or the environment's TABULARIUM_SHARED, holds no corpus.
"""
import json
import os
import subprocess
import sys
import tempfile

METRICS = ["header", "short_fields", "typed_fields", "indicator_cells", "quantities", "funding_cells", "subprojects", "paragraphs"]


def extract_all(program, corpus, gold, pred):
    """Runs the program over the born-digital files; the scorer wants their gold in a folder of its own."""
    for name in sorted(os.listdir(corpus)):
        stem = name[:-len(".gold.json")]
        if not name.endswith(".gold.json") or ".digital." not in name:
            continue
        os.symlink(os.path.join(corpus, name), os.path.join(gold, name))
        done = subprocess.run([program, "extract", os.path.join(corpus, stem + ".pdf")], capture_output=True, timeout=300)
        if done.returncode != 0:
            print(f"{stem}.pdf: extract ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
            continue
        with open(os.path.join(pred, stem + ".json"), "wb") as f:
            f.write(done.stdout)


def below_the_bar(report):
    totals = report["totals"]
    wrong = [f"{m}: {totals[m]}" for m in METRICS if totals[m]["accuracy"] not in (1.0, None)]
    if totals["indicator_rows"]["f1"] != 1.0:
        wrong.append(f"indicator_rows: {totals['indicator_rows']}")
    for key in ("cer", "cer_raw"):
        if totals["narrative"][key] != 0.0:
            wrong.append(f"narrative: {totals['narrative']}")
    if totals["extra_fields"] or totals["records"]["missing"] or totals["records"]["extra"]:
        wrong.append(f"records: {totals['records']}, extra fields {totals['extra_fields']}")
    if report["missing"]:
        wrong.append(f"no output for {report['missing']}")
    return wrong


def main():
    program = os.path.abspath(sys.argv[1])
    shared = os.path.abspath(os.environ.get("TABULARIUM_SHARED") or sys.argv[2])
    corpus, scorer = os.path.join(shared, "corpus"), os.path.join(shared, "tools", "score.py")
    if not os.path.isdir(corpus) or not os.path.exists(scorer):
        print(f"skipped: no corpus at {corpus} (set TABULARIUM_SHARED to the folder that holds corpus/ and tools/score.py)")
        return 77
    with tempfile.TemporaryDirectory() as gold, tempfile.TemporaryDirectory() as pred:
        extract_all(program, corpus, gold, pred)
        report = json.loads(subprocess.run([sys.executable, scorer, "--dir", gold, pred, "--details"], check=True,
                                           capture_output=True).stdout)
    wrong = below_the_bar(report)
    for line in wrong:
        print(line)
    for detail in report["details"][:40] if wrong else []:
        print(json.dumps(detail, ensure_ascii=False))
    print(f"{len(report['files'])} files, {len(wrong)} metrics below the bar")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
