"""What the store in PostgreSQL promises beyond the contract: counters, lost connections, sites, versions."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from kiosk.core.changes import call, close, note, record, serve, undo
from kiosk.core.consultation import Consultation
from kiosk.core.ticket import Period, State, Ticket
from kiosk.core.waiting import pick
from kiosk.errors import Trouble
from kiosk.paths import ROOT
from kiosk.store.carrying import Carried
from kiosk.store.contents import closed
from kiosk.store.ids import Ids
from kiosk.store.keys import Keyring
from kiosk.store.pg import claims, guard, link, merging, rows, schema, trial
from kiosk.store.pg.trial import Server
from kiosk.store.postgres import PostgresStore
from kiosk.store.tiny import TinyStore
from tests.store.postgres_children import claim_all, machine
from tests.store.samples import DAY, FULL, NOW, PLAIN, minutes, told

SPAWN = multiprocessing.get_context("spawn")
LANES = ("", "", "2", "desk", "specialist:tax")


@pytest.fixture
def own_server() -> Any:
    """A server that a test may kill."""
    from kiosk.store.pg.trial import why_not

    if sentence := why_not():
        pytest.skip(sentence)
    made = Server()
    yield made
    made.close()


def _random_ticket(luck: random.Random, keys: Keyring, ids: Ids, number: int) -> Carried:
    at = minutes(luck.randrange(30))
    periods = [Period(State.WAITING, at)]
    if luck.random() < 0.2:
        back = at + timedelta(minutes=luck.randrange(5))
        periods += [Period(State.CALLED, back, "1"), Period(State.WAITING, back + timedelta(minutes=3))]
    due = minutes(luck.randrange(20, 60)) if luck.random() < 0.2 else None
    language, lane = luck.choice(("vi", "ko", "ne")), luck.choice(LANES)
    ticket = Ticket(
        ids.next(at),
        f"A{number:03d}",
        DAY,
        language,
        tuple(periods),
        PLAIN,
        lane=lane,
        first=luck.random() < 0.1,
        due=due,
    )
    return Carried(replace(ticket, content=replace(PLAIN)), closed(keys, ticket, None, None))


@pytest.mark.parametrize("seed", range(6))
def test_next_is_who_pick_says_however_many_wait(database: str, folder: Path, seed: int) -> None:
    luck, ids = random.Random(seed), Ids()
    store = machine(database, folder / "m")
    store.merge([_random_ticket(luck, store.keys, ids, number) for number in range(1, 80)])
    while True:
        counter, at = luck.choice(("1", "2", "desk")), minutes(luck.randrange(30, 70))
        languages = luck.choice(((), ("ko",), ("ko", "ne")))
        lanes = luck.choice(((), ("specialist:tax",)))
        asked: dict[str, Any] = {"counter": counter, "languages": languages, "lanes": lanes}
        expected = pick(store.tickets(), now=at, **asked)
        found = store.call_next(at=at, **asked)
        assert (found is None) == (expected is None)
        if found is None or expected is None:
            break
        assert (found.ticket.id, found.reason, found.minutes) == (
            expected.ticket.id,
            expected.reason,
            expected.minutes,
        )


def test_eight_counters_claim_and_none_is_called_twice(database: str, folder: Path) -> None:
    kiosk = machine(database, folder / "kiosk")
    issued = {kiosk.issue(PLAIN, language="vi", at=NOW).id for _ in range(200)}
    answers = SPAWN.Queue()
    started = [
        SPAWN.Process(target=claim_all, args=(database, str(folder), str(n), answers)) for n in range(1, 9)
    ]
    for process in started:
        process.start()
    called = [one for _ in started for one in answers.get(timeout=200)]
    for process in started:
        process.join()
        assert process.exitcode == 0
    assert len(called) == len(set(called)) == 200
    assert set(called) == issued
    assert all([p.state for p in t.periods] == [State.WAITING, State.CALLED] for t in kiosk.tickets())


def claiming(database: str) -> bool:
    """Whether a transaction is open still; the lease of one that hangs may be over on a slow machine."""
    with psycopg.connect(database) as connection:
        ask = """SELECT 1 FROM pg_stat_activity
            WHERE datname = current_database() AND state = 'idle in transaction'"""
        return connection.execute(ask).fetchone() is not None


@pytest.mark.parametrize("ended_by", [signal.SIGKILL, None])
def test_a_claim_ends_with_its_console(database: str, folder: Path, ended_by: signal.Signals | None) -> None:
    """Killed, its ticket is free at once; hanging, when the lease is over, and waking it changes nothing."""
    store = machine(database, folder / "here")
    issued = store.issue(PLAIN, language="vi", at=NOW)
    command = [
        sys.executable,
        "-m",
        "tests.store.postgres_children",
        "stop",
        database,
        str(folder),
        "200" if ended_by else "5",
    ]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "claimed\n"
    found = store.call_next(counter="1", languages=(), at=NOW)
    assert found is None or not (ended_by or claiming(database)), "it is being called elsewhere"
    if ended_by:
        assert store.get(issued.id).state is State.WAITING
        child.send_signal(ended_by)
    while found is None:
        found = store.call_next(counter="1", languages=(), at=NOW)
    assert found.ticket.id == issued.id
    if not ended_by:
        child.send_signal(signal.SIGCONT)
        assert child.stdout.read() == "nobody\n"
    child.wait()
    child.stdout.close()
    assert [(p.state, p.counter) for p in store.get(issued.id).periods] == [
        (State.WAITING, ""),
        (State.CALLED, "1"),
    ]


def test_killed_in_mid_claim_the_ticket_waits_on(
    own_server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = machine(own_server.database(), folder / "m")
    issued = store.issue(FULL, language="ko", at=NOW)
    real = rows.update

    def killing(*parts: Any) -> str:
        own_server.kill()
        return real(*parts)

    with monkeypatch.context() as broken, told("trouble.database_away"):
        broken.setattr(rows, "update", killing)
        store.call_next(counter="1", languages=(), at=NOW)
    with told("trouble.database_away"):
        store.tickets()
    assert not store.refresh()
    own_server.start()
    assert store.get(issued.id) == issued
    found = store.call_next(counter="1", languages=(), at=NOW)
    assert found is not None
    assert found.ticket.id == issued.id


@pytest.mark.parametrize("arrived", [True, False])
def test_a_lost_answer_to_the_end_of_a_change_is_asked_for(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch, arrived: bool
) -> None:
    """The connection is lost while a transaction ends: whether it arrived is asked, and it happens once."""
    store = machine(database, folder / "m")
    ticket = store.issue(FULL, language="ko", at=NOW)
    works: list[Callable[[], object]] = [
        lambda: store.issue(PLAIN, language="vi", at=NOW),
        lambda: store.call_next(counter="1", languages=("ko",), at=NOW),
        lambda: store.change(ticket.id, lambda t: serve(t, NOW, counter="1")),
        lambda: store.change(ticket.id, lambda t: note(t, "once")),
        lambda: store.change(ticket.id, lambda t: record(t, Consultation("k1", minutes=5))),
        lambda: store.change(ticket.id, lambda t: undo(t, NOW, counter="1")),
    ]
    real = psycopg.Connection.commit
    for work in works:
        lost: list[int] = []

        def commit(connection: psycopg.Connection[Any], lost: list[int] = lost) -> None:
            if not lost:
                lost.append(1)
                if arrived:
                    real(connection)
                connection.close()
                raise psycopg.OperationalError("server closed the connection unexpectedly")
            real(connection)

        with monkeypatch.context() as broken:
            broken.setattr(psycopg.Connection, "commit", commit)
            work()
        assert lost
    found = machine(database, folder / "other").tickets()
    assert len(found) == 2
    states = [State.WAITING, State.CALLED, State.SERVING]
    assert [p.state for p in found[0].periods] == [*states, State.CALLED]
    assert [p.state for p in found[0].effective] == states[:2]
    assert found[0].content.notes == (*FULL.notes, "once")
    assert found[0].content.records == (Consultation("k1", minutes=5),)


def test_a_restarted_database_is_found_again(own_server: Server, folder: Path) -> None:
    url = own_server.database()
    kiosk, console = machine(url, folder / "kiosk"), machine(url, folder / "console")
    ticket = kiosk.issue(PLAIN, language="vi", at=NOW)
    assert console.tickets() == [ticket]
    for end in (own_server.kill, own_server.stop):
        end()
        with told("trouble.database_away"):
            kiosk.issue(PLAIN, language="vi", at=NOW)
        own_server.start()
        ticket = kiosk.issue(PLAIN, language="vi", at=NOW)
        while not console.refresh():
            pass
        assert ticket in console.tickets()
    assert [t.number for t in console.tickets()] == ["A001", "A002", "A003"]


def test_a_frozen_database_is_away(own_server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that hangs answers nothing and closes nothing."""
    monkeypatch.setattr(guard, "PATIENCE", 0.4)
    store = machine(own_server.database(), folder / "m")
    ticket = store.issue(PLAIN, language="vi", at=NOW)
    frozen = [own_server.pid, *trial.children(own_server.pid)]
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)
    monkeypatch.setattr(link, "_DEFAULTS", {**link._DEFAULTS, "connect_timeout": 2})
    try:
        with told("trouble.database_away"):
            store.get(ticket.id)
    finally:
        for pid in frozen:
            os.kill(pid, signal.SIGCONT)
    assert store.get(ticket.id) == ticket


