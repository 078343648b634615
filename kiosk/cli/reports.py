"""Reports."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.base import Json, answer, app, office
from kiosk.cli.given import a_file

if TYPE_CHECKING:
    from kiosk.app.gathering import Progress
    from kiosk.app.office import Office
    from kiosk.reports.model import Kind

report = typer.Typer(
    help="Daily, monthly and yearly reports, and what is shared. 日報・統計。", no_args_is_help=True
)
app.add_typer(report, name="report")

When = Annotated[
    str,
    typer.Argument(help="A day, month or year such as 2026-11-20, 2026-11 or 2026; else the present one."),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        help="File to write, by its ending: .xlsx .csv .pdf .json; share: .zip .json .csv. Else a name of its"
        " own here.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
Language = Annotated[str, typer.Option("--language", help="ja or en.")]
_FORMS: dict[Kind, str] = {
    "day": "2026-11-20",
    "month": "2026-11",
    "share": "2026-11",
    "year": "2026",
    "examples": "2026",
}
"""How the time of a report is written: a whole day's ISO form, or its beginning."""


def _command(name: str, kind: Kind, ending: str, words: str) -> None:
    """A command that writes a report of this kind: as month-2026-11 and `ending` where no file is named."""

    @report.command(name, help=words)
    def run(
        when: When = "",
        out: Out = None,
        force: Force = False,
        language: Language = "ja",
        as_json: Json = False,
    ) -> None:
        _write(kind, _time(kind, when), out, (name, ending), force=force, language=language, as_json=as_json)


_command("day", "day", ".xlsx", "Every case of a day, for the counter.")
_command("month", "month", ".xlsx", "The statistics of a month.")
_command("year", "year", ".xlsx", "The statistics of a year.")
_command("share", "share", ".zip", "Counts of a month for partner towns, of no person.")
_command("examples", "examples", ".xlsx", "Examples for training: groups of cases, never one.")
_command("export", "year", ".json", "The year's tables for another program.")


def _write(
    kind: Kind,
    when: str,
    out: Path | None,
    own: tuple[str, str],
    *,
    force: bool,
    language: str,
    as_json: bool,
) -> None:
    """`own`: beginning and ending of the file's name where none is given."""
    from kiosk.app import reporting
    from kiosk.app.told import both

    if language not in ("ja", "en"):
        raise typer.BadParameter("write ja or en", param_hint="--language")
    here = office()
    today = here.today().isoformat()[: len(_FORMS[kind])]
    if when > today:
        raise typer.BadParameter(f"{when} is to come; today is {here.today()}", param_hint="WHEN")
    wanted = reporting.Wanted(kind, when or today, language)
    out = a_file(out or Path(f"{own[0]}-{wanted.when}{own[1]}"))
    reporting.check_place(wanted.kind, out, force)
    ask_to_open(here)
    made = reporting.make(here, wanted, _told)
    path = reporting.save(here, made, out, force=force)
    row = {"kind": kind, "when": wanted.when, "file": str(path), "notes": list(made.notes)}
    answer(row, as_json, "\n".join((*made.notes, both("report.saved", name=str(path)))))


def _time(kind: Kind, text: str) -> str:
    """What was written, as the form of the kind has it; empty where nothing was."""
    if not text:
        return ""
    form = _FORMS[kind]
    rest = "2026-01-01"[len(form) :]
    try:
        day = date.fromisoformat(text + rest)
    except ValueError:
        raise typer.BadParameter(f"write it such as {form}", param_hint="WHEN") from None
    return day.isoformat()[: len(form)]


def ask_to_open(here: Office) -> None:
    """Ask for the passphrase at a terminal; without one what was told stays closed."""
    if here.locked and sys.stdin.isatty():
        words = typer.prompt(
            "合言葉 / passphrase (Enter: without)", default="", hide_input=True, show_default=False
        )
        if words:
            here.keys.unlock(words)


def _told(progress: Progress) -> None:
    """One line that goes on, at a terminal only."""
    if sys.stderr.isatty():
        end = "\n" if progress.done == progress.whole else "\r"
        sys.stderr.write(f"{progress.done} / {progress.whole}  {progress.day:10}{end}")
        sys.stderr.flush()
