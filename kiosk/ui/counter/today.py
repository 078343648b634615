"""The list at the console's left: the day's tickets counted and put into rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.core import ticket as tickets
from kiosk.core import waiting
from kiosk.core.ticket import State, Ticket
from kiosk.ui.counter.view import TAB_STATES, TABS, Row, Tab


@dataclass(frozen=True)
class Today:
    """What the list says of a day's tickets at one minute."""

    counts: tuple[int, int, int]
    rows: tuple[Row, ...]
    issued: int
    closed: int
    mean: int | None
    """Minutes waited by those who were served; None where nobody was."""
    can_call: bool
    """Whether somebody waits whom this counter may call."""
    first: tuple[Ticket, ...] = ()
    """Those among them who go first, who waited longest before the others."""


def today_of(
    cases: Sequence[Ticket],
    tab: Tab,
    now: datetime,
    counter: str,
    row: Callable[[Ticket, int], Row],
    *,
    lanes: Collection[str] = (),
) -> Today:
    """`row` puts a ticket and its minutes into a line of the list. Whose appointment is still to come does
    not wait; tickets of earlier days are in the list and not counted: they are called by hand. A desk that
    does not serve the general queue lists those sent to it, and who was called there."""
    served = waiting.served(counter, lanes)
    today = [case for case in cases if case.day == now.date()]
    here = [case for case in cases if not (case.state is State.WAITING and waiting.later(case, now))]
    if "" not in served:
        here = [case for case in here if case.lane in served or _called_at(case, counter)]
    by_tab = [[case for case in here if case.state is TAB_STATES[name]] for name in TABS]
    seen = [case for case in today if any(p.state is State.SERVING for p in case.effective)]
    waits = [tickets.time_in(case, State.WAITING, now) for case in seen]
    waiting_now, held, absent = map(len, by_tab)
    mine = waiting.waiting(by_tab[0], counter, lanes=lanes, now=now)
    mine = [case for case in mine if case.day == now.date() or case.first]
    return Today(
        counts=(waiting_now, held, absent),
        rows=tuple(row(case, _since(case, now)) for case in _in_order(by_tab[TABS.index(tab)])),
        issued=len(today),
        closed=sum(case.state is State.CLOSED for case in today),
        mean=minutes(sum(waits, timedelta()) / len(waits)) if waits else None,
        can_call=any(case.day == now.date() for case in mine),
        first=tuple(sorted((case for case in mine if case.first), key=lambda case: case.waiting_since)),
    )


def minutes(length: timedelta) -> int:
    return max(0, int(length.total_seconds() // 60))


def _called_at(case: Ticket, counter: str) -> bool:
    return case.state is not State.WAITING and case.counter == counter


def _since(case: Ticket, now: datetime) -> int:
    """Minutes in its state; with an appointment, since its time."""
    began = case.effective[-1].at
    if case.state is State.WAITING:
        began = case.due or case.waiting_since
    return minutes(now - began)


def _in_order(cases: list[Ticket]) -> list[Ticket]:
    return sorted(cases, key=lambda case: (case.number[:1], waiting.count_of(case.number)))
