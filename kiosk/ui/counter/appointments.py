"""Today's appointments, and a place with a specialist for the ticket at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from kiosk.core import ticket as tickets
from kiosk.core.hours import DAYS
from kiosk.core.roster import LANE, Slot
from kiosk.core.ticket import State, Ticket
from kiosk.errors import Trouble
from kiosk.ui.counter.calling import call_here
from kiosk.ui.counter.changing import applied, changed, reprint
from kiosk.ui.counter.desk import Appointment
from kiosk.ui.counter.view import Ask, Block, Option

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

CAN_COME = (State.WAITING, State.NO_SHOW, State.ON_HOLD)


@dataclass
class Appointments:
    """Today's, by time; those sent to a specialist without a time are among them, so that nobody waits
    unseen."""

    console: Console

    def page(self) -> Ask:
        console, say = self.console, self.console.say
        found = listed(console)
        busy = console.current is not None
        text = "appointments.busy" if busy else "appointments.text" if found else "appointments.none"
        return Ask(
            "appointments",
            say("appointments.title"),
            say("console.close_page"),
            say(text),
            options=tuple(self._option(one, busy) for one in found),
            page=console.turned,
        )

    def _option(self, one: Appointment, busy: bool) -> Option:
        console, case = self.console, one.ticket
        state = console.say(f"state.{case.state.value}") if case else console.say("appointments.gone")
        language = console.cards.language(case.language) if case else ""
        can = not busy and case is not None and case.state in CAN_COME
        day = console.day_of(case) if case else ""
        number = f"{one.number}（{day}）" if day else one.number
        return Option(
            f"one:{case.id if case else ''}",
            f"{one.at:%H:%M}　{number}　{one.specialist}",
            " ・ ".join(part for part in (state, language, one.room) if part),
            enabled=can,
        )

    def press(self, kind: str, detail: str) -> None:
        for one in listed(self.console):
            if kind == "one" and one.ticket and one.ticket.id == detail and self.console.current is None:
                self.console.open(OneAppointment(self.console, one, one.ticket))


def listed(console: Console) -> list[Appointment]:
    booked = list(console.desk.appointments())
    known = {one.ticket.id for one in booked if one.ticket}
    names = dict(console.place.desks)
    sent = [
        Appointment(console.local(case.waiting_since), names.get(case.lane, ""), "", case.number, case)
        for case in console.desk.tickets()
        if case.lane.startswith(LANE) and case.state is State.WAITING and case.id not in known
        if case.due is None
    ]
    return booked + sent


@dataclass
class OneAppointment:
    """Call them, or give the place back, which is asked once more."""

    console: Console
    one: Appointment
    ticket: Ticket
    giving_back: bool = False

    def page(self) -> Ask:
        say, one = self.console.say, self.one
        cancel = say("console.cancel")
        title = f"{one.at:%H:%M}　{one.number}　{one.specialist}"
        if self.giving_back:
            sure = Option("give_back", say("appointments.give_back"), icon="calendar-x")
            text = say("appointments.give_back.text", number=one.number)
            return Ask("give_back", title, cancel, text, options=(sure,))
        options = [Option("come", say("appointments.call"), icon="megaphone")]
        if self.ticket.due is not None and self.ticket.state is State.WAITING:
            options.append(Option("give_back?", say("appointments.give_back"), icon="calendar-x"))
        return Ask("appointment", title, cancel, say("appointments.one"), options=tuple(options))

    def press(self, kind: str, detail: str) -> None:  # noqa: ARG002
        if kind == "come" and not self.giving_back:
            call_here(self.console, self.ticket, "reason.appointment")
        elif kind == "give_back?":
            self.giving_back = True
        elif kind == "give_back" and self.giving_back:
            give_back(self.console, self.ticket)


@dataclass
class Booking:
    """The next free places for the ticket at hand; with an appointment to come, giving it back instead."""

    console: Console
    ticket: Ticket
    places: Sequence[Slot] | None = None
    """None while they are looked up."""
    note: str = ""

    def look_up(self) -> None:
        self.console.desk.places(self.ticket, self._found)

    def _found(self, found: Sequence[Slot] | Trouble) -> None:
        if isinstance(found, Trouble):
            self.note, self.places = self.console.told(found), ()
        else:
            self.places = found
        self.console.show()

    @property
    def _coming(self) -> datetime | None:
        due = self.ticket.due
        return due if due is not None and due > self.console.desk.now() else None

    def page(self) -> Ask:
        say, number = self.console.say, self.ticket.number
        coming = self._coming
        places = () if coming else self.places or ()
        options = [self._slot(index, slot) for index, slot in enumerate(places)]
        text = "book.staff.text"
        blocks: tuple[Block, ...] = ()
        if coming is not None:
            blocks = (self._has(coming),)
            options.append(Option("give_back", say("appointments.give_back"), icon="calendar-x"))
            text = "book.staff.coming"
        elif self.places is None:
            text = "book.staff.looking"
        elif not self.places:
            text = "book.staff.none"
        options.append(Option("list", say("book.staff.list"), icon="calendar-clock"))
        return Ask(
            "booking",
            say("book.staff.title", number=number),
            say("console.cancel"),
            say(text),
            self.note,
            blocks,
            tuple(options),
            self.console.turned,
        )

    def _has(self, at: datetime) -> Block:
        name = dict(self.console.place.desks).get(self.ticket.lane, "")
        return Block(name, "calendar-clock", self._when(self.console.local(at)))

    def _slot(self, index: int, slot: Slot) -> Option:
        say, one = self.console.say, slot.specialist
        facts = [
            say("book.staff.minutes", n=one.minutes),
            say("book.staff.interpreter") if one.interpreter else "",
            one.room,
        ]
        name = one.name("ja", say)
        when = self._when(self.console.local(slot.at))
        return Option(f"slot:{index}", f"{when}　{name}", " ・ ".join(fact for fact in facts if fact))

    def _when(self, at: datetime) -> str:
        return f"{at.month}/{at.day} {self._weekday(at.date())} {at:%H:%M}"

    def _weekday(self, day: date) -> str:
        return self.console.say(f"day.{DAYS[day.weekday()]}")

    def press(self, kind: str, detail: str) -> None:
        if kind == "list":
            self.console.open(Appointments(self.console))
        elif kind == "give_back" and self._coming is not None:
            give_back(self.console, self.ticket)
        elif kind == "slot" and self.places and detail.isdigit() and int(detail) < len(self.places):
            slot = self.places[int(detail)]
            book(self.console, slot, self._when(self.console.local(slot.at)))


def book(console: Console, slot: Slot, when: str) -> None:
    """Send the present ticket to a specialist's free place; its slip is printed anew."""
    assert console.current is not None
    seen, memo = console.current, console.memo.text()

    def sent(case: Ticket, at: datetime, **details: str) -> Ticket:
        return replace(tickets.transfer(case, at, **details), due=slot.at)

    def done(result: Ticket | Trouble) -> None:
        console.done = None
        changed(console, result, "console.moved", memo)
        if isinstance(result, Ticket):
            if result.due is not None:
                reprint(console, result)
            key = "book.staff.done" if result.due is not None else "book.staff.lost"
            console.message = console.say(key, number=result.number, when=when)
            console.show()

    apply = applied(console, seen, sent, memo, lane=slot.specialist.lane)
    console.begin()
    console.desk.book(seen, slot, apply, done)


def give_back(console: Console, case: Ticket) -> None:
    """Cancel the ticket's appointment."""

    def done(result: Ticket | Trouble) -> None:
        console.busy, console.done = False, None
        if isinstance(result, Trouble):
            console.message = console.told(result)
        else:
            console.message = console.say("appointments.given_back", number=result.number)
            if console.current is not None and console.current.id == result.id:
                console.current = result
        console.show()

    console.begin()
    console.desk.give_back(case, done)
