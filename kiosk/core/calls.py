"""Who is called, from today's tickets: now, before, and what has to be announced. Knows numbers and counters
and nothing else about anyone; whoever is called quietly is not in here at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kiosk.core.ticket import Period, State, Ticket

LAST = 5
"""Calls that stay to be read after they were announced."""
LASTING = timedelta(hours=1)
"""A call that nobody followed and no counselor ended is over by then, and one that comes so late, merged
from another device, is announced no more."""


@dataclass(frozen=True)
class Call:
    """One call of one ticket to one counter."""

    ticket: str
    """The ticket's id; never shown."""
    number: str
    counter: str
    """A counter's number or a desk's name."""
    language: str
    at: datetime
    stamp: str
    """Its place among all calls. Of the clock's stamps (kiosk.core.clock), or made of the time where a
    record has none; both sort together as text."""

    @property
    def key(self) -> tuple[str, str]:
        """Two calls are the same where this is: a recall has a stamp of its own."""
        return self.stamp, self.ticket


@dataclass(frozen=True)
class Board:
    """The calls of a service day as they stand."""

    day: date
    now: tuple[Call, ...] = ()
    """Called and not yet at the counter, newest first."""
    latest: tuple[Call, ...] = ()
    """The last call of each ticket that was ever called, newest first."""
    keys: frozenset[tuple[str, str]] = frozenset()
    """Every call of the day, those called again since too."""

    def before(self, shown: Call | None) -> tuple[Call, ...]:
        """The last five calls besides the one that is shown large."""
        other = [call for call in self.latest if shown is None or call.ticket != shown.ticket]
        return tuple(other[:LAST])


def calls(tickets: Iterable[Ticket]) -> tuple[Call, ...]:
    """Every call of the tickets, oldest first. Those taken back are none, and who goes before the others is
    met by a counselor, so that nobody hears or reads their number."""
    found = [
        Call(ticket.id, ticket.number, period.counter, ticket.language, period.at, _stamp(period))
        for ticket in tickets
        if not ticket.first
        for period in ticket.effective
        if period.state is State.CALLED and period.counter
    ]
    return tuple(sorted(found, key=lambda call: call.key))


def board(tickets: Iterable[Ticket], now: datetime, day: date) -> Board:
    """The day's calls as they stand at `now`."""
    tickets = list(tickets)
    every = calls(tickets)
    last = {call.ticket: call for call in every}
    latest = tuple(sorted(last.values(), key=lambda call: call.key, reverse=True))
    called = {ticket.id for ticket in tickets if ticket.state is State.CALLED}
    here = (call for call in latest if call.ticket in called and now - call.at < LASTING)
    return Board(day, tuple(here), latest, frozenset(call.key for call in every))


@dataclass(frozen=True)
class Announcing:
    """What is shown large, since when, and what waits to be announced after it."""

    day: date | None = None
    shown: Call | None = None
    since: float = float("-inf")
    """When it was announced, in seconds of a clock that is never set."""
    waiting: tuple[Call, ...] = ()
    known: frozenset[tuple[str, str]] = frozenset()
    """Calls that were announced, or lay there already when the display was started."""
    count: int = 0
    """How many were announced: it grows when chime, voice and flash are due for `shown`."""


def begin(first: Board) -> Announcing:
    """After a start: who is called now stands there at once, and nothing old is announced again."""
    newest = first.now[0] if first.now else None
    return Announcing(first.day, newest, known=first.keys)


def step(before: Announcing, here: Board, at: float, *, least: float, speaking: bool = False) -> Announcing:
    """What is shown after a look at the board. Each announced call stays at least `least` seconds and until
    it is spoken to its end, then the next one waiting comes; without one it stays until its ticket is at
    the counter."""
    after = _taken_in(before, here)
    if after.shown is not None and after.shown.key not in here.keys:
        # Taken back, erased, or of yesterday: nothing of it stays, not even its time.
        after = replace(after, shown=None, since=float("-inf"))
    elif after.shown is not None and (at - after.since < least or speaking):
        return after
    if after.waiting:
        following, *rest = after.waiting
        return replace(after, shown=following, since=at, waiting=tuple(rest), count=after.count + 1)
    if after.shown not in here.now:
        return replace(after, shown=here.now[0] if here.now else None)
    return after


def _taken_in(before: Announcing, here: Board) -> Announcing:
    """With the new calls in line. A ticket called again keeps its place there, at its new counter; whoever
    has gone to the counter meanwhile needs no announcement."""
    if before.day != here.day:
        before = replace(before, day=here.day, waiting=(), known=frozenset())
    line = list(before.waiting)
    for call in reversed(here.now):
        if call.key in before.known:
            continue
        places = [index for index, other in enumerate(line) if other.ticket == call.ticket]
        if places:
            line[places[0]] = call
        else:
            line.append(call)
    line = [call for call in line if call in here.now]
    return replace(before, waiting=tuple(line), known=before.known | here.keys)


def _stamp(period: Period) -> str:
    return period.stamp or f"{max(0, int(period.at.timestamp() * 1000)):012x}"
