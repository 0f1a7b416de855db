"""The stutter of a neural model: words, phrases or letters said over and over."""

import re
from collections.abc import Iterator
from functools import lru_cache

_LONGEST_PHRASE = 5
# English doubles these of itself: he had had, the one that that man, moved in in 1911, what it is is.
_NATURAL_DOUBLES = frozenset({"do", "had", "her", "in", "is", "on", "that", "was", "who"})
_DETERMINERS = frozenset({"a", "an", "his", "her", "its", "my", "our", "that", "the", "their", "these", "this", "your"})
_INTERJECTIONS = frozenset(
    {"ah", "boo", "bye", "go", "ha", "hear", "hey", "hip", "ho", "knock", "la", "no", "now", "oh", "please", "so"}
    | {"there", "very", "well", "yes"}
)


def repetition(source: str, target: str) -> Iterator[str]:
    """One sentence for each word or phrase of up to five words said twice running, and for each exploded word.

    What the Dutch itself repeats may be repeated; a full stop, question mark or exclamation mark between two words
    makes them two sentences.
    """
    repeated = _repeated_phrases(target)
    if repeated:
        allowed = len(_repeated_phrases(source))
        for phrase in repeated[allowed:]:
            yield f'"{phrase}" is repeated.'
    exploded = _exploded(target)
    if exploded and not _exploded(source):
        for word in exploded:
            yield f'"{_shortened(word)}" repeats its letters.'


def _shortened(word: str) -> str:
    return word if len(word) <= 30 else f"{word[:30]}…"


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def _repeated_phrases(text: str) -> list[str]:
    """The phrases of 1–5 words that follow themselves, each once, the longest reading first."""
    found = list(_word().finditer(text))
    words = [match[0].lower() for match in found]
    phrases = []
    position = 0
    while position < len(words) - 1:
        length = next(
            (
                length
                for length in range(min(_LONGEST_PHRASE, (len(words) - position) // 2), 0, -1)
                if words[position : position + length] == words[position + length : position + 2 * length]
            ),
            0,
        )
        if not length:
            position += 1
            continue
        end = position + length
        while words[end : end + length] == words[position : position + length]:
            end += length
        times = (end - position) // length
        first = text[found[position].start() : found[position + length - 1].end()]
        gap = text[found[position + length - 1].end() : found[position + length].start()]
        if not _is_natural(words[position : position + length], times, first, gap):
            phrases.append(first)
        position = end
    return phrases


def _is_natural(phrase: list[str], times: int, inside: str, gap: str) -> bool:
    """Whether a repetition is one that English writers make.

    `inside` is the text of the phrase, `gap` what stands between it and its repetition. Natural are numbers, cheers
    (`no, no`), two sentences or menu steps, a noun taken up after a comma (`under this law, this law`), and `had had`.
    """
    if not any(letter.isalpha() for word in phrase for letter in word):
        return True
    if times > 2:
        return len(phrase) == 1 and phrase[0] in _INTERJECTIONS
    if any(mark in gap for mark in ":;…—–/|>") or " - " in gap or any(mark in inside + gap for mark in ".?!"):
        return True
    if "," in gap:
        return phrase[0] in _DETERMINERS or phrase[-1] in _INTERJECTIONS
    return len(phrase) == 1 and (phrase[0] in _NATURAL_DOUBLES or phrase[0] in _INTERJECTIONS)


@lru_cache(maxsize=1)
def _explosion() -> re.Pattern[str]:
    """One letter three times running, a group of two to four letters three times, or a mark five times."""
    return re.compile(r"([^\W\d_])\1\1|([^\W\d_]{2,4}?)\2\2|([^\w\s])\3{4}", re.IGNORECASE)


@lru_cache(maxsize=1)
def _natural_explosion() -> re.Pattern[str]:
    """Roman numerals, the web, and the noises that people make."""
    return re.compile(
        r"(?i)(?:m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})|www.*|[ahmbrzgo]+|(?:ha|la)+)"
    )


def _exploded(text: str) -> list[str]:
    explosion = _explosion()
    if not explosion.search(text):
        return []
    return [
        word
        for word in re.findall(r"\S+", text)
        if explosion.search(word) and not _natural_explosion().fullmatch(word.strip(".,;:!?\"'’”()"))
    ]
