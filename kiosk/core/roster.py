"""Who is at the counter when: languages by weekday, specialist days with places, interpreter lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from kiosk.core.hours import IsHoliday, Opening, Say, Schedule, opening

KINDS = ("immigration", "lawyer", "tax", "labour", "hello_work", "gyoseishoshi", "social", "other")
"""Their names in the resident's language are `specialist.<kind>` in the catalogue."""
LANE = "specialist:"
"""Begins the lane of every ticket with an appointment."""


@dataclass(frozen=True)
class Shift:
    """Staff who speak a language, at the counter at these hours."""

    language: str
    """BCP 47; `ja` stands for plain Japanese too and is spoken by everybody."""
    schedule: Schedule
    counter: str = ""


@dataclass(frozen=True)
class Specialist:
    """Somebody who comes on some days and is met by appointment."""

    id: str
    kind: str
    """One of KINDS."""
    schedule: Schedule
    """Spans of the days they come; every place lies whole within one of them."""
    minutes: int
    """Length of one place."""
    topics: tuple[str, ...]
    groups: tuple[str, ...] = ()
    """Groups of the directory, as the flows' destinations name them: nearer to the matter than the topic."""
    places: int = 1
    """How many are met at the same time."""
    ahead_days: int = 30
    lead_hours: int = 24
    """A place nearer than this is not given: an interpreter is called, the interview read."""
    interpreter: bool = False
    """Whether an interpreter is booked with the place."""
    languages: tuple[str, ...] = ()
    """Languages they speak themselves, besides Japanese."""
    room: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """The office's own names by language tag, instead of the kind's."""

    @property
    def lane(self) -> str:
        return f"{LANE}{self.id}"

    def name(self, tag: str, say: Say) -> str:
        """What a reader of the language `tag`, whose catalogue is `say`, calls them."""
        return self.names.get(tag) or say(f"specialist.{self.kind}")

    def understands(self, language: str) -> bool:
        """Whether they speak it without an interpreter."""
        return spoken(language) in ("ja", *self.languages)


@dataclass(frozen=True)
class InterpreterLine:
    """Interpreters by telephone or video, called from the counter."""

    id: str
    name_ja: str
    telephone: str
    languages: tuple[str, ...]
    schedule: Schedule = field(default_factory=Schedule)
    say_ja: str = ""
    """The sentence to say when they answer."""
    note_ja: str = ""
    source: str = ""
    assured_date: str = ""
    """YYYY, YYYY-MM or YYYY-MM-DD."""


@dataclass(frozen=True)
class Roster:
    shifts: tuple[Shift, ...] = ()
    specialists: tuple[Specialist, ...] = ()
    lines: tuple[InterpreterLine, ...] = ()

    def specialist(self, specialist_id: str) -> Specialist | None:
        return next((one for one in self.specialists if one.id == specialist_id), None)


@dataclass(frozen=True)
class Slot:
    """A time that can be booked; `left` places are free."""

    specialist: Specialist
    at: datetime
    left: int


def spoken(language: str) -> str:
    """The language of the mouth: やさしい日本語 is Japanese."""
    return "ja" if language.split("-")[0] == "ja" else language


def at_counter(roster: Roster, language: str, now: datetime, is_holiday: IsHoliday) -> Opening:
    """Open until the last of those who speak it leaves, or closed until the next of them comes; unknown where
    nobody of the roster speaks it."""
    wanted = spoken(language)
    found = [opening(one.schedule, now, is_holiday) for one in roster.shifts if one.language == wanted]
    here = [one for one in found if one.state == "open"]
    if here:
        ends = [one.until for one in here]
        return Opening("open", until=None if None in ends else max(end for end in ends if end))
    if not found:
        return Opening("unknown")
    return Opening("closed", next=min((one.next for one in found if one.next), default=None))


def speaks_now(roster: Roster, language: str, now: datetime, is_holiday: IsHoliday) -> bool:
    return at_counter(roster, language, now, is_holiday).state == "open"


def next_shift(roster: Roster, language: str, now: datetime, is_holiday: IsHoliday) -> datetime | None:
    """When the next of those who speak it comes; None while one is here and where nobody will come."""
    return at_counter(roster, language, now, is_holiday).next


def languages_on(roster: Roster, day: date, is_holiday: IsHoliday) -> tuple[str, ...]:
    """The languages at the counter on a day, in the roster's order."""
    here = [
        shift.language
        for shift in roster.shifts
        if not shift.schedule.shut(day, is_holiday)
        and (shift.schedule.always or any(span.on(day) for span in shift.schedule.spans))
    ]
    return tuple(dict.fromkeys(here))


def lines_for(
    roster: Roster, language: str, now: datetime, is_holiday: IsHoliday
) -> list[tuple[InterpreterLine, Opening]]:
    """Interpreter lines of a language: open ones first, then those of unknown hours, then the soonest."""
    wanted = spoken(language)
    found = [
        (line, opening(line.schedule, now, is_holiday)) for line in roster.lines if wanted in line.languages
    ]
    order = ("open", "unknown", "closed")

    def rank(one: tuple[InterpreterLine, Opening]) -> tuple[int, bool, datetime]:
        return order.index(one[1].state), one[1].next is None, one[1].next or now

    return sorted(found, key=rank)


def fitting(roster: Roster, topics: Collection[str], groups: Collection[str] = ()) -> list[Specialist]:
    """Specialists for these topics and groups of the directory; those whose groups fit come first."""
    near = [one for one in roster.specialists if set(one.groups) & set(groups)]
    far = [one for one in roster.specialists if one not in near and set(one.topics) & set(topics)]
    return near + far


def slots(
    specialist: Specialist,
    taken: Collection[datetime],
    now: datetime,
    is_holiday: IsHoliday,
    *,
    most: int = 100,
) -> list[Slot]:
    """The first `most` times with a free place, from `lead_hours` to `ahead_days` from now, in order.

    `taken` holds the time of every booking, as often as it was booked.
    """
    earliest = now + timedelta(hours=specialist.lead_hours)
    found: list[Slot] = []
    for ahead in range(specialist.ahead_days + 1):
        day = now.date() + timedelta(days=ahead)
        if specialist.schedule.shut(day, is_holiday):
            continue
        for at in sorted(set(_times(specialist, day, now.tzinfo))):
            left = free(specialist, at, taken)
            if at >= earliest and left > 0:
                found.append(Slot(specialist, at, left))
            if len(found) >= most:
                return found
    return found


def free(specialist: Specialist, at: datetime, taken: Iterable[datetime]) -> int:
    """Places left at a time. Whoever overlaps takes one, so that a roster changed after a booking gives no
    place twice."""
    length = timedelta(minutes=specialist.minutes)
    return max(0, specialist.places - sum(abs(other - at) < length for other in taken))


def _times(specialist: Specialist, day: date, zone: tzinfo | None) -> Iterator[datetime]:
    length = timedelta(minutes=specialist.minutes)
    for span in specialist.schedule.spans:
        if span.on(day):
            at, end = (datetime.combine(day, time, zone) for time in (span.opens, span.closes))
            while at + length <= end:
                yield at
                at += length
