"""The office's keys: one pair for the office, one for each service day.

    keys/office.pub      the office's public key: all a resident's kiosk needs
    keys/office.json     its private key, closed with the passphrase
    keys/office.open     its private key as it is, only until an office has set its passphrase
    keys/2026-11-20.key  the day's public key, and its private key closed to the office's
    keys/tries.json      wrong passphrases, which make the next try wait

Whoever writes first on a day makes its pair and forgets the private half at once. Without its file nothing of
the day opens any more, whatever copies there are of the tickets: deleting it is the erasure.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.errors import Trouble
from kiosk.store import files, keyfiles, passphrase, sealing
from kiosk.store.keyfiles import Spoiled
from kiosk.store.protocol import Fault
from kiosk.store.sealing import Closed, PrivateKey, Sealed

log = logging.getLogger(__name__)

PUBLIC, PROTECTED, OPEN, TRIES = "office.pub", "office.json", "office.open", "tries.json"
SUFFIX = ".key"
WAIT = 5.0
"""Seconds a change of keys waits for another process."""


class NoKey(Closed):
    """The day's key is not there, or this process has none to open it."""


@dataclass(frozen=True)
class _DayKey:
    public: bytes
    to: str
    """Mark of the office's public key that `closed` is closed to."""
    closed: bytes = field(repr=False)

    @property
    def mark(self) -> str:
        return sealing.mark_of(self.public)

    def context(self, day: date) -> bytes:
        return b"day " + day.isoformat().encode() + self.public

    def record(self) -> dict[str, str]:
        return {"public": _text(self.public), "to": self.to, "closed": _text(self.closed)}


