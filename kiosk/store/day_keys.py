"""The days' key files: a day's public key, and its private key closed to the office's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.errors import Trouble
from kiosk.store import files, keyfiles, sealing
from kiosk.store.key_folder import KeyFolder
from kiosk.store.keyfiles import Spoiled
from kiosk.store.office_keys import OfficeKeys
from kiosk.store.sealing import Closed, PrivateKey

SUFFIX = ".key"
_UNSOUND = (Spoiled, KeyError, TypeError, ValueError)
"""What reading a file raises that is not as written here."""


@dataclass(frozen=True)
class DayKey:
    public: bytes
    to: str
    """Mark of the office's public key that `closed` is closed to."""
    closed: bytes = field(repr=False)

    @property
    def mark(self) -> str:
        return sealing.mark_of(self.public)

    def context(self, day: date) -> bytes:
        return b"day " + day.isoformat().encode() + self.public

    def opened(self, day: date, office: PrivateKey) -> PrivateKey:
        """The day's private key. Raises Closed where this office's does not open it."""
        return sealing.key_from(sealing.unwrap(office, self.closed, self.context(day)))

    def moved(self, day: date, former: PrivateKey, office: PrivateKey) -> DayKey:
        """Closed to another office key; as it is where the former one does not open it."""
        try:
            private = self.opened(day, former)
        except Closed:
            return self
        return _closed(private, day, office.public)

    def record(self) -> dict[str, str]:
        return {
            "public": keyfiles.text_of(self.public),
            "to": self.to,
            "closed": keyfiles.text_of(self.closed),
        }


class DayKeys:
    """The days' keys in a folder. A day has several where they came from several machines, or its file was
    lost: the last one is in use.

    Methods that write do so while the folder is held, and raise OSError.
    """

    def __init__(self, folder: KeyFolder) -> None:
        self._folder = folder
        self._seen: dict[date, tuple[Path, object, tuple[DayKey, ...]]] = {}
        """Each day's file, with its mark and its keys as they were when it was read."""

    def days(self) -> list[date]:
        """The days that have keys, oldest first."""
        found = []
        for path in self._folder.path.glob(f"*{SUFFIX}"):
            with suppress(ValueError):
                found.append(date.fromisoformat(path.name.removesuffix(SUFFIX)))
        return sorted(found)

    def to_close_to(self, day: date, office: OfficeKeys) -> bytes:
        """The public key to close to; made by whoever asks first. Holds the folder. Raises Trouble."""
        path, seen, known = self._seen.get(day, (self._path(day), None, ()))
        found = keyfiles.mark(path)
        if found is None or found != seen or not known:
            with self._folder.holding():
                known = self.read(day)
                try:
                    public = office.to_close_to()
                except Trouble:
                    if not known:
                        raise
                    return known[-1].public  # Told already; the day goes on being closed as it was.
                if not known or known[-1].to not in office.marks(public):
                    self._write(day, [*known, _made(day, public)])
                    known = self.read(day)
                self._seen[day] = path, keyfiles.mark(path), known
        return known[-1].public

    def opened(self, day: date, mark: str, offices: Iterable[PrivateKey | None]) -> PrivateKey | None:
        """The private key of the public one with this mark, by one of the office's; None, and noted, where it
        is not there or none opens it."""
        key = {key.mark: key for key in self.known(day)}.get(mark)
        if key is None:
            self._folder.note("trouble.key_missing", f"{day}{SUFFIX}")
            return None
        for office in offices:
            with suppress(Closed):
                if office is not None:
                    opened = key.opened(day, office)
                    if opened.public == key.public:
                        return opened
        self._folder.note("trouble.key_closed", f"{day}{SUFFIX}")
        return None

    def known(self, day: date) -> tuple[DayKey, ...]:
        """The day's keys, read again only where its file is another one."""
        path, seen, known = self._seen.get(day, (self._path(day), None, ()))
        found = keyfiles.mark(path)
        if found is None:
            return ()
        if found != seen:
            with suppress(OSError, Trouble):
                known = self.read(day)
                self._seen[day] = path, found, known
        return known

    def read(self, day: date) -> tuple[DayKey, ...]:
        """What the day's file holds; what is spoiled is moved aside and told. Raises OSError and Trouble."""
        path = self._path(day)
        with suppress(*_UNSOUND):
            return _keys_in(path)
        # Perhaps it is just being overwritten to go, or another process has put a sound one there by now:
        # that one must not be moved.
        with self._folder.holding():
            try:
                return _keys_in(path)
            except _UNSOUND:
                self._folder.note("trouble.keys_damaged", path.name, self._folder.aside(path))
                return ()

    def adopt(self, day: date, came: list[DayKey], office: bytes) -> None:
        """Add those that are not known yet; the day goes on being closed to its own."""
        known = list(self.read(day))
        marks = {key.mark for key in known}
        new = [key for key in came if key.mark not in marks]
        if new:
            self._write(day, [*new, *(known or [_made(day, office)])])

    def move(self, former: PrivateKey | None, office: PrivateKey) -> None:
        """Close every day's keys to another office key."""
        mark = sealing.mark_of(office.public)
        for day in self.days():
            known = self.read(day)
            if former is not None and any(key.to != mark for key in known):
                self._write(day, [key.moved(day, former, office) for key in known])

    def erase(self, day: date) -> None:
        """Overwrite and remove the day's file, also where it was moved aside."""
        for place in (self._folder.path, self._folder.path / files.DAMAGED):
            for path in place.glob(f"*{day.isoformat()}{SUFFIX}*"):
                keyfiles.shred(path)
        files.sync_folder(self._folder.path)

    def forget(self, day: date) -> list[str]:
        """Let go of what was read of the day; the marks of its keys."""
        return [key.mark for key in self._seen.pop(day)[2]] if day in self._seen else []

    def _write(self, day: date, keys: list[DayKey]) -> None:
        table = {"version": 1, "day": day.isoformat(), "keys": [key.record() for key in keys]}
        keyfiles.write(self._path(day), table)

    def _path(self, day: date) -> Path:
        return self._folder.path / f"{day.isoformat()}{SUFFIX}"


