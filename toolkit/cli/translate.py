"""`vertaal translate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli import output as out
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit import Article, Translator
    from toolkit.articles import Summary


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
    resume: Annotated[
        bool,
        typer.Option(
            "--resume", help="Go on where a run of the same command was stopped, from the .part file that it left."
        ),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the whole result as JSON.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Translate a Dutch article to English, hold its terms, and write its gettext catalogs."""
    from toolkit import Translator, articles
    from toolkit.documents import TextFile
    from toolkit.journal import Journal

    kept = articles.journal_path(source, output, locales if catalog else None, domain, language)
    if resume and kept is None:
        raise InputError("--resume goes on from what a run kept beside its output or catalog: give --output a file.")
    if kept is not None and (left := Journal.left_at(kept)):
        said = "going on from there" if resume else "they are not used without --resume"
        out.say(f"{kept} has {left} segments of a run that was stopped: {said}", quiet)
    data = sys.stdin.buffer.read() if source == "-" else None
    progress = out.Progress("translating", quiet)
    article = None
    try:
        text = articles.open_document(source, data) if catalog or json else TextFile(source, data)
        translator = Translator(model, articles.open_glossary(glossary), beam_size=beam_size, hints=hints)
        known = articles.open_memory(memory or [], language)
        if isinstance(text, TextFile):
            write = None if output else lambda english: out.result(english, end="")
            summary = articles.translate_text(
                text, translator, write, output=output, memory=known, resume=resume, progress=progress
            )
        else:
            article = articles.translate_article(
                text,
                translator,
                output=output,
                locales=locales if catalog else None,
                domain=domain,
                language=language,
                memory=known,
                resume=resume,
                progress=progress,
            )
            summary = article.summary
    except BaseException:
        progress.close()
        if progress.done and kept is not None and (left := Journal.left_at(kept)):
            out.say(f"{kept} keeps the {left} segments that are done: add --resume to go on from there", quiet)
        raise
    progress.close()
    if article and json:
        out.result_json(article.result.to_dict())
    elif article and output is None:
        out.result(article.result.text, end="")
    _report(source, summary, translator, article, quiet)
    if strict_terms and summary.unheld:
        raise typer.Exit(1)


def _report(source: str, summary: Summary, translator: Translator, article: Article | None, quiet: bool) -> None:
    name = source if source != "-" else "standard input"
    for line, term in summary.unheld:
        out.say(f"{name}:{line}: the term {term.source!r} is not held as {term.targets[0]!r}", quiet)
    package = translator.package
    origin = "bundled" if package.bundled else "installed"
    out.say(
        f"{name}: {summary.segments} segments with {package.signature} ({origin}), "
        f"{summary.terms - len(summary.unheld)} of {summary.terms} terms held, {summary.fuzzy} for a person to look at",
        quiet,
    )
    if article and article.paths:
        out.say(f"catalog {article.paths.po} {'written' if article.changed else 'is up to date'}", quiet)
