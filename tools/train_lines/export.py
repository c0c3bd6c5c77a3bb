#!/usr/bin/python3
"""Writes models/lines.onnx (the trunk), lines.weights (the head) and lines.txt (the alphabet) from a checkpoint, and
checks the trunk against OpenCV.

    export.py --checkpoint DIR/checkpoint.pt [--temperature 1.1] [--presence-temperature 1.0] --models ../../models

Scores are divided by the temperatures here, so that whoever runs the network needs to know nothing of them. The head is
stored in half precision, which changes no reading: for each class of the alphabet its weights and its bias, little-endian.
"""

import argparse
import copy
import hashlib
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from characters import ALPHABET
from net import FEATURES, Lines
from typeset import HEIGHT


def trained(checkpoint):
    model = Lines()
    model.load_state_dict(torch.load(checkpoint, map_location="cpu")["average"])
    return model.eval()


def fold(module):
    """Every normalization goes into the convolution before it."""
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Sequential) and len(child) > 1 and isinstance(child[1], nn.BatchNorm2d):
            setattr(module, name, nn.Sequential(fuse_conv_bn_eval(child[0], child[1]), *list(child)[2:]))
        else:
            fold(child)
    return module


def trunk_of(model, temperature):
    trunk = fold(copy.deepcopy(model.trunk))
    with torch.no_grad():
        for score in (FEATURES, 2 * FEATURES + 1):
            trunk.last.weight[score] /= temperature
            trunk.last.bias[score] /= temperature
    return trunk.eval()


def head_of(model, temperature):
    """(classes, FEATURES + 1): the weights and the bias of each class."""
    norm, classes = model.head.norm, model.head.classes
    with torch.no_grad():
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        bias = classes.bias + classes.weight @ (norm.bias - norm.running_mean * scale)
        return (torch.cat([classes.weight * scale, bias[:, None]], 1) / temperature).numpy().astype("<f2")


def greatest_difference(module, file, shapes):
    """Between torch and OpenCV."""
    net = cv2.dnn.readNetFromONNX(str(file))
    worst = 0.0
    for shape in shapes:
        values = np.random.default_rng(shape[-1]).random(shape, dtype=np.float32)
        net.setInput(values)
        ours = net.forward()
        with torch.no_grad():
            theirs = module(torch.from_numpy(values)).numpy()
        assert ours.shape == theirs.shape, (ours.shape, theirs.shape)
        worst = max(worst, float(np.abs(ours - theirs).max()))
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--temperature", type=float, default=1.0, help="of the characters' scores")
    parser.add_argument("--presence-temperature", type=float, default=1.0)
    parser.add_argument("--models", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    model = trained(arguments.checkpoint)
    trunk = trunk_of(model, arguments.presence_temperature)
    files = [arguments.models / name for name in ("lines.onnx", "lines.weights", "lines.txt")]
    torch.onnx.export(
        trunk, torch.zeros(1, 1, HEIGHT, 128), str(files[0]), opset_version=11, input_names=["picture"],
        output_names=["steps"], dynamic_axes={"picture": {0: "batch", 3: "width"}, "steps": {0: "batch", 3: "columns"}},
    )
    files[1].write_bytes(head_of(model, arguments.temperature).tobytes())
    files[2].write_text(ALPHABET + "\n", encoding="utf-8")
    shapes = [(1, 1, HEIGHT, 64), (4, 1, HEIGHT, 320), (1, 1, HEIGHT, 640)]
    print(f"greatest difference to OpenCV: {greatest_difference(trunk, files[0], shapes):.1e}")
    for path in files:
        print(hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size, path.name)


if __name__ == "__main__":
    main()
