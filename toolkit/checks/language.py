"""Dutch words that were left standing in the English, and segments that were not translated at all."""

import re
from collections.abc import Iterator
from functools import lru_cache

from toolkit.checks.spans import Span, is_within, joined
from toolkit.words.dictionary import is_only_dutch

_LONGEST_TITLE_WORDS = 8
# A sentence that opens with one of these is Dutch; other capitalised words at the start may be names.
_OPENING_WORDS = """
    het een niet zijn deze wij hij zij ik je maar ook bij naar voor uit toen waar waarom wanneer hoewel omdat volgens
    tijdens sinds vanaf zonder er hier daar nu alle alles niemand iemand iedereen veel sommige tegen tussen dat dit
    als dus nog ons onze hun haar mijn zo zoals
"""
_OPENERS = frozenset(_OPENING_WORDS.split())


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    return re.compile(r"(?<!['’\w])[^\W\d_]+(?!['’]\w{2})")


@lru_cache(maxsize=1)
def _preposition_and_article() -> re.Pattern[str]:
    """Pairs that are Dutch though each word alone may be English; `de facto` and its like are not."""
    return re.compile(r"\b(?:van|met|door|op|tot|over|uit|bij|in|die) de\b(?! (?:facto|jure|rigueur|novo|luxe)\b)")


@lru_cache(maxsize=1)
def _quoted() -> re.Pattern[str]:
    return re.compile("[\"“„«‘]([^\"“”„«»]+)[\"”“»]|(?<!\\w)['‘]([^'‘’]+)['’](?!\\w)")


def left_over_dutch(source: str, target: str) -> Iterator[str]:
    """One sentence with the Dutch words that stand in the English.

    Capitalised words within the sentence may be names, what is quoted word for word from the Dutch may be a title, and
    an address is no language: none of them counts.
    """
    if target.split() == source.split():  # `identical` speaks of that
        return
    kept = joined([*_kept_titles(source, target), *_kept_addresses(source, target)])
    words = [
        match[0]
        for match in _word().finditer(target)
        if _may_be_left_over(match[0], match.start(), target) and not is_within(match.start(), kept)
    ]
    words += [
        match[0] for match in _preposition_and_article().finditer(target) if not _is_within_name(target, *match.span())
    ]
    if words:
        yield f"Dutch stands in the English: {', '.join(dict.fromkeys(words))}."


def _kept_titles(source: str, target: str) -> list[Span]:
    """The places of quotations in the target that stand in the source as they are."""
    dutch = source.lower()
    return [
        match.span()
        for match in _quoted().finditer(target)
        if len((quotation := (match[1] or match[2]).strip(" .,!?")).split()) <= _LONGEST_TITLE_WORDS
        and quotation.lower() in dutch
    ]


@lru_cache(maxsize=1)
def _address() -> re.Pattern[str]:
    return re.compile(r"(?<![^\s\"'(“„«])[\w#@][^\s\"“”„«»]*[.:/@][^\s\"“”„«»]*\w|(?<!\w)[@#]\w+")


def _kept_addresses(source: str, target: str) -> list[Span]:
    """The places of what looks like an address, a file name or a tag in the target and stands in the source as it is."""
    return [match.span() for match in _address().finditer(target) if match[0] in source]


def _may_be_left_over(word: str, start: int, text: str) -> bool:
    if len(word) < 2 or word.isupper():
        return False
    if word[0].isupper():
        low, after = word.lower(), text[start + len(word) :][:3].lstrip()
        # "Het Klokhuis" is a name
        return low in _OPENERS and is_only_dutch(low) and _opens_sentence(text, start) and not after[:1].isupper()
    return is_only_dutch(word) and not _is_within_name(text, start, start + len(word))


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 5) : start].rstrip(" \"'“‘„«(")
    return not before or before[-1] in ".?!:…\n"


def _is_within_name(text: str, start: int, end: int) -> bool:
    """Whether the word joins two capitalised ones, as in Alphen aan den Rijn."""
    before, after = text[max(0, start - 60) : start].split()[-2:], text[end : end + 60].split()[:2]
    return any(word[:1].isupper() for word in before) and any(word[:1].isupper() for word in after)


def identical(source: str, target: str) -> Iterator[str]:
    """One sentence where the English is the Dutch, though there is Dutch in it that has to be translated.

    Names and numbers may be the same in both languages, and so may a word that is both Dutch and English.
    """
    if source.strip() and source.split() == target.split() and _has_dutch(source):
        yield "The English is the same as the Dutch."


def _has_dutch(text: str) -> bool:
    words = [match[0] for match in _word().finditer(text)]
    small = [word for word in words if word[0].islower()] or (
        [word.lower() for word in words] if len(words) > 3 else []
    )
    return any(len(word) > 1 and is_only_dutch(word) for word in small) or (
        bool(words) and words[0].lower() in _OPENERS and len(words) > 1
    )
