"""Terms and glossaries, and the CSV file that people edit.

The file is RFC 4180 CSV with a header row; only `source` and `target` must be there. Rows that nobody changed, comment
lines (`#`), the order and columns we do not know are written back as they were.
"""

from __future__ import annotations

import csv
import gc
import hashlib
import io
import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from toolkit import files
from toolkit.errors import GlossaryError

COLUMNS = ("source", "target", "pos", "domain", "match", "case", "keep", "forbidden", "note")
POS = ("noun", "verb", "adjective", "name", "phrase")
MATCHES = ("word", "compound", "exact")
_YES, _NO = {"yes", "ja", "true", "1", "x"}, {"", "no", "nee", "false", "0"}

Match = Literal["word", "compound", "exact"]


class _FieldError(GlossaryError):
    """A field of a term is not right."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class RowError(GlossaryError):
    """A row of a file is not right, at one of its cells."""

    def __init__(self, column: int, message: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row of a file that is not right: the line it begins on, the number of the cell, and a plain sentence."""

    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a glossary.

    Attributes:
        source: the Dutch dictionary form.
        target: the English dictionary form; several accepted ones parted by `|`, the preferred one first.
        pos: `noun`, `verb`, `adjective`, `name`, `phrase`, or empty.
        domain: the field it belongs to, or empty. Source and domain together name a term.
        match: `word` (whole words, in every form), `compound` (inside a longer word too), `exact` (only this form).
        case: capitals must be as in `source`.
        keep: comes out letter for letter, not translated.
        forbidden: English that must never stand for it.
        note: for people.
        extra: columns of the file that are not ours.

    Raises:
        GlossaryError: a field is empty, has control characters, or a value that it cannot have.
    """

    source: str
    target: str = ""
    pos: str = ""
    domain: str = ""
    match: Match = "word"
    case: bool = False
    keep: bool = False
    forbidden: tuple[str, ...] = ()
    note: str = ""
    extra: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.source:
            raise _FieldError("source", "A term needs a source, the Dutch word: it is empty.")
        if not self.target:
            if not self.keep:
                raise _FieldError("target", f"The term {self.source!r} needs a target, the English word: it is empty.")
            object.__setattr__(self, "target", self.source)
        if self.pos and self.pos not in POS:
            raise _FieldError(
                "pos", f"The term {self.source!r} has pos {self.pos!r}: use one of {', '.join(POS)}, or nothing."
            )
        if self.match not in MATCHES:
            raise _FieldError(
                "match", f"The term {self.source!r} has match {self.match!r}: use one of {', '.join(MATCHES)}."
            )
        if not self.source.isprintable():
            raise _FieldError("source", f"The term {self.source!r} has a control character in it: remove it.")
        if not self.target.isprintable():
            raise _FieldError(
                "target", f"The term {self.source!r} has a control character in its target {self.target!r}: remove it."
            )
        if not self.targets:
            raise _FieldError("target", f"The term {self.source!r} needs a target, the English word: it is empty.")

    @property
    def targets(self) -> tuple[str, ...]:
        """The accepted English forms, the preferred one first."""
        if "|" not in self.target:
            return (self.target,)
        return tuple(t for part in self.target.split("|") if (t := part.strip()))

    @property
    def key(self) -> tuple[str, str]:
        """What names the term in a glossary."""
        return self.source, self.domain

    def row(self) -> dict[str, str]:
        """The term as the columns of the file."""
        return {
            "source": self.source,
            "target": self.target,
            "pos": self.pos,
            "domain": self.domain,
            "match": "" if self.match == "word" else self.match,
            "case": "yes" if self.case else "",
            "keep": "yes" if self.keep else "",
            "forbidden": "|".join(self.forbidden),
            "note": self.note,
            **dict(self.extra),
        }


@dataclass(slots=True)
class _Record:
    """A record of the file: its text as it stands there, and its term, or None for a comment or an empty line."""

    text: str
    term: Term | None
    line: int = 0


@dataclass(slots=True)
class Glossary:
    """An ordered set of terms, unique by source and domain.

    Attributes:
        name: the file it came from, for messages.
    """

    name: str = "glossary"
    _records: list[_Record] = field(default_factory=list)
    _header: tuple[str, ...] = COLUMNS
    _preface: str = ""  # comments above the header row
    _header_text: str | None = None  # the header row as the file has it; empty where the file has none
    _newline: str = "\n"
    _delimiter: str = ","
    _keys: dict[tuple[str, str], _Record] | None = None

    @classmethod
    def of(cls, terms: Iterable[Term], name: str = "glossary") -> Glossary:
        """A glossary of these terms; of two with one key the first counts."""
        glossary = cls(name)
        keys = glossary._index()
        for term in terms:
            if term.key not in keys:
                keys[term.key] = record = _Record("", term)
                glossary._records.append(record)
        glossary._widen(glossary)
        return glossary

    @classmethod
    def load(cls, path: Path | str) -> Glossary:
        """Read a glossary file.

        Raises:
            InputError: the file cannot be read or is not UTF-8.
            GlossaryError: a row is not right; the message names file, line and column.
        """
        return cls.parse(files.read_text(Path(path)), str(path))

    @classmethod
    def parse(cls, text: str, name: str = "glossary", problems: list[RowProblem] | None = None) -> Glossary:
        """A glossary from the text of a CSV file (see `load`).

        Args:
            text: the file.
            name: what messages call it.
            problems: a list for the rows that are not right; with it they are left out, without it the first one is an error.
        """
        glossary = cls(name, _newline="\r\n" if "\r\n" in text else "\n")
        with uncollected():
            glossary._read(text, problems)
        return glossary

    def _read(self, text: str, problems: list[RowProblem] | None) -> None:
        columns: list[str] | None = None
        for line, record in split_records(text):
            stripped = record.strip()
            try:
                if not stripped or stripped[0] == "#":
                    if columns is None:
                        self._preface += record
                    else:
                        self._records.append(_Record(record, None, line))
                elif columns is None:
                    self._delimiter = max(",;\t", key=stripped.count)
                    columns = _columns(split_cells(record, self._delimiter))
                    self._header, self._header_text = tuple(columns), record
                else:
                    self._records.append(_Record(record, _term(split_cells(record, self._delimiter), columns), line))
            except RowError as error:
                if columns is None or problems is None:
                    raise GlossaryError(f"{self.name}:{line}:{error.column}: {error}") from None
                problems.append(RowProblem(line, error.column, str(error)))
                self._records.append(_Record(record, None, line))
        if columns is None:
            self._header_text = ""

    def text(self) -> str:
        """The glossary as the text of a CSV file; untouched rows are as they were read."""
        header = self._header_text
        if header is None or (not header and self._records):
            header = self._row(dict(zip(self._header, self._header, strict=True)))
        lines = [self._preface, header]
        for record in self._records:
            if record.term is not None and not record.text:
                record.text = self._row(record.term.row())
            lines.append(record.text)
        whole: list[str] = []
        for line in filter(None, lines):
            if whole and whole[-1][-1] not in "\r\n":
                whole.append(self._newline)
            whole.append(line)
        return "".join(whole)

    def save(self, path: Path | str) -> bool:
        """Write the file atomically; True if it changed.

        Raises:
            OutputError: it cannot be written.
        """
        return files.write(Path(path), self.text())

    @classmethod
    @contextmanager
    def edit(cls, path: Path | str, *, create: bool = True) -> Iterator[Glossary]:
        """Change a glossary file so that two editors at once lose nothing: lock, read, change, replace.

        Nothing is written if the block raises, or changes nothing.

        Args:
            path: the file.
            create: make it if it is not there.

        Raises:
            InputError, GlossaryError: it cannot be read, or is not right.
            OutputError: it cannot be written, or an editor that takes no lock saved it meanwhile; that stays.
        """
        path = Path(path)
        if not create and not path.exists():
            cls.load(path)  # says why not
        with files.locked(path):
            seen = files.digest(path)
            glossary = cls.load(path) if seen else cls(str(path))
            yield glossary
            files.check_unchanged(path, seen)
            glossary.save(path)

    def __len__(self) -> int:
        return sum(record.term is not None for record in self._records)

    def __iter__(self) -> Iterator[Term]:
        return (record.term for record in self._records if record.term is not None)

    def __contains__(self, source: str) -> bool:
        return any(term.source == source for term in self)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the file."""
        return self._header

    def rows(self) -> Iterator[tuple[int, str, Term | None]]:
        """What the file has below its header: the line, the text as it stands there, and the term or None.

        The line is 0 and the text empty for what is new.
        """
        return ((record.line, record.text, record.term) for record in self._records)

    def lines(self) -> Iterator[tuple[int, Term]]:
        """The terms with the lines of the file on which they stand (0 for one that is new)."""
        return ((record.line, record.term) for record in self._records if record.term is not None)

    def select(self, *, text: str | None = None, domain: str | None = None, pos: str | None = None) -> list[Term]:
        """The terms with `text` in their Dutch, English or note (capitals or not), of a domain, of a part of speech."""
        wanted = text.casefold() if text else ""
        return [
            term
            for term in self
            if (not wanted or wanted in f"{term.source}\n{term.target}\n{term.note}".casefold())
            and domain in (None, term.domain)
            and pos in (None, term.pos)
        ]

    def find(self, source: str, domain: str | None = None) -> list[Term]:
        """The terms of that Dutch dictionary form, of all domains unless one is given."""
        folded = source.casefold()
        return [t for t in self if t.source.casefold() == folded and domain in (None, t.domain)]

    def get(self, source: str, domain: str | None = None) -> Term:
        """The one term of that Dutch dictionary form.

        Raises:
            GlossaryError: there is none, or there are several and no domain is given.
        """
        found = [t for t in self if t.source == source and domain in (None, t.domain)] or self.find(source, domain)
        if not found:
            raise GlossaryError(f"{self.name} has no term {source!r}{f' in the domain {domain!r}' if domain else ''}.")
        if len(found) > 1:
            domains = ", ".join(repr(t.domain) for t in found)
            raise GlossaryError(f"{self.name} has {source!r} in several domains ({domains}): say which with --domain.")
        return found[0]

    def format(self, terms: Iterable[Term]) -> str:
        """Terms as rows of this file, ready to be pasted into it."""
        return "".join(self._row(term.row()) for term in terms)

    def add(self, term: Term) -> None:
        """Add a term: among its alphabetical neighbours where the glossary is sorted by source, else at the end.

        Raises:
            GlossaryError: the glossary has one of that source and domain.
        """
        self.extend((term,))

    def extend(self, terms: Iterable[Term]) -> None:
        """Add terms, each as `add` does; all of them or, if one cannot be added, none.

        Raises:
            GlossaryError: the glossary has one of their sources and domains.
        """
        keys = self._index()
        new: dict[tuple[str, str], _Record] = {}
        for term in terms:
            if term.key in keys or term.key in new:
                where = f" in the domain {term.domain!r}" if term.domain else ""
                raise GlossaryError(
                    f"{self.name} has the term {term.source!r}{where} already: use 'glossary edit' to change it."
                )
            new[term.key] = _Record("", term)
        keys.update(new)
        self._insert(list(new.values()))
        self._widen(r.term for r in new.values() if r.term is not None)

    def replace(self, old: Term, new: Term) -> None:
        """Put `new` in the place of `old`.

        Raises:
            GlossaryError: `old` is not there, or `new` would double another term.
        """
        keys = self._index()
        record = keys.get(old.key)
        if record is None:
            raise GlossaryError(f"{self.name} has no term {old.source!r}.")
        if new.key != old.key and new.key in keys:
            raise GlossaryError(f"{self.name} has the term {new.source!r} already.")
        del keys[old.key]
        keys[new.key] = record
        record.text, record.term = "", new
        self._widen((new,))

    def remove(self, term: Term) -> None:
        """Take a term out.

        Raises:
            GlossaryError: it is not there.
        """
        record = self._index().pop(term.key, None)
        if record is None:
            raise GlossaryError(f"{self.name} has no term {term.source!r}.")
        self._records = [r for r in self._records if r is not record]
        self._keys = None  # another of that key may be there

    @property
    def signature(self) -> str:
        """Eight hex digits that change when a term changes: what a result says of the glossary that made it."""
        digest = hashlib.sha256()
        for term in self:
            digest.update("\t".join(term.row().values()).encode("utf-8", "surrogatepass") + b"\n")
        return digest.hexdigest()[:8]

    def _index(self) -> dict[tuple[str, str], _Record]:
        if self._keys is None:
            self._keys = {}
            for record in self._records:
                if record.term is not None:
                    self._keys.setdefault(record.term.key, record)
        return self._keys

    def _insert(self, new: list[_Record]) -> None:
        """Put new records in their alphabetical places, or at the end of a file that has no such order."""
        orders = [_order(r) for r in self._records if r.term is not None]
        if any(a > b for a, b in itertools.pairwise(orders)):
            self._records += new
            return
        new.sort(key=_order)
        merged: list[_Record] = []
        at = 0
        for record in self._records:
            if record.term is not None:
                while at < len(new) and _order(new[at]) < _order(record):
                    merged.append(new[at])
                    at += 1
            merged.append(record)
        self._records = merged + new[at:]

    def _widen(self, terms: Iterable[Term]) -> None:
        """Give the file the columns that these terms need."""
        there = set(self._header)
        ours = [c for c in COLUMNS if c not in there]
        missing: dict[str, None] = {}
        for term in terms:
            if ours or term.extra:
                missing |= dict.fromkeys(c for c, v in term.row().items() if v and c not in there)
        if missing:
            self._header = (*self._header, *missing)
            self._header_text = None
            for record in self._records:
                if record.term is not None:
                    record.text = ""

    def _row(self, cells: dict[str, str]) -> str:
        out = io.StringIO()
        values = [cells.get(c, "") for c in self._header]
        # CR LF here, so that a cell with either sign in it is quoted.
        csv.writer(out, delimiter=self._delimiter, lineterminator="\r\n").writerow(values)
        row = out.getvalue().removesuffix("\r\n")
        if row.lstrip()[:1] == "#":  # not a comment: the term begins with this sign
            row = f'"{values[0]}"' + row[len(values[0]) :]
        return row + self._newline


