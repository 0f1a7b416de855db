"""Times of day, which have one right English: 14.30 uur is 2:30 p.m. A model that has not seen an hour often gets it wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

# With minutes it is a time; without, only after a word that says so (`14 uur wachten` is a duration).
_TIME = re.compile(
    r"(?<![\d.,:-])(?:(?P<hour>[01]?\d|2[0-4])[.:](?P<minute>[0-5]\d)"
    r"|(?<=\b[Oo]m )(?P<sharp>1[3-9]|2[0-4]))"
    r"\s+uur\b(?!\s+(?:'s|’s|per|durend|lang|in\s+de)\b)"
)
_LASTS = frozenset(
    ["duurt", "duurde", "duren", "duurden", "geduurd", "kost", "kostte", "ruim", "bijna", "gedurende", "binnen", "nog"]
)


def times(text: str) -> Iterator[tuple[Span, str]]:
    """The times of day in a Dutch sentence by the clock of 24 hours, with their English by that of 12.

    A time whose half of the day is said beside it (`9.30 uur 's avonds`) is left to the model,
    and so is what lasts (`duurde 2.30 uur`).
    """
    for found in _TIME.finditer(text):
        hour, minute = int(found["hour"] or found["sharp"]), found["minute"] or ""
        if _LASTS.intersection(text[: found.start()].lower().split()[-1:]):
            continue
        if hour == 24 and minute not in ("", "00"):
            continue
        half = "p.m." if 12 <= hour < 24 else "a.m."
        clock = f"{hour % 12 or 12}:{minute}" if minute and minute != "00" else f"{hour % 12 or 12}"
        yield found.span(), f"{clock} {half}"
