#!/usr/bin/env python3
"""Imports that are killed at random moments, and then go on, end in the export of one that was not.

kill_test.py PROGRAM FIXTURES [--runs 10] [--copies 6] [--seed 1] [--postgres]

Each run imports copies of the fixtures into a fresh database and kills -9, at a random moment, the program or one of
its workers (with --postgres, where the database is one of our own on PostgreSQL: or the database); then the same command
is given until it comes to its end. The database must hold every path once, in an end state, the export must have the
bytes of the undisturbed import, and no worker may outlive its parent. Exit status 77: cannot be run here.
"""
import argparse
import hashlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

POSTGRES = Path("/usr/lib/postgresql/15/bin")


class Database:
    """A PostgreSQL of our own, run by its own user where we are root."""

    def __init__(self, folder):
        if not (POSTGRES / "initdb").exists():
            print("no PostgreSQL 15")
            sys.exit(77)
        self.folder = folder
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        folder.mkdir()
        if self.user:
            shutil.chown(folder, "postgres")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.call("initdb", "-D", str(folder / "data"), "-A", "trust", "-E", "UTF8", "--locale=C", "-U", "postgres")
        with open(folder / "data" / "postgresql.conf", "a") as settings:
            settings.write(f"port = {self.port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{folder}'\n")
        self.start()

    def call(self, tool, *arguments):
        subprocess.run([*self.user, str(POSTGRES / tool), *arguments], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, cwd="/")

    def start(self):
        self.call("pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log"), "start")

    def stop(self):
        self.call("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")

    def kill(self):
        first_line = (self.folder / "data" / "postmaster.pid").read_text().splitlines()[0]
        os.kill(int(first_line), signal.SIGKILL)
        time.sleep(0.5)
        for attempt in range(120):  # its children have to notice first, and let go of its memory
            try:
                return self.start()
            except subprocess.CalledProcessError:
                time.sleep(0.5)
        raise SystemExit("the database did not come up again")

    def address(self, name):
        self.call("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", name)
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"


def make_files(fixtures, folder, copies):
    """Copies that a comment at the end makes different, files without a form, and twins."""
    folder.mkdir(parents=True)
    # Pages of pixels take seconds each, and strikes are to fall between files too.
    inputs = sorted(path for path in fixtures.glob("*/*/input.pdf") if path.parent.parent.name != "pixels")
    for copy in range(copies):
        for number, path in enumerate(inputs):
            (folder / f"{copy:02}-{number:02}.pdf").write_bytes(path.read_bytes() + b"%%%d\n" % copy)
    shutil.copy(folder / "00-00.pdf", folder / "twin.pdf")
    (folder / "empty.pdf").touch()
    (folder / "letter.txt").write_text("no form")


def workers_of(process):
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def is_alive(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Test:
    def __init__(self, arguments, work):
        self.program = str(Path(arguments.program).resolve())
        self.work = work
        self.random = random.Random(arguments.seed)
        make_files(Path(arguments.fixtures), work / "in", arguments.copies)
        self.database = Database(work / "postgres") if arguments.postgres else None

    def address(self, name):
        return self.database.address(name) if self.database else f"{name}.db"

    def command(self, address):
        return [self.program, "import", "in", "--to", address, "--jobs", "2", "--lease", "6"]

    def start(self, address):
        return subprocess.Popen(self.command(address), cwd=self.work, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, text=True)

    def finish(self, address):
        """Runs to the end; gives the closing messages."""
        done = subprocess.run(self.command(address), cwd=self.work, capture_output=True, text=True, timeout=200)
        if done.returncode not in (0, 1):
            raise SystemExit(f"exit status {done.returncode}: {done.stderr}")
        return done.stderr

    def export(self, address):
        done = subprocess.run([self.program, "export", address, "--format", "jsonl"], cwd=self.work, check=True,
                              capture_output=True)
        return hashlib.sha256(done.stdout).hexdigest(), done.stdout.count(b"\n")

    def strike(self, process, address):
        """Kills something; gives what."""
        workers = workers_of(process.pid)
        victims = ["program"] + (["worker"] if workers else []) + (["database"] if self.database else [])
        victim = self.random.choice(victims)
        if victim == "database":
            self.database.kill()
        elif victim == "worker":
            try:
                os.kill(self.random.choice(workers), signal.SIGKILL)
            except ProcessLookupError:
                pass  # it has just ended by itself
        else:
            process.kill()
            process.wait()
            deadline = time.monotonic() + 10
            while any(is_alive(worker) for worker in workers):
                if time.monotonic() > deadline:
                    raise SystemExit("a worker outlived its parent")
                time.sleep(0.05)
        return victim

    def run(self, runs):
        began = time.monotonic()
        reference = self.address("reference")
        self.finish(reference)
        took = time.monotonic() - began
        expected, lines = self.export(reference)
        print(f"undisturbed: {took:.1f} s, {lines} lines exported")
        for number in range(runs):
            address = self.address(f"run{number}")
            process = self.start(address)
            moment = self.random.uniform(0.0, took)
            time.sleep(moment)
            if process.poll() is None:
                victim = self.strike(process, address)
            else:
                victim, took = "nothing: it was over", 0.9 * moment
            try:
                process.communicate(timeout=200)
            except subprocess.TimeoutExpired:
                raise SystemExit(f"run {number}: hangs after {victim} was killed")
            messages = self.finish(address)
            found, _ = self.export(address)
            print(f"run {number}: killed {victim} after {moment:.2f} s")
            if found != expected:
                raise SystemExit(f"run {number}: another export; {messages}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("fixtures")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--copies", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tabularium-kill-") as folder:
        os.chmod(folder, 0o755)
        test = Test(arguments, Path(folder))
        try:
            test.run(arguments.runs)
        finally:
            if test.database:
                test.database.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
