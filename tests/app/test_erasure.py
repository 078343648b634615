"""How long what was told is kept, on a whole office: rows, keys, files, bookings, slips, trail."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from kiosk.app import booking, erasure, erasure_asked, erasure_steps
from kiosk.app.office import Office, open_data
from kiosk.core import changes
from kiosk.core import ticket as tickets
from kiosk.core.ticket import Content, State, Ticket
from kiosk.errors import Trouble
from kiosk.store import erasing, keyfiles, rewriting
from kiosk.store.audit import Audit
from kiosk.store.bookings import Bookings
from kiosk.store.keys import Keyring
from kiosk.store.rows import Rows
from kiosk.store.tiny import TinyStore
from tests.store.samples import FULL, told

START = date(2026, 8, 3)
PASSPHRASE = "川の向こうの茶色い犬は朝ねむい"


class Made(Office):
    """An office whose clock the test sets."""

    at = datetime(2026, 8, 3, 10, 30).astimezone()

    def now(self) -> datetime:
        return self.at.astimezone(self.settings.office.zone)


@pytest.fixture
def office(data: Path) -> Iterator[Made]:
    made = Made(data)
    made.at = datetime.combine(START, datetime.min.time(), made.settings.office.zone) + timedelta(hours=10)
    yield made
    made.store.close()


def again(office: Made) -> Made:
    """The same office in another process, or after a restart."""
    made = Made(office.data)
    made.at = office.at
    return made


def visit(office: Office, content: Content = FULL, *, close: bool = True) -> Ticket:
    case = office.store.issue(content, language="ko", at=office.now())
    if close:
        for change in (changes.call, changes.serve, changes.close):
            case = office.store.change(case.id, partial(change, at=office.now(), counter="1"))
    return case


def slip(office: Office, case: Ticket) -> Path:
    place = office.data / "slips" / str(case.day)
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{case.number}.png").write_bytes(b"a picture of what was told")
    (place / f"{case.number}.pdf").write_bytes(b"a picture of what was told")
    return place


def trail(office: Office, action: str = "erase") -> list[dict[str, object]]:
    found = [json.loads(line) for path in office.audit.files() for line in path.read_bytes().splitlines()]
    return [line for line in found if line["action"] == action]


def holding(office: Office, *secrets: str) -> set[str]:
    """Files of the whole data folder, names too, that hold any of the texts."""
    found = set()
    for path in office.data.rglob("*"):
        name = str(path.relative_to(office.data))
        data = path.read_bytes() if path.is_file() else b""
        if any(secret.encode() in data or secret in name for secret in secrets):
            found.add(name)
    return found


def sealed(office: Office, day: date) -> list[str]:
    """The sealed bytes of a day, as they lie in its journal."""
    lines = (office.data / "store" / f"{day}.journal").read_text(encoding="utf-8").rstrip("\0").splitlines()
    return [json.loads(line[line.index("{") :])["sealed"]["data"] for line in lines]


def test_a_day_goes_with_everything_and_leaves_rows(office: Made) -> None:
    case, other = visit(office), visit(office, close=False)
    slip(office, case)
    data = sealed(office, START)
    (office.data / "store" / "damaged").mkdir()
    (office.data / "store" / "damaged" / f"{START}.journal-1-ab").write_text(data[0])
    office.at += timedelta(days=90)
    assert again(office).erase_old() == (), "kept as long as the notice says"
    assert holding(office, str(START))
    office.at += timedelta(days=1)
    assert office.erase_old() == (START,)
    assert holding(office, *data, case.id, other.id, case.number) == set()
    # What is left of the day: the mark that keeps it from coming back, and the audit trail.
    assert holding(office, str(START)) == {f"store/erased/{START}", "audit/2026-11.log"}
    assert len(office.rows.year(2026)) == 2
    assert {(row.outcome, row.topics) for row in office.rows.year(2026)} == {
        ("closed", ("E", "work")),
        ("left", ("E", "work")),
    }
    (line,) = trail(office)
    assert (line["of"], line["more"]) == (str(START), {"tickets": 2, "reason": "automatic"})
    assert again(office).erase_old() == ()
    assert len(trail(office)) == 1
    assert office.store.days() == []


def test_a_kiosk_without_keys_leaves_rows_of_what_routing_says(office: Made) -> None:
    visit(office)
    office.at += timedelta(days=91)
    kiosk = again(office)
    kiosk.keys.public_only()
    assert kiosk.erase_old() == (START,)
    (row,) = kiosk.rows.year(2026)
    assert not row.known
    assert (row.language, row.outcome, row.topics, row.caller) == ("ko", "closed", (), "")


def test_a_console_counts_before_the_kiosk_erases(office: Made) -> None:
    visit(office)
    waiting = visit(office, close=False)
    office.at += timedelta(days=83)
    office.erase_old()
    assert office.rows.year(2026) == [], "beside its ticket a row would tell whose it is"
    office.at += timedelta(days=2)
    office.erase_old()
    rows = office.rows.year(2026)
    assert [row.topics for row in rows] == [("E", "work")] * 2, "also of who went home without a word"
    assert office.store.get(waiting.id) == waiting
    office.at += timedelta(days=6)
    kiosk = again(office)
    kiosk.keys.public_only()
    assert kiosk.erase_old() == (START,)
    assert kiosk.rows.year(2026) == rows
    assert not list((office.data / "statistics" / "counted").iterdir())


def test_with_a_passphrase_nothing_opens_any_more_whatever_copies_exist(office: Made) -> None:
    """The journal was copied away before: with its day's key gone it says nothing, not even to the office."""
    visit(office)
    office.keys.setup(PASSPHRASE, bytes(range(32)))
    copy = (office.data / "store" / f"{START}.journal").read_bytes()
    office.at += timedelta(days=91)
    assert office.erase_old() == (START,)
    (office.data / "store" / f"{START}.journal").write_bytes(copy)
    back = again(office)
    back.keys.unlock(PASSPHRASE)
    assert all(case.content.closed for case in back.store.tickets(START))


