"""The audit trail: added to only, and every kind of tampering found at its line."""

from __future__ import annotations

import errno
import json
import multiprocessing
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import Trouble
from kiosk.store import audit_line
from kiosk.store.audit import Audit
from kiosk.store.audit_line import Entry, link, seal
from kiosk.store.trail import ADDED, CHANGED, HEAD, MONTH, ORDER, REMOVED, Flaw, check, read_trail
from tests.store.failing import Disk, largest_file, noted
from tests.store.samples import NOW, told

SPAWN = multiprocessing.get_context("spawn")
OPENED = Entry("open", NOW, "01990000-0000-7000-8000-000000000000", "k03", "1")


def trail(folder: Path) -> Audit:
    return Audit(folder / "audit", device=folder / "device")


def flaws(folder: Path, head: str = "") -> list[Flaw]:
    return check(read_trail(trail(folder).files()), head)


def write(folder: Path, *months: int, each: int = 3) -> list[Path]:
    """A trail of so many lines in each of the months."""
    made = trail(folder)
    for month in months:
        for n in range(each):
            made.write(replace(OPENED, at=datetime(2026, month, 3 + n, 9, tzinfo=NOW.tzinfo)))
    return made.files()


def read(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()


def put(path: Path, lines: list[bytes]) -> None:
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def forged(line: bytes, **changes: object) -> bytes:
    """The line changed, with a hash that fits it."""
    record = {name: value for name, value in json.loads(line).items() if name != "hash"}
    return seal(json.dumps(record | changes, ensure_ascii=False, separators=(",", ":")))


def test_a_line_says_who_what_when_and_follows_the_one_before(tmp_path: Path) -> None:
    made = trail(tmp_path)
    made.write(OPENED)
    made.write(replace(OPENED, action="erase", of="2026-04-01", more={"tickets": 12, "reason": "automatic"}))
    first, second = (json.loads(line) for line in read(made.files()[0]))
    assert (first["n"], first["action"], first["staff"], first["counter"]) == (1, "open", "k03", "1")
    assert (first["at"], first["of"], first["before"]) == (NOW.isoformat(), OPENED.of, "")
    assert second["more"] == {"tickets": 12, "reason": "automatic"}
    assert second["before"] == first["hash"]
    assert first["stamp"] < second["stamp"]
    assert made.head() == (2, second["hash"])
    assert flaws(tmp_path, first["hash"]) == []
    assert (tmp_path / "audit").stat().st_mode & 0o077 == 0
    assert made.files()[0].stat().st_mode & 0o077 == 0


def test_months_are_chained(tmp_path: Path) -> None:
    paths = write(tmp_path, 7, 8, 10)
    assert [path.name for path in paths] == ["2026-07.log", "2026-08.log", "2026-10.log"]
    assert flaws(tmp_path) == []
    paths[1].unlink()
    assert flaws(tmp_path) == [Flaw(MONTH, "2026-08.log", 0, 4, 6)]


def test_the_first_month_missing_is_noticed_too(tmp_path: Path) -> None:
    paths = write(tmp_path, 7, 8)
    paths[0].unlink()
    assert flaws(tmp_path) == [Flaw(MONTH, "2026-07.log", 0, 1, 3)]


def test_a_clock_set_back_over_the_month_goes_on_in_the_newest_file(tmp_path: Path) -> None:
    made = trail(tmp_path)
    made.write(replace(OPENED, at=datetime(2026, 8, 1, tzinfo=NOW.tzinfo)))
    made.write(replace(OPENED, at=datetime(2026, 7, 31, tzinfo=NOW.tzinfo)))
    assert [path.name for path in made.files()] == ["2026-08.log"]
    assert flaws(tmp_path) == []


def test_nothing_that_was_written_is_written_again(tmp_path: Path) -> None:
    made, before = trail(tmp_path), b""
    for n in range(5):
        trail(tmp_path).write(replace(OPENED, counter=str(n)))
        found = made.files()[0].read_bytes()
        assert found.startswith(before)
        before = found


def line_at(paths: list[Path], number: int) -> tuple[Path, int]:
    """File and place (from 0) of the line with the number."""
    for path in paths:
        lines = read(path)
        if number <= len(lines):
            return path, number - 1
        number -= len(lines)
    raise IndexError(number)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    paths = write(tmp_path_factory.mktemp("trail"), 7, 8, each=5)
    return {path.name: path.read_bytes() for path in paths}


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_any_byte_changed_is_found_at_its_line(
    written: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("tampered")
    (folder / "audit").mkdir()
    name = data.draw(st.sampled_from(sorted(written)))
    whole = written[name]
    place = data.draw(st.integers(0, len(whole) - 1).filter(lambda n: whole[n] != ord("\n")))
    bad = data.draw(st.integers(0, 255).filter(lambda byte: byte not in (whole[place], ord("\n"))))
    for other, text in written.items():
        (folder / "audit" / other).write_bytes(text)
    (folder / "audit" / name).write_bytes(whole[:place] + bytes([bad]) + whole[place + 1 :])
    assert flaws(folder) == [Flaw(CHANGED, name, whole.count(b"\n", 0, place) + 1)]


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_every_tampering_is_named_at_its_line(
    written: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Lines forged with a hash that fits, removed, doubled, put in, moved: any but the newest."""
    folder = tmp_path_factory.mktemp("tampered")
    (folder / "audit").mkdir()
    for name, text in written.items():
        (folder / "audit" / name).write_bytes(text)
    paths = trail(folder).files()
    number = data.draw(st.integers(1, 9))
    path, place = line_at(paths, number)
    lines = read(path)
    kind = data.draw(st.sampled_from(["forged", "removed", "doubled", "garbage", "inserted", "moved"]))
    flaw = Flaw(CHANGED, path.name, place + 1)
    if kind == "forged":
        lines[place] = forged(lines[place], staff="somebody else")
    elif kind == "removed":
        del lines[place]
        next_path, next_place = (path, place) if place < len(lines) else (paths[1], 0)
        flaw = Flaw(REMOVED, next_path.name, next_place + 1, number, number)
    elif kind == "doubled":
        lines.insert(place + 1, lines[place])
        flaw = Flaw(ADDED, path.name, place + 2)
    elif kind == "garbage":
        lines.insert(place + 1, data.draw(st.binary(min_size=1).filter(lambda b: b"\n" not in b)))
        flaw = Flaw(ADDED, path.name, place + 2)
    elif kind == "inserted":
        lines.insert(place + 1, forged(lines[place], staff="nobody"))
        flaw = Flaw(ADDED, path.name, place + 2)
    else:
        if place > len(lines) - 3:
            return
        lines.insert(place + 2, lines.pop(place))
        flaw = Flaw(ORDER, path.name, place + 3)
    put(path, lines)
    assert flaws(folder) == [flaw], kind


def test_the_newest_lines_removed_show_only_by_the_hash_kept_on_paper(tmp_path: Path) -> None:
    (path,) = write(tmp_path, 7, each=5)
    head = trail(tmp_path).head()[1]
    put(path, read(path)[:3])
    assert flaws(tmp_path) == [], "from inside there is nothing to see"
    assert flaws(tmp_path, head) == [Flaw(HEAD, path.name, 0)]
    assert [flaw.key for flaw in check([], head)] == [HEAD]


def test_all_written_anew_shows_only_by_the_hash_kept_on_paper(tmp_path: Path) -> None:
    write(tmp_path / "true", 7)
    head = trail(tmp_path / "true").head()[1]
    write(tmp_path / "false", 7)
    assert flaws(tmp_path / "false") == []
    assert flaws(tmp_path / "false", head)


def test_lines_removed_under_a_running_process_leave_a_gap(tmp_path: Path) -> None:
    made = trail(tmp_path)
    for _ in range(3):
        made.write(OPENED)
    put(made.files()[0], read(made.files()[0])[:1])
    made.write(OPENED)
    assert flaws(tmp_path) == [Flaw(REMOVED, "2026-07.log", 2, 2, 3)]
    made.files()[0].unlink()
    made.write(OPENED)
    assert [flaw.key for flaw in flaws(tmp_path)] == [REMOVED]


@pytest.mark.parametrize("cut", [1, 40, 200])
def test_a_torn_line_is_cut_and_noted(tmp_path: Path, cut: int) -> None:
    (path,) = write(tmp_path, 7)
    whole = path.read_bytes()
    torn = read(path)[-1][:-cut]
    path.write_bytes(whole + torn)
    trail(tmp_path).write(OPENED)
    assert path.read_bytes().startswith(whole), "whole lines stay as they are"
    noted, opened = (json.loads(line) for line in read(path)[-2:])
    assert (noted["action"], noted["more"]["bytes"], opened["action"]) == ("torn", len(torn), "open")
    assert (tmp_path / "audit" / noted["more"]["copy"]).read_bytes() == torn
    assert flaws(tmp_path) == []


def test_a_first_line_torn_in_a_new_month(tmp_path: Path) -> None:
    write(tmp_path, 6)
    (tmp_path / "audit" / "2026-07.log").write_bytes(b'{"n":4,"at"')
    trail(tmp_path).write(OPENED)
    assert flaws(tmp_path) == []
    assert [json.loads(line)["action"] for line in read(trail(tmp_path).files()[1])] == ["torn", "open"]


def test_a_spoiled_last_line_is_followed_and_told(tmp_path: Path) -> None:
    (path,) = write(tmp_path, 7)
    lines = read(path)
    put(path, [*lines[:-1], b"spoiled" + lines[-1][7:]])
    assert flaws(tmp_path) == [Flaw(CHANGED, path.name, 3)]
    made = trail(tmp_path)
    made.write(OPENED)
    assert made.head()[0] == 4
    assert flaws(tmp_path) == [Flaw(CHANGED, path.name, 3)]


def _many(folder: str, count: int) -> None:
    made = trail(Path(folder))
    for _ in range(count):
        made.write(OPENED)


def test_processes_write_one_chain(tmp_path: Path) -> None:
    started = [SPAWN.Process(target=_many, args=(str(tmp_path), 40)) for _ in range(4)]
    for process in started:
        process.start()
    for process in started:
        process.join()
        assert process.exitcode == 0
    assert trail(tmp_path).head()[0] == 160
    assert flaws(tmp_path) == []


def test_a_line_that_fails_is_not_there_and_comes_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, disk = trail(tmp_path), Disk(monkeypatch)
    made.write(OPENED)
    disk.fail("fdatasync", errno.EIO)
    with told("trouble.store_failed"):
        made.write(replace(OPENED, counter="2"))
    assert not made.late, "what must be there before goes on is not written afterwards"
    assert not made.note(replace(OPENED, action="call", counter="3"))
    assert made.late
    disk.mend()
    assert trail(tmp_path).late, "another process sees to it as well"
    other = trail(tmp_path)
    other.write(replace(OPENED, counter="4"))
    assert not made.late
    found = [json.loads(line) for line in read(made.files()[0])]
    assert [one["counter"] for one in found] == ["1", "3", "4"]
    assert [one["more"].get("late") for one in found] == [None, 1, None]
    assert flaws(tmp_path) == []


def test_where_the_disk_takes_nothing_lines_wait_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, disk = trail(tmp_path), Disk(monkeypatch)
    made.write(OPENED)
    disk.fail("write", errno.ENOSPC)
    for n in range(3):
        assert not made.note(replace(OPENED, action="call", counter=str(n)))
    disk.mend()
    made.catch_up()
    assert not made.late
    assert made.head()[0] == 4
    assert flaws(tmp_path) == []


def test_a_full_disk_at_every_size(tmp_path: Path) -> None:
    made = trail(tmp_path)
    made.write(OPENED)
    path = made.files()[0]
    count = 1
    for room in range(path.stat().st_size, path.stat().st_size + 900, 11):
        before = path.read_bytes()
        with suppress(Trouble), largest_file(room):
            made.write(OPENED)
            count += 1
        assert path.read_bytes() == before or made.head()[0] == count
        assert flaws(tmp_path) == []
    assert 1 < count < 5


@pytest.mark.parametrize("name", ["open", "write", "fdatasync", "fsync", "ftruncate", "pread"])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_any_call_failing_at_any_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    """Whatever fails, what was acknowledged is there and the chain is sound."""
    for after in range(8):
        folder, kept = tmp_path / str(after), 0
        folder.mkdir()
        disk = Disk(monkeypatch)
        disk.fail(name, code, after=after)
        for _ in range(4):
            with suppress(Trouble):
                trail(folder).write(OPENED)
                kept += 1
        disk.mend()
        trail(folder).write(OPENED)
        assert trail(folder).head()[0] >= kept + 1
        assert flaws(folder) == []


def test_one_flush_and_no_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = trail(tmp_path)
    made.write(OPENED)
    flushed: list[int] = []
    noted(monkeypatch, "fdatasync", lambda _, handle: flushed.append(handle))
    made.write(OPENED)
    assert len(flushed) == 1
    with pytest.raises(ValueError, match="no action"):
        made.write(replace(OPENED, action="이름"))


def test_a_line_never_grows_without_bound(tmp_path: Path) -> None:
    made = trail(tmp_path)
    made.write(replace(OPENED, staff="k" * 9999, more={"reason": "x" * 9999}))
    made.write(OPENED)
    assert max(map(len, read(made.files()[0]))) < audit_line.LONGEST
    assert flaws(tmp_path) == []


def test_many_years_are_walked_at_once(tmp_path: Path) -> None:
    made = trail(tmp_path)
    for n in range(24):
        made.write(replace(OPENED, at=NOW + timedelta(days=31 * n)))
    assert flaws(tmp_path) == []
    assert len(made.files()) == 24
    assert link(read(made.files()[-1])[-1]) == made.head()[1]
