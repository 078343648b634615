"""Numbers, who is next for this counselor and why, and about how long a wait will be."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from kiosk.core.ticket import Period, State, Ticket

LANGUAGE_HEAD_START = timedelta(minutes=10)
"""How much earlier a ticket counts for a counselor who speaks its language. Time waited outgrows it, so that
a language nobody at the counter speaks is never left behind."""
USUAL_CASE = timedelta(minutes=15)
"""Length of a case while there is none of today to learn from."""
EARLY = timedelta(minutes=5)
"""How long before its time an appointment may be called."""
UNSAVED_LETTER = "X"
"""First letter of a number that could not be kept: it is good for today's queue on paper only."""


@dataclass(frozen=True)
class Pick:
    """The next ticket and the reason: `reason.first`, `.appointment`, `.language` or `.longest`."""

    ticket: Ticket
    reason: str
    minutes: int
    """How long it has waited; with an appointment, since its time."""


def format_number(letter: str, count: int) -> str:
    """A012; four digits from the thousandth on."""
    return f"{letter}{count:03d}"


def count_of(number: str) -> int:
    """The count in a number: 12 of A012. Raises ValueError."""
    return int(number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def later(ticket: Ticket, now: datetime | None) -> bool:
    """Whether its appointment is still to come; without a clock every appointment is."""
    return ticket.due is not None and (now is None or ticket.due > now + EARLY)


def served(counter: str, lanes: Collection[str] = ()) -> frozenset[str]:
    """Lanes a counter calls from: its own, `lanes`, and where it is a numbered one, or none is named, the
    general queue "". A desk such as ハローワーク calls nobody who was not sent there."""
    numbered = not counter or counter.isdigit()
    return frozenset({counter, *lanes, *([""] if numbered else [])})


def waiting(
    tickets: Iterable[Ticket],
    lane: str = "",
    *,
    lanes: Collection[str] = (),
    now: datetime | None = None,
) -> list[Ticket]:
    """The waiting ones in number order; with `lane`, those this counter may take, and those of `lanes`.

    Whoever has an appointment later than `now` is at home.
    """
    mine = served(lane, lanes)
    found = [
        ticket
        for ticket in tickets
        if ticket.state is State.WAITING
        and not later(ticket, now)
        and (ticket.lane in mine or not (lane or lanes))
    ]
    return sorted(found, key=lambda t: (t.number[:1], t.number[1:].zfill(6)))


def pick(
    tickets: Iterable[Ticket],
    *,
    counter: str,
    languages: Collection[str],
    now: datetime,
    lanes: Collection[str] = (),
) -> Pick | None:
    """Safety first, then due appointments, then the time waited, with a head start for a language this
    counselor speaks. `lanes` are served besides the counter's own: `specialist:<id>`; see `served`."""
    candidates = waiting(tickets, counter, lanes=lanes, now=now)
    if not candidates:
        return None

    began = _began(candidates)

    def since(ticket: Ticket) -> datetime:
        head_start = LANGUAGE_HEAD_START if ticket.language in languages else timedelta()
        return ticket.due or began[ticket.id] - head_start

    def turn(ticket: Ticket) -> tuple[str, datetime, str]:
        return _wait(ticket).stamp, ticket.issued, ticket.id

    chosen = min(candidates, key=lambda t: (not t.first, t.due is None, since(t), turn(t)))
    minutes = max(0, int((now - (chosen.due or chosen.waiting_since)).total_seconds() // 60))
    oldest = min(candidates, key=lambda t: (began[t.id], turn(t)))
    if chosen.first:
        reason = "reason.first"
    elif chosen.due is not None:
        reason = "reason.appointment"
    elif chosen is not oldest:
        reason = "reason.language"
    else:
        reason = "reason.longest"
    return Pick(chosen, reason, minutes)


def _began(tickets: Iterable[Ticket]) -> dict[str, datetime]:
    """Since when each waits, by id: no earlier than whoever the stamps say began before it, also where the
    clock was set back between them."""
    found, latest = {}, None
    for ticket in sorted(tickets, key=lambda t: (_wait(t).stamp, t.waiting_since)):
        at = ticket.waiting_since
        if _wait(ticket).stamp:
            at = latest = max(at, latest or at)
        found[ticket.id] = at
    return found


def _wait(ticket: Ticket) -> Period:
    """The present or last stretch of waiting, or where there is none the first of its periods."""
    waits = [period for period in ticket.effective if period.state is State.WAITING]
    return (waits or ticket.effective)[-1 if waits else 0]


def estimate(tickets: Collection[Ticket], *, counters: int) -> int:
    """Minutes a newcomer waits, in steps of five: cases before them × usual length ÷ counters."""
    lengths = [length for t in tickets for length in _served(t)]
    usual = sum(lengths, timedelta()) / len(lengths) if len(lengths) >= 3 else USUAL_CASE
    ahead = len(waiting(tickets))
    busy = sum(1 for t in tickets if t.state in (State.CALLED, State.SERVING))
    counters = max(1, counters)
    cases = ahead + max(0, busy - counters + 1)
    minutes = usual.total_seconds() / 60 * cases / counters
    return max(5, ceil(minutes / 5) * 5)


def _served(ticket: Ticket) -> list[timedelta]:
    """The finished stretches of serving."""
    pairs: Iterable[tuple[Period, Period]] = zip(ticket.effective, ticket.effective[1:], strict=False)
    served = [(before.at, after.at) for before, after in pairs if before.state is State.SERVING]
    # Merged from devices whose clocks disagree, a period may end before it began.
    return [max(end - start, timedelta()) for start, end in served]
