"""Quotation marks, brackets and the mark at the end of the sentence."""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_PAIRED_QUOTES = {"“": "”", "„": "”“", "«": "»", "‘": "’", "‚": "’‘", "‹": "›"}
_CLOSING_QUOTES = "”»›"
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_BRACKET_OF = _BRACKETS | {closing: opening for opening, closing in _BRACKETS.items()}
_TRAILING = "\"'”’“‘»«›‹)]} \t\r\n\u00a0"


class _Quotes(NamedTuple):
    pairs: int
    unpaired: int


def quotes(source: str, target: str) -> Iterator[str]:
    """One sentence where the English has more or fewer quotations than the Dutch, or leaves one open.

    Straight and curly quotes, single and double, low-9 quotes and guillemets count alike; an apostrophe is no quote.
    A quotation that the Dutch segment itself leaves open may be open in the English.
    """
    dutch, english = _quotes(source), _quotes(target)
    if english.unpaired > dutch.unpaired:
        yield "A quotation mark in the English has no partner."
    elif english.pairs != dutch.pairs:
        yield f"The Dutch has {_counted(dutch.pairs)}, the English {_counted(english.pairs)}."
    elif english.unpaired < dutch.unpaired:
        yield "A quotation mark of the Dutch is missing in the English."


def _counted(pairs: int) -> str:
    return "1 quotation" if pairs == 1 else f"{pairs} quotations"


@lru_cache(maxsize=1)
def _quote_pattern() -> re.Pattern[str]:
    return re.compile("[\"“”„«»‹›'’‘‚]")


# Words that begin with an apostrophe: Dutch 's avonds, 't, 'n; English 'em, 'tis, '90s.
@lru_cache(maxsize=1)
def _clipped_word() -> re.Pattern[str]:
    return re.compile(r"(?i)['’‘](?:s|t|n|k|m|r|ie|em|tis|twas|til|cause|bout|round|\d\ds?)\b(?!['’])")


def _quotes(text: str) -> _Quotes:
    """How many quotations are closed in `text` and how many marks have no partner."""
    pairs = unpaired = 0
    waiting: dict[str, deque[int]] = defaultdict(deque)  # the places of the open marks of each kind
    for match in _quote_pattern().finditer(text):
        mark, place = match[0], match.start()
        opened = [opening for opening, places in waiting.items() if places]
        if mark in "'’‘‚":
            role = _role_of_single(text, place, opened)
            if role == "apostrophe":
                continue
        elif mark == '"':
            role = "closing" if '"' in opened else "opening"
        else:
            closes = any(mark in _PAIRED_QUOTES.get(opening, "") for opening in opened)
            role = "closing" if closes or (mark in _CLOSING_QUOTES) else "opening"
        if role == "opening":
            waiting[mark].append(place)
            continue
        partners = [opening for opening in opened if _is_pair(opening, mark)]
        if partners:
            latest = max(partners, key=lambda opening: waiting[opening][-1])
            waiting[latest].popleft()
            pairs += 1
        else:
            unpaired += 1
    return _Quotes(pairs, unpaired + sum(map(len, waiting.values())))


def _is_pair(opening: str, closing: str) -> bool:
    return opening == closing or closing in _PAIRED_QUOTES.get(opening, "") or {opening, closing} <= set("'’‘")


def _role_of_single(text: str, place: int, opened: list[str]) -> str:
    """Whether a single mark opens or closes a quotation or is an apostrophe, by what stands on either side of it."""
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if before.isalnum() and after.isalnum():
        return "apostrophe"
    if text[place] in "‘‚" and after.isalnum() and not _clipped_word().match(text, place):
        return "opening"
    if not before.isalnum() and not after.isspace() and before not in ".,!?…":
        return "apostrophe" if _clipped_word().match(text, place) else "opening"
    # the plural possessive "residents'" looks like a closing mark where no quotation is open
    return "closing" if any(opening in "'’‘‚" for opening in opened) else "apostrophe"


def brackets(source: str, target: str) -> Iterator[str]:
    """One sentence where round, square or curly brackets are unbalanced or not as many as in the Dutch.

    Numbers in brackets do not count: an age, `Dirk Goossens (57)`, English sets between commas, and `artikel 42, lid 7`
    is Article 42(7).
    """
    if not any(bracket in source or bracket in target for bracket in "()[]{}"):
        return
    if _is_balanced(source) and not _is_balanced(target):
        yield "The brackets in the English do not pair up."
        return
    dutch, english = (
        Counter(character for character in re.sub(r"\(\d+\)", "", text) if character in _BRACKET_OF)
        for text in (source, target)
    )
    lost, added = dutch - english, english - dutch
    if lost:
        yield f"The English lacks brackets of the Dutch: {' '.join(sorted(lost.elements()))}"
    if added:
        yield f"The English has brackets that the Dutch has not: {' '.join(sorted(added.elements()))}"


def _is_balanced(text: str) -> bool:
    open_brackets: list[str] = []
    for character in text:
        if character in _BRACKETS:
            open_brackets.append(character)
        elif character in _BRACKET_OF and (not open_brackets or open_brackets.pop() != _BRACKET_OF[character]):
            return False
    return not open_brackets


_END_NAMES = {
    ".": "a full stop",
    "?": "a question mark",
    "!": "an exclamation mark",
    "…": "an ellipsis",
    ":": "a colon",
    ";": "a semicolon",
    "": "no end mark",
}


def final_punctuation(source: str, target: str) -> Iterator[str]:
    """One sentence where the English does not end as the Dutch does: . ? ! … : ; or none.

    Quotation marks and brackets after the mark do not count, so that `"ja".` may become `"yes."`.
    """
    dutch, english = _end(source), _end(target)
    if dutch != english and not (dutch == "" and english == "." and _abbreviated_end().search(target)):
        yield f"The Dutch ends with {_END_NAMES[dutch]}, the English with {_END_NAMES[english]}."


@lru_cache(maxsize=1)
def _abbreviated_end() -> re.Pattern[str]:
    return re.compile(r"(?:\b\w\.\w\.|\b(?:Jr|Sr|Inc|Ltd|Co|Corp|Bros|etc|St|vs|no)\.)$")


def _end(text: str) -> str:
    text = text.rstrip(_TRAILING)
    if text.endswith(("...", "…")):
        return "…"
    last = text[-1:]
    if last == "!" and "?" in text[-3:]:
        return "?"
    return last if last in _END_NAMES else ""
