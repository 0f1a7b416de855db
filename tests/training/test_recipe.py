"""Settings, the schedule, and the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toys import own_pairs, write_bitext  # type: ignore[import-not-found]

from training.__main__ import main
from training.config import PRESETS, Cycle, Recipe, Size, TrainingError
from training.evaluate import _hint_places, stands_in, with_hints


@pytest.mark.parametrize("name", PRESETS)
def test_preset_comes_back_from_its_table(name: str) -> None:
    table = json.loads(json.dumps(PRESETS[name].table()))
    assert Recipe.from_table(table) == PRESETS[name]


def test_settings_are_changed_by_name() -> None:
    changed = PRESETS["cpu"].changed(["cycle.hours=1.5", "size.dropout=0.2", "device=cuda", "compile=true", "seed=7"])
    assert (changed.cycle.hours, changed.size.dropout, changed.device, changed.compile, changed.seed) == (
        1.5,
        0.2,
        "cuda",
        True,
        7,
    )
    assert changed.optimiser == PRESETS["cpu"].optimiser


@pytest.mark.parametrize(
    "setting",
    [
        "cycle.hour=1",
        "cycle=1",
        "size.width=319",
        "size.width=big",
        "compile=perhaps",
        "device=tpu",
        "nothing",
        "a.b.c=1",
        "cycle.hours=0",
    ],
)
def test_wrong_setting_is_refused(setting: str) -> None:
    with pytest.raises(TrainingError):
        PRESETS["cpu"].changed([setting])


def test_unknown_table_is_refused() -> None:
    with pytest.raises(TrainingError, match="no settings"):
        Recipe.from_table({"size": {"width": 64}})
    with pytest.raises(TrainingError):
        Size(64, 128, 5, 1, 1)


@given(st.integers(1, 10_000), st.integers(1, 200), st.floats(0, 1))
def test_rates_rise_and_fall_to_nothing(steps: int, warm: int, fall: float) -> None:
    cycle = Cycle(steps=steps, warm=warm, fall=fall)
    rates = [cycle.rate(step, cycle.progress(step, 0)) for step in range(0, steps + 1, max(1, steps // 50))]
    assert all(0 <= rate <= 1 for rate in rates)
    assert cycle.progress(steps, 0) == 1 and (cycle.rate(steps, 1) == 0 or fall == 0)


def test_whichever_bound_is_reached_first_ends_the_cycle() -> None:
    cycle = Cycle(hours=1, steps=100)
    assert cycle.progress(50, 0) == 0.5 and cycle.progress(50, 3600) == 1 and cycle.progress(0, 900) == 0.25


# Terms of an evaluation ----------------------------------------------------------------------------------------------


def test_hints_are_placed_where_a_term_stands_in_any_form() -> None:
    text, given = with_hints(
        "De ministers bezochten de haven.", [("minister", "minister"), ("haven", "port"), ("kade", "quay")]
    )
    assert text == "De ⟦ ministers ⇒ minister ⟧ bezochten de ⟦ haven ⇒ port ⟧."
    assert sorted(given) == ["minister", "port"]


def test_hints_are_found_again_among_the_pieces() -> None:
    pieces = [
        "▁De",
        "▁⟦",
        "▁minister",
        "s",
        "▁⇒",
        "▁minister",
        "▁⟧",
        "▁zagen",
        "▁⟦",
        "▁ha",
        "ven",
        "▁⇒",
        "▁port",
        "▁⟧",
        ".",
    ]
    assert _hint_places(pieces) == [(1, 7), (8, 14)]


def test_the_longer_term_wins() -> None:
    text, given = with_hints("De Eerste Kamer stemt.", [("kamer", "chamber"), ("eerste kamer", "Senate")])
    assert text == "De ⟦ Eerste Kamer ⇒ Senate ⟧ stemt." and given == ["Senate"]


@given(st.sampled_from(own_pairs(40)), st.data())
def test_hints_leave_the_sentence(pair: tuple[str, str], data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(pair[0].split()), max_size=4))
    text, given = with_hints(pair[0], [(word, "thing") for word in words])
    for symbol in ("⟦ ", " ⇒ thing ⟧"):
        assert text.count(symbol) == len(given)
        text = text.replace(symbol, "")
    assert text == pair[0]


def test_terms_are_held_in_any_form() -> None:
    assert stands_in("supply chain", "Supply chains broke down.")
    assert stands_in("Senate", "the Senate's vote")
    assert not stands_in("supply chain", "The chain of supply broke.")


# Command line --------------------------------------------------------------------------------------------------------


def test_what_the_user_can_mend_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path), "--test", str(tmp_path / "dev")]) == 2
    assert capsys.readouterr().err.startswith(f"training: The package {tmp_path} cannot be loaded")
    with pytest.raises(SystemExit) as stopped:
        main(["no-such-step"])
    assert stopped.value.code == 2


def test_steps_from_text_to_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("torch", reason="PyTorch is not installed: pip install 'vertaal[training]'")
    bitext, table = write_bitext(tmp_path / "bitext", own_pairs(60)), tmp_path / "corpora.toml"
    table.write_text("[toy]\nweight = 2\n", encoding="utf-8")
    data, run, package = (str(tmp_path / name) for name in ("data", "run", "translate-nl_en-tiny"))
    assert main(["prepare", data, "--bitext", str(bitext), "--table", str(table), "--pieces", "900"]) == 0
    settings = ["--preset", "toy", "--set", "cycle.steps=3", "--set", "batches.longest=60"]
    assert main(["train", data, run, *settings]) == 0 and main(["train", data, run, *settings]) == 0
    assert main(["average", f"{run}/mean.pt", f"{run}/weights-0000003.pt"]) == 0
    assert (
        main(
            [
                "export",
                f"{run}/mean.pt",
                package,
                "--vocabulary",
                f"{data}/vocabulary.model",
                "--version",
                "0.1",
                "--zip",
            ]
        )
        == 0
    )
    assert main(["import-package", package, f"{run}/again.pt"]) == 0
    terms = tmp_path / "terms.jsonl"
    terms.write_text(
        '{"nl": "De haven.", "en": "The port.", "terms": [{"source": "haven", "target": "port"}]}\n', encoding="utf-8"
    )
    capsys.readouterr()
    assert main(["evaluate", package, "--terms", str(terms), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["terms"] == 1 and 0 <= found["held"] <= 1 and found["package"] == "translate-nl_en-tiny 0.1"
    assert (tmp_path / "translate-nl_en-tiny.argosmodel").is_file()
