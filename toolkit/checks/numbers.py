"""Is every amount of the Dutch in the English, and no other?"""

import re
from collections.abc import Hashable, Iterator
from decimal import Decimal

from toolkit.checks.figures import Figure, figures
from toolkit.checks.moments import Moments, moments

# Below this a number word has too many good translations without a number: both, a pair, a couple, twins.
_SMALLEST_DEMANDED_WORD = 13

TON = 100_000
"""In Dutch money talk `een ton` is a hundred thousand euros."""

_ROUND_NUMBERS = {"miljoenen": "million", "miljarden": "billion", "biljoenen": "trillion"}


def numbers(source: str, target: str) -> Iterator[str]:
    """One sentence for the amounts that went missing and one for those that were added.

    Times, dates, percentages and sums of money are left to their own rules. Small numbers may be in words on one side
    and in digits on the other; 1990s stands for the nineties and 2023-24 for 2023-2024.
    """
    yield from _round_numbers(source.lower(), target.lower())
    dutch, english = figures(source, "nl"), figures(target, "en")
    if not dutch and not english:
        return
    dutch_when, english_when = moments(source, "nl"), moments(target, "en")
    scales = {figure.scale for figure in (*dutch, *english)} - {1}
    if has_ton(source):
        scales.add(TON)
    unread = [figure for figure in dutch if figure.value is None]
    of_unread, of_english = ({form for figure in some for form in forms(figure)} for some in (unread, english))
    same = {figure for figure in unread if not of_english.isdisjoint(forms(figure))}
    same |= {figure for figure in english if not of_unread.isdisjoint(forms(figure))}
    missing = _unmatched(dutch, dutch_when, same, _values(english, english_when), scales)
    added = _unmatched(english, english_when, same, _values(dutch, dutch_when), scales)
    if missing and added:
        yield f"The Dutch has {missing} where the English has {added}."
    elif missing:
        yield f"The English lacks {missing}."
    elif added:
        yield f"The English has {added}, which the Dutch has not."


def _round_numbers(source: str, target: str) -> Iterator[str]:
    """`miljarden` are billions, not millions: the one slip that figures do not show."""
    for dutch, english in _ROUND_NUMBERS.items():
        others = [other for other in _ROUND_NUMBERS.values() if other != english and f"{other}s" in target]
        if dutch in source and english not in target and others:
            yield f"The Dutch has {dutch}, {english}s, where the English has {others[0]}s."


def has_ton(source: str) -> bool:
    """Whether the Dutch speaks of tons, be they of weight or of money."""
    return "ton" in source and re.search(r"\bton\b", source) is not None


def _values(found: tuple[Figure, ...], when: Moments) -> set[Decimal]:
    return {figure.value for figure in found if figure.value is not None} | set(map(Decimal, when.numbers()))


def _unmatched(
    own: tuple[Figure, ...], when: Moments, same: set[Figure], others: set[Decimal], scales: set[int]
) -> str:
    """The amounts of one language that the other lacks, as they stand in the text."""
    unmatched = [
        figure.text
        for figure in own
        if is_demanded(figure)
        and figure not in same
        and not figure.unit
        and not when.covers(figure.start)
        and not (figure.value is not None and (figure.value in others or _in_other_guise(figure.value, others, scales)))
    ]
    return ", ".join(dict.fromkeys(unmatched))


def _in_other_guise(value: Decimal, others: set[Decimal], scales: set[int]) -> bool:
    """Whether the other language has a shorter or longer form: nineties and 1990s, 24 and 2024, `2 to 3 million`."""
    for scale in scales:
        if value * scale in others or value / scale in others:
            return True
    if 1 <= value < 100:
        return any(100 * century + value in others and _is_near(century, others) for century in range(10, 21))
    return 1000 <= value < 2100 and value % 100 in others and _is_near(int(value) // 100, others)


def _is_near(century: int, others: set[Decimal]) -> bool:
    """Whether years may be named without this century: the nineties are the 1990s.

    They are the 1890s only where the nineteenth century is spoken of.
    """
    return century in (19, 20) or century + 1 in others


def is_demanded(figure: Figure) -> bool:
    """Whether a translation without the amount is suspect: all digits, and the larger number words."""
    large = figure.value is not None and figure.value >= _SMALLEST_DEMANDED_WORD
    return figure.digits or (large and not figure.vague)


def same_amount(dutch: Figure, english: Figure) -> bool:
    """Whether the values are the same, or the digits where they make no number in Dutch (2.03,45 and 2:03.45).

    Digits that are a number in Dutch but not in English, such as 1.250,5, were not translated.
    """
    if dutch.value is not None:
        return dutch.value == english.value
    return not forms(dutch).isdisjoint(forms(english))


def forms(figure: Figure) -> frozenset[Hashable]:
    """What an amount has in common with one that is written alike: its digits with their scale, and its text."""
    return frozenset([figure.text, (figure.scale, figure.parts)] if figure.parts else [figure.text])
