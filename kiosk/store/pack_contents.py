"""What lies in a pack: its event, a tablet's days sealed as they are, the days' keys, the audit trail.

A tablet fills it knowing the office's public key only; the office holds everything in it against its keys,
its clock and the event before it writes anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Any

from kiosk.core.clock import DEVICE
from kiosk.core.event import EVENT_MARK, Event, Unreadable, event_from, unscanned
from kiosk.errors import Trouble
from kiosk.store.carrying import Carried, carried_from, line_of
from kiosk.store.contents import shown
from kiosk.store.day_keys import opened_key
from kiosk.store.pack_reader import Opened
from kiosk.store.packs import Part
from kiosk.store.protocol import Named
from kiosk.store.sealing import Closed, PrivateKey, Sealed, mark_of, unseal
from kiosk.store.signing import signed_by

DayKey = Mapping[str, Any]
"""As kiosk.store.keys writes it: plain JSON values, the private half closed to the office."""
AHEAD = timedelta(hours=12)
"""How far a tablet's clock may go before the office's: a wrong time zone, not a wrong day."""
MOST = 50_000
"""Tickets in a pack."""
_LONGEST_LINE = 4 << 20


@dataclass(frozen=True)
class Contents:
    """A pack's contents as they passed every check."""

    digest: str
    event: Event
    device: str
    made: datetime
    days: Mapping[date, Sequence[Carried]] = field(repr=False)
    keys: Mapping[date, Sequence[DayKey]] = field(repr=False)
    """The days' keys, closed to the office."""
    audit: Mapping[str, bytes] = field(repr=False)
    """Month → lines of the tablet's audit trail."""
    refused: tuple[Named, ...]
    """Tickets whose content does not open; they are not among `days`."""
    faults: tuple[str, ...]
    """Damage the tablet met in its own store, as keys of sentences."""

    @property
    def tickets(self) -> list[Carried]:
        return [one for day in self.days.values() for one in day]


def fingerprint(carried: Carried) -> str:
    """Of a ticket as it lies; another one after any change."""
    return blake2b(line_of(carried), digest_size=16).hexdigest()


def manifest_of(
    event_line: str,
    device: str,
    made: datetime,
    days: Mapping[date, Sequence[Carried]],
    faults: Iterable[str],
) -> dict[str, Any]:
    return {
        "version": 1,
        "event": event_line,
        "device": device,
        "made": made.isoformat(),
        "days": {day.isoformat(): len(tickets) for day, tickets in days.items()},
        "faults": sorted(set(faults)),
    }


def parts_of(
    days: Mapping[date, Sequence[Carried]],
    keys: Mapping[date, Sequence[DayKey]],
    audit: Mapping[str, bytes],
) -> list[Part]:
    parts = [
        Part(f"day/{day}", b"".join(line_of(one) for one in sorted(tickets, key=_id)))
        for day, tickets in sorted(days.items())
    ]
    for day, made in sorted(keys.items()):
        parts.append(Part(f"keys/{day}", json.dumps([dict(key) for key in made]).encode()))
    return [*parts, *(Part(f"audit/{month}", lines) for month, lines in sorted(audit.items()))]


def verified(opened: Opened, private: PrivateKey, now: datetime, name: str = "") -> Contents:
    """The contents of a pack for the office whose private key this is. `name`: the file's, for the sentences.

    Raises Trouble: `trouble.pack_version`, `trouble.pack_event` (no event of this office, or another
    tablet's letter), `trouble.pack_future`, `trouble.pack_damaged`.
    """
    if opened.manifest.get("version") != 1:
        raise Trouble("trouble.pack_version", file=name, log="another version of the manifest")
    event = _event(opened.manifest, private.public, name)
    try:
        contents = _contents(opened, event, private)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError, Closed) as error:
        kind = type(error).__name__
        raise Trouble("trouble.pack_damaged", file=name, log=f"contents of a pack: {kind}") from None
    if any(one.ticket.number[:1] != event.letter for one in contents.tickets):
        raise Trouble("trouble.pack_event", file=name, log="numbers of another letter")
    last = latest(contents)
    if last > now + AHEAD:
        told = f"{last.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
        raise Trouble("trouble.pack_future", file=name, time=told, log="a tablet's clock was ahead")
    return contents


