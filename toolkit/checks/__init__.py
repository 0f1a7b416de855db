"""Checks of an English translation against its Dutch source.

`check` runs the rules over one segment, `check_consistency` over all segments of a document. Each rule is a small
function in the file that bears its name or its subject; `RULES` and `DOCUMENT_RULES` list them.
"""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from toolkit.checks.addresses import addresses
from toolkit.checks.dates import dates_times
from toolkit.checks.hints import hint_symbols
from toolkit.checks.issue import DocumentRule, Issue, Rule, UnknownRuleError
from toolkit.checks.language import identical, left_over_dutch
from toolkit.checks.length import empty, length
from toolkit.checks.money import percent_money
from toolkit.checks.names import names
from toolkit.checks.numbers import numbers
from toolkit.checks.punctuation import brackets, final_punctuation, quotes
from toolkit.checks.repetition import repetition
from toolkit.checks.spans import Span, blanked
from toolkit.checks.spelling import spelling_mixed

__all__ = [
    "DOCUMENT_RULES",
    "RULES",
    "DocumentRule",
    "Issue",
    "Rule",
    "UnknownRuleError",
    "check",
    "check_consistency",
]

_EMPTY = "empty"

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.id: rule
        for rule in (
            Rule(_EMPTY, "error", "The English is empty.", empty),
            Rule("identical", "error", "The English is the Dutch, untranslated.", identical),
            Rule("hint-symbols", "error", "Marks of a term hint stand in the English.", hint_symbols),
            Rule("numbers", "warning", "Amounts are the same in both.", numbers),
            Rule(
                "dates-times",
                "warning",
                "Times, dates, months and weekdays are the same in both.",
                dates_times,
                past_terms=True,
            ),
            Rule(
                "percent-money",
                "warning",
                "Percentages and sums of money are the same in both.",
                percent_money,
                past_terms=True,
            ),
            Rule("names", "warning", "Names of the Dutch stand in the English.", names, past_terms=True),
            Rule("addresses", "warning", "Web and e-mail addresses are the same in both.", addresses),
            Rule(
                "left-over-dutch", "warning", "No Dutch words stand in the English.", left_over_dutch, past_terms=True
            ),
            Rule("repetition", "warning", "No word, phrase or letter is repeated without reason.", repetition),
            Rule("quotes", "warning", "Quotations are as many as in the Dutch, and closed.", quotes),
            Rule("brackets", "warning", "Brackets are as many as in the Dutch, and closed.", brackets),
            Rule("final-punctuation", "warning", "The English ends with the mark of the Dutch.", final_punctuation),
            Rule("length", "warning", "The English is about as long as the Dutch.", length),
        )
    }
)
"""The rules for a segment, by id, in the order in which they run."""

DOCUMENT_RULES: Mapping[str, DocumentRule] = MappingProxyType(
    {
        rule.id: rule
        for rule in (
            DocumentRule("spelling-mixed", "warning", "A word is British here and American there.", spelling_mixed),
        )
    }
)
"""The rules for a whole document, by id."""


def check(
    source: str,
    target: str,
    *,
    select: Collection[str] | None = None,
    ignore: Collection[str] = (),
    held: tuple[Collection[Span], Collection[Span]] = ((), ()),
) -> list[Issue]:
    """What is wrong with `target` as a translation of `source`, in the order of `RULES`.

    `select` names the rules to run, all by default, and `ignore` the ones to leave out. Of an empty target nothing
    else is said than that it is empty. Document rules may be named too, and have no say here. `held` has the places of
    terms that are held, in the source and in the target, in characters: `(start, end)`.

    Raises UnknownRuleError for an id that no rule has.
    """
    chosen = _chosen(select, ignore)
    blank = not target.strip()
    sides, without_terms = (source, target), (blanked(source, held[0]), blanked(target, held[1]))
    return [
        Issue(rule.id, message, rule.severity)
        for rule in RULES.values()
        if rule.id in chosen and (rule.id == _EMPTY or not blank)
        for message in rule.function(*(without_terms if rule.past_terms else sides))
    ]


def check_consistency(
    targets: Iterable[str], *, select: Collection[str] | None = None, ignore: Collection[str] = ()
) -> list[tuple[int, Issue]]:
    """What is inconsistent between the English segments of one document: the index of the segment and the issue.

    `select` and `ignore` are as for `check`. Raises UnknownRuleError for an id that no rule has.
    """
    chosen = _chosen(select, ignore)
    segments = list(targets)
    return [
        (index, Issue(rule.id, message, rule.severity))
        for rule in DOCUMENT_RULES.values()
        if rule.id in chosen
        for index, message in rule.function(segments)
    ]


def _chosen(select: Collection[str] | None, ignore: Collection[str]) -> set[str]:
    known = [*RULES, *DOCUMENT_RULES]
    wanted = known if select is None else select
    for name in (*wanted, *ignore):
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known, n=3, cutoff=0.4) or known
            raise UnknownRuleError(f'There is no rule "{name}"; did you mean {" or ".join(near)}?')
    return set(wanted) - set(ignore)
