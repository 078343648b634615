"""Deletes whole service days: journal, number counts, and whatever damage was set aside from them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from kiosk.errors import Trouble
from kiosk.store.files import DAMAGED, sync_folder

_DAY = re.compile(r"\.?(\d{4}-\d{2}-\d{2})\b")


def erase_before(folder: Path, day: date) -> tuple[date, ...]:
    """Delete every file of days before `day`; the days that went. Raises Trouble("trouble.store_failed").

    The pages notice promises it. Copies of the storage below the file system (flash, backups) are out of
    reach here.
    """
    gone: set[date] = set()
    try:
        for place in (folder, folder / DAMAGED):
            for file in sorted(place.iterdir()) if place.is_dir() and not place.is_symlink() else ():
                if (found := _day_of(file.name)) is not None and found < day and not file.is_dir():
                    file.unlink()
                    gone.add(found)
        if gone:
            sync_folder(folder)
    except OSError as fault:
        raise Trouble("trouble.store_failed", log=f"erasing failed: {fault.strerror}") from fault
    return tuple(sorted(gone))


def _day_of(name: str) -> date | None:
    found = _DAY.match(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
