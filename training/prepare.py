"""Step `prepare`: from files of pairs to token ids.

In three stages, each skipped if its result is there and what it was made from has not changed:
`text/<corpus>.tsv` (cleaned, without doubles and test sentences, and the two made-up corpora), `vocabulary.model`, and
`ids/<corpus>.npz`. `prepared.json` says what was done and how many pairs each corpus has.
"""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training import vocabulary
from training.cleaning import Known, fault, sentences_of, tidy
from training.config import Cleaning, TrainingError, Vocabulary
from training.corpora import Corpus, Pair, load, read, rows
from training.files import digest, replacing, write_json

WRITTEN = "authored_news"  # what the made-up corpora are made of


class Prepared:
    """A folder of prepared data.

    Args:
        folder: where `prepared.json` lies, or will.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._record = folder / "prepared.json"
        self.facts: dict[str, Any] = {"stages": {}, "corpora": {}}
        if self._record.is_file():
            self.facts = json.loads(self._record.read_text(encoding="utf-8"))

    @property
    def vocabulary(self) -> Path:
        """The SentencePiece model."""
        return self.folder / "vocabulary.model"

    @property
    def weights(self) -> dict[str, float]:
        """How often a pair of each corpus is seen in an epoch."""
        return {name: row["weight"] for name, row in self.facts["corpora"].items() if row["weight"] and row["pairs"]}

    def segmentations(self, corpus: str) -> int:
        """How many times `encode` writes each pair of a corpus, its Dutch cut into pieces in as many ways."""
        return int(self.facts["corpora"][corpus]["segmentations"])

    def done(self, stage: str, made_from: str) -> bool:
        """Whether a stage was finished with what it would be made from now."""
        return bool(self.facts["stages"].get(stage) == made_from)

    def finish(self, stage: str, made_from: str, **facts: Any) -> None:
        """Write down that a stage is finished, with what else is to be known."""
        self.facts["stages"][stage] = made_from
        self.facts.update(facts)
        write_json(self._record, self.facts)

    def count(self, corpus: Corpus, pairs: int) -> None:
        """Write down how many pairs a corpus has, and its weight."""
        self.facts["corpora"][corpus.name] = {
            "pairs": pairs,
            "weight": corpus.weight,
            "segmentations": corpus.segmentations,
        }

    def text(self, corpus: str) -> Path:
        """The clean pairs of a corpus."""
        return self.folder / "text" / f"{corpus}.tsv"

    def ids(self, corpus: str) -> Path:
        """The encoded pairs of a corpus."""
        return self.folder / "ids" / f"{corpus}.npz"


def prepare(
    folder: Path,
    bitext: Path | None,
    tests: Path | None,
    *,
    existing: Path | None = None,
    cleaning: Cleaning | None = None,
    settings: Vocabulary | None = None,
    table: dict[str, Corpus] | None = None,
    seed: int = 1,
) -> Prepared:
    """Prepare all corpora of the table that are there.

    Args:
        folder: for the results.
        bitext: the folder of the corpora that are not part of this project, or None.
        tests: a folder of test sets (text, or with tabs), none of whose sentences may stay; None checks nothing.
        existing: a vocabulary to use; without it one is learnt.
        cleaning, settings, table: settings, and the table of corpora if not the usual one.
        seed: for all that is drawn.

    Raises:
        TrainingError: there is nothing to train on, or a file is not right.
    """
    table, prepared = table or load(), Prepared(folder)
    text_from = _write_text(prepared, table, bitext, tests, cleaning or Cleaning(), seed)
    _get_vocabulary(prepared, existing, settings or Vocabulary(), text_from, seed)
    for name in prepared.weights:
        encode(prepared, name, seed)
    return prepared


def _write_text(
    prepared: Prepared, table: dict[str, Corpus], bitext: Path | None, tests: Path | None, cleaning: Cleaning, seed: int
) -> str:
    test_files = sorted(path for path in tests.rglob("*") if path.is_file()) if tests else []
    if tests and not test_files:
        raise TrainingError(f"There are no test files in {tests}.")
    inputs = sorted(bitext.glob("*.tsv*")) if bitext else []
    own = [
        path for corpus in table.values() if corpus.files for path in sorted(Path(__file__).parent.glob(corpus.files))
    ]
    code = [Path(__file__).with_name(name) for name in ("cleaning.py", "spelling.py", "prepare.py")]
    made_from = digest(repr((list(table.items()), cleaning, seed)), code, inputs, own, test_files)
    if prepared.done("text", made_from):
        return made_from
    known = Known(sentence for path in test_files for sentence in sentences_of(path.read_text(encoding="utf-8")))
    corpora: dict[str, list[Pair]] = defaultdict(list)
    dropped: dict[str, Counter[str]] = defaultdict(Counter)
    raw: dict[str, list[Pair]] = defaultdict(list)
    for name, pair in read(table, bitext):
        raw[name].append(tidy(pair))
    for name, corpus in table.items():  # a pair that several corpora have stays in the first
        for pair in raw.pop(name, ()):
            # What was written for this project has a proofreader of its own, `check-data`.
            reason = (None if corpus.files else fault(pair, cleaning)) or known.fault(pair)
            if reason:
                dropped[name][reason] += 1
            else:
                corpora[name].append(pair)
    if not corpora:
        raise TrainingError(f"There is no corpus of the table in {bitext or 'this project'}.")
    rng = random.Random(seed)
    corpora["joined"], corpora["headline"] = list(joined(corpora[WRITTEN], rng)), list(headlines(corpora[WRITTEN]))
    prepared.facts["corpora"] = {}
    for name, corpus in table.items():
        if pairs := corpora.get(name):
            write_pairs(prepared.text(name), pairs)
            prepared.count(corpus, len(pairs))
    prepared.finish(
        "text",
        made_from,
        dropped={name: dict(reasons.most_common()) for name, reasons in sorted(dropped.items())},
        tests=[path.name for path in test_files],
    )
    return made_from


def joined(pairs: Sequence[Pair], rng: random.Random) -> Iterator[Pair]:
    """Two or three neighbouring sentences in one line, some of them inside one pair of quotation marks.

    Sentence splitters leave a quotation whole, so the model meets such lines.
    """
    for first in range(0, len(pairs) - 2, 2):
        group = pairs[first : first + rng.choice((2, 2, 3))]
        dutch, english = (" ".join(side) for side in zip(*group, strict=True))
        if len(dutch) < 420:
            if rng.random() < 0.3 and '"' not in dutch + english:
                dutch, english = f'"{dutch}"', f'"{english}"'
            yield dutch, english


def headlines(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Short sentences without their full stop, as headings and captions are written."""
    for dutch, english in pairs[::7]:
        if dutch.endswith(".") and english.endswith(".") and len(dutch) < 70 and '"' not in dutch:
            yield dutch[:-1], english[:-1]


