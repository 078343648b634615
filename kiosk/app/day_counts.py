"""What a past day counts, kept sealed to that day, so that a report need not open its tickets again.

A file a day in `reports/`, gone with the day: destroying its key closes it, and erasing deletes it. It holds
for the day's journal as it lay when it was made, for the plan of what is counted, the directory and the
events; anything else makes it anew. Where tickets lie in an office database, nothing is kept.
"""

from __future__ import annotations

import json
import logging
import time
import zlib
from base64 import b64decode, b64encode
from collections import Counter
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.core.counts import Counting, Counts, Tally
from kiosk.errors import Trouble
from kiosk.store import files, keyfiles
from kiosk.store.journal import SUFFIX
from kiosk.store.sealing import Closed, sealed_from

if TYPE_CHECKING:
    from kiosk.app.office import Office

log = logging.getLogger(__name__)
FOLDER = "reports"
VERSION = 1
_SETTLED_S = 3.0
"""Seconds a journal must be old: its time is too coarse to tell two writes within a tick."""


class DayCounts:
    """Kept counts of an office's days. Never raises: what cannot be read or kept is counted anew."""

    def __init__(self, office: Office, counting: Counting) -> None:
        self._office = office
        self.folder = office.data / FOLDER
        self._on = not office.settings.database.url
        self._made_for = _digest(office, counting)

    def read(self, day: date) -> Tally | None:
        """What the day counts; None where it must be counted."""
        mark = self._mark(day)
        if not mark or not self._office.keys.is_open:
            return None
        try:
            table = keyfiles.read(self.folder / day.isoformat())
            if table is None:
                return None
            sealed = self._office.keys.open(day, sealed_from(table["sealed"]), _context(day))
            told = json.loads(zlib.decompress(b64decode(sealed.strip())))
            return _tally(told["months"]) if told["of"] == mark else None
        except (keyfiles.Spoiled, Closed, OSError, KeyError, TypeError, ValueError, zlib.error):
            return None

    def mark(self, day: date) -> str:
        """What the day's tickets are now; empty where nothing may be kept. Taken before they are read."""
        return self._mark(day) if day < self._office.today() and self._office.keys.is_open else ""

    def keep(self, day: date, mark: str, tally: Tally) -> None:
        """Keep what the day counted when its mark was taken."""
        if not mark or mark != self._mark(day):
            return
        text = json.dumps({"of": mark, "months": _plain(tally)}, separators=(",", ":")).encode()
        # In letters: a blank at the end would be taken for what fills it up.
        packed = b64encode(zlib.compress(text, 6))
        with suppress(OSError, Trouble, ValueError):
            sealed = self._office.keys.seal(day, packed, _context(day))
            files.make_folder(self.folder)
            keyfiles.write(self.folder / day.isoformat(), {"sealed": sealed.record()})

    def _mark(self, day: date) -> str:
        if not self._on:
            return ""
        found = [self._made_for]
        for path in (self._office.data / "store" / f"{day}{SUFFIX}", self._counted(day)):
            try:
                state = path.stat()
            except FileNotFoundError:
                found.append("-")
                continue
            except OSError:
                return ""
            if time.time() - state.st_mtime < _SETTLED_S:
                return ""
            found.append(f"{state.st_ino}.{state.st_size}.{state.st_mtime_ns}")
        return " ".join(found)

    def _counted(self, day: date) -> Path:
        """Whose rows were written already: they are counted there."""
        return self._office.rows.folder / "counted" / day.isoformat()


def erase(data: Path, day: date) -> None:
    """Delete what is kept of a day. Raises OSError."""
    (data / FOLDER / day.isoformat()).unlink(missing_ok=True)


def _digest(office: Office, counting: Counting) -> str:
    """What the counts depend on besides the tickets."""
    from kiosk.app.events import prepared_at

    told = [
        VERSION,
        counting.names,
        sorted(counting.national.items()),
        sorted((service.id, service.groups) for service in office.directory),
        sorted((event.day.isoformat(), event.letter, event.name) for event in prepared_at(office.data)),
        office.settings.database.site,
        office.settings.office.timezone,
    ]
    return sha256(repr(told).encode()).hexdigest()[:24]


def _context(day: date) -> bytes:
    return b"counts " + day.isoformat().encode()


def _plain(tally: Tally) -> dict[str, Any]:
    return {
        month: {
            "people": counts.people,
            "closed": counts.closed,
            "tables": {
                name: [[*key, count] for key, count in cells.items()] for name, cells in counts.tables.items()
            },
        }
        for month, counts in tally.months.items()
    }


def _tally(months: dict[str, Any]) -> Tally:
    found = Tally()
    for month, told in months.items():
        tables = {
            name: Counter({tuple(str(part) for part in line[:-1]): int(line[-1]) for line in cells})
            for name, cells in told["tables"].items()
        }
        found.months[month] = Counts(int(told["people"]), int(told["closed"]), tables)
    return found
