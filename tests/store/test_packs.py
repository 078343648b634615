"""Packs: whole and taken over as they were, or refused with a sentence and nothing written."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.changes import call, close, note, record, serve, undo
from kiosk.core.consultation import Consultation
from kiosk.core.ticket import State
from kiosk.errors import Trouble
from kiosk.store.carrying import carried_from, line_of
from kiosk.store.keys import Keyring
from kiosk.store.pack_reader import open_pack, read_file
from kiosk.store.packs import LARGEST, Part, pack_bytes, write_out
from kiosk.store.sealing import new_key
from kiosk.store.signing import sign, signed_by
from tests.store.outreach import Office, Tablet
from tests.store.samples import DAY, FULL, NOW, PLAIN, SENSITIVE, minutes, told


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "office")


@pytest.fixture
def tablet(office: Office, tmp_path: Path) -> Tablet:
    return office.tablet(tmp_path / "tablet")


def worked(tablet: Tablet, visits: int = 4) -> Tablet:
    """A tablet after some visits: one served and closed with a note, the others waiting."""
    made = [
        tablet.store.issue((FULL, SENSITIVE, PLAIN)[turn % 3], language="ko", at=minutes(turn))
        for turn in range(visits)
    ]
    for apply in (
        lambda t: call(t, minutes(20), counter="1"),
        lambda t: serve(t, minutes(21), counter="1"),
        lambda t: note(t, "社協の窓口で話した"),
        lambda t: close(t, minutes(40), counter="1"),
    ):
        tablet.store.change(made[0].id, apply)
    return tablet


def recorded(tablet: Tablet) -> Tablet:
    """The same, with a counselor's record of the first, saved twice, and a call of the second taken back."""
    first, second = (ticket.id for ticket in worked(tablet).store.tickets()[:2])
    for words in ("途中", "法テラスへ"):
        tablet.store.change(first, partial(record, consultation=Consultation("k03", done=words)))
    tablet.store.change(second, lambda t: call(t, minutes(41), counter="1"))
    tablet.store.change(second, lambda t: undo(t, minutes(41), counter="1"))
    return tablet


def test_a_pack_brings_everything_and_the_office_reads_it(office: Office, tablet: Tablet) -> None:
    at_office = office.store.issue(PLAIN, language="en", at=NOW)
    report = office.take(worked(tablet).pack())
    assert [len(report.new), len(report.changed), len(report.refused)] == [4, 0, 0]
    found = office.store.tickets()
    assert [ticket.number for ticket in found] == ["A001", "C001", "C002", "C003", "C004"]
    assert found[0] == at_office
    assert found[1].state is State.CLOSED
    assert found[1].content == replace(
        FULL,
        notes=(*FULL.notes, "社協の窓口で話した"),
        note_stamps=found[1].content.note_stamps,
    )
    assert found[2].content == SENSITIVE
    assert found[2].first
    assert all(ticket.periods == tablet.store.get(ticket.id).periods for ticket in found[1:])


def test_a_pack_brings_records_and_what_was_taken_back(office: Office, tablet: Tablet) -> None:
    office.take(recorded(tablet).pack())
    first, second = office.store.tickets()[:2]
    assert [(one.by, one.done) for one in first.content.records] == [("k03", "法テラスへ")]
    assert (second.state, len(second.periods), len(second.effective)) == (State.WAITING, 3, 1)
    assert second.periods == tablet.store.get(second.id).periods
    office.store.change(first.id, lambda t: record(t, Consultation("k03", done="電話で確認")))
    assert not office.take(tablet.pack()).changed
    assert office.store.get(first.id).content.records[0].done == "電話で確認"


def test_a_tablet_opens_nothing_itself(tablet: Tablet) -> None:
    worked(tablet)
    assert all(ticket.content.closed for ticket in tablet.store.tickets())
    with told("trouble.keys_away"):
        tablet.keys.unlock("whatever it is")
    with told("trouble.keys_locked"):
        tablet.keys.office()
    assert tablet.keys.protected
    assert not (tablet.folder / "keys" / "office.open").exists()


