"""What may be done to a ticket. Each change appends a period, taking back too; nothing is ever rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile
from types import EllipsisType

from kiosk.core.consultation import Consultation
from kiosk.core.ticket import Period, State, Ticket

UNDO = timedelta(minutes=1)
"""How long after it began a period may be taken back."""

ALLOWED: Mapping[State, frozenset[State]] = {
    # A called ticket may be called again (recall) and so may follow itself.
    State.WAITING: frozenset({State.CALLED, State.REFERRED}),
    State.CALLED: frozenset({State.CALLED, State.SERVING, State.NO_SHOW, State.WAITING}),
    State.SERVING: frozenset({State.ON_HOLD, State.WAITING, State.CLOSED, State.REFERRED}),
    State.ON_HOLD: frozenset({State.SERVING, State.CALLED, State.WAITING, State.CLOSED}),
    State.NO_SHOW: frozenset({State.CALLED, State.WAITING, State.CLOSED}),
    State.CLOSED: frozenset(),
    State.REFERRED: frozenset(),
}


class IllegalChange(Exception):
    """A change of state that the ticket's present state does not allow."""

    def __init__(self, number: str, state: State, wanted: State) -> None:
        super().__init__(f"{number}: {state} cannot become {wanted}")
        self.number = number
        self.state = state
        self.wanted = wanted


class Taken(IllegalChange):
    """The number was called to another counter already."""

    def __init__(self, ticket: Ticket) -> None:
        super().__init__(ticket.number, ticket.state, State.CALLED)
        self.counter = ticket.counter


class CannotUndo(IllegalChange):
    """What was done last cannot be taken back: `reason` is `nothing` (issued only, or too old for a stamp),
    `counter` (another counter did it) or `late`."""

    def __init__(self, ticket: Ticket, reason: str) -> None:
        super().__init__(ticket.number, ticket.state, ticket.state)
        self.reason = reason


def change(ticket: Ticket, state: State, at: datetime, *, counter: str = "", staff: str = "") -> Ticket:
    """The ticket with one more period. Raises IllegalChange.

    A clock set back never reorders: a period starts no earlier than the one before.
    """
    if state not in ALLOWED[ticket.state]:
        raise IllegalChange(ticket.number, ticket.state, state)
    at = max(at, ticket.periods[-1].at)
    return replace(ticket, periods=(*ticket.periods, Period(state, at, counter, staff)))


def call(ticket: Ticket, at: datetime, *, counter: str, staff: str = "") -> Ticket:
    """Call to a counter; called again while called, or after a no-show or a hold, it is a recall."""
    return change(ticket, State.CALLED, at, counter=counter, staff=staff)


def call_number(ticket: Ticket, at: datetime, *, counter: str, staff: str = "") -> Ticket:
    """Call a chosen number. Where several counters call it at once one has it; the others get Taken, since to
    them it would be no recall. Raises IllegalChange."""
    if ticket.state is State.CALLED and ticket.counter != counter:
        raise Taken(ticket)
    return call(ticket, at, counter=counter, staff=staff)


def serve(ticket: Ticket, at: datetime, *, counter: str, staff: str = "") -> Ticket:
    return change(ticket, State.SERVING, at, counter=counter, staff=staff)


def hold(ticket: Ticket, at: datetime, *, counter: str, staff: str = "") -> Ticket:
    return change(ticket, State.ON_HOLD, at, counter=counter, staff=staff)


def no_show(ticket: Ticket, at: datetime, *, counter: str, staff: str = "") -> Ticket:
    return change(ticket, State.NO_SHOW, at, counter=counter, staff=staff)


def transfer(ticket: Ticket, at: datetime, *, lane: str, counter: str = "", staff: str = "") -> Ticket:
    """Waiting again, for another counter or specialist, under the same number.

    The appointment, if there was one, is over: it would go before the others there for ever.
    """
    return replace(change(ticket, State.WAITING, at, counter=counter, staff=staff), lane=lane, due=None)


