"""Plain text: reading it into a Document."""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from toolkit import files
from toolkit.documents.document import Block, Document, Kind, Segment
from toolkit.documents.sentences import pieces
from toolkit.errors import InputError

LONGEST_LINE = 500_000  # characters; beyond it the file is data, not text that someone wrote

_BULLET = re.compile(r"\s*(?:[-*•–—‣·]\s+|\(?\d{1,3}[.)]\s+|\(?[a-z][.)]\s+)(?=\S)")
_LONGEST_GROUP = 20_000  # lines that are looked at together; longer stretches without a blank line are no article
_HEAD = 4 * LONGEST_LINE + 2  # bytes; the first line ends in them
_HEADING_LENGTH = 100  # characters; a longer line without a full stop is a paragraph that lacks one
_FINAL = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_SPACES = dict.fromkeys(map(chr, (160, 5760, *range(8192, 8203), 8239, 8287, 12288)), " ")
# Soft hyphen, zero-width space and no-break, word joiner, and the marks that turn the writing direction.
_INVISIBLE = dict.fromkeys(
    map(chr, (0xAD, 0x200B, 0x2060, 0xFEFF, *range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A))), ""
)
_CONTROLS = dict.fromkeys((chr(c) for c in (*range(0x20), *range(0x7F, 0xA0)) if chr(c) not in "\n\t"), "")
_LINE_ENDS = dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n")
_CLEAN = str.maketrans(_SPACES | _INVISIBLE | _CONTROLS | _LINE_ENDS)
_SURROGATE = re.compile("[\ud800-\udfff]")


def normalise(text: str) -> str:
    """The text as the rest of the house expects it: NFC, line ends `\\n`, plain spaces, no invisible or control characters."""
    text = _SURROGATE.sub("\ufffd", text)
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_CLEAN))


def read(path: Path) -> Document:
    """Read a text file.

    Raises:
        InputError: the file cannot be read, is not UTF-8 text, is empty, or has a line of over `LONGEST_LINE` characters.
    """
    return parse(files.read_text(path), str(path))


