"""Numbers in words: Dutch `tweeëntwintig`, `derde`, `zestienjarige`; English `twenty-two`, `third`, `nineties`."""

import unicodedata
from functools import lru_cache

_DUTCH_BASIC = (
    *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
    *("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"),
)
_DUTCH_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_DUTCH_ORDINALS = {"eerste": 1, "derde": 3, "achtste": 8}
# What Dutch writes on to a number: sixteen-year-old, a score, threefold, people in their eighties, the seventh.
_DUTCH_SUFFIXES = (
    *("jarigen", "jarige", "jarig", "voudige", "voudig", "tallen", "tal", "delige", "daagse", "koppige", "kamp"),
    *("plussers", "plusser", "lingen", "ling", "maal", "gers", "ger", "ste", "de"),
)

# Longer words are no numbers that anyone writes.
_LONGEST_WORD = 60

_ENGLISH_BASIC = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH_ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}

DUTCH_SCALES = {
    "duizend": 10**3,
    "miljoen": 10**6,
    "mln": 10**6,
    "miljard": 10**9,
    "mld": 10**9,
    "biljoen": 10**12,
    "biljard": 10**15,
    "triljoen": 10**18,
}
"""Dutch words that multiply the number before them; Dutch keeps the long scale, so `biljoen` is 10**12."""

ENGLISH_SCALES = {
    "thousand": 10**3,
    "k": 10**3,
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "quadrillion": 10**15,
    "quintillion": 10**18,
}
"""English words that multiply the number before them; English has the short scale, so `trillion` is 10**12."""


def _dutch_below_hundred() -> dict[str, int]:
    words = {word: value for value, word in enumerate(_DUTCH_BASIC)}
    for tens, ten in enumerate(_DUTCH_TENS, start=2):
        words[ten] = 10 * tens
        words.update({f"{unit}en{ten}": 10 * tens + value for value, unit in enumerate(_DUTCH_BASIC[1:10], start=1)})
    return words


_DUTCH = _dutch_below_hundred()
_ENGLISH = {word: value for value, word in enumerate(_ENGLISH_BASIC)} | {
    word: 10 * tens for tens, word in enumerate(_ENGLISH_TENS, start=2)
}


def _without_accents(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _dutch_cardinal(word: str) -> int | None:
    if word in _DUTCH:
        return _DUTCH[word]
    for name, scale in (("duizend", 1000), ("honderd", 100)):
        head, found, tail = word.partition(name)
        if not found:
            continue
        times = _dutch_cardinal(head) if head else 1
        rest = _dutch_cardinal(tail.removeprefix("en")) if tail else 0
        return None if times is None or rest is None or rest >= scale else times * scale + rest
    return None


@lru_cache(maxsize=8192)
def dutch_number(word: str) -> int | None:
    """The value of a Dutch number word, cardinal or ordinal, with or without a suffix; None where it is no number.

    `vijfentwintig` is 25, `derde` 3, `zestienjarige` 16, `tachtigers` 80, `zo'n` None.
    """
    if len(word) > _LONGEST_WORD:
        return None
    word = _without_accents(word)
    if word in _DUTCH_ORDINALS:
        return _DUTCH_ORDINALS[word]
    value = _dutch_cardinal(word)
    if value is not None:
        return value
    for suffix in _DUTCH_SUFFIXES:
        if word.endswith(suffix) and len(word) > len(suffix):
            # the g of a man in his eighties, tachtig-er, belongs to the number
            stem = word.removesuffix(suffix) + ("g" if suffix.startswith("g") else "")
            value = _dutch_cardinal(stem)
            if value is not None and value > 1:
                return value
    return None


@lru_cache(maxsize=8192)
def english_number(word: str) -> int | None:
    """The value of a single English number word, cardinal or ordinal or decade; None where it is no number.

    `twenty` is 20, `third` 3, `twentieth` and `twenties` 20; `hundred` is 100 and `dozen` 12. Joined words such as
    `twenty-two` are read word by word by the caller.
    """
    word = word.lower()
    if word in _ENGLISH:
        return _ENGLISH[word]
    if word in _ENGLISH_ORDINALS:
        return _ENGLISH_ORDINALS[word]
    if word in ("hundred", "hundredth"):
        return 100
    if word == "dozen":
        return 12
    if word in ("thousandth", "millionth"):
        return 1000 if word == "thousandth" else 10**6
    for suffix, replacement in (("ieth", "y"), ("ies", "y"), ("th", ""), ("fold", "")):
        if word.endswith(suffix):
            return _ENGLISH.get(word.removesuffix(suffix) + replacement)
    return None
