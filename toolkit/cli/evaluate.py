"""`vertaal evaluate`: measure how well terms are held and how good the English is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import options
from toolkit.cli import output as out

app = typer.Typer(
    help="Measure how well terms are held and how good the English is.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def _root() -> None:
    pass


@app.command()
def terms(
    file: Annotated[
        Path, typer.Argument(help='JSON lines: {"nl": …, "en": …, "terms": [{"source": …, "target": …}]}.')
    ],
    model: Annotated[str | None, typer.Option(help="Name or folder of an Argos package.")] = None,
    beam_size: Annotated[int | None, typer.Option(min=1, max=32, help="Hypotheses kept while decoding.")] = None,
    hints: Annotated[
        bool, typer.Option("--hints/--no-hints", help="Give a model that knows how the terms inline.")
    ] = True,
    json: options.Json = False,
) -> None:
    """Terms held, by the rung of the ladder, and quality and speed with the glossary and without. Exit code 1 if a miss was not reported."""
    from toolkit.evaluation import evaluate_terms, read_cases

    result = evaluate_terms(read_cases(file), model, beam_size=beam_size, hints=hints)
    if json:
        out.result_json(result.to_dict())
    else:
        out.result(result.text())
    if result.unreported:
        raise typer.Exit(1)
