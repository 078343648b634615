"""What a ticket tells, as it lies on disk: the content sealed once, each note and each author's consultation
record sealed by itself.

A change of state carries the sealed bytes on as they are, so whoever has no key changes states all the same;
so it may add notes, or its author's record, which whoever has the key then reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from kiosk.core.clock import stamp_from
from kiosk.core.consultation import Consultation
from kiosk.core.consultation_record import consultation_from, consultation_record
from kiosk.core.records import content_from, content_record
from kiosk.core.ticket import Content, Ticket
from kiosk.errors import Trouble
from kiosk.store.keys import Keyring
from kiosk.store.sealing import Closed, Sealed, sealed_from

CLOSED = Content(closed=True)
_NOTE, _RECORD = 64, 512
"""Bytes a note and a consultation record are filled up to a multiple of."""


class Opens(Protocol):
    """A keyring, as far as reading needs one; a pack brings its own."""

    def open(self, day: date, sealed: Sealed, context: bytes) -> bytes: ...


@dataclass(frozen=True)
class Kept:
    """The sealed parts of a record, as plain JSON values and never looked into but to open them."""

    body: Mapping[str, Any] = field(repr=False)
    notes: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    """Each with its `stamp` and `sealed`."""
    records: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    """One of each author, each with its `by`, `stamp` and `sealed`."""

    @property
    def stamps(self) -> tuple[str, ...]:
        """Of the notes and records, without those that are spoiled."""
        return tuple(filter(None, map(_stamp_of, (*self.notes, *self.records))))

    @property
    def sealed(self) -> tuple[Any, ...]:
        """Everything that was sealed, or is spoiled."""
        parts = (*self.notes, *self.records)
        return (self.body, *(part.get("sealed") if isinstance(part, Mapping) else None for part in parts))

    def parts(self) -> dict[str, Any]:
        """As members of a record or a pack's line; `records` only where there are any."""
        found = {"sealed": self.body, "notes": self.notes}
        return found | {"records": self.records} if self.records else found


def newest_of(slots: Iterable[Any]) -> tuple[Any, ...]:
    """Of sealed records the newest of each author, by author, whatever order they come in."""
    best: dict[str, Any] = {}
    for slot in slots:
        by = _author(slot)
        if by not in best or _age(slot) > _age(best[by]):
            best[by] = slot
    return tuple(best[by] for by in sorted(best))


def _age(slot: Any) -> tuple[str, str]:
    # Two with one stamp come of a device's id copied with its disk: then any order will do, if it is one.
    return _stamp_of(slot), json.dumps(slot, sort_keys=True)


def _author(slot: Any) -> str:
    """Empty where the record is spoiled."""
    return str(slot.get("by", "")) if isinstance(slot, Mapping) else ""


def shown(keys: Opens, day: date, ticket_id: str, kept: Kept) -> Content:
    """The content opened. Raises Closed where any of it does not open; nothing is shown in part."""
    try:
        text = keys.open(day, sealed_from(kept.body), _content(ticket_id))
        content = content_from(json.loads(text))
        notes = tuple(_note_text(keys, day, ticket_id, note) for note in kept.notes)
        stamps = tuple(stamp_from(note["stamp"]) for note in kept.notes)
        records = tuple(_record_told(keys, day, ticket_id, slot) for slot in kept.records)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise Closed from None
    return replace(content, notes=notes, note_stamps=stamps, records=records)


def closed(keys: Keyring, ticket: Ticket, kept: Kept | None, before: Content | None) -> Kept:
    """The sealed parts for a ticket about to be written, whose notes and records have their stamps. Raises
    Trouble.

    `kept` and `before` are what is on disk and what of it could be read, which is None where nothing could;
    only what is new is sealed. Of a closed content only notes and records are looked at, all of them new.
    """
    content = ticket.content
    if kept is None and not content.closed:
        return Kept(_body(keys, ticket), _notes(keys, ticket, 0), _records(keys, ticket))
    if kept is not None and content.closed and _bare(content) == CLOSED:
        notes = (*kept.notes, *_notes(keys, ticket, 0))
        return Kept(kept.body, notes, _with(kept.records, _records(keys, ticket)))
    if kept is None or before is None or content.closed:
        # Locked meanwhile, or altered by somebody who cannot read it: what is sealed stays.
        raise Trouble("trouble.content_closed", log=f"a closed ticket of {ticket.day} was to be changed")
    same = _bare(before) == _bare(content) and sealed_from(kept.body).within
    # What a kiosk closed to the public key opens slowly: closed once more by who can read it, it need not.
    body = kept.body if same else _body(keys, ticket)
    records = _records(keys, ticket, kept.records, before.records)
    known = len(before.notes)
    if content.notes[:known] != before.notes:
        return Kept(body, _notes(keys, ticket, 0), records)
    return Kept(body, (*kept.notes, *_notes(keys, ticket, known)), records)


