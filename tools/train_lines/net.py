"""The network, in two parts: the trunk looks at the whole line, the head names a character where the trunk found one.

trunk: (batch, 1, 32, width), width a multiple of 8, to (batch, 2 * (FEATURES + 1), 1, width / 8). The channels hold two
       successive time steps of four columns each: for each FEATURES values for the head and one score that here is a
       character (its sigmoid is the probability; the rest is CTC's blank).
head:  (count, FEATURES) to (count, classes): the scores of the characters, at the time steps that are asked for.
"""

import torch
from torch import nn

from characters import ALPHABET
from typeset import HEIGHT

FEATURES = 192
STEP = 4  # columns of the picture for a time step


def block(inputs, outputs, kernel=3, stride=1, padding=None, groups=1, active=True):
    if padding is None:
        padding = tuple(k // 2 for k in kernel) if isinstance(kernel, tuple) else kernel // 2
    layers = [nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False, groups=groups), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, nn.ReLU(inplace=True)) if active else nn.Sequential(*layers)


class Residual(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return x + self.inner(x)


class Trunk(nn.Module):
    def __init__(self):
        super().__init__()
        assert HEIGHT == 32
        self.features = nn.Sequential(
            block(1, 24, 5, 2),  # 16 rows, half the columns
            block(24, 48, 3, 2),  # 8 rows, a quarter of the columns
            block(48, 64),
            block(64, 112, 3, 2),  # 4 rows, an eighth of the columns
            Residual(block(112, 112)),
            block(112, 160),
            block(160, 256, 3, (2, 1)),  # 2 rows
            block(256, 256, (2, 3), 1, (0, 1)),  # 1 row
            Residual(block(256, 256, (1, 3))),
            Residual(block(256, 256, (1, 3))),
        )
        self.last = nn.Conv2d(256, 2 * (FEATURES + 1), 1)

    def forward(self, image):
        return self.last(self.features(image))


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(FEATURES)
        self.classes = nn.Linear(FEATURES, len(ALPHABET))

    def forward(self, features):
        return self.classes(self.norm(features))


class Lines(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk, self.head = Trunk(), Head()

    def steps(self, image):
        """(batch, width / 4, FEATURES + 1): features of each time step, and the score that a character is here."""
        x = self.trunk(image)
        batch, _, _, columns = x.shape
        return x.reshape(batch, 2, FEATURES + 1, columns).permute(0, 3, 1, 2).reshape(batch, 2 * columns, FEATURES + 1)


def parameter_count():
    return sum(p.numel() for p in Lines().parameters())


@torch.no_grad()
def average_into(average, model, keep):
    """Moves the slow copy of the weights a little towards the fast one."""
    for slow, fast in zip(average.state_dict().values(), model.state_dict().values()):
        if slow.dtype.is_floating_point:
            slow.mul_(keep).add_(fast, alpha=1 - keep)
        else:
            slow.copy_(fast)
