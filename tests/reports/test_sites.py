"""Reports of an office with several sites in one database: each consultation at its own site."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kiosk.app import database
from kiosk.app.bench_year import make_day
from kiosk.app.erasure import erase_before
from kiosk.app.gathering import gather
from kiosk.app.office import Office, open_data
from kiosk.store.pg.trial import Server

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
