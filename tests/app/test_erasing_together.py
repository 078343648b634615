"""Kiosk and console both erase at night: whoever comes second counts nobody again."""

from __future__ import annotations

import random
from datetime import date, timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

from kiosk.app.bench_year import make_day
from kiosk.app.erasure import erase_before
from kiosk.app.office import open_data

FIRST, DAYS, EACH = date(2026, 1, 5), 12, 6


def erase(data: Path, together: Barrier) -> None:
    """A process's main function."""
    office = open_data(data)
    together.wait()
    erase_before(office, FIRST + timedelta(days=DAYS), reason="automatic")
    office.store.close()


def test_two_processes_that_erase_at_once_leave_one_row_a_ticket(tmp_path: Path) -> None:
    office = open_data(tmp_path)
    for number in range(DAYS):
        make_day(office, FIRST + timedelta(days=number), EACH, random.Random(number))
    context = get_context("spawn")
    together = context.Barrier(2)
    processes = [context.Process(target=erase, args=(tmp_path, together)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert office.store.days() == []
    assert sum(not row.part for row in office.rows.year(2026)) == DAYS * EACH
    trail = [file.read_text("utf-8") for file in (tmp_path / "audit").glob("*.log")]
    assert sum(told.count('"erase"') for told in trail) == DAYS, "each day is told once"
    office.store.close()
