"""Writes a journal anew without some of its records: whenever the machine dies, the file is the new or the
old one, whose bytes are overwritten in the end. Under the folder's lock.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.store import files, keyfiles
from kiosk.store.erasing import erase_pieces
from kiosk.store.files import sync_folder
from kiosk.store.record import Record, encode, scan

ERASE = "erase"
"""Kind of the record that stands in a journal for a ticket erased from it."""


def erase_ticket(
    path: Path, day: date, ticket_id: str, number: str, issued: Mapping[str, int], sequence: int
) -> None:
    """Take a ticket out of its day's journal, and the day's damaged pieces with it: it may lie in them.

    The journal is written anew without it and takes the old one's place at once. One record stands for those
    that went: it holds id, number and day, so that it is not brought back from elsewhere, and `issued`, so
    that no number is given again. `sequence` is the highest in use. Under the store's lock. Raises Trouble.
    """
    try:
        _rewrite(path, day, lambda one: _id_in(one.body) == ticket_id, ticket_id, number, issued, sequence)
        erase_pieces(path.parent, day)
    except OSError as error:
        raise files.trouble(error, f"erase from {path.name}") from error


def compact(path: Path, day: date, newest: Collection[int], issued: Mapping[str, int], sequence: int) -> None:
    """Write a day's journal anew with its `newest` records, by sequence number, and those of erasures.

    A record like an erasure's that names no ticket stands for those that went; there is one of it. Where
    nothing in the file is damaged, under the store's lock. Raises Trouble.
    """

    def older(one: Record) -> bool:
        return not erased_in(one.body)[0] if one.kind == ERASE else one.sequence not in newest

    try:
        sweep(path)
        _rewrite(path, day, older, "", "", issued, sequence)
    except OSError as error:
        raise files.trouble(error, f"compact {path.name}") from error


def _rewrite(
    path: Path,
    day: date,
    unwanted: Callable[[Record], bool],
    ticket_id: str,
    number: str,
    issued: Mapping[str, int],
    sequence: int,
) -> None:
    """Write the journal anew, with one record in place of those unwanted. Raises OSError."""
    kept, last, dropped = _without(path, day, unwanted)
    dropped, last = dropped + max(0, sequence - last), max(sequence, last)
    body = {
        "erased": {"id": ticket_id, "number": number, "day": day.isoformat(), "state": "erased"},
        "dropped": dropped,
        "issued": dict(issued),
    }
    _replace(path, [*kept, encode(day, last + 1, ERASE, body)])


def drop(path: Path, day: date, unwanted: Callable[[Mapping[str, Any]], bool]) -> bool:
    """Write a journal anew without the records whose body is `unwanted`; whether there were any.

    Under the folder's lock. Raises OSError, and Trouble for what an earlier one left.
    """
    sweep(path)
    kept, _, dropped = _without(path, day, lambda one: unwanted(one.body))
    if dropped:
        _replace(path, kept)
    return bool(dropped)


def erased_in(body: Mapping[str, Any]) -> tuple[str, int, dict[str, int]]:
    """Of an ERASE record: the ticket's id, how many records went, the numbers given. Raises KeyError,
    TypeError, ValueError or AttributeError where it is not as written."""
    issued = {str(letter): int(count) for letter, count in body["issued"].items()}
    return str(body["erased"]["id"]), int(body["dropped"]), issued


def _id_in(body: Mapping[str, Any]) -> str:
    with suppress(KeyError, TypeError):
        return str(body["routing"]["id"])
    return ""


def _without(path: Path, day: date, unwanted: Callable[[Record], bool]) -> tuple[list[bytes], int, int]:
    """The lines to keep, the highest sequence number, and how many records are not kept: the unwanted, and
    those too damaged to tell."""
    lines, last, accounted = [], 0, 0
    for item in scan(day, _bytes_of(path)):
        if not isinstance(item, Record):
            last += item.records
            continue
        last = max(last, item.sequence)
        if unwanted(item):
            continue
        accounted += 1
        if item.kind == ERASE:
            with suppress(KeyError, TypeError, ValueError, AttributeError):
                accounted += erased_in(item.body)[1]
        lines.append(encode(day, item.sequence, item.kind, item.body))
    return lines, last, max(0, last - accounted)


def _bytes_of(path: Path) -> bytes:
    handle = files.open_file(path)
    try:
        return files.read_range(handle, 0, os.fstat(handle).st_size)
    finally:
        os.close(handle)


def _replace(path: Path, lines: list[bytes]) -> None:
    """The file is the new one or the old one, whenever the machine dies."""
    half = path.with_name(f".{path.name}.half")
    with suppress(FileNotFoundError):
        half.unlink()
    handle = files.create_file(half)
    try:
        files.write_all(handle, b"".join(lines))
        os.fsync(handle)
    finally:
        os.close(handle)
    former = _former(path)
    with suppress(FileNotFoundError):
        former.unlink()
    former.hardlink_to(path)
    half.replace(path)
    sync_folder(path.parent)
    # Its name is gone, and no process reads it any more: now its bytes go too, as far as the disk obeys.
    keyfiles.shred(former)
    sync_folder(path.parent)


def _former(path: Path) -> Path:
    return path.with_name(f".{path.name}.former")


def sweep(path: Path) -> None:
    """Destroy what a rewriting of the journal left when it was cut off. Raises Trouble."""
    former = _former(path)
    try:
        if former.lstat().st_nlink > 1:
            former.unlink()  # Still the journal itself, under a second name.
        else:
            keyfiles.shred(former)
        sync_folder(path.parent)
    except FileNotFoundError:
        return
    except OSError as error:
        raise files.trouble(error, f"sweep {former.name}") from error
