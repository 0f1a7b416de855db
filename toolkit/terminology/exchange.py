"""Glossaries in the formats of other tools: CSV, DeepL, Weblate, TBX, TMX, PO and UTX, read and written.

The stores of TBX, TMX, PO and Weblate's CSV are translate-toolkit's. Separated text is read here, since its readers guess
the separator and name no lines.

What a format has no place for goes with the term as remarks, `match: compound`: properties in TMX, notes in TBX, comments
in PO and Weblate's CSV, columns in UTX; reading takes them back. DeepL's files have the Dutch and the preferred English.

In CSV, a cell that a spreadsheet would take for a formula (`=`, `+`, `-`, `@` at its start) is written with an apostrophe
before it, which reading takes off again (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from toolkit import files
from toolkit.errors import GlossaryError, InputError
from toolkit.markup import LIMIT, safe_xml, tmx_variant
from toolkit.terminology.glossary import MATCHES, POS, Glossary, RowError, Term, parse_term, split_cells, split_records
from toolkit.version import VERSION

SOURCE, TARGET = "nl", "en"
FORMATS = {
    "csv": "the glossary's own columns, with a header row",
    "deepl-csv": "DeepL's glossaries: source,target without a header",
    "deepl-tsv": "the same with tabs",
    "tbx": "TBX version 2 (root martif); reading takes version 3 too",
    "tbx3": "TBX-Basic version 3 (root tbx)",
    "tmx": "TMX 1.4",
    "po": "gettext PO; domains are its contexts",
    "weblate": "Weblate's glossary CSV",
    "utx": "UTX 1.20 (AAMT), tab-separated",
}
"""The formats, with what they are."""

_EXTENSIONS = {
    ".csv": "csv",
    ".tsv": "deepl-tsv",
    ".tbx": "tbx",
    ".tmx": "tmx",
    ".po": "po",
    ".pot": "po",
    ".utx": "utx",
}
_REMARKS = ("also", "pos", "match", "case", "keep", "forbidden")
_VALUES = {"pos": POS, "match": MATCHES, "case": ("yes",), "keep": ("yes",)}  # else it is a remark of somebody else's
_REMARK = re.compile(rf"({'|'.join(_REMARKS)}): *(.+)")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEUTRAL = re.compile(r"'+[=+\-@\t\r]")
_POS_NAMES = {
    "propernoun": "name",
    "proper noun": "name",
    "adj": "adjective",
    "nounphrase": "noun",
    "sentence": "phrase",
}
_WEBLATE = ("location", "source", "target", "id", "fuzzy", "context", "translator_comments", "developer_comments")
_UTX = ("src", "tgt", "src:pos", "term status", "domain", "match", "case", "keep", "comment")

Row = tuple[int, dict[str, str]]  # the line, or 0 where the format does not tell it, and the columns


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: its terms, and a sentence on each entry that gave none."""

    terms: list[Term]
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Writing:
    """A file's content, and a sentence on each term that the format cannot hold."""

    data: bytes
    left_out: list[str] = field(default_factory=list)


def format_of(path: Path | str, name: str | None = None) -> str:
    """The format of a file, by its name unless one is given.

    Raises:
        InputError: there is no such format, or the name does not tell it.
    """
    if name is not None:
        if name not in FORMATS:
            raise InputError(f"There is no format {name!r}: use one of {', '.join(FORMATS)}.")
        return name
    extension = Path(path).suffix.lower()
    if extension not in _EXTENSIONS:
        raise InputError(
            f"The name {str(path)!r} does not tell a format: say which with --format ({', '.join(FORMATS)})."
        )
    return _EXTENSIONS[extension]


