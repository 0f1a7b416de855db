"""Decoding: a batch of sentences through CTranslate2, with n-best hypotheses, scores and alignments."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.engine.packages import ModelPackage
from toolkit.engine.threads import cores, settle
from toolkit.errors import ModelError

LONGEST = 100  # tokens; the bundled model saw no longer sentences in training
BATCH = 256  # tokens in one batch, padding counted: larger ones leave cores idle, and take more time and memory

Span = tuple[int, int]


Alignment = tuple[tuple[Span, Span], ...]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One translation that the model proposes.

    Attributes:
        text: the English.
        score: mean log-probability per token; 0 is certain.
        align: works the alignment out, which few hypotheses need; None where it was not asked for.
    """

    text: str
    score: float
    align: Callable[[], Alignment] | None = field(default=None, compare=False, repr=False)

    @property
    def alignment(self) -> Alignment:
        """Pairs of a target span and the source span that the model looked at while writing it, in characters."""
        return self.align() if self.align else ()


class Decoder:
    """A loaded model.

    Args:
        package: which model.
        threads: cores to use; all that the process may use unless told.

    Raises:
        ModelError: the model cannot be loaded.
    """

    def __init__(self, package: ModelPackage, threads: int | None = None) -> None:
        settle()
        import ctranslate2

        from toolkit.engine.tokens import tokenizer

        self.package = package
        ctranslate2.set_log_level(40)  # errors only: its warnings are for developers
        try:
            self._translator = ctranslate2.Translator(
                str(package.path / "model"),
                device="cpu",
                compute_type="int8",
                inter_threads=threads or cores(),
                intra_threads=1,
            )
            self._tokenizer = tokenizer(package.path)
        except Exception as error:  # the native libraries raise plain RuntimeErrors of many kinds
            first = (str(error).splitlines() or ["unknown reason"])[0]
            raise ModelError(f"The model {package.name} in {package.path} cannot be loaded: {first}.") from error
        self._prefix = self._tokenizer.target_prefix

    def decode(
        self,
        sentences: Sequence[str],
        *,
        beam_size: int = 4,
        hypotheses: int = 1,
        alignments: bool = False,
        careful: bool = False,
    ) -> list[list[Hypothesis]]:
        """Translate all sentences in one batched call, sorted by length inside.

        Args:
            sentences: Dutch sentences, hints in them or not. One of over `LONGEST` tokens is cut at clause boundaries
                and its parts are joined again.
            beam_size: width of the beam.
            hypotheses: how many to return for a sentence, best first; at most `beam_size`.
            alignments: give each hypothesis its alignment.
            careful: forbid repeated phrases, for sentences on which plain decoding stuttered.

        Returns:
            A list of hypotheses for each sentence. An empty sentence gives one empty hypothesis.
        """
        parts: list[str] = []
        tokens: list[list[str]] = []
        owners: list[int] = []
        for i, (sentence, own) in enumerate(zip(sentences, self._tokenizer.encode(list(sentences)), strict=True)):
            pieces = [sentence] if sentence.strip() and len(own) <= LONGEST else self._parts(sentence)
            parts += pieces
            tokens += [own] if pieces == [sentence] else self._tokenizer.encode(pieces)
            owners += [i] * len(pieces)
        count = max(1, min(hypotheses, beam_size))
        decoded = self._decode(parts, tokens, beam_size, count, alignments, careful)
        result: list[list[Hypothesis]] = [[] for _ in sentences]
        offsets: dict[int, int] = {}
        for part, owner, found in zip(parts, owners, decoded, strict=True):
            at = offsets.get(owner, 0)
            result[owner] = _join(result[owner], found, at) if result[owner] else found
            offsets[owner] = at + len(part) + 1
        return [found or [Hypothesis("", 0.0)] for found in result]

    def length(self, sentence: str) -> int:
        """The number of tokens of a sentence."""
        return len(self._tokenizer.encode([sentence])[0])

    def _decode(
        self,
        sentences: list[str],
        tokens: list[list[str]],
        beam_size: int,
        count: int,
        alignments: bool,
        careful: bool,
    ) -> list[list[Hypothesis]]:
        if not sentences:
            return []
        settings: dict[str, Any] = {"length_penalty": self.package.settings.get("length_penalty", 1)}
        if careful:
            settings |= {"no_repeat_ngram_size": 3, "repetition_penalty": 1.3}
        if self._prefix:
            settings["target_prefix"] = [[self._prefix]] * len(tokens)
        try:
            results = self._translator.translate_batch(
                tokens,
                beam_size=beam_size,
                num_hypotheses=count,
                max_batch_size=BATCH,
                batch_type="tokens",
                # A translation has at most about twice the tokens of its source; beyond that the model is lost.
                max_decoding_length=min(256, 20 + 2 * max(map(len, tokens), default=1)),
                replace_unknowns=True,
                return_scores=True,
                return_attention=alignments,
                **settings,
            )
        except (RuntimeError, ValueError) as error:
            raise ModelError(f"The model {self.package.name} failed: {str(error).splitlines()[0]}.") from error
        return [
            [self._hypothesis(sentence, source, result, k, alignments) for k in range(len(result.hypotheses))]
            for sentence, source, result in zip(sentences, tokens, results, strict=True)
        ]

    def _hypothesis(self, sentence: str, source: list[str], result: Any, k: int, alignments: bool) -> Hypothesis:
        target = result.hypotheses[k]
        prefixed = bool(self._prefix) and target[:1] == [self._prefix]
        target = target[1:] if prefixed else target
        text = self._tokenizer.decode(target)
        if not alignments:
            return Hypothesis(text, result.scores[k])

        def align() -> Alignment:
            attention = result.attention[k][1 if prefixed else 0 :]
            source_spans = self._tokenizer.spans(source, sentence)
            pairs = []
            for span, row in zip(self._tokenizer.spans(target, text), attention, strict=False):
                best = max(range(min(len(row), len(source_spans))), key=row.__getitem__, default=None)
                if span and best is not None and (origin := source_spans[best]):
                    pairs.append((span, origin))
            return tuple(pairs)

        return Hypothesis(text, result.scores[k], align)

    def _parts(self, sentence: str) -> list[str]:
        """The sentence, or its clauses where it is longer than the model was made for."""
        if not sentence.strip():
            return []
        if len(sentence) <= LONGEST or self.length(sentence) <= LONGEST:
            return [sentence]
        middle = len(sentence) / 2
        hints = self.package.hints
        for boundary in (
            r"[;:]\s+",
            r",\s+(?=(?:en|maar|want|of|terwijl|omdat|zodat|die|dat)\b)|\s[–—-]\s+",
            r",\s+",
            r"\s+",
        ):
            cuts = [m.end() for m in re.finditer(boundary, sentence) if 0 < m.end() < len(sentence)]
            if hints:  # never inside a hint
                cuts = [c for c in cuts if sentence.count(hints.open, 0, c) == sentence.count(hints.close, 0, c)]
            cuts = [c for c in cuts if 0.2 * len(sentence) < c < 0.8 * len(sentence)]
            if cuts:
                cut = min(cuts, key=lambda c: abs(c - middle))
                break
        else:
            cut = int(middle)
        return self._parts(sentence[:cut].rstrip()) + self._parts(sentence[cut:].lstrip())


def _join(left: list[Hypothesis], right: list[Hypothesis], offset: int) -> list[Hypothesis]:
    """The hypotheses of two halves of a sentence, rank by rank."""
    return [
        Hypothesis(f"{a.text} {b.text}".strip(), (a.score + b.score) / 2, _joined_alignment(a, b, offset))
        for a, b in zip(left, right, strict=False)
    ]


def _joined_alignment(a: Hypothesis, b: Hypothesis, offset: int) -> Callable[[], Alignment]:
    shift = len(a.text) + 1
    return lambda: (
        a.alignment + tuple(((t[0] + shift, t[1] + shift), (s[0] + offset, s[1] + offset)) for t, s in b.alignment)
    )
