"""Stretches of a text, as pairs of start and end."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from operator import itemgetter

Span = tuple[int, int]


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that overlap or touch made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with `_`, which is no letter, figure or mark to any rule, for each character of the spans."""
    for start, end in spans:
        text = text[:start] + "_" * (end - start) + text[end:]
    return text


def is_within(place: int, spans: Sequence[Span]) -> bool:
    """Whether one of the spans, which are in order and apart, has that character in it."""
    at = bisect(spans, place, key=itemgetter(0))
    return at > 0 and place < spans[at - 1][1]
