"""`vertaal catalog`: the gettext catalogs of articles."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli import output as out

app = typer.Typer(
    help="Update, check, compile and correct gettext catalogs.", no_args_is_help=True, rich_markup_mode=None
)

Domains = Annotated[
    list[str] | None,
    typer.Argument(metavar="[DOMAIN]...", help="Names of catalogs.  [default: all]", show_default=False),
]
Locales = Annotated[Path, typer.Option(help="Folder of the gettext catalogs.")]
Language = Annotated[str, typer.Option(help="Locale of the catalogs: en, en_GB, en_US.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Messages = Annotated[
    list[str] | None,
    typer.Argument(metavar="[MSGID]...", help="Dutch sentences.  [default: all translated ones]", show_default=False),
]
HERE = Path("locales")


@app.command()
def update(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="Dutch text files.")],
    glossary: Annotated[
        Path | None,
        typer.Option(help="Terms to hold.  [default: glossary/nl-en.csv, where it is there]", show_default=False),
    ] = None,
    locales: Locales = HERE,
    language: Language = "en",
    model: Annotated[str | None, typer.Option(help="Name or folder of an Argos package.")] = None,
) -> None:
    """Bring the catalogs of articles up to date, as translate does."""
    from toolkit import Translator
    from toolkit import articles as api

    translator = Translator(model, api.open_glossary(glossary))
    for source in articles:
        article = api.translate_article(api.open_document(source), translator, locales=locales, language=language)
        if article.paths:
            out.say(f"{article.paths.po} {'written' if article.changed else 'is up to date'}")


@app.command("compile")
def compile_catalogs(
    domains: Domains = None,
    locales: Locales = HERE,
    language: Language = "en",
    fuzzy: Annotated[bool, typer.Option("--fuzzy/--no-fuzzy", help="Compile fuzzy messages too.")] = False,
) -> None:
    """Write the .mo files of catalogs that people edited."""
    from toolkit.catalogs.folder import compile_catalog, domains_of

    for domain in domains or domains_of(locales, language):
        path, changed = compile_catalog(locales, domain, language, fuzzy)
        out.say(f"{path} {'written' if changed else 'is up to date'}")


@app.command()
def stats(domains: Domains = None, locales: Locales = HERE, language: Language = "en", json: Json = False) -> None:
    """Count the messages by state, and the words."""
    from toolkit.catalogs.folder import domains_of, open_catalog

    counts = {d: open_catalog(locales, d, language).stats() for d in domains or domains_of(locales, language)}
    if json:
        out.result_json({domain: asdict(s) for domain, s in counts.items()})
        return
    head = ["domain", "translated", "approved", "fuzzy", "untranslated", "obsolete", "words"]
    rows = [[d, *(str(getattr(s, name)) for name in head[1:])] for d, s in counts.items()]
    out.result(out.table(rows, head))


@app.command()
def check(
    domains: Domains = None,
    locales: Locales = HERE,
    language: Language = "en",
    select: Annotated[list[str] | None, typer.Option(help="Only these rules; may be given again.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Not these rules; may be given again.")] = None,
    glossary: Annotated[
        Path | None,
        typer.Option(help="Terms to check.  [default: glossary/nl-en.csv, where it is there]", show_default=False),
    ] = None,
    style: Annotated[str, typer.Option("--format", help="text, json, or github (annotations).")] = "text",
    json: Json = False,
) -> None:
    """Check the translations. Exit code 1 if there is something to mend."""
    from toolkit.articles import open_glossary
    from toolkit.catalogs.folder import check_catalog, domains_of

    if style not in ("text", "json", "github"):
        raise typer.BadParameter("use text, json or github", param_hint="--format")
    matcher = open_glossary(glossary)
    found = [
        f
        for d in domains or domains_of(locales, language)
        for f in check_catalog(locales, d, language, matcher, select, ignore or ())
    ]
    if json or style == "json":
        out.result_json([asdict(f) for f in found])
    for finding in found if not json and style != "json" else ():
        if style == "github":
            text = finding.message.replace("%", "%25").replace("\n", "%0A")
            out.result(
                out.plain(f"::{finding.severity} file={finding.file},line={finding.line},title={finding.rule}::{text}")
            )
        else:
            out.result(out.plain(f"{finding.file}:{finding.line}: {finding.rule}: {finding.message}"))
    if found:
        raise typer.Exit(1)


@app.command()
def show(
    msgid: Annotated[str, typer.Argument(help="A Dutch sentence.")],
    locales: Locales = HERE,
    language: Language = "en",
    json: Json = False,
) -> None:
    """Show a message in all catalogs that have it. Exit code 1 if none has."""
    from toolkit.catalogs.folder import find_message

    found = find_message(locales, msgid, language)
    if json:
        out.result_json(
            [
                {"domain": d, "msgid": e.msgid, "msgstr": e.msgstr, "fuzzy": bool(e.fuzzy), "line": e.linenum}
                for d, e in found
            ]
        )
    else:
        from toolkit.catalogs.pofile import entry_text

        for domain, entry in found:
            out.result(f"# {domain}\n{out.plain(entry_text(entry))}")
    if not found:
        raise typer.Exit(1)


@app.command()
def lookup(
    dutch: Annotated[str, typer.Argument(help="A Dutch sentence.")],
    locales: Locales = HERE,
    language: Language = "en",
    threshold: Annotated[float, typer.Option(min=0.0, max=1.0, help="How alike a sentence must be.")] = 0.6,
    json: Json = False,
) -> None:
    """Find a sentence, and sentences like it, in all catalogs. Exit code 1 if there is none."""
    from toolkit.catalogs.folder import look_up

    found = look_up(locales, dutch, language, threshold)
    if json:
        out.result_json([{"likeness": round(r, 3), "dutch": d, "english": e} for r, d, e in found])
    else:
        for ratio, there, english in found:
            out.result(out.plain(f"{100 * ratio:.0f} %  {there}\n       {english}"))
    if not found:
        raise typer.Exit(1)


@app.command()
def approve(
    domain: Annotated[str, typer.Argument(help="Name of the catalog.")],
    msgids: Messages = None,
    locales: Locales = HERE,
    language: Language = "en",
) -> None:
    """Make messages a person's: they are kept, and reused for the same sentence anywhere."""
    _edit("approve", domain, msgids, locales, language, "approved")