def test_numbers_and_keys_of_the_office_go_on(office: Office, tablet: Tablet) -> None:
    office.store.issue(PLAIN, language="en", at=NOW)
    office.take(worked(tablet).pack())
    issued = office.store.issue(FULL, language="en", at=minutes(50))
    assert issued.number == "A002"
    again = Keyring(office.folder / "keys")
    assert {len(again.carried(DAY)), len(tablet.keys.carried(DAY))} == {2, 1}
    assert office.store.get(issued.id).content == FULL
    # The tablet's key opens what came, never what the office writes.
    assert again.carried(DAY)[-1] != tablet.keys.carried(DAY)[0]


def test_twice_changes_nothing_and_later_brings_what_is_new(office: Office, tablet: Tablet) -> None:
    first = worked(tablet).pack()
    office.take(first)
    journal = office.folder / "store" / f"{DAY}.journal"
    before = journal.read_bytes()
    report = office.take(first)
    assert [len(report.new), len(report.changed), len(report.unchanged)] == [0, 0, 4]
    assert journal.read_bytes() == before
    waiting = tablet.store.tickets()[1]
    tablet.store.change(waiting.id, lambda t: call(t, minutes(60), counter="2"))
    tablet.store.issue(PLAIN, language="vi", at=minutes(61))
    report = office.take(tablet.pack())
    assert [len(report.new), len(report.changed), len(report.unchanged)] == [1, 1, 3]
    assert office.take(first).unchanged  # an older pack takes nothing back
    assert office.store.get(waiting.id).state is State.CALLED


def test_what_both_did_is_kept_and_told(office: Office, tablet: Tablet) -> None:
    ticket = tablet.store.issue(PLAIN, language="ko", at=NOW)
    office.take(tablet.pack())
    office.store.change(ticket.id, lambda t: call(t, minutes(5), counter="3"))
    office.store.change(ticket.id, lambda t: note(t, "電話した"))
    tablet.store.change(ticket.id, lambda t: call(t, minutes(6), counter="1"))
    tablet.store.change(ticket.id, lambda t: note(t, "入管の席へ"))
    report = office.take(tablet.pack())
    assert [one.reason for one in report.conflicts] == ["two_counters"]
    found = office.store.get(ticket.id)
    assert [period.counter for period in found.periods] == ["", "3", "1"]
    assert set(found.content.notes) == {"電話した", "入管の席へ"}


def test_the_same_ticket_under_another_number_is_refused(office: Office, tablet: Tablet) -> None:
    ticket = worked(tablet).store.tickets()[0]
    [mine] = [one for one in tablet.store.carried(DAY) if one.ticket.id == ticket.id]
    office.keys.adopt(DAY, tablet.keys.carried(DAY))
    office.store.merge([replace(mine, ticket=replace(mine.ticket, number="C777"))])
    report = office.take(tablet.pack())
    assert [(one.id, one.reason) for one in report.refused] == [(ticket.id, "other_number")]
    assert len(report.new) == 3
    assert office.store.get(ticket.id).number == "C777"


def test_a_number_given_twice_keeps_both_and_says_so(office: Office, tmp_path: Path) -> None:
    one, other = (worked(office.tablet(tmp_path / name), 2) for name in ("t1", "t2"))
    office.take(one.pack())
    report = office.take(other.pack())
    assert {(found.number, found.reason) for found in report.conflicts} == {
        ("C001", "number_twice"),
        ("C002", "number_twice"),
    }
    assert [ticket.number for ticket in office.store.tickets()] == ["C001", "C001", "C002", "C002"]
    assert len(office.store.db().all()) == 4


def test_what_was_erased_does_not_come_back(office: Office, tablet: Tablet) -> None:
    from kiosk.store.erasing import new_mark

    pack = worked(tablet).pack()
    office.take(pack)
    gone = office.store.tickets()[0]
    mark = new_mark(whole=False, tickets=1, reason="request", ticket=gone.id)
    office.store.erase(gone, mark, print)
    report = office.take(pack)
    assert [(one.id, one.reason) for one in report.refused] == [(gone.id, "erased")]
    assert gone.id not in {ticket.id for ticket in office.store.tickets()}


# Hostile packs


