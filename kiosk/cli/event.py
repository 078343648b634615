"""Outreach events."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.base import Json, answer, app, data_here, office
from kiosk.cli.given import a_day, listed, tags

event = typer.Typer(
    help="Outreach events: a tablet for a day away from the office. 出張相談会。", no_args_is_help=True
)
app.add_typer(event, name="event")

EventName = Annotated[str, typer.Argument(help="The event's name or id; else the only one on this tablet.")]


@event.command()
def prepare(
    name: Annotated[str, typer.Option(help="What the event is called.")],
    date: Annotated[str, typer.Option(help="Its day such as 2026-11-27.")],
    letter: Annotated[str, typer.Option(help="Letter of a tablet's numbers; C,D for two tablets.")],
    out: Annotated[Path, typer.Option(help="Folder for the files and pictures.")],
    place: Annotated[str, typer.Option(help="Where it is.")] = "",
    languages: Annotated[str, typer.Option(help="Languages on the tablet: ko,en; else the office's.")] = "",
    partners: Annotated[str, typer.Option(help="Partners with a table there: 社協,入管.")] = "",
    printer: Annotated[
        str, typer.Option(help="none, portable, a device such as /dev/rfcomm0, or host:port.")
    ] = "none",
    paper: Annotated[int, typer.Option(help="Width of its paper: 58 or 80 mm.")] = 58,
    as_json: Json = False,
) -> None:
    """At the office: a file and a QR code for each tablet."""
    from kiosk.app import eventing
    from kiosk.app.events.planning import PORTABLE, Plan

    here = office()
    plan = Plan(
        name=name,
        place=place,
        day=a_day(date),
        languages=tags(here, languages),
        letters=tuple(_letter(one) for one in listed(letter)),
        partners=listed(partners),
        printer={"none": "", "portable": PORTABLE}.get(printer, printer),
        paper=paper,
    )
    rows = eventing.prepare(here, plan, out)
    answer(rows, as_json, "\n".join(f"{row['letter']}  {row['file']}  {row['picture']}" for row in rows))


@event.command("start")
def event_start(
    file: Annotated[str, typer.Argument(help="The event's file, or - for a hand scanner.")],
    as_json: Json = False,
) -> None:
    """On a tablet: make the event's data folder."""
    from kiosk.app import eventing

    row, words = eventing.start(data_here(), file)
    answer(row, as_json, words)


@event.command()
def seal(
    out: Annotated[Path, typer.Option(help="Folder for the pack, such as a USB stick's.")],
    name: EventName = "",
    as_json: Json = False,
) -> None:
    """On a tablet: write all of it into a pack for the office."""
    from kiosk.app import eventing

    row, words = eventing.seal(data_here(), name, out)
    answer(row, as_json, words)


@event.command("merge")
def event_merge(
    packs: Annotated[list[Path], typer.Argument(help="Packs of one or more tablets.")],
    out: Annotated[Path | None, typer.Option(help="Folder for the receipts; else beside each pack.")] = None,
    as_json: Json = False,
) -> None:
    """At the office: take packs over; exit 1 where one was refused."""
    from kiosk.app import eventing

    rows, words, good = eventing.merge(office(), packs, out)
    answer(rows, as_json, words)
    if not good:
        sys.exit(1)


@event.command()
def receipt(
    pack: Annotated[Path, typer.Argument(help="A pack that was taken over.")],
    out: Annotated[Path | None, typer.Option(help="Folder for the receipt; else beside the pack.")] = None,
    as_json: Json = False,
) -> None:
    """At the office: write a pack's receipt once more."""
    event_merge([pack], out, as_json)


@event.command()
def wipe(
    name: EventName = "",
    receipt: Annotated[
        list[str] | None, typer.Option("--receipt", help="The office's receipt, or - for a hand scanner.")
    ] = None,
    as_json: Json = False,
) -> None:
    """On a tablet: remove the event. Refused until the office has all of it."""
    from kiosk.app import eventing

    row, words = eventing.wipe(data_here(), name, receipt or [])
    answer(row, as_json, words)


@event.command()
def status(as_json: Json = False) -> None:
    """Events on this tablet, and what this office took over."""
    from kiosk.app import eventing

    row, words = eventing.status(data_here())
    answer(row, as_json, words)


def _letter(text: str) -> str:
    if not (len(text) == 1 and text.isascii() and text.isupper()):
        raise typer.BadParameter("write one capital letter, A to Z, for each tablet", param_hint="--letter")
    return text
