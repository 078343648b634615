"""An office's own agencies, the days its agencies are closed, and the choice among thousands of them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from kiosk.app import matching
from kiosk.app.office import is_holiday, open_data
from kiosk.core.directory import Directory, match
from kiosk.core.hours import opening

OWN = """
[[service]]
id = "pref-kumamoto"
verification = "official"
source = "電話で確認"
assured_date = "2026-12-01"

[[service]]
id = "consumer-188"
off = true
"""


def test_an_office_confirms_and_hides_rows_in_its_data_folder(tmp_path: Path) -> None:
    shipped = open_data(tmp_path / "as-shipped")
    hidden, shown = shipped.service("pref-kumamoto"), shipped.service("consumer-188")
    assert hidden is not None
    assert shown is not None
    assert (hidden.shown, shown.shown) == (False, True)

    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "referrals.toml").write_text(OWN, encoding="utf-8")
    office = open_data(tmp_path / "own")
    confirmed, gone = office.service("pref-kumamoto"), office.service("consumer-188")
    assert confirmed is not None
    assert gone is not None
    assert (confirmed.shown, gone.shown) == (True, False)
    assert confirmed.telephone == hidden.telephone
    assert office.service("nobody") is None


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2026, 11, 23), True),  # 勤労感謝の日
        (date(2026, 12, 28), False),
        (date(2026, 12, 29), True),
        (date(2027, 1, 3), True),
        (date(2027, 1, 4), False),
        (date(2027, 3, 22), True),  # the day after a holiday on a Sunday
    ],
)
def test_days_on_which_offices_are_closed(day: date, closed: bool) -> None:
    assert is_holiday(day) == closed


def test_the_measured_rows_are_the_same_each_time_and_led_to() -> None:
    rows = matching.many(1_000)
    assert rows == matching.many(1_000)
    assert len({row.id for row in rows}) == len(rows) == 1_000
    asked = matching.groups()
    assert len(asked) == len(set(asked)) >= 20
    known = {group for row in rows if row.shown for group in row.groups}
    assert {group for wanted in asked for group in wanted} <= known


@pytest.mark.parametrize("now", matching.HOURS.values(), ids=list(matching.HOURS))
def test_one_hour_of_the_measurement_is_open_and_the_other_closed(now: datetime) -> None:
    rows = Directory(matching.many(1_000))
    states = [
        one.opening.state
        for wanted in matching.groups()
        for one in match(
            wanted,
            rows,
            language="en",
            prefecture=matching.PREFECTURE,
            area=matching.AREA,
            now=now,
            is_holiday=is_holiday,
        )
    ]
    assert states.count("open" if now == matching.HOURS["open"] else "closed") > 0
    law = rows.get("houterasu-multilingual")
    assert law is not None
    assert (opening(law.schedule, now, is_holiday).state == "open") == (now == matching.HOURS["open"])


def test_index_and_scan_choose_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "ROWS", 700)
    figures = matching.run()
    assert figures["rows"] == 700
    assert {
        "match_open_p50_ms",
        "match_closed_max_ms",
        "scan_open_p95_ms",
        "scan_ratio_closed",
    } <= figures.keys()
