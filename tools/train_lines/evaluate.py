#!/usr/bin/python3
"""Measures a checkpoint on lines drawn in fonts that training never saw, fits the temperatures and prints all as Markdown.

    evaluate.py --atlas FOLDER --checkpoint DIR/checkpoint.pt [--count 200]

The readings are those of the plugin without its weighing of neighbours: what it makes of the network's scores, in
Python. The temperatures are fitted on one set of lines, the reliability table is made on another.
"""

import argparse

import numpy as np
import torch
from torch.nn import functional

import feed
import phrases
import typeset
from characters import ALPHABET, class_of
from error_rate import distance, fold
from export import trained
from net import FEATURES, STEP
from typeset import degrade

SEED = 7_000_000  # far from every chunk of training
FAINT, VALLEY, EDGE = 0.15, 0.6, 0.5  # as in plugins/lines/spots.h, spots.cpp


def draw(rng, count, machine=None, font=None):
    drawn = []
    while len(drawn) < count:
        text = phrases.sample(rng, int(rng.integers(2, 25)), 0.3)
        crop = typeset.crop(rng, feed._setter, text, machine, 16.0, font)
        if crop is not None and crop[0].shape[1] <= 900:
            drawn.append((crop[0], [class_of(c) for c, _, _ in crop[1]], crop[1]))
    return drawn


@torch.no_grad()
def look(model, drawn):
    """(presence scores, features) of each line, and what stands where."""
    result = [None] * len(drawn)
    order = sorted(range(len(drawn)), key=lambda index: drawn[index][0].shape[1])
    for first in range(0, len(order), 32):
        members = order[first : first + 32]
        images, kinds, classes = feed.pack([drawn[index] for index in members])
        steps = model.steps(torch.from_numpy(images).float())
        for row, index in enumerate(members):
            length = (drawn[index][0].shape[1] + feed.TAIL) // STEP
            result[index] = steps[row, :length, FEATURES], steps[row, :length, :FEATURES], kinds[row, :length], classes[row, :length]
    return result


def spots(presence):
    """(first, last, sum) of each run that shows one character."""
    found, step = [], 0
    while step < len(presence):
        if presence[step] < FAINT:
            step += 1
            continue
        last = step
        while last + 1 < len(presence) and presence[last + 1] >= FAINT:
            last += 1
        begin, top, lowest = step, presence[step], step
        for at in range(step + 1, last + 1):
            now = presence[at]
            if now < presence[lowest]:
                lowest = at
            if now > presence[lowest] and lowest > begin and presence[lowest] < VALLEY * min(top, now):
                found.append((begin, lowest - 1))
                begin, top, lowest = lowest + 1, now, at
            elif now > top:
                top, lowest = now, at
        found.append((begin, last))
        step = last + 1
    result = []
    for first, last in found:
        sum_, top = presence[first : last + 1].sum(), presence[first : last + 1].max()
        while presence[first] < EDGE * top:
            first += 1
        while presence[last] < EDGE * top:
            last -= 1
        result.append((first, last, min(float(sum_), 1.0)))
    return result


@torch.no_grad()
def read(model, line, temperatures=(1.0, 1.0)):
    """(text, probability of the reading)."""
    presence = torch.sigmoid(line[0] / temperatures[1]).numpy()
    runs = [run for run in spots(presence) if run[2] >= 0.5]
    if not runs:
        return "", 1.0
    features = torch.stack([line[1][first : last + 1].mean(0) for first, last, _ in runs])
    chances, names = functional.softmax(model.head(features) / temperatures[0], 1).max(1)
    return "".join(ALPHABET[name] for name in names.tolist()), float(np.prod([c * r[2] for c, r in zip(chances.tolist(), runs)]))


@torch.no_grad()
def fit(model, lines):
    """The temperatures of the characters' scores and of their presence that make what is true likeliest."""
    scores, wanted, present, truth = [], [], [], []
    for seen, features, kinds, classes in lines:
        here = torch.from_numpy(kinds == 1)
        scores.append(model.head(features[here]))
        wanted.append(torch.from_numpy(classes.astype(np.int64))[here])
        known = torch.from_numpy(kinds >= 0)
        present.append(seen[known])
        truth.append(torch.from_numpy((kinds == 1).astype(np.float32))[known])
    scores, wanted, present, truth = (torch.cat(parts) for parts in (scores, wanted, present, truth))
    grid = np.exp(np.linspace(np.log(0.7), np.log(2.0), 27))
    naming = min(grid, key=lambda t: float(functional.cross_entropy(scores / t, wanted)))
    finding = min(grid, key=lambda t: float(functional.binary_cross_entropy_with_logits(present / t, truth)))
    return float(naming), float(finding)


def summary(model, name, drawn, temperatures):
    errors = length = exact = silent = 0
    pairs = []
    for (_, labels, _), line in zip(drawn, look(model, drawn)):
        text, chance = read(model, line, temperatures)
        truth = fold("".join(ALPHABET[label] for label in labels))
        wrong = distance(truth, fold(text))
        errors, length, exact, silent = errors + wrong, length + len(truth), exact + (wrong == 0), silent + (wrong > 0 and chance >= 0.9)
        pairs.append((chance, wrong == 0))
    print(f"| {name} | {len(drawn)} | {length} | {errors / length:.4f} | {exact / len(drawn):.3f} | {silent / len(drawn):.4f} |", flush=True)
    return pairs


def reliability(pairs):
    print("\n| confidence | lines | mean confidence | right |\n| --- | --- | --- | --- |")
    for low in range(10):
        inside = [(p, r) for p, r in pairs if low / 10 <= p < (low + 1) / 10 or (low == 9 and p >= 1)]
        if inside:
            mean, right = np.mean([p for p, _ in inside]), np.mean([r for _, r in inside])
            print(f"| {low / 10:.1f}–{(low + 1) / 10:.1f} | {len(inside)} | {mean:.3f} | {right:.3f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--atlas", required=True)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--count", type=int, default=200, help="lines for each kind of scan and each font")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    model = trained(arguments.checkpoint)
    feed.start(arguments.atlas, held_out=True)
    atlas = feed._setter.atlas

    temperatures = fit(model, look(model, draw(np.random.default_rng(SEED), 2 * arguments.count)))
    print(f"temperature {temperatures[0]:.3f}, of presence {temperatures[1]:.3f}\n")
    print("| scan, held-out fonts | lines | characters | error rate | exact | wrong at 0.9 and more |\n| --- | --- | --- | --- | --- | --- |")
    pairs = []
    for number, (machine, _) in enumerate(degrade.MACHINES):
        drawn = draw(np.random.default_rng(SEED + 1 + number), arguments.count, machine.__name__)
        pairs += summary(model, machine.__name__, drawn, temperatures)
    for number, machine in enumerate(degrade.HELD_OUT_MACHINES):
        drawn = draw(np.random.default_rng(SEED + 50 + number), arguments.count, machine)
        summary(model, f"{machine} (never trained on)", drawn, temperatures)
    for font in atlas.chinese:
        drawn = draw(np.random.default_rng(SEED + 100 + font), arguments.count, "office", font)
        summary(model, f"office, {atlas.names[font]}", drawn, temperatures)
    reliability(pairs)


if __name__ == "__main__":
    main()
