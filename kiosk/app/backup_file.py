"""The file of a backup: a zip with `manifest.json`, which says size and SHA-256 of every other file in it.
Read as a stranger's: a name leads nowhere else, and nothing is larger than it says."""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

from kiosk import VERSION
from kiosk.errors import Trouble
from kiosk.store.files import DAMAGED
from kiosk.store.office_keys import OPEN

FORMAT = 1
MANIFEST = "manifest.json"
SETTINGS = "settings.toml"
FOLDERS = ("store", "bookings", "statistics", "keys", "audit", "audit.late", "outreach")
"""In this order they are copied: a ticket's key is on the disk before the ticket, and the trail is last."""
FILES = (SETTINGS, "referrals.toml", "roster.toml", "statistics.toml", "models/quality.toml")
PIECE = 1 << 20
_PASSING = (".lock", ".half", ".part", ".former", ".sealed")
"""Endings of files that are being made or on their way out."""
_LARGEST_MANIFEST = 1 << 26
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)


@dataclass(frozen=True)
class Backup:
    """What a backup holds."""

    path: Path
    office: str
    made: str
    """When, in ISO form."""
    version: str
    """Of the program that made it."""
    database: bool
    """Whether the office's tickets lie in a database, and not in it."""
    sums: dict[str, tuple[int, str]]
    """Size and SHA-256 of each file."""

    @property
    def size(self) -> int:
        """Bytes of its files."""
        return sum(size for size, _ in self.sums.values())


def is_kept(name: str) -> bool:
    """Whether a backup holds a file of this name."""
    if name in FILES:
        return True
    parts = PurePosixPath(name).parts
    plain = "/".join(parts) == name and "\0" not in name and ".." not in parts
    passing = name.endswith(_PASSING) or parts[-1:] == (OPEN,) or DAMAGED in parts
    return plain and len(parts) > 1 and parts[0] in FOLDERS and not passing


def look_at(path: Path) -> Backup:
    """What a backup holds, once every byte of it was compared.

    Raises Trouble("trouble.backup_damaged"), Trouble("trouble.backup_newer") where a newer program made it.
    """
    with opened(path) as (found, packed):
        for name in found.sums:
            take(packed, found, name, None)
    return found


@contextmanager
def opened(path: Path) -> Iterator[tuple[Backup, zipfile.ZipFile]]:
    """A backup and what it says of itself. Raises Trouble, as `look_at` does."""
    try:
        packed = zipfile.ZipFile(path)
    except OSError as error:
        raise damaged(path, error.strerror or "unreadable") from error
    except _BROKEN as error:
        raise damaged(path, "no zip, or cut off") from error
    with packed:
        yield _described(path, packed), packed


def _described(path: Path, packed: zipfile.ZipFile) -> Backup:
    try:
        entry = packed.getinfo(MANIFEST)
        if entry.file_size > _LARGEST_MANIFEST:
            raise damaged(path, MANIFEST)
        table: dict[str, Any] = json.loads(packed.read(entry))
        version = str(table["version"])
        newer = int(table["madoguchi"]) > FORMAT or _order(version) > _order(VERSION)
        sums = {str(name): (int(size), str(told)) for name, (size, told) in table["files"].items()}
        found = Backup(
            path, str(table["office"]), str(table["made"]), version, table["database"] is True, sums
        )
    except (*_BROKEN, OSError, TypeError, AttributeError) as error:
        raise damaged(path, MANIFEST) from error
    if newer:
        raise Trouble("trouble.backup_newer", name=path.name, version=version, own=VERSION)
    if not all(map(is_kept, sums)) or sorted((*sums, MANIFEST)) != sorted(packed.namelist()):
        raise damaged(path, "its list of files")
    return found


def take(packed: zipfile.ZipFile, found: Backup, name: str, into: Path | None) -> None:
    """Compare one file of a backup and, where `into` says, write it: on the disk when this returns. Raises
    OSError where that fails, and Trouble."""
    size, told = found.sums[name]
    summed, seen = sha256(), 0
    target = new_file(into) if into is not None else None
    try:
        for piece in _pieces(packed, found, name):
            seen += len(piece)
            if seen > size:
                raise damaged(found.path, name)
            summed.update(piece)
            if target is not None:
                target.write(piece)
        if target is not None:
            target.flush()
            os.fsync(target.fileno())
    finally:
        if target is not None:
            target.close()
    if seen != size or summed.hexdigest() != told:
        raise damaged(found.path, name)


def _pieces(packed: zipfile.ZipFile, found: Backup, name: str) -> Iterator[bytes]:
    try:
        with packed.open(name) as source:
            while piece := source.read(PIECE):
                yield piece
    except OSError as error:
        raise damaged(found.path, error.strerror or name) from error
    except _BROKEN as error:
        raise damaged(found.path, name) from error


def new_file(path: Path) -> IO[bytes]:
    """A new file for its owner only. Raises OSError."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    return os.fdopen(handle, "w+b")


def _order(version: str) -> tuple[int, ...]:
    """Versions in their order. Raises ValueError."""
    return tuple(int(part) for part in version.split("."))


def damaged(path: Path, why: str) -> Trouble:
    return Trouble("trouble.backup_damaged", log=f"a backup: {why}", name=path.name, why=why)
