"""The catalogs of a locales folder: opening, compiling, checking, searching and comparing them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import polib

from toolkit import files
from toolkit.catalogs.catalog import Catalog, Paths, check_domain, check_language
from toolkit.catalogs.memory import Memory
from toolkit.checks import check, check_consistency
from toolkit.errors import CatalogError
from toolkit.terminology import Matcher, Term
from toolkit.terminology.holding import forbidden, missing


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of a message: file and line of the .po, the rule, and a plain sentence."""

    file: str
    line: int
    rule: str
    severity: str
    message: str


def domains_of(locales: Path, language: str = "en") -> list[str]:
    """The names of the catalogs of a folder.

    Raises:
        CatalogError: there are none.
    """
    folder = locales / check_language(language) / "LC_MESSAGES"
    found = sorted(path.stem for path in folder.glob("*.po")) if folder.is_dir() else []
    if not found:
        raise CatalogError(f"There are no catalogs in {folder}: make one with 'vertaal translate'.")
    return found


def open_catalog(locales: Path, domain: str, language: str = "en") -> Catalog:
    """The catalog of that name.

    Raises:
        CatalogError: there is none, or it is not right.
    """
    path = Paths.of(locales, check_domain(domain), check_language(language)).po
    if not path.exists():
        raise CatalogError(f"There is no catalog {path}: make it with 'vertaal translate'.")
    return Catalog.load(path, language)


def compile_catalog(locales: Path, domain: str, language: str = "en", fuzzy: bool = False) -> tuple[Path, bool]:
    """Write the .mo file of a catalog; its path, and whether it changed.

    Raises:
        CatalogError: there is no such catalog, or it is not right.
        OutputError: the file cannot be written.
    """
    catalog = open_catalog(locales, domain, language)
    path = Paths.of(locales, domain, language).mo
    return path, files.write(path, catalog.binary(fuzzy))


def check_catalog(
    locales: Path,
    domain: str,
    language: str = "en",
    terms: Iterable[Term] = (),
    select: Collection[str] | None = None,
    ignore: Collection[str] = (),
) -> list[Finding]:
    """What the checks say of the translated messages of a catalog, in the order of the file.

    Args:
        terms: of a glossary: their rules are `term` (not held) and `forbidden`.
        select, ignore: ids of rules.

    Raises:
        CatalogError: there is no such catalog, or it is not right.
        UnknownRuleError: there is no such rule.
    """
    catalog = open_catalog(locales, domain, language)
    file = str(Paths.of(locales, domain, language).po)
    matcher = Matcher(terms)
    ours = [rule for rule in ("term", "forbidden") if rule not in ignore and (select is None or rule in select)]
    rules = None if select is None else [s for s in select if s not in ("term", "forbidden")]
    ignored = [i for i in ignore if i not in ("term", "forbidden")]
    entries = [e for e in catalog if e.msgstr]
    found: list[Finding] = []
    for entry in entries:
        issues = [] if rules == [] else check(entry.msgid, entry.msgstr, select=rules, ignore=ignored)
        found += [Finding(file, entry.linenum, i.rule, i.severity, i.message) for i in issues]
        matches = matcher.find(entry.msgid) if ours else []
        if "term" in ours:
            for match in missing(entry.msgstr, matches):
                text = f"The term {match.term.source!r} is not held: the English should have {match.term.targets[0]!r}."
                found.append(Finding(file, entry.linenum, "term", "error", text))
        if "forbidden" in ours:
            for match, bad, _ in forbidden(entry.msgstr, matches):
                text = f"The English has {bad!r}, which must not stand for {match.term.source!r}."
                found.append(Finding(file, entry.linenum, "forbidden", "error", text))
    mixed = [] if rules == [] else check_consistency([e.msgstr for e in entries], select=rules, ignore=ignored)
    found += [Finding(file, entries[k].linenum, i.rule, i.severity, i.message) for k, i in mixed]
    return sorted(found, key=lambda f: f.line)


def find_message(locales: Path, msgid: str, language: str = "en") -> list[tuple[str, polib.POEntry]]:
    """The messages of a Dutch sentence in all catalogs of a folder, with the names of the catalogs."""
    catalogs = {domain: open_catalog(locales, domain, language) for domain in domains_of(locales, language)}
    return [(domain, entry) for domain, catalog in catalogs.items() for entry in catalog if entry.msgid == msgid]


def look_up(locales: Path, dutch: str, language: str = "en", threshold: float = 0.6) -> list[tuple[float, str, str]]:
    """A sentence and those like it in all catalogs of a folder: likeness (0 to 1), Dutch, English; most alike first."""
    memory = Memory()
    for domain in domains_of(locales, language):
        for entry in open_catalog(locales, domain, language):
            memory.add(entry.msgid, entry.msgstr)
    return memory.similar(dutch, threshold)


def difference(old: Catalog, new: Catalog) -> list[tuple[str, str | None, str | None]]:
    """The messages that differ: the Dutch, and the English of the one and the other catalog, None where it is missing."""
    before, after = ({(e.msgctxt, e.msgid): e.msgstr for e in c} for c in (old, new))
    keys = list(dict.fromkeys([*before, *after]))
    return [(key[1], before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)]
