"""`python -m benchmarks.rate`: how much of the machine's rate of matrix products decoding reaches.

The yardstick is reading: the same model on the same sentences, of which only the first token is written, so that nearly
all is the encoder's, where the tokens of a batch go through each matrix at once. Decoding has to write one token after
another, for each of its hypotheses. Both are counted in multiply-adds of the weights (attention over the tokens, a few
percent, is left out), on one core.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks import texts
from benchmarks.measure import facts, table
from benchmarks.run import PACKAGE, report
from toolkit.documents import parse
from toolkit.engine.threads import settle

READING = "reading"
HEAD = ("what", "billion multiply-adds", "s", "billion a second", "share")


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a Transformer: width, inner width, layers of encoder and decoder, pieces of the vocabulary."""

    width: int
    inner: int
    encoder: int
    decoder: int
    pieces: int

    def encoding(self, tokens: int) -> int:
        """Multiply-adds of reading so many tokens; the decoder's keys and values of them are counted here."""
        layer = 4 * self.width**2 + 2 * self.width * self.inner
        return tokens * (self.encoder * layer + self.decoder * 2 * self.width**2)

    def writing(self, tokens: int) -> int:
        """Multiply-adds of writing so many tokens, or of scoring them."""
        layer = 4 * self.width**2 + 2 * self.width**2 + 2 * self.width * self.inner
        return tokens * (self.decoder * layer + self.width * self.pieces)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rate", description=__doc__.splitlines()[0])
    parser.add_argument("--sentences", type=int, default=400, help="how many to decode (400)")
    parser.add_argument("--pairs", type=int, default=3, help="rounds (3)")
    parser.add_argument("--json", action="store_true", help="print JSON, not the table")
    chosen = parser.parse_args(arguments)
    settle()
    import ctranslate2
    import sentencepiece

    ctranslate2.set_log_level(40)
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(PACKAGE / "sentencepiece.model"))
    model = ctranslate2.Translator(str(PACKAGE / "model"), compute_type="int8", inter_threads=1, intra_threads=1)
    shape = Shape(320, 1280, 6, 2, tokenizer.get_piece_size())  # of the bundled model: see its card
    dutch = tokenizer.encode([s.text for s in parse(texts.document(chosen.sentences)).segments], out_type=str)
    english = [r.hypotheses[0] for r in model.translate_batch(dutch, beam_size=1)]
    read = sum(len(s) + 1 for s in dutch)
    written = sum(len(s) + 1 for s in english)
    ways = {
        f"{READING}, batches of 2,048 tokens": lambda: model.translate_batch(
            dutch, beam_size=1, max_decoding_length=1, max_batch_size=2048, batch_type="tokens"
        ),
        **{
            f"decoding, beam {beam}, batches of {batch:,} tokens": (
                lambda beam=beam, batch=batch: model.translate_batch(
                    dutch, beam_size=beam, max_batch_size=batch, batch_type="tokens"
                )
            )
            for beam, batch in ((4, 256), (4, 2048), (1, 256), (1, 2048))
        },
    }
    work = {
        name: shape.encoding(read) + shape.writing(len(dutch) if name.startswith(READING) else written * _beam(name))
        for name in ways
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(chosen.pairs):
        for name, way in ways.items():
            start = time.process_time()
            way()
            seconds[name].append(time.process_time() - start)
    rates = {name: work[name] / 1e9 / median(seconds[name]) for name in ways}
    first = next(iter(rates.values()))
    rows = [
        [
            name,
            f"{work[name] / 1e9:,.1f}",
            f"{median(seconds[name]):.2f}",
            f"{rates[name]:.1f}",
            f"{rates[name] / first:.0%}",
        ]
        for name in ways
    ]
    if chosen.json:
        print(json.dumps({"machine": facts(), "billion_a_second": rates}, indent=1))
    else:
        print(report(facts(), chosen.pairs, table(HEAD, rows), ["One core; seconds are of the processor."]), end="")
    return 0


def _beam(name: str) -> int:
    return int(name.split("beam ")[1].split(",")[0])


if __name__ == "__main__":
    sys.exit(main())
