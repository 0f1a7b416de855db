"""Cleaning, the vocabulary, and the step `prepare`."""

from __future__ import annotations

import json
import random
import unicodedata
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toys import TABLE, own_pairs, write_bitext  # type: ignore[import-not-found]

from training import corpora
from training.cleaning import Known, fault, tidy
from training.config import HINT, UNK, Cleaning, TrainingError, Vocabulary
from training.corpora import Corpus, letters
from training.prepare import Prepared, headlines, joined, prepare, read_pairs
from training.vocabulary import LETTERS, load

LIMITS = Cleaning()


@given(st.text(max_size=60), st.text(max_size=60))
def test_tidy_is_stable_and_composed(dutch: str, english: str) -> None:
    once = tidy((dutch, english))
    assert tidy(once) == once
    assert all(unicodedata.is_normalized("NFC", side) and side == " ".join(side.split()) for side in once)


def test_tidy_straightens_and_americanises() -> None:
    assert tidy(("„Mooi\u00a0weer…”", "“Lovely  weather for travelling”")) == (
        '"Mooi weer..."',
        '"Lovely weather for traveling"',
    )


@pytest.mark.parametrize(
    ("dutch", "english", "expected"),
    [
        ("Een gewone zin.", "An ordinary sentence.", None),
        ("", "Nothing.", "empty"),
        ("woord " * 200, "word " * 200, "too long"),
        (
            "Ja, dat is zo.",
            "Yes, that is so, and there is a good deal more to be said about it than this.",
            "lengths differ",
        ),
        ("This was never translated at all.", "This was never translated at all.", "not translated"),
        ("Klik op <b>Opslaan</b>.", "Click <b>Save</b>.", "markup"),
        ("1 2 3 4 5 = 6 a", "1 2 3 4 5 = 6 b", "few letters"),
        ("Er zijn 4 huizen verkocht.", "There were 5 houses sold.", "numbers differ"),
        ("De winkel gaat om 14.30 uur dicht.", "The shop closes at 2:30 p.m.", None),
        ("Het kostte 1.250 euro.", "It cost 1,250 euros.", None),
    ],
)
def test_fault(dutch: str, english: str, expected: str | None) -> None:
    assert fault((dutch, english), LIMITS) == expected


def test_known_drops_doubles_and_test_sentences_however_they_are_written() -> None:
    known = Known(["De kat zat gisteren op de mat.", "Yesterday the cat sat on the mat."])
    assert known.fault(("Een andere zin.", "Another sentence.")) is None
    assert known.fault(("een andere zin", "Another sentence")) == "met before"
    assert known.fault(("Een andere zin.", "A different sentence.")) is None
    assert known.fault(('"De kat zat gisteren op de mat!"', "Something else.")) == "in a test set"
    assert known.fault(("Iets anders.", "YESTERDAY, the cat sat on the mat")) == "in a test set"


@given(st.text(max_size=40))
def test_letters_are_the_same_in_any_case(text: str) -> None:
    assert letters(letters(text)) == letters(text)
    assert letters(text + " !") == letters(text)


def test_joined_lines_are_neighbours() -> None:
    pairs = [(f"Zin {n}.", f"Sentence {n}.") for n in range(40)]
    lines = list(joined(pairs, random.Random(1)))
    assert len(lines) == 19
    assert any(dutch.startswith('"') and dutch.endswith('"') and english.startswith('"') for dutch, english in lines)
    assert all(dutch.count("Zin") == english.count("Sentence") in (2, 3) for dutch, english in lines)


def test_headlines_lose_their_stop() -> None:
    assert list(headlines([("Brand in Gent.", "Fire in Ghent.")])) == [("Brand in Gent", "Fire in Ghent")]
    assert not list(headlines([("Brand in Gent!", "Fire in Ghent!")]))


def test_table_names_licence_source_and_size_of_every_corpus() -> None:
    table = corpora.load()
    assert table["authored_news"].segmentations == max(corpus.segmentations for corpus in table.values())
    for name, corpus in table.items():
        assert corpus.licence and corpus.source and corpus.remark, name
        assert corpus.pairs or name in ("joined", "headline", "hinted"), name


@pytest.mark.parametrize("text", ["[a]\nweight = 'x", "[a]\nwieght = 1", "[a]\nweight = -1"])
def test_wrong_table_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "corpora.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TrainingError):
        corpora.load(tmp_path / "corpora.toml")


def test_prepare_keeps_test_sentences_out(tmp_path: Path) -> None:
    pairs = own_pairs(40)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "dev.nl").write_text(pairs[3][0].upper() + "\n", encoding="utf-8")
    (tmp_path / "tests" / "dev.en").write_text(f"12\t{pairs[7][1]}\n", encoding="utf-8")
    bitext = write_bitext(tmp_path / "bitext", [*pairs, pairs[0], ("", "x")])
    write_bitext(bitext, [("Onbekend.", "Unknown.")], corpus="not_in_the_table")
    prepared = prepare(tmp_path / "data", bitext, tmp_path / "tests", settings=Vocabulary(700), table=TABLE)
    assert read_pairs(prepared.text("toy")) == [pair for k, pair in enumerate(pairs) if k not in (3, 7)]
    assert prepared.facts["dropped"] == {"toy": {"in a test set": 2, "met before": 1, "empty": 1}}
    assert prepared.weights == {"toy": 1.0}


def test_prepare_does_only_what_changed(tmp_path: Path) -> None:
    bitext = write_bitext(tmp_path / "bitext", own_pairs(40))

    def times() -> dict[str, int]:
        prepared = prepare(tmp_path / "data", bitext, None, settings=Vocabulary(700), table=TABLE)
        return {
            path.name: path.stat().st_mtime_ns
            for path in (prepared.text("toy"), prepared.vocabulary, prepared.ids("toy"))
        }

    first = times()
    assert times() == first
    Prepared(tmp_path / "data").vocabulary.unlink()
    assert times()["toy.tsv"] == first["toy.tsv"]
    write_bitext(tmp_path / "bitext", own_pairs(41))
    assert all(stamp != first[name] for name, stamp in times().items())