def parse(text: str, name: str = "-") -> Document:
    """Cut a text into blocks and segments: see `blocks`.

    Raises:
        InputError: the text is empty, or has a line of over `LONGEST_LINE` characters.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    *body, end = blocks(text.replace("\r\n", "\n").split("\n"), name)
    return Document(tuple(body), name, end.gap, newline)


class TextFile:
    """A text that is read as often as it is asked for but never held whole, so that it may have any length.

    Args:
        path: of the file; what can be read only once (a pipe) is read here.
        data: its content where it comes from elsewhere, as from standard input, named `-`.

    Raises:
        InputError: the file cannot be read.
    """

    def __init__(self, path: Path | str, data: bytes | None = None) -> None:
        self.name = str(path)
        self._source = (
            data if data is not None else Path(path) if Path(path).is_file() else files.read_bytes(Path(path))
        )

    @property
    def newline(self) -> str:
        """The line end of the text, `\\n` or `\\r\\n`, as its first lines have it."""
        if isinstance(self._source, bytes):
            return "\r\n" if b"\r\n" in self._source[:_HEAD] else "\n"
        with self._source.open("rb") as file:
            return "\r\n" if b"\r\n" in file.read(_HEAD) else "\n"

    def blocks(self) -> Iterator[Block]:
        """Its blocks, the last one without segments: what follows the text.

        Raises:
            InputError: it cannot be read, is not UTF-8 text, is empty, or has a line of over `LONGEST_LINE` characters.
        """
        return blocks(files.lines(self._source, self.name), self.name)


def blocks(lines: Iterable[str], name: str = "-") -> Iterator[Block]:
    """Cut a text into blocks and segments, as its lines come.

    Blank lines part blocks. A short line alone without final punctuation is a heading. A block of several lines is joined
    when it was hard-wrapped (its lines are broken inside sentences, each as late as its width allows); a line that begins
    with a bullet or number is a list item; any other line of such a block stays a line of its own: verse, an address.

    Args:
        lines: without their line ends; after a last line end comes an empty line.
        name: of the text, for messages.

    Returns:
        The blocks, and one without segments whose gap is what follows the text.

    Raises:
        InputError: the text is empty, or has a line of over `LONGEST_LINE` characters.
    """
    group: list[str] = []  # neighbouring lines without a blank one between
    gap, first, index = "", 1, 0

    def flush() -> Iterator[Block]:
        nonlocal gap, index
        for block in _blocks(group, first, index):
            yield replace(block, gap=gap)
            gap, index = "\n", index + 1
        if group:
            gap = ""
            group.clear()

    for number, line in enumerate(_normal_lines(lines, name), 1):
        between = "\n" if number > 1 else ""
        if not line.strip():
            yield from flush()
            gap += between + line
            continue
        if len(group) == _LONGEST_GROUP:
            yield from flush()
        if not group:
            gap += between
            first = number
        group.append(line)
    yield from flush()
    if not index:
        raise InputError(f"{name} has no text in it: there is nothing to translate.")
    yield Block("paragraph", (), gap)


def _normal_lines(lines: Iterable[str], name: str) -> Iterator[str]:
    number = 0
    for raw in lines:
        for line in normalise(raw).split("\n"):  # more line ends than one: form feeds, U+2028
            number += 1
            if len(line) > LONGEST_LINE:
                raise InputError(
                    f"{name}:{number} is one line of {len(line):,} characters, more than an article has (the limit is {LONGEST_LINE:,}): "
                    "break it into paragraphs."
                )
            yield line


def _blocks(lines: list[str], number: int, index: int) -> Iterator[Block]:
    """The blocks of neighbouring lines without a blank one between; `number` is that of the first line."""
    groups: list[tuple[int, list[str]]] = []  # an item, or lines up to the next item
    for offset, line in enumerate(lines):
        bullet = _BULLET.match(line)
        indented = line[:1] in " \t"
        if (
            bullet
            or not groups
            or (_BULLET.match(groups[-1][1][0]) and not indented and _FINAL.search(groups[-1][1][-1]))
        ):
            groups.append((offset, [line]))
        else:
            groups[-1][1].append(line)
    for offset, group in groups:
        width = _wrapped_at(group)
        if width is not None:
            yield _block(group, number + offset, index, width, alone=len(groups) == 1)
            index += 1
            continue
        for k, line in enumerate(group):
            yield _block([line], number + offset + k, index, None, alone=len(lines) == 1)
            index += 1


def _wrapped_at(lines: list[str]) -> int | None:
    """The width at which these lines were hard-wrapped, or None where their line ends are meant.

    A program breaks as late as it can: the first word of the next line would not have fitted. A person breaks near the
    width, and goes on with a small letter. Verse begins its lines with capitals, lists and addresses have short lines.
    """
    if len(lines) < 2 or any("\t" in line.strip() for line in lines):
        return None
    lines = [line.rstrip() for line in lines]
    width = max(map(len, lines))
    if _BULLET.match(lines[0]) and all(line[:1] in " \t" for line in lines[1:]):
        return max(width, 40)
    if not 40 <= width <= 140:
        return None
    breaks = len(lines) - 1
    inside = fits = capitals = 0
    for line, following in itertools.pairwise(lines):
        word = following.split()[0]
        fits += len(line) + 1 + len(word) <= width
        inside += not _FINAL.search(line)
        capitals += word[:1].isupper()
    if not inside or (breaks > 2 and capitals == breaks):
        return None
    near = all(len(line) >= 0.7 * width for line in lines[:-1])
    if fits <= breaks // 8 or (width >= 50 and near and 5 * capitals <= 3 * breaks):
        return width
    return None


def _block(lines: list[str], number: int, index: int, width: int | None, alone: bool) -> Block:
    bullet = _BULLET.match(lines[0])
    prefix = bullet.group() if bullet else lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    parts, offsets = [lines[0][len(prefix) :].rstrip()], [0]
    length = len(parts[0])
    for line in map(str.strip, lines[1:]):
        whole, between = _seam(parts[-1], line)
        length += len(whole) - len(parts[-1]) + len(between)
        offsets.append(length)
        length += len(line)
        parts[-1] = whole
        parts.append(between + line)
    text = "".join(parts)
    kind: Kind
    if bullet:
        kind = "item"
    elif not alone:
        kind = "line"
    elif width is None and len(text) <= _HEADING_LENGTH and not _FINAL.search(text):
        kind = "heading"
    else:
        kind = "paragraph"
    segments: list[Segment] = []
    tabs, start = "", 0
    for cell in re.split(r"(\t[\t ]*)", text):
        if cell.startswith("\t"):
            tabs = cell
        else:
            for k, piece in enumerate(pieces(cell)):
                line_number = number + bisect_right(offsets, start + piece.start) - 1
                before = piece.before if k else tabs
                segments.append(
                    Segment(
                        piece.text, line_number, index, before, piece.lead, piece.tail, piece.resumes, piece.continues
                    )
                )
        start += len(cell)
    return Block(kind, tuple(segments), "", prefix, width)


def _seam(end: str, line: str) -> tuple[str, str]:
    """What becomes of the end of a wrapped line, and what comes between it and the next; a parted word is made whole."""
    if re.fullmatch(r"[^\W\d_]-", end[-2:]) and line[:1].islower() and not re.match(r"(?:en|of|tot|noch)\b", line):
        return end[:-1], ""
    if end.endswith("-") and end[-2:-1].isalnum() and line[:1].isupper():
        return end, ""
    return end, " "
