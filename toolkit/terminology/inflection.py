"""Forms of words: Dutch forms led back to the dictionary form, English dictionary forms led to the form that fits.

Dutch spelling rules after the Woordenlijst Nederlandse Taal (the vowel of an open syllable is written once, f and s become
v and z before an ending); lemmas from simplemma; strong verbs from the list of `toolkit/words`, since simplemma takes many of
their forms for nouns; English irregular plurals from inflect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from toolkit.words.lists import is_known, lemma, rows

Kind = Literal[
    "base", "plural", "diminutive", "diminutive-plural", "inflected", "comparative", "superlative", "possessive", "verb"
]


@dataclass(frozen=True, slots=True)
class Form:
    """How a word in the text stands to its dictionary form.

    Attributes:
        kind: which inflection.
        tense: for a verb `infinitive`, `present`, `past` or `participle`, as far as the form shows it.
    """

    kind: Kind = "base"
    tense: str = ""

    @property
    def plural(self) -> bool:
        """More than one."""
        return self.kind in ("plural", "diminutive-plural")


BASE = Form()
_VOWEL = "aeiouyáéíóúàèëïöüâêîôû"
_PARTICLES = tuple(
    sorted(
        [
            "aan",
            "achter",
            "achterna",
            "achterover",
            "achteruit",
            "af",
            "bij",
            "bijeen",
            "binnen",
            "boven",
            "buiten",
            "dicht",
            "door",
            "dood",
            "droog",
            "gade",
            "gelijk",
            "goed",
            "groot",
            "haar",
            "hard",
            "heen",
            "her",
            "hoog",
            "in",
            "ineen",
            "kapot",
            "klaar",
            "kwijt",
            "langs",
            "leeg",
            "los",
            "mee",
            "mis",
            "misgaan",
            "na",
            "neer",
            "om",
            "omhoog",
            "omlaag",
            "omver",
            "onder",
            "op",
            "opeen",
            "open",
            "over",
            "overeen",
            "plaats",
            "recht",
            "rond",
            "samen",
            "schoon",
            "stil",
            "stop",
            "stuk",
            "tegen",
            "tegemoet",
            "tekort",
            "teleur",
            "ten",
            "tentoon",
            "terecht",
            "terug",
            "thuis",
            "toe",
            "uit",
            "uiteen",
            "vast",
            "veilig",
            "vol",
            "voor",
            "voorbij",
            "vooruit",
            "voort",
            "vrij",
            "waar",
            "weg",
            "weer",
            "zwart",
            "vlak",
        ],
        key=len,
        reverse=True,
    )
)


def dutch_lemma(word: str) -> str:
    """The dictionary form of a Dutch word as simplemma knows it, or the word itself. A separable verb comes out joined."""
    return lemma(word, "nl").replace("_", "")


_ENGLISH_ENDINGS = (
    ("ies", "y"), ("ves", "f"), ("ves", "fe"), ("es", ""), ("s", ""), ("people", "person"), ("men", "man"),
    ("ied", "y"), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def english_lemmas(word: str) -> frozenset[str]:
    """The dictionary forms that an English word may have, in small letters; the word itself is among them."""
    folded = word.casefold().replace("’", "'")
    if folded.endswith(("'s", "s'")):
        folded = folded.removesuffix("'s").removesuffix("'")
    if not folded:
        return frozenset()
    lemmas = {folded, lemma(folded, "en").casefold()}
    for ending, base in _ENGLISH_ENDINGS:
        if folded.endswith(ending) and (len(folded) >= len(ending) + 2 or folded == "people"):
            stem = folded[: -len(ending)] + base
            lemmas.add(stem)
            if ending in ("ing", "ed") and not base and len(stem) > 3 and stem[-1] == stem[-2]:
                lemmas.add(stem[:-1])
    if irregular := _BASE_OF_VERB.get(folded):
        lemmas.add(irregular)
    return frozenset(lemmas)


@lru_cache(maxsize=20_000)
def dutch_bases(word: str) -> tuple[tuple[str, Form], ...]:
    """The dictionary forms that a Dutch word (in small letters) may be a noun's or adjective's form of, likeliest first.

    The word itself comes first. More are named than exist: whoever asks looks for one that a glossary has.
    """
    found: dict[str, Form] = {word: BASE}
    for base, form in _bases(word):
        if len(base) > 1:
            found.setdefault(base, form)
    lemma = dutch_lemma(word)
    if lemma not in found:
        found[lemma] = Form("plural" if word.endswith(("en", "s", "a", "i", "ën")) else "inflected")
    return tuple(found.items())


def _bases(word: str) -> Iterator[tuple[str, Form]]:
    plural, diminutive, inflected = Form("plural"), Form("diminutive"), Form("inflected")
    for mark in ("'s", "’s"):
        if word.endswith(mark):
            yield word[: -len(mark)], plural if word[-3:-2] in _VOWEL else Form("possessive")
            return
    if word.endswith(("'", "’")):
        yield word[:-1], Form("possessive")
        return
    if word.endswith("heden"):
        yield word[:-5] + "heid", plural
    if word.endswith("ieën"):
        yield word[:-2], plural
        yield word[:-3] + "ë", plural
    elif word.endswith("iën"):
        yield word[:-2] + "e", plural
        yield word[:-1], plural
    elif word.endswith("ën"):
        yield word[:-2], plural
    if word.endswith("eren"):
        for stem in _stems(word[:-4]):
            yield stem, plural
    if word.endswith("en"):
        yield word[:-1], plural
        for stem in _stems(word[:-2]):
            yield stem, plural
        if word.endswith("ssen"):
            yield word[:-3], plural
    for ending, singular in (("a", "um"), ("ici", "icus"), ("i", "us"), ("es", "is"), ("ices", "ex")):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            yield word[: -len(ending)] + singular, plural
    small, form = word, diminutive
    if word.endswith("jes"):
        small, form = word[:-1], Form("diminutive-plural")
    if small.endswith("je"):
        stem = small[:-2]
        yield stem, form
        if stem.endswith("k"):
            yield stem[:-1] + "g", form
        if stem.endswith(("t", "p")):
            yield stem[:-1], form
            yield from ((s, form) for s in _shortened(stem[:-1]))
        if stem.endswith("et"):
            yield from ((s, form) for s in _stems(stem[:-2]))
    if word.endswith("s"):
        yield word[:-1], plural
    if word.endswith("e"):
        for stem in _stems(word[:-1]):
            yield stem, inflected
        if word.endswith("ere"):
            yield from ((s, Form("comparative")) for s in _stems(word[:-3]))
        if word.endswith("dere"):
            yield word[:-4], Form("comparative")
        if word.endswith("ste"):
            yield word[:-3], Form("superlative")
            yield word[:-2], Form("superlative")
    if word.endswith("er"):
        yield from ((s, Form("comparative")) for s in _stems(word[:-2]))
        if word.endswith("der"):
            yield word[:-3], Form("comparative")
    if word.endswith("st"):
        yield word[:-2], Form("superlative")
        yield word[:-1], Form("superlative")


def _stems(stem: str) -> Iterator[str]:
    """What a stem before an ending is without it: mann → man, briev → brief, bom → boom, monnik → monnik."""
    if len(stem) < 2 or stem[-1] in _VOWEL:
        yield stem
        return
    if stem[-1] == stem[-2]:
        yield stem[:-1]
        yield stem
        return
    hard = {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
    body = stem[:-1] + hard
    if stem[-2] in "aeou" and (len(stem) < 3 or stem[-3] not in _VOWEL):
        yield stem[:-2] + stem[-2] * 2 + hard
        if not any(c in _VOWEL for c in stem[:-2]):
            return  # one syllable: its vowel is long, so it is boom and not bom
    yield body
    if body != stem and len(stem) > 4:
        yield stem


def _shortened(stem: str) -> Iterator[str]:
    """autootje → auto: the vowel that a diminutive doubles."""
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] in "aeou":
        yield stem[:-1]


# Verbs ---------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def separable(infinitive: str) -> tuple[str, str] | None:
    """A separable verb as (particle, base verb), or None: `neerschieten` → (`neer`, `schieten`)."""
    for particle in _PARTICLES:
        base = infinitive[len(particle) :]
        if infinitive.startswith(particle) and len(base) > 3 and base.endswith("n") and base[0] != "e":
            return particle, base
    return None


@lru_cache(maxsize=20_000)
def infinitives(word: str) -> tuple[str, ...]:
    """The infinitives that a word (in small letters) may be a form of; `verb_form` says whether it is."""
    found = [dutch_lemma(word), *_strong_infinitives(word)]
    if word.endswith(("e", "d")):
        found += [dutch_lemma(word[:-1]), word[:-1]]
    if word.endswith("de"):
        found.append(word[:-2])
    for particle in _PARTICLES:
        if word.startswith(particle) and len(rest := word[len(particle) :]) > 2:
            bases = [dutch_lemma(rest), dutch_lemma(rest[:-1]), *_strong_infinitives(rest)]
            found += [particle + base for base in bases]
            if rest.startswith("te"):
                found.append(particle + rest[2:])
    return tuple(dict.fromkeys(found))


def regular_forms(infinitive: str) -> tuple[str, ...]:
    """The regular forms of a verb, joined ones of a separable verb."""
    own = tuple(_weak_forms(infinitive))
    parts = separable(infinitive)
    return own if parts is None else own + tuple(parts[0] + form for form in _weak_forms(parts[1]))


@lru_cache(maxsize=20_000)
def verb_form(word: str, infinitive: str, parted: bool = False) -> Form | None:
    """The form of the verb that a word (in small letters) is, or None if it is none.

    Args:
        parted: its particle stands elsewhere in the clause, so that the word is surely a verb.
    """
    if word == infinitive or word == infinitive + "d" or word == infinitive + "de":
        return Form("verb", "infinitive" if word == infinitive else "gerund")
    parts = separable(infinitive)
    if parts and word.startswith(parts[0]):
        rest = word[len(parts[0]) :]
        inner = _plain_form(rest, parts[1], parted=not _is_lemma(word))  # uitvoer is a noun
        if inner is None and rest.startswith("te") and rest[2:] == parts[1]:
            inner = Form("verb", "infinitive")
        return inner or _plain_form(word, infinitive)  # some verbs look separable and are not: overleefd, doorzocht
    return None if parts else _plain_form(word, infinitive, parted)


def _plain_form(word: str, infinitive: str, parted: bool = False) -> Form | None:
    if word == infinitive:
        return Form("verb", "infinitive")
    if (tense := _strong_tense(word, infinitive, parted)) is not None:
        return Form("verb", tense) if tense else None
    weak = _weak_forms(infinitive)
    if word in weak:
        return Form("verb", weak[word])
    if dutch_lemma(word) == infinitive or (word.endswith("e") and dutch_lemma(word[:-1]) == infinitive):
        if word.startswith("ge") and not infinitive.startswith("ge"):
            return Form("verb", "participle")
        stem = _stem(infinitive)
        return Form("verb", "present" if word.startswith(stem) else "past")
    return None


# Prefixes of verbs whose participles have no ge-: verboden, ondervonden. Some are particles of other verbs.
_PREFIXES = ("be", "er", "ge", "her", "mis", "ont", "ver", "aan", "door", "om", "onder", "over", "vol", "voor", "weer")


class _Strong(NamedTuple):
    pasts: tuple[str, ...]
    participle: str
    unsure: frozenset[str]  # forms that are more often another word


@lru_cache(maxsize=1)
def _strong_verbs() -> dict[str, _Strong]:
    """Strong verbs by their infinitives, of which those with a prefix or a particle are made."""
    verbs = {}
    for line in rows("strong-verbs.txt"):
        infinitive, *marked = line.split()
        *pasts, participle = (form.rstrip("?") for form in marked)
        verbs[infinitive] = _Strong(tuple(pasts), participle, frozenset(f[:-1] for f in marked if f.endswith("?")))
    return verbs


@lru_cache(maxsize=1)
def _strong_forms() -> dict[str, list[str]]:
    """Forms of strong verbs, with the infinitives that they may be of."""
    found: dict[str, list[str]] = {}
    for infinitive, verb in _strong_verbs().items():
        for form in {*verb.pasts, verb.participle}:
            found.setdefault(form, []).append(infinitive)
    return found


def _strong_infinitives(word: str) -> Iterator[str]:
    """schoten → schieten, verboden → verbieden."""
    forms = _strong_forms()
    yield from forms.get(word, ())
    for prefix in _PREFIXES:
        if word.startswith(prefix):
            rest = word[len(prefix) :]
            yield from (prefix + infinitive for infinitive in (*forms.get(rest, ()), *forms.get("ge" + rest, ())))


def _strong_base(word: str, infinitive: str) -> tuple[_Strong, str, str] | None:
    """The strong verb that a verb is, or is made of with a prefix; and the word as that one's past and participle would be."""
    verbs = _strong_verbs()
    if verb := verbs.get(infinitive):
        return verb, word, word
    for prefix in _PREFIXES:
        if infinitive.startswith(prefix) and word.startswith(prefix) and (verb := verbs.get(infinitive[len(prefix) :])):
            return verb, word[len(prefix) :], "ge" + word[len(prefix) :]
    return None