def test_a_clock_set_back_neither_brings_back_nor_erases_early(office: Made) -> None:
    visit(office)
    office.at += timedelta(days=30)
    second = visit(office)
    office.at += timedelta(days=61)
    assert office.erase_old() == (START,)
    for back in (1, 2, 30):
        set_back = again(office)
        set_back.at -= timedelta(days=back)
        assert set_back.erase_old() == ()
        assert set_back.store.days() == [second.day]
        assert set_back.store.get(second.id) == second
    assert len(office.rows.year(2026)) == 1


def test_a_clock_that_leaps_ahead_does_not_cost_all_tickets(office: Made) -> None:
    case = visit(office)
    office.erase_old()
    wrong = again(office)
    wrong.at += timedelta(days=4000)
    for _ in range(3):
        assert wrong.erase_old() == ()
    right = again(office)
    assert right.erase_old() == ()
    assert right.store.get(case.id) == case
    # If it is true it is believed on the next day.
    late = again(office)
    late.at += timedelta(days=200)
    assert late.erase_old() == ()
    late.at += timedelta(days=1)
    assert late.erase_old() == (START,)


def test_today_is_never_erased(office: Made) -> None:
    case = visit(office)
    with told("trouble.erase_today"):
        erasure.erase_before(office, START + timedelta(days=1), reason="request")
    assert erasure.erase_before(office, START, reason="request") == ()
    assert office.store.get(case.id) == case
    assert office.rows.year(2026) == []


def test_one_ticket_on_request(office: Made) -> None:
    first, case, third = (visit(office) for _ in range(3))
    place = slip(office, case)
    slip(office, third)
    data = sealed(office, START)[4]
    erasure.erase_ticket(office, case.id, staff="k03")
    assert holding(office, data) == set()
    assert {path.name for path in place.iterdir()} == {f"{third.number}.png", f"{third.number}.pdf"}
    for one in (office, again(office)):
        assert [t.id for t in one.store.tickets()] == [first.id, third.id]
        with told("trouble.ticket_unknown"):
            one.store.get(case.id)
    assert visit(office).number == "A004"
    (row,) = office.rows.year(2026)
    assert row.topics == ("E", "work")
    (line,) = trail(office)
    assert (line["of"], line["staff"]) == (case.id, "k03")
    assert line["more"] == {"tickets": 1, "reason": "request", "day": str(START)}
    with told("trouble.ticket_unknown"):
        erasure.erase_ticket(office, case.id)
    office.at += timedelta(days=91)
    office.erase_old()
    assert len(office.rows.year(2026)) == 4, "counted once"
    left = {name for name in holding(office, case.id) if not name.startswith("audit/")}
    assert left == set()


@pytest.mark.parametrize("state", [State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD])
def test_a_ticket_at_hand_is_not_erased(office: Made, state: State) -> None:
    case = visit(office, close=False)
    ways = {State.CALLED: 1, State.SERVING: 2, State.ON_HOLD: 3}
    for change in (changes.call, changes.serve, changes.hold)[: ways.get(state, 0)]:
        office.store.change(case.id, partial(change, at=office.now(), counter="1"))
    with told("trouble.erase_open"):
        erasure.erase_ticket(office, case.id)
    assert office.store.get(case.id).state is state
    assert office.rows.year(2026) == []
    office.at += timedelta(days=1)
    erasure.erase_ticket(office, case.id)


