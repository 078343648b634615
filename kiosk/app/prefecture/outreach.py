"""Outreach events of the ten years: what their tablets hold, and the packs that bring it to the offices."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kiosk.app.prefecture.chance import Losses
from kiosk.app.prefecture.plan import Office, Tablet, poisson
from kiosk.app.prefecture.register import Register

Own = dict[int, list[int]]
"""Tickets by service day, on a tablet or in a pack."""


@dataclass(eq=False)
class _Trip:
    """A pack on its way."""

    tablet: Tablet
    serial: int
    tickets: Own
    again: bool = False


class Outreach:
    """Events, and packs that are broken, late, from a clock that is ahead, or merged twice."""

    def __init__(self, register: Register) -> None:
        self._register, self._plan, self._dice = register, register.plan, register.dice
        self._own: dict[int, Own] = defaultdict(lambda: defaultdict(list))
        self._serial = [0] * register.plan.tablets
        """How often a tablet was replaced."""
        self._trips: dict[int, list[_Trip]] = defaultdict(list)

    def event(self, office: Office, day: int, visitors: float, tablets: int, losses: Losses) -> None:
        """One event with so many tablets of an office."""
        register, dice, found = self._register, self._dice, self._register.found
        hall: set[int] = set()
        count = 0
        found.events += 1
        for tablet in office.outreach[:tablets]:
            coming = poisson(dice, visitors / tablets)
            at = losses.get(day, {}).get(tablet.index)
            if at:
                coming = sum(dice.random() < at[1] for _ in range(coming))
            booked = register.clock(day)
            tickets = list(register.issue(tablet, booked, coming, hall))
            count += len(tickets)
            found.most_event_tablet = max(found.most_event_tablet, len(tickets))
            if dice.random() < self._plan.event_cuts:
                register.cut(tickets)
            self._own[tablet.index][booked] += tickets
            waiting = sum(map(len, self._own[tablet.index].values()))
            found.most_waiting = max(found.most_waiting, waiting)
            if not at:
                self._seal(tablet, day, late=True)
        found.most_event = max(found.most_event, count)

    def lose(self, tablet: Tablet) -> tuple[list[int], int]:
        """A tablet is gone: the tickets that only it had, and of how many days. What is in a pack that is
        on its way is not lost with it."""
        own = self._own.pop(tablet.index, {})
        packed = {
            ticket
            for trips in self._trips.values()
            for trip in trips
            if trip.tablet is tablet
            for tickets in trip.tickets.values()
            for ticket in tickets
        }
        left = {booked: set(tickets) - packed for booked, tickets in own.items()}
        self._serial[tablet.index] += 1
        return [ticket for tickets in left.values() for ticket in tickets], sum(map(bool, left.values()))

    def erase(self, past: int) -> None:
        """A day's time is over on the tablets too."""
        for own in self._own.values():
            self._register.late(own.pop(past, ()))

    def arrive(self, day: int) -> None:
        """Packs of a morning or an evening."""
        merged: dict[int, int] = defaultdict(int)
        found = self._register.found
        for trip in self._trips.pop(day, ()):
            if not trip.again and self._dice.random() < self._plan.pack_broken:
                self._broken(trip, day)
            elif max(trip.tickets, default=0) > day:
                found.packs_future += 1
                self._trips[day + 1].append(trip)
            else:
                merged[trip.tablet.office.index] += self._merge(trip, day)
        found.most_merged = max(found.most_merged, *merged.values(), 0)

    def _merge(self, trip: _Trip, day: int) -> int:
        """A pack is taken over, perhaps cut off in the middle, perhaps once more later; how many were new."""
        register, found = self._register, self._register.found
        found.packs += 1
        found.packs_again += trip.again
        books, new = register.books[trip.tablet.office.index], 0
        stopped = self._dice.random() < self._plan.merge_cut
        for booked, tickets in trip.tickets.items():
            part = tickets[: self._dice.randrange(len(tickets) + 1)] if stopped else tickets
            new += register.take(books, booked, part, day)
        if stopped:
            found.merges_cut += 1
            self._trips[day + 1].append(trip)
        elif not trip.again:
            self._receipt(trip)
            if self._dice.random() < self._plan.pack_again:
                later = _Trip(trip.tablet, trip.serial, trip.tickets, again=True)
                self._trips[day + self._dice.randint(1, 120)].append(later)
        return new

    def _seal(self, tablet: Tablet, day: int, *, late: bool) -> None:
        """A pack of all the tablet holds sets out."""
        plan, dice = self._plan, self._dice
        tickets = {booked: list(these) for booked, these in self._own[tablet.index].items()}
        days = int(dice.expovariate(1 / plan.pack_late)) if late else 1
        if late and dice.random() < plan.pack_forgotten:
            days = dice.randint(60, 150)
        self._trips[day + days].append(_Trip(tablet, self._serial[tablet.index], tickets))
        if not self._register.rules.receipt_first:
            self._wipe(tablet)

    def _broken(self, trip: _Trip, day: int) -> None:
        """Refused as a whole: the tablet has everything still, and seals another."""
        register = self._register
        register.found.packs_broken += 1
        if trip.serial == self._serial[trip.tablet.index]:
            self._seal(trip.tablet, day, late=False)
        else:
            every = (ticket for tickets in trip.tickets.values() for ticket in tickets)
            books = register.books[trip.tablet.office.index]
            register.gone(register.unknown(books, every), len(trip.tickets))

    def _receipt(self, trip: _Trip) -> None:
        """The tablet is wiped where the pack had all it holds; else it waits for the next pack's receipt."""
        if trip.serial != self._serial[trip.tablet.index]:
            return
        handed = {ticket for tickets in trip.tickets.values() for ticket in tickets}
        own = self._own[trip.tablet.index]
        if all(handed.issuperset(tickets) for tickets in own.values()):
            self._wipe(trip.tablet)

    def _wipe(self, tablet: Tablet) -> None:
        self._own.pop(tablet.index, None)
        self._register.given.pop(tablet.index, None)
