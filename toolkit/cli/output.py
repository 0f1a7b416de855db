"""Printing: results to standard output, talk to standard error, progress only on a terminal."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """The text without control characters and marks that turn its direction: it comes from files, and a terminal obeys them."""
    return _CONTROLS.sub("", text)


def result(text: str, end: str = "\n") -> None:
    """Print a result; on a terminal without what the terminal would obey."""
    sys.stdout.write((plain(text) if sys.stdout.isatty() else text) + end)
    sys.stdout.flush()


def result_json(value: Any) -> None:
    """Print a result for a program."""
    result(json.dumps(value, ensure_ascii=False, indent=2))


def say(text: str, quiet: bool = False) -> None:
    """Say something on standard error."""
    if not quiet:
        print(plain(text), file=sys.stderr)


def table(rows: list[list[str]], head: list[str]) -> str:
    """Rows in columns, the head above them."""
    from unicodedata import east_asian_width

    def width(text: str) -> int:
        return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)

    cells = [head, *([plain(c).replace("\n", " ").replace("\t", " ") for c in row] for row in rows)]
    widths = [max(width(row[i]) for row in cells) for i in range(len(head))]
    lines = []
    for row in cells:
        lines.append("  ".join(c + " " * (w - width(c)) for c, w in zip(row, widths, strict=True)).rstrip())
    return "\n".join(lines)


class Progress:
    """How far the work is, on standard error where that is a terminal."""

    def __init__(self, what: str, quiet: bool = False) -> None:
        import time

        self._what, self._clock = what, time.monotonic
        self._start = self._last = time.monotonic()
        self.done = 0
        self._on = not quiet and sys.stderr.isatty()
        self._width = 0

    def __call__(self, done: int, total: int) -> None:
        self.done, now = done, self._clock()
        if not self._on or (now - self._last < 0.1 and done < total):
            return
        self._last = now
        rate = done / max(now - self._start, 1e-6)
        left = f", {(total - done) / rate:.0f} s left" if rate and done < total else ""
        line = f"{self._what} {done}/{total} ({rate:.0f}/s{left})"
        self._width = max(self._width, len(line))
        print("\r" + line.ljust(self._width), end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Wipe the line."""
        if self._on and self._width:
            print("\r" + " " * self._width + "\r", end="", file=sys.stderr, flush=True)
