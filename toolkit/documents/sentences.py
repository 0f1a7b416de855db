"""Splitting a paragraph into sentences: sentencex, mended where Dutch news text trips it, and quotations cut inside.

sentencex leaves a quotation of several sentences whole; a small model drops clauses from such a stretch. So the quotation
is cut into its sentences too, each is translated alone, and the marks are put back around them.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]

# Abbreviations after which sentencex ends a sentence though a name or a number follows.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:mevr|mw|dhr|dr|drs|ir|ing|mr|prof|ds|jhr|gen|kol|kapt|min|sen|wed|fam|st|nr|nrs|no|art|blz|pag|fig|hfst|par|tel|ca"
    r"|jan|feb|febr|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec|vgl|zgn|resp|incl|excl|max|gem|d\.d|i\.p\.v|o\.a|o\.l\.v|m\.b\.t|t\.a\.v"
    r"|t\.o\.v|m\.n|d\.w\.z|e\.v|a\.u\.b|[A-Z](?:\.\s?[A-Z])*)\.\s*$"
)
_MONTH = re.compile(r"(?:^|\s)\d{1,2}\s(?:jan|feb|febr|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec)\.\s*$")
_TITLE = re.compile(
    r"(?:^|[\s(])(?:mevr|mw|dhr|dr|drs|ir|ing|mr|prof|ds|jhr|gen|kol|kapt|sen|wed|fam)\.\s*$", re.IGNORECASE
)
_INITIALS = re.compile(r"(?:^|[\s(])[A-Z]\.(?:\s?[A-Z]\.)*\s*$")
# Words that sentencex takes for abbreviations, and so misses the sentence that ends with them; and the ellipsis.
_MISSED_END = re.compile(
    r"(?:(?<=\s)(?:hand|vol|pers|dat|al|top|pas|app|best|bijl|volt|lat|ver|pan)\.|…|\.\.\.)[\"”»’']?\s+(?=[\"“„«‘']?[A-Z])"
)
_PAIRS = {"“": "”", "„": "”“", "«": "»", "»": "«", "”": "”"}
_FINAL = ".!?…"
_STRETCH = 20_000  # characters; of some texts the time that sentencex takes grows with the square of their length
_LONGEST = 5_000  # characters of one sentence
_TAIL = 80  # characters of a sentence that tell whether it has ended


def split(text: str) -> list[Span]:
    """The sentences of one paragraph of Dutch, as spans that together cover the text.

    Args:
        text: a paragraph without line ends.
    """
    import sentencex

    spans: list[Span] = []
    for start, stop in _stretches(text):
        for sentence in sentencex.segment("nl", text[start:stop]):
            end = start + len(sentence)
            spans.extend(_missed(text, start, end))
            start = end
        if start < stop:
            spans.append((start, stop))
    return _merge(text, spans)


def _stretches(text: str) -> Iterator[Span]:
    """The text in stretches, cut at spaces, for which sentencex needs no more than moments; nearly always one."""
    start = 0
    while len(text) - start > _STRETCH:
        end = text.rfind(" ", start, start + _STRETCH) + 1
        end = end if end > start else start + _STRETCH
        yield start, end
        start = end
    yield start, len(text)


def _missed(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _MISSED_END.finditer(text, start, end):
        if match.end() < end:
            yield start, match.end()
            start = match.end()
    yield start, end


def _merge(text: str, spans: list[Span]) -> list[Span]:
    """Join what should not have been parted: after an abbreviation, before a small letter."""
    merged: list[Span] = []
    worded = False  # whether the last of them has a letter or digit
    for start, end in spans:
        if merged and (not worded or _belongs(text[max(merged[-1][0], start - _TAIL) : start], text[start:end])):
            merged[-1] = (merged[-1][0], end)
            worded = worded or any(c.isalnum() for c in text[start:end])
        else:
            merged.append((start, end))
            worded = any(c.isalnum() for c in text[start:end])
    return merged


def _belongs(left: str, right: str) -> bool:
    """Whether a span goes on with the sentence of which `left` is the end."""
    head = right.lstrip()
    if not head:
        return True
    if head[0].islower() or (head[0] in ",;:)" and not head.startswith((":-", ":)"))):
        return True
    if not any(c.isalnum() for c in head):
        return True
    if head[0].isdigit():
        return bool(_MONTH.search(left) or (_ABBREVIATION.search(left) and not _INITIALS.search(left)))
    return bool(_TITLE.search(left) or (_INITIALS.search(left) and len(left.split()) == 1))


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a paragraph, ready to be a segment: see `Segment` for the fields; `start` is its offset."""

    text: str
    start: int
    before: str
    lead: str = ""
    tail: str = ""
    resumes: bool = False
    continues: bool = False


