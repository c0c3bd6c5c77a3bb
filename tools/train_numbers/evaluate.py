#!/usr/bin/python3
"""Measures a checkpoint on drawn cells that training never saw, fits the temperature and prints both as Markdown.

    evaluate.py --checkpoint DIR/checkpoint.pt --fonts /usr/share/fonts [--count 2000]

The temperature is fitted on one set of held-out fonts and the reliability table is made on another: other texts,
other damage, the same fonts.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

import batches
import degrade
from alphabet import ALPHABET, REJECT, labels
from export import trained
from model import time_steps

SEED = 7_000_000  # far from every chunk of training


def draw(count, seed, machine=None):
    rng = np.random.default_rng(seed)
    drawn = []
    while len(drawn) < count:
        image, text = batches.one(rng, machine=machine)
        drawn.append((image, labels(text), text))
    return drawn


@torch.no_grad()
def read(model, drawn):
    """(scores by time step, cut to the line's own width, label row, text) of each line."""
    result = []
    order = sorted(range(len(drawn)), key=lambda index: drawn[index][0].shape[1])
    for first in range(0, len(order), 32):
        members = [drawn[index] for index in order[first : first + 32]]
        images, _, _ = batches.pack([(image, target) for image, target, _ in members])
        steps = time_steps(model(torch.from_numpy(images).float()))
        for column, (image, target, text) in enumerate(members):
            result.append((steps[: (image.shape[1] + 16) // 2, column].clone(), target, text))
    return result


def spoken(scores):
    """The greedy reading, as class numbers."""
    classes, last = [], 0
    for label in scores.argmax(1).tolist():
        if label != last and label != 0:
            classes.append(label)
        last = label
    return classes


def probability(scores, classes, temperature):
    logs = functional.log_softmax(scores / temperature, 1)
    if not classes:
        return float(logs[:, 0].sum().exp())
    loss = functional.ctc_loss(
        logs[:, None], torch.tensor([classes]), torch.tensor([len(scores)]), torch.tensor([len(classes)]), reduction="sum"
    )
    return float(torch.exp(-loss))


def outcomes(lines, temperature):
    """(confidence, right) of each line that is read as a number or word, not refused and not empty."""
    result = []
    for scores, target, _ in lines:
        classes = spoken(scores)
        if classes and len(ALPHABET) not in classes:
            result.append((probability(scores, classes, temperature), classes == target))
    return result


def likelihood(pairs):
    p = np.clip([p for p, _ in pairs], 1e-6, 1 - 1e-6)
    right = np.array([right for _, right in pairs])
    return -float(np.mean(np.where(right, np.log(p), np.log(1 - p))))


def fit_temperature(lines):
    grid = np.exp(np.linspace(np.log(0.6), np.log(2.5), 25))
    return float(min(grid, key=lambda t: likelihood(outcomes(lines, t))))


def summary(name, lines, temperature):
    """One row: exact readings of numbers, and how foreign text and empty cells fare."""
    numbers = [l for l in lines if l[1] and REJECT not in "".join(ALPHABET[i - 1] for i in l[1])]
    foreign = [l for l in lines if len(ALPHABET) in l[1]]
    empty = [l for l in lines if not l[1]]
    exact = np.mean([spoken(s) == t for s, t, _ in numbers])
    sure = [(probability(s, spoken(s), temperature), spoken(s) == t) for s, t, _ in numbers]
    silent = np.mean([p >= 0.9 and not right for p, right in sure])
    kept = np.mean([p >= 0.9 for p, _ in sure])
    refused = np.mean([len(ALPHABET) in spoken(s) for s, _, _ in foreign]) if foreign else float("nan")
    quiet = np.mean([not spoken(s) for s, _, _ in empty]) if empty else float("nan")
    print(f"| {name} | {len(numbers)} | {exact:.4f} | {kept:.3f} | {silent:.4f} | {refused:.3f} | {quiet:.3f} |", flush=True)


def reliability(pairs):
    print("| confidence | lines | mean confidence | right |\n| --- | --- | --- | --- |")
    for low in range(10):
        inside = [(p, r) for p, r in pairs if low / 10 <= p < (low + 1) / 10 or (low == 9 and p >= 1)]
        if inside:
            mean, right = np.mean([p for p, _ in inside]), np.mean([r for _, r in inside])
            print(f"| {low / 10:.1f}–{(low + 1) / 10:.1f} | {len(inside)} | {mean:.3f} | {right:.3f} |")


def confusions(lines, most=25):
    wrong = [(t, "".join(ALPHABET[i - 1] for i in spoken(s))) for s, c, t in lines if spoken(s) != c]
    print("\n".join(f"{text!r} read as {reading!r}" for text, reading in wrong[:most]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"))
    parser.add_argument("--count", type=int, default=2000)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    model = trained(arguments.checkpoint)

    batches.start(str(arguments.fonts), held_out=True)
    temperature = fit_temperature(read(model, draw(arguments.count, SEED)))
    print(f"temperature {temperature:.3f}\n")
    print("| cells | numbers and words | read exactly | confidence 0.9 or more | of all: wrong, 0.9 or more | foreign text refused | empty left empty |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    held = read(model, draw(arguments.count, SEED + 1))
    summary("fonts held out, all machines of training", held, temperature)
    summary("fonts held out, clean", read(model, draw(arguments.count // 2, SEED + 2, "clean")), temperature)
    for number, name in enumerate(m.__name__ for m, _ in degrade.MACHINES if m.__name__ != "clean"):
        summary(f"fonts held out, {name}", read(model, draw(arguments.count // 3, SEED + 10 + number, name)), temperature)
    for number, name in enumerate(degrade.HELD_OUT):
        lines = read(model, draw(arguments.count // 3, SEED + 20 + number, name))
        summary(f"fonts and damage held out, {name}", lines, temperature)
    batches.start(str(arguments.fonts), held_out=False)
    summary("fonts of training, all machines of training", read(model, draw(arguments.count, SEED + 3)), temperature)
    print()
    reliability(outcomes(held, temperature))
    print()
    confusions(held)


if __name__ == "__main__":
    main()
