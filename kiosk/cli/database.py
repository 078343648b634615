"""The office database."""

from __future__ import annotations

from typing import Annotated

import typer

from kiosk.cli.base import Json, answer, app, office
from kiosk.cli.given import listed

database = typer.Typer(
    help="The office database, for an office with several machines. 窓口全体のデータベース。",
    no_args_is_help=True,
)
app.add_typer(database, name="database")


@database.command("setup")
def database_setup(
    url: Annotated[str, typer.Argument(help="postgresql://madoguchi:password@server/madoguchi")],
    site: Annotated[str, typer.Option(help="Where this machine stands, where sites share it.")] = "",
    sees: Annotated[str, typer.Option(help="Other sites this machine may see: 本庁,支所.")] = "",
    as_json: Json = False,
) -> None:
    """Make the tables, and write the address into the settings."""
    from kiosk.app import database as work

    found = work.setup(office(), url, site, listed(sees))
    answer(found, as_json, work.words(found))


@database.command("status")
def database_status(as_json: Json = False) -> None:
    """Whether the database answers; exit 1 where it does not."""
    from kiosk.app import database as work

    found = work.status(office())
    answer(found, as_json, work.words(found))


@database.command("migrate")
def database_migrate(as_json: Json = False) -> None:
    """Bring the tables up to this program's version."""
    from kiosk.app import database as work

    found = work.migrate(office())
    answer(found, as_json, work.words(found))
