"""What this machine gave and kept without the office database: the numbers, and which tickets went home.

    .2026-11-20.given    the last number of each letter of this machine, with the database and without
    .2026-11-20.home     what of the day's journal is in the database, ticket by ticket

Both lie beside the day's journal and go with it. A lost or spoiled `.home` costs time, not tickets: all of
the day is sent again and changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kiosk.core.waiting import count_of
from kiosk.store import files, keyfiles
from kiosk.store.carrying import Carried, line_of
from kiosk.store.journal import SUFFIX
from kiosk.store.keyfiles import Spoiled

log = logging.getLogger(__name__)

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WAIT = 5.0
"""Seconds another process of this machine may take over a number; it is asking the database for its own."""


class Outbox:
    """Shared by the processes of this machine through a lock of its own."""

    def __init__(self, folder: Path, letter: str, numbers: Callable[[date], Iterable[str]]) -> None:
        """`numbers`: those of a day that this machine knows of."""
        self._folder, self._letter, self._numbers = folder, letter, numbers
        self._lock = files.Lock(folder / "outbox")
        self._home: dict[date, dict[str, str]] = {}

    def next(self, day: date, ask: Callable[[int], int]) -> int:
        """See kiosk.store.pg.maker.Numbers. Raises Trouble."""
        with self._lock.hold(WAIT):
            try:
                path = self._folder / f".{day.isoformat()}.given"
                count = ask(self._floor(day))
                # Beside the letters of this machine's other kiosks.
                keyfiles.write(path, {**_read(path), self._letter: count})
            except OSError as error:
                raise files.trouble(error, "keep the number given") from error
            return count

    def unsent(self, day: date, tickets: Iterable[Carried]) -> list[Carried]:
        """Those that are not in the database as they stand."""
        home = self._read_home(day)
        return [one for one in tickets if home.get(one.ticket.id) != _digest(one)]

    def went(self, day: date, ticket_id: str) -> bool:
        """Whether the ticket was in the database once, so that others may call it."""
        return ticket_id in self._read_home(day)

    def settled(self, day: date) -> bool:
        """Whether the day's journal has not changed since all of it was in the database."""
        return self._read_home(day).get("journal") == self._journal(day) != ""

    def sent(self, day: date, tickets: Iterable[Carried], *, settled: str = "") -> None:
        """Keep that these are in the database; `settled`: the journal's mark when nothing else was left.
        That it failed is logged only: they are sent again."""
        with self._lock.hold(WAIT):
            self._home.pop(day, None)
            home = {**self._read_home(day), **{one.ticket.id: _digest(one) for one in tickets}}
            if settled:
                home["journal"] = settled
            try:
                keyfiles.write(self._folder / f".{day.isoformat()}.home", home)
            except OSError as error:
                log.warning("not noted what went home: %s", error.strerror)
            self._home[day] = home

    def mark(self, day: date) -> str:
        """Another one after every change of the day's journal."""
        return self._journal(day)

    def _floor(self, day: date) -> int:
        given = _read(self._folder / f".{day.isoformat()}.given").get(self._letter, 0)
        counts = [given if isinstance(given, int) else 0]
        for number in self._numbers(day):
            if number[:1] == self._letter:
                counts.append(count_of(number))
        return max(counts)

    def _read_home(self, day: date) -> dict[str, str]:
        if day not in self._home:
            found = _read(self._folder / f".{day.isoformat()}.home")
            self._home[day] = {key: str(value) for key, value in found.items()}
        return self._home[day]

    def _journal(self, day: date) -> str:
        with suppress(OSError):
            return files.state_of(self._folder / f"{day.isoformat()}{SUFFIX}")
        return ""


def leave_room(folder: Path, day: date, numbers: int, issued: Mapping[str, int]) -> None:
    """So many numbers of each letter are not given on this day, with the database or without; nor those of
    the journal, `issued`. Raises OSError."""
    path = folder / f".{day.isoformat()}.given"
    given = _read(path)
    room = {letter: max(int(given.get(letter, 0)) + numbers, issued.get(letter, 0)) for letter in _LETTERS}
    keyfiles.write(path, room)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return keyfiles.read(path) or {}
    except (Spoiled, OSError):
        log.warning("%s is spoiled and read as empty", path.name)
        return {}


def _digest(one: Carried) -> str:
    return blake2b(line_of(one), digest_size=12).hexdigest()
