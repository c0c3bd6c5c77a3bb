#!/usr/bin/env python3
"""pixels_test.py PROGRAM FOLDER: a form that is read from its pixels says what it was drawn from.

Every number, date, amount and quantity must be right; of the texts, which a recognizer may misread here and there, at most
a few in a hundred characters may be wrong. No golden bytes: confidences may differ in their last digits between processors.
"""
import json
import os
import subprocess
import sys

import golden

MOST_WRONG = 0.03  # of the characters of all texts
TEXT_PARTS = {"level1", "level2", "level3", "text", "note", "name", "deviation"}


def distance(a, b):
    """Levenshtein's."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def leaves(value, pointer=""):
    """Pointer and value of all that a record says."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, f"{pointer}/{key}")
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for row, part in enumerate(value):
            yield from leaves(part, f"{pointer}/{row}")
    else:
        yield pointer, None if value == [] else value


def is_text(pointer, value):
    return isinstance(value, str) and (not pointer.startswith("/tables") or pointer.rsplit("/", 1)[1] in TEXT_PARTS)


def compared(record, fact):
    """What is wrong for certain, wrong characters, and all characters."""
    wrong, errors, length = [], 0, 0
    for part in ("fields", "tables"):
        read = dict(leaves(record[part]))
        for pointer, want in leaves(fact[part]):
            got = read.get(pointer)
            where = f"/{part}{pointer}"
            if is_text(where, want) and not where.endswith("_date"):
                a, b = golden.squeezed(got or ""), golden.squeezed(want)
                errors, length = errors + distance(a, b), length + len(b)
                if a != b:
                    print(f"{where}: drawn {want!r}, read {got!r}")
            elif golden.plain(got) != golden.plain(want):
                wrong.append(f"{where}: drawn {want!r}, read {got!r}")
    wrong += [f"/{key}: drawn {fact[key]!r}, read {record.get(key)!r}" for key in ("record", "layout", "title", "year")
              if record.get(key) != fact[key]]
    return wrong, errors, length


def main():
    program, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    facts = golden.load(os.path.join(folder, "facts.json"))["records"]
    name = next(n for n in sorted(os.listdir(folder)) if n.startswith("input."))
    done = subprocess.run([program, "extract", name], cwd=folder, capture_output=True, timeout=240)
    if done.returncode != 0:
        print(f"extract ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
        return 1
    records = json.loads(done.stdout, parse_float=golden.Decimal)
    if len(records) != len(facts):
        print(f"{len(facts)} forms were drawn, {len(records)} read")
        return 1
    wrong, errors, length = [], 0, 0
    for record, fact in zip(records, facts):
        more, e, n = compared(record, fact)
        wrong, errors, length = wrong + more, errors + e, length + n
    for line in wrong:
        print(line)
    print(f"{errors} of {length} characters of texts are wrong")
    return 1 if wrong or errors > MOST_WRONG * length else 0


if __name__ == "__main__":
    sys.exit(main())
