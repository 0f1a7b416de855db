"""Catalogs in the formats of other programs: XLIFF 2 and TMX through translate-toolkit, and CSV.

XLIFF and CSV carry every message, for a person to translate in their own program and bring back; TMX carries what people
approved, as a translation memory. CSV has the columns of translate-toolkit and Weblate; it is read and written with Python's
own module, since translate-toolkit's guesses the delimiter and drops backslashes.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import polib

from toolkit import files
from toolkit.catalogs.catalog import Catalog
from toolkit.catalogs.ownership import owner, state, unmark, without_mark
from toolkit.documents.plaintext import normalise
from toolkit.errors import CatalogError, InputError
from toolkit.markup import safe_xml, tmx_variant
from toolkit.version import VERSION

Format = Literal["xliff", "tmx", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)

SOURCE = "nl"
COLUMNS = ("location", "source", "target", "id", "fuzzy", "context", "translator_comments", "developer_comments")
_SUFFIXES: dict[str, Format] = {".xlf": "xliff", ".xliff": "xliff", ".tmx": "tmx", ".csv": "csv"}
_OTHER_NAMES = {"original": "source", "translation": "target", "translated": "target", "nl": "source", "en": "target"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_YES = {"1", "x", "true", "yes", "fuzzy"}


class Pair(NamedTuple):
    """A sentence as another program has it; `approved` says that a person confirmed it, `fuzzy` that one still must."""

    source: str
    target: str
    context: str | None = None
    fuzzy: bool = False
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the pairs of a file.

    Attributes:
        changed: messages that got another translation; they are a person's now.
        approved: messages whose translation was confirmed.
        kept: pairs that differ from what a person wrote in the catalog, which stayed.
        unknown: pairs whose Dutch the catalog does not have.
    """

    changed: int
    approved: int
    kept: tuple[Pair, ...]
    unknown: tuple[Pair, ...]


def format_of(path: Path, form: str | None = None) -> Format:
    """The format that is asked for, or that the name of a file tells.

    Raises:
        InputError: it is none of `FORMATS`.
    """
    found = form or _SUFFIXES.get(path.suffix.lower(), "")
    if found not in FORMATS:
        raise InputError(f"The format of {path} is not known: use {', '.join(FORMATS)}.")
    return found


def export_catalog(catalog: Catalog, form: Format) -> bytes:
    """A catalog as a file of another format; obsolete messages are left out.

    Raises:
        CatalogError: a message has a character that XML cannot hold.
    """
    return _WRITERS[form](catalog)


def import_pairs(catalog: Catalog, pairs: Iterable[Pair], overwrite: bool = False) -> Imported:
    """Take translations over into a catalog; what comes in is a person's.

    A translation that a person wrote or approved in the catalog itself stays, unless `overwrite`.
    """
    entries: dict[str, list[polib.POEntry]] = {}
    for entry in catalog:
        entries.setdefault(entry.msgid, []).append(entry)
    changed = approved = 0
    kept, unknown = [], []
    for pair in pairs:
        there = entries.get(pair.source, [])
        fitting = [e for e in there if pair.context in (None, e.msgctxt or "")] or (there if len(there) == 1 else [])
        if not fitting:
            unknown.append(pair)
        for entry in fitting if pair.target else ():
            if entry.msgstr == pair.target:
                if state(entry) != "approved" and (pair.approved or (entry.fuzzy and not pair.fuzzy)):
                    unmark(entry)
                    approved += 1
            elif owner(entry) == "person" and not overwrite:
                kept.append(pair)
            else:
                entry.msgstr = pair.target
                unmark(entry)
                entry.flags = ["fuzzy", *entry.flags] if pair.fuzzy else entry.flags
                changed += 1
    if changed or approved:
        catalog.stamp()
    return Imported(changed, approved, tuple(kept), tuple(unknown))


def read_pairs(path: Path | str, form: Format, language: str = "en") -> list[Pair]:
    """The sentences of a file of another format, in its order.

    Raises:
        InputError: it cannot be read, declares XML entities, or is not of that format; the message says where.
    """
    return list(_READERS[form](files.read_bytes(Path(path)), str(path), language))


def read_tmx(path: Path | str, language: str = "en") -> Iterator[tuple[str, str]]:
    """The Dutch and English sentences of a TMX 1.4 file (LISA, 2005), white space and odd characters normalised.

    Of several variants of a language, such as en-GB and en-US, the one of `language` counts, else the first.

    Raises:
        InputError: it cannot be read, is not XML, declares entities, or is no TMX.
    """
    for pair in read_pairs(path, "tmx", language):
        yield _plain(pair.source), _plain(pair.target)


def _plain(text: str) -> str:
    return " ".join(normalise(text).split())


