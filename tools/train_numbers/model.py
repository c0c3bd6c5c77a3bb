"""The network: a line of HEIGHT rows and any width in, class scores for every second column out."""

import torch
from torch import nn

from alphabet import ALPHABET
from degrade import HEIGHT

CLASS_COUNT = len(ALPHABET) + 1
COLUMN_STEP = 4  # columns of the image for one column of features; each gives two time steps


def block(inputs, outputs, kernel=3, stride=1, padding=None):
    if padding is None:
        padding = kernel // 2
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class Numbers(nn.Module):
    """Input (batch, 1, HEIGHT, width), width a multiple of 4; output (batch, 2 * CLASS_COUNT, 1, width / 4):
    the scores of two successive time steps lie one after the other in the channels."""

    def __init__(self):
        super().__init__()
        assert HEIGHT == 32
        self.features = nn.Sequential(
            block(1, 32, 5, 2),  # 16 rows, half the columns
            block(32, 48),
            block(48, 80, 3, 2),  # 8 rows, a quarter of the columns
            block(80, 96),
            block(96, 128, 3, (2, 1)),  # 4 rows
            block(128, 128),
            block(128, 192, (4, 1), 1, 0),  # 1 row
        )
        self.context = nn.ModuleList([block(192, 192, (1, 5), 1, (0, 2)), block(192, 192, (1, 3), 1, (0, 1))])
        self.scores = nn.Conv2d(192, 2 * CLASS_COUNT, 1)

    def forward(self, image):
        x = self.features(image)
        for layer in self.context:
            x = x + layer(x)
        return self.scores(x)


def time_steps(scores):
    """(batch, 2C, 1, T) to (2T, batch, C), as CTC wants it."""
    batch, _, _, columns = scores.shape
    steps = scores.reshape(batch, 2, CLASS_COUNT, columns)
    return steps.permute(3, 1, 0, 2).reshape(2 * columns, batch, CLASS_COUNT)


def parameter_count():
    return sum(p.numel() for p in Numbers().parameters())


@torch.no_grad()
def average_into(average, model, keep):
    """Moves the slow copy of the weights a little towards the fast one."""
    for slow, fast in zip(average.state_dict().values(), model.state_dict().values()):
        if slow.dtype.is_floating_point:
            slow.mul_(keep).add_(fast, alpha=1 - keep)
        else:
            slow.copy_(fast)
