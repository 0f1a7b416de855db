"""Suggesting terms: which words of an article, why, and with what English."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from toolkit import Glossary, Term, Translator, open_document
from toolkit.terminology.lexicon import Lexicon
from toolkit.terminology.suggestion import Proposal, Suggestion, accept, aligned, dictionary_form, is_compound, suggest

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Said:
    text: str
    score: float
    alignment: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()


class Dictionary:
    """A decoder that knows its sentences: Dutch → English, in which `word=English` marks what is aligned to a word."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self.asked: list[str] = []
        self._known = dict(self._entry(d, e) for d, e in sentences.items())

    @staticmethod
    def _entry(dutch: str, marked: str) -> tuple[str, Said]:
        english, alignment = "", []
        for token in marked.split():
            word, _, origin = token.partition("=")
            if origin:
                start = dutch.index(origin)
                alignment.append(((len(english), len(english) + len(word)), (start, start + len(origin))))
            english += word + " "
        return dutch, Said(english.strip(), -0.1, tuple(alignment))

    def decode(
        self, sentences: Sequence[str], *, beam_size: int = 4, hypotheses: int = 1, alignments: bool = False
    ) -> list[list[Said]]:
        self.asked += sentences
        return [[self._known.get(s, Said("", -9.0))] for s in sentences]


def found(
    sentences: Mapping[str, str], alone: Mapping[str, str], *terms: Term, words: Mapping[str, str] = {}
) -> list[Suggestion]:
    decoder = Dictionary({**sentences, **alone})
    lexicon = Lexicon({dutch: (english,) for dutch, english in words.items()})
    return suggest(list(sentences), decoder, Glossary.of(terms), lexicon)


def test_a_word_that_is_translated_in_several_ways() -> None:
    sentences = {
        "De rekenkamer sprak.": "The court=rekenkamer of=rekenkamer audit=rekenkamer spoke.",
        "De Rekenkamer zweeg.": "The courts=Rekenkamer of=Rekenkamer audit=Rekenkamer were silent.",
        "Rekenkamers zwegen.": "Calculators=Rekenkamers were silent.",
    }
    # The one with a capital is a name, a word of its own.
    (suggestion,) = found(sentences, {"rekenkamer": "computing room"})
    assert (suggestion.source, suggestion.reason, suggestion.count) == ("rekenkamer", "varies", 2)
    assert suggestion.renderings == (("court of audit", 1), ("calculators", 1))
    assert suggestion.proposals == (
        Proposal("court of audit", "article"),
        Proposal("calculators", "article"),
        Proposal("computing room", "model"),
    )
    assert suggestion.term == Term(
        "rekenkamer", "court of audit", note="suggested: translated in several ways; also calculators, computing room"
    )


def test_other_forms_of_the_same_english_are_no_variation() -> None:
    sentences = {"Een soldaat viel.": "A soldier=soldaat fell.", "De soldaten vielen.": "The soldiers=soldaten fell."}
    assert found(sentences, {"soldaat": "soldier"}) == []
    assert found(sentences, {"soldaat": "trooper"}) == []


def test_a_word_that_is_left_in_dutch() -> None:
    sentences = {"Er lag puin.": "There was puin=puin."}
    (suggestion,) = found(sentences, {"puin": "puin"})
    assert (suggestion.reason, suggestion.proposals, suggestion.term) == ("dutch", (), None)
    (suggestion,) = found(sentences, {"puin": "debris"}, words={"puin": "rubble"})
    assert suggestion.proposals == (Proposal("rubble", "lexicon"), Proposal("debris", "model"))


def test_a_compound_that_is_not_translated_as_alone() -> None:
    sentences = {"Hij noemde hen kanonnenvoer.": "He called them cattle=kanonnenvoer feed=kanonnenvoer."}
    (suggestion,) = found(sentences, {"kanonnenvoer": "Cannon fodder."})
    assert (suggestion.source, suggestion.reason) == ("kanonnenvoer", "context")
    assert suggestion.proposals == (Proposal("cannon fodder", "model"), Proposal("cattle feed", "article"))
    assert found(sentences, {"kanonnenvoer": "cattle feed"}) == []
    assert found(sentences, {"kanonnenvoer": "Cannon fodder."}, words={"kanonnenvoer": "cattle feed"}) == []


