#!/usr/bin/python3
"""Reads the cells that cells.py cut with Tesseract, one by one, and prints what read_cells prints.

    tesseract_cells.py CELLS [--scans-only] | tally.py

The crop is the cell without its rules (as they are taken out for the number recognizer, here by a margin of half a
point), scaled to 300 dpi, with white around it; page mode 6, chi_sim, one thread.
"""

import os
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

import cv2


def main():
    folder = Path(sys.argv[1])
    pages = {}
    with tempfile.TemporaryDirectory() as name:
        crops, rows = [], []
        for line in open(folder / "cells.tsv", encoding="utf-8"):
            page, dpi, box, text = line.rstrip("\n").split("\t")
            if "--scans-only" in sys.argv and ".digital." in page:
                continue
            if page not in pages:
                pages[page] = cv2.imread(str(folder / page), cv2.IMREAD_GRAYSCALE)
            scale = float(dpi) / 72
            x0, y0, x1, y1 = (float(v) for v in box.split())
            cut = pages[page][int((y0 + 0.5) * scale) : int((y1 - 0.5) * scale), int((x0 + 0.5) * scale) : int((x1 - 0.5) * scale)]
            cut = cv2.resize(cut, None, fx=300 / float(dpi), fy=300 / float(dpi), interpolation=cv2.INTER_CUBIC)
            cut = cv2.copyMakeBorder(cut, 12, 12, 12, 12, cv2.BORDER_CONSTANT, value=int(cut.max()))
            file = f"{name}/{len(crops)}.png"
            cv2.imwrite(file, cut)
            crops.append(file)
            rows.append((page, text))
        listing = Path(name) / "list.txt"
        listing.write_text("\n".join(crops) + "\n")
        output = subprocess.run(
            ["tesseract", str(listing), "-", "-l", "chi_sim", "--psm", "6", "--dpi", "300"],
            env=dict(os.environ, OMP_THREAD_LIMIT="1"), capture_output=True, text=True, check=True,
        ).stdout
    for (page, text), reading in zip(rows, output.split("\f")):
        print(page, text, unicodedata.normalize("NFKC", "".join(reading.split())), "0", sep="\t")


if __name__ == "__main__":
    main()
