"""A process that writes as the tool does, over and over, and processes that kill it or crowd it: run by the tests here.

writing.py kill KIND FOLDER TIMES SEED    kill a writer TIMES times at random moments; a JSON report on stdout
writing.py crowd FOLDER PROCESSES EACH    many writers of one glossary and one catalog at once
writing.py full FOLDER                    write until the disk is full; what was there before must stay
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import polib

from toolkit import files
from toolkit.catalogs import Catalog, Message, load_catalog, record
from toolkit.errors import VertaalError
from toolkit.terminology import Glossary, Term


def write_file(path: Path) -> Iterator[None]:
    """A file of about 200 kB whose first line is the digest of the rest, each time another one."""
    for number in range(1_000_000):
        body = f"regel {os.getpid()} {number}\n" * 10_000
        files.write(path, f"{hashlib.sha256(body.encode()).hexdigest()}\n{body}")
        yield


def edit_glossary(path: Path) -> Iterator[None]:
    """A new term each time."""
    for number in range(1_000_000):
        with Glossary.edit(path) as glossary:
            glossary.add(Term(f"woord{os.getpid()}x{number}", f"word {number}"))
        yield


def update_catalog(path: Path) -> Iterator[None]:
    """Other messages each time; those of before become obsolete and must stay."""
    for number in range(1_000_000):
        record([Message(f"Zin {os.getpid()} {number}.", f"Sentence {number}.")], path.parent, path.stem)
        yield


def check_file(path: Path, acknowledged: list[int]) -> None:
    digest, _, body = path.read_text().partition("\n")
    assert hashlib.sha256(body.encode()).hexdigest() == digest
    assert int(body.split(None, 3)[2]) >= len(acknowledged) - 1 or not acknowledged


def check_glossary(path: Path, acknowledged: list[int]) -> None:
    there = {term.source for term in Glossary.load(path)}
    assert {f"woord{pid}x{n}" for n, pid in _numbered(acknowledged)} <= there


def check_catalog(path: Path, acknowledged: list[int]) -> None:
    po = path.parent / "en" / "LC_MESSAGES" / f"{path.stem}.po"
    if not po.exists():
        assert not acknowledged
        return
    there = {entry.msgid for entry in Catalog.load(po).po}
    assert {f"Zin {pid} {n}." for n, pid in _numbered(acknowledged)} <= there
    polib.pofile(str(po))
    if acknowledged:
        Catalog.load(path.with_suffix(".pot"))
        load_catalog(path.stem, path.parent)


def _numbered(pids: list[int]) -> Iterator[tuple[int, int]]:
    counts: dict[int, int] = {}
    for pid in pids:
        counts[pid] = counts.get(pid, -1) + 1
        yield counts[pid], pid


KINDS: dict[str, tuple[str, Callable[[Path], Iterator[None]], Callable[[Path, list[int]], None]]] = {
    "file": ("uit.txt", write_file, check_file),
    "glossary": ("nl-en.csv", edit_glossary, check_glossary),
    "catalog": ("nieuws.po", update_catalog, check_catalog),
}


def kill(kind: str, folder: Path, times: int, seed: int) -> None:
    """Start a writer, kill it at a random moment, look at its file: everything it said it had written must be there."""
    name, write, check = KINDS[kind]
    path = folder / name
    chance = random.Random(seed)
    writes, longest = 0, 0.15 if kind == "catalog" else 0.04
    since_fresh: list[int] = []
    for _ in range(times):
        if len(since_fresh) > 150:  # a fresh folder, so that the files stay small and the writes quick
            path = path.parent / "verder" / name
            path.parent.mkdir()
            since_fresh = []
        said, say = os.pipe()
        child = os.fork()
        if not child:
            os.close(said)
            for _ in write(path):
                os.write(say, b".")
        os.close(say)
        time.sleep(chance.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(said, "rb") as pipe:
            acknowledged = len(pipe.read())
        writes += acknowledged
        since_fresh += [child] * acknowledged
        if path.exists() or since_fresh:
            check(path, [child] * acknowledged if kind == "file" else since_fresh)
    started = time.monotonic()
    with files.locked(path):  # no lock outlives a killed process
        waited = time.monotonic() - started
    print(json.dumps({"kills": times, "writes": writes, "waited": waited}))


def crowd(folder: Path, processes: int, each: int) -> None:
    """Processes that all start at once."""
    go, ready = os.pipe()
    children = []
    for number in range(processes):
        child = os.fork()
        if not child:
            os.close(ready)
            os.read(go, 1)  # ends when the parent closes its side
            for k in range(each):
                with Glossary.edit(folder / "nl-en.csv") as glossary:
                    glossary.add(Term(f"woord{number}x{k}", f"word {number} {k}"))
                    counter = glossary.get("teller")
                    glossary.replace(counter, Term("teller", str(int(counter.target) + 1)))
            record([Message(f"Zin nummer {number}.", f"Sentence number {number}.")], folder, "nieuws")
            os._exit(0)
        children.append(child)
    os.close(ready)
    states = [os.waitpid(child, 0)[1] for child in children]
    print(json.dumps({"failed": sum(map(bool, states))}))


def full(folder: Path) -> None:
    """Fill the disk, then write more, by each of the three ways."""
    path, csv = folder / "uit.txt", folder / "nl-en.csv"
    assert files.write(path, "oud\n")
    with Glossary.edit(csv) as glossary:
        glossary.add(Term("brug", "bridge"))
    record([Message("Het regent.", "It rains.")], folder, "nieuws")
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    errors = []

    def attempt(action: Callable[[], object]) -> None:
        try:
            action()
        except VertaalError as error:
            errors.append(str(error))

    def edit() -> None:
        with Glossary.edit(csv) as glossary:
            glossary.extend(Term(f"woord{n}", "word " * 20) for n in range(20_000))

    attempt(lambda: files.write(path, "x" * 2_000_000))
    attempt(edit)
    attempt(lambda: record([Message(f"Zin {n}.", "Sentence. " * 100) for n in range(1_000)], folder, "nieuws"))
    after = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    print(
        json.dumps({"errors": errors, "kept": before == after, "left": sorted(str(p) for p in after.keys() - before)})
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["kill", kind, folder, times, seed]:
            kill(kind, Path(folder), int(times), int(seed))
        case ["crowd", folder, processes, each]:
            crowd(Path(folder), int(processes), int(each))
        case ["full", folder]:
            full(Path(folder))
        case _:
            sys.exit(__doc__)
