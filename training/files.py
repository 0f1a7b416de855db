"""Files written whole or not at all, and known by their content."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path to write to; at the end it takes the place of `path`. A killed run leaves the old file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp{path.suffix}")
    try:
        yield temporary
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def write_json(path: Path, value: Any) -> None:
    """Write a value as JSON, two spaces a level."""
    with replacing(path) as temporary:
        temporary.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def digest(*parts: str | Path | Iterable[Path]) -> str:
    """A short hash of texts and of the content of files, in their order."""
    found = hashlib.sha256()
    for part in parts:
        for item in [part] if isinstance(part, str | Path) else part:
            found.update(item.encode() if isinstance(item, str) else item.read_bytes())
            found.update(b"\0")
    return found.hexdigest()[:16]
