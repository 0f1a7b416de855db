"""Training: a toy learns by heart, is exported, and translates through Argos and through this program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install 'vertaal[training]'")

from training.average import average  # noqa: E402
from training.checkpoint import Checkpoint  # noqa: E402
from training.config import PAD, TrainingError  # noqa: E402
from training.evaluate import Package, evaluate  # noqa: E402
from training.export import export, pack  # noqa: E402
from training.import_package import import_package  # noqa: E402
from training.optimisers import ChunkedCrossEntropy, orthogonal  # noqa: E402
from training.train import LAST, Run  # noqa: E402

if TYPE_CHECKING:
    from toys import Toy

SHORT = ["cycle.steps=24", "cycle.save=10", "size.dropout=0.1", "batches.tokens=512"]


def weights(folder: Path) -> dict[str, Any]:
    return Checkpoint.load(folder / LAST).weights


def same(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


def silent(line: str) -> None:
    pass


def test_toy_translates_its_sentences_through_argos(toy: Toy) -> None:
    argos = pytest.importorskip("argostranslate.package", reason="argostranslate is not installed")
    import ctranslate2

    package = argos.Package(toy.package)
    assert (package.from_code, package.to_code, package.package_version) == ("nl", "en", "0.0")
    translator = ctranslate2.Translator(str(package.package_path / "model"))
    tokens = [package.tokenizer.encode(dutch) for dutch, _ in toy.pairs]
    results = translator.translate_batch(tokens, beam_size=4, length_penalty=0.2)  # as Argos itself calls it
    output = [package.tokenizer.decode(result.hypotheses[0]).strip() for result in results]
    right = sum(line == english for line, (_, english) in zip(output, toy.pairs, strict=True))
    assert right >= 0.9 * len(toy.pairs), output


def test_toy_translates_through_the_toolkit(toy: Toy) -> None:
    toolkit = pytest.importorskip("toolkit", reason="the toolkit is not there")
    translator = toolkit.Translator(model=str(toy.package))
    right = sum(translator.translate(dutch).text.strip() == english for dutch, english in toy.pairs)
    assert right >= 0.75 * len(toy.pairs)  # the toolkit may split a line into sentences that the toy has never seen


def test_package_says_what_it_understands(toy: Toy) -> None:
    import json

    own = json.loads((toy.package / "metadata.json").read_text(encoding="utf-8"))["vertaal"]
    assert own == {
        "hints": {"open": "⟦", "arrow": "⇒", "close": "⟧"},
        "decoding": {"beam_size": 4, "length_penalty": 1.0},
        "steps": toy.recipe.cycle.steps,
    }


def test_package_takes_sentences_of_any_length(toy: Toy) -> None:
    import ctranslate2
    import sentencepiece

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(toy.package / "sentencepiece.model"))
    tokens = pieces.encode(" ".join(dutch for dutch, _ in toy.pairs * 3), out_type=str)
    assert len(tokens) > 1500
    result = ctranslate2.Translator(str(toy.package / "model")).translate_batch([tokens], max_decoding_length=5)
    assert result[0].hypotheses[0]


def test_archive_is_the_same_every_time_and_installs(toy: Toy, tmp_path: Path) -> None:
    import zipfile

    first, second = tmp_path / "a.argosmodel", tmp_path / "b.argosmodel"
    pack(toy.package, first)
    pack(toy.package, second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        archive.extractall(tmp_path)
    assert Package(tmp_path / toy.package.name).translate(["Hallo."])


def test_same_seed_same_weights_other_seed_other_weights(prepared: Path, toy: Toy, tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        Run(toy.recipe.changed([*SHORT, f"seed={seed}"]), prepared, tmp_path / name).train(report=silent)
    assert same(weights(tmp_path / "a"), weights(tmp_path / "b"))
    assert not same(weights(tmp_path / "a"), weights(tmp_path / "c"))


@pytest.mark.parametrize("stopped_after", [10, 13])  # at a checkpoint of its own, and between two
def test_run_taken_up_again_gives_the_same_weights(
    prepared: Path, toy: Toy, tmp_path: Path, stopped_after: int
) -> None:
    recipe = toy.recipe.changed(SHORT)
    Run(recipe, prepared, tmp_path / "whole").train(report=silent)
    first = Run(recipe, prepared, tmp_path / "parts")
    first.train(stop=lambda step: step == stopped_after, report=silent)
    assert not first.finished
    second = Run(recipe, prepared, tmp_path / "parts")
    assert second.step == stopped_after
    second.train(report=silent)
    assert second.finished
    assert same(weights(tmp_path / "whole"), weights(tmp_path / "parts"))


def test_finished_run_stays_as_it_is(prepared: Path, toy: Toy, tmp_path: Path) -> None:
    recipe = toy.recipe.changed(SHORT)
    Run(recipe, prepared, tmp_path).train(report=silent)
    before = weights(tmp_path)
    Run(recipe, prepared, tmp_path).train(report=silent)
    assert same(before, weights(tmp_path))


def test_run_with_other_settings_is_not_taken_up(prepared: Path, toy: Toy, tmp_path: Path) -> None:
    Run(toy.recipe.changed(SHORT), prepared, tmp_path).train(stop=lambda step: True, report=silent)
    with pytest.raises(TrainingError, match="other settings"):
        Run(toy.recipe.changed([*SHORT, "seed=2"]), prepared, tmp_path)


def test_bound_in_time_ends_the_run(prepared: Path, toy: Toy, tmp_path: Path) -> None:
    run = Run(toy.recipe.changed(["cycle.steps=0", "cycle.hours=0.0003"]), prepared, tmp_path)
    run.train(report=silent)
    assert run.finished and run.step > 0 and 1 < run.seconds < 30


def test_old_checkpoints_go_and_the_rest_average(prepared: Path, toy: Toy, tmp_path: Path) -> None:
    Run(toy.recipe.changed([*SHORT, "cycle.save=5", "cycle.keep=3"]), prepared, tmp_path).train(report=silent)
    paths = sorted(tmp_path.glob("weights-*.pt"))
    assert [path.name for path in paths] == ["weights-0000015.pt", "weights-0000020.pt", "weights-0000024.pt"]
    mean, name = average(paths), "output_bias"
    expected = sum(Checkpoint.load(path).weights[name] for path in paths) / 3
    assert torch.allclose(mean.weights[name], expected, atol=1e-6) and mean.steps == 24


def test_imported_package_is_the_checkpoint_that_was_exported(toy: Toy, prepared: Path, tmp_path: Path) -> None:
    exported, imported = Checkpoint.load(toy.run / LAST), import_package(toy.package)
    assert (imported.size, imported.steps) == (exported.size, exported.steps)
    for name, value in exported.weights.items():
        step = value.abs().amax(-1, keepdim=True) / 127 if value.dim() == 2 else torch.tensor(1e-6)
        assert ((imported.weights[name] - value).abs() <= 0.51 * step + 1e-6).all(), name
    export(imported, prepared / "vocabulary.model", tmp_path / "again", version="0.0")
    sentences = [dutch for dutch, _ in toy.pairs]
    assert Package(tmp_path / "again").translate(sentences) == Package(toy.package).translate(sentences)


def test_new_run_starts_from_an_imported_package(toy: Toy, prepared: Path, tmp_path: Path) -> None:
    import_package(toy.package).save(tmp_path / "start.pt")
    settings = ["cycle.steps=1", "optimiser.muon_rate=1e-9", "optimiser.adam_rate=1e-9"]
    run = Run(toy.recipe.changed(settings), prepared, tmp_path / "run", tmp_path / "start.pt")
    run.train(report=silent)
    start, end = Checkpoint.load(tmp_path / "start.pt"), Checkpoint.load(tmp_path / "run" / LAST)
    assert end.steps == start.steps + 1
    assert all(torch.allclose(end.weights[name], value, atol=1e-5) for name, value in start.weights.items())


def test_evaluation_of_the_toy(toy: Toy, tmp_path: Path) -> None:
    pytest.importorskip("sacrebleu")
    (tmp_path / "known.nl").write_text("".join(f"{dutch}\n" for dutch, _ in toy.pairs), encoding="utf-8")
    (tmp_path / "known.en").write_text("".join(f"{english}\n" for _, english in toy.pairs), encoding="utf-8")
    evaluation = evaluate(toy.package, [tmp_path / "known"])
    assert evaluation.scores[0].bleu > 90 and evaluation.scores[0].chrf > 90
    assert evaluation.words_per_second > 0 and 0 < evaluation.megabytes < 1
    assert "version:" in evaluation.scores[0].bleu_signature and evaluation.scores[0].test in evaluation.table()


def test_chunked_loss_has_the_gradients_of_the_plain_one() -> None:
    torch.manual_seed(0)
    states, table, bias = (torch.randn(*shape, requires_grad=True) for shape in ((2000, 8), (50, 8), (50,)))
    labels = torch.randint(1, 50, (2000,))
    loss = ChunkedCrossEntropy.apply(states, table, bias, labels, 0.1, 1 / 2000)
    loss.backward()
    chunked = [tensor.grad.clone() for tensor in (states, table, bias)]
    for tensor in (states, table, bias):
        tensor.grad = None
    logits = states @ table.T + bias
    torch.nn.functional.cross_entropy(logits, labels, label_smoothing=0.1).backward()
    assert torch.allclose(loss, torch.nn.functional.cross_entropy(logits, labels, reduction="sum"), rtol=1e-4)
    for ours, tensor in zip(chunked, (states, table, bias), strict=True):
        assert torch.allclose(ours, tensor.grad, atol=1e-5)


@pytest.mark.parametrize("shape", [(32, 32), (64, 16), (16, 64)])
def test_orthogonal_brings_singular_values_near_one(shape: tuple[int, int]) -> None:
    torch.manual_seed(0)
    values = torch.linalg.svdvals(orthogonal(torch.randn(*shape)))
    assert values.min() > 0.4 and values.max() < 1.4


def test_batches_hold_every_pair_once_an_epoch(prepared: Path, toy: Toy) -> None:
    from training.batches import TrainingData
    from training.prepare import Prepared

    data = TrainingData(Prepared(prepared), toy.recipe.changed(["batches.tokens=256"]).batches, seed=3)
    seen, tokens = 0, 0
    for batch in data.batches():
        if batch.epoch:
            break
        assert batch.target.shape == batch.labels.shape
        assert max(batch.source.shape[1], batch.target.shape[1]) * len(batch.source) <= 256
        assert torch.equal(
            batch.target[:, 1:][batch.labels[:, 1:] != PAD], batch.labels[:, :-1][batch.labels[:, 1:] != PAD]
        )
        seen, tokens = seen + len(batch.source), tokens + int((batch.labels != PAD).sum())
    assert seen == len(toy.pairs)
    later = [batch.source for batch, _ in zip(data.batches(1, 2), range(3), strict=False)]
    whole = [batch.source for batch, _ in zip(data.batches(1, 0), range(5), strict=False)]
    assert all(torch.equal(a, b) for a, b in zip(later, whole[2:], strict=True))


def test_broken_checkpoint_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.pt").write_bytes(b"not a checkpoint")
    with pytest.raises(TrainingError, match=r"x\.pt"):
        Checkpoint.load(tmp_path / "x.pt")
    with pytest.raises(TrainingError, match="no package"):
        import_package(tmp_path)


def test_tune_tries_each_setting_on_the_test(toy: Toy, tmp_path: Path) -> None:
    from training.tune import TRIALS, tune

    for side, language in enumerate(("nl", "en")):
        (tmp_path / f"own.{language}").write_text("".join(f"{pair[side]}\n" for pair in toy.pairs), encoding="utf-8")
    trials = list(tune(toy.package, tmp_path / "own"))
    assert [trial.settings for trial in trials] == list(TRIALS)
    assert trials[0].score.bleu > 80 and trials[0].line().startswith("as the package says")
    (tmp_path / "own.en").write_text("One line.\n", encoding="utf-8")
    with pytest.raises(TrainingError, match="line by line"):
        list(tune(toy.package, tmp_path / "own"))


def test_attention_of_terms_is_measured(toy: Toy) -> None:
    dutch, english = toy.pairs[0]
    from training.evaluate import Package, aligned

    word = english.split()[1].strip(".,")
    rows = [{"nl": dutch, "terms": [{"source": dutch.split()[1].strip(".,"), "target": word}]}]
    package = Package(toy.package)
    assert 0 <= aligned(package, rows) <= 1
    ((written, *_),) = (package.attended([dutch]),)
    assert "".join(piece for piece, _ in written).replace("▁", " ").strip() == package.translate([dutch])[0]
