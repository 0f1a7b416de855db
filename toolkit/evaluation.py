"""Measuring: how many terms are held, by which means, and what that costs in quality and time."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from toolkit import files
from toolkit.documents import Segment
from toolkit.documents.plaintext import normalise
from toolkit.engine import choose
from toolkit.errors import InputError, VertaalError
from toolkit.pipeline import Translation, Translator
from toolkit.terminology import Glossary, Matcher, Term, TermMatch, holding
from toolkit.terminology.glossary import parse_term
from toolkit.words.people import People


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence of a test set: its Dutch, a reference English, and the terms to hold in it."""

    dutch: str
    english: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """Quality and speed of one run: chrF2 and BLEU of sacreBLEU, sentences per second."""

    chrf: float
    bleu: float
    speed: float


@dataclass(frozen=True, slots=True)
class TermsResult:
    """How well terms are held.

    Attributes:
        sentences, occurrences: the size of the test set.
        exact, lemma: occurrences whose English stands as the glossary has it; in any form of its words.
        by_method: held occurrences by the rung of the ladder.
        unheld: occurrences that are reported as not held; `unreported`: that are said to be held but are not.
        with_glossary, without_glossary: quality and speed.
        unfound: terms of the test set that were not found in their sentence.
        misses: Dutch, English and term of what is not held.
        signature: of model, settings and sacreBLEU.
    """

    sentences: int
    occurrences: int
    exact: int
    lemma: int
    by_method: dict[str, int]
    unheld: int
    unreported: int
    unfound: int
    with_glossary: Quality
    without_glossary: Quality
    signature: dict[str, str]
    misses: list[dict[str, str]] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    def text(self) -> str:
        """For people."""
        total = max(1, self.occurrences)
        lines = [
            f"sentences          {self.sentences}",
            f"term occurrences   {self.occurrences} ({self.unfound} terms not found in their sentence)",
            f"held by lemma      {self.lemma} ({100 * self.lemma / total:.2f} %)",
            f"held exactly       {self.exact} ({100 * self.exact / total:.2f} %)",
            *(f"  {method:16} {count}" for method, count in self.by_method.items()),
            f"not held, reported {self.unheld}",
            f"not reported       {self.unreported}",
            f"{'':18} with glossary   without",
            f"chrF               {self.with_glossary.chrf:13.2f} {self.without_glossary.chrf:9.2f}",
            f"BLEU               {self.with_glossary.bleu:13.2f} {self.without_glossary.bleu:9.2f}",
            f"sentences/second   {self.with_glossary.speed:13.1f} {self.without_glossary.speed:9.1f}",
            *(f"{key}: {value}" for key, value in self.signature.items()),
            *(f"not held: {m['term']} | {m['dutch']} | {m['english']}" for m in self.misses),
        ]
        return "\n".join(lines)


def read_cases(path: Path | str) -> list[Case]:
    """The sentences of a JSON-lines file.

    Raises:
        InputError: it cannot be read, or a line is not right; the message names it.
    """
    cases = []
    for number, line in enumerate(files.read_text(Path(path)).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            terms = tuple(
                parse_term({k: "yes" if v is True else "" if v is False else str(v) for k, v in term.items()})
                for term in row["terms"]
            )
            cases.append(Case(normalise(str(row["nl"])), str(row["en"]), terms))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, VertaalError) as error:
            raise InputError(
                f'{path}:{number} is not a test case ({error}): write {{"nl": …, "en": …, "terms": [{{"source": …}}]}}.'
            ) from error
    if not cases:
        raise InputError(f"{path} has no test cases in it.")
    return cases


def evaluate_terms(
    cases: Sequence[Case], model: str | None = None, *, beam_size: int | None = None, hints: bool = True
) -> TermsResult:
    """Translate a test set with its terms and without; each sentence has a glossary of its own.

    Raises:
        ModelError: the model is unknown or broken.
        InputError: sacrebleu is not installed.
    """
    try:
        import sacrebleu
    except ImportError as error:
        raise InputError("Evaluation needs sacrebleu: install it with pip install 'vertaal[evaluate]'.") from error
    segments = [Segment(case.dutch) for case in cases]
    package = choose(model)
    plain = Translator(package, beam_size=beam_size, hints=hints)
    with_terms = _PerSentence(package, cases, beam_size=beam_size, hints=hints)
    with_terms.use(plain)
    for translator in (plain, with_terms):  # loads the model, the word lists and whatever else is loaded once
        list(translator.stream(segments[:20]))
    start = time.perf_counter()
    without = [t.text for t in plain.stream(segments)]
    plain_time = time.perf_counter() - start
    start = time.perf_counter()
    done = list(with_terms.stream(segments))
    terms_time = time.perf_counter() - start
    references = [[case.english for case in cases]]
    chrf, bleu = sacrebleu.CHRF(), sacrebleu.BLEU()

    def quality(texts: list[str], seconds: float) -> Quality:
        return Quality(
            chrf.corpus_score(texts, references).score, bleu.corpus_score(texts, references).score, len(texts) / seconds
        )

    held = [(t, h) for t in done for h in t.held]
    lost = [(t, h) for t, h in held if h.method is None]
    return TermsResult(
        sentences=len(cases),
        occurrences=len(held),
        exact=sum(_stands(t, h) for t, h in held if h.method),
        lemma=len(held) - len(lost),
        by_method=dict(Counter(h.method for _, h in held if h.method).most_common()),
        unheld=len(lost),
        unreported=sum(_unreported(t) for t in done),
        unfound=sum(
            len({term.key for term in case.terms} - {h.match.term.key for h in t.held})
            for case, t in zip(cases, done, strict=True)
        ),
        with_glossary=quality([t.text for t in done], terms_time),
        without_glossary=quality(without, plain_time),
        signature={
            "model": package.signature,
            "settings": json.dumps(with_terms.settings),
            "chrF": str(chrf.get_signature()),
            "BLEU": str(bleu.get_signature()),
        },
        misses=[{"term": h.match.term.source, "dutch": t.segment.text, "english": t.text} for t, h in lost],
    )


class _PerSentence(Translator):
    """A translator for which every sentence has its own glossary."""

    def __init__(self, package: Any, cases: Sequence[Case], **settings: Any) -> None:
        super().__init__(package, Glossary(), **settings)
        self._matchers = {case.dutch: Matcher(case.terms) for case in cases}

    def use(self, other: Translator) -> None:
        """Take over the loaded model of another translator."""
        self._loaded = other.decoder

    def _matches(self, text: str, people: People) -> list[TermMatch]:
        return self._matchers[text].find(text)


def _stands(translation: Translation, held: holding.Held) -> bool:
    text = translation.text.casefold()
    return any(target.casefold() in text for target in held.match.term.targets)


def _unreported(translation: Translation) -> int:
    """Terms that are said to be held though the English does not have them."""
    lost = holding.missing(translation.text, [h.match for h in translation.held])
    return sum(h.method is not None and h.match in lost for h in translation.held)
