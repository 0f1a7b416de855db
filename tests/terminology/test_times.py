"""Times of day have one right English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import Translator
from toolkit.checks import check
from toolkit.terminology.times import times


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("De trein vertrekt om 14.30 uur.", ["2:30 p.m."]),
        ("Om 0.05 uur en om 12:00 uur.", ["12:05 a.m.", "12 p.m."]),
        ("Om 20 uur begint het.", ["8 p.m."]),
        ("Open tussen 9.00 en 17.45 uur.", ["5:45 p.m."]),
        ("Hij wachtte 14 uur.", []),
        ("Om 9.30 uur 's avonds.", []),
        ("Het duurde 2.30 uur.", []),
        ("Versie 1.14.30 uur, 3.14.30 uur en 24.30 uur.", []),
        ("Maximaal 14.30 uur per week.", []),
    ],
)
def test_times(text: str, english: list[str]) -> None:
    assert [found for _, found in times(text)] == english


@given(st.integers(0, 23), st.integers(0, 59))
def test_the_checks_agree(hour: int, minute: int) -> None:
    dutch = f"De zitting begint om {hour}.{minute:02} uur in Gent."
    (((start, end), english),) = times(dutch)
    assert dutch[start:end] == f"{hour}.{minute:02} uur"
    assert not check(dutch, f"The hearing begins at {english} in Ghent.", select=["dates-times"])


@pytest.mark.parametrize("hour", [13, 17, 22])
@pytest.mark.parametrize("hints", [True, False])
def test_a_time_is_held(translator: Translator, hour: int, hints: bool) -> None:
    own = Translator(translator.package, hints=hints)
    result = own.translate(f"De trein naar Gent vertrekt om {hour}.45 uur. De winkel sluit om {hour}.15 uur.")
    assert f"{hour - 12}:45 p.m." in result.text and result.text.endswith(f"{hour - 12}:15 p.m.")
    assert not any(translation.held for translation in result.translations), "it is no term of a glossary"
