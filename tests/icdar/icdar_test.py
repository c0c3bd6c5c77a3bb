#!/usr/bin/env python3
"""icdar_test.py PROGRAM SHARED FLOOR: `tabularium tables` over the ICDAR 2013 set; average F1 at least FLOOR.

Ends with 77 (skipped) where SHARED, or the environment's TABULARIUM_SHARED, holds no set. To see each
document, or to score another folder: SHARED/tools/icdar.py score --gt SHARED/icdar2013-eu --pred FOLDER --per-doc
"""
import glob
import json
import os
import subprocess
import sys
import tempfile


def read_tables(program, files, folder):
    """Writes FOLDER/<stem>.json for each file; gives the number that failed."""
    failed = 0
    for file in files:
        done = subprocess.run([program, "tables", file, "--format", "json"], capture_output=True, timeout=120)
        if done.returncode != 0:
            print(f"{file}: tables ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
            failed += 1
            continue
        stem = os.path.basename(file)[:-len(".pdf")]
        with open(os.path.join(folder, stem + ".json"), "wb") as f:
            f.write(done.stdout)
    return failed


def main():
    program, floor = os.path.abspath(sys.argv[1]), float(sys.argv[3])
    shared = os.path.abspath(os.environ.get("TABULARIUM_SHARED") or sys.argv[2])
    truth, scorer = os.path.join(shared, "icdar2013-eu"), os.path.join(shared, "tools", "icdar.py")
    files = sorted(glob.glob(os.path.join(truth, "*.pdf")))
    if not files or not os.path.exists(scorer):
        print(f"skipped: no set at {truth} (set TABULARIUM_SHARED to the folder that holds icdar2013-eu/ and tools/icdar.py)")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        failed = read_tables(program, files, folder)
        report = os.path.join(folder, "report")  # no .json: the scorer would take it for a prediction
        subprocess.run([sys.executable, scorer, "score", "--gt", truth, "--pred", folder, "--per-doc", "--json", report],
                       check=True)
        with open(report) as f:
            f1 = json.load(f)["avg_f1"]
    print(f"average F1 {f1:.4f}, floor {floor}, {failed} files failed")
    return 1 if failed or f1 < floor else 0


if __name__ == "__main__":
    sys.exit(main())
