"""What the tests of catalogs build theirs with."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from toolkit.catalogs import Catalog, Message

Gnu = Callable[..., subprocess.CompletedProcess[str]]

DATA = Path(__file__).parent / "data"

SENTENCES = {
    "De brug gaat morgen open.": "The bridge opens tomorrow.",
    "De bouw heeft drie jaar geduurd.": "Construction took three years.",
    'De wethouder zei: "Het is af."': 'The alderman said: "It is finished."',
    "Bewoners klaagden over het lawaai van de heimachines.": "Residents complained about the noise of the pile drivers.",
}


def messages(sentences: dict[str, str] | list[str], **fields: object) -> list[Message]:
    """Sentences as the machine translated them, one on each line of `brug.txt`; of a list the English is made up."""
    pairs = sentences if isinstance(sentences, dict) else {s: SENTENCES.get(s, f"English of: {s}") for s in sentences}
    return [
        Message(dutch, english, file="brug.txt", line=line, **fields)  # type: ignore[arg-type]
        for line, (dutch, english) in enumerate(pairs.items(), 1)
    ]


def rewrite(path: Path, old: str, new: str) -> None:
    """What a person does in an editor."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def by_source(path: Path) -> dict[str, Any]:
    """The messages of a file, obsolete ones too, by their Dutch."""
    return {entry.msgid: entry for entry in Catalog.load(path).po}
