"""Makes a network that can be trained on of the files under models/, in which the normalizations are folded away.

Each normalization gets the mean and the spread of a drawn batch and undoes them, so that the network says what it said.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from characters import ALPHABET
from net import FEATURES, Lines


def convolutions(file):
    """(weights, bias) of each, in the order in which they run."""
    graph = onnx.load(str(file)).graph
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    return [tuple(values[name] for name in node.input[1:3]) for node in graph.node if node.op_type == "Conv"]


def undo(norm, values):
    """`norm` changes nothing but adds its present bias."""
    values = values.transpose(0, 1).reshape(values.shape[1], -1)
    mean, spread = values.mean(1), values.var(1, unbiased=False)
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(spread)
    norm.weight.copy_(torch.sqrt(spread + norm.eps))
    norm.bias.add_(mean)


@torch.no_grad()
def restored(models, images):
    """`images`: a batch of pictures, as `feed.chunk` draws them."""
    models, network = Path(models), Lines().eval()
    modules = list(network.trunk.modules())
    convolved = [module for module in modules if isinstance(module, nn.Conv2d)]
    norms = [module for module in modules if isinstance(module, nn.BatchNorm2d)]
    stored = convolutions(models / "lines.onnx")
    if [w.shape for w, _ in stored] != [tuple(c.weight.shape) for c in convolved]:
        raise ValueError(f"{models}/lines.onnx is a network of another shape than net.py")
    for module, (weight, _) in zip(convolved, stored):
        module.weight.copy_(torch.from_numpy(weight.copy()))
    convolved[-1].bias.copy_(torch.from_numpy(stored[-1][1].copy()))
    for norm, (_, bias) in zip(norms, stored):
        norm.bias.copy_(torch.from_numpy(bias.copy()))
        norm.register_forward_pre_hook(lambda module, inputs: undo(module, inputs[0]))
    head = np.fromfile(models / "lines.weights", "<f2").reshape(len(ALPHABET), FEATURES + 1).astype(np.float32)
    network.head.classes.weight.copy_(torch.from_numpy(head[:, :-1]))
    network.head.classes.bias.copy_(torch.from_numpy(head[:, -1]))
    steps = network.steps(torch.from_numpy(images).float())
    network.head.norm.bias.zero_()
    undo(network.head.norm, steps[..., :FEATURES].reshape(-1, FEATURES))
    for norm in norms:
        norm._forward_pre_hooks.clear()
    return network
