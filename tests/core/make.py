"""Small flows, tickets and visits for the tests of the domain."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from kiosk.core.flow import Choice, Flow, Question, Topic
from kiosk.core.ticket import Case, Content, Period, State, Ticket
from kiosk.core.visit import Visit

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday

WORK = Flow(
    "work",
    "problem",
    {
        "problem": Question(
            "problem",
            (
                Choice("wages", destinations=("labour",), bring=("contract",), statistics="employment"),
                Choice("hurt", next="hospital", urgent=True),
                Choice("find", next="", destinations=("hello_work",), counter=False),
            ),
            next="since",
        ),
        "since": Question("since", (Choice("week"), Choice("months")), next="papers"),
        "hospital": Question("hospital", (Choice("yes"), Choice("no")), next="since"),
        "papers": Question("papers", (Choice("contract"), Choice("slips")), kind="many"),
    },
)
TOPICS = {"work": Topic("work", "briefcase", "work", "employment")}


def visit() -> Visit:
    return Visit(TOPICS, {"work": WORK})


def ticket(
    number: str, waited: int = 0, language: str = "vi", *, first: bool = False, lane: str = ""
) -> Ticket:
    """A ticket that has waited so many minutes at NOON."""
    at = NOON - timedelta(minutes=waited)
    return Ticket(
        id=f"id-{number}",
        number=number,
        day=date(2026, 11, 20),
        language=language,
        periods=(Period(State.WAITING, at),),
        content=Content(cases=(Case("work"),)),
        lane=lane,
        first=first,
    )
