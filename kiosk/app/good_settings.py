"""The settings a program runs on: those of settings.toml, or the last ones that could be read.

A kiosk that went on with defaults would give numbers of the letter A, as another one does, and put its
tickets where nobody looks for them. So each file without a fault is kept beside it, in `settings.good`, and
used while the file is not right, is empty (a power cut leaves that) or is gone. Where none was ever kept and
what is wrong says the letter or the database, no numbers are given.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import Trouble
from kiosk.settings import FILE, Settings, SettingsFault, load, parse
from kiosk.store import keyfiles
from kiosk.store.files import alone_in
from kiosk.store.keyfiles import Spoiled

if TYPE_CHECKING:
    from collections.abc import Collection

log = logging.getLogger(__name__)

GOOD = "settings.good"
LETTER = ("kiosk", "kiosk.letter")
_NEEDED = (FILE, *LETTER, "database", "database.url", "database.site")
"""Where one of these is wrong, nobody knows whose numbers this machine would give, or to whom."""
SHOWN = 3
"""So many faults are named in one sentence; `check` lists all."""
_GONE = "it is missing or empty; put it back, or one that says only [office] for the usual values"


@dataclass(frozen=True)
class Chosen:
    """What a program runs on."""

    settings: Settings
    faults: tuple[SettingsFault, ...] = ()
    since: date | None = None
    """The day these settings were kept, where the file is not right; None where they are the file's."""
    gone: bool = False
    """Whether there is no file any more, or nothing in it."""
    unknown: bool = False
    """Whether the letter or the database is not known."""

    @property
    def days_unknown(self) -> bool:
        """Whether it is not known how many days the office keeps tickets."""
        return self.since is None and any(
            fault.key in (FILE, "office", "office.keep_days") for fault in self.faults
        )

    @property
    def where(self) -> str:
        """The file with its lines and settings that are not right: the first few, for a strip."""
        more = " …" if len(self.faults) > SHOWN else ""
        return ", ".join(fault.where for fault in self.faults[:SHOWN]) + more

    @property
    def trouble(self) -> Trouble | None:
        """What staff are told; None where all is well."""
        if not self.faults:
            return None
        if self.unknown:
            return Trouble("trouble.settings_unknown", where=self.where)
        if self.since is None:
            return Trouble("trouble.settings", keys=self.where)
        if self.gone:
            return Trouble("trouble.settings_gone", day=self.since.isoformat())
        return Trouble("trouble.settings_former", where=self.where, day=self.since.isoformat())


def choose(data: Path, *, letter: str = "") -> Chosen:
    """The settings of a data folder. `letter`: this device's, where it is known without them. Writes
    nothing, and never raises."""
    content = _content(data)
    settings, faults = load(data / FILE) if content is None else parse(content)
    gone = not faults and not (content or b"").strip()
    if not faults and not gone:
        return Chosen(settings)
    kept = _kept(data)
    if kept is None:
        return Chosen(settings, faults, unknown=_unknown(faults, letter))
    former, wrong, since = kept
    told = (SettingsFault(FILE, _GONE),) if gone else faults
    return Chosen(former, told, since, gone, _unknown(wrong, letter))


def keep(data: Path, now: datetime) -> None:
    """Keep the file where nothing is wrong with it and it is another one than was kept. That it failed is
    logged only."""
    try:
        if _news(data) is None:
            return
        with alone_in(data):
            # Another process may just have kept it, or the file may be a newer one than this program read.
            text = _news(data)
            if text is not None:
                keyfiles.write(data / GOOD, {"since": now.date().isoformat(), "text": text})
    except OSError as fault:
        log.warning("settings: no copy of them is kept: %s", fault.strerror)


def _news(data: Path) -> str | None:
    """What the file says, where it is right and is not what was kept."""
    content = _content(data)
    if content is None or not content.strip() or parse(content)[1]:
        return None
    text = content.decode()
    with suppress(Spoiled, OSError):
        table = keyfiles.read(data / GOOD)
        if table is not None and table.get("text") == text:
            return None
    return text


def _content(data: Path) -> bytes | None:
    try:
        return (data / FILE).read_bytes()
    except OSError:
        return None


def _kept(data: Path) -> tuple[Settings, tuple[SettingsFault, ...], date] | None:
    """The last settings without a fault, what this program finds wrong in them, and when they were kept."""
    try:
        table = keyfiles.read(data / GOOD)
        if table is None:
            return None
        settings, faults = parse(str(table["text"]).encode())
        return settings, faults, date.fromisoformat(table["since"])
    except (Spoiled, OSError, KeyError, TypeError, ValueError) as wrong:
        log.error("settings: the last good ones cannot be read: %s", type(wrong).__name__)
        return None


def _unknown(faults: Collection[SettingsFault], letter: str) -> bool:
    needed = [key for key in _NEEDED if not (letter and key in LETTER)]
    return any(fault.key in needed for fault in faults)
