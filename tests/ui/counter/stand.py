"""What a console stands on in these tests: a desk that answers at once, a screen, fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.core import changes
from kiosk.core.changes import IllegalChange
from kiosk.core.hours import Opening
from kiosk.core.roster import InterpreterLine, Roster, Slot, fitting, languages_on, lines_for, slots
from kiosk.core.ticket import Ticket
from kiosk.core.waiting import Pick
from kiosk.errors import Trouble
from kiosk.store.tiny import TinyStore
from kiosk.ui.counter.console import Console
from kiosk.ui.counter.desk import Appointment, Closed, Paper, Protection, Strip
from kiosk.ui.counter.own import FieldBox
from kiosk.ui.counter.place import Choices, Place
from kiosk.ui.parts import Box, Sheet, Target, Words
from tests.core.make import NOON


def never(day: date) -> bool:  # noqa: ARG001
    """No holidays."""
    return False


@dataclass
class SyncDesk:
    """The desk of the tests: answers at once."""

    store: TinyStore
    at: datetime = NOON
    place: Place = field(default_factory=lambda: Place("1", "あおば市"))
    reprinted: list[str] = field(default_factory=list)
    told: list[Trouble] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    booked: list[Appointment] = field(default_factory=list)
    given_back: list[str] = field(default_factory=list)
    roster: Roster = field(default_factory=Roster)
    disaster: bool = False
    unlocking: list[tuple[str, Callable[[Trouble | None], None]]] = field(default_factory=list)
    """Tries at the passphrase that are not answered yet."""
    is_away: bool = False
    running: list[Strip] = field(default_factory=list)
    why: Closed = "damaged"

    sat: list[Place] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    def sit(self, place: Place) -> Place:
        self.place = place
        self.sat.append(place)
        return place

    def choices(self) -> Choices:
        return Choices((("1", "窓口 1"), ("2", "窓口 2")), ("ko", "vi"), (("lawyer", "弁護士"),))

    def stand_beside(self, ticket_id: str, done: Callable[[Trouble | None], None]) -> None:
        self.beside.append(ticket_id)
        done(None)

    def refresh(self) -> bool:
        return self.store.refresh()

    def tickets(self) -> Sequence[Ticket]:
        return self.store.tickets()

    def troubles(self) -> Sequence[Trouble]:
        return self.told

    def protection(self) -> Protection:
        keys = self.store.keys
        if not keys.protected:
            return "unset"
        return "open" if keys.is_open else "away" if keys.away else "locked"

    def unlock(self, words: str, done: Callable[[Trouble | None], None]) -> None:
        self.unlocking.append((words, done))

    def answer(self) -> None:
        """What the oldest try at the passphrase comes to."""
        words, done = self.unlocking.pop(0)
        try:
            self.store.keys.unlock(words)
        except Trouble as trouble:
            done(trouble)
        else:
            done(None)

    def lock(self) -> None:
        self.store.keys.lock()

    def why_closed(self, ticket: Ticket) -> Closed:  # noqa: ARG002
        return "locked" if self.protection() == "locked" else self.why

    def away(self) -> bool:
        return self.is_away

    def strips(self) -> Sequence[Strip]:
        return self.running

    def appointments(self) -> Sequence[Appointment]:
        return self.booked

    def notices(self) -> Sequence[str]:
        return self.wrong

    def languages_today(self) -> Sequence[str]:
        return languages_on(self.roster, self.at.date(), never)

    def lines(self, language: str) -> Sequence[tuple[InterpreterLine, Opening]]:
        return lines_for(self.roster, language, self.at, never)

    def in_disaster(self) -> bool:
        return self.disaster

    def switch_disaster(self, on: bool, done: Callable[[Trouble | None], None]) -> None:
        self.disaster = on
        done(None)

    def call_next(self, done: Callable[[Pick | Trouble | None], None]) -> None:
        place = self.place
        done(self.store.call_next(counter=place.counter, languages=(), at=self.at, lanes=place.lanes))

    def change(
        self, ticket: Ticket, apply: Callable[[Ticket], Ticket], done: Callable[[Ticket | Trouble], None]
    ) -> None:
        try:
            changed = self.store.change(ticket.id, apply)
        except Trouble as trouble:
            done(trouble)
        except IllegalChange as refused:
            done(Trouble("trouble.illegal_change", number=refused.number, state="x"))
        else:
            done(changed)

    def reprint(self, ticket: Ticket, done: Callable[[Trouble | None], None]) -> None:
        self.reprinted.append(ticket.number)
        done(None)

    def places(self, ticket: Ticket, done: Callable[[Sequence[Slot] | Trouble], None]) -> None:
        topics = {case.topic for case in ticket.content.cases}
        found = [slot for one in fitting(self.roster, topics) for slot in slots(one, (), self.at, never)]
        done(found[:6])

    def book(
        self,
        ticket: Ticket,
        slot: Slot,  # noqa: ARG002
        apply: Callable[[Ticket], Ticket],
        done: Callable[[Ticket | Trouble], None],
    ) -> None:
        self.change(ticket, apply, done)

    def give_back(self, ticket: Ticket, done: Callable[[Ticket | Trouble], None]) -> None:
        self.given_back.append(ticket.number)
        self.change(ticket, lambda case: changes.cancel(case, self.at), done)

    def find(self, paper: Paper, done: Callable[[Ticket | Trouble | None], None]) -> None:
        found = self.store.tickets(paper.day) if paper.day in self.store.days() else []
        done(
            next(
                (case for case in found if paper.ticket_id in ("", case.id) and case.number == paper.number),
                None,
            )
        )

    def get(self, ticket_id: str, done: Callable[[Ticket | Trouble | None], None]) -> None:
        try:
            done(self.store.get(ticket_id))
        except Trouble as trouble:
            done(trouble if trouble.key != "trouble.ticket_unknown" else None)


@dataclass
class Screen:
    sheet: Sheet | None = None
    shown: int = 0

    def show(self, sheet: Sheet) -> None:
        self.sheet, self.shown = sheet, self.shown + 1

    def words(self) -> list[str]:
        assert self.sheet is not None
        return [p.text for p in self.sheet.parts if isinstance(p, Words)]

    def targets(self) -> set[str]:
        assert self.sheet is not None
        return {p.id for p in self.sheet.parts if isinstance(p, Target) and p.enabled}


@dataclass
class Field:
    typed: str = ""
    box: Box | None = None

    def place(self, box: Box | None) -> None:
        self.box = box

    def text(self) -> str:
        return self.typed

    def clear(self) -> None:
        self.typed = ""

    def focus(self) -> None: ...

    revealed: bool = False

    def reveal(self, on: bool) -> None:
        self.revealed = on


class Tried(Console):
    """A console on a desk, a screen and a memo that can be looked at."""

    desk: SyncDesk
    surface: Screen
    memo: Field


@dataclass
class Texts:
    """Fields of a page, as a window would have them."""

    typed: dict[str, str] = field(default_factory=dict)
    boxes: tuple[FieldBox, ...] = ()
    focused: str = ""

    def lay(self, boxes: Sequence[FieldBox]) -> None:
        self.boxes = tuple(boxes)

    def text(self, name: str) -> str:
        return self.typed.get(name, "")

    def put(self, name: str, text: str) -> None:
        self.typed[name] = text

    def focus(self, name: str) -> None:
        self.focused = name

    def clear(self) -> None:
        self.typed, self.boxes = {}, ()