def _order(record: _Record) -> str:
    return record.term.source.casefold() if record.term is not None else ""


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the garbage collector, which would go through a million new terms again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def parse_term(row: dict[str, str]) -> Term:
    """A term from the columns of a file or the options of a command.

    Raises:
        GlossaryError: a value is not right.
    """
    clean = {k: unicodedata.normalize("NFC", v).strip() for k, v in row.items()}
    get = clean.get
    forbidden = get("forbidden")
    return Term(
        get("source", ""),
        get("target", ""),
        get("pos", "").casefold(),
        get("domain", ""),
        (get("match") or "word").casefold(),  # type: ignore[arg-type]
        _flag("case", get("case")),
        _flag("keep", get("keep")),
        tuple(f for part in forbidden.split("|") if (f := part.strip())) if forbidden else (),
        get("note", ""),
        () if clean.keys() <= _OURS else tuple((k, row[k]) for k in clean if k and k not in _OURS),
    )


_OURS = frozenset(COLUMNS)


def _flag(name: str, value: str | None) -> bool:
    if not value:
        return False
    value = value.casefold()
    if value not in _YES | _NO:
        raise _FieldError(name, f"{name} is {value!r}: write yes or nothing.")
    return value in _YES


def with_changes(term: Term, changes: dict[str, str]) -> Term:
    """The term with some columns changed.

    Raises:
        GlossaryError: a value is not right.
    """
    return parse_term({**term.row(), **changes}) if changes else replace(term)


