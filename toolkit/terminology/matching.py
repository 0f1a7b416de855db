"""Finding the terms of a glossary in Dutch sentences, in every form that Dutch gives them.

Words are looked up by the dictionary forms that they may be forms of (see `inflection`), so a glossary of a million terms
costs no more per sentence than a small one. Only terms that may stand inside a longer word need a search over the
characters: an Aho-Corasick automaton (Aho & Corasick 1975, https://doi.org/10.1145/360825.360855) through pyahocorasick.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from toolkit.terminology.glossary import Term, uncollected
from toolkit.terminology.inflection import (
    BASE,
    Form,
    dutch_bases,
    infinitives,
    may_be_participle,
    regular_forms,
    separable,
    verb_form,
)

Span = tuple[int, int]

_WORD = re.compile(r"(?:(?<!\w)['’‘](?=[sntSNT](?!\w)))?\w+(?:[-‐‑'’.]\w+)*(?:(?<=[sxzSXZ])['’](?!\w))?")
_QUOTES = "\"'“”‘’„«» "
_CLAUSE_END = re.compile(r"[.;:!?()]")
_BEFORE_NOUN = frozenset(["het", "een", "zijn", "haar", "hun", "mijn", "jouw", "uw", "ons", "onze", "dit"])
_DETERMINERS = _BEFORE_NOUN | frozenset(
    ["de", "deze", "elke", "elk", "alle", "geen", "enkele", "twee", "drie", "vier", "vijf", "zes"]
)
_NOUN_FOLLOWS = _DETERMINERS | frozenset(
    ["die", "dezelfde", "goede", "in", "met", "na", "om", "over", "per", "voor", "welke", "zonder"]
)
_ARTICLES = frozenset(["de", "een", "elke", "elk", "iedere", "onze"])  # no verb follows
_AUXILIARIES = frozenset(
    ["heb", "hebt", "heeft", "hebben", "had", "hadden", "ben", "bent", "is", "zijn", "was", "waren", "word", "wordt",
     "worden", "werd", "werden", "geworden"]
)  # fmt: skip
_CLAUSE = 25  # words after a finite verb within which its particle is looked for


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term found in a sentence.

    Attributes:
        term: the term.
        start, end: its place, in characters.
        form: the form in which it stands.
        particle: the place of the parted particle of a separable verb (`schoot … neer`), or None.
        inside: the term stands inside a longer word.
    """

    term: Term
    start: int
    end: int
    form: Form = BASE
    particle: Span | None = None
    inside: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        """Its place, and that of its particle."""
        return ((self.start, self.end), self.particle) if self.particle else ((self.start, self.end),)

    def moved(self, move: Callable[[int], int]) -> TermMatch:
        """The same match in a text in which places have moved."""
        particle = (move(self.particle[0]), move(self.particle[1])) if self.particle else None
        return replace(self, start=move(self.start), end=move(self.end), particle=particle)

    def surface(self, text: str) -> str:
        """The term as it stands in the sentence, the particle of a verb added."""
        words = text[self.start : self.end]
        return f"{words} {text[slice(*self.particle)]}" if self.particle else words


@dataclass(frozen=True, slots=True)
class _Entry:
    term: Term
    words: tuple[str, ...]  # of the source, in small letters
    order: int

    @property
    def gaps(self) -> set[str]:
        """What may stand between its words: nothing but space, or the signs of the source (`Helder & Zoon`)."""
        return {"", *re.sub(r"[\w'’.-]+", " ", self.term.source).split()}


