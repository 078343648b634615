"""This machine's own id, in every stamp it makes: eight hex digits in a file, made once.

    5e0c91af 3b1c    the id, and a check of it

A flipped bit must not make it another machine's.
"""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from kiosk.core.clock import DEVICE
from kiosk.store import files
from kiosk.store.protocol import Fault

log = logging.getLogger(__name__)

NAME = "device"
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


def device_id(path: Path, report: Callable[[Fault], None]) -> str:
    """The id kept in `path`, made where there is none yet.

    What is no id there is moved to `damaged/` beside it and reported, and a new one made: stamps stay unique,
    and those of the old id stay what they are. Where the disk gives or takes none, which is reported too, the
    id holds until this process ends. Never raises.
    """
    try:
        files.make_folder(path.parent)
        with files.alone_in(path.parent):
            return _kept(path, report) or _made(path)
    except OSError as error:
        log.error("%s", files.trouble(error, "keep the device's id").log)
        report(Fault("trouble.device_unkept", path.name, ""))
        return _new()


def _kept(path: Path, report: Callable[[Fault], None]) -> str:
    """The id in the file; empty where there is no file, or none any more. Raises OSError."""
    if not os.path.lexists(path):
        return ""
    if path.is_file() and not path.is_symlink():
        handle = os.open(path, _READ)
        try:
            text = files.read_range(handle, 0, 64).decode("ascii", "replace")
        finally:
            os.close(handle)
        # One without a check is from before there were checks.
        if DEVICE.fullmatch(text[:8]) and text[8:] in ("\n", f" {_check(text[:8])}\n"):
            return text[:8]
    copy = files.move_aside(path)
    report(Fault("trouble.device_replaced", path.name, "", copy))
    return ""


def _made(path: Path) -> str:
    """A new id, on disk under its name when this returns. Raises OSError."""
    made, half = _new(), path.with_name(f".{path.name}.half")
    with suppress(FileNotFoundError):
        half.unlink()
    handle = files.create_file(half)
    try:
        files.write_all(handle, f"{made} {_check(made)}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    half.rename(path)
    files.sync_folder(path.parent)
    return made


def _check(device: str) -> str:
    return blake2b(device.encode(), digest_size=2).hexdigest()


def _new() -> str:
    return secrets.token_hex(4)
