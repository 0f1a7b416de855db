"""Fixtures of the training room: data prepared once, and a toy model trained once, for all its tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))  # the recipe is not part of the installed package

from toys import TABLE, TOY, Toy, own_pairs, write_bitext  # type: ignore[import-not-found]

from training.config import Vocabulary
from training.process import settle

settle()  # before anything loads PyTorch or CTranslate2, which share the cores here


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of prepared data, of 24 pairs."""
    from training.prepare import prepare

    folder = tmp_path_factory.mktemp("toy")
    bitext = write_bitext(folder / "bitext", own_pairs(24))
    prepare(folder / "data", bitext, None, settings=Vocabulary(750), table=TABLE)
    return folder / "data"


@pytest.fixture(scope="session")
def toy(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Toy:
    """A model that knows 24 sentences by heart, as a run and as a package."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install 'vertaal[training]'")
    from training.checkpoint import Checkpoint
    from training.export import export
    from training.train import LAST, Run

    torch.set_num_threads(1)  # a toy has no work for more
    folder = tmp_path_factory.mktemp("run")
    Run(TOY, prepared, folder / "run").train(report=lambda line: None)
    package = folder / "translate-nl_en-toy"
    export(Checkpoint.load(folder / "run" / LAST), prepared / "vocabulary.model", package, version="0.0")
    return Toy(own_pairs(24), TOY, folder / "run", package)
