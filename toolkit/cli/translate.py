"""`vertaal translate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli import output as out

if TYPE_CHECKING:
    from toolkit import Article, Translator


def translate(
    source: Annotated[str, typer.Argument(metavar="INPUT", help="A Dutch text file (UTF-8), or - for standard input.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the English to this file, not to standard output.")
    ] = None,
    glossary: options.Glossary = None,
    locales: options.Locales = options.LOCALES,
    domain: Annotated[
        str | None, typer.Option(help="Name of the catalog.  [default: the name of the input]", show_default=False)
    ] = None,
    language: Annotated[str, typer.Option(help="Locale of the catalog: en, en_GB, en_US.")] = "en",
    catalog: Annotated[
        bool, typer.Option("--catalog/--no-catalog", help="Write the catalogs, and reuse what people approved in them.")
    ] = True,
    memory: options.Memory = None,
    model: options.Model = None,
    beam_size: Annotated[
        int | None,
        typer.Option(
            min=1, max=32, help="Hypotheses kept while decoding.  [default: the model's, or 4]", show_default=False
        ),
    ] = None,
    hints: Annotated[
        bool, typer.Option("--hints/--no-hints", help="Give a model that knows how the terms inline.")
    ] = True,
    strict_terms: Annotated[
        bool, typer.Option("--strict-terms", help="End with exit code 1 if a term is not held.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the whole result as JSON.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Translate a Dutch article to English, hold its terms, and write its gettext catalogs."""
    from toolkit import Translator, articles

    data = None
    if source == "-":
        data = sys.stdin.buffer.read()
    document = articles.open_document(source, data)
    translator = Translator(model, articles.open_glossary(glossary), beam_size=beam_size, hints=hints)
    progress = out.Progress("translating", quiet)
    article = articles.translate_article(
        document,
        translator,
        output=output,
        locales=locales if catalog else None,
        domain=domain,
        language=language,
        memory=articles.open_memory(memory or [], language),
        progress=progress,
    )
    progress.close()
    if json:
        out.result_json(article.result.to_dict())
    elif output is None:
        out.result(article.result.text, end="")
    _report(article, translator, quiet)
    if strict_terms and article.result.unheld:
        raise typer.Exit(1)


def _report(article: Article, translator: Translator, quiet: bool) -> None:
    result = article.result
    name = result.document.name if result.document.name != "-" else "standard input"
    for translation, held in result.unheld:
        term = held.match.term
        out.say(
            f"{name}:{translation.segment.line}: the term {term.source!r} is not held as {term.targets[0]!r}", quiet
        )
    package = translator.package
    origin = "bundled" if package.bundled else "installed"
    held_all = [h for t in result.translations for h in t.held]
    fuzzy = sum(t.fuzzy for t in result.translations)
    out.say(
        f"{name}: {len(result.translations)} segments with {package.signature} ({origin}), "
        f"{sum(h.method is not None for h in held_all)} of {len(held_all)} terms held, {fuzzy} for a person to look at",
        quiet,
    )
    if article.paths:
        out.say(f"catalog {article.paths.po} {'written' if article.changed else 'is up to date'}", quiet)