def _strong_tense(word: str, infinitive: str, parted: bool) -> str | None:
    """The tense of a form of a strong verb, empty where it is more likely another word; None for what is no such form.

    Of a form that is past and participle (begonnen) it is the past: see `may_be_participle`.
    """
    base = _strong_base(word, infinitive)
    if base is None or (base[1] not in base[0].pasts and base[2] != base[0].participle):
        return None
    verb, past, _ = base
    if past == word and word in verb.unsure and not parted:
        return ""
    if past != word and past in verb.pasts and _is_lemma(word):  # ontzag is a noun
        return ""
    return "past" if past in verb.pasts else "participle"


def may_be_participle(word: str, infinitive: str) -> bool:
    """Whether a word is the participle of a strong verb; it may be its past as well: begonnen, verboden, overleden."""
    base = _strong_base(word, infinitive)
    return base is not None and base[2] == base[0].participle


def _is_lemma(word: str) -> bool:
    return is_known(word, "nl") and dutch_lemma(word) == word


@lru_cache(maxsize=20_000)
def _weak_forms(infinitive: str) -> dict[str, str]:
    """The regular forms of a verb with their tenses: what simplemma misses for rare verbs."""
    stem = _stem(infinitive)
    if len(stem) < 2:
        return {}
    soft = stem[-1] not in "tkfschp" or infinitive[:-2].endswith(("v", "z"))
    ending = "d" if soft else "t"
    third = stem if stem.endswith("t") else stem + "t"
    participle = stem if stem.endswith(ending) else stem + ending
    prefixed = infinitive.startswith(("be", "ge", "her", "ont", "ver", "er"))
    participle = participle if prefixed else "ge" + participle
    forms = {stem: "present", third: "present", stem + ending + "e": "past", stem + ending + "en": "past"}
    return forms | {participle: "participle", participle + "e": "participle"}


