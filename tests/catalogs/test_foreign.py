"""Catalogs of other programs, and our own in theirs: GNU gettext, Poedit, Weblate, polib, Babel, Python."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po
from building import DATA, SENTENCES, Gnu, messages, rewrite

from toolkit.catalogs import Catalog, Message, Paths, load_catalog, pofile, record, render
from toolkit.catalogs.ownership import state
from toolkit.errors import CatalogError

FILES = sorted(DATA.glob("*.po"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_read_as_gettext_reads(path: Path, gnu: Gnu) -> None:
    ours = pofile.text(pofile.read(path)).removeprefix("# Local Variables: mode: po\n")  # msgcat loses that line
    assert ours == gnu("msgcat", path).stdout.replace("\n#.\n", "\n")


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_counted_and_compiled_as_gettext_does(path: Path, gnu: Gnu, tmp_path: Path) -> None:
    stats = Catalog.load(path).stats()
    counts = gnu("msgfmt", "--statistics", "-o", tmp_path / "theirs.mo", path).stderr
    found = {name: int(number) for number, name in re.findall(r"(\d+) (\w+)", counts)}
    ours = {"translated": stats.translated, "fuzzy": stats.fuzzy, "untranslated": stats.untranslated}
    assert found == {name: number for name, number in ours.items() if number or name == "translated"}
    (tmp_path / "ours.mo").write_bytes(Catalog.load(path).binary())
    theirs, mine = (gnu("msgunfmt", tmp_path / f"{name}.mo").stdout for name in ("theirs", "ours"))
    undated = [line for line in theirs.split("\n") if not line.startswith('"POT-Creation-Date')]
    assert mine.split("\n") == undated


def test_a_weblate_file_goes_on_with_all_that_is_in_it(tmp_path: Path, gnu: Gnu) -> None:
    po = Paths.of(tmp_path, "brug").po
    po.parent.mkdir(parents=True)
    po.write_bytes((DATA / "weblate.po").read_bytes())
    before = {e.msgid: e.msgstr for e in pofile.read(po)}
    catalog, changed = record(messages([*before, "De brug is klaar."]), tmp_path, "brug")
    assert changed and {e.msgid: e.msgstr for e in catalog}.items() >= before.items()
    head = catalog.po.metadata
    assert head["Last-Translator"].startswith("Noor de Wit") and head["Language-Team"].startswith("English <https")
    assert "Noor de Wit" in catalog.po.header
    fuzzy = catalog.find("De kosten zijn verdrievoudigd.")[0]
    assert state(fuzzy) == "fuzzy" and fuzzy.previous_msgid == "De kosten zijn verdubbeld."
    assert gnu("msgfmt", "--check", "-o", "/dev/null", po).stderr == ""
    assert not record(messages([*before, "De brug is klaar."]), tmp_path, "brug")[1]


def test_a_poedit_file_goes_on_with_all_that_is_in_it(tmp_path: Path) -> None:
    po = Paths.of(tmp_path, "haven", "en_GB").po
    po.parent.mkdir(parents=True)
    po.write_bytes((DATA / "poedit.po").read_bytes())
    before = pofile.read(po)
    catalog, _ = record(messages([e.msgid for e in before if not e.obsolete]), tmp_path, "haven", "en_GB")
    assert catalog.po.metadata["X-Poedit-SearchPath-0"] == "artikelen"
    by = {e.msgid: e for e in catalog.po}
    assert all(by[e.msgid].msgstr == e.msgstr for e in before if e.msgstr)
    assert by["%d schip"].msgstr_plural == {0: "%d ship", 1: "%d ships"}
    assert by["De kade is 240 meter lang."].tcomment == "Noor: zo staat het ook op de site."
    assert (
        by["De sluis is weer dicht."].previous_msgid == "De sluis is dicht." and by["De sluis is weer dicht."].obsolete
    )
    assert state(by["Nog niet vertaald."]) == "machine"


def test_placeholders_of_a_template_are_filled_in(tmp_path: Path, gnu: Gnu) -> None:
    record(messages(SENTENCES), tmp_path, "brug")
    paths = Paths.of(tmp_path, "brug")
    initial = gnu("msginit", "--no-translator", "-l", "en_US.UTF-8", "-i", paths.pot, "-o", "-").stdout
    paths.po.write_text(initial.replace("Project-Id-Version: brug", "Project-Id-Version: PACKAGE VERSION"))
    record(messages([*SENTENCES, "Ja."]), tmp_path, "brug")
    assert "PACKAGE VERSION" not in paths.po.read_text()
    assert gnu("msgfmt", "--check", "-o", "/dev/null", paths.po).stderr == ""


def test_polib_and_babel_read_what_we_write(locales: Path, po: Path) -> None:
    assert {e.msgid: e.msgstr for e in polib.pofile(str(po))} == SENTENCES
    with po.open("rb") as file:
        babel = read_po(file, abort_invalid=True)
    assert {m.id: m.string for m in babel if m.id} == SENTENCES and babel.locale.language == "en"
    assert {e.msgid: e.msgstr for e in polib.mofile(str(Paths.of(locales, "brug").mo))} == SENTENCES


def test_an_edit_with_polib_is_a_persons(locales: Path, po: Path) -> None:
    dutch = next(iter(SENTENCES))
    theirs = polib.pofile(str(po))
    theirs.find(dutch).msgstr = "Tomorrow!"
    theirs.save()
    catalog, _ = record(messages(SENTENCES), locales, "brug")
    assert [e.msgstr for e in catalog.find(dutch)] == ["Tomorrow!"]


def test_the_mo_file_is_that_of_msgfmt(locales: Path, po: Path, gnu: Gnu, tmp_path: Path) -> None:
    ours = Catalog.load(po).binary()
    assert ours == Catalog.load(po).binary() == Paths.of(locales, "brug").mo.read_bytes()
    rewrite(po, '"POT-Creation-Date', '"X-Nothing')  # the one line that ours leaves out
    gnu("msgfmt", "--no-hash", "--endianness=little", "-o", tmp_path / "theirs.mo", po)
    assert Catalog.load(po).binary() == (tmp_path / "theirs.mo").read_bytes()


def test_fuzzy_messages_are_compiled_when_asked(gnu: Gnu, tmp_path: Path) -> None:
    catalog = Catalog("brug")
    catalog.update(messages(SENTENCES, fuzzy=True))
    (tmp_path / "without.mo").write_bytes(catalog.binary())
    (tmp_path / "with.mo").write_bytes(catalog.binary(fuzzy=True))
    assert not polib.mofile(str(tmp_path / "without.mo"))
    assert {e.msgid: e.msgstr for e in polib.mofile(str(tmp_path / "with.mo"))} == SENTENCES


DUTCH = next(iter(SENTENCES))


@pytest.mark.parametrize("babel", [False, True])
def test_locales_fall_back_message_by_message(locales: Path, babel: bool) -> None:
    record([Message(DUTCH, "The bridge opens tomorrow, colour and all.")], locales, "brug", "en_GB")
    british = load_catalog("brug", locales, "en_GB", babel=babel)
    assert british.gettext(DUTCH) == "The bridge opens tomorrow, colour and all."
    other = "De bouw heeft drie jaar geduurd."
    assert british.gettext(other) == SENTENCES[other]  # that of en
    assert load_catalog("brug", locales, ["fr", "en_US"], babel=babel).gettext(DUTCH) == SENTENCES[DUTCH]
    assert british.gettext("Staat er niet.") == "Staat er niet."
    if babel:
        assert british.__class__.__module__ == "babel.support"


def test_python_finds_it_by_itself(locales: Path) -> None:
    assert gettext.translation("brug", locales, ["en_GB"]).gettext(DUTCH) == SENTENCES[DUTCH]


def test_what_cannot_be_loaded(locales: Path) -> None:
    with pytest.raises(
        CatalogError, match=r"There is no compiled catalog 'brug' for fr in .*'vertaal catalog compile brug'"
    ):
        load_catalog("brug", locales, "fr")
    Paths.of(locales, "brug").mo.write_bytes(b"\xde\x12\x04\x95 broken")
    for babel in (False, True):
        with pytest.raises(CatalogError, match=r"brug\.mo is not a compiled catalog"):
            load_catalog("brug", locales, babel=babel)


def test_render_puts_the_english_in_the_place_of_the_dutch(locales: Path) -> None:
    catalog = Catalog.load(Paths.of(locales, "brug").po)
    first, second, *_ = SENTENCES
    article = f"Brug\r\n\r\n{first} {second}\r\n\r\n- {first}\r\n"
    english = f"Brug\r\n\r\n{SENTENCES[first]} {SENTENCES[second]}\r\n\r\n- {SENTENCES[first]}\r\n"
    assert render(article, catalog) == english
    for babel in (False, True):
        assert render(article, load_catalog("brug", locales, babel=babel)) == english


def test_render_takes_the_translation_for_the_place() -> None:
    catalog = Catalog("a")
    catalog.update([Message("Bank", "The bank", "heading"), Message("Bank", "The couch", "item")])
    assert render("Bank\n\n- Bank\n", catalog) == "The bank\n\n- The couch\n"


def test_fuzzy_messages_stay_dutch_in_render() -> None:
    catalog = Catalog("a")
    catalog.update([Message("Ja.", "Yes.", fuzzy=True), Message("Nee.", "No.")])
    assert render("Ja. Nee.\n", catalog) == "Ja. No.\n"
