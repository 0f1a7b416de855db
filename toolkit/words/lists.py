"""Word lists: which words Dutch and English have and the lemma of a word, by simplemma; and lists of our own in `data/`."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Literal

Language = Literal["nl", "en"]

# simplemma's compact lists take a tenth of the memory of its dictionaries and half of the time to load; a look-up takes
# 15 microseconds in the place of 2, so what was looked up is kept.
_KEPT = 20_000


@lru_cache(maxsize=_KEPT)
def lemma(word: str, language: Language) -> str:
    """The lemma of a word, or the word itself; of a Dutch separable verb with `_` after the particle (`op_staan`).

    See Barbaresi, A. (2023), Simplemma, https://doi.org/10.5281/zenodo.4673264.
    """
    from simplemma import lemmatize

    return str(lemmatize(word, lang=language, low_memory=True)) if word else word


@lru_cache(maxsize=_KEPT)
def is_known(word: str, language: Language) -> bool:
    """Whether a word, as it is or with its first letter in the other case, is in the list of a language."""
    from simplemma import is_known as listed

    return bool(word) and bool(listed(word, lang=language, low_memory=True))


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Dutch words so common, or so loosely meant, that they are no terms and no surnames without a given name."""
    return frozenset(word for line in rows("common-words.txt") for word in line.split())


def rows(name: str) -> list[str]:
    """The lines of a text file in `data/`, but for those that begin with `#`."""
    text = resources.files("toolkit.words").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
