"""Batches of drawn lines. Batch n of a seed is the same in every run, whoever draws it and when.

Where every glyph stands is known, so each time step has its answer: a character (its middle), blank (between two), or
either (what lies between these is left to the network).
"""

import numpy as np

import phrases
import typeset
from characters import class_of
from net import STEP

COLUMNS = 40 * 352  # of a batch: short lines come in larger batches
CHUNK = 4  # batches that are drawn together and sorted by width, so that little is padded
TAIL = 16  # columns of paper after a line

_setter = None


def start(folder, held_out=False):
    global _setter
    _setter = typeset.Typesetter(typeset.Atlas(folder, held_out))


def steps_of(width, spots):
    """(kind, glyph) of each of width / STEP time steps: kind 1 a character, 0 blank, -1 either; glyph its number."""
    count = width // STEP
    at = np.arange(count) * STEP + STEP / 2
    kind, glyph = np.zeros(count, np.int8), np.zeros(count, np.int16)
    if not spots:
        return kind, glyph
    left, right = (np.array([s[i] for s in spots], np.float32) for i in (1, 2))
    middle = (left + right) / 2
    order = np.argsort(middle, kind="stable")
    middle, half = middle[order], np.maximum((right - left)[order] / 2 * 1.1, 5.0)
    nearest = np.abs(at[:, None] - middle[None, :]).argmin(1)
    before = np.concatenate([[1e6], np.diff(middle)])[nearest] / 2
    after = np.concatenate([np.diff(middle), [1e6]])[nearest] / 2
    away = at - middle[nearest]
    room = np.minimum(np.where(away < 0, before, after), half[nearest])
    share = np.abs(away) / np.maximum(room, 0.5)
    kind = np.where(share <= 0.42, 1, np.where(share >= 0.72, 0, -1)).astype(np.int8)
    for number in range(len(middle) - 1):  # between two there is at least one blank
        if middle[number + 1] - middle[number] >= 2 * STEP:
            between = int((middle[number] + middle[number + 1]) / 2 / STEP)
            if 0 <= between < count:
                kind[between] = 0
    for number, column in enumerate(middle):  # and every character has its step
        step = min(max(int(column / STEP), 0), count - 1)
        kind[step] = 1
        nearest[step] = number
    return kind, order[nearest].astype(np.int16)


def one(rng, stage, machine=None, font=None):
    """(picture, classes of its glyphs, spots). `stage` from 0, short lines in any order, to 1, as in forms."""
    while True:
        low, high = 2, int(6 + 18 * stage)
        length = int(rng.integers(low, high + 1)) if rng.random() < 0.8 else int(rng.integers(1, 4))
        text = phrases.sample(rng, length, 0.95 - 0.5 * stage)
        if rng.random() < 0.03:
            spot = int(rng.integers(0, len(text))) if text else 0
            text = text[:spot] + typeset.strange(rng) + text[spot + 1 :]
        easy = machine is None and rng.random() < 0.7 - stage * 1.2
        drawn = typeset.crop(rng, _setter, text, "clean" if easy else machine, 22.0 - 8.0 * stage, font)
        if drawn is not None and drawn[0].shape[1] <= 640:
            image, spots = drawn
            return image, [class_of(char) for char, _, _ in spots], spots


def empty(rng):
    """Paper, dirt and rules without text."""
    image = rng.normal(0, float(rng.uniform(0.01, 0.15)), (typeset.HEIGHT, int(rng.integers(16, 200)))).astype(np.float32)
    if rng.random() < 0.5:
        row = int(rng.integers(0, typeset.HEIGHT - 3))
        image[row : row + int(rng.integers(1, 4))] += float(rng.uniform(0.3, 1.0))
    if rng.random() < 0.3:
        column = int(rng.integers(0, image.shape[1] - 3))
        image[:, column : column + int(rng.integers(1, 4))] += float(rng.uniform(0.3, 1.0))
    return np.clip(image, -0.25, 1.25), [], []


def chunk(task):
    """(number, CHUNK batches of (images float16, kinds, classes by step))."""
    seed, number, stage = task
    rng = np.random.default_rng((seed, number))
    drawn, columns = [], 0
    while columns < CHUNK * COLUMNS:
        item = empty(rng) if rng.random() < 0.01 else one(rng, stage)
        drawn.append(item)
        columns += item[0].shape[1] + TAIL
    drawn.sort(key=lambda item: item[0].shape[1])
    batches, first, sum_ = [], 0, 0
    for at, item in enumerate(drawn):
        sum_ += item[0].shape[1] + TAIL
        if sum_ >= COLUMNS or at + 1 == len(drawn):
            batches.append(pack(drawn[first : at + 1]))
            first, sum_ = at + 1, 0
    order = rng.permutation(len(batches))
    return number, [batches[i] for i in order]


def pack(drawn):
    width = max(item[0].shape[1] for item in drawn) + TAIL
    width = -(-width // 16) * 16
    images = np.zeros((len(drawn), 1, typeset.HEIGHT, width), np.float16)
    kinds = np.full((len(drawn), width // STEP), -1, np.int8)
    classes = np.zeros((len(drawn), width // STEP), np.int16)
    for row, (image, labels, spots) in enumerate(drawn):
        images[row, 0, :, : image.shape[1]] = image
        kind, glyph = steps_of(width, spots)
        kinds[row] = kind
        if labels:
            classes[row] = np.array(labels, np.int16)[glyph]
    return images, kinds, classes
