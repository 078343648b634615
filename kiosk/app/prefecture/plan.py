"""The plan for a prefecture: towns, offices, sites, tablets and letters, and what goes wrong how often."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from kiosk.app.office import is_holiday

LETTERS = 26
"""Machines that give numbers at one site: a letter each, A to Z."""
MONTHS = (0.95, 0.95, 1.4, 1.5, 1.05, 0.9, 0.9, 0.85, 0.9, 0.9, 0.85, 0.85)
"""How busy a month is: people move in March and April."""
WEEKDAYS = (1.25, 1.0, 0.95, 0.9, 0.9)


@dataclass(frozen=True)
class Plan:
    """Numbers to start from. Those not from a count of consultations are assumptions, and marked so."""

    towns: int = 77
    tablets: int = 300
    years: int = 10
    seed: int = 4
    first: date = date(2027, 4, 1)
    a_day: float = 10.0
    """Consultations of a town on a service day of the first year, on average (558,040 in 261 municipalities
    in the fiscal year 2023 are nine)."""
    skew: float = 0.8
    """The n-th town has n^-skew of the largest one's; assumed."""
    growth: float = 0.05
    """Of residents, a year."""
    keep_days: int = 90
    pool: int = 24
    """Tablets the prefecture lends to its own events."""
    big_events: int = 10
    """Of the prefecture, a year."""
    big_visitors: tuple[int, int] = (200, 400)
    big_tablets: int = 12
    town_events: int = 2
    """Of a town, a year."""
    town_visitors: float = 40.0
    """Of a town of middle size; assumed."""
    cuts: float = 3.0
    """Power cuts of a site in a year; assumed."""
    event_cuts: float = 0.05
    """Days of a tablet at an event on which its power goes; assumed."""
    away: float = 4.0
    """Hours-long absences of an office's database in a year; assumed."""
    lost: float = 1 / 200
    """Tablets lost or stolen in a tablet-year; assumed."""
    wrong_clock: float = 0.02
    """Of the days of a machine without a network: its clock is wrong by up to a day; assumed."""
    pack_late: float = 4.0
    """Days from an event to its pack's arrival, on average; assumed."""
    pack_forgotten: float = 0.002
    """Packs that lie in a cupboard for 60 to 150 days; assumed."""
    pack_again: float = 0.2
    """Packs merged a second time, up to 120 days later; assumed."""
    pack_broken: float = 0.01
    """Packs that arrive cut off or on a stick that is lost; assumed."""
    merge_cut: float = 0.01
    """Merges that a power cut stops in the middle; assumed."""


@dataclass(eq=False)
class Tablet:
    """A machine that gives numbers."""

    index: int
    office: Office = field(repr=False)
    site: int
    """Within the office: 0 the main counter, then its satellites."""
    place: int
    """Among the machines of its site, or of the tablets for events: what its letter is counted from."""
    outreach: bool = False


@dataclass(eq=False)
class Office:
    """One counter or several that share their tickets: a town's, that of several towns, the prefecture's."""

    index: int
    towns: tuple[int, ...]
    share: float
    """Of all the prefecture's consultations."""
    kiosks: list[Tablet] = field(default_factory=list)
    outreach: list[Tablet] = field(default_factory=list)

    @property
    def database(self) -> bool:
        """Several machines share PostgreSQL, one keeps a journal. The prefecture's is a server."""
        return len(self.kiosks) != 1

    @property
    def sites(self) -> int:
        return len({tablet.site for tablet in self.kiosks}) or 1


def offices_of(plan: Plan) -> list[Office]:
    """All offices with their tablets; the last one is the prefecture's, with the tablets it lends.

    The fifth to seventh of the smaller towns share one counter. Raises ValueError where a site would need
    more letters than there are.
    """
    shares = _shares(plan)
    middle = min(plan.towns - 3, plan.towns * 2 // 3)
    sharing = tuple(range(max(0, middle), max(0, middle) + min(3, plan.towns)))
    towns = [(town,) for town in range(plan.towns) if town not in sharing]
    groups = sorted([*towns, sharing], key=lambda group: -sum(shares[town] for town in group))
    offices = [
        Office(index, group, sum(shares[town] for town in group)) for index, group in enumerate(groups)
    ]
    lending = Office(len(offices), (), 0.0)
    count = plan.tablets - plan.pool - 2 * len(offices)
    if count < 0:
        raise ValueError("an office needs a tablet at its counter and one for events")
    numbers = iter(range(plan.tablets))
    for office, more in zip(offices, _split(count, [office.share for office in offices]), strict=True):
        kiosks = 1 + more
        main = kiosks if kiosks < 4 else -(-kiosks // 2)
        for place in range(kiosks):
            site = 0 if place < main else 1 + (place - main) % 4
            before = sum(tablet.site == site for tablet in office.kiosks)
            office.kiosks.append(Tablet(next(numbers), office, site, before))
        office.outreach.append(Tablet(next(numbers), office, 0, 0, outreach=True))
    lending.outreach += [
        Tablet(next(numbers), lending, 0, place, outreach=True) for place in range(plan.pool)
    ]
    offices.append(lending)
    if max(map(letters_needed, offices)) > LETTERS:
        raise ValueError("a site has more machines than letters: make it two sites")
    return offices


def letters_needed(office: Office) -> int:
    """Letters of the office's site that needs most: its kiosks from A on, tablets at events from Z back."""
    sites = [sum(tablet.site == site for tablet in office.kiosks) for site in range(office.sites)]
    sites[0] += len(office.outreach)
    return max(sites)


def letter_of(tablet: Tablet) -> int:
    """0 for A to 25 for Z. Numbers at the counter and at an event of the same day never meet."""
    return LETTERS - 1 - tablet.place if tablet.outreach else tablet.place


def days_of(plan: Plan) -> Iterator[date]:
    """Every day of the plan."""
    last = plan.first.replace(year=plan.first.year + plan.years)
    return (plan.first + timedelta(days) for days in range((last - plan.first).days))


def busy(plan: Plan, day: date) -> float:
    """How many times the first year's average a service day has; 0 where the counter is closed."""
    if day.weekday() > 4 or is_holiday(day):
        return 0.0
    years = (day - plan.first).days / 365.25
    month = MONTHS[day.month - 1] * len(MONTHS) / sum(MONTHS)
    return month * WEEKDAYS[day.weekday()] * float((1 + plan.growth) ** years)


def poisson(dice: random.Random, mean: float) -> int:
    """A count with this mean (Knuth's product; split where e^-mean would be too small)."""
    count = 0
    while mean > 300:
        count, mean = count + poisson(dice, 300), mean - 300
    limit, product = math.exp(-mean), dice.random()
    while product > limit:
        count, product = count + 1, product * dice.random()
    return count


def _shares(plan: Plan) -> list[float]:
    weights = [(town + 1) ** -plan.skew for town in range(plan.towns)]
    return [weight / sum(weights) for weight in weights]


def _split(count: int, shares: list[float]) -> list[int]:
    """`count` by shares, largest remainders first."""
    exact = [count * share / sum(shares) for share in shares]
    whole = [int(value) for value in exact]
    order = sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])
    for place in order[: count - sum(whole)]:
        whole[place] += 1
    return whole
