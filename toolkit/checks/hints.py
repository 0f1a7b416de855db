"""The symbols by which a term is handed to the model must not come out again."""

from collections.abc import Iterator

_SYMBOLS = "⟦⇒⟧"


def hint_symbols(source: str, target: str) -> Iterator[str]:
    """One sentence where ⟦, ⇒ or ⟧ stands in the English but not in the Dutch."""
    left = [symbol for symbol in _SYMBOLS if symbol in target and symbol not in source]
    if left:
        yield f"The English holds {' '.join(left)}, the marks of a term hint."
