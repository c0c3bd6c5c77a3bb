#!/usr/bin/env python3
"""cells_test.py PROGRAM PICTURE EXPECTED: lines as cells hold them are read from a scanned table.

Labels set down the page and two characters a line, lines set solid, underlined words and blanks, print of three sizes in one
line. One character of the page may be wrong.
"""
import csv
import difflib
import io
import subprocess
import sys
import unicodedata

MOST_WRONG = 1


def cells(text):
    return ["".join(unicodedata.normalize("NFKC", cell).split()) for row in csv.reader(io.StringIO(text)) for cell in row]


def wrong(got, wanted):
    matched = sum(block.size for block in difflib.SequenceMatcher(None, got, wanted, autojunk=False).get_matching_blocks())
    return max(len(got), len(wanted)) - matched


def main():
    done = subprocess.run([sys.argv[1], "tables", sys.argv[2], "--format", "csv"], capture_output=True, timeout=240)
    got = cells(done.stdout.decode())
    with open(sys.argv[3], encoding="utf-8") as file:
        wanted = cells(file.read())
    if len(got) != len(wanted):
        print(f"{len(wanted)} places expected, found {len(got)}: {done.stderr.decode(errors='replace')}")
        return 1
    differing = [(one, other) for one, other in zip(got, wanted) if one != other]
    for one, other in differing:
        print(f"read `{one}`, expected `{other}`")
    return 1 if sum(wrong(*pair) for pair in differing) > MOST_WRONG else 0


if __name__ == "__main__":
    sys.exit(main())
