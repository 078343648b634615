"""The events on this tablet: which there are, and which one a person or a process means."""

from __future__ import annotations

import fcntl
import logging
import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.app.events.records import EVENTS, FILE, WIPED
from kiosk.core.event import EVENT_MARK, Event, Unreadable, event_from, matching, unscanned
from kiosk.errors import Trouble
from kiosk.store import files, keyfiles
from kiosk.store.signing import signed_by

log = logging.getLogger(__name__)

IN_USE = ".in-use"


@dataclass(frozen=True)
class Running:
    """An event on this tablet."""

    event: Event
    line: str
    """As it was signed and scanned."""
    data: Path


def event_of(line: str) -> Event:
    """The event of a signed line. Raises Trouble: `trouble.event_unreadable`, `trouble.event_foreign`."""
    try:
        text, signature = unscanned(EVENT_MARK, line)
        event = event_from(text)
    except Unreadable as error:
        raise Trouble("trouble.event_unreadable", log=str(error)) from None
    if not signed_by(event.public, text, signature):
        raise Trouble("trouble.event_foreign", log="its signature is not its office's")
    return event


def read(folder: Path) -> Running:
    """The event of a data folder. Raises Trouble("trouble.event_unreadable")."""
    try:
        line = str((keyfiles.read(folder / FILE) or {})["event"])
    except (keyfiles.Spoiled, OSError, KeyError) as error:
        raise Trouble("trouble.event_unreadable", log=f"{FILE}: {type(error).__name__}") from None
    return Running(event_of(line), line, folder)


def running(data: Path) -> list[Running]:
    """The events on this tablet, oldest first; what cannot be read is left out and logged."""
    found = []
    for path in sorted((data / EVENTS).glob(f"*/{FILE}")):
        try:
            found.append(read(path.parent))
        except Trouble as trouble:
            log.warning("%s: %s", path.parent.name, trouble.log)
    return found


def find(data: Path, wanted: str) -> Running:
    """The event a person names: by id, name or a part of it; without a name the only one there is.

    Raises Trouble("trouble.event_unknown"), or `trouble.event_several` with what there is.
    """
    known = {one.event.id: one for one in running(data)}
    ids = matching({key: one.event for key, one in known.items()}, wanted) if wanted else list(known)
    if len(ids) == 1:
        return known[ids[0]]
    names = ", ".join(f"{one.event.id} {one.event.name}" for one in known.values())
    raise Trouble("trouble.event_several" if ids else "trouble.event_unknown", events=names or "-")


def hold(data: Path, *, alone: bool = False) -> int | None:
    """Mark an event's folder as in use by this process until it ends, or hold it alone; the handle.

    None where the folder is no event's. Raises Trouble("trouble.event_running") where it cannot be had, and,
    but to hold it alone, `trouble.event_half_wiped`: what is told to it from then on would go unread.
    """
    if not (data / FILE).exists():
        return None
    try:
        handle = os.open(data / IN_USE, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise files.trouble(error, "mark the event as in use") from error
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise Trouble("trouble.event_running", log="another process uses the event's folder") from None
    # Asked last: of an event that is being wiped the file that says somebody uses it may be a new one.
    if not alone and data.with_name(f"{data.name}{WIPED}").exists():
        os.close(handle)
        raise Trouble("trouble.event_half_wiped")
    return handle
