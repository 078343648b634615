"""An office that goes on while its database is away, and finds everything in it afterwards, once."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.changes import call, close, note, record, serve, undo
from kiosk.core.consultation import Consultation
from kiosk.core.ticket import State, Ticket
from kiosk.store.erasing import new_mark, unfinished
from kiosk.store.joined import JoinedStore
from kiosk.store.pg import merging
from kiosk.store.pg.link import Away
from kiosk.store.pg.trial import Server, why_not
from tests.store.postgres_children import console_day, joined, kiosk_day, machine
from tests.store.samples import DAY, FULL, NOW, PLAIN, told

SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may kill."""
    if sentence := why_not():
        pytest.skip(sentence)
    made = Server()
    yield made
    made.close()


def wait_home(store: JoinedStore) -> None:
    """Until the database is back for this machine and has everything."""
    while store.away or store.unsent:
        store.refresh()


def test_a_kiosk_goes_on_and_its_tickets_come_home(own_server: Server, folder: Path) -> None:
    url = own_server.database()
    kiosk, console = joined(url, folder / "kiosk"), joined(url, folder / "console", "Z")
    issued = [kiosk.issue(FULL, language="ko", at=NOW)]
    assert console.tickets() == issued
    own_server.kill()
    issued += [kiosk.issue(FULL, language="ko", at=NOW) for _ in range(3)]
    assert kiosk.away
    assert kiosk.why is not None
    assert kiosk.why.key == "trouble.database_away"
    assert kiosk.refresh(), "the strip changes"
    assert [t.number for t in issued] == ["A001", "A002", "A003", "A004"]
    assert kiosk.tickets() == issued, "what was read of the database is still known"
    assert console.tickets() == issued[:1]
    own_server.start()
    wait_home(kiosk)
    wait_home(console)
    assert console.tickets() == kiosk.tickets() == issued
    assert kiosk.issue(PLAIN, language="vi", at=NOW).number == "A005"
    for store in (kiosk, console):
        assert store.faults() == ()
        store.close()


def test_away_a_counter_calls_only_whom_nobody_else_can_call(own_server: Server, folder: Path) -> None:
    url = own_server.database()
    office, elsewhere = joined(url, folder / "office"), joined(url, folder / "elsewhere", "B")
    known = office.issue(PLAIN, language="vi", at=NOW)
    assert elsewhere.tickets() == [known]
    own_server.kill()
    with told("trouble.database_away"):
        office.call_next(counter="1", languages=(), at=NOW)
    own = office.issue(PLAIN, language="vi", at=NOW)
    found = office.call_next(counter="1", languages=(), at=NOW)
    assert found is not None
    assert found.ticket.id == own.id
    with told("trouble.database_away"):
        office.call_next(counter="1", languages=(), at=NOW)
    assert office.call_next(counter="ハローワーク", languages=(), at=NOW) is None, "nobody was sent there"
    with told("trouble.database_away"):
        elsewhere.change(own.id, lambda t: note(t, "never seen here"))
    own_server.start()
    for store in (office, elsewhere):
        wait_home(store)
    found = elsewhere.call_next(counter="2", languages=(), at=NOW)
    assert found is not None
    assert found.ticket.id == known.id
    assert elsewhere.call_next(counter="2", languages=(), at=NOW) is None
    for store in (office, elsewhere):
        store.close()


def test_a_case_begun_goes_on_at_its_counter(own_server: Server, folder: Path) -> None:
    url = own_server.database()
    console, other = joined(url, folder / "console"), joined(url, folder / "other", "B")
    ticket = console.issue(FULL, language="ko", at=NOW)
    console.change(ticket.id, lambda t: call(t, NOW, counter="1"))
    console.tickets()
    own_server.kill()
    console.change(ticket.id, lambda t: serve(t, NOW, counter="1"))
    closed = console.change(ticket.id, lambda t: note(close(t, NOW, counter="1"), "済み"))
    assert console.get(ticket.id) == closed
    own_server.start()
    wait_home(console)
    assert other.get(ticket.id) == closed
    assert [p.state for p in closed.periods] == [
        State.WAITING,
        State.CALLED,
        State.SERVING,
        State.CLOSED,
    ]
    for store in (console, other):
        store.close()


