"""Translation memory: sentences that a person has translated or approved, and sentences like a given one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+")


class Memory(Mapping[str, str]):
    """Dutch sentences with the English that a person gave them.

    Args:
        pairs: Dutch and English; of two for the same Dutch the first counts.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._english: dict[str, str] = {}
        self._similar: Similar | None = None
        for dutch, english in pairs:
            self.add(dutch, english)

    def add(self, dutch: str, english: str) -> None:
        """Remember a pair, unless the Dutch is known already."""
        if dutch and english:
            self._english.setdefault(dutch, english)
            self._similar = None

    def similar(self, dutch: str, threshold: float = 0.6, limit: int = 5) -> list[tuple[float, str, str]]:
        """The pairs whose Dutch is like a sentence: likeness (0 to 1), Dutch, English; most alike first."""
        if self._similar is None:
            self._similar = Similar(self._english)
        return [(ratio, found, self._english[found]) for ratio, found in self._similar.find(dutch, threshold, limit)]

    def __getitem__(self, dutch: str) -> str:
        return self._english[dutch]

    def __iter__(self) -> Iterator[str]:
        return iter(self._english)

    def __len__(self) -> int:
        return len(self._english)


class Similar:
    """Finds the sentences of a set that are like another one, without comparing it with all.

    Candidates share rare words with the sentence; they are compared by difflib's ratio (Ratcliff & Obershelp), which like
    msgmerge's comparison calls for 0.6 or more.
    """

    WORDS = 8  # of a sentence, the rarest
    COMMON = 500  # sentences; a word that is in more says little
    CANDIDATES = 10

    def __init__(self, sentences: Iterable[str]) -> None:
        self._sentences = list(sentences)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for i, sentence in enumerate(self._sentences):
            for word in _words(sentence):
                self._by_word[word].append(i)

    def find(self, sentence: str, threshold: float = 0.6, limit: int = 1) -> list[tuple[float, str]]:
        """The sentences alike, with their likeness, most alike first."""
        places = sorted((self._by_word[word] for word in _words(sentence) if word in self._by_word), key=len)
        votes: Counter[int] = Counter()
        for there in places[: self.WORDS]:
            if len(there) <= self.COMMON or not votes:
                weight = 1_000 // len(there) + 1
                for i in there[: self.COMMON]:
                    votes[i] += weight
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(sentence)
        found: list[tuple[float, str]] = []
        for i, _ in votes.most_common(max(self.CANDIDATES, limit)):
            matcher.set_seq1(self._sentences[i])
            least = found[0][0] if limit == 1 and found else threshold
            if (
                matcher.real_quick_ratio() >= least
                and matcher.quick_ratio() >= least
                and (ratio := matcher.ratio()) >= least
            ):
                found.append((ratio, self._sentences[i]))
                found.sort(key=lambda f: -f[0])
        return found[:limit]


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
