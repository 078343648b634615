"""A backup put back, into a data folder that has nothing of what a backup holds: all of it, or nothing.

Everything is written and compared in `.restoring/` of the data folder first. Once the mark `whole` stands
there, what is left is to move it into its place; cut off then, the next try moves the rest.
"""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.backup import failed, names_in
from kiosk.app.backup_file import Backup, look_at, opened, take
from kiosk.errors import Trouble
from kiosk.store import files

if TYPE_CHECKING:
    from collections.abc import Iterable

BESIDE = ".restoring"
WHOLE = "whole"
GIVEN = 300
"""Numbers a letter that the former machine may have given today after the backup: a day of ten hours with
one every two minutes."""
_SHOWN = 3


def restore(path: Path, data: Path) -> Backup:
    """Put the backup `path` into `data`, which is made where it is missing. Raises Trouble; then nothing of
    it is there."""
    found = look_at(path)
    beside = data / BESIDE
    try:
        if not _is_staged(found, beside):
            _refuse_over(data)
            files.make_folder(data)
            shutil.rmtree(beside, ignore_errors=True)
            try:
                _stage(found, beside)
            except BaseException:
                shutil.rmtree(beside, ignore_errors=True)
                raise
        _move(beside, data)
    except OSError as error:
        raise failed(error) from error
    return found


def _refuse_over(data: Path) -> None:
    there = list(names_in(data)) if data.is_dir() else []
    if there or (data / "keys" / "office.open").exists():
        names = ", ".join(there[:_SHOWN]) or "keys/office.open"
        raise Trouble("trouble.restore_exists", path=str(data), names=names)


def _stage(found: Backup, beside: Path) -> None:
    files.make_folder(beside)
    folders = {beside}
    with opened(found.path) as (again, packed):
        for name in again.sums:
            target = beside / name
            files.make_folder(target.parent)
            folders |= {target.parent, *(up for up in target.parent.parents if up.is_relative_to(beside))}
            take(packed, again, name, target)
    if not found.database:
        # This machine's clock is not held against the former one's: what is due goes at the first start. With
        # a database a wrong clock would cost other machines' tickets too, and is waited for as ever.
        (beside / "store" / "clock.seen").unlink(missing_ok=True)
    folders.add(_leave_room(beside, database=found.database))
    _flush(folders)
    files.put(beside / WHOLE, _named(found))
    files.sync_folder(beside)


def _is_staged(found: Backup, beside: Path) -> bool:
    """Whether a former try came as far as moving this very backup into its place."""
    try:
        return (beside / WHOLE).read_bytes() == _named(found)
    except OSError:
        return False


def _named(found: Backup) -> bytes:
    return sha256(repr((found.made, sorted(found.sums.items()))).encode()).digest()


def _move(beside: Path, data: Path) -> None:
    """Each file into its place. The folders may be there, with no file of a backup in them."""
    moved = {data}
    for name in names_in(beside):
        target = data / name
        files.make_folder(target.parent)
        (beside / name).replace(target)
        moved.add(target.parent)
    _flush(moved)
    shutil.rmtree(beside)
    files.sync_folder(data)


def _leave_room(data: Path, *, database: bool) -> Path:
    """People may be waiting with numbers that the former machine gave after the backup. Answers the store's
    folder. Raises OSError, Trouble."""
    from kiosk.settings import load
    from kiosk.store.counts import counts_path, read_counts
    from kiosk.store.keys import Keyring
    from kiosk.store.outbox import leave_room
    from kiosk.store.tiny import TinyStore

    zone = load(data / "settings.toml")[0].office.zone
    today: date = datetime.now(zone).date()
    store = TinyStore(data / "store", letter="A", today=lambda: today, keys=Keyring(data / "keys"))
    try:
        store.leave_room(GIVEN)
    finally:
        store.close()
    if database:
        leave_room(store.folder, today, GIVEN, read_counts(store.folder, today).issued)
    handle = os.open(counts_path(store.folder, today), os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return store.folder


def _flush(folders: Iterable[Path]) -> None:
    for folder in folders:
        files.sync_folder(folder)
