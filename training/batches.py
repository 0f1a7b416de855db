"""Batches of pairs of similar length, in an order that depends on the seed and the epoch alone."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.config import BOS, EOS, PAD, Batches, TrainingError
from training.prepare import Prepared

_WINDOW = 30_000  # pairs that are sorted by length together


@dataclass(frozen=True, slots=True)
class Batch:
    """Some pairs, and where in the run they stand.

    Attributes:
        source: ids (B, S), each row ended by EOS and padded.
        target: what the decoder has written so far (B, T), begun by BOS.
        labels: what it is to write next (B, T), ended by EOS.
        epoch, number: its place, both from 0.
    """

    source: Tensor
    target: Tensor
    labels: Tensor
    epoch: int
    number: int


class TrainingData:
    """All encoded pairs, with the weights of their corpora.

    Args:
        prepared: the folder that the step `prepare` filled.
        settings: of the batches.
        seed: for the order.

    Raises:
        TrainingError: nothing is prepared there.
    """

    def __init__(self, prepared: Prepared, settings: Batches, seed: int) -> None:
        self.settings, self.seed = settings, seed
        self.vocabulary: int = prepared.facts.get("pieces", 0)
        self._corpora: list[tuple[int, int, float]] = []  # first, number and weight of encoded pairs
        sides: dict[str, list[NDArray[np.uint16]]] = {"source": [], "target": []}
        lengths: dict[str, list[NDArray[np.int64]]] = {"source": [], "target": []}
        first = 0
        for name, weight in sorted(prepared.weights.items()):
            if not prepared.ids(name).is_file():
                raise TrainingError(
                    f"The corpus {name} in {prepared.folder} is not encoded: run the step prepare again."
                )
            with np.load(prepared.ids(name)) as arrays:
                for side in sides:
                    sides[side].append(arrays[side])
                    lengths[side].append(np.diff(arrays[f"{side}_offsets"]))
            count = len(lengths["source"][-1])
            self._corpora.append((first, count, weight / prepared.segmentations(name)))
            first += count
        if not first:
            raise TrainingError(f"There is nothing to train on in {prepared.folder}: run the step prepare first.")
        self._ids = {side: np.concatenate(arrays) for side, arrays in sides.items()}
        self._lengths = {side: np.concatenate(arrays) for side, arrays in lengths.items()}
        self._starts = {side: np.cumsum(array) - array for side, array in self._lengths.items()}

    def epoch(self, number: int) -> NDArray[np.int64]:
        """The pairs of an epoch in their order: each corpus as often as its weight says, fractions drawn at random."""
        rng = np.random.default_rng((self.seed, number))
        drawn = []
        for first, count, weight in self._corpora:
            full, rest = divmod(round(count * weight), count)
            drawn += [np.arange(first, first + count)] * full + [first + rng.choice(count, rest, replace=False)]
        pairs = np.concatenate(drawn)
        usable = np.ones(len(pairs), bool)
        for lengths in self._lengths.values():
            usable &= (lengths[pairs] > 0) & (lengths[pairs] < self.settings.longest)
        pairs = pairs[usable]
        rng.shuffle(pairs)
        return pairs

    def batches(self, epoch: int = 0, number: int = 0) -> Iterator[Batch]:
        """All batches from a place in the run on, without end.

        Raises:
            TrainingError: no pair is short enough.
        """
        while True:
            groups = list(self._groups(epoch))
            if not groups:
                raise TrainingError(f"No pair has at most {self.settings.longest - 1} tokens: raise batches.longest.")
            for k in range(number, len(groups)):
                yield self._batch(groups[k], epoch, k)
            epoch, number = epoch + 1, 0

    def _groups(self, epoch: int) -> Iterator[NDArray[np.int64]]:
        """The pairs of each batch of an epoch."""
        pairs, rng = self.epoch(epoch), np.random.default_rng((self.seed, epoch, 1))
        window = max(_WINDOW, self.settings.tokens * 4)
        for first in range(0, len(pairs), window):
            part = pairs[first : first + window]
            source, target = self._lengths["source"][part], self._lengths["target"][part]
            order = np.lexsort((source, target // 2))
            part, longer = part[order], np.maximum(source, target)[order] + 1
            cuts, widest = [0], 0
            for k, length in enumerate(longer.tolist()):
                widest = max(widest, length)
                if k > cuts[-1] and widest * (k + 1 - cuts[-1]) > self.settings.tokens:
                    cuts.append(k)
                    widest = length
            groups = np.split(part, cuts[1:])
            yield from (groups[k] for k in rng.permutation(len(groups)))

    def _batch(self, pairs: NDArray[np.int64], epoch: int, number: int) -> Batch:
        width = {side: int(lengths[pairs].max()) + 1 for side, lengths in self._lengths.items()}
        source = np.full((len(pairs), width["source"]), PAD, np.int64)
        target = np.full((len(pairs), width["target"]), PAD, np.int64)
        labels = target.copy()
        for row, pair in enumerate(pairs):
            ids = {
                side: self._ids[side][(s := self._starts[side][pair]) : s + self._lengths[side][pair]]
                for side in self._ids
            }
            source[row, : len(ids["source"])], source[row, len(ids["source"])] = ids["source"], EOS
            target[row, 0], target[row, 1 : len(ids["target"]) + 1] = BOS, ids["target"]
            labels[row, : len(ids["target"])], labels[row, len(ids["target"])] = ids["target"], EOS
        return Batch(torch.from_numpy(source), torch.from_numpy(target), torch.from_numpy(labels), epoch, number)


def ahead(batches: Iterator[Batch], depth: int = 8) -> Iterator[Batch]:
    """The same batches, made by a thread while the last ones are trained on. An error in it is raised here."""
    waiting: queue.Queue[Batch | Exception] = queue.Queue(depth)

    def fill() -> None:
        try:
            for batch in batches:
                waiting.put(batch)
        except Exception as error:
            waiting.put(error)

    threading.Thread(target=fill, daemon=True).start()
    while True:
        batch = waiting.get()
        if isinstance(batch, Exception):
            raise batch
        yield batch
