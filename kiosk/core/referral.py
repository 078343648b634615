"""Answers → destinations: the counter, agencies, or both; and what makes a case press or need care."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from kiosk.core.care import CARE_GROUPS, CARES
from kiosk.core.directory import Directory, Match, Service, match
from kiosk.core.flow import Answers, Choice, Flow, path
from kiosk.core.hours import IsHoliday

DANGER = frozenset({"ambulance", "police"})
"""Groups that an urgent answer points to only when somebody is in danger now."""
WARY = frozenset({"status", "passport"})
"""Who tells this is not sent to Immigration by a machine, whatever else was told."""
IMMIGRATION = frozenset({"immigration_info", "immigration_bureau", "immigration_airport"})


@dataclass(frozen=True)
class Reason:
    """An answer that makes a case press: its catalogue keys are `flow.<flow>.<question>.label` and
    `flow.<flow>.<question>.<choice>`."""

    flow: str
    question: str
    choice: str

    @property
    def key(self) -> str:
        return f"{self.flow}.{self.question}.{self.choice}"


@dataclass(frozen=True)
class Outcome:
    """Where the answers lead. `counter` false: an agency alone is enough, the counter is still offered."""

    counter: bool
    services: tuple[Service, ...]
    bring: tuple[str, ...]
    statistics: tuple[str, ...]
    sensitive: bool
    urgent: bool
    """A deadline or a need of these days: the counselor is told why, the order stays."""
    first: bool = False
    """Goes before the others: somebody may be in danger."""
    care: tuple[str, ...] = ()
    """What asks for care (`kiosk.core.care.CARES`), from answers and from the person's own words."""
    reasons: tuple[Reason, ...] = ()
    """The answers that make it urgent, in the order they were given."""
    within: int | None = None
    """Days until something is lost, counted from the day of the visit; None where nothing is known."""
    nearest: tuple[tuple[str, Service], ...] = ()
    """The id of a service that is closed now, and another one that is open."""
    stale: tuple[str, ...] = ()
    """Ids of services confirmed longer ago than the office allows; staff are told."""

    def alternative(self, service_id: str) -> Service | None:
        """What is open instead of a service that is closed now."""
        return dict(self.nearest).get(service_id)


def outcome(
    cases: Sequence[tuple[Flow, Answers]],
    directory: Sequence[Service],
    *,
    language: str,
    prefecture: str,
    now: datetime,
    is_holiday: IsHoliday,
    care: Iterable[str] = (),
    area: str = "",
    assured_days: int = 0,
) -> Outcome:
    """What the answers on the paths point to; without a flow (topic not said) the counter.

    `care`: what was found in the person's own words. It only ever adds. A service confirmed more than
    `assured_days` ago (0 is no limit) is no end by itself: the counter looks it up.
    """
    taken = [(reason, choice) for flow, answers in cases for reason, choice in _taken(flow, answers)]
    choices = [choice for _, choice in taken]
    told = frozenset(care)
    cares = {choice.care for choice in choices if choice.care} | told
    found = tuple(name for name in CARES if name in cares)
    find = partial(
        match,
        directory=Directory.of(directory),
        language=language,
        prefecture=prefecture,
        area=area,
        now=now,
        is_holiday=is_holiday,
    )
    matches = _doors(_groups(choices, told), found, find)
    given = [case.service for case in matches] + [
        case.nearest for case in matches if case.nearest is not None
    ]
    stale = _unique(service.id for service in given if service.stale(now.date(), assured_days))
    return _led(taken, found, matches, stale)


def _led(
    taken: Sequence[tuple[Reason, Choice]],
    found: Sequence[str],
    matches: Sequence[Match],
    stale: Sequence[str],
) -> Outcome:
    """Where the choices `taken` lead, with what was `found` to ask for care."""
    choices = [choice for _, choice in taken]
    services = tuple(case.service for case in matches)
    pointing = [choice for choice in choices if choice.destinations]
    alone = bool(services and pointing) and all(not choice.counter for choice in pointing)
    return Outcome(
        counter=bool(found or stale) or not alone,
        services=services,
        bring=_unique(item for choice in choices for item in choice.bring),
        statistics=_unique(choice.statistics for choice in choices if choice.statistics),
        sensitive=bool(found) or any(choice.sensitive for choice in choices),
        urgent=bool(found) or any(choice.presses for choice in choices),
        first=bool(found) or any(c.urgent and DANGER & set(c.destinations) for c in choices),
        care=tuple(found),
        reasons=tuple(reason for reason, choice in taken if choice.presses),
        within=min((c.within for c in choices if c.within is not None), default=None),
        nearest=tuple((case.service.id, case.nearest) for case in matches if case.nearest is not None),
        stale=tuple(stale),
    )


def _doors(
    groups: tuple[str, ...], found: Sequence[str], find: Callable[[tuple[str, ...]], tuple[Match, ...]]
) -> tuple[Match, ...]:
    """The services of the groups. Who fears for their status is sent to no immigration office, and also to
    where those go whom a service cannot help."""
    if WARY & set(found):
        groups = tuple(group for group in groups if group not in IMMIGRATION)
    matches = find(groups)
    if "status" in found:
        matches = find(_unique([*groups, *(name for case in matches for name in case.service.otherwise)]))
    return matches


def _groups(choices: Sequence[Choice], words: Iterable[str]) -> tuple[str, ...]:
    """What answers that mean danger point to, then what their kind calls for, then the rest.

    An answer that names groups of its own kind has chosen among them, and nothing is added for it: who is
    afraid of a neighbour is not sent to the line for couples. What was found in the person's own `words`
    always adds.
    """
    first = [group for choice in choices if choice.care for group in choice.destinations]
    rest = [group for choice in choices for group in choice.destinations]
    left = {*words, *(choice.care for choice in choices if not _chose(choice))}
    kinds = [group for name in CARES if name in left for group in CARE_GROUPS[name]]
    return _unique([*first, *kinds, *rest])


def _chose(choice: Choice) -> bool:
    return bool(set(CARE_GROUPS.get(choice.care, ())) & set(choice.destinations))


def first_aid(directory: Iterable[Service], services: Iterable[Service]) -> tuple[Service, ...]:
    """Whom to call at once: the emergency numbers, then those the answers lead to; at most four."""
    index = Directory.of(directory)
    calls = [service for group in ("police", "ambulance") for service in index.of_group(group, "")[:1]]
    listed = {service.telephone: service for service in (*calls, *services) if service.telephone}
    return tuple(listed.values())[:4]


def _taken(flow: Flow, answers: Answers) -> Iterator[tuple[Reason, Choice]]:
    """The choices on the path."""
    for question_id in path(flow, answers):
        for choice_id in answers.get(question_id, ()):
            choice = flow.questions[question_id].choice(choice_id)
            yield Reason(flow.id, question_id, choice_id), choice


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
