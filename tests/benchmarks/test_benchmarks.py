"""The benchmark runs, on a tiny text, and its numbers are those of the processes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import texts
from benchmarks.measure import Failed, Row, Usage, environment, facts, run
from toolkit.documents import parse

ROOT = Path(__file__).parent.parent.parent


def _benchmark(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=True, timeout=240
    )
    return done.stdout


def test_every_program_in_one_round() -> None:
    result = json.loads(_benchmark("benchmarks.run", "--pairs", "1", "--words", "20", "--sentences", "0", "--json"))
    article = {row["program"]: row for row in result["rows"] if row["case"].startswith("article")}
    assert set(article) == {"vertaal", "vertaal, glossary", "argos-translate", "CTranslate2"}
    for row in article.values():
        assert row["ratio"]["wall"] > 0 and row["median"]["cpu"] > 0 and len(row["runs"]) == 1
    assert article["vertaal"]["ratio"] == {"wall": 1, "cpu": 1, "peak": 1}
    assert {row["program"] for row in result["rows"]} >= {"python", "vertaal --help"}


def test_settings() -> None:
    table = _benchmark("benchmarks.settings", "--pairs", "1", "--sentences", "3", "--only", "beam 1")
    assert [line.split("|")[1].strip() for line in table.splitlines() if re.match(r"\| (as|beam)", line)] == [
        "as it is",
        "beam 1",
    ]


def test_sizes_are_a_table_and_a_plot() -> None:
    from xml.etree import ElementTree

    from benchmarks.sizes import plot

    table = _benchmark("benchmarks.sizes", "--pairs", "1", "--sizes", "2")
    assert [line.split("|")[2].strip() for line in table.splitlines()[4:] if line.startswith("|")][1:] == [
        "vertaal",
        "argos-translate",
        "CTranslate2",
    ]
    drawn = ElementTree.fromstring(plot({"vertaal": [(1, 9.5), (1000, 2100.0)], "argos-translate": [(10, 40.0)]}))
    lines = [e.get("points", "").split() for e in drawn.iter("{http://www.w3.org/2000/svg}polyline")][-2:]
    assert [len(line) for line in lines] == [2, 1]
    (x1, y1), (x2, y2) = (tuple(map(float, place.split(","))) for place in lines[0])
    assert x1 < x2 and y1 > y2, "more sentences to the right, more words above"


def test_the_machine_is_not_named() -> None:
    import platform

    text = json.dumps(facts())
    assert platform.node() not in text and str(Path.home()) not in text


def test_no_sentence_twice() -> None:
    segments = [s.text for s in parse(texts.document(1_000)).segments]
    assert len(set(segments)) == len(segments) >= 1_000
    assert texts.document(1_000, seed=2) != texts.document(1_000)
    with pytest.raises(ValueError, match="There are"):
        texts.document(10**7)


def test_article_has_about_the_words() -> None:
    assert 540 <= len(texts.article(600).split()) <= 720


def test_a_process_is_measured(tmp_path: Path) -> None:
    program = (
        "import time; end = time.process_time() + .2\nwhile time.process_time() < end: pass\nprint(1); time.sleep(.2)"
    )
    used = run([sys.executable, "-c", program], tmp_path, environment(tmp_path, ROOT))
    assert 0.2 <= used.cpu < used.wall and used.wall >= 0.4


@pytest.mark.parametrize(("program", "why"), [("raise SystemExit('no model')", "no model"), ("pass", "no output")])
def test_a_failing_program_is_no_measurement(program: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(Failed, match=why):
        run([sys.executable, "-c", program], tmp_path, environment(tmp_path, ROOT))


def test_ratio_is_the_median_of_pairs() -> None:
    first = (Usage(1, 0, 3), Usage(10, 0, 2), Usage(2, 0, 3))
    row = Row("case", "slow", 0, (Usage(3, 1, 9), Usage(20, 1, 9), Usage(8, 1, 9)), first)
    assert row.ratio("wall") == 3 and row.middle("wall") == 8
    assert row.ratio("peak") == 3 and row.middle("peak") == 9 and row.ratio("cpu") is None


def test_peak_memory_is_that_of_the_process_alone(tmp_path: Path) -> None:
    large = bytearray(b"x" * 100_000_000)
    used = run([sys.executable, "-c", "print(1)"], tmp_path, environment(tmp_path, ROOT))
    assert used.peak < 50 < len(large) / 2**20
