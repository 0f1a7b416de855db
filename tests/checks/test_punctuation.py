"""Quotation marks, brackets and final punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.checks import check


def fired(rule: str, source: str, target: str) -> bool:
    return any(issue.rule == rule for issue in check(source, target, select=[rule]))


CORRECT = [
    ("quotes", '"Kom", zei hij.', '"Come," he said.'),
    ("quotes", "„Kom“, zei hij.", "“Come,” he said."),
    ("quotes", "„Kom”, zei hij.", "«Come», he said."),
    ("quotes", "'Kom', zei hij.", "“Come,” he said."),
    ("quotes", "‘Kom’, zei hij.", "'Come,' he said."),
    ("quotes", "'s Avonds zag hij auto's.", "In the evening he saw the residents' cars."),
    ("quotes", "Het was 't jaar '92.", "It was '92, the boss's year."),
    ("quotes", "'Jan z'n hond', zei hij, 'is 's nachts weg.'", "'Jan's dog,' he said, 'is away at night.'"),
    ("quotes", "\"Hij zei 'ja' tegen mij.\"", "\"He said 'yes' to me.\""),
    ("quotes", '"Ik ga, en morgen', '"I am going, and tomorrow'),
    ("brackets", "Dirk (57) kwam.", "Dirk, 57, came."),
    ("brackets", "Artikel 42, lid 7, vervalt.", "Article 42(7) lapses."),
    ("brackets", "De hond [zie foto] (een teckel) sliep.", "The dog (a dachshund) [see photo] slept."),
    ("brackets", "a) de hond", "a) the dog"),
    ("final-punctuation", 'Hij noemt het "fout".', 'He calls it "wrong."'),
    ("final-punctuation", "Wat nu…", "What now..."),
    ("final-punctuation", "Kop van het stuk", "Head of the piece"),
    ("final-punctuation", "De winkel opent om 9 uur", "The shop opens at 9 a.m."),
    ("final-punctuation", "Wat nu?!", "What now?"),
]


@pytest.mark.parametrize(("rule", "source", "target"), CORRECT)
def test_no_false_alarm(rule: str, source: str, target: str) -> None:
    assert check(source, target, select=[rule]) == []


WRONG = [
    ("quotes", '"Kom", zei hij.', "Come, he said."),
    ("quotes", '"Kom", zei hij.', '"Come, he said.'),
    ("quotes", "Kom, zei hij.", '"Come," he said.'),
    ("quotes", "„Kom”, zei hij.", "“Come, he said."),
    ("quotes", "'Kom', zei hij.", "'Come, he said."),
    ("quotes", '"Ik ga, en morgen', "I am going, and tomorrow"),
    ("brackets", "De hond (een teckel) sliep.", "The dog, a dachshund, slept."),
    ("brackets", "De hond (een teckel) sliep.", "The dog (a dachshund slept."),
    ("brackets", "De hond sliep.", "The dog [a dachshund] slept."),
    ("brackets", "De hond (een teckel) sliep.", "The dog )a dachshund( slept."),
    ("brackets", "De hond [een teckel] sliep.", "The dog (a dachshund) slept."),
    ("final-punctuation", "Wat nu?", "What now."),
    ("final-punctuation", 'Hij vroeg: "Wat nu?"', 'He asked: "What now."'),
    ("final-punctuation", "De hond sliep.", "The dog slept"),
    ("final-punctuation", "De hond sliep:", "The dog slept."),
    ("final-punctuation", "Kop van het stuk", "Head of the piece."),
    ("final-punctuation", "De hond sliep…", "The dog slept."),
]


@pytest.mark.parametrize(("rule", "source", "target"), WRONG)
def test_a_corruption_is_found(rule: str, source: str, target: str) -> None:
    assert fired(rule, source, target)


def test_an_open_quotation_is_told_from_a_missing_one() -> None:
    (left_open,) = check('"Kom", zei hij.', '"Come, he said.', select=["quotes"])
    (missing,) = check('"Kom", zei hij.', "Come, he said.", select=["quotes"])
    assert left_open.message == "A quotation mark in the English has no partner."
    assert missing.message == "The Dutch has 1 quotation, the English 0 quotations."


pairs = st.sampled_from([('"', '"'), ("“", "”"), ("„", "”"), ("„", "“"), ("«", "»"), ("‘", "’"), ("'", "'")])


@given(st.lists(pairs, max_size=5), st.lists(pairs, max_size=5))
def test_quotations_are_counted_whatever_their_marks(
    dutch: list[tuple[str, str]], english: list[tuple[str, str]]
) -> None:
    source = "De " + " en ".join(f"{opening}molen{closing}" for opening, closing in dutch)
    target = "The " + " and ".join(f"{opening}mill{closing}" for opening, closing in english)
    assert fired("quotes", source, target) == (len(dutch) != len(english))


@given(st.text(alphabet="()[]{} abc", max_size=20))
def test_the_same_brackets_never_fire(text: str) -> None:
    assert not fired("brackets", text, text.replace("a", "b"))
