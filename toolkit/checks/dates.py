"""Do times of day, dates, months and weekdays agree?"""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from toolkit.checks.figures import Figure, figures
from toolkit.checks.moments import Moments, Time, moments, month_name, months_within, weekday_name

# May and March are English words and surnames too; on their own they prove nothing.
_AMBIGUOUS_MONTHS = frozenset({3, 5})


def dates_times(source: str, target: str) -> Iterator[str]:
    """One sentence for each time, date, month or weekday on which the two disagree.

    14.30 uur may be 2:30 p.m., 14:30 or half past two, but not 2:30 a.m. nor 14:30 p.m.; 12-3-2024 may be March 12, 2024
    or 12/3/2024.
    """
    dutch, english = moments(source, "nl"), moments(target, "en")
    if dutch.times or dutch.dates:
        yield from _times(source, dutch, english, figures(target, "en"))
        yield from _dates(dutch, english, figures(target, "en"))
    for time in english.times:
        if time.half and not 1 <= time.hour <= 12:
            yield f"{time.text} is no time: a clock of 24 hours has no a.m. and p.m."
    yield from _names(source, dutch, english)


def _times(source: str, dutch: Moments, english: Moments, amounts: tuple[Figure, ...]) -> Iterator[str]:
    late = _later_half().search(source) is not None
    values = {figure.value for figure in amounts}
    parts = {figure.parts for figure in amounts}
    on_the_clock: dict[tuple[int, int], dict[tuple[int, str, bool], Time]] = defaultdict(dict)
    for other in english.times:
        on_the_clock[other.hour % 12, other.minute].setdefault((other.hour, other.half, other.spoken), other)
    for time in dutch.times:
        same = [*on_the_clock[time.hour % 12, time.minute].values()]
        if same:
            if all(_wrong_half(time, other, late) for other in same):
                yield f"{time.text} is not {same[0].text}: the half of the day is wrong."
        elif not ((time.hour, time.minute) in parts or _in_words(time, values)):
            yield f"The time {time.text} is not in the English."


@lru_cache(maxsize=1)
def _later_half() -> re.Pattern[str]:
    return re.compile(r"(?i)avond|middag")


def _wrong_half(time: Time, other: Time, late: bool) -> bool:
    """Whether a.m. or p.m. in the English contradicts the 24 hours of the Dutch, which may speak of a `late` half."""
    if time.spoken or not other.half:
        # 14.30 as 2:30 leaves the half open and 14:30 states it; only 2.30 as 14:30 contradicts
        return not time.spoken and not other.spoken and other.hour > 12 and time.hour < 12 and not late
    if time.hour >= 12 and time.hour != 24:
        return other.half == "a"
    return other.half == "p" and not late


def _in_words(time: Time, values: set[Decimal | None]) -> bool:
    """Whether the time stands in the English without a.m. or p.m., as in `from 9 to 11 a.m.` or `two-thirty`."""
    hours = {time.hour, time.hour % 12 or 12, time.hour % 12 + 12}
    return not values.isdisjoint(hours) and (time.minute == 0 or time.minute in values)


def _dates(dutch: Moments, english: Moments, amounts: tuple[Figure, ...]) -> Iterator[str]:
    numbers = {int(figure.value) for figure in amounts if figure.value is not None}
    in_digits = {number for date in english.dates if not date.in_words for number in date.numbers}
    numbers |= in_digits
    for date in dutch.dates:
        year_is_there = date.year is None or date.year in numbers or date.year % 100 in numbers
        # a month in words is compared in `_names`
        month_is_there = date.in_words or date.month in english.months or date.month in in_digits
        if not (date.day in numbers and month_is_there and year_is_there):
            yield f"The date {date.text} is not in the English."


def _names(source: str, dutch: Moments, english: Moments) -> Iterator[str]:
    in_digits = {number for date in english.dates if not date.in_words for number in date.numbers[:2]}
    of_dates = {date.month for date in dutch.dates}
    for month in sorted(dutch.months - english.months - in_digits):
        yield f"{month_name(month)} is in the Dutch but not in the English."
    added = english.months - dutch.months - of_dates - _AMBIGUOUS_MONTHS
    if added:
        for month in sorted(added - months_within(source)):
            yield f"{month_name(month)} is in the English but not in the Dutch."
    if dutch.weekdays != english.weekdays:
        # the night of Saturday to Sunday is Saturday night, or early Sunday
        night = _night_between().search(source) is not None
        for weekday in sorted(dutch.weekdays - english.weekdays):
            if not (night and dutch.weekdays & english.weekdays):
                yield f"{weekday_name(weekday)} is in the Dutch but not in the English."
        for weekday in sorted(english.weekdays - dutch.weekdays):
            if weekday_name(weekday) in source:  # Sunday may be somebody's name
                continue
            yield f"{weekday_name(weekday)} is in the English but not in the Dutch."


@lru_cache(maxsize=1)
def _night_between() -> re.Pattern[str]:
    return re.compile(r"(?i)nacht van \w+ op \w+")
