"""A yearly report made beside a console's window: how long it takes, and what the window does meanwhile."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.app.bench_report import YEAR
from kiosk.app.reporting import Wanted
from kiosk.workers import Reply

if TYPE_CHECKING:
    from kiosk.app.bench_hall import Hall
    from kiosk.app.office import Office

CALLS = 10
"""Calls while the report is made."""


def beside_a_report(hall: Hall, office: Office) -> dict[str, float]:
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
