"""`vertaal catalog`: the gettext catalogs of articles."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli import options
from toolkit.cli import output as out

if TYPE_CHECKING:
    from toolkit.catalogs.checking import Finding
    from toolkit.catalogs.folder import Difference

app = typer.Typer(
    help="Update, check, compile, correct and exchange gettext catalogs.", no_args_is_help=True, rich_markup_mode=None
)

_Domains = Annotated[
    list[str] | None,
    typer.Argument(metavar="[DOMAIN]...", help="Names of catalogs.  [default: all]", show_default=False),
]
_Domain = Annotated[str, typer.Argument(metavar="DOMAIN", help="Name of the catalog.")]
_Messages = Annotated[list[str] | None, typer.Argument(metavar="[MSGID]...", help="Dutch sentences.")]
_All = Annotated[bool, typer.Option("--all", help="The whole catalog.")]
_Language = Annotated[str, typer.Option(help="Locale of the catalogs: en, en_GB, en_US.")]
_Format = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help="xliff, tmx or csv.  [default: by the file]", show_default=False),
]


@app.command()
def update(
    articles: Annotated[list[Path], typer.Argument(metavar="ARTICLE...", help="Dutch text files (UTF-8).")],
    glossary: options.Glossary = None,
    locales: options.Locales = options.LOCALES,
    language: _Language = "en",
    memory: options.Memory = None,
    model: options.Model = None,
    quiet: options.Quiet = False,
) -> None:
    """Bring the catalogs of articles up to date, as translate does, without writing their English."""
    from toolkit import Translator
    from toolkit import articles as api
    from toolkit.catalogs.folder import domains_for

    opened = [api.open_document(path) for path in articles]
    domains = domains_for(document.name for document in opened)
    known = api.open_memory(memory or [], language)
    translator = Translator(model, api.open_glossary(glossary))
    for document, domain in zip(opened, domains, strict=True):
        progress = out.Progress(f"translating {document.name}", quiet)
        article = api.translate_article(
            document, translator, locales=locales, domain=domain, language=language, memory=known, progress=progress
        )
        progress.close()
        if article.paths:
            out.say(f"{article.paths.po} {'written' if article.changed else 'is up to date'}", quiet)


@app.command("compile")
def compile_catalogs(
    domains: _Domains = None,
    locales: options.Locales = options.LOCALES,
    language: _Language = "en",
    fuzzy: Annotated[bool, typer.Option("--fuzzy/--no-fuzzy", help="Compile fuzzy messages too.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Write the .mo files of catalogs that people edited."""
    from toolkit.catalogs.folder import compile_catalog, domains_of

    for domain in domains or domains_of(locales, language):
        path, changed = compile_catalog(locales, domain, language, fuzzy)
        out.say(f"{path} {'written' if changed else 'is up to date'}", quiet)


@app.command()
def stats(
    domains: _Domains = None,
    locales: options.Locales = options.LOCALES,
    language: _Language = "en",
    json: options.Json = False,
) -> None:
    """Count the messages by state, and their Dutch words. Approved messages are among the translated ones."""
    from toolkit.catalogs.folder import open_catalogs

    counts = {domain: catalog.stats() for domain, catalog in open_catalogs(locales, domains, language).items()}
    if json:
        out.result_json({domain: {**asdict(s), "total": s.total} for domain, s in counts.items()})
        return
    head = ["domain", "translated", "approved", "fuzzy", "untranslated", "obsolete", "words"]
    rows = [[domain, *(str(getattr(s, name)) for name in head[1:])] for domain, s in counts.items()]
    if len(rows) > 1:
        rows.append(["total", *(str(sum(getattr(s, name) for s in counts.values())) for name in head[1:])])
    out.result(out.table(rows, head))


