"""XLIFF 2, TMX and CSV: there and back, and what other programs make of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from building import SENTENCES, messages
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from toolkit.catalogs import Catalog, Message
from toolkit.catalogs.exchange import (
    FORMATS,
    Format,
    Pair,
    export_catalog,
    format_of,
    import_pairs,
    read_pairs,
    read_tmx,
)
from toolkit.catalogs.ownership import owner, state
from toolkit.errors import CatalogError, InputError

OPEN, BUILT, DONE, NOISE = SENTENCES
XLIFF = "{urn:oasis:names:tc:xliff:document:2.0}"


@pytest.fixture
def catalog() -> Catalog:
    """One approved message, one fuzzy, one untranslated, one of the machine, and one sentence in two ways."""
    catalog = Catalog("brug", "en_GB")
    sure, unsure = messages([OPEN, DONE]), messages([BUILT], fuzzy=True)
    rest = [
        Message("12.", "", "paragraph", "brug.txt", 9),
        Message("Bank", "Bank", "heading"),
        Message("Bank", "Couch", "item"),
    ]
    catalog.update([*sure, *unsure, *rest])
    catalog.approve([OPEN])
    return catalog


def through(catalog: Catalog, form: Format, folder: Path) -> list[Pair]:
    path = folder / f"x.{form}"
    path.write_bytes(export_catalog(catalog, form))
    return read_pairs(path, form, "en_GB")


def test_xliff_is_as_the_standard_has_it(catalog: Catalog) -> None:
    root = etree.fromstring(export_catalog(catalog, "xliff"))
    assert dict(root.attrib) == {"version": "2.0", "srcLang": "nl", "trgLang": "en-GB"}
    units = list(root.iter(f"{XLIFF}unit"))
    assert len({unit.get("id") for unit in units}) == len(units) == 6
    states = [unit.find(f"{XLIFF}segment").get("state") for unit in units]
    assert states == ["final", "translated", "initial", "initial", "translated", "translated"]
    assert [unit.get("name") for unit in units][-2:] == [None, "item"]
    for unit in units:  # notes stand before the segment, and white space is kept by the unit
        assert [child.tag for child in unit] == [f"{XLIFF}notes", f"{XLIFF}segment"]
        assert unit.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        assert set(unit.find(f"{XLIFF}segment").attrib) == {"state"}
    notes = {note.get("category"): note.text for note in units[0].iter(f"{XLIFF}note")}
    assert notes == {"location": "brug.txt:1", "description": "paragraph"}


def test_csv_has_the_columns_of_weblate(catalog: Catalog) -> None:
    rows = list(csv.DictReader(io.StringIO(export_catalog(catalog, "csv").decode())))
    assert list(rows[0]) == [
        "location",
        "source",
        "target",
        "id",
        "fuzzy",
        "context",
        "translator_comments",
        "developer_comments",
    ]
    assert [row["fuzzy"] for row in rows] == ["False", "False", "True", "False", "False", "False"]
    assert rows[0]["target"] == SENTENCES[OPEN] and "vertaal:" not in export_catalog(catalog, "csv").decode()


def test_tmx_holds_what_people_approved(catalog: Catalog, tmp_path: Path) -> None:
    assert through(catalog, "tmx", tmp_path) == [Pair(OPEN, SENTENCES[OPEN], approved=True)]
    assert list(read_tmx(tmp_path / "x.tmx")) == [(OPEN, SENTENCES[OPEN])]


@pytest.mark.parametrize("form", FORMATS)
def test_there_and_back_changes_nothing(catalog: Catalog, form: Format, tmp_path: Path) -> None:
    before = catalog.text()
    done = import_pairs(catalog, through(catalog, form, tmp_path))
    assert (done.changed, done.approved, done.kept, done.unknown) == (0, 0, (), ())
    assert catalog.text() == before


@pytest.mark.parametrize("form", ["xliff", "csv"])
def test_a_translators_work_comes_in_as_a_persons(catalog: Catalog, form: Format, tmp_path: Path) -> None:
    path = tmp_path / f"x.{form}"
    text = export_catalog(catalog, form).decode()
    path.write_text(text.replace("Construction took three years.", "It took three years.").replace("Couch", "Sofa"))
    done = import_pairs(catalog, read_pairs(path, form))
    assert (done.changed, done.kept, done.unknown) == (2, (), ())
    [built] = catalog.find(BUILT)
    assert built.msgstr == "It took three years." and owner(built) == "person" and built.fuzzy  # as the file says still
    assert [e.msgstr for e in catalog.find("Bank")] == ["Bank", "Sofa"]


def test_a_fuzzy_message_that_comes_back_sure_is_approved(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(export_catalog(catalog, "csv").decode().replace('"True"', '""'))
    assert import_pairs(catalog, read_pairs(path, "csv")).approved == 1
    assert state(catalog.find(BUILT)[0]) == "approved"


def test_what_a_person_wrote_in_the_catalog_stays(catalog: Catalog) -> None:
    pairs = [Pair(OPEN, "Tomorrow!"), Pair(DONE, "Done."), Pair("Staat er niet.", "Is not there."), Pair(NOISE, "")]
    done = import_pairs(catalog, pairs)
    assert done.changed == 1 and done.kept == (pairs[0],) and done.unknown == (pairs[2], pairs[3])
    assert catalog.find(OPEN)[0].msgstr == SENTENCES[OPEN] and catalog.find(DONE)[0].msgstr == "Done."
    assert import_pairs(catalog, pairs[:1], overwrite=True).changed == 1
    assert catalog.find(OPEN)[0].msgstr == "Tomorrow!"


def test_an_import_changes_the_date_only_when_it_changes_something(catalog: Catalog) -> None:
    catalog.po.metadata["PO-Revision-Date"] = "2020-01-01 00:00+0000"
    import_pairs(catalog, [Pair(OPEN, SENTENCES[OPEN])])
    assert catalog.po.metadata["PO-Revision-Date"] == "2020-01-01 00:00+0000"
    import_pairs(catalog, [Pair(DONE, "Done.")])
    assert catalog.po.metadata["PO-Revision-Date"] > "2020-01-01 00:00+0000"


texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cc", "Cs", "Cn"])
    | st.sampled_from('\n\t";,\\&<'),
    min_size=1,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(texts, texts, min_size=1, max_size=5))
def test_any_text_comes_back_as_it_was(sentences: dict[str, str]) -> None:
    from tempfile import TemporaryDirectory

    catalog = Catalog("x")
    catalog.update([Message(dutch, english) for dutch, english in sentences.items()])
    catalog.approve()
    with TemporaryDirectory() as folder:
        for form in FORMATS:
            pairs = through(catalog, form, Path(folder))
            assert {pair.source: pair.target for pair in pairs} == sentences, form


def test_a_control_character_is_not_lost_silently() -> None:
    catalog = Catalog("x")
    catalog.update([Message("a\x01", "b")])
    catalog.approve()
    for form in ("xliff", "tmx"):
        with pytest.raises(CatalogError, match="has a control character, which XML cannot hold"):
            export_catalog(catalog, form)


TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.4"><header srclang="nl-NL"/><body>
<tu><tuv xml:lang="nl-NL"><seg>Een <bpt i="1">&lt;b&gt;</bpt>grote<ept i="1">&lt;/b&gt;</ept>  brug.</seg></tuv>
<tuv xml:lang="en-GB"><seg>A grey bridge.</seg></tuv><tuv xml:lang="EN-US"><seg>A gray <hi>bridge</hi>.</seg></tuv></tu>
<tu><tuv lang="nl"><seg>Ja.</seg></tuv><tuv lang="de"><seg>Ja.</seg></tuv><tuv lang="en"><seg>Yes.</seg></tuv></tu>
<tu><tuv xml:lang="nl"><seg>Leeg.</seg></tuv><tuv xml:lang="en"><seg/></tuv></tu>
<tu><tuv xml:lang="fr"><seg>Oui.</seg></tuv><tuv xml:lang="en"><seg>Yes.</seg></tuv></tu>
</body></tmx>"""


