"""Deletes service days and single tickets, and leaves a mark that other processes obey.

    store/erased/2026-08-01   {"token": …, "whole": true, "tickets": 12, "reason": …, "staff": …, …}

A process that has a day open writes back what it knows where the file was damaged. The token tells it that
the file was not damaged but erased: another one than when it last read the day, and it forgets instead.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.store import files, keyfiles
from kiosk.store.files import DAMAGED, sync_folder
from kiosk.store.keyfiles import Spoiled
from kiosk.store.protocol import Fault

MARKS = "erased"
_DAY = re.compile(r"\.*(\d{4}-\d{2}-\d{2})(?!\d)")


@dataclass(frozen=True)
class Mark:
    """That something of a day was erased last, and whether all steps of it are done."""

    token: str
    whole: bool
    """The whole day; else one ticket."""
    tickets: int
    reason: str
    staff: str = ""
    ticket: str = ""
    """Id of the one ticket."""
    done: bool = False


class Erasable(Protocol):
    """A store that erases: in its files on this machine, and wherever else it keeps tickets."""

    @property
    def folder(self) -> Path:
        """Where its marks lie."""

    def own_days(self) -> list[date]:
        """Days of which tickets would go, oldest first. Raises Trouble."""

    def mark_erased(self, day: date, mark: Mark) -> None: ...

    def erase_day(self, day: date, tickets: Collection[str] | None = None, /) -> frozenset[str]:
        """Delete the day's files, and of what is kept elsewhere `tickets`, whose rows are written; all where
        they cannot be read. Answers the ids of those that stay: other sites'.

        Raises Trouble("trouble.erase_today"), `trouble.store_busy` where further ones of this site are left,
        and as writing does; then it is to be done again.
        """

    def erase(self, ticket: Ticket, mark: Mark, may: Callable[[Ticket], None]) -> None: ...

    def erased_elsewhere(self) -> list[Ticket]:
        """Tickets still in this machine's files that another machine erased on request. Raises Trouble."""


def new_mark(*, whole: bool, tickets: int, reason: str, staff: str = "", ticket: str = "") -> Mark:
    return Mark(secrets.token_hex(8), whole, tickets, reason, staff, ticket)


def mark_of(folder: Path, day: date) -> Mark | None:
    """What was erased of a day last; None where nothing was. A mark that is damaged counts as another one."""
    try:
        table = keyfiles.read(folder / MARKS / day.isoformat())
        return None if table is None else Mark(**{one.name: table[one.name] for one in fields(Mark)})
    except (Spoiled, OSError, KeyError, TypeError):
        return Mark("damaged", True, 0, "damaged", done=True)


def write_mark(folder: Path, day: date, mark: Mark) -> None:
    """Put the mark on disk. Raises OSError."""
    files.make_folder(folder / MARKS)
    keyfiles.write(folder / MARKS / day.isoformat(), asdict(mark))


def finish_mark(folder: Path, day: date, mark: Mark) -> None:
    """Every step of it is done. Raises Trouble."""
    try:
        write_mark(folder, day, replace(mark, done=True))
    except OSError as error:
        raise files.trouble(error, "mark as erased") from error


def unfinished(folder: Path) -> dict[date, Mark]:
    """What was cut off before all its steps were done."""
    found: dict[date, Mark] = {}
    for path in sorted((folder / MARKS).glob("????-??-??")):
        with suppress(ValueError):
            day = date.fromisoformat(path.name)
            mark = mark_of(folder, day)
            if mark is not None and not mark.done:
                found[day] = mark
    return found


def token_of(folder: Path, day: date) -> str:
    """Another one after every erasure; empty before the first."""
    mark = mark_of(folder, day)
    return mark.token if mark else ""


def still_kept(folder: Path, faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults without those of days that were erased: whoever read one of their tickets in the moment
    between the key and the journal met no damage."""
    return tuple(one for one in faults if one.key != "trouble.key_missing" or not _is_gone(folder, one.file))


def _is_gone(folder: Path, file: str) -> bool:
    day = _day_of(file.rpartition("/")[2])
    mark = mark_of(folder, day) if day else None
    return mark is not None and mark.whole


def erase_day(folder: Path, day: date) -> None:
    """Delete every file of the day; done again it does no harm. Under the store's lock. Raises Trouble."""
    _delete(folder, lambda found: found == day)


def erase_before(folder: Path, day: date) -> tuple[date, ...]:
    """Delete every file of days before `day`; the days that went. Raises Trouble("trouble.store_failed").

    The pages notice promises it. Copies of the storage below the file system (flash, backups) are out of
    reach here.
    """
    return _delete(folder, lambda found: found < day)


def days_with_files(folder: Path) -> list[date]:
    """Days of which any file is left, also one set aside or half written."""
    try:
        return sorted({found for _, found in _files(folder)})
    except OSError as error:
        raise files.trouble(error, "list what is to be erased") from error


def erase_pieces(folder: Path, day: date) -> None:
    """Delete what was set aside of the day: anything of it may lie there. Raises Trouble."""
    _delete(folder / DAMAGED, lambda found: found == day)


def _delete(folder: Path, which: Callable[[date], bool]) -> tuple[date, ...]:
    gone: dict[date, None] = {}
    try:
        for file, found in _files(folder):
            if which(found):
                file.unlink(missing_ok=True)
                gone[found] = None
        for place in (folder, folder / DAMAGED):
            if gone and place.is_dir():
                sync_folder(place)
    except OSError as fault:
        raise Trouble("trouble.store_failed", log=f"erasing failed: {fault.strerror}") from fault
    return tuple(sorted(gone))


def _files(folder: Path) -> list[tuple[Path, date]]:
    """The files of days, damaged pieces first: a day is gone when its journal is."""
    found = []
    for place in (folder / DAMAGED, folder):
        for file in sorted(place.iterdir()) if place.is_dir() and not place.is_symlink() else ():
            day = _day_of(file.name)
            if day is not None and not file.is_dir():
                found.append((file, day))
    return found


def _day_of(name: str) -> date | None:
    found = _DAY.match(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
