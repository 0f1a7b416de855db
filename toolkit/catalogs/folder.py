"""The catalogs of a locales folder: opening, compiling, searching and comparing them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polib

from toolkit import files
from toolkit.catalogs.catalog import Catalog, Paths, check_domain, check_language, domain_of
from toolkit.catalogs.memory import Similar
from toolkit.catalogs.ownership import State, state, translated
from toolkit.errors import CatalogError


def domains_of(locales: Path, language: str = "en") -> list[str]:
    """The names of the catalogs of a folder.

    Raises:
        CatalogError: there are none.
    """
    folder = Paths.of(locales, "-", check_language(language)).po.parent
    found = sorted(path.stem for path in folder.glob("*.po")) if folder.is_dir() else []
    if not found:
        raise CatalogError(f"There are no catalogs in {folder}: make one with 'vertaal translate'.")
    return found


def domains_for(names: Iterable[str]) -> list[str]:
    """The domains of several articles, by their names.

    Raises:
        CatalogError: two have the same, so that the one's catalog would take the place of the other's.
    """
    found: dict[str, str] = {}
    for name in names:
        domain = domain_of(name)
        if domain in found:
            raise CatalogError(
                f"{found[domain]} and {name} would have the same catalog {domain!r}: give one of them another name, "
                "or translate it with --domain."
            )
        found[domain] = name
    return list(found)


def open_catalog(locales: Path, domain: str, language: str = "en") -> Catalog:
    """The catalog of that name.

    Raises:
        CatalogError: there is none, or it is not right.
    """
    paths = Paths.of(locales, check_domain(domain), check_language(language))
    paths.check(exists=True)
    return Catalog.load(paths.po, language)


def open_catalogs(locales: Path, domains: Sequence[str] | None = None, language: str = "en") -> dict[str, Catalog]:
    """The catalogs of these names, or all of a folder, by name.

    Raises:
        CatalogError: one is not there or not right, or there are none.
    """
    return {domain: open_catalog(locales, domain, language) for domain in domains or domains_of(locales, language)}


def compile_catalog(locales: Path, domain: str, language: str = "en", fuzzy: bool = False) -> tuple[Path, bool]:
    """Write the .mo file of a catalog; its path, and whether it changed.

    Raises:
        CatalogError: there is no such catalog, or it is not right.
        OutputError: the file cannot be written.
    """
    paths = Paths.of(locales, check_domain(domain), check_language(language))
    paths.check(exists=True)
    with files.locked(paths.mo):
        return paths.mo, files.write(paths.mo, Catalog.load(paths.po, language).binary(fuzzy))


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was looked for: its likeness (0 to 1), where it stands, its Dutch and English, and how far it is."""

    likeness: float
    domain: str
    line: int
    msgid: str
    msgstr: str
    state: State


def look_up(locales: Path, dutch: str, language: str = "en", threshold: float = 0.6, limit: int = 10) -> list[Hit]:
    """A sentence and those like it in all catalogs of a folder, the most alike first, those that people approved first.

    Raises:
        CatalogError: a catalog is not right, or there are none.
    """
    places: dict[str, list[tuple[str, polib.POEntry]]] = {}
    for domain, catalog in open_catalogs(locales, None, language).items():
        for entry in filter(translated, catalog.po):
            places.setdefault(entry.msgid, []).append((domain, entry))
    alike = dict.fromkeys([dutch], 1.0) if dutch in places else {}
    alike |= {sentence: ratio for ratio, sentence in Similar(places).find(dutch, threshold, limit)}
    hits = [
        Hit(ratio, domain, entry.linenum, sentence, entry.msgstr, state(entry))
        for sentence, ratio in alike.items()
        for domain, entry in places[sentence]
    ]
    return sorted(hits, key=lambda hit: (-hit.likeness, hit.state != "approved"))[:limit]


def find_message(locales: Path, msgid: str, language: str = "en") -> list[tuple[str, polib.POEntry]]:
    """The messages of a Dutch sentence in all catalogs of a folder, with the names of the catalogs.

    Raises:
        CatalogError: a catalog is not right, or there are none.
    """
    catalogs = open_catalogs(locales, None, language)
    return [(domain, entry) for domain, catalog in catalogs.items() for entry in catalog.find(msgid)]


@dataclass(frozen=True, slots=True)
class Difference:
    """A message that two catalogs have differently: its English and how far it is in each, None where it is missing."""

    msgid: str
    msgctxt: str | None
    old: str | None
    old_state: State | None
    new: str | None
    new_state: State | None


def difference(old: Catalog, new: Catalog) -> list[Difference]:
    """The messages that differ, obsolete ones left out: those of the old catalog in its order, then the new ones."""
    before, after = ({(e.msgctxt, e.msgid): (e.msgstr, state(e)) for e in catalog} for catalog in (old, new))
    nothing = (None, None)
    return [
        Difference(key[1], key[0], *before.get(key, nothing), *after.get(key, nothing))
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    ]
