"""Reading the times of day, dates, months and weekdays in a text."""

import re
from functools import lru_cache
from typing import NamedTuple

from toolkit.checks.figures import Language
from toolkit.checks.number_words import dutch_number, english_number
from toolkit.checks.spans import Span, is_within, joined

_MONTHS: dict[Language, tuple[str, ...]] = {
    "nl": (
        *("januari|jan", "februari|febr|feb", "maart|mrt", "april|apr", "mei", "juni|jun"),
        *("juli|jul", "augustus|aug", "september|sept|sep", "oktober|okt", "november|nov", "december|dec"),
    ),
    "en": (
        *("January|Jan", "February|Feb", "March|Mar", "April|Apr", "May", "June|Jun"),
        *("July|Jul", "August|Aug", "September|Sept|Sep", "October|Oct", "November|Nov", "December|Dec"),
    ),
}
_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


class Time(NamedTuple):
    """A time of day: hours as written (0–24), minutes, and half of the day: "a", "p" or "" where it is not said.

    `spoken` marks a time told in words (`half drie`), which leaves the half of the day open.
    """

    hour: int
    minute: int
    half: str
    text: str
    start: int
    end: int
    spoken: bool = False


class Date(NamedTuple):
    """A date: day, month (None where the digits may be read both ways), year or None; `numbers` has all its digits.

    `in_words` tells `3 maart` from `3-3`.
    """

    day: int
    month: int | None
    year: int | None
    numbers: tuple[int, ...]
    text: str
    start: int
    end: int
    in_words: bool


class Moments(NamedTuple):
    """All that a text says about when; `spans` are the places of the times and dates, in order and apart."""

    times: tuple[Time, ...]
    dates: tuple[Date, ...]
    months: frozenset[int]
    weekdays: frozenset[int]
    spans: tuple[Span, ...]

    def covers(self, start: int) -> bool:
        """Whether the character at `start` belongs to a time or a date."""
        return is_within(start, self.spans)

    def numbers(self) -> frozenset[int]:
        """The whole numbers that stand in the times and dates, hours both of 12 and of 24."""
        hours = {(time.hour + shift) % 24 for time in self.times for shift in (0, 12)}
        twelve = {hour - 12 for hour in hours if hour > 12} | {12, 24} if hours else set()
        minutes = {time.minute for time in self.times}
        return frozenset(hours | twelve | minutes | {number for date in self.dates for number in date.numbers})


@lru_cache(maxsize=256)
def moments(text: str, language: Language) -> Moments:
    """The times, dates, months and weekdays in `text`."""
    dates = tuple(_dates(text, language))
    read_times = _dutch_times if language == "nl" else _english_times
    spans = joined((date.start, date.end) for date in dates)
    times = tuple(time for time in read_times(text) if not is_within(time.start, spans))
    named = {_month_number(name, language) for name in _pattern("month", language).findall(text)}
    weekdays = {_weekday_number(name, language) for name in _pattern("weekday", language).findall(text)}
    spans = joined((*spans, *((time.start, time.end) for time in times)))
    return Moments(times, dates, frozenset(named), frozenset(weekdays), spans)


def months_within(text: str) -> frozenset[int]:
    """The months whose full Dutch name stands anywhere in `text`, as in `aprilgrap` or `Decembermoorden`."""
    low = text.lower()
    return frozenset(number for number, names in enumerate(_MONTHS["nl"], start=1) if names.partition("|")[0] in low)


def _month_number(name: str, language: Language) -> int:
    name = name.lower()
    return next(number for number, names in enumerate(_MONTHS[language], start=1) if name in names.lower().split("|"))


def _weekday_number(name: str, language: Language) -> int:
    return [day.lower() for day in _WEEKDAYS[language]].index(name.lower())


def month_name(number: int) -> str:
    """The English name of month 1–12."""
    return _MONTHS["en"][number - 1].partition("|")[0]


