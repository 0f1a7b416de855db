"""A Dutch-English word list, for the words that a glossary does not have; and looking a text up in both.

`data/lexicon.tsv.xz` has 18,680 words that were written for this project. More can be added from files of the same form: a
word a line, Dutch, a tab, English; several English words parted by `|`; lines with `#` are comments.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from toolkit import files
from toolkit.errors import InputError
from toolkit.terminology.glossary import Glossary, Term
from toolkit.terminology.holding import fit
from toolkit.terminology.inflection import BASE, Form, dutch_bases, infinitives, verb_form
from toolkit.terminology.matching import Matcher

Span = tuple[int, int]

_WORD = re.compile(r"\w+(?:[-‐‑'’.]\w+)*")


class Lexicon:
    """Dutch words with their English.

    Args:
        words: Dutch dictionary forms in small letters, and their English, the likeliest first.
    """

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self._words = words

    @classmethod
    def load(cls, extra: Iterable[Path | str] = ()) -> Lexicon:
        """The list of this package, and the words of TSV files, whose English comes before that of the list.

        Raises:
            InputError: a file cannot be read, or has a line that is not Dutch, tab, English.
        """
        words = dict(_bundled())
        for path in extra:
            for dutch, english in _parse(files.read_text(Path(path)), str(path)):
                words[dutch] = tuple(dict.fromkeys((*english, *words.get(dutch, ()))))
        return cls(words)

    def __len__(self) -> int:
        return len(self._words)

    def __contains__(self, word: str) -> bool:
        return word.casefold() in self._words

    def get(self, word: str) -> tuple[str, ...]:
        """The English of a Dutch dictionary form, or nothing."""
        return self._words.get(word.casefold(), ())

    def find(self, word: str) -> tuple[str, Form, tuple[str, ...]] | None:
        """A Dutch word in any form: its dictionary form, the form that it is, and its English; or None."""
        folded = word.casefold()
        for base, form in dutch_bases(folded):
            if (english := self._words.get(base)) and form.kind not in ("comparative", "superlative"):
                verbal = verb_form(folded, base) if form.kind == "inflected" and base.endswith("n") else None
                return base, verbal or form, english
        for infinitive in infinitives(folded):
            if (english := self._words.get(infinitive)) and (verbal := verb_form(folded, infinitive)):
                return infinitive, verbal, english
        return None


@lru_cache(maxsize=1)
def _bundled() -> dict[str, tuple[str, ...]]:
    import lzma

    data = resources.files("toolkit.terminology").joinpath("data", "lexicon.tsv.xz").read_bytes()
    return dict(_parse(lzma.decompress(data).decode(), "lexicon"))


def _parse(text: str, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = unicodedata.normalize("NFC", line).split("\t")
        english = tuple(e for part in cells[1].split("|") if (e := part.strip())) if len(cells) > 1 else ()
        if not cells[0].strip() or not english:
            column = 1 if not cells[0].strip() else 2
            raise InputError(f"{name}:{number}:{column}: the line is not a Dutch word, a tab and its English.")
        yield cells[0].strip().casefold(), english


@dataclass(frozen=True, slots=True)
class Found:
    """A word of a text that the glossary or the lexicon knows.

    Attributes:
        surface: the word as it stands in the text; `start`, `end`: its place, in characters.
        source: its dictionary form.
        form: the form in which it stands.
        target: the English that is held for a term, in the form that fits; or the English of the lexicon.
        term: the term, or None for a word of the lexicon.
        particle: the place of the parted particle of a separable verb, or None.
    """

    surface: str
    start: int
    end: int
    source: str
    form: Form
    target: str
    term: Term | None = None
    particle: Span | None = None

    @property
    def origin(self) -> str:
        """`glossary` or `lexicon`."""
        return "lexicon" if self.term is None else "glossary"

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "surface": self.surface,
            "start": self.start,
            "end": self.end,
            "particle": self.particle,
            "form": form_name(self.form),
            "source": self.source,
            "target": self.target,
            "origin": self.origin,
            "term": None if self.term is None else {k: v for k, v in self.term.row().items() if v},
        }


def look_up(text: str, glossary: Glossary | Matcher, lexicon: Lexicon | None = None) -> list[Found]:
    """What the glossary has for a sentence, and the lexicon for the other words of it, from left to right.

    Args:
        text: a Dutch sentence.
        glossary: the terms.
        lexicon: the words for the rest, or None for the terms alone.
    """
    matcher = glossary if isinstance(glossary, Matcher) else Matcher(glossary)
    found = [
        Found(m.surface(text), m.start, m.end, m.term.source, m.form, fit(m, text), m.term, m.particle)
        for m in matcher.find(text)
    ]
    if lexicon is not None:
        taken = [span for f in found for span in ((f.start, f.end), f.particle) if span]
        for word in _WORD.finditer(text):
            start, end = word.span()
            if not any(a < end and start < b for a, b in taken) and (entry := lexicon.find(word.group())):
                found.append(Found(word.group(), start, end, entry[0], entry[1], " | ".join(entry[2])))
    return sorted(found, key=lambda f: f.start)


def form_name(form: Form) -> str:
    """A form in a word or two, for people: `plural`, `past`, `dictionary form`."""
    return "dictionary form" if form == BASE else form.tense or form.kind
