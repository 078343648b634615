"""What all commands share: the program, its options, and the office they work on."""

from __future__ import annotations

import json as jsonlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from kiosk import VERSION
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


_VAGUE = ("trouble.store_failed", "trouble.disk_full", "trouble.file_unwritten", "trouble.pages_folder",
          "trouble.database_away", "trouble.database_refused")  # fmt: skip
"""Sentences that many causes share; the cause stands below them."""


class Here:
    """The data folder chosen before the command."""

    data: Path | None = None
    staff = ""
    """Who works here, for the audit trail."""


Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
AtEvent = Annotated[
    str, typer.Option("--event", help="At this outreach event on this tablet: its name or id.")
]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"madoguchi {VERSION}")
        raise typer.Exit


@app.callback()
def chosen(
    data: Annotated[
        Path | None, typer.Option("--data", help="Where everything is kept (or MADOGUCHI_DATA).")
    ] = None,
    staff: Annotated[
        str, typer.Option("--staff", envvar="MADOGUCHI_STAFF", help="Staff id for the audit trail.")
    ] = "",
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    Here.data, Here.staff = data, staff


def fail(trouble: Trouble, place: str = "") -> NoReturn:
    from kiosk.app.told import in_japanese_and_english

    sentences = in_japanese_and_english(trouble)
    if trouble.key in _VAGUE and trouble.log != trouble.key:
        # What is said for the log names no person, and helps whoever has to mend it.
        place = place or trouble.log
    typer.echo(f"{sentences}\n({place})" if place else sentences, err=True)
    sys.exit(1)


def data_here() -> Path:
    """The data folder, which whoever runs this can work in. Raises Trouble."""
    from kiosk.app.data_folder import usable

    data = data_dir(Here.data)
    usable(data)
    return data


def office(letter: str = "") -> Office:
    """The office in the data folder; what is wrong with its settings is told."""
    from kiosk.app.logs import keep_log
    from kiosk.app.office import open_data
    from kiosk.app.told import both

    data = data_here()
    found = open_data(data, letter)
    found.staff = Here.staff
    if not keep_log(data):
        typer.echo(both("terminal.no_log", path=str(data / "log")), err=True)
    for fault in found.settings_faults:
        typer.echo(f"{fault.where}: {fault.cure}", err=True)
    trouble = found.chosen_settings.trouble
    if trouble is not None:
        typer.echo(both(trouble.key, **trouble.details), err=True)
    return found


def office_at(event: str, letter: str = "") -> Office:
    """The office in the data folder, or the event on this tablet that somebody names."""
    if event:
        from kiosk.app.events.running import find

        Here.data = find(data_here(), event).data
    return office(letter)


def answer(value: Any, as_json: bool, words: str) -> None:
    if not as_json:
        typer.echo(words)
        return
    # In another encoding a letter would come out as a question mark, and a script would not know.
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    typer.echo(jsonlib.dumps(value, ensure_ascii=plain, indent=2))
