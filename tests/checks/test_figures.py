"""Amounts, percentages, money, dates and times."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.checks import check
from toolkit.checks.figures import figures
from toolkit.checks.moments import moments
from toolkit.checks.number_words import dutch_number, english_number


def fired(rule: str, source: str, target: str) -> bool:
    return any(issue.rule == rule for issue in check(source, target, select=[rule]))


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("nul", 0), ("één", 1), ("dertien", 13), ("eenentwintig", 21), ("tweeëndertig", 32), ("honderdvijf", 105),
        ("honderdeneen", 101), ("vierhonderdvijfentachtig", 485), ("tweeduizend", 2000), ("vijftienhonderd", 1500),
        ("driehonderdduizend", 300_000), ("derde", 3), ("achtste", 8), ("twintigste", 20), ("zestienjarige", 16),
        ("tachtigers", 80), ("tiental", 10), ("zo'n", None), ("eens", None), ("enen", None),
        ("honderdtweehonderd", None), ("duizenden", None),
        ("tientallen", 10), ("bende", None), ("", None),
    ],
)  # fmt: skip
def test_dutch_number_words(word: str, value: int | None) -> None:
    assert dutch_number(word) == value


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("zero", 0), ("thirteen", 13), ("third", 3), ("twelfth", 12), ("sixteenth", 16), ("twentieth", 20),
        ("nineties", 90), ("hundred", 100), ("dozen", 12), ("tenfold", 10), ("north", None), ("series", None),
    ],
)  # fmt: skip
def test_english_number_words(word: str, value: int | None) -> None:
    assert english_number(word) == value


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("1.250,5 kilometer", "nl", ["1250.5"]),
        ("1,250.5 kilometers", "en", ["1250.5"]),
        ("3 miljard en 2,5 mln", "nl", ["3e9", "2.5e6"]),
        ("3 billion and 2.5m", "en", ["3e9", "2.5"]),
        ("$3m and €2.5bn", "en", ["3e6", "2.5e9"]),
        ("anderhalf miljoen", "nl", ["1.5e6"]),
        ("drieënhalf jaar", "nl", ["3.5"]),
        ("two and a half million", "en", ["2.5e6"]),
        ("half a billion", "en", ["0.5e9"]),
        ("two hundred and fifty thousand", "en", ["250000"]),
        ("two or three", "en", ["2", "3"]),
        ("one hundred and twenty-one", "en", ["121"]),
        ("twee en drie", "nl", ["2", "3"]),
        ("een biljoen", "nl", ["1e12"]),
    ],
)
def test_reading_amounts(text: str, language: str, values: list[str]) -> None:
    assert [figure.value for figure in figures(text, language)] == [Decimal(value) for value in values]  # type: ignore[arg-type]


def test_a_version_is_no_amount_but_keeps_its_parts() -> None:
    (figure,) = figures("versie 3.2.1", "nl")
    assert figure.value is None
    assert figure.parts == (3, 2, 1)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("om half drie", (2, 30)), ("rond kwart voor vier", (3, 45)), ("tegen vijf over half negen", (8, 35)),
        ("om tien voor een", (12, 50)), ("om 23.45 uur", (23, 45)), ("om 7 uur", (7, 0)),
        ("om kwart over twaalf", (12, 15)),
    ],
)  # fmt: skip
def test_dutch_times(text: str, clock: tuple[int, int]) -> None:
    assert [(time.hour, time.minute) for time in moments(text, "nl").times] == [clock]


CORRECT = [
    ("De brug is 1.250,5 meter lang.", "The bridge is 1,250.5 meters long."),
    ("De regering trekt 3 miljard uit.", "The government is setting aside 3 billion."),
    ("Er wonen twee miljoen mensen.", "Two million people live there."),
    ("Zij heeft twee katten.", "She has 2 cats."),
    ("Hij werd 3e in de 94ste minuut.", "He came 3rd in the 94th minute."),
    ("Zo'n vijfentwintig boeren en één smid kwamen.", "Some 25 farmers and one blacksmith came."),
    ("In de jaren negentig groeide het dorp.", "In the 1990s the village grew."),
    ("In de jaren '70 groeide het dorp.", "The village grew in the seventies."),
    ("Het seizoen 2023/24 was nat.", "The 2023-2024 season was wet."),
    ("Er vielen 2 tot 3 miljoen bomen om.", "Between 2 million and 3 million trees fell over."),
    ("De tunnel is 12 km lang en het was er 31 graden.", "The tunnel is 12 km long and it was 31 degrees there."),
    ("Zij won in 2.03,45.", "She won in 2:03.45."),
    ("Ze wonnen met 3-0.", "They won 3-0."),
    ("Versie 3.2.1 is uit.", "Version 3.2.1 is out."),
    ("Na een kwartier was het brood op.", "After 15 minutes the bread was gone."),
    ("Een zestienjarige jongen won.", "A 16-year-old boy won."),
    ("Anderhalf miljoen bijen zwermden uit.", "One and a half million bees swarmed."),
    ("Het kostte een biljoen.", "It cost a trillion."),
    ("De prijs steeg met 3,5 procent.", "The price rose by 3.5%."),
    ("Het aandeel daalde van 3 naar 5 procent.", "The share went from 3 percent to 5 percent."),
    ("Een ei kost 50 cent.", "An egg costs €0.50."),
    ("Het huis kost € 300.000.", "The house costs 300,000 euros."),
    ("Hij betaalde 1,2 miljoen dollar.", "He paid $1.2 million."),
    ("De molen kost anderhalve ton.", "The mill costs 150,000 euros."),
    ("De trein vertrekt om 14.30 uur.", "The train leaves at 2:30 p.m."),
    ("De trein vertrekt om 14.30 uur.", "The train leaves at 14:30."),
    ("De winkel is open van 9.00 tot 11.00 uur.", "The shop is open from 9 to 11 a.m."),
    ("De trein vertrekt om half drie.", "The train leaves at half past two."),
    ("De trein vertrekt om half drie 's middags.", "The train leaves at 2:30 p.m."),
    ("Het feest begint om 12.00 uur.", "The party begins at noon."),
    ("Zij kwam op 3 maart 2024.", "She came on March 3, 2024."),
    ("Zij kwam op 3 maart 2024.", "She came on 3 March 2024."),
    ("Zij kwam op 12-3-2024.", "She came on March 12, 2024."),
    ("Zij kwam op 12-3-2024.", "She came on 12/3/2024."),
    ("Zij kwam op 12-3-2024.", "She came on 2024-03-12."),
    ("Op 1 mei is de bakker dicht.", "The bakery is closed on the first of May."),
    ("Maandagochtend regende het.", "It rained on Monday morning."),
    ("In de nacht van zaterdag op zondag regende het.", "It rained on Saturday night."),
    ("Keizer Augustus bouwde een tempel.", "Emperor Augustus built a temple."),
]


@pytest.mark.parametrize(("source", "target"), CORRECT)
def test_no_false_alarm(source: str, target: str) -> None:
    assert check(source, target, select=["numbers", "dates-times", "percent-money"]) == []


WRONG = [
    ("numbers", "De brug is 1.250,5 meter lang.", "The bridge is 1.250,5 meters long."),
    ("numbers", "De brug is 1.250 meter lang.", "The bridge is 1.250 meters long."),
    ("numbers", "Er wonen 12.000 mensen.", "12,00 people live there."),
    ("numbers", "Er wonen 12.000 mensen.", "People live there."),
    ("numbers", "Er wonen mensen.", "12,000 people live there."),
    ("numbers", "Er kwamen 3 miljard sprinkhanen.", "3 million locusts came."),
    ("numbers", "Er kwamen miljarden sprinkhanen.", "Millions of locusts came."),
    ("numbers", "De wet van 1917 vervalt.", "The law of 1971 lapses."),
    ("numbers", "Zestien boeren staakten.", "Sixty farmers went on strike."),
    ("numbers", "Hij werd 3e.", "He came 4th."),
    ("numbers", "In de jaren zestig groeide het dorp.", "In the 1860s the village grew."),
    ("numbers", "Versie 3.2.1 is uit.", "Version 3.1.2 is out."),
    ("percent-money", "De prijs steeg met 3,5 procent.", "The price rose by 5.3 percent."),
    ("percent-money", "De prijs steeg met 12 procent.", "The price rose by 12 euros."),
    ("percent-money", "De prijs steeg met 12 procent.", "The price rose by 12."),
    ("percent-money", "Het huis kost 300.000 euro.", "The house costs 300,000 dollars."),
    ("percent-money", "Het huis kost 300.000 euro.", "The house is expensive."),
    ("percent-money", "Het huis is duur.", "The house costs 300,000 euros."),
    ("percent-money", "Twaalf procent stemde tegen.", "Twelve euros voted against."),
    ("dates-times", "De trein vertrekt om 14.30 uur.", "The train leaves at 2:30 a.m."),
    ("dates-times", "De trein vertrekt om 9.30 uur.", "The train leaves at 9:30 p.m."),
    ("dates-times", "De trein vertrekt om 14.30 uur.", "The train leaves at 4:30 p.m."),
    ("dates-times", "De trein vertrekt om 14.30 uur.", "The train leaves at 14:30 p.m."),
    ("dates-times", "De trein vertrekt om 14 uur.", "The train leaves at 14 p.m."),
    ("dates-times", "De trein vertrekt om 0.30 uur.", "The train leaves at 0:30 a.m."),
    ("dates-times", "De trein vertrekt om half drie.", "The train leaves at half past three."),
    ("dates-times", "Zij kwam op 3 maart 2024.", "She came on March 13, 2024."),
    ("dates-times", "Zij kwam op 3 maart 2024.", "She came on May 3, 2024."),
    ("dates-times", "Zij kwam op 3 maart 2024.", "She came on March 3, 2014."),
    ("dates-times", "Zij kwam op 12-3-2024.", "She came on December 3, 2024."),
    ("dates-times", "Zij kwam op 12-3-2024.", "She came on 12/4/2024."),
    ("dates-times", "Zij kwam in juni.", "She came in July."),
    ("dates-times", "Zij kwam in juni.", "She came."),
    ("dates-times", "Zij kwam dinsdag.", "She came on Thursday."),
]


@pytest.mark.parametrize(("rule", "source", "target"), WRONG)
def test_a_wrong_amount_is_found(rule: str, source: str, target: str) -> None:
    assert fired(rule, source, target)


def in_dutch(number: Decimal) -> str:
    return f"{number:,}".translate(str.maketrans(",.", ".,"))


amounts = st.decimals(min_value=0, max_value=10**12, places=2).map(lambda value: value.normalize())
plain_amounts = amounts.map(lambda value: value.quantize(Decimal(1)) if value == value.to_integral() else value)


@given(st.lists(plain_amounts, min_size=1, max_size=5))
@settings(deadline=None)
def test_the_same_numbers_never_fire(values: list[Decimal]) -> None:
    dutch = " x ".join(in_dutch(value) for value in values)
    english = " x ".join(f"{value:,}" for value in values)
    # a Dutch amount of the form 12.30 would be a time; thousands and decimals as here never are
    assert check(f"Maten: {dutch}.", f"Sizes: {english}.", select=["numbers", "percent-money", "dates-times"]) == []


@given(plain_amounts, plain_amounts)
@settings(deadline=None)
def test_different_numbers_always_fire(left: Decimal, right: Decimal) -> None:
    # 24 may stand for 2024
    if left != right and not (1000 <= max(left, right) < 2100 and max(left, right) % 100 == min(left, right)):
        assert fired("numbers", f"De maat is {in_dutch(left)} x.", f"The size is {right:,} x.")


@given(st.text(alphabet="0123456789.,:-/% €$kmuh", max_size=40))
@settings(deadline=None)
def test_any_row_of_digits_and_marks_is_read(text: str) -> None:
    for language in ("nl", "en"):
        for figure in figures(text, language):  # type: ignore[arg-type]
            assert text[figure.start : figure.end] == figure.text
        for time in moments(text, language).times:  # type: ignore[arg-type]
            assert 0 <= time.hour <= 24
            assert 0 <= time.minute < 60


@given(st.integers(min_value=0, max_value=23), st.integers(min_value=0, max_value=59))
@settings(deadline=None)
def test_a_time_is_the_same_on_both_clocks(hour: int, minute: int) -> None:
    dutch = f"De trein vertrekt om {hour}.{minute:02} uur."
    half, other = ("p.m.", "a.m.") if hour >= 12 else ("a.m.", "p.m.")
    twelve = f"{hour % 12 or 12}:{minute:02}"
    assert not fired("dates-times", dutch, f"The train leaves at {twelve} {half}")
    assert not fired("dates-times", dutch, f"The train leaves at {hour:02}:{minute:02}.")
    assert fired("dates-times", dutch, f"The train leaves at {twelve} {other}")
    assert fired("dates-times", dutch, f"The train leaves at {twelve[:-1]}{(minute + 1) % 10} {half}")
