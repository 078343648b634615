"""Where models lie in a data folder, and moving them there whole."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import Trouble
from kiosk.store.files import Lock, make_folder, sync_folder

_EXCHANGE = 2
_AT_FDCWD = -100
RESERVE = 200_000_000
"""Bytes left free on the disk: tickets must still find room while models come."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True)
class Places:
    """The folders of one data folder."""

    data: Path

    @property
    def models(self) -> Path:
        return self.data / "models"

    @property
    def speech(self) -> Path:
        return self.models / "speech"

    @property
    def translation(self) -> Path:
        return self.models / "translation"

    @property
    def partial(self) -> Path:
        """Downloads not yet whole, and what is being unpacked. On the same disk as the models."""
        return self.models / "partial"

    @property
    def newer(self) -> Path:
        """What `models refresh` wrote: over the shipped catalogue."""
        return self.models / "catalog.toml"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One process at a time changes models. Raises Trouble("trouble.library_busy")."""
        try:
            make_folder(self.partial)
            held = Lock(self.partial).hold(0)
            held.__enter__()
        except Trouble as busy:
            key = "trouble.library_busy" if busy.key == "trouble.store_busy" else busy.key
            raise Trouble(key, log=busy.log) from busy
        except OSError as error:
            raise trouble(error, "models folder") from error
        try:
            yield
        finally:
            held.__exit__(None, None, None)

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """A folder to unpack into; it and what a killed process left behind are gone afterwards.

        Only under the lock.
        """
        for left in self.partial.glob(".new-*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=".new-", dir=self.partial))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def need_room(folder: Path, wanted: int) -> None:
    """Raise Trouble("trouble.library_space") unless `wanted` bytes fit and the reserve stays."""
    free = shutil.disk_usage(folder).free
    if free < wanted + RESERVE:
        raise Trouble(
            "trouble.library_space",
            log=f"{wanted} bytes wanted, {free} free",
            need=megabytes(wanted + RESERVE),
            free=megabytes(free),
        )


def megabytes(amount: int) -> int:
    """Rounded up, so that something is never 0."""
    return -(-amount // 1_000_000)


def trouble(error: OSError, doing: str) -> Trouble:
    """What is told about a disk that refused."""
    name = errno.errorcode.get(error.errno or 0, type(error).__name__)
    key = "trouble.library_full" if error.errno in FULL else "trouble.library_disk"
    return Trouble(key, log=f"{doing}: {name}")


def settle(folder: Path) -> None:
    """Have every file and name below on disk: a power cut after the move must not leave zeros.

    Raises OSError.
    """
    for path in folder.rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        elif path.is_dir():
            sync_folder(path)
    sync_folder(folder)


def put_in_place(new: Path, place: Path) -> None:
    """Move a finished folder to its place; at every moment the old one or the new one stands there.

    Raises OSError.
    """
    settle(new)
    make_folder(place.parent)
    if not place.exists():
        new.rename(place)
    elif not _exchange(new, place):
        # No atomic exchange on this disk: the old one steps aside and is back if the new one cannot follow.
        aside = place.with_name(f".{place.name}.old")
        shutil.rmtree(aside, ignore_errors=True)
        place.rename(aside)
        try:
            new.rename(place)
        except OSError:
            aside.rename(place)
            raise
        shutil.rmtree(aside, ignore_errors=True)
    sync_folder(place.parent)


def bring_back(folder: Path) -> None:
    """Put back what a power cut left aside in the middle of `put_in_place`."""
    if not folder.is_dir():
        return
    for aside in folder.glob(".*.old"):
        place = aside.with_name(aside.name[1 : -len(".old")])
        if place.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            with suppress(OSError):
                aside.rename(place)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step, where kernel and disk can."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    names = (os.fsencode(one), os.fsencode(other))
    return bool(call(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE) == 0)


def leave(place: Path, staging: Path) -> None:
    """Take a folder away in one step; its bytes go with the staging folder. Raises OSError."""
    place.rename(staging / place.name)
    sync_folder(place.parent)
