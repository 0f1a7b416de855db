"""`vertaal model`: the translation models on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli import options
from toolkit.cli import output as out

if TYPE_CHECKING:
    from toolkit.engine import ModelPackage

app = typer.Typer(
    help="List, install and remove translation models (Argos packages).", no_args_is_help=True, rich_markup_mode=None
)


@app.command("list")
def list_models(json: options.Json = False) -> None:
    """List the models, the one that is used for Dutch to English first."""
    from toolkit.engine import packages

    there = packages()
    if json:
        out.result_json([_facts(p) for p in there])
        return
    rows = [
        [
            p.name,
            f"{p.source} → {p.target}",
            p.version,
            f"{p.size / 1e6:.0f} MB",
            _origin(p),
            "yes" if p.hints else "no",
            str(p.path),
        ]
        for p in there
    ]
    out.result(out.table(rows, ["name", "languages", "version", "size", "origin", "hints", "path"]))


@app.command()
def info(
    name: Annotated[
        str | None, typer.Argument(help="Name or folder.  [default: the model that translate uses]", show_default=False)
    ] = None,
    json: options.Json = False,
) -> None:
    """Show a model's facts and its card."""
    from toolkit.engine import choose, find

    package = find(name) if name is not None else choose()
    facts = _facts(package)
    if json:
        out.result_json({**facts, "card": package.card})
        return
    for key, value in facts.items():
        out.result(f"{key + ':':14}{out.plain(str(value))}")
    if package.card:
        out.result("\n" + out.plain(package.card).rstrip())


@app.command()
def install(
    what: Annotated[
        list[str],
        typer.Argument(metavar="FILE | FROM TO", help="A .argosmodel file, or two language codes such as nl en."),
    ],
) -> None:
    """Install a model from a file, or from Argos' index (this alone uses the network)."""
    from toolkit.engine import install as install_file
    from toolkit.engine.download import install_pair

    if len(what) > 2:
        raise typer.BadParameter("give a .argosmodel file, or two language codes such as nl en")
    package = install_file(Path(what[0])) if len(what) == 1 else install_pair(what[0], what[1])
    out.say(f"installed {package.name} {package.version} in {package.path}")


@app.command()
def remove(name: Annotated[str, typer.Argument(help="Name of an installed model.")]) -> None:
    """Remove an installed model."""
    from toolkit.engine import remove as remove_package

    package = remove_package(name)
    out.say(f"removed {package.name} {package.version}")


def _origin(package: ModelPackage) -> str:
    return "bundled" if package.bundled else "installed"


def _facts(package: ModelPackage) -> dict[str, Any]:
    return {
        "name": package.name,
        "languages": f"{package.source} → {package.target}",
        "version": package.version,
        "origin": _origin(package),
        "hints": "yes" if package.hints else "no",
        "size": f"{package.size / 1e6:.1f} MB",
        "path": str(package.path),
    }
