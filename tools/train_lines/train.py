#!/usr/bin/python3
"""Trains the line recognizer on the glyphs of an atlas (`atlas.py`). Resumes from its checkpoint.

    train.py --atlas FOLDER --out DIR [--steps 16000] [--weights FILE|FOLDER] [--threads 1] [--drawers 1] [--bfloat16]

The rate stays at its peak and falls over the last part of the steps. So whoever does not know how long the machine is
free begins with many, and once it is known starts again with fewer: as long as the fall has not begun, the outcome is
the same. `--weights` begins with the weights of another run's checkpoint, or with those of the folder `models`.
"""

import argparse
import multiprocessing
import os
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

import feed
from net import FEATURES, Lines, average_into, parameter_count

SEED = 20261127
GROWTH = 2500  # steps in which lines become longer, dirtier and more like forms
FALL = 0.45  # the last part of the steps, in which the rate falls
SEEN = 0.5  # of the time steps that show a character, the part whose class is asked
PRESENCE = 3.0  # what finding a character weighs against naming it


def rate(step, steps, peak):
    """Short rise, the peak, then straight down to a hundredth."""
    left = (steps - step) / (FALL * steps)
    return peak * min((step + 1) / 200, 1.0, max(left, 0.01))


def chunks(arguments, first, steps):
    begin = 1.0 if arguments.weights else 0.0
    tasks = ((arguments.seed, n, min(1.0, begin + n * feed.CHUNK / GROWTH)) for n in range(first, -(-steps // feed.CHUNK)))
    with multiprocessing.get_context("fork").Pool(arguments.drawers, feed.start, (str(arguments.atlas),)) as pool:
        waiting = []
        for task in tasks:  # a short queue: the drawers must not run far ahead
            waiting.append(pool.apply_async(feed.chunk, (task,)))
            if len(waiting) > 4 + arguments.drawers:
                yield waiting.pop(0).get()
        for result in waiting:
            yield result.get()


def loss_of(model, images, kinds, classes, bfloat16, dice):
    """The loss, and the shares of time steps whose class, and whose presence, was right."""
    batch = torch.from_numpy(images).float().to(memory_format=torch.channels_last)
    shown = np.flatnonzero((kinds.reshape(-1) == 1) & (dice.random(kinds.size) < SEEN))
    shown = torch.from_numpy(shown)
    wanted = torch.from_numpy(classes.reshape(-1).astype(np.int64))[shown]
    known = torch.from_numpy(kinds.reshape(-1) >= 0)
    with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
        steps = model.steps(batch).reshape(-1, FEATURES + 1)
        scores = model.head(steps[:, :FEATURES][shown])
    scores, present = scores.float(), steps[:, FEATURES].float()[known]
    truth = torch.from_numpy((kinds.reshape(-1) == 1).astype(np.float32))[known]
    named = functional.cross_entropy(scores, wanted)
    found = functional.binary_cross_entropy_with_logits(present, truth)
    with torch.no_grad():
        right = (scores.argmax(1) == wanted).float().mean()
        seen = ((present > 0) == (truth > 0.5)).float().mean()
    return named + PRESENCE * found, float(named), float(found), float(right), float(seen)


def weights_of(arguments):
    if not arguments.weights.is_dir():
        return torch.load(arguments.weights)["average"]
    from restore import restored  # needs python3-onnx

    feed.start(str(arguments.atlas))
    return restored(arguments.weights, feed.chunk((arguments.seed, 0, 1.0))[1][0][0]).state_dict()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--atlas", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=16000)
    parser.add_argument("--weights", type=Path, help="what to begin with: the checkpoint of another run, or the folder models")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--peak", type=float, default=2e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--drawers", type=int, default=1)
    parser.add_argument("--bfloat16", action="store_true", help="several times as fast where the processor has AVX512_BF16")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)

    model, average = (Lines().to(memory_format=torch.channels_last) for _ in range(2))
    if arguments.weights:
        model.load_state_dict(weights_of(arguments))
    average.load_state_dict(model.state_dict())
    decay = [p for p in model.parameters() if p.dim() > 1]
    plain = [p for p in model.parameters() if p.dim() == 1]
    optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 1e-2}, {"params": plain, "weight_decay": 0.0}])
    step = 0
    checkpoint = arguments.out / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        average.load_state_dict(saved["average"])
        optimizer.load_state_dict(saved["optimizer"])
        step = saved["step"]
    print(f"{parameter_count()} parameters, from step {step}", flush=True)

    log = open(arguments.out / "log.txt", "a", buffering=1)
    begun, first, sums, count, lines = time.time(), step, np.zeros(4), 0, 0
    for number, drawn in chunks(arguments, step // feed.CHUNK, arguments.steps):
        dice = np.random.default_rng((arguments.seed, 1, number))
        for images, kinds, classes in drawn:
            for group in optimizer.param_groups:
                group["lr"] = rate(step, arguments.steps, arguments.peak)
            loss, *shares = loss_of(model, images, kinds, classes, arguments.bfloat16, dice)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            average_into(average, model, min(0.999, step / (step + 20)))
            sums, count, step, lines = sums + shares, count + 1, step + 1, lines + len(images)
        if step % 100 < feed.CHUNK:
            named, found, right, seen = sums / count
            spent = time.time() - begun
            print(f"{step} naming {named:.4f} finding {found:.4f} named {right:.4f} found {seen:.4f} seconds {spent:.0f} "
                  f"steps/s {(step - first) / spent:.2f} lines/s {lines / spent:.0f}", file=log)
            sums, count = np.zeros(4), 0
        if step % 500 < feed.CHUNK or step >= arguments.steps:
            state = {"model": model.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
            torch.save(state, arguments.out / "checkpoint.tmp")
            os.replace(arguments.out / "checkpoint.tmp", checkpoint)
    print("done", file=log)


if __name__ == "__main__":
    main()
