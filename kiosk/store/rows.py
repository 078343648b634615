"""Anonymous rows of tickets at rest: a file per year, each ticket in it once, in no order of time.

    statistics/2026.rows             the rows, sorted, so that their place tells nothing; a checksum each
    statistics/counted/2026-08-01    ids of tickets of a day whose rows are written, until the day is erased
    statistics/adding                what is being added just now

A row lies open. So it may be written only when its ticket goes, or shortly before: beside the ticket's
routing, language, weekday and hours might tell whose it is (kiosk.app.erasure_rows decides when).
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path

from kiosk.core.statistics import Row, row_from, row_record
from kiosk.store import files, keyfiles
from kiosk.store.faults import Faults
from kiosk.store.keyfiles import Spoiled
from kiosk.store.protocol import Fault

SUFFIX = ".rows"
WAIT = 8.0
"""Seconds to wait for another process."""
_ADDING, _COUNTED = "adding", "counted"
_LARGEST = 256 << 20
_LAST = re.compile(rb"last [0-9a-f]{16}")


class Rows:
    """The rows in a folder of this machine, shared by all its processes and threads.

    Writing methods raise Trouble with `trouble.store_busy`, `trouble.disk_full` or `trouble.store_failed`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = files.Lock(folder)
        self._faults = Faults()

    def add(self, day: date, rows: Mapping[str, Row]) -> int:
        """Write the rows of tickets (by id) of one day that have none yet; how many.

        Cut off at any point it may be done again: each ticket leaves one row.
        """
        with self._lock.hold(WAIT):
            try:
                files.make_folder(self.folder / _COUNTED)
                self._finish()
                new = {key: row for key, row in rows.items() if key not in self._counted(day)}
                if new:
                    self._add(day, new)
            except OSError as error:
                raise files.trouble(error, "write statistics") from error
        return len(new)

    def counted(self, day: date) -> frozenset[str]:
        """Ids of the day's tickets that have left their rows. Raises Trouble."""
        with self._lock.hold(WAIT):
            try:
                self._finish()
            except OSError as error:
                raise files.trouble(error, "read statistics") from error
            return self._counted(day)

    def forget(self, day: date, but: Collection[str] = ()) -> None:
        """The day is erased: whose rows were written is no longer kept, but of tickets that are still there,
        which must not leave a second row. Raises Trouble."""
        with self._lock.hold(WAIT):
            try:
                self._finish()
                left = [key for key in self._counted(day) if key.partition("/")[0] in but]
                keyfiles.shred(self._counted_path(day))
                if left:
                    keyfiles.write(self._counted_path(day), {"tickets": sorted(left)})
                if (self.folder / _COUNTED).is_dir():
                    files.sync_folder(self.folder / _COUNTED)
            except OSError as error:
                raise files.trouble(error, "forget whose statistics were counted") from error

    def days(self) -> list[date]:
        """Days of which is kept whose rows were written."""
        found = []
        for path in (self.folder / _COUNTED).glob("????-??-??"):
            with suppress(ValueError):
                found.append(date.fromisoformat(path.name))
        return sorted(found)

    def year(self, year: int) -> list[Row]:
        """The rows of a year. What is damaged is left out and reported. Raises Trouble."""
        with self._lock.hold(WAIT):
            try:
                self._finish()
                return self._read(self._path(year))[1]
            except OSError as error:
                raise files.trouble(error, "read statistics") from error

    def faults(self) -> tuple[Fault, ...]:
        return self._faults.met

    # Under the lock

    def _add(self, day: date, rows: Mapping[str, Row]) -> None:
        token = secrets.token_hex(8)
        keyfiles.write(
            self.folder / _ADDING, {"day": day.isoformat(), "token": token, "tickets": sorted(rows)}
        )
        path = self._path(day.year)
        _, before = self._read(path)
        self._write(path, token, [*before, *rows.values()])
        self._finish()

    def _finish(self) -> None:
        """See to what was being added when a process died: either the rows are in the file, then their
        tickets are counted; or they are not, then nothing was added."""
        path = self.folder / _ADDING
        try:
            table = keyfiles.read(path)
            if table is None:
                return
            day, token = date.fromisoformat(table["day"]), str(table["token"])
            added = frozenset(str(one) for one in table["tickets"])
        except (Spoiled, KeyError, TypeError, ValueError):
            # Written whole or not at all: it was being overwritten when the machine died, and is done; or it
            # is damaged, which must not stop an erasure.
            if not self._last_is_counted():
                self._faults.add(Fault("trouble.statistics_damaged", f"{self.folder.name}/{_ADDING}", ""))
            keyfiles.shred(path)
            return
        if self._read(self._path(day.year))[0] == token:
            known = self._counted(day) | added
            keyfiles.write(self._counted_path(day), {"tickets": sorted(known), "token": token})
        keyfiles.shred(path)
        files.sync_folder(self.folder)

    def _last_is_counted(self) -> bool:
        """Whether the tickets of the rows written last are noted as counted."""
        for day in self.days():
            with suppress(Spoiled):
                token = (keyfiles.read(self._counted_path(day)) or {}).get("token")
                if token and token == self._read(self._path(day.year))[0]:
                    return True
        return False

    def _counted(self, day: date) -> frozenset[str]:
        try:
            table = keyfiles.read(self._counted_path(day)) or {"tickets": []}
            return frozenset(str(one) for one in table["tickets"])
        except (Spoiled, OSError, KeyError, TypeError):
            name = self._counted_path(day).relative_to(self.folder.parent)
            self._faults.add(Fault("trouble.statistics_damaged", str(name), ""))
            return frozenset()

    def _read(self, path: Path) -> tuple[str, list[Row]]:
        """The token of what was added last, and the rows."""
        try:
            handle = files.open_file(path)
        except FileNotFoundError:
            return "", []
        try:
            lines = files.read_range(handle, 0, _LARGEST).split(b"\n")
        finally:
            os.close(handle)
        token, rows, damaged = "", [], []
        for number, line in enumerate(lines, 1):
            if number == 1 and _LAST.fullmatch(line):
                token = line[5:].decode()
            elif line and (row := _decoded(line)) is not None:
                rows.append(row)
            elif line:
                damaged.append((number, line))
        for number, line in damaged:
            self._set_aside(path, number, line)
        return token, rows

    def _set_aside(self, path: Path, number: int, line: bytes) -> None:
        copy = ""
        with suppress(OSError):
            copy = files.keep_copy(self.folder, path.name, line)
        name = f"{self.folder.name}/{path.name}"
        self._faults.add(Fault("trouble.statistics_damaged", name, f"line {number}", copy))

    def _write(self, path: Path, token: str, rows: list[Row]) -> None:
        """The file appears whole. Sorted: neither place nor order tells when a row came or beside whom."""
        lines = sorted(_encoded(row) for row in rows)
        half = path.with_name(f".{path.name}.half")
        files.put(half, b"last %s\n%s" % (token.encode(), b"".join(lines)))
        half.replace(path)
        files.sync_folder(path.parent)

    def _path(self, year: int) -> Path:
        return self.folder / f"{year:04d}{SUFFIX}"

    def _counted_path(self, day: date) -> Path:
        return self.folder / _COUNTED / day.isoformat()


def _encoded(row: Row) -> bytes:
    body = json.dumps(row_record(row), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    text = body.encode("utf-8", "surrogatepass")
    return b"%s %s\n" % (_checksum(text), text)


def _decoded(line: bytes) -> Row | None:
    check, _, text = line.partition(b" ")
    if check != _checksum(text):
        return None
    try:
        return row_from(json.loads(text))
    except (KeyError, TypeError, ValueError, RecursionError):
        return None


def _checksum(text: bytes) -> bytes:
    return blake2b(text, digest_size=8).hexdigest().encode()
