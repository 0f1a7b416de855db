"""Reading and writing files so that nothing is lost: atomic replacement, locks, and plain errors."""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from toolkit.errors import InputError, OutputError

_HEAD = 65_536  # bytes after a fault in which a NUL says that the file is no text at all
ABANDONED = 3600.0  # seconds after which an unfinished file is one of a killed run

# What the system says of a path that cannot be used, in the words of the person who typed it.
REASONS = {
    errno.ENOENT: "there is no such file or folder",
    errno.EACCES: "you have no permission",
    errno.EPERM: "you have no permission",
    errno.EROFS: "the file system is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "its symbolic links go round in a circle",
    errno.EFBIG: "the file would be too large",
}


def reason(error: OSError) -> str:
    """The plain reason behind an operating-system error."""
    return REASONS.get(error.errno or 0, (error.strerror or str(error)).lower())


def read_bytes(path: Path) -> bytes:
    """The content of `path`.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        return path.read_bytes()
    except ValueError as error:  # a NUL in the name
        raise InputError(f"Cannot read {str(path)!r}: it is not a valid file name.") from error
    except OSError as error:
        raise InputError(f"Cannot read {path}: {reason(error)}.") from error


def decode(data: bytes, name: str) -> str:
    """`data` as UTF-8 text, a byte-order mark dropped.

    Raises:
        InputError: it is binary or not UTF-8; the message names the line.
    """
    if b"\0" in data:
        raise InputError(f"{name} is a binary file, not text: give a UTF-8 text file.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{name}:{line} is not UTF-8 text: save the file as UTF-8.") from error


def lines(source: Path | bytes, name: str) -> Iterator[str]:
    """The lines of a UTF-8 text as they come, without their line ends; after a last line end comes an empty line.

    Args:
        source: a file, or its content.
        name: for messages.

    Raises:
        InputError: the file is missing, a folder, unreadable, binary or not UTF-8.
    """
    try:
        with source.open("rb") if isinstance(source, Path) else BytesIO(source) as file:
            ended = True
            for number, data in enumerate(file, 1):
                ended = data.endswith(b"\n")
                if ended:
                    data = data[:-1].removesuffix(b"\r")
                if b"\0" in data:
                    raise InputError(f"{name} is a binary file, not text: give a UTF-8 text file.")
                try:
                    yield data.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    if b"\0" in file.read(_HEAD):
                        raise InputError(f"{name} is a binary file, not text: give a UTF-8 text file.") from error
                    raise InputError(f"{name}:{number} is not UTF-8 text: save the file as UTF-8.") from error
            if ended:
                yield ""
    except OSError as error:
        raise InputError(f"Cannot read {name}: {reason(error)}.") from error


def read_text(path: Path) -> str:
    """The text of a UTF-8 file; a byte-order mark is dropped.

    Raises:
        InputError: the file is missing, a folder, unreadable, binary or not UTF-8.
    """
    return decode(read_bytes(path), str(path))


def write(path: Path, content: str | bytes) -> bool:
    """Replace `path` by `content`: see `replacing`. A file that holds `content` already is left alone.

    Returns:
        Whether the file was written.

    Raises:
        OutputError: it cannot be written; the old file is still there.
    """
    try:
        data = content.encode("utf-8") if isinstance(content, str) else content
    except UnicodeEncodeError as error:
        raise OutputError(
            f"Cannot write {path}: the text holds a lone surrogate, which UTF-8 has no form for."
        ) from error
    with suppress(OSError, ValueError):  # `replacing` says what is wrong
        target = followed(path)
        if target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data:
            return False
    with replacing(path) as file:
        file.write(data)
    return True


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of `path` when the block ends, atomically and durably; if the block fails, or
    the process is killed, the old file stays.

    A symbolic link stays, its target is replaced; the mode of an existing file is kept; missing folders are made.

    Raises:
        OutputError: it cannot be written; the old file is still there.
    """
    if "\0" in str(path):
        raise OutputError(f"Cannot write {str(path)!r}: it is not a valid file name.")
    try:
        target = followed(path)
        if target.exists() and not target.is_file():  # a device or pipe, such as /dev/stdout, has nothing to replace
            with target.open("wb") as device:
                yield device
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".tmp", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fchmod(file.fileno(), mode)
                os.fsync(file.fileno())
            os.replace(temporary, target)
            _sweep(target)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        _sync_folder(target.parent)
    except OSError as error:
        raise OutputError(f"Cannot write {path}: {reason(error)}.") from error


def digest(path: Path) -> bytes:
    """What stands for the content of a file, to know later whether it is still the same; empty where there is none."""
    return sha256(read_bytes(path)).digest() if path.exists() else b""


def check_unchanged(path: Path, seen: bytes) -> None:
    """Make sure that nobody saved a file since its `digest` was `seen`: an editor takes no lock.

    Raises:
        OutputError: somebody did; that stays.
    """
    if digest(path) != seen:
        raise OutputError(f"{path} was changed by someone else meanwhile: nothing was written, run it again.")


def check_writable(path: Path) -> None:
    """Find out before the work starts that `path` cannot be written; makes nothing.

    Raises:
        OutputError: it is a folder, or no file can be made there.
    """
    try:
        if "\0" in str(path):  # pathlib only says that there is no such file
            raise ValueError
        if path.is_dir():
            raise OutputError(f"Cannot write {path}: it is a folder.")
        if path.exists():
            if not os.access(path, os.W_OK):
                raise OutputError(f"Cannot write {path}: you have no permission.")
            return
        folder = path.absolute().parent
        while not folder.exists():
            folder = folder.parent
        if not folder.is_dir():
            raise OutputError(f"Cannot write {path}: {folder} is a file, not a folder.")
        if not os.access(folder, os.W_OK | os.X_OK) or os.statvfs(folder).f_flag & os.ST_RDONLY:
            raise OutputError(f"Cannot write {path}: the folder {folder} is not writable.")
    except ValueError as error:
        raise OutputError(f"Cannot write {str(path)!r}: it is not a valid file name.") from error
    except OSError as error:
        raise OutputError(f"Cannot write {path}: {reason(error)}.") from error


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of the folder of `path` while reading, changing and writing a file in it.

    The lock is an flock(2) on the folder itself: it leaves no file behind and ends with the process that holds it.

    Raises:
        OutputError: the folder cannot be made or opened.
    """
    try:
        folder = followed(path).absolute().parent
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputError(f"Cannot use the folder {path.parent}: {reason(error)}.") from error
    except ValueError as error:
        raise OutputError(f"Cannot use {str(path)!r}: it is not a valid file name.") from error
    try:
        with suppress(OSError):  # a file system without locks (some network mounts): go on as everyone else there
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def followed(path: Path) -> Path:
    """The file that `path` stands for, symbolic links followed.

    Raises:
        OSError: they go round in a circle.
    """
    if not path.is_symlink() or (path.exists() and not path.is_file()):  # /dev/stdout may lead to a pipe without a path
        return path
    try:
        return path.resolve()
    except RuntimeError as error:  # Python 3.11 and 3.12 say so of links that go round in a circle
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


def _sweep(target: Path) -> None:
    """Take away what killed runs left of their writing of `target`."""
    with suppress(OSError):
        for left in target.parent.glob(f".{escape(target.name[:100])}.*.tmp"):
            if time.time() - left.stat().st_mtime > ABANDONED:
                left.unlink()


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
