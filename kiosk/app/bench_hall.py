"""A counters' hall to measure in: a day of 500 tickets, a console and a call display in their windows."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.app.bench_year import tickets_of
from kiosk.app.office import Office, open_data
from kiosk.core import changes
from kiosk.core import ticket as tickets
from kiosk.core.clock import HybridClock, stamped
from kiosk.core.waiting import format_number
from kiosk.errors import Trouble
from kiosk.ui.counter.place import Place
from kiosk.workers import Results

if TYPE_CHECKING:
    from kiosk.app.console_window import ConsoleWindow
    from kiosk.app.display import DisplayWindow

TODAY = 500
"""Tickets of the day."""
WAITING = 150
PATIENCE_S = 600.0


def fill_today(office: Office) -> None:
    """The day's tickets: most over, the last ones waiting."""
    from kiosk.store.carrying import carried
    from kiosk.store.contents import closed
    from kiosk.store.ids import Ids

    dice, ids, clock, now = random.Random(7), Ids(), HybridClock("0badcafe"), office.now()
    made = []
    for number, case in enumerate(tickets_of(now.date(), now - timedelta(hours=9), TODAY, dice), start=1):
        waits = number > TODAY - WAITING
        at = now - timedelta(minutes=TODAY - number)
        periods = (replace(case.periods[0], at=at),) if waits else case.periods
        content = replace(case.content, records=()) if waits else case.content
        whole = replace(case, id=ids.next(at), number=format_number("A", number), periods=periods)
        whole = stamped(None, replace(whole, content=content), clock)
        made.append(carried(whole, closed(office.keys, whole, None, None)))
    office.store.merge(made)


class Hall:
    """A console and a call display in their windows, and another counter's own store."""

    def __init__(self, office: Office, other: Office, ends: ExitStack) -> None:
        from kiosk.app.console_window import ConsoleWindow
        from kiosk.app.display import DisplayWindow

        self.other, self._ahead = other, 0.0
        self.results, there = Results(), Results()
        hall = open_data(office.data)
        hall.keys.public_only()
        place = Place("1", "", "k01", ("vi", "pt-BR"))
        self.console: ConsoleWindow = ConsoleWindow(office, self.results, place, size=(1280, 800), fatal=True)
        self.display: DisplayWindow = DisplayWindow(
            hall, there, size=(960, 540), clock=lambda: time.monotonic() + self._ahead, fatal=True
        )
        for end in (self.console.window.close, self.display.close, self.results.close, there.close):
            ends.callback(end)
        ends.callback(hall.store.close)
        self.until(lambda: len(self.console.console.desk.tickets()) >= TODAY)

    def later(self) -> None:
        """The last announcement is over for the display."""
        self._ahead += 60.0

    def until(self, met: Callable[[], object]) -> float:
        """Let the windows work until it is met, and what was drawn is on the screen; milliseconds."""
        begun, root = time.perf_counter(), self.console.window.root
        while not met():
            root.after(1, lambda: None)
            root.tk.dooneevent(0)
            if time.perf_counter() - begun > PATIENCE_S:
                raise Trouble("trouble.demo_stuck", log="the console gave no answer")
        root.update_idletasks()
        return (time.perf_counter() - begun) * 1000

    def rest(self, seconds: float = 0.4) -> None:
        """A counselor reads; the windows' beats go on."""
        end = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() >= end)

    def call(self) -> float:
        """From the press to the card on the screen."""
        console = self.console.console
        begun = time.perf_counter()
        console.press("call")
        self.until(lambda: not console.busy)
        if console.current is None or console.current.content.closed:
            raise Trouble("trouble.demo_stuck", log="nobody was called")
        return (time.perf_counter() - begun) * 1000

    def end(self) -> float:
        """Another counter ends the case; until this console has let it go."""
        console, store = self.console.console, self.other.store
        case = console.present
        for change in (changes.serve, changes.close):
            done = store.change(
                case.id,
                lambda one, change=change: change(one, self.other.now(), counter="1"),  # type: ignore[misc]
            )
        took = self.until(lambda: console.current is None)
        self.until(
            lambda: done.id in {one.id for one in console.desk.tickets() if one.state in tickets.ENDED}
        )
        return took
