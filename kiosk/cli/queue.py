"""Tickets without windows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kiosk.cli.base import Json, answer, app, office
from kiosk.cli.given import a_counter, a_day, a_file, tags

if TYPE_CHECKING:
    from kiosk.app.office import Office

queue = typer.Typer(help="Tickets without windows, as kiosk and console do them.", no_args_is_help=True)
app.add_typer(queue, name="queue")

TicketId = Annotated[str, typer.Argument(help="The ticket's id, or its number of today.")]
Counter = Annotated[str, typer.Option("--counter", help="The counter's number.")]
ItsCounter = Annotated[
    str, typer.Option("--counter", help="The counter's number; else the ticket's last one.")
]


@queue.command("add")
def queue_add(
    file: Annotated[Path, typer.Argument(help="JSON with at least language and topic.")],
    as_json: Json = False,
) -> None:
    """Take a number for a case written in a file."""
    from kiosk.app import queueing

    show(queueing.add(office(), file), as_json)


@queue.command("list")
def queue_list(as_json: Json = False) -> None:
    """Today's tickets; what was told stays closed."""
    from kiosk.app import queueing

    rows = queueing.listing(office())
    answer(rows, as_json, or_none(f"{r['number']}  {r['state']:8}  {r['language']}" for r in rows))


@queue.command("next")
def queue_next(
    counter: Counter,
    languages: Annotated[str, typer.Option(help="Languages this counselor speaks: ko,en.")] = "",
    as_json: Json = False,
) -> None:
    """Call the next ticket to a counter. A desk gets only those sent to it."""
    from kiosk.app import queueing

    here = office()
    at = a_counter(here, counter, "--counter")
    found = queueing.call_next(here, at, tags(here, languages))
    nobody = "待っている人はいません / nobody is waiting"
    if queueing.sent_only(here, at):
        nobody = "ここへ回された人で、待っている人はいません / nobody sent there is waiting"
    answer(found, as_json, found["sentence"] if found else nobody)
    late(here)


@queue.command()
def serve(ticket: TicketId, counter: ItsCounter = "", as_json: Json = False) -> None:
    """The person has come: start."""
    change("serve", ticket, as_json, counter)


@queue.command()
def hold(ticket: TicketId, counter: ItsCounter = "", as_json: Json = False) -> None:
    """Put on hold."""
    change("hold", ticket, as_json, counter)


@queue.command()
def transfer(
    ticket: TicketId,
    to: Annotated[str, typer.Option("--to", help="Counter or desk; left out, any counter.")] = "",
    counter: ItsCounter = "",
    as_json: Json = False,
) -> None:
    """Let it wait for another counter under its number."""
    here = office()
    change("transfer", ticket, as_json, counter, lane=a_counter(here, to, "--to") if to else "")


@queue.command("no-show")
def no_show(ticket: TicketId, counter: ItsCounter = "", as_json: Json = False) -> None:
    """Nobody came."""
    change("no_show", ticket, as_json, counter)


@queue.command()
def recall(ticket: TicketId, counter: ItsCounter = "", as_json: Json = False) -> None:
    """Call once more."""
    change("call", ticket, as_json, counter)


@queue.command()
def close(
    ticket: TicketId,
    counter: ItsCounter = "",
    note: Annotated[str, typer.Option(help="Kept with the ticket.")] = "",
    as_json: Json = False,
) -> None:
    """The case is done."""
    change("close", ticket, as_json, counter, note=note)


@queue.command()
def appointments(
    date: Annotated[str, typer.Option(help="A day such as 2026-11-27; else today.")] = "",
    as_json: Json = False,
) -> None:
    """A day's appointments with specialists."""
    from kiosk.app import queueing

    here = office()
    rows = queueing.appointments(here, a_day(date) if date else here.today())
    lines = (
        f"{r['at'][11:16]}  {r['specialist']:14}  {r['number']} ({r['day']})  {r['state']:8}  {r['id']}"
        for r in rows
    )
    answer(rows, as_json, or_none(lines))


@queue.command("cancel-appointment")
def cancel_appointment(
    ticket: Annotated[str, typer.Argument(help="The ticket's id, or its number if no other has it.")],
    as_json: Json = False,
) -> None:
    """Give the place back; the ticket is closed."""
    from kiosk.app import booking, queueing

    here = office()
    show(queueing.row(booking.cancel(here, ticket)), as_json)


@queue.command()
def card(
    ticket: TicketId,
    out: Annotated[Path | None, typer.Option(help="A PDF file; else as [printing] pages says.")] = None,
    language: Annotated[str, typer.Option(help="ja or en.")] = "ja",
    as_json: Json = False,
) -> None:
    """Print the handover card, or write it as a PDF."""
    from kiosk.app.papers import card_out
    from kiosk.cli.reports import ask_to_open

    if language not in ("ja", "en"):
        raise typer.BadParameter("write ja or en", param_hint="--language")
    if out is not None and a_file(out).suffix.lower() != ".pdf":
        raise typer.BadParameter("end the file's name in .pdf", param_hint="--out")
    here = office()
    ask_to_open(here)
    row = card_out(here, ticket, out, "en" if language == "en" else "ja")
    answer(row, as_json, row["file"] or f"{row['number']}  印刷しました / printed")


def change(name: str, ticket: str, as_json: bool, counter: str, *, note: str = "", **details: str) -> None:
    from kiosk.app import queueing

    here = office()
    at = a_counter(here, counter, "--counter") if counter else ""
    show(queueing.change(here, name, ticket, counter=at, note=note, **details), as_json)
    late(here)


def or_none(lines: Iterable[str]) -> str:
    """The lines; a word where there are none, since a blank answer tells nobody that it is one."""
    from kiosk.app.told import both

    return "\n".join(lines) or both("terminal.none")


def late(here: Office) -> None:
    """Say where lines of the audit trail could not be written yet."""
    from kiosk.app.auditing import late
    from kiosk.app.told import in_japanese_and_english

    told = late(here)
    if told is not None:
        typer.echo(in_japanese_and_english(told), err=True)


def show(row: dict[str, Any], as_json: bool) -> None:
    answer(row, as_json, f"{row['number']}  {row['state']}  {row['id']}")
