"""Two copies of a ticket become one. Nothing is lost, and whatever the order they meet in, the end is one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from kiosk.core.consultation import newest
from kiosk.core.records import content_record
from kiosk.core.ticket import ENDED, Content, Period, State, Ticket

TWO_COUNTERS, ENDED_TWICE = "two_counters", "ended_twice"
_AT_COUNTER = frozenset({State.CALLED, State.SERVING})
_RANK = {state: rank for rank, state in enumerate(State)}


def merge(one: Ticket, other: Ticket) -> Ticket:
    """The ticket with the periods and notes of both, each once, and each author's newest record. Raises
    ValueError where id, number, day or language differ: those are two tickets, whatever they claim.

    Periods stand in the order of their stamps, those without one before. Lane and appointment are as the copy
    with the highest stamp has them; it goes first where either copy does, and is of the site either names.

    Commutative and idempotent; associative as long as what has no stamp comes from one common beginning, as
    in records older than stamps it does.
    """
    if any(getattr(one, name) != getattr(other, name) for name in ("id", "number", "day", "language")):
        raise ValueError("not the same ticket")
    return replace(
        max(one, other, key=_standing),
        periods=_periods(one.periods, other.periods),
        first=one.first or other.first,
        site=max(one.site, other.site),
        content=_content(one.content, other.content),
    )


def conflicts(ticket: Ticket) -> tuple[str, ...]:
    """What happened to the ticket at two places at once, and is kept as it happened: `two_counters` called or
    served it with no rest between, it was `ended_twice`."""
    found, counters = [], set[str]()
    for period in ticket.effective:
        if period.state in _AT_COUNTER:
            counters.add(period.counter)
            if len(counters) > 1 and TWO_COUNTERS not in found:
                found.append(TWO_COUNTERS)
        elif period.state not in ENDED:
            counters.clear()
    if sum(period.state in ENDED for period in ticket.effective) > 1:
        found.append(ENDED_TWICE)
    return tuple(found)


def _standing(ticket: Ticket) -> tuple[str, float, bool, bool, str, float]:
    """Whose lane and appointment count. At the same stamp, a place given back outdoes the place, since giving
    back adds no period; what is left of the order only makes it one for all."""
    due = ticket.due
    return (
        ticket.latest,
        0.0 if ticket.latest else max(period.at.timestamp() for period in ticket.periods),
        due is None,
        not ticket.lane,
        ticket.lane,
        due.timestamp() if due else 0.0,
    )


def _periods(one: tuple[Period, ...], other: tuple[Period, ...]) -> tuple[Period, ...]:
    # Whole periods are compared, not stamps: were a device's id copied with its disk, both are kept.
    with_stamp = {period for period in (*one, *other) if period.stamp}
    without = _older(_unstamped(one), _unstamped(other))
    return (*without, *sorted(with_stamp, key=_place))


def _unstamped(periods: Iterable[Period]) -> list[Period]:
    return [period for period in periods if not period.stamp]


def _older(one: list[Period], other: list[Period]) -> list[Period]:
    """Periods without a stamp. Two that look alike in one copy are two: a recall in the same moment."""
    if one == other:
        return one
    both = Counter(one) | Counter(other)
    return sorted(both.elements(), key=_place)


def _place(period: Period) -> tuple[str, float, int, str, str, str]:
    rank = _RANK[period.state]
    return period.stamp, period.at.timestamp(), rank, period.counter, period.staff, period.undoes


def _content(one: Content, other: Content) -> Content:
    """What was told does not change after the issue: the open copy, with the notes and records of both."""
    notes = _notes(one, other)
    stamps = tuple(stamp for stamp, _ in notes)
    return replace(
        max(one, other, key=_told),
        earlier=max(one.earlier, other.earlier),
        notes=tuple(text for _, text in notes),
        note_stamps=stamps if any(stamps) else (),
        records=newest((*one.records, *other.records)),
    )


def _told(content: Content) -> tuple[bool, int, str]:
    """Open before closed, then whichever says more; the text itself only makes it one order for all."""
    plain = replace(content, notes=(), note_stamps=(), records=(), earlier="")
    text = json.dumps(content_record(plain), sort_keys=True)
    return not content.closed, len(text), text


def _notes(one: Content, other: Content) -> list[tuple[str, str]]:
    """Stamps and texts: those without a stamp first and in their order, then the others by stamp."""
    pairs = [_stamps_and_notes(content) for content in (one, other)]
    longer, shorter = sorted(([text for stamp, text in some if not stamp] for some in pairs), key=_longer)
    older = [*longer, *(text for text in shorter if text not in longer)]
    newer = {(stamp, text) for some in pairs for stamp, text in some if stamp}
    return [*(("", text) for text in older), *sorted(newer)]


def _stamps_and_notes(content: Content) -> list[tuple[str, str]]:
    missing = len(content.notes) - len(content.note_stamps)
    return list(zip((*content.note_stamps, *[""] * missing), content.notes, strict=False))


def _longer(texts: list[str]) -> tuple[int, list[str]]:
    return -len(texts), texts
