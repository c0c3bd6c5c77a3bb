"""Sets a text in a pair of fonts and gives its ink at EM pixels per em."""

from dataclasses import dataclass

import cv2
import numpy as np

from alphabet import SHAPES
from fonts import EM

PAD = int(1.2 * EM)  # room around the text for neighbours, rules and turns


@dataclass
class Line:
    ink: np.ndarray  # float32, 0 paper to 1 ink
    baseline: float  # row
    box: tuple  # left, top, right, bottom of the ink; None for an empty line


def variant(rng, char, wide):
    """The shape that stands for `char`: full-width where the line is set so, or a look-alike."""
    shapes = SHAPES.get(char)
    if not shapes:
        return char
    if char.isdigit():
        return shapes if wide > 0.97 else char
    chance = 0.85 if wide > 0.7 else 0.06
    return shapes[int(rng.integers(0, len(shapes)))] if rng.random() < chance else char


class Typesetter:
    """Draws lines of one library of fonts."""

    def __init__(self, library):
        self.library = library

    def line(self, rng, text):
        chinese = self.library.chinese[int(rng.integers(0, len(self.library.chinese)))]
        latin = self.library.latin[int(rng.integers(0, len(self.library.latin)))] if rng.random() < 0.62 else chinese
        symbols = latin if rng.random() < 0.5 else chinese  # who draws the signs that both fonts have
        spacing = float(rng.choice([0, 0, 0, 0, rng.uniform(-0.04, 0.25)])) * EM
        condense = float(rng.choice([1, 1, 1, rng.uniform(0.75, 1.1)]))
        gap = float(rng.uniform(0.1, 0.5)) * EM if rng.random() < 0.15 else 0.0
        wide, raised = rng.random(), float(rng.uniform(-0.05, 0.05)) * EM
        placed, x, before = [], 0.0, None
        for char in text:
            if char == " ":
                x += 0.3 * EM
                continue
            shape = variant(rng, char, wide)
            font, shape = self._font(rng, char, shape, chinese, latin, symbols)
            if font is None:
                continue
            mask, left, top, advance = font.glyph(shape)
            if before is not None and gap and char.isdigit() != before.isdigit():
                x += gap
            if latin is not chinese and font is not latin:
                top += raised
            placed.append((mask, x + left, top))
            x += advance + spacing
            before = char
        return self._compose(placed, condense)

    def _font(self, rng, char, shape, chinese, latin, symbols):
        order = [symbols, latin, chinese] if not char.isalnum() else [latin, chinese]
        if ord(shape) >= 0x2E80:
            order = [chinese, latin]
        for wanted in (shape, char):
            for font in order:
                if font.has(wanted):
                    return font, wanted
        for _ in range(8):  # a browser takes another font for the missing glyph
            font = self.library.chinese[int(rng.integers(0, len(self.library.chinese)))]
            if font.has(char):
                return font, char
        return None, char

    @staticmethod
    def _compose(placed, condense):
        if not placed:
            return Line(np.zeros((2 * PAD + EM, 2 * PAD + EM), np.float32), PAD + 0.86 * EM, None)
        left = min(x for _, x, _ in placed)
        right = max(x + mask.shape[1] for mask, x, _ in placed)
        top = min(y for _, _, y in placed)
        bottom = max(y + mask.shape[0] for mask, _, y in placed)
        above = max(-top, 0.86 * EM) + PAD
        height = int(above + max(bottom, 0.14 * EM) + PAD) + 2
        ink = np.zeros((height, int(right - left) + 2 * PAD + 2), np.uint8)
        for mask, x, y in placed:
            row, column = int(round(y + above)), int(round(x - left)) + PAD
            part = ink[row : row + mask.shape[0], column : column + mask.shape[1]]
            np.maximum(part, mask[: part.shape[0], : part.shape[1]], out=part)
        box = [PAD, top + above, right - left + PAD, bottom + above]
        if condense != 1:
            ink = cv2.resize(ink, None, fx=condense, fy=1, interpolation=cv2.INTER_AREA)
            box[0], box[2] = box[0] * condense, box[2] * condense
        return Line(ink.astype(np.float32) / 255, above, tuple(box))
