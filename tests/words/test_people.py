"""Surnames that are Dutch words, known by the full name or the title that a text gives them with."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import Translator
from toolkit.words.people import People, named


def found(*sentences: str, reach: int = 100) -> list[list[str]]:
    people, places = People(reach), []
    for sentence in sentences:
        people.add(sentence)
        places.append([sentence[start:end] for start, end in people.find(sentence)])
    return places


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Dat zegt onderzoeker Bob Deen.", ("", "Deen")),
        ("Anna van den Berg won.", ("van den", "Berg")),
        ("Johan De Smet won.", ("de", "Smet")),
        ("Jan Peter J. Winter won.", ("", "Winter")),
        ("Volgens minister Kamp niet.", ("", "Kamp")),
        ("Volgens mevrouw De Koning niet.", ("de", "Koning")),
        ("Astrid Kant-Visser weet het.", ("", "Kant-Visser")),
        ("Jan-Peter van ’t Hof won.", ("van 't", "Hof")),
        ("J.P. de Visser won.", ("de", "Visser")),
        ("Mevrouw Bakker won.", ("", "Bakker")),
    ],
)
def test_a_full_name_or_a_title_names_a_person(sentence: str, name: tuple[str, str]) -> None:
    assert set(named(sentence)) == {name}


@pytest.mark.parametrize(
    "sentence",
    [
        "Vladimir Poetin sprak.",
        "Karel de Grote reed te paard.",
        "Willem van Oranje werd vermoord.",
        "Het Anne Frank Huis is dicht.",
        "Jan Peter zong.",
        "De minister van Defensie en de minister van Sociale Zaken zwegen.",
        "Mag Nederland dat?",
        "De Tweede Kamer stemt.",
        "Bondscoach België zweeg, en president Frankrijk en minister Financiën ook.",
        "Het Bob Dylan Concert en de San Diego Zoo.",
    ],
)
def test_what_names_nobody_whose_surname_is_a_word(sentence: str) -> None:
    assert list(named(sentence)) == []


def test_a_known_surname_is_found_where_it_is_no_noun() -> None:
    assert found(
        "Bob Deen, Frits de Koning en Sara Huisman spraken.",
        "Deen wijt het aan de kou, zei De Koning.",
        "Een Deen won, de Deen juichte, Deense boeren ook.",
        "De koning zweeg, Koning Willem ook.",
        "In het Witte Huis zat een huisman.",
        "Wie is Bob Deen?",
    ) == [["Bob Deen", "Frits de Koning", "Sara Huisman"], ["Deen", "De Koning"], [], [], [], ["Bob Deen"]]


def test_a_surname_that_begins_sentences_as_a_word_needs_its_given_name() -> None:
    assert found("Jan Over kwam.", "Over twee jaar gaat Jan Over weg.") == [["Jan Over"], ["Jan Over"]]


def test_before_the_text_names_the_person_a_word_is_a_word() -> None:
    assert found("Goud stijgt.", "Dat zegt Rob Goud.", "Volgens Goud niet.") == [[], ["Rob Goud"], ["Goud"]]


def test_lands_languages_and_the_calendar_need_a_given_name() -> None:
    assert found("Erik Engels en Eva Mei spraken Engels.", "In mei.", "Mei was nat.") == [
        ["Erik Engels", "Eva Mei"],
        [],
        [],
    ]


def test_given_names_before_a_particle_with_a_capital() -> None:
    assert found("Bart De Wever won.", "Dat is Deen’s en De Wever's zaak.") == [["Bart De Wever"], ["De Wever"]]


def test_names_are_forgotten_after_their_reach() -> None:
    assert found("Bob Deen sprak.", "Niemand sprak.", "Deen won.", reach=3)[2] == ["Deen"]
    assert found("Bob Deen sprak.", "Niemand sprak.", "Deen won.", reach=2)[2] == []
    assert found("Bob Deen sprak.", "Volgens Deen.", "Nee.", "Ook volgens Deen.", reach=3)[3] == ["Deen"]


def test_names_stand_in_the_english_as_they_are(translator: Translator) -> None:
    dutch = "Volgens onderzoeker Bob Deen is dat zo.\n\nDeen wijt het aan een gebrek aan ervaring.\n\nDe Deen won goud."
    english = translator.translate(dutch).text.split("\n\n")
    assert "Bob Deen" in english[0]
    assert "Deen" in english[1]
    assert "Dane" in english[2]


words = st.sampled_from(
    ["Bob", "Deen", "De", "de", "van", "Koning", "J.", "minister", "Jan", "Peter", "-", "'s", "Huis", ","]
)


@given(st.lists(st.one_of(words, st.text(max_size=5)), max_size=15).map(" ".join))
def test_places_lie_in_the_text_in_order(text: str) -> None:
    people = People(5)
    people.add("Bob Deen en Jan de Koning.")
    people.add(text)
    places = list(people.find(text))
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(places))
