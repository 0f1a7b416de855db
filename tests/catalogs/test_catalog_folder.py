"""Checking, searching and comparing the catalogs of a folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import DATA, SENTENCES, messages, rewrite

from toolkit.catalogs import Catalog, Memory, Message, Paths, edit, record
from toolkit.catalogs.checking import check_catalog
from toolkit.catalogs.folder import (
    compile_catalog,
    difference,
    domains_for,
    domains_of,
    find_message,
    look_up,
    open_catalog,
    open_catalogs,
)
from toolkit.catalogs.memory import Similar
from toolkit.errors import CatalogError, InputError
from toolkit.terminology import Matcher, Term

OPEN, BUILT, DONE, NOISE = SENTENCES


def test_findings_have_place_rule_and_sentence(locales: Path, po: Path) -> None:
    rewrite(po, "Construction took three years.", "Construction took 5 years")
    rewrite(po, "The bridge opens tomorrow.", "The colour of the the bridge.")
    rewrite(po, "Residents complained", "Color! Residents complained")
    record([*messages(SENTENCES), Message("Nieuw.", "")], locales, "brug")
    matcher = Matcher([Term("brug", "span", forbidden=("bridge",)), Term("bouw", "construction")])
    catalog = open_catalog(locales, "brug")
    found = check_catalog(catalog, matcher)
    lines = po.read_text().split("\n")
    assert all(f.file == str(po) and lines[f.line - 1].startswith("msgid") for f in found)
    assert [f.line for f in found] == sorted(f.line for f in found)
    rules = {(f.msgid, f.rule, f.severity) for f in found}
    assert {(OPEN, "term", "error"), (OPEN, "forbidden", "error"), (OPEN, "repetition", "warning")} <= rules
    assert {
        (BUILT, "numbers", "warning"),
        (BUILT, "final-punctuation", "warning"),
        ("Nieuw.", "empty", "error"),
    } <= rules
    assert any(rule == "spelling-mixed" for _, rule, _ in rules)
    assert not {f.rule for f in check_catalog(catalog)} & {"term", "forbidden"}


def test_rules_are_selected_and_ignored(locales: Path, po: Path) -> None:
    rewrite(po, "Construction took three years.", "Construction took 5 years")
    catalog, matcher = open_catalog(locales, "brug"), Matcher([Term("brug", "span")])
    assert [f.rule for f in check_catalog(catalog, matcher, ["numbers"])] == ["numbers"]
    assert [f.rule for f in check_catalog(catalog, matcher, ["term"])] == ["term"]
    both = {f.rule for f in check_catalog(catalog, matcher)}
    assert {f.rule for f in check_catalog(catalog, matcher, ignore=["term", "numbers"])} == both - {"term", "numbers"}
    for wrong in ({"select": ["nummers"]}, {"ignore": ["nummers"]}):
        with pytest.raises(InputError, match='There is no rule "nummers"; did you mean numbers'):
            check_catalog(catalog, matcher, **wrong)  # type: ignore[arg-type]


def test_plural_messages_are_checked_form_by_form() -> None:
    found = check_catalog(Catalog.load(DATA / "poedit.po"), select=["empty"])
    assert [f.msgid for f in found] == ["Nog niet vertaald."]


def test_look_up_finds_a_sentence_and_those_like_it(locales: Path) -> None:
    record([Message(OPEN, "Tomorrow the bridge will open."), Message("!!!", "!!!")], locales, "haven")
    with edit(locales, "haven") as catalog:
        catalog.approve([OPEN])
    hits = look_up(locales, OPEN)
    assert [(h.likeness, h.domain, h.state) for h in hits] == [(1.0, "haven", "approved"), (1.0, "brug", "machine")]
    hits = look_up(locales, "De brug gaat vandaag open.")
    assert {h.msgid for h in hits} == {OPEN} and 0.6 <= hits[0].likeness < 1
    assert [h.domain for h in look_up(locales, "!!!")] == ["haven"]
    assert not look_up(locales, "Iets heel anders dan dat alles.")
    assert len(look_up(locales, OPEN, limit=1)) == 1


def test_find_message_is_exact(locales: Path) -> None:
    assert [(domain, entry.msgstr) for domain, entry in find_message(locales, OPEN)] == [("brug", SENTENCES[OPEN])]
    assert not find_message(locales, "De brug gaat")


def test_difference() -> None:
    old, new = Catalog("a"), Catalog("a")
    old.update(messages({"een": "one", "twee": "two", "drie": "three"}))
    new.update(messages({"een": "one", "twee": "2", "drie": "three", "vier": "four"}))
    new.approve(["drie"])
    facts = [(d.msgid, d.old, d.old_state, d.new, d.new_state) for d in difference(old, new)]
    assert facts == [
        ("twee", "two", "machine", "2", "machine"),
        ("drie", "three", "machine", "three", "approved"),
        ("vier", None, None, "four", "machine"),
    ]
    assert [(d.msgid, d.new) for d in difference(new, old)][-1] == ("vier", None)
    assert not difference(old, old)


def test_compile_writes_only_what_changed(locales: Path, po: Path) -> None:
    paths = Paths.of(locales, "brug")
    assert compile_catalog(locales, "brug") == (paths.mo, False)
    rewrite(po, SENTENCES[OPEN], "Tomorrow!")
    assert compile_catalog(locales, "brug") == (paths.mo, True)
    assert b"Tomorrow!" in paths.mo.read_bytes()


def test_what_is_not_there(tmp_path: Path, locales: Path) -> None:
    nowhere = tmp_path / "nergens"
    for ask in (domains_of, open_catalogs, lambda folder: look_up(folder, "Ja.")):
        with pytest.raises(CatalogError, match="There are no catalogs in"):
            ask(nowhere)  # type: ignore[operator]
    for ask in (compile_catalog, open_catalog):
        with pytest.raises(CatalogError, match=r"There is no catalog .*haven\.po"):
            ask(nowhere, "haven")
    assert not nowhere.exists()
    Paths.of(locales, "los").mo.write_bytes(b"")
    with pytest.raises(CatalogError, match=r"There is .*los\.mo but no los\.po"):
        open_catalog(locales, "los")


def test_articles_of_one_name_are_told_apart() -> None:
    assert domains_for(["a/nieuws.txt", "a/sport.nl.txt"]) == ["nieuws", "sport"]
    with pytest.raises(CatalogError, match=r"a/nieuws\.txt and b/nieuws\.nl\.txt would have the same catalog 'nieuws'"):
        domains_for(["a/nieuws.txt", "b/nieuws.nl.txt"])


def test_memory_keeps_the_first_of_two() -> None:
    memory = Memory([("Ja.", "Yes."), ("Ja.", "Yeah."), ("", "x"), ("Nee.", "")])
    assert dict(memory) == {"Ja.": "Yes."} and memory.similar("Ja") == [(pytest.approx(0.8), "Ja.", "Yes.")]


def test_similar_finds_what_comparing_with_all_would_find() -> None:
    from difflib import SequenceMatcher

    sentences = [
        f"De {a} van {b} {c} vandaag."
        for a in ("brug", "sluis")
        for b in ("Assen", "Zwolle")
        for c in ("sluit", "opent", "lekt")
    ]
    similar = Similar(sentences)
    for asked in (
        "De brug van Assen lekt morgen.",
        "De sluis van Meppel opent vandaag.",
        "Vandaag sluit de brug van Zwolle.",
    ):
        best = max(SequenceMatcher(None, s, asked, autojunk=False).ratio() for s in sentences)
        found = similar.find(asked, threshold=0.3)
        assert found and found[0][0] == pytest.approx(best, abs=0.05)
