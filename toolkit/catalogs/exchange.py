"""Translation memories of other programs: reading TMX, through translate-toolkit."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from toolkit import files
from toolkit.documents.plaintext import normalise
from toolkit.errors import InputError
from toolkit.markup import safe_xml


def read_tmx(path: Path | str, source: str = "nl", target: str = "en") -> Iterator[tuple[str, str]]:
    """The sentence pairs of a TMX 1.4 file (LISA, 2005).

    Raises:
        InputError: it cannot be read, is not XML, declares entities, or is no TMX.
    """
    data = safe_xml(files.read_bytes(Path(path)), str(path))
    from translate.storage.tmx import tmxfile

    try:
        store = tmxfile(io.BytesIO(data), sourcelanguage=source, targetlanguage=target)
    except Exception as error:  # whatever lxml and translate-toolkit make of it
        raise InputError(f"{path} is not a TMX file: {' '.join(str(error).split())[:200]}.") from error
    if store.document.getroot().tag.rpartition("}")[2] != "tmx":
        raise InputError(f"{path} is not a TMX file: its first element is not tmx.")
    for unit in store.units:
        dutch, english = _text(unit.source), _text(unit.target)
        if dutch and english:
            yield dutch, english


def _text(value: object) -> str:
    return " ".join(normalise(str(value)).split()) if value else ""
