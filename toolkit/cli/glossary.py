"""`vertaal glossary`: look at a glossary, change it, check it, and exchange it with other tools."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from toolkit.cli import options
from toolkit.cli import output as out

if TYPE_CHECKING:
    from toolkit.terminology import Term
    from toolkit.terminology.lexicon import Found
    from toolkit.terminology.merging import Conflict, Prefer
    from toolkit.terminology.suggestion import Suggestion

app = typer.Typer(
    help="List, edit, check and exchange the terms of a glossary.", no_args_is_help=True, rich_markup_mode=None
)

GLOSSARY = Path("glossary/nl-en.csv")
_SHOWN = 10  # entries that are named one by one

_Glossary = Annotated[Path, typer.Option("--glossary", metavar="CSV", help="The glossary file.")]
_Source = Annotated[str, typer.Argument(help="The Dutch dictionary form.")]
_Which = Annotated[str | None, typer.Option("--domain", help="Which one, where several domains have it.")]
_Pos = Annotated[
    str | None, typer.Option("--pos", metavar="POS", help="Part of speech: noun, verb, adjective, name or phrase.")
]
_Match = Annotated[
    str | None,
    typer.Option(
        "--match",
        metavar="HOW",
        help="word (in every form), compound (inside longer words too) or exact (only as it is).",
    ),
]
_Forbidden = Annotated[
    list[str] | None,
    typer.Option("--forbidden", metavar="ENGLISH", help="English that must not stand for it; may be given again."),
]
_Note = Annotated[str | None, typer.Option("--note", help="A note for people.")]
_Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="csv, deepl-csv, deepl-tsv, tbx, tbx3, tmx, po, weblate or utx.  [default: by the name of the file]",
        show_default=False,
    ),
]
_Preference = Annotated[
    str | None, typer.Option("--prefer", metavar="ours|theirs", help="Whose word counts in a conflict.")
]
_Lexicon = Annotated[
    list[Path] | None,
    typer.Option(
        "--lexicon", metavar="TSV", help="A file with more words, a line each: Dutch, tab, English; may be given again."
    ),
]


@app.command("list")
def list_terms(
    text: Annotated[str | None, typer.Option(help="Only terms with this in their Dutch, English or note.")] = None,
    domain: Annotated[str | None, typer.Option(help="Only terms of this domain.")] = None,
    pos: Annotated[str | None, typer.Option(help="Only terms of this part of speech.")] = None,
    glossary: _Glossary = GLOSSARY,
    json: options.Json = False,
) -> None:
    """List the terms."""
    from toolkit.terminology.glossary import Glossary

    terms = Glossary.load(glossary).select(text=text, domain=domain, pos=pos)
    if json:
        out.result_json([_row(term) for term in terms])
        return
    rows = [term.row() for term in terms]
    columns = ["source", "target", *(c for c in _columns(rows) if c not in ("source", "target"))]
    if rows:
        out.result(out.table([[row.get(c, "") for c in columns] for row in rows], columns))
    out.say(f"{glossary}: {_count(len(rows), 'term')}")


@app.command()
def show(source: _Source, domain: _Which = None, glossary: _Glossary = GLOSSARY, json: options.Json = False) -> None:
    """Show everything about a term."""
    from toolkit.terminology.glossary import Glossary

    loaded = Glossary.load(glossary)
    found = loaded.find(source, domain) or [loaded.get(source, domain)]
    if json:
        out.result_json([_row(term) for term in found])
        return
    out.result("\n\n".join("\n".join(f"{k + ':':11}{out.plain(v)}" for k, v in _row(term).items()) for term in found))


@app.command()
def add(
    source: _Source,
    target: Annotated[
        str, typer.Argument(help="The English; several accepted ones parted by |, the preferred one first.")
    ] = "",
    pos: _Pos = None,
    domain: Annotated[str | None, typer.Option(help="The field it belongs to.")] = None,
    match: _Match = None,
    case: Annotated[bool, typer.Option("--case", help="Capitals must be as in SOURCE.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Do not translate it; TARGET may be left out.")] = False,
    forbidden: _Forbidden = None,
    note: _Note = None,
    glossary: _Glossary = GLOSSARY,
) -> None:
    """Add a term."""
    from toolkit.terminology.glossary import Glossary, parse_term

    changes = _changes(pos=pos, domain=domain, match=match, case=case, keep=keep, forbidden=forbidden, note=note)
    term = parse_term({"source": source, "target": target, **changes})
    with Glossary.edit(glossary) as edited:
        others = edited.find(term.source)
        edited.add(term)
    out.say(f"{glossary}: added {_name(term)}")
    if others:
        out.say(f"{glossary}: {_name(others[0])} is there too: the first in the file is used")


@app.command()
def edit(
    source: _Source,
    domain: _Which = None,
    target: Annotated[str | None, typer.Option(help="The English; several accepted ones parted by |.")] = None,
    pos: _Pos = None,
    to_domain: Annotated[str | None, typer.Option(help="Move it to this domain.")] = None,
    match: _Match = None,
    case: Annotated[bool | None, typer.Option("--case/--no-case", help="Capitals must be as in SOURCE.")] = None,
    keep: Annotated[bool | None, typer.Option("--keep/--no-keep", help="Do not translate it.")] = None,
    forbidden: _Forbidden = None,
    note: _Note = None,
    glossary: _Glossary = GLOSSARY,
) -> None:
    """Change a term. An empty value takes away what is there: --note ''."""
    changes = _changes(
        target=target, pos=pos, domain=to_domain, match=match, case=case, keep=keep, forbidden=forbidden, note=note
    )
    if not changes:
        raise typer.BadParameter("say what to change, for example --target or --note")
    _change(glossary, source, domain, changes)


@app.command()
def rename(
    source: _Source,
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new Dutch dictionary form.")],
    domain: _Which = None,
    glossary: _Glossary = GLOSSARY,
) -> None:
    """Change the Dutch of a term."""
    _change(glossary, source, domain, {"source": new})


@app.command()
def remove(source: _Source, domain: _Which = None, glossary: _Glossary = GLOSSARY) -> None:
    """Take a term out."""
    from toolkit.terminology.glossary import Glossary

    with Glossary.edit(glossary, create=False) as edited:
        term = edited.get(source, domain)
        edited.remove(term)
    out.say(f"{glossary}: removed {_name(term)}")


@app.command()
def lookup(
    text: Annotated[str, typer.Argument(help="A Dutch sentence, or - for standard input.")],
    lexicon: _Lexicon = None,
    glossary: _Glossary = GLOSSARY,
    json: options.Json = False,
) -> None:
    """Show what the glossary has for a sentence, and for its other words what the lexicon has."""
    from toolkit import files
    from toolkit.terminology.glossary import Glossary
    from toolkit.terminology.lexicon import Lexicon, form_name, look_up

    if text == "-":
        text = files.decode(sys.stdin.buffer.read(), "standard input").strip()
    found = look_up(text, Glossary.load(glossary), Lexicon.load(lexicon or []))
    if json:
        out.result_json([f.to_dict() for f in found])
    elif found:
        rows = [[f.surface, _place(f), form_name(f.form), f.source, f.target, f.origin] for f in found]
        out.result(out.table(rows, ["word", "place", "form", "source", "English", "from"]))
    else:
        out.say("neither the glossary nor the lexicon has a word of it")


@app.command()
def check(glossary: _Glossary = GLOSSARY, json: options.Json = False) -> None:
    """Check the file: duplicates, conflicts, terms never found, English that cannot be held. Exit code 1 if there is something."""
    from toolkit.terminology.checking import check as check_file

    findings = check_file(glossary)
    if json:
        out.result_json([f.to_dict() for f in findings])
    elif findings:
        out.result(out.plain("\n".join(map(str, findings))))
    out.say(f"{glossary}: {_count(len(findings), 'finding')}")
    if findings:
        raise typer.Exit(1)


@app.command()
def suggest(
    article: Annotated[str, typer.Argument(help="A Dutch text file (UTF-8), or - for standard input.")],
    limit: Annotated[int, typer.Option(min=1, help="How many words at most.")] = 20,
    add_them: Annotated[
        bool, typer.Option("--add", help="Add them to the glossary, each with its first proposal.")
    ] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print rows to paste into the glossary.")] = False,
    model: Annotated[
        str | None, typer.Option(help="Name or folder of an Argos package (see 'vertaal model list').")
    ] = None,
    lexicon: _Lexicon = None,
    glossary: _Glossary = GLOSSARY,
    json: options.Json = False,
) -> None:
    """Suggest terms: words of an article that the model translates now so, now so, or leaves in Dutch."""
    from toolkit.articles import open_document
    from toolkit.documents.typography import straighten
    from toolkit.engine import Decoder, choose
    from toolkit.terminology.glossary import Glossary
    from toolkit.terminology.lexicon import Lexicon
    from toolkit.terminology.suggestion import accept
    from toolkit.terminology.suggestion import suggest as suggest_terms

    segments = open_document(article, sys.stdin.buffer.read() if article == "-" else None).segments
    words = Lexicon.load(lexicon or [])
    known = Glossary.load(glossary) if glossary.exists() else Glossary(str(glossary))
    found = suggest_terms([straighten(s.text) for s in segments], Decoder(choose(model)), known, words, limit=limit)
    lines = [[segments[i].line for i in suggestion.sentences] for suggestion in found]
    if json:
        out.result_json([{**s.to_dict(), "lines": at} for s, at in zip(found, lines, strict=True)])
    elif csv:
        out.result(known.format(s.term for s in found if s.term), end="")
    elif found:
        _print_suggestions(found, lines)
    if add_them:
        with Glossary.edit(glossary) as edited:
            added = accept(found, edited)
        out.say(f"{glossary}: added {_count(len(added), 'term')}")
    else:
        out.say(f"{article}: {_count(len(found), 'suggestion')}")


@app.command("import")
def import_terms(
    file: Annotated[Path | None, typer.Argument(help="A glossary of another tool.", show_default=False)] = None,
    exonyms: Annotated[
        bool, typer.Option("--exonyms", help="Names of countries and languages that English writes otherwise (CLDR).")
    ] = False,
    format: _Format = None,
    prefer: _Preference = None,
    glossary: _Glossary = GLOSSARY,
) -> None:
    """Take the terms of a file, or known exonyms, into the glossary. Exit code 1 if there are conflicts and nothing was done."""
    from toolkit.terminology import exchange
    from toolkit.terminology.glossary import Glossary
    from toolkit.terminology.merging import merge

    if (file is None) == (not exonyms):
        raise typer.BadParameter("give a file, or --exonyms")
    choice = _prefer(prefer)
    with Glossary.edit(glossary) as edited:
        if file is None:
            result = merge(edited, exchange.exonyms(), choice or "ours", columns=("target",), any_domain=True)
        else:
            reading = exchange.read_terms(file, format)
            result = merge(edited, reading.terms, choice)
            _list(reading.left_out, "entries were left out")
    _list((str(c) for c in result.conflicts), "conflicts")
    if not result.done:
        _refuse(result.conflicts, glossary)
    out.say(f"{glossary}: added {_count(len(result.added), 'term')}, changed {len(result.changed)}")


@app.command("export")
def export_terms(
    file: Annotated[Path, typer.Argument(help="The file to write, or - for standard output (with --format).")],
    format: _Format = None,
    glossary: _Glossary = GLOSSARY,
) -> None:
    """Write the glossary in the format of another tool."""
    from toolkit.terminology import exchange
    from toolkit.terminology.glossary import Glossary

    terms = list(Glossary.load(glossary))
    if str(file) == "-":
        writing = exchange.serialize(terms, exchange.format_of(file, format))
        sys.stdout.buffer.write(writing.data)
        sys.stdout.buffer.flush()
    else:
        writing = exchange.write_terms(terms, file, format)
        out.say(f"{file}: wrote {_count(len(terms) - len(writing.left_out), 'term')}")
    _list(writing.left_out, "terms were left out")


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="A", help="A glossary.")],
    new: Annotated[Path, typer.Argument(metavar="B", help="Another one.")],
    json: options.Json = False,
) -> None:
    """Show how B differs from A, term by term. Exit code 1 if it does."""
    from toolkit.terminology.glossary import Glossary
    from toolkit.terminology.merging import diff as compare

    changes = compare(Glossary.load(old), Glossary.load(new))
    if json:
        out.result_json([change.to_dict() for change in changes])
    elif changes:
        out.result(out.plain("\n".join(map(str, changes))))
    if changes:
        raise typer.Exit(1)


@app.command()
def merge(
    ours: Annotated[Path, typer.Argument(metavar="A", help="A glossary: ours, whose order and comments stay.")],
    theirs: Annotated[Path, typer.Argument(metavar="B", help="Another one: theirs.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the result to this file, which may be A.")
    ] = None,
    prefer: _Preference = None,
) -> None:
    """Merge B into A and print the result. Exit code 1 if there are conflicts and nothing was done."""
    from toolkit.terminology.merging import merge_files

    result, merged = merge_files(ours, theirs, _prefer(prefer), output)
    _list((str(c) for c in result.conflicts), "conflicts")
    if not result.done:
        _refuse(result.conflicts, ours)
    if output is None:
        out.result(merged.text(), end="")
    out.say(f"{output or ours}: added {_count(len(result.added), 'term')}, changed {len(result.changed)}")


def _changes(**values: str | bool | list[str] | None) -> dict[str, str]:
    """The options that were given, as columns of the file."""
    changes = {}
    for column, value in values.items():
        if value is None or value == []:
            continue
        if isinstance(value, list):
            changes[column] = "|".join(value)
        else:
            changes[column] = value if isinstance(value, str) else "yes" if value else ""
    return changes


def _change(glossary: Path, source: str, domain: str | None, changes: dict[str, str]) -> None:
    from toolkit.terminology.glossary import Glossary, with_changes
    from toolkit.terminology.merging import Change

    with Glossary.edit(glossary, create=False) as edited:
        old = edited.get(source, domain)
        new = with_changes(old, changes)
        edited.replace(old, new)
    change = Change(old, new)
    out.say(f"{glossary}: {change}" if change.columns else f"{glossary}: {_name(old)} was so already")


def _prefer(value: str | None) -> Prefer | None:
    if value not in (None, "ours", "theirs"):
        raise typer.BadParameter(f"--prefer is ours or theirs, not {value!r}")
    return cast("Prefer | None", value)


def _refuse(conflicts: list[Conflict], path: Path) -> None:
    out.say(
        f"{path}: nothing was changed: say with --prefer ours or theirs whose word counts in {_count(len(conflicts), 'conflict')}"
    )
    raise typer.Exit(1)


def _list(lines: Iterable[str], what: str) -> None:
    """Name the first of many on standard error."""
    all_lines = list(lines)
    for line in all_lines[:_SHOWN]:
        out.say(line)
    if len(all_lines) > _SHOWN:
        out.say(f"… and {len(all_lines) - _SHOWN} more {what}")


def _print_suggestions(found: list[Suggestion], lines: list[list[int]]) -> None:
    from toolkit.terminology.suggestion import REASONS

    rows = []
    for suggestion, at in zip(found, lines, strict=True):
        first, *others = suggestion.proposals or [None]
        rows.append(
            [
                suggestion.source,
                first.english if first else "",
                first.origin if first else "",
                REASONS[suggestion.reason],
                ", ".join(f"{english} ({count}×)" for english, count in suggestion.renderings),
                ", ".join(f"{p.english} ({p.origin})" for p in others if p),
                ", ".join(map(str, at)),
            ]
        )
    out.result(out.table(rows, ["source", "proposal", "from", "why", "in the English", "other proposals", "lines"]))


def _place(found: Found) -> str:
    spans = [(found.start, found.end)] + ([found.particle] if found.particle else [])
    return ", ".join(f"{start + 1}–{end}" for start, end in sorted(spans))


def _row(term: Term) -> dict[str, Any]:
    return {column: value for column, value in term.row().items() if value}


def _columns(rows: list[dict[str, str]]) -> dict[str, None]:
    return dict.fromkeys(c for row in rows for c, value in row.items() if value)


def _name(term: Term) -> str:
    return f"{term.source} → {term.target}" + (f" ({term.domain})" if term.domain else "")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
