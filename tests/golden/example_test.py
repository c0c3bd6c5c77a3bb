#!/usr/bin/env python3
"""example_test.py PROGRAM FOLDER: a kind of record that the program does not know comes with a folder of its own.

Reads FOLDER/form.pdf with the model and the layout of FOLDER and compares the record with FOLDER/expected.json; imports it, and
reads the values back with plain SQL; reads it once more with the model alone, by the lexicon.
"""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from decimal import Decimal


def run(program, plugins, *words):
    done = subprocess.run([program, "--quiet", "--plugin-path", plugins, *words], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: exit status {done.returncode}\n{done.stderr}")
    return done.stdout


def extract(program, plugins, form):
    return json.loads(run(program, plugins, "extract", form), parse_float=Decimal)


def differences(found, expected):
    for part in ("record", "year", "fields", "tables", "issues"):
        if found[part] != expected[part]:
            yield f"{part}: {found[part]}\n  instead of {expected[part]}"


def main():
    program, folder = (os.path.abspath(path) for path in sys.argv[1:3])
    form = os.path.join(folder, "form.pdf")
    with open(os.path.join(folder, "expected.json"), encoding="utf-8") as file:
        expected = json.load(file, parse_float=Decimal)
    wrong = []
    by_layout = extract(program, folder, form)
    wrong += differences(by_layout[0], expected) if len(by_layout) == 1 else [f"{len(by_layout)} records"]
    with tempfile.TemporaryDirectory() as scratch:
        database = os.path.join(scratch, "register.db")
        run(program, folder, "import", form, "--to", database)
        with sqlite3.connect(database) as connection:
            stored = connection.execute("SELECT village, income_total, land_total FROM household_register").fetchall()
            area = connection.execute("SELECT sum(area) FROM plots").fetchone()[0]
        if stored != [("清溪镇柳岸村", 105175.5, 5.25)] or area != 5.25:
            wrong.append(f"in the database: {stored}, {area}")
        models = os.path.join(scratch, "models")
        shutil.copytree(os.path.join(folder, "models"), models)
        by_words = extract(program, scratch, form)
        same = by_words and by_words[0]["layout"] == "lexicon" and all(
            by_words[0][part] == expected[part] for part in ("fields", "tables"))
        if not same:
            wrong.append(f"by the lexicon: {by_words}")
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
