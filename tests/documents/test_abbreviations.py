"""Abbreviations are spelled out for the model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import Translator
from toolkit.documents.abbreviations import spell_out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Het kost d.w.z. de helft.", "Het kost dat wil zeggen de helft."),
        ("Bijv. dr. De Wit kwam.", "Bijvoorbeeld Dr. De Wit kwam."),
        ("Prof. mr. A. Jansen sprak.", "Professor A. Jansen sprak."),
        ("Fruit, brood, enz.", "Fruit, brood, enzovoort."),
        ("De min. sprak max. 3 uur.", "De min. sprak maximaal 3 uur."),
        ("Van 3 t/m 5 mei jl.", "Van 3 tot en met 5 mei jongstleden."),
        ("Ga naar www.dr.nl.", "Ga naar www.dr.nl."),
    ],
)
def test_spelled_out(text: str, expected: str) -> None:
    assert spell_out(text)[0] == expected


@given(
    st.lists(st.sampled_from(["d.w.z.", "dr.", "mr.", "Jansen", "o.a.", "en", "raad", "nr.", "5", "."])).map(" ".join)
)
def test_places_move_with_the_text(text: str) -> None:
    spelled, move = spell_out(text)
    for at in (i for i in range(len(text)) if text.startswith("raad", i)):
        assert spelled.startswith("raad", move(at))


def test_terms_keep_their_places(translator: Translator) -> None:
    [translation] = translator.translate("Er kwamen o.a. twee dienstplichtigen i.p.v. tien reservisten.").translations
    text = translation.segment.text
    assert [text[h.match.start : h.match.end] for h in translation.held] == ["dienstplichtigen", "reservisten"]
    assert "conscripts" in translation.text and "reservists" in translation.text and "o.a" not in translation.text
