"""Looking into a package file before Argos unpacks it: what others hand us must not write where it should not."""

from __future__ import annotations

import json
import lzma
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from toolkit.errors import ModelError

LARGEST = 4 << 30  # bytes unpacked; the largest Argos package is a tenth of it
LARGEST_METADATA = 1 << 20
MOST_FILES = 10_000
DENSEST = 200  # times the packed size; weights hardly shrink, text does by ten


def check(file: Path) -> None:
    """Refuse a file that is no Argos package, or that would harm.

    Raises:
        ModelError: it is missing, no zip archive, damaged, has names outside its folder, links, too much content, or no
            proper metadata.
    """
    if not file.is_file():
        raise ModelError(f"There is no package file {file}.")
    try:
        with zipfile.ZipFile(file) as archive:
            _check_entries(file, archive)
            _check_metadata(file, archive)
            if (damaged := archive.testzip()) is not None:
                raise ModelError(f"{file} is damaged: {damaged} does not match its checksum.")
    except ModelError:
        raise
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        UnicodeError,
        zlib.error,
        lzma.LZMAError,
    ) as error:
        raise ModelError(f"{file} is not an Argos package (a zip archive ending in .argosmodel): {error}.") from error


def folder_of(file: Path) -> str:
    """The one top folder in a checked package file."""
    with zipfile.ZipFile(file) as archive:
        return PurePosixPath(archive.namelist()[0]).parts[0]


def _check_entries(file: Path, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if not entries:
        raise ModelError(f"{file} is empty.")
    if len(entries) > MOST_FILES:
        raise ModelError(f"{file} holds {len(entries):,} files, more than an Argos package has.")
    tops = set()
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or not path.parts or ":" in path.parts[0] or "\0" in entry.filename:
            raise ModelError(f"{file} is not safe to unpack: it names {entry.filename!r}, outside its own folder.")
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise ModelError(f"{file} is not safe to unpack: {entry.filename!r} is a link or a device.")
        tops.add(path.parts[0])
    if len(tops) != 1:
        raise ModelError(f"{file} is not an Argos package: it should hold one folder, not {len(tops)}.")
    unpacked = sum(e.file_size for e in entries)
    packed = max(1, sum(e.compress_size for e in entries))
    if unpacked > LARGEST or (unpacked > 1 << 20 and unpacked / packed > DENSEST):
        raise ModelError(f"{file} is not safe to unpack: it would grow to {unpacked:,} bytes.")


def _check_metadata(file: Path, archive: zipfile.ZipFile) -> None:
    top = PurePosixPath(archive.namelist()[0]).parts[0]
    names = set(archive.namelist())
    if f"{top}/metadata.json" not in names:
        raise ModelError(f"{file} is not an Argos package: it has no metadata.json.")
    if archive.getinfo(f"{top}/metadata.json").file_size > LARGEST_METADATA:
        raise ModelError(f"{file} is not an Argos package: its metadata.json is too large.")
    try:
        metadata = json.loads(archive.read(f"{top}/metadata.json"))
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{file} is not an Argos package: its metadata.json is not JSON.") from error
    codes = [metadata.get(k) for k in ("from_code", "to_code")] if isinstance(metadata, dict) else []
    if not codes or not all(isinstance(c, str) and c and c.isascii() for c in codes):
        raise ModelError(f"{file} is not a translation package: its metadata.json names no two languages.")
    if f"{top}/model/model.bin" not in names or not {f"{top}/sentencepiece.model", f"{top}/bpe.model"} & names:
        raise ModelError(f"{file} is not a complete Argos package: its model or tokenizer is missing.")
