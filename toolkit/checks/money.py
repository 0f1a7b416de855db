"""Does every percentage stay a percentage, and every sum of money keep its currency?"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from toolkit.checks.figures import Figure, figures
from toolkit.checks.numbers import TON, forms, has_ton, is_demanded, same_amount


def percent_money(source: str, target: str) -> Iterator[str]:
    """One sentence for each percentage or sum that is missing, added, or has another unit in the English."""
    dutch, english = figures(source, "nl"), figures(target, "en")
    sums = _Sums(english)
    for figure in dutch:
        if figure.unit:
            yield from _lost(figure, sums)
    tons = has_ton(source)
    sums = _Sums(dutch, TON if tons else 1)
    for figure in english:
        if not figure.unit or not is_demanded(figure):
            continue
        if not any(_same_sum(other, figure) or (tons and _is_in_tons(other, figure)) for other in sums.like(figure)):
            yield f"The English has {_named(figure)}, which the Dutch has not."


class _Sums:
    """The amounts of a text, each once, found by their value or form: a text of a thousand is not gone through for each.

    An amount counts as like another one too that is a hundred times as large, as euros and cents are, or `scale` times.
    """

    def __init__(self, found: Iterable[Figure], scale: int = 1) -> None:
        self._place: dict[Figure, int] = {}
        self._like: dict[Hashable, list[Figure]] = defaultdict(list)
        for figure in found:
            figure = figure._replace(start=0, end=0)
            if figure not in self._place:
                self._place[figure] = len(self._place)
                for key in _keys(figure, scale):
                    self._like[key].append(figure)
        self.units = {figure.unit for figure in self._place}

    def like(self, figure: Figure) -> list[Figure]:
        """Those that may be the same sum, in the order of the text."""
        return sorted(
            {other for key in _keys(figure) for other in self._like.get(key, ())}, key=self._place.__getitem__
        )


def _keys(figure: Figure, scale: int = 1) -> set[Hashable]:
    values = () if figure.value is None else (figure.value, figure.value * 100, figure.value * scale)
    return {*values, *forms(figure)}


def _lost(figure: Figure, english: _Sums) -> Iterator[str]:
    same = [other for other in english.like(figure) if _same_sum(figure, other)]
    if not same:
        if is_demanded(figure):
            yield f"{_named(figure)} is not in the English."
    elif not any(_same_unit(figure, other) for other in same):
        if all(other.unit for other in same):
            yield f"{figure.text} is {figure.unit} in the Dutch but {same[0].unit} in the English."
        # "3 to 5 percent" has the unit once for two amounts
        elif figure.unit not in english.units:
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