ROSTER = """
[[specialist]]
id = "lawyer"
kind = "lawyer"
name_ja = "弁護士"
topics = ["work"]
hours = [{ days = "mon-sun", opens = "00:00", closes = "23:59" }]
closed_on_holidays = false
minutes = 60
lead_hours = 24
"""


def test_bookings_go_with_their_ticket(office: Made) -> None:
    (office.data / "roster.toml").write_text(ROSTER, encoding="utf-8")
    content = Content(cases=(tickets.Case("work"),))
    case = booking.take(office, content, "vi", booking.places(office, content, "vi")[0])
    with told("trouble.erase_open"):
        erasure.erase_ticket(office, case.id)
    office.at += timedelta(hours=1)
    booking.cancel(office, case.id)
    erasure.erase_ticket(office, case.id)
    # Its id stays where it keeps the ticket from coming back or being counted twice, until the day goes.
    assert {name.split("/")[0] for name in holding(office, case.id)} == {"audit", "store", "statistics"}


STEPS: list[tuple[object, str]] = [
    (Rows, "add"),
    (Rows, "_write"),
    (Rows, "_finish"),
    (Rows, "forget"),
    (TinyStore, "mark_erased"),
    (TinyStore, "erase_day"),
    (TinyStore, "erase"),
    (Keyring, "erase"),
    (Keyring, "erase_before"),
    (Bookings, "forget"),
    (Bookings, "erase_before"),
    (erasing, "finish_mark"),
    (erasing, "erase_day"),
    (rewriting, "_replace"),
    (erasure_steps, "_erase_slips_of"),
    (erasure, "erase_slips"),
    (erasure_steps, "tell"),
    (Audit, "note"),
    (keyfiles, "write"),
    (keyfiles, "shred"),
    (Path, "hardlink_to"),
    (Path, "replace"),
]


class Died(BaseException):
    """The machine stops here."""


def dying(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, after: int, *, done: bool) -> None:
    """The `after`-th call of a step does not come back, before or after its work."""
    real: Callable[..., object] = getattr(owner, name)
    left = [after]

    def step(*args: object, **named: object) -> object:
        left[0] -= 1
        if left[0] >= 0:
            return real(*args, **named)
        if done:
            real(*args, **named)
        raise Died

    monkeypatch.setattr(owner, name, step)


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize(("owner", "name"), STEPS, ids=[name for _, name in STEPS])
def test_dead_at_any_step_it_is_finished_at_the_next_start(
    office: Made, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, done: bool
) -> None:
    """One row each, nothing left, said in the trail: whichever step was the last."""
    case, single = visit(office), visit(office)
    for one in (case, single):
        slip(office, one)
    data = sealed(office, START)
    office.at += timedelta(days=40)
    for after in range(4):
        with monkeypatch.context() as patch:
            dying(patch, owner, name, after, done=done)
            with suppress(Died, Trouble):
                erasure.erase_ticket(again(office), single.id)
    erasure.finish(again(office))
    with suppress(Trouble):
        erasure.erase_ticket(again(office), single.id)
    assert [t.id for t in again(office).store.tickets(START)] == [case.id]
    assert holding(office, data[4]) == set(), "its sealed bytes, in every file"
    assert len(office.rows.year(2026)) == 1
    office.at += timedelta(days=51)
    for after in range(4):
        with monkeypatch.context() as patch:
            dying(patch, owner, name, after, done=done)
            with suppress(Died, Trouble):
                again(office).erase_old()
    again(office).erase_old()
    assert len(office.rows.year(2026)) == 2
    kept_ids = {place for place in holding(office, case.id, single.id) if not place.startswith("audit/")}
    assert kept_ids == set()
    assert holding(office, *data) == set()
    assert not erasing.unfinished(office.data / "store")
    assert {str(START), single.id} <= {line["of"] for line in trail(office)}


