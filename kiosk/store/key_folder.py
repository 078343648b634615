"""The folder the office's keys lie in: changed by one at a time, its damage moved aside and told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.store import files, keyfiles
from kiosk.store.faults import Faults
from kiosk.store.protocol import Fault

WAIT = 5.0
"""Seconds a change of keys waits for another process."""


class KeyFolder:
    """A folder of key files, shared by all processes and threads of this machine. Making it reads nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = files.Lock(path)
        self._faults = Faults()

    @contextmanager
    def holding(self) -> Iterator[None]:
        """The folder, ours alone. Raises Trouble, also for what the disk refuses inside."""
        try:
            files.make_folder(self.path)
            with self._lock.hold(WAIT):
                yield
        except OSError as error:
            raise files.trouble(error, "keys") from error

    def aside(self, path: Path) -> str:
        """Where a spoiled file went; nowhere where it is none."""
        if not keyfiles.mark(path):
            return ""
        with suppress(OSError):
            return f"{self.path.name}/{files.move_aside(path)}"
        return ""

    def note(self, key: str, name: str, copy: str = "") -> None:
        """Tell staff of damage to the file `name`, once."""
        self._faults.add(Fault(key, f"{self.path.name}/{name}", "", copy))

    def faults(self) -> tuple[Fault, ...]:
        """Damage met; files are named from the data folder."""
        return self._faults.met
