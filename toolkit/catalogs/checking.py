"""The checks over a catalog: what a person should look at before it is used."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import polib

from toolkit.catalogs.catalog import Catalog
from toolkit.checks import UnknownRuleError, check, check_consistency
from toolkit.errors import InputError
from toolkit.terminology import Matcher, TermMatch
from toolkit.terminology.holding import forbidden, forbidden_sentence, missing, places, unheld_sentence

TERM_RULES = ("term", "forbidden")  # beside those of toolkit.checks


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of a message.

    Attributes:
        file, line: of the .po file; the line is that of the msgid.
        rule: its id.
        severity: `error` (surely wrong), `warning` (a person should look) or `info`.
        message: a plain sentence.
        msgid: the Dutch.
    """

    file: str
    line: int
    rule: str
    severity: str
    message: str
    msgid: str


def check_catalog(
    catalog: Catalog,
    matcher: Matcher | None = None,
    select: Collection[str] | None = None,
    ignore: Collection[str] = (),
) -> list[Finding]:
    """What the checks say of the messages of a catalog, in the order of the file.

    Args:
        catalog: a catalog that was read from a file.
        matcher: of the terms of a glossary, for the rules `term` (not held) and `forbidden`; what is held is as it should
            be to the rules on names and left-over Dutch.
        select, ignore: ids of rules, of those and of toolkit.checks; all of them unless selected.

    Raises:
        InputError: there is no such rule.
    """
    ours = {rule for rule in TERM_RULES if rule not in ignore and (select is None or rule in select)}
    others = None if select is None else [rule for rule in select if rule not in TERM_RULES]
    ignored = [rule for rule in ignore if rule not in TERM_RULES]
    texts = [(entry, *pair) for entry in catalog for pair in _pairs(entry)]
    translated = [text for text in texts if text[2]]
    found: list[tuple[polib.POEntry, str, str, str]] = []
    try:
        mixed = check_consistency([english for _, _, english in translated], select=others, ignore=ignored)
        found += [(translated[at][0], issue.rule, issue.severity, issue.message) for at, issue in mixed]
        for entry, dutch, english in texts:
            matches = matcher.find(dutch) if matcher and english else []
            lost = missing(english, matches)
            if others != []:
                held = places(english, [match for match in matches if match not in lost])
                issues = check(dutch, english, select=others, ignore=ignored, held=held)
                found += [(entry, issue.rule, issue.severity, issue.message) for issue in issues]
            found += [(entry, rule, "error", text) for rule, text in _terms(english, matches, lost) if rule in ours]
    except UnknownRuleError as error:
        raise InputError(str(error)) from error
    findings = [
        Finding(str(catalog.po.fpath or catalog.domain), entry.linenum, rule, severity, text, entry.msgid)
        for entry, rule, severity, text in found
    ]
    return sorted(findings, key=lambda finding: finding.line)


def _pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Dutch and English of a message; of a plural one, the singular with the first form and the plural with the others."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    forms = [entry.msgstr_plural[index] for index in sorted(entry.msgstr_plural)]
    return [(entry.msgid_plural if at else entry.msgid, form) for at, form in enumerate(forms)]


def _terms(english: str, matches: Sequence[TermMatch], lost: Sequence[TermMatch]) -> Iterator[tuple[str, str]]:
    for match in lost:
        yield "term", unheld_sentence(match.term)
    for match, bad, _ in forbidden(english, matches):
        yield "forbidden", forbidden_sentence(match.term, bad)
