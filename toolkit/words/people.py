"""People whose surnames are Dutch words: `Bob Deen` is no Dane, and `mevrouw De Koning` no king.

A text that names somebody in full, or with a title, says that the surname is one; where it stands alone soon after, it is
held as it is. Surnames that are no Dutch words are left to the model, which knows how English spells them (Poetin: Putin).
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from functools import lru_cache

from toolkit.words.exonyms import EXONYMS, calendar, lands
from toolkit.words.lists import common_words, is_known, rows

Span = tuple[int, int]
Name = tuple[str, str]  # the particle in small letters, or nothing; and the surname

# The longer ones first, since the first that fits is taken.
_PARTICLES = ("van der", "van den", "van de", "van het", "van 't", "van ’t", "op de", "op den", "uit den", "aan de", "vanden",
              "vander", "van", "von", "den", "der", "de", "ter", "ten", "te")  # fmt: skip
_TITLES = ("meneer", "mijnheer", "heer", "dhr.", "mevrouw", "mejuffrouw", "mw.", "minister", "staatssecretaris", "premier",
           "president", "kanselier", "burgemeester", "wethouder", "schepen", "gedeputeerde", "senator", "kamerlid",
           "professor", "prof.", "dr.", "drs.", "mr.", "ir.", "ds.", "dominee", "pater", "dokter", "advocaat", "rechter",
           "generaal", "kolonel", "kapitein", "majoor", "inspecteur", "commissaris", "bondscoach", "trainer",
           "woordvoerder")  # fmt: skip
# Of `Karel de Grote` the second part is a byname, which English translates.
_BYNAMES = ("dappere", "doper", "eerste", "goede", "grote", "kale", "korte", "leeuwenhart", "oude", "schone", "stoute",
            "tweede", "veroveraar", "verschrikkelijke", "vrome", "wijze", "wrede", "zeevaarder", "zwijger")  # fmt: skip
_MINISTRIES = ("binnenlandse", "buitenlandse", "cultuur", "defensie", "financiën", "justitie", "klimaat", "landbouw",
               "onderwijs", "sport", "volksgezondheid", "wonen", "zorg")  # fmt: skip
_NO_SURNAMES = frozenset((*_PARTICLES, *_BYNAMES, *_TITLES, *_MINISTRIES))
# How the names of things end that are called after somebody, and adjectives: `het Anne Frank Huis`, `minister Franse`.
_NO_PERSON = ("arena", "boom", "brug", "centrum", "college", "concert", "fonds", "huis", "instituut", "kade", "kerk",
              "kliniek", "laan", "museum", "park", "plein", "prijs", "school", "stadion", "stichting", "straat", "theater",
              "toren", "universiteit", "weg", "ische", "se", "europees")  # fmt: skip
_ARTICLES = frozenset(["de", "een", "die", "deze", "geen", "elke", "iedere", "andere", "jonge", "oude"])
_NEAR = 40  # characters before a surname that are looked at

_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_PARTICLE = "|".join(particle.replace(" ", r"\s") for particle in _PARTICLES)
_TITLE = "|".join(f"[{t[0].upper()}{t[0]}]{re.escape(t[1:])}" for t in _TITLES)
_NAME = rf"{_CAPITAL}[^\W\d_]+(?:-{_CAPITAL}[^\W\d_]+)*(?![\w-]|['’](?!s\b)\w)"
_WORD = re.compile(rf"(?<![\w-]){_NAME}")
_INITIALS = re.compile(rf"(?<![\w-])(?:{_CAPITAL}\.\s?)+(?=\s)")
_AFTER_GIVEN = re.compile(
    rf"\s(?:{_CAPITAL}\.\s?)*(?P<particle>(?i:{_PARTICLE})\s)?(?P<surname>{_NAME})(?!\s{_CAPITAL})"
)
_TITLED = re.compile(
    rf"(?<![\w-])(?:{_TITLE})\s(?P<particle>(?={_CAPITAL})(?i:{_PARTICLE})\s)?(?P<surname>{_NAME})(?!\s{_CAPITAL})"
)
_PARTICLE_BEFORE = re.compile(rf"(?<![\w-])(?:{_PARTICLE})\s$", re.IGNORECASE)
_BEFORE_NAME = re.compile(rf"\s{_CAPITAL}")
_BETWEEN_GIVEN = re.compile(rf"\s(?:{_CAPITAL}\.\s?)*")


class People:
    """Whom the latest sentences of a text name.

    Args:
        reach: for how many sentences a name is remembered.
    """

    def __init__(self, reach: int) -> None:
        self._named: deque[tuple[Name, ...]] = deque(maxlen=reach)
        self._known: Counter[Name] = Counter()

    def add(self, text: str) -> None:
        """Remember whom the next sentence names, in full or by a surname that is known."""
        if len(self._named) == self._named.maxlen:
            self._known -= Counter(self._named[0])
        self._named.append((*named(text), *(name for _, name in self._found(text) if name)))
        self._known.update(self._named[-1])

    def find(self, text: str) -> Iterator[Span]:
        """Where people who are known stand in a sentence, with their given names, in characters."""
        return (span for span, _ in self._found(text))

    def _found(self, text: str) -> Iterator[tuple[Span, Name | None]]:
        """Each place, and the name where it stands so that it can be nothing else."""
        surnames = {surname for _, surname in self._known}
        words, at = list(_WORD.finditer(text)) if surnames else [], 0
        for k, word in enumerate(words):
            if word.group() not in surnames:
                continue
            start = word.start()
            name = ("", word.group())
            particle = _PARTICLE_BEFORE.search(text, max(0, start - _NEAR), start)
            if particle and (known := (_folded(particle.group()), word.group())) in self._known:
                start, name = particle.start(), known
            if name not in self._known:
                continue
            first = _first_name(text, words, k, start)
            if first >= at and (first < start or not _may_be_noun(text, start, word.end())):
                yield (first, word.end()), name if first == start > 0 else None
                at = word.end()


def named(text: str) -> Iterator[Name]:
    """The people whom a sentence names in full or with a title, and whose surnames are Dutch words."""
    given = [word for word in _WORD.finditer(text) if _is_given(word.group())]
    for before in (*given, *_INITIALS.finditer(text)):
        match = _AFTER_GIVEN.match(text, before.end())
        if match and _is_surname(match["surname"]):
            yield _folded(match["particle"] or ""), match["surname"]
    for match in _TITLED.finditer(text):
        if _is_surname(match["surname"]) and not _is_elsewhere(match["surname"]):
            yield _folded(match["particle"] or ""), match["surname"]


def _folded(particle: str) -> str:
    return " ".join(particle.lower().replace("’", "'").split())


def _first_name(text: str, words: list[re.Match[str]], k: int, start: int) -> int:
    """Where the given names begin that stand before the k-th word, whose particle begins at `start`; else that place."""
    for at in range(k - 1, -1, -1):
        if words[at].end() > start:
            continue  # in the particle
        if not _is_given(words[at].group()) or not _BETWEEN_GIVEN.fullmatch(text, words[at].end(), start):
            break
        start = words[at].start()
    return start


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return frozenset(name for line in rows("given-names.txt") for name in line.split())


def _is_given(word: str) -> bool:
    return word in _given() or word.partition("-")[0] in _given()


@lru_cache(maxsize=4096)
def _is_surname(word: str) -> bool:
    """Whether a part of it is a Dutch word, and it is no given name, byname, title, or thing that English calls otherwise."""
    low, parts = word.lower(), word.lower().split("-")
    if _is_given(word) or low in _NO_SURNAMES or low.endswith(_NO_PERSON):
        return False
    return any(is_known(part, "nl") for part in parts) and not any(part in EXONYMS for part in parts)


@lru_cache(maxsize=4096)
def _is_elsewhere(surname: str) -> bool:
    """Whether a surname is also written with a capital where it is none: lands, languages, days, months."""
    return any(part in lands() or part in calendar() for part in surname.lower().split("-"))


def _may_be_noun(text: str, start: int, end: int) -> bool:
    """Whether a surname without a given name may be a noun here: `de Deen`, `Over` at the beginning, `Koning Willem`."""
    name = text[start:end]
    if " " in name:
        return False
    *earlier, last = ["", *text[max(0, start - _NEAR) : start].split()]
    if last.lower() in _ARTICLES or name.lower() in common_words() or _is_elsewhere(name):
        return True
    inside = len(earlier) > 1 and last[:1].isupper() and last[-1:].isalpha()  # a longer name: `het Witte Huis`
    return inside or _BEFORE_NAME.match(text, end) is not None
