"""Days kept before contents were sealed: written anew once, when an office sets its passphrase.

A journal is append-only but for this and for erasing. The sealed file takes the old one's place at once, the
old one is overwritten and removed; flash may keep copies of it until their blocks are used again.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.core.records import content_from, ticket_from
from kiosk.store import files, keyfiles
from kiosk.store.contents import Kept, closed
from kiosk.store.journal import SUFFIX, days_in
from kiosk.store.keys import Keyring
from kiosk.store.record import Record, encode, scan

log = logging.getLogger(__name__)

WAIT = 30.0
"""Seconds to wait for other processes; nobody else does this."""
_OPEN = b'"content":'
_FORMER, _NEW = ".former", ".sealed"


def seal_older(folder: Path, keys: Keyring) -> tuple[date, ...]:
    """Seal every record of the store's folder that is not, and destroy pieces set aside that may hold such;
    the days it was needed for. May be done again. Raises Trouble."""
    done: set[date] = set()
    try:
        with files.Lock(folder).hold(WAIT):
            _clear(folder)
            for day in days_in(folder):
                if _seal_day(folder / f"{day}{SUFFIX}", day, keys):
                    done.add(day)
            place = folder / files.DAMAGED
            for piece in sorted(place.iterdir()) if place.is_dir() and not place.is_symlink() else ():
                if piece.is_file() and not piece.is_symlink() and _OPEN in piece.read_bytes():
                    log.warning("%s was destroyed: it may have held what was told", piece.name)
                    keyfiles.shred(piece)
    except OSError as error:
        raise files.trouble(error, "seal older days") from error
    return tuple(sorted(done))


def _clear(folder: Path) -> None:
    """Remove what an attempt that was cut off left. Raises OSError."""
    for left in (*folder.glob(f".*{SUFFIX}{_FORMER}"), *folder.glob(f".*{SUFFIX}{_NEW}")):
        if left.lstat().st_nlink > 1:
            left.unlink()  # Still the day's own file, under its second name.
        else:
            keyfiles.shred(left)


def days_open(folder: Path) -> list[date]:
    """The days that hold unsealed records. Raises Trouble."""
    try:
        return [day for day in days_in(folder) if _OPEN in (folder / f"{day}{SUFFIX}").read_bytes()]
    except OSError as error:
        raise files.trouble(error, "read older days") from error


def _seal_day(path: Path, day: date, keys: Keyring) -> bool:
    """Write one day anew where any of it is open. Records keep their numbers; damage was set aside before."""
    data = path.read_bytes()
    if _OPEN not in data:
        return False
    known: dict[tuple[str, str], Kept] = {}
    lines = []
    for item in scan(day, data):
        if isinstance(item, Record):
            body = _sealed(item.body, keys, known) if "content" in item.body else item.body
            lines.append(encode(day, item.sequence, item.kind, body))
    _take_place(path, b"".join(lines))
    return True


def _sealed(body: Mapping[str, Any], keys: Keyring, known: dict[tuple[str, str], Kept]) -> Mapping[str, Any]:
    """The body with its content sealed; a ticket's same content is sealed once. One that is damaged keeps
    its routing only: nobody could read it."""
    rest = {name: value for name, value in body.items() if name != "content"}
    try:
        ticket = ticket_from(body["routing"], content_from(body["content"]))
        named = ticket.id, repr(ticket.content)
        kept = known.get(named) or closed(keys, ticket, None, None)
        known[named] = kept
        return {**rest, **kept.parts()}
    except (KeyError, TypeError, ValueError, AttributeError):
        return {**rest, "sealed": None, "notes": []}


def _take_place(path: Path, data: bytes) -> None:
    """The new file in the old one's place, which is then overwritten. Raises OSError."""
    former = path.with_name(f".{path.name}{_FORMER}")
    beside = path.with_name(f".{path.name}{_NEW}")
    files.put(beside, data)
    former.hardlink_to(path)
    beside.replace(path)
    files.sync_folder(path.parent)
    keyfiles.shred(former)
    files.sync_folder(path.parent)
