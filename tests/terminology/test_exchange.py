"""Glossaries in the formats of other tools: there and back, as others write them, and as an attacker would."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit import Glossary, Matcher, Term, markup
from toolkit.errors import InputError, VertaalError
from toolkit.markup import safe_xml
from toolkit.terminology import exchange
from toolkit.terminology.exchange import (
    FORMATS,
    exonyms,
    neutral,
    original,
    parse_terms,
    read_terms,
    serialize,
    write_terms,
)

ROOT = Path(__file__).parent.parent.parent
WHOLE = [f for f in FORMATS if not f.startswith("deepl")]  # formats that hold everything of a term

TERMS = [
    Term(
        "soldaat",
        "soldier|trooper",
        "noun",
        "military",
        "compound",
        True,
        False,
        ("grunt", 'jar "head"'),
        "not a sailor",
    ),
    Term("soldaat", "private", domain="pay"),
    Term("=1+1", "-2", note="@home"),
    Term("'-s", "-s"),
    Term("AIVD", keep=True, pos="name", match="exact"),
    Term("a<b & c", "x]]>y", pos="phrase", note='first "line"\nsecond'),
    Term("lopen", "walk", pos="verb"),
    Term("c\\d", "back\\slash; semi, comma"),
]


@pytest.mark.parametrize("kind", WHOLE)
def test_there_and_back(kind: str, tmp_path: Path) -> None:
    terms = TERMS if kind != "utx" else [t for t in TERMS if "\n" not in t.note]
    assert write_terms(terms, tmp_path / "terms", kind).left_out == []
    reading = read_terms(tmp_path / "terms", kind)
    assert (reading.terms, reading.left_out) == (terms, [])


@pytest.mark.parametrize("kind", WHOLE)
def test_the_glossary_of_this_project_there_and_back(kind: str) -> None:
    terms = list(Glossary.load(ROOT / "glossary" / "nl-en.csv"))
    assert parse_terms(serialize(terms, kind).data, kind).terms == terms


_text = (
    st.text(st.characters(categories=("L", "M", "N", "P", "S", "Zs"), exclude_characters="|"), min_size=1, max_size=15)
    .map(lambda s: exchange._tidy(s))
    .filter(lambda s: s.isprintable() and s.strip())
)


@st.composite
def _terms(draw: st.DrawFn) -> Term:
    return Term(
        draw(_text),
        "|".join(draw(st.lists(_text, min_size=1, max_size=3, unique=True))),
        draw(st.sampled_from(["", "noun", "verb", "adjective", "name", "phrase"])),
        draw(st.just("") | _text),
        draw(st.sampled_from(["word", "compound", "exact"])),
        draw(st.booleans()),
        draw(st.booleans()),
        tuple(draw(st.lists(_text, max_size=2, unique=True))),
        draw(st.just("") | _text.filter(lambda n: not exchange._REMARK.match(n))),
    )


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(terms=st.lists(_terms(), max_size=4, unique_by=lambda t: t.key))
def test_any_terms_there_and_back(kind: str, terms: list[Term]) -> None:
    writing = serialize(terms, kind)
    reading = parse_terms(writing.data, kind)
    kept = [t for t in terms if kind != "utx" or not t.source.startswith("#")]
    assert (reading.terms, len(writing.left_out)) == (kept, len(terms) - len(kept))


@given(st.lists(st.tuples(_text, _text), max_size=4, unique_by=lambda t: t[0]))
@pytest.mark.parametrize("kind", ["deepl-csv", "deepl-tsv"])
def test_deepl_has_the_preferred_english(kind: str, pairs: list[tuple[str, str]]) -> None:
    terms = [Term(source, f"{target}|other", domain="d", note="n") for source, target in pairs]
    data = serialize([*terms, *terms], kind).data
    assert [(t.source, t.target) for t in parse_terms(data, kind).terms] == pairs


@pytest.mark.parametrize(
    ("row", "pair"),
    [
        (";,;;", (";", ";;")),
        ("huis;house", ("huis", "house")),
        ("huis,house", ("huis", "house")),
        ("huis;house, home, and more", ("huis", "house, home, and more")),
        ('"huis; thuis",house', ("huis; thuis", "house")),
    ],
)
def test_deepl_has_commas_or_semicolons(row: str, pair: tuple[str, str]) -> None:
    assert [(t.source, t.target) for t in parse_terms(f"{row}\n".encode(), "deepl-csv").terms] == [pair]


# What other tools read of ours --------------------------------------------------------------------------------------


def test_translate_toolkit_reads_what_we_write(tmp_path: Path) -> None:
    from translate.storage import factory

    for kind, name in (("tbx", "t.tbx"), ("tmx", "t.tmx"), ("po", "t.po"), ("weblate", "t.csv")):
        write_terms(TERMS[6:], tmp_path / name, kind)
        store = factory.getobject(str(tmp_path / name))
        units = [(u.source, u.target) for u in store.units if u.source]
        assert units == [("lopen", "walk"), ("c\\d", "back\\slash; semi, comma")], kind


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="GNU gettext is not installed")
def test_msgfmt_takes_our_po(tmp_path: Path) -> None:
    write_terms(TERMS, tmp_path / "t.po")
    done = subprocess.run(
        ["msgfmt", "--check", "-o", tmp_path / "t.mo", tmp_path / "t.po"], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_own_columns_go_into_csv() -> None:
    glossary = Glossary.parse("source,owner,target\nberk,=Ann,birch\n")
    data = serialize(list(glossary), "csv").data
    assert b"'=Ann" in data
    assert parse_terms(data, "csv").terms == list(glossary)


# Spreadsheets --------------------------------------------------------------------------------------------------------


@given(st.text(max_size=20))
def test_neutral_cells(text: str) -> None:
    assert original(neutral(text)) == text
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("kind", ["csv", "deepl-csv", "weblate"])
def test_no_cell_of_a_csv_file_is_a_formula(kind: str) -> None:
    terms = [Term(f"{c}cmd|' /C calc'!A0", f"{c}x", domain=f"{c}d", note=f"{c}n", forbidden=(f"{c}f",)) for c in "=+-@"]
    data = serialize(terms, kind).data
    cells = [cell for row in csv.reader(io.StringIO(data.decode())) for cell in row]
    assert cells and not [cell for cell in cells if cell[:1] in tuple("=+-@")]


# What others write ---------------------------------------------------------------------------------------------------

DEEPL = "kanonnenvoer,cannon fodder,NL,EN\ncouncil,gemeenteraad,en,nl\nRat,rat,de,en\n"
TBX2 = """<?xml version='1.0' encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>A term bank</p></sourceDesc></fileDesc></martifHeader>
<text><body>
<termEntry id="c1"><descripGrp><descrip type="subjectField">law</descrip></descripGrp>
 <langSet xml:lang="en-GB"><ntig><termGrp><term>court of appeal</term><termNote type="partOfSpeech">noun</termNote></termGrp></ntig>
  <ntig><termGrp><term>appeal court</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig>
  <ntig><termGrp><term>court of cassation</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termGrp></ntig></langSet>
 <langSet xml:lang="de"><ntig><termGrp><term>Berufungsgericht</term></termGrp></ntig></langSet>
 <langSet xml:lang="nl-NL"><ntig><termGrp><term>gerechts\u00adhof</term></termGrp></ntig><ntig><termGrp><term>hof van beroep</term></termGrp></ntig></langSet>
