"""The ticket and its states. Every change appends one period, taking back too; nothing is ever rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, takewhile
from types import EllipsisType

from kiosk.core.consultation import Consultation
from kiosk.core.heard import Translation

UNDO = timedelta(minutes=1)
"""How long after it began a period may be taken back."""


class State(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    ON_HOLD = "on_hold"
    NO_SHOW = "no_show"
    CLOSED = "closed"
    REFERRED = "referred"


ENDED = frozenset({State.CLOSED, State.REFERRED})

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


@dataclass(frozen=True)
class Period:
    """A stretch of time in one state, from `at` until the next period's `at`."""

    state: State
    at: datetime
    counter: str = ""
    staff: str = ""
    stamp: str = ""
    """Its place among what all devices wrote (kiosk.core.clock), given by the store that first keeps it;
    empty until then, and in records written before there were stamps."""
    undoes: str = ""
    """Stamp of the period this one takes back; then it only repeats what was before that."""


@dataclass(frozen=True)
class Narrative:
    """The resident's own words, with how they were given and what became of their translation."""

    original: str
    language: str
    means: str
    """`speech` or `typed`; `speech` also where the recognised text was corrected afterwards."""
    translation: Translation | None = None
    accepted: bool = False
    """Whether the resident read the way back and accepted it."""


@dataclass(frozen=True)
class Case:
    """One life area somebody came for, and what was answered there."""

    topic: str
    """A topic's id, or one of the special answers."""
    flow: str = ""
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Question id and the choices taken, in the order they were asked."""


@dataclass(frozen=True)
class Content:
    """What was told. Sealed at rest; routing never looks inside."""

    caller: str = ""
    cases: tuple[Case, ...] = ()
    """The problems told, in the order they were told."""
    narrative: Narrative | None = None
    statistics: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    """Ids of the services the kiosk told the resident about."""
    bring: tuple[str, ...] = ()
    sensitive: bool = False
    urgent: bool = False
    first: bool = False
    """Called before the others: a sensitive answer, or danger now."""
    care: tuple[str, ...] = ()
    """What asks for care (`kiosk.core.care.CARES`), from answers and own words."""
    reasons: tuple[str, ...] = ()
    """The answers that make it urgent, as `<flow>.<question>.<choice>`."""
    within: int | None = None
    """Days until something is lost, counted from the ticket's day."""
    earlier: str = ""
    """Id of the ticket of an earlier visit whose slip the resident brought."""
    notes: tuple[str, ...] = ()
    note_stamps: tuple[str, ...] = field(default=(), compare=False)
    """The notes' places among what all devices wrote, in the order of the notes, given by the store; fewer
    than the notes where the last are new, empty for those written before there were stamps."""
    records: tuple[Consultation, ...] = ()
    """The consultation record: one of each author, by author. Their stamps are the store's."""
    closed: bool = False
    """It could not be opened here, and what is above is not what was told. Never written."""

    @property
    def topic(self) -> str:
        """The topic told first; empty where there is none."""
        return self.cases[0].topic if self.cases else ""


@dataclass(frozen=True)
class Ticket:
    """One case. All but `content` lies open, since queue, display and calls need it."""

    id: str
    """UUIDv7."""
    number: str
    """A letter for the issuing device and a count of the day, such as A012."""
    day: date
    language: str
    periods: tuple[Period, ...]
    content: Content = field(default_factory=Content)
    lane: str = ""
    """Where a transfer or an appointment sent it (a counter, a desk, `specialist:<id>`); empty for any
    counter."""
    first: bool = False
    """Whether it goes before the others, for a reason kept inside the content."""
    due: datetime | None = None
    """Time of its appointment; until then it is in nobody's queue."""
    site: str = ""
    """The site it was issued at, which it is counted at; empty where its machine stands alone."""

    @cached_property
    def effective(self) -> tuple[Period, ...]:
        """What counts of the periods: without those taken back (never the issue) and what took them back, the
        ended ones last. Whoever ended it, on whichever of several machines, it is ended."""
        undone = {period.undoes for period in self.periods if period.undoes}
        if not undone and not any(period.state in ENDED for period in self.periods[:-1]):
            return self.periods
        issue, *later = self.periods
        left = (issue, *(one for one in later if not one.undoes and one.stamp not in undone))
        return tuple(sorted(left, key=lambda one: one.state in ENDED))

    @property
    def state(self) -> State:
        return self.effective[-1].state

    @property
    def issued(self) -> datetime:
        return self.periods[0].at

    @property
    def counter(self) -> str:
        return self.effective[-1].counter

    @property
    def latest(self) -> str:
        """The highest stamp; empty where no period has one."""
        return max(period.stamp for period in self.periods)

    @property
    def waiting_since(self) -> datetime:
        """When the present or last stretch of waiting began."""
        waits = [period.at for period in self.effective if period.state is State.WAITING]
        return waits[-1] if waits else self.issued

    @property
    def calls(self) -> int:
        """How often it was called since it last began to wait or be served."""
        count = 0
        for period in reversed(self.effective):
            if period.state is State.CALLED:
                count += 1
            elif period.state is not State.NO_SHOW:
                break
        return count


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


def time_in(ticket: Ticket, state: State, now: datetime) -> timedelta:
    """The whole time spent in a state until `now`.

    Where clocks of several devices disagree, a period begins no earlier here than those before it.
    """
    starts = list(accumulate((period.at for period in ticket.effective), max))
    ends = [*starts[1:], max(now, starts[-1])]
    spent = timedelta()
    for period, start, end in zip(ticket.effective, starts, ends, strict=True):
        if period.state is state:
            spent += end - start
    return spent
