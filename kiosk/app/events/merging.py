"""At the office: the packs of an event's tablets are taken over, each with its receipt."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.app.auditing import tell
from kiosk.app.events import receipts
from kiosk.app.events.records import OUTREACH, PACKS, keep, kept
from kiosk.errors import Trouble
from kiosk.store import files
from kiosk.store.pack_contents import Contents, verified
from kiosk.store.pack_reader import open_pack, read_file
from kiosk.store.packs import write_out
from kiosk.store.protocol import MergeReport, Named

if TYPE_CHECKING:
    from kiosk.app.office import Office

log = logging.getLogger(__name__)

COUNTED = ("new", "changed", "unchanged", "refused")


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
    report = office.store.merge(one for one in contents.tickets if one.ticket.day >= oldest)
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
        receipt = receipts.give(office, contents, report, out or came.file.parent)
    except Trouble as trouble:
        unwritten = trouble
    return Came(came.file, None, contents, report, before, receipt, unwritten)


def _taken_before(data: Path, digest: str) -> str:
    return str(kept(data / OUTREACH / PACKS / f"{digest}.json").get("at", ""))


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
        keep(office.data / OUTREACH / PACKS / f"{contents.digest}.json", row)
    except Trouble as trouble:
        log.warning("a merged pack was not noted: %s", trouble.log)


def taken(data: Path) -> list[dict[str, Any]]:
    """The packs this office took over, as noted; what cannot be read is left out."""
    noted = [kept(path) for path in sorted((data / OUTREACH / PACKS).glob("*.json"))]
    return [table for table in noted if isinstance(table.get("event"), str)]


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
