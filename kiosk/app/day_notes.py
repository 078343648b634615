"""What was worked out from a past day's tickets, kept sealed to that day, so that they need not be opened
again.

A file a day in a folder of the data folder, gone with the day: destroying its key closes it, and erasing
deletes it. It holds for the day's tickets as they were when it was made, for the sites seen and for whatever
else it was made for; anything else makes it anew.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.errors import Trouble
from kiosk.store import files, keyfiles
from kiosk.store.sealing import Closed, sealed_from

if TYPE_CHECKING:
    from kiosk.app.office import Office

COUNTS, FOLLOW_UPS = "reports", "follow-ups"
"""The folders: what reports count, and who is to be asked again."""


class DayNotes:
    """One kind of notes of an office's days. Never raises: what cannot be read or kept is worked out anew."""

    def __init__(self, office: Office, folder: str, made_for: str, kind: bytes) -> None:
        """`made_for`: what the notes depend on besides the day. `kind` is bound into the seal."""
        settings = office.settings.database
        self._office, self._kind = office, kind
        self._made_for = [made_for, settings.site, *sorted(settings.sees)]
        self.folder = office.data / folder

    def read(self, day: date) -> Any:
        """What was kept of the day, as JSON tells it; None where it must be worked out."""
        mark = self._mark(day)
        if not mark or not self._office.keys.is_open:
            return None
        try:
            table = keyfiles.read(self.folder / day.isoformat())
            if table is None:
                return None
            sealed = self._office.keys.open(day, sealed_from(table["sealed"]), self._context(day))
            told = json.loads(zlib.decompress(b64decode(sealed.strip())))
            if told["of"] == mark:
                return told["told"]
            # A ticket of it may have been erased, perhaps by another machine.
            (self.folder / day.isoformat()).unlink(missing_ok=True)
            return None
        except (keyfiles.Spoiled, Closed, OSError, KeyError, TypeError, ValueError, zlib.error):
            return None

    def mark(self, day: date) -> str:
        """What the day's tickets are now; empty where nothing may be kept. Taken before they are read."""
        return self._mark(day) if day < self._office.today() and self._office.keys.is_open else ""

    def keep(self, day: date, mark: str, told: Any) -> None:
        """Keep what was worked out when the day's mark was taken."""
        if not mark or mark != self._mark(day):
            return
        text = json.dumps({"of": mark, "told": told}, separators=(",", ":")).encode()
        # In letters: a blank at the end would be taken for what fills it up.
        packed = b64encode(zlib.compress(text, 6))
        with suppress(OSError, Trouble, ValueError):
            sealed = self._office.keys.seal(day, packed, self._context(day))
            files.make_folder(self.folder)
            keyfiles.write(self.folder / day.isoformat(), {"sealed": sealed.record()})

    def _mark(self, day: date) -> str:
        # Whose rows were written already is counted there.
        counted = files.settled_state(self._office.rows.folder / "counted" / day.isoformat())
        try:
            tickets = self._office.store.mark(day)
        except Trouble:
            return ""
        return json.dumps([*self._made_for, tickets, counted]) if tickets and counted else ""

    def _context(self, day: date) -> bytes:
        return self._kind + b" " + day.isoformat().encode()


def erase(data: Path, day: date) -> None:
    """Delete what is kept of a day. Raises OSError."""
    for folder in (COUNTS, FOLLOW_UPS):
        keyfiles.shred(data / folder / day.isoformat())
