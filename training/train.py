"""Step `train`: one cycle, on a CPU (float32) or one GPU (bfloat16).

Everything drawn depends on the seed and the place in the run alone, and a checkpoint holds all state, so a run that was
stopped and taken up again gives the same weights as one that was not (on the same machine, with a bound in steps).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training.batches import Batch, TrainingData, ahead
from training.checkpoint import Checkpoint
from training.config import PAD, Recipe, TrainingError
from training.model import Transformer
from training.optimisers import ChunkedCrossEntropy, Muon
from training.prepare import Prepared

LAST = "last.pt"
_AVERAGED_EVERY = 10  # steps
_REPORT_EVERY = 60  # seconds


class Run:
    """A training run in a folder: `last.pt`, and `weights-<step>.pt` for averaging.

    Args:
        recipe: all settings.
        data: what `prepare` made.
        folder: of the run. If there is a run with the same settings, it goes on.
        start: a checkpoint whose weights to start from, for a run that is new.

    Raises:
        TrainingError: the folder has a run with other settings, or something does not fit.
    """

    def __init__(self, recipe: Recipe, data: Path, folder: Path, start: Path | None = None) -> None:
        self.recipe, self.folder = recipe, folder
        self.data = TrainingData(Prepared(data), recipe.batches, recipe.seed)
        torch.manual_seed(recipe.seed)
        self.model = Transformer(recipe.size, self.data.vocabulary)
        self.step, self.seconds, self.place, self.earlier_steps = 0, 0.0, (0, 0), 0
        there = Checkpoint.load(folder / LAST) if (folder / LAST).is_file() else None
        if start and not there:
            self._start_from(Checkpoint.load(start))
        self.model.to(recipe.device)
        self.average = {name: value.detach().clone() for name, value in self.model.state_dict().items()}
        hidden = [matrix for _, matrix in self.model.named_hidden()]
        others = [p for p in self.model.parameters() if all(p is not matrix for matrix in hidden)]
        self.muon = Muon(list(hidden), recipe.size.width, recipe.optimiser.momentum)
        self.adam = torch.optim.AdamW(
            others, lr=recipe.optimiser.adam_rate, betas=(0.9, 0.98), eps=1e-9, weight_decay=0, fused=True
        )
        if there:
            self._resume(there)

    @property
    def on_gpu(self) -> bool:
        """Whether it trains on a GPU."""
        return self.recipe.device != "cpu"

    @property
    def finished(self) -> bool:
        """Whether the cycle is over."""
        return self.recipe.cycle.progress(self.step, self.seconds) >= 1

    def train(self, stop: Callable[[int], bool] = lambda step: False, report: Callable[[str], None] = print) -> None:
        """Train to the end of the cycle, or until `stop` says so; save at the end.

        Args:
            stop: asked after every step, with the number of steps done.
            report: told a line a minute.
        """
        if self.on_gpu:
            torch.set_float32_matmul_precision("high")
        forward = torch.compile(self.model, dynamic=True) if self.recipe.compile else self.model
        cycle, stream = self.recipe.cycle, ahead(self.data.batches(*self.place))
        self.model.train()
        report(f"{sum(p.numel() for p in self.model.parameters()) / 1e6:.1f} M parameters, from step {self.step}")
        began = told = time.monotonic() - self.seconds
        loss, labels = torch.zeros((), device=self.recipe.device), 0
        while not self.finished:
            rate = cycle.rate(self.step, cycle.progress(self.step, self.seconds))
            batches = [next(stream) for _ in range(self.recipe.batches.per_step)]
            count = sum(int((batch.labels != PAD).sum()) for batch in batches)
            for batch in batches:
                loss += self._backward(forward, batch, count)
            self._update(rate)
            labels += count
            self.step, self.place = self.step + 1, (batches[-1].epoch, batches[-1].number + 1)
            now = time.monotonic()
            self.seconds = now - began
            if now - told > _REPORT_EVERY or self.finished:
                nats = loss.item() / labels
                report(
                    f"{self.seconds / 60:.1f} min, step {self.step}, epoch {self.place[0] + 1}, loss {nats:.3f}, "
                    f"perplexity {math.exp(min(nats, 20)):.1f}, {labels / max(now - told, 1e-9):.0f} tokens/s, "
                    f"rate {rate:.3f}"
                )
                loss.zero_()
                labels, told = 0, now
            if stop(self.step):
                break
            if self.step % cycle.save == 0:
                self.save()
        self.save()

    def _backward(self, forward: Callable[[Tensor, Tensor], Tensor], batch: Batch, count: int) -> Tensor:
        """Add the gradients of a batch to those of its step, of `count` labels; returns its summed loss."""
        source, target, labels = (
            t.to(self.recipe.device, non_blocking=True) for t in (batch.source, batch.target, batch.labels)
        )
        with torch.autocast("cuda", dtype=torch.bfloat16, enabled=self.on_gpu):
            states = forward(source, target)
        real = labels != PAD
        smoothing, model = self.recipe.optimiser.label_smoothing, self.model
        loss: Tensor = ChunkedCrossEntropy.apply(
            states[real].float(), model.embedding.weight, model.output_bias, labels[real], smoothing, 1 / count
        )
        loss.backward()
        return loss.detach()

    def _update(self, rate: float) -> None:
        for group in self.adam.param_groups:
            group["lr"] = self.recipe.optimiser.adam_rate * rate
        self.muon.step(self.recipe.optimiser.muon_rate * rate)
        self.adam.step()
        self.model.zero_grad(set_to_none=True)
        if (self.step + 1) % _AVERAGED_EVERY == 0:
            decay = min(self.recipe.optimiser.ema, (self.step + 1) / (self.step + 50)) ** _AVERAGED_EVERY
            with torch.no_grad():
                for name, value in self.model.state_dict().items():
                    self.average[name].lerp_(value, 1 - decay)

    def save(self) -> None:
        """Write `last.pt` (the averaged weights, and all state) and the plain weights; the oldest of those go."""
        steps = self.earlier_steps + self.step
        plain = {name: value.detach().cpu().clone() for name, value in self.model.state_dict().items()}
        run: dict[str, Any] = {
            "recipe": self.recipe.table(),
            "step": self.step,
            "seconds": self.seconds,
            "place": list(self.place),
            "earlier_steps": self.earlier_steps,
            "model": plain,
            "muon": [buffer.cpu() for buffer in self.muon.buffers],
            "adam": self.adam.state_dict(),
            "random": torch.get_rng_state(),
            "random_gpu": torch.cuda.get_rng_state() if self.on_gpu else None,
        }
        Checkpoint(self.recipe.size, plain, steps).save(self.folder / f"weights-{self.step:07d}.pt")
        average = {name: value.cpu().clone() for name, value in self.average.items()}
        Checkpoint(self.recipe.size, average, steps, run).save(self.folder / LAST)
        for old in sorted(self.folder.glob("weights-*.pt"))[: -self.recipe.cycle.keep]:
            old.unlink()

    def _start_from(self, checkpoint: Checkpoint) -> None:
        if (checkpoint.size.width, checkpoint.vocabulary) != (self.recipe.size.width, self.data.vocabulary):
            raise TrainingError("The checkpoint to start from has another width or vocabulary than this run.")
        try:
            self.model.load_state_dict(checkpoint.weights)
        except RuntimeError as error:
            raise TrainingError(
                f"The checkpoint to start from has another shape than this run: {checkpoint.size}."
            ) from error
        self.earlier_steps = checkpoint.steps

    def _resume(self, checkpoint: Checkpoint) -> None:
        run = checkpoint.run or {}
        if run.get("recipe") != self.recipe.table():
            raise TrainingError(
                f"{self.folder} has a run with other settings: give the same ones to go on, or another folder."
            )
        self.step, self.seconds, self.earlier_steps = run["step"], run["seconds"], run["earlier_steps"]
        self.place = (run["place"][0], run["place"][1])
        self.model.load_state_dict(run["model"])
        with torch.no_grad():
            for name, value in checkpoint.weights.items():
                self.average[name].copy_(value)
            for buffer, saved in zip(self.muon.buffers, run["muon"], strict=True):
                buffer.copy_(saved)
        self.adam.load_state_dict(run["adam"])
        torch.set_rng_state(run["random"])
        if self.on_gpu:
            torch.cuda.set_rng_state(run["random_gpu"])
