"""What the tests of the training room are made on: a few of the project's own pairs, and a table of two corpora."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from training.check_data import FOLDER
from training.config import PRESETS, Recipe
from training.corpora import Corpus, Pair, rows

TOY = PRESETS["toy"]
TABLE = {"toy": Corpus("toy", weight=1.0, hints=True), "hinted": Corpus("hinted", weight=0.5)}


@dataclass(frozen=True)
class Toy:
    """A trained toy: what it knows, how and where it was trained, and its package."""

    pairs: list[Pair]
    recipe: Recipe
    run: Path
    package: Path


def own_pairs(count: int) -> list[Pair]:
    """The first pairs of the project's own."""
    return [(dutch, english) for dutch, english in list(rows(FOLDER / "0001.tsv", 2))[:count]]


def write_bitext(folder: Path, pairs: list[Pair], corpus: str = "toy") -> Path:
    """Write pairs as a file of a bitext; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{corpus}.tsv").write_text("".join(f"{corpus}\t{nl}\t{en}\n" for nl, en in pairs), encoding="utf-8")
    return folder