def test_what_is_wrong_with_the_address_is_told(server: Server, folder: Path) -> None:
    wrong = {
        "postgresql://[": "trouble.database_url",
        server.url("nowhere"): "trouble.database_refused",
        f"postgresql://nobody_known@/postgres?host={server.folder}": "trouble.database_refused",
        f"postgresql:///x?host={folder}": "trouble.database_away",
        "postgresql://127.0.0.1:1/x": "trouble.database_away",
        server.empty(): "trouble.database_old",
    }
    for url, key in wrong.items():
        store = machine(url, folder / "m")
        with told(key):
            store.tickets()
        with told(key):
            store.issue(PLAIN, language="vi", at=NOW)
        assert not store.refresh()


def test_tables_of_another_version_are_not_written_to(server: Server, folder: Path) -> None:
    url = server.empty()
    assert schema.migrate(url) == ("", schema.VERSION)
    assert schema.migrate(url) == (schema.VERSION, schema.VERSION)
    machine(url, folder / "m").issue(PLAIN, language="vi", at=NOW)
    server.do("UPDATE alembic_version SET version_num = '9999'", url)
    with told("trouble.database_new"):
        machine(url, folder / "m").issue(PLAIN, language="vi", at=NOW)
    with told("trouble.database_new"):
        schema.migrate(url)


