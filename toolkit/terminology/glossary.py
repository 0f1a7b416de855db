"""Terms and glossaries, and the CSV file that people edit.

The file is RFC 4180 CSV with a header row; only `source` and `target` must be there. Rows that nobody changed, comment
lines (`#`), the order and columns we do not know are written back as they were.
"""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import unicodedata
from collections.abc import Iterable, Iterator
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
            raise GlossaryError("A term needs a source, the Dutch word: it is empty.")
        if not self.target:
            if not self.keep:
                raise GlossaryError(f"The term {self.source!r} needs a target, the English word: it is empty.")
            object.__setattr__(self, "target", self.source)
        if self.pos and self.pos not in POS:
            raise GlossaryError(f"The term {self.source!r} has pos {self.pos!r}: use one of {', '.join(POS)}, or nothing.")
        if self.match not in MATCHES:
            raise GlossaryError(f"The term {self.source!r} has match {self.match!r}: use one of {', '.join(MATCHES)}.")
        if not self.source.isprintable() or not self.target.isprintable():
            raise GlossaryError(f"The term {self.source!r} has a control character in it: remove it.")
        if not self.targets:
            raise GlossaryError(f"The term {self.source!r} needs a target, the English word: it is empty.")

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
    _head: str = ""
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
    def parse(cls, text: str, name: str = "glossary") -> Glossary:
        """A glossary from the text of a CSV file (see `load`)."""
        glossary = cls(name, _newline="\r\n" if "\r\n" in text else "\n")
        columns: list[str] | None = None
        for line, record in _split_records(text):
            stripped = record.strip()
            if not stripped or stripped.startswith("#"):
                if columns is None:
                    glossary._head += record
                else:
                    glossary._records.append(_Record(record, None, line))
                continue
            if columns is None:
                glossary._delimiter = max(",;\t", key=stripped.count)
                columns = _columns(_cells(record, glossary._delimiter, name, line), name, line)
                glossary._header = tuple(columns)
                glossary._head += record
                continue
            cells = _cells(record, glossary._delimiter, name, line)
            glossary._records.append(_Record(record, _term(cells, columns, name, line), line))
        if columns is None:
            glossary._head = ""
        return glossary

    def text(self) -> str:
        """The glossary as the text of a CSV file; untouched rows are as they were read."""
        head = self._head or self._row(dict(zip(self._header, self._header, strict=True)))
        if not head.endswith("\n"):
            head += self._newline
        lines = [head]
        for record in self._records:
            if record.term is not None and not record.text:
                record.text = self._row(record.term.row())
            if lines[-1] and not lines[-1].endswith("\n"):
                lines[-1] += self._newline
            lines.append(record.text)
        return "".join(lines)

    def save(self, path: Path | str) -> bool:
        """Write the file atomically; True if it changed.

        Raises:
            OutputError: it cannot be written.
        """
        return files.write(Path(path), self.text())

    @classmethod
    @contextmanager
    def edit(cls, path: Path | str) -> Iterator[Glossary]:
        """Change a glossary file so that two editors at once lose nothing: lock, read, change, replace.

        The file is made if it is not there. Nothing is written if the block raises.
        """
        path = Path(path)
        with files.locked(path):
            glossary = cls.load(path) if path.exists() else cls(str(path))
            yield glossary
            glossary.save(path)

    def __len__(self) -> int:
        return sum(record.term is not None for record in self._records)

    def __iter__(self) -> Iterator[Term]:
        return (record.term for record in self._records if record.term is not None)

    def __contains__(self, source: str) -> bool:
        return any(term.source == source for term in self)

    def lines(self) -> Iterator[tuple[int, Term]]:
        """The terms with the lines of the file on which they stand (0 for one that is new)."""
        return ((record.line, record.term) for record in self._records if record.term is not None)

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

    def add(self, term: Term) -> None:
        """Add a term: among its alphabetical neighbours where the glossary is sorted by source, else at the end.

        Raises:
            GlossaryError: the glossary has one of that source and domain.
        """
        keys = self._index()
        if term.key in keys:
            where = f" in the domain {term.domain!r}" if term.domain else ""
            raise GlossaryError(f"{self.name} has the term {term.source!r}{where} already: use 'glossary edit' to change it.")
        record = _Record("", term)
        self._records.insert(self._place(term), record)
        keys[term.key] = record
        self._widen(term)

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
        self._widen(new)

    def remove(self, term: Term) -> None:
        """Take a term out.

        Raises:
            GlossaryError: it is not there.
        """
        record = self._index().pop(term.key, None)
        if record is None:
            raise GlossaryError(f"{self.name} has no term {term.source!r}.")
        self._records.remove(record)

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

    def _place(self, term: Term) -> int:
        """Where a new term goes: after the last of the sorted run it fits in."""
        sources = [(i, r.term.source.casefold()) for i, r in enumerate(self._records) if r.term is not None]
        if all(a[1] <= b[1] for a, b in itertools.pairwise(sources)):
            for i, source in sources:
                if source > term.source.casefold():
                    return i
        return len(self._records)

    def _widen(self, term: Term) -> None:
        """Give the file the columns that this term needs."""
        missing = [c for c, v in term.row().items() if v and c not in self._header]
        if missing:
            self._header = (*self._header, *missing)
            self._head = self._row(dict(zip(self._header, self._header, strict=True)))
            for record in self._records:
                if record.term is not None:
                    record.text = ""

    def _row(self, cells: dict[str, str]) -> str:
        out = io.StringIO()
        csv.writer(out, delimiter=self._delimiter, lineterminator=self._newline).writerow([cells.get(c, "") for c in self._header])
        return out.getvalue()


