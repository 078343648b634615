"""The audit trail: who did what with which ticket, and nothing of what it tells. Only ever added to.

    audit/2026-11.log  {"n":7,"at":"2026-11-20T12:00:00+09:00","stamp":"…","staff":"k03","counter":"1",
                        "action":"call","of":"<ticket or day>","more":{},"before":"…","hash":"…"}

One line of JSON each (shown here on two). `hash` covers the rest of its line, and `before` repeats the hash
of the line before it, across months. So a line changed, removed, added or moved is found (kiosk.store.trail),
but for the newest ones: who removes the last lines, or writes the whole file anew from some line on, leaves a
sound chain. Only the newest hash kept elsewhere, such as on paper, shows that.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.core.clock import HybridClock
from kiosk.errors import Trouble
from kiosk.store import files
from kiosk.store.audit_late import Late
from kiosk.store.audit_line import LONGEST, Entry, hash_in, link, seal, tidy
from kiosk.store.device import device_id
from kiosk.store.protocol import Fault

log = logging.getLogger(__name__)

SUFFIX = ".log"
WAIT = 2.0
"""Seconds a line waits for another process: a person may be waiting for it."""


@dataclass(frozen=True)
class _End:
    """The last line of the newest file that has one."""

    number: int = 0
    hash: str = ""
    file: str = ""


class Audit:
    """The trail in a folder of this machine, shared by all its processes and threads.

    Making it reads nothing. What cannot be written now is kept in a file beside the trail, or in memory where
    that fails too, and written with the next line.
    """

    def __init__(self, folder: Path, *, device: Path, report: Callable[[Fault], None] | None = None) -> None:
        self.folder = folder
        self._device = device
        self._report = report
        self._lock = files.Lock(folder)
        self._threads = threading.RLock()
        self._clock: HybridClock | None = None
        self._known = _End()
        self._late = Late(folder.with_name(f"{folder.name}.late"))

    @property
    def late(self) -> bool:
        """Whether lines wait to be written."""
        return bool(self._late)

    def write(self, entry: Entry) -> None:
        """Put a line on disk, after those that are late. Raises Trouble; then it is not there."""
        entry = tidy(entry)
        with self._threads:
            self._write(entry)

    def note(self, entry: Entry) -> bool:
        """Put a line on disk, now or later: nobody waits for it. Whether it is there now. Never raises."""
        entry = tidy(entry)
        with self._threads:
            try:
                self._write(entry)
                return True
            except Trouble as trouble:
                log.error("an audit line comes later: %s of %s: %s", entry.action, entry.of, trouble.log)
                self._late.keep(entry)
                return False

    def catch_up(self) -> None:
        """Write the lines that are late, if any. Never raises."""
        with self._threads:
            if self.late:
                with suppress(Trouble):
                    self._write(None)

    def head(self) -> tuple[int, str]:
        """Number and hash of the newest line; 0 and nothing where there is none. Raises Trouble."""
        with self._lock.hold(WAIT):
            try:
                end = self._end()
            except OSError as error:
                raise files.trouble(error, "read the audit trail") from error
        return end.number, end.hash

    def files(self) -> list[Path]:
        """The months' files, oldest first."""
        return sorted(path for path in self.folder.glob(f"????-??{SUFFIX}") if path.is_file())

    def _write(self, entry: Entry | None) -> None:
        """Late lines first: cut off between, they come twice rather than not at all."""
        with self._lock.hold(WAIT):
            try:
                with self._late.taken() as late:
                    self._append([*((one, True) for one in late), *([(entry, False)] if entry else [])])
            except OSError as error:
                raise files.trouble(error, "write the audit trail") from error

    def _append(self, entries: list[tuple[Entry, bool]]) -> None:
        if not entries:
            return
        files.make_folder(self.folder)
        torn = self._cut_torn(entries[-1][0])
        end = self._end()
        # A clock set back must not add to a month that is over: the chain would run backwards.
        month = max(f"{entries[-1][0].at:%Y-%m}", end.file.removesuffix(SUFFIX))
        path = self.folder / f"{month}{SUFFIX}"
        lines: list[bytes] = []
        last = end
        for entry, late in [*((one, False) for one in torn), *entries]:
            since = end.file if path.name != end.file and not lines else ""
            line, last = self._line(entry, last, late=late, since=since, file=path.name)
            lines.append(line)
        _add(path, b"".join(lines))
        self._known = last

    def _line(self, entry: Entry, end: _End, *, late: bool, since: str, file: str) -> tuple[bytes, _End]:
        if self._clock is None:
            self._clock = HybridClock(device_id(self._device, self._report or _ignore))
        record = {
            "n": end.number + 1,
            "at": entry.at.isoformat(),
            "stamp": self._clock.next(entry.at),
            "staff": entry.staff,
            "counter": entry.counter,
            "action": entry.action,
            "of": entry.of,
            "more": dict(entry.more) | ({"late": 1} if late else {}) | ({"since": since} if since else {}),
            "before": end.hash,
        }
        line = seal(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
        return line + b"\n", _End(end.number + 1, hash_in(line) or "", file)

    def _end(self) -> _End:
        """The newest line. Where the disk has gone back behind what this process knows, somebody removed
        lines: the chain goes on from what is known, so that the gap shows."""
        for path in reversed(self.files()):
            lines = _tail(path)
            if lines:
                number, digest = _number_and_hash(lines)
                end = _End(number, digest, path.name)
                return end if end.number >= self._known.number else replace(self._known, file=path.name)
        return replace(self._known, file="")

    def _cut_torn(self, entry: Entry) -> list[Entry]:
        """Set aside a line that was cut off while written, and answer the line that says so."""
        for path in reversed(self.files()):
            data = _last_bytes(path)
            whole = data.rfind(b"\n") + 1
            if not data:
                continue
            torn = data[whole:]
            if not torn:
                return []
            copy = files.keep_copy(self.folder, path.name, torn)
            handle = files.open_file(path)
            try:
                os.ftruncate(handle, path.stat().st_size - len(torn))
                os.fdatasync(handle)
            finally:
                os.close(handle)
            more: dict[str, str | int] = {"file": path.name, "bytes": len(torn), "copy": copy}
            return [Entry("torn", entry.at, more=more)]
        return []


def _add(path: Path, data: bytes) -> None:
    """Append and flush. Raises OSError; then nothing was added wherever the disk still allows it."""
    handle = files.open_file(path) if path.exists() else files.create_file(path)
    try:
        size = os.fstat(handle).st_size
        try:
            files.write_all(handle, data)
            os.fdatasync(handle)
        except OSError:
            with suppress(OSError):
                os.ftruncate(handle, size)
            raise
    finally:
        os.close(handle)


def _last_bytes(path: Path) -> bytes:
    """Enough of the file's end for its last line. Raises OSError: a chain must not go on from a guess."""
    handle = files.open_file(path)
    try:
        start = max(0, os.fstat(handle).st_size - 2 * LONGEST)
        return os.pread(handle, 2 * LONGEST, start)
    finally:
        os.close(handle)


def _tail(path: Path) -> list[bytes]:
    """The last whole lines of a file, of which the first may be cut."""
    lines = _last_bytes(path).split(b"\n")[:-1]
    return [line for line in lines if line.strip()]


def _number_and_hash(lines: list[bytes]) -> tuple[int, str]:
    """Of the last line; a spoiled one is counted from the sound one before it."""
    for after, line in enumerate(reversed(lines)):
        if hash_in(line) is not None:
            with suppress(ValueError, KeyError, TypeError):
                return int(json.loads(line)["n"]) + after, link(lines[-1])
    return len(lines), link(lines[-1])


def _ignore(_fault: Fault) -> None:
    """The store tells of a damaged device id; it reads the same file."""
