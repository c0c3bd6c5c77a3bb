"""The development corpus: its files through the program, and their score."""
import json
import os
import subprocess
import sys
import tempfile

SKIPPED = 77  # what ctest takes for a test that was skipped


def find(argument):
    """The corpus' folder and its scorer: nothing, and a line that says so, where there is no corpus."""
    shared = os.path.abspath(os.environ.get("TABULARIUM_SHARED") or argument)
    corpus, scorer = os.path.join(shared, "corpus"), os.path.join(shared, "tools", "score.py")
    if os.path.isdir(corpus) and os.path.exists(scorer):
        return corpus, scorer
    print(f"skipped: no corpus at {corpus} (set TABULARIUM_SHARED to the folder that holds corpus/ and tools/score.py)")
    return None


def extract_all(program, corpus, wanted, gold, pred):
    """Runs the program over the files that `wanted` takes; the scorer wants their gold in a folder of its own."""
    for name in sorted(os.listdir(corpus)):
        stem = name[:-len(".gold.json")]
        if not name.endswith(".gold.json") or not wanted(stem):
            continue
        os.symlink(os.path.join(corpus, name), os.path.join(gold, name))
        done = subprocess.run([program, "extract", os.path.join(corpus, stem + ".pdf")], capture_output=True, timeout=300)
        if done.returncode != 0:
            print(f"{stem}.pdf: extract ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
            continue
        with open(os.path.join(pred, stem + ".json"), "wb") as f:
            f.write(done.stdout)


def score(program, corpus, scorer, wanted, *options):
    """The scorer's report over the files that `wanted` takes."""
    with tempfile.TemporaryDirectory() as gold, tempfile.TemporaryDirectory() as pred:
        extract_all(os.path.abspath(program), corpus, wanted, gold, pred)
        done = subprocess.run([sys.executable, scorer, "--dir", gold, pred, *options], check=True, capture_output=True)
        return json.loads(done.stdout)