def test_records_and_what_was_taken_back_come_home(own_server: Server, folder: Path) -> None:
    url = own_server.database()
    console, other = joined(url, folder / "console"), joined(url, folder / "other", "B")
    ticket = console.issue(FULL, language="ko", at=NOW)
    console.change(ticket.id, lambda t: call(t, NOW, counter="1"))
    console.change(ticket.id, lambda t: serve(t, NOW, counter="1"))
    console.tickets()
    other.change(ticket.id, lambda t: record(t, Consultation("12", done="となりで聞いた")))
    console.change(ticket.id, lambda t: record(t, Consultation("07", done="始めた")))
    own_server.kill()
    console.change(ticket.id, lambda t: record(t, Consultation("07", done="切れている間に書いた")))
    console.change(ticket.id, lambda t: close(t, NOW, counter="1"))
    again = console.change(ticket.id, lambda t: undo(t, NOW, counter="1"))
    assert again.state is State.SERVING
    own_server.start()
    for store in (console, other):
        wait_home(store)
    for store in (console, other):
        found = store.get(ticket.id)
        assert found.state is State.SERVING
        assert {one.by: one.done for one in found.content.records} == {
            "07": "切れている間に書いた",
            "12": "となりで聞いた",
        }
        store.close()


def test_a_program_started_again_sends_what_was_left(own_server: Server, folder: Path) -> None:
    url = own_server.database()
    own_server.kill()
    kiosk = joined(url, folder / "kiosk")
    issued = [kiosk.issue(PLAIN, language="vi", at=NOW) for _ in range(3)]
    kiosk.close()
    again = joined(url, folder / "kiosk")
    issued.append(again.issue(PLAIN, language="vi", at=NOW))
    again.close()
    own_server.start()
    last = joined(url, folder / "kiosk")
    while len(found := last.tickets()) < 4:
        pass
    assert found == issued
    assert [t.number for t in issued] == ["A001", "A002", "A003", "A004"]
    assert last.issue(PLAIN, language="vi", at=NOW).number == "A005"
    last.close()


