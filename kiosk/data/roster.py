"""Reads the office's `roster.toml`, and says everything that is wrong with it at once.

    [[language]]                       # staff who speak it, at the counter
    tag = "fil"
    counter = "2"                      # where, if it is always the same
    hours = [
      { days = "fri", opens = "09:00", closes = "17:00" },
      { days = "wed", weeks = [1, 3], opens = "13:00", closes = "17:00" },
    ]

    [[specialist]]                     # met by appointment; the kiosk offers free places
    id = "lawyer"
    kind = "lawyer"                    # or immigration, tax, labour, hello_work, gyoseishoshi, social, other
    name_ja = "青葉弁護士会 法律相談"     # what staff call it; name.en = "…" for residents
    topics = ["work", "housing", "daily_life"]
    groups = ["legal_aid"]             # destinations of the flows, nearer to the matter than a topic
    hours = [{ days = "tue", weeks = [2, 4], opens = "13:00", closes = "16:00" }]
    closed = ["2026-12-22"]
    minutes = 30                       # length of a place
    places = 2                         # met at the same time
    ahead_days = 45
    lead_hours = 48                    # notice that is needed
    interpreter = true                 # one is booked with the place
    languages = ["en"]                 # languages they speak themselves
    room = "2階 相談室1"                # as it stands on the door

    [[interpreter]]                    # lines the counter calls
    id = "prefecture"
    name_ja = "県 通訳コールセンター"
    telephone = "0120-000-000"
    languages = ["vi", "ne", "my"]
    hours = [{ days = "mon-fri", opens = "08:30", closes = "17:15" }]
    say_ja = "あおば市相談窓口です。ネパール語の通訳をお願いします。"

`closed_on_holidays = false`, `always_open`, `from`, `to` and `closed` as in the directory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from kiosk.core.hours import Schedule, Span
from kiosk.core.roster import KINDS, InterpreterLine, Roster, Shift, Specialist
from kiosk.data.languages import Fault
from kiosk.data.referral_rows import assured_of, check_tag, languages_of, own_words, telephone_of
from kiosk.data.rows import Row, read_toml, tables
from kiosk.data.schedules import schedule_of

FILE = "roster.toml"
"""In the office's data folder."""
_HOURS = ("hours", "always_open", "closed_on_holidays", "from", "to", "closed")
_LANGUAGE = ("tag", "counter", *_HOURS)
_SPECIALIST = (
    "id", "kind", "name_ja", "name", "topics", "groups", "minutes", "places", "ahead_days", "lead_hours",
    "interpreter", "languages", "room", *_HOURS,
)  # fmt: skip
_INTERPRETER = (
    "id", "name_ja", "telephone", "languages", "say_ja", "note_ja", "source", "assured_date", *_HOURS,
)  # fmt: skip
_ID = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
Made = TypeVar("Made")


@dataclass(frozen=True)
class RosterFile:
    """The roster and every fault. A faulty row is left out."""

    roster: Roster
    faults: tuple[Fault, ...]


def read_roster(file: Path, topics: Collection[str], groups: Collection[str]) -> RosterFile:
    """`topics` and `groups` of the directory are those there are. Without a file nobody is on the roster."""
    faults: list[Fault] = []
    if not file.exists():
        return RosterFile(Roster(), ())
    data = read_toml(file, faults)
    names = ("language", "specialist", "interpreter")
    faults += [
        Fault(file, key, "there is no such table; write [[language]], [[specialist]] or [[interpreter]]")
        for key in data
        if key not in names
    ]

    def rows(name: str, known: Iterable[str], make: Callable[[Row], Made]) -> tuple[Made, ...]:
        found, ids = [], set[str]()
        for place, table in enumerate(tables(data, name, file, faults), start=1):
            row = Row(table, file, f"{name} {table.get('id', table.get('tag', place))}", faults)
            row.known(known)
            made = make(row)
            if "id" in known:
                _own_id(row, ids)
            if row.sound:
                found.append(made)
        return tuple(found)

    roster = Roster(
        rows("language", _LANGUAGE, _shift),
        rows("specialist", _SPECIALIST, lambda row: _specialist(row, topics, groups)),
        rows("interpreter", _INTERPRETER, _line),
    )
    return RosterFile(roster, tuple(faults))


