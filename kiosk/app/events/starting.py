"""On a tablet: an event is started in a data folder of its own."""

from __future__ import annotations

import logging
import os
import shutil
import tomllib
from pathlib import Path

from kiosk.app.events.carried import settings_of
from kiosk.app.events.records import EVENTS, FILE, WIPED
from kiosk.app.events.running import Running, event_of, read
from kiosk.core.event import EVENT_MARK, Event
from kiosk.errors import Trouble
from kiosk.store import files, keyfiles
from kiosk.store.keys import Keyring

log = logging.getLogger(__name__)


def start(data: Path, text: str) -> Running:
    """Make the event's data folder on this tablet; the same event once more changes nothing.

    `text`: the file's, or the scanned line. Raises Trouble: `trouble.event_unreadable`,
    `trouble.event_foreign` (signed by nobody, or for another office than this tablet's),
    `trouble.event_other_letter`, `trouble.event_wiped`, `trouble.store_failed`, `trouble.disk_full`.
    """
    line = _line_in(text)
    event = event_of(line)
    own = Keyring(data / "keys")
    if own.protected and own.public != event.public:
        raise Trouble("trouble.event_foreign", log="this data belongs to another office")
    try:
        for folder in (data, data / EVENTS):
            files.make_folder(folder)
        with files.alone_in(data / EVENTS):
            return _made(data, event, line)
    except OSError as error:
        raise files.trouble(error, "make the event's folder") from error


def _made(data: Path, event: Event, line: str) -> Running:
    """The event as it was started before, else its folder made now. Raises OSError and Trouble."""
    folder = data / EVENTS / event.id
    if (folder.parent / f"{event.id}{WIPED}").exists():
        raise Trouble("trouble.event_wiped")
    if folder.exists():
        known = read(folder)
        if known.event != event:
            raise Trouble("trouble.event_other_letter", letter=known.event.letter)
        return known
    _furnish(data, folder, event, line)
    log.info("event %s was started with letter %s", event.id, event.letter)
    return Running(event, line, folder)


def _line_in(text: str) -> str:
    text = text.lstrip("\ufeff").strip()
    if text.upper().startswith(EVENT_MARK):
        return text.split()[0].upper()
    try:
        return str(tomllib.loads(text)["event"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, RecursionError):
        raise Trouble("trouble.event_unreadable", log="neither a file nor a scanned line") from None


def _furnish(data: Path, folder: Path, event: Event, line: str) -> None:
    """The folder appears whole or not at all. Raises OSError and Trouble."""
    half = folder.with_name(f".{event.id}.half")
    shutil.rmtree(half, ignore_errors=True)
    files.make_folder(half)
    (half / "settings.toml").write_text(settings_of(event), encoding="utf-8")
    keyfiles.write(half / FILE, {"event": line})
    Keyring(half / "keys").keep_public(event.public)
    if (data / "referrals.toml").is_file():
        shutil.copy(data / "referrals.toml", half / "referrals.toml")
    if (data / "device").is_file():
        shutil.copy(data / "device", half / "device")
    # Models are large, the same for every event, and hold nothing of anybody.
    (data / "models").mkdir(mode=0o700, exist_ok=True)
    (half / "models").symlink_to(Path("..", "..", "models"), target_is_directory=True)
    for path in half.iterdir():
        if path.is_file():
            _sync(path)
    half.rename(folder)
    files.sync_folder(folder.parent)


def _sync(path: Path) -> None:
    """For its owner only, and on disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fchmod(handle, 0o600)
        os.fsync(handle)
    finally:
        os.close(handle)
