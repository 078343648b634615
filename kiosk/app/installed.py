"""What is installed on this machine and set up by its office: settings, words, flows, directory, roster."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.core.directory import Directory, Service
from kiosk.core.flow import Flow, Topic
from kiosk.core.language import Language
from kiosk.data.catalogue import Catalogue
from kiosk.settings import Settings, SettingsFault

if TYPE_CHECKING:
    from kiosk.app.good_settings import Chosen
    from kiosk.core.guide import Guide
    from kiosk.core.roster import Roster
    from kiosk.data.good import Version
    from kiosk.data.languages import Fault
    from kiosk.data.referrals import Referrals
    from kiosk.data.roster import RosterFile
    from kiosk.data.statistics import Plan
    from kiosk.text.typesetter import Typesetter

log = logging.getLogger(__name__)
OWN = "referrals.toml"
"""The office's own rows of the directory, in its data folder."""


class Installed:
    """Everything is read when first asked for, and once."""

    def __init__(self, data: Path, letter: str, flows: Path, languages: Path) -> None:
        """`letter` begins this device's numbers; empty where the settings say it. `flows` and `languages`:
        what is installed, which staff may edit."""
        self.data = data
        self._letter = letter
        self._flows, self._languages = flows, languages
        self._catalogues: dict[str, Catalogue] = {}

    @cached_property
    def chosen_settings(self) -> Chosen:
        """The settings, and what is wrong with their file. Those without a fault are kept."""
        from kiosk.app.good_settings import choose, keep

        found = choose(self.data, letter=self._letter)
        for fault in found.faults:
            log.error("settings: %s: %s", fault.where, fault.cure)
        if found.since is not None:
            log.error("settings: those of %s are used until this is mended", found.since)
        elif found.unknown:
            log.error("settings: no numbers are given until this is mended")
        else:
            keep(self.data, datetime.now(found.settings.office.zone))
        settings = found.settings
        if self._letter:
            settings = replace(settings, kiosk=replace(settings.kiosk, letter=self._letter))
        return replace(found, settings=settings)

    @property
    def settings(self) -> Settings:
        return self.chosen_settings.settings

    @property
    def settings_faults(self) -> tuple[SettingsFault, ...]:
        return self.chosen_settings.faults

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

    def read_all(self) -> None:
        """Read what visits will ask for: whoever came first would wait for it, a touch at a time."""
        from kiosk.data.care import read_care
        from kiosk.data.keyboards import read_keyboard

        len(self.directory)
        for tag in self.offered:
            self.catalogue(tag)
            with suppress(OSError, ValueError):  # `check` tells it, and the page that needs it
                read_keyboard(tag)
        for tag in dict.fromkeys((*self.offered, "en", "ja")):
            len(read_care(tag).patterns)

    def screen(self, text: str, language: str) -> tuple[str, ...]:
        """What in somebody's own words asks for care. English is looked for in every language."""
        from kiosk.core.care import screen
        from kiosk.data.care import read_care

        return screen(text, [read_care(tag) for tag in dict.fromkeys((language, "en"))])

    @cached_property
    def typesetter(self) -> Typesetter:
        from kiosk.text.typesetter import Typesetter

        return Typesetter(self.languages)

    def now(self) -> datetime:
        """The time at the office, whatever the machine's own zone."""
        return datetime.now(self.settings.office.zone)

    def today(self) -> date:
        return self.now().date()
