"""How long what was told is kept, and how it goes: rows, keys, files, and a line in the audit trail.

A day goes in steps, each of which may be done again after a cut: its anonymous rows are written, a mark is
set that other processes obey, its key is destroyed (from then on no copy opens), its files are deleted, the
audit trail is told, the mark is finished.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kiosk.app.erasure_clock import believed
from kiosk.app.erasure_rows import AHEAD, count, count_ahead, is_own, may_go, tickets_of
from kiosk.app.erasure_steps import after_ticket, alone, days_left, erase_files, erase_slips, local
from kiosk.app.gathered import keep_counts
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.store import erasing
from kiosk.store.erasing import Mark

if TYPE_CHECKING:
    from kiosk.app.office import Office

log = logging.getLogger(__name__)

AUTOMATIC, REQUEST = "automatic", "request"


def run_daily(office: Office) -> tuple[date, ...]:
    """What is due today; the days that went. Raises Trouble, after everything else was done."""
    failed: list[Trouble] = []
    with _going_on(failed, "what was cut off"):
        finish(office)
    # What is wrong with the database staff are told; it is looked for again tomorrow.
    with _going_on([], "what another machine erased"):
        _erase_elsewhere_erased(office)
    before = believed(office) - timedelta(days=office.settings.office.keep_days)
    if office.keys.is_open:
        with _going_on(failed, "rows ahead"):
            count_ahead(office, before + timedelta(days=AHEAD))
            keep_counts(office)
    gone = erase_before(office, before, reason=AUTOMATIC)
    if failed:
        raise failed[0]
    return gone


def erase_before(office: Office, before: date, *, reason: str, staff: str = "") -> tuple[date, ...]:
    """Erase all days before `before`, which is no later than today; those that had files.

    Raises Trouble: `trouble.erase_today`, or what failed first, after everything else was done.
    """
    if before > office.today():
        raise Trouble("trouble.erase_today", log=f"{before} is to come")
    gone: list[date] = []
    failed: list[Trouble] = []
    for day in [day for day in days_left(office) if day < before]:
        with _going_on(failed, day.isoformat()), alone(office):
            # Another process may have erased it meanwhile.
            if day in days_left(office):
                _erase_day(office, day, reason, staff)
                gone.append(day)
    with _going_on(failed, "bookings"):
        office.bookings.erase_before(before)
    with _going_on(failed, "slips"):
        erase_slips(office, before)
    with _going_on(failed, "keys"):
        office.keys.erase_before(before)
    if failed:
        raise failed[0]
    return tuple(gone)


def erase_ticket(office: Office, ticket_id: str, *, staff: str = "") -> Ticket:
    """Erase one ticket on request; the ticket as it was. Raises Trouble: `trouble.erase_open` while somebody
    waits with it or is served, `trouble.ticket_unknown`, and what the store raises."""
    with alone(office):
        ticket = office.store.get(ticket_id)
        may_go(office, ticket)
        count(office, ticket.day, [ticket], all_=True)
        mark = erasing.new_mark(whole=False, tickets=1, reason=REQUEST, staff=staff, ticket=ticket.id)
        local(office).erase(ticket, mark, lambda case: may_go(office, case))
        after_ticket(office, ticket.day, mark, ticket.number)
    return ticket


def finish(office: Office) -> None:
    """Do the steps that are left of what was cut off. Raises Trouble, after everything else was done."""
    if not erasing.unfinished(local(office).folder):
        return
    failed: list[Trouble] = []
    with alone(office):
        # What another process is in the middle of is no longer unfinished by now.
        for day, mark in erasing.unfinished(local(office).folder).items():
            with _going_on(failed, day.isoformat()):
                _go_on(office, day, mark)
    if failed:
        raise failed[0]


def _go_on(office: Office, day: date, mark: Mark) -> None:
    """The steps that are left of one mark. Raises Trouble."""
    if mark.whole:
        # Perhaps not all of the day could be read when it was begun: the database was away.
        tickets = tickets_of(office, day)
        count(office, day, tickets or (), all_=True)
        erase_files(office, day, mark, tickets)
        return
    number = ""
    try:
        ticket = office.store.get(mark.ticket)
        number = ticket.number
        local(office).erase(ticket, mark, lambda _: None)
    except Trouble as trouble:
        # Gone already. Where it cannot be reached it is still there, and the mark stays.
        if trouble.key != "trouble.ticket_unknown":
            raise
    after_ticket(office, day, mark, number)


def _erase_elsewhere_erased(office: Office) -> None:
    """What another machine erased on request goes here too. Its row was left there. Raises Trouble."""
    for ticket in local(office).erased_elsewhere():
        with alone(office):
            mark = erasing.new_mark(whole=False, tickets=1, reason=REQUEST, ticket=ticket.id)
            local(office).erase(ticket, mark, lambda _: None)
            after_ticket(office, ticket.day, mark, ticket.number)


def _erase_day(office: Office, day: date, reason: str, staff: str) -> None:
    tickets = tickets_of(office, day)
    count(office, day, tickets or (), all_=True)
    going = sum(is_own(office, case) for case in tickets or ())
    mark = erasing.new_mark(whole=True, tickets=going, reason=reason, staff=staff)
    erase_files(office, day, mark, tickets)


@contextmanager
def _going_on(failed: list[Trouble], what: str) -> Iterator[None]:
    """A step that fails is kept in `failed` and does not keep the others."""
    try:
        yield
    except Trouble as trouble:
        log.error("%s was not erased: %s", what, trouble)
        failed.append(trouble)
