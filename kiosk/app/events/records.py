"""Where an event's files lie, and the small records of what was prepared, packed, and taken over."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kiosk.app.office import EVENT
from kiosk.errors import Trouble
from kiosk.store import files, keyfiles

EVENTS, OUTREACH, PACKS, FILE, WIPED = "events", "outreach", "packs", EVENT, ".wiped"


def make(out: Path) -> None:
    """The folder to write to. Raises Trouble("trouble.file_unwritten")."""
    try:
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Trouble("trouble.file_unwritten", log=f"{out.name}: {error.strerror}") from error


def keep(path: Path, table: Mapping[str, object]) -> None:
    """A small record of ours. Raises Trouble."""
    try:
        files.make_folder(path.parent)
        keyfiles.write(path, table)
    except OSError as error:
        raise files.trouble(error, f"keep {path.name}") from error


def kept(path: Path) -> dict[str, Any]:
    """A small record of ours; empty where there is none, or none that can be read."""
    with suppress(keyfiles.Spoiled, OSError):
        return keyfiles.read(path) or {}
    return {}