def refused(office: Office, pack: bytes, *keys: str, now: Any = NOW) -> None:
    """The pack is refused with one of the sentences, and the office's folder stays as it was."""
    before = sorted((path, path.stat().st_size) for path in office.folder.rglob("*"))
    with told(*keys):
        office.take(pack, now)
    assert sorted((path, path.stat().st_size) for path in office.folder.rglob("*")) == before


def test_every_97th_byte_altered_is_noticed(office: Office, tablet: Tablet) -> None:
    pack = worked(tablet).pack()
    for place in range(0, len(pack), 97):
        damaged = bytearray(pack)
        damaged[place] ^= 1 << place % 8
        with told(
            "trouble.pack_garbage", "trouble.pack_version", "trouble.pack_office", "trouble.pack_damaged"
        ):
            office.read(bytes(damaged))
    refused(office, pack[:-1] + bytes([pack[-1] ^ 1]), "trouble.pack_damaged")


def test_cut_off_anywhere_is_noticed(office: Office, tablet: Tablet) -> None:
    pack = worked(tablet).pack()
    for length in (*range(0, 400, 7), *range(400, len(pack), 301), len(pack) - 1):
        with told("trouble.pack_garbage", "trouble.pack_damaged"):
            office.read(pack[:length])
    for longer in (pack + b"\0", pack + pack, pack + pack[-100:]):
        refused(office, longer, "trouble.pack_damaged")


def test_chunks_swapped_or_left_out_are_noticed(office: Office, tablet: Tablet) -> None:
    pack = worked(tablet, 90).pack()
    start, step = pack.index(b"\n", 20) + 1, (1 << 16) + 16
    assert len(pack) > start + 3 * step
    one, two = pack[start : start + step], pack[start + step : start + 2 * step]
    refused(office, pack[:start] + two + one + pack[start + 2 * step :], "trouble.pack_damaged")
    refused(office, pack[:start] + pack[start + step :], "trouble.pack_damaged")


def test_garbage_is_no_pack(office: Office) -> None:
    for data in (b"", b"\0" * 5000, os.urandom(5000), b"PK\x03\x04" + os.urandom(500), b"{}", b"MADOGUCHI"):
        refused(office, data, "trouble.pack_garbage")
    for data in (
        b"MADOGUCHI-PACK 1\n",
        b"MADOGUCHI-PACK 1\n{}\n",
        b"MADOGUCHI-PACK 1\n" + b"[" * 900 + b"\n",
    ):
        refused(office, data, "trouble.pack_damaged")


def test_another_version_is_told(office: Office, tablet: Tablet) -> None:
    pack = worked(tablet).pack()
    refused(office, pack.replace(b"PACK 1\n", b"PACK 2\n", 1), "trouble.pack_version")
    refused(office, tablet.pack(version=2), "trouble.pack_version")


def test_another_office_cannot_open_it(tablet: Tablet, tmp_path: Path) -> None:
    refused(Office(tmp_path / "other"), worked(tablet).pack(), "trouble.pack_office")


def test_only_an_event_of_this_office_counts(office: Office, tablet: Tablet, tmp_path: Path) -> None:
    """Whoever knows the public key can seal to it, but has no event that the office signed."""
    worked(tablet)
    other = Office(tmp_path / "other")
    stolen = other.line(tablet.event)
    foreign = other.line(other.event())
    for line in (stolen, foreign, "", "MADOEV1", office.line(tablet.event)[:-9], "x" * 9000):
        refused(office, tablet.pack(event=line), "trouble.pack_event")
    refused(office, tablet.pack(event=office.line(office.event("D"))), "trouble.pack_event")


def test_a_pack_from_the_future_waits(office: Office, tmp_path: Path) -> None:
    early = office.tablet(tmp_path / "early", skew=timedelta(days=1))
    early.store.issue(PLAIN, language="ko", at=NOW + timedelta(days=1))
    refused(office, early.pack(), "trouble.pack_future")
    assert office.take(early.pack(), NOW + timedelta(days=1)).new


