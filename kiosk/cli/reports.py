"""Reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.base import Json, answer, app, office
from kiosk.cli.given import a_day

if TYPE_CHECKING:
    from kiosk.app.gathering import Progress
    from kiosk.app.office import Office
    from kiosk.reports.model import Kind

report = typer.Typer(
    help="Daily, monthly and yearly reports, and what is shared. 日報・統計。", no_args_is_help=True
)
app.add_typer(report, name="report")

Out = Annotated[Path, typer.Option("--out", help="File to write: .xlsx, .csv, .pdf or .json.")]
SharedOut = Annotated[Path, typer.Option("--out", help="File to write: .zip, .json or .csv.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
Language = Annotated[str, typer.Option("--language", help="ja or en.")]


@report.command()
def day(
    date: Annotated[str, typer.Argument(help="Such as 2026-11-20; else today.")] = "",
    out: Out = Path("report.xlsx"),
    force: Force = False,
    language: Language = "ja",
    as_json: Json = False,
) -> None:
    """Every case of a day, for the counter to check."""
    when = a_day(date, "DATE").isoformat() if date else ""
    _write("day", when, out, force, language, as_json)


@report.command()
def month(
    month: Annotated[str, typer.Argument(help="Such as 2026-11; else this month.")] = "",
    out: Out = Path("report.xlsx"),
    force: Force = False,
    language: Language = "ja",
    as_json: Json = False,
) -> None:
    """The statistics of a month."""
    _write("month", _a_month(month), out, force, language, as_json)


@report.command()
def year(
    year: Annotated[str, typer.Argument(help="Such as 2026; else this year.")] = "",
    out: Out = Path("report.xlsx"),
    force: Force = False,
    language: Language = "ja",
    as_json: Json = False,
) -> None:
    """The statistics of a year."""
    _write("year", _a_year(year), out, force, language, as_json)


@report.command()
def share(
    month: Annotated[str, typer.Argument(help="Such as 2026-11; else this month.")] = "",
    out: SharedOut = Path("share.zip"),
    force: Force = False,
    language: Language = "ja",
    as_json: Json = False,
) -> None:
    """Counts of a month for partner towns, without anything of a person."""
    _write("share", _a_month(month), out, force, language, as_json)


@report.command()
def examples(
    year: Annotated[str, typer.Argument(help="Such as 2026; else this year.")] = "",
    out: Out = Path("examples.xlsx"),
    force: Force = False,
    language: Language = "ja",
    as_json: Json = False,
) -> None:
    """Examples for training: groups of cases that are alike, never one."""
    _write("examples", _a_year(year), out, force, language, as_json)


@report.command()
def export(
    year: Annotated[str, typer.Argument(help="Such as 2026; else this year.")] = "",
    out: Out = Path("statistics.json"),
    force: Force = False,
    language: Language = "ja",
    as_json: Json = False,
) -> None:
    """The year's tables for another program."""
    _write("year", _a_year(year), out, force, language, as_json)


def _write(kind: Kind, when: str, out: Path, force: bool, language: str, as_json: bool) -> None:
    from kiosk.app import reporting
    from kiosk.app.told import both

    if language not in ("ja", "en"):
        raise typer.BadParameter("write ja or en", param_hint="--language")
    here = office()
    today = here.today().isoformat()
    wanted = reporting.Wanted(
        kind, when or today[: {"day": 10, "year": 4, "examples": 4}.get(kind, 7)], language
    )
    reporting.check_place(wanted.kind, out, force)
    ask_to_open(here)
    made = reporting.make(here, wanted, _told)
    path = reporting.save(here, made, out, force=force)
    row = {"kind": kind, "when": wanted.when, "file": str(path), "notes": list(made.notes)}
    answer(row, as_json, "\n".join((*made.notes, both("report.saved", name=path.name))))


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


def _a_month(text: str) -> str:
    return f"{a_day(f'{text}-01', 'MONTH'):%Y-%m}" if text else ""


def _a_year(text: str) -> str:
    return f"{a_day(f'{text}-01-01', 'YEAR'):%Y}" if text else ""
