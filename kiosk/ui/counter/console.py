"""The counselor's console: what is pressed becomes a change of a ticket, and the view follows."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.core import ticket as tickets
from kiosk.core.ticket import IllegalChange, State, Ticket
from kiosk.core.waiting import Pick
from kiosk.errors import Trouble
from kiosk.ui.counter.card import Card, CardMaker
from kiosk.ui.counter.desk import Desk, Memo, Surface
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.sheet import console_sheet
from kiosk.ui.counter.today import Today, minutes, today_of
from kiosk.ui.counter.view import TAB_STATES, Row, Tab, View

KEYS = {
    "F2": "call",
    "F3": "recall",
    "F4": "hold",
    "F5": "transfer",
    "F6": "reprint",
    "F7": "memo",
    "F8": "no_show",
    "Escape": "cancel",
}
FOR_STATE = {
    State.CALLED: frozenset({"recall", "no_show", "start", "memo", "page"}),
    State.SERVING: frozenset({"hold", "transfer", "reprint", "close", "memo", "page"}),
}


@dataclass(frozen=True)
class Place:
    """Where this console stands and who sits there."""

    counter: str
    office: str
    staff: str = ""
    languages: Collection[str] = ()
    desks: tuple[tuple[str, str], ...] = ()
    """Where a transfer may go: lane and name."""


@dataclass
class Console:
    """One console. Nothing here blocks: changes go through the desk and come back as answers."""

    desk: Desk
    surface: Surface
    memo: Memo
    cards: CardMaker
    grid: Grid
    place: Place
    current: Ticket | None = None
    reason: str = ""
    waited: int = 0
    tab: Tab = "waiting"
    page: int = 0
    message: str = ""
    asking: bool = False
    """Whether the question where to transfer is open."""
    telling: bool = False
    """Whether the list of what is wrong is open."""
    busy: bool = False
    """Whether a change is on its way: presses do nothing until it has come back."""
    printing: bool = False
    """Whether a slip is on its way; a printer may take a minute to say that it cannot."""
    _shown: View | None = field(default=None, repr=False)
    _listed: tuple[object, ...] = field(default=(), repr=False)
    _today: Today | None = field(default=None, repr=False)
    _carded: tuple[object, ...] = field(default=(), repr=False)
    _card: Card | None = field(default=None, repr=False)

    def start(self) -> None:
        self._take_up()
        self.show()

    def tick(self) -> None:
        """A few times a second: others' changes and the clock."""
        if not self.busy and self.desk.refresh():
            if self.current is not None:
                self._follow()
            else:
                self._take_up()
        self.show()

    def _take_up(self) -> None:
        """Show a ticket that is at this counter: the console was closed or killed while it had it, or it was
        called here without windows."""
        for case in self.desk.tickets():
            if self.current is None and case.counter == self.place.counter and case.state in FOR_STATE:
                told = self.message
                self._take(case)
                self.message = told

    def key(self, name: str) -> None:
        """A function key; F10 is the main step of the state."""
        if name == "F10":
            name_for = {State.CALLED: "start", State.SERVING: "close"}
            target = name_for.get(self.current.state) if self.current else None
        else:
            target = KEYS.get(name)
        if target:
            self.press(target)

    def press(self, target: str) -> None:
        """A press on the sheet or a key. What makes no sense now does nothing."""
        if self.busy:
            return
        kind, _, detail = target.partition(":")
        state = self.current.state if self.current else None
        if kind == "tab" and detail in TAB_STATES:
            self.tab = detail
        elif kind == "faults":
            self.telling = not self.telling
        elif self.telling:
            self.telling = kind != "cancel"
        elif self.asking:
            self._answer_transfer(kind, detail)
        elif kind == "call" and self.current is None:
            self._call()
        elif kind == "take" and self.current is None:
            self._take_back(detail)
        elif state in FOR_STATE and kind in FOR_STATE[state]:
            self._act(kind)
        self.show()

    def _act(self, kind: str) -> None:
        if kind == "page":
            self.page += 1
        elif kind == "memo":
            self.memo.focus()
        elif kind == "transfer":
            self.asking = True
        elif kind == "reprint" and self.current is not None:
            self._reprint(self.current)
        elif kind == "recall":
            self._change(tickets.call, "")
        elif kind == "start":
            self._change(tickets.serve, "")
        elif kind == "no_show":
            self._change(tickets.no_show, "console.absent")
        elif kind == "hold":
            self._change(tickets.hold, "console.held")
        elif kind == "close":
            self._change(tickets.close, "console.closed")

    def _answer_transfer(self, kind: str, lane: str) -> None:
        self.asking = False
        if kind == "to" and lane in dict(self.place.desks):
            self._change(tickets.transfer, "console.moved", lane=lane)

    def _call(self) -> None:
        self.busy, self.message = True, ""
        self.desk.call_next(self._called)

    def _called(self, found: Pick | Trouble | None) -> None:
        self.busy = False
        if isinstance(found, Trouble):
            self.message = self._told(found)
        elif found is None:
            self.message = self.grid.say("console.call.nobody")
        else:
            self._take(found.ticket)
            self.waited = found.minutes
            self.reason = self.grid.say(
                found.reason, n=found.minutes, language=self.cards.language(found.ticket.language)
            )
        self.show()

    def _take_back(self, ticket_id: str) -> None:
        """A held ticket goes on, an absent one is called again."""
        for case in self.desk.tickets():
            if case.id == ticket_id and case.state in (State.ON_HOLD, State.NO_SHOW):
                self._take(case)
                self._change(tickets.serve if case.state is State.ON_HOLD else tickets.call, "")

    def _take(self, case: Ticket) -> None:
        self.current, self.page, self.reason, self.message = case, 0, "", ""
        self.asking = self.telling = False
        self.waited = minutes(tickets.time_in(case, State.WAITING, self.desk.now()))
        self.memo.clear()

    def _change(self, change: Callable[..., Ticket], done_key: str, **details: str) -> None:
        """Change the present ticket; with `done_key` it leaves this console and takes the memo with it."""
        assert self.current is not None
        here, seen = self.place, self.current
        # Read here: the field belongs to the window's thread, the change may run on another.
        memo = self.memo.text() if done_key else ""

        def apply(case: Ticket) -> Ticket:
            changed = change(
                tickets.note(case, memo), self.desk.now(), counter=here.counter, staff=here.staff, **details
            )
            if (case.state, case.counter) != (seen.state, seen.counter):
                # Another counter was faster: two must not call, or serve, the same person.
                raise IllegalChange(case.number, case.state, changed.state)
            return changed

        self.busy, self.message = True, ""
        self.desk.change(seen, apply, lambda result: self._changed(result, done_key, memo))

    def _changed(self, result: Ticket | Trouble, done_key: str, memo: str) -> None:
        self.busy = False
        if isinstance(result, Trouble):
            self._follow()
            self.message = self._told(result)
        elif done_key:
            self._leave(result, memo)
            self.message = self.grid.say(done_key, number=result.number)
        else:
            self.current = result
        self.show()

    def _leave(self, case: Ticket, kept: str = "") -> None:
        """Let the ticket go. Words of the memo that are not `kept` with it yet are kept now: they belong to
        this person and to nobody called later."""
        self.current, self.reason, self.asking = None, "", False
        typed = self.memo.text()
        more = typed.removeprefix(kept) if kept else typed
        if more.strip():
            self.desk.change(case, lambda now: tickets.note(now, more), self._noted)
        self.memo.clear()

    def _noted(self, result: Ticket | Trouble) -> None:
        if isinstance(result, Trouble):
            self.message = self._told(result)
            self.show()

    def _follow(self) -> None:
        """Keep to what the store says of the present ticket; another console may have taken it on."""
        assert self.current is not None
        mine = self.current
        for case in self.desk.tickets():
            if case.id == mine.id:
                if case.state in FOR_STATE and case.counter == self.place.counter:
                    self.current = case
                else:
                    self._leave(case)
                    self.message = self.grid.say("console.taken")

    def _reprint(self, case: Ticket) -> None:
        if not self.printing:
            self.printing, self.message = True, self.grid.say("console.printing")
            self.desk.reprint(case, self._reprinted)

    def _reprinted(self, trouble: Trouble | None) -> None:
        self.printing = False
        self.message = self._told(trouble) if trouble else self.grid.say("console.reprinted")
        self.show()

    def _told(self, trouble: Trouble) -> str:
        return self.grid.say(trouble.key, **trouble.details)

    def show(self) -> None:
        """Draw what has changed; nothing is drawn when nothing has."""
        view = self.view()
        if view != self._shown:
            self._shown = view
            self.surface.show(console_sheet(view, self.grid))
            covered = bool(view.desks or view.faults)
            self.memo.place(self.grid.memo(view.state) if view.card and not covered else None)

    def redraw(self) -> None:
        """Draw everything anew, for another size of the window."""
        self._shown = None
        self.show()

    def view(self) -> View:
        now = self.desk.now()
        case, today = self.current, self._list(now)
        troubles = self.desk.troubles()
        return View(
            counter=self.place.counter,
            office=self.place.office,
            staff=self.place.staff,
            clock=f"{now:%H:%M}",
            fault=self.grid.say("console.fault") if troubles else "",
            tab=self.tab,
            counts=today.counts,
            rows=today.rows,
            issued=today.issued,
            closed=today.closed,
            mean=today.mean,
            can_call=today.can_call,
            card=self._card_of(case) if case else None,
            state=case.state if case else None,
            reason=self.reason,
            since=f"{case.periods[-1].at.astimezone(now.tzinfo):%H:%M}" if case else "",
            elapsed=_clock(now - case.periods[-1].at) if case else "",
            calls=case.calls if case else 0,
            page=self.page,
            message=self.message,
            faults=tuple(self._told(trouble) for trouble in reversed(troubles)) if self.telling else (),
            desks=self.place.desks if self.asking else (),
        )

    def _list(self, now: datetime) -> Today:
        """The list, counted anew only for other tickets, another tab or another minute: a busy day has
        hundreds of tickets, and this is asked several times a second."""
        cases = self.desk.tickets()
        asked = (cases, self.tab, now.replace(second=0, microsecond=0))
        if self._today is None or self._listed[0] is not cases or self._listed[1:] != asked[1:]:
            self._listed = asked
            self._today = today_of(cases, self.tab, now, self.place.counter, self._row)
        return self._today

    def _card_of(self, case: Ticket) -> Card:
        if self._card is None or self._carded != (case, self.waited):
            self._carded, self._card = (case, self.waited), self.cards.make(case, self.waited)
        return self._card

    def _row(self, case: Ticket, waited: int) -> Row:
        return Row(case.id, case.number, self.cards.language(case.language), waited, self._lane(case))

    def _lane(self, case: Ticket) -> str:
        if case.lane.isdigit():
            return self.grid.say("console.counter", n=case.lane)
        return case.lane


def _clock(length: timedelta) -> str:
    """05:12, or 1:05:12 from an hour on."""
    seconds = max(0, int(length.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    clock = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{clock}" if hours else clock