</termEntry>
<termEntry><langSet xml:lang="nl"><tig><term>eenling</term></tig></langSet></termEntry>
<termEntry><langSet xml:lang="fr"><tig><term>seul</term></tig></langSet></termEntry>
</body></text></martif>
"""
TBX3 = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader><text><body>
<conceptEntry id="c5"><min:subjectField>water</min:subjectField>
<langSec xml:lang="en"><termSec><term>dike reeve</term><min:partOfSpeech>noun</min:partOfSpeech>
<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
<termSec><term>dike count</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec></langSec>
<langSec xml:lang="nl"><termSec><term>dijkgraaf</term></termSec></langSec>
</conceptEntry></body></text></tbx>
"""
TMX = """<?xml version="1.0" encoding="UTF-16"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="*all*" creationtool="t" creationtoolversion="1" segtype="phrase" o-tmf="x" adminlang="en" datatype="plaintext"/>
<body>
<tu><note>of a town</note><tuv xml:lang="EN-US"><seg>city <bpt i="1">&lt;b></bpt>council<ept i="1">&lt;/b></ept></seg></tuv>
<tuv xml:lang="NL-NL"><seg>gemeenteraad</seg></tuv></tu>
<tu><tuv xml:lang="nl"><seg>gemeenteraad</seg></tuv><tuv xml:lang="en"><seg>municipal council</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Rat</seg></tuv><tuv xml:lang="en"><seg>council</seg></tuv></tu>
</body></tmx>
"""
PO = """msgid ""
msgstr "Language: nl\\nContent-Type: text/plain; charset=UTF-8\\n"

# case: in court only
#. pos: noun
msgctxt "law"
msgid "lawsuit"
msgstr "rechtszaak"

#, fuzzy
msgid "guess"
msgstr "gok"

msgid "open"
msgstr ""

#~ msgid "gone"
#~ msgstr "weg"
"""
WEBLATE = (
    '"location","source","target","id","fuzzy","context","translator_comments","developer_comments"\r\n'
    '"","dijkgraaf","dike reeve","","False","water","chair","also: dike warden"\r\n'
    '"","gok","guess","","True","","",""\r\n'
)
UTX = """#UTX 1.11; en-US/nl; 2013-12-20T10:00:00+09:00; copyright: A: B (2013); license: CC-BY 3.0
#description: terms of a court
#src\ttgt\tsrc:pos\ttgt:pos\tterm status
lawsuit\trechtszaak\tnoun\tproperNoun\tapproved

trial\trechtszaak\tnoun\tproperNoun\tnon-standard
legal case\trechtszaak\tnoun\tproperNoun\tforbidden
process\tproces\tnoun\tnoun\trejected
"""
FOREIGN: list[tuple[str, str, bytes, list[Term], list[str]]] = [
    ("deepl", "csv", DEEPL.encode(), [Term("kanonnenvoer", "cannon fodder"), Term("gemeenteraad", "council")], []),
    ("deepl with semicolons", "csv", b'a;"x, y"\n\nb;z\n', [Term("a", "x, y"), Term("b", "z")], []),
    ("deepl with tabs", "deepl-tsv", b'a "b\tc\r\n', [Term('a "b', "c")], []),
    ("our own with semicolons", "csv", b"\xef\xbb\xbfSource;Target;case\na;b;ja\n", [Term("a", "b", case=True)], []),
    (
        "tbx 2",
        "tbx",
        TBX2.encode(),
        [
            Term(source, "appeal court|court of appeal", "noun", "law", forbidden=("court of cassation",))
            for source in ("gerechtshof", "hof van beroep")
        ],
        ["f:12: 'eenling' has no English.", "f:13: the entry has no Dutch."],
    ),
    ("tbx 3", "tbx", TBX3.encode(), [Term("dijkgraaf", "dike reeve", "noun", "water", forbidden=("dike count",))], []),
    (
        "tmx in utf-16",
        "tmx",
        TMX.encode("utf-16"),
        [Term("gemeenteraad", "city council|municipal council", note="of a town")],
        ["f:8: the entry has no Dutch."],
    ),
    (
        "po",
        "po",
        PO.encode(),
        [Term("rechtszaak", "lawsuit", "noun", "law", note="case: in court only")],
        ["f: the entry has no Dutch."],
    ),
    (
        "weblate",
        "csv",
        WEBLATE.encode(),
        [Term("dijkgraaf", "dike reeve|dike warden", domain="water", note="chair")],
        [],
    ),
    ("utx", "utx", UTX.encode(), [Term("rechtszaak", "lawsuit|trial", "name", forbidden=("legal case",))], []),
]


