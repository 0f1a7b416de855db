"""Every command of the README works as it stands there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.strip().splitlines()]
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's files, with this environment in the place of .venv."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("examples", "glossary", "locales", "tests/data"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    bin_ = folder / ".venv" / "bin"
    bin_.mkdir(parents=True)
    for name, command in (("vertaal", "-m toolkit"), ("python", "")):
        (bin_ / name).write_text(f'#!/bin/sh\nexec {sys.executable} {command} "$@"\n')
        (bin_ / name).chmod(0o755)
    return folder


def _run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    # Installing and the whole suite are what CI does with these two commands; here they are run without.
    command = re.sub(r"(?:python3 -m venv \.venv && )?\.venv/bin/pip install -q \S+ && ", "", command)
    if command.endswith("-m pytest"):
        command += " --version"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, env=environment, timeout=240
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_command(command: str, clone: Path) -> None:
    done = _run(command, clone)
    assert done.returncode == 0 or ("check" in command and done.returncode == 1), done.stderr
    assert done.stdout or " -o " in command or " check " in command


@pytest.mark.parametrize("code", PYTHON)
def test_python(code: str, clone: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=clone,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0 and "cannon fodder" in done.stdout.lower(), done.stderr


def test_two_commands_set_up() -> None:
    assert sum("pip install" in c for c in COMMANDS) == 2
