#!/usr/bin/env python3
"""Feeds the program files that are cut, garbled or made to hurt, and looks at what it answers.

For each input the program must end by itself within 20 seconds of processor time (of its own: the
machine may be busy) with status 0 or 1, print a JSON
array, and where it fails, or reads less than the whole file, say so on standard error with the
file's name. `import` must leave a row with the reason for every file that it could not read.

    hostile.py PROGRAM FIXTURES [FILE...] [--every BYTES] [--at-most N] [--flips N]

FIXTURES is the folder of fixtures: all of `damaged/` is tried, and every FILE is cut at each
multiple of BYTES (at N of them, spread evenly, with --at-most) and has bytes flipped N times.
Exit status 0 where all is well; else each input that was answered badly is named.
"""
import argparse
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile

PATIENCE_S = 20.0   # processor time of the program
TIMEOUT_S = 120.0   # by the clock


class Tally:
    def __init__(self):
        self.runs = 0
        self.failed = 0
        self.slowest_s = 0.0
        self.faults = []


def run(tally, command, files=1):
    """The finished process, or None where it did not end in time: 20 seconds for each of `files`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(command, capture_output=True, timeout=files * TIMEOUT_S)
    except subprocess.TimeoutExpired:
        done = None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    tally.runs += 1
    if files == 1:
        tally.slowest_s = max(tally.slowest_s, seconds)
    return done if seconds <= files * PATIENCE_S else None


def contents(output):
    """What the records say, without where they came from."""
    return [(r["layout"], r["fields"], r["tables"]) for r in output]


def fault_of(tally, program, path, whole=None):
    """What is wrong with the answer to the file at `path`, or None. `whole`: what the undamaged
    file says; to say less is no fault where the program tells of it."""
    done = run(tally, [program, "extract", path])
    if done is None:
        return f"no answer in {PATIENCE_S:g} s of processor time"
    messages = done.stderr.decode("utf-8", "replace")
    if done.returncode not in (0, 1):
        return f"exit status {done.returncode}: {messages.strip()[-300:]}"
    if "Sanitizer" in messages or "runtime error" in messages:
        return messages.strip()[-1500:]
    try:
        output = json.loads(done.stdout)
    except ValueError as reason:
        return f"standard output is no JSON: {reason}"
    told = [line for line in messages.splitlines() if os.path.basename(path) in line]
    if done.returncode == 1:
        tally.failed += 1
        return None if any(line.startswith("error: ") for line in told) else "failed without a reason"
    if not output and not told:
        return "no record and no reason"
    if whole is not None and not told and contents(output) != whole:
        return "other values without a word"
    return None


def cuts_of(size, every, at_most):
    cuts = list(range(0, size, every))
    if at_most and len(cuts) > at_most:
        cuts = [cuts[i * len(cuts) // at_most] for i in range(at_most)]
    return cuts


def flipped(data, seed):
    rng = random.Random(seed)
    data = bytearray(data)
    for _ in range(rng.randint(1, 12)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def try_variants(tally, program, file, options, folder):
    """Cuts and flips of one good file."""
    with open(file, "rb") as stream:
        data = stream.read()
    done = run(tally, [program, "extract", file])
    whole = contents(json.loads(done.stdout)) if done is not None and done.returncode == 0 else None
    path = os.path.join(folder, "variant.pdf")

    def attempt(name, variant, expected):
        with open(path, "wb") as stream:
            stream.write(variant)
        fault = fault_of(tally, program, path, expected)
        if fault:
            tally.faults.append(f"{file}, {name}: {fault}")

    for size in cuts_of(len(data), options.every, options.at_most):
        attempt(f"cut at {size}", data[:size], whole)
    # A byte of the text itself may change a value and nobody can know.
    for seed in range(options.flips):
        attempt(f"flipped with seed {seed}", flipped(data, seed), None)


def try_damaged(tally, program, damaged, folder):
    """Files with one defect each, alone and all in one import."""
    with open(os.path.join(damaged, "expected.txt"), encoding="utf-8") as stream:
        expected = dict(line.split() for line in stream if line.strip())
    for name, outcome in sorted(expected.items()):
        fault = fault_of(tally, program, os.path.join(damaged, name))
        if fault:
            tally.faults.append(f"{name} ({outcome}): {fault}")
    database = os.path.join(folder, "damaged.db")
    done = run(tally, [program, "import", damaged, "--to", database], files=len(expected))
    if done is None or done.returncode != 1:
        tally.faults.append(f"import of {damaged}: {'no end' if done is None else done.returncode}")
        return
    with sqlite3.connect(database) as store:
        rows = {os.path.basename(path): (state, reason, message) for path, state, reason, message in
                store.execute("SELECT path, state, reason, message FROM files")}
    for name in sorted(f for f in os.listdir(damaged) if f.endswith(".pdf")):
        state, reason, message = rows.get(name, (None, None, None))
        if state is None or (state == "failed" and not (reason and message)):
            tally.faults.append(f"import of {name}: no row with a reason ({state}, {reason})")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("fixtures")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--every", type=int, default=1024)
    parser.add_argument("--at-most", type=int, default=0)
    parser.add_argument("--flips", type=int, default=0)
    options = parser.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        try_damaged(tally, options.program, os.path.join(options.fixtures, "damaged"), folder)
        for file in options.files:
            try_variants(tally, options.program, file, options, folder)
    for fault in tally.faults:
        print(fault)
    print(f"{tally.runs} runs, {tally.failed} refused with a reason, {len(tally.faults)} answered "
          f"badly, the slowest in {tally.slowest_s:.2f} s")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