@pytest.mark.parametrize(("name", "kind", "data", "terms", "left_out"), FOREIGN, ids=[f[0] for f in FOREIGN])
def test_files_of_other_tools(name: str, kind: str, data: bytes, terms: list[Term], left_out: list[str]) -> None:
    reading = parse_terms(data, kind, "f")
    assert reading.terms == terms
    assert reading.left_out == left_out


# What cannot be read -------------------------------------------------------------------------------------------------

_LAUGHS = (
    '<!DOCTYPE t [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{i} "{"&a" + str(i - 1) + ";" if i else "&a;"}{"&a;" * 9}">' for i in range(9))
    + "]>"
)
BAD: list[tuple[str, bytes, str]] = [
    (
        "tmx",
        f"<?xml version='1.0'?>\n{_LAUGHS}\n<tmx><body>&a8;</body></tmx>".encode(),
        "f:2 has a document type with declarations of its own",
    ),
    (
        "tbx",
        b'<!DOCTYPE martif [<!ENTITY x SYSTEM "file:///etc/passwd">]><martif>&x;</martif>',
        "f:1 has a document type with decl",
    ),
    (
        "tmx",
        b'<!-- > --><?pi [ ?>\n<!DOCTYPE tmx PUBLIC "a[" "b>" [<!ENTITY % p SYSTEM "http://h/">%p;]><tmx/>',
        "f:2 has a document type",
    ),
    ("tmx", '<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>'.encode("utf-16"), "f:1 has a document type with declarations"),
    ("tmx", '<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>'.encode("utf-16-le"), "f:1 has a document type with declarations"),
    ("tmx", b'<?xml version="1.0" encoding="UTF-7"?><tmx/>', "f is in the encoding 'UTF-7': save the file as UTF-8."),
    (
        "tmx",
        b'<?xml version="1.0" encoding="utf-8"?>\n<tmx>\xff</tmx>',
        "f:2 is not UTF-8 text: save the file as UTF-8.",
    ),
    ("tmx", b"<tmx><body><tu></body></tmx>", "f:1:23 cannot be read: Opening and ending tag mismatch"),
    ("tmx", b"<tmx>\n<body>&nothing;</body></tmx>", "f:2"),
    ("tmx", b"<html/>", "f cannot be read"),
    ("tbx", b"<html/>", "f cannot be read: its root is 'html', not 'martif' or 'tbx'."),
    ("tbx", b"", "f"),
    ("tbx3", b"<tbx>" * 2000, "f:1"),
    ("tmx", b"\0\1\2\3", "f is a binary file, not XML."),
    ("po", b'msgid "a"\nmsgstr "b\n', "f:2 cannot be read"),
    ("po", b"<<<<<<< ours\n", "f:1 cannot be read"),
    ("po", b'msgid "\xff"\n', "f:1 is not UTF-8 text: save the file as UTF-8."),
    ("utx", b"src\ttgt\n", "f:1 is no UTX: its first lines should be '#UTX"),
    (
        "csv",
        b"a,b\nc,d,e\n",
        "f:2:3: the row has 3 cells: it should have the Dutch and the English, and maybe their two languages.",
    ),
    ("csv", b"a,b\nc,\n", "f:2:2: the cell is empty."),
    ("deepl-tsv", b"a\n", "f:1:1: the row has 1 cells"),
    ("csv", b'a,b\nc,"d\n', "f:2:2: the quotation marks do not pair up"),
    ("csv", b"source,target\na,b,c\n", "f:2:3: the row has 3 cells for 2 columns"),
    ("csv", b"location,source,target,context\n,a,b,c,d\n", "f:2:5: the row has 5 cells for 4 columns"),
]


