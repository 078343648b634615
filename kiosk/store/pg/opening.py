"""Contents opened as far as this process may read them, each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.core.ticket import Content, Ticket
from kiosk.store.carrying import Carried
from kiosk.store.contents import Kept, shown
from kiosk.store.keys import Keyring, NoKey
from kiosk.store.pg import sharing
from kiosk.store.protocol import Fault
from kiosk.store.sealing import Closed

_MOST = 5000
"""Contents held open: a busy week's."""


class Opening:
    def __init__(
        self, keys: Keyring, report: Callable[[Fault], None], missing: Callable[[Ticket], None]
    ) -> None:
        """`missing` fetches the other machines' keys of a ticket's day."""
        self._keys, self._report, self._missing = keys, report, missing
        self._opening = 0
        self._known: dict[str, tuple[Kept, Content | None]] = {}

    def ticket(self, carried: Carried) -> Ticket:
        """With its content, or with a closed one."""
        content = self.content(carried)
        return carried.ticket if content is None else replace(carried.ticket, content=content)

    def content(self, carried: Carried) -> Content | None:
        """None where it does not open here."""
        opening = self._keys.opening
        if opening != self._opening or len(self._known) > _MOST:
            self._known, self._opening = {}, opening
        if not opening:
            return None
        known = self._known.get(carried.ticket.id)
        if known is None or known[0] != carried.kept:
            known = self._known[carried.ticket.id] = carried.kept, self._open(carried)
        return known[1]

    def _open(self, carried: Carried) -> Content | None:
        ticket = carried.ticket
        if not _marks(carried.kept) <= sharing.marks(self._keys, ticket.day):
            self._missing(ticket)
        try:
            return shown(self._keys, ticket.day, ticket.id, carried.kept)
        except NoKey:
            return None  # The keys tell it, once for the day.
        except Closed:
            place = f"database {ticket.day}"
            self._report(Fault("trouble.content_damaged", place, f"ticket {ticket.number}"))
            return None


def _marks(kept: Kept) -> set[str]:
    """Of the keys that open it; without those of what is spoiled."""
    return {str(one["to"]) for one in kept.sealed if isinstance(one, Mapping) and "to" in one}
