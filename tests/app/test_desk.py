"""The console's desk on a real store, and what a slip says when it is printed again."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from datetime import time as clock_time
from functools import partial
from pathlib import Path

import pytest

from kiosk.app import booking
from kiosk.app.cards import standing
from kiosk.app.console_window import ConsoleWindow
from kiosk.app.desk import OfficeDesk
from kiosk.app.office import Office, open_data
from kiosk.app.places import desks
from kiosk.app.slips import slip_of_ticket
from kiosk.core import changes
from kiosk.core import ticket as tickets
from kiosk.core.directory import Directory, Service
from kiosk.core.hours import Schedule, Span
from kiosk.core.roster import Slot
from kiosk.core.ticket import Case, Content, State, Ticket
from kiosk.core.waiting import Pick
from kiosk.data.good import Version
from kiosk.data.languages import Fault
from kiosk.errors import Trouble
from kiosk.paths import FLOWS, LANGUAGES
from kiosk.ui.counter.desk import Paper
from kiosk.ui.counter.place import Place
from kiosk.ui.counter.today import today_of
from kiosk.ui.counter.view import Beside, Row
from kiosk.workers import Results
from tests.app.conftest import answered, console_words, issue, until, wait
from tests.store.failing import Disk

PLACE = Place("1", "あおば市")


def test_others_changes_arrive_without_waiting(office: Office, results: Results, data: Path) -> None:
    desk = OfficeDesk(office, results, PLACE)
    other = open_data(data)
    issue(other)
    assert not desk.tickets()  # nothing is read where the window asks
    wait(results, lambda: desk.refresh() and len(desk.tickets()) == 1)
    before = desk.tickets()
    wait(results, lambda: not desk.refresh())
    assert desk.tickets() is before
    other.store.close()


def test_a_store_that_cannot_be_read_is_told_and_tried_again(
    office: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(office)
    real = office.store.tickets

    def refuse(day: date | None = None) -> list[Ticket]:  # noqa: ARG001
        raise Trouble("trouble.store_busy")

    monkeypatch.setattr(office.store, "tickets", refuse)
    desk = OfficeDesk(office, results, PLACE)
    assert [trouble.key for trouble in desk.troubles()] == ["trouble.store_busy"]
    assert not desk.tickets()
    monkeypatch.setattr(office.store, "tickets", real)
    wait(results, lambda: desk.refresh() and len(desk.tickets()) == 1)
    assert desk.troubles() == []


def test_after_a_failed_write_the_desk_goes_on(
    office: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(office)
    issue(office)
    desk = OfficeDesk(office, results, PLACE)
    disk = Disk(monkeypatch)
    disk.fail("fdatasync", 5)
    refused = answered(results, desk.call_next)
    assert isinstance(refused, Trouble)
    assert refused.key == "trouble.store_failed"
    disk.mend()
    called = answered(results, desk.call_next)
    assert isinstance(called, Pick)
    assert called.ticket.number == "A001"
    # What the console sees next is never older than its own change.
    assert next(t for t in desk.tickets() if t.number == "A001").counter == "1"


def test_what_the_state_does_not_allow_is_told_in_japanese(office: Office, results: Results) -> None:
    case = issue(office)
    desk = OfficeDesk(office, results, PLACE)

    def close(now: Ticket) -> Ticket:
        return changes.close(now, office.now(), counter="1")

    told = answered(results, lambda done: desk.change(case, close, done))
    assert isinstance(told, Trouble)
    assert told.details == {"number": "A001", "state": "待ち"}


def test_a_desk_is_not_offered_to_itself(office: Office) -> None:
    assert [lane for lane, _ in desks(office, "専門相談")] == ["", "1", "ハローワーク"]
    assert [lane for lane, _ in desks(office, "1")] == ["", "ハローワーク", "専門相談"]


def test_a_sensitive_slip_stays_neutral_when_printed_again(
    office: Office, results: Results, data: Path
) -> None:
    service = next(s.id for s in office.directory if s.shown)
    case = issue(office, sensitive=True, services=(service,), bring=("contract",))
    slip = slip_of_ticket(office, case)
    assert (slip.kind, slip.qr, slip.places) == ("neutral", "", ())
    assert answered(results, lambda done: OfficeDesk(office, results, PLACE).reprint(case, done)) is None
    assert (data / "slips" / f"{office.today()}" / "A001.png").exists()


def test_a_slip_printed_while_served_names_no_wait(office: Office) -> None:
    waiting = issue(office)
    assert "clock" in [line.icon for line in slip_of_ticket(office, waiting).lines]
    office.store.call_next(counter="1", languages=(), at=office.now())
    served = office.store.change(waiting.id, lambda t: changes.serve(t, office.now(), counter="1"))
    assert "clock" not in [line.icon for line in slip_of_ticket(office, served).lines]


def test_a_slip_leaves_out_what_has_gone_since(office: Office) -> None:
    content = Content(cases=(Case("gone"),), services=("gone",), bring=("gone", "contract"))
    case = office.store.issue(content, language="ms", at=office.now(), referred=True)
    slip = slip_of_ticket(office, case)
    assert (slip.language, slip.places, slip.number) == ("en", (), "A001")


def test_days_are_erased_with_their_slips(office: Office, data: Path) -> None:
    for days in (1, 89, 90, 91, 400):
        day = office.today() - timedelta(days=days)
        for folder, name in (("store", f"{day}.journal"), (f"slips/{day}", "A001.png")):
            (data / folder).mkdir(parents=True, exist_ok=True)
            (data / folder / name).write_bytes(b"")
    office.erase_old()
    left = [office.today() - timedelta(days=days) for days in (90, 89, 1)]
    assert sorted(p.name for p in (data / "slips").iterdir()) == [str(day) for day in left]
    assert sorted(p.stem for p in (data / "store").glob("*.journal")) == [str(day) for day in left]


ROSTER = """
[[language]]
tag = "en"
hours = [{ days = "mon-sun", opens = "00:00", closes = "24:00" }]

