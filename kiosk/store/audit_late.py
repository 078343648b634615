"""Lines of the audit trail that could not be written yet, beside the trail: they come with the next line.

audit.late   a line of JSON each
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from kiosk.store import files
from kiosk.store.audit_line import Entry, tidy

_MOST = 10_000
"""Lines kept until they can be written."""


class Late:
    """In a file that all processes of this machine share, and in memory where the disk takes none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pending: list[Entry] = []

    def __bool__(self) -> bool:
        """Whether lines wait to be written."""
        return bool(self._pending) or self._path.exists()

    def keep(self, entry: Entry) -> None:
        """Keep a line that could not be written. Never raises."""
        text = json.dumps(asdict(entry) | {"at": entry.at.isoformat()}, ensure_ascii=False) + "\n"
        try:
            handle = self._open(os.O_CREAT)
            try:
                files.write_all(handle, text.encode("utf-8", "surrogatepass"))
            finally:
                os.close(handle)
        except OSError:
            self._pending = [*self._pending, entry][-_MOST:]

    @contextmanager
    def taken(self) -> Iterator[list[Entry]]:
        """The lines, which are gone once the block is through. Raises OSError."""
        try:
            handle = self._open(0)
        except FileNotFoundError:
            yield list(self._pending)
            self._pending = []
            return
        try:
            kept = _entries(files.read_range(handle, 0, os.fstat(handle).st_size))
            yield [*kept, *self._pending]
            self._pending = []
            self._path.unlink(missing_ok=True)
        finally:
            os.close(handle)

    def _open(self, create: int) -> int:
        """The file, ours alone: nobody adds to one that is being taken away."""
        mode = os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW | create
        while True:
            handle = os.open(self._path, mode, 0o600)
            fcntl.flock(handle, fcntl.LOCK_EX)
            if os.fstat(handle).st_nlink:
                return handle
            os.close(handle)


def _entries(data: bytes) -> list[Entry]:
    found = []
    for line in data.splitlines()[-_MOST:]:
        with suppress(ValueError, TypeError, KeyError):
            table = json.loads(line)
            found.append(tidy(Entry(**(table | {"at": datetime.fromisoformat(table["at"])}))))
    return found