def _stem(infinitive: str) -> str:
    body = infinitive[:-2] if infinitive.endswith("en") else infinitive[:-1]
    return next(_stems(body)) if body else body


# English -------------------------------------------------------------------------------------------------------------

# Endings whose plural may be irregular: inflect is asked. It takes over a second to load, so not for the rest, nor for the
# commonest irregular ones.
_DOUBTFUL = re.compile(
    r"(?:foot|tooth|mouse|louse|goose|die|[^aeiou]f|[aeo]f|us|um|[^i]on|ex|ix|a|i|deer|fish|ox|eau|z|penny|brother-in-law|offspring|kin)$"
)
_IRREGULAR_PLURALS = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "life": "lives", "wife": "wives", "knife": "knives",
    "hero": "heroes", "potato": "potatoes", "tomato": "tomatoes", "veto": "vetoes", "embargo": "embargoes", "echo": "echoes",
    "torpedo": "torpedoes", "sheep": "sheep", "personnel": "personnel", "criterion": "criteria", "phenomenon": "phenomena",
    "reason": "reasons", "weapon": "weapons", "season": "seasons", "prison": "prisons", "belief": "beliefs", "chief": "chiefs",
    "proof": "proofs", "roof": "roofs", "bus": "buses", "virus": "viruses", "area": "areas", "campus": "campuses",
}  # fmt: skip
_MEN = re.compile(r"(?<!hu)(?<!ger)(?<!ro)(?<!nor)(?<!sha)(?<!tto)(?<!alis)man$")


