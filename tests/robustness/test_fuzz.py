"""Any input: an error of ours or a valid result, in bounded time. What failed once stands below as a case of its own."""

from __future__ import annotations

import gettext
import io
import json
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import targets
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from toolkit import Glossary, Translator
from toolkit.articles import messages, open_document
from toolkit.catalogs import Catalog, load_catalog, mofile, pofile, record
from toolkit.checks import check
from toolkit.documents import parse
from toolkit.engine import Hypothesis
from toolkit.errors import InputError, VertaalError
from toolkit.terminology import Term

thorough = settings(deadline=2_000, max_examples=150, suppress_health_check=list(HealthCheck))

SURROGATES = st.characters(categories=["Cs"])
ODD = st.sampled_from(
    ["\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\u2060", "\ufeff", "e\u0301\u0302\u0303", "\u1160", "\0", "\x1b[31m",
     "\r", "\r\n", "\n", "\u2028", "\x85", "\t", "\x1c", "⟦", "⇒", "⟧", "XYZ", "„", "“", "”", '"', "- ", "1. ", "İ", "ß", "ﬁ",
     "Dr. ", "B.V. ", ". ", "ver-\n", "https://", "@", "#", "kanonnenvoer ", "De dienstplichtigen wachten. ", "12.500,50 "]
)  # fmt: skip
TEXT = st.one_of(
    st.text(st.characters() | SURROGATES, max_size=200),
    st.lists(ODD | st.text(max_size=5) | SURROGATES, max_size=40).map("".join),
)


class Echo:
    """A decoder that gives every sentence back as it is."""

    def decode(self, sentences: list[str], *, hypotheses: int = 1, **settings: Any) -> list[list[Hypothesis]]:
        return [[Hypothesis(s, -0.1) for _ in range(hypotheses)] for s in sentences]


@pytest.fixture(scope="module")
def echo(glossary: Glossary) -> Translator:
    translator = Translator("translate-nl_en-vertaal", glossary)
    translator._loaded = Echo()
    return translator


@thorough
@given(TEXT)
@example("\x1c")
@example("\ud800")
@example("a\u0345" * 50)
def test_any_text_is_a_document_or_refused(text: str) -> None:
    targets.document_of(text)


@thorough
@given(text=TEXT)
def test_any_text_through_the_house(text: str, echo: Translator, tmp_path_factory: pytest.TempPathFactory) -> None:
    """All but the model: terms, ladder, checks, catalogs; what is written can be read."""
    try:
        result = echo.translate(text)
    except VertaalError:
        return
    result.text.encode()
    json.dumps(result.to_dict(), ensure_ascii=False).encode()
    folder = tmp_path_factory.mktemp("locales")
    record(messages(result), folder, "x")
    catalog = Catalog.load(folder / "en" / "LC_MESSAGES" / "x.po")
    assert not record(messages(result), folder, "x")[1]
    gettext._translations.clear()
    loaded = load_catalog("x", folder)
    assert all(loaded.gettext(e.msgid) == e.msgstr for e in catalog if e.msgstr and not e.fuzzy)


@thorough
@given(TEXT, TEXT)
def test_any_two_texts_are_checked(dutch: str, english: str) -> None:
    for issue in check(dutch, english):
        assert issue.message


CELLS = st.lists(
    st.sampled_from([",", ";", "\t", '"', '""', "\n", "\r\n", "\r", "#", "|", "source,target\n", "pos", "case", "yes", "=1+1"])
    | st.text(st.characters() | SURROGATES, max_size=6), max_size=40
).map("".join)  # fmt: skip


@thorough
@given(CELLS, st.booleans())
def test_any_glossary_text(text: str, headed: bool) -> None:
    targets.glossary_of("source,target,note\n" + text if headed else text)


@thorough
@given(st.lists(st.tuples(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12)), max_size=8), TEXT)
def test_any_term_in_any_sentence(terms: list[tuple[str, str]], text: str) -> None:
    try:
        glossary = Glossary.of([Term(*term) for term in terms])
    except VertaalError:
        return
    translator = Translator("translate-nl_en-vertaal", glossary)
    translator._loaded = Echo()
    with suppress(VertaalError):
        translator.translate("".join(source for source, _ in terms) + " " + text + "".join(s for s, _ in terms))


