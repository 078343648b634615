"""All programs of an office at once, on an empty folder, some of them killed in the middle.

MADOGUCHI_TOGETHER=20 plays so many days, each otherwise.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.data.house import build
from tests.store.samples import DAY
from tests.store.together.driver import Job, Told, rest, work_together
from tests.store.together.invariants import everything_holds
from tests.store.together.works import OLD

PLAYED = int(os.environ.get("MADOGUCHI_TOGETHER", "1"))


def test_a_killed_kiosk_still_takes_the_numbers_of_its_own_job() -> None:
    """Not those less that the letter took before it: consoles that count on them would wait for ever."""
    told = Told([("issued", ["id", f"A{at:03}", DAY.isoformat(), ""]) for at in range(1, 11)])
    assert rest(Job("kiosk", ("A", DAY.isoformat(), "6"), killed=1), told, since=9).given[2] == "5"


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("played", range(PLAYED))
@pytest.mark.parametrize("kept", ["here", "in a database"])
def test_an_offices_programs_at_once(
    tmp_path: Path, played: int, kept: str, request: pytest.FixtureRequest
) -> None:
    house, told, luck = build(tmp_path), Told(), random.Random(played)
    house.data.mkdir(exist_ok=True)
    if kept == "in a database":
        url = request.getfixturevalue("database")
        (house.data / "settings.toml").write_text(f'[database]\nurl = "{url}"\n', encoding="utf-8")
    day, old = DAY.isoformat(), [one.isoformat() for one in OLD]
    first = [
        Job("kiosk", ("A", day, "9"), killed=1),
        Job("kiosk", ("B", day, "9")),
        Job("kiosk", ("Y", old[0], "4"), killed=1),
        Job("kiosk", ("Y", old[1], "4")),
        Job("console", ("1", "12"), killed=1),
        Job("console", ("2", "12")),
        Job("report", ("3",), killed=1),
        Job("protect", killed=1),
        Job("protect"),
        Job("edit", ("3",), killed=1),
    ]
    work_together(house.data, luck.sample(first, len(first)), luck, told)
    second = [
        Job("kiosk", ("A", day, "6"), killed=1),
        Job("console", ("1", "24"), killed=1),
        Job("console", ("2", "24")),
        Job("erase", killed=1),
        Job("erase"),
        Job("erase", killed=2),
        Job("event", ("C", "4")),
        Job("report", ("2",), killed=1),
        Job("edit", ("2",)),
    ]
    work_together(house.data, luck.sample(second, len(second)), luck, told)
    packs = tuple(str(pack) for [pack] in told.all("sealed"))
    again = [Job("take", packs, killed=1), Job("take", packs), Job("erase"), Job("report", ("1",))]
    work_together(house.data, again, luck, told)
    everything_holds(house.data, told)
