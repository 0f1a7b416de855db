"""Options that several nouns have: the same words for the same thing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

LOCALES = Path("locales")

Glossary = Annotated[
    Path | None,
    typer.Option(help="Terms to hold.  [default: glossary/nl-en.csv, where it is there]", show_default=False),
]
Locales = Annotated[Path, typer.Option(help="Folder of the gettext catalogs.")]
Memory = Annotated[
    list[Path] | None, typer.Option(help="A TMX file with approved translations to reuse; may be given again.")
]
Model = Annotated[str | None, typer.Option(help="Name or folder of an Argos package (see 'vertaal model list').")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
