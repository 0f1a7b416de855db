"""The proofreader: what it finds, what it leaves alone, and that the project's own pairs have no errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.__main__ import main
from training.check_data import FOLDER, check, doubts, faults, numbers
from training.spelling import american, americanised, british


@pytest.mark.parametrize(
    ("dutch", "english", "expected"),
    [
        ("", "Nothing.", "the Dutch is empty"),
        ("Twee  spaties.", "Two spaces.", "the Dutch has a space too many"),
        ("Een vaste\u00a0spatie.", "A hard space.", "the Dutch has a space too many"),
        ("Cafe\u0301 open", "Café open", "the Dutch is not in Unicode form NFC"),
        ("Hij zei 'nee'.", "He said ‘no’.", "straight quote"),
        ("Hij zei nee.", 'He said "no.', "a quotation mark stands open"),
        ("Zacht\u00adhandig.", "Gentle.", "the Dutch has an invisible character"),
        ("Het theater is grijs.", "The theatre is grey.", "British spelling: theatre (American: theater)"),
    ],
)
def test_faults(dutch: str, english: str, expected: str) -> None:
    assert any(expected in fault for fault in faults(dutch, english))


@pytest.mark.parametrize(
    ("dutch", "english"),
    [
        ("'Ik ga,", '"I am leaving,'),  # a quotation that goes on in the next line
        ("De Labour Party verloor.", "The Labour Party lost."),
        ("Hij adviseert ons te exerceren.", "He advises us to exercise."),
    ],
)
def test_no_faults(dutch: str, english: str) -> None:
    assert not list(faults(dutch, english))


@pytest.mark.parametrize(
    ("british_word", "better"),
    [
        ("colourised", "colorized"),
        ("kilometres", "kilometers"),
        ("travelled", "traveled"),
        ("unrivalled", "unrivaled"),
        ("organisation", "organization"),
        ("anaesthetist", "anesthetist"),
        ("defence", "defense"),
        ("practised", "practiced"),
        ("grey", "gray"),
    ],
)
def test_american(british_word: str, better: str) -> None:
    assert american(british_word) == better
    assert american(better) is None


@pytest.mark.parametrize(
    "word",
    ["four", "contour", "humorous", "controlled", "analyses", "promised", "surprising", "crises", "fence", "raised"],
)
def test_spelt_alike(word: str) -> None:
    assert american(word) is None


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_americanised_is_stable_and_has_nothing_british(text: str) -> None:
    once = americanised(text)
    assert americanised(once) == once
    assert not list(british(once))


@pytest.mark.parametrize(
    ("dutch", "english"),
    [
        ("Het kostte 1.250 euro en 3,5 procent rente.", "It cost 1,250 euros and 3.5 percent interest."),
        ("De trein van 14.30 uur kwam om 16 uur.", "The 2:30 p.m. train arrived at 4 p.m."),
        ("Er kwamen 37 mensen.", "Thirty-seven people came."),
        ("In de jaren zestig.", "In the 1960s."),
    ],
)
def test_numbers_that_agree(dutch: str, english: str) -> None:
    assert not list(doubts(dutch, english, spelling=False))


@pytest.mark.parametrize(
    ("dutch", "english"),
    [
        ("Het kostte 1.250 euro.", "It cost 1,520 euros."),
        ("Om 14.30 uur.", "At 2:45 p.m."),
        ("Er zijn 7 huizen.", "There are houses."),
    ],
)
def test_numbers_that_differ(dutch: str, english: str) -> None:
    assert any("numbers differ" in doubt for doubt in doubts(dutch, english, spelling=False))


@given(st.text(max_size=40), st.sampled_from(["nl", "en"]), st.booleans())
def test_numbers_of_any_text(text: str, language: str, twelve_hours: bool) -> None:
    assert all(value >= 0 for value in numbers(text, language, twelve_hours))


def test_unknown_words_are_doubts() -> None:
    pytest.importorskip("wordfreq", reason="wordfreq is not installed: pip install 'vertaal[training]'")
    found = list(
        doubts("De burgemeezter van de polderstad sprak.", "The mayor of the polder city spoek.", spelling=True)
    )
    assert found == ["unknown Dutch word: burgemeezter", "unknown English word: spoek"]


def test_finding_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "0001.tsv"
    path.write_text("Een zin.\tA sentence.\nNog een zin.\neen zin\tA sentence\n", encoding="utf-8")
    found = [str(finding) for finding in check([path], spelling=False)]
    assert found == [
        f"{path}:2: error: 1 columns instead of 2 (Dutch, tab, English)",
        f"{path}:3: error: the Dutch sentence stands already in 0001.tsv:1",
    ]


def test_file_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "0001.tsv"
    path.write_bytes("Één zin.\tA sentence.\n".encode("latin-1"))
    assert [finding.error for finding in check([path], spelling=False)] == [True]


def test_exit_code_tells_of_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.tsv", tmp_path / "bad.tsv"
    good.write_text("Een huis.\tA house.\n", encoding="utf-8")
    bad.write_text("Een huis.\t\n", encoding="utf-8")
    assert main(["check-data", "--no-spelling", str(good)]) == 0
    assert main(["check-data", "--no-spelling", str(bad)]) == 1
    assert f"{bad}:1: error: the English is empty" in capsys.readouterr().out


def test_own_pairs_have_no_errors() -> None:
    files = sorted(FOLDER.glob("[0-9]*.tsv"))
    assert files
    assert not [str(finding) for finding in check(files, spelling=False) if finding.error]
