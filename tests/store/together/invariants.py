"""What must be true of an office's folder after its programs have done their worst."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

from kiosk.app.erasure import erase_before, finish, run_daily
from kiosk.core.ticket import State, Ticket
from kiosk.store.journal import SUFFIX
from kiosk.store.protocol import Fault
from kiosk.store.trail import check, read_trail
from tests.store.samples import DAY
from tests.store.together.driver import Told
from tests.store.together.works import OLD, WORDS, Branch, told_by

TORN = {"trouble.journal_torn", "trouble.bookings_torn"}
"""What a kill explains: a record that was being written and never acknowledged."""
_HALF = (".half", ".part", ".new", ".former", ".sealed", ".json", ".old")
_STAY = {".lock", ".in-use"}
_KEPT = {"erased", "outreach", "packs", "events"}
"""Folders where a day's name stays: its mark, and what is known of an event, its audit trail too."""


def opened(data: Path, day: date = DAY) -> Branch:
    """The office, with its passphrase where one is set."""
    office = Branch(data, day=day)
    if office.keys.locked:
        office.keys.unlock(WORDS)
    return office


def tickets_hold(office: Branch, told: Told) -> list[Ticket]:
    """Every ticket acknowledged is there as it was acknowledged, and opens; the day's tickets."""
    cases = office.store.tickets()
    by_id = {case.id: case for case in cases}
    numbers = Counter(case.number for case in cases)
    assert max(numbers.values(), default=1) == 1, f"a number twice: {numbers}"
    given = Counter(number for _, number, day, _ in told.all("issued") if day == DAY.isoformat())
    given += Counter(number for _, number, _ in told.all("told"))
    assert max(given.values(), default=1) == 1, f"a number given twice: {given}"
    for case in cases:
        assert not case.content.closed, f"{case.number} does not open"
        assert told_by(case), f"{case.number} lost its words"
    for key, number, day, words in told.all("issued"):
        if day == DAY.isoformat():
            assert by_id[key].number == number
            assert told_by(by_id[key]) == words
    merged = {key for [keys] in told.all("merged") for key in keys}
    for key, number, words in told.all("told"):
        if key in merged:
            assert by_id[key].number == number
            assert told_by(by_id[key]) == words
    calls = Counter(key for key, _ in told.all("called"))
    assert max(calls.values(), default=1) == 1, "somebody was called to two counters"
    # A console killed and started again writes its record of the case at hand anew.
    for (key, counter), done in {(key, by): done for key, by, done in told.all("recorded")}.items():
        assert [one.done for one in by_id[key].content.records if one.by == counter] == [done]
    for [key] in told.all("closed"):
        assert by_id[key].state is State.CLOSED
    for case in cases:
        assert len({one.counter for one in case.periods if one.counter}) <= 1, "two counters had one ticket"
    return cases


def rows_hold(office: Branch, told: Told) -> None:
    """Who came on an old day left one row, and nothing else."""
    days = {day.isoformat() for day in OLD}
    kept = [case for day in OLD for case in office.store.tickets(day)]
    assert kept == []
    assert [day for day in office.keys.days() if day in OLD] == []
    rows = sum(not row.part for row in office.rows.year(DAY.year))
    acknowledged = sum(day in days for _, _, day, _ in told.all("issued"))
    # A kiosk killed between writing and telling has issued one more than it told.
    assert acknowledged <= rows <= acknowledged + told.kills, "a row a ticket"


def bookings_hold(office: Branch, told: Told) -> None:
    """Every place acknowledged is taken, by a ticket that is there."""
    booked = office.bookings.since(OLD[0])
    places = Counter((one.specialist, one.at) for one in booked)
    assert max(places.values(), default=0) <= 2, "more than there are places"
    known = {one.ticket_id for one in booked}
    days = {day.isoformat() for day in OLD}
    erased = {key for key, _, day, _ in told.all("issued") if day in days}
    assert {key for key, _ in told.all("booked")} - erased <= known
    assert not known & erased


def trail_holds(office: Branch, told: Told) -> None:
    """The audit trail is whole, and says who opened what."""
    office.audit.catch_up()
    lines = read_trail(office.audit.files())
    assert check(lines) == []
    seen = {(line.record["action"], line.record["of"]) for line in lines if line.record}
    assert {("open", key) for [key] in told.all("opened")} <= seen


def faults_explained(faults: Collection[Fault], told: Told) -> None:
    """Nothing was told to staff by any process but records cut off by a kill."""
    allowed = TORN if told.kills else set()
    assert {fault.key for fault in faults} <= allowed, faults
    assert {key for [keys] in told.all("met") for key in keys} <= allowed


def nothing_left(data: Path) -> None:
    """No half files, nothing moved aside but records cut off."""
    for path in sorted(data.rglob("*")):
        name, inside = path.name, path.relative_to(data).as_posix()
        assert ".damaged" not in name, inside
        if "damaged/" in f"{inside}/":
            assert name == "damaged" or f"{SUFFIX}-" in name or ".log-" in name, inside
            continue
        half = name.startswith(".") and name not in _STAY
        assert not half, f"{inside} stays"
        assert not name.startswith("new-"), f"{inside} stays"


def everything_holds(data: Path, told: Told) -> None:
    """All of it, after the night's tidying."""
    office = opened(data)
    finish(office)
    run_daily(office)
    cases = tickets_hold(office, told)
    rows_hold(office, told)
    bookings_hold(office, told)
    trail_holds(office, told)
    parts = (office.store, office.bookings, office.rows)
    faults_explained([fault for part in parts for fault in part.faults()], told)
    office.store.close()
    everything_goes(data, len(cases))
    nothing_left(data)


def everything_goes(data: Path, came: int) -> None:
    """When the day is to be erased no file of it stays, half written or whole; a row of each ticket does."""
    office = opened(data, DAY + timedelta(days=200))
    before = sum(not row.part for row in office.rows.year(DAY.year))
    run_daily(office)  # The clock has leapt: only tomorrow is it believed.
    erase_before(office, office.today(), reason="automatic")
    assert sum(not row.part for row in office.rows.year(DAY.year)) == before + came
    office.store.close()
    left = [path for path in data.rglob(f"*{DAY}*") if path.parent.name not in _KEPT]
    assert left == []
