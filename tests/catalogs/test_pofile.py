"""PO files: read without losing anything, written as msgcat writes them."""

from __future__ import annotations

import gettext
import io

import polib
import pytest
from building import Gnu
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.catalogs import Catalog, mofile, pofile
from toolkit.errors import CatalogError

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: en\\n"\n'

# What news is made of, and what a line may be broken at or not.
LETTERS = list("abcdefghijklmnopqrstuvwxyzABCDEeeennnaaattt éëïöüçÉß")
PIECES = ["\n", "\t", "  ", "...", "1.250,5", "日本", "🙂", "http://a.nl/b?c=d&e"]
MARKS = [*"0123456789.,;:!?()[]{}\"'“”‘’„«»…–—-/\\%€$&*+=<>@#^_|~°§½²×", *PIECES]
words = st.lists(st.sampled_from(LETTERS), min_size=1, max_size=12).map("".join)
sentences = st.lists(st.one_of(words, words, words, st.sampled_from(MARKS)), min_size=1, max_size=40)
texts = st.tuples(sentences, st.sampled_from([" ", " ", ""])).map(lambda t: t[1].join(t[0])).filter(str.strip)
lines = texts.map(lambda t: " ".join(t.split()))
places = st.tuples(
    st.sampled_from(["nieuws.txt", "artikelen/2024/rivier.nl.txt", "é.txt"]), st.sampled_from(["", "1", "27", "1543"])
)
# Of a message with several file names with spaces msgcat 0.21 reads the first alone.
spaced = st.just([("artikelen/2024/over de rivier en weer terug.nl.txt", "12")])
references = st.lists(places, max_size=12, unique=True) | spaced
flags = st.lists(st.sampled_from(["fuzzy", "python-format", "no-c-format", "no-wrap"]), unique=True, max_size=3)


@st.composite
def entries(draw: st.DrawFn) -> polib.POEntry:
    obsolete = draw(st.booleans())
    entry = polib.POEntry(
        msgid=draw(texts),
        msgstr=draw(texts) if obsolete else draw(st.one_of(st.just(""), texts)),
        msgctxt=draw(st.none() | words),
        tcomment="\n".join(draw(st.lists(lines, max_size=3))),
        obsolete=obsolete,
        # Of an obsolete message msgcat keeps no other flag, and no places.
        flags=draw(st.sampled_from([[], ["fuzzy"]])) if obsolete else draw(flags),
        occurrences=[] if obsolete else draw(references),
        comment="" if obsolete else "\n".join(draw(st.lists(lines, max_size=3))),
    )
    if not entry.msgstr:
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    if "fuzzy" in entry.flags:
        entry.previous_msgid = draw(st.none() | texts)
        entry.previous_msgctxt = None if entry.previous_msgid is None else draw(st.none() | words)
    if not obsolete and draw(st.integers(0, 4)) == 0:
        entry.msgid_plural = draw(texts)
        entry.msgstr, entry.msgstr_plural = "", {0: draw(texts), 1: draw(texts)}
    return entry