def weekday_name(number: int) -> str:
    """The English name of weekday 0 (Monday) to 6."""
    return _WEEKDAYS["en"][number]


def _month_names(language: Language) -> str:
    """A pattern for month names; an abbreviation counts only with its full stop."""
    names = []
    for month in _MONTHS[language]:
        full, *short = month.split("|")
        names += [rf"{full}\b", *(rf"{abbreviation}\b(?=\.)" for abbreviation in short)]
    if language == "nl":
        # Dutch writes months small, so a capital within the sentence is an emperor or a surname
        names = [rf"{name[0]}{name[1:]}" for name in names]
    return "|".join(names)


@lru_cache(maxsize=16)
def _pattern(what: str, language: Language) -> re.Pattern[str]:
    months = _month_names(language)
    if what == "month":
        return re.compile(
            rf"\b({months})" if language == "en" else rf"\b({months}|(?:(?<=^)|(?<=[.?!] ))(?i:{months}))"
        )
    if what == "weekday":
        days = "|".join(_WEEKDAYS[language])
        return re.compile(rf"(?i)({days})" if language == "nl" else rf"\b({days})")
    if what == "numeric date":
        return re.compile(r"(?<![\w.,/-])(\d{1,4})([-/.])(\d{1,2})\2(\d{4}|(?<![.])\d{2})(?![\w/-]|[.,]\d)")
    if language == "nl":
        return re.compile(
            rf"\b(?P<day>\d{{1,2}})(?:e|de|ste)?\s+(?P<month>(?i:{months}))\.?(?:\s+(?P<year>\d{{4}})\b)?"
        )
    return re.compile(
        rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{months})\.?(?:,?\s+(?P<year>\d{{4}})\b)?"
        rf"|(?P<month2>{months})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.,]\d)(?:,?\s+(?P<year2>\d{{4}})\b)?)"
    )


def _dates(text: str, language: Language) -> list[Date]:
    found = []
    for match in _pattern("date", language).finditer(text):
        groups = {name.rstrip("2"): value for name, value in match.groupdict().items() if value}
        day, month = int(groups["day"]), _month_number(groups["month"], language)
        year = int(groups["year"]) if "year" in groups else None
        numbers = (day, month) if year is None else (day, month, year)
        if 1 <= day <= 31:
            found.append(Date(day, month, year, numbers, match[0], match.start(), match.end(), in_words=True))
    for match in _pattern("numeric date", language).finditer(text):
        numbers = (int(match[1]), int(match[3]), int(match[4]))
        date = _numeric_date(numbers, match, language)
        if date is not None:
            found.append(date)
    return found


def _numeric_date(numbers: tuple[int, int, int], match: re.Match[str], language: Language) -> Date | None:
    """12-3-2024 in Dutch is day, month, year; in English either order; a year in front is ISO 8601."""
    first, second, third = numbers
    if first > 999:
        day, month, year = third, second, first
    elif len(match[1]) > 2:
        return None
    else:
        day, month, year = first, second, third
    if language == "en" and first <= 12:
        return Date(day, None, year, numbers, match[0], match.start(), match.end(), in_words=False)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return Date(day, month, year, numbers, match[0], match.start(), match.end(), in_words=False)


_DUTCH_HOURS = r"(één|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)\b"


@lru_cache(maxsize=1)
def _dutch_time_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    clock = re.compile(
        r"(?<![\w.,:€$£-])(?<![€$£] )(\d{1,2})[.:](\d{2})(?![\d%]|[.,:]\d)(?!\s*(?:%|procent|euro|dollar|pond|€))"
        r"(?:\s*(?:uur|u)\b\.?)?"
    )
    hour = re.compile(
        r"(?i)(?<=\bom )(\d{1,2})\s*(?:uur|u)\b"
        r"|\b(\d{1,2})\s*(?:uur|u)(?= '?s (?:nachts|ochtends|morgens|middags|avonds))"
    )
    spoken = re.compile(
        r"(?i)\b(?:om|rond|omstreeks|tegen|tot|na|voor|vanaf|sinds|is|was|klokslag|van|tussen)\s+"
        rf"(?:(half)\s+{_DUTCH_HOURS}|(?:(kwart)|(\w+)(?:\s+minuten)?)\s+(voor|over)\s+(half\s+)?{_DUTCH_HOURS})"
        r"(?!\s+(?:miljoen|miljard|procent|euro|kilo\w*|meter|jaar|dagen|weken|maanden))"
    )
    return clock, hour, spoken


