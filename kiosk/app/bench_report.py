"""How long the yearly report of 100,000 tickets takes; seconds.

The worst case keeps all of them, opened for the first time and again with what the days counted; the usual
one keeps a quarter and has rows of those erased. Peers: the same rows lying open in SQLite, counted by GROUP
BY; and openpyxl writing the workbook's cells without charts.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import threading
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kiosk.app.bench_year import make_day, tickets_of
from kiosk.app.gathering import Progress, gather
from kiosk.app.office import Office, open_data
from kiosk.app.reporting import Wanted, make, months_wanted, save
from kiosk.core.statistics import Row
from kiosk.errors import Trouble

if TYPE_CHECKING:
    from kiosk.reports.model import Report

Made = TypeVar("Made")
TICKETS, DAYS, YEAR = 100_000, 250, 2025
_AT_ONCE = 5_000
KEPT = 25_000
"""Tickets of the usual case that are not erased yet."""


def run(home: Path, tickets: int = TICKETS) -> dict[str, float]:
    """The figures. `tickets` fewer than TICKETS for a trial."""
    wanted = Wanted("year", str(YEAR))
    worst, usual = open_data(home / "worst"), open_data(home / "usual")
    make_year(worst, tickets, tickets)
    make_year(usual, tickets, tickets * KEPT // TICKETS)
    first, report = _timed(lambda: make(worst, wanted))
    again, _ = _timed(lambda: make(worst, wanted))
    mixed, _ = _timed(lambda: make(usual, wanted))
    mixed_again, _ = _timed(lambda: make(usual, wanted))
    sheet, _ = _timed(lambda: save(worst, report, home / "year.xlsx"))
    page, _ = _timed(lambda: save(worst, report, home / "year.pdf"))
    return {
        "tickets": tickets,
        "year_first_s": first,
        "year_again_s": again,
        "year_usual_first_s": mixed,
        "year_usual_again_s": mixed_again,
        "xlsx_s": sheet,
        "pdf_s": page,
        "cancel_s": cancelled(usual),
        "stall_ms": stall(usual, wanted),
        "sqlite_group_by_s": sqlite_peer(home / "peer.sqlite", tickets, len(worst.counted.tables)),
        "openpyxl_bare_s": openpyxl_peer(report, home / "bare.xlsx"),
    }


def make_year(office: Office, tickets: int, kept: int) -> None:
    """So many tickets over the year's days, the later ones kept, the earlier as rows."""
    from kiosk.app.counting import RowMaker

    dice, maker = random.Random(tickets), RowMaker(office)
    days = [date(YEAR, 1, 1) + timedelta(days=365 * place // DAYS) for place in range(DAYS)]
    each, first_kept = tickets // DAYS, DAYS - DAYS * kept // tickets
    old: dict[str, Row] = {}
    for place, day in enumerate(days):
        if place >= first_kept:
            make_day(office, day, each, dice)
            continue
        begun = datetime(day.year, day.month, day.day, 9, tzinfo=office.settings.office.zone)
        for number, case in enumerate(tickets_of(day, begun, each, dice)):
            old[f"{day}-{number}"] = maker.row(case)
    names = list(old)
    for start in range(0, len(names), _AT_ONCE):
        office.rows.add(days[0], {name: old[name] for name in names[start : start + _AT_ONCE]})
    office.rows.forget(days[0])


def cancelled(office: Office) -> float:
    """From the wish to stop until it has stopped, while days are opened."""
    stop = threading.Event()
    asked: list[float] = []

    def seen(progress: Progress) -> None:
        if progress.done > 1 and not stop.is_set():
            stop.set()
            asked.append(time.perf_counter())

    from kiosk.app.day_notes import erase

    for day in office.store.days():
        erase(office.data, day)
    try:
        months = months_wanted(Wanted("year", str(YEAR)))
        gather(office, months, progress=seen, stopped=stop.is_set, processes=2)
    except Trouble as trouble:
        if trouble.key != "trouble.report_stopped":
            raise
    return time.perf_counter() - asked[0] if asked else 0.0


def stall(office: Office, wanted: Wanted) -> float:
    """The longest time a window's thread was kept from its next beat while a report is made beside it, in
    milliseconds; a beat is a look at its queue every 5 ms."""
    from kiosk.app.reporter import Reporter
    from kiosk.workers import Reply, Results

    results, ended = Results(), list[Reply]()
    reporter = Reporter(office, results)
    begun = last = time.perf_counter()
    reporter.make(wanted, ended.append)
    longest = 0.0
    while not ended:
        results.poll()
        time.sleep(0.005)
        now = time.perf_counter()
        longest, last = max(longest, now - last - 0.005), now
        if now - begun > 600:
            raise Trouble("trouble.report_failed", log="no answer within ten minutes")
    results.close()
    return longest * 1000


def sqlite_peer(file: Path, tickets: int, tables: int) -> float:
    """Counting as many open rows by as many columns with SQLite; the median of three."""
    dice = random.Random(1)
    names = ", ".join(f"c{number}" for number in range(tables))
    with sqlite3.connect(file) as peer:
        peer.execute(f"create table row (month, {names})")
        marks = ", ".join("?" * (tables + 1))
        peer.executemany(
            f"insert into row values ({marks})",
            (
                [f"{YEAR}-{dice.randrange(12):02d}", *(dice.randrange(12) for _ in range(tables))]
                for _ in range(tickets)
            ),
        )
    peer = sqlite3.connect(file)

    def counted() -> None:
        for number in range(tables):
            peer.execute(f"select month, c{number}, count(*) from row group by 1, 2").fetchall()

    taken = [_timed(counted)[0] for _ in range(3)]
    peer.close()
    return statistics.median(taken)


def openpyxl_peer(report: Report, file: Path) -> float:
    """The same cells without fonts, charts or anything else."""
    from openpyxl import Workbook

    def write() -> None:
        book = Workbook(write_only=True)
        for number, table in enumerate(report.tables):
            sheet = book.create_sheet(str(number))
            for line in (table.heads, *table.lines):
                sheet.append(list(line))
        book.save(file)

    return _timed(write)[0]


def _timed(work: Callable[[], Made]) -> tuple[float, Made]:
    begun = time.perf_counter()
    made = work()
    return time.perf_counter() - begun, made
