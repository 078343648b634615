"""What a machine writes into the database by itself: ids, numbers, and stamps that come after all others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kiosk.core.clock import HybridClock, stamped
from kiosk.core.waiting import format_number
from kiosk.store.carrying import Carried, carried
from kiosk.store.contents import closed
from kiosk.store.device import device_id
from kiosk.store.ids import Ids
from kiosk.store.issuing import New
from kiosk.store.keys import Keyring
from kiosk.store.protocol import Fault

if TYPE_CHECKING:
    from psycopg import Connection

_NUMBER = """
INSERT INTO number (site, day, letter, last) VALUES (%(site)s, %(day)s, %(letter)s, %(floor)s + 1)
ON CONFLICT (site, day, letter) DO UPDATE SET last = greatest(number.last, %(floor)s) + 1 RETURNING last
"""


class Numbers(Protocol):
    """The numbers this machine gave, with the database and without."""

    def next(self, day: date, ask: Callable[[int], int]) -> int:
        """What `ask` answers to the last count given for the machine's letter, or possibly given; it is kept
        on disk before this returns, and no other process of the machine asks meanwhile. Raises Trouble."""
        ...


class Maker:
    """`letter` begins the machine's numbers, `device` is the file with its id, `report` is told where that is
    damaged."""

    def __init__(
        self, letter: str, site: str, device: Path, keys: Keyring, report: Callable[[Fault], None]
    ) -> None:
        self.letter, self.site = letter, site
        self.numbers: Numbers | None = None
        """Where the machine goes on without the database; else the database alone counts."""
        self._device, self._keys, self._report = device, keys, report
        self._clock: HybridClock | None = None
        self._ids = Ids()

    def ticket(self, day: date, count: int, new: New, *, after: Iterable[str]) -> Carried:
        """A new ticket with the number of `count`, later than the stamps `after`; written nowhere yet. Raises
        Trouble."""
        ticket = new.ticket(self._ids.next(new.at), format_number(self.letter, count), day, self.site)
        ticket = stamped(None, ticket, self.clock(after, new.at))
        return carried(ticket, closed(self._keys, ticket, None, None))

    def count(self, connection: Connection[Any], day: date) -> int:
        """The machine's next count, taken within a transaction."""

        def ask(floor: int) -> int:
            values = {"site": self.site, "day": day, "letter": self.letter, "floor": floor}
            (count,) = connection.execute(_NUMBER, values).fetchone() or (0,)
            return int(count)

        # Kept here before it is the database's: cut off between, a number is skipped and none given twice.
        return self.numbers.next(day, ask) if self.numbers else ask(0)

    def clock(self, after: Iterable[str], now: datetime) -> HybridClock:
        """The machine's clock, after whatever was written of a day by any machine."""
        if self._clock is None:
            self._clock = HybridClock(device_id(self._device, self._report))
        for stamp in after:
            self._clock.see(stamp, now)
        return self._clock
