"""The console's list: who waits is here."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.core.ticket import Ticket
from kiosk.ui.counter.today import today_of
from kiosk.ui.counter.view import Row
from tests.core.make import NOON, ticket


def test_whose_appointment_is_still_to_come_does_not_wait() -> None:
    lane = "specialist:lawyer"
    queue = [
        ticket("A001", 20),
        replace(ticket("A002", 60, lane=lane), due=NOON + timedelta(minutes=30)),
        replace(ticket("A003", 60, lane=lane), due=NOON + timedelta(days=9)),
    ]
    listed: list[str] = []

    def row(case: Ticket, _: int) -> Row:
        listed.append(case.number)
        return Row(*[None] * len(Row.__dataclass_fields__))  # type: ignore[arg-type]

    now = today_of(queue, "waiting", NOON, "1", row)
    assert (now.counts, now.issued, now.can_call, listed) == ((1, 0, 0), 3, True, ["A001"])
    listed.clear()
    later = today_of(queue, "waiting", NOON + timedelta(minutes=30), "1", row)
    assert (later.counts[0], listed) == (2, ["A001", "A002"])
    assert not today_of(queue[1:], "waiting", NOON, "1", row).can_call
