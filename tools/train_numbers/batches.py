"""Batches of drawn lines. Batch n of a seed is the same in every run, whoever draws it and when."""

import numpy as np

import degrade
import draw
import fonts
import texts
from alphabet import labels

BATCH = 64
LONG = 256  # columns; three of four longer lines are left out: they cost the most and teach nothing of their own
CHUNK = 4  # batches that are drawn together and sorted by width, so that little is padded

_typesetter = None


def start(root, held_out=False):
    global _typesetter
    _typesetter = draw.Typesetter(fonts.Library(root, held_out))


def one(rng, easy=False, machine=None):
    text = texts.sample(rng)
    line = _typesetter.line(rng, text)
    if easy:
        machine = "clean"
    image = degrade.normalize(degrade.degrade(rng, line, machine))
    return image, text if line.box is not None else ""


def chunk(task):
    """CHUNK batches: (images (n, 1, 32, width) float16, labels in a row, their counts)."""
    seed, number, easy = task
    rng = np.random.default_rng((seed, number))
    drawn = []
    while len(drawn) < BATCH * CHUNK:
        image, text = one(rng, easy)
        target = labels(text)
        if image.shape[1] > LONG and rng.random() < 0.75:
            continue
        # CTC needs a step for each label and one more between equal ones; a step is two columns.
        if len(target) + sum(a == b for a, b in zip(target, target[1:])) <= image.shape[1] // 2 - 1:
            drawn.append((image, target))
    drawn.sort(key=lambda item: item[0].shape[1])
    result = [pack(drawn[i : i + BATCH]) for i in range(0, len(drawn), BATCH)]
    rng.shuffle(result)
    return number, result


def pack(drawn):
    width = max(image.shape[1] for image, _ in drawn)
    width = -(-width // 16) * 16 + 16
    images = np.zeros((len(drawn), 1, degrade.HEIGHT, width), np.float16)
    for row, (image, _) in enumerate(drawn):
        images[row, 0, :, : image.shape[1]] = image
    counts = [len(target) for _, target in drawn]
    return images, np.array([label for _, target in drawn for label in target], np.int64), np.array(counts, np.int64)
