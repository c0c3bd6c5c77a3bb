#!/usr/bin/python3
"""Draws the pages that the plugin's tests read, our own figures in fonts that training never saw.

    test_page.py --fonts /usr/share/fonts --out ../../tests/plugins/numbers

`cells`: what forms are full of, sharp, each to be read. `many`: random cells through an office scanner, to be counted.
A table beside each picture gives box (points), kind and text of every cell.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

import degrade
import draw
import fonts
import texts
from alphabet import ALPHABET

DPI = 200
EM = 29  # 10.5 points
HEIGHT = 58
MARGIN = 20

CELLS = (
    ("digit", "0 1 2 3 4 5 6 7 8 9"),
    ("point", "0.5 12.05 3.0 99.71 0.00 4.50 1.11 7.77 100.0 0.01"),
    ("thousands", "1,000 3,456,789.00 11,111.11 12,345.67 9,876,543.21 600,000"),
    ("wide", "（万元） ＞２０％ １～３项 １，２３４．５０ ≥９５％ （２０天）"),
    ("compare", "≥95% ≤30天 =100.00(%) ≥85.00(人次) <5天 ≤12.00(月) ≥1,234.50(元/人/天) 100%"),
    ("hyphen", "- - -"),
    ("date", "2031-05-09 2031年5月9日 2031/5/9 2031年 12月"),
    ("two_lines", "≤450.00(元/人|/天) ≥1,200|万元"),
    ("foreign", "促进区域繁荣 群众反映问题 采购方式 综合处室 渠道畅通 环境改善 申报依据 绩效描述"),
    ("empty", "| |"),
)


def foreign(rng):
    """Text with at least one character that the network must refuse."""
    while True:
        text = texts.foreign(rng)
        if any(char not in ALPHABET for char in text):
            return text


MANY = (
    (texts.quantity, 50), (texts.money, 30), (texts.number, 30), (texts.percent, 15), (texts.date, 20), (texts.between, 5),
    (foreign, 30),
)


def pages():
    """(name, cells) with cells (kind, text); `|` parts the lines of a cell."""
    yield "cells", [(kind, text if kind != "empty" else "") for kind, row in CELLS for text in row.split()]
    rng = np.random.default_rng(99)
    many = []
    for make, count in MANY:
        many += [(make.__name__, make(rng)) for _ in range(count)]
    yield "many", many


def drawn(rng, typesetter, text):
    """The ink of `text` at EM pixels, and the rows of it above the middle of a line."""
    line = typesetter.line(rng, text)
    scale = EM / fonts.EM
    x0, y0, x1, y1 = (int(round(v)) for v in line.box)
    ink = cv2.resize(line.ink[y0:y1, x0:x1], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return ink, int(round((line.baseline - 0.37 * fonts.EM - y0) * scale))


def laid_out(cells, rng, typesetter):
    """(page of ink, table): cells beside each other, as wide as their text needs, in rows."""
    most = 1260
    rows, x = [[]], 0
    for kind, text in cells:
        lines = [drawn(rng, typesetter, part) for part in text.split("|") if part]
        width = max([ink.shape[1] for ink, _ in lines] + [60]) + 36
        if x + width > most:
            rows.append([])
            x = 0
        rows[-1].append((kind, text, lines, x, width))
        x += width
    tall = [HEIGHT + 44 * (max(len(cell[2]) for cell in row) > 1) for row in rows]
    page = np.zeros((sum(tall) + 2 * MARGIN + 40, most + 2 * MARGIN), np.float32)
    table, y = [], MARGIN
    for row, height in zip(rows, tall):
        for kind, text, lines, left, width in row:
            x = MARGIN + left
            cv2.rectangle(page, (x, y), (x + width, y + height), 1.0, 2)
            for number, (ink, above) in enumerate(lines):
                top = y + HEIGHT // 2 + 44 * number - above
                region = page[top : top + ink.shape[0], x + 18 : x + 18 + ink.shape[1]]
                np.maximum(region, ink, out=region)
            box = (v * 72 / DPI for v in (x, y, x + width, y + height))
            table.append("\t".join([f"{v:.2f}" for v in box] + [kind, text.replace("|", "")]))
        y += height
    return page, table


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"))
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    typesetter = draw.Typesetter(fonts.Library(arguments.fonts, held_out=True))
    for name, cells in pages():
        rng = np.random.default_rng(42)
        page, table = laid_out(cells, rng, typesetter)
        if name == "cells":
            image = np.clip(degrade.noise(rng, 245 - 215 * page, 4), 0, 255).astype(np.uint8)
            image = image // 16 * 16 + 8  # few levels of grey: the file stays small
            cv2.imwrite(str(arguments.out / "cells.png"), image, [cv2.IMWRITE_PNG_COMPRESSION, 9])
        else:
            image = degrade.noise(rng, degrade.tone(rng, cv2.GaussianBlur(page, (0, 0), 0.7), 230, 60), 6)
            image = np.clip(image, 0, 255).astype(np.uint8)
            cv2.imwrite(str(arguments.out / "many.jpg"), image, [cv2.IMWRITE_JPEG_QUALITY, 50])
        (arguments.out / f"{name}.tsv").write_text("\n".join(table) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