@app.command()
def check(
    domains: _Domains = None,
    locales: options.Locales = options.LOCALES,
    language: _Language = "en",
    select: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="Only this rule; may be given again.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULE", help="Not this rule; may be given again.")] = None,
    glossary: options.Glossary = None,
    style: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, json, or github for its annotations.")
    ] = "text",
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Check the translations, each alone and the spelling of the whole catalog. Exit code 1 if there is something to mend."""
    from toolkit.articles import open_glossary
    from toolkit.catalogs.checking import check_catalog
    from toolkit.catalogs.folder import open_catalogs
    from toolkit.terminology import Matcher

    if style not in ("text", "json", "github"):
        raise typer.BadParameter("use text, json or github", param_hint="--format")
    catalogs = open_catalogs(locales, domains, language).values()
    matcher = Matcher(open_glossary(glossary))
    found = [f for catalog in catalogs for f in check_catalog(catalog, matcher, select or None, ignore or ())]
    if json or style == "json":
        out.result_json([asdict(finding) for finding in found])
    else:
        for finding in found:
            text = f"{finding.file}:{finding.line}: {finding.rule}: {finding.message}"
            out.result(_annotation(finding) if style == "github" else _line(text))
        out.say(f"{len(found)} {'problem' if len(found) == 1 else 'problems'} in {sum(map(len, catalogs))} messages")
    if found:
        raise typer.Exit(1)


@app.command()
def show(
    msgid: Annotated[str, typer.Argument(metavar="MSGID", help="A Dutch sentence.")],
    locales: options.Locales = options.LOCALES,
    language: _Language = "en",
    json: options.Json = False,
) -> None:
    """Show a message as it stands in the catalogs that have it. Exit code 1 if none has."""
    from toolkit.catalogs.folder import find_message
    from toolkit.catalogs.ownership import state
    from toolkit.catalogs.pofile import entry_text

    found = find_message(locales, msgid, language)
    if json:
        keys = ("msgctxt", "msgid", "msgstr", "comment", "tcomment", "previous_msgid")
        facts = [
            {
                "domain": domain,
                "line": entry.linenum,
                **{key: getattr(entry, key) for key in keys},
                "references": [f"{file}:{line}" if line else file for file, line in entry.occurrences],
                "state": state(entry),
            }
            for domain, entry in found
        ]
        out.result_json(facts)
    else:
        for domain, entry in found:
            out.result(f"{domain}:{entry.linenum}: {state(entry)}\n{out.plain(entry_text(entry))}")
    if not found:
        out.say("no catalog has this message: 'vertaal catalog lookup' finds sentences like it")
        raise typer.Exit(1)


@app.command()
def lookup(
    dutch: Annotated[str, typer.Argument(metavar="DUTCH", help="A Dutch sentence.")],
    locales: options.Locales = options.LOCALES,
    language: _Language = "en",
    threshold: Annotated[float, typer.Option(min=0.0, max=1.0, help="How alike a sentence must be.")] = 0.6,
    limit: Annotated[int, typer.Option(min=1, help="How many to show at most.")] = 10,
    json: options.Json = False,
) -> None:
    """Find a sentence, and sentences like it, in all catalogs. Exit code 1 if there is none."""
    from toolkit.catalogs.folder import look_up

    hits = look_up(locales, dutch, language, threshold, limit)
    if json:
        out.result_json([asdict(hit) for hit in hits])
    else:
        for hit in hits:
            out.result(f"{100 * hit.likeness:3.0f} %  {_line(hit.msgid)}")
            out.result(f"       {_line(hit.msgstr)}  ({hit.domain}:{hit.line}, {hit.state})")
    if not hits:
        raise typer.Exit(1)


@app.command()
def approve(
    domain: _Domain,
    msgids: _Messages = None,
    everything: _All = False,
    fuzzy: Annotated[bool, typer.Option("--fuzzy/--no-fuzzy", help="With --all: fuzzy ones too.")] = True,
    locales: options.Locales = options.LOCALES,
    language: _Language = "en",
    quiet: options.Quiet = False,
) -> None:
    """Make messages a person's: they are kept, and reused for the same sentence in any article."""
    from toolkit.catalogs import edit

    chosen = _chosen(msgids, everything)
    with edit(locales, domain, language) as catalog:
        count = catalog.approve(chosen, fuzzy or not everything)
    out.say(f"{domain}: {_count(count)} approved", quiet)


@app.command()
def unapprove(
    domain: _Domain,
    msgids: _Messages = None,
    everything: _All = False,
    locales: options.Locales = options.LOCALES,
    language: _Language = "en",
    quiet: options.Quiet = False,
) -> None:
    """Give messages back to the machine, which may write them anew. Other catalogs keep theirs."""
    from toolkit.catalogs import edit

    chosen = _chosen(msgids, everything)
    with edit(locales, domain, language) as catalog:
        count = catalog.unapprove(chosen)
    out.say(f"{domain}: {_count(count)} given back to the machine", quiet)


