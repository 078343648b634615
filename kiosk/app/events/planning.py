"""At the office: an event is planned, with a file and a picture for each of its tablets."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.events.carried import carried_settings
from kiosk.app.events.picture import picture
from kiosk.app.events.records import OUTREACH, keep, kept, make
from kiosk.core.event import EVENT_MARK, Event, Unreadable, event_from, event_text, scanned, unscanned
from kiosk.core.waiting import UNSAVED_LETTER
from kiosk.errors import Trouble
from kiosk.store.packs import write_out
from kiosk.store.signing import sign

if TYPE_CHECKING:
    from kiosk.app.office import Office

log = logging.getLogger(__name__)

PORTABLE = "/dev/usb/lp0"
"""Where a portable printer is found on most tablets, by its cable."""


@dataclass(frozen=True)
class Plan:
    """What staff say about an event; `letters` one for each tablet."""

    name: str
    place: str
    day: date
    languages: tuple[str, ...]
    letters: tuple[str, ...]
    partners: tuple[str, ...] = ()
    printer: str = ""
    paper: int = 58


@dataclass(frozen=True)
class Prepared:
    """An event's file and picture for one tablet."""

    event: Event
    file: Path
    picture: Path


def prepare(office: Office, plan: Plan, out: Path) -> list[Prepared]:
    """A file and a picture for each tablet, in `out`; where one cannot be written, none.

    Raises Trouble: `trouble.event_unprotected` (without a passphrase the office's key may still change, and
    what a tablet seals to it would be lost), `trouble.keys_locked`, `trouble.event_letter`,
    `trouble.event_plan`, and what writing raises.
    """
    if not office.keys.protected:
        raise Trouble("trouble.event_unprotected")
    events = _planned(office, plan, office.keys.office().public)
    with ExitStack() as undone:
        made = [_put_out(office, event, out, undone) for event in events]
        undone.pop_all()
    return made


def _put_out(office: Office, event: Event, out: Path, undone: ExitStack) -> Prepared:
    """One tablet's files. Its letter is taken first: a file may be about whose process was killed."""
    text = event_text(event)
    line = scanned(EVENT_MARK, text, sign(office.keys.office(), text))
    stem = f"{event.id}-{event.letter}"
    record, written = office.data / OUTREACH / f"{stem}.json", list[Path]()
    undone.callback(_give_back, record, written)
    keep(record, {"event": line})
    one = Prepared(event, out / f"{stem}.toml", out / f"{stem}.png")
    make(out)
    for path, data in ((one.file, _toml(event, line).encode()), (one.picture, picture(office, event, line))):
        write_out(path, data)
        written.append(path)
    return one


def _give_back(record: Path, written: Sequence[Path]) -> None:
    """The letter of an event that could not be prepared whole can be given again, once no tablet can be
    started with it: files on a stick that is away keep it taken."""
    try:
        for path in written:
            path.unlink()
        record.unlink(missing_ok=True)
    except OSError as error:
        log.warning("%s stays taken: %s", record.stem, error.strerror)


def _planned(office: Office, plan: Plan, public: bytes) -> list[Event]:
    taken = {office.settings.kiosk.letter, UNSAVED_LETTER}
    taken |= {event.letter for event in prepared_at(office.data) if event.day == plan.day}
    for letter in plan.letters:
        if letter in taken:
            raise Trouble("trouble.event_letter", letter=letter)
        taken.add(letter)
    unknown = [tag for tag in plan.languages if tag not in office.languages]
    if unknown or not plan.letters:
        raise Trouble("trouble.event_plan", log=f"languages or letters: {unknown}")
    first = Event(
        id=f"{plan.day.isoformat()}-{secrets.token_hex(3)}",
        name=plan.name.strip(),
        place=plan.place.strip(),
        day=plan.day,
        languages=plan.languages or office.settings.kiosk.languages,
        letter=plan.letters[0],
        partners=plan.partners,
        printer=plan.printer,
        paper=plan.paper,
        office=carried_settings(office.settings.office, office.settings.database.site),
        public=public,
    )
    events = [replace(first, letter=letter) for letter in plan.letters]
    try:
        return [event_from(event_text(event)) for event in events]
    except Unreadable as error:
        raise Trouble("trouble.event_plan", log=str(error)) from None


def _toml(event: Event, line: str) -> str:
    """The file for a tablet. What counts is the signed line; the rest is for whoever opens the file."""
    told = {
        "出張相談会 / event": event.name,
        "場所 / place": event.place,
        "日 / day": event.day.isoformat(),
        "番号の文字 / letter": event.letter,
        "ことば / languages": " ".join(event.languages),
        "相談席 / partners": " ".join(event.partners) or "-",
        "プリンター / printer": f"{event.printer} {event.paper} mm" if event.printer else "-",
    }
    lines = [f"# {name}: {value}" for name, value in told.items()]
    lines.append("# タブレットで / on the tablet: madoguchi event start")
    lines.append("# 書きかえても変わりません / changing the lines above changes nothing: prepare it anew")
    return "\n".join([*lines, f'event = "{line}"', ""])


def prepared_at(data: Path) -> list[Event]:
    """The events this office prepared, one for each tablet, oldest first."""
    found = []
    for path in sorted((data / OUTREACH).glob("*.json")):
        with suppress(Unreadable):
            found.append(event_from(unscanned(EVENT_MARK, str(kept(path).get("event", "")))[0]))
    return found
