"""The id of a machine: made once, the same for all its processes, and never a reason not to take a ticket."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from kiosk.core.clock import DEVICE, device_of
from kiosk.store.device import device_id
from kiosk.store.protocol import Fault
from kiosk.store.tiny import TinyStore
from tests.store.samples import DAY, NOW, PLAIN, tiny


def test_it_is_made_once(tmp_path: Path) -> None:
    path, faults = tmp_path / "data" / "device", list[Fault]()
    made = device_id(path, faults.append)
    assert DEVICE.fullmatch(made)
    assert path.read_text().split()[0] == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert device_id(path, faults.append) == made
    assert faults == []
    assert [file.name for file in path.parent.iterdir()] == ["device"]


def test_one_made_before_there_were_checks_stays(tmp_path: Path) -> None:
    path = tmp_path / "device"
    path.write_bytes(b"5e0c91af\n")
    assert device_id(path, _none) == "5e0c91af"


def test_every_flipped_bit_is_told(tmp_path: Path) -> None:
    path = tmp_path / "device"
    made = device_id(path, _none)
    data = path.read_bytes()
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        faults = list[Fault]()
        assert device_id(path, faults.append) != made
        assert faults


def test_many_at_once_get_the_same(tmp_path: Path) -> None:
    found, begin = list[str](), threading.Barrier(8)

    def ask() -> None:
        begin.wait()
        found.append(device_id(tmp_path / "device", _none))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def _none(fault: Fault) -> None:
    raise AssertionError(fault)


@pytest.mark.parametrize(
    "damage", [b"", b"0000000", b"0000000a", b"0000000A\n", bytes(9), b"0000000a\n0000000a\n", b"\xff" * 9000]
)
def test_damage_is_kept_and_told_and_a_new_one_made(tmp_path: Path, damage: bytes) -> None:
    path, faults = tmp_path / "device", list[Fault]()
    path.write_bytes(damage)
    made = device_id(path, faults.append)
    assert DEVICE.fullmatch(made)
    assert device_id(path, _none) == made
    assert [(fault.key, fault.file) for fault in faults] == [("trouble.device_replaced", "device")]
    assert (tmp_path / faults[0].copy).read_bytes() == damage


def test_another_thing_in_its_place_is_moved_aside(tmp_path: Path) -> None:
    path, elsewhere, faults = tmp_path / "device", tmp_path / "elsewhere", list[Fault]()
    elsewhere.write_text("0000000a\n")
    path.symlink_to(elsewhere)
    assert device_id(path, faults.append) != "0000000a"
    assert elsewhere.read_text() == "0000000a\n"
    path.unlink()
    path.mkdir()
    made = device_id(path, faults.append)
    assert device_id(path, _none) == made
    assert len(faults) == 2


def test_a_half_made_one_does_not_count(tmp_path: Path) -> None:
    (tmp_path / ".device.half").write_text("0000")
    made = device_id(tmp_path / "device", _none)
    assert device_id(tmp_path / "device", _none) == made


def test_a_disk_that_takes_none_is_told_and_tickets_go_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def refuse(path: os.PathLike[str] | str, *rest: int, **more: int) -> int:
        if "device" in os.fspath(path):
            raise OSError(30, "read-only")
        return real(path, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    store = TinyStore(folder, letter="A", today=lambda: DAY, device=tmp_path / "device")
    issued = [store.issue(PLAIN, language="en", at=NOW) for _ in range(2)]
    assert [fault.key for fault in store.faults()] == ["trouble.device_unkept"]
    assert len({device_of(ticket.latest) for ticket in issued}) == 1


def test_a_store_names_the_device_it_was_given(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "device"
    path.write_text("0000000e\n")
    store = TinyStore(folder, letter="A", today=lambda: DAY, device=path)
    assert device_of(store.issue(PLAIN, language="en", at=NOW).latest) == "0000000e"


def test_damage_to_it_changes_nothing_kept(folder: Path) -> None:
    first = tiny(folder).issue(PLAIN, language="en", at=NOW)
    (folder / "device").write_text("x")
    store = tiny(folder)
    second = store.issue(PLAIN, language="en", at=NOW)
    assert [fault.key for fault in store.faults()] == ["trouble.device_replaced"]
    assert store.get(first.id) == first
    assert (second.number, device_of(second.latest) != device_of(first.latest)) == ("A002", True)
    assert second.latest > first.latest
