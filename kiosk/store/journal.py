"""The file of one service day: records appended, each on disk before it counts; damage set aside."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.errors import Trouble
from kiosk.store import files
from kiosk.store.protocol import Fault
from kiosk.store.record import Damaged, Record, encode, scan

log = logging.getLogger(__name__)

SUFFIX = ".journal"
AHEAD = 128 << 10
"""Bytes of zeros a day's file is longer than its records, up to. A flush of a file that grows writes its new
length as well, which takes half as long again; so it grows once in some forty records."""
_ANCHOR = 32
"""Bytes before the end that must still be there for the rest of the file to be taken as read."""
_LARGEST = 512 << 20
"""Bytes. A busy day is a hundredth of it; a larger file is no journal and would fill the memory."""


def days_in(folder: Path) -> list[date]:
    """The days that have a journal in the folder, oldest first. Raises Trouble."""
    try:
        found = [_day_named(path) for path in folder.glob(f"*{SUFFIX}")]
    except OSError as error:
        raise files.trouble(error, "list the store's folder") from error
    return sorted(day for day in found if day is not None)


def _day_named(path: Path) -> date | None:
    try:
        day = date.fromisoformat(path.name.removesuffix(SUFFIX))
    except ValueError:
        return None
    return day if path.name == f"{day.isoformat()}{SUFFIX}" else None


@dataclass(frozen=True)
class Reading:
    """What a look at the file found."""

    items: tuple[Record | Damaged, ...] = ()
    fresh: bool = False
    """The whole file was read, not only what was added: whatever was known before is to be forgotten."""
    gone: bool = False
    """The file has been removed since the last look."""


class Journal:
    """All but `stale` and `close` is called under the store's lock."""

    def __init__(self, folder: Path, day: date, report: Callable[[Fault], None], *, ahead: int = 0) -> None:
        self.day = day
        self.path = folder / f"{day.isoformat()}{SUFFIX}"
        self.sequence = 0
        """The highest sequence number in use. It only rises, so that none is ever given twice."""
        self.failed = False
        """A flush to disk failed: nothing more is written until the file is opened and read anew."""
        self._report = report
        self._handle: int | None = None
        self._mark: tuple[int, int, int, int] | None = None
        """Device, inode, size and time of change of the file as last seen; None before the first look."""
        self._end = 0
        """Where the next record goes; behind it there are only zeros."""
        self._room = 0
        """Length of the file."""
        self._ahead = ahead
        self._tail = b""
        self._looked = False

    def stale(self) -> bool:
        """Whether the file is not as last seen; two system calls."""
        try:
            found = self.path.lstat()
        except OSError:
            return not self._looked or self._mark is not None
        return self._mark != _mark(found) or self._more()

    def catch_up(self) -> Reading:
        """Read what is new since the last look. Damage is set aside and reported. Raises Trouble."""
        try:
            found = self._found()
            if found is None:
                gone, first = self._mark is not None, not self._looked
                self.close()
                self._looked = True
                return Reading(fresh=gone or first, gone=gone)
            if self._mark == _mark(found) and not self._more():
                return Reading()
            return self._read(found)
        except OSError as error:
            raise files.trouble(error, f"read {self.path.name}") from error

    def append(self, records: Iterable[tuple[str, Mapping[str, Any]]]) -> list[int]:
        """Write records and answer their sequence numbers once they are on disk, with one flush.

        The file must be caught up with. Raises Trouble; then the file is as before wherever the disk still
        allows it.
        """
        if self.failed:
            raise Trouble("trouble.store_failed", log=f"{self.path.name} is closed to writing")
        lines, sequences = [], []
        for sequence, (kind, body) in enumerate(records, self.sequence + 1):
            lines.append(encode(self.day, sequence, kind, body))
            sequences.append(sequence)
        data = b"".join(lines)
        if self._tail and not self._tail.endswith(b"\n"):
            # A line whose end was lost, or a torn one that could not be cut: never grow onto it.
            data = b"\n" + data
        self._hold_free(len(data))
        self._write(data)
        self.sequence = sequences[-1]
        self._end += len(data)
        self._tail = (self._tail + data)[-_ANCHOR:]
        return sequences

    def __del__(self) -> None:
        # A store dropped without being closed leaves no file open behind it.
        if self._handle is not None:
            os.close(self._handle)

    def close(self) -> None:
        """Let go of the file; the next look reads it anew."""
        if self._handle is not None:
            os.close(self._handle)
        self._handle, self._mark, self._end, self._room, self._tail = None, None, 0, 0, b""
        self._looked = self.failed = False

    def trim(self) -> None:
        """Give back the room made ahead where nobody has written to it; nothing where the disk refuses."""
        with suppress(OSError):
            if self._handle is not None and self._mark == _mark(self.path.lstat()):
                if not files.read_range(self._handle, self._end, self._room).strip(b"\0"):
                    os.ftruncate(self._handle, self._end)
                self._mark = None

    def _found(self) -> os.stat_result | None:
        try:
            found = self.path.lstat()
        except FileNotFoundError:
            return None
        if stat.S_ISREG(found.st_mode) and found.st_size <= _LARGEST:
            return found
        copy = files.move_aside(self.path)
        self._report(Fault("trouble.journal_replaced", self.path.name, "", copy))
        return None

    def _read(self, found: os.stat_result) -> Reading:
        fresh = self._replaced(found)
        if fresh:
            failed = self.failed
            self.close()
            self._looked, self.failed = True, failed
            self._handle = files.open_file(self.path, append=0)
            found = os.fstat(self._handle)
        assert self._handle is not None
        self._room = found.st_size
        data = files.read_range(self._handle, self._end, self._room).rstrip(b"\0")
        items = tuple(_joined(scan(self.day, data, self._end), data, self._end))
        self._end += len(data)
        self._tail = (self._tail + data)[-_ANCHOR:]
        self._mark = _mark(found)
        for item in items:
            if isinstance(item, Damaged):
                self._set_aside(item)
        self._count(items)
        return Reading(items, fresh)

    def _replaced(self, found: os.stat_result) -> bool:
        """Whether the file is another, or what was read of it is no longer there."""
        if self._handle is None or self._mark is None or self._mark[:2] != (found.st_dev, found.st_ino):
            return True
        if not self._more():
            return True
        return os.pread(self._handle, len(self._tail), self._end - len(self._tail)) != self._tail

    def _more(self) -> bool:
        """Whether anything was written behind what was read: where two writes fall into one tick of the file
        system's clock, neither length nor time of the file tells. Any thread may ask."""
        handle = self._handle
        try:
            return handle is not None and os.pread(handle, 1, self._end) not in (b"", b"\0")
        except OSError:
            return True

    def _hold_free(self, length: int) -> None:
        """Never write over anything. Raises Trouble; then the file is read anew before the next record."""
        if self._handle is None:
            return
        there = files.read_range(self._handle, self._end, min(self._end + length, self._room))
        if there != bytes(len(there)):
            self.close()
            raise Trouble("trouble.store_failed", log=f"{self.path.name} was written to without the lock")

    def _set_aside(self, item: Damaged) -> None:
        place = f"byte {item.start}, {len(item.data)} bytes"
        copy = ""
        try:
            copy = files.keep_copy(self.path.parent, f"{self.path.name}-{item.start}", item.data)
            if item.torn:
                self._cut(item.start)
        except OSError as error:
            # Where it cannot be copied it stays where it is: the next record begins on a line of its own.
            log.warning("%s: %s not set aside: %s", self.path.name, place, error.strerror)
        key = "trouble.journal_torn" if item.torn else "trouble.journal_damaged"
        self._report(Fault(key, self.path.name, place, copy))

    def _cut(self, start: int) -> None:
        assert self._handle is not None
        os.ftruncate(self._handle, start)
        self._end = self._room = start
        before = max(0, start - _ANCHOR)
        self._tail = os.pread(self._handle, start - before, before)
        self._mark = _mark(os.fstat(self._handle))

    def _count(self, items: Iterable[Record | Damaged]) -> None:
        for item in items:
            if isinstance(item, Record):
                self.sequence = max(self.sequence, item.sequence)
            elif not item.torn:
                self.sequence += item.records

    def _write(self, data: bytes) -> None:
        flushing = False
        try:
            if self._handle is None:
                self._handle = files.create_file(self.path, append=0)
                self._end, self._room, self._tail = 0, 0, b""
            os.lseek(self._handle, self._end, os.SEEK_SET)
            files.write_all(self._handle, data)
            self._make_room(self._end + len(data))
            flushing = True
            os.fdatasync(self._handle)
        except OSError as error:
            # A failed flush is never tried again: the kernel may have dropped the pages and would answer
            # success. The data of earlier records was flushed before and is not touched.
            self.failed = flushing
            self._roll_back()
            raise files.trouble(error, f"{'flush' if flushing else 'write'} {self.path.name}") from error
        self._mark = _mark(os.fstat(self._handle))

    def _make_room(self, stop: int) -> None:
        """After a record that filled the file, zeros for those to come, in the same flush."""
        assert self._handle is not None
        if stop > self._room:
            self._room = stop
            if self._ahead:
                with suppress(OSError):  # A full disk: the record fits, and that is what counts.
                    self._room += os.write(self._handle, bytes(self._ahead - stop % self._ahead))

    def _roll_back(self) -> None:
        if self._handle is None:
            return
        self._mark = None
        with suppress(OSError):  # What cannot be taken back is found by the next look, which reads all.
            os.ftruncate(self._handle, self._end)
            self._room = self._end
            self._mark = _mark(os.fstat(self._handle))


def _mark(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _joined(items: Iterable[Record | Damaged], data: bytes, base: int) -> Iterator[Record | Damaged]:
    """The items with neighbouring damage in one piece, so that a file of garbage makes one copy."""
    held: Damaged | None = None
    for item in items:
        if isinstance(item, Record):
            if held is not None:
                yield held
            held = None
            yield item
        elif held is None or item.torn:
            if held is not None:
                yield held
            held = item
        else:
            stop = item.start + len(item.data) - base
            held = Damaged(held.start, data[held.start - base : stop])
    if held is not None:
        yield held
