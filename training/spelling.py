"""Spelling of both sides of a pair: words that no word list has met, and British spellings among American ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


# Unknown words -------------------------------------------------------------------------------------------------------


def unknown_words(text: str, language: str) -> list[str]:
    """The words of a sentence that are probably misspelt.

    A word is known if wordfreq has counted it or simplemma has its lemma; a Dutch compound or a hyphenated word, if its
    parts are. Words with a capital and words of less than four letters are left alone.

    Args:
        text: one sentence.
        language: `nl` or `en`.

    Raises:
        ImportError: simplemma or wordfreq is not installed (they are part of the extra `training`).
    """
    words = (match.group() for match in _WORD.finditer(text))
    return [word for word in words if len(word) > 3 and word == word.lower() and not _is_known(word, language)]


@lru_cache(maxsize=500_000)
def _is_known(word: str, language: str) -> bool:
    if "-" in word or "'" in word:
        return all(_is_known(part, language) for part in re.split("[-']", word) if len(part) > 3)
    return _is_listed(word, language) or (language == "nl" and _is_compound(word))


@lru_cache(maxsize=500_000)
def _is_listed(word: str, language: str) -> bool:
    from simplemma import is_known
    from wordfreq import zipf_frequency

    return bool(zipf_frequency(word, language) > 0 or is_known(word, lang=language))


@lru_cache(maxsize=500_000)
def _is_compound(word: str) -> bool:
    """Two or more Dutch words written as one, with a linking s, e, en or n between them or not."""
    for cut in range(3, len(word) - 2):
        head, rest = word[:cut], word[cut:]
        if _is_part(rest) or (len(rest) > 6 and _is_compound(rest)):
            stems = [head, *(head.removesuffix(link) for link in ("s", "e", "en", "n") if head.endswith(link))]
            if any(_is_part(stem) for stem in stems):
                return True
    return False


@lru_cache(maxsize=500_000)
def _is_part(word: str) -> bool:
    """Common enough to be looked for in a compound: almost any three letters are a rare word."""
    from wordfreq import zipf_frequency

    return len(word) > 2 and bool(zipf_frequency(word, "nl") > (3.5 if len(word) == 3 else 2.5))


# British spelling ----------------------------------------------------------------------------------------------------


def british(text: str) -> Iterator[tuple[str, str]]:
    """British spellings in an English sentence, each with the American one.

    A word with a capital inside the sentence is part of a name and stays as it is: the Labour Party.
    """
    for match in _WORD.finditer(text):
        if (better := _better(match)) != match.group():
            yield match.group(), better
    if "per cent" in text:
        yield "per cent", "percent"


def americanised(text: str) -> str:
    """An English sentence with its British spellings made American; names stay."""
    return _WORD.sub(_better, text).replace("per cent", "percent")


def _better(match: re.Match[str]) -> str:
    word = match.group()
    if word != word.lower() and match.start() > 0:
        return word
    better = american(word.lower())
    if better is None:
        return word
    return better.capitalize() if word[0].isupper() else better


@lru_cache(maxsize=100_000)
def american(word: str) -> str | None:
    """The American spelling of a British word in small letters; None where both spell it as it is."""
    if word in _PAIRS:
        return _PAIRS[word]
    for pattern, replacement in _PATTERNS:
        if match := pattern.fullmatch(word):
            better = match.expand(replacement)
            return american(better) or better  # colourised has two
    if (match := _ISE.fullmatch(word)) and match[1].removeprefix("un") + "ise" not in _ISE_BOTH:
        return f"{match[1]}iz{match[2]}"
    return None


_PATTERNS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # colour, neighbourhood, favourite; not four, contour, glamour, humorous
        (
            r"((?:un|dis|mis)?(?:arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|harb|hon|hum|lab|neighb|od|parl|ranc|"
            r"rig|rum|sav|splend|succ|tum|val|vap|vig)o)u(r\w*)",
            r"\1\2",
        ),
        # centre, kilometres, sabre
        (
            r"((?:epi)?cent|\w*met|(?:amphi)?theat|calib|fib|goit|\w*lit|louv|lust|meag|mit|och|sab|salpet|saltpet|sepulch|somb|spect)re(s?)",
            r"\1er\2",
        ),
        # analyse, breathalyser; not analyses, which may be the plural of analysis
        (r"(\w*(?:anal|paral|catal|hal))ys(e|ed|er|ers|ing)", r"\1yz\2"),
        # travelled, modelling, jeweller; not controlled, compelled
        (
            r"((?:un|re|mis)?(?:bevel|cancel|channel|chisel|counsel|dial|dishevel|drivel|duel|enamel|equal|fuel|funnel|grovel|"
            r"initial|jewel|label|level|libel|marshal|marvel|medal|model|panel|parcel|pedal|pencil|quarrel|ravel|revel|rival|"
            r"shovel|shrivel|signal|snivel|snorkel|spiral|stencil|swivel|teetotal|total|towel|travel|tunnel|weasel|yodel))"
            r"l(ed|er|ers|ing|ings)",
            r"\1\2",
        ),
        (r"(def|off|pret)ence(s|less)?", r"\1ense\2"),
        (r"practis(e|ed|es|ing)", r"practic\1"),
        # haemorrhage, anaemia, paediatrician, orthopaedic
        (
            r"(\w*h|an|glyc|hypoglyc|hyperglyc|leuk|p|orthop|encyclop|gyn)ae(m\w+|d\w*|c\w+|st\w+|morrhag\w+|mophil\w+)",
            r"\1e\2",
        ),
        (r"(\w*rrh|f|c)oe(a|tus\w*|tal|liac)", r"\1e\2"),
        (r"plough(s|ed|ing|man|men)?", r"plow\1"),
    )
)
_ISE = re.compile(r"(\w{3,})is(e|ed|er|ers|es|ing|ation|ations)")
# What ends in -ise on both sides of the ocean. crise, penise and the like stand for the plurals of crisis and penis.
_ISE_WORDS = """
advertise advise amaryllise anise appraise apprise arise braise bruise cerise chaise chastise chemise circumcise
clockwise counterclockwise comprise compromise concise crise cruise crosswise demise denoise despise devise disguise
disenfranchise enfranchise enterprise excise exercise expertise franchise française fundraise guise hollandaise
improvise incise iris irise lengthwise liaise likewise malaise marquise mayonnaise merchandise mortise noise otherwise
paradise penise poise polonaise porpoise praise reappraise precise premise promise raise reprise revise rise
streetwise sunrise supervise surmise surprise televise tortoise treatise turquoise upraise valise wise uprise
"""
_ISE_BOTH = frozenset(_ISE_WORDS.split())

# British and American spellings of words that belong to no family.
_PAIR_WORDS = """
aeroplane:airplane aeroplanes:airplanes aluminium:aluminum artefact:artifact artefacts:artifacts cheque:check
cheques:checks chequered:checkered cosy:cozy distil:distill distils:distills enrol:enroll enrols:enrolls
enrolment:enrollment fulfil:fulfill fulfils:fulfills fulfilment:fulfillment grey:gray greyish:grayish greying:graying
instalment:installment instalments:installments jewellery:jewelry judgement:judgment judgements:judgments kerb:curb
ageing:aging kerbs:curbs licence:license licences:licenses licenced:licensed licencing:licensing manoeuvre:maneuver
manoeuvred:maneuvered manoeuvres:maneuvers manoeuvring:maneuvering maths:math mould:mold moulded:molded moulds:molds
mouldy:moldy moustache:mustache moustached:mustached moustaches:mustaches mum:mom oesophagus:esophagus
oestrogen:estrogen pyjamas:pajamas programme:program programmes:programs sceptic:skeptic sceptical:skeptical
sceptically:skeptically scepticism:skepticism sceptics:skeptics skilful:skillful skilfully:skillfully smoulder:smolder
smouldered:smoldered smouldering:smoldering storey:story storeys:stories sulphur:sulfur towards:toward tyre:tire
tyres:tires whilst:while amongst:among wilful:willful wilfully:willfully woollen:woolen woollens:woolens
yoghurt:yogurt yoghurts:yogurts
"""
_PAIRS = dict(pair.split(":") for pair in _PAIR_WORDS.split())
