"""Reading and writing PO files as GNU gettext does.

The messages are polib's objects; the file is read and written here, since polib forgets the previous msgid of an obsolete
message (`#~|`), stops at a comment without a space after the `#` or a line separator (U+2028) in a string, parts file names
with spaces, and wraps lines otherwise than msgcat, which makes noisy diffs. The format is that of the GNU gettext manual,
section "The Format of PO Files".

What is written is what msgcat writes, byte for byte, but for these: flags other than fuzzy of obsolete messages and comments
below the last message are kept (those at the head of the file), an empty comment alone (`#.`) is not, lines are not broken
otherwise after the control characters U+0085, U+2028 and U+2029, and several places with spaces in their file names stand as
the manual says, which msgcat 0.21 misreads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib
from unicode_segmentation_rs import line_break_units, text_width

from toolkit import files
from toolkit.errors import CatalogError

WIDTH = 79  # columns of a line, as msgcat has it

_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: |$)", re.MULTILINE)
_CHARSET = re.compile(rb'(?:"|\\n)Content-Type:[^"\n]*?charset=([^\s"\\;]+)', re.IGNORECASE)
_OTHER_CHARSET = re.compile(r"(?<=charset=)(?!utf-?8\b|charset\b)[^\s;]+", re.IGNORECASE)
_BINARY = (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde")  # how compiled catalogs begin


def read(path: Path) -> polib.POFile:
    """The messages of a .po or .pot file.

    Raises:
        InputError: the file cannot be read.
        CatalogError: its syntax, charset or messages are wrong; the message names file and line.
    """
    return parse(files.read_bytes(path), str(path))


def parse(data: bytes, name: str) -> polib.POFile:
    """The messages in the bytes of a file: see `read`. `linenum` of a message is the line of its msgid."""
    text = _decode(data, name)
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        raise CatalogError(f"{name}:{line} has a conflict marker of version control: resolve the conflict first.")
    return _Parser(name).parse(text)


def text(catalog: polib.POFile) -> str:
    """The catalog as the text of a file, wrapped at `WIDTH` columns; messages are parted by blank lines, obsolete ones last."""
    parts = [_header(catalog)]
    parts.extend(entry_text(e) for e in catalog if not e.obsolete)
    parts.extend(entry_text(e) for e in catalog if e.obsolete)
    return "\n".join(parts)


def entry_text(entry: polib.POEntry) -> str:
    """One message as it stands in the file."""
    lines = list(_comment("#", entry.tcomment))
    lines += _comment("#.", entry.comment)
    lines += _references(entry.occurrences)
    empty = not (entry.msgstr or entry.msgstr_plural.get(0))  # fuzzy then says nothing
    flags = sorted({f for f in entry.flags if f and not (empty and f == "fuzzy")}, key=_flag_order)
    if flags:
        lines.append("#, " + ", ".join(flags))
    width = 0 if "no-wrap" in flags else WIDTH
    previous, mark = ("#~| ", "#~ ") if entry.obsolete else ("#| ", "")
    for keyword in ("msgctxt", "msgid", "msgid_plural"):
        value = getattr(entry, f"previous_{keyword}")
        if value is None and keyword == "msgid" and entry.previous_msgctxt is not None:
            value = ""  # a previous msgctxt alone is no right syntax
        if value is not None:
            lines += _string(keyword, value, previous, width)
    if entry.msgctxt is not None:
        lines += _string("msgctxt", entry.msgctxt, mark, width)
    lines += _string("msgid", entry.msgid, mark, width)
    if entry.msgid_plural:
        lines += _string("msgid_plural", entry.msgid_plural, mark, width)
        for index in sorted(entry.msgstr_plural):
            lines += _string(f"msgstr[{index}]", entry.msgstr_plural[index], mark, width)
    else:
        lines += _string("msgstr", entry.msgstr, mark, width)
    return "\n".join(lines) + "\n"


def _header(catalog: polib.POFile) -> str:
    lines = list(_comment("#", catalog.header))
    if catalog.metadata_is_fuzzy:
        lines.append("#, fuzzy")
    body = "".join(f"{key}: {value}\n" for key, value in catalog.metadata.items())
    return "\n".join([*lines, *_string("msgid", "", "", WIDTH), *_string("msgstr", body, "", WIDTH)]) + "\n"


def _comment(mark: str, value: str) -> Iterator[str]:
    for line in value.split("\n") if value else ():
        # GNU gettext goes on with a line after a backslash, in comments too.
        yield f"{mark} {line}{' ' if line.endswith(chr(92)) else ''}" if line else mark


def _flag_order(flag: str) -> tuple[int, str]:
    """fuzzy first, wrapping and ranges last, as msgcat has it."""
    return (0 if flag == "fuzzy" else 2 if flag.endswith("wrap") else 3 if flag.startswith("range") else 1), flag


def _references(occurrences: list[tuple[str, str]]) -> list[str]:
    """The `#:` lines; a file name with spaces stands between U+2068 and U+2069, and counts in bytes, as with msgcat."""
    lines: list[str] = []
    current, column = "#:", 2
    for name, line in dict.fromkeys(occurrences):
        file = name
        while file.startswith("./"):
            file = file[2:]
        end = f":{line}" if line else ""
        length = len(file.encode("utf-8", "surrogatepass")) + len(end) + 1
        spaced = " " in file or "\t" in file
        if column > 2 and column + length > WIDTH:
            lines.append(current)
            current, column = "#:", 2
        current += f" \u2068{file}\u2069{end}" if spaced else f" {file}{end}"
        column += length
    return [*lines, current] if column > 2 else lines


_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\v": "\\v",
    "\b": "\\b",
    "\f": "\\f",
    "\a": "\\a",
}
_ESCAPED = re.compile(r'[\\"\n\t\r\v\b\f\a]')
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def _string(keyword: str, value: str, prefix: str, width: int) -> list[str]:
    """A keyword with its string, broken over lines where it is too long or has line ends in it; no width, no breaks."""
    lines = [_ESCAPED.sub(lambda m: _ESCAPES[m.group()], line) for line in _LINE.findall(value)]
    room = width - len(prefix) - 2
    if len(lines) < 2:
        first = lines[0] if lines else ""
        if not width or len(_fill(first, room, len(keyword) + 1)) < 2:
            return [f'{prefix}{keyword} "{first}"']
    broken = (part for line in lines for part in (_fill(line, room, 0) if width else [line]))
    return [f'{prefix}{keyword} ""', *(f'{prefix}"{part}"' for part in broken)]


def _fill(line: str, room: int, column: int) -> list[str]:
    """An escaped line, broken at the last opportunity before `room` columns are full; the first part begins at `column`."""
    if line.isascii() and column + len(line) <= room:
        return [line]
    pieces = _pieces(line)
    parts, start = [], 0
    for at, piece in enumerate(pieces):
        width = len(piece) if piece.isascii() else int(text_width(piece))
        if at > start and column + width > room:
            parts.append("".join(pieces[start:at]))
            start, column = at, 0
        column += width
    return [*parts, "".join(pieces[start:])]


# What the line breaking of Unicode (UAX #14) has and libunistring, which msgcat uses, has not: rule LB29, that no break comes
# after a full stop, comma or colon before a letter. It also knows nothing of escapes, so it must not part them.
_AFTER_STOP = re.compile(r"[.,:;](?=[^\W\d]|[&*=<>@#^~§½×_])")


def _pieces(line: str) -> list[str]:
    """The parts of an escaped line between the opportunities to break it."""
    units: list[str] = line_break_units(line)
    if "\\" not in line and not _AFTER_STOP.search(line):
        return units
    pieces, held = [], ""
    for unit in units:
        start = 0
        for stop in [*(m.end() for m in _AFTER_STOP.finditer(unit)), len(unit)]:
            held += unit[start:stop]
            start = stop
            if (len(held) - len(held.rstrip("\\"))) % 2 == 0:
                pieces.append(held)
                held = ""
    if pieces[-1] == "\\n" and len(pieces) > 1:  # never alone on a line
        pieces[-2:] = ["".join(pieces[-2:])]
    return pieces


def _decode(data: bytes, name: str) -> str:
    if data.startswith(_BINARY):
        raise CatalogError(f"{name} is a compiled catalog (.mo): give the .po file, or make one with 'msgunfmt'.")
    if b"\0" in data:
        raise CatalogError(f"{name} is a binary file, not a catalog: give a .po file.")
    declared = _CHARSET.search(data)
    charset = declared.group(1).decode("ascii", "replace") if declared else "utf-8"
    if charset.upper() == "CHARSET":  # a template's place for it
        charset = "utf-8"
    line = data.count(b"\n", 0, declared.start()) + 1 if declared else 1
    try:
        return data.decode(charset).removeprefix("\ufeff")
    except LookupError as error:
        raise CatalogError(
            f"{name}:{line} says that the charset is {charset!r}, which is not known: use UTF-8."
        ) from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CatalogError(f"{name}:{line} is not {charset} text as its header says: save it as UTF-8.") from error


_TOKEN = re.compile(
    r'[ \t]*(?:(msgctxt|msgid_plural|msgid|msgstr)(?:[ \t]*\[[ \t]*(\d+)[ \t]*\])?|"((?:[^"\\]|\\.)*)")[ \t]*'
)
_REFERENCE = re.compile(r"\u2068([^\u2069]*)\u2069(?::(\d+))?(?=[ \t]|$)|([^ \t]+?)(?::(\d+))?(?=[ \t]|$)")
_UNESCAPED = {escape[1]: char for char, escape in _ESCAPES.items()}
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)")


class _Parser:
    """Reads the lines of one file into messages."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._number = 0  # of the line
        self._catalog = polib.POFile(wrapwidth=WIDTH, encoding="utf-8")
        self._catalog.fpath = name
        self._lines: dict[tuple[str | None, str], int] = {}  # of the messages that are not obsolete
        self._new()

    def parse(self, text: str) -> polib.POFile:
        """The catalog in a text.

        Raises:
            CatalogError: it is not right; the message names the line.
        """
        for self._number, line in enumerate(text.split("\n"), 1):
            line = line.strip()
            if line[:1] == "#":
                self._hash(line)
            elif line:
                self._tokens(line, "")
        self._finish()
        if rest := self._comments["tcomment"]:  # below the last message: kept at the head of the file
            self._catalog.header = "\n".join(filter(None, [self._catalog.header, *rest]))
        if not self._lines and not self._catalog and text.strip():
            raise CatalogError(f"{self._name} has no gettext messages in it: is it a catalog?")
        return self._catalog

    def _new(self) -> None:
        self._entry = polib.POEntry()
        self._comments: dict[str, list[str]] = {"tcomment": [], "comment": []}
        self._begun = ""  # the last keyword of the message itself
        self._field = ""  # the attribute that strings are read for, with an index for msgstr[index]
        self._index: int | None = None
        self._mark = ""  # what stands before its lines: `#~`, `#|`, `#~|`
        self._parts: list[str] = []

    def _hash(self, line: str) -> None:
        """A line that begins with `#`."""
        kind = line[1:2]
        if kind == "~":
            rest = line[2:].lstrip()
            if rest[:1] == "#":  # a comment of an obsolete message, as some programs write it
                self._hash(rest)
            elif rest[:1] == "|":
                self._tokens(rest[1:].lstrip(), "#~|")
            elif rest:
                self._tokens(rest, "#~")
            return
        if kind == "|":
            self._tokens(line[2:].lstrip(), "#|")
            return
        if self._begun == "msgstr":
            self._finish()
        if kind and kind in ",=!":
            flags = (flag.strip() for flag in line[2:].split(","))
            self._entry.flags += [flag for flag in flags if flag and flag not in self._entry.flags]
        elif kind == ":":
            for spaced, spaced_line, file, file_line in _REFERENCE.findall(line[2:]):
                self._entry.occurrences.append((spaced or file, spaced_line or file_line))
        elif kind == ".":
            self._comments["comment"].append(line[2:].removeprefix(" "))
        else:
            self._comments["tcomment"].append(line[1:].removeprefix(" "))

    def _tokens(self, line: str, mark: str) -> None:
        """Keywords and strings."""
        position = 0
        while position < len(line):
            token = _TOKEN.match(line, position)
            if token is None:
                rest = line[position:]
                quote = position or rest.startswith('"')
                raise self._error(
                    "a quotation mark is missing, or has no backslash before it"
                    if quote
                    else f"{rest[:30]!r} is no keyword"
                )
            position = token.end()
            keyword, index, string = token.groups()
            if keyword:
                self._keyword(keyword, None if index is None else int(index), mark)
            elif not self._field or mark != self._mark:
                raise self._error("a string without a keyword before it")
            else:
                self._parts.append(_ESCAPE.sub(self._unescape, string) if "\\" in string else string)

    def _keyword(self, keyword: str, index: int | None, mark: str) -> None:
        previous = mark.endswith("|")
        if self._begun == "msgstr" and (previous or keyword in ("msgctxt", "msgid")):
            self._finish()
        self._close()
        self._field, self._index, self._mark = keyword, index, mark
        if previous:
            self._field = f"previous_{keyword}"
            if keyword == "msgstr":
                raise self._error("a previous message has no msgstr")
            return
        if keyword in ("msgctxt", "msgid") and self._begun in ("msgid", "msgid_plural", keyword):
            raise self._error(f"the message of line {self._entry.linenum} has no msgstr")
        if keyword == "msgid_plural" and self._begun != "msgid":
            raise self._error("a msgid_plural without a msgid before it")
        if keyword == "msgstr":
            if self._begun not in ("msgid", "msgid_plural", "msgstr"):
                raise self._error("a msgstr without a msgid before it")
            plural = self._entry.msgid_plural != ""
            if (
                plural != (index is not None)
                or (self._begun == "msgstr" and not plural)
                or (plural and index != len(self._entry.msgstr_plural))
            ):
                raise self._error("a msgstr that the message cannot have here")
        if not self._begun:
            self._entry.obsolete = mark == "#~"
        elif self._entry.obsolete != (mark == "#~"):
            raise self._error("a message that is in part obsolete (#~)")
        if keyword == "msgid":
            self._entry.linenum = self._number
        self._begun = keyword

    def _close(self) -> None:
        """Give the message the string that has been read."""
        if not self._field:
            return
        value = "".join(self._parts)
        if self._index is None:
            setattr(self._entry, self._field, value)
        else:
            self._entry.msgstr_plural[self._index] = value
        self._field, self._parts = "", []

    def _finish(self) -> None:
        """Put the message in the catalog."""
        self._close()
        entry, lines = self._entry, self._lines
        if not self._begun:
            return
        if self._begun != "msgstr":
            raise self._error("the last message has no msgstr")
        entry.tcomment, entry.comment = ("\n".join(self._comments[kind]) for kind in ("tcomment", "comment"))
        key = (entry.msgctxt, entry.msgid)
        if not entry.obsolete:
            if key in lines:
                what = f"the message {entry.msgid[:60]!r}" if entry.msgid else "the header"
                raise CatalogError(
                    f"{self._name}:{entry.linenum} has {what} a second time (first in line {lines[key]}): remove one."
                )
            lines[key] = entry.linenum
        if key == (None, "") and not entry.obsolete:
            self._head(entry)
        else:
            self._catalog.append(entry)
        self._new()

    def _head(self, entry: polib.POEntry) -> None:
        self._catalog.header = "\n".join(filter(None, (entry.tcomment, entry.comment)))
        self._catalog.metadata_is_fuzzy = entry.flags
        key = ""
        for line in entry.msgstr.split("\n"):
            name, colon, value = line.partition(":")
            if colon:
                key = name
                self._catalog.metadata[key] = value.strip()
            elif key and line:
                self._catalog.metadata[key] += f"\n{line}"
        if kind := self._catalog.metadata.get("Content-Type"):  # text has no charset any more, and is written as UTF-8
            self._catalog.metadata["Content-Type"] = _OTHER_CHARSET.sub("UTF-8", kind)

    def _unescape(self, found: re.Match[str]) -> str:
        code = found.group(1)
        if code in _UNESCAPED:
            return _UNESCAPED[code]
        if len(code) > (code[0] == "x") and code[0] in "x01234567":
            number = int(code[1:], 16) if code[0] == "x" else int(code, 8)
            if 0 < number < 0x80:
                return chr(number)
        raise self._error(f"the escape \\{code} is not known")

    def _error(self, reason: str) -> CatalogError:
        return CatalogError(f"{self._name}:{self._number} is not right PO syntax ({reason}): mend the line.")
