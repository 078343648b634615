"""Single flipped bits in every file: each is told, or changes nothing anybody can see."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import Trouble
from kiosk.store import passphrase
from kiosk.store.trail import check, read_trail
from tests.store.faulty.office import ALL, PAPER, WORDS, Office, day, entry, rows
from tests.store.samples import DAY, FIRST, LAWYER, PLAIN, minutes, ticket_named

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
EACH = 640 if ALL else 80
"""Flips in each file."""
KEYS = ("keys/office.pub", f"keys/{DAY}.key")
FILES = (
    f"store/{DAY}.journal", f"store/.{DAY}.counts", f"store/erased/{DAY}", "bookings/2026-08-05.journal",
    "audit/2026-07.log", "statistics/2026.rows", f"statistics/counted/{DAY}", "device",
    *KEYS, "keys/office.open",
)  # fmt: skip
PROTECTED = (*KEYS, "keys/office.json")


@pytest.fixture(scope="module")
def kept() -> Iterator[dict[bool, tuple[Path, str]]]:
    """An office with something in each file, without and with a passphrase, and the ticket erased there."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(dir=MEMORY) as root:
        patch.setattr(os, "fsync", lambda _: None)
        patch.setattr(os, "fdatasync", lambda _: None)
        patch.setattr(passphrase, "MEMORY", 1024)
        patch.setattr(passphrase, "PASSES", 1)
        yield {protected: _filled(Path(root) / f"{protected}", protected) for protected in (False, True)}


def _filled(data: Path, protected: bool) -> tuple[Path, str]:
    office, erased = Office(data), []
    day(office, lambda what: erased.append(what) if isinstance(what, str) else None)
    for name in "ab":
        office.bookings.book(LAWYER, FIRST, partial(ticket_named, name))
    for count in range(5):
        office.audit.write(entry(count))
    office.rows.add(DAY, rows(5))
    if protected:
        office.keys.setup(WORDS, PAPER)
    office.close()
    return data, erased[0]


def seen(data: Path, erased: str, protected: bool) -> tuple[list[str], bool]:
    """All that can be seen of the folder, and whether anything was told."""
    office = Office(data)
    troubles = []

    def one(ask: Callable[[], Any]) -> str:
        try:
            return repr(ask())
        except Trouble as trouble:
            troubles.append(trouble)
            return trouble.key

    parts: list[Callable[[], Any]] = [
        lambda: office.keys.unlock(WORDS) if protected else None,
        lambda: (office.keys.protected, office.keys.days()),
        office.store.tickets,
        lambda: office.store.is_erased(DAY, erased),
        lambda: office.bookings.since(DAY),
        lambda: sorted(map(repr, office.rows.year(DAY.year))),
        lambda: sorted(office.rows.counted(DAY)),
        lambda: [line.raw for line in read_trail(office.audit.files())],
        office.audit.head,
        lambda: _next(office),
    ]
    found = [one(part) for part in parts]
    flaws = check(read_trail(office.audit.files()))
    faults = office.faults()
    office.close()
    return found, bool(troubles or flaws or faults)


def _next(office: Office) -> tuple[str, str, bool]:
    """Number and device of the next ticket, and whether what it tells opens."""
    new = office.store.issue(PLAIN, language="en", at=minutes(20))
    office.close()
    return new.number, new.periods[0].stamp[-8:], office.store.get(new.id) == new


@pytest.mark.parametrize(
    ("name", "protected"),
    [*((name, False) for name in FILES), *((name, True) for name in PROTECTED)],
)
def test_no_flipped_bit_is_silently_wrong(
    kept: dict[bool, tuple[Path, str]], tally: Any, name: str, protected: bool
) -> None:
    data, erased = kept[protected]
    damaged = data.with_name(f"{data.name}-{name.replace('/', '-')}")

    def look(flipped: bytes) -> tuple[list[str], bool]:
        shutil.copytree(data, damaged)
        (damaged / name).write_bytes(flipped)
        found = seen(damaged, erased, protected)
        shutil.rmtree(damaged)
        return found

    whole = (data / name).read_bytes()
    true, told = look(whole)
    assert not told, "a sound office tells of nothing"
    places = range(len(whole) * 8)
    ends = [place for place in places if whole[place // 8] == ord("\n")]
    luck = random.Random(name)
    chosen = [*luck.sample(ends, min(8, len(ends))), *luck.sample(places, min(EACH, len(places)))]
    noticed = 0
    for place in chosen:
        flipped = bytearray(whole)
        flipped[place // 8] ^= 1 << place % 8
        found, told = look(bytes(flipped))
        assert told or found == true, f"byte {place // 8}, bit {place % 8} is silently wrong"
        noticed += told
    tally("flips", tried=len(chosen), told=noticed, harmless=len(chosen) - noticed)
