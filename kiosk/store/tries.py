"""Wrong passphrases, counted in a file: each makes the next try wait."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from kiosk.errors import Trouble
from kiosk.store import keyfiles, passphrase
from kiosk.store.key_folder import KeyFolder
from kiosk.store.keyfiles import Spoiled

log = logging.getLogger(__name__)

TRIES = "tries.json"


class Tries:
    """The tries at the passphrase of one folder of keys. `clock` gives seconds, as time.time does."""

    def __init__(self, folder: KeyFolder, clock: Callable[[], float]) -> None:
        self._folder, self._clock = folder, clock
        self._path = folder.path / TRIES

    @contextmanager
    def counted(self) -> Iterator[int]:
        """One try at the passphrase, counted before it is made: ending the program does not take it back.

        Gives the seconds to wait if it is wrong. Raises Trouble("trouble.passphrase_wait").
        """
        with self._folder.holding():
            now = self._clock()
            wrong, last = self._read()
            # A clock set back must neither skip the wait nor make it longer.
            left = passphrase.wait_after(wrong) - max(0.0, now - last)
            if left > 0:
                raise Trouble("trouble.passphrase_wait", wait=math.ceil(left))
            self._write(wrong + 1, now)
        yield passphrase.wait_after(wrong + 1)
        with self._folder.holding():
            self.forget()

    def forget(self) -> None:
        """Let the next try not wait. While the folder is held."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _read(self) -> tuple[int, float]:
        try:
            table = keyfiles.read(self._path) or {}
            return int(table.get("wrong", 0)), float(table.get("last", 0))
        except (Spoiled, OSError, TypeError, ValueError):
            return 0, 0.0

    def _write(self, wrong: int, now: float) -> None:
        try:
            keyfiles.write(self._path, {"wrong": wrong, "last": now})
        except OSError as error:
            # A full disk must not keep counselors from reading: a thief guesses elsewhere anyway.
            log.warning("a try was not counted: %s", error.strerror)
