"""An article's catalog through its life: translated, edited by a person, the article edited, translated again."""

from __future__ import annotations

import json
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po
from building import Gnu
from typer.testing import CliRunner

from toolkit import Catalog, Translator, load_catalog, open_document, render, translate_article
from toolkit.catalogs.catalog import Paths, owner
from toolkit.cli import app

SENTENCES = [
    "De burgemeester opent morgen de nieuwe brug over de rivier.",
    "De bouw heeft drie jaar geduurd.",
    "Bewoners klaagden over het lawaai.",
    "De kosten vielen hoger uit dan verwacht.",
    "De wethouder wil geen fouten meer maken.",
    "De gemeenteraad praat er donderdag over.",
    "Fietsers mogen als eersten over de brug.",
    "Het verkeer rijdt tot maandag om.",
    "De politie regelt het verkeer op het plein.",
    "Het museum blijft open.",
    "De haven ligt aan de andere kant van het dorp.",
    "In de winter vriest de rivier soms dicht.",
]


@pytest.fixture
def news(tmp_path: Path, translator: Translator) -> tuple[Path, Path]:
    article = tmp_path / "brug.txt"
    article.write_text("Brug\n\n" + " ".join(SENTENCES) + "\n")
    translate_article(open_document(article), translator, locales=tmp_path / "locales")
    return article, tmp_path / "locales"


def content(locales: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(locales.rglob("*")) if p.is_file()}


def test_a_persons_work_survives(news: tuple[Path, Path], translator: Translator, gnu: Gnu) -> None:
    article, locales = news
    paths = Paths.of(locales, "brug")
    po = polib.pofile(str(paths.po))
    edits = {entry.msgid: f"Edited {k}." for k, entry in enumerate(po[1:11])}
    for entry in po:
        if entry.msgid in edits:
            entry.msgstr = edits[entry.msgid]
            entry.flags = [f for f in entry.flags if f != "fuzzy"]
    po.save()
    changed = "De burgemeester opent overmorgen de nieuwe brug over de rivier."
    sentences = [changed, *SENTENCES[2:4][::-1], *SENTENCES[4:], "Na afloop is er soep voor iedereen."]
    article.write_text("Brug\n\n" + " ".join(sentences) + "\n")
    translate_article(open_document(article), translator, locales=locales)
    catalog = Catalog.load(paths.po)
    by_source = {e.msgid: e for e in catalog.po}
    assert all(by_source[msgid].msgstr == english for msgid, english in edits.items())
    assert by_source[SENTENCES[1]].obsolete and not by_source[SENTENCES[2]].obsolete
    assert by_source[changed].fuzzy and by_source[changed].previous_msgid == SENTENCES[0]
    assert by_source[changed].msgstr == edits[SENTENCES[0]]
    assert owner(by_source[sentences[-1]]) == "machine"
    assert [e.msgid for e in catalog] == ["Brug", *sentences]
    assert gnu("msgfmt", "--check", "-o", "/dev/null", paths.po).stderr == ""
    merged = polib.pofile(gnu("msgmerge", "-q", "--previous", paths.po, paths.pot).stdout)
    assert {(e.msgid, e.msgstr, e.obsolete) for e in merged} == {
        (e.msgid, e.msgstr, e.obsolete) for e in polib.pofile(str(paths.po))
    }
    before = content(locales)
    translate_article(open_document(article), translator, locales=locales)
    assert content(locales) == before
    article.write_text("Brug\n\n" + " ".join(SENTENCES) + "\n")
    result = translate_article(open_document(article), translator, locales=locales).result
    assert [t.text for t in result.translations if t.segment.text == SENTENCES[1]] == [edits[SENTENCES[1]]]


def test_gnu_gettext_babel_and_python_load_it(news: tuple[Path, Path], gnu: Gnu) -> None:
    _article, locales = news
    paths = Paths.of(locales, "brug")
    english = Catalog.load(paths.po).get("Het museum blijft open.")
    assert english is not None
    assert load_catalog("brug", locales).gettext("Het museum blijft open.") == english.msgstr
    assert load_catalog("brug", locales, "en_GB", babel=True).gettext("Het museum blijft open.") == english.msgstr
    with paths.po.open("rb") as file:
        assert read_po(file).get("Het museum blijft open.").string == english.msgstr
    checked = gnu("msgfmt", "--check", "-o", paths.mo.with_suffix(".x"), paths.po)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert gnu("msgcat", paths.po).stdout == paths.po.read_text()
    merged = polib.pofile(gnu("msgmerge", "-q", paths.po, paths.pot).stdout)
    assert {e.msgid: e.msgstr for e in merged} == {e.msgid: e.msgstr for e in polib.pofile(str(paths.po))}


