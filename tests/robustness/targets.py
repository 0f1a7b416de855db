"""What is fuzzed: functions that take any bytes and fail where the house does not keep its promises.

A target is quiet where the input becomes an object that can be written and read again, or is refused with one sentence of
our own. It fails on any other error, on a result that changes when it is read again, and after `LONGEST` seconds. hypothesis
(`test_fuzz.py`, `test_xml.py`), the corpus (`test_corpus.py`) and atheris (`fuzz.py`) call the same functions.
"""

from __future__ import annotations

import gettext
import tempfile
import time
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

from toolkit.catalogs import Catalog, Message, load_catalog, pofile
from toolkit.catalogs.exchange import FORMATS, Format, export_catalog, read_pairs
from toolkit.checks import check
from toolkit.documents import parse
from toolkit.engine import archive
from toolkit.engine.packages import read as read_package
from toolkit.errors import CatalogError, InputError, VertaalError
from toolkit.terminology import Glossary, Matcher, Term
from toolkit.terminology.exchange import parse_terms, serialize

LONGEST = 2.0  # seconds of processor time

Target = Callable[[bytes], None]


def run(name: str, data: bytes) -> None:
    """Give `data` to a target.

    Raises:
        AssertionError: it takes too long, or what the target itself finds.
        Exception: what the house should have caught.
    """
    begin = time.process_time()
    TARGETS[name](data)
    seconds = time.process_time() - begin
    assert seconds < LONGEST, f"{name} takes {seconds:.1f} s for {len(data)} bytes"


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="vertaal-fuzz-"))


def _text(data: bytes) -> str:
    """Text with lone surrogates where the bytes are no UTF-8."""
    return data.decode("utf-8", "surrogateescape")


def _is_plain(error: VertaalError) -> bool:
    """Whether an error is a sentence on one line."""
    text = str(error)
    return text.endswith((".", "?")) and "\n" not in text


# Documents -----------------------------------------------------------------------------------------------------------


def document(data: bytes) -> None:
    document_of(_text(data))


def document_of(text: str) -> None:
    try:
        parsed = parse(text)
    except InputError as error:
        assert not text.strip() or not _visible(text) or "one line of" in str(error)
        return
    rendered = parsed.render([s.text for s in parsed.segments])
    rendered.encode()
    assert parsed.segments and all(s.text.strip() == s.text and s.text for s in parsed.segments)
    assert not any(unicodedata.category(c) == "Cc" for c in rendered if c not in "\r\n\t")
    again = parse(rendered)
    twice = again.render([s.text for s in again.segments])
    assert _letters(twice) == _letters(rendered)


def _letters(text: str) -> str:
    """What stays when a text is rendered again. Where a list item is wrapped may change once its odd spaces are gone, and
    of quotation marks that do not pair up, the one that a sentence in the middle of a quotation was given."""
    return "".join(c for c in text if c.isalnum())


