"""`vertaal glossary`, as a person runs it: what it prints where, what it changes, and its exit codes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from toolkit import Glossary, cli

ROOT = Path(__file__).parent.parent.parent
TEXT = """# of the desk
source,target,pos,domain,match,case,keep,forbidden,note
dienstplichtige,conscript|draftee,noun,military,,,,,
kanonnenvoer,cannon fodder,noun,military,,,,canon fodder,An insult
Rusland,Russia,name,place,compound,yes,,,
"""


class Done(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run `vertaal glossary …` in a folder that has a glossary."""
    monkeypatch.chdir(tmp_path)
    Path("glossary").mkdir()
    Path("glossary/nl-en.csv").write_text(TEXT)

    def run_it(*arguments: str | Path, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["vertaal", "glossary", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code: Any = 0
        try:
            cli.main()
        except SystemExit as error:
            code = error.code
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Done(int(code or 0), out.decode(), err.decode())

    return run_it


def glossary() -> str:
    return Path("glossary/nl-en.csv").read_text()


def test_list(run: Run) -> None:
    done = run("list")
    assert done.code == 0
    head, *rows = done.out.splitlines()
    assert head.split() == ["source", "target", "pos", "domain", "forbidden", "note", "match", "case"]
    assert [row.split()[0] for row in rows] == ["dienstplichtige", "kanonnenvoer", "Rusland"]
    assert done.err == "glossary/nl-en.csv: 3 terms\n"
    assert json.loads(run("list", "--text", "INSULT", "--json").out) == [
        {
            "source": "kanonnenvoer",
            "target": "cannon fodder",
            "pos": "noun",
            "domain": "military",
            "forbidden": "canon fodder",
            "note": "An insult",
        }
    ]
    assert run("list", "--domain", "place", "--pos", "noun") == Done(0, "", "glossary/nl-en.csv: 0 terms\n")


def test_show(run: Run) -> None:
    assert run("show", "rusland").out.splitlines() == [
        "source:    Rusland",
        "target:    Russia",
        "pos:       name",
        "domain:    place",
        "match:     compound",
        "case:      yes",
    ]
    assert json.loads(run("show", "Rusland", "--json").out)[0]["target"] == "Russia"


def test_what_is_in_a_file_does_not_act_on_the_terminal(run: Run) -> None:
    Path("glossary/nl-en.csv").write_text("source,target,note\nhuis,house,\x1b[31mred\x1b[0m\n")
    for command in (("list",), ("show", "huis")):
        assert "\x1b" not in run(*command).out


def test_a_life_of_a_term(run: Run) -> None:
    line = TEXT.splitlines()
    done = run(
        *(
            "add",
            "grenspost",
            "border crossing|border post",
            "--pos",
            "noun",
            "--domain",
            "border",
            "--forbidden",
            "border mail",
        ),
        *("--forbidden", "post", "--note", 'of "stone"'),
    )
    assert done == Done(0, "", "glossary/nl-en.csv: added grenspost → border crossing|border post (border)\n")
    added = 'grenspost,border crossing|border post,noun,border,,,,border mail|post,"of ""stone"""'
    assert glossary().splitlines() == [*line[:3], added, *line[3:]]
    assert (
        run(
            "edit",
            "grenspost",
            "--target",
            "border post",
            "--note",
            "",
            "--forbidden",
            "",
            "--case",
            "--match",
            "compound",
        ).code
        == 0
    )
    assert glossary().splitlines()[3] == "grenspost,border post,noun,border,compound,yes,,,"
    assert run("edit", "grenspost", "--no-case", "--to-domain", "state").code == 0
    assert (
        run("rename", "grenspost", "grensplaats").err
        == "glossary/nl-en.csv: ~ grensplaats (state): source 'grenspost' → 'grensplaats'\n"
    )
    assert glossary().splitlines()[3] == "grensplaats,border post,noun,state,compound,,,,"
    assert run("remove", "grensplaats").err == "glossary/nl-en.csv: removed grensplaats → border post (state)\n"
    assert glossary() == TEXT


def test_the_first_term_makes_the_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new" / "mine.csv"
    assert run("add", "AIVD", "--keep", "--case", "--match", "exact", "--glossary", path).code == 0
    assert path.read_text().splitlines()[1] == "AIVD,AIVD,,,exact,yes,yes,,"


def test_a_second_term_of_that_source_is_pointed_out(run: Run) -> None:
    done = run("add", "kanonnenvoer", "gun feed", "--domain", "farms")
    assert done.code == 0
    assert done.err.splitlines()[1] == (
        "glossary/nl-en.csv: kanonnenvoer → cannon fodder (military) is there too: the first in the file is used"
    )
    assert run("edit", "kanonnenvoer", "--note", "x").err == (
        "vertaal: glossary/nl-en.csv has 'kanonnenvoer' in several domains ('military', 'farms'): say which with --domain.\n"
    )
    assert run("remove", "kanonnenvoer", "--domain", "farms").code == 0
    assert glossary() == TEXT


BAD = [
    (
        ("add", "kanonnenvoer", "x", "--domain", "military"),
        "has the term 'kanonnenvoer' in the domain 'military' already",
    ),
    (("add", "huis"), "The term 'huis' needs a target"),
    (("add", "", "house"), "A term needs a source"),
    (("add", "huis", "house", "--pos", "thing"), "has pos 'thing': use one of noun"),
    (("add", "huis", "house", "--match", "thing"), "has match 'thing': use one of word"),
    (("add", "huis", "ho\x07use"), "has a control character in its target"),
    (("edit", "huis", "--note", "x"), "glossary/nl-en.csv has no term 'huis'."),
    (("edit", "kanonnenvoer"), "say what to change"),
    (("edit", "kanonnenvoer", "--target", ""), "needs a target"),
    (("rename", "kanonnenvoer", "kanonnenvoer", "--domain", "x"), "has no term 'kanonnenvoer' in the domain 'x'."),
    (("remove", "huis"), "has no term 'huis'."),
    (("show", "huis"), "has no term 'huis'."),
    (("list", "--glossary", "none.csv"), "vertaal: Cannot read none.csv: there is no such file or folder."),
    (("remove", "x", "--glossary", "none.csv"), "vertaal: Cannot read none.csv: there is no such file or folder."),
    (
        ("list", "--glossary", "bad.csv"),
        "vertaal: bad.csv:3:2: the term 'b' needs a target, the English word: it is empty.",
    ),
    (("add", "a", "b", "--glossary", "bad.csv"), "vertaal: bad.csv:3:2: "),
    (
        ("lookup", "a", "--lexicon", "bad.csv"),
        "vertaal: bad.csv:1:2: the line is not a Dutch word, a tab and its English.",
    ),
    (("import",), "give a file, or --exonyms"),
    (("import", "bad.csv", "--exonyms"), "give a file, or --exonyms"),
    (("import", "bad.csv"), "vertaal: bad.csv:3:2: "),
    (("import", "bad.tmx"), "vertaal: bad.tmx:1 has a document type with declarations of its own, such as entities"),
    (("import", "bad.csv", "--format", "xls"), "vertaal: There is no format 'xls': use one of csv, "),
    (("import", "bad.csv", "--prefer", "mine"), "--prefer is ours or theirs"),
    (("export", "-"), "vertaal: The name '-' does not tell a format"),
    (("export", "glossary", "--format", "po"), "vertaal: Cannot write glossary: it is a folder."),
    (("diff", "glossary/nl-en.csv", "none.csv"), "vertaal: Cannot read none.csv"),
    (("merge", "glossary/nl-en.csv", "bad.csv"), "vertaal: bad.csv:3:2: "),
    (("suggest", "none.txt"), "vertaal: Cannot read none.txt"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD, ids=[" ".join(a)[:50] for a, _ in BAD])
def test_bad_input_ends_with_2_and_changes_nothing(run: Run, arguments: tuple[str, ...], message: str) -> None:
    Path("bad.csv").write_text("source,target\na,b\nb,\n")
    Path("bad.tmx").write_text('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>')
    done = run(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert message in done.err
    assert "Traceback" not in done.err
    assert glossary() == TEXT


def test_lookup(run: Run) -> None:
    Path("mine.tsv").write_text("grenspost\tborder booth\n")
    done = run("lookup", "Dienstplichtigen bij de grenspost", "--lexicon", "mine.tsv")
    assert done.code == 0
    _, *rows = [line.split("  ") for line in done.out.splitlines()]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert cells == [
        ["Dienstplichtigen", "1–16", "plural", "dienstplichtige", "Conscripts", "glossary"],
        ["grenspost", "25–33", "dictionary form", "grenspost", "border booth", "lexicon"],
    ]
    found = json.loads(run("lookup", "-", "--json", stdin=b"Het kanonnenvoer.\n").out)
    assert [(f["start"], f["end"], f["target"], f["term"]["note"]) for f in found] == [
        (4, 16, "cannon fodder", "An insult")
    ]
    assert run("lookup", "Qwrtpst.").out == ""


def test_check(run: Run) -> None:
    assert run("check") == Done(0, "", "glossary/nl-en.csv: 0 findings\n")
    with Path("glossary/nl-en.csv").open("a") as file:
        file.write("Rusland,Russia,name,place\n=a,b\n")
    done = run("check")
    assert done.code == 1
    assert done.out.splitlines() == [
        "glossary/nl-en.csv:6:1: the term 'Rusland' in the domain 'place' is there already, in line 5: the first is used. [duplicate]",
        "glossary/nl-en.csv:7:1: '=a' begins like a formula: a spreadsheet may run it. [formula]",
    ]
    assert [f["rule"] for f in json.loads(run("check", "--json").out)] == ["duplicate", "formula"]


def test_the_glossary_of_this_project_has_no_doubles_or_conflicts(run: Run) -> None:
    findings = json.loads(run("check", "--json", "--glossary", ROOT / "glossary" / "nl-en.csv").out)
    assert [f for f in findings if f["rule"] != "inflection"] == []


def test_import_and_export(run: Run) -> None:
    for kind in ("csv", "tbx", "tbx3", "tmx", "po", "weblate", "utx"):
        assert run("export", f"out.{kind}", "--format", kind).err == f"out.{kind}: wrote 3 terms\n"
        done = run("import", f"out.{kind}", "--format", kind, "--glossary", f"{kind}.csv")
        assert done == Done(0, "", f"{kind}.csv: added 3 terms, changed 0\n")
        # Sorted: this glossary has the order that an empty one gets.
        assert Path(f"{kind}.csv").read_text() == TEXT.partition("\n")[2]
        assert run("import", f"out.{kind}", "--format", kind).err.endswith("added 0 terms, changed 0\n")
    assert run("export", "-", "--format", "deepl-tsv").out.splitlines()[1] == "kanonnenvoer\tcannon fodder"
    assert glossary() == TEXT


def test_import_with_conflicts(run: Run) -> None:
    Path("d.csv").write_text("kanonnenvoer,gun feed\nmotie,motion\n")
    done = run("import", "d.csv")
    assert done.code == 1
    assert done.err.splitlines() == [
        "kanonnenvoer (military): target is 'cannon fodder' in ours and 'gun feed' in theirs",
        "glossary/nl-en.csv: nothing was changed: say with --prefer ours or theirs whose word counts in 1 conflict",
    ]
    assert glossary() == TEXT
    assert run("import", "d.csv", "--prefer", "theirs").code == 0
    assert "kanonnenvoer,gun feed,noun,military,,,,canon fodder,An insult\nmotie,motion,,,,,,,\n" in glossary()


def test_import_names_what_it_leaves_out(run: Run) -> None:
    Path("t.po").write_text("".join(f'msgid "w{i}"\nmsgstr ""\n\n' for i in range(12)))
    done = run("import", "t.po")
    assert done.code == 0
    assert done.err.splitlines()[0] == "t.po: 'w0' has no English."
    assert done.err.splitlines()[-2:] == [
        "… and 2 more entries were left out",
        "glossary/nl-en.csv: added 0 terms, changed 0",
    ]


def test_exonyms(run: Run) -> None:
    done = run("import", "--exonyms")
    assert done.code == 0
    loaded = Glossary.load("glossary/nl-en.csv")
    assert loaded.get("Duitsland").target == "Germany"
    assert [t.match for t in loaded.find("Rusland")] == ["compound"]  # ours, once
    assert run("import", "--exonyms").err == "glossary/nl-en.csv: added 0 terms, changed 0\n"


def test_diff_and_merge(run: Run) -> None:
    assert run("diff", "glossary/nl-en.csv", "glossary/nl-en.csv") == Done(0, "", "")
    Path("b.csv").write_text(
        "source,target,domain\nmotie,motion,\nRusland,Russia,place\nkanonnenvoer,gun feed,military\n"
    )
    done = run("diff", "glossary/nl-en.csv", "b.csv")
    assert done.code == 1
    assert done.out.splitlines()[0] == "- dienstplichtige (military): conscript|draftee"
    assert [c["what"] for c in json.loads(run("diff", "glossary/nl-en.csv", "b.csv", "--json").out)] == [
        *("removed", "changed", "changed", "added")
    ]
    done = run("merge", "glossary/nl-en.csv", "b.csv", "-o", "c.csv")
    assert (done.code, done.out) == (1, "") and not Path("c.csv").exists()
    assert done.err.startswith("kanonnenvoer (military): target is 'cannon fodder' in ours and 'gun feed' in theirs\n")
    done = run("merge", "glossary/nl-en.csv", "b.csv", "--prefer", "ours")
    assert done == Done(
        0,
        TEXT.replace("Rusland", "motie,motion,,,,,,,\nRusland"),
        "kanonnenvoer (military): target is 'cannon fodder' in ours and 'gun feed' in theirs\nglossary/nl-en.csv: added 1 term, changed 0\n",
    )
    assert run("merge", "glossary/nl-en.csv", "b.csv", "--prefer", "theirs", "-o", "glossary/nl-en.csv").code == 0
    assert "kanonnenvoer,gun feed,noun," in glossary()


def test_commands_load_only_what_they_need(tmp_path: Path) -> None:
    heavy = "{'ctranslate2', 'numpy', 'babel', 'translate', 'lxml', 'simplemma', 'inflect', 'ahocorasick', 'toolkit.pipeline'}"
    code = f"""
import sys
from toolkit.cli import app
sys.argv = ['vertaal', 'glossary', *sys.argv[1:]]
try:
    app()
finally:
    print(sorted({heavy} & sys.modules.keys()), file=sys.stderr)
"""
    (tmp_path / "g.csv").write_text(TEXT)
    for arguments in (["list"], ["show", "Rusland"], ["add", "huis", "house"], ["remove", "huis"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments, "--glossary", str(tmp_path / "g.csv")],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr.splitlines()[-1] == "[]"
