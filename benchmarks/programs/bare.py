"""CTranslate2 called bare: `python -m benchmarks.programs.bare PACKAGE SENTENCES`, one sentence a line in and out.

No glossary, no checks, no other hypotheses: the limit for any program around CTranslate2. Says the seconds of decoding,
loading not counted, on standard error.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("package", type=Path)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--hypotheses", type=int, default=1)
    parser.add_argument("--batch", type=int, default=256, help="tokens")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)), help="batches at once")
    parser.add_argument("--within", type=int, default=1, help="threads that share a batch")
    parser.add_argument("--compute", default="int8")
    parser.add_argument("--wait", default="passive", help="what idle threads of OpenMP do: active, passive")
    chosen = parser.parse_args()
    os.environ["OMP_WAIT_POLICY"] = chosen.wait  # read when the library is loaded
    import ctranslate2
    import sentencepiece

    ctranslate2.set_log_level(40)
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(chosen.package / "sentencepiece.model"))
    model = ctranslate2.Translator(
        str(chosen.package / "model"),
        compute_type=chosen.compute,
        inter_threads=chosen.threads,
        intra_threads=chosen.within,
    )
    start = time.perf_counter()
    results = model.translate_batch(
        tokenizer.encode(chosen.sentences.read_text(encoding="utf-8").splitlines(), out_type=str),
        beam_size=chosen.beam,
        num_hypotheses=chosen.hypotheses,
        max_batch_size=chosen.batch,
        batch_type="tokens",
    )
    english = [tokenizer.decode(result.hypotheses[0]) for result in results]
    print(time.perf_counter() - start, file=sys.stderr)
    sys.stdout.write("".join(line + "\n" for line in english))


if __name__ == "__main__":
    main()
