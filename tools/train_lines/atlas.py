#!/usr/bin/python3
"""Draws every character of every font once, in its em box, into a file that training maps into memory.

    atlas.py --fonts /usr/share/fonts --out FOLDER [--held-out]

FOLDER/train.npy (or held_out.npy) holds the glyphs, (count, HIGH, WIDE) of 8 bits, 255 ink; the .npz beside it who
they are.
"""

import argparse
import random
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

sys.path.append(str(Path(__file__).resolve().parent.parent / "train_numbers"))

import fonts
from characters import ALPHABET, SHAPES

EM = 44  # pixels per em
BASELINE = 45  # row of the baseline in a glyph's picture
HIGH, WIDE = 58, 64
LEFT = 10  # column of the pen in a glyph's picture
STRANGERS = 1600  # characters outside the alphabet, so that the network learns to refuse


def strangers():
    """Traditional, Japanese and rare characters, the same in every run."""
    big5 = [bytes((a, b)).decode("big5", "ignore") for a in range(0xA4, 0xC7) for b in [*range(0x40, 0x7F), *range(0xA1, 0xFF)]]
    known = set(ALPHABET)
    common = [c for c in big5 if c and c not in known and 0x4E00 <= ord(c) < 0xA000]
    rare = [chr(code) for code in range(0x4E00, 0x9FA6) if chr(code) not in known and chr(code) not in set(common)]
    dice = random.Random(7)
    return "".join(dice.sample(common, STRANGERS * 3 // 4) + dice.sample(rare, STRANGERS // 4))


STRANGE = strangers()
DRAWN = "".join(dict.fromkeys(ALPHABET[1:] + "".join(SHAPES.values()) + STRANGE))


def glyph(font, char):
    """(picture, advance), or None where the font draws nothing or beyond the picture."""
    left, top, right, bottom = font.getbbox(char, anchor="ls")
    if right <= left or bottom <= top or left < -LEFT or right > WIDE - LEFT or top < -BASELINE or bottom > HIGH - BASELINE:
        return None
    picture = Image.new("L", (WIDE, HIGH), 0)
    ImageDraw.Draw(picture).text((LEFT, BASELINE), char, fill=255, font=font, anchor="ls")
    pixels = np.asarray(picture)
    if pixels.max() < 128:
        return None
    return pixels, font.getlength(char)


def faces(root, held_out):
    chinese, latin = (
        (fonts.CHINESE_HELD_OUT, fonts.LATIN_HELD_OUT) if held_out else (fonts.CHINESE_TRAIN, fonts.LATIN_TRAIN)
    )
    for kind, members in (("chinese", chinese), ("latin", latin)):
        for path, index in dict.fromkeys(members):
            if (root / path).exists():
                yield kind, path, index
            else:
                print(f"left out: {path} is not installed", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--held-out", action="store_true")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    name = "held_out" if arguments.held_out else "train"

    chosen = list(faces(arguments.fonts, arguments.held_out))
    where = np.full((len(chosen), len(DRAWN)), -1, np.int32)
    advances, spans, pictures = [], [], []
    for row, (kind, path, index) in enumerate(chosen):
        font = ImageFont.truetype(str(arguments.fonts / path), EM, index=index, layout_engine=ImageFont.Layout.BASIC)
        codes = fonts.load(str(arguments.fonts), path, index).codes
        for column, char in enumerate(DRAWN):
            if ord(char) not in codes or (kind == "latin" and ord(char) >= 0x2E80):
                continue
            drawn = glyph(font, char)
            if drawn is None:
                continue
            ink = np.flatnonzero(drawn[0].max(0) > 96)
            where[row, column] = len(pictures)
            pictures.append(drawn[0])
            advances.append(drawn[1])
            spans.append((ink[0] - LEFT, ink[-1] + 1 - LEFT))
        print(f"{path}: {int((where[row] >= 0).sum())}", flush=True)
    np.save(arguments.out / f"{name}.npy", np.stack(pictures))
    np.savez(
        arguments.out / f"{name}.npz",
        where=where,
        advances=np.array(advances, np.float32),
        spans=np.array(spans, np.int16),
        drawn=np.array(list(DRAWN)),
        names=np.array([Path(path).stem for _, path, _ in chosen]),
        latin=np.array([kind == "latin" for kind, _, _ in chosen]),
    )


if __name__ == "__main__":
    main()
