"""What all commands share: the program, its options, and the office they work on."""

from __future__ import annotations

import json as jsonlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from kiosk.errors import Trouble
from kiosk.paths import data_dir

if TYPE_CHECKING:
    from kiosk.app.office import Office

app = typer.Typer(
    help="Madoguchi: the multilingual one-stop counter, offline. 多言語の総合相談窓口。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Here:
    """The data folder chosen before the command."""

    data: Path | None = None
    staff = ""
    """Who works here, for the audit trail."""


Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
AtEvent = Annotated[
    str, typer.Option("--event", help="At this outreach event on this tablet: its name or id.")
]


@app.callback()
def chosen(
    data: Annotated[
        Path | None, typer.Option("--data", help="Where everything is kept (or MADOGUCHI_DATA).")
    ] = None,
    staff: Annotated[
        str, typer.Option("--staff", envvar="MADOGUCHI_STAFF", help="Staff id for the audit trail.")
    ] = "",
) -> None:
    Here.data, Here.staff = data, staff


def fail(trouble: Trouble, place: str = "") -> NoReturn:
    from kiosk.app.told import in_japanese_and_english

    sentences = in_japanese_and_english(trouble)
    typer.echo(f"{sentences}\n({place})" if place else sentences, err=True)
    sys.exit(1)


def office(letter: str = "") -> Office:
    """The office in the data folder; what is wrong with its settings is told and replaced by defaults."""
    from kiosk.app.logs import keep_log
    from kiosk.app.office import open_data

    data = data_dir(Here.data)
    found = open_data(data, letter)
    found.staff = Here.staff
    keep_log(data)
    for fault in found.settings_faults:
        typer.echo(f"settings.toml: {fault.key}: {fault.cure}", err=True)
    return found


def office_at(event: str, letter: str = "") -> Office:
    """The office in the data folder, or the event on this tablet that somebody names."""
    if event:
        from kiosk.app.events.running import find

        Here.data = find(data_dir(Here.data), event).data
    return office(letter)


def answer(value: Any, as_json: bool, words: str) -> None:
    typer.echo(jsonlib.dumps(value, ensure_ascii=False, indent=2) if as_json else words)
