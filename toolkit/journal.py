"""What a run has translated so far, so that one that was stopped can go on where it was.

A journal is a file of JSON lines beside what the run is to write. The first line says what the translations depend on, each
other line is one translated segment, in the order of the document. It is removed when the run is complete.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from toolkit import files
from toolkit.errors import OutputError

_FLUSHED_EVERY = 100  # segments


class Journal:
    """The journal of one run. Nothing is written before the first `add`, so a run that is soon complete leaves no trace.

    Args:
        path: of the file.
        made_with: what the translations depend on: the model, the glossary, the settings.
        resume: take up what an earlier run left there, if it was made with the same; else that is overwritten.

    Raises:
        OutputError: the file cannot be opened, or another run is writing it.
    """

    def __init__(self, path: Path, made_with: Mapping[str, Any], *, resume: bool = False) -> None:
        self.path, self._header = path, _line({"vertaal": 1, **made_with})
        self._file: BinaryIO | None = None
        self._old: BinaryIO | None = None
        self.resumed = 0  # segments taken over
        self.added = 0
        if resume and path.exists():
            self._open()
            if self._file is not None and self._file.readline() == self._header:
                self._old = self._file

    @staticmethod
    def left_at(path: Path) -> int:
        """How many translated segments a stopped run left in the journal at `path`."""
        with suppress(OSError), path.open("rb") as file:
            return max(0, sum(line.endswith(b"\n") for line in file) - 1)
        return 0

    def next(self, source: str) -> Sequence[Any] | None:
        """What the earlier run has on this segment, or None where it has no more, or another document.

        From there on `add` goes on.
        """
        if self._old is None:
            return None
        at = self._old.tell()
        data = self._old.readline()
        if data.endswith(b"\n"):
            with suppress(ValueError):
                record = json.loads(data)
                if isinstance(record, list) and record and record[0] == source:
                    self.resumed += 1
                    return record[1:]
        self._old.seek(at)
        self._old.truncate()
        self._old = None
        return None

    def add(self, source: str, *record: Any) -> None:
        """Keep what was made of a segment.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            if self._file is None:
                self._open()
            assert self._file is not None
            if not self.added and not self.resumed:
                self._file.seek(0)
                self._file.truncate()
                self._file.write(self._header)
            self._file.write(_line([source, *record]))
            self.added += 1
            if self.added % _FLUSHED_EVERY == 0:
                self._file.flush()
        except OSError as error:
            raise OutputError(f"Cannot write {self.path}: {files.reason(error)}.") from error

    def close(self, complete: bool) -> None:
        """End the run; the journal of a complete one is removed."""
        if self._file is None:
            return
        with suppress(OSError):
            if complete:
                self.path.unlink()
            self._file.close()
        self._file = self._old = None

    def _open(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
            self._file = os.fdopen(handle, "r+b")
        except OSError as error:
            raise OutputError(f"Cannot write {self.path}: {files.reason(error)}.") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            self._file = None
            raise OutputError(f"Another run is writing {self.path}: wait for it to end.") from error
        except OSError:
            pass  # a file system without locks


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
