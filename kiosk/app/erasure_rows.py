"""The anonymous rows that stay of erased tickets, written before these go; and which tickets may go.

Rows lie open and tickets' routing lies open too, so a row must not lie beside its ticket for long: language,
weekday and hours could tell whose it is. It is written when the ticket goes. But the kiosk, which deletes at
night, cannot open what was told; so a console that can writes the rows of days that will go within AHEAD
days. Where none was open in that time, the row says what routing says and that the rest is not known.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from kiosk.app.counting import RowMaker
from kiosk.app.erasure_steps import alone
from kiosk.core.statistics import Row, rows_left
from kiosk.core.ticket import ENDED, State, Ticket
from kiosk.errors import Trouble

if TYPE_CHECKING:
    from kiosk.app.office import Office

log = logging.getLogger(__name__)

AHEAD = 7
"""Days before a day's end of keeping in which a console may write its rows: the longest an office is closed
but for the New Year."""


def count_ahead(office: Office, before: date) -> int:
    """Write the rows of tickets that can be opened here and whose visit is over, of days before `before`; how
    many rows. Another machine of an office database may be the one that erases them: this one counts them
    now or never."""
    found = 0
    for day in [day for day in office.store.days() if day < min(before, office.today())]:
        with alone(office):
            found += count(
                office, day, [case for case in tickets_of(office, day) or () if is_over(office, case)]
            )
    return found


def count(office: Office, day: date, tickets: Iterable[Ticket], *, all_: bool = False) -> int:
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


def tickets_of(office: Office, day: date) -> list[Ticket] | None:
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


def is_over(office: Office, ticket: Ticket) -> bool:
    """Whether the visit ended, or its day did and no appointment is to come."""
    coming = ticket.due is not None and ticket.due > office.now()
    return ticket.state in (*ENDED, State.NO_SHOW) or (ticket.day < office.today() and not coming)


def may_go(office: Office, ticket: Ticket) -> None:
    """Raise Trouble("trouble.erase_open") while the visit goes on or an appointment is to come."""
    if not is_over(office, ticket):
        raise Trouble("trouble.erase_open", number=ticket.number)


def is_to_come(office: Office, case: Ticket) -> bool:
    """Whether somebody has an appointment that is to come."""
    return case.state is State.WAITING and case.due is not None and case.due > office.now()
