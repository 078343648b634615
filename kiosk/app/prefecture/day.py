"""One busy day of an office with the program's own queue: who waits how long, with how many counters."""

from __future__ import annotations

import heapq
import math
import random
import statistics
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta

from kiosk.core.changes import call, close, serve
from kiosk.core.ticket import Period, State, Ticket
from kiosk.core.waiting import LANGUAGE_HEAD_START, Pick, estimate, format_number, pick

OPENS = datetime(2036, 4, 7, 0, 0, tzinfo=UTC)
"""Nine in the morning in Japan, on a Monday of April."""
DOORS = 7.5
"""Hours in which people come; whoever came is still served after."""
BANDS = (1.3, 1.5, 1.1, 0.7, 1.1, 1.0, 0.8, 0.5)
"""How busy the hours are against each other; assumed."""
LANGUAGES = {
    "pt-BR": 30.0, "ja-simple": 20.4, "en": 12.0, "vi": 12.0, "zh-Hans": 12.0, "ne": 5.0, "my": 4.6,
    "ko": 4.0,
}  # fmt: skip
"""Percent. Portuguese less than at the counters of 2023, for the languages that have grown since."""
SPOKEN = (("en",), ("pt-BR",), ("zh-Hans", "en"), ("vi",), ("pt-BR", "en"), ("ko",))
"""What counselors speak besides Japanese, in turn. Nobody speaks Nepali or Burmese."""
CASE, SPREAD = 15.0, 0.5
"""Minutes of a case on average, and how much they differ (of a log-normal); assumed."""
INTERPRETED = 1.4
"""Times as long through an interpreter on the telephone; assumed."""
WALK = timedelta(minutes=1)

DAYS = 8
"""Days that are played for one figure."""
PATIENCE = 30
"""Minutes that 95 of 100 should wait at most."""

Picker = Callable[..., Pick | None]


@dataclass(frozen=True)
class Waits:
    """Minutes, of one day with so many counters."""

    counters: int
    mean: float
    p95: float
    longest: float
    overtaken: float
    """How much later somebody came who was called before; at most LANGUAGE_HEAD_START."""
    unspoken: float
    """Mean wait of languages nobody speaks."""
    after: float
    """From the closing of the doors to the last one called; 0 where nobody was left."""
    guessed: float
    """How far the wait shown at the kiosk was from the true one, median."""


def play(count: int, counters: int, seed: int, picker: Picker = pick) -> Waits:
    """A day of `count` tickets. `picker` stands for kiosk.core.waiting.pick where a test breaks it."""
    dice = random.Random(seed)
    waiting, tickets = sorted(_moments(dice, count)), dict[str, Ticket]()
    shown: dict[str, int] = {}
    free: list[tuple[datetime, int, str]] = [(OPENS, counter, "") for counter in range(counters)]
    heapq.heapify(free)
    coming = iter([*waiting, None])
    next_at = next(coming)
    while free:
        now, counter, busy_with = heapq.heappop(free)
        while next_at is not None and next_at <= now:
            shown_now = estimate(tickets.values(), counters=counters)
            made = _ticket(dice, len(tickets) + 1, next_at)
            tickets[made.id], shown[made.id] = made, shown_now
            next_at = next(coming)
        if busy_with:
            tickets[busy_with] = close(tickets[busy_with], now, counter=str(counter))
        spoken = SPOKEN[counter % len(SPOKEN)]
        found = picker(list(tickets.values()), counter=str(counter), languages=spoken, now=now)
        if found is not None:
            called = call(found.ticket, now, counter=str(counter))
            tickets[called.id] = serve(called, now + WALK, counter=str(counter))
            length = _length(dice, called.language, spoken)
            heapq.heappush(free, (now + WALK + length, counter, called.id))
        elif next_at is not None:
            heapq.heappush(free, (next_at, counter, ""))
    return _waits(list(tickets.values()), shown, counters)


def usual(count: int, counters: int, seed: int) -> Waits:
    """Of DAYS such days: the mean of each figure, but the worst of `longest` and `overtaken`."""
    days = [play(count, counters, seed + number) for number in range(DAYS)]
    means = {one.name: statistics.mean(getattr(day, one.name) for day in days) for one in fields(Waits)}
    worst = {name: max(getattr(day, name) for day in days) for name in ("longest", "overtaken")}
    return Waits(**means | worst | {"counters": counters})


def counters_for(count: int, seed: int) -> int:
    """The fewest counters with which 95 of 100 wait at most half an hour."""
    counters = max(1, math.ceil(count * CASE / 60 / DOORS) - 2)
    while usual(count, counters, seed).p95 > PATIENCE:
        counters += 1
    return counters


def _moments(dice: random.Random, count: int) -> list[datetime]:
    """When people come: whole hours by their weight, the last one only half."""
    hours = dice.choices(range(len(BANDS)), BANDS, k=count)
    return [OPENS + timedelta(hours=min(hour + dice.random(), DOORS - 0.001)) for hour in hours]


def _ticket(dice: random.Random, count: int, at: datetime) -> Ticket:
    language = dice.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
    return Ticket(
        f"{count:06d}", format_number("A", count), date(2036, 4, 7), language, (Period(State.WAITING, at),)
    )


def _length(dice: random.Random, language: str, spoken: Collection[str]) -> timedelta:
    middle = CASE / math.exp(SPREAD**2 / 2)
    minutes = middle * math.exp(dice.gauss(0, SPREAD))
    understood = language in spoken or language == "ja-simple"
    return timedelta(minutes=minutes * (1 if understood else INTERPRETED))


def _waits(tickets: Sequence[Ticket], shown: dict[str, int], counters: int) -> Waits:
    waits = {ticket.id: _minutes(_called(ticket) - ticket.issued) for ticket in tickets}
    ordered = sorted(waits.values())
    by_language: dict[str, list[float]] = defaultdict(list)
    for ticket in tickets:
        by_language[ticket.language].append(waits[ticket.id])
    unspoken = by_language["ne"] + by_language["my"]
    closing = OPENS + timedelta(hours=DOORS)
    return Waits(
        counters,
        statistics.mean(ordered),
        ordered[int(len(ordered) * 0.95)],
        ordered[-1],
        _overtaken(tickets),
        statistics.mean(unspoken) if unspoken else 0.0,
        max(0.0, *(_minutes(_called(ticket) - closing) for ticket in tickets)),
        statistics.median(abs(shown[ticket.id] - waits[ticket.id]) for ticket in tickets),
    )


def _called(ticket: Ticket) -> datetime:
    return next(period.at for period in ticket.periods if period.state is State.CALLED)


def _overtaken(tickets: Sequence[Ticket]) -> float:
    """The most that anybody called earlier came after somebody called later, in minutes."""
    worst, latest = timedelta(), OPENS
    for ticket in sorted(tickets, key=lambda ticket: (_called(ticket), ticket.issued)):
        worst = max(worst, latest - ticket.issued)
        latest = max(latest, ticket.issued)
    return _minutes(worst)


def left_behind(waits: Waits) -> bool:
    """Whether somebody waited while others who came later than the head start allows were called."""
    return waits.overtaken > _minutes(LANGUAGE_HEAD_START)


def _minutes(length: timedelta) -> float:
    return length.total_seconds() / 60
