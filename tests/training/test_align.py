"""Hints out of word alignments."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

pytest.importorskip("wordfreq", reason="wordfreq is not installed: pip install 'vertaal[training]'")

from toys import TABLE, own_pairs, write_bitext  # type: ignore[import-not-found]

from training.align import align, examples, phrases, tokens
from training.config import HINT, TrainingError, Vocabulary
from training.prepare import Prepared, prepare, read_pairs

DUTCH, ENGLISH = "De gemeenteraad keurde het bestemmingsplan goed.", "The council approved the zoning plan."
LINKS = {(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (4, 5), (5, 2), (6, 6)}  # keurde … goed: approved
_HINT = re.compile("⟦ (.+?) ⇒ (.+?) ⟧")


def test_phrases_agree_with_the_alignment() -> None:
    source, target = tokens(DUTCH), tokens(ENGLISH)
    found = {
        (" ".join(word for word, _, _ in source[a:b]), " ".join(word for word, _, _ in target[c:d]))
        for a, b, c, d in phrases(source, target, LINKS, LINKS)
    }
    assert ("bestemmingsplan", "zoning plan") in found
    assert ("gemeenteraad", "council") in found
    assert not any("keurde" in dutch or "goed" in dutch for dutch, _ in found)  # one verb in two places is no phrase


def test_examples_hold_their_hints() -> None:
    pairs = [(DUTCH, ENGLISH)] * 300
    made = list(examples(pairs, [LINKS] * 300, [LINKS] * 300, random.Random(1)))
    kinds = set()
    for dutch, english in made:
        assert _HINT.sub(r"\1", dutch) == DUTCH
        assert not any(symbol in english for symbol in HINT)
        for source, target in _HINT.findall(dutch):
            assert source in DUTCH
            kinds.add(
                "obeyed"
                if target in english and target not in ENGLISH
                else "translation"
                if target in ENGLISH
                else "other"
            )
    assert len(made) == 300 and {"obeyed", "translation"} <= kinds


def test_examples_are_the_same_for_a_seed() -> None:
    pairs = own_pairs(60)
    links = [{(k, k) for k in range(min(len(tokens(nl)), len(tokens(en))))} for nl, en in pairs]
    first, second = (list(examples(pairs, links, links, random.Random(7))) for _ in range(2))
    assert first and first == second


def test_align_needs_prepared_data(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="prepare first"):
        align(tmp_path, table=TABLE)


def test_align_makes_a_corpus_and_keeps_its_links(tmp_path: Path) -> None:
    pytest.importorskip("eflomal", reason="eflomal is not installed: pip install 'vertaal[training]'")
    bitext = write_bitext(tmp_path / "bitext", own_pairs(300))
    prepare(tmp_path / "data", bitext, None, settings=Vocabulary(1000), table=TABLE)
    count = align(tmp_path / "data", table=TABLE)
    prepared = Prepared(tmp_path / "data")
    made = read_pairs(prepared.text("hinted"))
    assert count == len(made) > 100 and prepared.weights == {"toy": 1.0, "hinted": 0.5}
    assert all(_HINT.search(dutch) for dutch, _ in made)
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "data" / "align").iterdir()}
    assert align(tmp_path / "data", table=TABLE, seed=2) > 100  # other hints, from the same links
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "data" / "align").iterdir()} == before
    assert read_pairs(prepared.text("hinted")) != made
