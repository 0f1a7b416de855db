"""Vertaal: Dutch to English translation on your own machine, with terms held and gettext catalogs kept.

The public API. Names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.version import VERSION as __version__

if TYPE_CHECKING:
    from toolkit.articles import Article, open_document, open_glossary, translate_article, translate_text
    from toolkit.catalogs import Catalog, Memory, load_catalog, render
    from toolkit.checks import Issue, check
    from toolkit.documents import Document, Segment, TextFile
    from toolkit.errors import VertaalError
    from toolkit.pipeline import TranslatedDocument, Translation, Translator
    from toolkit.terminology import Glossary, Matcher, Term

_HOMES = {
    "Article": "toolkit.articles",
    "open_document": "toolkit.articles",
    "open_glossary": "toolkit.articles",
    "translate_article": "toolkit.articles",
    "translate_text": "toolkit.articles",
    "Catalog": "toolkit.catalogs",
    "Memory": "toolkit.catalogs",
    "load_catalog": "toolkit.catalogs",
    "render": "toolkit.catalogs",
    "Issue": "toolkit.checks",
    "check": "toolkit.checks",
    "Document": "toolkit.documents",
    "Segment": "toolkit.documents",
    "TextFile": "toolkit.documents",
    "VertaalError": "toolkit.errors",
    "TranslatedDocument": "toolkit.pipeline",
    "Translation": "toolkit.pipeline",
    "Translator": "toolkit.pipeline",
    "Glossary": "toolkit.terminology",
    "Matcher": "toolkit.terminology",
    "Term": "toolkit.terminology",
}
__all__ = [
    "Article",
    "Catalog",
    "Document",
    "Glossary",
    "Issue",
    "Matcher",
    "Memory",
    "Segment",
    "Term",
    "TextFile",
    "TranslatedDocument",
    "Translation",
    "Translator",
    "VertaalError",
    "__version__",
    "check",
    "load_catalog",
    "open_document",
    "open_glossary",
    "render",
    "translate",
    "translate_article",
    "translate_text",
]


def translate(text: str, glossary: Glossary | None = None, model: str | None = None) -> str:
    """The English of a Dutch text, with the terms of a glossary held.

    Raises:
        VertaalError: the text is empty, or the model is unknown or broken.
    """
    from toolkit.pipeline import Translator

    return Translator(model, glossary).translate(text).text


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'toolkit' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