def test_tickets_of_the_first_tables_go_on(server: Server, folder: Path) -> None:
    """Tables of version 0001 with a ticket in them, brought up to date in place."""
    url = server.empty()
    schema.migrate(url)
    store = machine(url, folder / "m")
    ticket = store.issue(FULL, language="ko", at=NOW)
    store.change(ticket.id, lambda t: call(t, NOW, counter="1"))
    store.close()
    server.do("DROP TABLE record; ALTER TABLE period DROP COLUMN undoes", url)
    server.do("UPDATE alembic_version SET version_num = '0001'", url)
    with told("trouble.database_old"):
        machine(url, folder / "m").tickets()
    assert schema.migrate(url) == ("0001", schema.VERSION)
    store = machine(url, folder / "m")
    assert store.get(ticket.id).content == FULL
    store.change(ticket.id, lambda t: record(undo(t, NOW, counter="1"), Consultation("k1", minutes=5)))
    (found,) = machine(url, folder / "m").tickets()
    assert (found.state, found.content.records[0].minutes) == (State.WAITING, 5)


def test_each_site_sees_what_it_may(database: str, folder: Path) -> None:
    town = machine(database, folder / "town", site="町")
    village = machine(database, folder / "village", site="o'brien \\ 村")
    main = machine(database, folder / "main", "M", site="main", sees=(town.site, village.site))
    there, other = (store.issue(PLAIN, language="vi", at=NOW) for store in (town, village))
    assert there.number == other.number == "A001", "sites do not share their numbers"
    assert town.tickets() == [there]
    with told("trouble.ticket_unknown"):
        town.get(other.id)
    with told("trouble.ticket_unknown"):
        town.change(other.id, lambda t: call(t, NOW, counter="1"))
    assert {(t.id, t.site) for t in main.tickets()} == {(there.id, "町"), (other.id, village.site)}
    assert main.refresh() in (True, False)
    report = town.merge(village.carried(DAY))
    assert not report.new
    assert not report.changed
    own = main.issue(PLAIN, language="vi", at=NOW)
    assert own.number == "M001"
    picked = [main.call_next(counter="1", languages=(), at=NOW) for _ in range(4)]
    assert {p.ticket.id for p in picked if p} == {there.id, other.id, own.id}
    assert town.call_next(counter="2", languages=(), at=NOW) is None
    assert town.refresh(), "a change made elsewhere to one of its tickets"
    assert town.tickets()[0].state is State.CALLED


