"""What is wrong in a glossary file: rows that cannot be read, terms that cannot be found, English that cannot be held.

Each rule is a function over the terms; `RULES` lists them with what they look for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit import files
from toolkit.errors import GlossaryError
from toolkit.terminology.glossary import Glossary, RowProblem, Term
from toolkit.terminology.holding import occurrences
from toolkit.terminology.inflection import english_degree, english_plural, english_tense
from toolkit.terminology.matching import Matcher

FORMULA = re.compile(
    r"[=+\-@\t\r]"
)  # what a spreadsheet takes for a formula at the start of a cell (OWASP, CSV injection)

_HINT_SYMBOLS = re.compile("[⟦⟧⇒]")
_INVISIBLE = re.compile("[\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]")
_PLACE = re.compile(r"(?P<file>.*?):(?P<line>\d+):(?P<column>\d+): (?P<message>.*)", re.DOTALL)
_ALTERNATIVES = re.compile(r"[/;()\[\]]|,(?! )")
_TENSES = ("present", "past", "participle", "gerund")
_LONGEST = 60  # characters of a cell that a message quotes


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a glossary file that a person should look at.

    Attributes:
        rule: its id, a key of `RULES`.
        file, line, column: where; columns are counted in cells.
        message: a plain sentence.
    """

    rule: str
    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message} [{self.rule}]"

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "rule": self.rule,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "message": self.message,
        }


Row = tuple[int, Term]
Place = tuple[int, str, str]  # a line, the column's name, a message

RULES = {
    "row": "The row can be read: its cells fit the header, its values are known.",
    "empty": "The row has a source and a target.",
    "duplicate": "Source and domain name one term only.",
    "conflict": "A term does not contradict itself or another one.",
    "shadow": "The term is found where its source stands: no other one is found there in its place.",
    "inflection": "The English can be inflected, and is known again in each of its forms.",
    "encoding": "No mojibake, invisible signs, letters of two scripts in a word, or text that is not NFC.",
    "formula": "No cell begins like a formula of a spreadsheet.",
    "hint-symbols": "No signs that stand around terms in what the model is given.",
}
"""What each rule asks of a glossary."""


def check(path: Path | str) -> list[Finding]:
    """What is wrong in a glossary file, in the order of its lines.

    Raises:
        InputError: the file cannot be read or is not UTF-8.
    """
    return check_text(files.read_text(Path(path)), str(path))


def check_text(text: str, name: str = "glossary") -> list[Finding]:
    """What is wrong in the text of a glossary file (see `check`); `name` is what the findings call it."""
    problems: list[RowProblem] = []
    try:
        glossary = Glossary.parse(text, name, problems)
    except GlossaryError as error:  # of the header: nothing below it can be read
        place = _PLACE.fullmatch(str(error))
        assert place is not None
        return [Finding("row", name, int(place["line"]), int(place["column"]), place["message"])]
    found = [
        Finding("empty" if "is empty" in p.message else "row", name, p.line, p.column, p.message) for p in problems
    ]
    bad_lines = {p.line for p in problems}
    columns = {column: number for number, column in enumerate(glossary.columns, 1)}
    for line, record, term in glossary.rows():
        if term is None and record.strip() and not record.lstrip().startswith("#") and line not in bad_lines:
            found.append(Finding("empty", name, line, 1, "the row has no words in it: remove it."))
        if not unicodedata.is_normalized("NFC", record):
            found.append(Finding("encoding", name, line, 1, "the row is not in Unicode's composed form (NFC)."))
    rows = list(glossary.lines())
    for rule, function in _FUNCTIONS.items():
        for line, column, message in function(rows):
            found.append(Finding(rule, name, line, columns.get(column, 1), message))
    return sorted(found, key=lambda f: (f.line, f.column))


def _duplicate(rows: Sequence[Row]) -> Iterator[Place]:
    first: dict[tuple[str, str], int] = {}
    for line, term in rows:
        if (there := first.setdefault(term.key, line)) != line:
            where = f" in the domain {term.domain!r}" if term.domain else ""
            yield (
                line,
                "source",
                f"the term {term.source!r}{where} is there already, in line {there}: the first is used.",
            )


def _conflict(rows: Sequence[Row]) -> Iterator[Place]:
    others: dict[str, list[Row]] = {}
    for line, term in rows:
        folded = {t.casefold() for t in term.targets}
        for bad in term.forbidden:
            if bad.casefold() in folded:
                yield line, "forbidden", f"{bad!r} is both a target of the term {term.source!r} and forbidden for it."
        if term.keep and term.target != term.source:
            yield (
                line,
                "target",
                f"the term {term.source!r} is kept as it is, so its target {term.target!r} is never used.",
            )
        for there, other in others.setdefault(term.source, []):
            if other.key != term.key and not folded & {t.casefold() for t in other.targets}:
                yield (
                    line,
                    "target",
                    f"the term {term.source!r} is {term.target!r} here and {other.target!r} in line {there}: "
                    "the first is used in every text.",
                )
                break
        others[term.source].append((line, term))