def _keys_in(path: Path) -> tuple[DayKey, ...]:
    """The keys of a day's file; none where there is none. Raises OSError, and _UNSOUND."""
    table = keyfiles.read(path)
    return tuple(_day_key(key) for key in table["keys"]) if table else ()


def _made(day: date, office: bytes) -> DayKey:
    """A new pair for a day; the private half is forgotten here."""
    return _closed(sealing.new_key(), day, office)


def _closed(private: PrivateKey, day: date, office: bytes) -> DayKey:
    blank = DayKey(private.public, sealing.mark_of(office), b"")
    closed = sealing.wrap(office, private.secret, blank.context(day))
    return DayKey(blank.public, blank.to, closed)


def came_key(office: PrivateKey, day: date, record: Mapping[str, Any]) -> tuple[DayKey, PrivateKey]:
    """A day's key made elsewhere. Raises Closed where it is not as written, or not for this office."""
    try:
        key = _day_key(record)
    except _UNSOUND:
        raise Closed from None
    private = key.opened(day, office)
    if key.to != sealing.mark_of(office.public) or private.public != key.public:
        raise Closed
    return key, private


def opened_key(office: PrivateKey, day: date, record: Mapping[str, Any]) -> PrivateKey:
    """The private key of a day's record. Raises Closed where it is not as written, or not for this office."""
    return came_key(office, day, record)[1]


def _day_key(record: Any) -> DayKey:
    public = keyfiles.data_of(record["public"])
    if not sealing.is_public(public):
        raise Spoiled
    return DayKey(public, str(record["to"]), keyfiles.data_of(record["closed"]))
