"""Lines composed of the glyphs of an atlas, ruined as scanners do, and scaled to what the network sees."""

import sys
from pathlib import Path

import cv2
import numpy as np

sys.path.append(str(Path(__file__).resolve().parent.parent / "train_numbers"))

import degrade
from atlas import BASELINE, EM, HIGH, LEFT, STRANGE, WIDE
from characters import SHAPES

HEIGHT = 32  # rows of what the network sees
AROUND = 34  # pixels of the atlas around a line, for neighbours and rules

# Faces of the kind that offices print with are met more often.
USUAL = ("NotoSansCJK", "NotoSerifCJK", "ukai", "gkai", "wqy", "Droid", "BabelStone", "TW-Kai", "HanaMin", "uming", "gbsn", "LXGW", "TW-Sung")


class Atlas:
    def __init__(self, folder, held_out=False):
        name = "held_out" if held_out else "train"
        self.pictures = np.load(Path(folder) / f"{name}.npy", mmap_mode="r")
        index = np.load(Path(folder) / f"{name}.npz")
        self.where, self.advances, self.spans = index["where"], index["advances"], index["spans"]
        self.column = {char: number for number, char in enumerate(index["drawn"].tolist())}
        self.names = index["names"].tolist()
        self.chinese = [row for row, latin in enumerate(index["latin"]) if not latin]
        self.latin = [row for row, latin in enumerate(index["latin"]) if latin]
        full = [row for row in self.chinese if (self.where[row] >= 0).sum() > 7000]
        self.full = full
        weights = np.array([3.0 if row in full and self.names[row].startswith(USUAL) else 1.2 if row in full else 0.6 for row in self.chinese])
        self.shares = np.cumsum(weights) / weights.sum()

    def any_chinese(self, rng):
        return self.chinese[int(np.searchsorted(self.shares, rng.random()))]


def strange(rng):
    return STRANGE[int(rng.integers(0, len(STRANGE)))]


class Typesetter:
    def __init__(self, atlas):
        self.atlas = atlas

    def _find(self, rng, char, fonts):
        column = self.atlas.column.get(char)
        if column is None:
            return -1
        for font in fonts:
            glyph = self.atlas.where[font, column]
            if glyph >= 0:
                return int(glyph)
        for _ in range(6):  # a browser takes another font for the missing glyph
            glyph = self.atlas.where[self.atlas.full[int(rng.integers(0, len(self.atlas.full)))], column]
            if glyph >= 0:
                return int(glyph)
        return -1

    def line(self, rng, text, font=None):
        """(ink, spots, baseline): ink of 0 to 1; for each glyph its character and the left and right end of its ink."""
        atlas = self.atlas
        chinese = atlas.any_chinese(rng) if font is None else font
        latin = atlas.latin[int(rng.integers(0, len(atlas.latin)))] if rng.random() < 0.62 else chinese
        mixed = rng.random() < 0.5  # who draws the signs that both fonts have
        dice = rng.random()
        spacing = 0.0 if dice < 0.6 else float(rng.uniform(-0.06, 0.03)) if dice < 0.75 else float(rng.uniform(0, 0.12)) if dice < 0.93 else float(rng.uniform(0.1, 0.9))
        gap = float(rng.uniform(0.05, 0.3)) if rng.random() < 0.15 else 0.0
        raised = int(round(float(rng.normal(0, 0.025)) * EM))
        wide = rng.random()
        # Few print the wide signs on half the room, and many browsers do so at the end of a line.
        squeeze = float(rng.uniform(0.5, 0.9)) if rng.random() < 0.15 else 1.0
        placed, x, before = [], 0.0, False
        for char in text:
            if char == " ":
                x += 0.3 * EM
                continue
            shape = char
            if char in SHAPES and rng.random() < (0.03 if char.isalnum() and wide < 0.96 else 0.9 if wide > 0.96 else 0.12):
                shape = SHAPES[char][int(rng.integers(0, len(SHAPES[char])))]
            ascii_ = ord(shape) < 0x2000
            fonts = (latin, chinese) if ascii_ or (mixed and ord(shape) < 0x2E80 and shape not in "“”‘’—…·") else (chinese, latin)
            glyph = self._find(rng, shape, fonts)
            if glyph < 0 and shape != char:
                glyph = self._find(rng, char, fonts)
            if glyph < 0:
                continue
            narrow = ascii_ and char.isalnum()
            if placed and gap and narrow != before:
                x += gap * EM
            before = narrow
            left, right = atlas.spans[glyph]
            advance = float(atlas.advances[glyph])
            if squeeze != 1.0 and shape in "（）：；，。、“”《》【】！？" and advance > 0.9 * EM:
                middle, room = (left + right) / 2, max((right - left) + 3.0, advance * squeeze)
                x -= max(0.0, middle - room / 2)
                advance = middle + room / 2
            placed.append((glyph, char, x, raised if ascii_ and latin is not chinese else 0, float(left), float(right)))
            x += advance + spacing * EM
        if not placed:
            return None
        return self._compose(rng, placed)

    def _compose(self, rng, placed):
        first = min(x + left for _, _, x, _, left, _ in placed)
        last = max(x + right for _, _, x, _, _, right in placed)
        width = int(last - first) + 2 * AROUND + 4
        canvas = np.zeros((HIGH + 2 * AROUND, width + 2 * WIDE), np.uint8)
        spots = []
        for glyph, char, x, down, left, right in placed:
            column = int(round(x - first)) + AROUND - LEFT + WIDE
            row = AROUND + down
            target = canvas[row : row + HIGH, column : column + WIDE]
            np.maximum(target, self.atlas.pictures[glyph], out=target)
            begin = column + LEFT - WIDE
            spots.append((char, begin + left, begin + right))
        canvas = canvas[:, WIDE : WIDE + width]
        if rng.random() < 0.22:  # condensed or wide type
            factor = float(rng.uniform(0.72, 1.12))
            canvas = cv2.resize(canvas, (max(8, int(round(width * factor))), canvas.shape[0]), interpolation=cv2.INTER_AREA)
            factor = canvas.shape[1] / width
            spots = [(char, left * factor, right * factor) for char, left, right in spots]
        rows = np.flatnonzero(canvas.max(1) > 96)
        if not len(rows):
            return None
        box = (spots[0][1], float(rows[0]), max(s[2] for s in spots), float(rows[-1] + 1))
        return canvas.astype(np.float32) * (1 / 255), spots, box, AROUND + BASELINE


