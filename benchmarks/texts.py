"""The Dutch that is translated, from the project's own sentences. No sentence stands in it twice."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARAGRAPH = 5  # sentences


def article(words: int = 600) -> str:
    """An article of about so many words: paragraphs of the examples in their order, with their headings."""
    paragraphs: list[str] = []
    for file in sorted((ROOT / "examples").glob("*.txt")):
        for paragraph in file.read_text(encoding="utf-8").strip().split("\n\n"):
            if sum(len(p.split()) for p in paragraphs) < words:
                paragraphs.append(paragraph)
    return "\n\n".join(paragraphs) + "\n"


def document(sentences: int, seed: int = 1) -> str:
    """A document of so many different sentences, in an order that the seed decides.

    Raises:
        ValueError: the project has not so many.
    """
    chosen = list(islice(_sentences(), sentences))
    if len(chosen) < sentences:
        raise ValueError(f"There are {len(chosen)} sentences, not {sentences}.")
    random.Random(seed).shuffle(chosen)
    paragraphs = [" ".join(chosen[i : i + PARAGRAPH]) for i in range(0, len(chosen), PARAGRAPH)]
    return "\n\n".join(paragraphs) + "\n"


def _sentences() -> Iterator[str]:
    lines = (ROOT / "tests" / "data" / "terms.jsonl").read_text(encoding="utf-8").splitlines()
    seen: set[str] = set()
    for sentence in [json.loads(line)["nl"] for line in lines] + list(_written_pairs()):
        if sentence not in seen and sentence[0].isupper() and sentence.endswith((".", "?", "!")):
            seen.add(sentence)
            yield sentence


def _written_pairs() -> Iterator[str]:
    for file in sorted((ROOT / "training" / "data").glob("*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield line.split("\t")[0]
