"""Appointments from the roster to the specialist's room, in an office as a city would set it up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kiosk.app import booking
from kiosk.app.office import Office, is_holiday, open_data
from kiosk.core.changes import close, serve
from kiosk.core.roster import at_counter, languages_on, lines_for, next_shift, speaks_now
from kiosk.core.ticket import Case, Content, State, Ticket
from kiosk.errors import Trouble
from kiosk.store.bookings import Bookings, _Day
from tests.store.samples import told

TOKYO = ZoneInfo("Asia/Tokyo")
ROSTER = """
# みどり市 外国人総合相談窓口 当番表

[[language]]
tag = "en"
hours = [{ days = "mon-fri", opens = "09:00", closes = "17:00" }]

[[language]]
tag = "vi"
counter = "2"
hours = [{ days = "mon,thu", opens = "09:00", closes = "16:00" }]
closed = ["12-28/01-05"]

[[language]]
tag = "fil"
hours = [
  { days = "fri", opens = "09:00", closes = "17:00" },
  { days = "wed", weeks = [1, 3], opens = "13:00", closes = "17:00" },
]

[[specialist]]
id = "immigration"
kind = "immigration"
name_ja = "東京入管 出張相談"
topics = ["residence", "city_hall"]
groups = ["immigration_info", "immigration_bureau"]
hours = [{ days = "tue", weeks = [2], opens = "13:00", closes = "16:00" }]
minutes = 30
ahead_days = 60
lead_hours = 72
interpreter = true
room = "3階 会議室"

[[specialist]]
id = "lawyer"
kind = "lawyer"
topics = ["work", "housing", "daily_life"]
groups = ["legal_aid"]
hours = [{ days = "thu", weeks = [1, 3], opens = "13:30", closes = "15:30" }]
minutes = 40
interpreter = true
room = "相談室2"

[[specialist]]
id = "labour"
kind = "labour"
topics = ["work"]
groups = ["labour_office", "labour_line"]
hours = [{ days = "mon", weeks = [2, 5], opens = "10:00", closes = "11:00" }]
minutes = 60
languages = ["vi"]
room = "相談室1"

[[specialist]]
id = "hello-work"
kind = "hello_work"
topics = ["work"]
groups = ["job_search"]
hours = [{ days = "wed", opens = "13:00", closes = "16:00" }]
minutes = 30
places = 2
lead_hours = 1

[[specialist]]
id = "tax"
kind = "tax"
topics = ["tax"]
from = "2027-02-01"
to = "2027-03-15"
hours = [{ days = "fri", opens = "09:00", closes = "12:00" }]
minutes = 20
ahead_days = 60

[[interpreter]]
id = "prefecture"
name_ja = "県 多言語コールセンター"
telephone = "03-0000-0000"
languages = ["vi", "ne", "my", "pt-BR"]
hours = [{ days = "mon-fri", opens = "09:00", closes = "17:00" }]
say_ja = "みどり市の窓口です。ネパール語の通訳をお願いします。"