def latest(contents: Contents) -> datetime:
    """The latest moment a pack names anywhere, in stamps, periods, days or its own making."""
    moments = [contents.made]
    for one in contents.tickets:
        moments += [period.at for period in one.ticket.periods]
        stamps = [*(period.stamp for period in one.ticket.periods), *one.kept.stamps]
        moments += [_moment(stamp, contents.made) for stamp in stamps if stamp]
    begins = [datetime(day.year, day.month, day.day, tzinfo=contents.made.tzinfo) for day in contents.days]
    return max([*moments, *begins])


def _moment(stamp: str, like: datetime) -> datetime:
    try:
        return datetime.fromtimestamp(int(stamp[:12], 16) / 1000, like.tzinfo)
    except (OverflowError, ValueError, OSError):
        return datetime.max.replace(tzinfo=like.tzinfo)


def _event(manifest: Mapping[str, Any], public: bytes, name: str) -> Event:
    """The event the pack was made at, which this office must have signed."""
    try:
        text, signature = unscanned(EVENT_MARK, str(manifest.get("event", "")))
        event = event_from(text)
    except Unreadable as error:
        raise Trouble("trouble.pack_event", file=name, log=str(error)) from None
    if event.public != public or not signed_by(public, text, signature):
        raise Trouble("trouble.pack_event", file=name, log="an event this office did not prepare")
    return event


def _contents(opened: Opened, event: Event, private: PrivateKey) -> Contents:
    manifest, parts = opened.manifest, opened.parts
    device, made = str(manifest["device"]), datetime.fromisoformat(manifest["made"])
    if not DEVICE.fullmatch(device) or made.tzinfo is None:
        raise ValueError("device or time")
    days = {date.fromisoformat(part[4:]): parts[part] for part in parts if part.startswith("day/")}
    keys = {
        date.fromisoformat(part[5:]): _list(json.loads(data), dict)
        for part, data in parts.items()
        if part.startswith("keys/")
    }
    told = {date.fromisoformat(day): count for day, count in manifest["days"].items()}
    tickets = {day: _tickets(data, day) for day, data in days.items()}
    if told != {day: len(found) for day, found in tickets.items()} or sum(told.values()) > MOST:
        raise ValueError("other counts than its manifest tells")
    _once(tickets.values())
    ring = _Ring(private, keys)
    good, refused = {}, []
    for day, found in tickets.items():
        closed = [one for one in found if not _opens(ring, one)]
        refused += [replace(one.name, reason="closed") for one in closed]
        good[day] = [one for one in found if one not in closed] if closed else found
    return Contents(
        digest=opened.digest,
        event=event,
        device=device,
        made=made,
        days=good,
        keys=keys,
        audit={part[6:]: parts[part] for part in parts if part.startswith("audit/")},
        refused=tuple(refused),
        faults=tuple(_list(manifest["faults"], str)),
    )


class _Ring:
    """A pack's own days, opened for the check alone."""

    def __init__(self, private: PrivateKey, keys: Mapping[date, Sequence[DayKey]]) -> None:
        found = [(day, opened_key(private, day, key)) for day, records in keys.items() for key in records]
        self._keys = {(day, mark_of(key.public)): key for day, key in found}

    def open(self, day: date, sealed: Sealed, context: bytes) -> bytes:
        """What was sealed on the tablet. Raises Closed."""
        key = self._keys.get((day, sealed.to))
        if key is None:
            raise Closed
        return unseal(key, sealed, context)


def _tickets(data: bytes, day: date) -> list[Carried]:
    lines = data.splitlines(keepends=True)
    if len(lines) > MOST or any(len(line) > _LONGEST_LINE for line in lines):
        raise ValueError("too much")
    found = [carried_from(line, day) for line in lines]
    if any(not period.at.tzinfo for one in found for period in one.ticket.periods):
        raise ValueError("a time without its zone")
    return found


def _list(value: Any, kind: type) -> list[Any]:
    if not isinstance(value, list) or not all(isinstance(item, kind) for item in value):
        raise ValueError("not as written here")
    return value


def _once(days: Iterable[Sequence[Carried]]) -> None:
    ids = [one.ticket.id for day in days for one in day]
    if len(set(ids)) != len(ids):
        raise ValueError("a ticket twice")


def _opens(ring: _Ring, one: Carried) -> bool:
    """Whether the office can read what was told: what it could not must not leave the tablet."""
    try:
        shown(ring, one.ticket.day, one.ticket.id, one.kept)
    except Closed:
        return False
    return True


def _id(one: Carried) -> str:
    return one.ticket.id
