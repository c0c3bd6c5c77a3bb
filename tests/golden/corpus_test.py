#!/usr/bin/env python3
"""corpus_test.py PROGRAM SHARED: every born-digital file of the development corpus scores 1.000, its texts without an error.

Ends with 77 (skipped) where SHARED, or the environment's TABULARIUM_SHARED, holds no corpus.
"""
import json
import sys

import corpus

METRICS = ["header", "short_fields", "typed_fields", "indicator_cells", "quantities", "funding_cells", "subprojects", "paragraphs"]


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
    found = corpus.find(sys.argv[2])
    if not found:
        return corpus.SKIPPED
    report = corpus.score(sys.argv[1], *found, lambda stem: ".digital." in stem, "--details")
    wrong = below_the_bar(report)
    for line in wrong:
        print(line)
    for detail in report["details"][:40] if wrong else []:
        print(json.dumps(detail, ensure_ascii=False))
    print(f"{len(report['files'])} files, {len(wrong)} metrics below the bar")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