def test_render_rebuilds_the_article(news: tuple[Path, Path], translator: Translator) -> None:
    article, locales = news
    catalog = Catalog.load(Paths.of(locales, "brug").po)
    catalog.approve()
    document = open_document(article)
    assert render(document, catalog) == translator.translate(document).text


def test_memory_reaches_other_articles(news: tuple[Path, Path], tmp_path: Path, translator: Translator) -> None:
    _, locales = news
    path = Paths.of(locales, "brug").po
    po = polib.pofile(str(path))
    entry = po.find("Het museum blijft open.")
    entry.msgstr = "The museum keeps its doors open."
    po.save()
    other = tmp_path / "museum.txt"
    other.write_text("Het museum blijft open. Het café sluit.\n")
    result = translate_article(open_document(other), translator, locales=locales).result
    assert [t.origin for t in result.translations] == ["approved", "machine"]
    assert result.text.startswith("The museum keeps its doors open.")


def test_commands(news: tuple[Path, Path]) -> None:
    _, locales = news
    run = CliRunner()

    def vertaal(*arguments: str, code: int = 0) -> str:
        done = run.invoke(app, ["catalog", *arguments, "--locales", str(locales)])
        assert done.exit_code == code, done.output
        return done.stdout

    stats = json.loads(vertaal("stats", "--json"))["brug"]
    assert stats["translated"] + stats["fuzzy"] == 13 and stats["approved"] == 0
    vertaal("approve", "brug", SENTENCES[0])
    assert json.loads(vertaal("stats", "--json"))["brug"]["approved"] == 1
    vertaal("unapprove", "brug", SENTENCES[0])
    assert SENTENCES[0] in vertaal("lookup", SENTENCES[0].replace("morgen", "gisteren"))
    assert SENTENCES[0] in vertaal("show", SENTENCES[0]).replace('"\n"', "")
    vertaal("show", "Staat er niet.", code=1)
    mo = Paths.of(locales, "brug").mo
    compiled = mo.read_bytes()
    mo.unlink()
    vertaal("compile", "brug", "--no-fuzzy")
    assert mo.read_bytes() == compiled
    vertaal("clean", "brug")


def test_check_finds_what_is_wrong(news: tuple[Path, Path]) -> None:
    _, locales = news
    path = Paths.of(locales, "brug").po
    po = polib.pofile(str(path))
    po.find("De bouw heeft drie jaar geduurd.").msgstr = "Construction took 7 years"
    po.save()
    done = CliRunner().invoke(
        app, ["catalog", "check", "brug", "--locales", str(locales), "--json", "--select", "numbers"]
    )
    assert done.exit_code == 1
    [finding] = json.loads(done.stdout)
    assert finding["rule"] == "numbers" and path.read_text().splitlines()[finding["line"] - 1].startswith("msgid")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', ":4 "),
        ('msgid "a"\nmsgstr b\n', ":2"),
        ('<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n', ":1 has a conflict marker"),
        ('msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "a"\nmsgstr "b"\n', "'de'"),
        ('msgid ""\nmsgstr "Content-Type: text/plain; charset=KOI-99\\n"\n', "KOI-99"),
    ],
)
def test_bad_catalogs_are_refused_and_kept(text: str, message: str, tmp_path: Path, translator: Translator) -> None:
    article = tmp_path / "x.txt"
    article.write_text("Het regent.\n")
    path = Paths.of(tmp_path / "locales", "x").po
    path.parent.mkdir(parents=True)
    path.write_text(text)
    from toolkit import VertaalError

    with pytest.raises(VertaalError) as error:
        translate_article(open_document(article), translator, locales=tmp_path / "locales")
    assert message in str(error.value) and path.read_text() == text