@app.command()
def unapprove(
    domain: Annotated[str, typer.Argument(help="Name of the catalog.")],
    msgids: Messages = None,
    locales: Locales = HERE,
    language: Language = "en",
) -> None:
    """Give messages back to the machine."""
    _edit("unapprove", domain, msgids, locales, language, "given back")


@app.command()
def clean(domains: Domains = None, locales: Locales = HERE, language: Language = "en") -> None:
    """Drop the obsolete messages."""
    from toolkit.catalogs.catalog import edit
    from toolkit.catalogs.folder import domains_of

    for domain in domains or domains_of(locales, language):
        with edit(locales, domain, language) as catalog:
            count = catalog.clean()
        out.say(f"{domain}: {count} obsolete messages dropped")


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="A .po file.")],
    new: Annotated[Path, typer.Argument(help="Another .po file.")],
    json: Json = False,
) -> None:
    """Show which messages differ. Exit code 1 if some do."""
    from toolkit import Catalog
    from toolkit.catalogs.folder import difference

    found = difference(Catalog.load(old), Catalog.load(new))
    if json:
        out.result_json([{"msgid": m, "old": a, "new": b} for m, a, b in found])
    else:
        for msgid, before, after in found:
            out.result(
                out.plain(f"  {msgid}")
                + "".join(
                    out.plain(f"\n{sign} {text}") for sign, text in (("-", before), ("+", after)) if text is not None
                )
            )
    if found:
        raise typer.Exit(1)


def _edit(what: str, domain: str, msgids: Any, locales: Path, language: str, done: str) -> None:
    from toolkit.catalogs.catalog import edit

    with edit(locales, domain, language) as catalog:
        count = getattr(catalog, what)(msgids or None)
    out.say(f"{domain}: {count} messages {done}")
