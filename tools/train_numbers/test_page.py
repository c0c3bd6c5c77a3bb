#!/usr/bin/python3
"""Draws the page that the plugin's tests read: a table of our own figures in fonts that training never saw.

    test_page.py --fonts /usr/share/fonts --out ../../tests/plugins/numbers
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

import degrade
import draw
import fonts

DPI = 200
EM = 29  # 10.5 points
ROWS = (
    ("≥1,234.50(元/人/天)", "-", "0", "7"),
    ("100%", "≤12.00(月)", "2031-05-09", "2031年5月9日"),
    ("3,456,789.00", "12.5", "1～3项", "（万元）"),
    ("99.71", "=100.00(%)", "≥85.00(人次)", "＞20％"),
    ("促进区域繁荣", "", "11,111.11", "1"),
    ("0.00", "2031/5/9", "<5天", "4.50"),
)
TWO_LINES = ("≤450.00(元/人", "/天)")
WIDTHS = (430, 230, 260, 260)
HEIGHT = 62


def place(rng, page, typesetter, text, left, middle, noise):
    line = typesetter.line(rng, text)
    scale = EM / fonts.EM
    x0, y0, x1, y1 = (int(round(v)) for v in line.box)
    ink = cv2.resize(line.ink[y0:y1, x0:x1], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if noise:
        ink = cv2.GaussianBlur(ink, (0, 0), 0.7)
    top = int(round(middle + (y0 - (line.baseline - 0.37 * fonts.EM)) * scale))
    region = page[top : top + ink.shape[0], left : left + ink.shape[1]]
    np.maximum(region, ink, out=region)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"))
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    typesetter = draw.Typesetter(fonts.Library(arguments.fonts, held_out=True))
    rng = np.random.default_rng(42)
    rows = ROWS + ((TWO_LINES[0], "", "", ""),)
    page = np.zeros((40 + HEIGHT * (len(rows) + 1), 40 + sum(WIDTHS)), np.float32)
    lines = []
    for row, texts in enumerate(rows):
        x, y = 20, 20 + HEIGHT * row
        height = HEIGHT * 2 if row == len(ROWS) else HEIGHT
        for text, width in zip(texts, WIDTHS):
            cv2.rectangle(page, (x, y), (x + width, y + height), 1.0, 2)
            if text:
                place(rng, page, typesetter, text, x + 18, y + HEIGHT // 2, noise=row % 2)
            if text == TWO_LINES[0]:
                place(rng, page, typesetter, TWO_LINES[1], x + 18, y + HEIGHT // 2 + 46, noise=False)
                text = "".join(TWO_LINES)
            lines.append("\t".join([f"{v * 72 / DPI:.2f}" for v in (x, y, x + width, y + height)] + [text]))
            x += width
    image = degrade.noise(rng, 245 - 215 * page, 4)
    cv2.imwrite(str(arguments.out / "cells.png"), np.clip(image, 0, 255).astype(np.uint8) // 8 * 8)
    (arguments.out / "cells.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
