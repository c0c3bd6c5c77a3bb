#!/usr/bin/python3
"""Trains the number recognizer. Same seed, steps and fonts: same weights (one thread). Resumes from its checkpoint.

    train.py --fonts /usr/share/fonts --out DIR [--steps 12000] [--weights FILE.pt] [--threads 1] [--drawers 1]

The rate stays at its peak and falls over the last two fifths of the steps. So whoever does not know how long the
machine is free begins with many, and once it is known starts again with fewer: as long as the fall has not begun,
the outcome is the same.
"""

import argparse
import multiprocessing
import os
import time
from pathlib import Path

import torch
from torch import nn

import batches
from model import Numbers, average_into, parameter_count, time_steps

SEED = 20260117
EASY_STEPS = 320  # clean print first: CTC does not start on ruined crops


FALL = 0.4  # the last part of the steps, in which the rate falls


def rate(step, steps, peak):
    """Short rise, the peak, then straight down to a hundredth."""
    left = (steps - step) / (FALL * steps)
    return peak * min((step + 1) / 200, 1.0, max(left, 0.01))


def chunks(arguments, first, steps):
    easy = 0 if arguments.weights else EASY_STEPS // batches.CHUNK
    tasks = ((arguments.seed, number, number < easy) for number in range(first, -(-steps // batches.CHUNK)))
    start = (str(arguments.fonts),)
    with multiprocessing.get_context("fork").Pool(arguments.drawers, batches.start, start) as pool:
        waiting = []
        for task in tasks:  # a short queue: the drawers must not run far ahead
            waiting.append(pool.apply_async(batches.chunk, (task,)))
            if len(waiting) > 4 + arguments.drawers:
                yield waiting.pop(0).get()
        for result in waiting:
            yield result.get()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=12000)
    parser.add_argument("--weights", type=Path, help="checkpoint of another run to begin with")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--peak", type=float, default=2e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--drawers", type=int, default=1)
    parser.add_argument("--bfloat16", action="store_true", help="twice as fast where the processor has AVX512_BF16")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)

    model, average = (Numbers().to(memory_format=torch.channels_last) for _ in range(2))
    if arguments.weights:
        model.load_state_dict(torch.load(arguments.weights)["average"])
    average.load_state_dict(model.state_dict())
    decay = [p for p in model.parameters() if p.dim() > 1]
    plain = [p for p in model.parameters() if p.dim() == 1]
    optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 1e-2}, {"params": plain, "weight_decay": 0.0}])
    loss_of = nn.CTCLoss(blank=0, zero_infinity=True)
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
    begun, first, sum_loss, count = time.time(), step, 0.0, 0
    for number, drawn in chunks(arguments, step // batches.CHUNK, arguments.steps):
        for images, targets, counts in drawn:
            for group in optimizer.param_groups:
                group["lr"] = rate(step, arguments.steps, arguments.peak)
            batch = torch.from_numpy(images).float().to(memory_format=torch.channels_last)
            with torch.autocast("cpu", torch.bfloat16, enabled=arguments.bfloat16):
                scores = model(batch)
            steps = time_steps(scores.float())
            lengths = torch.full((images.shape[0],), steps.shape[0], dtype=torch.long)
            loss = loss_of(steps.log_softmax(2), torch.from_numpy(targets), lengths, torch.from_numpy(counts))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            average_into(average, model, min(0.998, step / (step + 20)))
            sum_loss, count, step = sum_loss + float(loss.detach()), count + 1, step + 1
        if step % 100 < batches.CHUNK:
            line = f"{step} loss {sum_loss / count:.4f} seconds {time.time() - begun:.0f} steps/s {(step - first) / (time.time() - begun):.2f}"
            print(line, file=log)
            sum_loss, count = 0.0, 0
        if step % 100 < batches.CHUNK or step >= arguments.steps:
            state = {"model": model.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
            torch.save(state, arguments.out / "checkpoint.tmp")
            os.replace(arguments.out / "checkpoint.tmp", checkpoint)
    print("done", file=log)


if __name__ == "__main__":
    main()
