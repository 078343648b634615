"""The counselor's console: what is pressed becomes a change of a ticket, and the view follows."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.core import ticket as tickets
from kiosk.core import waiting
from kiosk.core.ticket import State, Ticket
from kiosk.core.waiting import Pick
from kiosk.errors import Trouble
from kiosk.ui.counter.card import CardMaker
from kiosk.ui.counter.desk import Desk, Memo, Surface
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.sheet import console_sheet
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
    busy: bool = False
    _shown: View | None = field(default=None, repr=False)

    def start(self) -> None:
        """Take up the ticket this counter was at when the console was last closed or killed."""
        for case in self.desk.tickets():
            if case.counter == self.place.counter and case.state in FOR_STATE:
                self._take(case)
        self.show()

    def tick(self) -> None:
        """A few times a second: others' changes and the clock."""
        if self.desk.refresh() and self.current is not None:
            self._follow()
        self.show()

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
            self.desk.reprint(self.current, self._reprinted)
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
        self.waited = int(tickets.time_in(case, State.WAITING, self.desk.now()).total_seconds() // 60)
        self.memo.clear()

    def _change(self, change: Callable[..., Ticket], done_key: str, **details: str) -> None:
        """Change the present ticket; with `done_key` it leaves this console and takes the memo with it."""
        assert self.current is not None
        here = self.place
        # Read here: the field belongs to the window's thread, the change may run on another.
        memo = self.memo.text() if done_key else ""

        def apply(case: Ticket) -> Ticket:
            noted = tickets.note(case, memo)
            return change(noted, self.desk.now(), counter=here.counter, staff=here.staff, **details)

        self.busy, self.message = True, ""
        self.desk.change(self.current, apply, lambda result: self._changed(result, done_key, memo))

    def _changed(self, result: Ticket | Trouble, done_key: str, memo: str) -> None:
        self.busy = False
        if isinstance(result, Trouble):
            self.message = self._told(result)
            self._follow()
        elif done_key:
            self.message = self.grid.say(done_key, number=result.number)
            self._leave(memo)
        else:
            self.current = result
        self.show()

    def _leave(self, memo: str) -> None:
        self.current, self.reason = None, ""
        # Words typed while the change was on its way stay for the counselor to see.
        if self.memo.text() == memo:
            self.memo.clear()

    def _follow(self) -> None:
        """Keep to what the store says of the present ticket; another console may have taken it on."""
        assert self.current is not None
        mine = self.current.id
        for case in self.desk.tickets():
            if case.id == mine:
                ours = case.counter in ("", self.place.counter)
                if case.state in FOR_STATE and ours:
                    self.current = case
                else:
                    self.current, self.message = None, self.grid.say("console.taken")

    def _reprinted(self, trouble: Trouble | None) -> None:
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
            self.memo.place(self.grid.memo(view.state) if view.card and not view.desks else None)

    def redraw(self) -> None:
        """Draw everything anew, for another size of the window."""
        self._shown = None
        self.show()

    def view(self) -> View:
        now = self.desk.now()
        today = self.desk.tickets()
        by_tab = {tab: [t for t in today if t.state is state] for tab, state in TAB_STATES.items()}
        ended = [t for t in today if t.state is State.CLOSED]
        served = [t for t in today if any(p.state is State.SERVING for p in t.periods)]
        waits = [tickets.time_in(t, State.WAITING, now) for t in served]
        case = self.current
        return View(
            counter=self.place.counter,
            office=self.place.office,
            staff=self.place.staff,
            clock=f"{now:%H:%M}",
            fault=self.grid.say("console.fault") if self.desk.damaged() else "",
            tab=self.tab,
            counts=(len(by_tab["waiting"]), len(by_tab["held"]), len(by_tab["absent"])),
            rows=tuple(self._row(t, now) for t in _in_order(by_tab[self.tab])),
            issued=len(today),
            closed=len(ended),
            mean=_minutes(sum(waits, timedelta()) / len(waits)) if waits else None,
            card=self.cards.make(case, self.waited) if case else None,
            state=case.state if case else None,
            reason=self.reason,
            since=f"{case.periods[-1].at.astimezone(now.tzinfo):%H:%M}" if case else "",
            elapsed=_clock(now - case.periods[-1].at) if case else "",
            calls=case.calls if case else 0,
            page=self.page,
            message=self.message,
            desks=self.place.desks if self.asking else (),
        )

    def _row(self, case: Ticket, now: datetime) -> Row:
        since = case.waiting_since if case.state is State.WAITING else case.periods[-1].at
        return Row(
            case.id, case.number, self.cards.language(case.language), _minutes(now - since), self._lane(case)
        )

    def _lane(self, case: Ticket) -> str:
        return dict(self.place.desks).get(case.lane, case.lane) if case.lane else ""


def _in_order(cases: list[Ticket]) -> list[Ticket]:
    return sorted(cases, key=lambda t: (t.number[:1], waiting.count_of(t.number)))


def _minutes(length: timedelta) -> int:
    return max(0, int(length.total_seconds() // 60))


def _clock(length: timedelta) -> str:
    """05:12, or 1:05:12 from an hour on."""
    seconds = max(0, int(length.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    clock = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{clock}" if hours else clock
