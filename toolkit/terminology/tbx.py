"""TBX files: TermBase eXchange version 2 (ISO 30042:2008, root `martif`) and version 3 in TBX-Basic (ISO 30042:2019, root `tbx`).

The stores are translate-toolkit's; it has version 2 only, so version 3 is made of the same classes with the names that its
elements have there. What is written has the data categories as attributes (DCA); read are those as elements (DCT) too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO

from lxml import etree
from translate.storage.tbx import tbxfile, tbxunit

from toolkit.terminology.glossary import Term

Row = tuple[int, dict[str, str]]  # the line of the entry, and its columns

_TERM_GROUPS = {"tig", "ntig", "termSec"}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_POS = {"noun": "noun", "verb": "verb", "adjective": "adjective", "name": "properNoun", "phrase": "other"}
_STATUS = "administrativeStatus"
_PREFERRED, _ADMITTED, _DEPRECATED = (f"{s}Term-admn-sts" for s in ("preferred", "admitted", "deprecated"))
_BAD = re.compile(r"deprecated|superseded|forbidden|obsolete", re.IGNORECASE)


class _Unit3(tbxunit):  # type: ignore[misc]
    rootNode = "conceptEntry"
    languageNode = "langSec"


class _File3(tbxfile):  # type: ignore[misc]
    UnitClass = _Unit3
    rootNode = "tbx"
    XMLskeleton = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dca" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader>
<fileDesc>
<sourceDesc><p>Vertaal</p></sourceDesc>
</fileDesc>
</tbxHeader>
<text><body></body></text>
</tbx>"""


def read(data: bytes, source: str, target: str) -> Iterator[Row]:
    """The entries of a TBX file of either version.

    Args:
        data: the file, safe to parse.
        source, target: the languages, as codes of two letters; regional variants are taken too.

    Raises:
        ValueError: it is no TBX.
        lxml.etree.XMLSyntaxError: it is no XML.
    """
    root = etree.QName(etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))).localname
    if root not in ("martif", "tbx"):
        raise ValueError(f"its root is {root!r}, not 'martif' or 'tbx'")
    store = (_File3 if root == "tbx" else tbxfile)(BytesIO(data))
    for unit in store.units:
        yield from _entry(unit.xmlelement, source, target)


def write(terms: Iterable[tuple[Term, list[str]]], version: int, source: str, target: str) -> bytes:
    """A TBX file of version 2 or 3.

    Args:
        terms: each with the remarks on it that TBX has no place for, which become notes.
    """
    store = (_File3 if version == 3 else tbxfile)(sourcelanguage=source, targetlanguage=target)
    unit_class = store.UnitClass
    for term, remarks in terms:
        entry = etree.Element(store.namespaced(unit_class.rootNode))

        def add(parent: etree._Element, name: str, text: str, kind: str = "") -> None:
            child = etree.SubElement(parent, store.namespaced(name), {"type": kind} if kind else {})
            child.text = text

        def group(parent: etree._Element, text: str, status: str = "", pos: str = "") -> None:
            child = etree.SubElement(parent, store.namespaced("termSec" if version == 3 else "tig"))
            add(child, "term", text)
            if pos:
                add(child, "termNote", _POS[pos], "partOfSpeech")
            if pos == "phrase":
                add(child, "termNote", "phrase", "termType")
            if status:
                add(child, "termNote", status, _STATUS)

        if term.domain:
            add(entry, "descrip", term.domain, "subjectField")
        for note in ([term.note] if term.note else []) + remarks:
            add(entry, "note", note)
        group(
            etree.SubElement(entry, store.namespaced(unit_class.languageNode), {_XML_LANG: source}),
            term.source,
            pos=term.pos,
        )
        english = etree.SubElement(entry, store.namespaced(unit_class.languageNode), {_XML_LANG: target})
        group(english, term.targets[0], _PREFERRED)
        for other in term.targets[1:]:
            group(english, other, _ADMITTED)
        for bad in term.forbidden:
            group(english, bad, _DEPRECATED)
        store.addunit(unit_class.createfromxmlElement(entry))
    return bytes(store)


def _entry(entry: etree._Element, source: str, target: str) -> Iterator[Row]:
    dutch: list[tuple[str, str]] = []
    english: list[tuple[str, str]] = []
    for language in entry:
        code = (language.get(_XML_LANG) or language.get("lang") or "").casefold().replace("_", "-").partition("-")[0]
        side = dutch if code == source else english if code == target else None
        if side is None:
            continue
        for group in language.iter():
            if _name(group) in _TERM_GROUPS:
                term = next((_text(node) for node in group.iter() if _name(node) == "term"), "")
                side.append((term, _value(group, _STATUS)))
    good = [
        term
        for term, status in sorted(english, key=lambda e: not e[1].startswith("preferred"))
        if not _BAD.search(status)
    ]
    bad = [term for term, status in english if _BAD.search(status)]
    notes = [_text(node) for node in entry.iter() if _name(node) == "note"] or [_value(entry, "definition")]
    if _value(entry, "Translation needed").casefold() == "no":
        notes.append("keep: yes")
    pos = _value(entry, "partOfSpeech")
    fields = {
        "target": "|".join(filter(None, good)),
        "forbidden": "|".join(filter(None, bad)),
        "pos": "phrase" if _value(entry, "termType") == "phrase" else pos,
        "domain": _value(entry, "subjectField"),
        "note": "\n".join(dict.fromkeys(filter(None, notes))),
    }
    for term, _ in dutch or [("", "")]:
        yield entry.sourceline or 0, {"source": term, **fields}


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _text(node: etree._Element) -> str:
    return "".join(node.itertext()).strip()


def _value(node: etree._Element, kind: str) -> str:
    """The text of the first data category of that kind, be it an attribute's or an element's."""
    return next((_text(n) for n in node.iter() if n.get("type") == kind or _name(n) == kind), "")