PO = st.lists(
    st.sampled_from(
        ["msgid", "msgstr", "msgctxt", "msgid_plural", ' "', '"\n', '"a"', "\n", "#~ ", "#| ", "#, fuzzy\n", "#: a:1\n", "[0]", "[1]",
         "[99999999999999999999]", "\\n", "\\777", "\\xff", "\\", '"', "#", "#.", "# ", 'msgid "a"\nmsgstr "b"\n', "\x1b[31m",
         'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n', "charset=utf-16\\n", "charset=rot13\\n", "\x0c",
         '"Content-Type: text/plain; charset=zlib\\n"\n', '"Content-Type: x; charset=idna\\n"\n', "<<<<<<< x\n", "\u2068", "\r"]
    )
    | st.text(st.characters() | SURROGATES, max_size=5), max_size=30,
).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))  # fmt: skip


@thorough
@given(PO | st.binary(max_size=100))
def test_any_po(data: bytes) -> None:
    targets.run("po", data)


def test_po_with_a_broken_escape() -> None:
    with pytest.raises(VertaalError):
        pofile.parse(b'msgid "\\x"\nmsgstr "b"\n', "x.po")


MO = mofile.binary(
    pofile.parse(
        b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n\n'
        b'msgid "a"\nmsgstr "b"\n\nmsgctxt "c"\nmsgid "d"\nmsgid_plural "ds"\nmsgstr[0] "e"\nmsgstr[1] "f"\n',
        "x.po",
    )
)


def _damaged(data: bytes) -> st.SearchStrategy[bytes]:
    changes = st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), min_size=1, max_size=4)

    def change(at: list[tuple[int, int]], keep: int) -> bytes:
        damaged = bytearray(data)
        for place, value in at:
            damaged[place] = value
        return bytes(damaged[:keep])

    return st.builds(change, changes, st.just(len(data)) | st.integers(0, len(data)))


@thorough
@given(_damaged(MO) | st.binary(max_size=60))
def test_any_mo(data: bytes) -> None:
    targets.run("mo", data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
METADATA = st.one_of(
    JSON,
    st.fixed_dictionaries(
        {},
        optional={
            key: JSON | st.sampled_from(["nl", "en", "translate", {"hints": {"open": "a", "arrow": "b", "close": "c"}}])
            for key in (
                "from_code",
                "to_code",
                "type",
                "package_version",
                "vertaal",
                "languages",
                "target_prefix",
                "name",
            )
        },
    ),
)


@thorough
@given(METADATA)
def test_any_metadata_of_a_package(metadata: object) -> None:
    targets.run("metadata", json.dumps(metadata).encode())


def _archive() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("p/metadata.json", json.dumps({"from_code": "nl", "to_code": "en"}))
        file.writestr("p/model/model.bin", bytes(range(256)) * 4)
        file.writestr("p/sentencepiece.model", b"x" * 300)
    return data.getvalue()


@thorough
@given(_damaged(_archive()))
def test_any_damage_to_a_package_file(data: bytes) -> None:
    targets.run("package", data)


@pytest.mark.parametrize("unit", ["woord ", "a", "\u0301", "„", "A. ", ".)", "⟦", '"Ja." ', "http://", "\t", "é"])
def test_a_line_of_ten_megabytes_is_refused_at_once(unit: str, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("Kop\n\nb" + unit * (10_000_000 // len(unit)) + "\n")
    begin = time.process_time()
    with pytest.raises(InputError, match=r"in\.txt:3 is one line of"):
        open_document(tmp_path / "in.txt")
    assert time.process_time() - begin < 1


UNITS = ["a", "a.", "A. ", ".)", "„", '" ', "“a. B” ", '"A. B. ', "a-\n", "\ta", "1. ", "- ", "Ja. ", "Ja\n", "#a ", "a@", "’s ", "<", "x" * 59 + "\n"]  # fmt: skip


@pytest.mark.robust
@pytest.mark.parametrize("unit", UNITS)
def test_the_longest_allowed_text_of_one_thing(unit: str) -> None:
    begin = time.process_time()
    document = parse(unit * (499_000 // len(unit)))
    assert document.segments
    assert time.process_time() - begin < 10


def test_a_long_run_of_letters_in_the_pipeline() -> None:
    from toolkit.pipeline import _translatable

    begin = time.process_time()
    _translatable("a" * 40_000)
    assert time.process_time() - begin < 0.5


@pytest.mark.robust
@pytest.mark.parametrize(
    "unit", [*UNITS, "⟦ a ", "3 mei ", "€ 5 ", "12:30 ", "a@b.nl ", "www.a.nl ", "kanonnenvoer ", "’"]
)
def test_a_long_sentence_of_one_thing_through_the_house(unit: str, echo: Translator) -> None:
    begin = time.process_time()
    echo.translate("De " + unit * (20_000 // len(unit)))
    assert time.process_time() - begin < 10