@st.composite
def catalogs(draw: st.DrawFn) -> polib.POFile:
    catalog = polib.POFile()
    catalog.header = "\n".join(draw(st.lists(lines, max_size=2)))
    catalog.metadata = {
        "Project-Id-Version": "nieuws",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    known = set()
    for entry in draw(st.lists(entries(), max_size=12)):
        if (entry.msgctxt, entry.msgid) not in known:
            known.add((entry.msgctxt, entry.msgid))
            catalog.append(entry)
    catalog.sort(key=lambda e: bool(e.obsolete))
    return catalog


def facts(catalog: polib.POFile) -> list[object]:
    names = [
        "msgctxt",
        "msgid",
        "msgid_plural",
        "msgstr",
        "msgstr_plural",
        "tcomment",
        "comment",
        "occurrences",
        "flags",
        "previous_msgctxt",
    ]
    names += ["previous_msgid", "previous_msgid_plural"]
    return [(bool(e.obsolete), sorted(e.flags), *(getattr(e, n) for n in names if n != "flags")) for e in catalog]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(catalogs())
def test_written_as_msgcat_writes(gnu: Gnu, catalog: polib.POFile) -> None:
    written = pofile.text(catalog)
    done = gnu("msgcat", "--force-po", "-", text=written)
    assert done.returncode == 0, done.stderr + written
    assert written == done.stdout, written


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(catalogs())
def test_read_is_what_was_written(catalog: polib.POFile) -> None:
    written = pofile.text(catalog)
    again = pofile.parse(written.encode(), "a.po")
    assert facts(again) == facts(catalog)
    assert pofile.text(again) == written


def read(body: str) -> polib.POFile:
    return pofile.parse((HEAD + "\n" + body).encode(), "nieuws.po")


def test_the_previous_msgid_of_an_obsolete_message_is_kept() -> None:
    body = (
        '# een opmerking\n#, fuzzy\n#~| msgctxt "kop"\n#~| msgid ""\n#~| "de oude "\n#~| "zin"\n'
        '#~ msgctxt "kop"\n#~ msgid ""\n#~ "de nieuwe "\n#~ "zin"\n#~ msgstr "the sentence"\n'
    )
    [entry] = read(body)
    assert (entry.previous_msgctxt, entry.previous_msgid) == ("kop", "de oude zin")
    assert (entry.msgid, entry.tcomment, entry.flags, entry.obsolete) == (
        "de nieuwe zin",
        "een opmerking",
        ["fuzzy"],
        True,
    )
    assert '#~| msgid "de oude zin"' in pofile.text(read(body))
    [polibs] = polib.pofile(HEAD + "\n" + body)  # what we do not rely on: it forgets them
    assert polibs.previous_msgid is None


def test_comments_that_look_like_something_else_stay_comments() -> None:
    body = '# ~| msgid "x"\n# msgid "y"\n# , fuzzy\n# : plaats:1\n#nauw\n##\n#\n# na leeg\nmsgid "a"\nmsgstr "b"\n'
    [entry] = read(body)
    assert entry.tcomment.split("\n") == [
        '~| msgid "x"',
        'msgid "y"',
        ", fuzzy",
        ": plaats:1",
        "nauw",
        "#",
        "",
        "na leeg",
    ]
    assert not entry.fuzzy and not entry.occurrences and entry.previous_msgid is None
    with pytest.raises(OSError):
        polib.pofile(HEAD + "\n" + body)


def test_an_empty_previous_msgid_beside_a_previous_msgctxt() -> None:
    [entry] = read('#, fuzzy\n#| msgctxt "kop"\n#| msgid ""\nmsgctxt "rubriek"\nmsgid "a"\nmsgstr "b"\n')
    assert (entry.previous_msgctxt, entry.previous_msgid) == ("kop", "")
    entry.previous_msgid = None  # by a program; a previous msgctxt alone is no right syntax
    assert '#| msgctxt "kop"\n#| msgid ""\n' in pofile.entry_text(entry)


def test_line_separators_inside_a_string_do_not_end_the_line(gnu: Gnu) -> None:
    body = 'msgid "een\u2028twee\x85drie"\nmsgstr "one\u2028two"\n'
    [entry] = read(body)
    assert entry.msgstr == "one\u2028two"
    assert gnu("msgfmt", "-c", "-o", "/dev/null", "-", text=pofile.text(read(body))).returncode == 0
    with pytest.raises(OSError):
        polib.pofile(HEAD + "\n" + body)


def test_file_names_with_spaces() -> None:
    [entry] = read('#: \u2068mijn artikel.txt\u2069:3 ander.txt:4 los\nmsgid "a"\nmsgstr "b"\n')
    assert entry.occurrences == [("mijn artikel.txt", "3"), ("ander.txt", "4"), ("los", "")]
    assert "#: \u2068mijn artikel.txt\u2069:3 ander.txt:4 los\n" in pofile.entry_text(entry)


def test_fuzzy_entries_leave_obsolete_ones_out() -> None:
    body = '#, fuzzy\nmsgid "a"\nmsgstr "b"\n\n#, fuzzy\n#~ msgid "c"\n#~ msgstr "d"\n'
    stats = Catalog("nieuws", "en", read(body)).stats()
    assert (stats.fuzzy, stats.obsolete, stats.total) == (1, 1, 1)
    polibs = polib.pofile(HEAD + "\n" + body)
    assert stats.fuzzy == len([e for e in polibs.fuzzy_entries() if not e.obsolete])


def test_a_comment_that_ends_in_a_backslash_does_not_swallow_a_line(gnu: Gnu) -> None:
    entry = polib.POEntry(msgid="a", msgstr="b", comment="term: \\ → \\")
    catalog = read("")
    catalog.append(entry)
    assert gnu("msgfmt", "-c", "-o", "/dev/null", "-", text=pofile.text(catalog)).returncode == 0


def test_the_line_of_a_message_is_that_of_its_msgid() -> None:
    [first, second] = read('# a\n#, fuzzy\nmsgctxt "x"\nmsgid "a"\nmsgstr "b"\n\nmsgid ""\n"c"\nmsgstr "d"\n')
    assert (first.linenum, second.linenum) == (9, 12)


def test_other_charsets_are_read() -> None:
    data = HEAD.replace("UTF-8", "ISO-8859-1") + '\nmsgid "café"\nmsgstr "café"\n'
    [entry] = pofile.parse(data.encode("latin-1"), "nieuws.po")
    assert entry.msgid == "café"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_byte_order_mark_and_windows_line_ends_are_read(newline: str) -> None:
    data = "\ufeff" + (HEAD + '\nmsgid "a"\nmsgstr ""\n"b"\n').replace("\n", newline)
    [entry] = pofile.parse(data.encode(), "nieuws.po")
    assert entry.msgstr == "b"


BAD = {
    'msgid "a"\nmsgstr "b\n': ":2 is not right PO syntax (a quotation mark",
    'msgid "a"\nmsgstr "b"c"\n': ":2 is not right PO syntax (a quotation mark",
    'msgid "a"\n\nmsgid "b"\nmsgstr "c"\n': ":3 is not right PO syntax (the message of line 1 has no msgstr)",
    'msgid "a"\nmsgstr "b"\n\nmsgid "c"\n': ":5 is not right PO syntax (the last message has no msgstr)",
    'msgstr "b"\n': ":1 is not right PO syntax (a msgstr without a msgid",
    '"b"\n': ":1 is not right PO syntax (a string without a keyword",
    'domain "x"\nmsgid "a"\nmsgstr "b"\n': ":1 is not right PO syntax ('domain",
    'msgid "a\\q"\nmsgstr "b"\n': ":1 is not right PO syntax (the escape \\q",
    'msgid "a\\x"\nmsgstr "b"\n': ":1 is not right PO syntax (the escape \\x",
    'msgid "a"\nmsgstr[0] "b"\n': ":2 is not right PO syntax (a msgstr that the message cannot have",
    'msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n': ":3 is not right PO syntax (a msgstr that the message cannot have",
    '#~ msgid "a"\nmsgstr "b"\n': ":2 is not right PO syntax (a message that is in part obsolete",
    'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n': ":4 has the message 'a' a second time (first in line 1)",
    'msgid ""\nmsgstr "A: b\\n"\n\nmsgid ""\nmsgstr "A: b\\n"\n': ":4 has the header a second time",
    '<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n=======\n': ":1 has a conflict marker",
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=KOI-99\\n"\n': ":2 says that the charset is 'KOI-99'",
    "De brug gaat open.\n": ":1 is not right PO syntax ('De brug",
    "# niets dan een opmerking\n": " has no gettext messages in it",
    'msgid "a\0"\nmsgstr "b"\n': " is a binary file",
}


@pytest.mark.parametrize("header", ["Content-Type: {}", "Language: en\\nContent-Type: {}"])
def test_other_charsets_are_read_and_become_utf_8(header: str) -> None:
    header = header.format("text/plain; charset=ISO-8859-1")
    data = f'msgid ""\nmsgstr "{header}\\n"\n\nmsgid "a"\nmsgstr "coördinatie"\n'.encode("latin-1")
    catalog = pofile.parse(data, "a.po")
    assert catalog.metadata["Content-Type"] == "text/plain; charset=UTF-8"
    assert 'msgstr "coördinatie"' in pofile.text(catalog)
    assert gettext.GNUTranslations(io.BytesIO(mofile.binary(catalog))).gettext("a") == "coördinatie"


@pytest.mark.parametrize("text", BAD)
def test_bad_files_name_file_and_line(text: str) -> None:
    with pytest.raises(CatalogError) as error:
        pofile.parse(text.encode(), "nieuws.po")
    assert str(error.value).startswith("nieuws.po" + BAD[text])


def test_a_wrong_charset_names_the_line() -> None:
    data = (HEAD + '\nmsgid "café"\nmsgstr "b"\n').encode("latin-1")
    with pytest.raises(CatalogError, match=r"^nieuws\.po:6 is not UTF-8 text as its header says"):
        pofile.parse(data, "nieuws.po")


def test_a_compiled_catalog_is_told_from_a_po_file() -> None:
    with pytest.raises(CatalogError, match=r"is a compiled catalog \(\.mo\)"):
        pofile.parse(Catalog("x").binary(), "x.mo")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(alphabet='msgidtrcx_plua[]01"\\n\n #~|,.:', max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        catalog = pofile.parse(data, "nieuws.po")
    except CatalogError as error:
        assert str(error).startswith("nieuws.po")
    else:
        assert facts(pofile.parse(pofile.text(catalog).encode(), "nieuws.po")) == facts(catalog)
