"""The command line: one thin function a command. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import json as jsonlib
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from kiosk.errors import Trouble
from kiosk.paths import data_dir

if TYPE_CHECKING:
    from datetime import date

    from kiosk.app.office import Office

app = typer.Typer(
    help="Madoguchi: the multilingual one-stop counter, offline. 多言語の総合相談窓口。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
queue = typer.Typer(
    help="Tickets without windows: the same actions as the kiosk and the console.", no_args_is_help=True
)
audit = typer.Typer(help="Who did what with which ticket; nothing of what it tells.", no_args_is_help=True)
models = typer.Typer(help="Speech and translation models.", no_args_is_help=True)
event = typer.Typer(
    help="Outreach events: a tablet for a day away from the office. 出張相談会。", no_args_is_help=True
)
keys = typer.Typer(
    help="The office's passphrase and its recovery key. 合言葉と回復キー。", no_args_is_help=True
)
app.add_typer(keys, name="keys")
app.add_typer(queue, name="queue")
app.add_typer(models, name="models")
app.add_typer(audit, name="audit")
app.add_typer(event, name="event")
database = typer.Typer(
    help="The office database, for an office with several machines. 窓口全体のデータベース。",
    no_args_is_help=True,
)
app.add_typer(database, name="database")


class Here:
    """The data folder chosen before the command."""

    data: Path | None = None
    staff = ""
    """Who works here, for the audit trail."""


Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
TicketId = Annotated[str, typer.Argument(help="The ticket's id, or its number of today.")]
AtEvent = Annotated[
    str, typer.Option("--event", help="At this outreach event on this tablet: its name or id.")
]
EventName = Annotated[str, typer.Argument(help="The event's name or id; else the only one on this tablet.")]
Counter = Annotated[str, typer.Option("--counter", help="The counter's number.")]
ItsCounter = Annotated[
    str, typer.Option("--counter", help="The counter's number; else the ticket's last one.")
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


def main() -> None:
    """Run a command; exit 0 good, 1 a problem told in a sentence, 2 wrong usage."""
    # What is written may be about a person: pictures, slips, tickets and the log are for their owner only.
    os.umask(0o077)
    _leave_no_core()
    try:
        app()
    except Trouble as trouble:
        _fail(trouble)
    except Exception as error:
        from kiosk.workers import place_of

        # Type and place only: the message may hold what somebody said.
        logging.getLogger(__name__).error("a command failed: %s", place_of(error))
        _fail(Trouble("trouble.work_failed"), place_of(error))


def _leave_no_core() -> None:
    """A crash must not write the memory, with what residents said, onto the disk; workers inherit this."""
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _fail(trouble: Trouble, place: str = "") -> NoReturn:
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
        from kiosk.app.events import find

        Here.data = find(data_dir(Here.data), event).data
    return office(letter)


def answer(value: Any, as_json: bool, words: str) -> None:
    typer.echo(jsonlib.dumps(value, ensure_ascii=False, indent=2) if as_json else words)


@app.command()
def intake(
    windowed: Annotated[bool, typer.Option(help="In a window instead of full screen.")] = False,
    size: Annotated[str, typer.Option(help="Size of the window.")] = "1280x800",
    letter: Annotated[
        str,
        typer.Option(help="Letter of this kiosk's numbers, A to Z; several kiosks each need their own."),
    ] = "",
    event: AtEvent = "",
) -> None:
    """The resident's kiosk."""
    if letter and not (len(letter) == 1 and letter.isascii() and letter.isupper()):
        raise typer.BadParameter("write one capital letter, A to Z", param_hint="--letter")
    from kiosk.app.intake import run

    run(office_at(event, letter), windowed=windowed, size=_size(size))


@app.command()
def counter(
    number: Annotated[str, typer.Argument(help="The counter's number, or a desk of the settings.")],
    languages: Annotated[str, typer.Option(help="Languages this counselor speaks: ko,en.")] = "",
    staff: Annotated[str, typer.Option(help="Staff id that is kept with each change.")] = "",
    specialists: Annotated[
        str, typer.Option(help="Specialists of the roster who sit here: lawyer,tax.")
    ] = "",
    size: Annotated[str, typer.Option(help="Size of the window.")] = "1366x768",
    event: AtEvent = "",
) -> None:
    """The counselor's console at a counter."""
    from kiosk.app.counter import run

    here = office_at(event)
    run(
        here,
        _counter(here, number, "NUMBER"),
        _tags(here, languages),
        staff=staff,
        size=_size(size),
        specialists=_specialists(here, specialists),
    )


