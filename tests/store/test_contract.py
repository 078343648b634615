"""What every back end promises."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.core.changes import IllegalChange, call, close, note, serve, transfer, without_appointment
from kiosk.core.clock import HybridClock, stamped
from kiosk.core.merge import merge
from kiosk.core.ticket import Content, State
from kiosk.store.keys import Keyring
from kiosk.store.tiny import TinyStore
from tests.store.conftest import Office
from tests.store.samples import DAY, FULL, NOW, PLAIN, SENSITIVE, always, minutes, told, unstamped


def test_a_ticket_comes_back_as_it_was_issued(office: Office) -> None:
    issued = office.open().issue(FULL, language="ko", at=NOW)
    assert issued.number == "A001"
    assert issued.state is State.WAITING
    assert issued.day == DAY
    assert issued.content == FULL
    assert uuid.UUID(issued.id).version == 7
    other = office.open()
    assert other.tickets() == [issued]
    assert other.get(issued.id) == issued


@pytest.mark.parametrize("text", ["\n", "\r\n", "\x00\x1f", "\u2028\x85", "\ud800", '😀ဗမာ{}\\"', "1 1 "])
def test_any_text_comes_back(office: Office, text: str) -> None:
    issued = office.open().issue(replace(PLAIN, notes=(text,)), language="my", at=NOW)
    assert office.open().get(issued.id).content.notes == (text,)


@pytest.mark.parametrize(
    ("content", "first"),
    [(PLAIN, False), (SENSITIVE, True), (Content(urgent=True), False), (Content(first=True), True)],
)
def test_safety_goes_first(office: Office, content: Content, first: bool) -> None:
    assert office.open().issue(content, language="en", at=NOW).first is first


def test_a_referral_ends_at_once_and_keeps_its_number(office: Office) -> None:
    store = office.open()
    referred = store.issue(PLAIN, language="en", at=NOW, referred=True)
    assert [p.state for p in referred.periods] == [State.WAITING, State.REFERRED]
    assert store.call_next(counter="1", languages=(), at=NOW) is None
    assert store.issue(PLAIN, language="en", at=NOW).number == "A002"


def test_numbers_go_on_over_devices_and_starts(office: Office) -> None:
    first, second = office.open("A"), office.open("B")
    numbers = [store.issue(PLAIN, language="en", at=NOW).number for store in (first, second, first, second)]
    first.close()
    numbers.append(first.issue(PLAIN, language="en", at=NOW).number)
    numbers.append(office.open("A").issue(PLAIN, language="en", at=NOW).number)
    assert numbers == ["A001", "B001", "A002", "B002", "A003", "A004"]
    assert [t.number for t in second.tickets()] == ["A001", "A002", "A003", "A004", "B001", "B002"]


def test_number_order_holds_past_the_thousandth(office: Office, tmp_path: Path) -> None:
    """The day's first nine hundred and ninety-eight are brought by two of them, which is a moment's work."""
    away = TinyStore(tmp_path / "tablet", letter="A", today=lambda: DAY, keys=Keyring(tmp_path / "keys"))
    for _ in range(2):
        away.issue(Content(), language="en", at=NOW)
    came = [
        replace(one, ticket=replace(one.ticket, number=f"A{997 + at}"))
        for at, one in enumerate(away.carried(DAY))
    ]
    away.close()
    store = office.open()
    assert store.merge(came).refused == ()
    issued = [store.issue(Content(), language="en", at=NOW).number for _ in range(4)]
    assert issued == ["A999", "A1000", "A1001", "A1002"]
    for one in (store, office.open()):
        assert [t.number for t in one.tickets()] == ["A997", "A998", *issued]


def test_a_change_is_seen_by_all_and_after_a_start(office: Office) -> None:
    kiosk, console = office.open(), office.open()
    ticket = kiosk.issue(PLAIN, language="en", at=NOW)
    console.change(ticket.id, lambda t: call(t, minutes(1), counter="2", staff="s1"))
    console.change(ticket.id, lambda t: serve(t, minutes(2), counter="2", staff="s1"))
    console.change(ticket.id, lambda t: transfer(t, minutes(3), lane="law", counter="2"))
    changed = console.change(ticket.id, lambda t: note(t, "弁護士へ"))
    assert changed.number == ticket.number
    assert changed.lane == "law"
    for store in (kiosk, console, office.open()):
        assert store.get(ticket.id) == changed


def test_a_ticket_knows_the_site_it_was_issued_at(office: Office) -> None:
    branch = office.open(site="支所")
    ticket = branch.issue(PLAIN, language="vi", at=NOW)
    assert ticket.site == "支所"
    called = branch.change(ticket.id, lambda t: call(t, NOW, counter="1"))
    assert called.site == "支所"
    again = office.open(site="支所")
    assert [t.site for t in again.tickets()] == ["支所"]
    assert [one.ticket.site for one in again.carried(DAY)] == ["支所"]
    picked = again.issue(PLAIN, language="ko", at=NOW)
    assert picked.site == "支所"


def test_a_ticket_of_no_site_stays_of_none_where_its_machine_stands_alone(office: Office) -> None:
    ticket = office.open().issue(PLAIN, language="vi", at=NOW)
    assert ticket.site == office.open().get(ticket.id).site == ""


def test_a_mark_never_stands_for_two_lists(office: Office) -> None:
    store, other = office.open(), office.open()
    ticket = store.issue(PLAIN, language="vi", at=NOW)
    seen = [store.mark(DAY)]
    steps: tuple[Callable[[], object], ...] = (
        lambda: other.issue(PLAIN, language="vi", at=NOW),
        lambda: other.change(ticket.id, lambda t: call(t, NOW, counter="1")),
        lambda: store.change(ticket.id, lambda t: note(t, "x")),
    )
    for step in steps:
        step()
        assert store.mark(DAY) in ("", other.mark(DAY))
        seen.append(store.mark(DAY))
    told_ = [mark for mark in seen if mark]
    assert len(set(told_)) == len(told_)


def test_merged_tickets_stay_at_the_site_they_name(office: Office, tmp_path: Path) -> None:
    away = TinyStore(tmp_path / "tablet", letter="C", today=lambda: DAY, site="支所")
    came = [away.issue(PLAIN, language="vi", at=NOW)]
    store = office.open(site="支所")
    for _ in range(2):
        store.merge(away.carried(DAY))
    assert [(t.id, t.site) for t in store.tickets()] == [(t.id, "支所") for t in came]
    away.close()


def test_an_illegal_change_writes_nothing(office: Office) -> None:
    store = office.open()
    ticket = store.issue(PLAIN, language="en", at=NOW)
    with pytest.raises(IllegalChange):
        store.change(ticket.id, lambda t: close(t, NOW, counter="1"))
    assert office.open().get(ticket.id) == ticket


def test_a_change_cannot_rewrite_what_others_rely_on(office: Office) -> None:
    store = office.open()
    ticket = store.issue(PLAIN, language="en", at=NOW)
    for wrong in (
        replace(ticket, number="A999"),
        replace(ticket, language="ko"),
        replace(ticket, site="支所"),
        replace(ticket, periods=(replace(ticket.periods[0], at=minutes(9)),)),
    ):
        with pytest.raises(ValueError, match=r"may not|stays"):
            store.change(ticket.id, always(wrong))
    assert store.get(ticket.id) == ticket


def test_a_change_may_read_but_not_write_the_store(office: Office) -> None:
    store = office.open()
    first, second = (store.issue(PLAIN, language="en", at=NOW) for _ in range(2))
    assert store.change(first.id, lambda t: note(t, store.get(second.id).number)).content.notes == ("A002",)
    with pytest.raises(RuntimeError):
        store.change(first.id, lambda t: store.change(second.id, lambda u: note(u, "x")) and t)
    assert store.issue(PLAIN, language="en", at=NOW).number == "A003"


@pytest.mark.parametrize("unknown", ["", "A001", "../x", "019862f5-2c00-7abc-8000-000000000000", "\x00"])
def test_an_unknown_ticket_is_told(office: Office, unknown: str) -> None:
    store = office.open()
    store.issue(PLAIN, language="en", at=NOW)
    key = office.unknown if "-" in unknown else "trouble.ticket_unknown"
    with told(key):
        store.get(unknown)
    with told(key):
        store.change(unknown, lambda t: t)


def test_next_is_called_once_and_says_why(office: Office) -> None:
    store, other = office.open(), office.open()
    store.issue(PLAIN, language="vi", at=NOW)
    store.issue(SENSITIVE, language="ne", at=minutes(1))
    store.issue(PLAIN, language="ko", at=minutes(2))
    picks = [
        store.call_next(counter="1", languages=("ko",), at=minutes(5), staff="s1"),
        other.call_next(counter="2", languages=("ko",), at=minutes(5)),
        store.call_next(counter="1", languages=("ko",), at=minutes(5)),
        other.call_next(counter="2", languages=("ko",), at=minutes(5)),
    ]
    assert [(p.ticket.number, p.reason, p.minutes) for p in picks if p] == [
        ("A002", "reason.first", 4),
        ("A003", "reason.language", 3),
        ("A001", "reason.longest", 5),
    ]
    assert picks[0] is not None
    assert picks[0].ticket.state is State.CALLED
    assert (picks[0].ticket.counter, picks[0].ticket.periods[-1].staff) == ("1", "s1")
    assert picks[0].ticket == office.open().get(picks[0].ticket.id)


def test_a_desk_calls_only_who_was_sent_there(office: Office) -> None:
    store, desk = office.open(), "ハローワーク"
    general = store.issue(SENSITIVE, language="vi", at=NOW)
    assert store.call_next(counter=desk, languages=("vi",), at=minutes(1)) is None
    sent = store.issue(PLAIN, language="vi", at=minutes(2), lane=desk)
    found = store.call_next(counter=desk, languages=("vi",), at=minutes(3))
    assert found is not None
    assert (found.ticket.id, found.reason) == (sent.id, "reason.longest")
    assert store.call_next(counter=desk, languages=("vi",), at=minutes(3)) is None
    found = store.call_next(counter="社協", languages=(), at=minutes(4), lanes=("",))
    assert found is not None
    assert found.ticket.id == general.id, "the general queue may be named"


def test_an_appointment_is_kept_and_called_in_its_lane_only(office: Office) -> None:
    store, lane = office.open(), "specialist:lawyer"
    booked = store.issue(PLAIN, language="vi", at=NOW, lane=lane, due=minutes(60))
    assert (booked.lane, booked.due) == (lane, minutes(60))
    assert office.open().get(booked.id) == booked
    assert store.call_next(counter="1", languages=(), at=minutes(54), lanes=(lane,)) is None
    assert store.call_next(counter="1", languages=(), at=minutes(60)) is None
    found = store.call_next(counter="1", languages=(), at=minutes(60), lanes=(lane,))
    assert found is not None
    assert (found.ticket.id, found.reason, found.minutes) == (booked.id, "reason.appointment", 0)
    other = store.issue(PLAIN, language="vi", at=NOW, lane=lane, due=minutes(60))
    office.today = DAY + timedelta(days=1)
    released = store.change(other.id, without_appointment)
    assert (released.lane, released.due) == ("", None)
    assert office.open().get(other.id) == released


def test_refresh_tells_of_others_changes_once(office: Office) -> None:
    kiosk, console = office.open(), office.open()
    console.tickets()
    assert not console.refresh()
    ticket = kiosk.issue(PLAIN, language="en", at=NOW)
    assert console.refresh()
    assert not console.refresh()
    assert console.tickets() == [ticket]
    assert not kiosk.refresh(), "one's own change is no news"
    console.change(ticket.id, lambda t: call(t, NOW, counter="1"))
    kiosk.get(ticket.id)
    assert kiosk.refresh(), "a look in between must not swallow the news"


def test_midnight_in_the_middle(office: Office) -> None:
    store = office.open()
    late = store.issue(PLAIN, language="en", at=NOW)
    left = store.issue(PLAIN, language="en", at=NOW)
    store.refresh()
    office.today = DAY + timedelta(days=1)
    assert store.refresh(), "a new day is news"
    assert store.tickets() == []
    early = store.issue(PLAIN, language="en", at=minutes(24 * 60))
    assert early.number == "A001"
    changed = store.change(late.id, lambda t: call(t, minutes(24 * 60), counter="1"))
    assert changed.day == DAY
    assert store.tickets() == [early]
    assert store.tickets(DAY) == [changed, left]
    assert office.open().get(late.id) == changed
    assert store.days() == [DAY, DAY + timedelta(days=1)]
    pick = store.call_next(counter="1", languages=(), at=minutes(24 * 60))
    assert pick is not None
    assert pick.ticket.id == early.id
    assert store.call_next(counter="1", languages=(), at=minutes(24 * 60)) is None, "yesterday's went home"


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=400)])
def test_a_clock_set_back_gives_no_number_twice(office: Office, back: timedelta) -> None:
    store = office.open()
    issued = [store.issue(PLAIN, language="en", at=NOW) for _ in range(2)]
    office.today = (NOW - back).date()
    issued += [store.issue(PLAIN, language="en", at=NOW - back) for _ in range(2)]
    again = office.open()
    office.today = DAY
    issued += [again.issue(PLAIN, language="en", at=NOW), store.issue(PLAIN, language="en", at=NOW)]
    assert len({(t.day, t.number) for t in issued}) == len(issued)
    assert len({t.id for t in issued}) == len(issued)
    for ticket in issued:
        assert office.open().get(ticket.id) == ticket


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)])
def test_a_clock_set_back_reorders_nothing(office: Office, back: timedelta) -> None:
    """What is written later has the later stamp, whichever process writes it and whatever its clock says."""
    kiosk, console = office.open(), office.open()
    ticket = kiosk.issue(PLAIN, language="en", at=NOW)
    other = kiosk.issue(PLAIN, language="en", at=NOW)
    console.change(ticket.id, lambda t: call(t, minutes(1), counter="1"))
    set_back = office.open()
    set_back.change(ticket.id, lambda t: note(serve(t, NOW - back, counter="1"), "x"))
    called = set_back.call_next(counter="2", languages=(), at=NOW - back)
    assert called is not None
    assert called.ticket.id == other.id
    kiosk.change(ticket.id, lambda t: note(close(t, minutes(2) - back, counter="1"), "y"))
    found = office.open().get(ticket.id)
    assert [p.state for p in found.periods] == [State.WAITING, State.CALLED, State.SERVING, State.CLOSED]
    order = [ticket.periods, other.periods, found.periods[1:3], called.ticket.periods[1:], found.periods[3:]]
    stamps = [period.stamp for part in order for period in part]
    assert stamps == sorted(set(stamps))
    assert all(stamps)
    assert [t.number for t in office.open().tickets()] == ["A001", "A002"]


def test_a_stamp_once_given_stays(office: Office) -> None:
    store = office.open()
    issued = store.issue(replace(PLAIN, notes=("n",)), language="en", at=NOW)
    assert len({issued.latest[-8:], *(stamp[-8:] for stamp in issued.content.note_stamps)}) == 1
    called = office.open().change(issued.id, lambda t: call(t, NOW, counter="1"))
    assert called.periods[0] == issued.periods[0]
    assert called.content.note_stamps == issued.content.note_stamps
    for lost in (
        replace(called, periods=called.periods[:1]),
        replace(called, periods=called.periods[::-1]),
        unstamped(called),
    ):
        with pytest.raises(ValueError, match="stays"):
            store.change(issued.id, always(lost))


def test_a_copy_changed_elsewhere_is_merged_in(office: Office) -> None:
    """Periods of the other copy may stand between one's own; they keep their stamps, and none is lost."""
    store = office.open()
    issued = store.issue(PLAIN, language="en", at=NOW)
    elsewhere = HybridClock("0000000e")
    copy = stamped(issued, note(call(issued, minutes(1), counter="9"), "elsewhere"), elsewhere)
    here = store.change(issued.id, lambda t: note(call(t, minutes(2), counter="1"), "here"))
    merged = store.change(issued.id, lambda t: merge(t, copy))
    assert [p.counter for p in merged.periods] == ["", "9", "1"]
    assert set(merged.periods) == {*here.periods, *copy.periods}
    assert merged.content.notes == ("elsewhere", "here")
    assert store.change(issued.id, lambda t: merge(copy, t)) == merged
    served = store.change(issued.id, lambda t: serve(t, minutes(3), counter="1"))
    assert served.latest == served.periods[-1].stamp > merged.latest
    assert office.open().get(issued.id) == served


