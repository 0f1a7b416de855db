"""GNU gettext for the tests, and a catalog to work on."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from building import SENTENCES, Gnu, messages

from toolkit.catalogs import Paths, record


@pytest.fixture(scope="session")
def gnu() -> Gnu:
    """Runs a program of GNU gettext: gnu("msgfmt", "--check", path)."""

    def run(name: str, *arguments: str | Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
        program = shutil.which(name)
        if program is None:
            pytest.skip(f"{name} is missing: install GNU gettext")
        return subprocess.run(
            [program, *map(str, arguments)],
            input=text,
            capture_output=True,
            encoding="utf-8",
            env={"LC_ALL": "C.UTF-8"},
        )

    return run


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """A locales folder with the catalog `brug` of `SENTENCES`."""
    record(messages(SENTENCES), tmp_path / "locales", "brug")
    return tmp_path / "locales"


@pytest.fixture
def po(locales: Path) -> Path:
    """Its .po file."""
    return Paths.of(locales, "brug").po