def read_terms(path: Path | str, name: str | None = None) -> Reading:
    """The terms of a file of another tool.

    Args:
        path: the file.
        name: its format, a key of `FORMATS`; by the extension unless given. A CSV file is known as our own, Weblate's or
            DeepL's by its first row.

    Raises:
        InputError: it cannot be read, is too large, or is not what it should be; the message names the place.
        GlossaryError: a row of a CSV glossary is not right.
    """
    path = Path(path)
    kind = format_of(path, name)
    if path.is_file() and path.stat().st_size > LIMIT:
        raise InputError(f"{path} is larger than {LIMIT // 2**20} MB: split it.")
    return parse_terms(files.read_bytes(path), kind, str(path))


def parse_terms(data: bytes, kind: str, name: str = "file") -> Reading:
    """The terms in the content of a file (see `read_terms`)."""
    if kind == "csv":
        text = files.decode(data, name)
        kind = _csv_kind(text)
        if kind == "csv":
            return Reading([_original(term) for term in Glossary.parse(text, name)])
    try:
        rows = list(_READERS[kind](data, name))
    except InputError:
        raise
    except RowError as error:
        raise InputError(f"{name}:{error}") from None
    except Exception as error:  # the libraries raise what they like on a broken file
        raise InputError(f"{name}{_reason(error)}") from error
    return _gather(rows, name)


def write_terms(terms: Iterable[Term], path: Path | str, name: str | None = None) -> Writing:
    """Write terms in the format of another tool; an existing file is replaced.

    Raises:
        InputError: the format is unknown.
        OutputError: the file cannot be written.
    """
    writing = serialize(terms, format_of(path, name))
    files.write(Path(path), writing.data)
    return writing


def serialize(terms: Iterable[Term], kind: str) -> Writing:
    """The content of a file in a format, a key of `FORMATS`, for these terms."""
    return _WRITERS[kind](list(terms))


def neutral(text: str) -> str:
    """A cell that no spreadsheet runs; `original` gives it back."""
    return "'" + text if _FORMULA.match(text) else text


def original(text: str) -> str:
    """A cell as it was before `neutral`."""
    return text[1:] if _NEUTRAL.match(text) else text


def exonyms() -> list[Term]:
    """Names of countries, territories and languages that English writes in another way, from Babel's CLDR data.

    They are case-sensitive names, of the domains `place` and `language`. Regions of the world (numbers in CLDR) are not
    among them: what CLDR calls `Amerika` is the two Americas.
    """
    from babel import Locale

    dutch, english = Locale.parse(SOURCE), Locale.parse(TARGET)
    found: dict[str, Term] = {}
    for domain, here, there in (
        ("place", dutch.territories, english.territories),
        ("language", dutch.languages, english.languages),
    ):
        for code in sorted(here):
            name, target = _plain_name(here[code]), _plain_name(there.get(code, ""))
            if target and name != target and name[:1].isupper() and "(" not in name + target and not code.isdigit():
                found.setdefault(name, Term(name, target, pos="name", domain=domain, case=True))
    return sorted(found.values(), key=lambda t: (t.source.casefold(), t.source))


def _plain_name(name: str) -> str:
    """A name of CLDR's as running text has it."""
    name = name.removesuffix(" SAR van China").removesuffix(" SAR China")
    return name.replace("’", "'").replace(" & ", " and ").replace(" - ", "-")


# From rows to terms --------------------------------------------------------------------------------------------------


def _gather(rows: Iterable[Row], name: str) -> Reading:
    """The terms of rows; those of one source and domain become one term that accepts the English of each."""
    there: dict[tuple[str, str], dict[str, str]] = {}
    places: dict[tuple[str, str], tuple[int, str]] = {}
    left_out: list[tuple[int, str]] = []
    for number, (line, row) in enumerate(rows):
        place = f"{name}:{line}" if line else name
        fields = {column: value if column == "note" else _tidy(value) for column, value in row.items()}
        fields["note"] = _take_remarks(fields)
        fields["pos"] = _pos(fields.get("pos", ""))
        key = fields.get("source", ""), fields.get("domain", "")
        if not key[0]:
            left_out.append((number, f"{place}: the entry has no Dutch."))
            continue
        first = there.setdefault(key, fields)
        places.setdefault(key, (number, place))
        if first is not fields:
            for column in ("target", "forbidden"):
                first[column] = _parts(first.get(column, ""), fields.get(column, ""))
            for column, value in fields.items():
                first[column] = first.get(column) or value
    terms = []
    for key, fields in there.items():
        number, place = places[key]
        if not fields.get("target") and not fields.get("keep"):
            left_out.append((number, f"{place}: {key[0]!r} has no English."))
            continue
        try:
            terms.append(parse_term(fields))
        except GlossaryError as error:
            left_out.append((number, f"{place}: {error}"))
    return Reading(terms, [text for _, text in sorted(left_out)])


