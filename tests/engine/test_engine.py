"""The model, and Argos packages."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from toolkit import Translator
from toolkit.engine import Decoder, choose, install, packages, remove
from toolkit.engine.packages import BUNDLED
from toolkit.errors import ModelError

NAME = "translate-nl_en-vertaal"


@pytest.fixture(scope="module")
def decoder() -> Decoder:
    return Decoder(choose(NAME))


def test_decodes_in_order_with_scores_and_alignments(decoder: Decoder) -> None:
    dutch = ["De regering viel.", "", "Het regent vandaag in Amsterdam."]
    found = decoder.decode(dutch, hypotheses=3, alignments=True)
    assert [len(h) for h in found] == [3, 1, 3]
    assert "government" in found[0][0].text.lower() and "Amsterdam" in found[2][0].text
    assert found[0][0].score >= found[0][1].score
    place = found[2][0].text.index("Amsterdam")
    origins = [dutch[2][slice(*s)] for t, s in found[2][0].alignment if place <= t[0] < place + 9]
    assert origins and all(o in "Amsterdam" for o in origins)


def test_long_sentence_is_cut_and_joined(decoder: Decoder) -> None:
    sentence = ", ".join(["de minister sprak met de burgemeester over de nieuwe brug in Utrecht"] * 12) + "."
    assert decoder.length(sentence) > 100
    [[hypothesis]] = decoder.decode([sentence])
    assert hypothesis.text.count("Utrecht") >= 10


def test_unknown_characters_are_copied(decoder: Decoder) -> None:
    [[hypothesis]] = decoder.decode(["Het was 😀 leuk."])
    assert "😀" in hypothesis.text


def test_bundled_is_found_and_unknown_is_refused() -> None:
    package = choose(NAME)
    assert package.bundled and package.hints and package.size > 1e6 and "BLEU" in package.card
    with pytest.raises(ModelError, match="no model 'nope'"):
        choose("nope")


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, "-m", "toolkit", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent,
    )


@pytest.fixture(scope="module")
def package_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package") / "translate-nl_en-other"
    shutil.copytree(BUNDLED / NAME, folder)
    metadata = json.loads((folder / "metadata.json").read_text())
    (folder / "metadata.json").write_text(json.dumps({**metadata, "package_version": "9.1"}))
    return Path(shutil.make_archive(str(folder), "zip", folder.parent, folder.name)).rename(
        folder.with_suffix(".argosmodel")
    )


def test_install_prefer_and_remove(package_file: Path, tmp_path: Path) -> None:
    assert run(tmp_path, "model", "install", str(package_file)).returncode == 0
    listed = json.loads(run(tmp_path, "model", "list", "--json").stdout)
    assert [(p["name"], p["origin"]) for p in listed] == [("translate-nl_en-other", "installed"), (NAME, "bundled")]
    assert json.loads(run(tmp_path, "model", "info", "--json").stdout)["version"] == "9.1"
    seen = subprocess.run(
        [sys.executable, "-c", "from argostranslate import package; print(package.get_installed_packages()[0].package_version)"],
        env={"HOME": str(tmp_path)}, capture_output=True, text=True,
    )  # fmt: skip
    assert seen.stdout.strip() == "9.1"
    assert run(tmp_path, "model", "remove", "translate-nl_en-other").returncode == 0
    assert len(json.loads(run(tmp_path, "model", "list", "--json").stdout)) == 1


def test_a_home_that_cannot_be_written() -> None:
    done = run(Path("/dev/null"), "model", "list")
    assert done.returncode == 0 and NAME in done.stdout, done.stderr


def test_bundled_is_not_removed() -> None:
    with pytest.raises(ModelError, match="cannot be removed"):
        remove(NAME)
    assert any(p.name == NAME for p in packages())


def _zip(path: Path, *entries: tuple[str, bytes, int]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data, mode in entries:
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return path


META = json.dumps({"from_code": "nl", "to_code": "en"}).encode()
FILE = stat.S_IFREG | 0o644


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([("../evil", b"", FILE)], "outside its own folder"),
        ([("/etc/evil", b"", FILE)], "outside its own folder"),
        ([("p\\..\\..\\evil", b"", FILE)], "outside its own folder"),
        ([("p/metadata.json", META, FILE), ("p/link", b"/etc/passwd", stat.S_IFLNK | 0o777)], "link"),
        ([("p/metadata.json", META, FILE), ("p/bomb", b"\0" * 30_000_000, FILE)], "would grow"),
        ([("p/metadata.json", b" " * 2_000_000, FILE)], "would grow|too large"),
        ([("p/metadata.json", b"{", FILE)], "not JSON"),
        ([("p/metadata.json", b"[" * 100_000, FILE)], "not JSON|would grow"),
        ([("p/metadata.json", b'{"from_code": 3}', FILE)], "two languages"),
        ([("p/metadata.json", META, FILE)], "complete"),
        ([("p/x", b"", FILE)], "no metadata"),
        ([("p/x", b"", FILE), ("q/x", b"", FILE)], "one folder"),
        ([], "empty"),
    ],
)
def test_hostile_packages_are_refused(tmp_path: Path, entries: list[tuple[str, bytes, int]], message: str) -> None:
    with pytest.raises(ModelError, match=message):
        install(_zip(tmp_path / "x.argosmodel", *entries))


def test_no_package_files(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no package file"):
        install(tmp_path / "missing.argosmodel")
    (tmp_path / "text.argosmodel").write_text("no zip")
    with pytest.raises(ModelError, match="not an Argos package"):
        install(tmp_path / "text.argosmodel")


def test_broken_model_is_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / NAME
    shutil.copytree(BUNDLED / NAME, folder)
    (folder / "model" / "model.bin").write_bytes(b"broken")
    with pytest.raises(ModelError, match="cannot be loaded"):
        Translator(str(folder)).translate("Het regent.")
