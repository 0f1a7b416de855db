"""What a user installs: the package with its model and data, and nothing else."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.robust
def test_contents_of_the_wheel(tmp_path: Path) -> None:
    source = tmp_path / "source"
    ignore = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*")
    shutil.copytree(ROOT / "toolkit", source / "toolkit", ignore=ignore)
    shutil.copytree(ROOT / "tests" / "documents", source / "tests" / "documents", ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    have = importlib.util.find_spec("setuptools") and int(importlib.metadata.version("setuptools").split(".")[0]) >= 77
    options = ["--no-build-isolation", "--no-index"] if have else []  # else pip fetches setuptools
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", *options, "-w", tmp_path, source], capture_output=True, text=True
    )  # fmt: skip
    if built.returncode and not have and "No matching distribution" in built.stderr:
        pytest.skip("no setuptools 77 here, and no network to fetch it")
    assert built.returncode == 0, built.stderr
    [wheel] = tmp_path.glob("vertaal-*.whl")
    with zipfile.ZipFile(wheel) as file:
        names = set(file.namelist())
        assert file.testzip() is None
    wanted = {str(p.relative_to(source)) for p in (source / "toolkit").rglob("*") if p.is_file()}
    assert {n for n in names if n.startswith("toolkit/")} == wanted
    assert {n.split("/")[0].split("-")[0] for n in names} == {"toolkit", "vertaal"}
    model = "toolkit/engine/bundled/translate-nl_en-vertaal"
    assert {
        f"{model}/metadata.json",
        f"{model}/model/model.bin",
        f"{model}/sentencepiece.model",
        f"{model}/README.md",
    } <= names
    assert {
        "toolkit/py.typed",
        "toolkit/terminology/data/lexicon.tsv.xz",
        "toolkit/words/data/given-names.txt",
    } <= names
    assert any(n.endswith("licenses/LICENSE") for n in names)
    assert wheel.stat().st_size < 40e6