@lru_cache(maxsize=20_000)
def english_plural(noun: str) -> str:
    """The plural of an English noun or noun phrase: its head is the last word before a preposition."""
    head, rest = noun, ""
    if match := re.search(r"\s(?:of|in|for|to|at|on|by|under|without|with|against|from|in-law)\s", noun):
        head, rest = noun[: match.start()], noun[match.start() :]
    before, space, word = head.rpartition(" ")
    return f"{before}{space}{_plural(word)}{rest}"


def _plural(word: str) -> str:
    lower = word.lower()
    if word.isupper():  # an acronym, or the number of a war or a pope
        return word if set(word) <= set("IVX") else word + "s"
    if _is_plural(lower):
        return word
    if lower in _IRREGULAR_PLURALS:
        return word[:1] + _IRREGULAR_PLURALS[lower][1:]
    if _MEN.search(lower):
        return word[:-2] + "en"
    if lower.endswith("sis"):
        return word[:-2] + "es"
    if _DOUBTFUL.search(lower):
        import inflect

        return str(inflect.engine().plural_noun(word) or word) or word
    if re.search(r"[^aeiou]y$", lower):
        return word[:-1] + "ies"
    return word + ("es" if lower.endswith(("ch", "sh", "x", "ss")) else "s")


def _is_plural(word: str) -> bool:
    """Already a plural, as `forces` or `troops` are."""
    if word.endswith("craft") or word in (
        "people",
        "police",
        "media",
        "data",
        "staff",
        "news",
        "series",
        "species",
        "means",
        "men",
        "women",
        "children",
    ):
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and lemma(word, "en") == word[:-1]


