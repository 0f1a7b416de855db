"""The SentencePiece vocabulary (Kudo & Richardson 2018, https://arxiv.org/abs/1808.06226) that both languages share."""

from __future__ import annotations

import contextlib
import io
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from training.config import BOS, EOS, HINT, PAD, UNK, TrainingError, Vocabulary
from training.files import replacing

# Letters of names from all over Europe, and signs, which must be known even where the data lacks them.
LETTERS = "".join(
    chr(code)
    for first, last in ((0x21, 0x7E), (0xA1, 0x17F), (0x218, 0x21B), (0x386, 0x3CE), (0x400, 0x45F))
    for code in range(first, last + 1)
    if unicodedata.category(chr(code)) not in ("Cn", "Cf") and unicodedata.normalize("NFKC", chr(code)) == chr(code)
) + "–€"  # fmt: skip

_QUOTES = {**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"')}
_DASHES = {**dict.fromkeys("‐‑‒−﹣•", "-"), "—": "–", "―": "–"}
_SMOOTHING = 0.3  # of the probabilities of segmentations that are drawn: 0 draws them alike, 1 as the model has them
_NOTHING = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # soft hyphen, spaces without width, marks of direction


def load(path: Path) -> Any:
    """The SentencePiece processor of a model file.

    Raises:
        TrainingError: it is missing or broken, or lacks the symbols of hints or the special pieces where they belong.
    """
    import sentencepiece

    try:
        processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise TrainingError(f"The vocabulary {path} cannot be read: {str(error).splitlines()[0]}.") from error
    special = (processor.pad_id(), processor.bos_id(), processor.eos_id(), processor.unk_id())
    if special != (PAD, BOS, EOS, UNK) or any(processor.piece_to_id(symbol) == UNK for symbol in HINT):
        raise TrainingError(
            f"The vocabulary {path} is none of this recipe: its special pieces or hint symbols are others."
        )
    return processor


def draw(processor: Any, sentences: Sequence[str], seed: int) -> list[list[int]]:
    """The ids of sentences, each cut into pieces in a way that is drawn: likelier ones more often, words whole or not.

    Args:
        processor: what `load` gave.
        sentences: some text each.
        seed: the same draws the same.
    """
    import sentencepiece

    sentencepiece.set_random_generator_seed(seed)
    # One thread, or what is drawn would depend on how threads are scheduled.
    return [processor.encode(sentence, enable_sampling=True, nbest_size=-1, alpha=_SMOOTHING) for sentence in sentences]


def train(sentences: Iterable[str], settings: Vocabulary, path: Path, seed: int, letters: str = LETTERS) -> None:
    """Learn a vocabulary (unigram pieces, digits apart, hint symbols whole) and write it to `path`.

    The normaliser goes into the model, so that every program that reads it straightens quotes and dashes alike.

    Raises:
        TrainingError: there is too little text for so many pieces.
    """
    import sentencepiece

    sentencepiece.set_random_generator_seed(seed)
    model, text = io.BytesIO(), list(sentences)
    # The model keeps the path of its rules: a plain name, so that the same text gives the same file everywhere.
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("normaliser.tsv").write_text("".join(normalisation_rules()), encoding="utf-8")
        try:
            sentencepiece.SentencePieceTrainer.train(
                sentence_iterator=iter(text),
                model_writer=model,
                model_type="unigram",
                vocab_size=settings.pieces,
                character_coverage=0.9998,
                required_chars=letters,
                user_defined_symbols=list(HINT),
                normalization_rule_tsv="normaliser.tsv",
                split_digits=True,
                input_sentence_size=settings.sentences,
                shuffle_input_sentence=True,
                pad_id=PAD,
                bos_id=BOS,
                eos_id=EOS,
                unk_id=UNK,
                pad_piece="<pad>",
                minloglevel=2,
            )
        except RuntimeError as error:
            raise TrainingError(
                f"No vocabulary of {settings.pieces} pieces can be learnt from this text: {error}."
            ) from error
    with replacing(path) as temporary:
        temporary.write_bytes(model.getvalue())


def normalisation_rules() -> Iterator[str]:
    """The rules of the normaliser in SentencePiece's format: code points in hexadecimal, a tab, those to write instead.

    Unicode form NFKC for the scripts of Europe, straight quotes, plain dashes, and no characters without a shape.
    """
    rules: dict[str, str] = {}
    for first, last in ((0xA0, 0x3000), (0xFB00, 0xFB07), (0xFF01, 0xFFEF)):
        for code in range(first, last + 1):
            character = chr(code)
            compatible = unicodedata.normalize("NFKC", character).replace("\N{FRACTION SLASH}", "/")
            if compatible != character:
                rules[character] = compatible
            parts = unicodedata.normalize("NFD", character)
            if len(parts) > 1 and compatible == character:
                rules[parts] = character
    rules |= {**dict.fromkeys("\t\n\r\u0085\u2028\u2029", " "), **_QUOTES, **_DASHES, **dict.fromkeys(_NOTHING, "")}
    for source, target in sorted(rules.items()):
        yield f"{_hexadecimal(source)}\t{_hexadecimal(target)}\n"


def _hexadecimal(text: str) -> str:
    return " ".join(f"{ord(character):X}" for character in text)
