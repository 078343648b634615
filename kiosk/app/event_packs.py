"""The end of an event: sealed into a pack, united at the office, and wiped when the office has said so."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.app import events
from kiosk.app.auditing import tell
from kiosk.app.events import Running
from kiosk.core.event import RECEIPT_MARK, Receipt, Unreadable, receipt_from, receipt_text, scanned, unscanned
from kiosk.errors import Trouble
from kiosk.store import files, keyfiles
from kiosk.store.carrying import Carried
from kiosk.store.pack_contents import Contents, fingerprint, manifest_of, parts_of, verified
from kiosk.store.pack_reader import open_pack, read_file
from kiosk.store.packs import SUFFIX, pack_bytes, write_out
from kiosk.store.protocol import MergeReport, Named, TicketStore
from kiosk.store.signing import sign, signed_by

if TYPE_CHECKING:
    from kiosk.app.office import Office

log = logging.getLogger(__name__)

PACKS, WIPING = "packs", "wiping"
COUNTED = ("new", "changed", "unchanged", "refused")
RECEIPT = "受取証 / receipt"
MOST_REFUSED = 30
"""Tickets a receipt can name; with more of them none is written."""
_MONTH = re.compile(r"(\d{4}-\d{2})\.log")


@dataclass(frozen=True)
class Packed:
    """A pack that was written."""

    file: Path
    digest: str
    days: Mapping[date, int]
    faults: tuple[str, ...]
    """Damage in the tablet's store that was met meanwhile, as keys of sentences."""


@dataclass(frozen=True)
class Came:
    """What became of one pack."""

    file: Path
    trouble: Trouble | None = None
    """Why nothing of it was taken."""
    contents: Contents | None = field(default=None, repr=False)
    report: MergeReport = field(default_factory=MergeReport)
    before: str = ""
    """When the same pack was taken over before."""
    receipt: Path | None = None
    unwritten: Trouble | None = None
    """Why there is no receipt, although everything else was taken."""


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
    events.make(out)
    file = out / f"{at.event.id}-{device}-{now:%Y%m%dT%H%M%S}{SUFFIX}"
    digest = write_out(file, data)
    covered = {one.ticket.id: fingerprint(one) for tickets in days.values() for one in tickets}
    events.keep(at.data / PACKS / f"{digest}.json", {"file": file.name, "tickets": covered})
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


def merge(office: Office, packs: Sequence[Path], out: Path | None = None) -> list[Came]:
    """Take packs over. Every one is read and checked to its last byte before anything is written; one that
    fails is refused as a whole and tells why, the others are taken.

    Receipts are written into `out`, else beside each pack. Raises Trouble("trouble.keys_locked"), and what
    writing to the store raises: merging again does the rest.
    """
    private, now = office.keys.office(), office.now()
    read: list[Came] = []
    for path in packs:
        try:
            opened = open_pack(read_file(path), private, path.name)
            read.append(Came(path, contents=verified(opened, private, now, path.name)))
        except Trouble as trouble:
            log.warning("a pack was refused: %s", trouble.log)
            read.append(Came(path, trouble))
    return [came if came.contents is None else _take(office, came, came.contents, out) for came in read]


def _take(office: Office, came: Came, contents: Contents, out: Path | None) -> Came:
    oldest = office.today() - timedelta(days=office.settings.office.keep_days)
    past = [one.name for one in contents.tickets if one.ticket.day < oldest]
    for day in sorted(contents.keys):
        if day >= oldest:
            office.keys.adopt(day, contents.keys[day])
    report = office.store.merge(_recent(contents, oldest))
    gone = tuple(Named(one.id, one.day, one.number, "past") for one in past)
    report = report.plus(MergeReport(refused=(*gone, *contents.refused)))
    more: dict[str, Any] = {kind: len(getattr(report, kind)) for kind in COUNTED}
    more["device"] = contents.device
    tell(office, "event_merged", contents.event.id, **more)
    before = _taken_before(office.data, contents.digest)
    _keep_audit(office.data, contents)
    if not before:
        _note(office, contents, report)
    receipt, unwritten = None, None
    try:
        receipt = _receipt(office, contents, report, out or came.file.parent)
    except Trouble as trouble:
        unwritten = trouble
    return Came(came.file, None, contents, report, before, receipt, unwritten)


def _recent(contents: Contents, oldest: date) -> Iterator[Carried]:
    return (one for one in contents.tickets if one.ticket.day >= oldest)


def _receipt(office: Office, contents: Contents, report: MergeReport, out: Path) -> Path:
    """Sign that the pack was taken over. Days kept long enough need not be: their time is over anyway."""
    private = office.keys.office()
    refused = tuple(one.id for one in report.refused if one.reason != "past")
    if len(refused) > MOST_REFUSED:
        raise Trouble("trouble.receipt_refused", n=len(refused))
    taken = len(report.new) + len(report.changed) + len(report.unchanged)
    text = receipt_text(Receipt(contents.event.id, contents.device, contents.digest, taken, refused))
    line = scanned(RECEIPT_MARK, text, sign(private, text))
    stem = f"{contents.event.id}-{contents.device}-{contents.digest[:8]}-receipt"
    events.make(out)
    write_out(out / f"{stem}.png", events.picture(office, contents.event, line, RECEIPT))
    write_out(out / f"{stem}.txt", f"{line}\n".encode())
    return out / f"{stem}.txt"


def _taken_before(data: Path, digest: str) -> str:
    with suppress(keyfiles.Spoiled, OSError, KeyError, TypeError):
        table = keyfiles.read(data / events.OUTREACH / PACKS / f"{digest}.json")
        return str(table["at"]) if table else ""
    return ""


