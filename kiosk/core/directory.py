"""The referral directory: services, which of them fit, and who can talk there."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import overload

from kiosk.core.hours import IsHoliday, Opening, Schedule, opening

SHOWN = frozenset({"official", "public"})
"""Verification marks that may be shown to a resident; everything else waits for the office."""
MAX_SERVICES = 3
FIXED = frozenset({"110", "118", "119"})
"""Emergency numbers fixed by law: they do not grow old."""

Words = tuple[tuple[str, str], ...]
"""Language tag and text, for rows that bring their own words."""
Say = Callable[..., str]


@dataclass(frozen=True)
class Service:
    """One service of the referral directory (Open Referral HSDS vocabulary where it has a word)."""

    id: str
    text: str
    """Catalogue keys are `service.<text>.name`, `service.<text>.what` and perhaps `service.<text>.who`."""
    groups: tuple[str, ...]
    organisation_ja: str
    service_ja: str
    verification: str
    source: str
    assured_date: str
    """YYYY, YYYY-MM or YYYY-MM-DD: the date on the source, or the day it was read."""
    prefecture: str = ""
    """Where it is, in Japanese; empty for the whole country."""
    serves: tuple[str, ...] = ()
    """Other prefectures it is for."""
    areas: tuple[str, ...] = ()
    """Municipalities or parts of the prefecture it is for alone; empty for all of it."""
    otherwise: tuple[str, ...] = ()
    """Groups for those whom it cannot help, such as people without status of residence."""
    telephone: str = ""
    telephone_alternative: str = ""
    languages: tuple[str, ...] = ()
    schedule: Schedule = field(default_factory=Schedule)
    fee: str = ""
    url: str = ""
    pages: Words = ()
    """Addresses of the page in other languages."""
    address_ja: str = ""
    access: Words = ()
    """How to get there without a map: station, exit, minutes on foot, floor, what stands beside it."""
    note_ja: str = ""
    names: Words = ()
    whats: Words = ()
    whos: Words = ()
    """Words the row brings itself, as an office's own rows do; they go before the catalogue's."""
    off: bool = False

    @property
    def shown(self) -> bool:
        return self.verification in SHOWN and not self.off

    def stale(self, today: date, days: int) -> bool:
        """Whether it was confirmed more than so many days ago; 0 days is no limit."""
        if days < 1 or self.telephone in FIXED:
            return False
        return not self.assured_date or (today - _last_day(self.assured_date)).days > days

    def page(self, tag: str) -> str:
        """The address of its page in this language, or its page at all."""
        return dict(self.pages).get(tag, self.url)


def _last_day(text: str) -> date:
    """A year counts to its end, a month to its last day."""
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


class Directory(Sequence[Service]):
    """Services in their order, indexed once by group and prefecture."""

    def __init__(self, services: Iterable[Service] = ()) -> None:
        self._services = tuple(services)
        self._by_id = {service.id: service for service in self._services}
        self._by_group: dict[tuple[str, str], list[Service]] = {}
        for service in self._services:
            for group in dict.fromkeys(service.groups if service.shown else ()):
                for place in dict.fromkeys((service.prefecture, *service.serves)):
                    self._by_group.setdefault((group, place), []).append(service)

    @classmethod
    def of(cls, services: Iterable[Service]) -> Directory:
        """The directory itself, or one made of the services."""
        return services if isinstance(services, Directory) else cls(services)

    def get(self, service_id: str) -> Service | None:
        return self._by_id.get(service_id)

    def of_group(self, group: str, prefecture: str) -> list[Service]:
        """Shown services for people of the prefecture, national ones last; of no other prefecture."""
        own = self._by_group.get((group, prefecture), []) if prefecture else []
        return [*own, *self._by_group.get((group, ""), [])]

    def __len__(self) -> int:
        return len(self._services)

    @overload
    def __getitem__(self, place: int) -> Service: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Service, ...]: ...
    def __getitem__(self, place: int | slice) -> Service | tuple[Service, ...]:
        return self._services[place]


@dataclass(frozen=True)
class Match:
    """`nearest`: another service of the group that is open while this one is closed."""

    service: Service
    opening: Opening
    nearest: Service | None = None


def match(
    groups: Iterable[str],
    directory: Iterable[Service],
    *,
    language: str,
    prefecture: str,
    area: str = "",
    now: datetime,
    is_holiday: IsHoliday,
) -> tuple[Match, ...]:
    """The best shown service of each group, in the groups' order, at most three, none twice.

    Best: for the office's area, for its prefecture, for the country; among these one that speaks the
    resident's language; among these one that is open now. A row of another prefecture or area is never given,
    nor one that has ended. The nearest alternative may speak Japanese only: a counselor can call there.
    """
    index, found = Directory.of(directory), dict[str, Match]()
    for group in groups:
        fitting = [
            (near, not speaks(service, language), service)
            for service in index.of_group(group, prefecture)
            if (near := _near(service, prefecture, area)) is not None
            and can_talk(service, language)
            and not service.schedule.ended(now.date())
        ]
        if fitting:
            best = _best(fitting, now, is_holiday)
            found.setdefault(best.service.id, best)
        if len(found) == MAX_SERVICES:
            break
    return tuple(found.values())


def _best(fitting: list[tuple[int, bool, Service]], now: datetime, is_holiday: IsHoliday) -> Match:
    """Hours are looked up only where they decide: they cost more than everything else."""
    ranked = sorted(fitting, key=lambda row: row[:2])
    equal = [service for *rank, service in ranked if rank == [*ranked[0][:2]]]
    states = {service.id: opening(service.schedule, now, is_holiday) for service in equal}
    best = next((service for service in equal if states[service.id].state == "open"), equal[0])
    nearest = None
    if states[best.id].state == "closed":
        nearest = next(
            (
                service
                for *_, service in ranked
                if (not service.telephone or service.telephone != best.telephone)
                and opening(service.schedule, now, is_holiday).state == "open"
            ),
            None,
        )
    return Match(best, states[best.id], nearest)


def _near(service: Service, prefecture: str, area: str) -> int | None:
    """How near it is, 0 the nearest; None where it is for another area. While the office has not said its
    area, one for a part of the prefecture comes last."""
    if service.areas:
        here = any(_same(area, name) for name in service.areas)
        return 0 if here else None if area else 4
    if not service.prefecture:
        return 3
    return 1 if service.prefecture == prefecture else 2


def _same(area: str, name: str) -> bool:
    """函館 is 函館市."""
    if area == name:
        return True
    return name[:-1] == area if name[-1:] in "市区町村" else area[:-1] == name and area[-1:] in "市区町村"


def can_talk(service: Service, language: str) -> bool:
    """Whether the resident, or a counselor for them, can talk there: a line for one other language only is
    no help to either. A service whose languages are unknown is given."""
    return not service.languages or "ja" in service.languages or speaks(service, language)


def speaks(service: Service, language: str) -> bool:
    """Whether the service answers in this language; plain Japanese counts as Japanese."""
    return (language.removesuffix("-simple") if language.startswith("ja") else language) in service.languages


def openings(services: Iterable[Service], now: datetime, is_holiday: IsHoliday) -> Mapping[str, Opening]:
    return {service.id: opening(service.schedule, now, is_holiday) for service in services}


def name_of(service: Service, say: Say, tag: str) -> str:
    """Its name in the language of `say`, which is `tag`."""
    return _own(service.names, tag) or say(f"service.{service.text}.name")


def what_of(service: Service, say: Say, tag: str) -> str:
    """What one goes there for."""
    return _own(service.whats, tag) or say(f"service.{service.text}.what")


def who_of(service: Service, say: Say, has: Callable[[str], bool], tag: str) -> str:
    """Whom it is for, and where others go; empty where nothing is said."""
    key = f"service.{service.text}.who"
    return _own(service.whos, tag) or (say(key) if has(key) and not service.names else "")


def access_of(service: Service, tag: str) -> tuple[str, str]:
    """How to get there, and the language it is written in: this one, else Japanese, which people on the way
    can read; no third language. Both empty where nothing is known, or the row is not shown."""
    own = dict(service.access) if service.shown else {}
    return next(((own[name], name) for name in (tag, "ja") if name in own), ("", ""))


def has_words(service: Service, has: Callable[[str], bool]) -> bool:
    """Whether there is a name for it, its own or a catalogue's."""
    return bool(service.names) or has(f"service.{service.text}.name")


def _own(words: Words, tag: str) -> str:
    """The row's own words: in this language, else in English, else in Japanese, which staff can read out."""
    own = dict(words)
    order = (tag, "ja") if tag.startswith("ja") else (tag, "en", "ja")
    return next((own[name] for name in order if name in own), "")
