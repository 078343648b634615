"""How long what was told is kept, and how it goes: rows, keys, files, and a line in the audit trail.

A day goes in steps, each of which may be done again after a cut: its anonymous rows are written, a mark is
set that other processes obey, its key is destroyed (from then on no copy opens), its files are deleted, the
audit trail is told, the mark is finished.

Rows lie open and tickets' routing lies open too, so a row must not lie beside its ticket for long: language,
weekday and hours could tell whose it is. It is written when the ticket goes. But the kiosk, which deletes at
night, cannot open what was told; so a console that can writes the rows of days that will go within AHEAD
days. Where none was open in that time, the row says what routing says and that the rest is not known.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kiosk.app.auditing import tell
from kiosk.app.counting import RowMaker
from kiosk.app.gathered import keep_counts
from kiosk.core.statistics import Row, rows_left
from kiosk.core.ticket import ENDED, State, Ticket
from kiosk.errors import Trouble
from kiosk.store import erasing, files, keyfiles
from kiosk.store.erasing import Mark
from kiosk.store.journal import SUFFIX
from kiosk.store.keyfiles import Spoiled

if TYPE_CHECKING:
    from kiosk.app.office import Office
    from kiosk.store.erasing import Erasable

log = logging.getLogger(__name__)

AHEAD = 7
"""Days before a day's end of keeping in which a console may write its rows: the longest an office is closed
but for the New Year."""
LEAP = 14
"""Days a clock may go on between two runs and still be believed at once."""
WAIT = 60.0
"""Seconds to wait for another process that erases a day."""
AUTOMATIC, REQUEST = "automatic", "request"


def run_daily(office: Office) -> tuple[date, ...]:
    """What is due today; the days that went. Raises Trouble, after everything else was done."""
    finish(office)
    with suppress(Trouble):
        # What is wrong with the database staff are told; it is looked for again tomorrow.
        _erase_elsewhere_erased(office)
    before = _believed(office) - timedelta(days=office.settings.office.keep_days)
    if office.keys.is_open:
        count_ahead(office, before + timedelta(days=AHEAD))
        keep_counts(office)
    return erase_before(office, before, reason=AUTOMATIC)


def count_ahead(office: Office, before: date) -> int:
    """Write the rows of tickets that can be opened here and whose visit is over, of days before `before`; how
    many rows. Another machine of an office database may be the one that erases them: this one counts them
    now or never."""
    found = 0
    for day in [day for day in office.store.days() if day < min(before, office.today())]:
        with alone(office):
            found += _count(
                office, day, [case for case in _tickets(office, day) or () if _is_over(office, case)]
            )
    return found


def erase_before(office: Office, before: date, *, reason: str, staff: str = "") -> tuple[date, ...]:
    """Erase all days before `before`, which is no later than today; those that had files.

    Raises Trouble: `trouble.erase_today`, or what failed, after all other days were done.
    """
    if before > office.today():
        raise Trouble("trouble.erase_today", log=f"{before} is to come")
    gone, failed = [], None
    for day in [day for day in _days(office) if day < before]:
        try:
            with alone(office):
                # Another process may have erased it meanwhile.
                if day in _days(office):
                    _erase_day(office, day, reason, staff)
                    gone.append(day)
        except Trouble as trouble:
            log.error("%s was not erased: %s", day, trouble)
            failed = trouble
    office.bookings.erase_before(before)
    _erase_slips(office, before)
    office.keys.erase_before(before)
    if failed is not None:
        raise failed
    return tuple(gone)


def erase_ticket(office: Office, ticket_id: str, *, staff: str = "") -> Ticket:
    """Erase one ticket on request; the ticket as it was. Raises Trouble: `trouble.erase_open` while somebody
    waits with it or is served, `trouble.ticket_unknown`, and what the store raises."""
    with alone(office):
        ticket = office.store.get(ticket_id)
        _may_go(office, ticket)
        _count(office, ticket.day, [ticket], all_=True)
        mark = erasing.new_mark(whole=False, tickets=1, reason=REQUEST, staff=staff, ticket=ticket.id)
        local(office).erase(ticket, mark, lambda case: _may_go(office, case))
        _after_ticket(office, ticket.day, mark, ticket.number)
    return ticket


def finish(office: Office) -> None:
    """Do the steps that are left of what was cut off. Raises Trouble."""
    if not erasing.unfinished(local(office).folder):
        return
    with alone(office):
        # What another process is in the middle of is no longer unfinished by now.
        for day, mark in erasing.unfinished(local(office).folder).items():
            if mark.whole:
                # Perhaps not all of the day could be read when it was begun: the database was away.
                tickets = _tickets(office, day)
                _count(office, day, tickets or (), all_=True)
                _erase_files(office, day, mark, tickets)
                continue
            number = ""
            with suppress(Trouble):
                ticket = office.store.get(mark.ticket)
                number = ticket.number
                local(office).erase(ticket, mark, lambda _: None)
            _after_ticket(office, day, mark, number)


def _erase_elsewhere_erased(office: Office) -> None:
    """What another machine erased on request goes here too. Its row was left there. Raises Trouble."""
    for ticket in local(office).erased_elsewhere():
        with alone(office):
            mark = erasing.new_mark(whole=False, tickets=1, reason=REQUEST, ticket=ticket.id)
            local(office).erase(ticket, mark, lambda _: None)
            _after_ticket(office, ticket.day, mark, ticket.number)


def appointments_before(office: Office, before: date) -> int:
    """How many appointments of this site's days before `before` are to come. Raises Trouble."""
    now = office.now()
    return sum(
        case.state is State.WAITING and case.due is not None and case.due > now
        for day in office.store.days()
        if day < before
        for case in office.store.tickets(day)
        if is_own(office, case)
    )


