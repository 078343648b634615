"""A day's tickets in memory, kept up with the database by asking only for what was written since."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from kiosk.store.carrying import Carried
from kiosk.store.pg import rows

if TYPE_CHECKING:
    from psycopg import Connection

_NOW = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text"
_LEFT = "SELECT id::text FROM ticket WHERE day = %s AND site = ANY(%s)"
_GONE = "SELECT ticket::text FROM erased WHERE day = %(day)s AND written >= %(since)s::xid8"


class Known:
    def __init__(self, day: date, before: Known | None = None) -> None:
        """`before`: what was known over a connection that was lost; all is read anew and compared with it."""
        self.day = day
        self.opened = 0
        """Which connection it was read over."""
        self.held: dict[str, Carried] = dict(before.held) if before else {}
        self._since = "0"

    def catch_up(
        self, connection: Connection[Any], sites: Collection[str], *, over: bool = False
    ) -> list[Carried]:
        """Read what was written since the last time; those that are new or other than known, or erased.
        `over`: the day is, and any site may have erased all of its tickets."""
        # Taken first: what is being written now by a transaction still open is asked for again next time.
        (since,) = connection.execute(_NOW).fetchone() or ("0",)
        where = "t.day = %(day)s AND t.written >= %(since)s::xid8"
        found = rows.read(connection, sites, where, day=self.day, since=self._since)
        news = [one for one in found if self.held.get(one.ticket.id) != one]
        self.held.update({one.ticket.id: one for one in news})
        gone = connection.execute(_GONE, {"day": self.day, "since": self._since}).fetchall()
        lost = [self.held.pop(ticket_id, None) for (ticket_id,) in gone]
        if over:
            left = {
                ticket_id for (ticket_id,) in connection.execute(_LEFT, (self.day, list(sites))).fetchall()
            }
            lost += [self.held.pop(ticket_id) for ticket_id in list(self.held) if ticket_id not in left]
        news += [one for one in lost if one is not None]
        self._since = str(since)
        return news
