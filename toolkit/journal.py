"""What a run has translated so far, so that one that was stopped can go on where it was.

A journal is a file of JSON lines beside what the run is to write. The first line says what the translations depend on, each
other line is one translated segment, in the order of the document. It is removed when the run is complete.
"""

from __future__ import annotations

import fcntl
import json
import os
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from toolkit import files
from toolkit.errors import InputError, OutputError

_MARK = b'{"vertaal":'  # how a journal begins
_FLUSHED_EVERY = 100  # segments


class Journal:
    """The journal of one run, which nobody else may write until it ends. What an earlier run left there stays until the
    first `add`.

    Args:
        path: of the file.
        made_with: what the translations depend on: the model, the glossary, the settings.
        resume: take up what an earlier run left there; else that is overwritten.

    Raises:
        InputError: an earlier run that is to be taken up was made with something else.
        OutputError: the file cannot be opened, is somebody's that is no journal, or another run is writing it.
    """

    def __init__(self, path: Path, made_with: Mapping[str, Any], *, resume: bool = False) -> None:
        self.path, self._header = path, _line({"vertaal": 1, **made_with})
        self.resumed = 0  # segments taken over
        self.added = 0
        self._file = _open(path)
        header = self._file.readline()
        if not _begins(header):
            self._file.close()
            raise OutputError(f"{path} is not what a run of vertaal kept: move it away, or write to another place.")
        if resume and header not in (b"", self._header):
            self._file.close()
            raise InputError(
                f"{path} was made with another model, glossary or settings: give the same ones again, or leave --resume out to begin anew."
            )
        self._old = self._file if resume and header else None

    @staticmethod
    def left_at(path: Path) -> int:
        """How many translated segments a stopped run left in the journal at `path`."""
        with suppress(OSError):
            if path.is_file():  # to open a pipe would wait for who writes it
                with path.open("rb") as file:
                    if _begins(file.readline()):
                        return sum(line.endswith(b"\n") for line in file)
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
            with suppress(ValueError, RecursionError):
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
        """End the run; the journal of a complete one is removed, and an empty one."""
        with suppress(OSError):
            if complete or not (self.added or self.path.stat().st_size):
                self.path.unlink()
        with suppress(OSError):
            self._file.close()
        self._old = None


def _open(path: Path) -> BinaryIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)  # it has the whole text, whoever may read the output
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise OutputError(f"Cannot write {path}: it is a pipe or a device.")
        file = os.fdopen(handle, "r+b")
    except OSError as error:
        raise OutputError(f"Cannot write {path}: {files.reason(error)}.") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise OutputError(f"Another run is writing {path}: wait for it to end.") from error
    except OSError:
        pass  # a file system without locks
    return file


def _begins(line: bytes) -> bool:
    """Whether a file of this first line is a journal, or the beginning of one."""
    return _MARK.startswith(line[: len(_MARK)])


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
