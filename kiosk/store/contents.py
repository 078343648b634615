"""What a ticket tells, as it lies on disk: the content sealed once, each note sealed by itself.

A change of state carries the sealed bytes on as they are, so whoever has no key changes states all the same;
so it may add notes, which whoever has the key then reads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from kiosk.core.clock import stamp_from
from kiosk.core.records import content_from, content_record
from kiosk.core.ticket import Content, Ticket
from kiosk.errors import Trouble
from kiosk.store.keys import Keyring
from kiosk.store.sealing import Closed, Sealed, sealed_from

CLOSED = Content(closed=True)
_NOTE = 64
"""Bytes a note is filled up to a multiple of."""


class Opens(Protocol):
    """A keyring, as far as reading needs one; a pack brings its own."""

    def open(self, day: date, sealed: Sealed, context: bytes) -> bytes: ...


@dataclass(frozen=True)
class Kept:
    """The sealed parts of a record, as plain JSON values and never looked into but to open them."""

    body: Mapping[str, Any] = field(repr=False)
    notes: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    """Each with its `stamp` and `sealed`."""

    @property
    def stamps(self) -> tuple[str, ...]:
        """Of the notes, without those that are spoiled."""
        return tuple(filter(None, map(_stamp_of, self.notes)))


def shown(keys: Opens, day: date, ticket_id: str, kept: Kept) -> Content:
    """The content opened. Raises Closed where any of it does not open; nothing is shown in part."""
    try:
        text = keys.open(day, sealed_from(kept.body), _content(ticket_id))
        content = content_from(json.loads(text))
        notes = tuple(_note_text(keys, day, ticket_id, note) for note in kept.notes)
        stamps = tuple(stamp_from(note["stamp"]) for note in kept.notes)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise Closed from None
    return replace(content, notes=notes, note_stamps=stamps)


def closed(keys: Keyring, ticket: Ticket, kept: Kept | None, before: Content | None) -> Kept:
    """The sealed parts for a ticket about to be written, whose notes have their stamps. Raises Trouble.

    `kept` and `before` are what is on disk and what of it could be read, which is None where nothing could;
    only what is new is sealed. Of a closed content only the notes are looked at, all of them new.
    """
    content = ticket.content
    if kept is None and not content.closed:
        return Kept(_body(keys, ticket), _notes(keys, ticket, 0))
    if kept is not None and content.closed and _bare(content) == CLOSED:
        return replace(kept, notes=(*kept.notes, *_notes(keys, ticket, 0)))
    if kept is None or before is None or content.closed:
        # Locked meanwhile, or altered by somebody who cannot read it: what is sealed stays.
        raise Trouble("trouble.content_closed", log=f"a closed ticket of {ticket.day} was to be changed")
    body = kept.body if _bare(before) == _bare(content) else _body(keys, ticket)
    known = len(before.notes)
    if content.notes[:known] != before.notes:
        return Kept(body, _notes(keys, ticket, 0))
    return Kept(body, (*kept.notes, *_notes(keys, ticket, known)))


def _bare(content: Content) -> Content:
    return replace(content, notes=(), note_stamps=())


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


def _stamp_of(note: Any) -> str:
    """Empty where the note is spoiled."""
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


def _note(ticket_id: str, stamp: str) -> bytes:
    return b"note %s %s" % (ticket_id.encode(), stamp.encode())
