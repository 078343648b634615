"""What the tickets of one service day tell, opened once and kept until the keys are locked."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

from kiosk.core.ticket import Content, Ticket
from kiosk.store.contents import Kept, shown
from kiosk.store.keys import Keyring, NoKey
from kiosk.store.protocol import Fault
from kiosk.store.sealing import Closed


class Opened:
    """Used by several threads at once."""

    def __init__(self, keys: Keyring, day: date, file: str, report: Callable[[Fault], None]) -> None:
        self._keys = keys
        self._day = day
        self._file = file
        self._report = report
        self._contents: dict[str, tuple[Kept, Content | None]] = {}
        """By ticket id, or None where one does not open."""
        self._opening = 0

    def content(self, ticket: Ticket, kept: Kept | None) -> Content | None:
        """What it tells; None where it does not open here."""
        if kept is None:
            return ticket.content
        if not self._reads():
            return None
        contents = self._contents
        known = contents.get(ticket.id)
        if known is None or known[0] != kept:
            known = contents[ticket.id] = kept, self._open(ticket, kept)
        return known[1]

    def shown(self, ticket: Ticket, kept: Kept | None) -> Ticket:
        """The ticket with its content as far as this process may read it."""
        content = self.content(ticket, kept)
        return ticket if content is None else replace(ticket, content=content)

    def add(self, ticket: Ticket, kept: Kept) -> None:
        """A ticket just written: what it tells need not be opened."""
        if not ticket.content.closed and self._reads():
            self._contents[ticket.id] = kept, ticket.content

    def hold_to(self, ids: Collection[str]) -> None:
        """Let go of all but these."""
        self._contents = {key: known for key, known in self._contents.items() if key in ids}

    def forget(self, ticket_id: str) -> None:
        self._contents.pop(ticket_id, None)

    def _reads(self) -> bool:
        """Whether this process may read now; lets go of what it read before the keys were locked."""
        opening = self._keys.opening
        if opening != self._opening:
            self._contents, self._opening = {}, opening
        return opening > 0

    def _open(self, ticket: Ticket, kept: Kept) -> Content | None:
        try:
            return shown(self._keys, self._day, ticket.id, kept)
        except NoKey:
            return None  # The keys tell it, once for the day.
        except Closed:
            self._report(Fault("trouble.content_damaged", self._file, f"ticket {ticket.number}"))
            return None
