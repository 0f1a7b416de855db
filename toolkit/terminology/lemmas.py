"""The word lists of both languages: which words they have, and the lemma of a word. They are simplemma's."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

Language = Literal["nl", "en"]

# simplemma's compact lists take a tenth of the memory of its dictionaries and half of the time to load; a look-up takes
# 15 microseconds in the place of 2, so what was looked up is kept.
_KEPT = 65_536


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
