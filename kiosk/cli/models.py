"""Speech and translation models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.base import Json, app, office

if TYPE_CHECKING:
    pass

models = typer.Typer(help="Speech and translation models.", no_args_is_help=True)
app.add_typer(models, name="models")


@models.command("list")
def models_list(as_json: Json = False) -> None:
    """What each language has installed."""
    from kiosk.app.modelling import listing

    listing(office(), as_json)


@models.command("import")
def models_import(path: Annotated[Path, typer.Argument(help="An .argosmodel package.")]) -> None:
    """Install a translation package from a file."""
    from kiosk.app.modelling import install

    typer.echo(install(office(), path))
