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

    Candidates share words with the sentence, rare ones counting most; they are compared by difflib's ratio
    (Ratcliff & Obershelp), which like msgmerge's comparison calls for 0.6 or more.
    """

    CANDIDATES = 25

    def __init__(self, sentences: Iterable[str]) -> None:
        self._sentences = list(sentences)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for i, sentence in enumerate(self._sentences):
            for word in set(_words(sentence)):
                self._by_word[word].append(i)

    def find(self, sentence: str, threshold: float = 0.6, limit: int = 1) -> list[tuple[float, str]]:
        """The sentences alike, with their likeness, most alike first."""
        votes: Counter[int] = Counter()
        for word in set(_words(sentence)):
            there = self._by_word.get(word, ())
            if len(there) <= 2_000:
                for i in there:
                    votes[i] += 1_000 // len(there) + 1
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(sentence)
        found = []
        for i, _ in votes.most_common(self.CANDIDATES):
            matcher.set_seq1(self._sentences[i])
            if matcher.real_quick_ratio() >= threshold and matcher.quick_ratio() >= threshold and (ratio := matcher.ratio()) >= threshold:
                found.append((ratio, self._sentences[i]))
        return sorted(found, key=lambda f: -f[0])[:limit]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
