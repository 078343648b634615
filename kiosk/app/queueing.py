"""The queue without windows: what `madoguchi queue` does."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.app import auditing, booking
from kiosk.app.office import Office, is_holiday
from kiosk.app.places import lanes_of
from kiosk.core import changes, referral
from kiosk.core.changes import IllegalChange
from kiosk.core.flow import SPECIAL
from kiosk.core.keeping import content_of
from kiosk.core.ticket import Ticket
from kiosk.core.visit import CALLERS, MAX_NARRATIVE, Visit
from kiosk.core.waiting import served
from kiosk.errors import Trouble

CHANGES: dict[str, Callable[..., Ticket]] = {
    "serve": changes.serve,
    "hold": changes.hold,
    "transfer": changes.transfer,
    "no_show": changes.no_show,
    "call": changes.call,
    "close": changes.close,
}

LARGEST_CASE = 1_000_000
"""Bytes of a case file: what may be told in one visit is far less."""


def row(case: Ticket) -> dict[str, Any]:
    """What may be shown of a ticket to whoever sees the terminal: routing, no content."""
    return {
        "id": case.id,
        "number": case.number,
        "state": case.state.value,
        "language": case.language,
        "lane": case.lane,
        "issued": case.issued.isoformat(),
        "counter": case.counter,
    }


def add(office: Office, file: Path) -> dict[str, Any]:
    """Take a number for a case in a JSON file. Raises Trouble naming what is wrong in it."""
    try:
        case = json.loads(_text_of(file))
    except (ValueError, RecursionError) as fault:
        raise Trouble("trouble.case_file", key="JSON", log=type(fault).__name__) from fault
    visit = visit_of(office, case)
    led = referral.outcome(
        [(flow, answers) for _, flow, answers in visit.cases],
        office.directory,
        language=visit.language,
        prefecture=office.settings.office.prefecture,
        now=office.now(),
        is_holiday=is_holiday,
        area=office.settings.office.area,
        assured_days=office.settings.office.referral_days,
    )
    return row(office.store.issue(content_of(visit, led), language=visit.language, at=office.now()))


def _text_of(file: Path) -> str:
    """The case file's text. Raises Trouble, and ValueError where it is none."""
    try:
        with file.open("rb") as case:
            data = case.read(LARGEST_CASE + 1)
    except OSError as fault:
        raise Trouble("trouble.case_unread", path=str(file), log=fault.strerror or "unreadable") from fault
    if len(data) > LARGEST_CASE:
        raise Trouble("trouble.case_large", path=str(file))
    return data.decode("utf-8-sig")


def visit_of(office: Office, case: object) -> Visit:
    """The visit a case file describes, checked against the flows. Raises Trouble("trouble.case_file")."""
    if not isinstance(case, dict):
        raise Trouble("trouble.case_file", key="{}")
    visit = Visit(office.topics, office.flows)
    visit.language = _one_of(case, "language", office.languages)
    visit.topic = _one_of(case, "topic", (*office.topics, *SPECIAL))
    if "caller" in case:
        visit.caller = _one_of(case, "caller", (*CALLERS, *SPECIAL))
    for question, chosen in _table(case, "answers").items():
        visit.flow_answers[str(question)] = _choices(visit, str(question), chosen)
    told = case.get("narrative", "")
    if not isinstance(told, str) or len(told) > MAX_NARRATIVE or not _whole(told):
        raise Trouble("trouble.case_file", key="narrative")
    visit.tell(told, "typed")
    return visit


def _one_of(case: dict[str, Any], key: str, allowed: Any) -> str:
    value = case.get(key)
    if not isinstance(value, str) or value not in allowed:
        raise Trouble("trouble.case_file", key=key)
    return value


def _whole(text: str) -> bool:
    """Whether the text has no halves of characters: JSON can write them, and nothing can draw them."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _table(case: dict[str, Any], key: str) -> dict[str, Any]:
    value = case.get(key, {})
    if not isinstance(value, dict):
        raise Trouble("trouble.case_file", key=key)
    return value


def _choices(visit: Visit, question_id: str, chosen: object) -> tuple[str, ...]:
    flow = visit.flow
    given = [chosen] if isinstance(chosen, str) else chosen
    try:
        if flow is None or not isinstance(given, list) or not given:
            raise KeyError(question_id)
        question = flow.questions[question_id]
        if len(set(map(str, given))) != len(given) or (question.kind == "one" and len(given) > 1):
            raise KeyError(question_id)
        return tuple(question.choice(str(choice)).id for choice in given)
    except KeyError as fault:
        raise Trouble("trouble.case_file", key=f"answers.{question_id}") from fault


def listing(office: Office) -> list[dict[str, Any]]:
    return [row(case) for case in office.store.tickets()]


def sent_only(office: Office, counter: str) -> bool:
    """Whether only those are called there who were sent there."""
    return "" not in served(counter, lanes_of(office))


def call_next(office: Office, counter: str, languages: Sequence[str]) -> dict[str, Any] | None:
    """Call the next ticket; None when nobody waits for this counter."""
    at, staff = office.now(), office.staff
    found = office.store.call_next(
        counter=counter, languages=languages, at=at, staff=staff, lanes=lanes_of(office)
    )
    if found is None:
        return None
    auditing.changed(office, replace(found.ticket, periods=found.ticket.periods[:-1]), found.ticket)
    name = (
        office.languages[found.ticket.language].japanese if found.ticket.language in office.languages else ""
    )
    words = office.catalogue("ja")
    return row(found.ticket) | {
        "reason": found.reason,
        "minutes": found.minutes,
        "sentence": f"{found.ticket.number}  {words.text(found.reason, n=found.minutes, language=name)}",
    }


def change(
    office: Office, name: str, wanted: str, *, counter: str = "", note: str = "", **details: str
) -> dict[str, Any]:
    """One change by id or by today's number, at the ticket's last counter where none is given.

    Raises Trouble where the state does not allow it.
    """
    found = find(office, wanted)

    def apply(case: Ticket) -> Ticket:
        at = counter or case.counter
        noted = changes.note(case, note)
        return CHANGES[name](noted, office.now(), counter=at, staff=office.staff, **details)

    try:
        return row(auditing.change(office, found.id, apply))
    except IllegalChange as refused:
        raise Trouble(
            "trouble.illegal_change", number=refused.number, state=refused.state.value, log=str(refused)
        ) from refused


def appointments(office: Office, day: date) -> list[dict[str, Any]]:
    """A day's appointments by time; what was told stays closed."""
    return [
        {
            "at": one.booking.at.isoformat(),
            "specialist": one.booking.specialist,
            "room": one.specialist.room if one.specialist else "",
            "number": one.booking.number,
            "day": one.booking.day.isoformat(),
            "state": one.ticket.state.value if one.ticket else "",
            "language": one.ticket.language if one.ticket else "",
            "id": one.booking.ticket_id,
        }
        for one in booking.appointments(office, day)
    ]


def find(office: Office, wanted: str) -> Ticket:
    """By id, or by today's number. Raises Trouble."""
    for case in office.store.tickets():
        if wanted == case.id or wanted.upper() == case.number:
            return case
    return office.store.get(wanted)
