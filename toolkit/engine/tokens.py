"""The tokenizers of Argos packages, with the place of every token in the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

Span = tuple[int, int]


class Tokenizer:
    """Text to tokens and back. SentencePiece models are read directly, BPE models through argostranslate."""

    def __init__(self, inner: Any, sentencepiece: bool, target_prefix: str) -> None:
        self._inner = inner
        self._sentencepiece = sentencepiece
        self.target_prefix = target_prefix

    def encode(self, sentences: list[str]) -> list[list[str]]:
        """The tokens of each sentence."""
        if self._sentencepiece:
            return self._inner.encode(sentences, out_type=str)  # type: ignore[no-any-return]
        return [self._inner.encode(sentence) for sentence in sentences]

    def decode(self, tokens: list[str]) -> str:
        """The text of tokens. Unknown characters come through: a token that the model copied is its own text."""
        if self._sentencepiece:
            return "".join(tokens).replace("▁", " ").strip()
        return str(self._inner.decode(tokens)).strip()

    def spans(self, tokens: list[str], text: str) -> list[Span | None]:
        """The place of each token in `text`, None for one that is not there as it stands (normalised quotes and dashes)."""
        found: list[Span | None] = []
        at = 0
        for token in tokens:
            surface = token.replace("▁", " ").strip().removesuffix("@@")
            start = text.find(surface, at, at + len(surface) + 12) if surface else -1
            if start < 0:
                found.append(None)
                continue
            at = start + len(surface)
            found.append((start, at))
        return found


def tokenizer(package: Path) -> Tokenizer:
    """The tokenizer of the package in that folder."""
    from toolkit.engine.packages import argos

    argos_package = argos().Package(package)
    prefix = str(getattr(argos_package, "target_prefix", "") or "")
    model = package / "sentencepiece.model"
    if model.is_file():
        import sentencepiece

        return Tokenizer(sentencepiece.SentencePieceProcessor(model_file=str(model)), True, prefix)
    return Tokenizer(argos_package.tokenizer, False, prefix)