@lru_cache(maxsize=20_000)
def english_possessive(noun: str) -> str:
    """`Putin` → `Putin's`, `forces` → `forces'`."""
    return noun + ("'" if noun.endswith("s") and _is_plural(noun.rpartition(" ")[2].lower()) else "'s")


@lru_cache(maxsize=20_000)
def english_degree(adjective: str, kind: Kind) -> str:
    """The comparative or superlative of an English adjective."""
    irregular = {
        "good": ("better", "best"),
        "bad": ("worse", "worst"),
        "far": ("farther", "farthest"),
        "little": ("less", "least"),
    }
    first = kind == "comparative"
    if adjective in irregular:
        return irregular[adjective][0 if first else 1]
    syllables = len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", adjective)))
    if " " in adjective or syllables > 2 or (syllables == 2 and not adjective.endswith("y")):
        return f"{'more' if first else 'most'} {adjective}"
    stem = adjective[:-1] if adjective.endswith("e") else adjective
    if re.search(r"[^aeiou]y$", stem):
        stem = stem[:-1] + "i"
    elif re.search(r"^[^aeiou]*[aeiou][bdgmnprt]$", stem):
        stem += stem[-1]
    return stem + ("er" if first else "est")


@lru_cache(maxsize=20_000)
def english_verb(verb: str, like: str) -> str:
    """An English verb or verb phrase in the form in which the word `like` stands: `call up` like `shot` → `called up`."""
    first, space, rest = verb.partition(" ")
    past, participle = _IRREGULAR.get(first, ("", ""))
    regular = _regular_past(first)
    lower = like.casefold()
    if lower.endswith("ing") and len(lower) > 4:
        form = _gerund(first)
    elif lower in _PARTICIPLES and lower not in _PASTS:
        form = participle or regular
    elif lower in _PASTS or (lower.endswith("ed") and len(lower) > 3):
        form = past or regular
    elif lower.endswith("s") and not lower.endswith("ss"):
        form = _third(first)
    else:
        form = first
    return f"{form}{space}{rest}"


@lru_cache(maxsize=20_000)
def english_tense(verb: str, tense: str) -> str:
    """An English verb or verb phrase in a tense that a Dutch form names: `past`, `participle`, `gerund`; else the infinitive."""
    first, space, rest = verb.partition(" ")
    past, participle = _IRREGULAR.get(first, (_regular_past(first),) * 2)
    form = {"past": past, "participle": participle, "gerund": _gerund(first)}.get(tense, first)
    return f"{form}{space}{rest}"


def _doubles(verb: str) -> bool:
    return bool(re.search(r"^[^aeiou]*[aeiou][bdgklmnprtvz]$", verb)) or verb in (
        "admit",
        "permit",
        "refer",
        "deter",
        "expel",
        "commit",
        "submit",
        "occur",
    )


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb and _doubles(verb) else "") + "ed"


