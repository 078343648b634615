"""A place with a specialist for the ticket at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.core import changes
from kiosk.core.hours import DAYS
from kiosk.core.roster import Slot
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.ui.counter.appointments import Appointments, give_back
from kiosk.ui.counter.changing import applied, changed, reprint
from kiosk.ui.counter.view import Ask, Block, Option

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console


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
        weekday = self.console.say(f"day.{DAYS[at.weekday()]}")
        return f"{at.month}/{at.day} {weekday} {at:%H:%M}"

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
        return replace(changes.transfer(case, at, **details), due=slot.at)

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
