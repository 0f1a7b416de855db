"""Holding terms: writing them into the source as hints, checking the English for them, and repairing it where one is missing.

The steps of the ladder are pure functions over texts; the pipeline climbs it, since the steps need a model between them:
hint → verify → choose among the hypotheses → replace the aligned span → decode again with a placeholder → report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from toolkit.terminology.glossary import Term
from toolkit.terminology.inflection import (
    english_degree,
    english_lemmas,
    english_plural,
    english_possessive,
    english_tense,
    english_verb,
)
from toolkit.terminology.matching import TermMatch, signs, within_signs

Span = tuple[int, int]
Method = Literal["hint", "model", "hypothesis", "aligned", "placeholder"]

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Held:
    """What became of one occurrence of a term.

    Attributes:
        match: the occurrence.
        method: how it was held, or None for one that is not: `hint` (the model placed it), `model` (the model wrote it of
            itself), `hypothesis` (another hypothesis had it), `aligned` (put in the place of what the model wrote for it),
            `placeholder` (decoded again around it).
    """

    match: TermMatch
    method: Method | None


def held(english: str, matches: Sequence[TermMatch], method: Method) -> tuple[Held, ...]:
    """What became of each occurrence: held by `method` where the English has it."""
    lost = missing(english, matches)
    return tuple(Held(match, None if match in lost else method) for match in matches)


def unheld_sentence(term: Term) -> str:
    """What a person is told of a term that is not held."""
    return f"The term {term.source!r} is not held: the English should have {term.targets[0]!r}."


def forbidden_sentence(term: Term, bad: str) -> str:
    """What a person is told of forbidden English."""
    return f"The English has {bad!r}, which must not stand for {term.source!r}."


def fit(match: TermMatch, text: str) -> str:
    """The English of a term in the form that its Dutch form asks for, with the capital of a sentence's first word.

    Args:
        match: the occurrence.
        text: the sentence it is in.
    """
    return _capital(_inflect(match.term.targets[0], match), match, text)


def _inflect(target: str, match: TermMatch) -> str:
    term, form = match.term, match.form
    if term.keep:
        return term.source + ("'s" if form.kind == "possessive" else "")
    if form.kind == "verb":
        return english_tense(target, form.tense)
    if form.plural and term.pos != "adjective":
        return english_plural(target)
    if form.kind == "possessive":
        return english_possessive(target)
    if form.kind in ("comparative", "superlative"):
        return english_degree(target, form.kind)
    return target


def _capital(target: str, match: TermMatch, text: str) -> str:
    """A capital for a common noun that begins a sentence; a term whose Dutch has one everywhere keeps its own."""
    first = text[match.start : match.start + 1]
    begins = not any(c.isalnum() for c in text[: match.start])
    if (
        begins
        and first.isupper()
        and not match.term.keep
        and target[:1].islower()
        and not match.term.source[:1].isupper()
    ):
        return target[:1].upper() + target[1:]
    return target


def annotate(text: str, matches: Sequence[TermMatch], symbols: tuple[str, str, str], lemmas: bool = False) -> str:
    """The sentence with its terms as inline hints, `⟦ deelrepublieken ⇒ constituent republics ⟧`.

    A parted particle of a verb is drawn to the verb. With `lemmas` verbs are given in their dictionary form, for the model
    to inflect.
    """
    opening, arrow, closing = symbols
    edits: list[tuple[int, int, str]] = []
    for match in matches:
        english = fit(match, text)
        if lemmas and match.form.kind == "verb":
            english = match.term.targets[0]
        before = " " if match.start and not text[match.start - 1].isspace() and text[match.start - 1].isalnum() else ""
        after = " " if text[match.end : match.end + 1].isalnum() else ""
        edits.append(
            (match.start, match.end, f"{before}{opening} {match.surface(text)} {arrow} {english} {closing}{after}")
        )
        if match.particle:
            start, end = match.particle
            while start and text[start - 1] == " ":
                start -= 1
            edits.append((start, end, ""))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def missing(english: str, matches: Sequence[TermMatch]) -> list[TermMatch]:
    """The occurrences that the English does not hold, by lemma and by count.

    Terms with the same accepted English are counted together. Of too few occurrences the last ones count as missing.
    """
    groups: dict[frozenset[str], list[TermMatch]] = {}
    for match in matches:
        accepted = frozenset(t.casefold() for t in match.term.targets)
        groups.setdefault(accepted, []).append(match)
    lost: list[TermMatch] = []
    words = _words(english)
    for members in groups.values():
        there = len(occurrences(english, members[0].term, words))
        lost.extend(members[there:])
    return lost


def places(english: str, kept: Sequence[TermMatch]) -> tuple[list[Span], list[Span]]:
    """Where occurrences that the English holds (see `missing`) stand: in the Dutch, and as often in the English."""
    if not kept:
        return [], []
    terms = {match.term.key: match.term for match in kept}
    times, words = Counter(match.term.key for match in kept), _words(english)
    there = [span for key, term in terms.items() for span in occurrences(english, term, words)[: times[key]]]
    return [span for match in kept for span in match.spans], there


def occurrences(english: str, term: Term, words: Sequence[tuple[str, int, int]] | None = None) -> list[Span]:
    """Where the accepted English of a term stands in a sentence, in any form; a `keep` term only letter for letter."""
    if term.keep:
        kept, text = term.source.replace("’", "'"), english.replace("’", "'")
        return [m.span() for m in re.finditer(rf"(?<!\w){re.escape(kept)}(?!\w)", text)]
    words = _words(english) if words is None else words
    found: list[Span] = []
    for target in term.targets:
        found.extend(_places(target, words, english, cased=term.case))
    chosen: list[Span] = []
    for span in sorted(found, key=lambda s: (s[0], -s[1])):
        if not chosen or span[0] >= chosen[-1][1]:
            chosen.append(span)
    return chosen


def forbidden(english: str, matches: Sequence[TermMatch]) -> list[tuple[TermMatch, str, Span]]:
    """The forbidden English of these terms that stands in a sentence, with its place."""
    terms = {m.term.key: m for m in matches if m.term.forbidden}
    words = _words(english) if terms else []
    found = []
    for match in terms.values():
        allowed = occurrences(english, match.term, words)
        for bad in match.term.forbidden:
            for span in _places(bad, words, english, cased=False):
                if not any(a <= span[0] and span[1] <= b for a, b in allowed):
                    found.append((match, bad, span))
    return found


def replace_aligned(
    english: str,
    alignment: Iterable[tuple[Span, Span]],
    source: Span,
    match: TermMatch,
    text: str,
    taken: Sequence[Span],
) -> tuple[str, Span] | None:
    """The English with the words that translate a source span replaced by the term, and the place of the term in it.

    Args:
        english: a hypothesis.
        alignment: its pairs of target span and source span.
        source: the span of the term in the text that was decoded.
        match, text: the term and its sentence.
        taken: spans of terms that are held already, which must stay.

    Returns:
        None if no words, or too many, are aligned to the term.
    """
    spans = sorted(
        t
        for t, s in alignment
        if s[0] < source[1] and source[0] < s[1] and any(c.isalnum() for c in english[slice(*t)])
    )
    if not spans:
        return None
    runs: list[list[int]] = []  # neighbouring spans, one small word between them allowed
    for start, end in spans:
        if runs and start - runs[-1][1] <= 4:
            runs[-1][1] = max(runs[-1][1], end)
        else:
            runs.append([start, end])
    start, end = max(runs, key=lambda r: r[1] - r[0])
    words = _words(english)
    covered = [(a, b) for _, a, b in words if a < end and start < b]
    if not covered or len(covered) > len(match.term.targets[0].split()) + 3:
        return None
    start, end = covered[0][0], covered[-1][1]
    if any(a < end and start < b for a, b in taken):
        return None
    return put(english, (start, end), match, text)


def put(english: str, span: Span, match: TermMatch, text: str) -> tuple[str, Span]:
    """The English with the term in the place of a span, inflected like what stood there; and where the term is now."""
    start, end = span
    old = english[start:end]
    new = fit(match, text)
    if match.form.kind == "verb":
        new = english_verb(match.term.targets[0], old.split()[0])
    if match.term.keep:
        new = match.term.source
    elif old.endswith(("'s", "’s")) and not new.endswith(("'s", "'")):
        new = english_possessive(new)
    if (
        not any(c.isalnum() for c in english[:start])
        and old[:1].isupper()
        and new[:1].islower()
        and not match.term.keep
    ):
        new = new[:1].upper() + new[1:]
    elif (
        start
        and new[:1].isupper()
        and match.term.targets[0][:1].islower()
        and any(c.isalnum() for c in english[:start])
    ):
        new = new[:1].lower() + new[1:]
    changed = english[:start] + new + english[end:]
    return mend(changed, (start, start + len(new)))


_ARTICLES = re.compile(r"\b(an?|the|this|that|these|those|his|her|its|their|our|my|your)\s+$", re.IGNORECASE)
# Spelled with a vowel but spoken with a consonant, and the other way round.
_CONSONANT = re.compile(r"(?:uni(?!n|m)|use|usu|usa|eu|ewe|one\b|once|ut[ei]|ubi|u[A-Z.])", re.IGNORECASE)
_VOWEL_SOUND = re.compile(r"(?:[aeiou]|hour|honest|honou?r|heir|[FHLMNRSX](?=[A-Z]{1,4}\b)|8|11\b|18\b)", re.IGNORECASE)


def article_for(word: str) -> str:
    """`a` or `an`, by the sound a word begins with."""
    if re.match(r"[FHLMNRSX][A-Z]{1,4}\b", word):
        return "an"
    if re.match(r"[FHLMNRSXfhlmnrsx]", word) and not re.match(r"(?:hour|honest|honou?r|heir)", word, re.IGNORECASE):
        return "a"
    return "an" if _VOWEL_SOUND.match(word) and not _CONSONANT.match(word) else "a"


def mend(english: str, span: Span) -> tuple[str, Span]:
    """Set right what a term put at `span` breaks before it: a/an, and an article that is there twice."""
    start, end = span
    new = english[start:end]
    before = english[:start]
    first = re.match(r"(?:an?|the)\s+", new, re.IGNORECASE)
    if first and (double := _ARTICLES.search(before)):
        before = before[: double.start()]
    elif (found := re.search(r"\b(an?)\s+$", before, re.IGNORECASE)) and new[:1].isalnum():
        article = article_for(new)
        article = article.capitalize() if found.group(1)[0].isupper() else article
        before = before[: found.start()] + article + " "
    return before + english[start:], (len(before), len(before) + end - start)


def _words(english: str) -> list[tuple[str, int, int]]:
    return [(m.group(), m.start(), m.end()) for m in _WORD.finditer(english)]


def _places(target: str, words: Sequence[tuple[str, int, int]], english: str, cased: bool) -> list[Span]:
    """Where a target stands among the words of a sentence, in any form of its words."""
    wanted = [m.group() for m in _WORD.finditer(target)]
    if not wanted:
        return [m.span() for m in re.finditer(re.escape(target), english)]
    found, around = [], signs(target)
    for i in range(len(words) - len(wanted) + 1):
        if all(_same(words[i + k][0], word, cased) for k, word in enumerate(wanted)):
            place = (words[i][1], words[i + len(wanted) - 1][2])
            if span := within_signs(english, place, around):
                found.append(span)
    return found


def _same(there: str, wanted: str, cased: bool) -> bool:
    """Whether a word of the English is a form of a word of the target."""
    if there == wanted or (not cased and there.casefold() == wanted.casefold()):
        return True
    if cased and wanted[:1].isupper() and there[:1] != wanted[:1]:
        return False
    return bool(english_lemmas(there) & english_lemmas(wanted))
