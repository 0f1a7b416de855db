"""Coverage-guided fuzzing, a developer's tool (`pip install -e '.[fuzz]'`; atheris is a front of libFuzzer).

python tests/robustness/fuzz.py TARGET [--seconds N] [--work FOLDER]

What it finds is written to the working folder and shown; put the file into `corpus/TARGET/` with a name that says what was
wrong, and mend the code: `test_corpus.py` tries every file of the corpus from then on. The corpus and what earlier runs found
interesting (kept in the working folder) are where it starts.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).parent.parent.parent
CORPUS = Path(__file__).parent / "corpus"
WORDS = Path(__file__).with_suffix(".dict")
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["toolkit", "polib", "zipfile", "csv", "gettext"]):
    import targets

    import toolkit.terminology.tbx  # noqa: F401 - imported late by the house


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=targets.TARGETS)
    parser.add_argument("--seconds", type=int, default=60, help="how long (default: 60)")
    parser.add_argument(
        "--work", type=Path, default=ROOT / "build" / "fuzz", help="the working folder (default: build/fuzz)"
    )
    chosen = parser.parse_args()
    work = chosen.work / chosen.target
    interesting = work / "interesting"
    interesting.mkdir(parents=True, exist_ok=True)
    seeds = CORPUS / chosen.target
    seeds.mkdir(parents=True, exist_ok=True)
    limits = [
        f"-dict={WORDS}",
        f"-max_total_time={chosen.seconds}",
        "-timeout=20",
        "-rss_limit_mb=4096",
        "-max_len=4096",
    ]
    atheris.Setup(
        [sys.argv[0], *limits, f"-artifact_prefix={work}/", str(interesting), str(seeds)],
        lambda data: targets.run(chosen.target, data),
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