def parse_term(row: dict[str, str]) -> Term:
    """A term from the columns of a file or the options of a command.

    Raises:
        GlossaryError: a value is not right.
    """
    clean = {k: unicodedata.normalize("NFC", v).strip() for k, v in row.items()}
    forbidden = tuple(f for part in clean.pop("forbidden", "").split("|") if (f := part.strip()))
    flags: dict[str, bool] = {}
    for name in ("case", "keep"):
        value = clean.pop(name, "").casefold()
        if value not in _YES | _NO:
            raise GlossaryError(f"{name} is {value!r}: write yes or nothing.")
        flags[name] = value in _YES
    match = clean.pop("match", "").casefold() or "word"
    extra = tuple((k, row[k]) for k in clean if k not in COLUMNS and k)
    known = {k: clean[k] for k in ("source", "target", "domain", "note") if k in clean}
    return Term(**known, **flags, pos=clean.get("pos", "").casefold(), match=match, forbidden=forbidden, extra=extra)  # type: ignore[arg-type]


def with_changes(term: Term, changes: dict[str, str]) -> Term:
    """The term with some columns changed.

    Raises:
        GlossaryError: a value is not right.
    """
    return parse_term({**term.row(), **changes}) if changes else replace(term)


def _split_records(text: str) -> Iterator[tuple[int, str]]:
    """The records of a CSV text with the lines they begin on; a quoted cell may hold line ends."""
    pending, start = "", 0
    for number, line in enumerate(text.splitlines(keepends=True) if "\r" in text else io.StringIO(text), 1):
        if not pending:
            start = number
            if '"' not in line:
                yield number, line
                continue
        pending += line
        if pending.count('"') % 2 == 0 or pending.lstrip().startswith("#"):
            yield start, pending
            pending = ""
    if pending:
        yield start, pending


def _cells(record: str, delimiter: str, name: str, line: int) -> list[str]:
    plain = record.rstrip("\r\n")
    if '"' not in plain:
        return plain.split(delimiter)
    try:
        rows = list(csv.reader(io.StringIO(plain, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        column = plain.rfind('"') + 1
        raise GlossaryError(f"{name}:{line}:{column}: the quotation marks do not pair up: double those inside a cell.") from error
    return rows[0]


def _columns(cells: list[str], name: str, line: int) -> list[str]:
    columns = [c.strip().casefold() if c.strip().casefold() in COLUMNS else c.strip() for c in cells]
    for needed in ("source", "target"):
        if needed not in columns:
            raise GlossaryError(
                f"{name}:{line}: the header row has no column {needed!r}: the first row names the columns, at least source and target."
            )
    twice = sorted({c for c in columns if c and columns.count(c) > 1})
    if twice:
        raise GlossaryError(f"{name}:{line}: the column {twice[0]!r} is there twice.")
    return columns


def _term(cells: list[str], columns: list[str], name: str, line: int) -> Term | None:
    if len(cells) > len(columns) and any(c.strip() for c in cells[len(columns) :]):
        raise GlossaryError(
            f"{name}:{line}:{len(columns) + 1}: the row has {len(cells)} cells for {len(columns)} columns: "
            "quote a cell that has the separator in it."
        )
    row = dict(zip(columns, cells, strict=False))
    if not any(row.values()):
        return None
    try:
        return parse_term(row)
    except GlossaryError as error:
        text = str(error)
        wrong = next((c for c in columns if f"{c} is " in text or f"has {c} " in text or f"a {c}," in text), columns[0])
        raise GlossaryError(f"{name}:{line}:{columns.index(wrong) + 1}: {text[0].lower()}{text[1:]}") from None
