#!/usr/bin/env python3
"""golden_test.py PROGRAM FOLDER: the program's records of one fixture are the golden ones, and those are what was drawn."""
import os
import sys

import golden


def main():
    program, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    expected_path = os.path.join(folder, "expected.json")
    if not os.path.exists(expected_path):
        print(f"{expected_path} is missing; tools/update_golden writes it")
        return 1
    with open(expected_path, encoding="utf-8") as f:
        expected = f.read()
    wrong = golden.against_facts(golden.load(expected_path), golden.load(os.path.join(folder, "facts.json"))["records"])
    for line in wrong:
        print(line)
    difference = golden.difference(expected, golden.extract(program, folder), folder)
    if difference:
        print(difference)
        print("if the change is meant: tools/update_golden, and let the reviewer read the diff")
    return 1 if wrong or difference else 0


if __name__ == "__main__":
    sys.exit(main())
