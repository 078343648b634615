"""What the console says above its pages: a database that is away, the event, what staff are to mend."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime

from kiosk.app.installed import OWN
from kiosk.app.office import EVENT, Office
from kiosk.errors import Trouble
from kiosk.ui.counter.desk import Strip

log = logging.getLogger(__name__)


def database_trouble(office: Office) -> Trouble | None:
    """What is wrong with the office's database; None where there is none, or all is well."""
    found = getattr(office.store, "why", None)
    return found if isinstance(found, Trouble) else None


def of_database(office: Office, tongue: str = "ja") -> tuple[Strip, ...]:
    """That the database is away, and what it has not got yet."""
    if database_trouble(office) is None:
        return ()
    say = office.catalogue(tongue).text
    unsent = int(getattr(office.store, "unsent", 0))
    more = say("console.database.unsent", n=unsent) if unsent else ""
    return (Strip(f"{say('console.database.away')}{more}", "triangle-alert"),)


def of_settings(office: Office, tongue: str = "ja") -> tuple[Strip, ...]:
    """That other settings are used than those of the file, or that no numbers are given."""
    found = office.chosen_settings
    if found.trouble is None or not (found.since or found.unknown):
        return ()
    return (
        Strip(office.catalogue(tongue).text(found.trouble.key, **found.trouble.details), "triangle-alert"),
    )


def of_event(office: Office, tongue: str = "ja") -> tuple[Strip, ...]:
    """The outreach event of this data folder, and what of it no pack holds yet."""
    if not (office.data / EVENT).exists():
        return ()
    from kiosk.app.events import running, sealing

    say = office.catalogue(tongue).text
    try:
        at = running.read(office.data)
        left = sealing.unsealed(at, office)
    except Trouble as trouble:
        log.warning("the event cannot be told: %s", trouble)
        return ()
    event = at.event
    words = [say("console.strip.event", name=event.name, place=event.place, letter=event.letter)]
    packed = last_pack(office)
    if packed is not None:
        words.append(say("console.strip.event.pack", time=f"{packed:%H:%M}"))
    if left:
        words.append(say("console.strip.event.unpacked", n=left))
    elif packed is None:
        words.append(say("console.strip.event.none"))
    return (Strip("　".join(words), "tent", warm=bool(left)),)


def last_pack(office: Office) -> datetime | None:
    """When the newest pack was written."""
    from kiosk.app.events.records import PACKS

    with suppress(OSError):
        times = [path.stat().st_mtime for path in (office.data / PACKS).glob("*.json")]
        if times:
            return datetime.fromtimestamp(max(times), office.settings.office.zone)
    return None


def notices(office: Office, tongue: str = "ja") -> tuple[str, ...]:
    """Files of flows, words, directory and roster that staff are to mend, a sentence for each kind."""
    from kiosk.data.report import place
    from kiosk.data.roster import FILE

    say, since = office.catalogue(tongue).text, office.running_on
    own = {office.data / OWN: "console.flows.own", office.data / FILE: "console.flows.roster"}
    kinds: dict[str, list[str]] = {}
    for fault in office.faults_told:
        general = "console.flows.faulty" if since is None else "console.flows.former"
        kinds.setdefault(own.get(fault.file, general), []).append(place(fault))
    found = []
    for key, places in kinds.items():
        day = say("console.flows.date", month=since.month, day=since.day) if since else ""
        first, left = places[0], len(places) - 1
        where = "console.flows.where" if left else "console.flows.where.one"
        stop = say("console.stop")
        found.append(f"{say(key, day=day)}{stop}{say(where, place=first, n=left)}")
    return tuple(found)