def pieces(text: str) -> list[Piece]:
    """The sentences of a paragraph with quotations of several sentences cut inside.

    Every piece has balanced quotation marks: a mark at the edge of a quotation of several sentences goes to `lead` or `tail`;
    where the quotation ends or begins inside a sentence, the missing partner is added to the text and `resumes` or
    `continues` says so. For `"Ja. Nee", zei hij.` the pieces are `Ja.` (lead `"`) and `"Nee", zei hij.` (resumes).
    """
    quotations = _quotations(text)
    spans = _whole(split(text), quotations)
    cut: list[Span] = []
    for start, end in spans:
        borders = {start, end}
        for opening, closing in _touched(quotations, start, end):
            if start <= opening and closing < end:
                inner = [opening + 1 + e for _, e in split(text[opening + 1 : closing])[:-1]]
                borders.update(b for b in inner if start < b < end)
        edges = sorted(borders)
        for span in itertools.pairwise(edges):
            cut.extend(_bounded(text, *span))
    return [_piece(text, start, end, quotations) for start, end in cut if text[start:end].strip()]


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """The span, or what is no sentence any more cut at spaces: what follows takes long over very long ones."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST) + 1 or start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _quotations(text: str) -> list[Span]:
    """The outermost pairs of double quotation marks, as the offsets of the two marks; none where they do not pair up."""
    if text.count('"') % 2:
        straight: list[Span] = []
    else:
        marks = [i for i, c in enumerate(text) if c == '"']
        straight = list(zip(marks[::2], marks[1::2], strict=True))
    found: list[Span] = []
    i = 0
    while i < len(text):
        closers = _PAIRS.get(text[i])
        if closers and (i == 0 or text[i - 1].isspace() or text[i - 1] in "(["):
            j = min((k for c in closers if (k := text.find(c, i + 1)) > 0), default=-1)
            if j > 0:
                found.append((i, j))
                i = j
        i += 1
    pairs = sorted(straight + found)
    outer: list[Span] = []
    for pair in pairs:
        if not outer or pair[0] > outer[-1][1]:
            outer.append(pair)
    return outer


def _touched(quotations: list[Span], start: int, end: int) -> list[Span]:
    """The quotations that have a part between two offsets."""
    first = bisect_left(quotations, start, key=lambda pair: pair[1])
    beyond = bisect_left(quotations, end, key=lambda pair: pair[0])
    return quotations[first:beyond]


def _whole(spans: list[Span], quotations: list[Span]) -> list[Span]:
    """Join the spans that a quotation runs through, so that each quotation lies in one span."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and any(opening < start for opening, _ in _touched(quotations, start, start + 1)):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _piece(text: str, start: int, end: int, quotations: list[Span]) -> Piece:
    body = text[start:end]
    first = start + len(body) - len(body.lstrip())
    before = " " if first > start or (start and text[start - 1].isspace()) else ""
    body = body.strip()
    last = first + len(body)
    lead = tail = ""
    resumes = continues = False
    for opening, closing in _touched(quotations, first, last):
        if first <= opening < last <= closing:  # begins here and goes on
            if opening == first:
                lead, body = text[opening], body[1:].lstrip()
            else:
                continues, body = True, body + text[closing]
        elif opening < first <= closing < last:  # began earlier and ends here
            after = text[closing + 1 : last].strip()
            if all(c in _FINAL + "," for c in after):
                body = body[: closing - first].rstrip()
                if body[-1:] in _FINAL:
                    tail = text[closing] + "," * ("," in after)
                else:
                    tail, body = text[closing], body + after
            else:
                resumes, body = True, text[opening] + body
    return Piece(re.sub(r"\s+", " ", body), first, before if start else "", lead, tail, resumes, continues)
