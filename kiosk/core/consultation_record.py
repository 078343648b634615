"""A consultation record to and from plain JSON values. What is empty is not written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from kiosk.core.clock import stamp_from
from kiosk.core.consultation import Consultation, Handover, Interpreted

_APART = frozenset({"by", "stamp"})
"""Whose it is and its place lie beside it, where they are read without opening it."""


def consultation_record(one: Consultation) -> dict[str, Any]:
    """The record without its author and its stamp."""
    return {name: value for name, value in _plain(one).items() if name not in _APART}


def _plain(value: Any) -> dict[str, Any]:
    """A dataclass's fields that are not as they are in an empty one; false is empty, 0 is not."""
    found = {field.name: getattr(value, field.name) for field in fields(value)}
    return {
        name: _value(one) for name, one in found.items() if one not in (None, "", ()) and one is not False
    }


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return _plain(value) if isinstance(value, (Interpreted, Handover)) else value


def consultation_from(record: Mapping[str, Any], by: object, stamp: object) -> Consultation:
    """The record of an author; raises KeyError, TypeError, ValueError or AttributeError where damaged."""
    minutes, follow_up = record.get("minutes"), record.get("follow_up")
    return Consultation(
        by=_text(by),
        topics=_texts(record, "topics"),
        means=str(record.get("means", "")),
        minutes=None if minutes is None else int(minutes),
        done=str(record.get("done", "")),
        agencies=_texts(record, "agencies"),
        result=str(record.get("result", "")),
        follow_up=None if follow_up is None else date.fromisoformat(follow_up),
        followed=bool(record.get("followed", False)),
        caller=str(record.get("caller", "")),
        nationality=str(record.get("nationality", "")),
        status=str(record.get("status", "")),
        interpreted=tuple(_interpreted_from(one) for one in record.get("interpreted", ())),
        handovers=tuple(_handover_from(one) for one in record.get("handovers", ())),
        example=str(record.get("example", "")),
        saved=_moment(record, "saved"),
        stamp=stamp_from(stamp),
    )


def _interpreted_from(record: Mapping[str, Any]) -> Interpreted:
    return Interpreted(
        line=str(record.get("line", "")),
        language=str(record.get("language", "")),
        seconds=int(record["seconds"]),
        case=str(record.get("case", "")),
        since=_moment(record, "since"),
    )


def _handover_from(record: Mapping[str, Any]) -> Handover:
    return Handover(
        id=str(record.get("id", "")),
        at=datetime.fromisoformat(record["at"]),
        service=str(record.get("service", "")),
        name=str(record.get("name", "")),
        kind=str(record.get("kind", "")),
        consent=_moment(record, "consent"),
        appointment=_moment(record, "appointment"),
        outcome=str(record.get("outcome", "")),
        outcome_at=_moment(record, "outcome_at"),
        note=str(record.get("note", "")),
    )


def _moment(record: Mapping[str, Any], name: str) -> datetime | None:
    value = record.get(name)
    return None if value is None else datetime.fromisoformat(value)


def _texts(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(one) for one in record.get(name, ()))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value
