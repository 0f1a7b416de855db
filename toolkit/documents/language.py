"""Telling Dutch from English, so that a text that is English already is not put through the model."""

from __future__ import annotations

import re

# The commonest words that only one of the two languages has.
_DUTCH = frozenset(
    [
        "de",
        "het",
        "een",
        "en",
        "van",
        "dat",
        "niet",
        "zijn",
        "voor",
        "met",
        "ook",
        "die",
        "op",
        "te",
        "aan",
        "er",
        "maar",
        "naar",
        "bij",
        "uit",
        "wordt",
        "worden",
        "heeft",
        "hebben",
        "werd",
        "deze",
        "dit",
        "zij",
        "ik",
        "je",
        "hij",
        "wij",
        "niet",
        "nog",
        "als",
        "dan",
        "door",
        "over",
        "geen",
        "hun",
        "tot",
        "kan",
        "zal",
        "zou",
        "moet",
        "wel",
        "al",
        "om",
    ]
)
_ENGLISH = frozenset(
    [
        "the",
        "and",
        "of",
        "to",
        "that",
        "is",
        "was",
        "for",
        "it",
        "with",
        "as",
        "his",
        "on",
        "be",
        "at",
        "by",
        "this",
        "had",
        "not",
        "are",
        "but",
        "from",
        "or",
        "have",
        "an",
        "they",
        "which",
        "one",
        "you",
        "were",
        "her",
        "all",
        "she",
        "there",
        "would",
        "their",
        "we",
        "him",
        "been",
        "has",
        "when",
        "who",
        "will",
        "more",
        "no",
        "if",
        "out",
        "said",
        "its",
        "about",
        "than",
        "them",
        "can",
        "only",
        "other",
    ]
)
_SHARED = _DUTCH & _ENGLISH
_WORD = re.compile(r"[a-zA-Zà-ÿ']+")


def is_english(text: str) -> bool:
    """Whether a text of eight words or more is English and not Dutch, by its small words."""
    words = [w.casefold() for w in _WORD.findall(text[:50_000])]
    if len(words) < 8:
        return False
    english = sum(w in _ENGLISH - _SHARED for w in words)
    dutch = sum(w in _DUTCH - _SHARED for w in words)
    return english >= 3 and english > 3 * dutch and english > len(words) / 10
