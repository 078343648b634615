"""Service days of the ten years at the offices' own counters, with a database or on a single machine."""

from __future__ import annotations

from collections import defaultdict

from kiosk.app.prefecture.books import Books
from kiosk.app.prefecture.chance import Losses
from kiosk.app.prefecture.plan import Office, Tablet, poisson
from kiosk.app.prefecture.register import Register

RECORDS = 6
"""Of a ticket: issued, called, served, …, closed."""


class Counters:
    """Days with power cuts, a database that is away, and machines that are lost; how much there is of all."""

    def __init__(self, register: Register, losses: Losses) -> None:
        self._register, self._losses = register, losses
        self._single: dict[int, int] = defaultdict(int)
        self._rewritten: dict[int, float] = defaultdict(float)

    def day(self, office: Office, day: int, times: float) -> None:
        """A service day at an office's counters, so many times as busy as others."""
        register, plan, dice = self._register, self._register.plan, self._register.dice
        books = register.books[office.index]
        mean = plan.towns * plan.a_day * office.share * times / len(office.kiosks)
        away = office.database and dice.random() < plan.away / 243
        register.found.aways += away
        halls: dict[int, set[int]] = defaultdict(set)
        cut = {site: dice.random() < plan.cuts / 365 for site in range(office.sites)}
        counts = [0] * office.sites
        for tablet in office.kiosks:
            coming = poisson(dice, mean)
            at = self._losses.get(day, {}).get(tablet.index)
            if at and not office.database:
                coming = sum(dice.random() < at[1] for _ in range(coming))
            booked = day if office.database else register.clock(day)
            tickets = list(register.issue(tablet, booked, coming, halls[tablet.site]))
            counts[tablet.site] += len(tickets)
            if cut[tablet.site]:
                register.cut(tickets)
            if at and not office.database:
                register.gone(tickets, 1)
            elif away:
                self._away(books, day, tickets, at)
            else:
                register.take(books, booked, tickets)
        self._measure(office, books, counts)

    def _away(self, books: Books, day: int, tickets: list[int], at: tuple[Tablet, float] | None) -> None:
        """The database is away for a part of the day: until it is back, the kiosk's own journal has them."""
        register, dice = self._register, self._register.dice
        start = dice.randrange(len(tickets) + 1)
        stop = dice.randint(start, len(tickets))
        own = tickets[start:stop]
        register.take(books, day, tickets[:start])
        if at and start <= at[1] * len(tickets) < stop:
            register.gone(own, 1)
        else:
            register.take(books, day, own)
        register.take(books, day, tickets[stop:])

    def _measure(self, office: Office, books: Books, counts: list[int]) -> None:
        found, count = self._register.found, sum(counts)
        found.busiest, found.busiest_site = max(found.busiest, count), max(found.busiest_site, *counts)
        found.most_kept = max(found.most_kept, books.count)
        found.changes += count * RECORDS
        found.changes_times_kept += count * RECORDS * books.count
        if not office.database:
            found.most_kept_single = max(found.most_kept_single, books.count)
            found.most_single_day = max(found.most_single_day, count)
            self._single[office.index] += count
            self._rewritten[office.index] += count * RECORDS * books.count

    def add_up(self) -> None:
        """The single machine that had most of it."""
        found = self._register.found
        found.most_single = max(self._single.values(), default=0)
        found.single_times_kept = max(self._rewritten.values(), default=0.0)
