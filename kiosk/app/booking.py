"""Appointments with specialists: which places to offer, taking one, the list of a day."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kiosk.app import auditing
from kiosk.app.office import Office, is_holiday, kept
from kiosk.core import changes
from kiosk.core.changes import IllegalChange
from kiosk.core.roster import LANE, Slot, Specialist, fitting, slots
from kiosk.core.ticket import Content, State, Ticket
from kiosk.errors import Trouble

if TYPE_CHECKING:
    from kiosk.store.bookings import Booking, Bookings

log = logging.getLogger(__name__)

MOST = 3
"""Places offered at once."""


@dataclass(frozen=True)
class Appointment:
    booking: Booking
    specialist: Specialist | None
    """None where the roster has them no more."""
    ticket: Ticket | None
    """With everything told at the kiosk; None where it was deleted or cannot be read. Without a `due` of this
    time it is not coming for this."""


def places(office: Office, content: Content, language: str, *, most: int = MOST) -> list[Slot]:
    """The best places for what was told: each fitting specialist once, then their other days, then other
    times; among these who speaks the language first, then with an interpreter, then the nearest to the
    matter, then the soonest.

    None for those to whom a person comes and for needs of today; for a deadline, none after it. Nor any
    after the day on which the ticket would be deleted. Raises Trouble where the bookings cannot be read.
    """
    if content.sensitive or content.first or content.care or (content.urgent and content.within is None):
        return []
    now, days = office.now(), office.settings.office.keep_days
    last = now.date() + timedelta(days=days if content.within is None else min(days, content.within))
    groups = {group for name in content.services for group in _groups(office, name)}
    found: list[tuple[tuple[object, ...], Slot]] = []
    bookings = _whole(office)
    for one in fitting(office.roster, {case.topic for case in content.cases}, groups):
        free = slots(one, bookings.taken(one.id, now.date()), now, is_holiday)
        understood = 0 if one.understands(language) else 1 if one.interpreter else 2
        far = not set(one.groups) & groups
        for level, slot in _levels([slot for slot in free if slot.at.date() <= last]):
            found.append(((level, understood, far, slot.at, one.id), slot))
    return [slot for _, slot in sorted(found, key=lambda pair: pair[0])][:most]


def take(office: Office, content: Content, language: str, slot: Slot) -> Ticket:
    """Take a number and the place. Raises Trouble("trouble.place_taken"), then there is no number, and what
    the store raises.

    A ticket without `due` has the number but not the place, which could not be written: it waits at the
    counter today.
    """
    issued: list[Ticket] = []

    def issue() -> Ticket:
        ticket = office.store.issue(
            content, language=language, at=office.now(), lane=slot.specialist.lane, due=slot.at
        )
        issued.append(ticket)
        return ticket

    try:
        office.bookings.book(slot.specialist, slot.at, issue)
    except Trouble as trouble:
        if not issued:
            raise
        log.error("a place could not be kept: %s", trouble)
        return _released(office, issued[0])
    auditing.tell(office, "book", issued[0].id, lane=slot.specialist.lane)
    return issued[0]


def appointments(office: Office, day: date) -> list[Appointment]:
    """All of a day, by time. Raises Trouble where bookings or tickets cannot be read."""
    return [_appointment(office, booking) for booking in _whole(office).on(day)]


def call(office: Office, ticket_id: str, *, counter: str, staff: str = "") -> Ticket:
    """Call somebody with an appointment, whatever day the number is of. Raises Trouble."""
    try:
        return auditing.change(
            office, ticket_id, lambda case: changes.call(case, office.now(), counter=counter, staff=staff)
        )
    except IllegalChange as refused:
        raise _refused(refused) from refused


def cancel(office: Office, wanted: str, *, staff: str = "") -> Ticket:
    """Give the place back and close the ticket, which waits for nothing else. `wanted` is a ticket's id, or a
    number that only one of the appointments to come has. May be done again where it was cut off.

    Raises Trouble: `trouble.appointment_several`, `trouble.appointment_unknown`, or what the store raises.
    """
    ticket_id = _ticket_of(office, wanted)
    given_back = office.bookings.cancel(ticket_id)

    def close(case: Ticket) -> Ticket:
        if case.due is None or case.state is not State.WAITING:
            if given_back is None:
                raise Trouble("trouble.appointment_unknown", number=case.number)
            return case
        return changes.cancel(case, office.now(), staff=staff or office.staff)

    return auditing.change(office, ticket_id, close, staff=staff)


def _groups(office: Office, service_id: str) -> Collection[str]:
    service = office.service(service_id)
    return service.groups if service else ()


def _levels(free: list[Slot]) -> Iterator[tuple[int, Slot]]:
    """0 the first place of all, 1 the first of each further day, 2 the others."""
    days: set[date] = set()
    for place, slot in enumerate(free):
        yield 0 if place == 0 else 2 if slot.at.date() in days else 1, slot
        days.add(slot.at.date())


def _released(office: Office, ticket: Ticket) -> Ticket:
    """The ticket without its place; a booking that reached the disk in spite of all is taken back."""
    with suppress(Trouble):
        office.bookings.cancel(ticket.id)
    return kept(office.store, lambda: auditing.change(office, ticket.id, changes.without_appointment))


def _appointment(office: Office, booking: Booking) -> Appointment:
    try:
        ticket = office.store.get(booking.ticket_id)
    except Trouble as trouble:
        if trouble.key != "trouble.ticket_unknown":
            raise
        ticket = None
    return Appointment(booking, office.roster.specialist(booking.specialist), ticket)


def _ticket_of(office: Office, wanted: str) -> str:
    coming = _whole(office).since(office.today())
    found = [one.ticket_id for one in coming if wanted == one.ticket_id or wanted.upper() == one.number]
    if len(found) > 1:
        raise Trouble("trouble.appointment_several", number=wanted)
    return found[0] if found else wanted


def _whole(office: Office) -> Bookings:
    """The bookings to come; where some were damaged, the tickets know them as well."""
    from kiosk.store.bookings import Booking

    bookings, today = office.bookings, office.today()
    bookings.since(today)
    if bookings.damaged:
        restored = bookings.restore(
            Booking(case.lane.removeprefix(LANE), case.due, case.id, case.number, case.day)
            for day in office.store.days()
            for case in office.store.tickets(day)
            if case.due and case.due.date() >= today
            if case.state is State.WAITING and case.lane.startswith(LANE)
        )
        log.warning("%d bookings were written again from their tickets", restored)
    return bookings


def _refused(refused: IllegalChange) -> Trouble:
    return Trouble(
        "trouble.illegal_change", number=refused.number, state=refused.state.value, log=str(refused)
    )
