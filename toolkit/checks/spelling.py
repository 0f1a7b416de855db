"""British and American spelling of the same word in one document."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

BRITISH, AMERICAN = "British", "American"

_OUR = (
    *("arb", "ard", "arm", "behavi", "cand", "clam", "col", "demean", "endeav", "fav", "ferv", "flav", "glam", "harb"),
    *("hon", "hum", "lab", "neighb", "od", "parl", "ranc", "rig", "rum", "savi", "sav", "splend", "tum", "val", "vap"),
    *("vig",),
)
_OUR_ENDINGS = ("", "s", "ed", "ing", "able", "ful", "fully", "less", "hood", "hoods", "ly", "er", "ers", "ite", "ites")
_RE = (
    "calib",
    "cent",
    "fib",
    "goit",
    "lit",
    "lust",
    "meag",
    "met",
    "och",
    "reconnoit",
    "sab",
    "scept",
    "somb",
    "spect",
    "theat",
)
_OGUE = ("anal", "catal", "dial", "epil", "monol", "prol")
_ENCE = ("def", "off", "pret")
_LL = (
    *("cancel", "channel", "counsel", "duel", "equal", "fuel", "funnel", "grovel", "jewel", "label", "level", "marvel"),
    *("model", "panel", "pedal", "quarrel", "revel", "rival", "shovel", "signal", "snorkel", "spiral", "towel"),
    *("travel", "tunnel", "unravel"),
)
# Left out where the American form is everyday British too: check, curb, draft, license, practice, story, tire, ton.
_SINGLE_WORDS = """
aeroplane=airplane aesthetic=esthetic ageing=aging aluminium=aluminum amoeba=ameba anaemia=anemia anaemic=anemic
anaesthetic=anesthetic archaeology=archeology archaeologist=archeologist artefact=artifact cosy=cozy cypher=cipher
diarrhoea=diarrhea encyclopaedia=encyclopedia enrol=enroll enrolment=enrollment foetal=fetal foetus=fetus fulfil=fulfill
fulfilment=fulfillment grey=gray gynaecologist=gynecologist gynaecology=gynecology haemophilia=hemophilia
haemorrhage=hemorrhage instalment=installment jewellery=jewelry judgement=judgment leukaemia=leukemia
manoeuvre=maneuver mediaeval=medieval mould=mold moult=molt moustache=mustache oesophagus=esophagus oestrogen=estrogen
orthopaedic=orthopedic paediatric=pediatric paediatrician=pediatrician paedophile=pedophile plough=plow
programme=program pyjamas=pajamas sceptic=skeptic sceptical=skeptical scepticism=skepticism skilful=skillful
smoulder=smolder sulphur=sulfur wilful=willful woollen=woolen
"""


def spelling_mixed(targets: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The segment number and one sentence for each word spelled in the way that is the rarer in the document.

    Where both spellings of a word are as frequent, the British one is reported.
    """
    places: dict[str, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: {BRITISH: [], AMERICAN: []})
    for index, target in enumerate(targets):
        for word in _word().findall(target):
            spelling = spelling_of(word.lower())
            if spelling is not None:
                base, variety = spelling
                places[base][variety].append((index, word))
    found = set()
    for varieties in places.values():
        rare, usual = sorted((BRITISH, AMERICAN), key=lambda variety: len(varieties[variety]))
        if varieties[rare]:
            other = varieties[usual][0][1]
            message = f'is {rare}; elsewhere the document has {usual} "{other}".'
            found |= {(index, f'"{word}" {message}') for index, word in varieties[rare]}
    yield from sorted(found)


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]{4,}")


@lru_cache(maxsize=1)
def _ise() -> re.Pattern[str]:
    # at least three letters before it: prise and prize are two words
    return re.compile(
        r"([^\W\d_]{3,}i|anal[iy]|paral[iy]|catal[iy]|electrol[iy])([sz])(e|es|ed|er|ers|ing|ation|ations)"
    )


@lru_cache(maxsize=16384)
def spelling_of(word: str) -> tuple[str, str] | None:
    """The American base form of the lower-case `word` and the variety it is spelled in.

    `colours` gives color and British, `organization` organize and American; None where both spell the word alike.
    That -ize is good British too does not matter here: a document with both -ise and -ize for one word is mixed.
    """
    match = _ise().fullmatch(word)
    if match:
        return f"{match[1]}ze", BRITISH if match[2] == "s" else AMERICAN
    return _spellings().get(word)


@lru_cache(maxsize=1)
def _spellings() -> dict[str, tuple[str, str]]:
    """American base form and variety by word, for all listed words with their endings."""
    found = {}
    for base, british, american in _spelling_pairs():
        found[british] = (base, BRITISH)
        found[american] = (base, AMERICAN)
    return found


def _spelling_pairs() -> Iterator[tuple[str, str, str]]:
    """The American base form, and the British and the American spelling of one form of the word."""
    for stem in _OUR:
        for ending in _OUR_ENDINGS:
            yield f"{stem}or", f"{stem}our{ending}", f"{stem}or{ending}"
    for stem in _RE:
        for british, american in (("re", "er"), ("res", "ers"), ("red", "ered"), ("ring", "ering")):
            yield f"{stem}er", stem + british, stem + american
    for stem in _OGUE:
        for ending in ("", "s"):
            yield f"{stem}og", f"{stem}ogue{ending}", f"{stem}og{ending}"
    for stem in _ENCE:
        for ending in ("", "s", "less"):
            yield f"{stem}ense", f"{stem}ence{ending}", f"{stem}ense{ending}"
    for stem in _LL:
        for ending in ("ed", "ing", "er", "ers"):
            yield stem, f"{stem}l{ending}", stem + ending
    for entry in _SINGLE_WORDS.split():
        british, _, american = entry.partition("=")
        yield american, british, american
        for ending in ("s", "ed", "ing"):
            yield american, _with_ending(british, ending), _with_ending(american, ending)


def _with_ending(word: str, ending: str) -> str:
    return word.removesuffix("e") + ending if ending != "s" else word + ending