def _unit_id(entry: polib.POEntry) -> str:
    """The same for a message in every export; an XML name token."""
    return "m" + sha256(f"{entry.msgctxt or ''}\4{entry.msgid}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _locations(entry: polib.POEntry) -> str:
    return " ".join(f"{file}:{line}" if line else file for file, line in entry.occurrences)


def _write_xliff(catalog: Catalog) -> bytes:
    from lxml import etree
    from translate.storage.xliff2 import Xliff2File, Xliff2Unit

    states = {"untranslated": "initial", "fuzzy": "initial", "machine": "translated", "approved": "final"}
    store = Xliff2File()
    store.sourcelanguage, store.targetlanguage = SOURCE, catalog.language.replace("_", "-")
    store.body.set("id", catalog.domain)
    for entry in catalog:
        _check_xml(entry)
        segment = Xliff2Unit(entry.msgid)
        segment.setid(_unit_id(entry))
        if entry.msgstr:
            segment.target = entry.msgstr
        segment.xmlelement.set("state", states[state(entry)])
        unit = segment.getunitelement()
        # XLIFF 2.0 has white space kept by the unit, not by the segment, where translate-toolkit puts the attribute.
        segment.xmlelement.attrib.pop(_SPACE, None)
        unit.set(_SPACE, "preserve")
        if entry.msgctxt:
            unit.set("name", entry.msgctxt)
        notes = etree.Element(segment.namespaced("notes"))
        for category, text in (("location", _locations(entry)), ("description", entry.comment)):
            if text:
                etree.SubElement(notes, segment.namespaced("note"), category=category).text = _NOT_XML.sub("", text)
        if len(notes):
            unit.insert(0, notes)
        store.addunit(segment)
    return bytes(store)


def _read_xliff(data: bytes, name: str, language: str) -> Iterator[Pair]:
    from translate.storage.xliff2 import Xliff2File

    store = _parsed(Xliff2File, data, name, "XLIFF 2", "xliff")
    if not str(store.document.getroot().get("version", "")).startswith("2."):
        raise InputError(f"{name} is not XLIFF 2: save it in that version.")
    for unit in store.units:
        source, target = str(unit.source or ""), str(unit.target or "")
        context = unit.getunitelement().get("name", "")
        confirmed = unit.xmlelement.get("state") in ("reviewed", "final")  # for translate-toolkit also without a state
        yield Pair(source, target, context, fuzzy=unit.isfuzzy(), approved=confirmed)


def _write_tmx(catalog: Catalog) -> bytes:
    from translate.storage.tmx import tmxfile

    store = tmxfile(sourcelanguage=SOURCE, targetlanguage=catalog.language.replace("_", "-"))
    header = store.document.getroot().find("header")
    header.set("creationtool", "vertaal")
    header.set("creationtoolversion", VERSION)
    for entry in catalog:
        if entry.msgctxt is None and state(entry) == "approved" and entry.msgstr:
            _check_xml(entry)
            store.addtranslation(entry.msgid, SOURCE, entry.msgstr, store.targetlanguage)
    return bytes(store)


def _read_tmx(data: bytes, name: str, language: str) -> Iterator[Pair]:
    from translate.storage.tmx import tmxfile

    store = _parsed(tmxfile, data, name, "TMX", "tmx")
    wanted = language.replace("_", "-").casefold()
    for unit in store.units:
        texts: dict[str, str] = {}
        for variant in unit.getlanguageNodes():
            code, text = tmx_variant(variant)
            for key in (code, code.split("-")[0]):
                texts.setdefault(key, text)
        english = texts.get(wanted) or texts.get(wanted.split("-")[0])
        if texts.get(SOURCE) and english:
            yield Pair(texts[SOURCE], english, approved=True)


def _write_csv(catalog: Catalog) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for entry in catalog:
        fuzzy = "True" if state(entry) == "fuzzy" else "False"
        middle = [entry.msgid, entry.msgstr, "", fuzzy, entry.msgctxt or ""]
        writer.writerow([_locations(entry), *middle, without_mark(entry.tcomment), entry.comment])
    return target.getvalue().encode("utf-8")


def _read_csv(data: bytes, name: str, language: str) -> Iterator[Pair]:
    text = files.decode(data, name)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [_OTHER_NAMES.get(c.strip().casefold(), c.strip().casefold()) for c in next(reader, [])]
        if "source" not in columns or "target" not in columns:
            raise InputError(f"{name}:1 names no columns 'source' and 'target': give it such a first row.")
        for row in reader:
            if not row:
                continue
            if len(row) > len(columns):
                raise InputError(
                    f"{name}:{reader.line_num} has {len(row)} columns, the first row {len(columns)}: mend it."
                )
            cells = dict(zip(columns, row, strict=False))
            fuzzy = cells.get("fuzzy", "").strip().casefold() in _YES
            yield Pair(cells.get("source", ""), cells.get("target", ""), cells.get("context"), fuzzy)
    except csv.Error as error:
        raise InputError(f"{name}:{reader.line_num} is not right CSV ({error}): mend the line.") from error


def _parsed(kind: Any, data: bytes, name: str, what: str, root: str) -> Any:
    """An XML file, by translate-toolkit."""
    safe = safe_xml(data, name)
    try:
        store = kind.parsestring(safe)
    except Exception as error:  # whatever lxml and translate-toolkit make of it
        line = getattr(error, "lineno", None)
        reason = " ".join(str(error).split())[:200]
        raise InputError(f"{name}{f':{line}' if line else ''} is not {what} ({reason}): mend it.") from error
    if store.document.getroot().tag.rpartition("}")[2] != root:
        raise InputError(f"{name} is not {what}: its first element is not {root!r}.")
    return store


def _check_xml(entry: polib.POEntry) -> None:
    """Refuse what XML 1.0, section 2.2, has no place for; translate-toolkit would drop it silently."""
    if _NOT_XML.search(entry.msgid + entry.msgstr):
        raise CatalogError(
            f"The message {entry.msgid[:60]!r} has a control character, which XML cannot hold: remove it, or use CSV."
        )


_READERS: dict[Format, Callable[[bytes, str, str], Iterator[Pair]]] = {
    "xliff": _read_xliff,
    "tmx": _read_tmx,
    "csv": _read_csv,
}
_WRITERS: dict[Format, Callable[[Catalog], bytes]] = {"xliff": _write_xliff, "tmx": _write_tmx, "csv": _write_csv}