def test_the_mark_of_a_day_is_another_one_after_any_change(database: str, folder: Path) -> None:
    main = machine(database, folder / "main", "M", site="main", sees=("支所",))
    branch = machine(database, folder / "branch", "B", site="支所")
    seen = [main.mark(DAY)]

    def changed() -> None:
        mark = main.mark(DAY)
        assert mark == main.mark(DAY)
        assert mark not in seen
        seen.append(mark)

    ticket, other = (branch.issue(FULL, language="vi", at=NOW) for _ in range(2))
    changed()
    main.change(ticket.id, lambda t: note(t, "x"))
    changed()
    branch.change(ticket.id, lambda t: record(t, Consultation("k1", minutes=5)))
    changed()
    branch.erase(other.id, DAY, lambda _: None)
    changed()
    machine(database, folder / "far", "F", site="far").issue(PLAIN, language="vi", at=NOW)
    assert main.mark(DAY) == seen[-1], "of a site it does not see"
    assert main.mark(DAY + timedelta(days=1)) != seen[-1]


def test_of_two_changes_at_once_the_one_written_last_shows(database: str, folder: Path) -> None:
    store, other = machine(database, folder / "m"), machine(database, folder / "n", "B")
    early, late = (store.issue(PLAIN, language="vi", at=NOW) for _ in range(2))
    marks = []

    def while_open(ticket: Ticket) -> Ticket:
        # This transaction has its number already; the other one gets a later one and is there first.
        store._link.reading(lambda c: c.execute("SELECT pg_current_xact_id()"))
        other.change(late.id, lambda t: call(t, NOW, counter="2"))
        marks.append(other.mark(DAY))
        return call(ticket, NOW, counter="1")

    store.change(early.id, while_open)
    assert other.mark(DAY) != marks[0]


def test_a_day_erased_elsewhere_is_not_remembered(database: str, folder: Path) -> None:
    store, other = machine(database, folder / "m"), machine(database, folder / "n", "B")
    store.issue(FULL, language="ko", at=NOW)
    later = DAY + timedelta(days=1)
    store._today = other._today = lambda: later
    assert len(store.tickets(DAY)) == 1
    assert other.erase_day(DAY) == frozenset()
    assert store.tickets(DAY) == []


