"""Killed runs, full disks, folders that go away: what was there before, or what was to come, is there; nothing between."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import polib
import pytest

from toolkit import Glossary, Translator, files
from toolkit.articles import open_document, translate_article
from toolkit.catalogs import Catalog, Message, Paths, record
from toolkit.errors import OutputError
from toolkit.terminology import Term

ROOT = Path(__file__).parent.parent.parent
WRITING = Path(__file__).parent / "writing.py"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
TRANSLATE_KILLS = 40
"""How many runs of `vertaal translate` are killed."""


def writing(*arguments: object, wrap: str = "exec {}") -> dict[str, object]:
    """What `writing.py` reports, run inside a shell command."""
    command = " ".join([sys.executable, str(WRITING), *map(str, arguments)])
    done = subprocess.run(
        ["bash", "-c", wrap.format(command)], capture_output=True, text=True, env=ENVIRONMENT, timeout=200
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def in_namespace(script: str, **options: object) -> subprocess.CompletedProcess[str]:
    """A shell script with mounts of its own; skips where that is not allowed."""
    probe = shutil.which("unshare") and subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True)  # fmt: skip
    if not probe or probe.returncode:
        pytest.skip("no mount namespaces here")
    return subprocess.run(
        ["unshare", "-rm", "bash", "-ec", script],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        timeout=60,
        **options,
    )


@pytest.mark.parametrize("kind", ["file", "glossary", "catalog"])
def test_killed_writers_lose_nothing_they_acknowledged(kind: str, tmp_path: Path) -> None:
    report = writing("kill", kind, tmp_path, 15, 1)
    assert report["waited"] < 1


@pytest.mark.robust
@pytest.mark.parametrize("kind", ["file", "glossary", "catalog"])
def test_two_hundred_killed_writers(kind: str, tmp_path: Path) -> None:
    report = writing("kill", kind, tmp_path, 200, 2)
    assert report["kills"] == 200 and report["writes"] > 100 and report["waited"] < 1


@pytest.mark.robust
def test_killed_translate(tmp_path: Path) -> None:
    """Real runs, killed at moments spread over the whole of a run: each file is the old one, the new one, or not there."""
    command = [sys.executable, "-m", "toolkit", "translate", "in.txt", "-o", "uit.txt", "--quiet"]
    (tmp_path / "in.txt").write_text("De nieuwe brug is klaar.\n\nHet regent vandaag in Utrecht.\n")
    begin = time.monotonic()
    assert subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT).returncode == 0
    length = time.monotonic() - begin
    old = (tmp_path / "uit.txt").read_text()
    (tmp_path / "in.txt").write_text("De nieuwe brug is klaar.\n\nDe burgemeester opent de school.\n")
    paths = Paths.of(tmp_path / "locales", "in")
    before = {p: p.read_bytes() for p in (paths.pot, paths.po, paths.mo)}
    chance, finished, outcomes = random.Random(7), 0, set()
    for number in range(TRANSLATE_KILLS):
        # Half of the kills fall in the last fifth, where the writing is.
        late = chance.uniform(0.8, 1.05) if number % 2 else chance.uniform(0, 1)
        process = subprocess.Popen(command, cwd=tmp_path, env=ENVIRONMENT)
        time.sleep(length * late)
        process.send_signal(signal.SIGKILL)
        finished += process.wait() == 0
        text = (tmp_path / "uit.txt").read_text()
        assert text == old or ("mayor" in text.lower() and text.endswith("\n"))
        polib.pofile(str(paths.po))
        polib.mofile(str(paths.mo))
        assert next(e.msgid for e in Catalog.load(paths.po)) == "De nieuwe brug is klaar."
        outcomes.add(text == old)
        (tmp_path / "uit.txt").write_text(old)
        for path, content in before.items():
            path.write_bytes(content)
    assert True in outcomes
    assert subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT).returncode == 0
    assert "mayor" in (tmp_path / "uit.txt").read_text().lower()


def test_what_killed_runs_left_is_swept(tmp_path: Path) -> None:
    old, new = tmp_path / ".uit.txt.abcdefgh.tmp", tmp_path / ".uit.txt.ijklmnop.tmp"
    for path in (old, new):
        path.write_text("half")
    os.utime(old, (0, 0))
    files.write(tmp_path / "uit.txt", "heel\n")
    assert not old.exists() and new.exists()  # the new one may be of a run that still writes


def _full(report: dict[str, object], message: str) -> None:
    errors = report["errors"]
    assert isinstance(errors, list) and len(errors) == 3 and all(message in e for e in errors)
    assert report["kept"] is True and report["left"] == []


def test_full_disk(tmp_path: Path) -> None:
    script = f"mount -t tmpfs -o size=256k none {tmp_path} && exec {sys.executable} {WRITING} full {tmp_path}"
    done = in_namespace(script)
    assert done.returncode == 0, done.stderr
    _full(json.loads(done.stdout), "the disk is full")


def test_file_size_limit(tmp_path: Path) -> None:
    _full(writing("full", tmp_path, wrap="ulimit -f 100; exec {}"), "would be too large")


def test_full_disk_while_translating(tmp_path: Path) -> None:
    script = (
        f"mount -t tmpfs -o size=64k none {tmp_path} && cd {tmp_path} && echo oud > uit.txt && echo 'Het regent.' > in.txt"
        f" && (dd if=/dev/zero of=vol bs=4k || true) 2>/dev/null; {sys.executable} -m toolkit translate in.txt -o uit.txt"
        " || echo $?; cat uit.txt; find . -name '*.tmp'"
    )
    done = in_namespace(script)
    assert done.stdout == "2\noud\n" and "the disk is full" in done.stderr and len(done.stderr.splitlines()) == 1


def test_read_only_folder(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("Het regent.\n")
    (tmp_path / "nl-en.csv").write_text("source,target\nbrug,bridge\n")
    python = f"{sys.executable} -c"
    code = (
        "from toolkit.terminology import Glossary, Term\nfrom toolkit.errors import OutputError\n"
        "try:\n with Glossary.edit('nl-en.csv') as g: g.add(Term('a', 'b'))\nexcept OutputError as e: print(e)"
    )
    script = (
        f"mount --bind {tmp_path} {tmp_path} && mount -o remount,bind,ro {tmp_path} && cd {tmp_path}\n"
        f"{sys.executable} -m toolkit translate --no-catalog -o uit.txt in.txt || echo $?\n"
        f"{sys.executable} -m toolkit translate in.txt || echo $?\n"
        f'{python} "{code}"'
    )
    done = in_namespace(script)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "2\n2\nCannot write nl-en.csv: the file system is read-only.\n"
    assert len(done.stderr.splitlines()) == 2 and done.stderr.count("not writable") == 2


def test_folder_that_went_away(tmp_path: Path) -> None:
    gone = tmp_path / "weg"
    gone.mkdir()
    code = (
        "import os, shutil\nfrom pathlib import Path\nfrom toolkit import files\nfrom toolkit.errors import OutputError\n"
        f"shutil.rmtree({str(gone)!r})\n"
        "for act in (lambda: files.write(Path('x'), 'x'), lambda: files.check_writable(Path('x')), lambda: files.locked(Path('x')).__enter__()):\n"
        " try: act(); print('no error')\n except OutputError as e: print(e)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=gone, capture_output=True, text=True, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 3 and done.stdout.count("there is no such file or folder") == 3


def test_output_folder_removed_while_translating(tmp_path: Path, translator: Translator) -> None:
    (tmp_path / "in.txt").write_text("Het regent vandaag in Utrecht.\n")
    folder = tmp_path / "uit"
    folder.mkdir()
    translate_article(
        open_document(tmp_path / "in.txt"), translator, output=folder / "uit.txt", locales=tmp_path / "locales",
        progress=lambda done, total: shutil.rmtree(folder, ignore_errors=True),
    )  # fmt: skip
    assert "Utrecht" in (folder / "uit.txt").read_text()  # made again


def test_symbolic_links_stay(tmp_path: Path) -> None:
    real = tmp_path / "elders" / "echt.csv"
    real.parent.mkdir()
    real.write_text("source,target\nbrug,bridge\n")
    real.chmod(0o640)
    link = tmp_path / "nl-en.csv"
    link.symlink_to(real)
    with Glossary.edit(link) as glossary:
        glossary.add(Term("weg", "road"))
    assert link.is_symlink() and real.read_text().endswith("weg,road\n") and real.stat().st_mode & 0o777 == 0o640
    dangling = tmp_path / "los"
    dangling.symlink_to(tmp_path / "nieuw" / "los.txt")
    files.write(dangling, "x")
    assert dangling.is_symlink() and (tmp_path / "nieuw" / "los.txt").read_text() == "x"


def test_symbolic_links_in_a_circle(tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    a.symlink_to(b)
    b.symlink_to(a)
    for act in (lambda: files.write(a, "x"), lambda: files.locked(a).__enter__()):
        with pytest.raises(OutputError, match="circle"):
            act()
    assert a.is_symlink() and b.is_symlink()


@pytest.mark.parametrize("target", ["folder", "in.txt/uit.txt", "x" * 300, "a\0b"])
def test_targets_that_cannot_be_written(target: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "in.txt").write_text("in")
    for act in (lambda p: files.write(p, "x"), files.check_writable):
        with pytest.raises(OutputError):
            act(tmp_path / target)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "in.txt"]


def test_lone_surrogate_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "uit.txt").write_text("oud")
    with pytest.raises(OutputError, match="surrogate"):
        files.write(tmp_path / "uit.txt", "a\ud800b")
    assert [p.read_text() for p in tmp_path.iterdir()] == ["oud"]


def test_catalog_edited_while_translating(tmp_path: Path, translator: Translator) -> None:
    (tmp_path / "in.txt").write_text("Het regent vandaag in Utrecht.\n")
    document = open_document(tmp_path / "in.txt")
    paths = Paths.of(tmp_path / "locales", "in")
    translate_article(document, translator, locales=tmp_path / "locales")
    own = Catalog.load(paths.po)
    [entry] = own
    entry.msgstr = "Rain in Utrecht today."

    def edit(done: int, total: int) -> None:
        paths.po.write_text(own.text())

    translate_article(document, translator, locales=tmp_path / "locales", progress=edit)
    assert [e.msgstr for e in Catalog.load(paths.po)] == ["Rain in Utrecht today."]


def test_glossary_saved_by_an_editor_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "nl-en.csv"
    path.write_text("source,target\nbrug,bridge\n")
    theirs = "source,target\nbrug,bridge\nleger,army\n"
    with pytest.raises(OutputError), Glossary.edit(path) as glossary:
        glossary.add(Term("weg", "road"))
        path.write_text(theirs)
    assert path.read_text() == theirs


def test_fifty_processes_at_once(tmp_path: Path) -> None:
    """Every term, every count and every message of fifty processes is there at the end, and what a person wrote."""
    (tmp_path / "nl-en.csv").write_text("source,target\nteller,0\n")
    record([Message("Van een mens.", "", "paragraph")], tmp_path, "nieuws")
    po = Paths.of(tmp_path, "nieuws").po
    catalog = Catalog.load(po)
    [entry] = catalog
    entry.msgstr = "By a person."
    files.write(po, catalog.text())
    assert writing("crowd", tmp_path, 50, 4) == {"failed": 0}
    glossary = Glossary.load(tmp_path / "nl-en.csv")
    assert {t.source for t in glossary} == {"teller"} | {f"woord{n}x{k}" for n in range(50) for k in range(4)}
    assert glossary.get("teller").target == "200"
    there = {e.msgid: e.msgstr for e in Catalog.load(po).po}
    assert there.pop("Van een mens.") == "By a person."
    assert there == {f"Zin nummer {n}.": f"Sentence number {n}." for n in range(50)}
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    code = (
        "import time\nfrom pathlib import Path\nfrom toolkit import files\n"
        "with files.locked(Path('x')): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code], cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout and holder.stdout.readline() == "held\n"
    waiter = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE)
    try:
        time.sleep(0.5)
        os.set_blocking(waiter.stdout.fileno(), False)
        assert waiter.stdout and not waiter.stdout.read()  # it waits
        holder.kill()
        os.set_blocking(waiter.stdout.fileno(), True)
        assert waiter.stdout.readline() == b"held\n"
    finally:
        for process in (holder, waiter):
            process.kill()
            process.communicate()
    assert list(tmp_path.iterdir()) == []
