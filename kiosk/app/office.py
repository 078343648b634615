"""An office as it lies on this machine: its settings, languages, words, flows, directory and tickets."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kiosk.core.directory import Directory, Service
from kiosk.core.flow import Flow, Topic
from kiosk.core.language import Language
from kiosk.data.catalogue import Catalogue
from kiosk.errors import Trouble
from kiosk.paths import FLOWS, LANGUAGES
from kiosk.settings import Settings, SettingsFault, load

if TYPE_CHECKING:
    from kiosk.core.guide import Guide
    from kiosk.core.roster import Roster
    from kiosk.data.good import Version
    from kiosk.data.languages import Fault
    from kiosk.data.referrals import Referrals
    from kiosk.data.roster import RosterFile
    from kiosk.data.statistics import Plan
    from kiosk.printing.printers import Printer
    from kiosk.store.audit import Audit
    from kiosk.store.bookings import Bookings
    from kiosk.store.keys import Keyring
    from kiosk.store.protocol import TicketStore
    from kiosk.store.rows import Rows
    from kiosk.text.typesetter import Typesetter

log = logging.getLogger(__name__)
Written = TypeVar("Written")
OWN = "referrals.toml"
"""The office's own rows of the directory, in its data folder."""
EVENT = "event.json"
"""A data folder with a file of this name is an outreach event's; see kiosk.app.events."""
DISASTER = "disaster"
"""A file of this name in the data folder puts the kiosks into disaster mode."""