[[specialist]]
id = "lawyer"
kind = "lawyer"
name_ja = "青葉弁護士会 法律相談"
topics = ["work"]
hours = [{ days = "mon-sun", opens = "00:00", closes = "23:59" }]
closed_on_holidays = false
minutes = 60
lead_hours = 1
room = "相談室1"

[[interpreter]]
id = "line"
name_ja = "県 通訳コールセンター"
telephone = "0120-000-000"
languages = ["vi"]
always_open = true
"""


@pytest.fixture
def rostered(data: Path) -> Iterator[Office]:
    (data / "roster.toml").write_text(ROSTER, encoding="utf-8")
    made = open_data(data)
    assert made.roster_faults == ()
    yield made
    made.store.close()
    made.bookings.close()


def served(office: Office, **content: object) -> Ticket:
    issue(office, **content)
    called = office.store.call_next(counter="1", languages=(), at=office.now())
    assert called is not None
    return office.store.change(called.ticket.id, lambda t: changes.serve(t, office.now(), counter="1"))


def sent_to(office: Office, slot: Slot) -> Callable[[Ticket], Ticket]:
    """What the console makes of a ticket that gets a place."""

    def apply(case: Ticket) -> Ticket:
        moved = changes.transfer(case, office.now(), lane=slot.specialist.lane, counter="1")
        return replace(moved, due=slot.at)

    return apply


def test_a_place_is_taken_for_a_ticket_and_given_back(rostered: Office, results: Results) -> None:
    desk, office = OfficeDesk(rostered, results, PLACE), rostered
    # The kiosk offers none to them: the counselor may.
    case = served(office, sensitive=True, first=True, care=("violence",))
    slots = answered(results, lambda done: desk.places(case, done))
    assert isinstance(slots, list)
    assert slots
    slot = slots[0]
    sent = answered(results, lambda done: desk.book(case, slot, sent_to(office, slot), done))
    assert isinstance(sent, Ticket)
    assert (sent.state, sent.due, sent.lane) == (State.WAITING, slot.at, "specialist:lawyer")
    assert office.bookings.taken("lawyer", office.today()) == [slot.at]
    other = served(office)
    refused = answered(results, lambda done: desk.book(other, slot, sent_to(office, slot), done))
    assert isinstance(refused, Trouble)
    assert refused.key == "trouble.place_taken"
    assert office.store.get(other.id).state is State.SERVING
    given = answered(results, lambda done: desk.give_back(sent, done))
    assert isinstance(given, Ticket)
    assert given.state is State.CLOSED
    assert office.bookings.taken("lawyer", office.today()) == []


def test_a_ticket_at_hand_stays_when_its_place_is_given_back(rostered: Office, results: Results) -> None:
    desk, office = OfficeDesk(rostered, results, PLACE), rostered
    case = served(office)
    slots = answered(results, lambda done: desk.places(case, done))
    assert isinstance(slots, list)
    answered(results, lambda done: desk.book(case, slots[0], sent_to(office, slots[0]), done))
    booking.call(office, case.id, counter="1")
    again = office.store.change(case.id, lambda t: changes.serve(t, office.now(), counter="1"))
    given = answered(results, lambda done: desk.give_back(again, done))
    assert isinstance(given, Ticket)
    assert (given.state, given.due, given.lane) == (State.SERVING, None, "")


def test_a_place_that_cannot_be_written_leaves_the_ticket_waiting_today(
    rostered: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, office = OfficeDesk(rostered, results, PLACE), rostered
    case = served(office)
    slots = answered(results, lambda done: desk.places(case, done))
    assert isinstance(slots, list)

    def broken(_specialist: object, _at: object, send: Callable[[], Ticket]) -> None:
        send()
        raise Trouble("trouble.disk_full")

    monkeypatch.setattr(office.bookings, "book", broken)
    left = answered(results, lambda done: desk.book(case, slots[0], sent_to(office, slots[0]), done))
    assert isinstance(left, Ticket)
    assert (left.state, left.due, left.lane) == (State.WAITING, None, "")


def test_todays_appointments_bring_tickets_of_other_days(
    rostered: Office, results: Results, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = rostered
    now = office.now()
    noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(Office, "now", lambda _office: noon - timedelta(days=2))
    before = open_data(data)
    lawyer = before.roster.specialists[0]
    case = booking.take(before, Content(cases=(Case("work"),)), "vi", Slot(lawyer, noon, 1))
    before.store.close()
    before.bookings.close()
    monkeypatch.setattr(Office, "now", lambda _office: noon)
    office.store.refresh()
    desk = OfficeDesk(office, results, PLACE)
    assert [one.number for one in desk.appointments()] == ["A001"]
    (one,) = desk.appointments()
    assert (one.specialist, one.room, one.at) == ("青葉弁護士会 法律相談", "相談室1", noon)
    assert [ticket.id for ticket in desk.tickets()] == [case.id]
    called = answered(
        results, lambda done: desk.change(case, lambda t: changes.call(t, noon, counter="1"), done)
    )
    assert isinstance(called, Ticket)
    assert desk.tickets()[0].state is State.CALLED


def test_whoever_was_on_hold_when_the_office_closed_is_on_hold_in_the_morning(
    office: Office, results: Results, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = office.now().replace(hour=12, minute=0, second=0, microsecond=0)
    before = noon - timedelta(days=3)
    monkeypatch.setattr(Office, "now", lambda _office: before)
    left = open_data(data)
    waiting, held, ended = (issue(left) for _ in range(3))
    for case in (held, ended):
        for step in (changes.call, changes.serve, changes.hold):
            left.store.change(case.id, partial(step, at=before, counter="1"))
    left.store.change(ended.id, partial(changes.close, at=before, counter="1"))
    left.store.close()
    monkeypatch.setattr(Office, "now", lambda _office: noon)
    office.store.refresh()
    desk = OfficeDesk(office, results, PLACE)
    wait(results, lambda: desk.refresh() and desk.tickets())
    (found,) = desk.tickets()
    assert (found.id, found.state, found.day) == (held.id, State.ON_HOLD, before.date())
    seen = today_of(desk.tickets(), "held", noon, "1", lambda case, _: Row(case.id, case.number, "", 0))
    assert (seen.counts, seen.issued, [row.ticket_id for row in seen.rows]) == ((0, 1, 0), 0, [held.id])
    other = open_data(data)
    elsewhere = OfficeDesk(other, results, replace(PLACE, counter="2"))
    wait(results, lambda: elsewhere.refresh() and elsewhere.tickets())
    other.store.change(held.id, partial(changes.serve, at=noon, counter="2"))
    wait(results, lambda: desk.refresh() and desk.tickets()[0].state is State.SERVING)
    again = OfficeDesk(other, results, replace(PLACE, counter="2"))
    wait(results, lambda: again.refresh() and again.tickets())
    assert again.tickets()[0].state is State.SERVING, "a console that died with it has it again"
    other.store.close()
    assert waiting.id not in {case.id for case in desk.tickets()}


def held_before(
    office: Office, data: Path, monkeypatch: pytest.MonkeyPatch, days: int, count: int = 1
) -> list[Ticket]:
    """Tickets put on hold so many days before noon of today."""
    noon = office.now().replace(hour=12, minute=0, second=0, microsecond=0)
    before = noon - timedelta(days=days)
    monkeypatch.setattr(Office, "now", lambda _office: before)
    left = open_data(data)
    held = [issue(left) for _ in range(count)]
    for case in held:
        for step in (changes.call, changes.serve, changes.hold):
            left.store.change(case.id, partial(step, at=before, counter="1"))
    left.store.close()
    monkeypatch.setattr(Office, "now", lambda _office: noon)
    office.store.refresh()
    return held


def test_who_was_on_hold_before_a_years_end_and_waits_again_is_seen_by_whoever_opens(
    office: Office, results: Results, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a Friday before the holidays to a Monday after them are ten days."""
    (held,) = held_before(office, data, monkeypatch, 10)
    office.store.change(held.id, partial(changes.transfer, at=office.now(), lane="2", counter="1"))
    desk = OfficeDesk(office, results, replace(PLACE, counter="2"))
    wait(results, lambda: desk.refresh() and desk.tickets())
    assert [(case.id, case.state) for case in desk.tickets()] == [(held.id, State.WAITING)]


