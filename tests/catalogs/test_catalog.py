"""Updating a catalog: what a person wrote stays, what the machine wrote follows."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from building import SENTENCES, Gnu, by_source, messages, rewrite
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.catalogs import Catalog, Message, Paths, edit, memory_of, pofile, record
from toolkit.catalogs import catalog as catalog_module
from toolkit.catalogs.catalog import check_domain, check_language, domain_of
from toolkit.catalogs.ownership import owner, state
from toolkit.errors import CatalogError, OutputError, VertaalError

OPEN, BUILT, DONE, NOISE = SENTENCES


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_message_says_where_it_stands_and_how_it_was_made(tmp_path: Path) -> None:
    comments = ("term: brug → bridge", "model: nl_en 1.0, score -0.20")
    again = Message(OPEN, SENTENCES[OPEN], "item", "brug.txt", 8)
    made = Message(OPEN, SENTENCES[OPEN], "paragraph", "brug.txt", 3, fuzzy=True, comments=comments)
    catalog, _ = record([made, again], tmp_path, "brug")
    [entry] = catalog
    assert entry.comment.split("\n") == ["paragraph", *comments]
    assert entry.occurrences == [("brug.txt", "3"), ("brug.txt", "8")]
    assert entry.fuzzy and entry.msgctxt is None and owner(entry) == "machine"
    template = pofile.read(Paths.of(tmp_path, "brug").pot)
    assert [(e.msgid, e.msgstr, e.comment.split("\n")) for e in template] == [(OPEN, "", ["paragraph", comments[0]])]


def test_the_header_is_complete_and_msgfmt_is_silent(locales: Path, po: Path, gnu: Gnu) -> None:
    head = Catalog.load(po).po.metadata
    assert head["Project-Id-Version"] == "brug" and head["Language"] == "en"
    assert head["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
    assert head["X-Generator"].startswith("vertaal ") and head["POT-Creation-Date"] == head["PO-Revision-Date"]
    done = gnu("msgfmt", "--check", "--statistics", "-o", "/dev/null", po)
    assert done.stderr == "4 translated messages.\n"
    assert gnu("msgcat", po).stdout == po.read_text()
    assert gnu("msgcat", Paths.of(locales, "brug").pot).stdout == Paths.of(locales, "brug").pot.read_text()


def test_msgmerge_with_our_template_loses_nothing(locales: Path, po: Path, gnu: Gnu) -> None:
    rewrite(po, SENTENCES[OPEN], "The bridge will open tomorrow.")
    record(messages([BUILT, DONE, NOISE.replace("heimachines", "kranen")]), locales, "brug")
    merged = gnu("msgmerge", "--previous", po, Paths.of(locales, "brug").pot)
    assert merged.returncode == 0 and merged.stdout == po.read_text()


def test_what_a_person_put_in_the_header_stays(locales: Path, po: Path) -> None:
    rewrite(po, '"Last-Translator: \\n"', '"Last-Translator: Noor <noor@example.org>\\n"\n"X-Team: haven\\n"')
    record(messages([OPEN]), locales, "brug")
    head = Catalog.load(po).po.metadata
    assert head["Last-Translator"] == "Noor <noor@example.org>" and head["X-Team"] == "haven"


def test_nothing_is_written_when_nothing_changed(locales: Path, po: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + timedelta(days=1)

    monkeypatch.setattr(catalog_module, "datetime", Tomorrow)
    before, times = contents(locales), [p.stat().st_mtime_ns for p in locales.rglob("*.?o*")]
    _, changed = record(messages(SENTENCES), locales, "brug")
    assert not changed and contents(locales) == before
    assert [p.stat().st_mtime_ns for p in locales.rglob("*.?o*")] == times
    # Another translation of the same sentences: the date of the template stays.
    record(messages({**SENTENCES, OPEN: "Tomorrow the bridge opens."}), locales, "brug")
    head = Catalog.load(po).po.metadata
    assert head["POT-Creation-Date"] < head["PO-Revision-Date"]
    assert contents(locales)[str(Paths.of(locales, "brug").pot)] == before[str(Paths.of(locales, "brug").pot)]


def test_a_file_in_another_style_is_not_rewritten_for_its_style(locales: Path, po: Path) -> None:
    rewrite(po, f'msgid "{OPEN}"', f'msgid ""\n"{OPEN[:10]}"\n"{OPEN[10:]}"')
    before = po.read_bytes()
    _, changed = record(messages(SENTENCES), locales, "brug")
    assert not changed and po.read_bytes() == before


def test_an_edit_is_a_persons_and_is_reused(locales: Path, po: Path) -> None:
    rewrite(po, SENTENCES[BUILT], "It took three years to build.")
    record(messages(SENTENCES), locales, "brug")
    assert by_source(po)[BUILT].msgstr == "It took three years to build."
    assert dict(memory_of(locales)) == {BUILT: "It took three years to build."}
    assert memory_of(locales, "en_GB") == memory_of(locales) and not memory_of(locales, "nl")


def test_a_fuzzy_flag_taken_off_is_an_approval_and_one_put_on_stays(tmp_path: Path) -> None:
    unsure = messages([OPEN], fuzzy=True)
    record(unsure, tmp_path, "brug")
    po = Paths.of(tmp_path, "brug").po
    rewrite(po, "#, fuzzy\n", "")
    assert owner(by_source(po)[OPEN]) == "person"
    sure = [Message(BUILT, "It took years.")]
    record(sure, tmp_path, "bouw")
    other = Paths.of(tmp_path, "bouw").po
    rewrite(other, '\nmsgid "De', '\n#, fuzzy\nmsgid "De')
    record(sure, tmp_path, "bouw")
    assert by_source(other)[BUILT].fuzzy
    record([Message(BUILT, "It took three years.")], tmp_path, "bouw")
    entry = by_source(other)[BUILT]
    assert entry.fuzzy and entry.msgstr == "It took three years." and owner(entry) == "machine"


def test_a_persons_comment_stays_beside_the_mark(locales: Path, po: Path) -> None:
    rewrite(po, "# vertaal: machine", "# Noor: zie ook de site\n# vertaal: machine")
    record(messages({**SENTENCES, OPEN: "Tomorrow the bridge opens."}), locales, "brug")
    entry = by_source(po)[OPEN]
    assert entry.msgstr == "Tomorrow the bridge opens." and entry.tcomment.startswith(
        "Noor: zie ook de site\nvertaal: "
    )


def test_a_sentence_that_is_gone_comes_back_with_what_a_person_wrote(locales: Path, po: Path, gnu: Gnu) -> None:
    rewrite(po, SENTENCES[BUILT], "It took three years to build.")
    record(messages([OPEN, NOISE]), locales, "brug")
    gone = by_source(po)[BUILT]
    assert gone.obsolete and gone.msgstr == "It took three years to build." and not gone.occurrences
    assert memory_of(locales)[BUILT] == gone.msgstr
    merged = gnu("msgmerge", po, Paths.of(locales, "brug").pot)
    assert '#~ msgstr "It took three years to build."' in merged.stdout
    record(messages(list(SENTENCES)), locales, "brug")
    back = by_source(po)[BUILT]
    assert not back.obsolete and back.msgstr == "It took three years to build." and not back.fuzzy


def test_a_changed_sentence_carries_the_persons_translation(locales: Path, po: Path) -> None:
    rewrite(po, SENTENCES[NOISE], "Neighbours complained of the noise.")
    later = NOISE.replace("heimachines", "hijskranen")
    record(messages([OPEN, later]), locales, "brug")
    entry = by_source(po)[later]
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("Neighbours complained of the noise.", True, NOISE)
    assert owner(entry) == "carried" and by_source(po)[NOISE].obsolete
    before = po.read_bytes()
    record(messages([OPEN, later]), locales, "brug")
    assert po.read_bytes() == before
    # Changed again before anyone looked: the previous sentence is still the one that the person translated.
    latest = later.replace("lawaai", "geluid")
    record(messages([OPEN, latest]), locales, "brug")
    entry = by_source(po)[latest]
    assert (entry.msgstr, entry.previous_msgid) == ("Neighbours complained of the noise.", NOISE)
    # Approved elsewhere meanwhile: that counts.
    record([Message(latest, "Residents complained.", approved=True)], locales, "brug")
    entry = by_source(po)[latest]
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("Residents complained.", False, None)


def test_a_changed_sentence_of_the_machine_is_translated_anew_and_fuzzy(locales: Path, po: Path) -> None:
    later = NOISE.replace("heimachines", "hijskranen")
    record(messages([later]), locales, "brug")
    entry = by_source(po)[later]
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == (f"English of: {later}", True, NOISE)
    assert owner(entry) == "machine"


def test_one_sentence_with_two_translations_gets_two_messages(tmp_path: Path) -> None:
    heading = Message("Bank", "The bank", "heading", "a.txt", 1)
    sentence, again = (Message("Bank", "The couch", "paragraph", "a.txt", line) for line in (3, 9))
    catalog, _ = record([heading, sentence, again], tmp_path, "a")
    assert [(e.msgctxt, e.msgstr, len(e.occurrences)) for e in catalog] == [
        (None, "The bank", 1),
        ("paragraph", "The couch", 2),
    ]
    before = contents(tmp_path)
    record([heading, sentence, again], tmp_path, "a")
    assert contents(tmp_path) == before
    same, _ = record([heading, Message("Bank", "The bank", "paragraph", "a.txt", 3)], tmp_path, "b")
    assert [e.msgctxt for e in same] == [None]


def test_a_context_that_a_person_made_stays(locales: Path, po: Path) -> None:
    rewrite(po, f'msgid "{OPEN}"', f'msgctxt "paragraph"\nmsgid "{OPEN}"')
    rewrite(po, SENTENCES[OPEN], "Tomorrow we open.")
    record(messages(SENTENCES), locales, "brug")
    entry = by_source(po)[OPEN]
    assert (entry.msgctxt, entry.msgstr) == ("paragraph", "Tomorrow we open.")
    assert OPEN not in memory_of(locales)  # it fits one place alone


def test_two_obsolete_messages_of_one_sentence_keep_what_persons_wrote(locales: Path, po: Path) -> None:
    extra = f'\n#~ msgid "{OPEN}"\n#~ msgstr "A person wrote this."\n'
    po.write_text(po.read_text() + extra)
    record(messages([OPEN, BUILT]), locales, "brug")
    assert "A person wrote this." in po.read_text()


def test_flags_and_comments_of_obsolete_messages_stay(locales: Path, po: Path) -> None:
    extra = '\n# Noor: oud\n#, fuzzy, no-wrap\n#~| msgid "Vroeger."\n#~ msgid "Voorheen."\n#~ msgstr "Before."\n'
    po.write_text(po.read_text() + extra)
    record(messages([OPEN, BUILT]), locales, "brug")
    assert po.read_text().endswith(extra)


def test_a_sentence_that_returns_is_obsolete_for_babel_and_not_for_us(locales: Path, po: Path) -> None:
    from babel.messages.pofile import read_po

    rewrite(po, r"The alderman said: \"It is finished.\"", "The alderman called it done.")
    record(messages([OPEN, BUILT]), locales, "brug")
    without = po.read_bytes()
    record(messages(SENTENCES), locales, "brug")
    back = by_source(po)[DONE]
    assert back.msgstr == "The alderman called it done." and not back.obsolete
    babel = read_po(io.BytesIO(without), "en")  # what we do not rely on
    with Paths.of(locales, "brug").pot.open("rb") as template:
        babel.update(read_po(template))
    assert DONE in babel.obsolete and not babel[DONE].string


def test_approve_and_unapprove(po: Path) -> None:
    catalog = Catalog.load(po)
    assert catalog.approve([DONE]) == 1 and catalog.approve([DONE]) == 0
    assert state(catalog.find(DONE)[0]) == "approved" and catalog.stats().approved == 1
    assert catalog.approve() == 3 and catalog.stats().approved == 4
    assert catalog.unapprove([DONE]) == 1 and state(catalog.find(DONE)[0]) == "machine"
    with pytest.raises(
        CatalogError,
        match=r"has no translated message 'De brug gaat morgen.': did you mean 'De brug gaat morgen open.'\?",
    ):
        catalog.approve(["De brug gaat morgen."])


def test_approve_all_but_fuzzy_ones() -> None:
    catalog = Catalog("brug")
    catalog.update([*messages([OPEN], fuzzy=True), *messages([BUILT])])
    assert catalog.approve(fuzzy=False) == 1 and catalog.find(OPEN)[0].fuzzy
    assert catalog.approve() == 1 and not catalog.find(OPEN)[0].fuzzy


def test_stats_count_words() -> None:
    catalog = Catalog("brug")
    catalog.update([*messages([OPEN]), *messages([BUILT], fuzzy=True), Message("12.", "")])
    stats = catalog.stats()
    assert (stats.translated, stats.fuzzy, stats.untranslated, stats.total) == (1, 1, 1, 3)
    assert (stats.words, stats.words_translated) == (12, 5)


def test_clean_drops_obsolete_messages(locales: Path, po: Path) -> None:
    record(messages([OPEN]), locales, "brug")
    with edit(locales, "brug") as catalog:
        assert catalog.clean() == 3
    assert "#~" not in po.read_text()
    before = contents(locales)
    with edit(locales, "brug") as catalog:
        assert catalog.clean() == 0
    assert contents(locales) == before


def test_an_editor_that_saves_meanwhile_is_not_overwritten(locales: Path, po: Path) -> None:
    theirs = po.read_text().replace(SENTENCES[OPEN], "Saved meanwhile.")
    with pytest.raises(OutputError, match="was changed by someone else meanwhile"), edit(locales, "brug") as catalog:
        catalog.approve()
        po.write_text(theirs)
    assert po.read_text() == theirs

    def slowly() -> list[Message]:
        po.write_text(theirs.replace("Saved", "Saved again"))
        return messages([OPEN])

    with pytest.raises(OutputError, match="was changed by someone else meanwhile"):
        record((message for make in [slowly] for message in make()), locales, "brug")
    assert "Saved again meanwhile." in po.read_text()


def test_a_broken_catalog_of_another_article_does_not_stop_this_one(locales: Path) -> None:
    Paths.of(locales, "stuk").po.write_text("<<<<<<< HEAD\n")
    assert not memory_of(locales, "en", "brug")
    with pytest.raises(CatalogError, match=r"stuk\.po:1 has a conflict marker"):
        memory_of(locales, "en", "stuk")


def test_a_locale_takes_over_what_people_wrote_for_its_language(locales: Path, po: Path) -> None:
    rewrite(po, SENTENCES[OPEN], "The color of the bridge.")
    record([Message(OPEN, "The colour of the bridge.", approved=True)], locales, "haven", "en_GB")
    assert memory_of(locales, "en")[OPEN] == "The color of the bridge."
    assert memory_of(locales, "en_GB")[OPEN] == "The colour of the bridge."
    assert Paths.of(locales, "haven", "en-GB") == Paths.of(locales, "haven", "en_GB")


def test_two_locales_share_a_template_without_churn(locales: Path) -> None:
    record(messages(SENTENCES), locales, "brug", "en_GB")
    before = contents(locales)
    for language in ("en", "en_GB", "en"):
        record(messages(SENTENCES), locales, "brug", language)
    assert contents(locales) == before


BAD = {
    'msgid "a"\nmsgstr b\n': "brug.po:2 ",
    'msgid ""\nmsgstr "Project-Id-Version: x\\n"\n"Language: de\\n"\n': "brug.po:3 has the language 'de', not 'en'",
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=KOI-99\\n"\n': "brug.po:2 says that the charset",
}


@pytest.mark.parametrize("text", BAD)
def test_a_bad_catalog_is_refused_and_left_alone(text: str, locales: Path, po: Path) -> None:
    po.write_text(text)
    before = contents(locales)
    with pytest.raises(CatalogError) as error:
        record(messages(SENTENCES), locales, "brug")
    assert BAD[text] in str(error.value) and contents(locales) == before
    with pytest.raises(CatalogError), edit(locales, "brug"):
        pass
    assert contents(locales) == before


def test_a_compiled_catalog_without_its_po_is_not_overwritten(locales: Path, po: Path, gnu: Gnu) -> None:
    po.unlink()
    before = contents(locales)
    with pytest.raises(CatalogError, match=r"There is .*brug\.mo but no brug\.po") as error:
        record(messages(SENTENCES), locales, "brug")
    assert contents(locales) == before
    command = str(error.value).split("'")[1].split()
    gnu(*command)  # what the message says does help
    assert {e.msgid: e.msgstr for e in Catalog.load(po).po} == SENTENCES


def test_a_file_where_a_folder_should_be(locales: Path) -> None:
    (locales / "fr").write_text("a file")
    with pytest.raises(OutputError):
        record(messages(SENTENCES), locales, "brug", "fr")


def test_a_read_only_folder(locales: Path, po: Path) -> None:
    po.chmod(0o444)
    po.parent.chmod(0o555)
    try:
        before = contents(locales)
        try:
            record(messages([OPEN]), locales, "brug")
        except VertaalError:
            assert contents(locales) == before
        else:
            pytest.skip("this user may write everywhere")
    finally:
        po.parent.chmod(0o755)


def test_names() -> None:
    assert domain_of("artikelen/Nieuws van 3 mei.nl.txt") == "Nieuws-van-3-mei" and domain_of("-") == "stdin"
    for bad in ("", "..", "a/b", ".verborgen", "a b"):
        with pytest.raises(CatalogError):
            check_domain(bad)
    for bad in ("", "xx_YY", "../en", "English"):
        with pytest.raises(CatalogError, match="is not a language code"):
            check_language(bad)
    assert check_language("en_GB") == "en_GB"


sentence = st.sampled_from(
    [*SENTENCES, OPEN.replace("morgen", "vandaag"), NOISE.replace("heimachines", "kranen"), "Ja.", "Nee."]
)
documents = st.lists(st.tuples(sentence, st.booleans()), max_size=6)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(documents, st.dictionaries(sentence, st.sampled_from(["X.", "Y."]), max_size=2)), max_size=5))
def test_no_history_loses_a_persons_work(history: list[tuple[list[tuple[str, bool]], dict[str, str]]]) -> None:
    """Articles edited, catalogs edited, in any order; each time the file is written and read again."""
    catalog, written = Catalog("brug"), dict[str, str]()
    for document, edits in history:
        made = [Message(s, f"E {s}", fuzzy=fuzzy, line=i, file="a") for i, (s, fuzzy) in enumerate(document)]
        catalog.update(made)
        text = catalog.text()
        assert not catalog.update(made) and catalog.text() == text
        catalog = Catalog("brug", "en", pofile.parse(text.encode(), "brug.po"))
        assert catalog.text() == text
        by = {e.msgid: e for e in catalog}
        assert list(dict.fromkeys(s for s, _ in document)) == [e.msgid for e in catalog]
        for dutch, english in written.items():
            there = [e for e in catalog.po if e.msgid == dutch]
            assert [e.msgstr for e in there] == [english] and owner(there[0]) == "person"
        for dutch, english in edits.items():
            if dutch in by:
                by[dutch].msgstr = written[dutch] = english
                by[dutch].flags = []
