"""Small private files that hold keys: read whole, replaced whole, overwritten before they go."""

from __future__ import annotations

import errno
import json
import os
import stat
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kiosk.store import files

_LARGEST = 1 << 20
_CHECK = "check"
"""Member of the table with a hash of the others: a flipped bit must not pass for another ticket's id."""
_OPEN = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


class Spoiled(Exception):
    """A file that is not as written here. Says nothing of what is in it."""


def read(path: Path) -> dict[str, Any] | None:
    """The JSON table of a file; None where there is none. Raises Spoiled, and OSError where a disk fails.

    One without its check is from before there were checks, and taken as it is.
    """
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
    check = found.pop(_CHECK, None)
    if check is not None and check != _check(found):
        raise Spoiled
    return found


def write(path: Path, table: Mapping[str, Any]) -> None:
    """The file appears whole, on disk and for its owner only, or stays as it was. Raises OSError."""
    text = json.dumps({**table, _CHECK: _check(table)}, ensure_ascii=False)
    files.put_whole(path, text.encode(), drop=_shred)


def _check(table: Mapping[str, Any]) -> str:
    text = json.dumps(table, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=8).hexdigest()


def shred(path: Path) -> None:
    """Overwrite a file, then remove it, and what a killed process left half written of it; nothing where
    there is none. Raises OSError.

    On flash the old bytes may outlive this, until their block is used again: what must be gone for certain
    is closed with a key that is gone.
    """
    with suppress(FileNotFoundError, NotADirectoryError), files.alone_in(path.parent):
        _shred(files.half_of(path))
        _shred(path)


def _shred(path: Path) -> None:
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
    path.unlink(missing_ok=True)


def mark(path: Path) -> tuple[int, int, int] | None:
    """What tells one version of a file from another, None where there is none: one system call."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def text_of(data: bytes) -> str:
    """Bytes as they stand in a table."""
    return b64encode(data).decode()


def data_of(text: Any) -> bytes:
    """The bytes of `text_of`. Raises TypeError or ValueError where it is none."""
    if not isinstance(text, str):
        raise TypeError("no text")
    return b64decode(text, validate=True)
