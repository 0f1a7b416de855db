"""Does every percentage stay a percentage, and every sum of money keep its currency?"""

from collections.abc import Iterator

from toolkit.checks.figures import Figure, figures
from toolkit.checks.numbers import TON, has_ton, is_demanded, same_amount


def percent_money(source: str, target: str) -> Iterator[str]:
    """One sentence for each percentage or sum that is missing, added, or has another unit in the English."""
    dutch, english = figures(source, "nl"), figures(target, "en")
    for figure in dutch:
        if figure.unit:
            yield from _lost(figure, english)
    tons = has_ton(source)
    for figure in english:
        if not figure.unit or not is_demanded(figure):
            continue
        if not any(_same_sum(other, figure) or (tons and _is_in_tons(other, figure)) for other in dutch):
            yield f"The English has {_named(figure)}, which the Dutch has not."


def _lost(figure: Figure, english: tuple[Figure, ...]) -> Iterator[str]:
    same = [other for other in english if _same_sum(figure, other)]
    if not same:
        if is_demanded(figure):
            yield f"{_named(figure)} is not in the English."
    elif not any(_same_unit(figure, other) for other in same):
        if all(other.unit for other in same):
            yield f"{figure.text} is {figure.unit} in the Dutch but {same[0].unit} in the English."
        # "3 to 5 percent" has the unit once for two amounts
        elif not any(other.unit == figure.unit for other in english):
            yield f"{figure.text} is {figure.unit} in the Dutch; the English does not say so."


def _named(figure: Figure) -> str:
    return f"{figure.text} ({figure.unit})"


def _same_sum(dutch: Figure, english: Figure) -> bool:
    """Whether the amounts agree, 50 cent being the same as €0.50."""
    if same_amount(dutch, english):
        return True
    if dutch.value is None or english.value is None or "cent" not in (dutch.unit, english.unit):
        return False
    small, large = sorted((dutch.value, english.value))
    return small * 100 == large


def _same_unit(dutch: Figure, english: Figure) -> bool:
    return dutch.unit == english.unit or ("cent" in (dutch.unit, english.unit) and dutch.value != english.value)


def _is_in_tons(dutch: Figure, english: Figure) -> bool:
    return dutch.value is not None and dutch.value * TON == english.value
