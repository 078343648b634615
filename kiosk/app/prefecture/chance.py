"""What is thrown before the ten years begin: which machines are lost when, and where events are held."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from kiosk.app.prefecture.plan import Office, Plan, Tablet, days_of, poisson

Losses = dict[int, dict[int, tuple[Tablet, float]]]
"""Day → tablet → when in the day."""
Events = dict[int, list[tuple[Office, float, int]]]
"""Day → office, visitors expected, tablets."""


def draw_losses(plan: Plan, offices: Sequence[Office], dice: random.Random) -> Losses:
    """Tablets that are lost, stolen or broken for good."""
    tablets = [tablet for office in offices for tablet in (*office.kiosks, *office.outreach)]
    days = [day.toordinal() for day in days_of(plan)]
    found: Losses = defaultdict(dict)
    for _ in range(poisson(dice, plan.lost * plan.tablets * plan.years)):
        tablet = dice.choice(tablets)
        found[dice.choice(days)][tablet.index] = tablet, dice.random()
    return found


def draw_events(plan: Plan, offices: Sequence[Office], dice: random.Random) -> Events:
    """The prefecture's large events and the towns' own, on weekends."""
    found: Events = defaultdict(list)
    days = [day.toordinal() for day in days_of(plan) if day.weekday() > 4]
    middle = 1 / plan.towns
    year = len(days) // plan.years
    for begin in range(0, year * plan.years, year):
        these = days[begin : begin + year]
        for day in dice.sample(these, plan.big_events):
            found[day].append((offices[-1], dice.uniform(*plan.big_visitors), plan.big_tablets))
        for office in offices[:-1]:
            for day in dice.sample(these, plan.town_events * len(office.towns)):
                visitors = plan.town_visitors * (office.share / middle) ** 0.5
                found[day].append((office, visitors, len(office.outreach)))
    return found
