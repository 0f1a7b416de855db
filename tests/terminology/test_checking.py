"""`vertaal glossary check`: each rule on a row that breaks it and one that does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.terminology.checking import RULES, check_text

HEAD = "source,target,pos,domain,match,case,keep,forbidden,note\n"

BROKEN = [
    ("a,b,c,d,e,f,g,h,i,j", "2:10: row", "the row has 10 cells for 9 columns"),
    ("a,b,adverb", "2:3: row", "has pos 'adverb'"),
    (",,,", "2:1: empty", "no words in it"),
    ("soldaat,", "2:2: empty", "needs a target"),
    (",soldier", "2:1: empty", "needs a source"),
    ("dam,dam\ndam,dam", "3:1: duplicate", "there already, in line 2"),
    ("bank,bank,,money\nbank,bench,,park", "3:2: conflict", "'bench' here and 'bank' in line 2"),
    ("vuur,fire,noun,,,,,blaze|Fire", "2:8: conflict", "'Fire' is both a target"),
    ("NAVO,NATO,name,,,yes,yes", "2:2: conflict", "its target 'NATO' is never used"),
    ("dam,dam|dike,,water\ndam,dike,,games", "3:1: shadow", "'dam' of line 2 is, in its place"),
    ("lopen,to walk,verb", "2:2: inflection", "without 'to'"),
    ("fiets,the bike,noun", "2:2: inflection", "begins with an article"),
    ("dorp,village/town,noun", "2:2: inflection", "with '/' in it: part several targets with '|'"),
    ("dorp,village (small),noun", "2:2: inflection", "with '(' in it"),
    ("dorp,village|1,noun", "2:2: inflection", "'1' is not known again in its form '1s'"),
    ("Oekraïne,UkraÃ¯ne,name", "2:2: encoding", "it should be 'Ukraïne'"),
    ("dorp,village,,,,,,,a\u200bb", "2:9: encoding", "U+200B"),
    ("нul,zero", "2:1: encoding", "letters of two scripts, Cyrillic and Latin"),
    ("e\u0301e\u0301n,one", "2:1: encoding", "not in Unicode's composed form"),
    ("=SOM(A1),sum,phrase", "2:1: formula", "begins like a formula"),
    ("dorp,village,,,,,,,@home", "2:9: formula", "begins like a formula"),
    ("pijl ⇒,arrow", "2:1: hint-symbols", "has '⇒' in it"),
]


@pytest.mark.parametrize(("rows", "place", "message"), BROKEN, ids=[f"{p.split()[1]}-{r[:20]}" for r, p, _ in BROKEN])
def test_broken_rows(rows: str, place: str, message: str) -> None:
    findings = check_text(HEAD + rows + "\n", "g.csv")
    assert [f"{f.line}:{f.column}: {f.rule}" for f in findings] == [place]
    assert message in findings[0].message
    line, column, rule = place.replace(" ", "").split(":")
    assert str(findings[0]) == f"g.csv:{line}:{column}: {findings[0].message} [{rule}]"


def test_sound_rows() -> None:
    rows = [
        "# comment, with =signs",
        "",
        "soldaat,soldier|trooper,noun,military",
        "Soldaat,Soldaat,name,person,exact,yes,yes,,A surname",
        "minister van Defensie,defense minister,noun,government",
        "lopen,walk,verb",
        "snel,fast|quick,adjective",
        "Den Haag,The Hague,name,place,,yes",
        "pro-Russisch,pro-Russian,adjective",
        "café,café,noun",
        "kanonnenvoer,cannon fodder,noun,,compound,,,canon fodder|gun feed",
    ]
    assert check_text(HEAD + "\n".join(rows) + "\n") == []


def test_every_rule_is_tried() -> None:
    assert {place.split()[1] for _, place, _ in BROKEN} == set(RULES)


def test_a_header_that_is_not_right() -> None:
    (finding,) = check_text("# a\nDutch,English\nhuis,house\n", "g.csv")
    assert (finding.rule, finding.line, finding.column) == ("row", 2, 1)


def test_places_are_those_of_the_file_s_own_columns() -> None:
    (finding,) = check_text("note;target;source\n;the bike;fiets\n")
    assert (finding.line, finding.column) == (2, 2)


@settings(deadline=None)  # the first one may load the list of English plurals
@given(st.lists(st.text('ab,|"=\n⇒Ãé#', max_size=8), max_size=6))
def test_any_file_is_checked(cells: list[str]) -> None:
    for finding in check_text(HEAD + ",".join(cells), "g.csv"):
        assert finding.rule in RULES
        assert finding.line >= 1 and finding.column >= 1
