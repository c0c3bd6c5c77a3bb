#!/usr/bin/env python3
"""repair_test.py PROGRAM PICTURE: a hair lies across a digit of one amount; only the sum tells what stands on the paper.

Read by Tesseract, which misreads it; `lines` does not. What must be told: the amount that makes the sum hold, the text as it was read, an issue that names the check, and doubt.
"""
import json
import subprocess
import sys

POINTER = "/fields/annual_funding_fiscal"


def main():
    done = subprocess.run([sys.argv[1], "--recognizer", "ocr", "extract", sys.argv[2]], capture_output=True, timeout=240)
    records = json.loads(done.stdout)
    if len(records) != 1:
        print(f"one record expected, found {len(records)}: {done.stderr.decode(errors='replace')}")
        return 1
    record = records[0]
    evidence = record["evidence"].get(POINTER, {"text": "nothing", "confidence": 1.0})
    told = [issue["message"] for issue in record["issues"] if issue["check"] == "repaired" and issue["pointer"] == POINTER]
    wrong = []
    if record["fields"]["annual_funding_fiscal"] != 1476020.0:
        wrong.append(f"the amount is {record['fields']['annual_funding_fiscal']}, not 1476020.0")
    if evidence["text"] == "1,476,020.00":
        wrong.append("the damaged digit was read right: the picture proves nothing, damage it more")
    if evidence["confidence"] >= 0.9:
        wrong.append(f"a repaired amount is as sure as {evidence['confidence']}")
    if len(told) != 1 or "funding_parts" not in told[0]:
        wrong.append(f"one issue should name the check funding_parts, there are: {told}")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
