"""Step `evaluate`: what a package is worth: quality, obedience to hints, speed, size."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.config import HINT, TrainingError

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_TIMED = 200  # sentences by which speed is measured


@dataclass(frozen=True, slots=True)
class Score:
    """Quality on one test set, with the signatures that say how it was computed."""

    test: str
    sentences: int
    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured of a package.

    Attributes:
        package: its folder's name and version.
        megabytes: its size on disk.
        words_per_second: Dutch words on one core, batched, the time of loading left out.
        scores: quality on each test set.
        terms: glossary terms that were found in the Dutch of the test of terms and given as hints.
        held: share of them in the English, in any form, with hints.
        held_without: the same without hints.
        aligned: share of the hinted terms standing in the English at whose words the model's attention was on their
            hint: how far the spans can be trusted that it names for a term that is lost.
        stray_symbols: lines of all outputs in which a hint symbol was left.
    """

    package: str
    megabytes: float
    words_per_second: float
    scores: tuple[Score, ...] = ()
    terms: int = 0
    held: float = 0.0
    held_without: float = 0.0
    aligned: float = 0.0
    stray_symbols: int = 0

    def json(self) -> str:
        """All of it, as JSON."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=2)

    def table(self) -> str:
        """All of it, to read."""
        rows = [
            ("package", self.package),
            ("size", f"{self.megabytes:.1f} MB"),
            ("one core", f"{self.words_per_second:.0f} words/s"),
        ]
        for score in self.scores:
            rows.append((score.test, f"BLEU {score.bleu:.1f}, chrF2 {score.chrf:.1f} ({score.sentences} sentences)"))
        if self.terms:
            rows.append(("terms held", f"{self.held:.1%} of {self.terms} by hints, {self.held_without:.1%} without"))
            rows.append(("terms aligned", f"{self.aligned:.1%} of those held by hints"))
        rows.append(("stray symbols", f"{self.stray_symbols} lines"))
        if self.scores:
            rows += [("BLEU", self.scores[0].bleu_signature), ("chrF2", self.scores[0].chrf_signature)]
        width = max(len(name) for name, _ in rows)
        return "\n".join(f"{name:{width}}  {value}" for name, value in rows)


class Package:
    """An Argos package, loaded with CTranslate2 and nothing around it.

    Args:
        folder: of the package.
        threads: cores to use; 0 for all.

    Raises:
        TrainingError: there is no usable package.
    """

    def __init__(self, folder: Path, threads: int = 0) -> None:
        import ctranslate2
        import sentencepiece

        try:
            metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
            self._translator = ctranslate2.Translator(
                str(folder / "model"),
                compute_type="int8",
                intra_threads=1,
                inter_threads=threads or os.cpu_count() or 1,
            )
            self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
        except (OSError, ValueError, RuntimeError) as error:
            raise TrainingError(f"The package {folder} cannot be loaded: {str(error).splitlines()[0]}.") from error
        self.name = f"{folder.resolve().name} {metadata.get('package_version', '')}".strip()
        decoding = metadata.get("vertaal", {}).get("decoding", {})
        self._settings: dict[str, Any] = {
            "beam_size": int(decoding.get("beam_size", 4)),
            "length_penalty": decoding.get("length_penalty", 1),
        }

    def translate(self, sentences: Sequence[str], **settings: Any) -> list[str]:
        """The English of Dutch sentences; `settings` are CTranslate2's, in the place of the package's own."""
        return [self._pieces.decode(result.hypotheses[0]) for result in self._decode(sentences, **settings)]

    def attended(self, sentences: Sequence[str]) -> list[list[tuple[str, int]]]:
        """For each sentence the pieces of its English, each with the place of the Dutch piece that was looked at most."""
        results = self._decode(sentences, return_attention=True)
        return [
            [
                (piece, max(range(len(row)), key=row.__getitem__))
                for piece, row in zip(result.hypotheses[0], result.attention[0], strict=False)
            ]
            for result in results
        ]

    def pieces(self, sentence: str) -> list[str]:
        """The pieces of a sentence."""
        return list(self._pieces.encode(sentence, out_type=str))

    def _decode(self, sentences: Sequence[str], **settings: Any) -> list[Any]:
        tokens = self._pieces.encode(list(sentences), out_type=str)
        common: dict[str, Any] = {"max_batch_size": 256, "batch_type": "tokens", "max_decoding_length": 200}
        return list(self._translator.translate_batch(tokens, **common, **{**self._settings, **settings}))


def evaluate(folder: Path, tests: Sequence[Path], terms: Path | None = None) -> Evaluation:
    """Measure a package.

    Args:
        folder: of the package.
        tests: test sets, each the path of two files without their endings `.nl` and `.en`.
        terms: a file of JSON lines `{"nl", "en", "terms": [{"source", "target"}]}`, or None.

    Raises:
        TrainingError: the package or a file cannot be read, or there is nothing to measure on.
    """
    package = Package(folder)
    outputs: list[str] = []
    scores = []
    sentences: list[str] = []
    for stem in tests:
        source, reference = read_test(stem)
        output = package.translate(source)
        scores.append(score(stem.name, output, reference))
        outputs += output
        sentences += source
    count, held, without, right = 0, 0.0, 0.0, 0.0
    if terms:
        rows = [json.loads(line) for line in _lines(terms)]
        sentences += [row["nl"] for row in rows]
        count, held, without, output = _terms_held(package, rows)
        right = aligned(package, rows)
        outputs += output
    if not sentences:
        raise TrainingError("There is nothing to evaluate on: give a test set or a file of terms.")
    stray = sum(any(symbol in line for symbol in HINT) for line in outputs)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    speed = words_per_second(Package(folder, threads=1), sentences[:_TIMED])
    return Evaluation(package.name, size / 1e6, speed, tuple(scores), count, held, without, right, stray)


def words_per_second(package: Package, sentences: Sequence[str]) -> float:
    """Dutch words translated in a second, after a first sentence to warm up."""
    package.translate(sentences[:1])
    began = time.perf_counter()
    package.translate(sentences)
    return sum(len(sentence.split()) for sentence in sentences) / (time.perf_counter() - began)


def read_test(stem: Path) -> tuple[list[str], list[str]]:
    """The Dutch and the English lines of a test set.

    Args:
        stem: the path of its two files without their endings `.nl` and `.en`.

    Raises:
        TrainingError: a file cannot be read, or they do not match.
    """
    source, reference = (_lines(stem.with_name(f"{stem.name}.{language}")) for language in ("nl", "en"))
    if len(source) != len(reference):
        raise TrainingError(
            f"{stem}.nl has {len(source)} lines, {stem}.en {len(reference)}: line by line they must match."
        )
    return source, reference


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except OSError as error:
        raise TrainingError(f"The test file {path} cannot be read: {error.strerror}.") from error


def score(name: str, output: list[str], reference: list[str]) -> Score:
    """The quality of an output, by sacreBLEU."""
    import sacrebleu

    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    return Score(
        test=name,
        sentences=len(output),
        bleu=bleu.corpus_score(output, [reference]).score,
        chrf=chrf.corpus_score(output, [reference]).score,
        bleu_signature=str(bleu.get_signature()),
        chrf_signature=str(chrf.get_signature()),
    )


# Terms ---------------------------------------------------------------------------------------------------------------


def _terms_held(package: Package, rows: list[dict[str, Any]]) -> tuple[int, float, float, list[str]]:
    """The number of terms given as hints, the shares held with and without hints, and the output with hints."""
    hinted, targets = [], []
    for row in rows:
        text, given = with_hints(row["nl"], [(term["source"], term["target"]) for term in row["terms"]])
        hinted.append(text)
        targets.append(given)
    output, plain = package.translate(hinted), package.translate([row["nl"] for row in rows])
    count = sum(map(len, targets))

    def share(lines: list[str]) -> float:
        return sum(
            stands_in(target, line) for line, given in zip(lines, targets, strict=True) for target in given
        ) / max(count, 1)

    return count, share(output), share(plain), output


def aligned(package: Package, rows: Sequence[dict[str, Any]]) -> float:
    """Of the terms that were given as hints and stand word for word in the English, the share at whose pieces the model
    looked mostly at their own hint.
    """
    hinted = [with_hints(row["nl"], [(term["source"], term["target"]) for term in row["terms"]]) for row in rows]
    right = there = 0
    for (text, targets), english in zip(hinted, package.attended([text for text, _ in hinted]), strict=True):
        hints = _hint_places(package.pieces(text))
        written = [piece for piece, _ in english]
        for target, (start, end) in zip(targets, hints, strict=True):
            wanted = package.pieces(target)
            for k in range(len(written) - len(wanted) + 1):
                if written[k : k + len(wanted)] == wanted:
                    there += 1
                    looked = [start <= place < end for _, place in english[k : k + len(wanted)]]
                    right += sum(looked) * 2 > len(looked)
                    break
    return right / max(there, 1)


def _hint_places(pieces: Sequence[str]) -> list[tuple[int, int]]:
    """Where the hints of a sentence begin and end among its pieces, in order."""
    opening, _, closing = HINT
    starts = [k for k, piece in enumerate(pieces) if piece.lstrip("▁") == opening]
    ends = [k + 1 for k, piece in enumerate(pieces) if piece.lstrip("▁") == closing]
    return list(zip(starts, ends, strict=True))


def with_hints(dutch: str, terms: Sequence[tuple[str, str]]) -> tuple[str, list[str]]:
    """A sentence with its terms as inline hints, and the English of those that were found in it.

    A term is found where the dictionary forms of its words stand in a row, the longest term first. The English is given
    in its dictionary form: the model is to inflect it.
    """
    words = [(match.start(), match.end(), _lemma(match.group(), "nl")) for match in _WORD.finditer(dutch)]
    places: list[tuple[int, int, str]] = []
    for source, target in sorted(terms, key=lambda term: -len(term[0])):
        wanted = _lemmas(source, "nl")
        for k in range(len(words) - len(wanted) + 1):
            start, stop = words[k][0], words[k + len(wanted) - 1][1]
            if [word[2] for word in words[k : k + len(wanted)]] == wanted and all(
                stop <= a or start >= b for a, b, _ in places
            ):
                places.append((start, stop, target))
                break
    opening, arrow, closing = HINT
    for start, stop, target in sorted(places, reverse=True):
        dutch = f"{dutch[:start]}{opening} {dutch[start:stop]} {arrow} {target} {closing}{dutch[stop:]}"
    return dutch, [target for _, _, target in sorted(places)]


def stands_in(target: str, english: str) -> bool:
    """Whether a term stands in an English sentence, in any form."""
    wanted, words = _lemmas(target, "en"), _lemmas(english, "en")
    return any(words[k : k + len(wanted)] == wanted for k in range(len(words) - len(wanted) + 1))


def _lemmas(text: str, language: str) -> list[str]:
    return [_lemma(match.group(), language) for match in _WORD.finditer(text)]


def _lemma(word: str, language: str) -> str:
    from simplemma import lemmatize

    return str(lemmatize(word.lower().removesuffix("'s"), lang=language)).lower()