def _parts(*lists: str) -> str:
    """One list out of lists that are parted by `|`, each part once."""
    parts = (part.strip() for text in lists for part in text.split("|"))
    return "|".join(dict.fromkeys(filter(None, parts)))


def _tidy(text: str) -> str:
    """One line, with plain spaces, without soft hyphens and the like."""
    text = unicodedata.normalize("NFC", "".join(c for c in text if unicodedata.category(c) != "Cf"))
    return " ".join(text.split())


def _pos(value: str) -> str:
    """A part of speech as we name it, or nothing."""
    value = value.casefold()
    value = _POS_NAMES.get(value, value)
    return value if value in POS else ""


def _remarks(term: Term) -> dict[str, str]:
    """What most formats have no place for."""
    row = term.row()
    remarks = {"also": "|".join(term.targets[1:]), **{c: row[c] for c in _REMARKS[1:]}}
    return {name: value for name, value in remarks.items() if value}


def _remark_lines(term: Term, without: tuple[str, ...] = ()) -> list[str]:
    return [f"{name}: {value}" for name, value in _remarks(term).items() if name not in without]


def _take_remarks(fields: dict[str, str]) -> str:
    """Put the remarks in the note of an entry into its fields; what remains is the note."""
    rest = []
    also = fields.pop("also", "")
    for line in fields.pop("note", "").splitlines():
        found = _REMARK.fullmatch(line.strip())
        if not found or found.group(2) not in _VALUES.get(found.group(1), (found.group(2),)):
            rest.append(line.strip())
        elif found.group(1) == "also":
            also = found.group(2)
        else:
            fields[found.group(1)] = found.group(2)
    fields["target"] = _parts(fields.get("target", ""), also)
    return "\n".join(rest).strip()


def _reason(error: Exception) -> str:
    """What a library says of a broken file, with the line where it knows one, to go behind the name of the file."""
    message = " ".join(str(getattr(error, "msg", error)).split()) or type(error).__name__
    line = getattr(error, "lineno", None)
    if not isinstance(line, int):
        found = re.search(r",? on line (\d+)", message)
        line = int(found.group(1)) if found else None
    position = getattr(error, "position", None)
    column = f":{position[1]}" if isinstance(position, tuple) and line else ""
    return f"{f':{line}{column}' if line else ''} cannot be read: {message[:200].rstrip('.')}."


# Separated text ------------------------------------------------------------------------------------------------------


def _csv_kind(text: str) -> str:
    """Which of the three a CSV file is, by its first row."""
    first = next((r for _, r in split_records(text) if r.strip() and not r.startswith("#")), "").strip()
    names = {cell.strip(' "').casefold() for cell in re.split("[,;\t]", first)}
    if not {"source", "target"} <= names:
        return "deepl-csv"
    return "weblate" if names & {"context", "location", "developer_comments"} else "csv"


def _original(term: Term) -> Term:
    row = term.row()
    if not any(_NEUTRAL.match(value) for value in row.values()):
        return term
    return parse_term({column: original(value) for column, value in row.items()})


def _write_csv(terms: list[Term]) -> Writing:
    first: dict[tuple[str, str], Term] = {}
    left_out = []
    for term in terms:
        if first.setdefault(term.key, term) is not term:
            left_out.append(f"{term.source!r}, {term.target!r}: the file has a term of that source and domain already.")
    rows = (parse_term({c: neutral(v) for c, v in t.row().items()}) if _risky(t) else t for t in first.values())
    return Writing(Glossary.of(rows).text().encode(), left_out)


