"""Outreach events: prepared at the office, started on a tablet, each in a data folder of its own there.

At the office `outreach/` keeps what was prepared and what came back. On a tablet `events/<id>/` is a whole
data folder: settings, the office's public key, and everything of the day; wiping it leaves nothing but its
mark, so that its numbers are not given twice.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import secrets
import shutil
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.office import EVENT
from kiosk.core.event import EVENT_MARK, PAPER, Event, Unreadable, event_from, event_text, matching, unscanned
from kiosk.core.event import scanned as as_scanned
from kiosk.core.waiting import UNSAVED_LETTER
from kiosk.errors import Trouble
from kiosk.settings import Office as OfficeSettings
from kiosk.store import files, keyfiles
from kiosk.store.keys import Keyring
from kiosk.store.packs import write_out
from kiosk.store.signing import sign, signed_by

if TYPE_CHECKING:
    from kiosk.app.office import Office

log = logging.getLogger(__name__)

EVENTS, OUTREACH, FILE, WIPED, IN_USE = "events", "outreach", EVENT, ".wiped", ".in-use"
PORTABLE = "/dev/usb/lp0"
"""Where a portable printer is found on most tablets, by its cable."""
_NOT_CARRIED = ("desks", "counters")
"""Settings of the office that an event has its own of."""
_SITE = "site"
"""Among the settings carried, the one that belongs to the table of the database."""


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


@dataclass(frozen=True)
class Running:
    """An event on this tablet."""

    event: Event
    line: str
    """As it was signed and scanned."""
    data: Path


def prepare(office: Office, plan: Plan, out: Path) -> list[Prepared]:
    """A file and a picture for each tablet, in `out`.

    Raises Trouble: `trouble.event_unprotected` (without a passphrase the office's key may still change, and
    what a tablet seals to it would be lost), `trouble.keys_locked`, `trouble.event_letter`,
    `trouble.event_plan`, and what writing raises.
    """
    if not office.keys.protected:
        raise Trouble("trouble.event_unprotected")
    private = office.keys.office()
    events = _planned(office, plan, private.public)
    made = []
    for event in events:
        text = event_text(event)
        line = as_scanned(EVENT_MARK, text, sign(private, text))
        stem = f"{event.id}-{event.letter}"
        one = Prepared(event, out / f"{stem}.toml", out / f"{stem}.png")
        make(out)
        write_out(one.file, _toml(event, line).encode())
        write_out(one.picture, picture(office, event, line))
        keep(office.data / OUTREACH / f"{stem}.json", {"event": line})
        made.append(one)
    return made


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
        office=_carried_settings(office.settings.office, office.settings.database.site),
        public=public,
    )
    events = [replace(first, letter=letter) for letter in plan.letters]
    try:
        return [event_from(event_text(event)) for event in events]
    except Unreadable as error:
        raise Trouble("trouble.event_plan", log=str(error)) from None


def _carried_settings(settings: OfficeSettings, site: str) -> tuple[tuple[str, str | int], ...]:
    """The office's name, prefecture and so on, where they are not as shipped, and its site."""
    shipped = OfficeSettings()
    named = [one.name for one in fields(settings) if one.name not in _NOT_CARRIED]
    told = [(name, getattr(settings, name)) for name in named]
    carried = tuple(
        (name, value)
        for name, value in told
        if isinstance(value, str | int) and value != getattr(shipped, name)
    )
    return (*carried, (_SITE, site)) if site else carried


def site_of(event: Event) -> str:
    """The site of the office that prepared it, which its tickets are counted at; empty where it has none."""
    return str(dict(event.office).get(_SITE, ""))


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


def picture(office: Office, event: Event, line: str, title: str = "準備 / event") -> bytes:
    """A page for the tablet's hand scanner: what it is and whose, and the line as a QR code; a PNG."""
    from io import BytesIO

    from kiosk.printing.roll import Roll

    page = Roll(office.typesetter, 1152)
    page.text(title, "ja", size=22, centre=True)
    page.text(event.name, "ja", size=30, bold=True, centre=True)
    page.text(f"{event.day}  {event.place}".strip(), "ja", size=22, centre=True)
    page.space(14)
    page.number(event.letter)
    page.space(20)
    page.qr(line, 5)
    written = BytesIO()
    page.finish().save(written, "PNG")
    return written.getvalue()


