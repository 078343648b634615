"""On a tablet: everything of an event is sealed into a pack for the office."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.auditing import tell
from kiosk.app.events.records import PACKS, keep, kept, make
from kiosk.errors import Trouble
from kiosk.store.pack_contents import fingerprint, manifest_of, parts_of
from kiosk.store.packs import SUFFIX, pack_bytes, write_out

if TYPE_CHECKING:
    from kiosk.app.events.running import Running
    from kiosk.app.office import Office
    from kiosk.store.carrying import Carried
    from kiosk.store.protocol import TicketStore

log = logging.getLogger(__name__)

_MONTH = re.compile(r"(\d{4}-\d{2})\.log")


@dataclass(frozen=True)
class Packed:
    """A pack that was written."""

    file: Path
    digest: str
    days: Mapping[date, int]
    faults: tuple[str, ...]
    """Damage in the tablet's store that was met meanwhile, as keys of sentences."""


def seal(tablet: Office, at: Running, out: Path) -> Packed:
    """Write everything of the event into a pack in `out`, and read it back. The tablet keeps its data.

    `tablet`: the event's data folder. Raises Trouble: `trouble.event_empty`, `trouble.file_unwritten`,
    `trouble.disk_full`, `trouble.pack_large`, and what reading the store raises.
    """
    store, now = tablet.store, tablet.now()
    days = {day: store.carried(day) for day in store.days()}
    days = {day: tickets for day, tickets in days.items() if tickets}
    if not days:
        raise Trouble("trouble.event_empty")
    # Told first, so that the line travels with the pack.
    tell(tablet, "event_sealed", at.event.id, tickets=sum(map(len, days.values())))
    keys = {day: tablet.keys.carried(day) for day in days}
    faults = tuple(dict.fromkeys(fault.key for fault in store.faults()))
    device = tablet.device
    manifest = manifest_of(at.line, device, now, days, faults)
    data = pack_bytes(at.event.public, manifest, parts_of(days, keys, _audit(tablet.data)))
    make(out)
    file = out / f"{at.event.id}-{device}-{now:%Y%m%dT%H%M%S}{SUFFIX}"
    digest = write_out(file, data)
    covered = {one.ticket.id: fingerprint(one) for tickets in days.values() for one in tickets}
    keep(at.data / PACKS / f"{digest}.json", {"file": file.name, "tickets": covered})
    log.info("pack %s with %d tickets was written", digest[:16], len(covered))
    return Packed(file, digest, {day: len(tickets) for day, tickets in days.items()}, faults)


def _audit(data: Path) -> dict[str, bytes]:
    """The tablet's audit trail by month; what cannot be read is left out: the tickets matter more."""
    found = {}
    for path in sorted((data / "audit").glob("*.log")):
        month = _MONTH.fullmatch(path.name)
        with suppress(OSError):
            if month and not path.is_symlink():
                found[month[1]] = path.read_bytes()
    return found


def every(store: TicketStore) -> list[Carried]:
    """All tickets of a tablet as a pack carries them. Raises what reading the store raises."""
    return [one for day in store.days() for one in store.carried(day)]


def unsealed(at: Running, tablet: Office) -> int:
    """How many tickets of the tablet are in no pack as they are now."""
    marks = {item for path in (at.data / PACKS).glob("*.json") for item in packed(at.data, path.stem).items()}
    return sum((one.ticket.id, fingerprint(one)) not in marks for one in every(tablet.store))


def packed(data: Path, digest: str) -> dict[str, str]:
    """The tickets of a pack this tablet wrote: id → mark as it was. Empty where there is no such pack."""
    tickets = kept(data / PACKS / f"{digest}.json").get("tickets")
    return {str(key): str(mark) for key, mark in tickets.items()} if isinstance(tickets, dict) else {}
