"""The way of a document through the house: memory, terms, engine, ladder, checks."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any, Literal

from toolkit import ladder
from toolkit.checks import Issue, check, check_consistency
from toolkit.documents import Block, Document, Segment, parse
from toolkit.documents.abbreviations import spell_out
from toolkit.documents.typography import restyle, straighten
from toolkit.engine import Decoder, ModelPackage, choose
from toolkit.journal import Journal
from toolkit.ladder import Sentence
from toolkit.terminology import Glossary, Held, Matcher, Term, TermMatch, holding
from toolkit.terminology.times import times
from toolkit.words.dictionary import is_english
from toolkit.words.people import People

Origin = Literal["approved", "machine", "kept"]
Progress = Callable[[int, int], None]

_REACH = 50  # segments for which a person's name is remembered after it was last used
WINDOW = 500  # segments decoded in one call; memory stays flat however long the document is
UNSURE = -0.9  # mean log-probability per token below which a translation needs a person

_LONGEST_WORD = 100  # characters; the longest that Dutch writers make on purpose have about half of that
_SHORT = 3  # words; a heading of so few has no context, so it is tried in several dresses
# Before and after a word between two without capitals: no sentence begins here, and no longer name stands here.
_SMALL_BEFORE, _SMALL_AFTER = re.compile(r"(?<![^\s(])[a-z][\w'-]*,? $"), re.compile(r"[.,;:!?)\"]*(?: [^A-Z]|$)")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
# Comes out as it is, like the glossary's terms that are kept: addresses of the web and of mail, #tags, @names.
_VERBATIM = re.compile(r"(?:https?://|www\.)[^\s<>\"”]*[\w/]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)[@#]\w+")
_DOUBLED = re.compile(r"\b(\w+)(\s+\1)+\b", re.IGNORECASE)
_MAY_DOUBLE = {"that", "had", "very", "is", "bye", "no", "ha", "so", "many", "again"}
_FIGURES = ("numbers", "dates-times", "percent-money")
_DEGENERATE = ("empty", "repetition", "length", "hint-symbols")


@dataclass(frozen=True, slots=True)
class Translation:
    """A segment and its English.

    Attributes:
        segment: the segment.
        text: its English.
        origin: `approved` (a person's translation was reused), `machine`, or `kept` (nothing to translate, or nothing good).
        held: what became of each occurrence of a term.
        issues: what a person should look at.
        score: mean log-probability per token, None where no model was asked.
    """

    segment: Segment
    text: str
    origin: Origin
    held: tuple[Held, ...] = ()
    issues: tuple[Issue, ...] = ()
    score: float | None = None

    @property
    def unheld(self) -> list[Held]:
        """The occurrences that are not held."""
        return [h for h in self.held if h.method is None]

    @property
    def fuzzy(self) -> bool:
        """Whether a person should look at it before it is used: a check failed, a term is lost, or the model was unsure."""
        unsure = self.score is not None and self.score < UNSURE
        return self.origin != "approved" and (unsure or any(issue.severity != "info" for issue in self.issues))

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "source": self.segment.text,
            "target": self.text,
            "line": self.segment.line,
            "origin": self.origin,
            "score": None if self.score is None else round(self.score, 4),
            "terms": [
                {
                    "source": h.match.term.source,
                    "target": h.match.term.targets[0],
                    "surface": h.match.surface(self.segment.text),
                    "start": h.match.start,
                    "end": h.match.end,
                    "held": h.method,
                }
                for h in self.held
            ],
            "issues": [{"rule": i.rule, "severity": i.severity, "message": i.message} for i in self.issues],
        }


@dataclass(frozen=True, slots=True)
class TranslatedDocument:
    """A document with the translation of each of its segments.

    Attributes:
        document: the Dutch.
        translations: one a segment, in order.
        model: name and version of the model; `glossary`: the signature of the glossary; `settings`: of the decoding.
    """

    document: Document
    translations: tuple[Translation, ...]
    model: str
    glossary: str
    settings: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The English document."""
        return self.document.render([t.text for t in self.translations])

    @property
    def unheld(self) -> list[tuple[Translation, Held]]:
        """Every occurrence of a term that the English does not hold."""
        return [(t, h) for t in self.translations for h in t.unheld]

    def to_dict(self) -> dict[str, Any]:
        """The whole result for JSON: blocks with their segments, and how it was made."""
        rest = iter(self.translations)
        return {
            "name": self.document.name,
            "model": self.model,
            "glossary": self.glossary,
            "settings": dict(self.settings),
            "blocks": [
                {"kind": block.kind, "segments": [next(rest).to_dict() for _ in block.segments]}
                for block in self.document.blocks
            ],
            "text": self.text,
        }


class Translator:
    """Translates Dutch documents to English with the terms of a glossary held.

    Args:
        model: name or folder of an Argos package; without it the user's own nl→en package, else the bundled one.
        glossary: terms to hold.
        beam_size: hypotheses kept while decoding; more is slower and a little better.
        threads: cores to use, all unless told.
        hints: give the model its terms inline, if it knows how; without it terms are held by the other means.

    Raises:
        ModelError: the model is unknown or broken.
    """

    def __init__(
        self,
        model: str | Path | ModelPackage | None = None,
        glossary: Glossary | Iterable[Term] | None = None,
        *,
        beam_size: int | None = None,
        threads: int | None = None,
        hints: bool = True,
    ) -> None:
        self.package = model if isinstance(model, ModelPackage) else choose(None if model is None else str(model))
        self.glossary = glossary if isinstance(glossary, Glossary) else Glossary.of(glossary or ())
        self.beam_size = beam_size or int(self.package.settings.get("beam_size", 4))
        self._threads = threads
        known = self.package.hints if hints else None
        self._symbols = (known.open, known.arrow, known.close) if known else None
        self._matcher = Matcher(self.glossary)
        self._loaded: Decoder | None = None

    @property
    def decoder(self) -> Decoder:
        """The model, loaded when it is first needed."""
        if self._loaded is None:
            self._loaded = Decoder(self.package, self._threads)
        return self._loaded

    @property
    def settings(self) -> dict[str, Any]:
        """What, besides model and glossary, a translation depends on."""
        return {"beam_size": self.beam_size, "hints": self._symbols is not None}

    def translate(
        self,
        document: Document | str,
        *,
        memory: Mapping[str, str] | None = None,
        journal: Journal | None = None,
        progress: Progress | None = None,
    ) -> TranslatedDocument:
        """Translate a document, or a text.

        Args:
            document: the Dutch.
            memory: sentences that a person has translated; they are reused as they are.
            journal: see `stream`.
            progress: called with the segments done and their number.

        Raises:
            InputError: the text is empty.
            ModelError: the model cannot be loaded.
            OutputError: the journal cannot be written.
        """
        if isinstance(document, str):
            document = parse(document)
        total = len(document.segments)
        done: list[Translation] = []
        for translation in self.stream(document.segments, memory=memory, journal=journal):
            done.append(translation)
            if progress:
                progress(len(done), total)
        for index, issue in check_consistency([t.text for t in done]):
            done[index] = replace(done[index], issues=(*done[index].issues, issue))
        return TranslatedDocument(document, tuple(done), self.package.signature, self.glossary.signature, self.settings)

    def translate_blocks(
        self, blocks: Iterable[Block], *, memory: Mapping[str, str] | None = None, journal: Journal | None = None
    ) -> Iterator[tuple[Block, tuple[Translation, ...]]]:
        """Translate blocks as they come: for documents of any length, which are never held whole. See `stream`."""
        waiting: deque[Block] = deque()

        def segments() -> Iterator[Segment]:
            for block in blocks:
                waiting.append(block)
                yield from block.segments

        done: list[Translation] = []
        for translation in self.stream(segments(), memory=memory, journal=journal):
            done.append(translation)
            while waiting and len(done) >= len(waiting[0].segments):
                block = waiting.popleft()
                yield block, tuple(done[: len(block.segments)])
                del done[: len(block.segments)]
        yield from ((block, ()) for block in waiting)

    def stream(
        self, segments: Iterable[Segment], *, memory: Mapping[str, str] | None = None, journal: Journal | None = None
    ) -> Iterator[Translation]:
        """Translate segments as they come, a window of `WINDOW` at a time, so that memory stays flat.

        Args:
            segments: of a document, in order.
            memory: sentences that a person has translated; they are reused as they are.
            journal: keeps what is done; what an earlier run left in it is taken over.
        """
        memory, rest, size = memory or {}, iter(segments), WINDOW
        people = People(_REACH)
        if journal is not None:
            for segment in rest:
                record = journal.next(segment.text)
                if record is None:
                    rest = chain((segment,), rest)
                    break
                yield self._again(segment, record, memory, people)
            # The windows of a run that was not stopped: what the model makes of a sentence varies with its batch.
            size -= journal.resumed % WINDOW
        while window := list(islice(rest, size)):
            size = WINDOW
            for done in self._window(window, memory, people):
                if journal is not None:
                    methods = [h.method for h in done.held]
                    issues = [(i.rule, i.message, i.severity) for i in done.issues]
                    journal.add(done.segment.text, done.text, done.origin, done.score, methods, issues)
                yield done

    def _again(self, segment: Segment, record: Sequence[Any], memory: Mapping[str, str], people: People) -> Translation:
        """A translation as the journal has it; a new one where a person's came or went since, or the record is not right."""
        if not _right(record) or record[1] == "approved" or segment.text in memory:
            return next(self._window((segment,), memory, people))
        people.add(segment.text)
        text, origin, score, methods, issues = record
        # Nothing was asked of the terms of what was kept.
        found = self._matches(segment.text, people) if methods else []
        matches = [m for m in found if m.term.domain != _VERBATIM_DOMAIN]
        if len(matches) == len(methods):
            held = tuple(Held(match, method) for match, method in zip(matches, methods, strict=True))
        else:  # some were lost between parts
            held = holding.held(text, matches, "model")
        return Translation(segment, text, origin, held, tuple(Issue(*issue) for issue in issues), score)

    def _window(self, segments: Sequence[Segment], memory: Mapping[str, str], people: People) -> Iterator[Translation]:
        done: dict[str, Translation] = {}
        jobs: dict[str, _Job] = {}
        for segment in segments:
            text = segment.text
            people.add(text)
            if text in done or text in jobs:
                continue
            if (approved := memory.get(text)) is not None:
                done[text] = self._approved(segment, approved)
            elif not _translatable(text):
                done[text] = Translation(segment, text, "kept")
            else:
                jobs[text] = _Job(segment, self._matches(text, people), self._symbols)
        done.update(zip(jobs, self._decode(list(jobs.values())), strict=True))
        for segment in segments:
            yield replace(done[segment.text], segment=segment)

    def _approved(self, segment: Segment, english: str) -> Translation:
        held = holding.held(english, self._matcher.find(segment.text), "model")
        issues = tuple(replace(i, severity="info") for i in _term_issues(held))
        return Translation(segment, english, "approved", held, issues)

    def _decode(self, jobs: Sequence[_Job]) -> Iterator[Translation]:
        if not jobs:
            return
        sentences = [s for job in jobs for s in job.sentences]
        beam = self.beam_size
        # The other hypotheses and the attention cost next to nothing, but without terms nobody asks for alignments.
        alignments = any(s.matches for s in sentences)
        found = self.decoder.decode(
            [s.source for s in sentences], beam_size=beam, hypotheses=beam, alignments=alignments
        )
        for sentence, hypotheses in zip(sentences, found, strict=True):
            sentence.hypotheses = hypotheses
        self._guard(sentences)
        ladder.climb(self.decoder, sentences, beam)
        for job in jobs:
            yield job.translation()

    def _matches(self, text: str, people: People) -> list[TermMatch]:
        matches = self._matcher.find(text)
        fixed = [(found.span(), found.group()) for found in _VERBATIM.finditer(text)]
        for (start, end), english in [*fixed, *times(text)]:
            matches = [m for m in matches if m.end <= start or m.start >= end]
            matches.append(TermMatch(_verbatim(text[start:end], english), start, end))
        for start, end in people.find(text):
            if all(m.end <= start or m.start >= end for m in matches):
                matches.append(TermMatch(_verbatim(text[start:end], text[start:end]), start, end))
        return sorted(matches, key=lambda m: m.start)

    def _guard(self, sentences: Sequence[Sentence]) -> None:
        """Put a sound hypothesis in the place of a degenerate one (a stutter, an empty output, one far too long), one of real
        words in the place of one with a word that is none, and one with the figures right in the place of one with others.
        """
        lost = []
        for sentence in sentences:
            sentence.hypotheses = [replace(h, text=_collapse(h.text, sentence.text)) for h in sentence.hypotheses]
            if not _sound(sentence.text, sentence.hypotheses[0].text):
                sound = [h for h in sentence.hypotheses[1:] if _sound(sentence.text, h.text)]
                if sound:
                    sentence.hypotheses = sound
                else:
                    lost.append(sentence)
                continue
            if _made_up(sentence.hypotheses[0].text, sentence.text):
                sentence.hypotheses.sort(key=lambda h: _made_up(h.text, sentence.text) - h.score)
            if _DIGIT.search(sentence.text) and check(
                sentence.text, sentence.hypotheses[0].text, select=_FIGURES
            ):  # another hypothesis may have the figures right
                sentence.hypotheses.sort(key=lambda h: len(check(sentence.text, h.text, select=_FIGURES)))
        again = self.decoder.decode(
            [s.source for s in lost], beam_size=max(4, self.beam_size), hypotheses=4, alignments=True, careful=True
        )
        for sentence, found in zip(lost, again, strict=True):
            sound = [h for h in found if _sound(sentence.text, h.text)]
            sentence.hypotheses = sound or sentence.hypotheses


class _Job:
    """A segment on its way: one sentence to decode, or the parts between what the model must not see.

    That is symbols that it would take for its own, and words that are none: of a key of 3,000 letters it makes nothing, and
    takes half a minute for it.
    """

    def __init__(self, segment: Segment, matches: Sequence[TermMatch], symbols: tuple[str, str, str] | None) -> None:
        self.segment = segment
        self.matches = matches
        text = segment.text
        self.parts: list[Sentence | str] = []
        self.own: list[list[TermMatch]] = []  # the terms of each sentence, by their places in the segment
        self.dresses: list[Sentence] = []
        kept = [(m.start(), m.group()) for m in _unseen(symbols).finditer(text)]
        if kept:
            start = 0
            for end, literal in [*kept, (len(text), "")]:
                piece = text[start:end]
                lead = piece[: len(piece) - len(piece.lstrip())]
                trail = piece[len(piece.rstrip()) :] if piece.strip() else ""
                if _translatable(piece):
                    shift = start + len(lead)
                    inside = [m for m in matches if all(start <= a and b <= end for a, b in m.spans)]
                    inner = [m.moved(lambda at, shift=shift: at - shift) for m in inside]  # type: ignore[misc]
                    self.parts += [lead, Sentence(straighten(piece.strip()), inner, symbols), trail]
                    self.own.append(inside)
                else:
                    self.parts.append(piece)
                self.parts.append(literal)
                start = end + len(literal)
            self.shouted = False
            return
        self.shouted = _shouted(text)
        plain, move = spell_out(straighten(_calm(text) if self.shouted else text))
        moved = [m.moved(move) for m in matches]
        self.parts.append(Sentence(plain, moved, symbols))
        self.own.append(list(matches))
        if not matches and len(text.split()) <= _SHORT and text[-1:] not in ".?!…":
            lower = plain[:1].lower() + plain[1:]
            dresses = dict.fromkeys((lower, plain + ".", lower + "."))
            self.dresses = [Sentence(dress, (), None) for dress in dresses if dress != plain]

    @property
    def sentences(self) -> list[Sentence]:
        return [p for p in self.parts if isinstance(p, Sentence)] + self.dresses

    def translation(self) -> Translation:
        """The chosen English, dressed as the Dutch is, with its issues."""
        segment = self.segment
        if self.dresses:
            self._undress()
        inner = [p for p in self.parts if isinstance(p, Sentence)]
        english = "".join(p if isinstance(p, str) else p.english for p in self.parts)
        score = sum(s.score for s in inner) / max(1, len(inner))
        held = tuple(
            replace(h, match=m)
            for s, own in zip(inner, self.own, strict=True)
            for h, m in zip(s.held, own, strict=False)  # a sentence of which nothing came has none
        )
        if torn := [m for m in self.matches if all(h.match is not m for h in held)]:  # between two parts
            lost = holding.missing(english, [*(h.match for h in held), *torn])
            held = (*held, *(Held(m, None if m in lost else "model") for m in torn))
            held = tuple(sorted(held, key=lambda h: h.match.start))
        if self.shouted:
            english = english.upper()
        english = _small(english, segment.text, held)
        english = restyle(_capitalised(english, segment.text, held), segment.text)
        glossary_held = tuple(h for h in held if h.match.term.domain != _VERBATIM_DOMAIN)
        issues = [*_term_issues(held), *_forbidden_issues(english, inner)]
        if not _sound(segment.text, english) and len(segment.text.split()) <= _SHORT:
            message = f"The model has no sound translation of {segment.text!r}, so the Dutch stands."
            return Translation(
                segment, segment.text, "kept", glossary_held, (Issue("untranslated", message, "warning"),), score
            )
        issues += check(
            segment.text, english, held=holding.places(english, [h.match for h in glossary_held if h.method])
        )
        return Translation(segment, english, "machine", glossary_held, tuple(issues), score)

    def _undress(self) -> None:
        """Take the English of which the model is surest, with regard to words that are none; no full stop is added."""
        plain = self.sentences[0]
        found = [(plain.score, plain.english)]
        for sentence in self.sentences:
            stop = "." if sentence.text.endswith(".") and not plain.text.endswith(".") else ""
            proposed = [(sentence.score, sentence.english), *((h.score, h.text) for h in sentence.hypotheses)]
            found += [(score, text) for score, english in proposed if (text := english.removesuffix(stop))]
        found = [(score, text) for score, text in found if _sound(plain.text, text)] or found[:1]
        plain.score, plain.english = max(found, key=lambda one: one[0] - _made_up(one[1], plain.text))


_VERBATIM_DOMAIN = "verbatim"


def _right(record: Sequence[Any]) -> bool:
    """Whether a record of a journal, which somebody may have edited, is one as `Translator.stream` adds them."""
    match record:
        case [str(text), "approved" | "machine" | "kept", None | float() | int(), list(methods), list(issues)]:
            return (
                text == text.encode("utf-8", "ignore").decode()
                and all(method is None or isinstance(method, str) for method in methods)
                and all(isinstance(i, list) and [*map(type, i)] == [str, str, str] for i in issues)
            )
    return False


@lru_cache(maxsize=4)
def _unseen(symbols: tuple[str, str, str] | None) -> re.Pattern[str]:
    return re.compile("|".join([*map(re.escape, symbols or ()), rf"\S{{{_LONGEST_WORD + 1},}}"]))


@lru_cache(maxsize=1_000)
def _verbatim(dutch: str, english: str) -> Term:
    return Term(dutch, english, match="exact", case=True, keep=dutch == english, domain=_VERBATIM_DOMAIN)


def _translatable(text: str) -> bool:
    """Whether there are words in it: not for numbers, rules of dashes, an address of the web, a key of 60 letters."""
    rest = _VERBATIM.sub("", text)
    return bool(_LETTER.search(rest)) and any(len(word) <= 60 for word in rest.split() if _LETTER.search(word))


def _sound(source: str, english: str) -> bool:
    """No stutter, not empty, not far too long; a word comes out as a few words at most."""
    words = len(english.split())
    if len(source.split()) == 1 and words > 4:
        return False
    return not check(source, english, select=_DEGENERATE)


def _made_up(english: str, dutch: str) -> float:
    """The share of words that English does not have; with a capital inside the sentence, or in the Dutch too, it is a name.

    A hypothesis counts as so much less likely than its score says: on FLORES-200 dev that takes a third of such words
    away, and 0.04 BLEU is won.
    """
    words = re.findall(r"[^\W\d_]{3,}", english)
    names = {word for at, word in enumerate(words) if word in dutch or (at and word[0].isupper())}
    return sum(word not in names and not is_english(word.lower()) for word in words) / max(1, len(words))


def _collapse(english: str, source: str) -> str:
    """A word that the model wrote twice in a row, written once, unless the Dutch doubles one too."""
    if _DOUBLED.search(source):
        return english
    return _DOUBLED.sub(
        lambda m: m.group() if m.group(1).casefold() in _MAY_DOUBLE or m.group(1).isdigit() else m.group(1), english
    )


def _shouted(text: str) -> bool:
    """Capitals throughout, as in a headline; a lone acronym is none."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 5 and all(c.isupper() for c in letters) and len(text.lower()) == len(text)


def _calm(text: str) -> str:
    lower = text.lower()
    first = next((i for i, c in enumerate(lower) if c.isalpha()), 0)
    return lower[:first] + lower[first].upper() + lower[first + 1 :]


def _capitalised(english: str, source: str, held: Sequence[Held]) -> str:
    """A capital at the start where the Dutch has one; what must be kept letter for letter is."""
    match = _LETTER.search(english)
    first = _LETTER.search(source)
    if not match or not first or not first.group().isupper() or any(c.isalnum() for c in english[: match.start()]):
        return english
    at = match.start()
    for h in held:
        if h.match.term.keep and english.startswith(h.match.term.source, at):
            return english
    return english[:at] + english[at].upper() + english[at + 1 :]


def _small(english: str, source: str, held: Sequence[Held]) -> str:
    """Terms inside a sentence without a capital that neither the glossary nor the Dutch has: `ban Conscripts`."""
    for term in {h.match.term.key: h.match.term for h in held if source[h.match.start].islower()}.values():
        if all(target[:1].islower() for target in term.targets):
            for start, end in holding.occurrences(english, term):
                inside = _SMALL_BEFORE.search(english, max(0, start - 40), start) and _SMALL_AFTER.match(english, end)
                if inside and english[start + 1 : start + 2].islower():
                    english = english[:start] + english[start].lower() + english[start + 1 :]
    return english


def _term_issues(held: Sequence[Held]) -> Iterator[Issue]:
    for h in held:
        if h.method is None:
            yield Issue("term", holding.unheld_sentence(h.match.term), "error")


def _forbidden_issues(english: str, sentences: Sequence[Sentence]) -> Iterator[Issue]:
    for sentence in sentences:
        for match, bad, _ in holding.forbidden(english, sentence.matches):
            yield Issue("forbidden", holding.forbidden_sentence(match.term, bad), "error")