def test_words_of_the_glossary_and_common_words_are_left_out() -> None:
    sentences = {
        "De rekenkamer zegt niets op www.rekenkamer.nl.": "The court=rekenkamer says=zegt nothing.",
        "Rekenkamers zeggen niets.": "Calculators=Rekenkamers do not speak=zeggen a word.",
    }
    decoder = Dictionary({**sentences, "rekenkamer": "x"})
    assert suggest(list(sentences), decoder, Glossary.of([Term("rekenkamer", "court of audit", "noun")])) == []
    assert decoder.asked == list(sentences)  # nothing is asked for words that are no candidates


def test_the_limit_and_the_order() -> None:
    sentences = {
        "Er lag puin bij de rekenkamer.": "There was puin=puin near the court=rekenkamer.",
        "Rekenkamers zwegen.": "Calculators=Rekenkamers were silent.",
    }
    decoder = Dictionary(sentences)
    assert [s.source for s in suggest(list(sentences), decoder, Glossary())] == ["puin", "rekenkamer"]
    assert [s.source for s in suggest(list(sentences), decoder, Glossary(), limit=1)] == ["puin"]
    assert suggest([], decoder, Glossary()) == []


@pytest.mark.parametrize(
    ("word", "compound"),
    [
        ("kanonnenvoer", True),
        ("deelrepubliek", True),
        ("regeringscrisis", True),
        ("oud-minister", True),
        ("soldaat", False),
        ("gedeeltelijk", False),
        ("de", False),
    ],
)
def test_compounds(word: str, compound: bool) -> None:
    assert is_compound(word) == compound


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("deelrepublieken", "deelrepubliek"),
        ("kanonnenvoer", "kanonnenvoer"),
        ("grensposten", "grenspost"),
        ("qwrt", "qwrt"),
    ],
)
def test_dictionary_forms(word: str, form: str) -> None:
    assert dictionary_form(word) == form


def test_aligned_words() -> None:
    english = "The court of audit and the court"
    pairs = [((0, 3), (0, 5)), ((4, 9), (3, 9)), ((10, 12), (3, 9)), ((13, 18), (3, 9)), ((27, 32), (3, 9))]
    assert aligned(english, pairs, (3, 9)) == "court of audit"
    assert aligned(english, pairs, (20, 25)) == ""
    assert aligned("", [], (0, 3)) == ""


def test_suggestions_can_be_added() -> None:
    one = Suggestion("berk", "varies", 2, (), (Proposal("birch", "model"),))
    none = Suggestion("puin", "dutch", 1, (), ())
    there = Suggestion("eik", "varies", 2, (), (Proposal("elm", "model"),))
    name = Suggestion("Orsa", "varies", 2, (), (Proposal("Orsa", "article"),), name=True)
    glossary = Glossary.parse("source,target\neik,oak\n")
    assert [t.source for t in accept([one, none, there, name], glossary)] == ["berk", "Orsa"]
    assert [(t.source, t.target, t.case, t.pos) for t in glossary] == [
        ("berk", "birch", False, ""),
        ("eik", "oak", False, ""),
        ("Orsa", "Orsa", True, "name"),
    ]


def test_with_the_bundled_model(translator: Translator, glossary: Glossary) -> None:
    document = open_document(ROOT / "examples" / "grensrepubliek.txt")
    sentences = [s.text for s in document.segments]
    suggestions = suggest(sentences, translator.decoder, Glossary(), limit=None)
    assert suggestions
    assert [s.source for s in suggestions] == [
        s.source for s in suggest(sentences, translator.decoder, Glossary(), limit=None)
    ]
    for suggestion in suggestions:
        assert suggestion.count >= len(suggestion.sentences) >= 1
        assert all(p.english for p in suggestion.proposals)
    known = suggest(sentences, translator.decoder, glossary, limit=None)
    assert not {s.source for s in known} & {t.source for t in glossary}


def test_the_command(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(
        "De dijkgraaf zag het kanonnenvoer. De rechtshistoricus zweeg.\n\nHij prees de rechtshistorici.\n"
    )
    path = tmp_path / "g.csv"
    command = [sys.executable, "-m", "toolkit", "glossary", "suggest", str(article), "--glossary", str(path)]
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    found_there = json.loads(done.stdout)
    assert not path.exists()
    rows = subprocess.run([*command, "--csv", "--add"], capture_output=True, text=True, cwd=ROOT).stdout
    wanted = [f["row"]["source"] for f in found_there if f["row"]]
    assert [line.split(",")[0] for line in rows.splitlines()] == wanted
    assert sorted(t.source for t in Glossary.load(path)) == sorted(wanted)
    assert all(f["lines"] for f in found_there)
