"""The ticket and its states: what is known of one case, and what was told in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

from kiosk.core.consultation import Consultation
from kiosk.core.heard import Translation


class State(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    ON_HOLD = "on_hold"
    NO_SHOW = "no_show"
    CLOSED = "closed"
    REFERRED = "referred"


ENDED = frozenset({State.CLOSED, State.REFERRED})


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