def _visible(text: str) -> bool:
    return any(not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf") for c in text)


# Glossaries ----------------------------------------------------------------------------------------------------------


def glossary(data: bytes) -> None:
    glossary_of(_text(data))


def glossary_of(text: str) -> None:
    try:
        parsed = Glossary.parse(text)
    except VertaalError as error:
        assert _is_plain(error), error
        return
    assert parsed.text() == text  # nothing that nobody changed is changed
    assert {t.key for t in Glossary.parse(parsed.text())} == {t.key for t in parsed}


def _terms_of(data: bytes, kind: str) -> None:
    """What is imported can be exported and read back."""
    try:
        terms = parse_terms(data, kind, "x").terms
    except VertaalError as error:
        assert _is_plain(error) and str(error).startswith("x"), error
        return
    for other in (kind, "csv"):
        writing = serialize(terms, other)
        again = parse_terms(writing.data, other, "again").terms
        assert len(again) + len(writing.left_out) == len(terms), other
        assert writing.left_out or list(map(_said, again)) == list(map(_said, terms)), other


def _said(term: Term) -> dict[str, list[str]]:
    """What a term says, be its lists and notes spaced as they may."""
    parts = {column: value.split() if column == "note" else value.split("|") for column, value in term.row().items()}
    return {
        column: said for column, value in parts.items() if (said := [part.strip() for part in value if part.strip()])
    }


def glossary_csv(data: bytes) -> None:
    _terms_of(data, "csv")


def glossary_po(data: bytes) -> None:
    _terms_of(data, "po")


def glossary_utx(data: bytes) -> None:
    _terms_of(data, "utx")


def tbx(data: bytes) -> None:
    _terms_of(data, "tbx")


def tmx(data: bytes) -> None:
    _terms_of(data, "tmx")
    _pairs_of(data, "tmx")


def terms(data: bytes) -> None:
    """A glossary, one `source<tab>target` a line, in the sentence on the last line."""
    *lines, sentence = _text(data).split("\n")
    made = []
    for line in lines:
        source, _, target = line.partition("\t")
        try:
            made.append(Term(source, target))
        except VertaalError as error:
            assert _is_plain(error), error
    for match in Matcher(made).find(sentence):
        assert match.term in made and sentence[match.start : match.end]


def checks(data: bytes) -> None:
    """Two texts, parted by a NUL."""
    dutch, _, english = _text(data).partition("\0")
    for issue in check(dutch, english):
        assert issue.message and issue.rule


# Catalogs ------------------------------------------------------------------------------------------------------------


def po(data: bytes) -> None:
    try:
        catalog = pofile.parse(data, "x.po")
    except VertaalError as error:
        assert "x.po" in str(error) and _is_plain(error), error
        return
    text = pofile.text(catalog)
    again = pofile.parse(text.encode(), "again.po")  # what we write we can read
    assert pofile.text(again) == text
    assert sorted(e.msgid for e in again) == sorted(e.msgid for e in catalog)  # obsolete ones go to the end
    Catalog("x", "en", catalog).stats()
    assert Catalog("x", "en", catalog).binary()


def mo(data: bytes) -> None:
    path = _folder() / "en" / "LC_MESSAGES" / "x.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    for babel in (False, True):
        gettext._translations.clear()  # type: ignore[attr-defined]
        try:
            load_catalog("x", _folder(), babel=babel).gettext("a")
        except VertaalError as error:
            assert _is_plain(error), error


def xliff(data: bytes) -> None:
    _pairs_of(data, "xliff")


def catalog_csv(data: bytes) -> None:
    _pairs_of(data, "csv")


def _pairs_of(data: bytes, form: Format) -> None:
    """What is imported can be exported and read back."""
    path = _folder() / f"x.{form}"
    path.write_bytes(data)
    try:
        pairs = read_pairs(path, form)
    except VertaalError as error:
        assert _is_plain(error) and str(error).startswith(str(path)), error
        return
    catalog = Catalog("x")
    catalog.update(
        Message(source, target) for source, target in {p.source: p.target for p in pairs if p.source}.items()
    )
    catalog.approve()
    sentences = {entry.msgid: entry.msgstr for entry in catalog if entry.msgstr}
    for other in FORMATS:
        try:
            path.write_bytes(export_catalog(catalog, other))
        except CatalogError as error:
            assert "control character" in str(error), error
            continue
        assert {p.source: p.target for p in read_pairs(path, other) if p.target} == sentences, other


# Packages ------------------------------------------------------------------------------------------------------------


def metadata(data: bytes) -> None:
    folder = _folder() / "package"
    (folder / "model").mkdir(parents=True, exist_ok=True)
    (folder / "model" / "model.bin").touch()
    (folder / "sentencepiece.model").touch()
    (folder / "metadata.json").write_bytes(data)
    try:
        assert read_package(folder).signature
    except VertaalError as error:
        assert "\n" not in str(error), error


def package(data: bytes) -> None:
    path = _folder() / "x.argosmodel"
    path.write_bytes(data)
    try:
        archive.check(path)
    except VertaalError as error:
        assert "x.argosmodel" in str(error)


TARGETS: dict[str, Target] = {
    target.__name__.replace("_", "-"): target
    for target in (
        *(document, glossary, glossary_csv, glossary_po, glossary_utx, tbx, tmx, terms, checks),
        *(po, mo, xliff, catalog_csv, metadata, package),
    )
}
"""The targets by name."""
