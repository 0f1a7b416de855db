"""Which pairs are fit to train on: pure functions on one pair."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from training.config import Cleaning
from training.corpora import Pair, letters
from training.spelling import americanised

_STRAIGHT = str.maketrans({**dict.fromkeys("‘’‚‛`´", "'"), **dict.fromkeys("“”„‟«»", '"'), "…": "..."})
_MARKUP = re.compile(r"</?[a-z]+[ />]|&[a-z]+;|\{\{|\]\(|\[\[|%[sd]\b|\\[nt]|https?://\S{30}", re.IGNORECASE)
_NUMBER, _POINTS = re.compile(r"\d+(?:[.,]\d+)*"), re.compile(r"[.,]")
_TIME = re.compile(r"\d:\d|\d ?[ap]\.?m\b|0s\b")  # written otherwise in Dutch: 14.30 uur, jaren 90


def tidy(pair: Pair) -> Pair:
    """The pair in Unicode form NFC, with straight quotes, single spaces and American spelling."""
    dutch, english = (
        " ".join(
            "".join(c for c in unicodedata.normalize("NFC", side) if c.isprintable() or c.isspace())
            .translate(_STRAIGHT)
            .split()
        )
        for side in pair
    )
    return dutch, americanised(english)


def fault(pair: Pair, limits: Cleaning) -> str | None:
    """Why a tidy pair is no good to train on, in two or three words, or None."""
    shorter, longer = sorted(map(len, pair))
    if shorter == 0:
        return "empty"
    if longer > limits.longest:
        return "too long"
    if longer > limits.ratio * (shorter + limits.slack):
        return "lengths differ"
    dutch, english = pair
    if dutch == english and dutch.count(" ") > 2:
        return "not translated"
    if any(_MARKUP.search(side) for side in pair):
        return "markup"
    if any(sum(map(str.isalpha, side)) < limits.letters * len(side) for side in pair):
        return "few letters"
    here, there = ({_POINTS.sub("", number) for number in _NUMBER.findall(side)} for side in pair)
    if here and there and not here & there and not _TIME.search(english):
        return "numbers differ"
    return None


class Known:
    """Sentences met before, by their letters and digits: nothing is told apart by punctuation, case or spaces.

    Args:
        reserved: sentences of test sets, none of which may be trained on, in either language.
    """

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._reserved = {key for text in reserved if len(key := letters(text)) >= 12}
        self._met: set[int] = set()

    def fault(self, pair: Pair) -> str | None:
        """Whether a pair is in a test set or came before, and else None; it counts as met from now on."""
        dutch, english = map(letters, pair)
        if dutch in self._reserved or english in self._reserved:
            return "in a test set"
        key = hash((dutch, english))
        if key in self._met:
            return "met before"
        self._met.add(key)
        return None


def sentences_of(text: str) -> Iterator[str]:
    """The lines of a test file, and the cells of each where it has tabs."""
    for line in text.splitlines():
        yield from line.split("\t")
