"""Step `average`: the mean of the weights of several checkpoints, usually better than any of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch

from training.checkpoint import Checkpoint
from training.config import TrainingError


def average(paths: Sequence[Path]) -> Checkpoint:
    """The mean of checkpoints of the same shape.

    Raises:
        TrainingError: there is none, one cannot be read, or their shapes differ.
    """
    if not paths:
        raise TrainingError("There are no checkpoints to average.")
    mean = Checkpoint.load(paths[0])
    weights = {name: torch.zeros_like(value, dtype=torch.float64) for name, value in mean.weights.items()}
    steps = 0
    for path in paths:
        checkpoint = Checkpoint.load(path)
        if (checkpoint.size, checkpoint.vocabulary) != (mean.size, mean.vocabulary):
            raise TrainingError(
                f"{path} has another shape than {paths[0]}: only checkpoints of the same shape can be averaged."
            )
        for name, value in checkpoint.weights.items():
            weights[name] += value.double() / len(paths)
        steps = max(steps, checkpoint.steps)
    return Checkpoint(mean.size, {name: value.float() for name, value in weights.items()}, steps)
