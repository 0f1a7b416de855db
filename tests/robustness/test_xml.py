"""TBX, TMX and XLIFF from others: an error of ours or what can be exported and read back, in two seconds.

The targets are those of `targets.py`; here is what an XML reader has to be afraid of.
"""

from __future__ import annotations

import codecs
import time
from pathlib import Path

import pytest
import targets
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from toolkit.catalogs.exchange import read_pairs
from toolkit.errors import InputError
from toolkit.terminology.exchange import read_terms

thorough = settings(deadline=4_000, max_examples=120, suppress_health_check=list(HealthCheck))

CORPUS = Path(__file__).parent / "corpus"
KINDS = ["tbx", "tmx", "xliff"]
FILES = {kind: [p.read_bytes() for p in sorted((CORPUS / kind).iterdir())] for kind in KINDS}
WHOLE = {
    "tbx": '<martif type="TBX"><text><body>{}</body></text></martif>',
    "tmx": '<tmx version="1.4"><header srclang="nl"/><body>{}</body></tmx>',
    "xliff": '<xliff version="2.0" srcLang="nl" trgLang="en" xmlns="urn:oasis:names:tc:xliff:document:2.0">'
    '<file id="f">{}</file></xliff>',
}
UNIT = {
    "tbx": '<termEntry><langSet xml:lang="nl"><tig><term>{0}</term></tig></langSet>'
    '<langSet xml:lang="en"><tig><term>{1}</term></tig></langSet></termEntry>',
    "tmx": '<tu><tuv xml:lang="nl"><seg>{0}</seg></tuv><tuv xml:lang="en"><seg>{1}</seg></tuv></tu>',
    "xliff": '<unit id="u"><segment><source>{0}</source><target>{1}</target></segment></unit>',
}


def read(kind: str, data: bytes, folder: Path) -> int:
    """How many pairs or terms there are in a file, read by all that read that kind."""
    counts = []
    path = folder / f"x.{kind}"
    path.write_bytes(data)
    if kind in ("tbx", "tmx"):
        counts.append(len(read_terms(path).terms))
    if kind in ("tmx", "xliff"):
        counts.append(len(read_pairs(path, kind)))
    return min(counts)


def of(kind: str, source: str = "brug", target: str = "bridge") -> str:
    return WHOLE[kind].format(UNIT[kind].format(source, target))


@pytest.mark.parametrize("kind", KINDS)
@thorough
@given(data=st.data())
def test_real_files_with_changed_bytes_and_pieces(kind: str, data: st.DataObject) -> None:
    """Bytes changed, pieces taken out, doubled, or put in from elsewhere."""
    file = bytearray(data.draw(st.sampled_from(FILES[kind])))
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(file)))
        end = min(len(file), start + data.draw(st.integers(0, 60)))
        piece = data.draw(st.binary(max_size=3) | PIECES | st.just(bytes(file[start:end]) * 2))
        file[start:end] = piece
    targets.run(kind, bytes(file))


PIECES = st.sampled_from(
    [
        piece.encode()
        for piece in (
            *("<", ">", "&", '"', "/>", "&lt;", "&#0;", "&#xD;", "&#xFFFF;", "&nl;", "]]>", "<![CDATA[", "<!--", "-->", "<?x ?>"),
            *('<a xmlns="urn:x">', "</a>", "<hi>", "</hi>", "<note>also: x|y</note>", '<prop type="x-keep">yes</prop>'),
            *('<!DOCTYPE a [<!ENTITY b "c">]>', '<?xml version="1.1"?>', "\ufeff", "\u2028", "\x85", "\xad", "|", "e\u0301"),
        )
    ]
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@thorough
@given(pieces=st.lists(PIECES | st.binary(max_size=4), max_size=12))
@example(pieces=[])
def test_any_text_where_the_words_are(kind: str, pieces: list[bytes]) -> None:
    targets.run(kind, of(kind, "{}", "{}").encode().replace(b"{}", b"".join(pieces)))


@pytest.mark.parametrize("kind", KINDS)
@thorough
@given(data=st.binary(max_size=200))
def test_any_bytes(kind: str, data: bytes) -> None:
    targets.run(kind, data)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=20)


@pytest.mark.parametrize("kind", KINDS)
@thorough
@given(words=WORDS)
def test_any_words_come_in_and_go_out(kind: str, words: str) -> None:
    from xml.sax.saxutils import escape

    targets.run(kind, of(kind, escape(words), escape(words[::-1])).encode())


