"""Anonymous rows at rest: each ticket once, whatever dies in between."""

from __future__ import annotations

import errno
from contextlib import suppress
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from kiosk.core.statistics import Row, row_of
from kiosk.errors import Trouble
from kiosk.store.rows import Rows
from tests.store.failing import Disk
from tests.store.samples import DAY, FULL, ticket_named

IDS = [f"01990000-0000-7000-8000-00000000000{n}" for n in range(4)]


def made(count: int = 4) -> dict[str, Row]:
    cases = [replace(ticket_named(key), content=FULL, language="ko") for key in IDS[:count]]
    return {case.id: row_of(case, UTC, lambda name: (name,)) for case in cases}


def test_each_ticket_once(tmp_path: Path) -> None:
    rows = Rows(tmp_path / "statistics")
    assert rows.add(DAY, made(2)) == 2
    assert Rows(tmp_path / "statistics").add(DAY, made(3)) == 1
    assert rows.add(DAY, made(3)) == 0
    assert rows.year(2026) == list(made(3).values())
    assert rows.counted(DAY) == set(IDS[:3])
    assert rows.days() == [DAY]
    rows.forget(DAY)
    assert rows.days() == []
    assert len(rows.year(2026)) == 3
    assert rows.year(2025) == []
    assert rows.faults() == ()


def test_nothing_of_the_ticket_and_no_order_stays(tmp_path: Path) -> None:
    rows = Rows(tmp_path / "statistics")
    for key, row in made().items():
        rows.add(DAY, {key: row})
    rows.add(DAY, {"x": replace(made(1)[IDS[0]], language="aa")})
    rows.forget(DAY)
    left = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != ".lock"]
    assert [path.name for path in left] == ["2026.rows"]
    lines = left[0].read_bytes().splitlines()[1:]
    assert lines == sorted(lines)
    for secret in (*IDS, "A001", str(DAY), "회사", "給料"):
        assert secret.encode() not in left[0].read_bytes()
    assert left[0].stat().st_mode & 0o077 == 0


def test_a_damaged_row_is_set_aside_and_told(tmp_path: Path) -> None:
    rows = Rows(tmp_path / "statistics")
    rows.add(DAY, made(3))
    path = tmp_path / "statistics" / "2026.rows"
    path.write_bytes(path.read_bytes().replace(b'"ko"', b'"vi"', 1))
    rows = Rows(tmp_path / "statistics")
    assert len(rows.year(2026)) == 2
    assert [fault.key for fault in rows.faults()] == ["trouble.statistics_damaged"]
    assert rows.add(DAY, made(4)) == 1
    assert len(Rows(tmp_path / "statistics").year(2026)) == 3


@pytest.mark.parametrize("name", ["open", "write", "fsync", "unlink", "replace", "rename"])
def test_cut_off_at_any_call_each_ticket_leaves_one_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for after in range(24):
        folder = tmp_path / str(after)
        Rows(folder).add(DAY, made(1))
        disk = Disk(monkeypatch)
        disk.fail(name, errno.EIO, after=after)
        with suppress(Trouble):
            Rows(folder).add(DAY, made(3))
        disk.mend()
        assert len(Rows(folder).year(2026)) in (1, 3)
        again = Rows(folder)
        again.add(DAY, made(4))
        assert again.year(2026) == list(made(4).values())
        assert again.counted(DAY) == set(IDS)


def test_spoiled_notes_of_its_own_do_not_stop_it(tmp_path: Path) -> None:
    rows = Rows(tmp_path)
    rows.add(DAY, made(1))
    (tmp_path / "adding").write_bytes(b"{")
    (tmp_path / "counted" / "2026-07-29").write_bytes(b"\0")
    assert rows.add(DAY, made(2)) == 1
    assert rows.counted(DAY.replace(day=29)) == set()
    assert {fault.key for fault in rows.faults()} == {"trouble.statistics_damaged"}