class Keyring:
    """The keys in a folder of this machine, shared by all its processes and threads. Making it reads nothing.

    Methods that write raise Trouble with `trouble.store_busy`, `trouble.disk_full` or `trouble.store_failed`;
    then nothing has changed. No key is ever in a log, an exception or a repr.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self._unprotected = folder / OPEN
        self._clock = clock
        self._lock = files.Lock(folder)
        self._threads = threading.RLock()
        self._reads = True
        self._private: PrivateKey | None = None
        self._found: object = None
        """Mark of the unprotected key's file as it was when `_private` was read from it."""
        self._generation = 0
        self._day_files: dict[date, tuple[Path, object, tuple[_DayKey, ...]]] = {}
        self._opened: dict[str, PrivateKey] = {}
        """Private keys of days, by the mark of their public ones."""
        self._faults: dict[Fault, None] = {}

    def __repr__(self) -> str:
        return f"Keyring({self.folder})"

    # What a process may do

    def public_only(self) -> None:
        """From now on this process closes and never opens, also where the office has no passphrase."""
        self._reads = False
        self.lock()

    @property
    def protected(self) -> bool:
        """Whether the office has set its passphrase."""
        if (self.folder / OPEN).exists():
            return False
        return (self.folder / PROTECTED).exists() or self._public_says("away", "protected")

    @property
    def locked(self) -> bool:
        """Whether only a passphrase opens what was told, here and now; also where setting it was cut off,
        which `unlock` finishes."""
        return (self.protected or (self.folder / PROTECTED).exists()) and not self.is_open

    @property
    def is_open(self) -> bool:
        """Whether this process can open what was told."""
        return self.opening > 0

    @property
    def opening(self) -> int:
        """0 while closed; another number after every opening, when what was opened before must be let go."""
        with self._threads:
            return self._generation if self._office() is not None else 0

    def lock(self) -> None:
        """Forget every private key of this process."""
        with self._threads:
            self._private, self._found = None, None
            self._opened.clear()
            self._generation += 1

    def unlock(self, words: str) -> None:
        """Open with the passphrase; nothing where none is set. Raises Trouble: `trouble.passphrase_wrong` and
        `trouble.passphrase_wait`, each with `wait` in seconds, `trouble.keys_damaged`, and
        `trouble.keys_away` where the private key is never to be had."""
        if (self.folder / PROTECTED).exists():
            self._open_as(self._by_passphrase(words))
        elif self.away:
            raise Trouble("trouble.keys_away")

    def setup(self, words: str, recovery: bytes, known: Iterable[str] = ()) -> None:
        """Protect the office: from now on only the passphrase and the recovery key (32 random bytes) open it.

        The office gets a new pair of keys and the days kept are closed to it, so that what flash may keep of
        the unprotected key opens no later day. Cut off before it counts, it may be done again; after that the
        next `unlock` finishes it. Raises Trouble: `trouble.keys_set`, `trouble.passphrase_weak_…`.
        """
        passphrase.check_strength(words, known)
        with self._holding():
            if (self.folder / PROTECTED).exists():
                raise Trouble("trouble.keys_set")
            self._office_public()
            private = passphrase.office_key(recovery)
            self._protect(private, words)
            self._settle(private)
        self._open_as(private)

    def change(self, old: str, new: str, known: Iterable[str] = ()) -> None:
        """Another passphrase. Raises Trouble as `unlock` and `setup` do, `trouble.keys_unset` without one."""
        passphrase.check_strength(new, known)
        if not self.protected:
            raise Trouble("trouble.keys_unset")
        private = self._by_passphrase(old)
        with self._holding():
            self._protect(private, new)
        self._open_as(private)

    def recover(self, recovery: bytes, new: str, known: Iterable[str] = ()) -> None:
        """Another passphrase by the recovery key, also where the file with the closed key is lost.

        Raises Trouble: `trouble.recovery_wrong`, `trouble.keys_unset`, `trouble.passphrase_weak_…`.
        """
        passphrase.check_strength(new, known)
        private = passphrase.office_key(recovery)
        with self._holding():
            if not self._is_office(private):
                unset = (self.folder / OPEN).exists() and not (self.folder / PROTECTED).exists()
                raise Trouble("trouble.keys_unset" if unset else "trouble.recovery_wrong")
            self._protect(private, new)
            self._settle(private)
            with suppress(OSError):
                (self.folder / TRIES).unlink(missing_ok=True)
        self._open_as(private)

    def proves(self, recovery: bytes) -> bool:
        """Whether it is this office's recovery key."""
        return self._is_office(passphrase.office_key(recovery))

    def faults(self) -> tuple[Fault, ...]:
        """Damage met among the keys; files are named from the data folder."""
        return tuple(self._faults)

    # Closing and opening

    def prepare(self, day: date) -> None:
        """Make the day's keys if there are none, so that the first ticket does not wait. Raises Trouble."""
        self._day_public(day)

    def seal(self, day: date, text: bytes, context: bytes, block: int = 256) -> Sealed:
        """The text, closed to the day and bound to `context`. Raises Trouble."""
        return sealing.seal(self._day_public(day), text, context, block)

    def open(self, day: date, sealed: Sealed, context: bytes) -> bytes:
        """What `seal` closed, with blanks behind it. Raises Closed, as NoKey where it is the key that is
        missing; then `faults` tells."""
        with self._threads:
            private = self._opened.get(sealed.to)
            if private is None:
                private = self._opened[sealed.to] = self._day_private(day, sealed.to)
        return sealing.unseal(private, sealed, context)

    def days(self) -> list[date]:
        """The days that have keys, oldest first."""
        found = []
        for path in self.folder.glob(f"*{SUFFIX}"):
            with suppress(ValueError):
                found.append(date.fromisoformat(path.name.removesuffix(SUFFIX)))
        return sorted(found)

    def erase(self, day: date) -> None:
        """Destroy a day's keys: nothing told on it opens any more, in no copy. Raises Trouble."""
        with self._holding():
            for place in (self.folder, self.folder / files.DAMAGED):
                for path in place.glob(f"*{day.isoformat()}{SUFFIX}*"):
                    keyfiles.shred(path)
            files.sync_folder(self.folder)
        with self._threads:
            known = self._day_files.pop(day)[2] if day in self._day_files else ()
            for key in known:
                self._opened.pop(key.mark, None)
            self._generation += 1

    def erase_before(self, day: date) -> None:
        """Destroy the keys of all days before `day`. Raises Trouble."""
        for found in self.days():
            if found < day:
                self.erase(found)

    # Between the office and its tablets

    @property
    def public(self) -> bytes | None:
        """The office's public key as it is known here; None where there is none yet."""
        return self._protected_public() or self._read_public()

    @property
    def away(self) -> bool:
        """Whether this folder holds the public key only, as a tablet's at an event: its private key is at the
        office, and nothing opens here."""
        return self._public_says("away")

    def _public_says(self, *words: str) -> bool:
        with suppress(Spoiled, OSError):
            table = keyfiles.read(self.folder / PUBLIC)
            return table is not None and any(table.get(word) is True for word in words)
        return False

    def keep_public(self, public: bytes) -> None:
        """Make this folder one that only closes, to the office with this key. Raises Trouble."""
        with self._holding():
            keyfiles.write(self.folder / PUBLIC, {"version": 1, "public": _text(public), "away": True})

    def office(self) -> PrivateKey:
        """The office's private key. Raises Trouble("trouble.keys_locked") where this process has none."""
        with self._threads:
            private = self._office()
        if private is None:
            raise Trouble("trouble.keys_locked")
        return private

    def carried(self, day: date) -> list[dict[str, str]]:
        """The day's keys as they lie here, for the office to adopt."""
        with self._threads:
            return [key.record() for key in self._known(day)]

    def adopt(self, day: date, records: Iterable[Mapping[str, Any]]) -> None:
        """Keep keys of a day that were made elsewhere and closed to this office. Known ones stay as they are,
        and the day goes on being closed to its own.

        Raises Closed where one is not as written or not for this office, before anything is written; Trouble.
        """
        office = self.office()
        came = [_day_key(dict(record)) for record in records if opened_key(office, day, record)]
        with self._holding():
            known = list(self._read_day(day))
            marks = {key.mark for key in known}
            new = [key for key in came if key.mark not in marks]
            if new:
                own = known or [_made(day, office.public)]
                self._write_day(day, [*new, *own])

    # The office's keys

    def _office(self) -> PrivateKey | None:
        """The office's private key where this process may have it."""
        if self._found is not None and keyfiles.mark(self._unprotected) != self._found:
            self.lock()  # Another process has set the passphrase.
        if self._private is None and self._reads and not (self.folder / PROTECTED).exists():
            found = keyfiles.mark(self._unprotected)
            with suppress(Spoiled, OSError, Closed):
                private = _secret(keyfiles.read(self._unprotected))
                if private is not None:
                    self._private, self._found = private, found
                    self._generation += 1
        return self._private

    def _open_as(self, private: PrivateKey) -> None:
        self.lock()
        with self._threads:
            if self._reads:
                self._private = private

    def _by_passphrase(self, words: str) -> PrivateKey:
        """The office's private key; finishes a set-up that was cut off. Raises Trouble."""
        try:
            table = keyfiles.read(self.folder / PROTECTED)
            public = _bytes(table["public"]) if table else b""
            with self._counted() as wait:
                try:
                    opened = passphrase.open_with(
                        words, table["passphrase"] if table else {}, _OFFICE + public
                    )
                except Closed:
                    raise Trouble("trouble.passphrase_wrong", wait=wait) from None
            private = sealing.key_from(opened)
            if private.public != public:
                raise Spoiled
        except (Spoiled, Closed, KeyError, TypeError, ValueError, OSError) as error:
            self._note("trouble.keys_damaged", PROTECTED)
            raise Trouble("trouble.keys_damaged", log=f"{PROTECTED}: {type(error).__name__}") from None
        if (self.folder / OPEN).exists() or self._read_public() != public:
            with self._holding():
                self._settle(private)
        return private

    @contextmanager
    def _counted(self) -> Iterator[int]:
        """One try at the passphrase, counted before it is made: ending the program does not take it back.

        Gives the seconds to wait if it is wrong. Raises Trouble("trouble.passphrase_wait").
        """
        path = self.folder / TRIES
        with self._holding():
            now = self._clock()
            wrong, last = self._tries()
            # A clock set back must neither skip the wait nor make it longer.
            left = passphrase.wait_after(wrong) - max(0.0, now - last)
            if left > 0:
                raise Trouble("trouble.passphrase_wait", wait=math.ceil(left))
            self._write_tries(wrong + 1, now)
        yield passphrase.wait_after(wrong + 1)
        with self._holding(), suppress(OSError):
            path.unlink(missing_ok=True)

    def _tries(self) -> tuple[int, float]:
        try:
            table = keyfiles.read(self.folder / TRIES) or {}
            return int(table.get("wrong", 0)), float(table.get("last", 0))
        except (Spoiled, OSError, TypeError, ValueError):
            return 0, 0.0

    def _write_tries(self, wrong: int, now: float) -> None:
        try:
            keyfiles.write(self.folder / TRIES, {"wrong": wrong, "last": now})
        except OSError as error:
            # A full disk must not keep counselors from reading: a thief guesses elsewhere anyway.
            log.warning("a try was not counted: %s", error.strerror)

    def _protect(self, private: PrivateKey, words: str) -> None:
        closed = passphrase.close(words, private.secret, _OFFICE + private.public)
        table = {"version": 1, "public": _text(private.public), "passphrase": closed}
        keyfiles.write(self.folder / PROTECTED, table)

    def _settle(self, private: PrivateKey) -> None:
        """Close every day's key to the protected office key, then let go of the unprotected one."""
        former = None
        with suppress(Spoiled, Closed):
            former = _secret(keyfiles.read(self.folder / OPEN))
        mark = sealing.mark_of(private.public)
        for day in self.days():
            known = self._read_day(day)
            if former is not None and any(key.to != mark for key in known):
                self._write_day(day, [_moved(key, day, former, private) for key in known])
        public = {"version": 1, "public": _text(private.public), "protected": True}
        keyfiles.write(self.folder / PUBLIC, public)
        keyfiles.shred(self.folder / OPEN)
        files.sync_folder(self.folder)

    def _is_office(self, private: PrivateKey) -> bool:
        if private.public in (self._protected_public(), self._read_public()):
            return True
        mark = sealing.mark_of(private.public)
        return any(key.to == mark for day in self.days() for key in self._read_day(day))

    def _protected_public(self) -> bytes | None:
        return self._public_in(PROTECTED)

    def _read_public(self) -> bytes | None:
        return self._public_in(PUBLIC)

    def _public_in(self, name: str) -> bytes | None:
        try:
            table = keyfiles.read(self.folder / name)
            public = None if table is None else _bytes(table["public"])
            if public is not None and not sealing.is_public(public):
                raise Spoiled
        except (Spoiled, KeyError, TypeError, ValueError, OSError):
            self._note("trouble.keys_damaged", name)
            return None
        return public

    def _office_public(self) -> bytes:
        """The key to close a new day's to; made where there is none. Under the lock. Raises Trouble."""
        protected = self._protected_public()
        if protected is not None:
            return protected
        if self.protected:  # Also where the closed private key was lost: the paper opens the office.
            public = self._read_public()
            if public is None:
                # In the words for residents: `faults` tells staff which file it is.
                raise Trouble("trouble.store_failed", log="neither public key can be read")
            return public
        with suppress(Spoiled, Closed):
            kept = _secret(keyfiles.read(self.folder / OPEN))
            if kept is not None:
                return kept.public
        if (self.folder / OPEN).exists() or (self.folder / PUBLIC).exists():
            self._note("trouble.keys_damaged", OPEN, self._aside(self.folder / OPEN))
        private = sealing.new_key()
        keyfiles.write(self.folder / OPEN, {"version": 1, "secret": _text(private.secret)})
        keyfiles.write(self.folder / PUBLIC, {"version": 1, "public": _text(private.public)})
        return private.public

    # A day's keys

    def _day_public(self, day: date) -> bytes:
        """The key to close to; made by whoever asks first. Raises Trouble."""
        path, seen, known = self._day_files.get(day, (self._path(day), None, ()))
        found = keyfiles.mark(path)
        if found is None or found != seen or not known:
            with self._holding():
                known = self._read_day(day)
                try:
                    office = self._office_public()
                except Trouble:
                    if not known:
                        raise
                    return known[-1].public  # Told already; the day goes on being closed as it was.
                if not known or known[-1].to not in self._marks(office):
                    self._write_day(day, [*known, _made(day, office)])
                    known = self._read_day(day)
                self._day_files[day] = path, keyfiles.mark(path), known
        return known[-1].public

    def _marks(self, office: bytes) -> set[str]:
        """Of office keys that can be had again: while a set-up was cut off, there are two."""
        publics = {office}
        with suppress(Spoiled, Closed):
            former = _secret(keyfiles.read(self.folder / OPEN))
            publics |= {former.public} if former else set()
        return {sealing.mark_of(public) for public in publics}

    def _day_private(self, day: date, mark: str) -> PrivateKey:
        office = self._office()
        if office is None:
            raise NoKey
        known = {key.mark: key for key in self._known(day)}
        key = known.get(mark)
        if key is None:
            self._note("trouble.key_missing", f"{day}{SUFFIX}")
            raise NoKey
        for private in (office, self._former()):
            with suppress(Closed):
                if private is not None:
                    opened = sealing.key_from(sealing.unwrap(private, key.closed, key.context(day)))
                    if opened.public == key.public:
                        return opened
        self._note("trouble.key_closed", f"{day}{SUFFIX}")
        raise NoKey

    def _former(self) -> PrivateKey | None:
        """The unprotected key beside a protected one: a set-up was cut off."""
        with suppress(Spoiled, Closed, OSError):
            return _secret(keyfiles.read(self.folder / OPEN))
        return None

    def _known(self, day: date) -> tuple[_DayKey, ...]:
        path, seen, known = self._day_files.get(day, (self._path(day), None, ()))
        found = keyfiles.mark(path)
        if found is None:
            return ()
        if found != seen:
            with suppress(OSError):
                known = self._read_day(day)
                self._day_files[day] = path, found, known
        return known

    def _read_day(self, day: date) -> tuple[_DayKey, ...]:
        """What the day's file holds, the last one in use; what is spoiled is moved aside and told."""
        path = self._path(day)
        try:
            table = keyfiles.read(path)
            return tuple(_day_key(key) for key in table["keys"]) if table else ()
        except (Spoiled, KeyError, TypeError, ValueError):
            self._note("trouble.keys_damaged", path.name, self._aside(path))
            return ()

    def _write_day(self, day: date, keys: list[_DayKey]) -> None:
        table = {"version": 1, "day": day.isoformat(), "keys": [key.record() for key in keys]}
        keyfiles.write(self._path(day), table)

    def _path(self, day: date) -> Path:
        return self.folder / f"{day.isoformat()}{SUFFIX}"

    def _aside(self, path: Path) -> str:
        """Where a spoiled file went; nowhere where it is none."""
        if not keyfiles.mark(path):
            return ""
        with suppress(OSError):
            return f"{self.folder.name}/{files.move_aside(path)}"
        return ""

    @contextmanager
    def _holding(self) -> Iterator[None]:
        """The folder, ours alone. Raises Trouble, also for what the disk refuses inside."""
        try:
            files.make_folder(self.folder)
            with self._lock.hold(WAIT):
                yield
        except OSError as error:
            raise files.trouble(error, "keys") from error

    def _note(self, key: str, name: str, copy: str = "") -> None:
        fault = Fault(key, f"{self.folder.name}/{name}", "", copy)
        if fault not in self._faults:
            log.warning("%s: %s, kept as %s", fault.file, fault.key, copy or "-")
            self._faults[fault] = None


