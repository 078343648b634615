"""Reports of an office with several sites in one database: each consultation at its own site."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.app import database, gathering, looking
from kiosk.app.bench_year import make_day
from kiosk.app.day_counts import DayCounts
from kiosk.app.erasure import erase_before, erase_ticket, finish, run_daily
from kiosk.app.erasure_rows import count_ahead
from kiosk.app.erasure_steps import local
from kiosk.app.follow_notes import FollowNotes
from kiosk.app.gathering import Progress, gather
from kiosk.app.looking import ToFollow
from kiosk.app.office import Office, open_data
from kiosk.core.changes import note, record
from kiosk.core.consultation import Consultation
from kiosk.core.ticket import State, Ticket
from kiosk.errors import Trouble
from kiosk.store.joined import JoinedStore
from kiosk.store.pg.link import Away
from kiosk.store.pg.trial import Server
from tests.store.samples import PLAIN

DAY, OTHER = date(2025, 11, 4), date(2025, 11, 5)
MAIN, BRANCH = "本庁", "支所"


@dataclass
class Sites:
    """Two machines of one office, which read what each other sealed."""

    url: str
    main: Office
    branch: Office

    def main_sees(self, *sees: str) -> Office:
        """The main site's machine after a start, with other sites in sight."""
        self.main.store.close()
        database.setup(self.main, self.url, MAIN, sees)
        self.main = open_data(self.main.data)
        return self.main


@pytest.fixture
def sites(server: Server, tmp_path: Path) -> Sites:
    url, data = server.empty(), tmp_path / "main"
    open_data(data).keys.prepare(DAY)
    shutil.copytree(data, tmp_path / "branch")
    database.setup(open_data(data), url, MAIN, (BRANCH,))
    database.setup(open_data(tmp_path / "branch"), url, BRANCH, ())
    made = Sites(url, open_data(data), open_data(tmp_path / "branch"))
    make_day(made.main, DAY, 7, random.Random(1))
    make_day(made.branch, DAY, 5, random.Random(2))
    make_day(made.branch, OTHER, 3, random.Random(3))
    return made


def sites_of(office: Office, processes: int = 1) -> dict[str, int]:
    counted = gather(office, {"2025-11"}, processes=processes).tally.months["2025-11"]
    return {site: people for (site,), people in counted.table("site").items()}


@pytest.mark.parametrize("processes", [1, 2])
def test_each_is_counted_at_its_own_site(sites: Sites, processes: int) -> None:
    assert sites_of(sites.main, processes) == {MAIN: 7, BRANCH: 8}
    assert sites_of(sites.branch, processes) == {BRANCH: 8}


def forbid_opening(monkeypatch: pytest.MonkeyPatch, office: Office) -> None:
    def opened(_: object) -> None:
        raise AssertionError("a day was read")

    monkeypatch.setattr(office.store, "tickets", opened)


