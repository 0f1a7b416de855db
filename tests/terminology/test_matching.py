"""Terms are found in every form that Dutch gives them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.terminology import Matcher, Term
from toolkit.terminology.inflection import english_degree, english_plural, english_possessive, english_verb


def found(term: Term, text: str) -> list[str]:
    return [m.surface(text) for m in Matcher([term]).find(text)]


@pytest.mark.parametrize(
    ("source", "text", "surface"),
    [
        ("regio", "De regio's groeien.", "regio's"),
        ("deelrepubliek", "Alle Deelrepublieken stemden.", "Deelrepublieken"),
        ("brief", "De brieven kwamen.", "brieven"),
        ("huis", "De huizen staan leeg.", "huizen"),
        ("boom", "De bomen vielen.", "bomen"),
        ("kind", "De kinderen speelden.", "kinderen"),
        ("museum", "Twee musea sluiten.", "musea"),
        ("stad", "In steden is het druk.", "steden"),
        ("boom", "Een boompje viel.", "boompje"),
        ("kanonnenvoer", "WIJ ZIJN KANONNENVOER", "KANONNENVOER"),
        ("leger", 'Hij zei: "Leger".', "Leger"),
        ("gedeeltelijke mobilisatie", "Er volgen gedeeltelijke mobilisaties.", "gedeeltelijke mobilisaties"),
    ],
)
def test_nouns(source: str, text: str, surface: str) -> None:
    assert found(Term(source, "x", pos="noun"), text) == [surface]


def test_bom_is_not_boom() -> None:
    assert found(Term("bom", "bomb", pos="noun"), "De bomen vielen.") == []


def test_adjective_and_possessive() -> None:
    assert found(Term("federaal", "federal", pos="adjective"), "De federale raad.") == ["federale"]
    assert found(Term("Poetin", "Putin", pos="name", case=True), "Poetins besluit viel.") == ["Poetins"]


@pytest.mark.parametrize(
    ("infinitive", "text", "surface"),
    [
        ("mobiliseren", "Het land mobiliseerde iedereen.", "mobiliseerde"),
        ("neerschieten", "De man is neergeschoten.", "neergeschoten"),
        ("neerschieten", "Hij schoot gisteren een agent neer.", "schoot neer"),
        ("uitstellen", "Zij besloot het uit te stellen.", "uit te stellen"),
        ("aankondigen", "Het kabinet kondigde een plan aan.", "kondigde aan"),
        ("neerschieten", "Zij schoten twee toestellen neer.", "schoten neer"),
        ("neerschieten", "Hij zag hoe zij het toestel neerschoten.", "neerschoten"),
        ("afwijzen", "De leden wezen het voorstel af.", "wezen af"),
        ("verbieden", "De raad verbood het vuurwerk.", "verbood"),
        ("verbieden", "Vuurwerk blijft verboden.", "verboden"),
        ("doorbreken", "De tanks doorbraken de linie.", "doorbraken"),
        ("rijden", "De dronken man reed tegen een boom.", "reed"),
        ("uitvaren", "Het schip voer gisteren uit.", "voer uit"),
    ],
)
def test_verbs(infinitive: str, text: str, surface: str) -> None:
    assert found(Term(infinitive, "x", pos="verb"), text) == [surface]


@pytest.mark.parametrize(
    ("infinitive", "text"),
    [
        ("rijden", "De reden is duidelijk."),
        ("wegrijden", "Om die reden ging hij weg."),
        ("schieten", "Er klonken schoten."),
        ("afwijken", "Na drie weken liep het af."),
        ("lijden", "De leden kwamen een jaar geleden bijeen."),
        ("uitvaren", "De uitvoer van graan groeit."),
        ("sluiten", "De auto lag in de sloot."),
        ("drinken", "Een dronken man zong."),
    ],
)
def test_a_noun_that_looks_like_a_strong_verb_is_none(infinitive: str, text: str) -> None:
    assert found(Term(infinitive, "x", pos="verb"), text) == []


@pytest.mark.parametrize(
    ("infinitive", "text", "tense"),
    [
        ("beginnen", "Zij begonnen de oorlog.", "past"),
        ("beginnen", "De oorlog is begonnen.", "participle"),
        ("verbieden", "Een verboden boek.", "participle"),
        ("overlijden", "Hij is gisteren overleden.", "participle"),
        ("overlijden", "Hij overleed gisteren.", "past"),
    ],
)
def test_past_or_participle(infinitive: str, text: str, tense: str) -> None:
    assert [m.form.tense for m in Matcher([Term(infinitive, "x", pos="verb")]).find(text)] == [tense]


def test_a_preposition_is_no_particle() -> None:
    assert found(Term("onderduiken", "go into hiding", pos="verb"), "Hij dook onder de brug.") == []


@pytest.mark.parametrize(
    ("source", "text", "surfaces"),
    [
        ("#MeToo", "Na #MeToo veranderde veel, zegt MeToo.", ["#MeToo"]),
        ("C++", "Zij schreef het in C++, niet in C.", ["C++"]),
        (".NET", "Het draait op .NET in dit NET.", [".NET"]),
        ("Helder & Zoon (H&Z)", "De firma Helder & Zoon (H&Z) sluit.", ["Helder & Zoon (H&Z)"]),
        ("pijl →", "Een pijl →, en een pijl.", ["pijl →"]),
        ("Bahama's", "De Bahama’s en de Bahama's.", ["Bahama’s", "Bahama's"]),
        ("D’66", "De lijst van D'66.", ["D'66"]),
        ("'s-Gravenhage", "Het hof in ’s-Gravenhage.", ["’s-Gravenhage"]),
        ("'s-Gravenhage", "NIEUW HOF IN 'S-GRAVENHAGE", ["'S-GRAVENHAGE"]),
        ("50+", "Zij is 50+, niet 50 of 50++.", ["50+"]),
        ("Yahoo!", "Yahoo wordt verkocht.", ["Yahoo"]),
        ("fles", "Een 'fles' en een ‘fles’.", ["fles", "fles"]),
    ],
)
def test_signs_belong_to_a_term_and_apostrophes_are_alike(source: str, text: str, surfaces: list[str]) -> None:
    assert found(Term(source, "x", pos="name"), text) == surfaces


def test_longest_match_wins_and_words_are_whole() -> None:
    matcher = Matcher([Term("mobilisatie", "mobilization"), Term("gedeeltelijke mobilisatie", "partial mobilization")])
    assert [m.term.source for m in matcher.find("De gedeeltelijke mobilisatie en de mobilisatieplannen.")] == [
        "gedeeltelijke mobilisatie"
    ]


def test_compound_exact_and_case() -> None:
    assert found(Term("asiel", "asylum", match="compound"), "De asielprocedure duurt lang.") == ["asiel"]
    assert found(Term("Kamer", "House", match="exact", case=True), "De kamer is leeg, de Kamer niet.") == ["Kamer"]
    assert found(Term("OM", "prosecution", match="exact", case=True), "Om die reden eist het OM straf.") == ["OM"]


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    for match in Matcher(
        [Term("een", "a"), Term("asiel", "asylum", match="compound"), Term("opgaan", "go up", pos="verb")]
    ).find(text):
        assert 0 <= match.start < match.end <= len(text)


def test_english_forms() -> None:
    assert english_plural("constituent republic") == "constituent republics"
    assert english_plural("member of parliament") == "members of parliament"
    assert english_plural("armed forces") == "armed forces"
    assert [english_plural(w) for w in ("army", "spokesman", "crisis", "stimulus", "human")] == [
        "armies",
        "spokesmen",
        "crises",
        "stimuli",
        "humans",
    ]
    assert english_possessive("Putin") == "Putin's"
    assert english_degree("heavy", "comparative") == "heavier"
    assert english_verb("call up", "shot") == "called up"
