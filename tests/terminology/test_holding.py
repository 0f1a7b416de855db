"""Terms are held in the English, or said not to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit import Glossary, Term, Translator
from toolkit.evaluation import evaluate_terms, read_cases
from toolkit.terminology import Matcher, holding

SYMBOLS = ("⟦", "⇒", "⟧")


def matches(text: str, *terms: Term) -> list[holding.TermMatch]:
    return Matcher(terms).find(text)


def test_hints_carry_the_fitting_form() -> None:
    text = "Kanonnenvoer uit deelrepublieken."
    found = matches(text, Term("kanonnenvoer", "cannon fodder"), Term("deelrepubliek", "constituent republic"))
    assert (
        holding.annotate(text, found, SYMBOLS)
        == "⟦ Kanonnenvoer ⇒ Cannon fodder ⟧ uit ⟦ deelrepublieken ⇒ constituent republics ⟧."
    )


def test_a_parted_verb_is_drawn_together() -> None:
    text = "Hij schoot een agent neer."
    found = matches(text, Term("neerschieten", "shoot down", pos="verb"))
    assert holding.annotate(text, found, SYMBOLS) == "Hij ⟦ schoot neer ⇒ shot down ⟧ een agent."


def test_verified_by_lemma_and_count() -> None:
    found = matches("De republiek en de republieken.", Term("republiek", "republic"))
    assert holding.missing("The republic and the republics.", found) == []
    assert len(holding.missing("The republic.", found)) == 1
    assert holding.missing("MPs spoke.", matches("Kamerleden spraken.", Term("Kamerlid", "MP"))) == []


def test_any_accepted_target_and_forbidden_ones() -> None:
    found = matches("De scriptie is af.", Term("scriptie", "thesis|final paper", forbidden=("essay",)))
    assert holding.missing("The final paper is done.", found) == []
    assert [bad for _, bad, _ in holding.forbidden("The essays are done.", found)] == ["essay"]


@pytest.mark.parametrize(
    ("english", "span", "target", "expected"),
    [
        ("He saw a dog.", (9, 12), "owl", "He saw an owl."),
        ("Dogs bark.", (0, 4), "owl", "Owl bark."),
        ("He saw the dog.", (11, 14), "the Hague", "He saw the Hague."),
        ("An hour ago.", (3, 7), "university", "A university ago."),
    ],
)
def test_what_a_term_breaks_is_mended(english: str, span: tuple[int, int], target: str, expected: str) -> None:
    text = "De uil roept."
    [match] = matches(text, Term("uil", target))
    assert holding.put(english, span, match, text)[0] == expected


def test_keep_comes_out_letter_for_letter() -> None:
    translator = Translator("translate-nl_en-vertaal", [Term("Groene Golf 3.0", keep=True), Term("deBuren", keep=True)])
    [translation] = translator.translate("Met Groene Golf 3.0 en deBuren gaat het goed.").translations
    assert "Groene Golf 3.0" in translation.text and "deBuren" in translation.text


def test_addresses_are_kept(translator: Translator) -> None:
    text = translator.translate("Kijk op www.vertaal.example/nieuws of mail naar info@vertaal.example met #water.").text
    assert "www.vertaal.example/nieuws" in text and "info@vertaal.example" in text and "#water" in text


@pytest.mark.parametrize("hints", [True, False])
def test_forbidden_never_stands_unreported(hints: bool) -> None:
    glossary = [
        Term("kanonnenvoer", "cannon fodder", forbidden=("expendables", "channel", "input")),
        Term("huis", "dwelling", forbidden=("house", "home")),
    ]
    translator = Translator("translate-nl_en-vertaal", glossary, hints=hints)
    for translation in translator.translate(
        "Zij werden kanonnenvoer. Het huis is verkocht. De huizen zijn duur."
    ).translations:
        bad = holding.forbidden(translation.text, [h.match for h in translation.held])
        assert not bad or any(i.rule == "forbidden" for i in translation.issues)
        assert not translation.unheld or translation.fuzzy


@pytest.mark.parametrize(("hints", "floor"), [(True, 0.99), (False, 0.97)])
def test_the_test_set_is_held(hints: bool, floor: float) -> None:
    result = evaluate_terms(
        read_cases(Path(__file__).parent.parent / "data" / "terms.jsonl"), "translate-nl_en-vertaal", hints=hints
    )
    assert result.sentences >= 300
    assert result.lemma / result.occurrences >= floor
    assert result.unreported == 0
    assert result.with_glossary.chrf >= result.without_glossary.chrf
    assert set(result.by_method) <= {"hint", "model", "hypothesis", "aligned", "placeholder"}


def test_hint_symbols_in_the_text_come_through(translator: Translator) -> None:
    text = translator.translate("De prijs ⟦ hier ⇒ daar ⟧ stijgt.").text
    assert all(text.count(s) == 1 for s in SYMBOLS)


def test_glossary_signature_changes_with_its_terms() -> None:
    assert Glossary.of([Term("a", "b")]).signature != Glossary.of([Term("a", "c")]).signature


def test_signs_of_the_english_are_asked_for_and_apostrophes_are_alike() -> None:
    assert holding.occurrences("C and C+", Term("C++", "C++")) == []
    assert holding.occurrences("C and C++", Term("C++", "C++")) == [(6, 9)]
    assert holding.occurrences("in ’s-Hertogenbosch", Term("'s-Hertogenbosch", "'s-Hertogenbosch", keep=True)) == [
        (3, 19)
    ]