def _dutch_times(text: str) -> list[Time]:
    clock, whole_hour, spoken = _dutch_time_patterns()
    found = []
    for match in clock.finditer(text):
        hour, minute = int(match[1]), int(match[2])
        if hour <= 24 and minute < 60:
            found.append(Time(hour, minute, "", match[0], match.start(), match.end()))
    for match in whole_hour.finditer(text):
        hour = int(match[1] or match[2])
        if hour <= 24:
            found.append(Time(hour, 0, "", match[0], match.start(), match.end()))
    for match in spoken.finditer(text):
        moment = _spoken_dutch(match)
        if moment is not None:
            hour, minute = divmod(moment, 60)
            start = match.start() + match[0].index(" ") + 1
            found.append(Time(hour or 12, minute, "", text[start : match.end()], start, match.end(), spoken=True))
    return found


def _spoken_dutch(match: re.Match[str]) -> int | None:
    """Minutes since twelve: `half drie` is 2:30, `kwart voor drie` 2:45, `vijf over half drie` 2:35."""
    half_before, hour_after_half, quarter, count, direction, half, hour_word = match.groups()
    hour = (dutch_number(hour_after_half or hour_word) or 0) * 60
    if half_before:
        return (hour - 30) % 720
    minutes = 15 if quarter else dutch_number(count)
    if minutes is None or not 0 < minutes < 30:
        return None
    hour -= 30 if half else 0
    return (hour + (minutes if direction.lower() == "over" else -minutes)) % 720


@lru_cache(maxsize=1)
def _english_time_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    clock = re.compile(
        r"(?i)(?<![\w.,:$€£])(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\b\.?"
        r"|(?<![\w.,:])(\d{1,2}):(\d{2})(?![\d:]|[.,]\d)|\b(\w+)\s+o['’]clock\b"
    )
    spoken = re.compile(r"(?i)\b(half|quarter|\w+)(?:\s+minutes?)?\s+(past|to|after|before)\s+(\w+)\b")
    named = re.compile(r"(?i)\b(noon|midday|midnight)\b")
    return clock, spoken, named


def _english_times(text: str) -> list[Time]:
    clock, spoken, named = _english_time_patterns()
    found = []
    for match in clock.finditer(text):
        hour_text = match[1] or match[4] or match[6]
        hour = int(hour_text) if hour_text.isdecimal() else english_number(hour_text)
        minute = int(match[2] or match[5] or 0)
        if hour is not None and hour <= 24 and minute < 60:
            found.append(Time(hour, minute, (match[3] or "").lower(), match[0], match.start(), match.end()))
    for match in spoken.finditer(text):
        amount, direction, hour_word = match[1].lower(), match[2].lower(), match[3]
        hour = int(hour_word) if hour_word.isdecimal() and len(hour_word) < 3 else english_number(hour_word)
        minutes = {"half": 30, "quarter": 15}.get(amount, english_number(amount))
        if hour is None or minutes is None or not (1 <= hour <= 12 and 0 < minutes <= 30):
            continue
        moment = (hour * 60 + (minutes if direction in ("past", "after") else -minutes)) % 720
        found.append(Time(moment // 60 or 12, moment % 60, "", match[0], match.start(), match.end(), spoken=True))
    for match in named.finditer(text):
        hour = 0 if match[1].lower() == "midnight" else 12
        found.append(Time(hour, 0, "", match[0], match.start(), match.end(), spoken=True))
    return found
