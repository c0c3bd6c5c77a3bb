#!/usr/bin/python3
"""Writes models/numbers.onnx and models/numbers.txt (the alphabet) from a checkpoint and checks them against OpenCV.

    export.py --checkpoint DIR/checkpoint.pt --temperature 1.1 --models ../../models

Scores are divided by the temperature here, so that whoever runs the network needs to know nothing of it.
"""

import argparse
import hashlib
from pathlib import Path

import cv2
import numpy as np
import torch

from alphabet import ALPHABET
from degrade import HEIGHT
from model import Numbers


def trained(checkpoint):
    model = Numbers()
    model.load_state_dict(torch.load(checkpoint, map_location="cpu")["average"])
    return model.eval()


def export(model, temperature, file):
    with torch.no_grad():
        model.scores.weight /= temperature
        model.scores.bias /= temperature
    torch.onnx.export(
        model,
        torch.zeros(1, 1, HEIGHT, 128),
        str(file),
        opset_version=11,
        input_names=["image"],
        output_names=["scores"],
        dynamic_axes={"image": {0: "batch", 3: "width"}, "scores": {0: "batch", 3: "columns"}},
    )


def greatest_difference(model, file):
    """Between torch and OpenCV, over batches of several widths."""
    net = cv2.dnn.readNetFromONNX(str(file))
    worst = 0.0
    for batch, width in ((1, 32), (3, 96), (16, 224), (2, 640), (1, 64)):
        image = np.random.default_rng(width).random((batch, 1, HEIGHT, width), dtype=np.float32)
        net.setInput(image)
        ours = net.forward()
        with torch.no_grad():
            theirs = model(torch.from_numpy(image)).numpy()
        assert ours.shape == theirs.shape, (ours.shape, theirs.shape)
        worst = max(worst, float(np.abs(ours - theirs).max()))
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--models", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    model = trained(arguments.checkpoint)
    file = arguments.models / "numbers.onnx"
    export(model, arguments.temperature, file)
    (arguments.models / "numbers.txt").write_text(ALPHABET + "\n", encoding="utf-8")
    print(f"greatest difference to OpenCV: {greatest_difference(model, file):.2e}")
    for path in (file, arguments.models / "numbers.txt"):
        print(hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size, path.name)


if __name__ == "__main__":
    main()
