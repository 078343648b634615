"""Ten years, day by day: every ticket by itself, every power cut, lost tablet, late pack and wrong clock."""

from __future__ import annotations

import random
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.app.prefecture.books import Books, Found, Rules
from kiosk.app.prefecture.plan import Office, Plan, Tablet, busy, days_of, offices_of, poisson

RECORDS = 6
"""Of a ticket: issued, called, served, …, closed."""
SETTLE = 400
"""Days after the last one in which packs still arrive."""
_UNFLUSHED = 3
"""Tickets of the last half minute, which a system without a flush still holds in memory."""

Own = dict[int, list[int]]
"""Tickets by service day, on a tablet or in a pack."""


@dataclass(eq=False)
class _Trip:
    """A pack on its way."""

    tablet: Tablet
    serial: int
    tickets: Own
    again: bool = False


class Years:
    """`run` once; the same plan gives the same figures on every machine."""

    def __init__(self, plan: Plan, rules: Rules | None = None) -> None:
        self.plan, self.rules, self.found = plan, rules or Rules(), Found()
        self.offices = offices_of(plan)
        self._dice = random.Random(plan.seed)
        self._books = [Books() for _ in self.offices]
        self._numbers = array("q")
        """Site, letter and count of each ticket."""
        self._rows = bytearray()
        """Rows of statistics of each ticket."""
        self._lost: set[int] = set()
        self._late: set[int] = set()
        self._own: dict[int, Own] = defaultdict(lambda: defaultdict(list))
        self._given: dict[int, dict[int, int]] = defaultdict(dict)
        """The last count a machine gave on a day."""
        self._serial = [0] * plan.tablets
        """How often a tablet was replaced."""
        self._trips: dict[int, list[_Trip]] = defaultdict(list)
        self._single: dict[int, int] = defaultdict(int)
        self._rewritten: dict[int, float] = defaultdict(float)
        self._loss = self._draw_losses()
        self._plans_of_events: dict[int, list[tuple[Office, float, int]]] = defaultdict(list)
        self._draw_events()

    def run(self) -> Found:
        last = 0
        for day in days_of(self.plan):
            last = day.toordinal()
            self._arrive(last)
            self._erase(last)
            times = busy(self.plan, day)
            for office in self.offices:
                if times and office.kiosks:
                    self._counter(office, last, times)
            for office, visitors, tablets in self._plans_of_events.get(last, ()):
                self._event(office, last, visitors, tablets)
            self._arrive(last)
            for tablet, _ in self._loss.pop(last, {}).values():
                self._lose(tablet)
        for day_after in range(last + 1, last + SETTLE):
            self._arrive(day_after)
            self._erase(day_after, keep=True)
        return self._add_up()

    def _draw_losses(self) -> dict[int, dict[int, tuple[Tablet, float]]]:
        """Day → tablet → when in the day."""
        plan, dice = self.plan, self._dice
        tablets = [tablet for office in self.offices for tablet in (*office.kiosks, *office.outreach)]
        days = [day.toordinal() for day in days_of(plan)]
        found: dict[int, dict[int, tuple[Tablet, float]]] = defaultdict(dict)
        for _ in range(poisson(dice, plan.lost * plan.tablets * plan.years)):
            tablet = dice.choice(tablets)
            found[dice.choice(days)][tablet.index] = tablet, dice.random()
        return found

    def _draw_events(self) -> None:
        plan, dice = self.plan, self._dice
        days = [day.toordinal() for day in days_of(plan) if day.weekday() > 4]
        middle = 1 / plan.towns
        year = len(days) // plan.years
        for begin in range(0, year * plan.years, year):
            these = days[begin : begin + year]
            for day in dice.sample(these, plan.big_events):
                visitors = dice.uniform(*plan.big_visitors)
                self._plans_of_events[day].append((self.offices[-1], visitors, plan.big_tablets))
            for office in self.offices[:-1]:
                for day in dice.sample(these, plan.town_events * len(office.towns)):
                    visitors = plan.town_visitors * (office.share / middle) ** 0.5
                    self._plans_of_events[day].append((office, visitors, len(office.outreach)))

    def _counter(self, office: Office, day: int, times: float) -> None:
        """A service day at an office's counters."""
        plan, dice, books = self.plan, self._dice, self._books[office.index]
        mean = plan.towns * plan.a_day * office.share * times / len(office.kiosks)
        away = office.database and dice.random() < plan.away / 243
        self.found.aways += away
        halls: dict[int, set[int]] = defaultdict(set)
        cut = {site: dice.random() < plan.cuts / 365 for site in range(office.sites)}
        counts = [0] * office.sites
        for tablet in office.kiosks:
            coming = poisson(dice, mean)
            at = self._loss.get(day, {}).get(tablet.index)
            if at and not office.database:
                coming = sum(dice.random() < at[1] for _ in range(coming))
            booked = day if office.database else self._clock(day)
            tickets = list(self._issue(tablet, booked, coming, halls[tablet.site]))
            counts[tablet.site] += len(tickets)
            if cut[tablet.site]:
                self._cut(tickets)
            if at and not office.database:
                self._gone(tickets, 1)
            elif away:
                self._away(tablet, day, tickets, at)
            else:
                self._take(books, booked, tickets)
        self._measure(office, books, counts)

    def _away(self, tablet: Tablet, day: int, tickets: list[int], at: tuple[Tablet, float] | None) -> None:
        """The database is away for a part of the day: until it is back, the kiosk's own journal has them."""
        dice, books = self._dice, self._books[tablet.office.index]
        start = dice.randrange(len(tickets) + 1)
        stop = dice.randint(start, len(tickets))
        own = tickets[start:stop]
        self._take(books, day, tickets[:start])
        if at and start <= at[1] * len(tickets) < stop:
            self._gone(own, 1)
        else:
            self._take(books, day, own)
        self._take(books, day, tickets[stop:])

    def _event(self, office: Office, day: int, visitors: float, tablets: int) -> None:
        dice, found, plan = self._dice, self.found, self.plan
        hall: set[int] = set()
        count = 0
        found.events += 1
        for tablet in office.outreach[:tablets]:
            coming = poisson(dice, visitors / tablets)
            at = self._loss.get(day, {}).get(tablet.index)
            if at:
                coming = sum(dice.random() < at[1] for _ in range(coming))
            booked = self._clock(day)
            tickets = list(self._issue(tablet, booked, coming, hall))
            count += len(tickets)
            found.most_event_tablet = max(found.most_event_tablet, len(tickets))
            if dice.random() < plan.event_cuts:
                self._cut(tickets)
            self._own[tablet.index][booked] += tickets
            waiting = sum(map(len, self._own[tablet.index].values()))
            found.most_waiting = max(found.most_waiting, waiting)
            if not at:
                self._seal(tablet, day, late=True)
        found.most_event = max(found.most_event, count)

    def _issue(self, tablet: Tablet, booked: int, count: int, hall: set[int]) -> range:
        """New tickets, and their numbers held against those in the same hall."""
        letter, given = self.rules.letter(tablet), self._given[tablet.index]
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

    def _clock(self, day: int) -> int:
        """The service day a machine without a network believes it is."""
        if self._dice.random() >= self.plan.wrong_clock:
            return day
        self.found.wrong_clocks += 1
        hour = 13 + self._dice.uniform(-24, 24)
        return day + int(hour // 24)

    def _cut(self, tickets: list[int]) -> None:
        """The power goes. What was acknowledged is on the disk; else the last of it is not."""
        self.found.cuts += 1
        if not self.rules.flush_first:
            del tickets[-_UNFLUSHED:]

    def _gone(self, tickets: Iterable[int], days: int) -> None:
        gone = set(tickets) - self._lost
        self._lost |= gone
        self.found.losses_with_tickets += bool(gone)
        if len(gone) > self.found.worst_loss:
            self.found.worst_loss, self.found.worst_loss_days = len(gone), days

    def _burn(self, office: Office) -> None:
        """The only machine of an office is gone, and nobody has a copy."""
        books = self._books[office.index]
        self._gone([ticket for kept in books.kept.values() for ticket in kept], len(books.kept))
        books.kept, books.numbers, books.count = {}, {}, 0

    def _lose(self, tablet: Tablet) -> None:
        """What is in a pack that is on its way is not lost with the tablet."""
        self.found.losses += 1
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
        self._gone([ticket for tickets in left.values() for ticket in tickets], sum(map(bool, left.values())))
        if not (self.rules.nightly_copy or tablet.outreach or tablet.office.database):
            self._burn(tablet.office)
        self._given.pop(tablet.index, None)
        self._serial[tablet.index] += 1

    def _seal(self, tablet: Tablet, day: int, *, late: bool) -> None:
        """A pack of all the tablet holds sets out."""
        plan, dice = self.plan, self._dice
        tickets = {booked: list(these) for booked, these in self._own[tablet.index].items()}
        days = int(dice.expovariate(1 / plan.pack_late)) if late else 1
        if late and dice.random() < plan.pack_forgotten:
            days = dice.randint(60, 150)
        self._trips[day + days].append(_Trip(tablet, self._serial[tablet.index], tickets))
        if not self.rules.receipt_first:
            self._wipe(tablet)

    def _arrive(self, day: int) -> None:
        """Packs of a morning or an evening: broken, from a clock that is ahead, cut off in the middle of the
        merge, or taken over and perhaps again."""
        merged: dict[int, int] = defaultdict(int)
        for trip in self._trips.pop(day, ()):
            if not trip.again and self._dice.random() < self.plan.pack_broken:
                self._broken(trip, day)
                continue
            if max(trip.tickets, default=0) > day:
                self.found.packs_future += 1
                self._trips[day + 1].append(trip)
                continue
            self.found.packs += 1
            self.found.packs_again += trip.again
            books = self._books[trip.tablet.office.index]
            stopped = self._dice.random() < self.plan.merge_cut
            for booked, tickets in trip.tickets.items():
                part = tickets[: self._dice.randrange(len(tickets) + 1)] if stopped else tickets
                merged[trip.tablet.office.index] += self._take(books, booked, part, day)
            if stopped:
                self.found.merges_cut += 1
                self._trips[day + 1].append(trip)
            elif not trip.again:
                self._receipt(trip)
                if self._dice.random() < self.plan.pack_again:
                    later = _Trip(trip.tablet, trip.serial, trip.tickets, again=True)
                    self._trips[day + self._dice.randint(1, 120)].append(later)
        self.found.most_merged = max(self.found.most_merged, *merged.values(), 0)

    def _broken(self, trip: _Trip, day: int) -> None:
        """Refused as a whole: the tablet has everything still, and seals another."""
        self.found.packs_broken += 1
        if trip.serial == self._serial[trip.tablet.index]:
            self._seal(trip.tablet, day, late=False)
        else:
            books = self._books[trip.tablet.office.index]
            every = (ticket for tickets in trip.tickets.values() for ticket in tickets)
            known = {ticket for kept in books.kept.values() for ticket in kept}
            self._gone([t for t in every if t not in known and not self._rows[t]], len(trip.tickets))

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
        self._given.pop(tablet.index, None)

    def _take(self, books: Books, booked: int, tickets: Iterable[int], today: int = 0) -> int:
        """Tickets become part of the books; how many are new. `today`: of a merge, which may be late."""
        if self.rules.refuse_past and today and booked < today - self.plan.keep_days:
            self._late.update(tickets)
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

    def _erase(self, day: int, *, keep: bool = False) -> None:
        """The days past `keep_days`: a row of statistics is all that stays. `keep`: the years are over."""
        past = day - self.plan.keep_days - 1
        for books in self._books:
            if keep:
                break
            gone = books.kept.pop(past, {})
            books.numbers.pop(past, None)
            books.count -= len(gone)
            for ticket, copies in gone.items():
                self._rows[ticket] += copies
        for own in self._own.values():
            self._late.update(own.pop(past, ()))

    def _measure(self, office: Office, books: Books, counts: list[int]) -> None:
        found, count = self.found, sum(counts)
        found.busiest, found.busiest_site = max(found.busiest, count), max(found.busiest_site, *counts)
        found.most_kept = max(found.most_kept, books.count)
        found.changes += count * RECORDS
        found.changes_times_kept += count * RECORDS * books.count
        if not office.database:
            found.most_kept_single = max(found.most_kept_single, books.count)
            found.most_single_day = max(found.most_single_day, count)
            self._single[office.index] += count
            self._rewritten[office.index] += count * RECORDS * books.count

    def _add_up(self) -> Found:
        """Where every ticket is: it must be in one place."""
        found, copies = self.found, self._rows
        found.issued, found.rows = len(copies), sum(1 for rows in copies if rows)
        for books in self._books:
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
        found.most_single = max(self._single.values(), default=0)
        found.single_times_kept = max(self._rewritten.values(), default=0.0)
        return found
