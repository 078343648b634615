"""What consoles choose, kept in one file by several processes at once."""

from __future__ import annotations

import threading
from pathlib import Path

from kiosk.app import places
from kiosk.app.office import Office
from kiosk.ui.counter.place import Place

COUNTERS, TURNS = [str(number) for number in range(1, 6)], 20


def test_no_console_loses_what_another_keeps(tmp_path: Path) -> None:
    start, failed = threading.Barrier(len(COUNTERS)), []

    def work(counter: str) -> None:
        office = Office(tmp_path)
        start.wait()
        for turn in range(TURNS):
            tongue = ("ja", "en")[turn % 2]
            places.keep(office, Place(counter, "office", tongue=tongue))
            if places.chosen(office, counter).get("tongue") != tongue:
                failed.append((counter, turn))

    threads = [threading.Thread(target=work, args=(counter,)) for counter in COUNTERS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    office = Office(tmp_path)
    assert all(places.chosen(office, counter) for counter in COUNTERS)
    assert list(tmp_path.glob(".*")) == [], "nothing half written stays"
