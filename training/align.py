"""Step `align`: the corpus `hinted`, from which the model learns to obey inline hints, `⟦ Dutch ⇒ English ⟧`.

Word alignments (eflomal, Östling & Tiedemann 2016) give phrase pairs of one to three words; one to three of them a
sentence are written into the Dutch. Some hints carry the dictionary form, so that the model learns to inflect; some
carry a random English word, in hint and reference alike, so that it learns to obey.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.config import HINT, TrainingError
from training.corpora import Corpus, Pair, load
from training.files import digest, replacing
from training.prepare import Prepared, encode, read_pairs, write_pairs

NAME = "hinted"

Token = tuple[str, int, int]  # text, start, end
Links = set[tuple[int, int]]  # of a Dutch and an English word
Phrase = tuple[int, int, int, int]  # Dutch words from, to; English words from, to

_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_EDGES = frozenset(("de", "het", "een", "en", "van", "in", "dat", "die"))  # words that no term begins or ends with
_RANDOM, _LEMMA, _SMALL = 0.22, 0.23, 0.10  # shares of hints with a random word, the dictionary form, no capital


def align(folder: Path, *, table: dict[str, Corpus] | None = None, seed: int = 1) -> int:
    """Make the corpus of hints in a folder of prepared data; the word alignments are kept there and used again.

    eflomal draws at random and takes no seed: who wants the same hints again keeps its files, `align/links.*`.

    Returns:
        The number of sentences with hints.

    Raises:
        TrainingError: nothing is prepared there, or eflomal failed.
    """
    table, prepared = table or load(), Prepared(folder)
    names = [name for name in prepared.weights if name in table and table[name].hints]
    if not names or NAME not in table:
        raise TrainingError(f"There is nothing to align in {folder}: run the step prepare first.")
    texts = [prepared.text(name) for name in names]
    made_from = digest(texts, repr((seed, table[NAME])))
    if not prepared.done(NAME, made_from):
        pairs = [pair for path in texts for pair in read_pairs(path)]
        forward, backward = _links(pairs, folder / "align", digest(texts))
        hinted = list(examples(pairs, forward, backward, random.Random(seed)))
        if not hinted:
            raise TrainingError(f"No phrase pairs were found in {folder}: there is too little text to align.")
        write_pairs(prepared.text(NAME), hinted)
        prepared.count(table[NAME], len(hinted))
        prepared.finish(NAME, made_from)
    encode(prepared, NAME, seed)
    return int(prepared.facts["corpora"][NAME]["pairs"])


def tokens(text: str) -> list[Token]:
    """The words and marks of a sentence, with their places."""
    return [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def _links(pairs: Sequence[Pair], folder: Path, made_from: str) -> tuple[list[Links], list[Links]]:
    """The word alignments of both directions."""
    paths = [folder / f"links.{made_from}.{direction}" for direction in ("forward", "backward")]
    if not all(path.is_file() for path in paths):
        import eflomal

        for side, language in enumerate(("nl", "en")):
            with replacing(folder / f"words.{language}") as temporary:
                lines = (" ".join(word.lower() for word, _, _ in tokens(pair[side])) + "\n" for pair in pairs)
                temporary.write_text("".join(lines), encoding="utf-8")
        with (
            (folder / "words.nl").open() as dutch,
            (folder / "words.en").open() as english,
            replacing(paths[0]) as a,
            replacing(paths[1]) as b,
        ):
            aligner = eflomal.Aligner(model=3, n_samplers=1, rel_iterations=0.3)
            aligner.align(dutch, english, links_filename_fwd=str(a), links_filename_rev=str(b))
            if not (a.is_file() and b.is_file()):
                raise TrainingError("eflomal failed: it wrote no word alignments.")
    forward, backward = (
        [{(int(i), int(j)) for i, j in (link.split("-") for link in line.split())} for line in path.open()]
        for path in paths
    )
    return forward, backward


def examples(
    pairs: Sequence[Pair], forward: Sequence[Links], backward: Sequence[Links], rng: random.Random
) -> Iterator[Pair]:
    """A pair with hints for each pair in which phrases were found.

    Args:
        pairs: the sentences.
        forward, backward: links of their words (as `tokens` gives them) from both directions.
        rng: draws phrases and kinds of hint.
    """
    strangers = _strangers(pairs, rng)
    for (dutch, english), there, back in zip(pairs, forward, backward, strict=True):
        source, target = tokens(dutch), tokens(english)
        if len(source) < 3:
            continue
        found = list(phrases(source, target, there & back, there | back))
        rng.shuffle(found)
        if chosen := _apart(found, rng.choice((1, 1, 1, 2, 2, 3))):
            yield _with_hints(dutch, english, source, target, chosen, strangers, rng)


def phrases(source: Sequence[Token], target: Sequence[Token], sure: Links, any_: Links) -> Iterator[Phrase]:
    """Phrase pairs that agree with the alignment: no word in one is linked to a word outside the other.

    Args:
        source, target: the words of a sentence and its translation.
        sure: links that both directions found.
        any_: links that one of them found.
    """
    from wordfreq import zipf_frequency

    for start in range(len(source)):
        for stop in range(start + 1, min(start + 3, len(source)) + 1):
            words = [word for word, _, _ in source[start:stop]]
            if not _is_word(words[-1]):
                break
            linked = [j for i, j in any_ if start <= i < stop]
            if not linked or words[0].lower() in _EDGES or words[-1].lower() in _EDGES:
                continue
            first, last = min(linked), max(linked) + 1
            if last - first > 4 or not all(_is_word(word) for word, _, _ in target[first:last]):
                continue
            if any(first <= j < last and not start <= i < stop for i, j in any_):
                continue
            if len({i for i, _ in sure if start <= i < stop}) < len(words) - (len(words) > 2):
                continue
            if any(len(word) >= 4 and zipf_frequency(word.lower(), "nl") < 5.2 for word in words):
                yield start, stop, first, last


def _is_word(token: str) -> bool:
    return token[0].isalnum()


def _apart(found: Sequence[Phrase], wanted: int) -> list[Phrase]:
    """The first phrases that do not touch one another, in either language."""
    chosen: list[Phrase] = []
    for a, b, c, d in found:
        if len(chosen) < wanted and all((b <= e or a >= f) and (d <= g or c >= h) for e, f, g, h in chosen):
            chosen.append((a, b, c, d))
    return chosen


def _with_hints(
    dutch: str,
    english: str,
    source: Sequence[Token],
    target: Sequence[Token],
    chosen: Sequence[Phrase],
    strangers: Sequence[str],
    rng: random.Random,
) -> Pair:
    from simplemma import lemmatize

    opening, arrow, closing = HINT
    in_dutch: list[Token] = []
    in_english: list[Token] = []
    for a, b, c, d in chosen:
        start, stop = target[c][1], target[d - 1][2]
        surface = hint = english[start:stop]
        draw = rng.random()
        if draw < _RANDOM:
            if d - c <= 2 and surface.islower() and strangers:
                hint = " ".join(rng.choice(strangers) for _ in range(rng.choice((1, 1, 1, 2, 2))))
                in_english.append((hint, start, stop))
        elif draw < _RANDOM + _LEMMA:
            *before, head = surface.split()
            lemma = lemmatize(head, lang="en")
            if lemma.lower() != head.lower():
                hint = " ".join([*before, lemma])
        elif draw < _RANDOM + _LEMMA + _SMALL and c == 0:
            hint = surface[0].lower() + surface[1:]
        here = slice(source[a][1], source[b - 1][2])
        in_dutch.append((f"{opening} {dutch[here]} {arrow} {hint} {closing}", here.start, here.stop))
    return _replaced(dutch, in_dutch), _replaced(english, in_english)


def _replaced(text: str, changes: list[Token]) -> str:
    for new, start, stop in sorted(changes, key=lambda change: change[1], reverse=True):
        text = text[:start] + new + text[stop:]
    return text


def _strangers(pairs: Sequence[Pair], rng: random.Random) -> list[str]:
    """Rarer English words, to stand for something that they do not mean."""
    from wordfreq import zipf_frequency

    sample = rng.sample(pairs, min(60_000, len(pairs)))
    words = (word for _, english in sample for word, _, _ in tokens(english))
    return [w for w in words if w.isalpha() and w.islower() and 4 <= len(w) <= 12 and zipf_frequency(w, "en") < 4.3]