@contextmanager
def alone(office: Office) -> Iterator[None]:
    """One process of this machine at a time: of two that erase a day at once the second would still hold its
    tickets when the first has forgotten whose rows it wrote, and count everybody twice. Raises
    Trouble("trouble.store_busy")."""
    folder = office.rows.folder / "erasing"
    with ExitStack() as held:
        try:
            files.make_folder(folder)
            held.enter_context(files.Lock(folder).hold(WAIT))
        except (OSError, Trouble) as error:
            if isinstance(error, Trouble) and error.key == "trouble.store_busy":
                raise
            # A full disk: what was promised to residents goes before the figures.
            log.warning("erasing without a lock: %s", error)
        yield


def _erase_day(office: Office, day: date, reason: str, staff: str) -> None:
    tickets = _tickets(office, day)
    _count(office, day, tickets or (), all_=True)
    going = sum(is_own(office, case) for case in tickets or ())
    mark = erasing.new_mark(whole=True, tickets=going, reason=reason, staff=staff)
    _erase_files(office, day, mark, tickets)


def _erase_files(office: Office, day: date, mark: Mark, tickets: list[Ticket] | None) -> None:
    """`tickets`: those whose rows are written; of an office database no others go."""
    store = local(office)
    store.mark_erased(day, mark)
    office.keys.erase(day)
    left = store.erase_day(day, None if tickets is None else [case.id for case in tickets])
    office.bookings.forget(lambda booking: booking.day == day)
    # Another site's tickets stay until it erases them; a second row of them would count them twice.
    office.rows.forget(day, left)
    _erase_counts(office, day)
    _erase_slips_of(office, day)
    tell(office, "erase", day.isoformat(), staff=mark.staff, tickets=mark.tickets, reason=mark.reason)
    erasing.finish_mark(store.folder, day, mark)
    log.info("tickets of %s were deleted: %s", day, mark.reason)


def _after_ticket(office: Office, day: date, mark: Mark, number: str) -> None:
    erasing.sweep(local(office).folder / f"{day}{SUFFIX}")
    office.bookings.forget(lambda booking: booking.ticket_id == mark.ticket)
    _erase_counts(office, day)
    if number:
        _erase_slips_of(office, day, number)
    tell(office, "erase", mark.ticket, staff=mark.staff, tickets=1, reason=mark.reason, day=day.isoformat())
    erasing.finish_mark(local(office).folder, day, mark)


def _may_go(office: Office, ticket: Ticket) -> None:
    """Raise Trouble("trouble.erase_open") while the visit goes on or an appointment is to come."""
    if not _is_over(office, ticket):
        raise Trouble("trouble.erase_open", number=ticket.number)


