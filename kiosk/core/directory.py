"""The referral directory: services, which of them fit, and who can talk there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.core.hours import IsHoliday, Opening, Schedule, opening

SHOWN = frozenset({"official", "public"})
"""Verification marks that may be shown to a resident; everything else waits for the office."""
MAX_SERVICES = 3


@dataclass(frozen=True)
class Service:
    """One service of the referral directory (Open Referral HSDS vocabulary where it has a word)."""

    id: str
    text: str
    """Catalogue keys are `service.<text>.name` and `service.<text>.what`."""
    groups: tuple[str, ...]
    organisation_ja: str
    service_ja: str
    verification: str
    source: str
    assured_date: str
    """YYYY, YYYY-MM or YYYY-MM-DD: the date on the source, or the day it was read."""
    prefecture: str = ""
    telephone: str = ""
    telephone_alternative: str = ""
    languages: tuple[str, ...] = ()
    schedule: Schedule = field(default_factory=Schedule)
    fee: str = ""
    url: str = ""
    address_ja: str = ""
    note_ja: str = ""

    @property
    def shown(self) -> bool:
        return self.verification in SHOWN


def match(
    groups: Iterable[str],
    directory: Sequence[Service],
    *,
    language: str,
    prefecture: str,
    now: datetime,
    is_holiday: IsHoliday,
) -> tuple[Service, ...]:
    """The best shown service of each group, in the groups' order, at most three.

    Best: the office's own prefecture, then one that speaks the resident's language, then open now. A row of
    another prefecture is never given.
    """

    def rank(service: Service) -> tuple[bool, bool, bool]:
        state = opening(service.schedule, now, is_holiday).state
        return (
            not speaks(service, language),
            state != "open",
            service.prefecture == "",
        )

    found: list[Service] = []
    for group in groups:
        fitting = [
            service
            for service in directory
            if service.shown
            and group in service.groups
            and service.prefecture in ("", prefecture)
            and can_talk(service, language)
        ]
        if fitting:
            best = min(fitting, key=rank)
            if best not in found:
                found.append(best)
    return tuple(found[:MAX_SERVICES])


def can_talk(service: Service, language: str) -> bool:
    """Whether the resident, or a counselor for them, can talk there: a line for one other language only is
    no help to either. A service whose languages are unknown is given."""
    return not service.languages or "ja" in service.languages or speaks(service, language)


def speaks(service: Service, language: str) -> bool:
    """Whether the service answers in this language; plain Japanese counts as Japanese."""
    return (language.removesuffix("-simple") if language.startswith("ja") else language) in service.languages


def openings(services: Iterable[Service], now: datetime, is_holiday: IsHoliday) -> Mapping[str, Opening]:
    return {service.id: opening(service.schedule, now, is_holiday) for service in services}