@app.command()
def disaster(switch: Annotated[str, typer.Argument(help="on, off, or nothing to ask.")] = "") -> None:
    """Switch every kiosk on this data to its disaster pages, or back."""
    here = office()
    if switch not in ("", "on", "off"):
        raise typer.BadParameter("write on or off", param_hint="SWITCH")
    if switch:
        here.switch_disaster(switch == "on")
    typer.echo("災害の画面 / disaster mode: " + ("on" if here.in_disaster() else "off"))


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Folder for the pictures, the slip and the ticket.")],
    language: Annotated[str, typer.Option(help="The resident's language.")] = "ko",
    speech: Annotated[Path | None, typer.Option(help="What the resident says: a WAV file.")] = None,
    size: Annotated[str, typer.Option(help="Size of the window.")] = "1280x800",
) -> None:
    """Play a whole visit through the real windows."""
    from kiosk.app.demo import run

    run(
        out,
        language=language,
        speech=speech,
        size=_size(size),
        data=data_dir(Here.data) if Here.data else None,
    )


@app.command()
def check(
    as_json: Json = False,
    flow: Annotated[str, typer.Option("--flow", help="Tell one flow as its author reads it.")] = "",
) -> None:
    """Check flows, referrals, languages, models and settings."""
    from kiosk.app.checking import run

    sys.exit(run(office(), as_json, flow))


@app.command()
def doctor(as_json: Json = False) -> None:
    """Say what works on this machine and how to mend what does not."""
    from kiosk import doctor as machine

    sys.exit(machine.run(data_dir(Here.data), as_json))


@app.command()
def bench(
    part: Annotated[
        str, typer.Argument(help="start, screens, engines, store, merge, matching, taps, prefecture, all.")
    ] = "all",
    as_json: Json = False,
) -> None:
    """Measure the figures of the README on this machine."""
    from kiosk.app.bench import run

    sys.exit(run(part, as_json))


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


Out = Annotated[Path | None, typer.Option("--out", help="Folder for the page, such as a USB stick's.")]
OnPrinter = Annotated[bool, typer.Option("--print", help="Print the page on the slip printer.")]


@keys.command("setup")
def keys_setup(out: Out = None, on_printer: OnPrinter = False) -> None:
    """Set the passphrase that opens what residents told, and make the recovery key."""
    from kiosk.app.keys import run_setup

    typer.echo(run_setup(office(), out, on_printer))


@keys.command("change")
def keys_change() -> None:
    """Set another passphrase, with the one there is."""
    from kiosk.app.keys import ask, ask_new, change

    here = office()
    change(here, ask("今の合言葉 / present passphrase"), ask_new(here))
    typer.echo("合言葉を変えました。 / The passphrase is changed.")


@keys.command("recover")
def keys_recover() -> None:
    """Set another passphrase, with the recovery key from the safe."""
    from kiosk.app.keys import ask, ask_new, recover

    here = office()
    recover(here, ask("回復キー / recovery key"), ask_new(here))
    typer.echo("合言葉を設定しました。 / The passphrase is set.")


@keys.command("paper")
def keys_paper(out: Out = None, on_printer: OnPrinter = False) -> None:
    """Make the recovery key's page once more, from the key itself: it is kept nowhere."""
    from kiosk.app.keys import ask, print_page, proven, write_page

    if out is None and not on_printer:
        raise typer.BadParameter("write --out FOLDER or --print")
    here = office()
    recovery = proven(here, ask("回復キー / recovery key"))
    if out is not None:
        for path in write_page(here, recovery, out):
            typer.echo(path)
    if on_printer:
        print_page(here, recovery)


@keys.command("status")
def keys_status(as_json: Json = False) -> None:
    """Whether what residents told is protected."""
    from kiosk.app.keys import state, told_state

    found = state(office())
    answer(found, as_json, told_state(found))


@database.command("setup")
def database_setup(
    url: Annotated[str, typer.Argument(help="postgresql://madoguchi:password@server/madoguchi")],
    site: Annotated[str, typer.Option(help="Where this machine stands, where sites share it.")] = "",
    sees: Annotated[str, typer.Option(help="Other sites this machine may see: 本庁,支所.")] = "",
    as_json: Json = False,
) -> None:
    """Make the tables, and write the address into this machine's settings."""
    from kiosk.app import database as work

    found = work.setup(office(), url, site, _listed(sees))
    answer(found, as_json, work.words(found))


