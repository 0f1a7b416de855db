"""The command line: a thin shell around the public API. One file for each noun."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from toolkit.cli import catalog, evaluate, glossary, model, output
from toolkit.cli.translate import translate
from toolkit.errors import VertaalError
from toolkit.version import VERSION

app = typer.Typer(
    name="vertaal",
    help="Translate Dutch to English on your own machine, with your terms held and gettext catalogs kept.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(translate)
app.add_typer(glossary.app, name="glossary")
app.add_typer(catalog.app, name="catalog")
app.add_typer(model.app, name="model")
app.add_typer(evaluate.app, name="evaluate")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"vertaal {VERSION}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line. User errors are one sentence on standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except VertaalError as error:
        output.say("vertaal: " + " ".join(str(error).split()))
        sys.exit(2)
    except KeyboardInterrupt:
        print("vertaal: stopped.", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader went away (| head): nothing more to say, and Python must not complain while it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except MemoryError:
        print("vertaal: there is not enough memory for this.", file=sys.stderr)
        sys.exit(2)