def _bare(content: Content) -> Content:
    return replace(content, notes=(), note_stamps=(), records=())


def _body(keys: Keyring, ticket: Ticket) -> Mapping[str, Any]:
    record = content_record(_bare(ticket.content))
    return keys.seal(ticket.day, _bytes(record), _content(ticket.id)).record()


def _notes(keys: Keyring, ticket: Ticket, known: int) -> tuple[Mapping[str, Any], ...]:
    """The notes after those known, sealed each by itself."""
    notes, stamps = ticket.content.notes, ticket.content.note_stamps
    made = []
    for text, stamp in zip(notes[known:], (*stamps, *[""] * len(notes))[known:], strict=False):
        sealed = keys.seal(ticket.day, _bytes(text), _note(ticket.id, stamp), block=_NOTE)
        made.append({"stamp": stamp, "sealed": sealed.record()})
    return tuple(made)


def _records(
    keys: Keyring,
    ticket: Ticket,
    kept: Iterable[Mapping[str, Any]] = (),
    before: tuple[Consultation, ...] = (),
) -> tuple[Mapping[str, Any], ...]:
    """The ticket's records, sealed each by itself; those that lie here already as they lie."""
    lying = dict(zip(((one.by, one.stamp) for one in before), zip(before, kept, strict=True), strict=True))
    made = []
    for one in ticket.content.records:
        known, slot = lying.get((one.by, one.stamp), (None, {}))
        made.append(slot if known == one else _record_sealed(keys, ticket, one))
    return tuple(made)


def _record_sealed(keys: Keyring, ticket: Ticket, one: Consultation) -> Mapping[str, Any]:
    context = _record(ticket.id, one.by, one.stamp)
    sealed = keys.seal(ticket.day, _bytes(consultation_record(one)), context, block=_RECORD)
    return {"by": one.by, "stamp": one.stamp, "sealed": sealed.record()}


def _with(kept: Iterable[Any], new: tuple[Mapping[str, Any], ...]) -> tuple[Any, ...]:
    """The records with new ones in place of their authors' former ones."""
    authors = {_author(slot) for slot in new}
    return tuple(sorted([*new, *(slot for slot in kept if _author(slot) not in authors)], key=_author))


def _record_told(keys: Opens, day: date, ticket_id: str, slot: Mapping[str, Any]) -> Consultation:
    by, stamp = slot["by"], slot["stamp"]
    text = keys.open(day, sealed_from(slot["sealed"]), _record(ticket_id, by, stamp))
    return consultation_from(json.loads(text), by, stamp)


def _stamp_of(note: Any) -> str:
    """Empty where the note or record is spoiled."""
    try:
        return stamp_from(note["stamp"])
    except (KeyError, TypeError, ValueError):
        return ""


def _note_text(keys: Opens, day: date, ticket_id: str, note: Mapping[str, Any]) -> str:
    text = json.loads(keys.open(day, sealed_from(note["sealed"]), _note(ticket_id, note["stamp"])))
    if not isinstance(text, str):
        raise TypeError("no text")
    return text


def _bytes(value: Any) -> bytes:
    # A lone surrogate from a broken input method must not keep a ticket from being saved.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _content(ticket_id: str) -> bytes:
    return b"content " + ticket_id.encode()


def _record(ticket_id: str, by: str, stamp: str) -> bytes:
    return b"record %s %s %s" % (ticket_id.encode(), stamp.encode(), by.encode("utf-8", "surrogatepass"))


def _note(ticket_id: str, stamp: str) -> bytes:
    return b"note %s %s" % (ticket_id.encode(), stamp.encode())
