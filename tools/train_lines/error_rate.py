#!/usr/bin/python3
"""Sums up what read_lines printed: character error rate and exact cells, by recognizer and kind of scan, after NFKC.

Where words of several sizes stand on tight lines the expected text is not in order: of the corpus leave dense-small out.

    read_lines CELLS | error_rate.py [--wrong RECOGNIZER] [--by-style] [--without STYLE]
"""

import argparse
import collections
import re
import sys
import unicodedata


def fold(text):
    """Without white space, by NFKC; a box to tick is one however it is encoded."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("☐", "□")


def distance(a, b):
    """Levenshtein's."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", help="print the cells that this recognizer misreads")
    parser.add_argument("--by-style", action="store_true")
    parser.add_argument("--without", metavar="STYLE", help="leave the cells of this style out")
    arguments = parser.parse_args()
    errors, length, exact, cells = (collections.Counter() for _ in range(4))
    for line in sys.stdin:
        page, recognizer, expected, reading, confidence = line.rstrip("\n").split("\t")
        expected, reading = fold(expected), fold(reading)
        _, kind, style = page.split(".")[:3]
        wrong = distance(expected, reading)
        if arguments.without and arguments.without in style:
            continue
        for key in (kind, "all") + ((f"{kind} {re.sub(r'-[0-9]+$', '', style)}",) if arguments.by_style else ()):
            errors[key, recognizer] += wrong
            length[key, recognizer] += len(expected)
            exact[key, recognizer] += wrong == 0
            cells[key, recognizer] += 1
        if wrong and recognizer == arguments.wrong:
            print(f"{page}: {expected} read as {reading} ({confidence})")
    print("| scan | recognizer | cells | characters | error rate | exact |\n| --- | --- | --- | --- | --- | --- |")
    for key, name in sorted(cells):
        both = key, name
        print(f"| {key} | {name} | {cells[both]} | {length[both]} | {errors[both] / length[both]:.4f} | {exact[both] / cells[both]:.3f} |")


if __name__ == "__main__":
    main()