def test_a_second_report_opens_nothing_until_somebody_changes_a_ticket(
    sites: Sites, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = gather(sites.main, {"2025-11"}).tally
    assert len(list((sites.main.data / "reports").iterdir())) == 2
    assert b'"people"' not in (sites.main.data / "reports" / DAY.isoformat()).read_bytes()
    with monkeypatch.context() as patched:
        forbid_opening(patched, sites.main)
        assert gather(sites.main, {"2025-11"}).tally == first
    case = sites.branch.store.tickets(DAY)[0]
    sites.branch.store.change(case.id, lambda found: record(found, Consultation("k9", nationality="VN")))
    read: list[date] = []
    with monkeypatch.context() as patched:
        tickets = sites.main.store.tickets

        def reading(day: date) -> list[Ticket]:
            read.append(day)
            return tickets(day)

        patched.setattr(sites.main.store, "tickets", reading)
        again = gather(sites.main, {"2025-11"}).tally
    assert read == [DAY], "the other day is as it was"
    assert again.months["2025-11"].people == 15
    nations = again.months["2025-11"].table("nationality")[("VN",)]
    assert nations == first.months["2025-11"].table("nationality")[("VN",)] + 1


def test_only_days_that_changed_are_shared_out(sites: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    first = gather(sites.main, {"2025-11"}, processes=2).tally
    sites.branch.store.change(sites.branch.store.tickets(OTHER)[0].id, lambda found: note(found, "x"))
    shared, seen = list[tuple[date, ...]](), list[Progress]()
    real = gathering._shares

    def shares(office: Office, days: list[date], *rest: Any) -> list[Any]:
        shared.append(tuple(days))
        return real(office, days, *rest)

    monkeypatch.setattr(gathering, "_shares", shares)
    for _ in range(2):
        assert gather(sites.main, {"2025-11"}, processes=2, progress=seen.append).tally == first
    assert shared == [(OTHER,)]
    assert [step.done for step in seen] == [1, 2, 2, 3, 1, 2, 3]


def test_other_sites_in_sight_are_counted_anew(sites: Sites) -> None:
    assert sites_of(sites.main) == {MAIN: 7, BRANCH: 8}
    assert sites_of(sites.main_sees()) == {MAIN: 7}
    assert sites_of(sites.main_sees(BRANCH)) == {MAIN: 7, BRANCH: 8}


def test_who_is_to_be_asked_again_is_looked_up_once(sites: Sites) -> None:
    first = list(looking._seen(sites.main, ToFollow((DAY, OTHER))))
    assert sum(len(seen.follow) for seen in first) > 0
    for seen in first:
        assert FollowNotes(sites.main).read(seen.day) == list(seen.follow)
    gone = sites.branch.store.tickets(DAY)[0]
    erase_ticket(sites.branch, gone.id)
    assert FollowNotes(sites.main).read(DAY) is None, "it may have been of whom was erased"
    assert not (sites.main.data / "follow-ups" / DAY.isoformat()).exists()
    assert FollowNotes(sites.main).read(OTHER) is not None
    assert FollowNotes(sites.main_sees()).read(OTHER) is None


def test_a_damaged_ticket_is_named_with_its_day_and_the_rest_is_counted(sites: Sites, server: Server) -> None:
    server.do("UPDATE ticket SET content = '{}' WHERE day = '2025-11-05' AND number = 'A002'", sites.url)
    found = gather(sites.main, {"2025-11"})
    assert (found.closed, set(found.damaged)) == ({OTHER: 1}, {"database 2025-11-05"})
    assert found.tally.months["2025-11"].people == 15
    kept = DayCounts(sites.main, sites.main.counted.counting)
    assert kept.read(DAY) is not None
    assert kept.read(OTHER) is None, "it may be mended"


def test_notes_do_not_hold_while_the_database_is_away(sites: Sites) -> None:
    sites_of(sites.main)
    sites.main.store.close()
    settings = sites.main.data / "settings.toml"
    settings.write_text(settings.read_text().replace(sites.url, f"postgresql:///?host={sites.main.data}"))
    away = open_data(sites.main.data)
    assert DayCounts(away, away.counted.counting).read(DAY) is None
    assert DayCounts(away, away.counted.counting).mark(DAY) == ""
    away.store.close()


def test_what_is_erased_stays_at_its_site(sites: Sites) -> None:
    before = sites_of(sites.main)
    for _ in range(2):
        erase_before(sites.main, OTHER, reason="request")
        assert {row.site for row in sites.main.rows.year(2025) if not row.part} == {MAIN, BRANCH}
        assert sites_of(sites.main) == before, "the branch's own are still there, and counted once"
    assert len(sites.branch.store.tickets(DAY)) == 5
    (line,) = [line for path in sites.main.audit.files() for line in path.read_text().splitlines()]
    assert '"tickets":7' in line
    assert erase_before(sites.branch, OTHER, reason="request") == (DAY,)
    assert sites_of(sites.main) == before, "nor when they go"
    assert sites_of(sites.branch) == {BRANCH: 8}
    erase_before(sites.main, OTHER, reason="request")
    assert sites.main.rows.days() == [], "whose they were is no longer kept"


def test_a_day_erased_while_the_database_is_away_is_counted_when_it_is_back(
    sites: Sites, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where only the list was cut off: what nobody has counted stays until it is."""
    store = sites.main.store
    before, forgotten = sites_of(sites.main), store.tickets(DAY)[:4]
    with monkeypatch.context() as patched:
        patched.setattr(store, "tickets", lambda _: forgotten)
        with pytest.raises(Trouble):
            erase_before(sites.main, OTHER, reason="request")
    assert sites_of(sites.main) == before
    finish(sites.main)
    assert sites_of(sites.main) == before
    assert {case.site for case in store.tickets(DAY)} == {BRANCH}


def test_whose_rows_are_left_is_asked_of_the_database_itself(
    sites: Sites, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = sites_of(sites.main), sites.main.store.tickets
    asked = list[date]()

    def once(day: date) -> list[Ticket]:
        asked.append(day)
        return real(day) if len(asked) == 1 else []

    with monkeypatch.context() as patched:
        patched.setattr(sites.main.store, "tickets", once)
        erase_before(sites.main, OTHER, reason="request")
    assert sites_of(sites.main) == before
    assert erase_before(sites.branch, OTHER, reason="request") == (DAY,)
    assert sites_of(sites.main) == before


def test_erased_on_request_it_goes_from_the_files_of_every_machine(sites: Sites) -> None:
    store = local(sites.main)
    assert isinstance(store, JoinedStore)
    case = store.tickets(DAY)[0]
    store.journal.merge([one for one in store.carried(DAY) if one.ticket.id == case.id])
    # Another machine of the main site, which knows nothing of this one's files.
    other = sites.main.data.with_name("other")
    shutil.copytree(sites.main.data, other)
    shutil.rmtree(other / "store")
    erase_ticket(open_data(other), case.id)
    assert [one.id for one in store.journal.tickets(DAY)] == [case.id]
    run_daily(sites.main)
    assert store.journal.tickets(DAY) == []
    assert any(case.id in path.read_text() for path in sites.main.audit.files())


def test_without_the_database_there_is_no_report_of_half_the_tickets(
    sites: Sites, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = local(sites.main)
    assert isinstance(store, JoinedStore)

    def away(_: object = None) -> None:
        raise Away("for a moment")

    with monkeypatch.context() as patched:
        patched.setattr(store.remote, "tickets", away)
        found = gather(sites.main, {"2025-11"}, processes=None)
    assert found.unread == {DAY: "trouble.database_away", OTHER: "trouble.database_away"}
    assert not found.tally.months
    while store.away:
        store.refresh()
    assert sites_of(sites.main) == {MAIN: 7, BRANCH: 8}
    with monkeypatch.context() as patched:
        patched.setattr(store.remote, "days", away)
        with pytest.raises(Trouble, match="database_away"):
            gather(sites.main, {"2025-11"})


def test_a_console_has_everybody_in_its_rows_though_another_machine_erases(
    sites: Sites, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kiosk and console of one site, each with rows of its own."""
    store = local(sites.branch)
    assert isinstance(store, JoinedStore)
    with monkeypatch.context() as patched:
        patched.setattr(store.remote, "_today", lambda: DAY)
        left = store.issue(PLAIN, language="vi", at=datetime(2025, 11, 4, 10, tzinfo=UTC))
    assert left.state is State.WAITING
    folder = sites.branch.data.with_name("console")
    shutil.copytree(sites.branch.data, folder)
    console = open_data(folder)
    assert count_ahead(console, OTHER)
    assert erase_before(sites.branch, OTHER, reason="automatic") == (DAY,)
    for office in (console, sites.branch):
        assert sum(not row.part for row in office.rows.year(2025)) == 6