@pytest.mark.parametrize("hours", [-20, 9])
def test_a_wrong_time_zone_is_no_wrong_day(office: Office, tmp_path: Path, hours: int) -> None:
    skewed = office.tablet(tmp_path / "skewed", skew=timedelta(hours=hours))
    skewed.store.issue(PLAIN, language="ko", at=NOW + skewed.skew)
    assert office.take(skewed.pack()).new


def test_a_day_still_to_come_is_the_future(office: Office, tablet: Tablet) -> None:
    tablet.day = DAY + timedelta(days=1)
    tablet.store.issue(PLAIN, language="ko", at=NOW)
    refused(office, tablet.pack(), "trouble.pack_future")


PATHS = [
    "../../etc/passwd",
    "/etc/passwd",
    "day/../../x",
    "day/2026-07-28/..",
    "day/2026-07-28\0",
    "DAY/1",
    "",
    "keys",
]


@pytest.mark.parametrize("name", PATHS)
def test_a_part_is_never_a_path(office: Office, tablet: Tablet, name: str) -> None:
    worked(tablet)
    refused(office, tablet.pack(parts=[Part(name, b"x")]), "trouble.pack_damaged")


def lines_of(tablet: Tablet) -> list[dict[str, Any]]:
    return [json.loads(line_of(one)) for one in tablet.store.carried(DAY)]


def pack_with(tablet: Tablet, rows: list[Any], count: int | None = None) -> bytes:
    data = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    keys = json.dumps(tablet.keys.carried(DAY)).encode()
    days = {DAY.isoformat(): len(rows) if count is None else count}
    return tablet.pack(parts=[Part(f"day/{DAY}", data), Part(f"keys/{DAY}", keys)], days=days)


def _first(change: Callable[[dict[str, Any]], Any]) -> Callable[[list[Any]], Any]:
    return lambda rows: change(rows[0])