def _is_over(office: Office, ticket: Ticket) -> bool:
    """Whether the visit ended, or its day did and no appointment is to come."""
    coming = ticket.due is not None and ticket.due > office.now()
    return ticket.state in (*ENDED, State.NO_SHOW) or (ticket.day < office.today() and not coming)


def _days(office: Office) -> list[date]:
    """Days of which anything is left: also those whose erasure was cut off, or whose journal is lost. Not
    those of which only other sites have tickets."""
    beside = {*office.rows.days(), *office.keys.days()} - set(office.store.days())
    return sorted({*erasing.days_with_files(local(office).folder), *beside, *local(office).own_days()})


def _tickets(office: Office, day: date) -> list[Ticket] | None:
    """The day's tickets. None where they cannot be read; then they leave no rows: the promise to the
    residents goes first. Raises Trouble where another process holds the store."""
    try:
        return office.store.tickets(day)
    except Trouble as trouble:
        if trouble.key == "trouble.store_busy":
            raise
        log.error("no statistics of %s: %s", day, trouble)
        return None


def is_own(office: Office, case: Ticket) -> bool:
    """Whether it goes when this machine erases its day: in an office database each site erases its own."""
    settings = office.settings.database
    return not settings.url or case.site == settings.site


def _count(office: Office, day: date, tickets: Iterable[Ticket], *, all_: bool = False) -> int:
    """Write the rows of tickets that have none yet; how many rows. Of tickets that do not open here only with
    `all_`."""
    make = RowMaker(office).row
    rows: dict[str, Row] = {}
    for case in tickets:
        if all_ or not case.content.closed:
            first, *alone = rows_left(make(case))
            rows[case.id] = first
            rows |= {f"{case.id}/{row.part}": row for row in alone}
    return office.rows.add(day, rows) if rows else 0


def _believed(office: Office) -> date:
    """Today; where the clock has leapt ahead, the last day it was believed, until it has gone on for a day:
    a battery that failed must not cost all tickets."""
    path, today = local(office).folder / "clock.seen", office.today()
    try:
        table = keyfiles.read(path) or {"believed": today.isoformat()}
        believed = date.fromisoformat(table["believed"])
        leapt = date.fromisoformat(table["leapt"]) if table.get("leapt") else None
    except (Spoiled, OSError, KeyError, TypeError, ValueError):
        believed, leapt = today, None
    most = timedelta(days=LEAP)
    if today - believed <= most or (leapt is not None and timedelta() < today - leapt <= most):
        believed, leapt = today, None
    elif leapt is None or not timedelta() <= today - leapt <= most:
        leapt = today
        log.warning("the clock leapt from %s to %s: what is due then is erased tomorrow", believed, today)
    with suppress(OSError):
        keyfiles.write(path, {"believed": believed.isoformat(), "leapt": leapt and leapt.isoformat()})
    return believed


def _erase_counts(office: Office, day: date) -> None:
    """What is kept of a day besides its tickets. Raises Trouble."""
    from kiosk.app.day_notes import erase

    try:
        erase(office.data, day)
    except OSError as error:
        raise Trouble("trouble.store_failed", log=f"erasing notes failed: {error.strerror}") from error


def _erase_slips(office: Office, before: date) -> None:
    from kiosk.printing.printers import erase_slips

    for folder in office.slip_folders:
        erase_slips(folder, before)


def _erase_slips_of(office: Office, day: date, number: str = "") -> None:
    """The slips of a day, or of one number of it; with either the day's report, which tells of all and can
    be made anew. Raises Trouble."""
    for folder in office.slip_folders:
        place: Path = folder / day.isoformat()
        every = not number or folder == office.saved_reports
        try:
            for file in sorted(place.iterdir()) if place.is_dir() and not place.is_symlink() else ():
                if every or file.name.lstrip(".").startswith((f"{number}.", f"{number}-")):
                    file.unlink(missing_ok=True)
        except OSError as error:
            raise Trouble("trouble.store_failed", log=f"erasing slips failed: {error.strerror}") from error


def local(office: Office) -> Erasable:
    """The store, as it erases."""
    return cast("Erasable", office.store)