def test_a_day_that_cannot_be_read_goes_all_the_same(office: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    visit(office)
    office.at += timedelta(days=91)
    office = again(office)

    def refuse(_day: date | None = None) -> list[Ticket]:
        raise Trouble("trouble.store_failed")

    with monkeypatch.context() as patch:
        patch.setattr(office.store, "tickets", refuse)
        assert office.erase_old() == (START,)
    assert office.rows.year(2026) == []


def test_a_day_that_cannot_be_read_is_asked_about_and_goes_on_request_too(
    office: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would never be erased on request, and no other day before it either."""
    visit(office)
    office.at += timedelta(days=1)
    visit(office)
    office.at += timedelta(days=1)
    office = again(office)
    real, asked = TinyStore.tickets, list[str]()

    def refuse(store: TinyStore, day: date | None = None) -> list[Ticket]:
        if day == START:
            raise Trouble("trouble.store_failed")
        return real(store, day)

    def say_yes(words: str, **_named: object) -> None:
        asked.append(words)

    monkeypatch.setattr("typer.confirm", say_yes)
    with monkeypatch.context() as patch:
        patch.setattr(TinyStore, "tickets", refuse)
        with told("trouble.store_failed"):  # Nobody is there to be asked.
            erasure_asked.ask_days(office, office.today(), yes=True, as_json=True)
        assert len(office.store.days()) == 2
        erasure_asked.ask_days(office, office.today(), yes=False, as_json=True)
    assert "2 days" in asked[0]
    assert "with 1 tickets? 1 of these days cannot be read" in asked[0]
    assert office.store.days() == []


def test_an_appointment_to_come_is_found_beside_a_day_that_cannot_be_read(
    office: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(office)
    office.at += timedelta(days=1)
    case = visit(office, close=False)
    due = office.now() + timedelta(days=9)
    office.store.change(case.id, lambda case: replace(case, due=due))
    office.at += timedelta(days=1)
    real = TinyStore.tickets

    def refuse(store: TinyStore, day: date | None = None) -> list[Ticket]:
        if day == START:
            raise Trouble("trouble.store_failed")
        return real(store, day)

    monkeypatch.setattr(TinyStore, "tickets", refuse)
    with told("trouble.erase_appointments"):
        erasure_asked.ask_days(office, office.today(), yes=False, as_json=True)
    assert len(office.store.days()) == 2


def test_one_day_that_fails_does_not_keep_the_others(office: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    visit(office)
    office.at += timedelta(days=1)
    visit(office)
    office.at += timedelta(days=95)
    real = TinyStore.erase_day

    def refuse(store: TinyStore, day: date, tickets: Collection[str] | None = None) -> frozenset[str]:
        if day == START:
            raise Trouble("trouble.store_failed")
        return real(store, day, tickets)

    with monkeypatch.context() as patch:
        patch.setattr(TinyStore, "erase_day", refuse)
        with told("trouble.store_failed"):
            office.erase_old()
        assert office.store.days() == [START]
    assert again(office).erase_old() == ()
    assert again(office).store.days() == []
    assert len(office.rows.year(2026)) == 2


def refusing(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
    """Another process holds it, or the database is away."""

    def refuse(*_args: object, **_named: object) -> object:
        raise Trouble("trouble.store_busy")

    monkeypatch.setattr(owner, name, refuse)


def test_a_ticket_that_cannot_be_reached_is_not_said_to_be_erased(
    office: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest of a cut off erasure waits until the ticket can be had, and then it goes."""
    case = visit(office)
    mark = erasing.new_mark(whole=False, tickets=1, reason=erasure.REQUEST, ticket=case.id)
    erasing.write_mark(office.data / "store", START, mark)
    office = again(office)
    with monkeypatch.context() as patch:
        refusing(patch, office.store, "get")
        with told("trouble.store_busy"):
            erasure.finish(office)
    assert trail(office) == []
    assert erasing.unfinished(office.data / "store") == {START: mark}
    erasure.finish(office)
    assert office.store.tickets(START) == []
    assert [line["of"] for line in trail(office)] == [case.id]


def test_what_was_cut_off_and_cannot_go_on_does_not_keep_what_is_due(
    office: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(office)
    office.at += timedelta(days=80)
    late = visit(office)
    mark = erasing.new_mark(whole=False, tickets=1, reason=erasure.REQUEST, ticket=late.id)
    erasing.write_mark(office.data / "store", late.day, mark)
    office.at += timedelta(days=11)
    office = again(office)
    with monkeypatch.context() as patch:
        refusing(patch, office.store, "get")
        with told("trouble.store_busy"):
            office.erase_old()
    assert office.store.days() == [late.day]


@pytest.mark.parametrize("name", ["bookings", "keys"])
def test_bookings_or_keys_that_fail_do_not_keep_the_slips(
    office: Made, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Of a day of which nothing else is left any more."""
    place = slip(office, replace(visit(office), day=START - timedelta(days=1)))
    office.at += timedelta(days=91)
    office = again(office)
    with monkeypatch.context() as patch:
        refusing(patch, getattr(office, name), "erase_before")
        with told("trouble.store_busy"):
            office.erase_old()
    assert not place.exists()


def test_real_offices_erase_too(data: Path) -> None:
    office = open_data(data)
    old = replace(FULL, notes=())
    case = office.store.issue(old, language="ko", at=office.now())
    assert office.erase_old() == ()
    assert office.store.get(case.id).number == "A001"
