"""Shared parts: the bundled model is loaded once for the whole run."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit import Glossary, Translator

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def glossary() -> Glossary:
    return Glossary.load(ROOT / "glossary" / "nl-en.csv")


@pytest.fixture(scope="session")
def translator(glossary: Glossary) -> Translator:
    return Translator("translate-nl_en-vertaal", glossary)


@pytest.fixture(scope="session")
def article() -> Path:
    """The article that users care about; it lies beside the project, not in it."""
    path = ROOT.parent / "shared" / "article" / "article.nl.txt"
    if not path.is_file():
        pytest.skip("the article is not beside the project")
    return path
