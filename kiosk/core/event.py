"""An outreach event: what a tablet is told at the office, and what the office answers when its data is back.

Both are small lists of plain values, signed by the office. They travel as a file or as letters and digits
only: a hand scanner types a picture's text as a keyboard would, and other signs come out as the tablet's
keyboard layout has them.
"""

from __future__ import annotations

import json
import re
from base64 import b32decode, b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

EVENT_MARK, RECEIPT_MARK = "MADOEV1", "MADORC1"
"""What the scanned texts begin with; the digit is the version."""
LONGEST = 8192
"""Characters of an event or a receipt, as a file or scanned."""
LONGEST_FIELD = 200
_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{6}")
_DEVICE = re.compile(r"[0-9a-f]{8}")
_HASH = re.compile(r"[0-9a-f]{64}")
_MOST = 30
"""Languages, partners, or tickets named in a receipt."""
PAPER = {58: 384, 80: 576}
"""Millimetres of paper → printable dots."""


class Unreadable(ValueError):
    """It is no event or receipt as written here; the text says what is wrong, for the log."""


@dataclass(frozen=True)
class Event:
    """What a tablet must know to work for a day away from the office."""

    id: str
    """Day and six hex digits, the same on every tablet of the event."""
    name: str
    place: str
    day: date
    languages: tuple[str, ...]
    letter: str
    """Of this tablet's numbers: no other tablet of the event may have it."""
    partners: tuple[str, ...]
    """Their tables are desks a case can be sent to."""
    printer: str
    """Empty where there is none (the number is photographed), else a device or host:port."""
    paper: int
    """Width of the printer's paper in millimetres."""
    office: tuple[tuple[str, str | int], ...]
    """The office's own settings where they are not the shipped ones."""
    public: bytes
    """The office's public key, to which everything is sealed."""


@dataclass(frozen=True)
class Receipt:
    """The office has taken a pack over, so that its tablet may be wiped."""

    event: str
    device: str
    pack: str
    """SHA-256 of the pack's file, in hex."""
    taken: int
    """Tickets taken over, now or earlier."""
    refused: tuple[str, ...]
    """Ids of tickets of the pack that the office did not take."""


def event_text(event: Event) -> bytes:
    """What is signed: the event as one line of JSON. The same event gives the same bytes."""
    return _line(
        [
            EVENT_MARK,
            event.id,
            event.name,
            event.place,
            event.day.isoformat(),
            list(event.languages),
            event.letter,
            list(event.partners),
            event.printer,
            event.paper,
            [list(item) for item in event.office],
            event.public.hex(),
        ]
    )


def event_from(text: bytes) -> Event:
    """The event of `event_text`. Raises Unreadable."""
    row = _row(text, EVENT_MARK, 12)
    try:
        _, name_id, name, place, day, languages, letter, partners, printer, paper, office, public = row
        event = Event(
            id=_matching(_ID, name_id),
            name=_words(name),
            place=_words(place, empty=True),
            day=date.fromisoformat(_words(day)),
            languages=_list(languages),
            letter=_matching(re.compile("[A-Z]"), letter),
            partners=_list(partners),
            printer=_words(printer, empty=True),
            paper=paper,
            office=tuple(_setting(item) for item in office),
            public=bytes.fromhex(_words(public)),
        )
    except (TypeError, ValueError) as error:
        raise Unreadable(f"not an event: {error}") from None
    if type(paper) is not int or paper not in PAPER or not event.languages or len(event.office) > _MOST:
        raise Unreadable("not an event: paper, languages or settings")
    if event_text(event) != text:
        raise Unreadable("not an event as written here")
    return event


def receipt_text(receipt: Receipt) -> bytes:
    """What is signed: the receipt as one line of JSON."""
    return _line(
        [
            RECEIPT_MARK,
            receipt.event,
            receipt.device,
            receipt.pack,
            receipt.taken,
            list(receipt.refused),
        ]
    )


def receipt_from(text: bytes) -> Receipt:
    """The receipt of `receipt_text`. Raises Unreadable."""
    row = _row(text, RECEIPT_MARK, 6)
    try:
        _, event, device, pack, taken, refused = row
        if type(taken) is not int or not 0 <= taken < 10**7:
            raise ValueError("taken")
        return Receipt(
            _matching(_ID, event),
            _matching(_DEVICE, device),
            _matching(_HASH, pack),
            taken,
            _list(refused),
        )
    except (TypeError, ValueError) as error:
        raise Unreadable(f"not a receipt: {error}") from None


def scanned(mark: str, text: bytes, signature: bytes) -> str:
    """Text and signature as letters and digits, for a picture that a scanner reads."""
    framed = len(text).to_bytes(2, "big") + text + signature
    return mark + b32encode(framed).decode().rstrip("=")


def unscanned(mark: str, line: str) -> tuple[bytes, bytes]:
    """Text and signature of a scanned line, however the keyboard wrote its letters. Raises Unreadable."""
    line = line.strip().upper()
    if len(line) > LONGEST or not line.startswith(mark):
        raise Unreadable("another line, or another version")
    body = line[len(mark) :]
    try:
        framed = b32decode(body + "=" * (-len(body) % 8))
    except ValueError:
        raise Unreadable("letters are missing or wrong") from None
    length = int.from_bytes(framed[:2], "big")
    text, signature = framed[2 : 2 + length], framed[2 + length :]
    if len(text) != length or not signature:
        raise Unreadable("cut off")
    return text, signature


def matching(events: Mapping[str, Event], wanted: str) -> list[str]:
    """The ids of the events a person means: by id, by name, or by a part of the name that only one has."""
    if wanted in events:
        return [wanted]
    named = [key for key, event in events.items() if event.name == wanted]
    return named or [key for key, event in events.items() if wanted and wanted in event.name]


def _line(row: list[Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def _row(text: bytes, mark: str, length: int) -> list[Any]:
    if len(text) > LONGEST:
        raise Unreadable("too long")
    try:
        row = json.loads(text.decode())
    except (ValueError, RecursionError):
        raise Unreadable("not JSON") from None
    if not isinstance(row, list) or len(row) != length or row[0] != mark:
        raise Unreadable("another kind of text, or another version")
    return row


def _words(value: object, *, empty: bool = False) -> str:
    """Text of one line: it becomes a setting, a heading, a label."""
    if not isinstance(value, str) or len(value) > LONGEST_FIELD or not (value or empty):
        raise ValueError("text is missing or too long")
    if not value.replace("\u3000", " ").isprintable() or value != value.strip():
        raise ValueError("text with signs that are not printed")
    return value


def _list(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MOST or len(set(map(str, value))) != len(value):
        raise ValueError("a list is missing, too long, or names one thing twice")
    return tuple(_words(item) for item in value)


def _matching(pattern: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError("an id, letter or hash is not as written here")
    return value


def _setting(item: object) -> tuple[str, str | int]:
    if not isinstance(item, list) or len(item) != 2:
        raise ValueError("a setting is not as written here")
    name, value = item
    if not isinstance(name, str) or not re.fullmatch("[a-z_]{1,40}", name):
        raise ValueError("a setting's name")
    if isinstance(value, int):
        return name, value
    return name, _words(value, empty=True)