def _note(office: Office, contents: Contents, report: MergeReport) -> None:
    """Remember the pack for `event status`; it is merged as well where this cannot be written."""
    row = {
        "at": office.now().isoformat(timespec="seconds"),
        "event": contents.event.id,
        "device": contents.device,
        "letter": contents.event.letter,
        **{kind: len(getattr(report, kind)) for kind in COUNTED},
    }
    try:
        events.keep(office.data / events.OUTREACH / PACKS / f"{contents.digest}.json", row)
    except Trouble as trouble:
        log.warning("a merged pack was not noted: %s", trouble.log)


def taken(data: Path) -> list[dict[str, Any]]:
    """The packs this office took over, as noted; what cannot be read is left out."""
    found = []
    for path in sorted((data / events.OUTREACH / PACKS).glob("*.json")):
        with suppress(keyfiles.Spoiled, OSError):
            table = keyfiles.read(path)
            if table is not None and isinstance(table.get("event"), str):
                found.append(table)
    return found


def _keep_audit(data: Path, contents: Contents) -> None:
    """The tablet's audit trail goes on being kept when the tablet is wiped. Raises Trouble."""
    folder = data / "audit" / "events"
    for month, lines in contents.audit.items():
        path = folder / f"{contents.event.id}-{contents.device}-{month}.log"
        try:
            files.make_folder(folder)
            if not path.is_file() or path.stat().st_size < len(lines):
                write_out(path, lines)
        except OSError as error:
            raise files.trouble(error, "keep a tablet's audit trail") from error


def wipe(at: Running, lines: Iterable[str]) -> int:
    """Overwrite and remove everything of the event on this tablet; how many tickets there were.

    `lines`: the receipts'. Raises Trouble: `trouble.event_running` (a kiosk or console is open on it),
    `trouble.receipt_unreadable`, `trouble.receipt_foreign`, `trouble.wipe_refused` with how many tickets are
    in no pack the office has taken, `trouble.store_failed`.
    """
    handle = events.hold(at.data, alone=True)
    try:
        count = 0
        # Once begun it is finished, however often it is cut off: by then the receipts have been seen.
        if not (at.data / WIPING).exists():
            count = _covered(at, [_receipt_on(at, line) for line in lines])
            events.keep(at.data / WIPING, {})
        try:
            events.keep(at.data.with_name(f"{at.event.id}{events.WIPED}"), {"letter": at.event.letter})
            _destroy(at.data)
            files.sync_folder(at.data.parent)
        except OSError as error:
            raise files.trouble(error, "wipe the event") from error
        log.info("event %s was wiped, %d tickets", at.event.id, count)
        tell(_office(at.data.parent.parent), "event_wiped", at.event.id, tickets=count)
        return count
    finally:
        if handle is not None:
            os.close(handle)


def _receipt_on(at: Running, line: str) -> Receipt:
    try:
        text, signature = unscanned(RECEIPT_MARK, line)
        receipt = receipt_from(text)
    except Unreadable as error:
        raise Trouble("trouble.receipt_unreadable", log=str(error)) from None
    if receipt.event != at.event.id or not signed_by(at.event.public, text, signature):
        raise Trouble("trouble.receipt_foreign", log="another event's or another office's receipt")
    return receipt


def _covered(at: Running, receipts: Sequence[Receipt]) -> int:
    """How many tickets the tablet has, all of them as they are in packs the office has taken."""
    taken: dict[str, set[str]] = {}
    for receipt in receipts:
        for ticket_id, mark in packed(at.data, receipt.pack).items():
            if ticket_id not in receipt.refused:
                taken.setdefault(ticket_id, set()).add(mark)
    with _store(at.data) as store:
        found = [one for day in store.days() for one in store.carried(day)]
        left = [one for one in found if fingerprint(one) not in taken.get(one.ticket.id, set())]
        # A damaged record is a ticket nobody has seen: it may not go without a word.
        damaged = [fault for fault in store.faults() if fault.key in _HIDING]
    if left or (damaged and not receipts):
        raise Trouble("trouble.wipe_refused", n=max(1, len(left)), log="tickets in no receipted pack")
    return len(found)


def unsealed(at: Running, tablet: Office) -> int:
    """How many tickets of the tablet are in no pack as they are now."""
    marks = {item for path in (at.data / PACKS).glob("*.json") for item in packed(at.data, path.stem).items()}
    found = [one for day in tablet.store.days() for one in tablet.store.carried(day)]
    return sum((one.ticket.id, fingerprint(one)) not in marks for one in found)


_HIDING = ("trouble.journal_damaged", "trouble.journal_missing", "trouble.journal_unknown")


def packed(data: Path, digest: str) -> dict[str, str]:
    """The tickets of a pack this tablet wrote: id → mark as it was. Empty where there is no such pack."""
    with suppress(keyfiles.Spoiled, OSError, KeyError, TypeError, AttributeError):
        table = keyfiles.read(data / PACKS / f"{digest}.json") or {}
        return {str(key): str(mark) for key, mark in table["tickets"].items()}
    return {}


def _office(data: Path) -> Office:
    from kiosk.app.office import Office

    return Office(data)


@contextmanager
def _store(data: Path) -> Iterator[TicketStore]:
    office = _office(data)
    try:
        yield office.store
    finally:
        office.store.close()


def _destroy(folder: Path) -> None:
    """Keys first: with them gone, whatever a cut off leaves behind opens no more. Raises OSError."""
    for name in ("keys", "store"):
        _shred(folder / name)
    _shred(folder)


def _shred(place: Path) -> None:
    if place.is_symlink() or not place.is_dir():
        if os.path.lexists(place):
            keyfiles.shred(place)
        return
    # The mark that wiping has begun goes last.
    for child in sorted(place.iterdir(), key=lambda path: path.name == WIPING):
        _shred(child)
    place.rmdir()
