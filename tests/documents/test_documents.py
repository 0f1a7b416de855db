"""Texts are cut into blocks and sentences, and put together again."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.documents import parse, read
from toolkit.documents.language import is_english
from toolkit.documents.sentences import pieces
from toolkit.documents.typography import restyle, straighten
from toolkit.errors import InputError


def sentences(text: str) -> list[str]:
    return [s.text for s in parse(text).segments]


def same(text: str) -> str:
    document = parse(text)
    return document.render([s.text for s in document.segments])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Volgens dr. J. de Vries kost het bijv. 3,5 miljoen. Dat is veel.", 2),
        ("Hoogleraren o.a. aan de VU zagen het. Op 3 mei jl. werd besloten.", 2),
        ("Op 1 jan. 2024 was het koud. Mevr. K. Smit kwam om 14.30 uur.", 2),
        ("Hij wachtte… Toen kwam ze... Echt waar? Ja!", 4),
        ("Mr. Smit zei dat. Hij werkt bij Shell B.V. in Den Haag.", 2),
        ("A. Jansen won de prijs van 1.250,50 euro.", 1),
    ],
)
def test_sentences(text: str, expected: int) -> None:
    assert len(sentences(text)) == expected


def test_quotation_of_several_sentences_is_cut_inside() -> None:
    text = 'Hij bleef kalm. "Wij gaan door. Wij stoppen niet", zei hij. "Nooit. Echt niet."'
    assert sentences(text) == [
        "Hij bleef kalm.",
        "Wij gaan door.",
        '"Wij stoppen niet", zei hij.',
        "Nooit.",
        "Echt niet.",
    ]
    assert same(text) == text


def test_quotation_marks_come_back_around_the_english() -> None:
    document = parse('"Wij gaan door. Wij stoppen niet", zei hij.')
    assert document.render(["We go on.", '"We do not stop," he said.']) == '"We go on. We do not stop," he said.'


@pytest.mark.parametrize(
    "text",
    ["”Dat is goed. Ik kom morgen”, zei hij.", 'Hij zei: "Ja! Nee!",', "„Ga. Nu!” Hij ging.", '"Ja. Nee", zei hij.'],
)
def test_marks_of_a_quotation_stand_once(text: str) -> None:
    document = parse(text)
    assert len(document.segments) > 1
    assert document.render([s.text for s in document.segments]).replace("“", "„") == text.replace("“", "„")


def test_blocks_and_kinds() -> None:
    document = parse("Kop\n\nEen zin. Nog een zin.\n\n- een\n- twee\n  drie\n\n\nKeizersgracht 1\n1015 CJ Amsterdam\n")
    assert [b.kind for b in document.blocks] == ["heading", "paragraph", "item", "item", "line", "line"]
    assert [s.text for s in document.blocks[3].segments] == ["twee drie"]


def test_hard_wrapped_text_is_joined_with_its_lines_known() -> None:
    text = "De gemeente wil de oude brug over de rivier volgend jaar ver-\nvangen door een nieuwe. De kosten worden geschat op drie miljoen\neuro, zegt de wethouder.\n"
    document = parse(text)
    assert [s.text for s in document.segments] == [
        "De gemeente wil de oude brug over de rivier volgend jaar vervangen door een nieuwe.",
        "De kosten worden geschat op drie miljoen euro, zegt de wethouder.",
    ]
    assert [s.line for s in document.segments] == [1, 2]


def test_verse_keeps_its_lines() -> None:
    verse = "De maan komt op\nboven het water\nen niemand ziet\nhoe stil zij is"
    assert len(parse(verse).blocks) == 4
    assert same(verse) == verse


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffKop\r\n\r\nEen zin.\r\n",
        "a\tb\nc\td\n",
        "Geen einde",
        "\n\n  Ingesprongen kop\n\n\n",
        "Eén zin 😀.\n",
        "“Ja. Nee.”\n",
    ],
)
def test_structure_is_kept(text: str) -> None:
    assert same(text) == text.removeprefix("\ufeff")


def test_invisible_characters_are_cleaned() -> None:
    assert sentences("Dienst\u00adplichtigen in\u00a0Rus\u200bland.") == ["Dienstplichtigen in Rusland."]


@pytest.mark.parametrize("text", ["", "  \n\t\n", "\ufeff"])
def test_nothing_to_translate(text: str) -> None:
    with pytest.raises(InputError, match="no text"):
        parse(text)


def test_line_too_long() -> None:
    with pytest.raises(InputError, match=r"x\.txt:2 is one line"):
        parse("Kop\n" + "woord " * 170_000, "x.txt")


def test_read_names_the_line_of_a_bad_byte(tmp_path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"een\ntwee\xff\n")
    with pytest.raises(InputError, match=r"x\.txt:2 is not UTF-8"):
        read(path)


@given(st.text())
def test_any_text_survives(text: str) -> None:
    try:
        document = parse(text)
    except InputError:
        return
    rendered = document.render([s.text for s in document.segments])
    assert all(s.text == s.text.strip() and s.text for s in document.segments)
    letters = [c for c in rendered if c.isalnum()]
    assert letters == [c for c in same(rendered) if c.isalnum()]


@given(
    st.lists(
        st.sampled_from(['"', "“", "”", "„", "Ja", "Nee.", "zei hij.", "Dr.", " ", "?", "(", ")", "X"]), max_size=25
    ).map(" ".join)
)
def test_pieces_lose_no_words(text: str) -> None:
    words = [w for p in pieces(text) for w in re.findall(r"[A-Za-z]+", p.text)]
    assert words == re.findall(r"[A-Za-z]+", text)


def test_is_english() -> None:
    assert is_english("The members of the parliament said that they have not been told about the plan by the minister.")
    assert not is_english(
        "De leden van het parlement zeiden dat zij door de minister niet over het plan zijn ingelicht."
    )
    assert not is_english("Kanonnenvoer")


@pytest.mark.parametrize(
    ("english", "dutch", "expected"),
    [
        ('She orders " cannon fodder by the kilo ".', 'Zij bestelt "kanonnenvoer per kilo".', 'She orders "cannon fodder by the kilo".'),
        ('It opens at 2 p.m..', "Het opent om 14.00 uur.", "It opens at 2 p.m."),
        ('A pipe of 3" and a nail', 'Een buis van 3" en een spijker', 'A pipe of 3" and a nail'),
        ('He " hums " it.', 'Hij " neuriet " het.', 'He " hums " it.'),
    ],
)  # fmt: skip
def test_marks_are_snug(english: str, dutch: str, expected: str) -> None:
    assert restyle(english, dutch) == expected


def test_quotation_marks_follow_the_dutch() -> None:
    assert restyle('He said "yes" and didn\'t.', straighten("„ja”")) == 'He said "yes" and didn\'t.'
    assert restyle('"Yes," he said.', "“Ja”, zei hij.") == "“Yes,” he said."
