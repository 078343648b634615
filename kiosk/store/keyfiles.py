"""Small private files that hold keys: read whole, replaced whole, overwritten before they go."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kiosk.store import files

_LARGEST = 1 << 20
_OPEN = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


class Spoiled(Exception):
    """A file that is not as written here. Says nothing of what is in it."""


def read(path: Path) -> dict[str, Any] | None:
    """The JSON table of a file; None where there is none. Raises Spoiled, and OSError where a disk fails."""
    try:
        handle = os.open(path, os.O_RDONLY | _OPEN)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):  # a link or a socket in its place
            raise Spoiled from None
        raise
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Spoiled
        found = json.loads(files.read_range(handle, 0, min(os.fstat(handle).st_size, _LARGEST)))
    except (ValueError, RecursionError):
        raise Spoiled from None
    finally:
        os.close(handle)
    if not isinstance(found, dict):
        raise Spoiled
    return found


def write(path: Path, table: Mapping[str, Any]) -> None:
    """The file appears whole, on disk and for its owner only, or stays as it was. Raises OSError."""
    beside = path.with_name(f".{path.name}.part")
    with suppress(FileNotFoundError):
        beside.unlink()
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN, 0o600)
    try:
        try:
            files.write_all(handle, json.dumps(table, ensure_ascii=False).encode())
            os.fsync(handle)
        finally:
            os.close(handle)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            shred(beside)
        raise
    files.sync_folder(path.parent)


def shred(path: Path) -> None:
    """Overwrite a file, then remove it; nothing where there is none. Raises OSError.

    On flash the old bytes may outlive this, until their block is used again: what must be gone for certain
    is closed with a key that is gone.
    """
    try:
        handle = os.open(path, os.O_WRONLY | _OPEN)
    except FileNotFoundError:
        return
    except OSError:
        path.unlink()  # A link or a pipe: what it points to is not ours.
        return
    try:
        files.write_all(handle, os.urandom(os.fstat(handle).st_size))
        os.fsync(handle)
    finally:
        os.close(handle)
    path.unlink()


def mark(path: Path) -> tuple[int, int, int] | None:
    """What tells one version of a file from another, None where there is none: one system call."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
