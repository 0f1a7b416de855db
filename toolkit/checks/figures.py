"""Reading the amounts in a text: value, place, and the percent sign or currency that goes with each."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from toolkit.checks.number_words import DUTCH_SCALES, ENGLISH_SCALES, dutch_number, english_number

Language = Literal["nl", "en"]

# A longer row of digits is a code, and beyond the 28 digits to which Python calculates.
_LONGEST_AMOUNT = 25
_HALF = Decimal("0.5")
_JOINTS = ("", " ", "-", "\u00a0", "\u202f")

_UNITS: dict[Language, str] = {
    "nl": r"(?P<percent>%|procent\w*)|(?P<euro>€|eur\b|euro\w*)|(?P<dollar>\$|usd\b|dollars?\b)|(?P<pound>£|pond\b)"
    r"|(?P<cent>cent\b)|(?P<yen>¥|yens?\b)|(?P<franc>franks?\b)|(?P<ruble>roebels?\b)|(?P<krona>kron\w+)"
    r"|(?P<yuan>yuan\b)|(?P<rupee>roepies?\b|rupees?\b)|(?P<zloty>zloty\b)|(?P<guilder>guldens?\b)",
    "en": r"(?P<percent>%|per\s?cent\w*)|(?P<euro>€|eur\b|euros?\b)|(?P<dollar>\$|usd\b|dollars?\b)"
    r"|(?P<pound>£|pounds?\b)|(?P<cent>cents?\b|¢)|(?P<yen>¥|yen\b)|(?P<franc>francs?\b)|(?P<ruble>rou?bles?\b)"
    r"|(?P<krona>kron\w+|crowns?\b)|(?P<yuan>yuan\b)|(?P<rupee>rupees?\b|rupiahs?\b)|(?P<zloty>zlotys?\b)"
    r"|(?P<guilder>guilders?\b)",
}
# Between an amount and its currency the country's adjective may stand: "40 Canadian dollars".
_UNIT_AFTER = r"[\s\u00a0-]{0,2}(?:[A-Z][\w.]{1,30}[\s-])?(?:"
_SYMBOLS_BEFORE = {"€": "euro", "$": "dollar", "£": "pound", "¥": "yen", "EUR": "euro", "USD": "dollar", "GBP": "pound"}


_LOOSE_AMOUNTS = {"etmaal": 24, "kwartier": 15}


class Figure(NamedTuple):
    """An amount in a text.

    `value` is the amount with its scale word multiplied in (3 miljard → 3000000000), None where digits make no number
    of the language (a version, a split time); `parts` are the digit groups as they stand, `text` the digits or words;
    `unit` is "percent", a currency, or "". `digits` tells figures from words, `scale` is the multiplier. `vague` is
    set for words that need no counterpart, such as `een` and a bare `honderd`.
    """

    value: Decimal | None
    text: str
    start: int
    end: int
    parts: tuple[int, ...] = ()
    unit: str = ""
    digits: bool = False
    scale: int = 1
    vague: bool = False


class _Token(NamedTuple):
    word: str
    start: int
    end: int
    digits: bool


@lru_cache(maxsize=256)
def figures(text: str, language: Language) -> tuple[Figure, ...]:
    """All amounts in `text`, in order, whether in digits or in words.

    Digits are read by Babel with the separators of CLDR for the language: 1.250,5 in Dutch is 1,250.5 in English.
    """
    tokens = [
        _Token(match[0].lower(), match.start(), match.end(), match["digits"] is not None)
        for match in _token().finditer(text)
    ]
    read_words = _dutch_words if language == "nl" else _english_words
    found: list[Figure] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.digits:
            figure, position = _digits(text, token, language), position + 1
        else:
            reading = read_words(text, tokens, position)
            if reading is None:
                position += 1
                continue
            figure, position = reading
        figure, position = _scaled(text, tokens, figure, position, language)
        found.append(_with_unit(text, figure, language))
    return tuple(found)


def _digits(text: str, token: _Token, language: Language) -> Figure:
    value: Decimal | None = None
    parts: tuple[int, ...] = ()
    if len(token.word) <= _LONGEST_AMOUNT:
        value = _decimal(token.word, language)
        parts = tuple(int(part) for part in re.split("[.,:]", token.word))
    return Figure(value, token.word, token.start, token.end, parts, digits=True)


@lru_cache(maxsize=8192)
def _decimal(digits: str, language: Language) -> Decimal | None:
    if digits.isdecimal():
        return Decimal(digits)
    from babel.numbers import NumberFormatError, parse_decimal

    try:
        return parse_decimal(digits, locale=language, strict=True)
    except NumberFormatError:
        return None


def _words_at(tokens: list[_Token], position: int, count: int) -> list[str]:
    return [token.word for token in tokens[position : position + count]]


def _joined(text: str, left: _Token, right: _Token) -> bool:
    """Whether two tokens follow each other as the words of one number do: by a space, a hyphen or nothing."""
    return text[left.end : right.start] in _JOINTS


def _dutch_words(text: str, tokens: list[_Token], position: int) -> tuple[Figure, int] | None:
    """The number in Dutch words at `position` and the position after it."""
    start, word = tokens[position].start, tokens[position].word
    position += 1
    stem, joined_half, _ = word.partition("ënhal")
    if word in ("anderhalf", "anderhalve"):
        amount = 1 + _HALF
    elif word in ("half", "halve"):
        amount = _HALF
    elif word in _LOOSE_AMOUNTS:
        amount = Decimal(_LOOSE_AMOUNTS[word])
    else:
        value = dutch_number(stem)
        if value is None:
            return None
        amount = value + _HALF if joined_half else Decimal(value)
    if _words_at(tokens, position, 3) == ["en", "een", "half"]:
        amount, position = amount + _HALF, position + 3
    end = tokens[position - 1].end
    # "etmaal" is often "day and night", "tachtiger" an octogenarian
    vague = amount in (0, 1, 100, 1000) or word in _LOOSE_AMOUNTS or word.endswith(("ger", "gers"))
    return Figure(amount, text[start:end], start, end, vague=vague), position


def _english_words(text: str, tokens: list[_Token], position: int) -> tuple[Figure, int] | None:
    """The number in English words at `position` and the position after it."""
    first = position
    start = tokens[first].start
    if tokens[first].word == "half":
        after = position + 2 if _words_at(tokens, position + 1, 1) == ["a"] else position + 1
        if not any(len(word) > 2 and word in ENGLISH_SCALES for word in _words_at(tokens, after, 1)):
            return None
        end = tokens[after - 1].end
        return Figure(_HALF, text[start:end], start, end), after
    total, current = 0, None
    vague = False
    while position < len(tokens) and (position == first or _joined(text, tokens[position - 1], tokens[position])):
        word = tokens[position].word
        value = english_number(word)
        if len(word) > 2 and word in ENGLISH_SCALES:
            vague = vague or position == first
            total += (1 if current is None else current) * ENGLISH_SCALES[word]
            current = None
        elif word in ("hundred", "hundredth", "dozen") and value is not None:
            vague = vague or position == first
            current = (1 if current is None else current) * value
        elif value is not None and current is None:
            current = value
        elif value is not None and current is not None and _goes_on(current, value):
            current += value
        elif word != "and" or not _goes_on_after_and(text, tokens, position, current if current is not None else total):
            break
        position += 1
    if position == first:
        return None
    amount = Decimal(total + (current or 0))
    if _words_at(tokens, position, 3) == ["and", "a", "half"]:
        amount, position = amount + _HALF, position + 3
    end = tokens[position - 1].end
    return Figure(amount, text[start:end], start, end, vague=vague or amount <= 1), position


def _goes_on(current: int, value: int) -> bool:
    """Whether `value` goes on with `current` in one number: hundred + five, twenty + two, but not two + three."""
    if current >= 100 and current % 100 == 0:
        return 0 < value < 100
    return current % 100 >= 20 and current % 10 == 0 and 0 < value < 10


def _goes_on_after_and(text: str, tokens: list[_Token], position: int, current: int) -> bool:
    """Whether the word after `and` belongs to the number: hundred and five, but not two and three."""
    if position + 1 >= len(tokens) or not _joined(text, tokens[position], tokens[position + 1]):
        return False
    value = english_number(tokens[position + 1].word)
    return value is not None and 0 < value < 100 and current >= 100 and current % 100 == 0


def _scaled(text: str, tokens: list[_Token], figure: Figure, position: int, language: Language) -> tuple[Figure, int]:
    """The figure times the scale word that follows it, if one does, and the position after that word."""
    if position >= len(tokens) or not figure.value or text[figure.end : tokens[position].start] not in _JOINTS:
        return figure, position
    token = tokens[position]
    scale = (DUTCH_SCALES if language == "nl" else ENGLISH_SCALES).get(token.word)
    # "$3m" is three million, "3m" three metres
    short = len(token.word) == 1 and not _symbol_before().search(text[max(0, figure.start - 5) : figure.start])
    if scale is None or short:
        return figure, position
    text = text[figure.start : token.end]
    return figure._replace(value=figure.value * scale, text=text, end=token.end, scale=scale, vague=False), position + 1


def _with_unit(text: str, figure: Figure, language: Language) -> Figure:
    before = _symbol_before().search(text[max(0, figure.start - 5) : figure.start])
    if before:
        return figure._replace(unit=_SYMBOLS_BEFORE[before[1]])
    after = _unit_pattern(language).match(text, figure.end)
    return figure._replace(unit=after.lastgroup) if after and after.lastgroup else figure


@lru_cache(maxsize=1)
def _token() -> re.Pattern[str]:
    return re.compile(r"(?P<digits>[0-9]+(?:[.,:][0-9]+)*)|[^\W\d_]+")


@lru_cache(maxsize=1)
def _symbol_before() -> re.Pattern[str]:
    return re.compile(r"(EUR|USD|GBP|[€$£¥])\s?$")


@lru_cache(maxsize=2)
def _unit_pattern(language: Language) -> re.Pattern[str]:
    return re.compile(_UNIT_AFTER + _UNITS[language] + ")")
