#!/usr/bin/env python3
"""lexicon_test.py BUILD SHARED: forms of a year that no layout describes are read by the words of the record models alone, and
by the layout that `layout draft` writes from the first of its files, unedited.

Leaves each shipped layout out in turn and reads the born-digital files of its year without it; reads the corpus' unseen year as
it is. Prints the figures and ends with 1 where one is below its bar, with 77 (skipped) where there is no corpus.
"""
import os
import shutil
import subprocess
import sys
import tempfile

import corpus

BARS = {"lexicon": 0.95, "draft": 0.97}  # of short fields, indicator rows, money, dates and numbers; reached are 1.000
UNSEEN = "unseen"


def without(build, layout, folder):
    """An installation in `folder` like the build tree, less one layout; gives its program."""
    plugins = os.path.join("lib", "tabularium", "plugins")
    for part in ("bin", os.path.join(plugins, "layouts"), "share"):
        os.makedirs(os.path.join(folder, part))
    program = os.path.join(folder, "bin", "tabularium")
    shutil.copy(os.path.join(build, "bin", "tabularium"), program)
    os.symlink(os.path.join(build, "share", "tabularium"), os.path.join(folder, "share", "tabularium"))
    for name in os.listdir(os.path.join(build, plugins)):
        if name.endswith(".so"):
            os.symlink(os.path.join(build, plugins, name), os.path.join(folder, plugins, name))
    layouts = os.path.join(plugins, "layouts")
    for name in os.listdir(os.path.join(build, layouts)):
        if name != layout.replace("-", "_"):
            os.symlink(os.path.join(build, layouts, name), os.path.join(folder, layouts, name))
    return program


def stems(files, layout):
    names = sorted(name[:-len(".gold.json")] for name in os.listdir(files) if name.endswith(".gold.json"))
    return [stem for stem in names if layout == UNSEEN or stem.startswith(layout + ".digital.")]


def read(build, files, scorer, layout, by):
    with tempfile.TemporaryDirectory() as folder:
        program = without(build, layout, folder)
        wanted = stems(files, layout)
        if by == "draft":
            target = os.path.join(folder, "lib/tabularium/plugins/layouts/drafted")
            os.makedirs(target)
            sample = os.path.join(files, wanted[0] + ".pdf")
            subprocess.run([program, "layout", "draft", sample, "--name", layout, "-o", os.path.join(target, "layout.toml")],
                           check=True, capture_output=True)
        totals = corpus.score(program, files, scorer, lambda stem: stem in wanted)["totals"]
    return (totals["short_fields"]["accuracy"], totals["indicator_rows"]["f1"], totals["typed_fields"]["accuracy"],
            totals["silent_errors"]["silent"])


def main():
    build = os.path.abspath(sys.argv[1])
    found = corpus.find(sys.argv[2])
    if not found:
        return corpus.SKIPPED
    files, scorer = found
    layouts = sorted(name.replace("_", "-") for name in os.listdir(os.path.join(build, "lib/tabularium/plugins/layouts")))
    low = False
    print(f"{'without':24}{'by':>10}{'short':>8}{'rows F1':>9}{'typed':>8}{'silent':>8}")
    for layout in [*layouts, UNSEEN]:
        where = os.path.join(files, UNSEEN) if layout == UNSEEN else files
        for by, bar in BARS.items():
            short, rows, typed, silent = read(build, where, scorer, layout, by)
            print(f"{layout:24}{by:>10}{short:8.3f}{rows:9.3f}{typed:8.3f}{silent:8}")
            low = low or min(short, rows, typed) < bar or silent > 0
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