class Matcher:
    """Finds the terms of a glossary.

    Args:
        terms: of two with the same source, the first is found.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_word: dict[str, _Entry | list[_Entry]] = {}
        self._verbs: dict[str, list[_Entry]] = {}  # infinitives and regular forms
        self._particles: dict[
            str, list[tuple[str, _Entry]]
        ] = {}  # particle of a separable verb → (its base verb, entry)
        self._exact: dict[str, list[_Entry]] = {}
        with uncollected():
            compounds = self._fill(terms)
        self._automaton: Any = _automaton(compounds) if compounds else None

    def _fill(self, terms: Iterable[Term]) -> list[_Entry]:
        """Enter the terms; those that may stand inside a longer word are returned."""
        compounds: list[_Entry] = []
        for order, term in enumerate(terms):
            source = term.source
            if source.isalpha():
                words: tuple[str, ...] = (source.casefold(),)
            else:
                words = tuple(_folded(m.group()) for m in _WORD.finditer(source))
            if not words:
                self._exact.setdefault(source, []).append(_Entry(term, words, order))
                continue
            entry = _Entry(term, words, order)
            there = self._by_word.setdefault(words[0], entry)
            if isinstance(there, list):
                there.append(entry)
            elif there is not entry:
                self._by_word[words[0]] = [there, entry]
            if term.pos == "verb" and len(words) == 1:
                self._add_verb(entry)
            if term.match == "compound" and len(words) == 1 and len(source) > 1:
                compounds.append(entry)
        return compounds

    def find(self, text: str) -> list[TermMatch]:
        """The terms in a sentence, from left to right; where several overlap, the longest."""
        if not self._by_word and not self._exact:
            return []
        tokens = [_token(text, m) for m in _WORD.finditer(text)]
        shouted = text.isupper() and len(tokens) > 1
        found: list[tuple[TermMatch, _Entry]] = []
        for i in range(len(tokens)):
            found.extend(self._at(text, tokens, i, shouted))
        for source, entries in self._exact.items():
            found.extend(
                (TermMatch(entries[0].term, m.start(), m.end()), entries[0])
                for m in re.finditer(re.escape(source), text)
            )
        if self._automaton is not None:
            found.extend(self._inside(text, tokens))

        def rank(item: tuple[TermMatch, _Entry]) -> tuple[int, bool, bool, bool, int]:
            match, entry = item
            exact = text[match.start : match.end] == match.term.source
            return (
                match.start - match.end - (match.particle is not None),
                match.inside,
                not exact,
                match.form != BASE,
                entry.order,
            )

        taken: list[Span] = []
        chosen: list[TermMatch] = []
        for match, _ in sorted(found, key=rank):
            spans = [(match.start, match.end)] + ([match.particle] if match.particle else [])
            if all(end <= a or start >= b for start, end in spans for a, b in taken):
                taken.extend(spans)
                chosen.append(match)
        return sorted(chosen, key=lambda m: m.start)

    def _add_verb(self, entry: _Entry) -> None:
        infinitive = entry.words[0]
        for form in {infinitive, *regular_forms(infinitive)}:
            self._verbs.setdefault(form, []).append(entry)
        if parts := separable(infinitive):
            self._particles.setdefault(parts[0], []).append((parts[1], entry))

    def _entries(self, word: str) -> Iterable[_Entry]:
        there = self._by_word.get(word)
        return () if there is None else there if isinstance(there, list) else (there,)

    def _at(
        self, text: str, tokens: list[tuple[str, int, int]], i: int, shouted: bool
    ) -> Iterator[tuple[TermMatch, _Entry]]:
        word = tokens[i][0]
        for base, form in dutch_bases(word):
            for entry in self._entries(base):
                last = i + len(entry.words) - 1
                if last >= len(tokens):
                    continue
                term, start, stop = entry.term, tokens[i][1], tokens[last][2]
                if term.pos == "verb" and len(entry.words) == 1:
                    continue  # below, by its conjugation
                whole = form
                if len(entry.words) > 1:
                    inner = self._rest(text, tokens, i, entry, form)
                    if inner is None:
                        continue
                    whole = inner
                around = signs(term.source)
                if around != ("", ""):
                    if (around[1] and form != BASE) or not (span := within_signs(text, (start, stop), around)):
                        continue
                    start, stop = span
                if not _fits(term, whole) or not _cased(term, text[start:stop], shouted):
                    continue
                yield TermMatch(term, start, stop, _named(term, whole, text[start:stop])), entry
        yield from self._verb_at(text, tokens, i)

    def _rest(self, text: str, tokens: list[tuple[str, int, int]], i: int, entry: _Entry, first: Form) -> Form | None:
        """The form of a term of several words whose first word stands at token i, or None if it does not stand there."""
        if first.plural and entry.term.pos not in ("noun", "phrase", "") and first != BASE:
            return None
        form = first
        for k, wanted in enumerate(entry.words[1:], i + 1):
            between = text[tokens[k - 1][2] : tokens[k][1]]
            if between.strip(" -") not in entry.gaps:
                return None
            word = tokens[k][0]
            if word == wanted:
                continue
            own = next((f for base, f in dutch_bases(word) if base == wanted), None)
            if own is None and entry.term.pos == "verb":
                own = verb_form(word, wanted)
            if own is None or entry.term.match == "exact":
                return None
            if own.kind != "inflected" or form == BASE:
                form = own
        return form

    def _verb_at(self, text: str, tokens: list[tuple[str, int, int]], i: int) -> Iterator[tuple[TermMatch, _Entry]]:
        if not self._verbs:
            return
        word, start, end = tokens[i]
        for candidate in {word, *infinitives(word)}:
            for entry in self._verbs.get(candidate, ()):
                if entry.term.match == "exact" and word != entry.words[0]:
                    continue
                form = verb_form(word, entry.words[0])
                if form and (form := _in_context(form, tokens, i, may_be_participle(word, entry.words[0]))):
                    yield TermMatch(entry.term, start, end, form), entry
        # The particle stands alone: `neer te schieten`, or earlier in the clause the finite verb: `schoot … neer`.
        for base, entry in self._particles.get(word, ()):
            if entry.term.match == "exact":
                continue
            if i + 2 < len(tokens) and tokens[i + 1][0] == "te" and tokens[i + 2][0] == base:
                yield TermMatch(entry.term, start, tokens[i + 2][2], Form("verb", "infinitive")), entry
                continue
            if i + 1 < len(tokens) and _goes_on(
                text[end : tokens[i + 1][1]], text[tokens[i + 1][1] : tokens[i + 1][2]]
            ):
                continue
            for j in range(i - 1, max(-1, i - _CLAUSE), -1):
                if _CLAUSE_END.search(text, tokens[j][2], tokens[j + 1][1]):
                    break
                form = verb_form(tokens[j][0], base, parted=j == 0 or not _noun_follows(tokens[j - 1][0]))
                if form and form.tense in ("present", "past", "infinitive") and (j == 0 or tokens[j - 1][0] != "te"):
                    yield TermMatch(entry.term, tokens[j][1], tokens[j][2], form, (start, end)), entry
                    break

    def _inside(self, text: str, tokens: list[tuple[str, int, int]]) -> Iterator[tuple[TermMatch, _Entry]]:
        for word, start, end in tokens:
            if len(word) != end - start:
                continue  # folding changed the length: places would be wrong
            for last, entry in self._automaton.iter(word):
                term, length = entry.term, len(entry.words[0])
                first = last - length + 1
                if length == len(word) or not _cased(term, text[start + first : start + last + 1], text.isupper()):
                    continue
                head = last + 1 < len(word) and any(word[first:] == f for f in _head_forms(entry.words[0]))
                if (length < 3 and "-" not in word) or not _parts_fit(word, first, last + 1, head):
                    continue
                stop = end if head or last + 1 == len(word) else start + last + 1
                form = Form("plural") if head else BASE
                yield TermMatch(term, start + first, stop, form, inside=True), entry


def _goes_on(between: str, following: str) -> bool:
    """Whether the word before is a preposition, not the particle that ends its clause: `dook onder de minuut`, `uit 1865`."""
    return not between.strip() and (
        following.casefold() in _DETERMINERS or following[:1].isdigit() or following[:1].isupper()
    )


def signs(phrase: str) -> tuple[str, str]:
    """The signs that belong to a phrase, before its first word and after its last: `#` of `#MeToo`, `++` of `C++`."""
    if phrase[:1].isalnum() and phrase[-1:].isalnum():
        return "", ""
    places = [m.span() for m in _WORD.finditer(phrase)]
    if not places:
        return "", ""
    return phrase[: places[0][0]].lstrip(_QUOTES), phrase[places[-1][1] :].rstrip(_QUOTES + ".,!?")


def within_signs(text: str, span: Span, around: tuple[str, str]) -> Span | None:
    """The place of words together with their signs, or None where those do not stand around them, and end there."""
    before, after = around
    start, end = span[0] - len(before), span[1] + len(after)
    if start < 0 or text[start : span[0]] != before or text[span[1] : end] != after:
        return None
    if (before and re.match(rf"\w|{re.escape(before[0])}", text[max(0, start - 1) : start])) or (
        after and re.match(rf"\w|{re.escape(after[-1])}", text[end : end + 1])
    ):
        return None
    return start, end


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'").replace("‘", "'")


def _in_context(form: Form, tokens: list[tuple[str, int, int]], i: int, participle: bool) -> Form | None:
    """The form of a verb where it stands, or None where the word is a noun: `de sloot`.

    `zijn aftreden` is a gerund; what may be past or participle is the participle after an article (`de verboden boeken`)
    and near a form of hebben, zijn or worden.
    """
    before = tokens[i - 1][0] if i else ""
    if form.tense == "infinitive":
        return Form("verb", "gerund") if before in _BEFORE_NOUN else form
    if form.tense in ("present", "past") and before in _ARTICLES:
        return Form("verb", "participle") if participle else None
    near = (word for word, _, _ in tokens[max(0, i - _CLAUSE // 2) : i + 4])
    return Form("verb", "participle") if participle and not _AUXILIARIES.isdisjoint(near) else form


def _token(text: str, word: re.Match[str]) -> tuple[str, int, int]:
    """A word, folded, with its place. An apostrophe that closes a quotation is no possessive: `'fles'`."""
    start, end = word.span()
    if text[end - 1] in "'’" and text[max(0, start - 1) : start] in ("'", "‘", "’"):
        end -= 1
    return _folded(text[start:end]), start, end


def _noun_follows(word: str) -> bool:
    """Whether a noun follows rather than a verb: `twee weken`, `om die reden`."""
    return word in _NOUN_FOLLOWS or word.isdigit()


def _automaton(entries: list[_Entry]) -> Any:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for entry in reversed(entries):  # the first of two with one source stays
        automaton.add_word(entry.words[0], entry)
    automaton.make_automaton()
    return automaton


def _head_forms(word: str) -> tuple[str, ...]:
    """Plurals of a word at the end of a compound."""
    doubled = word + word[-1] + "en" if re.search(r"[^aeiou][aeiou][^aeiouw]$", word) else word + "en"
    return (
        word + "en",
        word + "s",
        word + "'s",
        doubled,
        word[:-1] + {"f": "v", "s": "z"}.get(word[-1], word[-1]) + "en",
    )


def _parts_fit(word: str, first: int, stop: int, head: bool) -> bool:
    """Whether what a compound has beside the term can be words: two letters at least, or a linking letter."""
    before, after = word[:first].rstrip("-"), "" if head else word[stop:].lstrip("-")
    return (not before or len(before) > 2) and (not after or len(after) > 2 or after in ("s", "en", "e", "n", "'s"))


def _fits(term: Term, form: Form) -> bool:
    """Whether a term may stand in a form: an exact one only as it is, a name in no comparative."""
    if form == BASE:
        return True
    if term.match == "exact":
        return False
    if form.kind in ("comparative", "superlative"):
        return term.pos in ("adjective", "")
    if term.pos == "adjective":
        return form.kind in ("inflected", "plural")  # `zieken`: the adjective as a noun
    if term.pos == "name":
        return form.kind in ("possessive", "plural", "inflected") and (
            form.kind != "inflected" or term.source[-3:] in ("aan", "ees", "ens", "sch")
        )
    if form.kind == "inflected":
        return term.pos in ("", "phrase") or " " in term.source
    return True


def _named(term: Term, form: Form, surface: str) -> Form:
    """The -s of a name is its possessive."""
    if (
        term.pos == "name"
        and form.plural
        and surface.casefold().rstrip("s'’").startswith(term.source.casefold().rstrip("s"))
    ):
        return Form("possessive")
    return form


def _cased(term: Term, surface: str, shouted: bool) -> bool:
    if not term.case or shouted:
        return True
    if surface.isupper() and len(surface) > 3 and len(surface.split()) == 1 and not term.source.isupper():
        return True
    common = min(len(surface), len(term.source), 99)
    while common and surface[:common] != term.source[:common]:
        common -= 1
    return common >= min(max(2, len(term.source) - 2), len(surface)) and common > 0
