"""What counselors wait for: the card of whoever is next, what another counter did, a record on the disk.

In real windows on a day of 500 tickets; then the same console while a yearly report over 100,000 tickets is
made beside it. Peer of a call, in turns with it: SQLite's UPDATE … RETURNING (write-ahead log, synchronous
FULL) and a plain Tk label that shows the row.
"""

from __future__ import annotations

import itertools
import json
import random
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.bench_report import TICKETS, YEAR, make_year
from kiosk.app.bench_year import tickets_of
from kiosk.app.office import Office, open_data
from kiosk.app.reporting import Wanted
from kiosk.core import changes
from kiosk.core import ticket as tickets
from kiosk.core.clock import HybridClock, stamped
from kiosk.core.records import content_record
from kiosk.core.waiting import format_number
from kiosk.errors import Trouble
from kiosk.ui.counter.place import Place
from kiosk.workers import Reply, Results

if TYPE_CHECKING:
    from kiosk.app.console_window import ConsoleWindow
    from kiosk.app.display import DisplayWindow

TODAY = 500
"""Tickets of the day."""
WAITING = 150
ROUNDS = 40
CALLS = 10
"""Calls while the report is made."""
PATIENCE_S = 600.0
SETTINGS = '[office]\nkeep_days = 36500\n[display]\nsound = "none"\n'
"""Last year's tickets are to be counted, not deleted, and the display is not to speak."""
Figures = dict[str, float]


def run(home: Path, made: Path | None = None, year: int = TICKETS) -> Figures:
    """Milliseconds and seconds. `made`: a data folder that holds the year already; `year`: how many tickets
    it is made of otherwise."""
    data = made if made is not None and made.exists() else home / "data"
    with ExitStack() as ends:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        (data / "settings.toml").write_text(SETTINGS, encoding="utf-8")
        office, other = open_data(data), open_data(data)
        ends.callback(office.store.close)
        ends.callback(other.store.close)
        if data != made:
            make_year(office, year, year)
        fill_today(office)
        hall = Hall(office, other, ends)
        peer = SqlitePeer(home / "peer.sqlite", office, hall.console)
        ends.callback(peer.close)
        figures = in_turns(hall, peer)
        return figures | beside_a_report(hall, office)


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


class SqlitePeer:
    """The same call with nothing of a product around it: a row, and a label that shows it."""

    def __init__(self, file: Path, office: Office, shown: ConsoleWindow) -> None:
        import tkinter

        self._root, self._base = shown.window.root, sqlite3.connect(file, isolation_level=None)
        self._label = tkinter.Label(self._root, wraplength=800)
        for line in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "CREATE TABLE ticket (id TEXT PRIMARY KEY, number TEXT, state TEXT, counter TEXT, body TEXT)",
            "CREATE INDEX waiting ON ticket (state, number)",
        ):
            self._base.execute(line)
        rows = [
            (case.id, case.number, case.state.value, "", json.dumps(content_record(case.content)))
            for case in office.store.tickets()
        ]
        self._base.executemany("INSERT INTO ticket VALUES (?, ?, ?, ?, ?)", rows)

    def call(self) -> float:
        begun = time.perf_counter()
        chosen = "SELECT id FROM ticket WHERE state = 'waiting' ORDER BY number LIMIT 1"
        change = f"UPDATE ticket SET state = 'called', counter = '1' WHERE id = ({chosen}) RETURNING body"
        (body,) = self._base.execute(change).fetchall()[0]
        self._label.configure(text=body)
        self._root.update_idletasks()
        return (time.perf_counter() - begun) * 1000

    def close(self) -> None:
        self._base.close()


def in_turns(hall: Hall, peer: SqlitePeer) -> Figures:
    """Calls, the peer's calls, records and another counter's changes, one after the other."""
    taken: dict[str, list[float]] = {name: [] for name in ("call", "display", "peer", "record", "other")}
    for _ in range(ROUNDS):
        hall.later()
        begun = time.perf_counter()
        taken["call"].append(hall.call())
        number = hall.console.console.present.number
        hall.until(lambda number=number: _announced(hall) == number)  # type: ignore[misc]
        taken["display"].append((time.perf_counter() - begun) * 1000)
        taken["peer"].append(peer.call())
        taken["record"].append(_record(hall))
        hall.rest()
        taken["other"].append(hall.end())
    figures: Figures = {"tickets_today": TODAY}
    for name, times in taken.items():
        figures[f"{name}_median_ms"] = statistics.median(times)
        figures[f"{name}_p95_ms"] = statistics.quantiles(times, n=20)[-1]
    figures["call_peer_ratio"] = figures["call_median_ms"] / figures["peer_median_ms"]
    return figures


def _announced(hall: Hall) -> str:
    shown = hall.display.announcing.shown
    return shown.number if shown is not None else ""


def _record(hall: Hall) -> float:
    """A counselor's record saved: until it is on the disk and back."""
    console, saved = hall.console.console, list[object]()
    if console.records is None:
        raise Trouble("trouble.demo_stuck", log="this console keeps no records")
    words = "監督署へ同行し、申告をした。" * 8
    begun = time.perf_counter()
    console.records.amend(console.present, lambda one: replace(one, done=words), saved.append)
    hall.until(lambda: saved)
    if isinstance(saved[0], Trouble):
        raise saved[0]
    return (time.perf_counter() - begun) * 1000


def beside_a_report(hall: Hall, office: Office) -> Figures:
    """The year's report beside the window: how long it takes, the window's longest stall meanwhile, and a
    call meanwhile. The same window's longest stall with nothing running is its peer."""
    from kiosk.app.day_notes import erase

    def anew() -> None:
        """Nothing counted before helps."""
        for day in office.store.days():
            erase(office.data, day)

    calls: list[float] = []

    def call() -> None:
        if len(calls) < CALLS:
            calls.append(hall.call())
            hall.end()

    idle = _stall(hall, lambda: hall.rest(5.0))
    took: list[float] = []
    anew()
    stalled = _stall(hall, lambda: took.append(_reported(hall, office)))
    anew()
    _reported(hall, office, call)
    return {
        "stall_idle_ms": idle,
        "report_s": took[0],
        "stall_report_ms": stalled,
        "call_beside_report_median_ms": statistics.median(calls),
    }


def _reported(hall: Hall, office: Office, meanwhile: Callable[[], None] = lambda: None) -> float:
    """Seconds until the report is there."""
    from kiosk.app.reporter import Reporter

    ended: list[Reply] = []
    reporter = Reporter(office, hall.results)
    begun = time.perf_counter()
    reporter.make(Wanted("year", str(YEAR)), ended.append)
    while not ended:
        meanwhile()
        hall.rest(0.02)
    took = time.perf_counter() - begun
    if ended[0].trouble is not None:
        raise ended[0].trouble
    return took


def _stall(hall: Hall, work: Callable[[], object]) -> float:
    """The longest time between two beats of the console's window while `work` runs, milliseconds."""
    beats, root, running = [time.perf_counter()], hall.console.window.root, True

    def beat() -> None:
        beats.append(time.perf_counter())
        if running:
            root.after(1, beat)

    beat()
    work()
    running = False
    return max((after - before) * 1000 for before, after in itertools.pairwise(beats))