@app.command()
def export(
    domain: _Domain,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, not to standard output.")
    ] = None,
    form: _Format = None,
    locales: options.Locales = options.LOCALES,
    language: _Language = "en",
    quiet: options.Quiet = False,
) -> None:
    """Write a catalog as XLIFF 2 or CSV, every message, or as TMX, what people approved."""
    from toolkit import files
    from toolkit.catalogs.exchange import export_catalog, format_of
    from toolkit.catalogs.folder import open_catalog

    chosen = format_of(output or Path(domain), form or (None if output else "xliff"))
    catalog = open_catalog(locales, domain, language)
    data = export_catalog(catalog, chosen)
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    files.write(output, data)
    count = catalog.stats().approved if chosen == "tmx" else len(catalog)
    out.say(f"{output} written: {_count(count)}", quiet)


@app.command("import")
def import_file(
    domain: _Domain,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An XLIFF 2, TMX or CSV file.")],
    form: _Format = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Also where a person wrote something else in the catalog.")
    ] = False,
    locales: options.Locales = options.LOCALES,
    language: _Language = "en",
    json: options.Json = False,
) -> None:
    """Take the translations of a file over into a catalog, as a person's. Exit code 1 if some were not taken."""
    from toolkit.catalogs import edit
    from toolkit.catalogs.exchange import format_of, import_pairs, read_pairs

    pairs = read_pairs(file, format_of(file, form), language)
    with edit(locales, domain, language) as catalog:
        done = import_pairs(catalog, pairs, overwrite)
    if json:
        pairs_left = {name: [pair._asdict() for pair in getattr(done, name)] for name in ("kept", "unknown")}
        out.result_json({"changed": done.changed, "approved": done.approved, **pairs_left})
    else:
        for pair in done.kept:
            out.say(f"kept, since a person wrote something else: {pair.source}")
        for pair in done.unknown:
            out.say(f"not in the catalog: {pair.source}")
        out.say(f"{domain}: {_count(done.changed)} changed, {done.approved} approved")
        if done.kept:
            out.say("take the kept ones over with --overwrite")
    if done.kept or done.unknown:
        raise typer.Exit(1)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A .po file.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Another .po file.")],
    json: options.Json = False,
) -> None:
    """Show which messages differ. Exit code 1 if some do."""
    from toolkit.catalogs import Catalog
    from toolkit.catalogs.folder import difference

    found = difference(Catalog.load(old), Catalog.load(new))
    if json:
        out.result_json([asdict(d) for d in found])
    else:
        for one in found:
            out.result(_difference(one))
    if found:
        raise typer.Exit(1)


@app.command()
def clean(
    domains: Annotated[list[str], typer.Argument(metavar="DOMAIN...", help="Names of catalogs.")],
    locales: options.Locales = options.LOCALES,
    language: _Language = "en",
    quiet: options.Quiet = False,
) -> None:
    """Drop the obsolete messages, with what people wrote in them."""
    from toolkit.catalogs import edit

    for domain in domains:
        with edit(locales, domain, language) as catalog:
            count = catalog.clean()
        out.say(f"{domain}: {_count(count)} dropped", quiet)


def _chosen(msgids: list[str] | None, everything: bool) -> list[str] | None:
    """The messages that are meant; None for all."""
    if bool(msgids) == everything:
        raise typer.BadParameter("give Dutch sentences, or --all for the whole catalog", param_hint="MSGID")
    return msgids or None


def _count(count: int) -> str:
    return f"{count} {'message' if count == 1 else 'messages'}"


def _line(text: Any) -> str:
    return " ".join(out.plain(str(text)).split("\n"))


def _annotation(finding: Finding) -> str:
    """A workflow command of GitHub Actions, which makes an annotation of it."""
    kind = "notice" if finding.severity == "info" else finding.severity
    text = out.plain(finding.message).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = out.plain(finding.file).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{kind} file={file},line={finding.line},title={finding.rule}::{text}"


def _difference(one: Difference) -> str:
    lines = [f"  {one.msgid}" + (f"  [{one.msgctxt}]" if one.msgctxt else "")]
    for sign, text, how in (("-", one.old, one.old_state), ("+", one.new, one.new_state)):
        if text is not None:
            lines.append(f"{sign} {text}  ({how})")
    return "\n".join(map(_line, lines))
