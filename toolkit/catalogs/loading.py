"""Loading catalogs in a program, and rebuilding the English article from its Dutch without a model."""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from toolkit import files
from toolkit.catalogs.catalog import Catalog, check_domain
from toolkit.documents import Document, parse
from toolkit.errors import CatalogError


class Translations(Protocol):
    """What `gettext` and Babel translations objects have in common."""

    def gettext(self, message: str) -> str:
        """The translation of a message, or the message."""
        ...


def load_catalog(
    domain: str, localedir: Path | str = "locales", languages: Sequence[str] | str = ("en",), *, babel: bool = False
) -> gettext.GNUTranslations:
    """The compiled catalog of a domain.

    Args:
        domain: its name.
        localedir: the folder of the catalogs.
        languages: in order of preference; what en_GB does not have is looked for in en, as gettext does.
        babel: give a `babel.support.Translations`, which templates and Babel's formatting use.

    Raises:
        CatalogError: there is none for these languages, or the .mo file is broken.
    """
    wanted = [languages] if isinstance(languages, str) else list(languages)
    # gettext.find takes out the encoding and the modifier, and gives en for en_GB too.
    found = gettext.find(check_domain(domain), str(localedir), [code.replace("-", "_") for code in wanted], all=True)
    if not found:
        raise CatalogError(
            f"There is no compiled catalog {domain!r} for {', '.join(wanted)} in {localedir}: "
            f"make it with 'vertaal catalog compile {domain}'."
        )
    first, *others = (_load(path, domain, babel) for path in found)
    for other in others:
        first.add_fallback(other)
    return first


def _load(path: str, domain: str, babel: bool) -> gettext.GNUTranslations:
    try:
        with Path(path).open("rb") as file:
            if babel:
                from babel.support import Translations as BabelTranslations

                return BabelTranslations(file, domain)
            return gettext.GNUTranslations(file)
    except OSError as error:
        raise CatalogError(f"Cannot read {path}: {files.reason(error)}.") from error
    except Exception as error:  # a broken file raises what its bytes happen to lead to
        raise CatalogError(
            f"{path} is not a compiled catalog: make it anew with 'vertaal catalog compile {domain}'."
        ) from error


def render(article: Document | str, catalog: Catalog | Translations) -> str:
    """The English article from its Dutch and a catalog, without a model: what a website does.

    A sentence that the catalog does not have, or has fuzzy, stays Dutch, as with gettext.

    Args:
        article: the Dutch document, or its text.
        catalog: a catalog, or a translations object of gettext or Babel.
    """
    document = parse(article) if isinstance(article, str) else article
    if isinstance(catalog, Catalog):
        known = {(e.msgctxt, e.msgid): e.msgstr for e in catalog if e.msgstr and not e.fuzzy}

        def look_up(kind: str, dutch: str) -> str:
            return known.get((kind, dutch)) or known.get((None, dutch)) or dutch
    else:

        def look_up(kind: str, dutch: str) -> str:
            own = getattr(catalog, "pgettext", None)
            found = own(kind, dutch) if own else dutch
            return found if found != dutch else catalog.gettext(dutch)

    return document.render([look_up(document.blocks[s.block].kind, s.text) for s in document.segments])
