"""The glossary file: read, changed and written so that what nobody touched stays as it was."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import Glossary, Term
from toolkit.errors import GlossaryError, InputError
from toolkit.terminology.glossary import COLUMNS, RowProblem, parse_term, with_changes

ROOT = Path(__file__).parent.parent.parent

_cell = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
_word = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=12).filter(
    lambda s: s.strip() and s.isprintable() and "|" not in s
)


@st.composite
def _files(draw: st.DrawFn) -> str:
    """A glossary file as people and spreadsheets write them: comments, empty lines, own columns, any separator."""
    newline, delimiter = draw(st.sampled_from(["\n", "\r\n"])), draw(st.sampled_from(",;\t"))
    columns = ["source", "target", *draw(st.lists(st.sampled_from(["note", "domain", "status", "owner"]), unique=True))]
    columns = draw(st.permutations(columns))
    lines = draw(st.lists(st.sampled_from(["# terms", '# "', ""]), max_size=2))
    lines.append(delimiter.join(columns))
    for _ in range(draw(st.integers(0, 5))):
        row = {c: draw(_word if c in ("source", "target") else _cell) for c in columns}
        out = io.StringIO()
        quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
        csv.writer(out, delimiter=delimiter, lineterminator="\r\n", quoting=quoting).writerow([row[c] for c in columns])
        lines.append(out.getvalue().removesuffix("\r\n"))
        lines += draw(st.lists(st.sampled_from(["# b", "", "  "]), max_size=1))
    return newline.join(lines) + draw(st.sampled_from(["", newline]))


@given(_files())
def test_a_file_is_written_as_it_was_read(text: str) -> None:
    glossary = Glossary.parse(text, problems=[])
    assert glossary.text() == text


@given(st.text(st.sampled_from('sourcetag,;"\n\r#|=\t x\u2028\x85é'), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for head in ("", "source,target\n"):
        try:
            glossary = Glossary.parse(head + text, "g.csv")
        except GlossaryError as error:
            assert str(error).startswith("g.csv:")
        else:
            assert glossary.text() == head + text


def _lines(text: str) -> list[str]:
    """The lines of a file whose cells have no line ends in them."""
    return text.split("\n")


_plain = st.text("abcdéz ,;\"'#=-", min_size=1, max_size=8).filter(lambda s: s.strip())


@given(st.lists(st.tuples(_plain, _plain), min_size=1, max_size=8, unique_by=lambda t: t[0].strip()), st.data())
def test_an_edit_of_one_row_changes_one_line(pairs: list[tuple[str, str]], data: st.DataObject) -> None:
    text = Glossary.of(Term(s.strip(), t.strip()) for s, t in pairs).text()
    glossary = Glossary.parse(text)
    old = data.draw(st.sampled_from(list(glossary)))
    glossary.replace(old, with_changes(old, {"note": "new", "target": data.draw(_plain)}))
    before, after = _lines(text), _lines(glossary.text())
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1
    glossary.remove(glossary.get(old.source))
    rest = iter(before)
    assert all(line in rest for line in _lines(glossary.text())) and len(_lines(glossary.text())) == len(before) - 1


@given(st.lists(_word, min_size=1, max_size=8, unique_by=lambda s: s.strip()), _word, _word)
def test_added_terms_come_back(sources: list[str], target: str, note: str) -> None:
    glossary = Glossary.parse("# mine\nsource;target\n")
    terms = [parse_term({"source": s, "target": target, "note": note}) for s in sources]
    unique = list({t.key: t for t in terms}.values())
    for term in unique:
        glossary.add(term)
    again = Glossary.parse(glossary.text())
    assert sorted(again, key=str) == sorted(unique, key=str)
    assert glossary.text().startswith("# mine\n")


def test_the_glossary_of_this_project_stays_as_it_is() -> None:
    path = ROOT / "glossary" / "nl-en.csv"
    glossary = Glossary.load(path)
    assert glossary.text() == path.read_text()
    assert [t.source for t in glossary.find("KANONNENVOER")] == ["kanonnenvoer"]


def test_a_new_term_goes_to_its_alphabetical_place() -> None:
    text = "source,target\n# trees\nberk,birch\neik,oak\n# shrubs\nliguster,privet\n"
    glossary = Glossary.parse(text)
    glossary.extend([Term("linde", "lime"), Term("Den", "pine"), Term("appelboom", "apple tree")])
    expected = "source,target\n# trees\nappelboom,apple tree\nberk,birch\nDen,pine\neik,oak\n# shrubs\nliguster,privet\nlinde,lime\n"
    assert glossary.text() == expected


def test_a_glossary_without_order_grows_at_its_end() -> None:
    glossary = Glossary.parse("source,target\nwilg,willow\nberk,birch")
    glossary.add(Term("eik", "oak"))
    assert glossary.text() == "source,target\nwilg,willow\nberk,birch\neik,oak\n"


def test_columns_and_comments_that_are_not_ours_stay() -> None:
    glossary = Glossary.parse("# by the desk\r\nsource,owner,target\r\nberk,Ann,birch\r\n# end\r\n")
    glossary.replace(glossary.get("berk"), with_changes(glossary.get("berk"), {"domain": "trees"}))
    assert glossary.text() == "# by the desk\r\nsource,owner,target,domain\r\nberk,Ann,birch,trees\r\n# end\r\n"


def test_a_term_that_begins_with_the_comment_sign() -> None:
    glossary = Glossary()
    glossary.add(Term("#MeToo", "#MeToo", keep=True))
    assert [t.source for t in Glossary.parse(glossary.text())] == ["#MeToo"]


def test_adding_is_all_or_nothing() -> None:
    glossary = Glossary.parse("source,target\nberk,birch\n")
    with pytest.raises(GlossaryError, match="'berk' already"):
        glossary.extend([Term("eik", "oak"), Term("berk", "alder")])
    with pytest.raises(GlossaryError, match="'eik' already"):
        glossary.extend([Term("eik", "oak"), Term("eik", "oak")])
    assert glossary.text() == "source,target\nberk,birch\n"


def test_of_doubles_the_first_counts_and_can_be_removed() -> None:
    glossary = Glossary.parse("source,target\nbank,bank\nbank,bench\n")
    assert glossary.find("bank")[0].target == "bank"
    glossary.remove(glossary.find("bank")[0])
    assert [t.target for t in glossary] == ["bench"]
    with pytest.raises(GlossaryError, match="already"):
        glossary.add(Term("bank", "couch"))


def test_line_ends_of_any_kind() -> None:
    for end in ("\n", "\r\n", "\r"):
        glossary = Glossary.parse(f'source,target,note{end}berk,birch,"a{end}b"{end}eik,oak,\u2028{end}')
        assert [(t.source, t.note) for t in glossary] == [("berk", f"a{end}b"), ("eik", "")]
        assert [line for line, _ in glossary.lines()] == [2, 4]


def test_select() -> None:
    glossary = Glossary.of(
        [Term("berk", "birch", domain="trees"), Term("kappen", "fell", pos="verb", note="Of a BIRCH")]
    )
    assert [t.source for t in glossary.select(text="birch")] == ["berk", "kappen"]
    assert [t.source for t in glossary.select(text="birch", pos="verb")] == ["kappen"]
    assert [t.source for t in glossary.select(domain="")] == ["kappen"]


BAD = [
    (
        "src,tgt\na,b\n",
        "g.csv:1:1: the header row has no column 'source': the first row names the columns, at least source and target.",
    ),
    ("# c\nsource,target,note,note\n", "g.csv:2:4: the column 'note' is there twice."),
    (
        "source,target\na,b,c\n",
        "g.csv:2:3: the row has 3 cells for 2 columns: quote a cell that has the separator in it.",
    ),
    ("source,target\n\na,\n", "g.csv:3:2: the term 'a' needs a target, the English word: it is empty."),
    ("source,target\n,b\n", "g.csv:2:1: a term needs a source, the Dutch word: it is empty."),
    ("source,target\na,|\n", "g.csv:2:2: the term 'a' needs a target, the English word: it is empty."),
    (
        "source,target,pos\na,b,adverb\n",
        "g.csv:2:3: the term 'a' has pos 'adverb': use one of noun, verb, adjective, name, phrase, or nothing.",
    ),
    (
        "source,target,match\na,b,fuzzy\n",
        "g.csv:2:3: the term 'a' has match 'fuzzy': use one of word, compound, exact.",
    ),
    ("source,target,case\na,b,perhaps\n", "g.csv:2:3: case is 'perhaps': write yes or nothing."),
    ("target,source\nb,a\x07\n", "g.csv:2:2: the term 'a\\x07' has a control character in it: remove it."),
    (
        "source,target\na,b\u200b\n",
        "g.csv:2:2: the term 'a' has a control character in its target 'b\\u200b': remove it.",
    ),
    (
        'source,target\nx,y\na,"b\nc,d\n',
        "g.csv:3:2: the quotation marks do not pair up: put a cell that has one in quotation marks, and double those inside it.",
    ),
    (
        'source,target\n5" gun,x\nc,d\n7" gun,y\n',
        "g.csv:2:1: the quotation marks do not pair up: put a cell that has one in quotation marks, and double those inside it.",
    ),
]


@pytest.mark.parametrize(("text", "message"), BAD, ids=[m.partition(": ")[2][:40] for _, m in BAD])
def test_bad_files_are_refused_with_the_place(text: str, message: str) -> None:
    with pytest.raises(GlossaryError) as caught:
        Glossary.parse(text, "g.csv")
    assert str(caught.value) == message


def test_bad_rows_can_be_collected() -> None:
    problems: list[RowProblem] = []
    text = "source,target\na,\nb,c\nd,e,f\n"
    glossary = Glossary.parse(text, "g.csv", problems)
    assert [(p.line, p.column) for p in problems] == [(2, 2), (4, 3)]
    assert [t.source for t in glossary] == ["b"]
    assert glossary.text() == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"source,target\na,caf\xe9\n", "g.csv:2 is not UTF-8 text: save the file as UTF-8."),
        (b"PK\x03\x04\0\0", "g.csv is a binary file, not text: give a UTF-8 text file."),
    ],
)
def test_files_that_are_no_text(data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_bytes(data)
    with pytest.raises(InputError) as caught:
        Glossary.load(tmp_path / "g.csv")
    assert str(caught.value) == str(tmp_path / message)


def test_nothing_is_written_if_an_edit_fails_or_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text("source,target\nberk,birch\n")
    os.utime(path, (1, 1))
    with pytest.raises(ZeroDivisionError), Glossary.edit(path) as glossary:
        glossary.add(Term("eik", "oak"))
        raise ZeroDivisionError
    with Glossary.edit(path) as glossary:
        pass
    assert path.stat().st_mtime == 1
    with pytest.raises(InputError, match="no such file"), Glossary.edit(tmp_path / "other.csv", create=False):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["g.csv"]


_ADD = """
import sys
from toolkit import Glossary, Term
path, name = sys.argv[1:]
sys.stdin.readline()
for number in range(3):
    with Glossary.edit(path) as glossary:
        glossary.add(Term(f"{name}-{number}", "x"))
