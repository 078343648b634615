"""Tickets with an appointment: in nobody's queue before their time, first in the specialist's after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core import changes
from kiosk.core.changes import IllegalChange
from kiosk.core.records import routing_record, ticket_from
from kiosk.core.ticket import Content, State, Ticket
from kiosk.core.waiting import estimate, pick, waiting
from tests.core.make import NOON, ticket

LAWYER = "specialist:lawyer"


def booked(number: str, due_in: float, *, lane: str = LAWYER, first: bool = False) -> Ticket:
    """A ticket of two hours ago whose appointment is so many minutes after NOON."""
    return replace(ticket(number, 120, lane=lane, first=first), due=NOON + timedelta(minutes=due_in))


def chosen(queue: list[Ticket], *lanes: str, now: datetime = NOON) -> tuple[str, str, int] | None:
    found = pick(queue, counter="1", languages=(), now=now, lanes=lanes)
    return None if found is None else (found.ticket.number, found.reason, found.minutes)


def test_safety_then_appointments_then_the_longest_wait() -> None:
    queue = [ticket("A001", 90), booked("A002", 3), ticket("A003", 1, first=True), booked("A004", -10)]
    order = []
    while found := chosen(queue, LAWYER):
        order.append(found)
        queue = [one for one in queue if one.number != found[0]]
    assert order == [
        ("A003", "reason.first", 1),
        ("A004", "reason.appointment", 10),
        ("A002", "reason.appointment", 0),
        ("A001", "reason.longest", 90),
    ]


@pytest.mark.parametrize(("due_in", "called"), [(5.1, False), (5, True), (0, True), (-45, True)])
def test_an_appointment_may_be_called_five_minutes_early(due_in: float, called: bool) -> None:
    assert (chosen([booked("A001", due_in)], LAWYER) is not None) is called


def test_an_ordinary_counter_takes_no_appointment() -> None:
    queue = [booked("A001", 0), ticket("A002", 1)]
    assert chosen(queue) == ("A002", "reason.longest", 1)
    assert chosen(queue[:1]) is None
    assert chosen(queue[:1], "specialist:tax") is None


def test_who_comes_later_is_in_no_list_and_no_estimate() -> None:
    queue = [booked("A001", 60), booked("A002", 0), ticket("A003", 5)]
    assert [one.number for one in waiting(queue)] == ["A003"]
    assert [one.number for one in waiting(queue, now=NOON)] == ["A002", "A003"]
    assert [one.number for one in waiting(queue, "1", lanes=[LAWYER], now=NOON)] == ["A002", "A003"]
    assert estimate(queue, counters=1) == estimate([queue[2]], counters=1)


def test_the_language_head_start_does_not_pass_an_appointment() -> None:
    queue = [booked("A001", 5), ticket("A002", 200, "ko")]
    found = pick(queue, counter="1", languages=("ko",), now=NOON, lanes=[LAWYER])
    assert found is not None
    assert found.ticket.number == "A001"


@given(st.lists(st.tuples(st.integers(-90, 90), st.booleans(), st.booleans()), max_size=8))
def test_the_order_for_any_queue(drawn: list[tuple[int, bool, bool]]) -> None:
    queue = [
        booked(f"A{n:03d}", minutes, first=first) if due else ticket(f"A{n:03d}", abs(minutes), first=first)
        for n, (minutes, due, first) in enumerate(drawn, 1)
    ]
    found = pick(queue, counter="1", languages=(), now=NOON, lanes=[LAWYER])
    here = [one for one in queue if one.due is None or one.due <= NOON + timedelta(minutes=5)]
    if found is None:
        assert not here
        return
    assert found.ticket in here
    if any(one.first for one in here):
        assert found.ticket.first
    elif any(one.due for one in here):
        assert found.ticket.due == min(one.due for one in here if one.due)
    else:
        assert found.ticket.waiting_since == min(one.waiting_since for one in here)


def test_the_record_keeps_the_time_and_older_records_have_none() -> None:
    kept = booked("A001", 30)
    record = routing_record(kept)
    assert ticket_from(record, kept.content) == kept
    del record["due"]
    assert ticket_from(record, Content()).due is None
    with pytest.raises(ValueError, match="Invalid isoformat"):
        ticket_from(record | {"due": "tomorrow"}, Content())


def test_a_transfer_ends_the_appointment() -> None:
    case = changes.call(booked("A001", 0), NOON, counter="1")
    moved = changes.transfer(changes.serve(case, NOON, counter="1"), NOON, lane="2")
    assert (moved.lane, moved.due, moved.state) == ("2", None, State.WAITING)


def test_an_appointment_given_up_is_closed_without_a_call() -> None:
    case = changes.cancel(booked("A001", 600), NOON, counter="1", staff="07")
    assert [period.state for period in case.periods] == [State.WAITING, State.CLOSED]
    assert (case.periods[-1].counter, case.periods[-1].staff) == ("1", "07")
    assert case.due is not None
    with pytest.raises(IllegalChange):
        changes.cancel(case, NOON)
    with pytest.raises(IllegalChange):
        changes.cancel(ticket("A002"), NOON)
    with pytest.raises(IllegalChange):
        changes.cancel(changes.call(booked("A003", 0), NOON, counter="1"), NOON)


def test_without_the_appointment_it_waits_since_its_issue() -> None:
    plain = changes.without_appointment(booked("A001", 600))
    assert chosen([plain, ticket("A002", 60)]) == ("A001", "reason.longest", 120)
