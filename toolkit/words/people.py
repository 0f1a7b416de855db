"""People whose surnames are Dutch words: `Bob Deen` is no Dane, and `mevrouw De Koning` no king.

A text that names somebody in full, or with a title, says that the surname is one; where it stands alone later, it is held
as it is. Surnames that are no Dutch words are left to the model, which knows how English spells them (Poetin: Putin).
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from functools import lru_cache

from toolkit.words.exonyms import EXONYMS
from toolkit.words.lists import common_words, is_known, rows

Span = tuple[int, int]

_PARTICLES = "van der|van den|van de|van het|van 't|op de|op den|uit den|aan de|van|von|den|der|de|ter|ten|te"
_TITLES = (
    "meneer|mijnheer|heer|mevrouw|mejuffrouw|minister|staatssecretaris|premier|president|kanselier|burgemeester|wethouder"
    r"|schepen|gedeputeerde|senator|Kamerlid|professor|prof\.|dr\.|drs\.|mr\.|ir\.|ds\.|dominee|pater|dokter"
    "|advocaat|rechter|generaal|kolonel|kapitein|majoor|inspecteur|commissaris|bondscoach|trainer|woordvoerder"
)
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_NAME = rf"{_CAPITAL}[^\W\d_]+(?:-{_CAPITAL}[^\W\d_]+)*(?![\w-]|['’]\w)"
_WORD = re.compile(rf"(?<![\w-]){_NAME}")
_AFTER_GIVEN = re.compile(rf"\s(?:{_CAPITAL}\.\s?)*(?P<particle>(?i:{_PARTICLES})\s)?(?P<surname>{_NAME})")
_TITLED = re.compile(
    rf"(?<![\w-])(?:{_TITLES})\s(?P<particle>(?={_CAPITAL})(?i:{_PARTICLES})\s)?(?P<surname>{_NAME})(?!\s{_CAPITAL})"
)
_PARTICLE_BEFORE = re.compile(rf"(?<![\w-])(?:{_PARTICLES})\s$", re.IGNORECASE)
_BEFORE_NAME = re.compile(rf"\s{_CAPITAL}")
_BETWEEN_GIVEN = re.compile(rf"\s(?:{_CAPITAL}\.\s?)*")
# Of `Karel de Grote` the second part is a byname, which English translates.
_BYNAMES = frozenset(
    ["Dappere", "Doper", "Eerste", "Goede", "Grote", "Kale", "Korte", "Oude", "Schone", "Stoute", "Tweede", "Veroveraar",
     "Leeuwenhart", "Verschrikkelijke", "Vrome", "Wijze", "Wrede", "Zeevaarder", "Zwijger"]
)  # fmt: skip
# What is called after somebody: `het Anne Frank Huis`.
_THINGS = ("arena", "brug", "centrum", "college", "fonds", "huis", "instituut", "kade", "kerk", "kliniek", "laan", "museum",
           "park", "plein", "prijs", "school", "stadion", "stichting", "straat", "theater", "toren", "universiteit", "weg")  # fmt: skip
_ARTICLES = frozenset(["de", "een", "die", "deze", "geen", "elke", "iedere", "andere", "jonge", "oude"])

_NEAR = 40  # characters before a surname that are looked at

Name = tuple[str, str]  # the particle in small letters, or nothing; and the surname


class People:
    """Whom the latest sentences of a text name.

    Args:
        reach: for how many sentences a name is remembered.
    """

    def __init__(self, reach: int) -> None:
        self._named: deque[tuple[Name, ...]] = deque(maxlen=reach)
        self._known: Counter[Name] = Counter()

    def add(self, text: str) -> None:
        """Remember whom the next sentence names."""
        if len(self._named) == self._named.maxlen:
            self._known -= Counter(self._named[0])
        self._named.append(tuple(named(text)))
        self._known.update(self._named[-1])

    def find(self, text: str) -> Iterator[Span]:
        """Where people who are known stand in a sentence, with their given names, in characters."""
        surnames = {surname for _, surname in self._known}
        words, at = list(_WORD.finditer(text)) if surnames else [], 0
        for k, word in enumerate(words):
            if word.group() not in surnames:
                continue
            start = word.start()
            particle = _PARTICLE_BEFORE.search(text, max(0, start - _NEAR), start)
            if particle and (particle.group().strip().lower(), word.group()) in self._known:
                start = particle.start()
            elif ("", word.group()) not in self._known:
                continue
            alone = start
            for given in reversed(words[:k]):
                if given.end() > start or not _is_between(text[given.end() : start]) or given.group() not in _given():
                    break
                start = given.start()
            if start >= at and (start < alone or not _may_be_noun(text, alone, word.end())):
                yield start, word.end()
                at = word.end()


def named(text: str) -> Iterator[Name]:
    """The people whom a sentence names in full or with a title, and whose surnames are Dutch words."""
    found = [
        match
        for word in _WORD.finditer(text)
        if word.group() in _given()
        if (match := _AFTER_GIVEN.match(text, word.end()))
    ]
    for match in (*found, *_TITLED.finditer(text)):
        surname = match["surname"]
        if surname not in _given() and surname not in _BYNAMES and _is_surname(surname):
            yield (match["particle"] or "").strip().lower(), surname


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return frozenset(name for line in rows("given-names.txt") for name in line.split())


def _is_surname(word: str) -> bool:
    """Whether a part of it is a Dutch word, and it is no place, king or thing that English calls otherwise."""
    parts = word.lower().split("-")
    if word.lower() in _PARTICLES.split("|") or word.lower().endswith(
        (*_THINGS, "ische", "aanse", "landse", "europees")
    ):
        return False
    return any(is_known(part, "nl") for part in parts) and not any(part in EXONYMS for part in parts)


def _is_between(gap: str) -> bool:
    return _BETWEEN_GIVEN.fullmatch(gap) is not None


def _may_be_noun(text: str, start: int, end: int) -> bool:
    """Whether a surname without a given name may be a noun here: `de Deen`, `Over` at the beginning, `Koning Willem`."""
    if " " in text[start:end]:
        return False
    *earlier, last = ["", *text[max(0, start - _NEAR) : start].split()]
    if last.lower() in _ARTICLES or text[start:end].lower() in common_words():
        return True
    inside = len(earlier) > 1 and last[:1].isupper() and last[-1:].isalpha()  # a longer name: `het Witte Huis`
    return inside or _BEFORE_NAME.match(text, end) is not None
