"""Stamps that put in order what several machines wrote: a hybrid logical clock (Kulkarni and others, 2014).

    019fa7c1d280-0000-5e0c91af

Milliseconds since 1970, a counter and the device, in hex. Stamps sort as text. One made after another was
seen sorts after it, whatever the two machines' clocks say and however they are set back.
"""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.core.consultation import Consultation
    from kiosk.core.ticket import Ticket

DEVICE = re.compile(r"[0-9a-f]{8}")
"""What a device's id looks like."""
_STAMP = re.compile(r"([0-7][0-9a-f]{11})-([0-9a-f]{4})-([0-9a-f]{8})")
_COUNTER_BITS = 16
_LAST_MILLISECOND = (1 << 47) - (1 << 40)
"""In the year 6394. A clock beyond it is wrong; the room above it is for stamps that follow others."""
_AHEAD = 24 * 60 * 60 * 1000
"""Milliseconds another device's stamp may lie ahead of the wall clock and still be followed."""


def stamp_from(value: object) -> str:
    """A stamp read from outside, or empty. Raises ValueError where it is neither."""
    if value != "" and (not isinstance(value, str) or not _STAMP.fullmatch(value)):
        raise ValueError("not a stamp")
    return str(value)


def device_of(stamp: str) -> str:
    """The device a stamp names; empty for an empty one."""
    return stamp[-8:]


class HybridClock:
    """One device's stamps. Threads may share it; processes of one device each have theirs, and see each
    other's stamps before they make one (kiosk.store reads the day under its lock)."""

    def __init__(self, device: str) -> None:
        if not DEVICE.fullmatch(device):
            raise ValueError(f"a device's id is 8 hex digits, not {device!r}")
        self.device = device
        self._lock = threading.Lock()
        self._last = 0
        """Milliseconds and counter in one number: a counter that runs over moves the millisecond on."""

    def next(self, at: datetime, after: str = "") -> str:
        """A new stamp for the moment `at`: later than any this clock made or followed, and than `after`.

        `after` is only for this stamp: where it lies far ahead of the clock, the clock stays where it is.
        Raises ValueError where `after` is no stamp.
        """
        least = _value(after) + 1 if after else 0
        with self._lock:
            self._last = max(self._last + 1, _millisecond(at) << _COUNTER_BITS)
            if least > self._last and not _too_far(least, at):
                self._last = least
            value = max(self._last, least)
        low = value & ((1 << _COUNTER_BITS) - 1)
        return f"{value >> _COUNTER_BITS:012x}-{low:04x}-{self.device}"

    def see(self, stamp: str, now: datetime | None = None) -> bool:
        """Make every later stamp follow this one; an empty one is nothing to follow.

        With `now`, the wall clock, another device's stamp more than a day ahead of it is not followed, so
        that one wrong clock does not carry all others with it: the answer is False. Raises ValueError where
        it is no stamp.
        """
        if not stamp:
            return True
        value = _value(stamp)
        if now is not None and device_of(stamp) != self.device and _too_far(value, now):
            return False
        with self._lock:
            self._last = max(self._last, value)
        return True


def stamped(before: Ticket | None, after: Ticket, clock: HybridClock) -> Ticket:
    """`after` with a stamp on each period, note and record that was added to `before`; what has one keeps it.

    Where the added periods are not all at the end it came of a merge and stays as it is: what another device
    left without a stamp must not get ours.
    """
    known = before.periods if before else ()
    if after.periods[: len(known)] != known:
        return after
    periods, latest = list(known), max((period.stamp for period in known), default="")
    for period in after.periods[len(known) :]:
        made = period if period.stamp else replace(period, stamp=clock.next(period.at, latest))
        latest = max(latest, made.stamp)
        periods.append(made)
    stamps = _note_stamps(before, after, clock)
    content = after.content
    if stamps != content.note_stamps:
        content = replace(content, note_stamps=stamps)
    if not all(one.stamp for one in content.records):
        at = after.periods[-1].at
        content = replace(content, records=_record_stamps(content.records, at, latest, clock))
    return replace(after, periods=tuple(periods), content=content)


def _note_stamps(before: Ticket | None, after: Ticket, clock: HybridClock) -> tuple[str, ...]:
    """A note tells no time; it comes after the last period, and after the notes before it."""
    notes, stamps = after.content.notes, after.content.note_stamps
    known = before.content.notes if before else ()
    if len(notes) <= max(len(known), len(stamps)) or notes[: len(known)] != known:
        return stamps
    # Those kept before there were stamps stay without.
    found = [*stamps, *[""] * (len(known) - len(stamps))]
    for _ in notes[len(found) :]:
        found.append(clock.next(after.periods[-1].at, max(found, default="")))
    return tuple(found)


def _record_stamps(
    records: tuple[Consultation, ...], at: datetime, latest: str, clock: HybridClock
) -> tuple[Consultation, ...]:
    """A record comes after the ticket's periods too, and after every record of it."""
    latest = max(latest, *(one.stamp for one in records))
    made = []
    for one in records:
        stamp = one.stamp or clock.next(at, latest)
        latest = max(latest, stamp)
        made.append(replace(one, stamp=stamp))
    return tuple(made)


def _value(stamp: str) -> int:
    found = _STAMP.fullmatch(stamp)
    if found is None:
        raise ValueError("not a stamp")
    return int(found[1], 16) << _COUNTER_BITS | int(found[2], 16)


def _millisecond(at: datetime) -> int:
    return min(max(0, int(at.timestamp() * 1000)), _LAST_MILLISECOND)


def _too_far(value: int, now: datetime) -> bool:
    return (value >> _COUNTER_BITS) > _millisecond(now) + _AHEAD
