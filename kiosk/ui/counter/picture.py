"""What the console shows at one moment, put together from its tickets and its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.core.ticket import Ticket
from kiosk.ui.counter import interpreting
from kiosk.ui.counter.appointments import listed
from kiosk.ui.counter.calling import may_go
from kiosk.ui.counter.card import Card
from kiosk.ui.counter.desk import Protection, Strip
from kiosk.ui.counter.today import Today, today_of
from kiosk.ui.counter.undoing import left
from kiosk.ui.counter.view import Interpreter, Row, Signal, View

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console


class Picture:
    """Keeps the list and the card between two looks: a busy day has hundreds of tickets, and it is asked
    several times a second."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._listed: tuple[object, ...] = ()
        self._today: Today | None = None
        self._carded: tuple[object, ...] = ()
        self._card: Card | None = None

    def view(self) -> View:
        console = self._console
        now, lock = console.desk.now(), console.guard.lock
        case, today = None if lock else console.here, self._list(now)
        protection = console.desk.protection()
        view = View(
            counter=console.place.counter,
            office=console.place.office,
            staff=console.place.staff,
            clock=f"{now:%H:%M}",
            fault=self._fault(),
            tab=console.tab,
            counts=today.counts,
            rows=today.rows,
            issued=today.issued,
            closed=today.closed,
            mean=today.mean,
            can_call=today.can_call and lock is None,
            sent_only=console.place.sent_only,
            page=console.page,
            message=console.message,
            signal=self._signal(today.first),
            disaster=console.desk.in_disaster(),
            undo=self._undo(),
            over=console.over.page() if console.over is not None else None,
            can_lock=protection == "open",
            locked=lock.view() if lock else None,
        )
        return self._idle(view, protection) if case is None else self._with(view, case, now)

    def _idle(self, view: View, protection: Protection) -> View:
        """With nobody at hand: what there is to know and to do today."""
        console = self._console
        self._card, self._carded = None, ()
        return replace(
            view,
            strips=() if view.locked else self._strips(protection),
            languages=self._languages(),
            appointments=len(listed(console)),
            follow=(console.records.due or 0) if console.records is not None else 0,
        )

    def _with(self, view: View, case: Ticket, now: datetime) -> View:
        """With a case at hand, or one beside which the console stands."""
        console, last = self._console, case.effective[-1].at
        return replace(
            view,
            card=self._card_of(case, now),
            state=case.state,
            reason=console.reason,
            since=f"{console.local(last):%H:%M}",
            elapsed=_clock(now - last),
            calls=case.calls,
            quiet=case.first,
            earlier=bool(case.content.earlier),
            interpreter=self._interpreter(),
            beside=console.counter_name(case.counter) if console.beside else "",
        )

    def _undo(self) -> str:
        console, seconds = self._console, left(self._console)
        done = console.done
        if done is None or not seconds:
            return ""
        what = console.say(f"undo.what.{done.state.value}")
        return console.say("undo.chip", what=what, number=done.number, n=seconds)

    def _interpreter(self) -> Interpreter | None:
        console, running = self._console, self._console.interpreter
        if running is None:
            return None
        elapsed = _clock(timedelta(seconds=interpreting.seconds(console)))
        since = console.say("interpreter.since", time=f"{running.began:%H:%M}", line=running.name)
        return Interpreter(console.cards.language(running.case.language), elapsed, since, running.name)

    def _fault(self) -> str:
        """Words for the head: one that comes and goes by itself is named, the rest is read in full."""
        desk, say = self._console.desk, self._console.say
        found = desk.troubles()
        if desk.away() and not found:
            return say("console.database.head")
        return say("console.fault") if found else ""

    def _strips(self, protection: Protection) -> tuple[Strip, ...]:
        """What weighs most first: no more than three have room."""
        desk, say = self._console.desk, self._console.say
        words = {
            "unset": f"{say('console.strip.unset')}{say('console.strip.unset.do')}",
            "locked": say("console.strip.closed"),
        }
        told = words.get(protection, "")
        return (
            *desk.strips(),
            *((Strip(told, "lock-keyhole", warm=False),) if told else ()),
            *(Strip(notice, "triangle-alert") for notice in desk.notices()),
        )

    def first(self) -> Sequence[Ticket]:
        """Those the quiet signal is about, who waited longest first."""
        return self._list(self._console.desk.now()).first

    def _signal(self, waiting: Sequence[Ticket]) -> Signal | None:
        if not waiting:
            return None
        console = self._console
        state = console.current.state if console.current else None
        action = ""
        if may_go(console):
            action = console.say("console.signal.go" if state is None else "console.signal.hold")
        return Signal(waiting[0].number, len(waiting) - 1, action)

    def _languages(self) -> str:
        console = self._console
        return console.say("card.comma").join(
            console.cards.language(tag) for tag in console.desk.languages_today()
        )

    def _list(self, now: datetime) -> Today:
        """Counted anew only for other tickets, another tab or another minute."""
        console = self._console
        cases = console.desk.tickets()
        asked = (cases, console.tab, now.replace(second=0, microsecond=0), console.place)
        if self._today is None or self._listed[0] is not cases or self._listed[1:] != asked[1:]:
            self._listed = asked
            place = console.place
            self._today = today_of(cases, console.tab, now, place.counter, self._row, lanes=place.lanes)
        return self._today

    def _card_of(self, case: Ticket, now: datetime) -> Card:
        """Made anew every minute: agencies open and close."""
        console = self._console
        closed = console.desk.why_closed(case) if case.content.closed else ""
        asked = (case, console.waited, now.replace(second=0, microsecond=0), closed, console.place.tongue)
        if self._card is None or self._carded != asked:
            self._carded = asked
            self._card = console.cards.make(case, console.waited, now.date(), closed)
        return self._card

    def _row(self, case: Ticket, waited: int) -> Row:
        console = self._console
        language = console.cards.language(case.language)
        return Row(case.id, case.number, language, waited, self._lane(case), console.day_of(case))

    def _lane(self, case: Ticket) -> str:
        console = self._console
        if case.due is not None:
            return console.say("console.appointment.at", time=f"{console.local(case.due):%H:%M}")
        if not case.lane:
            return ""
        return console.say("console.lane", lane=console.lane_name(case.lane))


def _clock(length: timedelta) -> str:
    """05:12, or 1:05:12 from an hour on."""
    seconds = max(0, int(length.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    clock = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{clock}" if hours else clock
