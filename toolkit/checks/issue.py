"""What a check finds, and what a check is."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that seems wrong with a translated segment.

    `rule` is the id of the rule that found it, `message` one plain sentence for the translator, and
    `severity` is "error" (surely wrong), "warning" (a person should look) or "info".
    """

    rule: str
    message: str
    severity: str = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One check of a Dutch source segment against its English target.

    `function(source, target)` yields one sentence for each thing it finds and nothing when all is well;
    `summary` says in a line what is looked for. With `past_terms` it does not look at terms that are held: the glossary
    says what stands there.
    """

    id: str
    severity: str
    summary: str
    function: Callable[[str, str], Iterator[str]]
    past_terms: bool = False


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """One check over all English segments of a document.

    `function(targets)` yields the index of a segment and a sentence for each thing it finds.
    """

    id: str
    severity: str
    summary: str
    function: Callable[[Iterable[str]], Iterator[tuple[int, str]]]


class UnknownRuleError(ValueError):
    """A rule was asked for by an id that no rule has."""