def _shadow(rows: Sequence[Row]) -> Iterator[Place]:
    matcher = Matcher(term for _, term in rows)
    lines: dict[tuple[str, str], int] = {}
    for line, term in rows:
        if lines.setdefault(term.key, line) != line:
            continue  # a duplicate
        found = [m.term for m in matcher.find(term.source)]
        if term in found:
            continue
        if not found:
            yield line, "source", f"the term {term.source!r} is found in no text, not even in its own words."
        elif found[0].source != term.source or set(found[0].targets) & set(term.targets):  # else it is a conflict
            other = found[0]
            where = f"line {lines[other.key]}" if other.key in lines else "a later line"
            yield (
                line,
                "source",
                f"the term {term.source!r} is never found: {other.source!r} of {where} is, in its place.",
            )


def _inflection(rows: Sequence[Row]) -> Iterator[Place]:
    for line, term in rows:
        if term.keep or term.pos in ("name", "phrase"):
            continue
        for target in term.targets:
            if message := _not_inflectable(target, term):
                yield line, "target", message
                break


def _not_inflectable(target: str, term: Term) -> str:
    if sign := _ALTERNATIVES.search(target):
        return f"the target {target!r} cannot be inflected with {sign.group()!r} in it: part several targets with '|'."
    first = target.partition(" ")[0]
    if term.pos == "verb" and first == "to" and target != first:
        return f"the target {target!r} is a verb: write it without 'to'."
    if first in ("a", "an", "the") and target != first:
        return f"the target {target!r} begins with an article: leave it out, the sentence has its own."
    if term.pos == "verb":
        forms = [english_tense(target, tense) for tense in _TENSES]
    elif term.pos == "adjective":
        forms = [english_degree(target, "comparative"), english_degree(target, "superlative")]
    else:
        forms = [english_plural(target)]
    alone = Term(term.source, target, term.pos, case=term.case)
    for form in forms:
        words = form.removeprefix("more ").removeprefix("most ")
        if not occurrences(words, alone):
            return f"the target {target!r} is not known again in its form {form!r}, so it would count as not held."
    return ""


def _encoding(rows: Sequence[Row]) -> Iterator[Place]:
    for line, term in rows:
        for column, value in term.row().items():
            if value.isascii():
                continue
            if sign := _INVISIBLE.search(value):
                yield (
                    line,
                    column,
                    f"{_short(value)} has the invisible or unknown sign U+{ord(sign.group()):04X} in it.",
                )
            elif (right := _mojibake(value)) is not None:
                yield line, column, f"{_short(value)} was read in the wrong encoding: it should be {_short(right)}."
            elif word := next((w for w in value.split() if len(_scripts(w)) > 1), ""):
                scripts = " and ".join(sorted(_scripts(word)))
                yield line, column, f"the word {_short(word)} has letters of two scripts, {scripts}."


def _mojibake(text: str) -> str | None:
    """The text that UTF-8 taken for Windows-1252 came from, or None if it was not."""
    try:
        right = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return right if right != text else None


def _scripts(word: str) -> set[str]:
    """The scripts of its letters, as the first words of their Unicode names."""
    names = {unicodedata.name(c, "").partition(" ")[0].capitalize() for c in word if c.isalpha()}
    return names & {"Latin", "Cyrillic", "Greek"}


def _formula(rows: Sequence[Row]) -> Iterator[Place]:
    for line, term in rows:
        for column, value in term.row().items():
            if FORMULA.match(value) and len(value) > 1:
                yield line, column, f"{_short(value)} begins like a formula: a spreadsheet may run it."


def _symbols(rows: Sequence[Row]) -> Iterator[Place]:
    for line, term in rows:
        for column in ("source", "target"):
            value = term.row()[column]
            if sign := _HINT_SYMBOLS.search(value):
                yield (
                    line,
                    column,
                    f"{_short(value)} has {sign.group()!r} in it, which the model takes for a mark of its own.",
                )


def _short(text: str) -> str:
    return repr(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")


_FUNCTIONS: dict[str, Callable[[Sequence[Row]], Iterator[Place]]] = {
    "duplicate": _duplicate,
    "conflict": _conflict,
    "shadow": _shadow,
    "inflection": _inflection,
    "encoding": _encoding,
    "formula": _formula,
    "hint-symbols": _symbols,
}
