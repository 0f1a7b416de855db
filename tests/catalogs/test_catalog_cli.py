"""`vertaal catalog`: exit codes, results on standard output, talk on standard error."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from building import SENTENCES, by_source, messages, rewrite

from toolkit.catalogs import Paths, record
from toolkit.cli import main

OPEN, BUILT, DONE, NOISE = SENTENCES

Run = Callable[..., tuple[str, str]]


@pytest.fixture
def vertaal(locales: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `vertaal catalog …` beside the locales folder: what it prints on standard output and error."""
    monkeypatch.chdir(locales.parent)

    def run(*arguments: str, code: int = 0) -> tuple[str, str]:
        monkeypatch.setattr(sys, "argv", ["vertaal", "catalog", *arguments])
        with pytest.raises(SystemExit) as done:
            main()
            raise SystemExit(0)
        printed = capsys.readouterr()
        assert (done.value.code or 0) == code, printed
        return printed.out, printed.err

    return run


def test_stats(vertaal: Run, locales: Path) -> None:
    out, err = vertaal("stats")
    head, row = out.splitlines()
    assert head.split() == ["domain", "translated", "approved", "fuzzy", "untranslated", "obsolete", "words"]
    assert row.split() == ["brug", "4", "0", "0", "0", "0", "25"] and not err
    record(messages([OPEN]), locales, "haven")
    assert vertaal("stats")[0].splitlines()[-1].split() == ["total", "5", "0", "0", "0", "0", "30"]
    assert json.loads(vertaal("stats", "haven", "--json")[0])["haven"]["total"] == 1
    assert "There is no catalog" in vertaal("stats", "nergens", code=2)[1]


def test_check(vertaal: Run, po: Path) -> None:
    out, err = vertaal("check")
    assert not out and err == "0 problems in 4 messages\n"
    rewrite(po, "Construction took three years.", "Construction, took 5 years.")
    out, _ = vertaal("check", "--select", "numbers", code=1)
    line = next(n for n, text in enumerate(po.read_text().split("\n"), 1) if text == f'msgid "{BUILT}"')
    assert out.startswith(f"locales/en/LC_MESSAGES/brug.po:{line}: numbers: ") and out.count("\n") == 1
    out, _ = vertaal("check", "--select", "numbers", "--format", "github", code=1)
    assert out.startswith(f"::warning file=locales/en/LC_MESSAGES/brug.po,line={line},title=numbers::")
    for json_too in (["--json"], ["--format", "json"]):
        [finding] = json.loads(vertaal("check", "--select", "numbers", *json_too, code=1)[0])
        assert (finding["rule"], finding["line"], finding["msgid"]) == ("numbers", line, BUILT)
    vertaal("check", "--ignore", "numbers")
    assert "did you mean numbers" in vertaal("check", "--select", "nummers", code=2)[1]
    vertaal("check", "--format", "xml", code=2)


def test_check_with_a_glossary(vertaal: Run, tmp_path: Path) -> None:
    (tmp_path / "termen.csv").write_text("source,target,forbidden\nbrug,span,bridge\n")
    out, _ = vertaal("check", "--glossary", "termen.csv", "--select", "term", "--select", "forbidden", code=1)
    assert [line.split(": ")[1] for line in out.splitlines()] == ["term", "forbidden"]


def test_show_and_lookup(vertaal: Run) -> None:
    assert f'msgstr "{SENTENCES[OPEN]}"' in vertaal("show", OPEN)[0]
    [shown] = json.loads(vertaal("show", OPEN, "--json")[0])
    assert (shown["domain"], shown["state"], shown["references"]) == ("brug", "machine", ["brug.txt:1"])
    assert "lookup" in vertaal("show", "De brug", code=1)[1]
    out, _ = vertaal("lookup", "De brug gaat vandaag open.")
    assert OPEN in out and SENTENCES[OPEN] in out and "brug:" in out
    [hit] = json.loads(vertaal("lookup", OPEN, "--json")[0])
    assert hit["likeness"] == 1.0 and hit["msgstr"] == SENTENCES[OPEN]
    assert vertaal("lookup", "Iets heel anders dan dat.", code=1)[0] == ""


def test_approve_and_unapprove(vertaal: Run, po: Path) -> None:
    assert "1 message approved" in vertaal("approve", "brug", OPEN)[1]
    assert "vertaal:" not in by_source(po)[OPEN].tcomment
    assert "3 messages approved" in vertaal("approve", "brug", "--all")[1]
    assert "4 messages given back" in vertaal("unapprove", "brug", "--all")[1]
    assert "or --all" in vertaal("approve", "brug", code=2)[1]
    assert "or --all" in vertaal("approve", "brug", OPEN, "--all", code=2)[1]
    assert "did you mean" in vertaal("approve", "brug", "De brug gaat morgen.", code=2)[1]


def test_compile(vertaal: Run, locales: Path, po: Path) -> None:
    mo = Paths.of(locales, "brug").mo
    compiled = mo.read_bytes()
    assert "is up to date" in vertaal("compile")[1]
    rewrite(po, f'\nmsgid "{OPEN}"', f'\n#, fuzzy\nmsgid "{OPEN}"')
    assert "written" in vertaal("compile", "brug")[1] and mo.read_bytes() != compiled
    vertaal("compile", "--fuzzy")
    assert mo.read_bytes() == compiled
    vertaal("compile", "--no-fuzzy", "--quiet")
    assert mo.read_bytes() != compiled