@pytest.mark.parametrize("committed", [True, False])
def test_killed_during_the_merge_everything_is_there_once(
    own_server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    url = own_server.database()
    own_server.kill()
    kiosk = joined(url, folder / "kiosk")
    monkeypatch.setattr(merging, "PORTION", 7)
    issued = [kiosk.issue(PLAIN, language="vi", at=NOW) for _ in range(30)]
    real = merging.merge
    killed: list[int] = []

    def merge(*parts: Any) -> merging.Merged:
        done = real(*parts)
        if len(killed) < 2 and len(parts[3]) == 7:
            killed.append(1)
            if committed:
                parts[0].commit()
            own_server.restart()
        return done

    monkeypatch.setattr(merging, "merge", merge)
    own_server.start()
    wait_home(kiosk)
    assert len(killed) == 2
    assert kiosk.tickets() == issued
    assert machine(url, folder / "other").tickets() == issued
    kiosk.close()


def test_two_machines_of_one_letter_lose_nobody(own_server: Server, folder: Path) -> None:
    url = own_server.database()
    own_server.kill()
    stores = [joined(url, folder / name) for name in ("one", "two")]
    issued = [store.issue(FULL, language="ko", at=NOW) for store in stores]
    assert {t.number for t in issued} == {"A001"}
    own_server.start()
    for store in stores:
        wait_home(store)
    assert {t.id for t in stores[0].tickets()} == {t.id for t in issued}
    faults = {fault.key for store in stores for fault in store.faults()}
    assert faults == {"trouble.merged_number_twice"}
    assert stores[1].issue(PLAIN, language="vi", at=NOW).number == "A002"
    for store in stores:
        store.close()


def test_erasing_reaches_the_database_or_is_done_again(own_server: Server, folder: Path) -> None:
    url = own_server.database()
    office, other = joined(url, folder / "office"), joined(url, folder / "other", "B")
    kept, ticket = (office.issue(PLAIN, language="vi", at=NOW) for _ in range(2))
    mark = new_mark(whole=False, tickets=1, reason="request", ticket=ticket.id)
    assert other.tickets() == [kept, ticket]
    office.erase(ticket, mark, lambda _: None)
    assert other.tickets() == office.tickets() == [kept]
    own_server.kill()
    with told("trouble.database_away"):
        office.erase(kept, mark, lambda _: None)
    own_server.start()
    assert other.tickets() == [kept]
    office.erase(kept, mark, lambda _: None)
    assert other.tickets() == []
    assert office.issue(PLAIN, language="vi", at=NOW).number == "A003"
    for store in (office, other):
        store.close()


def test_a_ticket_called_alone_and_closed_with_the_database_is_erased_everywhere(
    own_server: Server, folder: Path
) -> None:
    url = own_server.database()
    office, other = joined(url, folder / "office"), joined(url, folder / "other", "B")
    office.tickets()
    own_server.kill()
    ticket = office.issue(PLAIN, language="vi", at=NOW)
    own_server.start()
    wait_home(office)
    for step in (call, serve, close):
        office.change(ticket.id, lambda t, step=step: step(t, NOW, counter="1"))  # type: ignore[misc]
    mark = new_mark(whole=False, tickets=1, reason="request", ticket=ticket.id)

    def ended(found: Ticket) -> None:
        assert found.state is State.CLOSED, "how it stands in the database, not in this machine's journal"

    assert other.erased_elsewhere() == office.erased_elsewhere() == []
    other.erase(ticket, mark, ended)
    (found,) = office.erased_elsewhere()
    assert found.id == ticket.id, "this machine's journal holds it still"
    office.erase(found, mark, lambda _: None)
    assert office.erased_elsewhere() == office.journal.tickets(DAY) == office.tickets() == []
    for store in (office, other):
        store.close()


def test_cut_off_while_it_erases_the_mark_is_there(
    own_server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = own_server.database()
    office = joined(url, folder / "office")
    office.tickets()
    own_server.kill()
    ticket = office.issue(PLAIN, language="vi", at=NOW)
    own_server.start()
    wait_home(office)
    office.change(ticket.id, lambda t: call(t, NOW, counter="1"))
    mark = new_mark(whole=False, tickets=1, reason="request", ticket=ticket.id)

    class Died(BaseException):
        """The machine stops here."""

    def dying(*_: object) -> None:
        raise Died

    def called(found: Ticket) -> None:
        assert found.state is State.CALLED

    with monkeypatch.context() as patched:
        patched.setattr(merging, "erase_ticket", dying)
        with pytest.raises(Died):
            office.erase(ticket, mark, called)
    assert unfinished(office.folder) == {DAY: mark}
    office.erase(office.get(ticket.id), mark, called)
    assert office.tickets() == office.journal.tickets(DAY) == []
    office.close()


def test_a_list_of_a_time_without_the_database_is_no_ground_for_a_note(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = joined(database, folder / "office")
    machine(database, folder / "other", "B").issue(PLAIN, language="vi", at=NOW)
    mark = office.mark(DAY)
    assert mark

    def away(_: object) -> None:
        raise Away("for a moment")

    with monkeypatch.context() as patched:
        patched.setattr(office.remote, "tickets", away)
        assert office.tickets() == []
    wait_home(office)
    assert office.mark(DAY) == "", "that list was not all of the day"
    assert len(office.tickets()) == 1
    assert office.mark(DAY) == mark
    office.close()


def test_an_erased_day_does_not_come_back_from_a_pack(database: str, folder: Path) -> None:
    office = joined(database, folder / "office")
    ticket = office.issue(PLAIN, language="vi", at=NOW)
    pack = office.carried(DAY)
    office.mark_erased(DAY, new_mark(whole=True, tickets=1, reason="request"))
    office.remote.erase_day(DAY, [ticket.id])
    report = office.merge(pack)
    assert [(named.id, named.reason) for named in report.refused] == [(ticket.id, "erased")]
    assert office.days() == []
    office.close()


def test_whatever_goes_wrong_on_the_way_home_it_is_tried_again(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = joined(database, folder / "office")
    office.tickets()
    failed = list[int]()
    days = office.journal.days

    def odd() -> Any:
        if not failed:
            failed.append(1)
            raise ValueError("nobody thought of it")
        return days()

    monkeypatch.setattr(office.journal, "days", odd)
    with office._keeper.turn:
        office._keeper.go(Away("for a moment"))
    wait_home(office)
    assert failed
    office.close()


def test_a_day_with_two_kiosks_three_consoles_and_two_restarts(own_server: Server, folder: Path) -> None:
    url, each = own_server.database(), 60
    answers = SPAWN.Queue()
    started = [
        *(SPAWN.Process(target=kiosk_day, args=(url, str(folder), one, each, answers)) for one in "AB"),
        *(SPAWN.Process(target=console_day, args=(url, str(folder), c, 2 * each, answers)) for c in "123"),
    ]
    for process in started:
        process.start()
    said: list[tuple[str, str, str]] = []
    restarts = [each // 3, each]
    while Counter(what for what, _, _ in said)["done"] < 3:
        said.append(answers.get(timeout=250))
        if restarts and sum(what == "issued" for what, _, _ in said) >= restarts[0]:
            restarts.pop(0)
            own_server.restart()
    for process in started:
        process.join()
        assert process.exitcode == 0
    issued = {ticket_id: number for what, ticket_id, number in said if what == "issued"}
    called = Counter(ticket_id for what, ticket_id, _ in said if what == "called")
    assert len(issued) == len(set(issued.values())) == 2 * each
    # A kiosk cut off while it took a number of the database skips it rather than risk giving it twice.
    assert max(int(number[1:]) for number in issued.values()) <= each + 2
    found = machine(url, folder / "after").tickets()
    assert {t.id: t.number for t in found} == issued, "nothing acknowledged is lost, nothing came twice"
    assert set(called.values()) == {1}
    assert set(called) <= set(issued)
    for ticket in found:
        states = [p.state for p in ticket.periods]
        assert states == [State.WAITING, State.CALLED, State.SERVING, State.CLOSED]
        assert len({p.counter for p in ticket.periods[1:]}) == 1, "no ticket at two counters"
    assert found[0].day == DAY
