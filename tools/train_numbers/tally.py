#!/usr/bin/python3
"""Sums up what read_cells printed: cells read exactly, by profile, and the silent errors among them.

    read_cells FOLDER | tally.py [--wrong]
"""

import collections
import re
import sys


def main():
    right, total, silent, warned = (collections.Counter() for _ in range(4))
    for line in sys.stdin:
        page, expected, reading, confidence, others = (line.rstrip("\n").split("\t") + [""])[:5]
        _, kind, style = page.split(".")[:3]
        style = re.sub(r"-\d+$", "", style)
        for key in (kind, "all scans" if kind != "digital" else "all digital", f"  {style}"):
            total[key] += 1
            right[key] += reading == expected
            silent[key] += reading != expected and float(confidence) >= 0.9
            warned[key] += reading == expected and float(confidence) < 0.9
        if reading != expected and "--wrong" in sys.argv:
            print(f"{page}: {expected} read as {reading!r} ({confidence}; {others})")
    for key in sorted(total):
        print(f"{key:20} {right[key]:5} of {total[key]:5} = {right[key] / total[key]:.4f}; wrong at 0.9 and more {silent[key]}, right below 0.9 {warned[key]}")


if __name__ == "__main__":
    main()
