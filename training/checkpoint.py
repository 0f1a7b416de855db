"""Checkpoints: weights with what is needed to use them, and, in those of a run, what is needed to go on with it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training.config import Size, TrainingError
from training.files import replacing
from training.model import Transformer


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The weights of a model.

    Attributes:
        size: the shape of the model.
        weights: by name, as `Transformer.state_dict` has them, float32.
        steps: training steps behind them, those of earlier runs counted.
        run: the state of the run that saved it, or None.
    """

    size: Size
    weights: dict[str, Tensor]
    steps: int = 0
    run: dict[str, Any] | None = None

    @property
    def vocabulary(self) -> int:
        """The number of pieces."""
        return int(self.weights["embedding.weight"].size(0))

    def model(self) -> Transformer:
        """The model with these weights.

        Raises:
            TrainingError: weights are missing, or have another shape than the size says.
        """
        model = Transformer(self.size, self.vocabulary)
        try:
            model.load_state_dict(self.weights)
        except RuntimeError as error:
            raise TrainingError(f"The weights do not fit a model of {self.size}: {error}.") from error
        return model

    def save(self, path: Path) -> None:
        """Write it to a file, in PyTorch's format, at once or not at all."""
        table = {"size": dataclasses.asdict(self.size), "weights": self.weights, "steps": self.steps, "run": self.run}
        with replacing(path) as temporary:
            torch.save(table, temporary)

    @classmethod
    def load(cls, path: Path) -> Checkpoint:
        """Read one. Nothing in the file is run.

        Raises:
            TrainingError: it is missing, or no checkpoint of this recipe.
        """
        if not path.is_file():
            raise TrainingError(f"There is no checkpoint {path}.")
        try:
            table = torch.load(path, map_location="cpu", weights_only=True)
            return cls(Size(**table["size"]), table["weights"], table["steps"], table["run"])
        except Exception as error:  # torch.load raises whatever its unpickler meets
            raise TrainingError(f"{path} is no checkpoint of this recipe: {str(error).splitlines()[0]}.") from error