def _gerund(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + (verb[-1] if verb and _doubles(verb) else "") + "ing"


def _third(verb: str) -> str:
    if verb in ("be", "have"):
        return {"be": "is", "have": "has"}[verb]
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


_IRREGULAR = {
    base: (past, participle)
    for base, past, participle in (
        entry.split()
        for entry in [
            "arise arose arisen",
            "be was been",
            "bear bore borne",
            "beat beat beaten",
            "become became become",
            "begin began begun",
            "bend bent bent",
            "bet bet bet",
            "bid bid bid",
            "bind bound bound",
            "bite bit bitten",
            "bleed bled bled",
            "blow blew blown",
            "break broke broken",
            "breed bred bred",
            "bring brought brought",
            "broadcast broadcast broadcast",
            "build built built",
            "burst burst burst",
            "buy bought bought",
            "cast cast cast",
            "catch caught caught",
            "choose chose chosen",
            "cling clung clung",
            "come came come",
            "cost cost cost",
            "creep crept crept",
            "cut cut cut",
            "deal dealt dealt",
            "dig dug dug",
            "do did done",
            "draw drew drawn",
            "drink drank drunk",
            "drive drove driven",
            "eat ate eaten",
            "fall fell fallen",
            "feed fed fed",
            "feel felt felt",
            "fight fought fought",
            "find found found",
            "flee fled fled",
            "fling flung flung",
            "fly flew flown",
            "forbid forbade forbidden",
            "forecast forecast forecast",
            "foresee foresaw foreseen",
            "forget forgot forgotten",
            "forgive forgave forgiven",
            "freeze froze frozen",
            "get got gotten",
            "give gave given",
            "go went gone",
            "grind ground ground",
            "grow grew grown",
            "hang hung hung",
            "have had had",
            "hear heard heard",
            "hide hid hidden",
            "hit hit hit",
            "hold held held",
            "hurt hurt hurt",
            "keep kept kept",
            "know knew known",
            "lay laid laid",
            "lead led led",
            "leave left left",
            "lend lent lent",
            "let let let",
            "lie lay lain",
            "lose lost lost",
            "make made made",
            "mean meant meant",
            "meet met met",
            "mislead misled misled",
            "mistake mistook mistaken",
            "overcome overcame overcome",
            "overrun overran overrun",
            "override overrode overridden",
            "oversee oversaw overseen",
            "overtake overtook overtaken",
            "overthrow overthrew overthrown",
            "pay paid paid",
            "put put put",
            "quit quit quit",
            "read read read",
            "rebuild rebuilt rebuilt",
            "rid rid rid",
            "ride rode ridden",
            "ring rang rung",
            "rise rose risen",
            "run ran run",
            "say said said",
            "see saw seen",
            "seek sought sought",
            "sell sold sold",
            "send sent sent",
            "set set set",
            "shake shook shaken",
            "shed shed shed",
            "shine shone shone",
            "shoot shot shot",
            "show showed shown",
            "shrink shrank shrunk",
            "shut shut shut",
            "sing sang sung",
            "sink sank sunk",
            "sit sat sat",
            "sleep slept slept",
            "slide slid slid",
            "speak spoke spoken",
            "spend spent spent",
            "spin spun spun",
            "split split split",
            "spread spread spread",
            "spring sprang sprung",
            "stand stood stood",
            "steal stole stolen",
            "stick stuck stuck",
            "sting stung stung",
            "strike struck struck",
            "strive strove striven",
            "swear swore sworn",
            "sweep swept swept",
            "swim swam swum",
            "swing swung swung",
            "take took taken",
            "teach taught taught",
            "tear tore torn",
            "tell told told",
            "think thought thought",
            "throw threw thrown",
            "thrust thrust thrust",
            "undergo underwent undergone",
            "understand understood understood",
            "undertake undertook undertaken",
            "undo undid undone",
            "uphold upheld upheld",
            "upset upset upset",
            "wake woke woken",
            "wear wore worn",
            "weave wove woven",
            "win won won",
            "wind wound wound",
            "withdraw withdrew withdrawn",
            "withhold withheld withheld",
            "withstand withstood withstood",
            "write wrote written",
        ]
    )
}
_PASTS = {past for past, _ in _IRREGULAR.values()} | {"were"}
_PARTICIPLES = {participle for _, participle in _IRREGULAR.values()}
_BASE_OF_VERB = {form: base for base, forms in _IRREGULAR.items() for form in forms} | {
    "is": "be", "are": "be", "were": "be", "am": "be", "has": "have", "does": "do", "goes": "go",
}  # fmt: skip
