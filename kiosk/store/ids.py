"""UUID version 7 (RFC 9562, section 5.7): ids that sort by time and never clash between devices."""

from __future__ import annotations

import secrets
import threading
import uuid
from datetime import UTC, date, datetime

_COUNTER_BITS = 12


class Ids:
    """Makes ids that rise within this process, also when the clock stands still or is set back.

    The 12 bits after the time are a counter (RFC 9562, 6.2, method 1), begun at random below its middle in
    each new millisecond; where it runs over, the time moves on by a millisecond.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._millisecond = -1
        self._counter = 0

    def next(self, at: datetime) -> str:
        """A new id for the moment `at`."""
        millisecond = int(at.timestamp() * 1000)
        with self._lock:
            if millisecond > self._millisecond:
                self._millisecond = millisecond
                self._counter = secrets.randbits(_COUNTER_BITS - 1)
            else:
                self._counter += 1
                if self._counter >> _COUNTER_BITS:
                    self._millisecond += 1
                    self._counter = 0
            value = self._millisecond << 80 | 0x7 << 76 | self._counter << 64
        return str(uuid.UUID(int=value | 0b10 << 62 | secrets.randbits(62)))


def day_of(ticket_id: str) -> date | None:
    """The UTC day in an id, or None where it is no UUIDv7. A service day may lie a day to either side."""
    try:
        value = uuid.UUID(ticket_id)
        if value.version != 7 or str(value) != ticket_id:
            return None
        return datetime.fromtimestamp((value.int >> 80) / 1000, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
