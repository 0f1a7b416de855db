"""Does every name of the Dutch stand in the English?"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from toolkit.words.dictionary import is_dutch, is_only_dutch
from toolkit.words.exonyms import EXONYMS, IRREGULAR_ADJECTIVES, lands

_SIMILAR = 0.7
_ADJECTIVE_ENDINGS = ("se", "che", "isch")
# A capitalised word right after one of these, without an article, is a place: in Leiden, uit Delft.
_PLACE_PREPOSITIONS = frozenset({"in", "uit", "naar", "te", "nabij"})
_DIRECTIONS = frozenset({"noord", "oost", "zuid", "west", "midden"})
# The man from Ghent and the bodies of public life, which English has under other names.
_COMMON_ENDINGS = (
    *("naar", "naars", "sche", "museum", "centrum", "dienst", "fonds", "raad"),
    *("organisatie", "programma", "hof", "bond", "wet", "dag", "huis", "partij", "vereniging", "autoriteit"),
)


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _hyphenated_word() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@lru_cache(maxsize=1)
def _sentence_start() -> re.Pattern[str]:
    return re.compile("[.?!:;…\"“„«‘'(]")


def names(source: str, target: str) -> Iterator[str]:
    """One sentence with the names of the Dutch that have vanished from the English.

    A name is a capitalised word within the sentence that is no word of the Dutch list, or that follows such a word
    (`Arno Bakker`). It may stand in the English as it is, in a spelling much like it (Poetin, Putin), under its English
    name by CLDR or by our own list (Duitsland, Germany; Wenen, Vienna), or as the adjective of it (German).
    """
    english = _english_words(target)
    vanished = [name for name in _names(source) if not _is_there(name, english)]
    if vanished:
        yield f"Not in the English: {', '.join(dict.fromkeys(vanished))}."


@lru_cache(maxsize=256)
def _english_words(text: str) -> frozenset[str]:
    return frozenset(_plain(word) for word in _word().findall(text))


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _names(text: str) -> Iterator[str]:
    """The names in a Dutch text that a translation has to keep."""
    before, end = "", 0
    after_name = False
    for match in _hyphenated_word().finditer(text):
        word, gap = match[0], text[end : match.start()]
        starts = end == 0 or _sentence_start().search(gap) is not None
        in_place = (
            gap == " "
            and before in _PLACE_PREPOSITIONS
            and word != "Den"
            and not word.endswith((*_ADJECTIVE_ENDINGS, *_COMMON_ENDINGS))
        )
        follows = in_place or (gap == " " and after_name)
        before, end = word, match.end()
        after_name = False
        if not word[0].isupper() and "-" not in word:
            continue
        if word.lower() in _english_names():
            if word[0].isupper() and not (starts and is_dutch(word.lower())):
                yield word
            continue
        for part in word.split("-"):
            is_whole = part == word
            if _looks_like_name(part) and ((is_whole and follows) or not (_is_common(part) or (is_whole and starts))):
                yield part
        after_name = _looks_like_name(word) and not _is_common(word) and not word.endswith(_ADJECTIVE_ENDINGS)


def _looks_like_name(word: str) -> bool:
    return len(word) > 2 and word[0].isupper() and not word.isupper()


@lru_cache(maxsize=16384)
def _is_common(word: str) -> bool:
    """Whether a capitalised Dutch word is, or is made of, words of the Dutch list, or names people by their town."""
    low = word.lower()
    return is_only_dutch(low) or is_dutch(low) or is_dutch(word) or low in _DIRECTIONS or low.endswith(_COMMON_ENDINGS)


def _is_there(name: str, english: frozenset[str]) -> bool:
    plain = _plain(name)
    if plain in english or plain.removesuffix("s") in english:
        return True
    known = _english_names().get(name.lower())
    if known:
        return any(all(any(_is_form_of(word, part) for word in english) for part in parts) for parts in known)
    return _is_like_any(_sound(plain), english, shared=3 if name.endswith(_ADJECTIVE_ENDINGS) else 4)


def _is_form_of(word: str, name: str) -> bool:
    """Whether `word` is the name or the adjective or people of it: Austria and Austrian, Germany and German."""
    if word in IRREGULAR_ADJECTIVES.get(name, ()):
        return True
    if name.endswith("ia"):
        return word.startswith(name[:-1])
    return word.startswith(name[:-2] if len(name) > 5 else name[:-1] if len(name) > 3 else name)


def _is_like_any(sound: str, english: frozenset[str], shared: int) -> bool:
    """Whether an English word sounds about the same: by its first `shared` letters or by most letters in order."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, b=sound, autojunk=False)
    for word in english:
        other = _sound(word)
        if len(sound) > shared and other[:shared] == sound[:shared]:
            return True
        if len(other) * 2 < len(sound) or len(sound) * 2 < len(other):
            continue
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() >= _SIMILAR and matcher.quick_ratio() >= _SIMILAR and matcher.ratio() >= _SIMILAR:
            return True
    return False


# In this order: what Dutch and English write for the same sounds of Russian, Arabic and other names.
_SPELLINGS = (
    *(("sjtsj", "sh"), ("dzj", "j"), ("tsj", "ch"), ("sj", "sh"), ("zj", "zh"), ("oe", "u"), ("ou", "u"), ("ij", "i")),
    *(("ch", "h"), ("kh", "h"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("c", "k"), ("y", "i"), ("j", "i")),
    *(("z", "s"), ("w", "v")),
)


@lru_cache(maxsize=16384)
def _sound(word: str) -> str:
    """A rough spelling by sound in which Dutch and English transcriptions meet: poetin and putin are one."""
    for dutch, common in _SPELLINGS:
        word = word.replace(dutch, common)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=1)
def _english_names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """English names by Dutch name, each split into its words: CLDR's territories and languages, and our own list."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for name, translations in (*lands().items(), *EXONYMS.items()):
        if _hyphenated_word().fullmatch(name):
            words = (tuple(_plain(word) for word in _word().findall(translation)) for translation in translations)
            found.setdefault(name, set()).update(words)
    return {name: tuple(sorted(translations)) for name, translations in found.items()}
