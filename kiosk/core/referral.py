"""Answers → destinations: the counter, agencies, or both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.core.flow import Answers, Flow, path
from kiosk.core.hours import IsHoliday, Opening, Schedule, opening

SHOWN = frozenset({"official", "public"})
"""Verification marks that may be shown to a resident; everything else waits for the office."""
MAX_SERVICES = 3
DANGER = frozenset({"ambulance", "police"})
"""Groups that an urgent answer points to only when somebody is in danger now."""


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


@dataclass(frozen=True)
class Outcome:
    """Where the answers lead. `counter` false: an agency alone is enough, the counter is still offered."""

    counter: bool
    services: tuple[Service, ...]
    bring: tuple[str, ...]
    statistics: tuple[str, ...]
    sensitive: bool
    urgent: bool
    """A deadline or a need of these days: the counselor is told, the order stays."""
    first: bool = False
    """Goes before the others: a sensitive answer, or danger now."""


def outcome(
    flow: Flow | None,
    answers: Answers,
    directory: Sequence[Service],
    *,
    language: str,
    prefecture: str,
    now: datetime,
    is_holiday: IsHoliday,
) -> Outcome:
    """What the answers on the path point to; without a flow (topic not said) the counter."""
    taken = []
    if flow is not None:
        for question_id in path(flow, answers):
            question = flow.questions[question_id]
            taken += [question.choice(choice_id) for choice_id in answers.get(question_id, ())]
    pointing = [choice for choice in taken if choice.destinations]
    groups = _unique(group for choice in pointing for group in choice.destinations)
    services = match(
        groups, directory, language=language, prefecture=prefecture, now=now, is_holiday=is_holiday
    )
    return Outcome(
        counter=not (services and pointing and all(not choice.counter for choice in pointing)),
        services=services,
        bring=_unique(item for choice in taken for item in choice.bring),
        statistics=_unique(choice.statistics for choice in taken if choice.statistics),
        sensitive=any(choice.sensitive for choice in taken),
        urgent=any(choice.urgent for choice in taken),
        first=any(c.sensitive or (c.urgent and DANGER & set(c.destinations)) for c in taken),
    )


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


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
