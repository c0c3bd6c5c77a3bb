"""Golden records of fixtures/: what they must be, and the two questions asked of each.

Is the program's output the golden file, byte for byte? And does the golden file say what the form was drawn from
(facts.json), so that a wrong golden cannot creep in?
"""
import difflib
import json
import os
import re
import subprocess
import unicodedata
from decimal import Decimal

NARRATIVES = {"overview", "basis", "necessity", "safeguards", "plan", "overall_goal", "annual_goal", "actual_completion"}


def cases(root):
    """Folders fixtures/<layout>/<case> that hold facts, sorted; those read from pixels have no golden bytes."""
    found = []
    for layout in sorted(set(os.listdir(root)) - {"pixels"}):
        folder = os.path.join(root, layout)
        if os.path.isdir(folder):
            found += [os.path.join(folder, case) for case in sorted(os.listdir(folder))
                      if os.path.exists(os.path.join(folder, case, "facts.json"))]
    return found


def extract(program, folder):
    """What the program prints for the case. Run in its folder, so that `source.file` is the same on every machine."""
    name = next(n for n in sorted(os.listdir(folder)) if n.startswith("input."))
    done = subprocess.run([program, "extract", name], cwd=folder, capture_output=True, timeout=120)
    if done.returncode != 0:
        raise SystemExit(f"{folder}: extract ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode("utf-8")


def difference(expected, actual, folder):
    """A unified diff for a reader, empty where the texts are equal."""
    return "".join(difflib.unified_diff(expected.splitlines(True), actual.splitlines(True),
                                        os.path.join(folder, "expected.json"), "what extract prints now", n=2))


# ---------------------------------------------------------------- facts

def squeezed(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def plain(value, narrative=False):
    """A value in a form in which widths, typed spaces and spellings of numbers do not count."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, float, Decimal)):
        return Decimal(str(value)).normalize()
    if isinstance(value, list):
        return sorted(plain(v) for v in value)
    if narrative:
        return [squeezed(p) for p in value.split("\n")]
    return squeezed(value)


def against_facts(records, facts):
    """Lines that name each value of the golden records that is not what the form was drawn from."""
    wrong = []
    if len(records) != len(facts):
        return [f"{len(facts)} forms were drawn, the golden file holds {len(records)} records"]
    for i, (record, fact) in enumerate(zip(records, facts)):
        for key in ("record", "layout", "title", "year"):
            compare(record.get(key), fact.get(key), f"/{i}/{key}", wrong)
        for key in sorted(set(record["fields"]) | set(fact["fields"])):
            compare(record["fields"].get(key), fact["fields"].get(key), f"/{i}/fields/{key}", wrong, key in NARRATIVES)
        for name, rows in fact["tables"].items():
            got = record["tables"].get(name, [])
            if len(got) != len(rows):
                wrong.append(f"/{i}/tables/{name}: {len(rows)} rows were drawn, the golden file holds {len(got)}")
                continue
            for n, (mine, theirs) in enumerate(zip(got, rows)):
                for key, value in theirs.items():
                    compare_cell(mine.get(key), value, f"/{i}/tables/{name}/{n}/{key}", wrong)
    return wrong


def compare_cell(got, want, pointer, wrong):
    if isinstance(want, dict):
        for key, value in want.items():
            compare((got or {}).get(key), value, f"{pointer}/{key}", wrong)
    else:
        compare(got, want, pointer, wrong)


def compare(got, want, pointer, wrong, narrative=False):
    if want == []:
        want = None
    if got == []:
        got = None
    if plain(got, narrative) != plain(want, narrative):
        wrong.append(f"{pointer}: drawn {want!r}, golden {got!r}")


def load(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f, parse_float=Decimal)
