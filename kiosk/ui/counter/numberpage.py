"""Calling one number: typed at the counter, and said plainly why it cannot be called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.core import waiting
from kiosk.core.ticket import ENDED, State, Ticket
from kiosk.ui.counter.buttons import Key, button
from kiosk.ui.counter.calling import call_here
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import FieldBox, Laid, Own, field_frame, page_head
from kiosk.ui.counter.papers import read_paper
from kiosk.ui.parts import Box

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console


@dataclass
class CallNumber:
    """Those who wait, are away or on hold; nobody who is at another counter."""

    console: Console
    note: str = ""

    def opened(self) -> None:
        self.console.show()
        self.console.fields.focus("number")

    def page(self) -> Own:
        return Own("number", self.note, number_page, keys=(("Return", "go"),), main="go")

    def press(self, kind: str, detail: str) -> None:  # noqa: ARG002
        console = self.console
        typed = console.fields.text("number")
        if kind != "go" or not typed.strip() or console.current is not None:
            return
        case = self._found(typed)
        if case is None:
            return
        why = why_not(console, case)
        if why:
            self.note = why
        else:
            call_here(console, case, "reason.number")

    def _found(self, typed: str) -> Ticket | None:
        """The ticket of the number; of several days with the same one, today's."""
        console, today = self.console, self.console.desk.now().date()
        paper = read_paper(typed, today)
        if paper is None:
            self.note = console.say("number.unreadable")
            return None
        cases = [case for case in console.desk.tickets() if case.number == paper.number]
        found = next((case for case in sorted(cases, key=lambda one: one.day != paper.day)), None)
        if found is None:
            self.note = console.say("number.unknown", number=paper.number)
        return found


def why_not(console: Console, case: Ticket) -> str:
    """Why the ticket cannot be called now; empty where it can."""
    say = console.say
    if case.state in ENDED:
        return say("number.ended", number=case.number)
    if case.state in (State.CALLED, State.SERVING):
        where, state = console.counter_name(case.counter), say(f"state.{case.state.value}")
        return say("number.elsewhere", number=case.number, counter=where, state=state)
    if case.due is not None and waiting.later(case, console.desk.now()):
        return say("number.later", number=case.number, time=f"{console.local(case.due):%H:%M}")
    return ""


def number_page(note: str, grid: Grid, area: Box) -> Laid:
    px = grid.px
    parts, rest = page_head(grid.say("page.number"), grid.say("number.text"), grid, area)
    field = Box(rest.x + px(6), rest.y + px(70), px(260), px(52))
    parts += field_frame(grid.say("number.entry"), field, grid)
    go = Box(field.right + px(24), field.y - px(6), px(280), field.h + px(12))
    parts += button(Key("go", "⏎", "megaphone", grid.say("number.go")), go, grid, primary=True)
    if note:
        below = Box(rest.x, field.bottom + px(26), rest.w, px(64))
        parts.append(grid.words(below, note, 18, bold=True, colour="warm_ink", shrink=True, lines=2))
    return Laid(tuple(parts), (FieldBox("number", field, size=28 * grid.unit),))
