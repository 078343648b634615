"""A site's display shows the calls of its own hall, whatever other sites its machine may see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.app import database
from kiosk.app.board import BoardReader
from kiosk.app.office import Office, open_data
from kiosk.core import changes
from kiosk.core.ticket import Case, Content, Ticket
from kiosk.store.pg.trial import Server, why_not

MAIN, BRANCH = "本庁", "支所"


@pytest.fixture
def server() -> Iterator[Server]:
    if sentence := why_not():
        pytest.skip(sentence)
    made = Server()
    yield made
    made.close()


def machine(folder: Path, url: str, site: str, *sees: str) -> Office:
    database.setup(open_data(folder), url, site, sees)
    return open_data(folder)


def called(office: Office, at: datetime) -> Ticket:
    case = office.store.issue(Content(cases=(Case("work"),)), language="vi", at=at)
    return office.store.change(case.id, lambda one: changes.call(one, at, counter="1"))


def shown(office: Office) -> list[str]:
    found = BoardReader(office).look()
    assert found is not None
    return [call.ticket for call in found.now]


def test_each_hall_shows_its_own_calls(server: Server, tmp_path: Path) -> None:
    url = server.empty()
    for name in ("main", "branch"):
        (tmp_path / name).mkdir(mode=0o700)
    main = machine(tmp_path / "main", url, MAIN, BRANCH)
    branch = machine(tmp_path / "branch", url, BRANCH)
    here, there = called(main, main.now()), called(branch, branch.now())
    assert {case.id for case in main.store.tickets()} == {here.id, there.id}, "its counselors see both"
    assert shown(main) == [here.id]
    assert shown(branch) == [there.id]
    # Where the branch's counselor is helped from the main office, the person still sits at the branch.
    again = main.store.change(there.id, lambda one: changes.serve(one, main.now(), counter="1", staff="k1"))
    assert again.site == BRANCH
    assert shown(main) == [here.id]
    for office in (main, branch):
        office.store.close()


def test_a_machine_without_other_sites_shows_every_call(tmp_path: Path) -> None:
    office = open_data(tmp_path)
    case = called(office, office.now())
    assert shown(office) == [case.id]
    office.store.close()
