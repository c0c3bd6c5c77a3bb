#!/usr/bin/env python3
"""walk_test.py PROGRAM SOURCE: docs/add-a-form-year.md, followed word by word.

Runs the commands of the page one after the other in a scratch copy of the examples, as a person would type them, and compares
exit statuses and outputs with what the page shows. At the end the layout made on the way must be the one that ships, and the
shipped one must read the samples as their gold records say. A page of 15 commands or more fails.

In the page a block ```sh holds commands that end with 0 (```sh exit=1: with 1); the block ```text behind it holds what they print,
where a line `...` stands for any lines; a block ```diff what the edit takes away and adds.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal

import golden

PAGE = "docs/add-a-form-year.md"
EXAMPLE = "examples/new-year"
LAYOUT = "layouts/self_evaluation_2026/layout.toml"
MOST_COMMANDS = 14

# Runs one command where the last one left folder and environment, and leaves them to the next.
STEP = """
set -o pipefail
[ ! -e "$STATE/env" ] || { cd "$(cat "$STATE/folder")" && . "$STATE/env"; }
. "$STATE/command"
status=$?
export -p > "$STATE/env"
pwd > "$STATE/folder"
exit $status
"""


def blocks(page):
    """(kind, line number, text) of each fenced block of the page."""
    found = []
    for match in re.finditer(r"^```(.+)\n((?:.*\n)*?)^```$", page, re.MULTILINE):
        found.append((match[1], page.count("\n", 0, match.start()) + 1, match[2]))
    return found


def commands(text):
    """The commands of a block: its lines, those that end with a backslash joined with the next."""
    return re.findall(r"(?:.*\\\n)*.+\n", text)


def as_shown(shown, printed):
    """Whether the output is the one that the page shows."""
    lines = [r"(?:.*\n)*" if line == "..." else re.escape(line) + r"\n" for line in shown.splitlines()]
    return re.fullmatch("".join(lines), printed) is not None


def scratch_copy(program, source, folder):
    """What of the source the walk needs: the example without its finished layout, and the program where a build puts it."""
    shutil.copytree(os.path.join(source, EXAMPLE), os.path.join(folder, EXAMPLE),
                    ignore=shutil.ignore_patterns("layouts", "mine"))
    os.makedirs(os.path.join(folder, "build/release"))
    os.symlink(os.path.dirname(program), os.path.join(folder, "build/release/bin"))


class Walk:
    """Follows the page and notes what is not as it says."""

    def __init__(self, folder, state):
        self.folder = folder
        self.environment = {**os.environ, "STATE": state, "LC_ALL": "C.UTF-8"}
        self.environment.pop("TABULARIUM_PLUGIN_PATH", None)
        self.state = state
        self.count = 0
        self.wrong = []

    def run(self, command):
        with open(os.path.join(self.state, "command"), "w", encoding="utf-8") as f:
            f.write(command)
        done = subprocess.run(["bash", "-c", STEP], cwd=self.folder, env=self.environment, timeout=120,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        self.count += 1
        return done.returncode, done.stdout.decode("utf-8")

    def follow(self, page):
        steps = blocks(page)
        for (kind, line, text), (next_kind, _, shown) in zip(steps, steps[1:] + [("", 0, "")]):
            if kind.split()[0] != "sh":
                continue
            printed = self.follow_block(kind, line, text)
            shown = shown if next_kind == "text" else ""
            if not as_shown(shown, printed):
                self.wrong.append(f"{PAGE}:{line}: the page shows\n{shown}but the commands print\n{printed}")

    def follow_block(self, kind, line, text):
        expected = int(kind.partition("exit=")[2] or 0)
        printed = ""
        for command in commands(text):
            status, output = self.run(command)
            printed += output
            if status != expected:
                self.wrong.append(f"{PAGE}:{line}: exit status {status}, not {expected}: {command}{output}")
        return printed


def layout_lines(path):
    """Lines of a layout, but for the place of its schema, which is another on each machine."""
    with open(path, encoding="utf-8") as f:
        return [line for line in f.read().splitlines() if not line.startswith("#:schema ")]


def wrong_layout(page, made, shipped):
    """What the edit that the page shows, the layout made and the layout shipped do not have in common."""
    if not os.path.exists(made):
        yield f"the walk made no {LAYOUT}"
        return
    lines = layout_lines(made)
    if lines != layout_lines(shipped):
        yield f"the layout made by the walk is not {EXAMPLE}/{LAYOUT}:\n" + "\n".join(lines)
    for kind, line, text in blocks(page):
        for change in text.splitlines() if kind == "diff" else []:
            if change != "..." and (change[1:] in lines) == change.startswith("-"):
                yield f"{PAGE}:{line}: after the edit this is not so: {change}"


def wrong_records(program, example):
    """Where the shipped layout reads a sample otherwise than its gold records."""
    for name in sorted(os.listdir(os.path.join(example, "samples"))):
        done = subprocess.run([program, "extract", os.path.join(example, "samples", name), "--plugin-path", example],
                              capture_output=True, timeout=120, check=True)
        records = json.loads(done.stdout, parse_float=Decimal)
        facts = golden.load(os.path.join(example, "gold", name.replace(".pdf", ".gold.json")))
        yield from (f"{name}: {line}" for line in golden.against_facts(records, facts))
        yield from (f"{name}: {issue['message']}" for record in records for issue in record["issues"])


def main():
    program, source = (os.path.abspath(path) for path in sys.argv[1:3])
    example = os.path.join(source, EXAMPLE)
    with open(os.path.join(source, PAGE), encoding="utf-8") as f:
        page = f.read()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as state:
        scratch_copy(program, source, folder)
        walk = Walk(folder, state)
        walk.follow(page)
        wrong = walk.wrong
        wrong += wrong_layout(page, os.path.join(folder, EXAMPLE, "mine", LAYOUT), os.path.join(example, LAYOUT))
    if not 0 < walk.count <= MOST_COMMANDS:
        wrong.append(f"{PAGE}: {walk.count} commands; it is to be a walk of at most {MOST_COMMANDS}")
    if f"in {walk.count} commands" not in page:
        wrong.append(f"{PAGE}: does not say that it has {walk.count} commands")
    for picture in re.findall(r"\]\((images/[^)]*)\)", page):
        if not os.path.exists(os.path.join(source, "docs", picture)):
            wrong.append(f"{PAGE}: there is no picture {picture}")
    wrong += wrong_records(program, example)
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
