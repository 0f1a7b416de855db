"""`python -m benchmarks.run`: whole-process time and memory of `vertaal` beside its peers, in one table.

The programs of a case take turns (A B C A B C), so that what else the machine does falls on all of them; a ratio is the
median over the rounds of a program's run to the first program's run in the same round.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import texts
from benchmarks.measure import Failed, Row, Usage, environment, facts, run, table
from toolkit.documents import parse

PACKAGE = texts.ROOT / "toolkit" / "engine" / "bundled" / "translate-nl_en-vertaal"
GLOSSARY = texts.ROOT / "glossary" / "nl-en.csv"
RESULTS = Path(__file__).parent / "results"
HEAD = ("case", "program", "wall s", "ratio", "CPU s", "ratio", "peak MiB", "ratio", "words/s")
NOTES = (
    "A ratio is the median of a program's runs to those of the first program of the case in the same round; above 1 is "
    "slower or larger than it.",
    "argos-translate has its default settings and the same package. Its sentence splitter wants a download, so it is given "
    "vertaal's sentences through a sentencizer class.",
    "CTranslate2 is given the sentences in one call (int8, beam 4, batches of 256 tokens, one a core): the limit for any program around it.",
    "Both vertaal rows ask for 4 hypotheses and check every sentence; 'vertaal, glossary' also holds terms. The others only translate.",
)


@dataclass(frozen=True, slots=True)
class Case:
    """Programs that do the same, and the words of the text they do it with (0 where there is none)."""

    name: str
    words: int
    programs: dict[str, list[str]]


def translation(name: str, text: str, folder: Path) -> Case:
    """A text, translated by everybody. Its files are written to the folder."""
    document = parse(text)
    blocks = [[s.text for s in block.segments] for block in document.blocks if block.segments]
    whole, paragraphs, sentences = (folder / f"{name.split()[0]}.{end}" for end in ("txt", "paragraphs", "sentences"))
    whole.write_text(text, encoding="utf-8")
    paragraphs.write_text("".join("\t".join(b) + "\n" for b in blocks), encoding="utf-8")
    sentences.write_text("".join(s + "\n" for b in blocks for s in b), encoding="utf-8")
    vertaal = [*_python("toolkit"), "translate", "--no-catalog", "--model", PACKAGE.name, str(whole)]
    return Case(
        f"{name}, {len(document.segments):,} segments",
        len(text.split()),
        {
            "vertaal": vertaal,
            "vertaal, glossary": [*vertaal, "--glossary", str(GLOSSARY)],
            "argos-translate": [*_python("benchmarks.programs.argos"), str(PACKAGE), str(paragraphs)],
            "CTranslate2": [*_python("benchmarks.programs.bare"), str(PACKAGE), str(sentences)],
        },
    )


def start_up() -> Case:
    """What it takes before anything is done; an empty Python is the least there can be."""
    return Case(
        "start-up",
        0,
        {
            "python": [sys.executable, "-c", "print()"],
            "vertaal --help": [*_python("toolkit"), "--help"],
            "vertaal glossary list": [*_python("toolkit"), "glossary", "list", "--glossary", str(GLOSSARY)],
            "argos-translate --help": [sys.executable, "-c", "from argostranslate.cli import main; main()", "--help"],
        },
    )


def measured(case: Case, rounds: int, folder: Path) -> tuple[list[Row], list[str]]:
    """The rows of a case, and a note for each program that cannot run. The programs take turns."""
    where = environment(folder, texts.ROOT)
    runs: dict[str, list[Usage]] = {name: [] for name in case.programs}
    notes = []
    for _ in range(rounds):
        for name in list(runs):
            try:
                runs[name].append(run(case.programs[name], folder, where))
            except Failed as error:
                notes.append(f"{name} is left out: {error}")
                del runs[name]
            else:
                print(f"{case.name}: {name} {runs[name][-1].wall:.2f} s", file=sys.stderr)
    first = next(iter(runs.values()), [])
    return [Row(case.name, name, case.words, tuple(own), tuple(first)) for name, own in runs.items()], notes


def lines(rows: Sequence[Row]) -> list[list[str]]:
    """The rows as the table has them."""
    result = []
    for row in rows:
        wall = row.middle("wall") or 0
        cells = [row.case, row.program]
        for what, digits in (("wall", 2), ("cpu", 2), ("peak", 0)):
            cells += [_number(row.middle(what), digits), _number(row.ratio(what), 2)]
        result.append([*cells, f"{row.words / wall:,.0f}" if row.words and wall else ""])
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=3, help="rounds, in each of which every program runs once (3)")
    parser.add_argument("--words", type=int, default=600, help="words of the article (600)")
    parser.add_argument("--sentences", type=int, default=1000, help="sentences of the document (1000); 0: no document")
    parser.add_argument("--json", action="store_true", help="print JSON with every run, not the table")
    parser.add_argument("--save", metavar="NAME", help="keep it as benchmarks/results/NAME.json and NAME.md too")
    chosen = parser.parse_args(arguments)
    about, rows, notes = facts(), [], []
    with tempfile.TemporaryDirectory(prefix="vertaal-benchmark-") as name:
        folder = Path(name)
        cases = [translation("article", texts.article(chosen.words), folder)]
        if chosen.sentences:
            cases.append(translation("document", texts.document(chosen.sentences), folder))
        warm = translation("warm-up", "De trein rijdt.\n", folder)
        for case in (warm, start_up(), *cases):
            found, said = measured(case, 1 if case is warm else chosen.pairs, folder)
            if case is not warm:
                rows += found
                notes += said
    result = {
        "machine": about,
        "pairs": chosen.pairs,
        "rows": [row.to_dict() for row in rows],
        "notes": [*NOTES, *notes],
    }
    publish(result, report(about, chosen.pairs, table(HEAD, lines(rows)), [*NOTES, *notes]), chosen.json, chosen.save)
    return 0


def publish(result: dict[str, object], as_table: str, json_wanted: bool, save: str | None, plot: str = "") -> None:
    """Print a result, as JSON or as its table, and keep both in `results/` where it is given a name, with its plot (SVG)."""
    as_json = json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    if save:
        for end, text in (("json", as_json), ("md", as_table), ("svg", plot)):
            if text:
                (RESULTS / f"{save}.{end}").write_text(text, encoding="utf-8")
    print(as_json if json_wanted else as_table, end="")


def report(about: dict[str, object], rounds: int, body: str, notes: Sequence[str]) -> str:
    """A table with the machine above it and the notes below."""
    libraries = about["libraries"]
    assert isinstance(libraries, dict)
    versions = ", ".join(f"{k} {v}" for k, v in libraries.items() if v)
    machine = f"{about['date']}, {about['cpu']}, {about['cores']} cores, load {about['load_at_start']} at the start, {rounds} rounds."
    below = "\n".join(f"- {note}" for note in notes)
    return f"{machine}\nPython {about['python']}, {versions}.\n\n{body}\n\n{below}\n"


def _python(module: str) -> list[str]:
    return [sys.executable, "-m", module]


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:,.{digits}f}"


if __name__ == "__main__":
    sys.exit(main())