@database.command("status")
def database_status(as_json: Json = False) -> None:
    """Whether the database answers, and what it holds; exit 1 where it does not."""
    from kiosk.app import database as work

    found = work.status(office())
    answer(found, as_json, work.words(found))


@database.command("migrate")
def database_migrate(as_json: Json = False) -> None:
    """Bring the tables up to this program's version."""
    from kiosk.app import database as work

    found = work.migrate(office())
    answer(found, as_json, work.words(found))


@queue.command("add")
def queue_add(
    file: Annotated[Path, typer.Argument(help="JSON with at least language and topic.")],
    as_json: Json = False,
) -> None:
    """Take a number for a case written in a file."""
    from kiosk.app import queueing

    _show(queueing.add(office(), file), as_json)


@queue.command("list")
def queue_list(as_json: Json = False) -> None:
    """Today's tickets; what was told stays closed."""
    from kiosk.app import queueing

    rows = queueing.listing(office())
    answer(rows, as_json, "\n".join(f"{r['number']}  {r['state']:8}  {r['language']}" for r in rows))


@queue.command("next")
def queue_next(
    counter: Counter,
    languages: Annotated[str, typer.Option(help="Languages this counselor speaks: ko,en.")] = "",
    as_json: Json = False,
) -> None:
    """Call the next ticket to a counter."""
    from kiosk.app import queueing

    here = office()
    found = queueing.call_next(here, _counter(here, counter, "--counter"), _tags(here, languages))
    answer(found, as_json, found["sentence"] if found else "待っている人はいません / nobody is waiting")
    _late(here)


@queue.command()
def serve(ticket: TicketId, counter: ItsCounter = "", as_json: Json = False) -> None:
    """The person has come: start."""
    _change("serve", ticket, as_json, counter)


@queue.command()
def hold(ticket: TicketId, counter: ItsCounter = "", as_json: Json = False) -> None:
    """Put on hold."""
    _change("hold", ticket, as_json, counter)


@queue.command()
def transfer(
    ticket: TicketId,
    to: Annotated[str, typer.Option("--to", help="Counter or desk; left out, any counter.")] = "",
    counter: ItsCounter = "",
    as_json: Json = False,
) -> None:
    """Let it wait for another counter or specialist, under the same number."""
    here = office()
    _change("transfer", ticket, as_json, counter, lane=_counter(here, to, "--to") if to else "")


@queue.command("no-show")
def no_show(ticket: TicketId, counter: ItsCounter = "", as_json: Json = False) -> None:
    """Nobody came."""
    _change("no_show", ticket, as_json, counter)


@queue.command()
def recall(ticket: TicketId, counter: ItsCounter = "", as_json: Json = False) -> None:
    """Call once more."""
    _change("call", ticket, as_json, counter)


@queue.command()
def close(
    ticket: TicketId,
    counter: ItsCounter = "",
    note: Annotated[str, typer.Option(help="Kept with the ticket.")] = "",
    as_json: Json = False,
) -> None:
    """The case is done."""
    _change("close", ticket, as_json, counter, note=note)


@queue.command()
def appointments(
    date: Annotated[str, typer.Option(help="A day such as 2026-11-27; else today.")] = "",
    as_json: Json = False,
) -> None:
    """A day's appointments with specialists."""
    from kiosk.app import queueing

    here = office()
    rows = queueing.appointments(here, _day(date) if date else here.today())
    lines = (
        f"{r['at'][11:16]}  {r['specialist']:14}  {r['number']} ({r['day']})  {r['state']:8}  {r['id']}"
        for r in rows
    )
    answer(rows, as_json, "\n".join(lines))


