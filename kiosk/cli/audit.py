"""The audit trail, and erasing."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kiosk.cli.base import Json, app, office
from kiosk.cli.given import a_day, a_month

audit = typer.Typer(help="Who did what with which ticket; nothing of what it tells.", no_args_is_help=True)
app.add_typer(audit, name="audit")


@audit.command("check")
def audit_check(
    head: Annotated[str, typer.Option("--head", help="A hash noted earlier, which must be there.")] = "",
    as_json: Json = False,
) -> None:
    """Walk the trail. Says which line was changed, removed, added or moved."""
    from kiosk.app import auditing

    code, said = auditing.check(office(), head, as_json)
    typer.echo(said)
    sys.exit(code)


@audit.command("list")
def audit_list(
    month: Annotated[str, typer.Option("--month", help="Such as 2026-11; else all.")] = "",
    as_json: Json = False,
) -> None:
    """The lines of the trail."""
    from kiosk.app import auditing
    from kiosk.app.told import both

    found = auditing.listing(office(), a_month(month, "--month") if month else "", as_json)
    typer.echo(found or both("terminal.none"))


@audit.command("head")
def audit_head(as_json: Json = False) -> None:
    """The newest line's hash, to be kept on paper. `audit check --head` compares it later."""
    from kiosk.app import auditing

    typer.echo(auditing.head(office(), as_json))


@app.command()
def erase(
    before: Annotated[str, typer.Option("--before", help="All days before this one.")] = "",
    ticket: Annotated[str, typer.Option("--ticket", help="One ticket by its id.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Erase what was told: whole days, or one ticket on request. It cannot be brought back."""
    from kiosk.app import erasure_asked

    if bool(before) == bool(ticket):
        raise typer.BadParameter("write one of --before and --ticket")
    here = office()
    if before:
        erasure_asked.ask_days(here, a_day(before, "--before"), yes, as_json)
    else:
        erasure_asked.ask_ticket(here, ticket, yes, as_json)
