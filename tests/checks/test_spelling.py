"""British and American spelling in one document."""

import pytest

from toolkit.checks import check_consistency
from toolkit.checks.spelling import AMERICAN, BRITISH, spelling_of


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("colour", "color"), ("neighbourhood", "neighborhood"), ("centres", "centers"),
        ("analysed", "analyzed"), ("catalogue", "catalog"), ("defence", "defense"), ("travelling", "traveling"),
        ("grey", "gray"), ("organisation", "organization"), ("programmes", "programs"),
        ("theatre", "theater"), ("manoeuvred", "maneuvered"),
        ("fulfilment", "fulfillment"), ("ploughed", "plowed"), ("realise", "realize"), ("paralysing", "paralyzing"),
    ],
)  # fmt: skip
def test_pairs(british: str, american: str) -> None:
    base = spelling_of(american)
    assert base is not None
    assert base[1] == AMERICAN
    assert spelling_of(british) == (base[0], BRITISH)


@pytest.mark.parametrize("word", ["prise", "prize", "house", "four", "size", "wise", "more", "fence", "hour"])
def test_words_with_one_spelling(word: str) -> None:
    assert spelling_of(word) is None


def test_the_rarer_spelling_is_reported_with_its_segment() -> None:
    issues = check_consistency(["The color of it.", "Its Colour is red.", "No word here.", "That color again."])
    assert [(index, issue.rule) for index, issue in issues] == [(1, "spelling-mixed")]
    assert issues[0][1].message == '"Colour" is British; elsewhere the document has American "color".'


def test_an_american_word_in_a_british_document() -> None:
    issues = check_consistency(["The theatre organised it.", "They organise plays.", "They organize concerts."])
    assert [index for index, _ in issues] == [2]


def test_where_both_are_as_frequent_the_british_is_reported() -> None:
    assert [index for index, _ in check_consistency(["The grey cat.", "The gray cat."])] == [0]


def test_different_words_may_differ() -> None:
    assert check_consistency(["The colour of it.", "They realize it.", "The theater.", "The defence."]) == []


def test_no_segments_and_ignored_rules() -> None:
    assert check_consistency([]) == []
    assert check_consistency(["The grey cat.", "The gray cat."], ignore=["spelling-mixed"]) == []
    assert check_consistency(iter(["The grey cat.", "The gray cat."]), select=["spelling-mixed"]) != []
