"""The interface of the room: which rules run, what they return, and that any text goes through."""

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.checks import DOCUMENT_RULES, RULES, Issue, UnknownRuleError, check, check_consistency

DUTCH = "De minister uit Leiden sprak op 3 maart om 14.30 uur met 1.250 boeren over 3,5 procent korting."
ENGLISH = "On March 3 at 2:30 p.m. the minister from Leiden spoke with 1,250 farmers about a 3.5 percent discount."
BROKEN = "On March 4 at 2:30 a.m. the minister spoke with with 1,205 boeren about a 5.3 percent discount"

# Text of the kind the rules look at, so that hypothesis does not spend its time on what they pass by.
fragments = st.sampled_from(
    [
        *(
            "12",
            "1.250,5",
            "14.30 uur",
            "3 maart",
            "maandag",
            "half drie",
            "€",
            "%",
            "miljard",
            "twee",
            "'",
            '"',
            "“",
            "”",
        ),
        *(
            "(",
            ")",
            "[",
            "Jan",
            "Poetin",
            "de",
            "het",
            "the",
            "and",
            ".",
            "?",
            "!",
            "…",
            ",",
            "⟦",
            "⇒",
            "www.",
            "@",
            "-",
        ),
        *("a.m.", "May", "Monday", "million", "half a", "procent", "colour", "9" * 30, "duizend" * 20, "\n", "’s"),
    ]
)
texts = st.one_of(
    st.text(max_size=80), st.lists(fragments, max_size=25).map(" ".join), st.lists(fragments).map("".join)
)


def test_a_correct_translation_has_no_issues() -> None:
    assert check(DUTCH, ENGLISH) == []


def test_issues_come_in_the_order_of_the_rules_and_carry_their_severity() -> None:
    issues = check(DUTCH, BROKEN)
    found = [issue.rule for issue in issues]
    assert set(found) == {
        *("numbers", "dates-times", "percent-money", "names", "left-over-dutch", "repetition", "final-punctuation")
    }
    assert found == sorted(found, key=list(RULES).index)
    assert all(issue.severity == RULES[issue.rule].severity for issue in issues)
    assert all(issue.message.strip() for issue in issues)


def test_select_and_ignore() -> None:
    assert {issue.rule for issue in check(DUTCH, BROKEN, select=["numbers", "names"])} == {"numbers", "names"}
    assert {issue.rule for issue in check(DUTCH, BROKEN, select=["numbers", "names"], ignore=["names"])} == {"numbers"}
    assert "numbers" not in {issue.rule for issue in check(DUTCH, BROKEN, ignore=["numbers"])}
    assert check(DUTCH, BROKEN, select=[]) == []
    assert check(DUTCH, BROKEN, select=["spelling-mixed"]) == []


def test_a_held_term_is_as_it_should_be() -> None:
    dutch, english = "De polders van Wierdenland zijn 12 waterschap groot.", "The lands of Moundland are 12 waterschap."
    assert [issue.rule for issue in check(dutch, english)] == ["names", "left-over-dutch"]
    name, board = (dutch.index("Wierdenland"), dutch.index(" zijn")), (dutch.index("waterschap"), dutch.index(" groot"))
    place = (english.index("waterschap"), english.index("."))
    assert [issue.rule for issue in check(dutch, english, held=([name], []))] == ["left-over-dutch"]
    assert check(dutch, english, held=([name, board], [place])) == []


@pytest.mark.parametrize("arguments", [{"select": ["nombers"]}, {"ignore": ["nombers"]}])
def test_an_unknown_rule_is_named_with_its_neighbours(arguments: dict[str, list[str]]) -> None:
    with pytest.raises(UnknownRuleError, match=r"nombers.*numbers"):
        check(DUTCH, ENGLISH, **arguments)
    with pytest.raises(UnknownRuleError, match=r"nombers.*numbers"):
        check_consistency([ENGLISH], **arguments)


def test_of_an_empty_target_only_that_is_said() -> None:
    assert check(DUTCH, " \n") == [Issue("empty", "There is no English.", "error")]
    assert check("", "") == []


def test_rules_are_kebab_case_and_known_by_their_id() -> None:
    for name, rule in {**RULES, **DOCUMENT_RULES}.items():
        assert rule.id == name == name.lower()
        assert " " not in name and "_" not in name
        assert rule.severity in ("error", "warning", "info")
        assert rule.summary.endswith(".")


def test_importing_the_room_loads_no_heavy_library() -> None:
    code = "import sys, toolkit.checks; print(*{'babel', 'simplemma', 'translate', 'difflib'} & set(sys.modules))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == ""


@given(texts, texts)
@settings(deadline=None, max_examples=300)
def test_any_text_goes_through(source: str, target: str) -> None:
    for issue in check(source, target):
        assert issue.rule in RULES
        assert "\n" not in issue.message or "\n" in source + target


@given(texts)
@settings(deadline=None, max_examples=200)
def test_a_text_against_itself_lacks_nothing(text: str) -> None:
    same_on_both_sides = ["quotes", "brackets", "final-punctuation", "repetition", "hint-symbols", "addresses", "empty"]
    assert check(text, text, select=same_on_both_sides) == []


@given(texts, texts)
@settings(deadline=None, max_examples=100)
def test_checking_twice_gives_the_same(source: str, target: str) -> None:
    assert check(source, target) == check(source, target)


LONG = ["„", "“", '"a ', "‘a’ ", "3 mei ", "14.30 uur ", "2:30 p.m. ", "€ 5 ", "5 euro ", "1.2.3 ", "12 procent ", "om half drie ", "(12 "]  # fmt: skip


@pytest.mark.parametrize("unit", LONG)
def test_a_long_text_of_one_thing_is_checked_quickly(unit: str) -> None:
    """What took time with the square of the length takes minutes here."""
    text = unit * (30_000 // len(unit))
    begin = time.process_time()
    for source, target in ((text, text), (text, "x"), ("x", text)):
        check(source, target)
    assert time.process_time() - begin < 6


@pytest.mark.parametrize("unit", ["€ {} ", "{} procent ", "1.2.{} ", "12-3-{} ", "{}:30 p.m. "])
def test_a_long_text_of_different_amounts_is_checked_quickly(unit: str) -> None:
    text = "".join(unit.format(n) for n in range(10, 3_000))
    begin = time.process_time()
    check(text, text)
    assert time.process_time() - begin < 6
