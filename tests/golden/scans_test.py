#!/usr/bin/env python3
"""scans_test.py PROGRAM SHARED [PROFILE...]: scores the scans of the development corpus, by profile.

Prints a line for each profile (all of them unless some are named) and ends with 1 where one that has a bar here is below
it, or where a number is wrong in silence. Ends with 77 (skipped) where SHARED, or TABULARIUM_SHARED, holds no corpus.
"""
import sys

import corpus

COLUMNS = ["short", "typed", "quantities", "cells", "rows F1", "narrative", "silent"]
# At least so much of the first five, at most so much of the narrative error rate. The harder profiles have too few files
# here for a bar that would mean something.
BARS = {"clean300": (0.985, 0.999, 0.99, 0.985, 0.97, 0.010), "office": (0.97, 0.997, 0.98, 0.97, 0.93, 0.02)}


def profile(stem):
    return stem.split(".")[1]


def figures(metrics):
    found = [metrics[m]["accuracy"] for m in ("short_fields", "typed_fields", "quantities", "indicator_cells")]
    return found + [metrics["indicator_rows"]["f1"], metrics["narrative"]["cer"], metrics["silent_errors"]["silent"]]


def below(name, values):
    if values[-1]:
        return [f"{name}: {values[-1]} numbers are wrong in silence"]
    bars = BARS.get(name, ())
    low = [f"{name}: {COLUMNS[i]} {values[i]} is below {bars[i]}" for i in range(len(bars[:-1])) if values[i] < bars[i]]
    return low + ([f"{name}: narrative error rate {values[5]} is above {bars[5]}"] if bars and values[5] > bars[5] else [])


def main():
    found = corpus.find(sys.argv[2])
    if not found:
        return corpus.SKIPPED
    named = sys.argv[3:]
    wanted = lambda stem: profile(stem) != "digital" and (not named or profile(stem) in named)
    report = corpus.score(sys.argv[1], *found, wanted, "--by", r"^[^.]+\.([^.]+)")
    wrong = []
    print(f"{'profile':14}" + "".join(f"{c:>11}" for c in COLUMNS))
    for name, metrics in sorted(report["groups"].items()):
        values = figures(metrics)
        print(f"{name:14}" + "".join(f"{'-' if v is None else v:>11}" for v in values))
        wrong += below(name, values)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
