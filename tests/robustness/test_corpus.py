"""Every input that once made a fuzzer fail, and the files it starts from, through the same targets: see `fuzz.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
import targets

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(path for path in CORPUS.glob("*/*"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_corpus(path: Path) -> None:
    targets.run(path.parent.name, path.read_bytes())


def test_every_target_has_a_corpus() -> None:
    assert {path.parent.name for path in FILES} == set(targets.TARGETS)
