"""The main job, as a person runs it."""

from __future__ import annotations

import gettext
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SAMPLES = sorted((ROOT / "examples").glob("*.txt"))


def vertaal(
    *arguments: str | Path, cwd: Path, stdin: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *map(str, arguments)], cwd=cwd, input=stdin or b"", capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, timeout=120,
    )  # fmt: skip
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_samples(sample: Path, tmp_path: Path) -> None:
    done = vertaal("translate", sample, "--glossary", ROOT / "glossary" / "nl-en.csv", "--strict-terms", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    dutch, english = sample.read_text(), done.stdout
    assert [len(b.splitlines()) for b in english.split("\n\n")] == [len(b.splitlines()) for b in dutch.split("\n\n")]
    assert "cannon fodder" in english.lower() or sample.stem != "grensrepubliek"
    loaded = gettext.translation(sample.stem, str(tmp_path / "locales"), ["en"])
    heading = next(line for line in dutch.split("\n\n") if line and "." not in line and len(line.split()) == 1)
    assert loaded.gettext(heading.strip()) != heading.strip()
    assert (tmp_path / "locales" / f"{sample.stem}.pot").is_file()
    before = {p: p.read_bytes() for p in (tmp_path / "locales").rglob("*") if p.is_file()}
    assert vertaal("translate", sample, "--glossary", ROOT / "glossary" / "nl-en.csv", cwd=tmp_path).stdout == english
    assert before == {p: p.read_bytes() for p in (tmp_path / "locales").rglob("*") if p.is_file()}


def test_the_article(article: Path, tmp_path: Path) -> None:
    done = vertaal(
        "translate", article, "--glossary", ROOT / "glossary" / "nl-en.csv", "--json", "--strict-terms", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    segments = [s for b in result["blocks"] for s in b["segments"]]
    assert len(segments) >= 35
    terms = [t for s in segments for t in s["terms"]]
    assert all(t["held"] for t in terms)
    for source, target, count in (("kanonnenvoer", "cannon fodder", 2), ("deelrepubliek", "constituent republic", 2)):
        assert sum(t["source"] == source for t in terms) == count
        assert result["text"].lower().count(target) >= count
    assert [b["segments"][0]["target"] for b in result["blocks"] if b["kind"] == "heading"][2] == "Cannon fodder"
    assert gettext.translation("article", str(tmp_path / "locales"), ["en"]).gettext("Kanonnenvoer") == "Cannon fodder"
    if msgfmt := shutil.which("msgfmt"):
        po = tmp_path / "locales" / "en" / "LC_MESSAGES" / "article.po"
        checked = subprocess.run([msgfmt, "--check", "-o", os.devnull, po], capture_output=True, text=True)
        assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


def test_standard_input_and_output_file(tmp_path: Path) -> None:
    done = vertaal("translate", "-", "-o", "uit.txt", "--no-catalog", cwd=tmp_path, stdin=b"Het regent in Utrecht.\r\n")
    assert done.returncode == 0 and done.stdout == ""
    assert (tmp_path / "uit.txt").read_bytes().endswith(b"\r\n")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["uit.txt"]


def test_head_closes_the_pipe(tmp_path: Path) -> None:
    script = f"{sys.executable} -m toolkit translate --no-catalog {SAMPLES[0]} | head -1"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0 and "Traceback" not in done.stderr and len(done.stdout.splitlines()) == 1


def test_without_network_and_home(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "toolkit", "translate", str(SAMPLES[0])]
    probe = subprocess.run(["unshare", "-rn", "true"], capture_output=True) if shutil.which("unshare") else None
    if probe is None or probe.returncode:
        pytest.skip("no network namespaces here")
    done = subprocess.run(
        ["unshare", "-rn", *command], cwd=tmp_path, capture_output=True, text=True, env={"HOME": "/dev/null", "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    assert len(done.stdout) > 1000


def test_one_word_is_not_a_stutter(tmp_path: Path) -> None:
    text = "Salade\n\nOverleden\n\nVluchtelingen\n\n#oekraïne\n\nAmsterdam\n\n2024\n"
    done = vertaal("translate", "-", "--no-catalog", cwd=tmp_path, stdin=text.encode())
    blocks = done.stdout.strip().split("\n\n")
    assert [len(b.split()) for b in blocks] == [1] * 6
    assert blocks[4:] == ["Amsterdam", "2024"]


BAD_FILES = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "binary.txt": b"\x7fELF\0\0",
    "latin1.txt": "coördinatie\n".encode("latin-1"),
    "long.txt": b"woord " * 170_000,
    "english.txt": b"The members of the parliament said that they have not been told about the plan by the minister.\n",
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_files(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(BAD_FILES[name])
    _refused(vertaal("translate", name, cwd=tmp_path), name, tmp_path, {name})


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["missing.txt"], "missing.txt"),
        (["."], "folder"),
        (["in.txt", "--model", "nope"], "nope"),
        (["in.txt", "--model", "./nowhere"], "nowhere"),
        (["in.txt", "--glossary", "missing.csv"], "missing.csv"),
        (["in.txt", "--glossary", "broken.csv"], "broken.csv:3"),
        (["in.txt", "-o", "in.txt/x"], "in.txt"),
        (["in.txt", "-o", "folder"], "folder"),
        (["in.txt", "--locales", "in.txt"], "in.txt"),
        (["in.txt", "--domain", "../evil"], "../evil"),
        (["in.txt", "--language", "zz_QQ_nope"], "zz_QQ_nope"),
        (["in.txt", "--memory", "missing.tmx"], "missing.tmx"),
    ],
)
def test_bad_arguments(arguments: list[str], named: str, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("Het regent in Utrecht.\n")
    (tmp_path / "broken.csv").write_text('source,target\nleger,army\nraad,"council\n')
    (tmp_path / "folder").mkdir()
    _refused(vertaal("translate", *arguments, cwd=tmp_path), named, tmp_path, {"in.txt", "broken.csv", "folder"})


def _refused(done: subprocess.CompletedProcess[str], named: str, folder: Path, there: set[str]) -> None:
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert done.stdout == "" and "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 and named in done.stderr
    assert {p.name for p in folder.iterdir()} == there


def test_odd_but_good_text(tmp_path: Path) -> None:
    text = "\ufeffKop\r\n\r\nDe dienst\u00adplichtigen\u00a0wachten. “Wij gaan niet”, zei hij. 😀\r\n\r\nNaam\tLeeftijd"
    (tmp_path / "odd.txt").write_bytes(text.encode())
    done = vertaal(
        "translate",
        "odd.txt",
        "--glossary",
        ROOT / "glossary" / "nl-en.csv",
        "--no-catalog",
        "-o",
        "uit.txt",
        cwd=tmp_path,
    )
    english = (tmp_path / "uit.txt").read_bytes().decode()
    assert done.returncode == 0
    assert (
        english.count("\r\n") == 4
        and "\t" in english
        and "😀" in english
        and "“" in english
        and "conscripts" in english
    )


def test_light_imports() -> None:
    code = "import sys, toolkit.cli; print(*[m for m in ('ctranslate2', 'numpy', 'babel', 'polib', 'inflect', 'torch', 'translate') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout.strip(), done.returncode) == ("", 0), done.stderr


def test_no_torch_no_stanza_no_socket(tmp_path: Path) -> None:
    code = f"""
import sys
def refuse(event, args):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"):
        raise AssertionError(event)
sys.addaudithook(refuse)
sys.argv = ["vertaal", "translate", "--quiet", {str(SAMPLES[0])!r}]
from toolkit.cli import main
try:
    main()
except SystemExit as e:
    assert not e.code
assert not {{"torch", "stanza", "spacy", "tensorflow"}} & set(sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
