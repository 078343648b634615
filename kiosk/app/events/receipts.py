"""Receipts: the office's word that it has taken a pack over, without which a tablet is not wiped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.events.picture import picture
from kiosk.app.events.records import make
from kiosk.core.event import RECEIPT_MARK, Receipt, Unreadable, receipt_from, receipt_text, scanned, unscanned
from kiosk.errors import Trouble
from kiosk.store.packs import write_out
from kiosk.store.signing import sign, signed_by

if TYPE_CHECKING:
    from kiosk.app.events.running import Running
    from kiosk.app.office import Office
    from kiosk.store.pack_contents import Contents
    from kiosk.store.protocol import MergeReport

RECEIPT = "受取証 / receipt"
MOST_REFUSED = 30
"""Tickets a receipt can name; with more of them none is written."""


def give(office: Office, contents: Contents, report: MergeReport, out: Path) -> Path:
    """Sign that the pack was taken over. Days kept long enough need not be: their time is over anyway."""
    private = office.keys.office()
    refused = tuple(one.id for one in report.refused if one.reason != "past")
    if len(refused) > MOST_REFUSED:
        raise Trouble("trouble.receipt_refused", n=len(refused))
    taken = len(report.new) + len(report.changed) + len(report.unchanged)
    text = receipt_text(Receipt(contents.event.id, contents.device, contents.digest, taken, refused))
    line = scanned(RECEIPT_MARK, text, sign(private, text))
    stem = f"{contents.event.id}-{contents.device}-{contents.digest[:8]}-receipt"
    make(out)
    write_out(out / f"{stem}.png", picture(office, contents.event, line, RECEIPT))
    write_out(out / f"{stem}.txt", f"{line}\n".encode())
    return out / f"{stem}.txt"


def receipt_on(at: Running, line: str) -> Receipt:
    """The office's receipt of an event's pack. Raises Trouble: `trouble.receipt_unreadable`,
    `trouble.receipt_foreign`."""
    try:
        text, signature = unscanned(RECEIPT_MARK, line)
        receipt = receipt_from(text)
    except Unreadable as error:
        raise Trouble("trouble.receipt_unreadable", log=str(error)) from None
    if receipt.event != at.event.id or not signed_by(at.event.public, text, signature):
        raise Trouble("trouble.receipt_foreign", log="another event's or another office's receipt")
    return receipt
