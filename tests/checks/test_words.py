"""Names, left-over Dutch, repetition, length and the whole segment."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.checks import check


def fired(rule: str, source: str, target: str) -> bool:
    return any(issue.rule == rule for issue in check(source, target, select=[rule]))


CORRECT = [
    ("names", "Gisteren sprak Poetin met Zelenski.", "Yesterday Putin spoke with Zelensky."),
    ("names", "De trein uit Rjazan kwam aan.", "The train from Ryazan arrived."),
    ("names", "Hij reisde van Wenen naar Den Haag.", "He travelled from Vienna to The Hague."),
    ("names", "Zij woont in Duitsland.", "She lives in Germany."),
    ("names", "Het leger van Frankrijk vertrok.", "The French army left."),
    ("names", "De Nederlandse minister sprak Frans.", "The Dutch minister spoke French."),
    ("names", "De grens met Wit-Rusland is dicht.", "The border with Belarus is closed."),
    ("names", "De droogte in West-Afrika houdt aan.", "The drought in West Africa continues."),
    ("names", "Zij vloog naar Turkije en Ivoorkust.", "She flew to Turkey and Ivory Coast."),
    ("names", "De leden van de Tweede Kamer zwegen.", "The members of the House of Representatives were silent."),
    ("names", "Zij werkt bij het Oogziekenhuis in Gent.", "She works at the Eye Hospital in Ghent."),
    ("names", "De Gentenaar won in Noord-Brabant.", "The man from Ghent won in North Brabant."),
    ("names", "Wolken trokken over, en Regen viel.", "Clouds passed over, and rain fell."),
    ("left-over-dutch", "Het water in de polder steeg.", "The water in the polder rose."),
    ("left-over-dutch", "Hij woont in Alphen aan den Rijn.", "He lives in Alphen aan den Rijn."),
    ("left-over-dutch", "Zie www.gemeente.nl/wonen en #gezellig.", "See www.gemeente.nl/wonen and #gezellig."),
    ("left-over-dutch", "Mail de griffie@gemeente.nl.", "Mail griffie@gemeente.nl."),
    ("left-over-dutch", "Het woord 'gezellig' kent geen vertaling.", "The word 'gezellig' has no translation."),
    ("left-over-dutch", "Bakker zei niets.", "Bakker said nothing."),
    ("left-over-dutch", "Zij las het blad De Wandelaar.", "She read the magazine De Wandelaar."),
    ("identical", "Den Haag", "Den Haag"),
    ("identical", "Jan Smit (42)", "Jan Smit (42)"),
    ("identical", "12.30", "12.30"),
    ("identical", "Water", "Water"),
    ("repetition", "Nee, nee, riep hij.", "No, no, he cried."),
    ("repetition", "Dat had hij gehad.", "He had had that."),
    ("repetition", "In dat huis trok hij in 1911 in.", "That is the house he moved in in 1911."),
    ("repetition", "Kom, kom, kom!", "Come, come, come!"),
    ("repetition", "Onder deze wet moet deze wet gelden.", "Under this law, this law should apply."),
    ("repetition", "Wil je? Wil je het echt?", "Do you? Do you really?"),
    ("repetition", "Willem III zag het op www.voorbeeld.nl.", "William III saw it at www.voorbeeld.nl."),
    ("repetition", "Hij riep aaaaah.", "He cried aaaaah."),
    ("length", "Ja.", "Yes, certainly."),
    ("length", "De zorgverzekeringswetgeving verandert.", "The law on health insurance is changing."),
    ("hint-symbols", "De pijl ⇒ wijst naar rechts.", "The arrow ⇒ points right."),
    ("addresses", "Kijk op www.voorbeeld.nl.", "See www.voorbeeld.nl for more."),
    ("addresses", "Mail naar jan@voorbeeld.nl of kijk op https://voorbeeld.nl/a?b=c.",
     "See https://voorbeeld.nl/a?b=c, or mail jan@voorbeeld.nl."),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "source", "target"), CORRECT)
def test_no_false_alarm(rule: str, source: str, target: str) -> None:
    assert check(source, target, select=[rule]) == []


WRONG = [
    ("names", "Gisteren sprak Poetin met de boeren.", "Yesterday the president spoke with the farmers."),
    ("names", "De brand in Zwolle is geblust.", "The fire in the town is out."),
    ("names", "Zij woont in Oostenrijk.", "She lives in Australia."),
    ("names", "Gisteren won Arno Bakker de prijs.", "Yesterday Arno won the prize."),
    ("names", "Hij reisde van Wenen naar huis.", "He travelled home from Venice."),
    ("names", "De boot voer over de Maas.", "The boat sailed on the river."),
    ("left-over-dutch", "De vluchtelingen sliepen buiten.", "The vluchtelingen slept outside."),
    ("left-over-dutch", "De burgemeester van het dorp zweeg.", "The burgemeester of the village was silent."),
    ("left-over-dutch", "Het was koud.", "Het was cold."),
    ("left-over-dutch", "Dat is niet waar.", "That is niet true."),
    ("left-over-dutch", "Zij nam afscheid van de klas.", "She said goodbye van de class."),
    ("left-over-dutch", "Zij was een kaasmakersdochter.", "She was a kaasmakersdochter."),
    ("identical", "De bakker is vandaag dicht.", "De bakker is vandaag dicht."),
    ("identical", "Kabinet valt over pensioenen", "Kabinet valt  over pensioenen"),
    ("repetition", "De vluchtelingen sliepen buiten.", "The refugees refugees slept outside."),
    ("repetition", "Natuurlijk kwam hij.", "Of course, of course he came."),
    ("repetition", "Hij ging naar de markt.", "He went to the market to the market."),
    ("repetition", "Hij ging naar de markt.", "He went and he went and he went and to the market."),
    ("repetition", "De graanmolens draaien.", "The old corn mills turn the old corn mills turn."),
    ("repetition", "De Russen vluchtten.", "The Russssians fled."),
    ("repetition", "Zij vluchtten.", "They fleeee."),
    ("repetition", "Zij vluchtten.", "They fledfledfled."),
    ("repetition", "Zij vluchtten.", "They fled........"),
    ("length", "De oude molenaar uit het dorp verkocht zijn meel al veertig jaar op de markt.", "The old miller."),
    ("length", "De molenaar verkocht meel.", "The miller sold flour " + "and sat down by the river again " * 3),
    ("length", "Verzekeringsmaatschappijen vergoeden ziekenhuisopnames nauwelijks.", "They pay for them hardly."),
    (
        "length",
        "Ik zag je en ik riep je en ik zei je dat het al te laat is.",
        "Notwithstanding everything, unbelievable.",
    ),
    ("length", "Verzekeringsmaatschappijen weigeren ziekenhuisopnames.", "We do not in so far as I can see it pay it."),
    ("empty", "De molenaar slaapt.", ""),
    ("empty", "De molenaar slaapt.", " \n "),
    ("hint-symbols", "De molenaar slaapt.", "The ⟦ miller sleeps."),
    ("hint-symbols", "De molenaar slaapt.", "The molenaar ⇒ miller ⟧ sleeps."),
    ("addresses", "Kijk op www.voorbeeld.nl.", "See www.example.nl."),
    ("addresses", "Mail naar jan@voorbeeld.nl.", "Mail to john@voorbeeld.nl."),
    ("addresses", "Kijk op de site.", "See https://voorbeeld.nl."),
]


@pytest.mark.parametrize(("rule", "source", "target"), WRONG)
def test_a_corruption_is_found(rule: str, source: str, target: str) -> None:
    assert fired(rule, source, target)


def test_the_left_over_words_are_reported_once_each() -> None:
    (issue,) = check("Boeren en boeren.", "The boeren met the boeren uit Spain.", select=["left-over-dutch"])
    assert issue.message == "Dutch stands in the English: boeren, uit."


def test_an_untranslated_sentence_is_reported_by_one_rule() -> None:
    issues = check("De bakker is vandaag dicht.", "De bakker is vandaag dicht.")
    assert [issue.rule for issue in issues] == ["identical"]


words = st.lists(
    st.sampled_from(["tall", "green", "mills", "grind", "corn", "slowly", "beside", "wide", "rivers"]),
    unique=True,
    min_size=1,
)


@given(words, words, st.integers(min_value=1, max_value=5))
@settings(deadline=None)
def test_a_doubled_phrase_is_always_found(before: list[str], phrase: list[str], length: int) -> None:
    phrase = phrase[:length]
    target = " ".join([*before, *phrase, *phrase])
    assert fired("repetition", "Hoge molens malen langzaam graan.", target)


@given(words)
@settings(deadline=None)
def test_different_words_are_no_repetition(target: list[str]) -> None:
    assert not fired("repetition", "Hoge molens malen graan.", " ".join(target))


@given(st.text(), st.text())
@settings(deadline=None)
def test_empty_fires_just_when_all_english_is_missing(source: str, target: str) -> None:
    assert fired("empty", source, target) == (bool(source.strip()) and not target.strip())