[[interpreter]]
id = "tablet"
name_ja = "映像通訳"
languages = ["ne", "vi"]
always_open = true
note_ja = "2番窓口のタブレット"
"""


@dataclass
class City:
    office: Office
    at: datetime

    def __post_init__(self) -> None:
        self.office.now = lambda: self.at  # type: ignore[method-assign]

    def again(self) -> City:
        """The office as another process sees it."""
        return City(open_data(self.office.data), self.at)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    (tmp_path / "roster.toml").write_text(ROSTER, encoding="utf-8")
    made = City(open_data(tmp_path), datetime(2026, 11, 24, 10, 0, tzinfo=TOKYO))  # a Tuesday
    assert made.office.roster_faults == ()
    yield made
    made.office.store.close()
    made.office.bookings.close()


def on(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=TOKYO)


def about(topic: str, *groups: str, office: Office | None = None, **more: object) -> Content:
    """What somebody told, with a service of each group."""
    services = []
    for group in groups:
        assert office is not None
        services.append(next(one.id for one in office.directory if group in one.groups and one.shown))
    return Content(cases=(Case(topic),), services=tuple(services), **more)  # type: ignore[arg-type]


def offered(city: City, content: Content, language: str, most: int = 3) -> list[tuple[str, datetime]]:
    found = booking.places(city.office, content, language, most=most)
    return [(slot.specialist.id, slot.at) for slot in found]


def test_who_is_at_the_counter(city: City) -> None:
    roster = city.office.roster
    assert languages_on(roster, date(2026, 11, 27), is_holiday) == ("en", "fil")
    assert languages_on(roster, date(2026, 11, 23), is_holiday) == (), "Labour Thanksgiving Day"
    assert not speaks_now(roster, "vi", city.at, is_holiday)
    assert next_shift(roster, "vi", city.at, is_holiday) == on(11, 26, 9)
    assert at_counter(roster, "en", city.at, is_holiday).until == on(11, 24, 17)
    assert next_shift(roster, "vi", on(12, 24, 16), is_holiday) == datetime(2027, 1, 7, 9, tzinfo=TOKYO)
    night = [line.id for line, _ in lines_for(roster, "ne", on(11, 24, 20), is_holiday)]
    assert night == ["tablet", "prefecture"]


def test_unpaid_wages_from_the_kiosk_to_the_labour_bureau(city: City) -> None:
    office = city.office
    wages = about("work", "labour_office", office=office)
    assert offered(city, wages, "vi") == [
        ("labour", on(11, 30, 10)),  # the fifth Monday; speaks Vietnamese
        ("lawyer", on(12, 3, 13, 30)),  # with an interpreter
        ("hello-work", on(11, 25, 13)),  # sooner, but nobody understands
    ]
    slot = booking.places(office, wages, "vi")[0]
    assert slot.specialist.name("en", str) == "specialist.labour"
    ticket = booking.take(office, wages, "vi", slot)
    assert (ticket.number, ticket.lane, ticket.due) == ("A001", "specialist:labour", on(11, 30, 10))
    assert office.store.call_next(counter="1", languages=("vi",), at=city.at) is None, "she went home"
    with told("trouble.place_taken"):
        booking.take(city.again().office, wages, "vi", slot)
    assert [case.number for case in office.store.tickets()] == ["A001"], "nobody without a place"
    assert offered(city, wages, "vi")[0] == ("labour", on(12, 14, 10))

    city.at = on(11, 30, 9, 50)
    console = city.again().office
    other = console.store.issue(about("tax"), language="vi", at=city.at)
    (found,) = booking.appointments(console, city.at.date())
    assert found.specialist is not None
    assert (found.specialist.room, found.booking.day) == ("相談室1", date(2026, 11, 24))
    assert found.ticket is not None
    assert found.ticket.content == wages, "the specialist has the interview"
    picked = console.store.call_next(counter="3", languages=(), at=city.at, lanes=[found.specialist.lane])
    assert picked is not None
    assert picked.ticket.id == other.id, (
        "the queue holds today's numbers; an appointment is called from its list"
    )
    called = booking.call(console, ticket.id, counter="3", staff="07")
    assert (called.state, called.counter, called.number) == (State.CALLED, "3", "A001")
    console.store.change(ticket.id, lambda case: serve(case, city.at, counter="3"))
    console.store.change(ticket.id, lambda case: close(case, city.at, counter="3"))
    with told("trouble.illegal_change"):
        booking.call(console, ticket.id, counter="3")


def test_an_appointment_of_the_same_day_is_called_in_its_lane(city: City) -> None:
    city.at = on(11, 25, 11)
    jobs = about("work", "job_search", office=city.office)
    slot = next(s for s in booking.places(city.office, jobs, "en") if s.specialist.id == "hello-work")
    assert slot.at == on(11, 25, 13)
    ticket = booking.take(city.office, jobs, "en", slot)
    store = city.office.store
    assert store.call_next(counter="1", languages=(), at=on(11, 25, 13)) is None
    picked = store.call_next(counter="1", languages=(), at=on(11, 25, 12, 55), lanes=[ticket.lane])
    assert picked is not None
    assert (picked.ticket.id, picked.reason) == (ticket.id, "reason.appointment")


def test_each_specialist_then_other_days_then_other_times(city: City) -> None:
    found = offered(city, about("work"), "en", most=50)
    assert [one for one, _ in found[:3]] == ["lawyer", "hello-work", "labour"]
    days = [at.date() for one, at in found if one == "hello-work"]
    assert days[:4] == [date(2026, 11, 25), date(2026, 12, 2), date(2026, 12, 9), date(2026, 12, 16)]
    assert len(found) == len(set(found)) > 12


def test_one_place_after_the_other_until_none_is_left(city: City) -> None:
    help_with_tax = about("tax")
    assert offered(city, help_with_tax, "en") == [], "the tax accountant comes in February"
    residence = about("residence")
    taken = set()
    while slots := booking.places(city.office, residence, "ne", most=1):
        taken.add((slots[0].at, booking.take(city.office, residence, "ne", slots[0]).due))
    half_hours = [on(12, 8, 13) + timedelta(minutes=30 * n) for n in range(6)]
    january = [datetime(2027, 1, 12, 13, tzinfo=TOKYO) + timedelta(minutes=30 * n) for n in range(6)]
    assert taken == {(at, at) for at in half_hours + january}


@pytest.mark.parametrize(
    ("more", "last"),
    [
        ({"sensitive": True}, None),
        ({"first": True}, None),
        ({"care": ("status",)}, None),
        ({"urgent": True}, None),
        ({"urgent": True, "within": 0}, None),
        ({"urgent": True, "within": 7}, date(2026, 12, 1)),
        ({"within": 12}, date(2026, 12, 6)),
        ({}, date(2026, 12, 24)),
    ],
)
def test_danger_and_deadlines_are_not_put_off(city: City, more: dict[str, Any], last: date | None) -> None:
    found = offered(city, about("work", **more), "vi", most=100)
    assert bool(found) is (last is not None)
    assert all(last is not None and at.date() <= last for _, at in found)


def test_no_place_after_the_ticket_would_be_deleted(city: City) -> None:
    (city.office.data / "settings.toml").write_text("[office]\nkeep_days = 6\n", encoding="utf-8")
    found = offered(city.again(), about("work"), "vi", most=100)
    assert found
    assert max(at for _, at in found) == on(11, 30, 10)


def fail_once(monkeypatch: pytest.MonkeyPatch, key: str, before: Callable[[], None] | None = None) -> None:
    """The next booking cannot be written; the disk is good again after it."""
    real, failed = _Day.write, list[str]()

    def failing(day: _Day, changes: object) -> None:
        if not failed:
            failed.append(key)
            if before:
                before()
            raise Trouble(key)
        real(day, changes)  # type: ignore[arg-type]

    monkeypatch.setattr(_Day, "write", failing)


@pytest.mark.parametrize("key", ["trouble.disk_full", "trouble.store_failed"])
def test_a_place_that_cannot_be_written_leaves_a_number_for_today(
    city: City, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    wages = about("work")
    slot = booking.places(city.office, wages, "vi")[0]
    fail_once(monkeypatch, key)
    ticket = booking.take(city.office, wages, "vi", slot)
    assert (ticket.number, ticket.due, ticket.lane) == ("A001", None, "")
    assert booking.appointments(city.office, slot.at.date()) == []
    picked = city.again().office.store.call_next(counter="1", languages=(), at=city.at)
    assert picked is not None
    assert picked.ticket.id == ticket.id
    assert booking.take(city.office, wages, "vi", slot).due == slot.at, "the place is still there"


def test_a_machine_that_dies_between_ticket_and_booking_blocks_nothing(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dead(BaseException):
        pass

    def die() -> None:
        raise Dead

    wages = about("work")
    slot = booking.places(city.office, wages, "vi")[0]
    fail_once(monkeypatch, "", before=die)
    with pytest.raises(Dead):
        booking.take(city.office, wages, "vi", slot)
    started = city.again()
    (left,) = started.office.store.tickets()
    assert left.due == slot.at
    assert started.office.store.call_next(counter="1", languages=(), at=slot.at) is None
    assert booking.appointments(started.office, slot.at.date()) == []
    again = booking.take(started.office, wages, "vi", slot)
    assert again.number == "A002"
    assert [one.booking.number for one in booking.appointments(started.office, slot.at.date())] == ["A002"]


def test_a_store_that_fails_books_nothing(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    slot = booking.places(city.office, about("work"), "vi")[0]

    def failing(*_: object, **__: object) -> Ticket:
        raise Trouble("trouble.disk_full")

    with monkeypatch.context() as broken:
        broken.setattr(type(city.office.store), "issue", failing)
        with told("trouble.disk_full"):
            booking.take(city.office, about("work"), "vi", slot)
    assert Bookings(city.office.data / "bookings").since(date(2026, 1, 1)) == []


def test_cancelling_gives_the_place_back_and_may_be_done_again(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, wages = city.office, about("work")
    slot = booking.places(office, wages, "vi")[0]
    ticket = booking.take(office, wages, "vi", slot)
    with monkeypatch.context() as broken:
        broken.setattr(
            office.store, "change", lambda *_: (_ for _ in ()).throw(Trouble("trouble.store_busy"))
        )
        with told("trouble.store_busy"):
            booking.cancel(office, ticket.id)
    assert booking.cancel(city.again().office, ticket.id, staff="07").state is State.CLOSED
    with told("trouble.appointment_unknown"):
        booking.cancel(office, ticket.id)
    with told("trouble.ticket_unknown"):
        booking.cancel(office, "A001")
    assert booking.appointments(office, slot.at.date()) == []
    assert booking.take(office, wages, "vi", slot).due == slot.at


def test_a_number_that_two_appointments_have_is_not_guessed(city: City) -> None:
    office, wages = city.office, about("work")
    first = booking.take(office, wages, "vi", booking.places(office, wages, "vi")[0])
    assert first.number == "A001"
    city.at += timedelta(days=1)
    second = booking.take(office, wages, "vi", booking.places(office, wages, "vi")[0])
    assert second.number == "A001"
    with told("trouble.appointment_several"):
        booking.cancel(office, "a001")
    booking.cancel(office, first.id)
    assert booking.cancel(office, "a001").id == second.id


def test_damaged_bookings_come_back_from_their_tickets(city: City) -> None:
    office, wages = city.office, about("work")
    slots = booking.places(office, wages, "vi", most=2)
    kept = [booking.take(office, wages, "vi", slot) for slot in slots]
    given_up = booking.take(office, wages, "vi", booking.places(office, wages, "vi")[0])
    booking.cancel(office, given_up.id)
    before = office.bookings.since(date(2026, 11, 24))
    for journal in (office.data / "bookings").glob("*.journal"):
        data = journal.read_bytes()
        journal.write_bytes(data[:40] + b"\x00" + data[41:])
    started = city.again()
    assert booking.appointments(started.office, slots[0].at.date())[0].ticket == kept[0]
    assert started.office.bookings.since(date(2026, 11, 24)) == before
    assert {fault.key for fault in started.office.bookings.faults()} == {"trouble.bookings_damaged"}
    with told("trouble.place_taken"):
        booking.take(started.office, wages, "vi", slots[0])


def test_a_ticket_or_specialist_that_is_gone_leaves_its_line_in_the_list(city: City) -> None:
    office, wages = city.office, about("work")
    slot = booking.places(office, wages, "vi")[0]
    booking.take(office, wages, "vi", slot)
    (office.data / "store" / "2026-11-24.journal").unlink()
    (office.data / "roster.toml").unlink()
    (found,) = booking.appointments(city.again().office, slot.at.date())
    assert (found.specialist, found.ticket, found.booking.number) == (None, None, "A001")


def test_bookings_are_erased_with_the_tickets(city: City) -> None:
    office, wages = city.office, about("work")
    slot = booking.places(office, wages, "vi")[0]
    booking.take(office, wages, "vi", slot)
    city.at = slot.at + timedelta(days=90)
    office.erase_old()
    assert booking.appointments(office, slot.at.date()) == []
    city.at += timedelta(days=1)
    office.erase_old()
    assert booking.appointments(office, slot.at.date()) == []
    assert not list((office.data / "bookings").glob("*.journal"))


def test_without_a_roster_nothing_is_offered(tmp_path: Path) -> None:
    office = open_data(tmp_path)
    assert booking.places(office, about("work"), "vi") == []
    assert booking.appointments(office, date(2026, 11, 24)) == []
