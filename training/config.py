"""Settings of a training run: frozen dataclasses, checked where they are made, and the presets."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

HINT = ("⟦", "⇒", "⟧")  # an inline hint: ⟦ Dutch ⇒ English ⟧
PAD, BOS, EOS, UNK = range(4)  # ids of the special pieces


class TrainingError(Exception):
    """Something that the person who trains can mend; the message is one plain sentence, the command line prints it."""


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What makes a pair unfit to train on.

    Attributes:
        longest: characters of a side.
        ratio: how many times longer one side may be than the other,
        slack: after so many characters were added to the shorter.
        letters: the least share of letters in a side.
    """

    longest: int = 600
    ratio: float = 2.2
    slack: int = 12
    letters: float = 0.4

    def __post_init__(self) -> None:
        _require(
            self.longest > 0 and self.ratio >= 1 and self.slack >= 0, "cleaning.longest, ratio or slack is too small"
        )
        _require(0 <= self.letters <= 1, "cleaning.letters is not from 0 to 1")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The SentencePiece vocabulary that both languages share.

    Attributes:
        pieces: how many, special pieces and letters counted.
        sentences: how many sentences it is learnt from at most.
    """

    pieces: int = 8320
    sentences: int = 900_000

    def __post_init__(self) -> None:
        _require(16 < self.pieces < 65536, "vocabulary.pieces is not from 17 to 65535")
        _require(self.sentences > 0, "vocabulary.sentences is not above 0")


@dataclass(frozen=True, slots=True)
class Size:
    """The shape of the Transformer.

    Attributes:
        width: of the embeddings and hidden states.
        feed_forward: inner width of the feed-forward blocks.
        heads: attention heads; they divide the width.
        encoder_layers, decoder_layers: the decoder runs once for every token written, so it is kept shallow.
        dropout: share of hidden values dropped; 0 for data seen a few times only.
    """

    width: int
    feed_forward: int
    heads: int
    encoder_layers: int
    decoder_layers: int
    dropout: float = 0.0

    def __post_init__(self) -> None:
        _require(
            self.heads > 0 and self.width > 2 and self.width % (2 * self.heads) == 0,
            "size.width is no multiple of 2 x size.heads",
        )
        _require(
            min(self.feed_forward, self.encoder_layers, self.decoder_layers) > 0,
            "the layers of size are not all above 0",
        )
        _require(0 <= self.dropout < 1, "size.dropout is not from 0 to below 1")


@dataclass(frozen=True, slots=True)
class Optimiser:
    """How weights are changed.

    Attributes:
        muon_rate: learning rate of Muon, for the hidden matrices (https://kellerjordan.github.io/posts/muon/).
        adam_rate: of AdamW, for embeddings, norms and biases.
        momentum: of Muon.
        label_smoothing: probability spread over the whole vocabulary.
        ema: decay of the moving average of the weights, per step.
    """

    muon_rate: float = 0.015
    adam_rate: float = 3e-3
    momentum: float = 0.95
    label_smoothing: float = 0.1
    ema: float = 0.999

    def __post_init__(self) -> None:
        _require(self.muon_rate > 0 and self.adam_rate > 0, "the rates of optimiser are not above 0")
        _require(
            all(0 <= x < 1 for x in (self.momentum, self.label_smoothing, self.ema)),
            "a share in optimiser is not from 0 to below 1",
        )


@dataclass(frozen=True, slots=True)
class Batches:
    """How pairs are put together.

    Attributes:
        tokens: padded tokens of the longer side in one batch.
        per_step: batches whose gradients are added up for one step.
        longest: tokens of a side; longer pairs are left out.
    """

    tokens: int = 6144
    per_step: int = 2
    longest: int = 110

    def __post_init__(self) -> None:
        _require(self.per_step > 0 and self.longest > 0, "batches.per_step and batches.longest are not above 0")
        _require(self.tokens > self.longest, "batches.tokens is not above batches.longest")


@dataclass(frozen=True, slots=True)
class Cycle:
    """One run: the rates rise, hold, and fall to nothing. Only the weights of a finished cycle are good to export.

    Attributes:
        hours: how long it takes, pauses not counted; 0 for no bound in time. With a bound in time the rates, and so
            the weights, depend on the machine's speed.
        steps: how many steps it takes; 0 for no bound.
        warm: steps over which the rates rise.
        fall: the last share of the cycle, over which they fall; 0 keeps them.
        save: steps between two checkpoints.
        keep: checkpoints kept for averaging.
    """

    hours: float = 0.0
    steps: int = 0
    warm: int = 60
    fall: float = 0.7
    save: int = 80
    keep: int = 5

    def __post_init__(self) -> None:
        _require(
            self.hours >= 0 and self.steps >= 0 and self.hours + self.steps > 0,
            "neither cycle.hours nor cycle.steps is above 0",
        )
        _require(
            self.warm > 0 and self.save > 0 and self.keep > 0, "cycle.warm, cycle.save and cycle.keep are not above 0"
        )
        _require(0 <= self.fall <= 1, "cycle.fall is not from 0 to 1")

    def progress(self, step: int, seconds: float) -> float:
        """How much of the cycle is over, from 0; at 1 it ends."""
        by_step = step / self.steps if self.steps else 0.0
        return max(by_step, seconds / 3600 / self.hours if self.hours else 0.0)

    def rate(self, step: int, progress: float) -> float:
        """The learning rates at this point, as a share of the highest."""
        rise = min(1.0, (step + 1) / self.warm)
        return rise * (min(1.0, max(0.0, 1 - progress) / self.fall) if self.fall else 1.0)


@dataclass(frozen=True, slots=True)
class Recipe:
    """All settings of a run, saved in its checkpoints."""

    size: Size
    optimiser: Optimiser = field(default_factory=Optimiser)
    batches: Batches = field(default_factory=Batches)
    cycle: Cycle = field(default_factory=lambda: Cycle(hours=2.4))
    device: str = "cpu"
    compile: bool = False
    seed: int = 1

    def __post_init__(self) -> None:
        _require(self.device == "cpu" or self.device.startswith("cuda"), "device is neither cpu nor cuda")

    def table(self) -> dict[str, Any]:
        """The settings as nested dicts of plain values."""
        return dataclasses.asdict(self)

    @classmethod
    def from_table(cls, table: dict[str, Any]) -> Recipe:
        """The recipe that `table` gave.

        Raises:
            TrainingError: a value is missing, unknown or out of range.
        """
        parts = {"size": Size, "optimiser": Optimiser, "batches": Batches, "cycle": Cycle}
        try:
            return cls(**{key: parts[key](**value) if key in parts else value for key, value in table.items()})
        except TypeError as error:
            raise TrainingError(f"These are no settings of a training run: {error}.") from error

    def changed(self, settings: list[str]) -> Recipe:
        """The recipe with settings changed, each written `cycle.hours=1.5`.

        Raises:
            TrainingError: there is no such setting, or the value does not fit.
        """
        table = self.table()
        for setting in settings:
            name, _, value = setting.partition("=")
            *path, last = name.split(".")
            place = table
            for key in path:
                place = place.get(key, {}) if isinstance(place, dict) else {}
            if last not in place or isinstance(place[last], dict):
                raise TrainingError(f"There is no setting {name!r}: see training/config.py for their names.")
            kind: Callable[[str], Any] = _switch if isinstance(place[last], bool) else type(place[last])
            try:
                place[last] = kind(value)
            except ValueError as error:
                raise TrainingError(f"The setting {name} cannot be {value!r}: it is a {kind.__name__}.") from error
        return Recipe.from_table(table)


def _switch(value: str) -> bool:
    if value.lower() not in ("true", "false"):
        raise ValueError(value)
    return value.lower() == "true"


def _require(fits: bool, fault: str) -> None:
    if not fits:
        raise TrainingError(f"The settings do not fit: {fault}.")


PRESETS = {
    # 13 M parameters, 14 MB: what two ordinary cores can train in hours.
    "cpu": Recipe(Size(320, 1280, 5, 6, 2)),
    # 36 M parameters, 36 MB: for one GPU and many epochs.
    "gpu": Recipe(
        Size(512, 2048, 8, 6, 3, dropout=0.1),
        Optimiser(muon_rate=0.01, adam_rate=2e-3, ema=0.998),
        Batches(tokens=65536, per_step=1),
        Cycle(hours=0.4, warm=200, fall=0.6, save=200),
        device="cuda",
    ),
    # Learns a few dozen sentences by heart within seconds: for the tests.
    "toy": Recipe(
        Size(64, 128, 2, 2, 1),
        Optimiser(muon_rate=0.02, adam_rate=1e-2, label_smoothing=0.0, ema=0.9),
        Batches(tokens=1024, per_step=1),
        Cycle(steps=300, warm=10, fall=0.5, save=100),
    ),
}
