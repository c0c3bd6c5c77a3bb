#!/usr/bin/env python3
"""triage_test.py BUILD FIXTURES SHARED: `triage` sorts forms by what they look like.

All fixtures are of known layouts; with one of the layouts taken away its forms are one new kind, whose draft reads them; what is no
form is named; and neither the number of workers nor the order of their answers changes a byte. With a corpus: its unseen year is
one new kind, and the other files are of the five known ones.
"""
import json
import os
import subprocess
import sys
import tempfile

import corpus
from lexicon_test import without

KNOWN = ["declaration-2019", "declaration-2020", "declaration-2025", "self-evaluation-2023", "self-evaluation-2023b"]
VARIANTS = {"self-evaluation-2023": ["self-evaluation-2023b"]}  # which go with the layout that they extend
failures = 0


def expect(what, found, wanted):
    global failures
    if found != wanted:
        failures += 1
        print(f"FAILED {what}: found {found!r}, wanted {wanted!r}")


def triage(program, *arguments):
    done = subprocess.run([program, "triage", "--json", *arguments], capture_output=True, timeout=300)
    return done.returncode, json.loads(done.stdout), done.stdout


def kinds(report):
    return sorted({group["layout"] for group in report["groups"] if group["layout"]}), \
        [group for group in report["groups"] if not group["layout"]]


def inputs(fixtures, layouts=KNOWN):
    return [os.path.join(fixtures, layout) for layout in layouts]


def all_known(program, fixtures):
    status, report, first = triage(program, *inputs(fixtures))
    known, new = kinds(report)
    expect("status with all layouts", status, 0)
    expect("layouts of the fixtures", known, KNOWN)
    expect("new kinds among known ones", new, [])
    expect("the same with other workers", triage(program, "-j", "3", *inputs(fixtures))[2], first)
    expect("the same with one worker", triage(program, "-j", "1", *inputs(fixtures))[2], first)


def one_taken_away(build, fixtures, layout):
    with tempfile.TemporaryDirectory() as folder:
        program = without(build, layout, folder)
        drafts = os.path.join(folder, "mine", "layouts")
        status, report, _ = triage(program, "--draft", drafts, *inputs(fixtures))
        known, new = kinds(report)
        expect(f"status without {layout}", status, 0)
        gone = {layout, *VARIANTS.get(layout, [])}
        expect(f"layouts without {layout}", known, [name for name in KNOWN if name not in gone])
        expect(f"titles of new kinds without {layout}", len({group["title"] for group in new}), len(new))
        files = [os.path.join(where, name) for one in gone for where, _, names in os.walk(os.path.join(fixtures, one))
                 for name in names if name.endswith(".pdf")]
        expect(f"files of new kinds without {layout}", sum(group["files"] for group in new), len(files))
        # A shared title and two widths of the table may be two kinds; each has a draft that reads its forms.
        for group in new:
            expect(f"the draft without {layout}", group["draft"]["failure"], "")
        plugins = os.path.join(folder, "mine")
        for file in files:
            done = subprocess.run([program, "extract", file, "--plugin-path", plugins], capture_output=True, timeout=120)
            names = {record["layout"] for record in json.loads(done.stdout)}
            expect(f"who reads {file}", names <= {group["draft"]["name"] for group in new}, True)


def bad_files(program, fixtures):
    with tempfile.TemporaryDirectory() as folder:
        junk = os.path.join(folder, "junk.pdf")
        with open(junk, "wb") as f:
            f.write(b"\x00\xff no form at all " * 40)
        open(os.path.join(folder, "notes.txt.bak"), "w").close()
        good = os.path.join(fixtures, "declaration-2025", "plain")
        status, report, _ = triage(program, junk, good, os.path.join(fixtures, "damaged", "header_only.pdf"),
                                   os.path.join(folder, "nowhere.pdf"))
        expect("status with bad files", status, 1)
        expect("reasons of bad files", sorted(one["reason"] for one in report["failures"]),
               ["damaged_input", "not_found", "unknown_format"])
        expect("the good file among bad ones", [group["layout"] for group in report["groups"]], ["declaration-2025"])
        os.remove(junk)
        open(os.path.join(folder, "list.csv"), "w").write("a,b\n")
        status, report, _ = triage(program, folder)
        expect("status of a folder without forms", (status, report["forms"]), (1 if report["failures"] else 0, 0))
        expect("usage without a path", subprocess.run([program, "triage"], capture_output=True).returncode, 2)


def unseen(program, shared):
    found = corpus.find(shared)
    if not found:
        return
    files = found[0]
    _, report, _ = triage(program, os.path.join(files, "unseen"))
    known, new = kinds(report)
    expect("layouts of the unseen year", known, [])
    expect("kinds of the unseen year", [(group["title"], group["forms"], group["files"]) for group in new],
           [("项目支出绩效自评表", 6, 2)])
    expect("its nearest", new[0]["nearest"], "self-evaluation-2023")
    digital = [os.path.join(files, name) for name in sorted(os.listdir(files)) if ".digital." in name and name.endswith(".pdf")]
    known, new = kinds(triage(program, *digital)[1])
    expect("layouts of the corpus", (known, new), (KNOWN, []))


def main():
    build, fixtures, shared = (os.path.abspath(argument) for argument in sys.argv[1:4])
    program = os.path.join(build, "bin", "tabularium")
    all_known(program, fixtures)
    for layout in KNOWN:
        one_taken_away(build, fixtures, layout)
    bad_files(program, fixtures)
    unseen(program, shared)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
