"""An office's folder with everything that is kept in it, a short day there, and what must be true of it
after a fault."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC
from functools import cached_property
from itertools import count
from pathlib import Path

from kiosk.core.changes import call, close, note, serve
from kiosk.core.statistics import Row, row_of
from kiosk.core.ticket import Ticket
from kiosk.store.audit import Audit
from kiosk.store.audit_line import Entry
from kiosk.store.bookings import Bookings
from kiosk.store.erasing import new_mark
from kiosk.store.keys import Keyring
from kiosk.store.rows import Rows
from kiosk.store.tiny import TinyStore
from kiosk.store.trail import check, read_trail
from tests.store.samples import DAY, FULL, NOW, PLAIN, SENSITIVE, minutes, ticket_named

WORDS, PAPER = "みなとの見える丘 2026 turtle", bytes(range(32))
ALL = os.environ.get("MADOGUCHI_FAULTS") == "all"
"""Every fault there is, and not only a sample."""
_CLOCK = count(step=1000)
"""Nobody has to wait after a wrong passphrase."""
TORN = frozenset({"trouble.journal_torn"})


class Office:
    """All stores of one data folder. Making it reads nothing."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.keys = Keyring(data / "keys", clock=lambda: next(_CLOCK))
        self.store = TinyStore(
            data / "store", letter="A", today=lambda: DAY, device=data / "device", keys=self.keys
        )

    @cached_property
    def bookings(self) -> Bookings:
        return Bookings(self.data / "bookings")

    @cached_property
    def audit(self) -> Audit:
        return Audit(self.data / "audit", device=self.data / "device")

    @cached_property
    def rows(self) -> Rows:
        return Rows(self.data / "statistics")

    def faults(self) -> set[str]:
        """Keys of all that was told."""
        return {fault.key for part in (self.store, self.bookings, self.rows) for fault in part.faults()}

    def close(self) -> None:
        self.store.close()


@dataclass
class Told:
    """What somebody outside knows of the tickets."""

    versions: dict[str, list[Ticket | None]] = field(default_factory=dict)
    """By id, each ticket as it stood after each answer, None once it was erased."""
    numbers: set[str] = field(default_factory=set)

    def add(self, ticket: Ticket) -> tuple[str, int]:
        """Which ticket, and how many versions of it came before this one."""
        self.numbers.add(ticket.number)
        return self.add_version(ticket.id, ticket)

    def add_version(self, ticket_id: str, version: Ticket | None) -> tuple[str, int]:
        known = self.versions.setdefault(ticket_id, [])
        known.append(version)
        return ticket_id, len(known) - 1


def day(office: Office, say: Callable[[Ticket | str], None]) -> None:
    """Issue, call, serve, note, close, erase; `say` gets each ticket, or the id of the one erased, once the
    store has answered."""
    store = office.store
    first = store.issue(replace(FULL, notes=()), language="ko", at=NOW)
    say(first)
    second = store.issue(SENSITIVE, language="my", at=minutes(1))
    say(second)
    called = store.call_next(counter="1", languages=(), at=minutes(2))
    assert called is not None
    say(called.ticket)
    say(store.change(second.id, lambda t: serve(t, minutes(3), counter="1")))
    say(store.change(second.id, lambda t: note(t, "相談済み")))
    third = store.issue(PLAIN, language="en", at=minutes(4))
    say(third)
    say(store.change(second.id, lambda t: close(t, minutes(5), counter="1")))
    store.erase(
        third,
        new_mark(whole=False, tickets=1, reason="request", ticket=third.id),
        lambda _: None,
    )
    say(third.id)
    say(store.change(first.id, lambda t: call(t, minutes(6), counter="2")))
    say(store.issue(PLAIN, language="vi", at=minutes(7)))


def holds(office: Office, told: Told, least: dict[str, int], allowed: frozenset[str] = TORN) -> None:
    """Nothing acknowledged is lost, nothing is there that was never written, no number comes twice.

    `least`: by id, the version that was acknowledged last.
    """
    tickets = {ticket.id: ticket for ticket in office.store.tickets()}
    for ticket_id, version in least.items():
        known = told.versions[ticket_id]
        assert tickets.get(ticket_id) in known[version:], "an answer was lost"
    for ticket_id, ticket in tickets.items():
        assert ticket in told.versions[ticket_id], "a ticket is not as it was written"
    numbers = [ticket.number for ticket in tickets.values()]
    assert len(set(numbers)) == len(numbers)
    given = {known[0].number for key in least if (known := told.versions[key])[0] is not None}
    new = office.store.issue(PLAIN, language="en", at=minutes(9))
    assert new.number not in given | set(numbers), "a number came twice"
    office.close()
    assert office.store.get(new.id) == new
    assert office.faults() <= allowed, office.faults()


def sound(office: Office) -> bool:
    """Whether the audit trail is whole."""
    return check(read_trail(office.audit.files())) == []


def entry(number: int) -> Entry:
    return Entry("open", minutes(number), f"01990000-0000-7000-8000-{number:012d}", "k03", "1")


def rows(number: int) -> dict[str, Row]:
    """Rows of so many tickets."""
    made = {}
    for n in range(number):
        key = f"01990000-0000-7000-8000-{n:012d}"
        ticket = replace(ticket_named(key), content=FULL, language=("ko", "vi", "ne", "my", "en")[n % 5])
        made[key] = row_of(ticket, UTC, lambda name: (name,))
    return made