HOSTILE: dict[str, Callable[[list[Any]], Any]] = {
    "twice": lambda rows: rows.append(rows[0]),
    "id": _first(lambda row: row["routing"].update(id="../../../x")),
    "id_of_another_kind": _first(
        lambda row: row["routing"].update(id="01900000-0000-4000-8000-000000000000")
    ),
    "number": _first(lambda row: row["routing"].update(number="C0001")),
    "number_text": _first(lambda row: row["routing"].update(number="C1; DROP")),
    "day": _first(lambda row: row["routing"].update(day="2026-07-27")),
    "no_periods": _first(lambda row: row["routing"].update(periods=[])),
    "state": _first(lambda row: row["routing"]["periods"][0].update(state="gone")),
    "stamp": _first(lambda row: row["routing"]["periods"][0].update(stamp="z" * 26)),
    "naive_time": _first(lambda row: row["routing"]["periods"][0].update(at="2026-07-28T10:00:00")),
    "periods": _first(lambda row: row["routing"].update(periods=row["routing"]["periods"] * 3000)),
    "sealed": _first(lambda row: row.update(sealed="x")),
    "sealed_short": _first(lambda row: row["sealed"].update(data="")),
    "notes": _first(lambda row: row.update(notes=[{"stamp": 1}])),
    "undoes": _first(lambda row: row["routing"]["periods"][0].update(undoes="x")),
    "records": _first(lambda row: row.update(records=[{"by": "k03"}])),
    "records_twice": _first(lambda row: row.update(records=row["records"] * 2)),
    "records_many": _first(lambda row: row.update(records=row["records"] * 3000)),
    "record_author": _first(lambda row: row["records"][0].update(by=["k03"])),
    "record_author_long": _first(lambda row: row["records"][0].update(by="k" * 65)),
    "record_unstamped": _first(lambda row: row["records"][0].update(stamp="")),
    "routing": _first(lambda row: row.update(routing=[])),
    "site_long": _first(lambda row: row["routing"].update(site="本" * 201)),
    "lane_no_database_takes": _first(lambda row: row["routing"].update(lane="\x00")),
    "half_a_sign": _first(lambda row: row["routing"].update(language="\ud83d")),
    "author_half_a_sign": _first(lambda row: row["records"][0].update(by="\ude00")),
    "row": lambda rows: rows.append([]),
    "nothing": lambda rows: rows.append(None),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_ticket_spoils_its_pack(office: Office, tablet: Tablet, name: str) -> None:
    """Made by somebody who holds a signed event and the public key: a thief with the tablet."""
    rows = lines_of(recorded(tablet))
    HOSTILE[name](rows)
    refused(office, pack_with(tablet, rows), "trouble.pack_damaged")


def test_another_letter_spoils_its_pack(office: Office, tablet: Tablet) -> None:
    rows = lines_of(worked(tablet))
    rows[0]["routing"]["number"] = "A001"
    refused(office, pack_with(tablet, rows), "trouble.pack_event")


def test_other_counts_than_told_spoil_it(office: Office, tablet: Tablet) -> None:
    rows = lines_of(worked(tablet))
    refused(office, pack_with(tablet, rows, 3), "trouble.pack_damaged")
    wrong: tuple[object, ...] = ({}, {"2026-07-29": 4}, {"x": 1}, [], None)
    for days in wrong:
        refused(office, tablet.pack(days=days), "trouble.pack_damaged")


@pytest.mark.parametrize("member", ["device", "made", "faults", "days"])
def test_a_manifest_without_a_member_is_none(office: Office, tablet: Tablet, member: str) -> None:
    every: tuple[object, ...] = (None, 1, "x", [[]] if member != "faults" else 1)
    for wrong in every:
        refused(office, worked(tablet, 1).pack(**{member: wrong}), "trouble.pack_damaged")


def test_foreign_day_keys_are_not_adopted(office: Office, tablet: Tablet, tmp_path: Path) -> None:
    other = Office(tmp_path / "other")
    worked(tablet)
    parts = [Part(f"keys/{DAY}", json.dumps(other.keys.carried(DAY)).encode())]
    refused(office, tablet.pack(parts=parts, days={}), "trouble.pack_damaged")
    for keys in (b"[1]", b"{}", b"null", b'[{"public": "", "to": "", "closed": ""}]', b"[" * 5000):
        refused(office, tablet.pack(parts=[Part(f"keys/{DAY}", keys)], days={}), "trouble.pack_damaged")


def test_content_that_does_not_open_stays_on_the_tablet(office: Office, tablet: Tablet) -> None:
    rows = lines_of(worked(tablet))
    rows[1]["sealed"], rows[2]["sealed"] = rows[2]["sealed"], rows[1]["sealed"]
    report = office.read(pack_with(tablet, rows))
    assert [(one.number, one.reason) for one in report.refused] == [("C002", "closed"), ("C003", "closed")]
    assert [one.ticket.number for one in report.tickets] == ["C001", "C004"]


def test_what_a_pack_tells_of_its_size_is_held_to(office: Office, tablet: Tablet) -> None:
    """Nothing is unpacked, so the only bomb is a lie: a length that is not there."""
    pack = worked(tablet).pack()
    first, opening, rest = pack.split(b"\n", 2)
    for name, value in (("bytes", 10**15), ("bytes", -1), ("chunks", 10**9), ("bytes", 0), ("chunks", "1")):
        table = {**json.loads(opening), name: value}
        refused(office, b"\n".join([first, json.dumps(table).encode(), rest]), "trouble.pack_damaged")
    public = tablet.event.public
    for length in (2**32 - 1, 10**6, 5):
        text = pack_bytes(public, {}, [])
        assert length != len(text)
    with told("trouble.pack_large"):
        pack_bytes(public, {"x": "y" * (1 << 20)}, [])


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.pack"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with told("trouble.pack_large"):
        read_file(path)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/zero")):
        with told("trouble.pack_garbage", "trouble.pack_unreadable"):
            read_file(path)
    with told("trouble.pack_unreadable"):
        read_file(tmp_path / "missing.pack")


# The stick


def failing(monkeypatch: pytest.MonkeyPatch, name: str, code: int, after: int = 0) -> None:
    real, calls = getattr(os, name), [0]

    def call(*args: Any, **more: Any) -> Any:
        calls[0] += 1
        if calls[0] > after:
            raise OSError(code, os.strerror(code))
        return real(*args, **more)

    monkeypatch.setattr(os, name, call)


@pytest.mark.parametrize("call", ["open", "write", "fsync", "read"])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENODEV, errno.ENOSPC, errno.EROFS])
def test_a_stick_that_fails_leaves_no_half_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    with monkeypatch.context() as patched:
        failing(patched, call, code)
        with told("trouble.disk_full" if code == errno.ENOSPC else "trouble.file_unwritten"):
            write_out(tmp_path / "x.pack", b"data" * 1000)
    left = {path.name for path in tmp_path.iterdir()}
    assert not left or call == "read"
    assert write_out(tmp_path / "x.pack", b"data" * 1000)
    assert (tmp_path / "x.pack").read_bytes() == b"data" * 1000


