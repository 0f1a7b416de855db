"""Two glossaries: how they differ, and one taken into the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import Glossary, Term
from toolkit.terminology.merging import Conflict, diff, merge, merge_files

OURS = "# ours\nsource,target,note\nberk,birch,\neik,oak|oak tree,strong\nwilg,willow,\n"
THEIRS = "source,target,pos,note\nberk,birch,noun,\neik,oak,,old\nlinde,lime,,\nwilg,osier,,\n"


def test_diff() -> None:
    changes = diff(Glossary.parse(OURS), Glossary.parse(THEIRS + "# end"))
    assert [str(c) for c in changes] == [
        "~ berk: pos '' → 'noun'",
        "~ eik: target 'oak|oak tree' → 'oak', note 'strong' → 'old'",
        "~ wilg: target 'willow' → 'osier'",
        "+ linde: lime",
    ]
    assert [str(c) for c in diff(Glossary.parse(THEIRS), Glossary.parse(OURS))][2] == "- linde: lime"
    assert changes[0].to_dict()["what"] == "changed"


def test_a_merge_with_conflicts_changes_nothing_until_told_whose_word_counts() -> None:
    ours = Glossary.parse(OURS)
    result = merge(ours, Glossary.parse(THEIRS))
    assert not result.done
    assert [str(c) for c in result.conflicts] == [
        "eik: note is 'strong' in ours and 'old' in theirs",
        "wilg: target is 'willow' in ours and 'osier' in theirs",
    ]
    assert ours.text() == OURS


@pytest.mark.parametrize(
    ("prefer", "rows"),
    [
        ("ours", "berk,birch,,noun\neik,oak|oak tree,strong,\nlinde,lime,,\nwilg,willow,,\n"),
        ("theirs", "berk,birch,,noun\neik,oak|oak tree,old,\nlinde,lime,,\nwilg,osier,,\n"),
    ],
)
def test_a_merge_with_a_preference(prefer: str, rows: str) -> None:
    ours = Glossary.parse(OURS)
    result = merge(ours, Glossary.parse(THEIRS), prefer)  # type: ignore[arg-type]
    assert result.done and len(result.conflicts) == 2
    assert ours.text() == "# ours\nsource,target,note,pos\n" + rows


def test_terms_without_a_domain_are_those_that_are_there() -> None:
    ours = Glossary.of([Term("bank", "bench", domain="park"), Term("bank", "bank", domain="money")])
    assert merge(ours, [Term("bank", "bank")]) == merge(ours, [])
    assert merge(ours, [Term("bank", "couch")]).conflicts[0].ours.domain == "park"
    assert [t.target for t in merge(ours, [Term("bank", "couch", domain="home")]).added] == ["couch"]


def test_only_some_columns_and_any_domain() -> None:
    ours = Glossary.of(
        [Term("Duits", "German", "adjective", "people"), Term("Syrisch", "Syrian", "adjective", "people")]
    )
    theirs = [Term("Duits", "German", "name", "language"), Term("Syrisch", "Syriac", "name", "language")]
    result = merge(ours, theirs, columns=("target",), any_domain=True)
    assert result.conflicts == [Conflict(list(ours)[1], theirs[1], ("target",))]
    assert (result.added, result.changed) == ([], [])


def test_theirs_can_contradict_itself() -> None:
    result = merge(Glossary(), [Term("bank", "bank"), Term("bank", "bench")])
    assert not result.done and len(result.conflicts) == 1


_terms = st.lists(
    st.builds(
        Term,
        st.sampled_from("abcd"),
        st.sampled_from(["x", "y", "x|y"]),
        st.sampled_from(["", "noun", "verb"]),
        st.sampled_from(["", "d"]),
        note=st.sampled_from(["", "n"]),
    ),
    max_size=6,
    unique_by=lambda t: t.key,
)


@given(_terms, _terms)
def test_merging(ours: list[Term], theirs: list[Term]) -> None:
    one = Glossary.of(ours)
    assert diff(one, one) == []
    result = merge(one, theirs, "ours")
    assert result.done
    by_key = {t.key: t for t in one}
    for term in ours:  # what was there is there
        now = by_key[term.key]
        assert now.target == term.target and (not term.pos or now.pos == term.pos)
    assert {t.source for t in one} == {t.source for t in (*ours, *theirs)}
    again = Glossary.of(one)
    merge(again, theirs, "ours")
    assert diff(one, again) == []  # a second time changes nothing
    other = Glossary.of(ours)
    quiet = merge(other, theirs)
    assert quiet.done == (not quiet.conflicts)
    assert diff(other, one if quiet.done else Glossary.of(ours)) == []


def test_files(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "a.csv", tmp_path / "b.csv"
    ours.write_text(OURS)
    theirs.write_text(THEIRS)
    result, merged = merge_files(ours, theirs, None, tmp_path / "c.csv")
    assert not result.done and not (tmp_path / "c.csv").exists()
    result, merged = merge_files(ours, theirs, "ours", tmp_path / "c.csv")
    assert (tmp_path / "c.csv").read_text() == merged.text() != OURS == ours.read_text()
    merge_files(ours, theirs, "ours", ours)
    assert ours.read_text() == merged.text()