def test_another_device_far_ahead_carries_nobody_with_it(office: Office) -> None:
    store = office.open()
    issued = store.issue(PLAIN, language="en", at=NOW)
    ahead = HybridClock("0000000e")
    far = stamped(issued, call(issued, minutes(3 * 24 * 60), counter="9"), ahead)
    merged = store.change(issued.id, lambda t: merge(t, far))
    assert merged.latest == far.latest
    assert store.issue(PLAIN, language="en", at=minutes(2)).latest < far.latest
    assert office.open().issue(PLAIN, language="en", at=minutes(2)).latest < far.latest
    served = office.open().change(issued.id, lambda t: serve(t, minutes(1), counter="9"))
    assert served.periods[-1].stamp > far.latest, "in its own ticket it still comes after"


def test_many_days_are_found_by_id(office: Office) -> None:
    store = office.open()
    issued = []
    for back in range(12):
        office.today = DAY - timedelta(days=back)
        issued.append(store.issue(PLAIN, language="en", at=NOW - timedelta(days=back)))
    fresh = office.open()
    for ticket in issued:
        assert fresh.get(ticket.id) == ticket
        assert fresh.tickets(ticket.day) == [ticket]
    assert len(fresh.days()) == 12


def test_a_quiet_store_has_no_faults(office: Office) -> None:
    store = office.open()
    assert store.tickets() == []
    assert store.days() == []
    store.issue(PLAIN, language="en", at=NOW)
    assert store.faults() == ()
    assert office.open().faults() == ()