def test_erasing_a_day_takes_what_was_counted_and_says_what_came_meanwhile(
    database: str, folder: Path
) -> None:
    store = machine(database, folder / "m", site="main")
    branch = machine(database, folder / "n", "B", site="branch")
    counted, late = (store.issue(PLAIN, language="vi", at=NOW) for _ in range(2))
    others = branch.issue(PLAIN, language="vi", at=NOW)
    with told("trouble.store_busy"):
        store.erase_day(DAY, [counted.id])
    assert store.tickets(DAY) == [late], "nobody goes uncounted"
    assert store.erase_day(DAY, [late.id]) == {others.id}
    assert branch.erase_day(DAY) == frozenset()


def test_two_sites_that_erase_a_day_at_once_leave_no_key(database: str, folder: Path) -> None:
    stores = [machine(database, folder / site, letter, site=site) for letter, site in ("Aa", "Bb")]
    for store in stores:
        store.issue(FULL, language="ko", at=NOW)
    done = threading.Event()

    def second() -> None:
        stores[1].erase_day(DAY)
        done.set()

    thread = threading.Thread(target=second)

    def first(connection: Connection[Any]) -> tuple[None, None]:
        merging.erase_day(connection, "a", DAY, None)
        thread.start()
        # It waits for this transaction, or is done before it and has seen these tickets still.
        waiting = "SELECT 1 FROM pg_locks WHERE NOT granted"
        while not done.is_set() and connection.execute(waiting).fetchone() is None:
            pass
        return None, None

    stores[0]._link.write(first)
    thread.join()
    keys = stores[0]._link.reading(lambda c: c.execute("SELECT count(*) FROM day_key").fetchone())
    assert keys == (0,)


