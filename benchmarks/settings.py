"""`python -m benchmarks.settings`: what each setting of decoding costs, in time, memory and quality.

Each row differs from the first in one thing. The rows take turns, and a ratio is the median over the rounds of a row's
decoding time (loading not counted) to the first row's in the same round. Quality is chrF on a development set, if one is
given; it does not depend on the machine's load.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import texts
from benchmarks.measure import Failed, environment, facts, run, table
from benchmarks.run import PACKAGE, publish, report
from toolkit.documents import parse

HEAD = ("setting", "decoding s", "ratio", "CPU s", "peak MiB", "words/s", "chrF")
NOTES = (
    "First row: CTranslate2 with int8, beam 4, batches of 256 tokens, one a core, idle threads asleep. The other rows "
    "differ from it in what they name.",
    "within: so many threads share a batch, and one batch is decoded at a time.",
    "busy: a process that computes without end shares the cores.",
)


@dataclass(slots=True)
class Setting:
    """A way to decode, and what was measured of it: decoding seconds, CPU seconds and MiB of each round, and quality."""

    name: str
    options: list[str]
    busy: bool = False
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)
    chrf: float | None = None

    def ratio(self, first: Setting) -> float:
        """The median of the ratios of its decoding times to the first setting's, round by round."""
        return median(a / b for a, b in zip(self.seconds, first.seconds, strict=True))


def settings(cores: int) -> list[Setting]:
    """The settings to compare, the one that the others differ from first."""
    return [
        Setting("as it is", []),
        *(Setting(f"beam {n}", ["--beam", str(n)]) for n in (1, 2, 3, 5)),
        Setting("4 hypotheses", ["--hypotheses", "4"]),
        *(Setting(f"batch {n:,}", ["--batch", str(n)]) for n in (32, 128, 512, 1024, 2048, 8192)),
        *(Setting(f"threads {n}", ["--threads", str(n)]) for n in (1, 2, 4, 8) if n != cores and n <= 2 * cores),
        *(
            Setting(f"within {cores}, batch {n:,}", ["--threads", "1", "--within", str(cores), "--batch", str(n)])
            for n in (256, 2048, 8192)
        ),
        *(Setting(name, ["--compute", name]) for name in ("int8_bfloat16", "float32")),
        Setting("active", ["--wait", "active"]),
        Setting("passive, busy", ["--wait", "passive"], busy=True),
        Setting("active, busy", ["--wait", "active"], busy=True),
    ]


def measure(
    chosen: Sequence[Setting], rounds: int, sentences: Sequence[str], english: Sequence[str] | None
) -> list[str]:
    """Measure the settings in turn, and fill them in. Returns a note for each that cannot run."""
    notes: list[str] = []
    failed: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="vertaal-benchmark-") as name:
        folder = Path(name)
        file = folder / "sentences"
        file.write_text("".join(s + "\n" for s in sentences), encoding="utf-8")
        where = environment(folder, texts.ROOT)
        for _ in range(rounds):
            for setting in chosen:
                if setting.name in failed:
                    continue
                command = [sys.executable, "-m", "benchmarks.programs.bare", str(PACKAGE), str(file), *setting.options]
                with _busy() if setting.busy else nullcontext():
                    try:
                        usage = run(command, folder, where)
                    except Failed as error:
                        failed.add(setting.name)
                        notes.append(f"{setting.name} is left out: {error}")
                        continue
                setting.seconds.append(float((folder / "stderr").read_text().split()[-1]))
                setting.cpu.append(usage.cpu)
                setting.peak.append(usage.peak)
                if english and setting.chrf is None:
                    setting.chrf = _chrf((folder / "stdout").read_text(encoding="utf-8").splitlines(), english)
                print(f"{setting.name}: {setting.seconds[-1]:.2f} s", file=sys.stderr)
    return notes


def development(folder: Path) -> tuple[list[str], list[str]]:
    """The sentences of a development set and their English: the first `*.nl` of a folder, and the `*.en` beside it."""
    dutch = min(folder.glob("*.nl"))
    return tuple(f.read_text(encoding="utf-8").splitlines() for f in (dutch, dutch.with_suffix(".en")))  # type: ignore[return-value]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.settings", description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=2, help="rounds, in each of which every setting runs once (2)")
    parser.add_argument("--sentences", type=int, default=200, help="how many to decode (200)")
    parser.add_argument("--dev-folder", type=Path, help="folder with FILE.nl and FILE.en, to measure quality on")
    parser.add_argument("--only", default="", help="only the settings whose name this regular expression finds")
    parser.add_argument("--json", action="store_true", help="print JSON, not the table")
    parser.add_argument("--save", metavar="NAME", help="keep it as benchmarks/results/NAME.json and NAME.md too")
    given = parser.parse_args(arguments)
    about = facts()
    english: list[str] | None = None
    if given.dev_folder:
        dutch, english = (lines[: given.sentences] for lines in development(given.dev_folder))
    else:
        dutch = [segment.text for segment in parse(texts.document(given.sentences)).segments]
    first, *others = settings(about["cores"])
    chosen = [first, *(s for s in others if re.search(given.only, s.name))]
    notes = [*NOTES, *measure(chosen, given.pairs, dutch, english)]
    chosen = [s for s in chosen if len(s.seconds) == given.pairs]
    words = sum(len(s.split()) for s in dutch)
    rows = [_row(s, first, words) for s in chosen]
    body = table(HEAD, [[f"{cell:,.2f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows])
    result = {
        "machine": about,
        "pairs": given.pairs,
        "words": words,
        "rows": [dict(zip(_KEYS, r, strict=True)) for r in rows],
    }
    publish(result | {"notes": notes}, report(about, given.pairs, body, notes), given.json, given.save)
    return 0


_KEYS = ("setting", "seconds", "ratio", "cpu", "peak", "words_per_second", "chrf")


def _row(setting: Setting, first: Setting, words: int) -> list[Any]:
    seconds = median(setting.seconds)
    return [
        setting.name,
        round(seconds, 2),
        round(setting.ratio(first), 2),
        round(median(setting.cpu), 2),
        round(median(setting.peak)),
        round(words / seconds),
        "" if setting.chrf is None else round(setting.chrf, 2),
    ]


@contextmanager
def _busy() -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _chrf(english: Sequence[str], references: Sequence[str]) -> float:
    from sacrebleu.metrics import CHRF

    return float(CHRF().corpus_score(list(english), [list(references)]).score)


if __name__ == "__main__":
    sys.exit(main())