def test_a_day_that_cannot_be_read_at_first_is_read_later_and_what_was_read_stays(
    office: Office, results: Results, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (older,) = held_before(office, data, monkeypatch, 3)
    (held,) = held_before(office, data, monkeypatch, 1)
    failing, tickets, get = [held.day], type(office.store).tickets, type(office.store).get

    def read(store: object, day: date | None = None) -> list[Ticket]:
        if day in failing:
            raise Trouble("trouble.data_unreadable")
        return tickets(store, day)  # type: ignore[arg-type]

    def one(store: object, ticket_id: str) -> Ticket:
        if older.day in failing:
            raise Trouble("trouble.data_unreadable")
        return get(store, ticket_id)  # type: ignore[arg-type]

    monkeypatch.setattr(type(office.store), "tickets", read)
    monkeypatch.setattr(type(office.store), "get", one)
    desk = OfficeDesk(office, results, PLACE)
    wait(results, lambda: desk.refresh() and desk.tickets())
    assert [case.id for case in desk.tickets()] == [older.id]
    failing.clear()
    wait(results, lambda: desk.refresh() and len(desk.tickets()) > 1)
    assert {case.id for case in desk.tickets()} == {older.id, held.id}
    failing.append(older.day)
    other = open_data(data)
    issue(other)
    other.store.close()
    wait(results, lambda: desk.refresh() and len(desk.tickets()) > 2)
    assert {older.id, held.id} < {case.id for case in desk.tickets()}


def test_a_booking_made_elsewhere_appears(
    rostered: Office, results: Results, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = rostered.now().replace(hour=12, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(Office, "now", lambda _office: noon)
    desk = OfficeDesk(rostered, results, PLACE)
    assert not desk.appointments()
    other = open_data(data)
    slot = Slot(other.roster.specialists[0], noon + timedelta(hours=2), 1)
    booking.take(other, Content(), "ne", slot)
    wait(results, lambda: desk.refresh() and len(desk.appointments()) == 1)
    booking.cancel(other, "A001")
    wait(results, lambda: desk.refresh() and not desk.appointments())
    other.store.close()
    other.bookings.close()


def test_bookings_that_cannot_be_read_hide_no_ticket(
    office: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(office)

    def refuse() -> list[date]:
        raise Trouble("trouble.store_busy")

    monkeypatch.setattr(office.bookings, "days", refuse)
    desk = OfficeDesk(office, results, PLACE)
    assert len(desk.tickets()) == 1
    assert [trouble.key for trouble in desk.troubles()] == ["trouble.store_busy"]


def test_a_slip_is_found_by_its_id_or_by_number_and_day(office: Office, results: Results) -> None:
    desk = OfficeDesk(office, results, PLACE)
    case = issue(office)

    def find(paper: Paper) -> object:
        return answered(results, lambda done: desk.find(paper, done))

    assert find(Paper("A001", office.today())) == case
    assert find(Paper("A001", office.today(), case.id)) == case
    assert find(Paper("A002", office.today())) is None
    assert find(Paper("A001", office.today() - timedelta(days=1))) is None
    assert find(Paper("A001", office.today(), "0190d3c2-0000-7000-8000-000000000000")) is None
    assert office.store.days() == [office.today()]


def test_the_disaster_switch_reaches_every_office_on_the_data(
    office: Office, results: Results, data: Path
) -> None:
    desk = OfficeDesk(office, results, PLACE)
    assert answered(results, lambda done: desk.switch_disaster(True, done)) is None
    assert open_data(data).in_disaster()
    assert answered(results, lambda done: desk.switch_disaster(False, done)) is None
    assert not desk.in_disaster()


def test_who_is_here_and_who_interprets_comes_from_the_roster(rostered: Office, results: Results) -> None:
    desk = OfficeDesk(rostered, results, PLACE)
    assert [line.telephone for line, _ in desk.lines("vi")] == ["0120-000-000"]
    assert desk.lines("my") == []
    assert ("specialist:lawyer", "青葉弁護士会 法律相談") in desks(rostered, "1")


def test_a_broken_roster_is_told(data: Path, results: Results) -> None:
    (data / "roster.toml").write_text("[[language]]\ntag = 5\n", encoding="utf-8")
    office = open_data(data)
    found = [text for text in OfficeDesk(office, results, PLACE).notices() if "当番表" in text]
    assert found
    assert "roster.toml" in found[0]
    assert "madoguchi check" in found[0]
    office.store.close()


@pytest.mark.parametrize(("since", "key"), [(date(2026, 11, 20), "former"), (None, "faulty")])
def test_broken_flows_are_told_with_the_version_in_use(
    since: date | None, key: str, office: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = Fault(FLOWS / "work.toml", "question", "has no choices")
    monkeypatch.setattr(Office, "_version", Version(FLOWS, LANGUAGES, since, (fault,)))
    monkeypatch.setattr(Office, "directory", Directory())
    (told,) = OfficeDesk(office, results, PLACE).notices()
    assert told.startswith(office.catalogue("ja").text(f"console.flows.{key}", day="11月20日"))
    assert "work.toml" in told


def test_a_service_that_is_closed_has_another_that_is_open_and_sure(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = office.now()
    hours = Schedule((Span(frozenset(range(7)), clock_time(9), clock_time(17)),), closed_on_holidays=False)
    shut = Schedule((Span(frozenset(range(7)), clock_time(18), clock_time(19)),), closed_on_holidays=False)
    at_noon = noon.replace(hour=12, minute=0)
    first = Service("a", "a", ("x",), "役所", "甲", "official", "", "2000", telephone="1", schedule=shut)
    second = replace(first, id="b", telephone="2", schedule=hours, assured_date=f"{noon.year}")
    monkeypatch.setattr(Office, "now", lambda _office: at_noon)
    monkeypatch.setattr(Office, "directory", Directory((first, second)))
    here = standing(office, first, "vi")
    assert (here.opening.state, here.stale, here.nearest) == ("closed", True, second)
    assert not here.nearest_stale
    old = replace(second, assured_date="2000")
    monkeypatch.setattr(Office, "directory", Directory((first, old)))
    assert standing(office, first, "vi").nearest_stale
    # Nothing else is needed while it is open.
    assert standing(office, old, "vi").nearest is None


def focus(shown: ConsoleWindow) -> None:
    root = shown.window.root
    root.focus_force()
    until(shown, lambda: root.focus_get() is not None)


def type_line(shown: ConsoleWindow, line: str, apart: int = 5) -> None:
    """As a hand scanner types, and Return; keys are `apart` milliseconds apart on the display's clock."""
    names = {" ": "space", "-": "minus"}
    keys = [*(names.get(sign, sign) for sign in line), "Return"]
    for at, key in enumerate(keys):
        shown.window.root.event_generate(f"<KeyPress-{key}>", time=10_000 + at * apart)
    shown.window.root.event_generate("<KeyRelease-Return>")


def test_a_slip_that_is_scanned_opens_its_case_and_picks_nothing(
    console: Callable[[], ConsoleWindow], office: Office
) -> None:
    case = issue(office)
    shown = console()
    focus(shown)
    type_line(shown, f"{case.number} {case.day} {case.id}")
    type_line(shown, f"{case.day} 10:42".replace(":", ""))
    until(shown, lambda: isinstance(shown.console.view().over, Beside))
    assert office.store.get(case.id).state is State.WAITING


def test_keys_of_a_finger_that_waited_for_the_window_are_no_scanners_line(
    console: Callable[[], ConsoleWindow], office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They come all at once where the window was busy; the display knows when each was pressed."""
    case = issue(office)
    shown = console()
    focus(shown)
    seen: list[str] = []
    monkeypatch.setattr(shown.console, "scan", seen.append)
    type_line(shown, f"{case.number} {case.day}", apart=200)
    assert seen == []
    type_line(shown, f"{case.number} {case.day}", apart=20)
    assert seen == [f"{case.number} {case.day}"]


def test_the_digits_of_a_slip_send_nobody_anywhere(
    console: Callable[[], ConsoleWindow], office: Office
) -> None:
    case = issue(office)
    shown = console()
    focus(shown)
    for key in ("F2", "F10"):
        shown.console.key(key)
        until(shown, lambda: not shown.console.busy)
    shown.console.key("F5")
    type_line(shown, f"B001 {case.day}")
    until(shown, lambda: "ここの記録にありません" in console_words(shown))
    assert office.store.get(case.id).state is State.SERVING


def test_a_slip_is_typed_into_the_field(console: Callable[[], ConsoleWindow], office: Office) -> None:
    issue(office)
    shown = console()
    focus(shown)
    shown.console.key("F11")
    until(shown, lambda: shown.entry.has_focus)
    shown.entry.widget.insert(0, f"A001 {office.today()}")
    shown.window.root.event_generate("<KeyPress-Return>")
    until(shown, lambda: isinstance(shown.console.view().over, Beside))
    assert not shown.entry.has_focus
    shown.console.key("Escape")
    assert shown.console.over is None


def test_shift_f12_is_not_f12(console: Callable[[], ConsoleWindow]) -> None:
    shown = console()
    focus(shown)
    root = shown.window.root
    root.event_generate("<Shift-KeyPress-F12>")
    until(shown, lambda: "災害の画面に変えます" in console_words(shown))
    root.event_generate("<KeyRelease-F12>")
    root.event_generate("<KeyPress-Escape>")
    until(shown, lambda: shown.console.over is None)
    until(shown, lambda: not shown.keyboard.held.get("F12"))
    until(shown, lambda: "F12" not in shown.keyboard.held)
    root.event_generate("<KeyPress-F12>")
    until(shown, lambda: "今日の専門家の予約" in console_words(shown))
    root.event_generate("<KeyPress-Escape>")


def test_digits_in_the_memo_pick_nothing(console: Callable[[], ConsoleWindow], office: Office) -> None:
    issue(office)
    shown = console()
    focus(shown)
    shown.console.key("F2")
    until(shown, lambda: shown.console.current is not None)
    shown.console.key("F7")
    until(shown, lambda: shown.memo.has_focus)
    shown.memo.widget.insert("end", "03")
    shown.console.key("F9")
    until(shown, lambda: not shown.memo.has_focus)
    shown.console.key("Escape")
    assert shown.memo.text() == "03"


def test_f10_held_down_begins_the_case_and_does_not_end_it(
    console: Callable[[], ConsoleWindow], office: Office
) -> None:
    issue(office)
    shown = console()
    root = shown.window.root
    root.focus_force()
    until(shown, lambda: root.focus_get() is not None)
    shown.console.key("F2")
    until(shown, lambda: shown.console.view().state is tickets.State.CALLED)
    for _ in range(6):  # as X repeats a key: released and pressed at once, over and over
        root.event_generate("<KeyPress-F10>")
        until(shown, lambda: not shown.console.busy)
        root.event_generate("<KeyRelease-F10>")
    until(shown, lambda: not shown.keyboard.held)
    assert shown.console.view().state is tickets.State.SERVING
    shown.console.records = None  # It would ask once what came of the case.
    root.event_generate("<KeyPress-F10>")
    until(shown, lambda: shown.console.current is None)


def test_ctrl_c_ends_the_window(console: Callable[[], ConsoleWindow]) -> None:
    shown = console()
    # Started in the background, a shell has told the whole run to ignore it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        shown.window.root.after(1, lambda: os.kill(os.getpid(), signal.SIGINT))
        with pytest.raises(KeyboardInterrupt):
            shown.window.run()
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_fault_in_one_press_does_not_end_the_window(
    console: Callable[[], ConsoleWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside of tests: there `fatal` ends it."""
    shown = console()
    shown.window._fatal = False

    def break_down() -> None:
        raise ValueError("once")

    shown.window.root.after(1, break_down)
    beaten = []
    monkeypatch.setattr(shown.window, "_tick", lambda: beaten.append(shown.window.failure))
    while not any(isinstance(failure, ValueError) for failure in beaten):
        shown.window.root.tk.dooneevent(0)