def prepared_at(data: Path) -> list[Event]:
    """The events this office prepared, one for each tablet, oldest first."""
    found = []
    for path in sorted((data / OUTREACH).glob("*.json")):
        with suppress(keyfiles.Spoiled, OSError, KeyError, TypeError, Unreadable):
            table = keyfiles.read(path) or {}
            found.append(event_from(unscanned(EVENT_MARK, str(table["event"]))[0]))
    return found


def start(data: Path, text: str) -> Running:
    """Make the event's data folder on this tablet; the same event once more changes nothing.

    `text`: the file's, or the scanned line. Raises Trouble: `trouble.event_unreadable`,
    `trouble.event_foreign` (signed by nobody, or for another office than this tablet's),
    `trouble.event_other_letter`, `trouble.event_wiped`, `trouble.store_failed`, `trouble.disk_full`.
    """
    line = _line_in(text)
    event = _signed(line)
    own = Keyring(data / "keys")
    if own.protected and own.public != event.public:
        raise Trouble("trouble.event_foreign", log="this data belongs to another office")
    folder = data / EVENTS / event.id
    if (folder.parent / f"{event.id}{WIPED}").exists():
        raise Trouble("trouble.event_wiped")
    if folder.exists():
        known = read(folder)
        if known.event != event:
            raise Trouble("trouble.event_other_letter", letter=known.event.letter)
        return known
    try:
        _furnish(data, folder, event, line)
    except OSError as error:
        raise files.trouble(error, "make the event's folder") from error
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


def _signed(line: str) -> Event:
    try:
        text, signature = unscanned(EVENT_MARK, line)
        event = event_from(text)
    except Unreadable as error:
        raise Trouble("trouble.event_unreadable", log=str(error)) from None
    if not signed_by(event.public, text, signature):
        raise Trouble("trouble.event_foreign", log="its signature is not its office's")
    return event


def _furnish(data: Path, folder: Path, event: Event, line: str) -> None:
    """The folder appears whole or not at all. Raises OSError and Trouble."""
    half = folder.with_name(f".{event.id}.half")
    shutil.rmtree(half, ignore_errors=True)
    files.make_folder(data)
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


def settings_of(event: Event) -> str:
    """The event's settings.toml: the office's own, with the event's letter, languages, desks and printer."""
    carried = {name: value for name, value in event.office if name != _SITE}
    office = {**carried, "desks": list(event.partners), "counters": max(1, len(event.partners))}
    kind = (
        "none" if not event.printer else "escpos-network" if _is_address(event.printer) else "escpos-device"
    )
    tables: Mapping[str, Mapping[str, object]] = {
        "office": office,
        "kiosk": {"letter": event.letter, "languages": list(event.languages)},
        "printing": {"kind": kind, "target": event.printer, "width_dots": PAPER[event.paper]},
        "database": {"site": site_of(event)},
    }
    lines = []
    for name, table in tables.items():
        lines.append(f"[{name}]")
        # JSON's strings, numbers and lists of them are TOML's as well.
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in table.items()]
    return "\n".join([*lines, ""])


def _is_address(printer: str) -> bool:
    return not printer.startswith("/") and ":" in printer


def read(folder: Path) -> Running:
    """The event of a data folder. Raises Trouble("trouble.event_unreadable")."""
    try:
        line = str((keyfiles.read(folder / FILE) or {})["event"])
    except (keyfiles.Spoiled, OSError, KeyError) as error:
        raise Trouble("trouble.event_unreadable", log=f"{FILE}: {type(error).__name__}") from None
    return Running(_signed(line), line, folder)


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

    None where the folder is no event's. Raises Trouble("trouble.event_running") where it cannot be had.
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
    return handle


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
