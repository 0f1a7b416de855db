"""Step `check-data`: read over the pairs that were written for this project, as a strict proofreader would.

What is certainly wrong is an error: columns, empty sides, repeated sentences, Unicode form, quotes, British spelling.
What only may be wrong is a warning: a word that no word list has met, numbers that differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from training.corpora import letters
from training.spelling import british, unknown_words

FOLDER = Path(__file__).parent / "data"

_CURVED = re.compile("[‘’‚‛“”„‟«»‹›`´]")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: its place, whether it must be mended (`error`) or judged, and what it is."""

    path: Path
    line: int
    error: bool
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {'error' if self.error else 'warning'}: {self.message}"


def check(paths: Iterable[Path], spelling: bool = True) -> Iterator[Finding]:
    """All findings in files of pairs, in their order.

    Args:
        paths: UTF-8 files with a Dutch and an English sentence a line, a tab between them.
        spelling: also warn of unknown words, which takes a minute for the whole folder.

    Raises:
        ImportError: `spelling` is asked for, and simplemma or wordfreq is not installed.
    """
    first_seen: dict[str, str] = {}
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            yield Finding(
                path, 1, True, f"not UTF-8 text ({error.reason} at byte {error.start}): save the file as UTF-8"
            )
            continue
        for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
            cells = line.split("\t")
            if len(cells) != 2:
                yield Finding(path, number, True, f"{len(cells)} columns instead of 2 (Dutch, tab, English)")
                continue
            dutch, english = cells
            for fault in faults(dutch, english):
                yield Finding(path, number, True, fault)
            if key := letters(dutch):
                place = first_seen.setdefault(key, f"{path.name}:{number}")
                if place != f"{path.name}:{number}":
                    yield Finding(path, number, True, f"the Dutch sentence stands already in {place}")
            for doubt in doubts(dutch, english, spelling):
                yield Finding(path, number, False, doubt)


def faults(dutch: str, english: str) -> Iterator[str]:
    """What is certainly wrong with a pair, a plain sentence each."""
    for name, text in (("Dutch", dutch), ("English", english)):
        if not text.strip():
            yield f"the {name} is empty"
        elif text != " ".join(text.split()):
            yield f"the {name} has a space too many, or one that is no plain space"
        if not unicodedata.is_normalized("NFC", text):
            yield f"the {name} is not in Unicode form NFC"
        if match := _CURVED.search(text):
            yield f"the {name} has {match.group()} where a straight quote (\" or ') belongs"
        if any(unicodedata.category(character) in ("Cc", "Cf", "Co", "Cn") for character in text):
            yield f"the {name} has an invisible character"
    # A quotation may go on in the next line, and Dutch papers open some with a single quote.
    if dutch.count('"') % 2 != english.count('"') % 2 and "'" not in dutch:
        yield "a quotation mark stands open in one of the languages only"
    for word, better in british(english):
        yield f"British spelling: {word} (American: {better})"


def doubts(dutch: str, english: str, spelling: bool = True) -> Iterator[str]:
    """What may be wrong with a pair, a plain sentence each."""
    twelve_hours = bool(_TWELVE_HOURS.search(english))
    here, there = numbers(dutch, "nl", twelve_hours), numbers(english, "en", twelve_hours)
    lost, found = here - there, there - here
    # What stands on one side only may be written out on the other: small and round ones, one that begins a sentence.
    if not found and _WRITTEN_OUT.search(english):
        lost = set()
    if not lost:
        found = {number for number in found if number > 20 and number % 10}
    if lost or found:
        yield f"numbers differ: {_listed(lost)} in the Dutch only, {_listed(found)} in the English only"
    if spelling:
        for name, text, language in (("Dutch", dutch, "nl"), ("English", english, "en")):
            for word in unknown_words(text, language):
                yield f"unknown {name} word: {word}"


# Numbers -------------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})")
_TWELVE_HOURS = re.compile(r"\d ?[ap]\.?m\b|\b(?:noon|midnight)\b")
_WRITTEN_OUT = re.compile(
    r"(?i)\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|midnight|noon|first|second|third|half|scoreless)"
)


def numbers(text: str, language: str, twelve_hours: bool = False) -> set[float]:
    """The values of the numbers in digits: 1.250 and 3,5 in Dutch, 1,250 and 3.5 in English.

    Args:
        text: one sentence.
        language: `nl` or `en`.
        twelve_hours: count a time of day, and any number up to 24, on a clock of twelve hours: `14.30` and `2:30 p.m.`.
    """
    found: set[float] = set()
    thousands, point = (".", ",") if language == "nl" else (",", ".")
    for token in _NUMBER.findall(text):
        clock = _CLOCK.fullmatch(token)
        plain = token.replace(thousands, "").replace(point, ".")
        if clock and (twelve_hours or ":" in token):
            found.add(int(clock[1]) % 12 + int(clock[2]) / 60)
        elif ":" in token or plain.count(".") > 1:
            found.update(map(float, re.findall(r"\d+", token)))
        elif twelve_hours and float(plain) <= 24:
            found.add(float(plain) % 12)
        else:
            found.add(float(plain))
    return found


def _listed(values: set[float]) -> str:
    return ", ".join(f"{value:g}" for value in sorted(values)) or "none"
