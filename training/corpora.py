"""The corpora by name (`corpora.toml`), and reading their pairs."""

from __future__ import annotations

import lzma
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.config import TrainingError

TABLE = Path(__file__).with_name("corpora.toml")

Pair = tuple[str, str]  # Dutch, English


@dataclass(frozen=True, slots=True)
class Corpus:
    """One corpus of the table.

    Attributes:
        name: as in the files of the bitext.
        weight: how often a pair is seen in one epoch; 0.1 is a tenth of the pairs, drawn anew for each epoch.
        pairs: how many there were in the bitext of the last release; 0 for one that `prepare` or `align` makes.
        licence, source, remark: of the texts.
        files: where it lies inside this folder, a pattern; a corpus without it is looked for in the bitext folder.
        hints: whether `align` makes examples with inline hints of it.
        segmentations: how many ways its Dutch is cut into pieces; above 1, all but the first are drawn (subword
            regularisation, Kudo 2018, https://aclanthology.org/P18-1007), so that pairs seen often are not learnt by
            heart. The weight stays that of a pair.
    """

    name: str
    weight: float
    pairs: int = 0
    licence: str = ""
    source: str = ""
    remark: str = ""
    files: str = ""
    hints: bool = False
    segmentations: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.segmentations <= 20:
            raise TrainingError(f"The segmentations of corpus {self.name} are not from 1 to 20.")
        if not 0 <= self.weight <= 100:
            raise TrainingError(f"The weight of corpus {self.name} is {self.weight}: give a number from 0 to 100.")


def load(path: Path = TABLE) -> dict[str, Corpus]:
    """The corpora of a table, in its order. A subtable (`[kde-docs.short]`) is a corpus of the same source.

    Raises:
        TrainingError: the file is missing, no TOML, or has a corpus with unknown or wrong values.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TrainingError(f"The table of corpora {path} cannot be read: {error}.") from error
    corpora: dict[str, Corpus] = {}
    for name, row in table.items():
        own = {key: value for key, value in row.items() if not isinstance(value, dict)}
        parts = {
            f"{name}.{key}": own | {"hints": False, "segmentations": 1} | value
            for key, value in row.items()
            if isinstance(value, dict)
        }
        for full_name, values in {name: own, **parts}.items():
            try:
                corpora[full_name] = Corpus(name=full_name, **values)
            except TypeError as error:
                raise TrainingError(f"The corpus {full_name} in {path} is not right: {error}.") from error
    return corpora


def read(corpora: dict[str, Corpus], bitext: Path | None) -> Iterator[tuple[str, Pair]]:
    """All pairs of all corpora, those of this project first, then the bitext in the order of its files.

    Args:
        corpora: the table. What it does not name, or weighs 0, is left out.
        bitext: a folder with `*.tsv` or `*.tsv.xz` of corpus, Dutch, English; or None.

    Raises:
        TrainingError: a file has a line with other columns.
    """
    own = {name for name, corpus in corpora.items() if corpus.files}
    for name in sorted(own):
        for path in sorted(TABLE.parent.glob(corpora[name].files)):
            for cells in rows(path, 2):
                yield name, (cells[0], cells[1])
    for path in sorted(bitext.glob("*.tsv*")) if bitext else ():
        for name, dutch, english in rows(path, 3):
            if name in corpora and corpora[name].weight and name not in own:
                yield name, (dutch, english)


def rows(path: Path, columns: int) -> Iterator[list[str]]:
    """The cells of each line of a tab-separated file, packed with xz or not.

    Raises:
        TrainingError: it cannot be read, or a line has another number of columns.
    """
    try:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                cells = line.rstrip("\n").split("\t")
                if len(cells) != columns:
                    raise TrainingError(f"{path}:{number} has {len(cells)} columns instead of {columns}.")
                yield cells
    except (OSError, ValueError, EOFError, lzma.LZMAError) as error:
        raise TrainingError(f"{path} cannot be read: {error}.") from error


def letters(text: str) -> str:
    """The letters and digits of a text, in small letters: what two texts share that differ in punctuation only."""
    return "".join(filter(str.isalnum, text.casefold()))
