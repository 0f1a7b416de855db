"""The word list, and looking a sentence up in glossary and word list."""

from __future__ import annotations

import lzma
from importlib import resources
from pathlib import Path

import pytest

from toolkit import Glossary, Matcher, Term
from toolkit.errors import InputError
from toolkit.terminology.inflection import Form
from toolkit.terminology.lexicon import Lexicon, form_name, look_up


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def test_the_list_is_sorted_and_whole() -> None:
    packed = resources.files("toolkit.terminology").joinpath("data", "lexicon.tsv.xz").read_bytes()
    lines = lzma.decompress(packed).decode().splitlines()
    assert len(lines) == 18_680 == len(Lexicon.load())
    assert lines == sorted(lines)
    assert all(len(line.split("\t")) == 2 and all(line.split("\t")) for line in lines)


@pytest.mark.parametrize(
    ("word", "base", "form", "english"),
    [
        ("webshop", "webshop", Form(), "online store"),
        ("Webshops", "webshop", Form("plural"), "online store"),
        ("vlaggetjes", "vlaggetje", Form("plural"), "small flag"),
        ("agendapunten", "agendapunt", Form("plural"), "agenda item"),
        ("archeologische", "archeologisch", Form("inflected"), "archaeological"),
    ],
)
def test_words_are_found_in_their_forms(lexicon: Lexicon, word: str, base: str, form: Form, english: str) -> None:
    assert lexicon.find(word) == (base, form, (english,))


def test_words_that_are_not_there(lexicon: Lexicon) -> None:
    assert lexicon.find("qwrtpst") is None
    assert lexicon.get("qwrtpst") == () and "qwrtpst" not in lexicon


def test_own_words_come_first(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("# mine\n\nwebshop\tweb shop|e-shop\r\nZuurkool\tsauerkraut\n")
    lexicon = Lexicon.load([path])
    assert lexicon.get("webshop") == ("web shop", "e-shop", "online store")
    assert lexicon.get("zuurkool") == ("sauerkraut",)
    assert Lexicon.load().get("webshop") == ("online store",)


@pytest.mark.parametrize(("line", "column"), [("woord", 2), ("\tword", 1), ("woord\t", 2), ("woord\t|", 2)])
def test_bad_lines(tmp_path: Path, line: str, column: int) -> None:
    (tmp_path / "w.tsv").write_text(f"a\tb\n{line}\n")
    with pytest.raises(InputError) as caught:
        Lexicon.load([tmp_path / "w.tsv"])
    assert str(caught.value) == f"{tmp_path / 'w.tsv'}:2:{column}: the line is not a Dutch word, a tab and its English."


def test_a_sentence(lexicon: Lexicon) -> None:
    text = "De soldaten en hij: hij schoot bij de webshop een drone neer."
    glossary = Glossary.of([Term("soldaat", "soldier", "noun"), Term("neerschieten", "shoot down", "verb")])
    found = look_up(text, glossary, lexicon)
    assert [(f.surface, f.source, f.target, f.origin) for f in found] == [
        ("soldaten", "soldaat", "soldiers", "glossary"),
        ("schoot neer", "neerschieten", "shot down", "glossary"),
        ("webshop", "webshop", "online store", "lexicon"),
    ]
    assert [text[f.start : f.end] for f in found] == ["soldaten", "schoot", "webshop"]
    assert found[1].particle is not None and text[slice(*found[1].particle)] == "neer"
    assert [form_name(f.form) for f in found] == ["plural", "past", "dictionary form"]
    assert [f.origin for f in look_up(text, Matcher(glossary))] == ["glossary", "glossary"]
    assert found[0].to_dict()["term"] == {"source": "soldaat", "target": "soldier", "pos": "noun"}
    assert look_up("", glossary, lexicon) == []
