"""What counselors wait for: the card of whoever is next, what another counter did, a record on the disk.

In real windows on a day of 500 tickets; then the same console while a yearly report over 100,000 tickets is
made beside it. Peer of a call, in turns with it: SQLite with nothing of a product around it.
"""

from __future__ import annotations

import statistics
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from kiosk.app.bench_beside import beside_a_report
from kiosk.app.bench_hall import TODAY, Hall, fill_today
from kiosk.app.bench_report import TICKETS, make_year
from kiosk.app.bench_sqlite import SqlitePeer
from kiosk.app.office import open_data
from kiosk.errors import Trouble

ROUNDS = 40
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