# What attacks XML readers --------------------------------------------------------------------------------------------

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
) + "]>"  # fmt: skip
DECLARED = {
    "the billion laughs": f"{LAUGHS}{{}}",
    "quadratic blowup": f'<!DOCTYPE x [<!ENTITY j "{"a" * 50_000}">]>{{}}',
    "a file": '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>{}',
    "an address": '<!DOCTYPE x [<!ENTITY j SYSTEM "https://localhost:1/x">]>{}',
    "a parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>{}',
    "after a comment": "<?xml version='1.0'?><!-- ]> --><!DOCTYPE x [<!ENTITY j 'a'>]>{}",
    "quotes": """<!DOCTYPE x PUBLIC "a'[" '"]>' [<!ENTITY j 'a'>]>{}""",
    "not closed": "<!DOCTYPE x [<!ENTITY j 'a'>",
    "default attributes": "<!DOCTYPE x [<!ATTLIST tu a CDATA 'x'>]>{}",
    "after the first element": "{}<!DOCTYPE x [<!ENTITY j 'a'>]>",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-8-sig"])
@pytest.mark.parametrize("what", DECLARED)
def test_entities_are_refused(what: str, encoding: str, kind: str, tmp_path: Path) -> None:
    text = DECLARED[what].replace("{}", of(kind, "&j;" * 50, "&j;"))
    begin = time.process_time()
    with pytest.raises(InputError) as error:
        read(kind, text.encode(encoding), tmp_path)
    assert time.process_time() - begin < 1
    assert len(str(error.value)) < 1_000 and "root:" not in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["file:///etc/hostname", "https://localhost:1/x.dtd"])
def test_a_document_type_elsewhere_is_not_fetched(name: str, kind: str, tmp_path: Path) -> None:
    assert read(kind, f'<!DOCTYPE x SYSTEM "{name}">{of(kind)}'.encode(), tmp_path) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_xinclude_is_not_followed(kind: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("geheim")
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="secret.txt"/>'
    path = tmp_path / f"x.{kind}"
    path.write_text(of(kind, f"brug{include}"))
    assert "geheim" not in str(read_terms(path).terms if kind == "tbx" else read_pairs(path, kind))


DEEP = [200, 300, 5_000, 100_000]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("depth", DEEP)
@pytest.mark.parametrize("element", ["hi", "x", "note", "tig", "ph"])
def test_deep_nesting(element: str, depth: int, kind: str) -> None:
    inside = f"<{element}>" * depth + "brug" + f"</{element}>" * depth
    for text in (of(kind, inside), WHOLE[kind].format(inside), inside, f"<{element}>" * depth):
        targets.run(kind, text.encode())


@pytest.mark.parametrize("kind", KINDS)
def test_huge_attributes_and_many(kind: str) -> None:
    for attributes in (
        f'a="{"x" * 11_000_000}"',  # more than libxml2 takes
        f'a="{"x" * 1_000_000}"',
        " ".join(f'a{n}="{n}"' for n in range(20_000)),
        " ".join(f'xmlns:a{n}="urn:{n}"' for n in range(5_000)),
        'a="1" a="2"',
    ):
        for text in (of(kind, f"<hi {attributes}/>brug"), of(kind).replace("><", f" {attributes}><", 1)):
            targets.run(kind, text.encode())


@pytest.mark.parametrize("kind", KINDS)
def test_very_long_words_and_many_of_them(kind: str, tmp_path: Path) -> None:
    targets.run(kind, of(kind, "a" * 100_000, "b" * 100_000).encode())
    many = WHOLE[kind].format("".join(UNIT[kind].format(f"brug {n}", f"bridge {n}") for n in range(1_000)))
    begin = time.process_time()
    assert read(kind, many.encode(), tmp_path) == 1_000
    assert time.process_time() - begin < 2


# Encodings -----------------------------------------------------------------------------------------------------------

TEXT = "coördinatie"
ENCODINGS = {
    "utf-8": True,
    "utf-8-sig": True,
    "utf-16": True,
    "utf-16-le": True,
    "utf-16-be": True,
    "iso-8859-1": True,
    "windows-1252": True,
    "utf-32": False,
    "utf-7": False,
    "cp037": False,
    "shift_jis": False,
    "rot13": False,
    "zlib": False,
    "idna": False,
    "unicode_escape": False,
    "no-such-encoding": False,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("declared", ENCODINGS)
def test_encodings(declared: str, kind: str, tmp_path: Path) -> None:
    """Those in which `<!DOCTYPE` can hide are refused."""
    name = declared.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?>{of(kind, TEXT)}'
    try:
        data = text.encode(declared)
    except (LookupError, UnicodeError):  # not an encoding of text
        data = text.encode()
    if ENCODINGS[declared]:
        assert read(kind, data, tmp_path) == 1
    else:
        with pytest.raises(InputError, match=r"\S+ is "):
            read(kind, data, tmp_path)


@pytest.mark.parametrize("kind", KINDS)
@thorough
@given(
    mark=st.sampled_from([b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE]),
    declared=st.sampled_from(["", *ENCODINGS]),
    actual=st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp037", "iso-8859-1"]),
)
def test_encodings_that_lie(kind: str, mark: bytes, declared: str, actual: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    targets.run(kind, mark + (declaration + of(kind, TEXT)).encode(actual))


def test_a_failure_names_the_file_once(tmp_path: Path) -> None:
    for kind in KINDS:
        with pytest.raises(InputError) as error:
            read(kind, b"<a>", tmp_path)
        assert str(error.value).count(f"x.{kind}") == 1
