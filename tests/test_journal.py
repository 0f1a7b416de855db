"""Long documents: translated as they come, kept in a journal, taken up again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import Glossary, Memory, Term, Translator, open_document, translate_article
from toolkit.articles import Summary, journal_path, translate_text
from toolkit.catalogs import Catalog
from toolkit.documents import TextFile, parse
from toolkit.errors import InputError, OutputError
from toolkit.journal import Journal
from toolkit.pipeline import WINDOW

LONG = WINDOW + 120
TERMS = Glossary.of([Term("brug", "overpass")])


def long_text(segments: int = LONG, end: str = "\n") -> str:
    """Short sentences, two a paragraph, each another, every tenth with a term."""
    return end.join(
        f"Brug {n} is dicht.{end if n % 2 else ''}" if n % 10 == 0 else f"Dat is {n}." for n in range(segments)
    )


@pytest.fixture(scope="module")
def short() -> Translator:
    return Translator("translate-nl_en-vertaal", TERMS, beam_size=1)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "long.txt"
    path.write_text(long_text(), encoding="utf-8")
    return path


def stop_at(count: int):  # type: ignore[no-untyped-def]
    def progress(done: int, total: int) -> None:
        assert total == LONG
        if done == count:
            raise KeyboardInterrupt

    return progress


@given(st.text(alphabet=st.sampled_from("aB. \n\r\t\"'-1é\x0b\u2028\ufeff"), max_size=80))
def test_a_text_that_is_streamed_is_cut_like_one_that_is_held(text: str) -> None:
    data = text.encode()
    try:
        document = parse(data.decode("utf-8-sig"), "-")
    except InputError as error:
        with pytest.raises(InputError, match="no text"):
            list(TextFile("-", data).blocks())
        assert "no text" in str(error)
        return
    *body, end = TextFile("-", data).blocks()
    assert (tuple(body), end.gap, end.segments) == (document.blocks, document.end, ())


@pytest.mark.parametrize(
    ("data", "fault"),
    [(b"een\ntwee \xff\n", r"-:2 is not UTF-8"), (b"een\0", "binary"), (b" \n\n", "no text"), (b"", "no text")],
)
def test_what_is_no_text_is_refused(data: bytes, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        list(TextFile("-", data).blocks())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_streamed_and_held_give_the_same_english(short: Translator, tmp_path: Path, end: str) -> None:
    text = long_text(60, end) + f"{end}{end}# Kop{end}{end}- een ding{end}- nog een ding{end}"
    path, output = tmp_path / "a.txt", tmp_path / "a.en.txt"
    path.write_bytes(text.encode())
    parts: list[str] = []
    summary = translate_text(TextFile(path), short, parts.append, output=output)
    whole = short.translate(open_document(path))
    assert "".join(parts) == whole.text == output.read_bytes().decode()
    assert whole.text.count(end) == text.count(end)
    counted = Summary()
    for translation in whole.translations:
        counted.add(translation)
    assert (summary.segments, summary.terms, summary.unheld) == (counted.segments, counted.terms, counted.unheld)
    assert summary.terms == 6
    assert not list(tmp_path.glob("*.part"))


def test_a_run_that_was_stopped_goes_on(short: Translator, source: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.txt"
    journal = journal_path(str(source), output, None)
    assert journal == tmp_path / "out.txt.part"
    with pytest.raises(KeyboardInterrupt):
        translate_text(TextFile(source), short, output=output, progress=stop_at(300))
    assert Journal.left_at(journal) == 300
    assert not output.exists()
    # What is taken over is what the journal says; its last line may be half written.
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    record = json.loads(lines[11])
    assert record[0] == "Brug 10 is dicht." and record[4] == ["hint"]
    record[1] = "Taken over: overpass."
    lines[11] = json.dumps(record) + "\n"
    lines[-1] = lines[-1][:10]
    journal.write_text("".join(lines), encoding="utf-8")
    summary = translate_text(TextFile(source), short, output=output, resume=True)
    english = output.read_text(encoding="utf-8").split("\n")
    assert english[10] == "Taken over: overpass."
    assert all(str(n) in "".join(english) for n in (298, 299, 300, LONG - 1))
    assert (summary.segments, summary.unheld) == (LONG, [])
    assert not journal.exists()


def test_a_stopped_article_goes_on_to_its_catalogs(short: Translator, source: Path, tmp_path: Path) -> None:
    locales = tmp_path / "locales"
    with pytest.raises(KeyboardInterrupt):
        translate_article(open_document(source), short, locales=locales, progress=stop_at(LONG - 1))
    journal = journal_path(str(source), None, locales)
    assert journal == locales / "en" / "LC_MESSAGES" / "long.part"
    assert Journal.left_at(journal) == LONG - 1
    memory = Memory()
    memory.add("Dat is 7.", "A person wrote seven.")
    article = translate_article(open_document(source), short, locales=locales, memory=memory, resume=True)
    assert article.catalog is not None and len(article.catalog) == LONG
    assert article.catalog.get("Dat is 7.").msgstr == "A person wrote seven."  # type: ignore[union-attr]
    assert "overpass" in article.catalog.get("Brug 10 is dicht.").msgstr.lower()  # type: ignore[union-attr]
    assert sorted(p.name for p in journal.parent.iterdir()) == ["long.mo", "long.po"]
    assert len(Catalog.load(journal.with_suffix(".po"))) == LONG


@pytest.mark.parametrize("change", ["glossary", "document", "broken"])
def test_what_does_not_fit_is_translated_anew(short: Translator, source: Path, tmp_path: Path, change: str) -> None:
    output = tmp_path / "out.txt"
    with pytest.raises(KeyboardInterrupt):
        translate_text(TextFile(source), short, output=output, progress=stop_at(200))
    journal = tmp_path / "out.txt.part"
    journal.write_bytes(journal.read_bytes().replace(b'Dat is 5.","', b'Dat is 5.","OLD '))
    translator = short
    if change == "glossary":
        translator = Translator(short.package, Glossary.of([Term("brug", "viaduct")]), beam_size=1)
    elif change == "document":
        source.write_text("Er staat nu iets voor.\n\n" + long_text(), encoding="utf-8")
    else:
        journal.write_bytes(b"\xff" + journal.read_bytes())
    translate_text(TextFile(source), translator, output=output, resume=True)
    english = output.read_text(encoding="utf-8")
    assert "OLD" not in english
    assert ("viaduct" in english.lower()) == (change == "glossary")
    assert not journal.exists()


def test_two_runs_do_not_write_one_journal(tmp_path: Path) -> None:
    first, second = (Journal(tmp_path / "a.part", {"model": "m"}) for _ in range(2))
    first.add("een", "one")
    with pytest.raises(OutputError, match="Another run"):
        second.add("een", "one")
    first.close(complete=False)
    second.add("twee", "two")
    second.close(complete=False)
    assert Journal.left_at(tmp_path / "a.part") == 1
    third = Journal(tmp_path / "a.part", {"model": "m"}, resume=True)
    assert third.next("twee") == ["two"] and third.next("drie") is None
    third.add("drie", "three")
    third.close(complete=False)
    assert (tmp_path / "a.part").read_text() == '{"vertaal":1,"model":"m"}\n["twee","two"]\n["drie","three"]\n'


def test_a_short_document_keeps_no_journal(short: Translator, tmp_path: Path) -> None:
    path = tmp_path / "short.txt"
    path.write_text(long_text(20), encoding="utf-8")

    def look(done: int, total: int) -> None:
        assert not list(tmp_path.glob("*.part"))

    translate_text(TextFile(path), short, output=tmp_path / "out.txt", progress=look)


def test_ctrl_c_at_the_command_line(source: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "toolkit", "translate", str(source), "--no-catalog", "-o", str(tmp_path / "o.txt")]
    process = subprocess.Popen([*command, "--beam-size", "2"], stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    journal = tmp_path / "o.txt.part"
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until and Journal.left_at(journal) < 1:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    if process.returncode == 0:  # it was faster than the signal
        pytest.skip("the run ended before it could be stopped")
    assert process.returncode == 130
    assert "--resume" in said and "Traceback" not in said
    left = Journal.left_at(journal)
    assert 0 < left <= LONG
    again = subprocess.run([*command, "--beam-size", "2"], stderr=subprocess.PIPE, text=True, cwd=tmp_path, check=True)
    assert f"{left} segments of a run that was stopped" in again.stderr
    nowhere = subprocess.run(
        [*command[:4], str(source), "--no-catalog", "--resume"], stderr=subprocess.PIPE, text=True, cwd=tmp_path
    )
    assert nowhere.returncode == 2 and "give --output" in nowhere.stderr
