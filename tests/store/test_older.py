"""Days kept before contents were sealed are sealed once, and nothing of them is lost."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.changes import call, note
from kiosk.core.records import content_record, routing_record
from kiosk.core.ticket import Ticket
from kiosk.store import older
from kiosk.store.keys import Keyring
from kiosk.store.older import days_open, seal_older
from kiosk.store.record import encode
from tests.store.samples import DAY, FULL, NOW, PLAIN, minutes, tiny

JOURNAL = f"{DAY}.journal"


@pytest.fixture
def former(folder: Path) -> list[Ticket]:
    """A day as it was written before: a ticket issued, called and noted, another issued."""
    store = tiny(folder)
    first, second = (store.issue(one, language="ko", at=NOW) for one in (FULL, PLAIN))
    store.close()
    noted = replace(note(call(first, minutes(1), counter="1"), "メモ"))
    bodies = [
        {"routing": routing_record(case), "content": content_record(case.content), "issued": {"A": 2}}
        for case in (first, second, call(first, minutes(1), counter="1"), noted)
    ]
    lines = [encode(DAY, place, "change", body) for place, body in enumerate(bodies, 1)]
    (folder / f".{DAY}.counts").unlink()
    (folder / JOURNAL).write_bytes(b"".join(lines))
    (folder / "damaged").mkdir(exist_ok=True)
    (folder / "damaged" / f"{JOURNAL}-9").write_bytes(lines[0][:-20])
    (folder / "damaged" / "other").write_bytes(b"zeros")
    return [noted, second]


def words(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_day_is_sealed_once_and_reads_the_same(folder: Path, former: list[Ticket]) -> None:
    running = tiny(folder)
    assert running.tickets() == former
    assert days_open(folder) == [DAY]
    assert seal_older(folder, Keyring(folder / "keys")) == (DAY,)
    assert days_open(folder) == []
    assert running.tickets() == tiny(folder).tickets() == former
    assert running.faults() == ()
    assert tiny(folder).issue(PLAIN, language="vi", at=NOW).number == "A003"
    for told in ("월급", "メモ", "wages", "payslip"):
        assert told.encode() not in words(folder)
    assert [path.name for path in (folder / "damaged").iterdir()] == ["other"]
    assert seal_older(folder, Keyring(folder / "keys")) == ()


@pytest.mark.parametrize("name", ["write", "fsync", "open", "link", "rename", "replace"])
@pytest.mark.parametrize("after", range(6))
def test_cut_off_anywhere_the_day_is_whole(
    folder: Path, former: list[Ticket], name: str, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = Keyring(folder / "keys")
    real, count = getattr(os, name), [after]

    def cut(*given: object, **named: object) -> object:
        count[0] -= 1
        if count[0] < 0:
            raise KeyboardInterrupt
        return real(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, name, cut)
        try:
            seal_older(folder, keys)
        except KeyboardInterrupt:
            assert count[0] < 0
    assert tiny(folder).tickets() == former
    seal_older(folder, keys)
    assert tiny(folder).tickets() == former
    assert "월급".encode() not in words(folder)


def test_a_record_nobody_can_read_keeps_its_place(folder: Path, former: list[Ticket]) -> None:
    lines = (folder / JOURNAL).read_bytes().splitlines(keepends=True)
    body = {"routing": routing_record(former[1]), "content": {"narrative": "월급"}, "issued": {"A": 2}}
    (folder / JOURNAL).write_bytes(b"".join([*lines, encode(DAY, 5, "change", body)]))
    seal_older(folder, Keyring(folder / "keys"))
    assert [t.number for t in tiny(folder).tickets()] == ["A001", "A002"]
    assert "월급".encode() not in words(folder)
    assert older.days_open(folder) == []
