"""Step `tune`: what settings of decoding are worth on a test set, each changed alone.

What is best goes into the package's metadata by `export --beam-size --length-penalty`; programs decode by that.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.evaluate import Package, Score, read_test, score

# CTranslate2's names (https://opennmt.net/CTranslate2/decoding.html); the package's own settings are tried first.
TRIALS: tuple[dict[str, Any], ...] = (
    {},
    *({"beam_size": size} for size in (1, 2, 3, 6, 8)),
    *({"length_penalty": penalty} for penalty in (0.0, 0.5, 0.8, 1.2, 1.5)),
    *({"coverage_penalty": penalty} for penalty in (0.1, 0.3)),
    *({"repetition_penalty": penalty} for penalty in (1.05, 1.1, 1.2)),
    *({"no_repeat_ngram_size": size} for size in (3, 4)),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """A setting, what it is worth, and the seconds of processor time that decoding took."""

    settings: dict[str, Any]
    score: Score
    seconds: float

    def line(self) -> str:
        """It, to read."""
        name = ", ".join(f"{key} {value:g}" for key, value in self.settings.items()) or "as the package says"
        return f"{name:28} BLEU {self.score.bleu:5.2f}  chrF2 {self.score.chrf:5.2f}  {self.seconds:6.1f} s"


def tune(folder: Path, test: Path) -> Iterator[Trial]:
    """Try the settings of `TRIALS` on a package.

    Args:
        folder: of the package.
        test: the path of two files without their endings `.nl` and `.en`.

    Raises:
        TrainingError: the package or the test cannot be read.
    """
    package = Package(folder)
    source, reference = read_test(test)
    package.translate(source[:1])
    for settings in TRIALS:
        began = time.process_time()
        output = package.translate(source, **settings)
        yield Trial(settings, score(test.name, output, reference), time.process_time() - began)