def test_tmx_of_other_programs(tmp_path: Path) -> None:
    """OmegaT's document type, codes inside segments, regions, the old lang attribute, other languages."""
    path = tmp_path / "geheugen.tmx"
    path.write_text(TMX)
    assert list(read_tmx(path)) == [("Een grote brug.", "A grey bridge."), ("Ja.", "Yes.")]
    assert next(read_tmx(path, "en_US")) == ("Een grote brug.", "A gray bridge.")
    path.write_bytes(TMX.replace("UTF-8", "UTF-16").encode("utf-16"))
    assert next(read_tmx(path)) == ("Een grote brug.", "A grey bridge.")


def test_csv_of_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "uit.csv"
    path.write_bytes('\ufeffSource;Translation\r\nJa;"Yes; ""sure"""\r\n\r\nNee;No\r\n'.encode())
    assert read_pairs(path, "csv") == [Pair("Ja", 'Yes; "sure"', None), Pair("Nee", "No", None)]


ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
BAD: dict[tuple[Format, str], str] = {
    ("xliff", f'<?xml version="1.0"?>{ENTITY}<xliff version="2.0"/>'): "document type with declarations of its own",
    ("tmx", f'<?xml version="1.0"?>{ENTITY}<tmx><body>&b;</body></tmx>'): "document type with declarations of its own",
    (
        "tmx",
        '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tmx/>',
    ): "document type with declarations of its own",
    ("xliff", '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>'): "is not XLIFF 2",
    ("xliff", "<xliff"): "is not XLIFF 2",
    ("xliff", "<html/>"): "is not XLIFF 2",
    ("tmx", "<tmx>\n<body>\n</tmx>"): ":3 is not TMX",
    ("tmx", "geen xml"): "is not TMX",
    ("csv", "a,b\n1,2\n"): ":1 names no columns 'source' and 'target'",
    ("csv", ""): ":1 names no columns 'source' and 'target'",
    ("csv", 'source,target\n"a,b\n'): " is not right CSV",
    ("csv", "source,target\na,b\nc,d,e\n"): ":3 has 3 columns, the first row 2",
}


@pytest.mark.parametrize(("form", "text"), BAD)
def test_bad_files_are_refused_with_one_sentence(form: Format, text: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text(text)
    with pytest.raises(InputError) as error:
        read_pairs(path, form)
    assert (
        BAD[form, text] in str(error.value) and str(error.value).startswith(str(path)) and "\n" not in str(error.value)
    )


def test_the_format_is_told_by_the_name() -> None:
    assert [format_of(Path(f"x{s}")) for s in (".xlf", ".XLIFF", ".tmx", ".csv")] == ["xliff", "xliff", "tmx", "csv"]
    assert format_of(Path("x.txt"), "csv") == "csv"
    with pytest.raises(InputError, match="use xliff, tmx, csv"):
        format_of(Path("x.txt"))