def split_records(text: str) -> Iterator[tuple[int, str]]:
    """The records of a CSV text with the lines they begin on; a quoted cell may hold line ends."""
    pending: list[str] = []
    start, odd = 0, False
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if not pending:
            start = number
            if '"' not in line:
                yield number, line
                continue
        pending.append(line)
        odd ^= line.count('"') % 2 == 1
        if not odd or pending[0].lstrip().startswith("#"):
            yield start, "".join(pending)
            pending, odd = [], False
    if pending:
        yield start, "".join(pending)


def split_cells(record: str, delimiter: str) -> list[str]:
    plain = record.rstrip("\r\n")
    if '"' not in plain:
        return plain.split(delimiter)
    wrong = (
        "the quotation marks do not pair up: put a cell that has one in quotation marks, and double those inside it."
    )
    try:
        rows = list(csv.reader(io.StringIO(plain, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        rows = []
    if len(rows) == 1:
        return rows[0]
    # Of a mark that stays open the rest of the file would be one cell: the place is where the first one stands.
    raise RowError(plain[: plain.index('"')].count(delimiter) + 1, wrong)


def _columns(cells: Sequence[str]) -> list[str]:
    columns = [c.strip().casefold() if c.strip().casefold() in COLUMNS else c.strip() for c in cells]
    for needed in ("source", "target"):
        if needed not in columns:
            raise RowError(
                1,
                f"the header row has no column {needed!r}: the first row names the columns, at least source and target.",
            )
    twice = next((i for i, c in enumerate(columns) if c and c in columns[:i]), None)
    if twice is not None:
        raise RowError(twice + 1, f"the column {columns[twice]!r} is there twice.")
    return columns


def _term(cells: Sequence[str], columns: list[str]) -> Term | None:
    if len(cells) > len(columns) and any(c.strip() for c in cells[len(columns) :]):
        raise RowError(
            len(columns) + 1,
            f"the row has {len(cells)} cells for {len(columns)} columns: quote a cell that has the separator in it.",
        )
    row = dict(zip(columns, cells, strict=False))
    if not any(row.values()):
        return None
    try:
        return parse_term(row)
    except _FieldError as error:
        text = str(error)
        column = columns.index(error.name) + 1 if error.name in columns else 1
        raise RowError(column, f"{text[0].lower()}{text[1:]}") from None
