"""Terms that an article needs and the glossary lacks: words that the model translates now so, now so, or leaves in Dutch.

Every sentence is decoded once, with the alignment; for each word of interest that gives the English that stands for it in
each sentence. The model is also asked for the word alone, and the lexicon for its English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, Protocol

from toolkit.terminology.glossary import Glossary, Term
from toolkit.terminology.holding import occurrences
from toolkit.terminology.inflection import dutch_lemma, english_lemmas, separable, verb_form
from toolkit.terminology.lexicon import Lexicon
from toolkit.terminology.matching import Matcher
from toolkit.words.lists import common_words, is_known

Span = tuple[int, int]
Reason = Literal["dutch", "varies", "context"]
Origin = Literal["lexicon", "article", "model"]

REASONS: dict[Reason, str] = {
    "dutch": "left in Dutch",
    "varies": "translated in several ways",
    "context": "not translated as the word alone",
}
"""Why a word is suggested."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ADDRESS = re.compile(r"\S*(?:://|@|www\.|\.\w)\S*|#\w+")
_SHORTEST = 4  # letters of a word that may be a term
_PART = 4  # letters of a part of a compound
_LINKS = ("", "s", "e", "en", "n", "er")
_MOST_WORDS = 4  # of the English of one word
_SMALL = """a an and are as at be been by for from had has have her his if in into is it its of on or our out over so than that
the their them then there these they this those to up was we were who will with would your"""
_SMALL_WORDS = frozenset(_SMALL.split())
# Endings that are words too, but end no compound: `gedeeltelijk`, `arresteren`.
_ENDINGS = frozenset(
    ["lijk", "heid", "baar", "loos", "achtig", "matig", "schap", "isch", "eren", "ellen", "ingen", "ende"]
)


class Decoding(Protocol):
    """A translation that a decoder proposes: see `toolkit.engine.Hypothesis`."""

    @property
    def text(self) -> str: ...

    @property
    def score(self) -> float: ...

    @property
    def alignment(self) -> Sequence[tuple[Span, Span]]: ...


class Decodes(Protocol):
    """What decodes sentences: see `toolkit.engine.Decoder`."""

    def decode(
        self, sentences: Sequence[str], *, beam_size: int = 4, hypotheses: int = 1, alignments: bool = False
    ) -> Sequence[Sequence[Decoding]]:
        """Translate sentences."""
        ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """English for a word, and where it is from: the lexicon, the article's translation, or the model for the word alone."""

    english: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word of an article that may need a term.

    Attributes:
        source: its dictionary form.
        reason: why it is suggested, a key of `REASONS`.
        count: how often it is in the article.
        renderings: what the model made of it, and how often, the most frequent first.
        proposals: English for it, the best first; none where nobody knows any.
        sentences: the indices of the sentences that it is in.
        name: it is written with a capital in the middle of sentences.
    """

    source: str
    reason: Reason
    count: int
    renderings: tuple[tuple[str, int], ...]
    proposals: tuple[Proposal, ...]
    sentences: tuple[int, ...] = ()
    name: bool = False

    @property
    def term(self) -> Term | None:
        """The term with the best proposal as its target, or None where there is no proposal."""
        if not self.proposals:
            return None
        others = ", ".join(p.english for p in self.proposals[1:])
        note = f"suggested: {REASONS[self.reason]}" + (f"; also {others}" if others else "")
        pos = "name" if self.name else ""
        return Term(self.source, self.proposals[0].english, pos=pos, case=self.name, note=note)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "source": self.source,
            "reason": self.reason,
            "count": self.count,
            "renderings": [{"english": e, "count": n} for e, n in self.renderings],
            "proposals": [{"english": p.english, "origin": p.origin} for p in self.proposals],
            "sentences": list(self.sentences),
            "row": {k: v for k, v in self.term.row().items() if v} if self.term else None,
        }


@dataclass(slots=True)
class _Candidate:
    source: str
    name: bool = False
    spans: list[tuple[int, Span]] = field(default_factory=list)  # sentence and place

    verb: bool = False

    @property
    def compound(self) -> bool:
        return not self.verb and is_compound(self.source)


def suggest(
    sentences: Sequence[str],
    decoder: Decodes,
    glossary: Glossary | Matcher,
    lexicon: Lexicon | None = None,
    *,
    limit: int | None = 20,
    beam_size: int = 4,
) -> list[Suggestion]:
    """Words of an article that the model does not translate alike, most wanting first.

    Words that the glossary has are left out. A word is looked at if it is there more than once or is a compound, and any
    word if the model leaves it in Dutch.

    Args:
        sentences: the Dutch of the article.
        decoder: the model.
        glossary: the terms that are there already.
        lexicon: a word list for proposals; the one of this package unless given.
        limit: how many at most; None for all.
        beam_size: hypotheses kept while decoding.
    """
    lexicon = Lexicon.load() if lexicon is None else lexicon
    matcher = glossary if isinstance(glossary, Matcher) else Matcher(glossary)
    decoded = [found[0] for found in decoder.decode(sentences, beam_size=beam_size, hypotheses=1, alignments=True)]
    candidates = [
        c for c in _candidates(sentences, matcher) if len(c.spans) > 1 or c.compound or _left(c, sentences, decoded)
    ]
    alone = _alone(candidates, decoder, beam_size)
    found = (_weigh(c, sentences, decoded, alone[c.source], lexicon) for c in candidates)
    order = list(REASONS)
    ranked = sorted(filter(None, found), key=lambda s: (order.index(s.reason), -s.count, -len(s.source), s.source))
    return ranked[:limit]


def accept(suggestions: Iterable[Suggestion], glossary: Glossary) -> list[Term]:
    """Add the terms of suggestions to a glossary; those that it has, and those without a proposal, are left out.

    Returns:
        The terms that were added.
    """
    terms = [s.term for s in suggestions if s.term is not None and not glossary.find(s.source)]
    glossary.extend(terms)
    return terms


@lru_cache(maxsize=20_000)
def is_compound(word: str) -> bool:
    """Whether a Dutch word is made of two words that are known, a linking sound between them or not."""
    word = word.casefold()
    if "-" in word:
        return all(len(part) >= _PART - 1 for part in word.split("-"))
    for cut in range(_PART, len(word) - _PART + 1):
        head = word[cut:]
        if head in _ENDINGS or not is_known(head, "nl"):
            continue
        for link in _LINKS:
            first = word[:cut].removesuffix(link) if link else word[:cut]
            if len(first) >= _PART - 1 and word[:cut] == first + link and is_known(first, "nl"):
                return True
    return False


def dictionary_form(word: str) -> str:
    """The dictionary form of a Dutch word in small letters; of a compound nobody lists, by that of its last part."""
    lemma = dutch_lemma(word)
    if lemma == word + "en":  # the noun `kanonnenvoer` is likelier than the verb that it would be the stem of
        return word
    if lemma != word or is_known(word, "nl"):
        return lemma
    for cut in range(_PART, len(word) - _PART + 1):
        head = word[cut:]
        if (base := dutch_lemma(head)) not in (head, head + "en") and is_known(word[:cut].rstrip("s"), "nl"):
            return word[:cut] + base
    return word


# Finding candidates --------------------------------------------------------------------------------------------------


def _candidates(sentences: Sequence[str], matcher: Matcher) -> Iterable[_Candidate]:
    common = common_words()
    found: dict[str, _Candidate] = {}
    for index, sentence in enumerate(sentences):
        taken = [span for m in matcher.find(sentence) for span in ((m.start, m.end), m.particle) if span]
        taken += [m.span() for m in _ADDRESS.finditer(sentence)]
        for word in _WORD.finditer(sentence):
            start, end = word.span()
            if len(word.group()) < _SHORTEST or any(a < end and start < b for a, b in taken):
                continue
            source, name = _source(word.group(), begins=not any(c.isalnum() for c in sentence[:start]))
            if {source.casefold(), word.group().casefold()} & common:
                continue
            candidate = found.setdefault(source, _Candidate(source))
            form = verb_form(word.group().casefold(), source) if source.endswith("en") else None
            candidate.verb |= form is not None and (form.tense != "infinitive" or separable(source) is not None)
            candidate.name |= name
            candidate.spans.append((index, (start, end)))
    return found.values()


def _source(word: str, begins: bool) -> tuple[str, bool]:
    """The dictionary form of a word in a sentence, and whether it is a name."""
    lower = word.casefold()
    if word == lower or (begins and word[1:].islower() and (is_known(lower, "nl") or is_compound(lower))):
        return dictionary_form(lower), False
    if word.isupper() and len(word) > 5:  # in a headline
        return dictionary_form(lower), False
    return word.removesuffix("'s").removesuffix("’s"), not begins


def _left(candidate: _Candidate, sentences: Sequence[str], decoded: Sequence[Decoding]) -> bool:
    return any(_in_dutch(sentences[i][slice(*span)], decoded[i].text) for i, span in candidate.spans)


def _in_dutch(word: str, english: str) -> bool:
    """Whether a Dutch word stands in the English as it is, and is no English word or name."""
    lower = word.casefold()
    if word != lower or is_known(lower, "en") or not re.search(rf"\b{re.escape(lower)}\b", english.casefold()):
        return False
    return is_known(lower, "nl") or is_compound(lower)


def _alone(candidates: Sequence[_Candidate], decoder: Decodes, beam_size: int) -> dict[str, str]:
    """What the model says for each word alone, of the word and of the word with a full stop the one it is surer of."""
    texts = [text for c in candidates for text in (c.source, c.source + ".")]
    found = iter(decoder.decode(texts, beam_size=beam_size, hypotheses=1))
    result = {}
    for candidate in candidates:
        best = max(next(found)[0], next(found)[0], key=lambda h: h.score)
        words = best.text.rstrip(".!?").split()
        sound = len(words) <= _MOST_WORDS and len(set(words)) == len(words)
        result[candidate.source] = _bare(" ".join(words), candidate.name) if sound else ""
    return result


# Weighing them -------------------------------------------------------------------------------------------------------


def _weigh(
    candidate: _Candidate, sentences: Sequence[str], decoded: Sequence[Decoding], alone: str, lexicon: Lexicon
) -> Suggestion | None:
    known = lexicon.get(candidate.source)
    itself = (candidate.source,) if candidate.name else ()
    expected = [e for e in dict.fromkeys((*itself, *known, alone)) if e]
    classes: dict[str, int] = {}
    dutch = False
    for index, span in candidate.spans:
        surface, english = sentences[index][slice(*span)], decoded[index]
        if _in_dutch(surface, english.text):
            dutch = True
            rendering = surface.casefold()
        else:
            rendering = _expected(expected, english.text, candidate) or aligned(english.text, english.alignment, span)
        if rendering:
            rendering = next((c for c in classes if _same(c, rendering)), rendering)
            classes[rendering] = classes.get(rendering, 0) + 1
    reason = _reason(candidate, classes, dutch, expected)
    if reason is None:
        return None
    renderings = tuple(sorted(classes.items(), key=lambda item: (-item[1], item[0] not in expected)))
    good = [e for e, _ in renderings if not _in_dutch(candidate.source, e)]
    proposals: dict[str, Proposal] = {}
    by_origin: dict[Origin, Sequence[str]] = {"lexicon": known, "article": good, "model": [alone]}
    # One rendering that the word alone does not get is likelier wrong than two that agree.
    order: tuple[Origin, ...] = (
        ("lexicon", "model", "article") if reason == "context" else ("lexicon", "article", "model")
    )
    for origin in order:
        for english_word in by_origin[origin]:
            if english_word and not _in_dutch(candidate.source, english_word):
                proposals.setdefault(english_word.casefold(), Proposal(english_word, origin))
    return Suggestion(
        candidate.source,
        reason,
        len(candidate.spans),
        renderings,
        tuple(proposals.values()),
        tuple(dict.fromkeys(i for i, _ in candidate.spans)),
        candidate.name,
    )


def _reason(candidate: _Candidate, classes: dict[str, int], dutch: bool, expected: Sequence[str]) -> Reason | None:
    if dutch:
        return "dutch"
    if len(classes) > 1:
        return "varies"
    if candidate.compound and not candidate.name and expected and classes:
        rendering = next(iter(classes))
        return None if any(_same(rendering, e) for e in expected) else "context"
    return None


def _expected(expected: Sequence[str], english: str, candidate: _Candidate) -> str:
    """The first English that was to be expected and is there: surer than the alignment of a single word."""
    return next((e for e in expected if occurrences(english, Term(candidate.source, e))), "")


def aligned(english: str, alignment: Iterable[tuple[Span, Span]], span: Span) -> str:
    """The words that translate a span of the source by the alignment: their longest row, without small words at its ends."""
    touched = [t for t, s in alignment if s[0] < span[1] and span[0] < s[1]]
    rows: list[list[str]] = [[]]
    for word in _WORD.finditer(english):
        if any(a < word.end() and word.start() < b for a, b in touched):
            rows[-1].append(word.group())
        elif rows[-1]:
            rows.append([])
    words = max(rows, key=len)
    return _bare(" ".join(words), name=False) if len(words) <= _MOST_WORDS else ""


def _bare(english: str, name: bool) -> str:
    """English without articles and the like around it, and without the capital of a first word."""
    words = english.strip(" \"'“”‘’.,;:!?").split()
    while words and words[0].casefold() in _SMALL_WORDS:
        words.pop(0)
    while words and words[-1].casefold() in _SMALL_WORDS:
        words.pop()
    text = " ".join(words)
    if not name and words and words[0][1:].islower() and is_known(words[0].casefold(), "en"):
        text = text[:1].lower() + text[1:]
    return text


def _same(one: str, other: str) -> bool:
    """Whether two renderings are the same words in other forms."""
    a, b = one.split(), other.split()
    return len(a) == len(b) and all(english_lemmas(x) & english_lemmas(y) for x, y in zip(a, b, strict=True))
