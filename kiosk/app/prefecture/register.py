"""Every ticket of the ten years by itself: its number, whose books it is in, and where it ended."""

from __future__ import annotations

import random
from array import array
from collections import defaultdict
from collections.abc import Iterable

from kiosk.app.prefecture.books import Books, Found, Rules
from kiosk.app.prefecture.plan import Office, Plan, Tablet

_UNFLUSHED = 3
"""Tickets of the last half minute, which a system without a flush still holds in memory."""


class Register:
    """Also what all parts of the play share: the plan, its rules, the dice, and what is found."""

    def __init__(self, plan: Plan, rules: Rules, offices: Iterable[Office]) -> None:
        self.plan, self.rules, self.found = plan, rules, Found()
        self.dice = random.Random(plan.seed)
        self.books = [Books() for _ in offices]
        self.given: dict[int, dict[int, int]] = defaultdict(dict)
        """The last count a machine gave on a day."""
        self._numbers = array("q")
        """Site, letter and count of each ticket."""
        self._rows = bytearray()
        """Rows of statistics of each ticket."""
        self._lost: set[int] = set()
        self._late: set[int] = set()

    def issue(self, tablet: Tablet, booked: int, count: int, hall: set[int]) -> range:
        """New tickets, and their numbers held against those in the same hall."""
        letter, given = self.rules.letter(tablet), self.given[tablet.index]
        site = tablet.office.index * 8 + tablet.site
        first, start = len(self._numbers), given.get(booked, 0) + 1
        for number in range(start, start + count):
            slip = letter * 10_000 + number
            self.found.clashes += slip in hall
            hall.add(slip)
            self._numbers.append(site * 1_000_000 + slip)
        given[booked] = start + count - 1
        self._rows.extend(bytes(count))
        return range(first, first + count)

    def clock(self, day: int) -> int:
        """The service day a machine without a network believes it is."""
        if self.dice.random() >= self.plan.wrong_clock:
            return day
        self.found.wrong_clocks += 1
        hour = 13 + self.dice.uniform(-24, 24)
        return day + int(hour // 24)

    def cut(self, tickets: list[int]) -> None:
        """The power goes. What was acknowledged is on the disk; else the last of it is not."""
        self.found.cuts += 1
        if not self.rules.flush_first:
            del tickets[-_UNFLUSHED:]

    def take(self, books: Books, booked: int, tickets: Iterable[int], today: int = 0) -> int:
        """Tickets become part of the books; how many are new. `today`: of a merge, which may be late."""
        if self.rules.refuse_past and today and booked < today - self.plan.keep_days:
            self.late(tickets)
            return 0
        kept = books.day(booked)
        numbers = books.numbers.setdefault(booked, set())
        before = len(kept)
        for ticket in tickets:
            if ticket not in kept:
                self.found.twice += self._numbers[ticket] in numbers
                numbers.add(self._numbers[ticket])
        self.rules.merge(kept, tickets)
        books.count += len(kept) - before
        return len(kept) - before

    def late(self, tickets: Iterable[int]) -> None:
        """Their days to keep are over before an office had them."""
        self._late.update(tickets)

    def gone(self, tickets: Iterable[int], days: int) -> None:
        """Tickets of so many days go with a machine."""
        gone = set(tickets) - self._lost
        self._lost |= gone
        self.found.losses_with_tickets += bool(gone)
        if len(gone) > self.found.worst_loss:
            self.found.worst_loss, self.found.worst_loss_days = len(gone), days

    def burn(self, books: Books) -> None:
        """The only machine of an office is gone, and nobody has a copy."""
        self.gone([ticket for kept in books.kept.values() for ticket in kept], len(books.kept))
        books.kept, books.numbers, books.count = {}, {}, 0

    def unknown(self, books: Books, tickets: Iterable[int]) -> list[int]:
        """Those of the tickets that the books neither have nor had."""
        known = {ticket for kept in books.kept.values() for ticket in kept}
        return [ticket for ticket in tickets if ticket not in known and not self._rows[ticket]]

    def erase(self, past: int) -> None:
        """A day's time is over: a row of statistics a ticket is all that stays."""
        for books in self.books:
            gone = books.kept.pop(past, {})
            books.numbers.pop(past, None)
            books.count -= len(gone)
            for ticket, copies in gone.items():
                self._rows[ticket] += copies

    def add_up(self) -> None:
        """Where every ticket is: it must be in one place."""
        found, copies = self.found, self._rows
        found.issued, found.rows = len(copies), sum(1 for rows in copies if rows)
        for books in self.books:
            for kept in books.kept.values():
                found.kept += len(kept)
                for ticket, count in kept.items():
                    copies[ticket] += count
        for ticket, count in enumerate(copies):
            if count > 1:
                found.doubled += 1
            elif not count and ticket in self._lost:
                found.lost += 1
            elif not count and ticket in self._late:
                found.late += 1
            elif not count:
                found.vanished += 1
