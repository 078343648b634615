from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from kiosk.core.ticket import Case, Content
from kiosk.store.erasing import erase_before
from kiosk.store.keys import Keyring
from kiosk.store.tiny import TinyStore
from tests.core.make import NOON


def test_days_past_their_time_are_gone_with_everything_set_aside(tmp_path: Path) -> None:
    days = [date(2026, 8, 1), date(2026, 8, 31), date(2026, 11, 20)]
    for day in days:
        store = TinyStore(tmp_path, letter="A", today=lambda day=day: day)
        store.issue(Content(cases=(Case("work"),)), language="vi", at=NOON)
        store.close()
    aside = tmp_path / "damaged"
    aside.mkdir(exist_ok=True)
    (aside / "2026-08-01.journal.100").write_bytes(b"something somebody said")
    (tmp_path / "kept.txt").write_text("not a day")

    assert erase_before(tmp_path, date(2026, 11, 20) - timedelta(days=90)) == (date(2026, 8, 1),)
    Keyring(tmp_path / "keys").erase_before(date(2026, 11, 20) - timedelta(days=90))
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert not [name for name in left if "2026-08-01" in name]
    assert {"2026-08-31.journal", "2026-11-20.journal", "kept.txt"} <= left
    assert TinyStore(tmp_path, letter="A", today=lambda: days[2]).days() == days[1:]


def test_nothing_there_is_nothing_gone(tmp_path: Path) -> None:
    assert erase_before(tmp_path / "missing", date(2026, 1, 1)) == ()
