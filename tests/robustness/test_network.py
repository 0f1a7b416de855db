"""Every command but `model install nl en` does its work where there is no network, and does not even try one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from offline import EVENTS

ROOT = Path(__file__).parent.parent.parent
OFFLINE = Path(__file__).parent / "offline.py"

# The arguments, and what must be among the output.
Commands = list[tuple[list[str], str]]

GLOSSARY: Commands = [
    (["add", "brug", "bridge", "--pos", "noun", "--forbidden", "bridgework"], "brug"),
    (["add", "AIVD", "--keep"], "AIVD"),
    (["edit", "brug", "--target", "bridge|viaduct", "--note", "over water"], "brug"),
    (["rename", "AIVD", "MIVD"], "MIVD"),
    (["remove", "MIVD"], "MIVD"),
    (["list"], "viaduct"),
    (["show", "brug"], "over water"),
    (["lookup", "De bruggen zijn open."], "bridges"),
    (["check"], ""),
    (["suggest", "in.txt", "--limit", "3"], "suggestions"),
    (["import", "--exonyms"], "added"),
    (["import", "other.tbx"], "1"),
    *((["export", f"uit.{kind}"], "") for kind in ("csv", "tsv", "tbx", "tmx", "po", "utx")),
    (["export", "-", "--format", "weblate"], "viaduct"),
    (["diff", "glossary/nl-en.csv", "other.csv"], "dijk"),
    (["merge", "glossary/nl-en.csv", "other.csv", "-o", "samen.csv"], ""),
]
CATALOG: Commands = [
    (["update", "in.txt"], "in"),
    (["compile", "in"], "in"),
    (["stats", "in"], "in"),
    (["check", "in"], ""),
    (["show", "De brug is klaar."], "bridge"),
    (["lookup", "De brug is bijna klaar."], "bridge"),
    (["approve", "in", "--all"], "2 messages"),
    (["unapprove", "in", "De brug is klaar."], "1 message"),
    *((["export", "in", "-o", f"uit.{kind}"], "") for kind in ("xlf", "tmx", "csv")),
    *((["import", "in", f"uit.{kind}"], "") for kind in ("xlf", "tmx", "csv")),
    (["diff", "locales/en/LC_MESSAGES/in.po", "locales/in.pot"], "De brug is klaar."),
    (["clean", "in"], "0 messages"),
]
OTHERS: Commands = [
    (["translate", "in.txt"], "bridge"),
    (["translate", "in.txt", "-o", "uit.txt", "--memory", "memory.tmx"], ""),
    (["model", "list"], "vertaal"),
    (["model", "info"], "nl"),
    (["evaluate", "terms", "terms.jsonl"], ""),
    (["--version"], "vertaal"),
]
TBX = (
    '<martif type="TBX"><text><body><termEntry><langSet xml:lang="nl"><tig><term>weg</term></tig></langSet>'
    '<langSet xml:lang="en"><tig><term>road</term></tig></langSet></termEntry></body></text></martif>'
)


def run(commands: list[list[str]], folder: Path) -> list[dict[str, Any]]:
    probe = subprocess.run(["unshare", "-rn", "true"], capture_output=True) if shutil.which("unshare") else None
    wrap = ["unshare", "-rn"] if probe is not None and not probe.returncode else []
    done = subprocess.run(
        [*wrap, sys.executable, str(OFFLINE)],
        input=json.dumps(commands),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("offline")
    (folder / "in.txt").write_text("De brug is klaar.\n\nDe burgemeester opent haar vandaag met de gemeenteraad.\n")
    (folder / "other.tbx").write_text(TBX)
    (folder / "other.csv").write_text("source,target\ndijk,dike\n")
    lines = (ROOT / "tests" / "data" / "terms.jsonl").read_text().splitlines(keepends=True)
    (folder / "terms.jsonl").write_text("".join(lines[:3]))
    (folder / "memory.tmx").write_text('<tmx version="1.4"><header srclang="nl"/><body/></tmx>')
    (folder / "glossary").mkdir()
    (folder / "glossary" / "nl-en.csv").write_text("source,target\n")
    return folder


def test_the_hook_sees_what_goes_out() -> None:
    code = f"import sys\nsys.addaudithook(lambda e, a: e.startswith({EVENTS!r}) and print(e))\nimport socket, urllib.request\n"
    for attempt, event in (
        ("socket.socket().connect(('127.0.0.1', 9))", "socket.connect"),
        ("socket.create_connection(('localhost', 9))", "socket.getaddrinfo"),
        ("socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'', ('127.0.0.1', 9))", "socket.sendto"),
        ("urllib.request.urlopen('https://localhost:9')", "urllib.Request"),
    ):
        done = subprocess.run([sys.executable, "-c", code + attempt], capture_output=True, text=True)
        assert event in done.stdout.split(), done.stderr


@pytest.mark.parametrize("noun", ["glossary", "catalog", ""])
def test_commands_without_a_network(noun: str, folder: Path) -> None:
    commands = {"glossary": GLOSSARY, "catalog": CATALOG, "": OTHERS}[noun]
    reports = run([[noun, *arguments] if noun else arguments for arguments, _ in commands], folder)
    for (arguments, expected), report in zip(commands, reports, strict=True):
        assert report["code"] == (1 if arguments[0] == "diff" else 0), (arguments, report)
        assert expected in report["printed"], (arguments, report)
        assert report["events"] == [], (arguments, report)


def test_every_command_is_among_them() -> None:
    from toolkit.cli import app

    for noun, commands in (("glossary", GLOSSARY), ("catalog", CATALOG)):
        group = next(g.typer_instance for g in app.registered_groups if g.name == noun)
        names = {command.name or command.callback.__name__ for command in group.registered_commands}
        assert {arguments[0] for arguments, _ in commands} == names
