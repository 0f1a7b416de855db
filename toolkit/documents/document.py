"""The parts of a text: a document is a row of blocks, a block a row of segments, a segment one sentence with its place."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "line"]

OPENING, CLOSING = '"“„«‟”', '"”“»‟'
# English writes the Dutch and French marks as its own.
ENGLISH_MARKS = {"„": "“", "«": "“", "»": "”", "‟": "“"}


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence (or heading, list item, line of verse): the unit of translation, of a catalog message, of a check.

    Attributes:
        text: the Dutch, white space and odd characters normalised; its quotation marks are balanced.
        line: the line of the file on which it begins, from 1.
        block: the index of its block in the document.
        before: white space between the segment before and this one, as it goes into the English too.
        lead, tail: what stands around the text and is not translated: the marks of a quotation of several sentences.
        resumes: the text was given an opening mark, since its quotation began in an earlier sentence.
        continues: the text was given a closing mark, since its quotation goes on in a later sentence.
    """

    text: str
    line: int = 1
    block: int = 0
    before: str = ""
    lead: str = ""
    tail: str = ""
    resumes: bool = False
    continues: bool = False

    def place(self, english: str) -> str:
        """The English of this segment as it stands in the document, with what surrounds it."""
        if self.resumes and english[:1] in OPENING:
            english = english[1:]
        if self.continues and english[-1:] in CLOSING:
            english = english[:-1]
        marks = str.maketrans(ENGLISH_MARKS)
        return f"{self.before}{self.lead.translate(marks)}{english}{self.tail.translate(marks)}"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, or a line of its own (verse, an address).

    Attributes:
        kind: which of them.
        segments: its sentences, in order.
        gap: the line ends, and white space alone on a line, between the block before and this one.
        prefix: indent and bullet of its first line.
        width: the column at which its lines were broken, for text that was hard-wrapped; else None.
    """

    kind: Kind
    segments: tuple[Segment, ...]
    gap: str = ""
    prefix: str = ""
    width: int | None = None

    def render(self, targets: Iterable[str]) -> str:
        """The block with what stands before it, and `targets[i]` in the place of `segments[i]`; line ends are `\\n`.

        Raises:
            ValueError: there are not as many targets as segments.
        """
        text = "".join(s.place(target) for s, target in zip(self.segments, targets, strict=True))
        if self.width is None:
            return self.gap + self.prefix + text
        return self.gap + textwrap.fill(
            text,
            max(self.width, len(self.prefix) + 20),
            initial_indent=self.prefix,
            subsequent_indent=" " * len(self.prefix),
            break_long_words=False,
            break_on_hyphens=False,
        )


@dataclass(frozen=True, slots=True)
class Document:
    """A text, cut in blocks and segments.

    Attributes:
        blocks: in order.
        name: the file's name, for messages and catalog references; `-` for standard input.
        end: what follows the last block, a line end for most.
        newline: the line end of the file, `\\n` or `\\r\\n`.
    """

    blocks: tuple[Block, ...]
    name: str = "-"
    end: str = ""
    newline: str = "\n"
    segments: tuple[Segment, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "segments", tuple(s for block in self.blocks for s in block.segments))

    def render(self, targets: Sequence[str]) -> str:
        """The document with `targets[i]` in the place of `segments[i]`.

        Raises:
            ValueError: there are not as many targets as segments.
        """
        if len(targets) != len(self.segments):
            raise ValueError(f"{len(self.segments)} segments need as many targets, not {len(targets)}")
        rest = iter(targets)
        text = "".join(block.render(islice(rest, len(block.segments))) for block in self.blocks) + self.end
        return text if self.newline == "\n" else text.replace("\n", self.newline)