@pytest.mark.parametrize("name", ["uit.xlf", "uit.csv"])
def test_export_and_import(vertaal: Run, name: str, po: Path, tmp_path: Path) -> None:
    assert "4 messages" in vertaal("export", "brug", "-o", name)[1]
    rewrite(tmp_path / name, SENTENCES[OPEN], "Tomorrow the bridge opens.")
    assert "1 message changed, 0 approved" in vertaal("import", "brug", name)[1]
    assert by_source(po)[OPEN].msgstr == "Tomorrow the bridge opens."
    rewrite(tmp_path / name, "Tomorrow the bridge opens.", "The bridge!")
    rewrite(tmp_path / name, NOISE, "Een andere zin.")
    assert "kept" in vertaal("import", "brug", name, code=1)[1]
    left = json.loads(vertaal("import", "brug", name, "--json", "--overwrite", code=1)[0])
    assert left["changed"] == 1 and [pair["source"] for pair in left["unknown"]] == ["Een andere zin."]
    assert by_source(po)[OPEN].msgstr == "The bridge!"


def test_export_to_standard_output(vertaal: Run) -> None:
    assert vertaal("export", "brug")[0].startswith("<?xml") and "<xliff" in vertaal("export", "brug")[0]
    assert vertaal("export", "brug", "--format", "csv")[0].startswith('"location"')
    assert "is not known" in vertaal("export", "brug", "-o", "uit.docx", code=2)[1]
    assert "is not known" in vertaal("export", "brug", "--format", "docx", code=2)[1]
    assert "no such file" in vertaal("import", "brug", "nergens.xlf", code=2)[1]


def test_diff(vertaal: Run, po: Path, tmp_path: Path) -> None:
    (tmp_path / "oud.po").write_bytes(po.read_bytes())
    assert vertaal("diff", "oud.po", str(po)) == ("", "")
    rewrite(po, SENTENCES[OPEN], "Tomorrow!")
    out, _ = vertaal("diff", "oud.po", str(po), code=1)
    assert out == f"  {OPEN}\n- {SENTENCES[OPEN]}  (machine)\n+ Tomorrow!  (approved)\n"
    [one] = json.loads(vertaal("diff", "oud.po", str(po), "--json", code=1)[0])
    assert (one["old"], one["new"], one["new_state"]) == (SENTENCES[OPEN], "Tomorrow!", "approved")


def test_clean(vertaal: Run, locales: Path, po: Path) -> None:
    record(messages([OPEN]), locales, "brug")
    assert "3 messages dropped" in vertaal("clean", "brug")[1] and "#~" not in po.read_text()
    vertaal("clean", code=2)


def test_another_locale(vertaal: Run, locales: Path) -> None:
    assert "There are no catalogs in locales/en_GB/LC_MESSAGES" in vertaal("stats", "--language", "en_GB", code=2)[1]
    record(messages([OPEN]), locales, "brug", "en_GB")
    assert vertaal("stats", "--language", "en_GB")[0].splitlines()[1].split()[:2] == ["brug", "1"]
    assert vertaal("stats", "--language", "en-GB")[0].splitlines()[1].split()[:2] == ["brug", "1"]
    assert "is not a language code" in vertaal("stats", "--language", "Engels", code=2)[1]


@pytest.mark.parametrize(
    "command",
    [
        ["stats"],
        ["check"],
        ["compile"],
        ["show", OPEN],
        ["lookup", OPEN],
        ["approve", "brug", OPEN],
        ["export", "brug"],
        ["clean", "brug"],
    ],
    ids=lambda c: c[0],
)
def test_a_broken_catalog_is_one_sentence_and_exit_code_2(vertaal: Run, po: Path, command: list[str]) -> None:
    po.write_text('msgid "a"\nmsgstr b\n')
    out, err = vertaal(*command, code=2)
    assert not out and err.startswith("vertaal: locales/en/LC_MESSAGES/brug.po:2 ") and err.count("\n") == 1
    assert po.read_text() == 'msgid "a"\nmsgstr b\n'


def test_update(vertaal: Run, tmp_path: Path, locales: Path) -> None:
    (tmp_path / "weer.txt").write_text("Het regent.\n")
    (tmp_path / "sport.txt").write_text("Zij wint.\n")
    out, err = vertaal("update", "weer.txt", "sport.txt", "--model", "translate-nl_en-vertaal")
    assert not out and err.count(" written\n") == 2
    assert {"weer", "sport"} <= {path.stem for path in Paths.of(locales, "x").po.parent.glob("*.po")}
    assert "is up to date" in vertaal("update", "weer.txt", "--model", "translate-nl_en-vertaal")[1]
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "weer.nl.txt").write_text("Het sneeuwt.\n")
    assert "would have the same catalog" in vertaal("update", "weer.txt", "a/weer.nl.txt", code=2)[1]
    memory = '<tmx version="1.4"><header/><body><tu><tuv xml:lang="nl"><seg>Het regent.</seg></tuv><tuv xml:lang="en"><seg>Rain!</seg></tuv></tu></body></tmx>'
    (tmp_path / "m.tmx").write_text(memory)
    vertaal("update", "weer.txt", "--memory", "m.tmx", "--model", "translate-nl_en-vertaal")
    assert by_source(Paths.of(locales, "weer").po)["Het regent."].msgstr == "Rain!"


def test_help_imports_no_library() -> None:
    code = (
        "import sys\nsys.argv = ['vertaal', 'catalog', '--help']\nfrom toolkit.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({'polib', 'babel', 'ctranslate2', 'translate', 'lxml', 'simplemma'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]" and "approve" in done.stdout
