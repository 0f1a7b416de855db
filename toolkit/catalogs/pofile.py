"""Reading PO files through polib, and writing them as GNU msgcat does.

polib forgets the previous msgid of obsolete messages (`#~|`) when it reads, and wraps lines otherwise than msgcat, which
makes noisy diffs; so reading hands it those lines as it understands them, and writing is done here. The format is that of
the GNU gettext manual, section "The Format of PO Files".
"""

from __future__ import annotations

import re
from pathlib import Path

import polib

from toolkit import files
from toolkit.errors import CatalogError

WIDTH = 79  # columns of a line, as msgcat has it

_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})", re.MULTILINE)
_CHARSET = re.compile(rb"charset=([\w.:-]+)", re.IGNORECASE)


def read(path: Path) -> polib.POFile:
    """The messages of a .po or .pot file; the previous msgid of an obsolete message is kept.

    Raises:
        InputError: the file cannot be read.
        CatalogError: its syntax, charset or messages are wrong; the message names file and line.
    """
    return parse(files.read_bytes(path), str(path))


def parse(data: bytes, name: str) -> polib.POFile:
    """See `read`."""
    declared = _CHARSET.search(data[:4096])
    charset = declared.group(1).decode("ascii") if declared else "utf-8"
    if charset.upper() == "CHARSET":
        charset = "utf-8"
    try:
        text = data.decode(charset).removeprefix("\ufeff")
    except LookupError as error:
        raise CatalogError(f"{name} says its charset is {charset!r}, which is not known: use UTF-8.") from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CatalogError(f"{name}:{line} is not {charset} text as its header says: save it as UTF-8.") from error
    if "\0" in text:
        raise CatalogError(f"{name} is a binary file, not a catalog.")
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        raise CatalogError(f"{name}:{line} has a conflict marker of version control: resolve the conflict first.")
    text = re.sub(r"^#~\| ?", "#| ", text.replace("\r\n", "\n"), flags=re.MULTILINE)
    # Beside `#| msgctxt`, an empty `#| msgid ""` that several lines follow is no message of its own.
    try:
        catalog = polib.pofile(text + "\n", encoding="utf-8", check_for_duplicates=False)
    except (OSError, ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        found = re.search(r"line (\d+)", str(error))
        place = f"{name}:{found.group(1)}" if found else name
        reason = re.sub(r"Syntax error in po file\s*\S*\s*\(line \d+\):?\s*", "", str(error)).strip()
        raise CatalogError(f"{place} is not right PO syntax{f' ({reason})' if reason else ''}: mend the line.") from error
    catalog.fpath = name
    if not catalog and not catalog.metadata and data.strip():
        raise CatalogError(f"{name} has no gettext messages in it: is it a catalog?")
    seen: dict[tuple[str | None, str], int] = {}
    for entry in catalog:
        key = (entry.msgctxt, entry.msgid)
        if entry.obsolete:
            continue
        if key in seen:
            raise CatalogError(f"{name}:{entry.linenum} has the message {entry.msgid[:60]!r} a second time (first in line {seen[key]}): remove one.")
        seen[key] = entry.linenum
    return catalog


def text(catalog: polib.POFile) -> str:
    """The catalog as the text of a file, wrapped at `WIDTH` columns; messages are parted by blank lines, obsolete ones last."""
    parts = [_header(catalog)]
    parts.extend(entry_text(e) for e in catalog if not e.obsolete)
    parts.extend(entry_text(e) for e in catalog if e.obsolete)
    return "\n".join(parts)


def entry_text(entry: polib.POEntry) -> str:
    """One message as it stands in the file."""
    lines = [f"# {line}".rstrip() for line in entry.tcomment.split("\n")] if entry.tcomment else []
    if not entry.obsolete:
        lines += [f"#. {line}".rstrip() for line in entry.comment.split("\n")] if entry.comment else []
        lines += _references(entry.occurrences)
    if flags := [f for f in dict.fromkeys(entry.flags) if f]:
        lines.append("#, " + ", ".join(flags))
    previous, mark = ("#~| ", "#~ ") if entry.obsolete else ("#| ", "")
    if entry.previous_msgctxt is not None:
        lines += _string("msgctxt", entry.previous_msgctxt, previous)
    if entry.previous_msgid is not None:
        lines += _string("msgid", entry.previous_msgid, previous)
    if entry.previous_msgid_plural is not None:
        lines += _string("msgid_plural", entry.previous_msgid_plural, previous)
    if entry.msgctxt is not None:
        lines += _string("msgctxt", entry.msgctxt, mark)
    lines += _string("msgid", entry.msgid, mark)
    if entry.msgid_plural:
        lines += _string("msgid_plural", entry.msgid_plural, mark)
        for index in sorted(entry.msgstr_plural):
            lines += _string(f"msgstr[{index}]", entry.msgstr_plural[index], mark)
    else:
        lines += _string("msgstr", entry.msgstr, mark)
    return "\n".join(lines) + "\n"


def _header(catalog: polib.POFile) -> str:
    lines = [f"# {line}".rstrip() for line in catalog.header.split("\n")] if catalog.header else []
    if catalog.metadata_is_fuzzy:
        lines.append("#, fuzzy")
    body = "".join(f"{key}: {value}\n" for key, value in catalog.metadata.items())
    return "\n".join([*lines, *_string("msgid", "", ""), *_string("msgstr", body, "")]) + "\n"


def _references(occurrences: list[tuple[str, str]]) -> list[str]:
    lines: list[str] = []
    current = "#:"
    for file, line in occurrences:
        name = f"\u2068{file}\u2069" if " " in file else file
        reference = f"{name}:{line}" if line else name
        if len(current) > 2 and len(current) + 1 + len(reference) > WIDTH:
            lines.append(current)
            current = "#:"
        current += f" {reference}"
    return [*lines, current] if len(current) > 2 else lines


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\v": "\\v", "\b": "\\b", "\f": "\\f", "\a": "\\a"}
_ESCAPED = re.compile(r'[\\"\n\t\r\v\b\f\a]')


def _string(keyword: str, value: str, prefix: str) -> list[str]:
    """A keyword with its string, broken over lines where it is too long or has line ends in it."""
    escaped = _ESCAPED.sub(lambda m: _ESCAPES[m.group()], value)
    single = f'{prefix}{keyword} "{escaped}"'
    breaks = "\n" in value.rstrip("\n") or value.count("\n") > 1 or (keyword == "msgstr" and value.endswith("\n") and value[:-1].count(": "))
    if not breaks and len(single) <= WIDTH and (single.isascii() or _columns(single) <= WIDTH):
        return [single]
    from unicode_segmentation_rs import gettext_wrap

    lines = [f'{prefix}{keyword} ""']
    for part in re.split(r"(?<=\\n)", re.sub(r"\\\\", "\0", escaped)):
        if part:
            lines += [f'{prefix}"{line}"' for line in gettext_wrap(part.replace("\0", "\\\\"), WIDTH - 2 - len(prefix))]
    return lines


def _columns(line: str) -> int:
    from unicode_segmentation_rs import text_width

    return int(text_width(line))
