"""The page that a tablet's hand scanner reads: an event for a tablet, or the receipt for its pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.app.office import Office
    from kiosk.core.event import Event


def picture(office: Office, event: Event, line: str, title: str = "準備 / event") -> bytes:
    """A page for the tablet's hand scanner: what it is and whose, and the line as a QR code; a PNG."""
    from io import BytesIO

    from kiosk.printing.roll import Roll

    page = Roll(office.typesetter, 1152)
    page.text(title, "ja", size=22, centre=True)
    page.text(event.name, "ja", size=30, bold=True, centre=True)
    page.text(f"{event.day}  {event.place}".strip(), "ja", size=22, centre=True)
    page.space(14)
    page.number(event.letter)
    page.space(20)
    page.qr(line, 5)
    written = BytesIO()
    page.finish().save(written, "PNG")
    return written.getvalue()