@pytest.mark.parametrize(("kind", "data", "message"), BAD)
def test_bad_files_are_refused_in_one_sentence(kind: str, data: bytes, message: str) -> None:
    with pytest.raises(VertaalError) as caught:
        parse_terms(data, kind, "f")
    text = str(caught.value)
    assert text.startswith(message)
    assert text.endswith(".") and "\n" not in text


@pytest.mark.parametrize("kind", list(FORMATS))
@given(data=st.binary(max_size=80) | st.text("<>!DOCTYPEtmxar[]\"'&;-# \n\t,=msgidtr", max_size=60).map(str.encode))
def test_any_file_is_read_or_refused(kind: str, data: bytes) -> None:
    try:
        parse_terms(data, kind, "f")
    except VertaalError as error:
        assert str(error).startswith("f")


def test_no_parser_is_given_a_document_type() -> None:
    data = b'<?xml version="1.0"\n encoding="latin1"?>'
    with pytest.raises(InputError, match="'latin1'"):
        safe_xml(data + b"<a/>", "f")
    text = b'<?xml version="1.0"\n encoding="iso-8859-1"?><!DOCTYPE a\nSYSTEM "http://h/a.dtd">\n<a>\xe9</a>'
    assert safe_xml(text, "f") == "\n\n\n<a>é</a>".encode()


def test_too_large_a_file_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "f.tmx").write_bytes(b"x" * 2000)
    monkeypatch.setattr(exchange, "LIMIT", 1000)
    monkeypatch.setattr(markup, "LIMIT", 1000)
    with pytest.raises(InputError, match="is larger than"):
        read_terms(tmp_path / "f.tmx")
    with pytest.raises(InputError, match="is larger than"):
        safe_xml(b"x" * 2000, "f")


def test_unknown_formats() -> None:
    with pytest.raises(InputError, match=r"^There is no format 'xls': use one of csv, "):
        read_terms("x.csv", "xls")
    with pytest.raises(InputError, match=r"^The name 'x.doc' does not tell a format: say which with --format"):
        read_terms("x.doc")


def test_exonyms() -> None:
    terms = exonyms()
    known = {t.source: t for t in terms}
    assert known["Oekraïne"] == Term("Oekraïne", "Ukraine", "name", "place", case=True)
    assert known["Duits"].target == "German" and known["Duits"].domain == "language"
    assert known["Bosnië en Herzegovina"].target == "Bosnia and Herzegovina"
    assert known["Hongkong"].target == "Hong Kong"
    assert "Amerika" not in known and "Iran" not in known
    assert all(t.source != t.target and t.case and t.pos == "name" for t in terms)
    assert len({t.source for t in terms}) == len(terms) > 300
    matcher = Matcher(terms)
    assert [m.term.source for m in matcher.find("Frankrijks minister sprak Zweeds in Noord-Korea.")] == [
        "Frankrijk",
        "Zweeds",
        "Noord-Korea",
    ]
    assert matcher.find("De pools van de batterij, en de creek.") == []