class Office:
    """Everything is read when first asked for, so that a command reads only what it needs."""

    def __init__(
        self, data: Path, letter: str = "", *, flows: Path = FLOWS, languages: Path = LANGUAGES
    ) -> None:
        """`letter` begins this device's numbers; empty where the settings say it. `flows` and `languages`:
        what is installed, which staff may edit."""
        self.data = data
        self._letter = letter
        self._flows, self._languages = flows, languages
        self._catalogues: dict[str, Catalogue] = {}
        self.staff = ""
        """Id of who works here, for the audit trail where a change does not say it itself."""
        self.in_use: int | None = None
        """Says to `event wipe` that a process has an event open, until the process ends."""

    @cached_property
    def _loaded(self) -> tuple[Settings, tuple[SettingsFault, ...]]:
        settings, faults = load(self.data / "settings.toml")
        for fault in faults:
            log.warning("settings: %s: %s", fault.key, fault.cure)
        if self._letter:
            settings = replace(settings, kiosk=replace(settings.kiosk, letter=self._letter))
        return settings, faults

    @property
    def settings(self) -> Settings:
        return self._loaded[0]

    @property
    def settings_faults(self) -> tuple[SettingsFault, ...]:
        return self._loaded[1]

    @cached_property
    def languages(self) -> Mapping[str, Language]:
        """The languages shipped, in the picker's order first."""
        from kiosk.data.languages import read_languages

        found = read_languages(self._languages)
        for fault in found.faults:
            log.error("language left out: %s", fault)
        order = [tag for tag in self.settings.kiosk.languages if tag in found.by_tag]
        rest = [tag for tag in found.by_tag if tag not in order]
        return {tag: found.by_tag[tag] for tag in (*order, *rest)}

    @property
    def offered(self) -> tuple[str, ...]:
        """Tags on the picker, in order; all there are where the settings name none of them. A language
        without its words is not offered; `check` says so."""
        words = self._version.languages
        speaking = [tag for tag in self._spoken if (words / tag / "flows.po").exists()]
        return tuple(tag for tag in self.settings.kiosk.languages if tag in speaking) or tuple(speaking)

    @property
    def _spoken(self) -> list[str]:
        """Languages that have words for the screens."""
        return [tag for tag in self.languages if (self._languages / tag / "messages.po").exists()]

    @cached_property
    def _version(self) -> Version:
        """The version of flows, directory and their words that is used until this process ends."""
        from kiosk.data.good import choose

        wanted = [tag for tag in self._spoken if tag in (*self.settings.kiosk.languages, "ja")]
        return choose(self.data / "good", wanted, self.today(), flows=self._flows, languages=self._languages)

    @property
    def running_on(self) -> date | None:
        """The day the last good version was kept, where flows or words as installed cannot be used; None
        where they are."""
        return self._version.since

    @cached_property
    def faults_told(self) -> list[Fault]:
        """What staff are to mend: in flows and words installed, in the office's own rows and its roster."""
        own = [fault for fault in self._referrals.faults if fault.file == self.data / OWN]
        return [*self._version.faults, *own, *self.roster_faults]

    def catalogue(self, tag: str) -> Catalogue:
        """A language's words, read once."""
        from kiosk.data import catalogue

        if tag not in self._catalogues:
            self._catalogues[tag] = catalogue.load(tag, self._languages, self._version.languages)
        return self._catalogues[tag]

    @cached_property
    def _flow_data(self) -> tuple[Mapping[str, Topic], Mapping[str, Flow]]:
        from kiosk.data.flows import read_flows

        found = read_flows(self._version.flows)
        return found.topics, found.flows

    @property
    def topics(self) -> Mapping[str, Topic]:
        return self._flow_data[0]

    @property
    def flows(self) -> Mapping[str, Flow]:
        return self._flow_data[1]

    @property
    def directory(self) -> Directory:
        """The referral directory, shown rows and unverified ones, with the office's own over them."""
        return self._referrals.directory

    @cached_property
    def _referrals(self) -> Referrals:
        from kiosk.data.referrals import read_directory

        found = read_directory(self._version.flows / "referrals", self.data / OWN)
        for fault in found.faults:
            if fault not in self._version.faults:
                log.error("directory: %s", fault)
        return found

    def service(self, service_id: str) -> Service | None:
        return self.directory.get(service_id)

    @property
    def roster(self) -> Roster:
        """Who is at the counter when, and whom one can meet by appointment."""
        return self._roster.roster

    @property
    def roster_faults(self) -> tuple[Fault, ...]:
        return self._roster.faults

    @cached_property
    def _roster(self) -> RosterFile:
        from kiosk.data.roster import FILE, read_roster

        groups = {group for service in self.directory for group in service.groups}
        found = read_roster(self.data / FILE, self.topics, groups)
        for fault in found.faults:
            log.error("roster: %s", fault)
        return found

    @cached_property
    def counted(self) -> Plan:
        """What reports count; what is faulty stays as shipped, and `check` tells it."""
        from kiosk.data.statistics import FILE, read_statistics

        shipped = self._version.flows / FILE
        # A version kept before there was such a file has none.
        found = read_statistics(shipped if shipped.exists() else self._flows / FILE, self.data / FILE)
        for fault in found.faults:
            log.error("statistics: %s", fault)
        return found.plan

    @cached_property
    def guides(self) -> Mapping[str, Guide]:
        """Life orientation by topic."""
        from kiosk.data.guides import read_guides

        return read_guides(self.topics, self._version.flows / "guides").by_topic

    def screen(self, text: str, language: str) -> tuple[str, ...]:
        """What in somebody's own words asks for care. English is looked for in every language."""
        from kiosk.core.care import screen
        from kiosk.data.care import read_care

        return screen(text, [read_care(tag) for tag in dict.fromkeys((language, "en"))])

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
        if self.settings.database.url:
            from kiosk.app.database import joined

            return joined(self, journal)
        return journal

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

    @cached_property
    def typesetter(self) -> Typesetter:
        from kiosk.text.typesetter import Typesetter

        return Typesetter(self.languages)

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

    def now(self) -> datetime:
        """The time at the office, whatever the machine's own zone."""
        return datetime.now(self.settings.office.zone)

    def today(self) -> date:
        return self.now().date()

    def erase_old(self) -> tuple[date, ...]:
        """Delete tickets, bookings and slips of days kept longer than the notice promises; the days that
        went. Raises Trouble."""
        from kiosk.app.erasure import run_daily

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
        from kiosk.app.events import hold

        office.in_use = hold(data)
    return office