def dirty(rng, ink, box):
    """Fat or thin print and what lies beside the text."""
    if rng.random() < 0.25:
        kernel = np.ones((2, 2), np.uint8) if rng.random() < 0.7 else cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
        other = cv2.dilate(ink, kernel) if rng.random() < 0.65 else cv2.erode(ink, kernel)
        share = float(rng.uniform(0.2, 0.9))
        ink = ink * (1 - share) + other * share
    if rng.random() < 0.04:
        row = int(box[3] + rng.uniform(0.02, 0.14) * EM)
        ink[row : row + int(rng.integers(1, 4)), int(box[0]) : int(box[2])] = 1.0
    if rng.random() < 0.06:
        degrade.add_neighbour_line(rng, ink, box, EM)
    if rng.random() < 0.12:
        degrade.add_rules(rng, ink, box, EM)
    if rng.random() < 0.13:
        degrade.add_seal(rng, ink, EM)
    return ink


def cut(rng, ink, box, baseline, low):
    """Scales to the dots of a scan, turns and cuts. Gives ink, dots, and the map from columns of `ink` to columns of the
    cut (factor, shift)."""
    dots = float(np.exp(rng.uniform(np.log(low), np.log(50))))
    share = float(np.clip(rng.normal(0.95, 0.07), 0.62, 1.08)) if rng.random() < 0.8 else float(rng.uniform(0.58, 1.05))
    tall = box[3] - box[1]
    middle = (box[1] + box[3]) / 2 if rng.random() < 0.75 else baseline - 0.37 * EM
    height = max(EM / share, tall * float(rng.uniform(1.0, 1.12)))
    middle += float(rng.normal(0, 0.025)) * EM
    left = box[0] - float(rng.uniform(0.02, 0.25)) * EM
    right = box[2] + float(rng.uniform(0.02, 0.25)) * EM
    if rng.random() < 0.1:
        left -= float(rng.uniform(0, 0.7)) * EM
        right += float(rng.uniform(0, 0.7)) * EM
    scale = dots / EM
    if scale < 0.7:
        ink = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        step = 1.0
    else:
        step = 1 / scale
    rows, columns = max(8, int(round(height * scale))), max(6, int(round((right - left) * scale)))
    turn = float(np.clip(rng.normal(0, 0.5), -1.6, 1.6)) * np.pi / 180 if rng.random() < 0.5 else 0.0
    if columns > 6 * rows:
        turn *= 6 * rows / columns
    shear = float(rng.normal(0, 0.04)) if rng.random() < 0.2 else 0.0
    cos, sin = np.cos(turn), np.sin(turn)
    to_source = np.array([[cos, -sin + shear, 0], [sin, cos, 0]], np.float64) * step
    at = np.array(((left + right) / 2, middle)) * (scale * step)
    to_source[:, 2] = at - to_source[:, :2] @ (columns / 2, rows / 2)
    picture = cv2.warpAffine(ink, to_source, (columns, rows), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    return picture, dots, scale / cos, columns / 2 - (left + right) / 2 * scale / cos


def crop(rng, setter, text, machine=None, low=15.0, font=None):
    """(grey picture of HEIGHT rows as the network sees it, spots in its columns), or None."""
    drawn = setter.line(rng, text, font)
    if drawn is None:
        return None
    ink, spots, box, baseline = drawn
    if machine != "clean":
        ink = dirty(rng, ink, box)
    picture, dots, factor, shift = cut(rng, ink, box, baseline, low)
    function = degrade.HELD_OUT_MACHINES.get(machine) or (getattr(degrade, machine) if machine else degrade.pick_machine(rng))
    size = float(np.clip(dots / 28, 0.45, 1.3))
    pixels = np.clip(function(rng, picture, size), 0, 255).astype(np.uint8)
    image = degrade.normalize(pixels, HEIGHT, 4000)
    across = image.shape[1] / picture.shape[1]
    return image, [(char, (left * factor + shift) * across, (right * factor + shift) * across) for char, left, right in spots]