def _risky(term: Term) -> bool:
    return any(_FORMULA.match(value) for value in term.row().values())


def _read_deepl(data: bytes, name: str) -> Iterator[Row]:
    delimiter = ""
    for line, record in split_records(files.decode(data, name)):
        if record.strip():
            delimiter = delimiter or _delimiter(record)
            yield from _pair([original(cell) for cell in _cells(record, delimiter, line)], name, line)


def _delimiter(record: str) -> str:
    """What parts a row into as many cells as DeepL's have."""
    bare = re.sub('"[^"]*"', "", record)
    return next((d for d in ",;" if bare.count(d) in (1, 3)), ",")


def _read_tabs(data: bytes, name: str) -> Iterator[Row]:
    for line, record in enumerate(files.decode(data, name).split("\n"), 1):
        if record.strip():
            yield from _pair(record.rstrip("\r").split("\t"), name, line)


def _pair(cells: list[str], name: str, line: int) -> Iterator[Row]:
    """A row of DeepL's: two words, and maybe their languages, in which rows of other languages are passed over."""
    cells = [cell.strip() for cell in cells]
    if len(cells) not in (2, 4):
        raise InputError(
            f"{name}:{line}:{min(len(cells), 3)}: the row has {len(cells)} cells: it should have the Dutch and the English, "
            "and maybe their two languages."
        )
    if len(cells) == 4:
        languages = [cell.casefold()[:2] for cell in cells[2:]]
        if languages == [TARGET, SOURCE]:
            cells[:2] = cells[1::-1]
        elif languages != [SOURCE, TARGET]:
            return
    if not cells[0] or not cells[1]:
        raise InputError(f"{name}:{line}:{1 if not cells[0] else 2}: the cell is empty.")
    yield line, {"source": cells[0], "target": cells[1]}


def _cells(record: str, delimiter: str, line: int) -> list[str]:
    try:
        return split_cells(record, delimiter)
    except RowError as error:
        raise RowError(error.column, f"{line}:{error.column}: {error}") from None


def _write_deepl(terms: list[Term], tabs: bool = False) -> Writing:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    seen: set[str] = set()
    left_out = []
    for term in terms:
        if term.source in seen:
            left_out.append(f"{term.source!r} of the domain {term.domain!r}: DeepL takes a source once only.")
            continue
        seen.add(term.source)
        row = [term.source, term.targets[0]]
        if tabs:
            out.write("\t".join(row) + "\n")
        else:
            writer.writerow(map(neutral, row))
    return Writing(out.getvalue().encode(), left_out)


def _read_weblate(data: bytes, name: str) -> Iterator[Row]:
    columns: list[str] = []
    delimiter = ","
    for line, record in split_records(files.decode(data, name)):
        if not record.strip():
            continue
        if not columns:
            delimiter = max(",;\t", key=record.count)
            columns = [cell.strip().casefold() for cell in _cells(record, delimiter, line)]
            continue
        cells = _cells(record, delimiter, line)
        if len(cells) > len(columns):
            raise InputError(
                f"{name}:{line}:{len(columns) + 1}: the row has {len(cells)} cells for {len(columns)} columns: "
                "quote a cell that has the separator in it."
            )
        row = {column: original(cell) for column, cell in zip(columns, cells, strict=False)}
        if row.get("fuzzy", "").casefold() in ("true", "1", "yes"):
            continue
        note = "\n".join(filter(None, (row.get("translator_comments"), row.get("developer_comments"))))
        yield (
            line,
            {
                "source": row.get("source", ""),
                "target": row.get("target", ""),
                "domain": row.get("context", ""),
                "note": note,
            },
        )


