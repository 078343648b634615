"""A service day as a TinyDB database: its queries and updates, with the journal in place of TinyDB's storage.

A document is the ticket's routing with two members more: `state`, as it stands, and `content`, which is
`{"closed": true}` where it cannot be opened. Its id is the same in every process and after every start.
TinyDB's JSONStorage overwrites its file in place and so can lose all of it; it is never used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Protocol

from kiosk.core.records import content_from, content_record, routing_record, ticket_from
from kiosk.core.ticket import Content, Ticket
from kiosk.core.waiting import count_of

if TYPE_CHECKING:
    from tinydb import TinyDB

TABLE = "tickets"
_PER_LETTER = 1_000_000
_LETTERS = 27


class Tickets(Protocol):
    """What the database stands on: the tickets of one day."""

    def read(self) -> list[Ticket]: ...

    def update(self, apply: Callable[[list[Ticket]], list[Ticket]]) -> None:
        """Write those that `apply` answers changed, all with one flush, or none."""
        ...


def open_db(tickets: Tickets) -> TinyDB:
    """The day as a database. Tickets are issued by the store, not inserted, and never removed, and there is
    one table: what would do otherwise raises ValueError."""
    return _database()(storage=tickets)


@cache
def _database() -> type[TinyDB]:
    """TinyDB over one day, made when first asked for: the kiosk itself does not wait for its import."""
    from tinydb import TinyDB
    from tinydb.storages import Storage
    from tinydb.table import Table

    class JournalStorage(Storage):
        def __init__(self, tickets: Tickets) -> None:
            self.tickets = tickets

        def read(self) -> dict[str, dict[str, Any]]:
            found = self.tickets.read()
            ids = document_ids(found)
            return {TABLE: {str(ids[ticket.id]): document(ticket) for ticket in found}}

        def write(self, data: dict[str, dict[str, Any]]) -> None:  # noqa: ARG002
            raise ValueError("tickets are never removed")

    class TicketTable(Table):
        def __init__(
            self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False
        ) -> None:
            # No query is remembered unless asked for: another process may have changed what it found.
            super().__init__(storage, name, cache_size, persist_empty)

        def _update_table(self, updater: Callable[[dict[int, Any]], None]) -> None:
            if self.name != TABLE or not isinstance(self.storage, JournalStorage):
                raise ValueError(f"there is one table, {TABLE}")
            self.storage.tickets.update(partial(_updated, updater))

    class DayDB(TinyDB):
        table_class = TicketTable
        default_table_name = TABLE

        def __init__(self, storage: Tickets) -> None:
            super().__init__(storage, storage=JournalStorage)

    return DayDB


def _updated(updater: Callable[[dict[int, Any]], None], tickets: list[Ticket]) -> list[Ticket]:
    """The tickets after TinyDB's update of their documents, in the same order."""
    ids = document_ids(tickets)
    table = {ids[ticket.id]: document(ticket) for ticket in tickets}
    asked = set(table)
    updater(table)
    if set(table) != asked:
        raise ValueError("tickets are issued by the store, never inserted or removed")
    return [ticket_of(table[ids[ticket.id]]) for ticket in tickets]


def document_ids(tickets: Iterable[Ticket]) -> dict[str, int]:
    """A number for each ticket's id: its letter and count, and beyond all letters for those of one number.

    Two tickets share a number only where two tablets were given the same letter.
    """
    found: dict[int, list[str]] = {}
    for ticket in tickets:
        number = (ord(ticket.number[0]) - ord("A") + 1) * _PER_LETTER + count_of(ticket.number)
        found.setdefault(number, []).append(ticket.id)
    return {
        key: number + place * _LETTERS * _PER_LETTER
        for number, ids in found.items()
        for place, key in enumerate(sorted(ids))
    }


def document(ticket: Ticket) -> dict[str, Any]:
    return {
        **routing_record(ticket),
        "state": ticket.state.value,
        "content": {"closed": True} if ticket.content.closed else content_record(ticket.content),
    }


def ticket_of(found: Mapping[str, Any]) -> Ticket:
    """The ticket of a document. Raises ValueError where it is none any more, or where `state` was set:
    a state changes by a further period only."""
    try:
        told = found["content"]
        content = Content(closed=True) if told == {"closed": True} else content_from(told)
        ticket = ticket_from(found, content)
    except (KeyError, TypeError) as error:
        raise ValueError("not a ticket any more") from error
    if found["state"] != ticket.state.value:
        raise ValueError("a state changes by a further period")
    return ticket