def test_ones_own_change_never_hides_what_others_made_of_it(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between a change and its being remembered another thread may read what was made of it since."""
    store, other = machine(database, folder / "m"), machine(database, folder / "n", "B")
    ticket = store.issue(PLAIN, language="vi", at=NOW)
    store.tickets()
    keep = store._memory.keep

    def read() -> None:
        with suppress(Trouble), store._link.held(0):
            store.tickets()

    reader = threading.Thread(target=read)

    def slowly(written: Carried) -> None:
        other.change(ticket.id, lambda t: call(t, NOW, counter="2"))
        other.issue(PLAIN, language="vi", at=NOW)
        reader.start()
        reader.join()
        keep(written)

    with monkeypatch.context() as patched:
        patched.setattr(store._memory, "keep", slowly)
        store.change(ticket.id, lambda t: note(t, "読んだ"))
    assert store.tickets() == other.tickets()
    assert store.tickets()[0].state is State.CALLED


def test_what_was_changed_here_of_an_erased_day_is_forgotten(database: str, folder: Path) -> None:
    store = machine(database, folder / "m")
    ticket = store.issue(PLAIN, language="vi", at=NOW)
    assert store.recalled(ticket.id)
    store.erase_day(DAY, [ticket.id])
    assert store.recalled(ticket.id) == []
    assert store.remembered(DAY) == {}


def test_what_comes_from_elsewhere_keeps_its_site_where_that_is_seen(database: str, folder: Path) -> None:
    main = machine(database, folder / "main", "M", site="main", sees=("支所",))
    first = main.issue(PLAIN, language="vi", at=NOW)
    came = []
    for site in ("支所", "知らない町", "", "main"):
        tablet = TinyStore(folder / (site or "none"), letter="C", today=lambda: DAY, site=site)
        came.append(tablet.issue(PLAIN, language="ko", at=NOW))
        assert len(main.merge(tablet.carried(DAY)).new) == 1
        tablet.close()
    sites = {t.id: t.site for t in main.tickets()}
    assert sites == {first.id: "main"} | {
        case.id: site for case, site in zip(came, ("支所", "main", "main", "main"), strict=True)
    }
    again = [replace(one, ticket=replace(one.ticket, site="main")) for one in main.carried(DAY)]
    assert len(main.merge(again).unchanged) == 5, "where it is known, it stays"
    branch = machine(database, folder / "branch", "C", site="支所")
    assert [t.id for t in branch.tickets()] == [came[0].id]
    assert branch.issue(PLAIN, language="vi", at=NOW).number == "C002", "none of theirs is given again"


def test_machines_read_what_each_other_sealed(database: str, folder: Path) -> None:
    """Each makes a key for the day of its own; it lies in the database closed to the office."""
    Keyring(folder / "keys").prepare(DAY - timedelta(days=1))
    stores = []
    for name in ("a", "b"):
        place = folder / name / "keys"
        place.mkdir(parents=True)
        for file in ("office.pub", "office.open"):
            (place / file).write_bytes((folder / "keys" / file).read_bytes())
        stores.append(
            PostgresStore(
                database, letter=name.upper(), today=lambda: DAY, device=folder / name / "device",
                keys=Keyring(place),
            )
        )  # fmt: skip
    for store in stores:
        store.issue(FULL, language="ko", at=NOW)
    for store in stores:
        assert [t.content for t in store.tickets()] == [FULL, FULL]
        assert store.faults() == ()


def test_merging_is_done_once_however_often(database: str, folder: Path) -> None:
    store, other = machine(database, folder / "m"), machine(database, folder / "n", "B", site="elsewhere")
    for _ in range(3):
        other.issue(FULL, language="ko", at=NOW)
    came = [replace(one, ticket=replace(one.ticket, id=Ids().next(NOW))) for one in other.carried(DAY)]
    first = store.merge(came)
    again = store.merge(came[::-1])
    assert (len(first.new), len(again.new), len(again.unchanged)) == (3, 0, 3)
    assert store.issue(PLAIN, language="vi", at=NOW).number == "A001"
    assert machine(database, folder / "x", "B").issue(PLAIN, language="vi", at=NOW).number == "B004"
    twice = replace(came[0], ticket=replace(came[0].ticket, id=Ids().next(NOW)))
    assert [named.reason for named in store.merge([twice]).conflicts] == ["number_twice"]
    assert len(store.tickets()) == 6, "nobody is left out"


def test_an_erased_ticket_stays_away(database: str, folder: Path) -> None:
    store, other = machine(database, folder / "m"), machine(database, folder / "n")
    ticket = store.issue(FULL, language="ko", at=NOW)
    copies = store.carried(DAY)
    assert other.tickets() == [ticket]

    def never(found: Ticket) -> None:
        raise Trouble("trouble.erase_open", number=found.number)

    with told("trouble.erase_open"):
        store.erase(ticket.id, DAY, never)
    assert other.get(ticket.id) == ticket
    store.erase(ticket.id, DAY, lambda _: None)
    assert other.refresh()
    assert other.tickets() == store.tickets() == []
    assert [named.reason for named in store.merge(copies).refused] == ["erased"]
    assert store.issue(PLAIN, language="vi", at=NOW).number == "A002"
    assert store.erase_day(DAY) == frozenset()
    assert store.days() == []


def test_closed_tickets_are_left_alone(database: str, folder: Path) -> None:
    """A claim never touches what does not wait, whatever the list it was picked from said."""
    store = machine(database, folder / "m")
    ticket = store.issue(PLAIN, language="vi", at=NOW)
    store.change(ticket.id, lambda t: call(t, NOW, counter="1"))
    store.change(ticket.id, lambda t: serve(t, NOW, counter="1"))
    store.change(ticket.id, lambda t: close(t, NOW, counter="1"))
    assert store._link.reading(lambda c: rows.first_free(c, [ticket.id])) is None
    asked = claims.Asked(DAY, store.sites, "1", (), NOW, ())
    assert store._link.reading(lambda c: claims.claim(c, asked)) is None