def test_a_stick_that_gives_back_something_else_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.read
    with monkeypatch.context() as patched:
        patched.setattr(os, "read", lambda handle, count: real(handle, count).replace(b"a", b"b", 1))
        with told("trouble.file_unwritten"):
            write_out(tmp_path / "x.pack", b"data" * 1000)
    assert not list(tmp_path.iterdir())


def test_a_stick_pulled_while_it_is_read_is_told(
    office: Office, tablet: Tablet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.pack"
    path.write_bytes(worked(tablet, 60).pack())
    with monkeypatch.context() as patched:
        failing(patched, "read", errno.EIO)
        with told("trouble.pack_unreadable"):
            read_file(path)
    assert office.take(read_file(path)).new


@pytest.mark.parametrize("call", ["fsync", "fdatasync", "write"])
def test_a_disk_that_fails_in_the_middle_of_a_merge(
    office: Office, tablet: Tablet, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """From each flush or write of a merge on the disk fails; merging again does the rest, nothing twice."""
    worked(tablet)
    tablet.day = DAY - timedelta(days=1)
    worked(tablet)
    pack = tablet.pack()
    mine = office.store.issue(PLAIN, language="en", at=NOW)
    failed = []
    for after in range(30):
        with monkeypatch.context() as patched:
            failing(patched, call, errno.EIO, after)
            try:
                office.take(pack)
                break
            except Trouble as trouble:
                failed.append(trouble.key)
        office.store.close()
    assert len(failed) >= 2
    assert set(failed) == {"trouble.store_failed"}
    office.take(pack)
    assert len(office.store.tickets()) == 5
    assert len(office.store.tickets(tablet.day)) == 4
    assert office.store.get(mine.id) == mine
    assert not any(ticket.content.closed for ticket in office.store.tickets())
    assert not office.store.faults()


# Small things


def test_a_line_is_the_ticket(tablet: Tablet) -> None:
    for one in worked(tablet).store.carried(DAY):
        assert carried_from(line_of(one), DAY) == one
        with pytest.raises(ValueError, match="another day"):
            carried_from(line_of(one), date(2026, 7, 30))


def test_a_clock_put_right_leaves_its_tickets_good(tablet: Tablet) -> None:
    """Ids go on rising in a process, so they may name a day long after the ticket's own."""
    tablet.day = DAY + timedelta(days=300)
    tablet.store.issue(PLAIN, language="ko", at=NOW + timedelta(days=300))
    (tablet.folder / "store" / f"{tablet.day}.journal").unlink()
    tablet.day = DAY
    ticket = tablet.store.issue(PLAIN, language="ko", at=NOW)
    [one] = tablet.store.carried(DAY)
    assert one.ticket.id == ticket.id
    assert carried_from(line_of(one), DAY) == one


def test_signatures_hold_only_for_their_text_and_key() -> None:
    private, other = new_key(), new_key()
    signature = sign(private, b"text")
    assert signed_by(private.public, b"text", signature)
    assert not signed_by(other.public, b"text", signature)
    assert not signed_by(private.public, b"texT", signature)
    assert not any(signed_by(private.public, b"text", wrong) for wrong in (b"", signature[:-1], bytes(64)))
    assert not signed_by(b"\4" + bytes(32), b"text", signature)


def test_a_pack_opens_only_with_its_key(tablet: Tablet) -> None:
    with pytest.raises(Trouble):
        open_pack(worked(tablet).pack(), new_key())
