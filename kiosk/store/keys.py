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

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.errors import Trouble
from kiosk.store import keyfiles, passphrase, sealing
from kiosk.store.day_keys import DayKeys, came_key
from kiosk.store.key_folder import KeyFolder
from kiosk.store.office_keys import OfficeKeys
from kiosk.store.protocol import Fault
from kiosk.store.sealing import Closed, PrivateKey, Sealed
from kiosk.store.tries import Tries


class NoKey(Closed):
    """The day's key is not there, or this process has none to open it."""


class Keyring:
    """The keys in a folder of this machine, shared by all its processes and threads. Making it reads nothing.

    Methods that write raise Trouble with `trouble.store_busy`, `trouble.disk_full` or `trouble.store_failed`;
    then nothing has changed. No key is ever in a log, an exception or a repr.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self._keys = KeyFolder(folder)
        self._tries = Tries(self._keys, clock)
        self._files = OfficeKeys(self._keys)
        self._days = DayKeys(self._keys)
        self._threads = threading.RLock()
        self._reads = True
        self._private: PrivateKey | None = None
        self._found: object = None
        """Mark of the unprotected key's file as it was when `_private` was read from it."""
        self._generation = 0
        self._opened: dict[str, PrivateKey] = {}
        """Private keys of days, by the mark of their public ones."""

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
        return self._files.protected

    @property
    def locked(self) -> bool:
        """Whether only a passphrase opens what was told, here and now; also where setting it was cut off,
        which `unlock` finishes."""
        return (self.protected or self._files.closed) and not self.is_open

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
        if self._files.closed:
            self._open_as(self._by_passphrase(words))
        elif self.away:
            raise Trouble("trouble.keys_away")

    def open_with(self, secret: bytes) -> None:
        """Open with the office's private key, as another process of ours hands it over (`office().secret`).
        Raises Closed where it is none."""
        self._open_as(sealing.key_from(secret))

    def setup(self, words: str, recovery: bytes, known: Iterable[str] = ()) -> None:
        """Protect the office: from now on only the passphrase and the recovery key (32 random bytes) open it.

        The office gets a new pair of keys and the days kept are closed to it, so that what flash may keep of
        the unprotected key opens no later day. Cut off before it counts, it may be done again; after that the
        next `unlock` finishes it. Raises Trouble: `trouble.keys_set`, `trouble.passphrase_weak_…`.
        """
        passphrase.check_strength(words, known)
        with self._keys.holding():
            if self._files.closed:
                raise Trouble("trouble.keys_set")
            self._files.to_close_to()
            private = passphrase.office_key(recovery)
            self._files.protect(private, words)
            self._settle(private)
        self._open_as(private)

    def change(self, old: str, new: str, known: Iterable[str] = ()) -> None:
        """Another passphrase. Raises Trouble as `unlock` and `setup` do, `trouble.keys_unset` without one."""
        passphrase.check_strength(new, known)
        if not self.protected:
            raise Trouble("trouble.keys_unset")
        private = self._by_passphrase(old)
        with self._keys.holding():
            self._files.protect(private, new)
        self._open_as(private)

    def recover(self, recovery: bytes, new: str, known: Iterable[str] = ()) -> None:
        """Another passphrase by the recovery key, also where the file with the closed key is lost.

        Raises Trouble: `trouble.recovery_wrong`, `trouble.keys_unset`, `trouble.passphrase_weak_…`.
        """
        passphrase.check_strength(new, known)
        private = passphrase.office_key(recovery)
        with self._keys.holding():
            if not self._is_office(private):
                unset = self._files.open_file.exists() and not self._files.closed
                raise Trouble("trouble.keys_unset" if unset else "trouble.recovery_wrong")
            self._files.protect(private, new)
            self._settle(private)
            self._tries.forget()
        self._open_as(private)

    def proves(self, recovery: bytes) -> bool:
        """Whether it is this office's recovery key."""
        return self._is_office(passphrase.office_key(recovery))

    def faults(self) -> tuple[Fault, ...]:
        """Damage met among the keys; files are named from the data folder."""
        return self._keys.faults()

    # Closing and opening

    def prepare(self, day: date) -> None:
        """Make the day's keys if there are none, so that the first ticket does not wait. Raises Trouble."""
        self._days.to_close_to(day, self._files)

    def seal(self, day: date, text: bytes, context: bytes, block: int = 256) -> Sealed:
        """The text, closed to the day and bound to `context`: with its private key where this process has it.
        Raises Trouble."""
        public = self._days.to_close_to(day, self._files)
        if not self.is_open:
            return sealing.seal(public, text, context, block)
        try:
            private = self._private_of(day, sealing.mark_of(public))
        except NoKey:
            return sealing.seal(public, text, context, block)
        return sealing.seal_within(private, text, context, block)

    def open(self, day: date, sealed: Sealed, context: bytes) -> bytes:
        """What `seal` closed, with blanks behind it. Raises Closed, as NoKey where it is the key that is
        missing; then `faults` tells."""
        return sealing.unseal(self._private_of(day, sealed.to), sealed, context)

    def days(self) -> list[date]:
        """The days that have keys, oldest first."""
        return self._days.days()

    def erase(self, day: date) -> None:
        """Destroy a day's keys: nothing told on it opens any more, in no copy. Raises Trouble."""
        with self._keys.holding():
            self._days.erase(day)
        with self._threads:
            for mark in self._days.forget(day):
                self._opened.pop(mark, None)
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
        return self._files.protected_public() or self._files.public()

    @property
    def away(self) -> bool:
        """Whether this folder holds the public key only, as a tablet's at an event: its private key is at the
        office, and nothing opens here."""
        return self._files.away

    def keep_public(self, public: bytes) -> None:
        """Make this folder one that only closes, to the office with this key. Raises Trouble."""
        with self._keys.holding():
            self._files.keep_public(public)

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
            return [key.record() for key in self._days.known(day)]

    def adopt(self, day: date, records: Iterable[Mapping[str, Any]]) -> None:
        """Keep keys of a day that were made elsewhere and closed to this office. Known ones stay as they are,
        and the day goes on being closed to its own.

        Raises Closed where one is not as written or not for this office, before anything is written; Trouble.
        """
        office = self.office()
        came = [came_key(office, day, record)[0] for record in records]
        with self._keys.holding():
            self._days.adopt(day, came, office.public)

    # The office's keys

    def _office(self) -> PrivateKey | None:
        """The office's private key where this process may have it."""
        unprotected = self._files.open_file
        if self._found is not None and keyfiles.mark(unprotected) != self._found:
            self.lock()  # Another process has set the passphrase.
        if self._private is None and self._reads and not self._files.closed:
            found = keyfiles.mark(unprotected)
            with suppress(OSError):
                private = self._files.unprotected()
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
        private = self._files.opened(words, self._tries)
        if self._files.open_file.exists() or self._files.public() != private.public:
            with self._keys.holding():
                self._settle(private)
        return private

    def _settle(self, private: PrivateKey) -> None:
        """Close every day's key to the protected office key, then let go of the unprotected one."""
        self._days.move(self._files.unprotected(), private)
        self._files.settle(private.public)

    def _is_office(self, private: PrivateKey) -> bool:
        if private.public in (self._files.protected_public(), self._files.public()):
            return True
        mark = sealing.mark_of(private.public)
        return any(key.to == mark for day in self.days() for key in self._days.read(day))

    def _private_of(self, day: date, mark: str) -> PrivateKey:
        with self._threads:
            private = self._opened.get(mark)
            if private is None:
                private = self._opened[mark] = self._day_private(day, mark)
        return private

    def _day_private(self, day: date, mark: str) -> PrivateKey:
        office = self._office()
        if office is None:
            raise NoKey
        former = None
        with suppress(OSError):
            former = self._files.unprotected()  # Beside a protected one: a set-up was cut off.
        private = self._days.opened(day, mark, (office, former))
        if private is None:
            raise NoKey
        return private