_OFFICE = b"office "


def _made(day: date, office: bytes) -> _DayKey:
    """A new pair for a day; the private half is forgotten here."""
    private = sealing.new_key()
    return _closed(private, day, office)


def _closed(private: PrivateKey, day: date, office: bytes) -> _DayKey:
    blank = _DayKey(private.public, sealing.mark_of(office), b"")
    closed = sealing.wrap(office, private.secret, blank.context(day))
    return _DayKey(blank.public, blank.to, closed)


def _moved(key: _DayKey, day: date, former: PrivateKey, office: PrivateKey) -> _DayKey:
    """The day's key closed to another office key; as it is where the former one does not open it."""
    try:
        private = sealing.key_from(sealing.unwrap(former, key.closed, key.context(day)))
    except Closed:
        return key
    return _closed(private, day, office.public)


def opened_key(office: PrivateKey, day: date, record: Mapping[str, Any]) -> PrivateKey:
    """The private key of a day's record. Raises Closed where it is not as written, or not for this office."""
    try:
        key = _day_key(record)
    except (Spoiled, KeyError, TypeError, ValueError):
        raise Closed from None
    private = sealing.key_from(sealing.unwrap(office, key.closed, key.context(day)))
    if key.to != sealing.mark_of(office.public) or private.public != key.public:
        raise Closed
    return private


def _day_key(record: Any) -> _DayKey:
    public = _bytes(record["public"])
    if not sealing.is_public(public):
        raise Spoiled
    return _DayKey(public, str(record["to"]), _bytes(record["closed"]))


def _secret(table: dict[str, Any] | None) -> PrivateKey | None:
    """The unprotected key of its file; None where there is none. Raises Spoiled or Closed."""
    if table is None:
        return None
    try:
        return sealing.key_from(_bytes(table["secret"]))
    except (KeyError, TypeError, ValueError):
        raise Spoiled from None


def _text(data: bytes) -> str:
    return b64encode(data).decode()


def _bytes(text: Any) -> bytes:
    if not isinstance(text, str):
        raise TypeError("no text")
    return b64decode(text, validate=True)
