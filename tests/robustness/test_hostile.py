"""What others hand us: packages that would write elsewhere, and text that a terminal would obey."""

from __future__ import annotations

import os
import pty
import shutil
import stat
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

from toolkit import Glossary
from toolkit.catalogs import Paths
from toolkit.engine import archive, install
from toolkit.errors import ModelError
from toolkit.terminology import Term

ROOT = Path(__file__).parent.parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
META = b'{"from_code": "nl", "to_code": "en"}'


def vertaal(*arguments: str, cwd: Path, without_network: bool = False) -> subprocess.CompletedProcess[str]:
    wrap = ["unshare", "-rn"] if without_network else []
    return subprocess.run(
        [*wrap, sys.executable, "-m", "toolkit", *arguments], cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip


def _package(path: Path, *entries: tuple[str, bytes], mode: int = stat.S_IFREG | 0o644) -> Path:
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        warnings.simplefilter("ignore")  # zipfile warns of double names
        for name, data in entries:
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = mode << 16, zipfile.ZIP_DEFLATED
            file.writestr(info, data)
    return path


WHOLE = (("p/metadata.json", META), ("p/model/model.bin", b"x"), ("p/sentencepiece.model", b"x"))


@pytest.mark.parametrize(
    ("entries", "mode", "message"),
    [
        ((("C:\\p\\metadata.json", META),), stat.S_IFREG, "outside its own folder"),
        ((("p/metadata.json", META), ("p/a/../../../x", b"")), stat.S_IFREG, "outside its own folder"),
        ((("p/metadata.json", META), ("p/null", b"")), stat.S_IFCHR, "a device"),
        ((("p/metadata.json", META), ("p/pipe", b"")), stat.S_IFIFO, "a device"),
        ((("p/metadata.json", b'"a text"'), *WHOLE[1:]), stat.S_IFREG, "two languages"),
        ((("p/metadata.json", b'{"from_code": "", "to_code": "en"}'), *WHOLE[1:]), stat.S_IFREG, "two languages"),
        ((("p/metadata.json", b"\xff\xfe{"), *WHOLE[1:]), stat.S_IFREG, "not JSON"),
        ((WHOLE[0], WHOLE[1]), stat.S_IFREG, "tokenizer is missing"),
        (tuple((f"p/{n}", b"") for n in range(10_001)), stat.S_IFREG, "more than an Argos package has"),
    ],
)
def test_hostile_packages(entries: tuple[tuple[str, bytes], ...], mode: int, message: str, tmp_path: Path) -> None:
    file = _package(tmp_path / "x.argosmodel", *entries, mode=mode | 0o644)
    with pytest.raises(ModelError, match=message):
        install(file)
    assert [p.name for p in tmp_path.iterdir()] == ["x.argosmodel"]


def test_packages_that_lie_or_stop(tmp_path: Path) -> None:
    file = _package(tmp_path / "x.argosmodel", *WHOLE)
    archive.check(file)
    whole = file.read_bytes()
    for data in (whole[:-30], whole[: len(whole) // 2], b"PK\3\4", b"", whole.replace(b"p/model", b"p\0model")):
        file.write_bytes(data)
        with pytest.raises(ModelError, match=r"x\.argosmodel"):
            archive.check(file)


# Escapes that act on a terminal: colours, the window's title, the one-byte CSI, and marks that turn the direction.
ESCAPES = "\x1b[31mrood\x1b]0;titel\x07\x9b2J\u202eredro"


def _harmless(done: subprocess.CompletedProcess[str]) -> None:
    assert not set("\x1b\x07\x9b\u202e") & set(done.stdout + done.stderr), (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr


def test_escapes_in_the_input_are_not_printed(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text(f"Het regent {ESCAPES} in Utrecht.\n")
    done = vertaal("translate", "--no-catalog", "in.txt", cwd=tmp_path)
    assert done.returncode == 0 and "Utrecht" in done.stdout
    _harmless(done)


@pytest.mark.parametrize("name", ["\x1b[31mx.txt", "a\nb.txt", "\u202etxt.x"])
def test_escapes_in_a_file_name_are_not_printed(name: str, tmp_path: Path) -> None:
    done = vertaal("translate", "--no-catalog", name, cwd=tmp_path)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
    _harmless(done)


def test_escapes_in_a_glossary_are_not_printed(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("De brug is klaar.\n")
    (tmp_path / "bad.csv").write_text(f"source,target\nbrug,{ESCAPES}\n")
    done = vertaal("translate", "--no-catalog", "--glossary", "bad.csv", "in.txt", cwd=tmp_path)
    assert done.returncode == 2 and "bad.csv:2" in done.stderr
    _harmless(done)


def test_escapes_in_a_catalog_are_not_printed_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("De brug is klaar.\n")
    po = Paths.of(tmp_path / "locales", "in").po
    po.parent.mkdir(parents=True)
    po.write_text(f'msgid "De brug is klaar."\nmsgstr "The bridge {ESCAPES} is ready."\n')
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", "translate", "-q", "in.txt"], cwd=tmp_path, env=ENVIRONMENT, stdout=theirs, stderr=theirs,
        stdin=subprocess.DEVNULL, timeout=60,
    )  # fmt: skip
    os.close(theirs)
    printed = os.read(ours, 10_000).decode()
    os.close(ours)
    assert done.returncode == 0 and "The bridge" in printed
    assert not set("\x1b\x07\x9b\u202e") & set(printed)


def test_formulas_in_a_glossary_are_text(tmp_path: Path) -> None:
    """They are not ours to run or to change: what a person typed comes back letter for letter."""
    path = tmp_path / "nl-en.csv"
    terms = [Term(f'{sign}cmd|" /C calc"!A{n}', f"{sign}1+1", note="a,b\nc") for n, sign in enumerate("=+-@#")]
    with Glossary.edit(path) as glossary:
        glossary.extend(terms)
    assert {t.row()["source"]: t for t in Glossary.load(path)} == {t.source: t for t in terms}
    assert Glossary.load(path).text() == path.read_text()


@pytest.fixture
def namespace() -> None:
    probe = subprocess.run(["unshare", "-rn", "true"], capture_output=True) if shutil.which("unshare") else None
    if probe is None or probe.returncode:
        pytest.skip("no network namespaces here")


@pytest.mark.usefixtures("namespace")
def test_install_without_a_network(tmp_path: Path) -> None:
    done = vertaal("model", "install", "nl", "en", cwd=tmp_path, without_network=True)
    assert done.returncode == 2 and "nothing was installed" in done.stderr and len(done.stderr.splitlines()) == 1
