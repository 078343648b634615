"""Where a console stands: where it may send, what it is called, and what was chosen at it last."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from kiosk.app.office import EVENT, Office
from kiosk.store import files
from kiosk.ui.counter.place import PARTNER, Place
from kiosk.ui.counter.tongue import TONGUES

log = logging.getLogger(__name__)

FILE = "consoles.json"
"""What was chosen at each counter, in the data folder: languages, specialists, the console's language."""


def desks(office: Office, counter: str, tongue: str = "ja") -> tuple[tuple[str, str], ...]:
    """Where a transfer may go from this counter: any counter, the others, the office's own desks, the
    specialists of its roster, and the desks of other towns."""
    say = office.catalogue(tongue).text
    own = office.settings.office
    others = [str(n) for n in range(1, own.counters + 1) if str(n) != counter]
    numbered = tuple((n, say("console.transfer.counter", n=n)) for n in others)
    named = tuple((desk, desk) for desk in own.desks if desk != counter)
    expected = tuple((one.lane, one.name(tongue, say)) for one in office.roster.specialists)
    away = tuple((f"{PARTNER}{name}", name) for name in own.partners)
    return (("", say("console.transfer.any")), *numbered, *named, *expected, *away)


def lanes_of(office: Office, specialists: Collection[str] = ()) -> tuple[str, ...]:
    """Lanes called from besides the counter's own: those of the specialists who sit there; at an outreach
    event, where partners' tables are the counters, the general queue."""
    general = ("",) if (office.data / EVENT).exists() else ()
    return (*general, *(one.lane for one in office.roster.specialists if one.id in specialists))


def told(office: Office, place: Place) -> Place:
    """The place with what follows from its counter, its specialists and its language."""
    lanes = lanes_of(office, place.specialists)
    return replace(place, lanes=lanes, desks=desks(office, place.counter, place.tongue))


def chosen(office: Office, counter: str) -> dict[str, Any]:
    """What was last chosen at a counter: `languages`, `specialists`, `tongue`, as far as they are still
    there."""
    kept = _read(office).get(counter)
    if not isinstance(kept, dict):
        return {}
    known = {
        "languages": set(office.languages),
        "specialists": {one.id for one in office.roster.specialists},
    }
    found: dict[str, Any] = {}
    for key, names in known.items():
        if isinstance(kept.get(key), list):
            found[key] = tuple(name for name in kept[key] if name in names)
    if kept.get("tongue") in TONGUES:
        found["tongue"] = kept["tongue"]
    return found


def keep(office: Office, place: Place) -> None:
    """Remember what is chosen at the place. Where that cannot be written it holds until the console closes,
    which the log says."""
    chosen_here = {
        "languages": sorted(place.languages),
        "specialists": sorted(place.specialists),
        "tongue": place.tongue,
    }
    try:
        with files.alone_in(office.data):  # Another counter's console may be at it too.
            every = {**_read(office), place.counter: chosen_here}
            files.put_whole(office.data / FILE, json.dumps(every, ensure_ascii=False, indent=1).encode())
    except OSError as fault:
        log.warning("%s cannot be written: %s", FILE, fault.strerror)


def _read(office: Office) -> dict[str, Any]:
    try:
        found = json.loads((office.data / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as fault:
        log.warning("%s cannot be read and is begun anew: %s", FILE, type(fault).__name__)
        return {}
    return found if isinstance(found, dict) else {}
