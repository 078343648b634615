"""What taking over a pack costs, against issuing the same tickets one by one on the same disk."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kiosk.core.changes import call, close, note, serve
from kiosk.core.event import EVENT_MARK, Event, event_text, scanned
from kiosk.core.ticket import Ticket
from kiosk.store.bench import sample
from kiosk.store.device import NAME, device_id
from kiosk.store.keys import Keyring
from kiosk.store.pack_contents import manifest_of, parts_of, verified
from kiosk.store.pack_reader import open_pack, read_file
from kiosk.store.packs import pack_bytes, write_out
from kiosk.store.signing import sign
from kiosk.store.tiny import TinyStore

DAY = date(2026, 7, 28)
NOW = datetime(2026, 7, 28, 1, tzinfo=UTC)
LATER = timedelta(hours=10)
TICKETS = 2000
_SERVED = 2
"""Every second one was called, served, noted and closed."""


def run(folder: Path, count: int = TICKETS) -> dict[str, float]:
    """Figures of an office and a tablet made in `folder`. Times are in seconds.

    `issue_s`: the peer, the tablet's tickets of about 2 KB issued one by one, each on disk before the next.
    `seal_s`: reading the day and writing the pack, read back. `merge_s`: reading the pack, checking every
    byte, key and content, and writing its tickets into an office's store that has as many of its own that
    day. `again_s`: the same pack once more. `pack_mb`: its size.
    """
    keys = Keyring(folder / "office" / "keys")
    keys.prepare(DAY)
    office = _store(folder / "office", "A", keys)
    _work(office, count)
    tablet_keys = Keyring(folder / "tablet" / "keys")
    tablet_keys.keep_public(keys.office().public)
    tablet = _store(folder / "tablet", "C", tablet_keys)
    figures = {"issue_s": _timed(lambda: _issue(tablet, count))}
    _serve(tablet)
    path = folder / "x.pack"
    line = _event_line(keys)
    device = device_id(folder / "tablet" / "store" / NAME, print)

    def seal() -> None:
        days = {DAY: tablet.carried(DAY)}
        parts = parts_of(days, {DAY: tablet_keys.carried(DAY)}, {})
        write_out(path, pack_bytes(keys.office().public, manifest_of(line, device, NOW, days, ()), parts))

    def merge() -> None:
        contents = verified(open_pack(read_file(path), keys.office()), keys.office(), NOW + LATER)
        for day, records in contents.keys.items():
            keys.adopt(day, records)
        office.merge(contents.tickets)

    figures["seal_s"] = _timed(seal)
    figures["merge_s"] = _timed(merge)
    figures["again_s"] = _timed(merge)
    figures["pack_mb"] = path.stat().st_size / 1e6
    if len(office.tickets()) != 2 * count:
        raise RuntimeError("tickets were lost on the way")
    return {key: round(value, 3) for key, value in figures.items()}


def _store(folder: Path, letter: str, keys: Keyring) -> TinyStore:
    return TinyStore(folder / "store", letter=letter, today=lambda: DAY, keys=keys)


def _event_line(keys: Keyring) -> str:
    public = keys.office().public
    event = Event(f"{DAY}-000000", "bench", "", DAY, ("ko",), "C", (), "", 58, (), public)
    text = event_text(event)
    return scanned(EVENT_MARK, text, sign(keys.office(), text))


def _issue(store: TinyStore, count: int) -> None:
    for turn in range(count):
        store.issue(sample(), language="ko", at=NOW + timedelta(seconds=turn))


def _work(store: TinyStore, count: int) -> None:
    _issue(store, count)
    _serve(store)


def _serve(store: TinyStore) -> None:
    at = NOW + LATER / 2

    def served(ticket: Ticket) -> Ticket:
        begun = serve(call(ticket, at, counter="1"), at, counter="1")
        return close(note(begun, "済み"), at, counter="1")

    # With one flush: what is measured is reading and taking over.
    store.update(DAY, lambda found: [served(one) if n % _SERVED == 0 else one for n, one in enumerate(found)])


def _timed(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
