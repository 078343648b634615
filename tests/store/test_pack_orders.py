"""Packs from several tablets, in any order, repeated, in parts: the office's store ends the same."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.core import changes
from kiosk.core.changes import ALLOWED, IllegalChange, change
from kiosk.core.ticket import State, Ticket
from kiosk.store.carrying import Carried
from kiosk.store.pack_contents import Contents
from kiosk.store.tiny import TinyStore
from tests.store.outreach import Office, Tablet
from tests.store.samples import DAY, NOW, PLAIN, SENSITIVE

LETTERS = "CDE"
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where a flush costs nothing: orders are looked at here, not disks."""
STATES = sorted({state for after in ALLOWED.values() for state in after})


@dataclass(frozen=True)
class Step:
    """Something at one tablet; `pick` chooses among its tickets, `other` the tablet that shares them."""

    tablet: int
    kind: str
    pick: int
    state: State
    other: int


steps = st.lists(
    st.builds(
        Step,
        st.integers(0, 2),
        st.sampled_from(["issue", "issue", "change", "change", "change", "note", "pack", "share"]),
        st.integers(0, 50),
        st.sampled_from(STATES),
        st.integers(0, 2),
    ),
    min_size=3,
    max_size=25,
)
skews = st.lists(st.integers(-30 * 60, 11 * 60), min_size=3, max_size=3)
"""Minutes a tablet's clock is wrong."""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps, skews, st.randoms(use_true_random=False))
def test_any_order_of_any_packs_gives_the_same_store(
    taken: list[Step], wrong: list[int], chance: Any
) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        office = Office(Path(folder) / "office")
        devices = [
            office.tablet(Path(folder) / letter, letter, timedelta(minutes=minutes))
            for letter, minutes in zip(LETTERS, wrong, strict=True)
        ]
        packs = [*played(devices, taken), *(device.pack() for device in devices)]
        read = [office.read(pack, NOW) for pack in packs]
        # Other machines of an office carry tickets on without packs, such as a kiosk while its base is away.
        carried = [device.store.carried(DAY) for device in devices]
        plain = [contents.tickets for contents in read]
        one = end_of(office, Path(folder) / "one", read, [*plain, *carried])
        for name in ("two", "three"):
            chance.shuffle(read)
            repeated = [*read, *chance.choices(read, k=3)]
            whole = [*(contents.tickets for contents in repeated), *carried]
            parts = [part for some in whole for part in in_parts(some, chance)]
            chance.shuffle(parts)
            assert end_of(office, Path(folder) / name, repeated, parts) == one
        assert_all_there(one, devices)


def played(devices: Sequence[Tablet], taken: Iterable[Step]) -> list[bytes]:
    """Play the steps; the packs made in between."""
    packs = []
    for minute, step in enumerate(taken):
        device = devices[step.tablet]
        at = NOW + device.skew + timedelta(minutes=minute)
        if step.kind == "issue":
            content = SENSITIVE if step.pick % 5 == 0 else PLAIN
            device.store.issue(content, language="ko", at=at, lane="社協" if step.pick % 3 else "")
        elif step.kind == "pack":
            packs.append(device.pack())
        elif step.kind == "share":
            devices[step.other].store.merge(device.store.carried(DAY))
        else:
            changed(device.store, step, at)
    return packs


def changed(store: TinyStore, step: Step, at: datetime) -> None:
    known = sorted(store.tickets(), key=lambda ticket: ticket.id)
    if not known:
        return
    found = known[step.pick % len(known)]

    def apply(ticket: Ticket) -> Ticket:
        if step.kind == "note":
            return changes.note(ticket, f"メモ {step.pick}")
        return change(ticket, step.state, at, counter=str(step.pick % 3))

    try:
        store.change(found.id, apply)
    except IllegalChange:
        return


def in_parts(carried: Sequence[Carried], chance: Any) -> list[list[Carried]]:
    """Its tickets in several parts, some of them twice."""
    parts: list[list[Carried]] = [[] for _ in range(chance.randint(1, 3))]
    for one in carried:
        chance.choice(parts).append(one)
        if chance.random() < 0.2:
            chance.choice(parts).append(one)
    return parts


def end_of(
    office: Office, folder: Path, read: Iterable[Contents], parts: Iterable[Sequence[Carried]]
) -> dict[str, Ticket]:
    for contents in read:
        for day, keys in contents.keys.items():
            office.keys.adopt(day, keys)
    store = TinyStore(folder, letter="A", today=lambda: DAY, keys=office.keys)
    for part in parts:
        store.merge(part)
    again = TinyStore(folder, letter="A", today=lambda: DAY, keys=office.keys)
    assert again.tickets() == store.tickets()
    return {ticket.id: ticket for ticket in again.tickets()}


def assert_all_there(found: dict[str, Ticket], devices: Iterable[Tablet]) -> None:
    """Every ticket, period and note of every tablet, opened."""
    for device in devices:
        for one in device.store.carried(DAY):
            ticket = found[one.ticket.id]
            assert set(one.ticket.periods) <= set(ticket.periods)
            assert ticket.number == one.ticket.number
            assert set(one.kept.stamps) <= set(ticket.content.note_stamps)
            assert not ticket.content.closed
