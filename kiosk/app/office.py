"""An office as it lies on this machine: what is installed, and its tickets, keys, bookings, papers, trail."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kiosk.app.installed import Installed
from kiosk.errors import Trouble
from kiosk.paths import FLOWS, LANGUAGES

if TYPE_CHECKING:
    from kiosk.printing.printers import Printer
    from kiosk.store.audit import Audit
    from kiosk.store.bookings import Bookings
    from kiosk.store.keys import Keyring
    from kiosk.store.protocol import TicketStore
    from kiosk.store.rows import Rows

log = logging.getLogger(__name__)
Written = TypeVar("Written")
EVENT = "event.json"
"""A data folder with a file of this name is an outreach event's; see kiosk.app.events."""
DISASTER = "disaster"
"""A file of this name in the data folder puts the kiosks into disaster mode."""


class Office(Installed):
    """Everything is read or opened when first asked for, so that a command reads only what it needs."""

    def __init__(
        self, data: Path, letter: str = "", *, flows: Path = FLOWS, languages: Path = LANGUAGES
    ) -> None:
        """See Installed."""
        super().__init__(data, letter, flows, languages)
        self.staff = ""
        """Id of who works here, for the audit trail where a change does not say it itself."""
        self.in_use: int | None = None
        """Says to `event wipe` that a process has an event open, until the process ends."""

    def in_disaster(self) -> bool:
        """Whether staff switched this office's kiosks to disaster mode."""
        return (self.data / DISASTER).exists()

    def switch_disaster(self, on: bool, staff: str = "") -> None:
        """Switch every kiosk on this data to disaster mode, or back. Raises Trouble."""
        from kiosk.app.auditing import tell

        mark = self.data / DISASTER
        try:
            if on:
                mark.touch(mode=0o600)
            else:
                mark.unlink(missing_ok=True)
        except OSError as fault:
            raise Trouble("trouble.store_failed", log=f"disaster mode: {fault.strerror}") from fault
        log.info("disaster mode is %s", "on" if on else "off")
        tell(self, "disaster_on" if on else "disaster_off", staff=staff)

    @cached_property
    def store(self) -> TicketStore:
        from kiosk.store.tiny import TinyStore

        journal = TinyStore(
            self.data / "store",
            letter=self.settings.kiosk.letter,
            today=self.today,
            device=self.data / "device",
            keys=self.keys,
            site=self.settings.database.site,
        )
        journal.refuses = self.no_numbers
        if self.settings.database.url:
            from kiosk.app.database import joined

            found = joined(self, journal)
            found.refuses = self.no_numbers
            return found
        return journal

    @property
    def no_numbers(self) -> Trouble | None:
        """Why this machine must not give numbers; None where it may."""
        return self.chosen_settings.trouble if self.chosen_settings.unknown else None

    @cached_property
    def keys(self) -> Keyring:
        """The keys that what is told is sealed with."""
        from kiosk.store.keys import Keyring

        return Keyring(self.data / "keys")

    @property
    def locked(self) -> bool:
        """Whether this process must ask for the passphrase before it can show what was told."""
        return self.keys.locked

    @property
    def device(self) -> str:
        """This machine's own id, eight hex digits."""
        from kiosk.store.device import device_id

        return device_id(self.data / "device", lambda fault: log.warning("%s: %s", fault.file, fault.key))

    @cached_property
    def audit(self) -> Audit:
        """Who did what with which ticket; see kiosk.app.auditing."""
        from kiosk.store.audit import Audit

        return Audit(self.data / "audit", device=self.data / "device")

    @cached_property
    def rows(self) -> Rows:
        """What stays of erased tickets, without whose they were."""
        from kiosk.store.rows import Rows

        return Rows(self.data / "statistics")

    @cached_property
    def bookings(self) -> Bookings:
        """Places with specialists that are taken; see kiosk.app.booking."""
        from kiosk.store.bookings import Bookings

        return Bookings(self.data / "bookings")

    def printer(self) -> Printer:
        from kiosk.printing.printers import printer_for

        printing = self.settings.printing
        return printer_for(printing.kind, printing.target, self._slips, self.today())

    @property
    def slip_folders(self) -> tuple[Path, ...]:
        """Where slips, letters and daily reports may lie, those of former settings too."""
        return tuple({self._slips, self.data / "slips", self.letters, self.saved_reports})

    @property
    def saved_reports(self) -> Path:
        """Where the console saves reports; daily ones, which tell every case, in a folder for their day. Not
        `reports/`, where the counts of past days lie sealed."""
        return self.data / "saved-reports"

    @property
    def letters(self) -> Path:
        """Where letters and handover cards lie as PDF, a folder for each ticket's day."""
        return self.data / "letters"

    @property
    def _slips(self) -> Path:
        """Where the file printer's slips lie, a folder for each day."""
        printing = self.settings.printing
        named = printing.target if printing.kind == "file" else ""
        return Path(named).expanduser() if named else self.data / "slips"

    def erase_old(self) -> tuple[date, ...]:
        """Delete tickets, bookings and slips of days kept longer than the notice promises; the days that
        went. Raises Trouble."""
        from kiosk.app.erasure import run_daily

        if self.chosen_settings.days_unknown:
            log.error("nothing is erased while it is not known how many days the office keeps tickets")
            return ()
        return run_daily(self)

    @property
    def speech_folder(self) -> Path:
        return self.data / "models" / "speech"

    @property
    def translation_folder(self) -> Path:
        return self.data / "models" / "translation"


@lru_cache(maxsize=4096)
def is_holiday(day: date) -> bool:
    """Japanese public holidays, and 29 December to 3 January, when offices close by law (行政機関の休日)."""
    import jpholiday

    if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
        return True
    return bool(jpholiday.is_holiday(day))


def kept(store: TicketStore, write: Callable[[], Written]) -> Written:
    """What `write` answers, tried once more where the store failed. Raises Trouble.

    After a failed write the store refuses until its files are opened anew, which is done here.
    """
    try:
        return write()
    except Trouble as trouble:
        if trouble.key not in ("trouble.store_failed", "trouble.disk_full"):
            raise
        log.warning("the store is opened anew: %s", trouble)
        store.close()
        if trouble.key == "trouble.disk_full":
            raise
        return write()


def open_data(data: Path, letter: str = "") -> Office:
    """The office kept in `data`; the folder is made where it is missing. Raises Trouble.

    `letter` begins this device's numbers instead of the settings' one.
    """
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        raise Trouble("trouble.store_failed", log=f"no data folder: {fault.strerror}") from fault
    office = Office(data, letter)
    if (data / EVENT).exists():
        from kiosk.app.events.running import hold

        office.in_use = hold(data)
    return office
