"""Appointments at the counter: what a counselor may offer, agree on, give back and see of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from kiosk.app import booking
from kiosk.app.office import Office
from kiosk.app.opened import Opened
from kiosk.core import changes
from kiosk.core.roster import Slot
from kiosk.core.ticket import ENDED, Ticket
from kiosk.errors import Trouble
from kiosk.ui.counter.desk import Appointment

log = logging.getLogger(__name__)

PLACES = 6
"""Free places offered to a counselor at once."""


def places(office: Office, ticket: Ticket) -> list[Slot]:
    """The best places for a ticket. What the kiosk leaves to a person, a counselor may decide: these may be
    given a place all the same. Raises Trouble."""
    content = replace(ticket.content, sensitive=False, first=False, care=(), urgent=False, within=None)
    return booking.places(office, content, ticket.language, most=PLACES)


def book(
    office: Office, opened: Opened, ticket_id: str, slot: Slot, apply: Callable[[Ticket], Ticket]
) -> Ticket:
    """Take the place and send the ticket there with `apply`; where only the place cannot be kept, it waits
    again without one. Raises Trouble."""
    sent: list[Ticket] = []

    def send() -> Ticket:
        sent.append(opened.told_why(lambda: opened.change(ticket_id, apply)))
        return sent[0]

    try:
        office.bookings.book(slot.specialist, slot.at, send)
    except Trouble as trouble:
        if not sent:
            raise
        log.error("a place could not be kept: %s", trouble)
        with suppress(Trouble):
            office.bookings.cancel(ticket_id)
        return opened.shown(opened.change(ticket_id, changes.without_appointment))
    return opened.shown(sent[0])


def give_back(office: Office, opened: Opened, ticket_id: str, staff: str) -> Ticket:
    """Free the ticket's place; it waits again unless it has ended. Raises Trouble."""
    booking.cancel(office, ticket_id, staff=staff)
    return opened.shown(opened.change(ticket_id, _without))


def _without(case: Ticket) -> Ticket:
    return case if case.due is None or case.state in ENDED else changes.without_appointment(case)


def of_today(office: Office, opened: Opened) -> tuple[Appointment, ...]:
    """Today's, by time. Raises Trouble."""
    if not office.bookings.days():
        return ()
    return tuple(_appointment(office, opened, one) for one in booking.appointments(office, office.today()))


def _appointment(office: Office, opened: Opened, one: booking.Appointment) -> Appointment:
    known = one.specialist
    return Appointment(
        at=one.booking.at,
        specialist=known.name("ja", office.catalogue("ja").text) if known else one.booking.specialist,
        room=known.room if known else "",
        number=one.booking.number,
        ticket=opened.shown(one.ticket) if one.ticket else None,
    )