@queue.command("cancel-appointment")
def cancel_appointment(
    ticket: Annotated[str, typer.Argument(help="The ticket's id, or its number if no other has it.")],
    as_json: Json = False,
) -> None:
    """Give the place back; the ticket is closed."""
    from kiosk.app import booking, queueing

    here = office()
    _show(queueing.row(booking.cancel(here, ticket)), as_json)


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
    from kiosk.app.events import PORTABLE, Plan

    here = office()
    plan = Plan(
        name=name,
        place=place,
        day=_day(date),
        languages=_tags(here, languages),
        letters=tuple(_letter(one) for one in _listed(letter)),
        partners=_listed(partners),
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

    row, words = eventing.start(data_dir(Here.data), file)
    answer(row, as_json, words)


@event.command()
def seal(
    out: Annotated[Path, typer.Option(help="Folder for the pack, such as a USB stick's.")],
    name: EventName = "",
    as_json: Json = False,
) -> None:
    """On a tablet: write everything of the event into a pack for the office."""
    from kiosk.app import eventing

    row, words = eventing.seal(data_dir(Here.data), name, out)
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
    """On a tablet: remove the event; refused until the office has everything of it."""
    from kiosk.app import eventing

    row, words = eventing.wipe(data_dir(Here.data), name, receipt or [])
    answer(row, as_json, words)


@event.command()
def status(as_json: Json = False) -> None:
    """The events on this tablet, and what this office prepared and took over."""
    from kiosk.app import eventing

    row, words = eventing.status(data_dir(Here.data))
    answer(row, as_json, words)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.replace("、", ",").split(",") if one.strip())


def _letter(text: str) -> str:
    if not (len(text) == 1 and text.isascii() and text.isupper()):
        raise typer.BadParameter("write one capital letter, A to Z, for each tablet", param_hint="--letter")
    return text


@audit.command("check")
def audit_check(
    head: Annotated[str, typer.Option("--head", help="A hash noted earlier, which must be there.")] = "",
    as_json: Json = False,
) -> None:
    """Walk the trail; say which line was changed, removed, added or moved."""
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

    if month:
        _day(f"{month}-01", "--month")
    typer.echo(auditing.listing(office(), month, as_json))


@audit.command("head")
def audit_head(as_json: Json = False) -> None:
    """The newest line's hash, to be kept on paper and given to check later."""
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
    from kiosk.app import erasure

    if bool(before) == bool(ticket):
        raise typer.BadParameter("write one of --before and --ticket")
    here = office()
    if before:
        erasure.ask_days(here, _day(before, "--before"), yes, as_json)
    else:
        erasure.ask_ticket(here, ticket, yes, as_json)


def _day(text: str, hint: str = "--date") -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("write a day such as 2026-11-27", param_hint=hint) from None


def _change(name: str, ticket: str, as_json: bool, counter: str, *, note: str = "", **details: str) -> None:
    from kiosk.app import queueing

    here = office()
    at = _counter(here, counter, "--counter") if counter else ""
    _show(queueing.change(here, name, ticket, counter=at, note=note, **details), as_json)
    _late(here)


def _late(here: Office) -> None:
    """Say where lines of the audit trail could not be written yet."""
    from kiosk.app.auditing import late
    from kiosk.app.told import in_japanese_and_english

    told = late(here)
    if told is not None:
        typer.echo(in_japanese_and_english(told), err=True)


def _show(row: dict[str, Any], as_json: bool) -> None:
    answer(row, as_json, f"{row['number']}  {row['state']}  {row['id']}")


def _counter(here: Office, text: str, hint: str) -> str:
    """A counter's number or a desk of the settings: to any other place a ticket would wait for ever."""
    if (text.isascii() and text.isdigit() and 0 < int(text) < 1000) or text in here.settings.office.desks:
        return str(int(text)) if text.isdigit() else text
    known = ", ".join(here.settings.office.desks)
    raise typer.BadParameter(f"write a counter's number such as 1, or one of: {known}", param_hint=hint)


def _tags(here: Office, text: str) -> tuple[str, ...]:
    tags = tuple(tag.strip() for tag in text.split(",") if tag.strip())
    for tag in tags:
        if tag not in here.languages:
            known = ", ".join(here.languages)
            raise typer.BadParameter(f"{tag} is none of: {known}", param_hint="--languages")
    return tags


def _specialists(here: Office, text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    known = [one.id for one in here.roster.specialists]
    for name in names:
        if name not in known:
            raise typer.BadParameter(
                f"{name} is none of: {', '.join(known) or '-'}", param_hint="--specialists"
            )
    return names


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdigit() and height.isdigit() and int(width) >= 640 and int(height) >= 480):
        raise typer.BadParameter("write a size such as 1280x800, at least 640x480")
    return int(width), int(height)