def _write_weblate(terms: list[Term]) -> Writing:
    from translate.storage.csvl10n import csvfile

    store = csvfile(fieldnames=list(_WEBLATE), encoding="utf-8")
    store.dialect = "unix"
    for term in terms:
        unit = store.addsourceunit(neutral(term.source))
        unit.target = neutral(term.targets[0])
        unit.context = neutral(term.domain)
        unit.translator_comments = neutral(term.note)
        unit.developer_comments = neutral("\n".join(_remark_lines(term)))
    return Writing(bytes(store))


def _read_utx(data: bytes, name: str) -> Iterator[Row]:
    """UTX of any version. The toolkit's UTX is 1.0: it cannot read the header of 1.20, nor write a quotation mark."""
    lines = [(n, line) for n, line in enumerate(files.decode(data, name).splitlines(), 1) if line.strip()]
    parts = lines[0][1].split(";") if lines else []
    header = next((line for _, line in lines[1:] if line.startswith(("#src", "#tgt"))), "")
    if len(parts) < 2 or "/" not in parts[1] or not header:
        raise InputError(f"{name}:1 is no UTX: its first lines should be '#UTX …; nl/en; …' and '#src<tab>tgt<tab>…'.")
    columns = header[1:].split("\t")
    dutch, english = ("tgt", "src") if parts[1].strip().casefold().startswith(TARGET) else ("src", "tgt")
    for number, line in lines:
        if line.startswith("#"):
            continue
        cells = dict(zip(columns, line.split("\t"), strict=False))
        get = cells.get
        status = get("term status", "").casefold()
        if status not in ("rejected", "obsolete"):
            yield (
                number,
                {
                    "source": get(dutch, ""),
                    "forbidden" if status == "forbidden" else "target": get(english, ""),
                    "pos": get(f"{dutch}:pos", ""),
                    "domain": get("domain", ""),
                    "note": get("comment", ""),
                    **{column: get(column, "") for column in ("match", "case", "keep")},
                },
            )


def _write_utx(terms: list[Term]) -> Writing:
    """UTX 1.20 with a row for each English."""
    date = datetime.now(UTC).date().isoformat()
    lines = [f"#UTX 1.20; {SOURCE}/{TARGET}; {date}; creator: vertaal {VERSION}", "#" + "\t".join(_UTX)]
    left_out = []
    for term in terms:
        if term.source.startswith("#"):
            left_out.append(f"{term.source!r}: a line of UTX with # at its start is a comment.")
            continue
        row = term.row()
        rest = [row["domain"], row["match"], row["case"], row["keep"], " ".join(term.note.split())]
        pos = {"name": "properNoun", "phrase": "sentence"}.get(term.pos, term.pos)
        english = [(t, "approved" if i == 0 else "non-standard") for i, t in enumerate(term.targets)]
        for target, status in english + [(bad, "forbidden") for bad in term.forbidden]:
            lines.append("\t".join([term.source, target, pos, status, *rest]))
    return Writing(("\r\n".join(lines) + "\r\n").encode(), left_out)


# Stores of translate-toolkit -----------------------------------------------------------------------------------------


def _read_tbx(data: bytes, name: str) -> Iterator[Row]:
    from toolkit.terminology import tbx

    return tbx.read(safe_xml(data, name), SOURCE, TARGET)


def _write_tbx(terms: list[Term], version: int) -> Writing:
    from toolkit.terminology import tbx

    entries = [(term, _remark_lines(term, without=("also", "pos", "forbidden"))) for term in terms]
    return Writing(tbx.write(entries, version, SOURCE, TARGET))