def test_further_segmentations_are_drawn_and_say_the_same(prepared: Path, tmp_path: Path) -> None:
    bitext = write_bitext(tmp_path / "bitext", own_pairs(24))
    table = {name: replace(corpus, segmentations=3) for name, corpus in TABLE.items()}
    existing = Prepared(prepared).vocabulary
    folders = [tmp_path / "one", tmp_path / "two"]
    done = [prepare(folder, bitext, None, existing=existing, table=table) for folder in folders]
    processor = load(existing)
    for name in done[0].weights:
        pairs = len(read_pairs(done[0].text(name)))
        with np.load(done[0].ids(name)) as ids, np.load(done[1].ids(name)) as again:
            assert all(np.array_equal(ids[key], again[key]) for key in ids)
            sides = {
                side: [tuple(part.tolist()) for part in np.split(ids[side], ids[f"{side}_offsets"][1:-1])]
                for side in ("source", "target")
            }
        assert len(sides["source"]) == len(sides["target"]) == 3 * pairs
        assert sides["target"][:pairs] * 3 == sides["target"]
        text = [processor.decode(list(ids)) for ids in sides["source"]]
        assert text[:pairs] * 3 == text
        assert sum(a != b for a, b in zip(sides["source"][:pairs] * 2, sides["source"][pairs:], strict=True)) > pairs


def test_prepare_gives_the_same_twice(tmp_path: Path) -> None:
    bitext = write_bitext(tmp_path / "bitext", own_pairs(40))
    a, b = (prepare(tmp_path / name, bitext, None, settings=Vocabulary(700), table=TABLE) for name in ("a", "b"))
    assert a.vocabulary.read_bytes() == b.vocabulary.read_bytes()
    with np.load(a.ids("toy")) as first, np.load(b.ids("toy")) as second:
        assert all(np.array_equal(first[name], second[name]) for name in (*first, *second))
    assert json.dumps(a.facts) == json.dumps(b.facts)


def test_prepare_takes_an_existing_vocabulary(prepared: Path, tmp_path: Path) -> None:
    there = prepared / "vocabulary.model"
    again = prepare(
        tmp_path / "data", write_bitext(tmp_path / "bitext", own_pairs(5)), None, existing=there, table=TABLE
    )
    assert again.vocabulary.read_bytes() == there.read_bytes()


def test_prepare_refuses_what_it_cannot_use(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no corpus"):
        prepare(tmp_path / "data", write_bitext(tmp_path / "a", own_pairs(2), "other"), None, table=TABLE)
    with pytest.raises(TrainingError, match="no test files"):
        (tmp_path / "empty").mkdir()
        prepare(tmp_path / "data", write_bitext(tmp_path / "b", own_pairs(2)), tmp_path / "empty", table=TABLE)
    with pytest.raises(TrainingError, match="pieces"):
        prepare(
            tmp_path / "data", write_bitext(tmp_path / "c", own_pairs(2)), None, settings=Vocabulary(20000), table=TABLE
        )
    (tmp_path / "c" / "toy.tsv").write_text("toy\tmaar twee kolommen\n", encoding="utf-8")
    with pytest.raises(TrainingError, match=r"toy\.tsv:1 has 2 columns"):
        prepare(tmp_path / "data", tmp_path / "c", None, table=TABLE)


def test_vocabulary_knows_hints_letters_and_plain_quotes(prepared: Path) -> None:
    pieces = load(prepared / "vocabulary.model")
    opening, arrow, closing = HINT
    tokens = pieces.encode(f"{opening} a {arrow} b {closing}", out_type=str)
    assert [symbol for symbol in tokens if symbol in HINT] == [opening, arrow, closing]
    assert UNK not in pieces.encode("Ça va, Šarūnas? € 5 – łódź, İstanbul, Ørsted, Αθήνα, Москва")
    assert pieces.encode("“Ja”, zei ‘hij’ — en − ging\u00a0weg…") == pieces.encode(
        "\"Ja\", zei 'hij' – en - ging weg..."
    )
    assert pieces.encode("e\u0301e\u0301n") == pieces.encode("één")


@given(st.text(alphabet=LETTERS.replace("\\", "") + " ", max_size=50))
def test_vocabulary_gives_letters_back(prepared: Path, text: str) -> None:
    pieces = load(prepared / "vocabulary.model")
    plain = pieces.normalize(text).replace("▁", " ").strip()
    assert pieces.decode(pieces.encode(text)) == plain
    assert UNK not in pieces.encode(text)


def test_foreign_vocabulary_is_refused(tmp_path: Path) -> None:
    import sentencepiece

    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([dutch for dutch, _ in own_pairs(40)]),
        model_prefix=str(tmp_path / "foreign"),
        vocab_size=200,
        minloglevel=2,
    )
    with pytest.raises(TrainingError, match="none of this recipe"):
        load(tmp_path / "foreign.model")
    with pytest.raises(TrainingError, match="cannot be read"):
        load(tmp_path / "missing.model")


def test_own_files_replace_a_corpus_of_the_same_name(tmp_path: Path) -> None:
    table = {"authored_news": Corpus("authored_news", 1.0, files="data/0001.tsv")}
    bitext = write_bitext(tmp_path, [("Alleen hier.", "Only here.")], "authored_news")
    read = [pair for _, pair in corpora.read(table, bitext)]
    assert len(read) > 1000 and ("Alleen hier.", "Only here.") not in read