"""


def test_twenty_editors_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text("# ours\nsource,target\nberk,birch\n")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    editors = [
        subprocess.Popen([sys.executable, "-c", _ADD, str(path), f"w{i}"], env=environment, stdin=subprocess.PIPE)
        for i in range(20)
    ]
    for editor in editors:  # all of them are started before one goes on
        assert editor.stdin is not None
        editor.stdin.write(b"go\n")
        editor.stdin.close()
    assert [editor.wait(60) for editor in editors] == [0] * 20
    glossary = Glossary.load(path)
    assert {t.source for t in glossary} == {"berk", *(f"w{i}-{n}" for i in range(20) for n in range(3))}
    assert path.read_text().startswith("# ours\nsource,target\nberk,birch\n")
    assert [p.name for p in tmp_path.iterdir()] == ["g.csv"]


def test_a_large_glossary_is_read_in_time() -> None:
    head, rows = ",".join(COLUMNS) + "\n", "".join(f"woord{i},word {i},noun,law,,,,,\n" for i in range(50_000))
    start = time.process_time()
    glossary = Glossary.parse(head + rows)
    assert len(glossary) == 50_000
    assert time.process_time() - start < 5  # a tenth of that on a machine of 2024


def test_rows_ready_to_paste() -> None:
    glossary = Glossary.parse("target;source;note\n")
    terms: Sequence[Term] = [Term("berk", "birch; tree"), Term("eik", "oak", note="n")]
    assert glossary.format(terms) == '"birch; tree";berk;\noak;eik;n\n'