def without_appointment(ticket: Ticket) -> Ticket:
    """Waiting for any counter, from its issue on, as if no place had been chosen."""
    return replace(ticket, lane="", due=None)


def cancel(ticket: Ticket, at: datetime, *, counter: str = "", staff: str = "") -> Ticket:
    """An appointment given up: closed without a call. Raises IllegalChange where it does not wait for one.

    `due` stays, as what was agreed.
    """
    if ticket.due is None or ticket.state is not State.WAITING:
        raise IllegalChange(ticket.number, ticket.state, State.CLOSED)
    at = max(at, ticket.periods[-1].at)
    return replace(ticket, periods=(*ticket.periods, Period(State.CLOSED, at, counter, staff)))


def close(ticket: Ticket, at: datetime, *, counter: str, staff: str = "") -> Ticket:
    return change(ticket, State.CLOSED, at, counter=counter, staff=staff)


def refer(ticket: Ticket, at: datetime, *, counter: str = "", staff: str = "") -> Ticket:
    return change(ticket, State.REFERRED, at, counter=counter, staff=staff)


def undo(
    ticket: Ticket,
    at: datetime,
    *,
    counter: str,
    staff: str = "",
    lane: str | None = None,
    due: datetime | EllipsisType | None = ...,
) -> Ticket:
    """Take back what was last done to the ticket, within a minute and at the counter that did it.

    The state is the one before, with its place in the queue; `lane` and `due` are as they were before, where
    that changed them. Taking back cannot be taken back. Raises CannotUndo; also where the clock was set back
    by more than a minute since, as then nobody knows how long ago it was.
    """
    done = ticket.effective[-1]
    if len(ticket.effective) < 2 or not done.stamp:
        raise CannotUndo(ticket, "nothing")
    if not counter or done.counter != counter:
        raise CannotUndo(ticket, "counter")
    if abs(at - done.at) > UNDO:
        raise CannotUndo(ticket, "late")
    before = ticket.effective[-2]
    at = max(at, ticket.periods[-1].at)
    mark = Period(before.state, at, before.counter, staff, undoes=done.stamp)
    return replace(
        ticket,
        periods=(*ticket.periods, mark),
        lane=ticket.lane if lane is None else lane,
        due=ticket.due if isinstance(due, EllipsisType) else due,
    )


def put_back(ticket: Ticket, at: datetime, *, counter: str = "", staff: str = "") -> Ticket:  # noqa: ARG001
    """Called by mistake: as it was before it was called, with its place in the queue, however often it was
    called and however long ago. Raises IllegalChange where it is not called, or calls have no stamp."""
    kept = ticket.effective
    calls = [*takewhile(lambda one: one.state is State.CALLED, reversed(kept))]
    if not calls or not all(one.stamp for one in calls) or len(calls) == len(kept):
        raise IllegalChange(ticket.number, ticket.state, State.WAITING)
    before = kept[-len(calls) - 1]
    at = max(at, ticket.periods[-1].at)
    marks = (Period(before.state, at, before.counter, staff, undoes=one.stamp) for one in calls)
    return replace(ticket, periods=(*ticket.periods, *marks))


def record(ticket: Ticket, consultation: Consultation) -> Ticket:
    """The ticket with this author's record in place of their former one. One that says nothing new changes
    nothing, nor does an empty one where there is none."""
    records = ticket.content.records
    known = next((one for one in records if one.by == consultation.by), Consultation(consultation.by))
    if replace(consultation, saved=known.saved) == known:
        return ticket
    # Whoever writes knows what was there: a stamp of its own would make this one older than it is.
    others = (one for one in records if one.by != consultation.by)
    kept = sorted((*others, replace(consultation, stamp="")), key=lambda one: one.by)
    return replace(ticket, content=replace(ticket.content, records=tuple(kept)))


def note(ticket: Ticket, text: str) -> Ticket:
    """The ticket with one more note; an empty note changes nothing."""
    if not text.strip():
        return ticket
    return replace(ticket, content=replace(ticket.content, notes=(*ticket.content.notes, text.strip())))