def _own_id(row: Row, ids: set[str]) -> None:
    name = row.data.get("id")
    if isinstance(name, str) and name:
        if not _ID.fullmatch(name):
            row.wrong("id", f"{name} is no id; write small letters, digits and hyphens: tax-office")
        if name in ids:
            row.wrong("id", "is used twice; change one")
        ids.add(name)


def _shift(row: Row) -> Shift:
    tag = row.text("tag")
    if tag:
        check_tag(row, "tag", tag)
    return Shift(tag, _known_hours(row), row.text("counter", ""))


def _specialist(row: Row, topics: Collection[str], groups: Collection[str]) -> Specialist:
    made = Specialist(
        id=row.text("id"),
        kind=row.one_of("kind", KINDS),
        schedule=_known_hours(row),
        minutes=row.number("minutes", None, 5, 480),
        topics=_among(row, "topics", topics, needed=True),
        groups=_among(row, "groups", groups),
        places=row.number("places", 1, 1, 50),
        ahead_days=row.number("ahead_days", 30, 0, 180),
        lead_hours=row.number("lead_hours", 24, 0, 1000),
        interpreter=row.flag("interpreter"),
        languages=languages_of(row),
        room=row.text("room", ""),
        names=dict(own_words(row, "name")),
    )
    if row.sound:
        _places(row, made)
    return made


def _line(row: Row) -> InterpreterLine:
    telephone, note = telephone_of(row, "telephone"), row.text("note_ja", "")
    if "telephone" not in row.data and not note.strip():
        row.wrong("telephone", "write it, or in note_ja how the interpreter is reached")
    if not row.words("languages"):
        row.wrong("languages", "name the languages they interpret")
    return InterpreterLine(
        id=row.text("id"),
        name_ja=row.text("name_ja"),
        telephone=telephone,
        languages=languages_of(row),
        schedule=schedule_of(row),
        say_ja=row.text("say_ja", ""),
        note_ja=note,
        source=row.text("source", ""),
        assured_date=assured_of(row, False),
    )


def _known_hours(row: Row) -> Schedule:
    schedule = schedule_of(row)
    if row.sound and not schedule.known:
        row.wrong("hours", 'write [{ days = "fri", opens = "09:00", closes = "17:00" }]')
    return schedule


def _places(row: Row, made: Specialist) -> None:
    """Whether there can be any."""
    if made.schedule.always:
        row.wrong("always_open", "places need hours; write them instead")
    for span in made.schedule.spans:
        hours = f"{span.opens:%H:%M}-{span.closes:%H:%M}"
        if span.closes <= span.opens:
            row.wrong("hours", f"{hours} goes into the next day; end it at 23:59 at the latest")
        elif _length(span) < timedelta(minutes=made.minutes):
            row.wrong("minutes", f"{made.minutes} minutes do not fit into {hours}; change one")
    if made.lead_hours >= 24 * (made.ahead_days + 1):
        row.wrong("lead_hours", f"is longer than {made.ahead_days} ahead_days: nothing could be offered")


def _length(span: Span) -> timedelta:
    day = datetime.min.date()
    return datetime.combine(day, span.closes) - datetime.combine(day, span.opens)


def _among(row: Row, field: str, known: Collection[str], *, needed: bool = False) -> tuple[str, ...]:
    names = row.words(field)
    for name in names:
        if name not in known:
            row.wrong(field, f"{name} is none of: {', '.join(sorted(known))}")
    if needed and field not in row.data:
        row.wrong(field, f"name at least one of: {', '.join(sorted(known))}")
    return names
