"""Whole processes, measured by what the kernel says of them."""

from __future__ import annotations

import json
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

LIBRARIES = ("vertaal", "argos-translate-lt", "ctranslate2", "sentencepiece")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process took.

    Attributes:
        wall: seconds from its start to its end.
        cpu: seconds of all its threads, user and system.
        peak: the most memory it had resident, in MiB.
    """

    wall: float
    cpu: float
    peak: float


class Failed(Exception):
    """A program that is measured ended with an error; the last line it wrote says which."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Usage:
    """Run a command to its end; what it prints is thrown away (see getrusage(2) for the numbers).

    Raises:
        Failed: it ended with an error, or printed nothing.
    """
    launch = [sys.executable, "-I", "-S", str(Path(__file__).parent / "launch.py"), str(folder / "usage")]
    with (folder / "stdout").open("w+b") as out, (folder / "stderr").open("w+b") as talk:
        process = subprocess.Popen(
            [*launch, *command], cwd=folder, env=environment, stdout=out, stderr=talk, process_group=0
        )
        try:
            process.wait()
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            raise
        used = {} if process.returncode else json.loads((folder / "usage").read_text(encoding="utf-8"))
        if not used or used["code"] or not out.tell():
            talk.seek(0)
            said = talk.read().decode(errors="replace").strip().splitlines() or ["no output"]
            raise Failed(said[-1])
    return Usage(used["wall"], used["cpu"], used["peak"] / 2**20)


@dataclass(frozen=True, slots=True)
class Row:
    """The runs of one program in one case: medians, and the median of its ratios to the first program, run by run."""

    case: str
    program: str
    words: int
    runs: tuple[Usage, ...]
    first: tuple[Usage, ...]

    def middle(self, what: str) -> float:
        """The median of `wall`, `cpu` or `peak`."""
        return median(getattr(run, what) for run in self.runs)

    def ratio(self, what: str) -> float | None:
        """The median of the ratios of each run to the run of the first program beside it; None where that took nothing."""
        pairs = [(getattr(a, what), getattr(b, what)) for a, b in zip(self.runs, self.first, strict=True)]
        values = [a / b for a, b in pairs if b]
        return median(values) if values else None

    def to_dict(self) -> dict[str, Any]:
        """For JSON: medians, ratios, and every run."""
        measures = ("wall", "cpu", "peak")
        return {
            "case": self.case,
            "program": self.program,
            "words": self.words,
            "median": {m: _rounded(self.middle(m)) for m in measures},
            "ratio": {m: _rounded(self.ratio(m)) for m in measures},
            "runs": [{m: _rounded(v) for m, v in asdict(run).items()} for run in self.runs],
        }


def facts() -> dict[str, Any]:
    """The machine and the versions, with nothing that tells whose machine it is."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cpu": cpu(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "load_at_start": round(os.getloadavg()[0], 1),
        "system": platform.system(),
        "python": platform.python_version(),
        "libraries": {name: _version(name) for name in LIBRARIES},
    }


def cpu() -> str:
    """The name of the processor's model."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def environment(folder: Path, root: Path) -> dict[str, str]:
    """This environment without settings of threads or of Argos, and with an empty home folder: the defaults of each program."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("ARGOS_", "OMP_", "KMP_", "CT2_", "XDG_"))}
    return ours | {"HOME": str(folder), "PYTHONPATH": str(root), "TERM": "dumb"}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, columns of equal width; the first column to the left, the others to the right."""
    widths = [max(len(line[i]) for line in (head, *rows)) for i in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        padded = [c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(cells, widths, strict=True))]
        return f"| {' | '.join(padded)} |"

    rule = [("-" * w if i == 0 else "-" * (w - 1) + ":") for i, w in enumerate(widths)]
    return "\n".join((line(head), line(rule), *map(line, rows)))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
