"""Which words are Dutch and which are English, by the word lists of simplemma."""

from functools import lru_cache

from toolkit.words.lists import is_known

# simplemma's English list holds these as abbreviations or rarities, but English prose does not use them.
_NOT_IN_ENGLISH_PROSE = frozenset({"als", "dat", "dit", "dus", "hun", "nog", "ons", "veel"})
# English that simplemma's English list lacks, the first few as parts of "en route" and the like.
_ALSO_ENGLISH = frozenset(
    {"clementines", "eldorado", "en", "flacon", "her", "intercity", "la", "padel", "ringtone", "stuntman", "vin"}
    | {"weblog", "wildcard", "wildcards"}
)
_SHORTEST_PART = 4
_LONGEST_WORD = 50


def is_dutch(word: str) -> bool:
    """Whether the lower-case `word` is in the Dutch word list."""
    return len(word) <= _LONGEST_WORD and is_known(word, "nl")


def is_english(word: str) -> bool:
    """Whether the lower-case `word` is in the English word list."""
    return word in _ALSO_ENGLISH or (word not in _NOT_IN_ENGLISH_PROSE and is_known(word, "en"))


@lru_cache(maxsize=20_000)
def is_only_dutch(word: str) -> bool:
    """Whether the lower-case `word` is Dutch and not English too, as a listed word or as a compound of listed words."""
    if len(word) > _LONGEST_WORD or is_english(word):
        return False
    return is_dutch(word) or _is_dutch_compound(word)


def _is_dutch_compound(word: str) -> bool:
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        first, second = word[:cut], word[cut:]
        if is_dutch(second) and not is_english(second) and (is_dutch(first) or is_dutch(first.removesuffix("s"))):
            return True
    return False
