"""Long documents: translated as they come, kept in a journal, taken up again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import Glossary, Matcher, Memory, Term, Translator, open_document, translate_article
from toolkit.articles import Summary, journal_path, translate_text
from toolkit.catalogs import Catalog
from toolkit.documents import TextFile, parse
from toolkit.engine.decoder import Hypothesis
from toolkit.errors import CatalogError, InputError, OutputError
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
    [
        (b"een\ntwee \xff\n", r"-:2 is not UTF-8"),
        (b"een\0", "binary"),
        (b"\x89PNG\n\0", "binary"),
        (b" \n\n", "no text"),
        (b"", "no text"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        list(TextFile("-", data).blocks())


def test_the_line_end_is_found_after_a_long_first_line() -> None:
    data = b"Een lange regel. " * 5_000 + b"\r\nNog een.\r\n"
    assert TextFile("-", data).newline == parse(data.decode(), "-").newline == "\r\n"


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


def test_another_document_is_translated_anew(short: Translator, source: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.txt"
    with pytest.raises(KeyboardInterrupt):
        translate_text(TextFile(source), short, output=output, progress=stop_at(200))
    journal = tmp_path / "out.txt.part"
    journal.write_bytes(journal.read_bytes().replace(b'Dat is 5.","', b'Dat is 5.","OLD '))
    source.write_text("Er staat nu iets voor.\n\n" + long_text(), encoding="utf-8")
    translate_text(TextFile(source), short, output=output, resume=True)
    assert "OLD" not in output.read_text(encoding="utf-8")
    assert not journal.exists()


@pytest.mark.parametrize("change", ["glossary", "beam", "broken"])
def test_a_run_with_other_settings_is_not_taken_up(
    short: Translator, source: Path, tmp_path: Path, change: str
) -> None:
    journal = tmp_path / "out.txt.part"
    kept = Journal(journal, {"model": short.package.signature, "glossary": short.glossary.signature, "settings": {}})
    kept.add("Dat is 1.", "OLD", "machine", -0.1, [], [])
    kept.close(complete=False)
    if change == "broken":
        journal.write_bytes(journal.read_bytes().replace(b'"model"', b'"\xff"'))
    before = journal.read_bytes()
    terms = Glossary.of([Term("brug", "viaduct")]) if change == "glossary" else TERMS
    translator = Translator(short.package, terms, beam_size=2 if change == "beam" else 1)
    with pytest.raises(InputError, match="leave --resume out"):
        translate_text(TextFile(source), translator, output=tmp_path / "out.txt", resume=True)
    assert journal.read_bytes() == before and not (tmp_path / "out.txt").exists()


def test_terms_around_what_the_model_must_not_see(short: Translator) -> None:
    verb = Glossary.of([Term("neerschieten", "gun down", pos="verb"), Term("brug", "overpass")])
    translator = Translator(short.package, verb)
    text = f"Op de brug schoot een soldaat ⟦ hem {'x' * 120} neer."
    (translation,) = translator.translate(text).translations
    assert [(h.match.term.source, h.match.start) for h in translation.held] == [
        (match.term.source, match.start) for match in Matcher(verb).find(text)
    ]
    assert len(translation.held) == 2, "that verb lies on both sides of what is kept"
    assert translation.held[0].method and "overpass" in translation.text.lower()
    assert "⟦" in translation.text and "x" * 120 in translation.text


def test_two_runs_do_not_write_one_journal(tmp_path: Path) -> None:
    first = Journal(tmp_path / "a.part", {"model": "m"})
    with pytest.raises(OutputError, match="Another run"):
        Journal(tmp_path / "a.part", {"model": "m"})
    first.close(complete=False)
    assert not list(tmp_path.iterdir())  # nothing was done
    second = Journal(tmp_path / "a.part", {"model": "m"})
    second.add("twee", "two")
    second.close(complete=False)
    assert Journal.left_at(tmp_path / "a.part") == 1
    third = Journal(tmp_path / "a.part", {"model": "m"}, resume=True)
    assert third.next("twee") == ["two"] and third.next("drie") is None
    third.add("drie", "three")
    third.close(complete=False)
    assert (tmp_path / "a.part").read_text() == '{"vertaal":1,"model":"m"}\n["twee","two"]\n["drie","three"]\n'


@pytest.mark.parametrize("content", [b"\x89PNG\n", b"een\ntwee\n", b'{"a":1}\n'])
@pytest.mark.parametrize("resume", [False, True])
def test_what_is_no_journal_is_never_overwritten(tmp_path: Path, content: bytes, resume: bool) -> None:
    theirs, journal = tmp_path / "theirs", tmp_path / "a.part"
    theirs.write_bytes(content)
    journal.symlink_to(theirs)
    assert Journal.left_at(journal) == 0
    with pytest.raises(OutputError, match="move it away"):
        Journal(journal, {}, resume=resume)
    assert theirs.read_bytes() == content


def test_a_pipe_in_the_place_of_a_journal_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.part")
    assert Journal.left_at(tmp_path / "a.part") == 0
    with pytest.raises(OutputError, match="a pipe or a device"):
        Journal(tmp_path / "a.part", {})


@pytest.mark.parametrize("output", [None, "out.txt"])
def test_a_language_that_is_none_is_found_out_before_the_work(
    short: Translator, source: Path, tmp_path: Path, output: str | None
) -> None:
    def progress(done: int, total: int) -> None:
        raise AssertionError

    with pytest.raises(CatalogError, match="not a language code"):
        translate_article(
            open_document(source),
            short,
            output=tmp_path / output if output else None,
            locales=tmp_path / "locales",
            language="../../zz",
            progress=progress,
        )
    with pytest.raises(CatalogError, match="not a language code"):
        journal_path("a.txt", None, tmp_path, language="../../zz")
    assert list(tmp_path.iterdir()) == [source]


def test_what_others_may_not_read_is_not_in_the_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "a.part", {})
    journal.add("geheim", "secret")
    assert (tmp_path / "a.part").stat().st_mode & 0o077 == 0
    journal.close(complete=True)


def test_a_journal_has_a_place_where_an_output_has(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "folder" / "real.txt")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert journal_path("a.txt", tmp_path / "link", None) == tmp_path / "folder" / "real.txt.part"
    for output in (tmp_path, Path("/"), Path(), Path("/dev/null"), tmp_path / "pipe", tmp_path / "circle"):
        assert journal_path("a.txt", output, tmp_path) is None


@pytest.mark.parametrize(
    "record",
    [
        "[" * 100_000,
        '["Dat is 1."]',
        '["Dat is 1.",null,"machine",-0.1,[],[]]',
        '["Dat is 1.","OLD","machine","x",[],[]]',
        '["Dat is 1.","OLD","machine",-0.1,null,[]]',
        '["Dat is 1.","OLD","machine",-0.1,[],[["rule"]]]',
        '["Dat is 1.","OLD \\ud800","machine",-0.1,[],[]]',
        '["Dat is 1.","OLD","approved",-0.1,[],[]]',  # nobody approves of it any more
    ],
    ids=range(8),
)
def test_a_record_that_is_not_right_is_made_anew(short: Translator, tmp_path: Path, record: str) -> None:
    path, segments = tmp_path / "a.part", parse("Dat is 0.\nDat is 1.\nDat is 2.").segments
    header = json.dumps({"vertaal": 1}, separators=(",", ":"))
    kept = [f'["Dat is {n}.","Kept {n}.","machine",-0.1,[],[]]' for n in (0, 2)]
    path.write_text("\n".join((header, kept[0], record, kept[1], "")), encoding="utf-8")
    journal = Journal(path, {}, resume=True)
    english = [t.text for t in short.stream(segments, journal=journal)]
    journal.close(complete=True)
    assert english[0] == "Kept 0." and "1" in english[1] and "OLD" not in english[1] and "2" in english[2]


def test_a_resumed_run_has_the_windows_of_one_that_was_not_stopped(
    short: Translator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    decode = short.decoder.decode

    def counted(sentences: Sequence[str], **settings: Any) -> list[list[Hypothesis]]:
        sizes.append(len(sentences))
        return decode(sentences, **settings)

    monkeypatch.setattr(short.decoder, "decode", counted)
    monkeypatch.setattr("toolkit.pipeline.WINDOW", 8)
    segments = parse(" ".join(f"Het regent vandaag in straat {n}." for n in range(30))).segments
    for resume, until, expected in ((False, 11, [8, 8]), (True, 30, [5, 8, 6])):
        journal = Journal(tmp_path / "a.part", {}, resume=resume)
        assert len(list(islice(short.stream(segments, journal=journal), until))) == until
        journal.close(complete=False)
        assert [size for size in sizes if size] == expected
        sizes.clear()


def test_a_document_that_became_short_leaves_no_journal_behind(short: Translator, tmp_path: Path) -> None:
    path, output = tmp_path / "a.txt", tmp_path / "out.txt"
    path.write_text("Dat is 0.\n", encoding="utf-8")
    journal = Journal(tmp_path / "out.txt.part", {})
    journal.add("Dat is 0.", "OLD")
    journal.close(complete=False)
    translate_text(TextFile(path), short, output=output)
    assert not list(tmp_path.glob("*.part")) and "OLD" not in output.read_text(encoding="utf-8")


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


def test_the_output_may_be_a_pipe_and_the_input_missing(source: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "toolkit", "translate", *arguments, "--no-catalog", "--beam-size", "1"]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)

    piped = run(str(source), "-o", "/dev/stdout")
    assert piped.returncode == 0 and piped.stdout.count("\n") == long_text().count("\n")
    folder = run(str(source), "-o", "/")
    assert (folder.returncode, folder.stderr) == (2, "vertaal: Cannot write /: it is a folder.\n")
    journal = Journal(tmp_path / "o.txt.part", {})
    journal.add("Dat is 0.", "OLD")
    journal.close(complete=False)
    missing = run("nowhere.txt", "-o", "o.txt")
    assert missing.returncode == 2 and "there is no such file" in missing.stderr
    assert "that are done" not in missing.stderr  # this run did nothing
    assert Journal.left_at(tmp_path / "o.txt.part") == 1
