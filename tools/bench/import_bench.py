#!/usr/bin/env python3
"""What an import costs beside `extract`, and whether its memory grows.

import_bench.py PROGRAM FILE... [--count 500] [--jobs 2] [--memory-count 1000 10000]

Makes --count copies of the files, each different by a comment at its end, and measures `extract` of all by one process,
`import` by --jobs workers into SQLite, and a second import of the same files. With --memory-count it imports so many
copies of the first file and gives the parent's largest resident memory for each number. On a machine that does other
work the wall clock says little; CPU seconds say what the same run would take on free cores: the bound on the speed-up is
jobs * CPU(extract) / CPU(import).
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def copies(files, count, folder):
    folder.mkdir()
    contents = [Path(file).read_bytes() for file in files]
    for number in range(count):
        (folder / f"{number:06}.pdf").write_bytes(contents[number % len(contents)] + b"%%%d\n" % number)


def run(command, folder):
    """Wall seconds, CPU seconds of all its processes, CPU seconds and peak memory (MiB) of the first one alone."""
    with open(folder / "log", "wb") as log:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=log)
        own_cpu, peak = 0.0, 0.0
        while True:
            try:
                fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
                own_cpu = (int(fields[11]) + int(fields[12])) / TICKS
                for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
                    if line.startswith("VmHWM:"):
                        peak = int(line.split()[1]) / 1024
            except (OSError, IndexError):
                pass
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            time.sleep(0.02)
        wall = time.monotonic() - began
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit((folder / "log").read_text())
    return wall, usage.ru_utime + usage.ru_stime, own_cpu, peak


def throughput(program, files, count, jobs, folder):
    copies(files, count, folder / "in")
    names = sorted(f"in/{path.name}" for path in (folder / "in").iterdir())
    wall, cpu, _, _ = run([program, "extract", *names, "-o", "out.json"], folder)
    print(f"extract, one process:   {count / wall:7.1f} files/s, {1000 * wall / count:6.2f} ms wall and "
          f"{1000 * cpu / count:6.2f} ms CPU a file")
    command = [program, "import", "in", "--to", "forms.db", "--jobs", str(jobs)]
    wall_2, cpu_2, own, peak = run(command, folder)
    print(f"import, {jobs} workers:      {count / wall_2:7.1f} files/s, {1000 * wall_2 / count:6.2f} ms wall and "
          f"{1000 * cpu_2 / count:6.2f} ms CPU a file, {1000 * own / count:.2f} of them in the parent; {peak:.0f} MiB")
    print(f"  {wall / wall_2:.2f} times as fast; on free cores at most {jobs * cpu / cpu_2:.2f} times")
    wall_3, cpu_3, _, _ = run(command, folder)
    print(f"second import:          {1000 * wall_3 / count:6.2f} ms wall a file, {100 * wall_3 / wall_2:.1f} % of the first "
          f"(CPU: {100 * cpu_3 / cpu_2:.1f} %)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--memory-count", type=int, nargs="*", default=[])
    arguments = parser.parse_args()
    program = str(Path(arguments.program).resolve())
    with tempfile.TemporaryDirectory(prefix="tabularium-bench-") as work:
        if arguments.count > 0:
            (Path(work) / "throughput").mkdir()
            throughput(program, arguments.files, arguments.count, arguments.jobs, Path(work) / "throughput")
        for count in arguments.memory_count:
            folder = Path(work) / f"memory-{count}"
            folder.mkdir()
            copies(arguments.files[:1], count, folder / "in")
            command = [program, "import", "in", "--to", "forms.db", "--jobs", str(arguments.jobs)]
            wall, _, _, peak = run(command, folder)
            print(f"{count} files: {peak:.1f} MiB at most in the parent, {wall:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