def write_pairs(path: Path, pairs: Sequence[Pair]) -> None:
    """Write pairs, a line each, with a tab between the sides."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8") as file:
        file.writelines(f"{dutch}\t{english}\n" for dutch, english in pairs)


def read_pairs(path: Path) -> list[Pair]:
    """The pairs that `write_pairs` wrote."""
    return [(dutch, english) for dutch, english in rows(path, 2)]


def _get_vocabulary(prepared: Prepared, existing: Path | None, settings: Vocabulary, text_from: str, seed: int) -> None:
    made_from = digest(existing) if existing else digest(text_from, repr((settings, seed)))
    if prepared.done("vocabulary", made_from) and prepared.vocabulary.is_file():
        return
    if existing:
        vocabulary.load(existing)
        with replacing(prepared.vocabulary) as temporary:
            shutil.copyfile(existing, temporary)
    else:
        vocabulary.train(_sample(prepared, seed), settings, prepared.vocabulary, seed)
    prepared.finish("vocabulary", made_from, pieces=vocabulary.load(prepared.vocabulary).get_piece_size())


def _sample(prepared: Prepared, seed: int) -> Iterator[str]:
    """Sentences of both languages, of each corpus the share that one epoch sees, at most each once."""
    rng = random.Random(seed)
    for name, weight in prepared.weights.items():
        for pair in read_pairs(prepared.text(name)):
            if rng.random() < weight:
                yield from pair


def encode(prepared: Prepared, corpus: str, seed: int = 1) -> None:
    """Write the token ids of a corpus: all its pairs, and again for each further segmentation of the Dutch.

    `source` and `target` hold them end to end (uint16), `source_offsets` and `target_offsets` where sentences begin.
    """
    ways = prepared.segmentations(corpus)
    made_from = digest(prepared.vocabulary, prepared.text(corpus), repr((ways, seed if ways > 1 else 0)))
    path = prepared.ids(corpus)
    if path.is_file():
        with np.load(path) as there:
            if str(there["made_from"]) == made_from:
                return
    processor = vocabulary.load(prepared.vocabulary)
    dutch, english = (list(side) for side in zip(*read_pairs(prepared.text(corpus)), strict=True))
    sides = {"source": processor.encode(dutch), "target": processor.encode(english) * ways}
    if ways > 1:
        sides["source"] += vocabulary.draw(processor, dutch * (ways - 1), seed)
    arrays: dict[str, Any] = {}
    for side, ids in sides.items():
        arrays[side] = np.fromiter((i for sentence in ids for i in sentence), np.uint16)
        arrays[f"{side}_offsets"] = np.cumsum([0, *map(len, ids)])
    with replacing(path) as temporary:
        np.savez(temporary, made_from=np.array(made_from), **arrays)
