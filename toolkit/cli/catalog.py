"""`vertaal catalog`."""

import typer

app = typer.Typer(help="Work on the catalog.", no_args_is_help=True, rich_markup_mode=None)