def _read_tmx(data: bytes, name: str) -> Iterator[Row]:
    from translate.storage.tmx import tmxfile

    store = tmxfile(io.BytesIO(safe_xml(data, name)))
    for unit in store.units:
        texts: dict[str, str] = {}
        for node in unit.getlanguageNodes():
            code, text = tmx_variant(node)
            texts.setdefault(code[:2], text)
        element = unit.xmlelement
        props = {p.get("type", "").removeprefix("x-"): p.text or "" for p in element.iterchildren("prop")}
        fields = {c: props[c] for c in (*_REMARKS, "domain") if c in props}
        fields.setdefault("domain", props.get("context", ""))
        notes = "\n".join(n.text or "" for n in element.iterchildren("note"))
        texts = {"source": texts.get(SOURCE, ""), "target": texts.get(TARGET, "")}
        yield element.sourceline or 0, {**texts, **fields, "note": notes}


def _write_tmx(terms: list[Term]) -> Writing:
    from lxml import etree
    from translate.storage.tmx import tmxfile

    store = tmxfile(sourcelanguage=SOURCE, targetlanguage=TARGET)
    store.document.getroot().find("header").set("segtype", "phrase")
    for term in terms:
        unit = store.UnitClass(None)
        store.addunit(unit)
        for code, text in ((SOURCE, term.source), (TARGET, term.targets[0])):
            unit.xmlelement.append(unit.createlanguageNode(code, text, ""))
        properties = {"domain": term.domain, **_remarks(term)}
        first: list[tuple[str, dict[str, str], str]] = [("note", {}, term.note)]
        first += [("prop", {"type": f"x-{name}"}, value) for name, value in properties.items()]
        for at, (tag, attributes, text) in enumerate(item for item in first if item[2]):
            child = etree.Element(tag, attributes)
            child.text = text
            unit.xmlelement.insert(at, child)
    return Writing(bytes(store))


def _read_po(data: bytes, name: str) -> Iterator[Row]:
    from translate.storage.pypo import pofile

    store: Any = pofile.parsestring(files.decode(data, name).encode())
    turned = (store.parseheader().get("Language") or "").casefold()[:2] == SOURCE
    for unit in store.units:
        if unit.isheader() or unit.isobsolete() or unit.isfuzzy():
            continue
        notes = "\n".join(filter(None, (unit.getnotes("translator"), unit.getnotes("developer"))))
        source, target = str(unit.source), str(unit.target)
        if turned:
            source, target = target, source
        yield 0, {"source": source, "target": target, "domain": unit.getcontext(), "note": notes}


def _write_po(terms: list[Term]) -> Writing:
    from translate.storage.pypo import pofile

    store: Any = pofile()
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M+0000")
    store.updateheader(
        add=True,
        Project_Id_Version="glossary",
        POT_Creation_Date=now,
        PO_Revision_Date=now,
        Last_Translator="Automatically generated",
        Language_Team="none",
        Language=TARGET,
        Plural_Forms="nplurals=2; plural=(n != 1);",
        MIME_Version="1.0",
        Content_Type="text/plain; charset=UTF-8",
        Content_Transfer_Encoding="8bit",
        X_Generator=f"vertaal {VERSION}",
    )
    for term in terms:
        unit = store.addsourceunit(term.source)
        unit.target = term.targets[0]
        if term.domain:
            unit.setcontext(term.domain)
        if term.note:
            unit.addnote(term.note, "translator")
        for line in _remark_lines(term):
            unit.addnote(line, "developer")
    return Writing(bytes(store))


_READERS: dict[str, Callable[[bytes, str], Iterable[Row]]] = {
    "deepl-csv": _read_deepl,
    "deepl-tsv": _read_tabs,
    "tbx": _read_tbx,
    "tbx3": _read_tbx,
    "tmx": _read_tmx,
    "po": _read_po,
    "weblate": _read_weblate,
    "utx": _read_utx,
}
_WRITERS: dict[str, Callable[[list[Term]], Writing]] = {
    "csv": _write_csv,
    "deepl-csv": _write_deepl,
    "deepl-tsv": partial(_write_deepl, tabs=True),
    "tbx": partial(_write_tbx, version=2),
    "tbx3": partial(_write_tbx, version=3),
    "tmx": _write_tmx,
    "po": _write_po,
    "weblate": _write_weblate,
    "utx": _write_utx,
}
