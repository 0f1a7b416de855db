"""XML that others wrote, made safe before a parser sees it: nothing in it may reach out of the file or blow up in memory.

And what glossaries and translation memories both read of it, the variants of a TMX unit.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

from toolkit.errors import InputError

LIMIT = 256 * 1024 * 1024  # bytes

_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_MISC = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DOCTYPE = re.compile(r"""<!DOCTYPE(?:[^"'\[>]|"[^"]*"|'[^']*')*""", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PLAIN = re.compile(r"(?:utf-?8|us-ascii|ascii|iso-8859-\d+|windows-125\d)", re.IGNORECASE)  # ASCII is itself in these


def safe_xml(data: bytes, name: str) -> bytes:
    """An XML file as UTF-8 without its document type, its lines where they were.

    Entities, the billion laughs and external ones among them, are declared in a document type (XML 1.0, section 4.2): one
    that declares anything itself is refused, and no parser is given any, so that none can be fetched either.

    Args:
        data: the file.
        name: what messages call it.

    Raises:
        InputError: it declares entities or the like, is too large, or is in an encoding that could hide them.
    """
    if len(data) > LIMIT:
        raise InputError(f"{name} is larger than {LIMIT // 2**20} MB: split it.")
    text = _decode(data, name)
    if declaration := _DECLARATION.match(text):
        text = "\n" * declaration.group().count("\n") + text[declaration.end() :]
    at = 0
    while misc := _MISC.match(text, at):
        at = misc.end()
    doctype = _DOCTYPE.match(text, at)
    if doctype:
        line = text.count("\n", 0, doctype.end()) + 1
        if text[doctype.end() : doctype.end() + 1] != ">":
            raise InputError(
                f"{name}:{line} has a document type with declarations of its own, such as entities: remove them from the file."
            )
        text = text[:at] + "\n" * doctype.group().count("\n") + text[doctype.end() + 1 :]
    return text.encode()


def _decode(data: bytes, name: str) -> str:
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", ""))
    if not encoding:
        encoding = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(data[:2], "")
    if not encoding:
        declared = _ENCODING.match(data)
        encoding = declared.group(1).decode() if declared else "utf-8"
        if not _PLAIN.fullmatch(encoding):
            raise InputError(f"{name} is in the encoding {encoding!r}: save the file as UTF-8.")
    try:
        text = data[len(mark) :].decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise InputError(f"{name}:{line} is not {encoding.upper()} text: save the file as UTF-8.") from error
    if "\0" in text:
        raise InputError(f"{name} is a binary file, not XML.")
    return text


def tmx_variant(variant: Any) -> tuple[str, str]:
    """The language code, in small letters, and the text of a `tuv` element, the codes of its document left out (TMX 1.4b)."""
    code = variant.get("{http://www.w3.org/XML/1998/namespace}lang") or variant.get("lang") or ""
    segment = next(variant.iterchildren("seg"), None)
    return code.casefold(), "" if segment is None else _segment_text(segment)


def _segment_text(segment: Any) -> str:
    parts = [segment.text or ""]
    for child in segment:
        parts += [_segment_text(child) if child.tag == "hi" else "", child.tail or ""]
    return "".join(parts)
