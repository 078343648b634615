"""On a tablet: an event is wiped when the office has said that it has everything of it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.auditing import tell
from kiosk.app.events.receipts import receipt_on
from kiosk.app.events.records import FILE, WIPED, keep, kept
from kiosk.app.events.running import hold
from kiosk.app.events.sealing import every, packed
from kiosk.app.office import Office
from kiosk.errors import Trouble
from kiosk.store import files, keyfiles
from kiosk.store.pack_contents import fingerprint

if TYPE_CHECKING:
    from kiosk.app.events.running import Running
    from kiosk.core.event import Receipt

log = logging.getLogger(__name__)

_HIDING = ("trouble.journal_damaged", "trouble.journal_missing", "trouble.journal_unknown")


def wipe(at: Running, lines: Iterable[str]) -> int:
    """Overwrite and remove everything of the event on this tablet; how many tickets there were.

    `lines`: the receipts'. Raises Trouble: `trouble.event_running` (a kiosk or console is open on it),
    `trouble.receipt_unreadable`, `trouble.receipt_foreign`, `trouble.wipe_refused` with how many tickets are
    in no pack the office has taken, `trouble.store_failed`.
    """
    handle = hold(at.data, alone=True)
    try:
        begun = at.data.with_name(f"{at.event.id}{WIPED}")
        # Once begun it is finished, however often it is cut off: by then the receipts have been seen.
        if not begun.exists():
            count = _covered(at, [receipt_on(at, line) for line in lines])
            keep(begun, {"letter": at.event.letter, "tickets": count})
        count = int(kept(begun).get("tickets", 0))
        try:
            _destroy(at.data)
            # Told while the event can still be named: cut off here, it is wiped and told once more.
            tell(Office(at.data.parent.parent), "event_wiped", at.event.id, tickets=count)
            # Nothing of anybody is in it; overwritten and cut off there, nobody could name the event.
            (at.data / FILE).unlink()
            at.data.rmdir()
            files.sync_folder(at.data.parent)
        except OSError as error:
            raise files.trouble(error, "wipe the event") from error
        log.info("event %s was wiped, %d tickets", at.event.id, count)
        return count
    finally:
        if handle is not None:
            os.close(handle)


def _covered(at: Running, receipts: Sequence[Receipt]) -> int:
    """How many tickets the tablet has, all of them as they are in packs the office has taken."""
    taken: dict[str, set[str]] = {}
    for receipt in receipts:
        for ticket_id, mark in packed(at.data, receipt.pack).items():
            if ticket_id not in receipt.refused:
                taken.setdefault(ticket_id, set()).add(mark)
    with closing(Office(at.data).store) as store:
        found = every(store)
        left = [one for one in found if fingerprint(one) not in taken.get(one.ticket.id, set())]
        # A damaged record is a ticket nobody has seen: it may not go without a word.
        damaged = [fault for fault in store.faults() if fault.key in _HIDING]
    if left or (damaged and not receipts):
        raise Trouble("trouble.wipe_refused", n=max(1, len(left)), log="tickets in no receipted pack")
    return len(found)


def _destroy(folder: Path) -> None:
    """Everything but what says that this is an event: while anything is left, somebody can have the rest
    wiped. Keys first: with them gone, whatever a cut off leaves behind opens no more. Raises OSError."""
    for name in ("keys", "store"):
        _shred(folder / name)
    for child in sorted(folder.iterdir()):
        if child.name != FILE:
            _shred(child)


def _shred(place: Path) -> None:
    if place.is_symlink() or not place.is_dir():
        if os.path.lexists(place):
            keyfiles.shred(place)
        return
    for child in sorted(place.iterdir()):
        _shred(child)
    place.rmdir()
