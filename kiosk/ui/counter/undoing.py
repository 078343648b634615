"""Taking back what was last done at this console, for a minute."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.core import changes
from kiosk.core.changes import CannotUndo
from kiosk.core.ticket import State, Ticket
from kiosk.errors import Trouble
from kiosk.ui.counter.at_hand import is_here, let_go_of, take

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

SECONDS = changes.UNDO.total_seconds()


@dataclass(frozen=True)
class Handed:
    """A hand-over that ended a case."""

    id: str
    """The one it may have put into this author's record."""
    was: tuple[datetime, str, str] | None = None
    """When, to whom and how that was handed on before, where it was: a letter written before."""
    result: str = ""
    """What the record gave as its result before."""


@dataclass(frozen=True)
class Done:
    """What was last done here. Holds nothing of what was told."""

    ticket_id: str
    number: str
    stamp: str
    """Of the period it appended."""
    lane: str
    """Where the ticket was to go before it, and when its appointment was."""
    due: datetime | None
    state: State
    """What it made of the ticket."""
    until: float
    """Of the console's clock: until then it can be taken back."""
    handed: Handed | None = None
    """None where it handed nothing on."""


@dataclass(frozen=True)
class Passing:
    """A message of what was taken back: after a minute, or when the ticket has gone on, it is old."""

    text: str
    until: float
    """Of the console's clock."""
    ticket_id: str = ""
    stamp: str = ""
    """Of the period the ticket has while this holds; with an empty id only the time counts."""


def remember(console: Console, after: Ticket, lane: str, due: datetime | None) -> None:
    """What was done to a ticket can be taken back from now on, nothing before it any more."""
    last = after.effective[-1]
    console.done = Done(after.id, after.number, last.stamp, lane, due, after.state, console.clock() + SECONDS)


def left(console: Console) -> int:
    """Seconds in which it can still be taken back; 0 where nothing can."""
    done = console.done
    return max(0, math.ceil(done.until - console.clock())) if done is not None else 0


def undo(console: Console) -> None:
    """Take it back: the ticket is what it was, with its place in the queue, and not handed on; notes stay."""
    done = console.done
    if done is None or not left(console):
        return
    who, now = {"counter": console.place.counter, "staff": console.place.staff}, console.desk.now()

    def apply(case: Ticket) -> Ticket:
        if case.effective[-1].stamp != done.stamp:
            raise CannotUndo(case, "nothing")
        undone = changes.undo(case, now, lane=done.lane, due=done.due, **who)
        return _not_handed(undone, console.author, done.handed) if done.handed else undone

    def taken_back(result: Ticket | Trouble) -> None:
        console.busy = False
        console.done = None
        if isinstance(result, Trouble):
            gone = result.key == "trouble.illegal_change"
            console.message = console.say("undo.gone") if gone else console.told(result)
            if gone:
                _passes(console)
        else:
            _follow(console, result)
            state = console.say(f"state.{result.state.value}")
            console.message = console.say("undo.done", number=result.number, state=state)
            _passes(console, result)
        console.show()

    found = next((case for case in console.desk.tickets() if case.id == done.ticket_id), None)
    if found is None:
        console.done, console.message = None, console.say("undo.gone")
        _passes(console)
        return
    console.begin()
    console.desk.change(found, apply, taken_back)


def look(console: Console) -> None:
    """Let the message of what was taken back go when it is old."""
    told = console.passing
    if told is None:
        return
    case = next((case for case in console.desk.tickets() if case.id == told.ticket_id), None)
    gone_on = case is not None and case.effective[-1].stamp != told.stamp
    if gone_on or console.clock() >= told.until:
        console.passing = None
        if console.message == told.text:
            console.message = ""


def _not_handed(case: Ticket, author: str, handed: Handed) -> Ticket:
    """Without the hand-over that was taken back, or with it as it was: the record would count one that never
    was."""
    known = next((one for one in case.content.records if one.by == author), None)
    if known is None:
        return case
    left = [one for one in known.handovers if one.id != handed.id]
    if handed.was is not None:
        at, name, kind = handed.was
        same = (one for one in known.handovers if one.id == handed.id)
        left += [replace(one, at=at, name=name, kind=kind) for one in same]
    result = handed.result if known.result == "referred" else known.result
    return changes.record(case, replace(known, handovers=tuple(left), result=result))


def _passes(console: Console, case: Ticket | None = None) -> None:
    """Have the present message go by itself: it is about `case` as it is now."""
    about = (case.id, case.effective[-1].stamp) if case is not None else ("", "")
    console.passing = Passing(console.message, console.clock() + SECONDS, *about)


def _follow(console: Console, case: Ticket) -> None:
    """Show the ticket where it is at hand again, or let it go where it is no longer."""
    here = is_here(console, case)
    if console.current is not None and console.current.id == case.id:
        if here:
            console.current = case
        else:
            let_go_of(console, case)
    elif console.current is None and here:
        take(console, case)
