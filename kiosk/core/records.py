"""Tickets to and from plain JSON values, as the store keeps them and packs carry them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from kiosk.core.clock import stamp_from
from kiosk.core.consultation_record import consultation_from, consultation_record
from kiosk.core.heard import Passage, Translation
from kiosk.core.ticket import Case, Content, Narrative, Period, State, Ticket


def routing_record(ticket: Ticket) -> dict[str, Any]:
    """What lies open at rest: everything but the content, as plain JSON values."""
    record = {
        "id": ticket.id,
        "number": ticket.number,
        "day": ticket.day.isoformat(),
        "language": ticket.language,
        "lane": ticket.lane,
        "first": ticket.first,
        "due": ticket.due.isoformat() if ticket.due else None,
        "periods": [_period_record(period) for period in ticket.periods],
    }
    return record | {"site": ticket.site} if ticket.site else record


def _period_record(period: Period) -> dict[str, Any]:
    record = {
        "state": period.state.value,
        "at": period.at.isoformat(),
        "counter": period.counter,
        "staff": period.staff,
        "stamp": period.stamp,
    }
    return record | {"undoes": period.undoes} if period.undoes else record


def content_record(content: Content) -> dict[str, Any]:
    """The content as plain JSON values."""
    return {
        "caller": content.caller,
        "cases": [_case_record(case) for case in content.cases],
        "narrative": None if content.narrative is None else _narrative_record(content.narrative),
        "statistics": list(content.statistics),
        "services": list(content.services),
        "bring": list(content.bring),
        "sensitive": content.sensitive,
        "urgent": content.urgent,
        "first": content.first,
        "care": list(content.care),
        "reasons": list(content.reasons),
        "within": content.within,
        "earlier": content.earlier,
        "notes": list(content.notes),
        "note_stamps": list(content.note_stamps),
        "records": [consultation_record(one) | {"by": one.by, "stamp": one.stamp} for one in content.records],
    }


def _case_record(case: Case) -> dict[str, Any]:
    return {
        "topic": case.topic,
        "flow": case.flow,
        "answers": [[question, list(chosen)] for question, chosen in case.answers],
    }


def _narrative_record(narrative: Narrative) -> dict[str, Any]:
    translation = narrative.translation
    return {
        "original": narrative.original,
        "language": narrative.language,
        "means": narrative.means,
        "accepted": narrative.accepted,
        "translation": None if translation is None else _translation_record(translation),
    }


def _translation_record(translation: Translation) -> dict[str, Any]:
    return {
        "japanese": translation.japanese,
        "back": translation.back,
        "engine": translation.engine,
        "sample": translation.sample,
        "alike": translation.alike,
        "passages": [_passage_record(passage) for passage in translation.passages],
        "hint": translation.hint,
    }


def _passage_record(passage: Passage) -> list[Any]:
    return [
        passage.original,
        passage.translated,
        passage.back,
        passage.alike,
        passage.fault,
        list(passage.unsure),
    ]


def content_from(record: Mapping[str, Any]) -> Content:
    """The content of a record; raises KeyError, TypeError or ValueError where it is damaged.

    One written before several problems could be told holds one, and none of the later fields.
    """
    told, within = record["narrative"], record.get("within")
    return Content(
        caller=str(record["caller"]),
        cases=tuple(_case_from(case) for case in record.get("cases", [record])),
        narrative=None if told is None else _narrative_from(told),
        statistics=tuple(str(item) for item in record["statistics"]),
        services=tuple(str(item) for item in record["services"]),
        bring=tuple(str(item) for item in record["bring"]),
        sensitive=bool(record["sensitive"]),
        urgent=bool(record["urgent"]),
        first=bool(record["first"]),
        care=tuple(str(item) for item in record.get("care", ())),
        reasons=tuple(str(item) for item in record.get("reasons", ())),
        within=None if within is None else int(within),
        earlier=str(record.get("earlier", "")),
        notes=tuple(str(item) for item in record["notes"]),
        note_stamps=tuple(stamp_from(item) for item in record.get("note_stamps", ())),
        records=tuple(consultation_from(one, one["by"], one["stamp"]) for one in record.get("records", ())),
    )


def _case_from(record: Mapping[str, Any]) -> Case:
    return Case(
        topic=str(record["topic"]),
        flow=str(record["flow"]),
        answers=tuple((str(q), tuple(str(c) for c in chosen)) for q, chosen in record["answers"]),
    )


def _narrative_from(record: Mapping[str, Any]) -> Narrative:
    translated = record["translation"]
    original, language = str(record["original"]), str(record["language"])
    return Narrative(
        original=original,
        language=language,
        means=str(record["means"]),
        accepted=bool(record["accepted"]),
        translation=None
        if translated is None
        else Translation(
            original,
            language,
            str(translated["japanese"]),
            str(translated["back"]),
            str(translated["engine"]),
            bool(translated["sample"]),
            float(translated["alike"]),
            tuple(_passage_from(row) for row in translated.get("passages", ())),
            bool(translated.get("hint", False)),
        ),
    )


def _passage_from(row: Sequence[Any]) -> Passage:
    original, translated, back, alike, fault, unsure = row
    terms = tuple(str(term) for term in unsure)
    return Passage(str(original), str(translated), str(back), float(alike), str(fault), terms)


def _period_from(record: Mapping[str, Any]) -> Period:
    return Period(
        State(record["state"]),
        datetime.fromisoformat(record["at"]),
        str(record["counter"]),
        str(record["staff"]),
        stamp_from(record.get("stamp", "")),
        stamp_from(record.get("undoes", "")),
    )


def ticket_from(routing: Mapping[str, Any], content: Content) -> Ticket:
    """The ticket of a routing record; raises KeyError, TypeError or ValueError where it is damaged.

    A record written before there were appointments has no `due`, one before there were stamps none of them,
    one of a machine without a site no `site`.
    """
    if not routing["periods"]:
        raise ValueError("a ticket without periods")
    due = routing.get("due")
    return Ticket(
        id=str(routing["id"]),
        number=str(routing["number"]),
        day=date.fromisoformat(routing["day"]),
        language=str(routing["language"]),
        periods=tuple(_period_from(period) for period in routing["periods"]),
        content=content,
        lane=str(routing["lane"]),
        first=bool(routing["first"]),
        due=None if due is None else datetime.fromisoformat(due),
        site=str(routing.get("site", "")),
    )
