"""A whole day through the real windows, and whether everything it made says what was played."""

from __future__ import annotations

import json
import logging
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kiosk.app import database
from kiosk.app.gathering import gather
from kiosk.app.office import Office, open_data
from kiosk.app.reporting import Wanted, make, save
from kiosk.core.ticket import ENDED, State
from kiosk.reports.model import Report
from kiosk.store import passphrase
from kiosk.store.pg.trial import Server, why_not
from kiosk.ui import window
from tests.app.killed_console import HALF
from tests.app.playday import EVENT, FORMULA, LONG, SAID, Day, protect
from tests.app.playhouse import DAY, PASSPHRASE, ROSTER, SETTINGS, House


class Said(logging.Handler):
    """Keeps the log."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture(scope="module")
def day(display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:  # noqa: ARG001
    """Played once; the tests look at what it left."""
    data = tmp_path_factory.mktemp("day") / "data"
    data.mkdir(mode=0o700)
    (data / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    (data / "roster.toml").write_text(ROSTER, encoding="utf-8")
    log = Said()
    with pytest.MonkeyPatch.context() as patched, ExitStack() as ends:
        patched.setattr(passphrase, "MEMORY", 1024)
        patched.setattr(passphrase, "PASSES", 1)
        # The beats of a day are played faster than they come.
        patched.setattr(window, "TICK_MS", 40)
        logging.getLogger().addHandler(log)
        ends.callback(logging.getLogger().removeHandler, log)
        house = House(data, ends)
        patched.setattr(Office, "now", lambda _: house.clock.at)
        protect(data, PASSPHRASE)
        played = Day(house)
        played.play()
        played.found["log"] = log.lines
        yield played


@pytest.fixture(scope="module")
def office(day: Day) -> Office:
    """The office as a process opens it after the day."""
    opened = day.house.open()
    opened.keys.unlock(PASSPHRASE)
    return opened


@pytest.fixture(scope="module")
def report(office: Office) -> Report:
    return make(office, Wanted("day", DAY.isoformat(), staff="k01"))


def test_forty_visits_are_in_the_days_report_as_they_were_played(day: Day, report: Report) -> None:
    played, words = day.house.played, day.one.office.catalogue("ja")
    assert len(played) == 39
    table = report.table("cases")
    assert table is not None
    columns = {
        name: table.heads.index(words.text(f"report.case.{name}"))
        for name in ("state", "language", "counter")
    }
    lines = {str(line[0]): line for line in table.lines}
    assert set(lines) == set(played), "the one who was erased is in no report"
    for number, told in played.items():
        line = lines[number]
        assert line[columns["state"]] == words.text(f"state.{told.state.value}"), number
        assert line[columns["counter"]] == "、".join(told.counters), number
        assert line[columns["language"]] == day.one.office.languages[told.language].japanese, number
    assert report.bigs[0].value == "39"


def test_states_and_calls_are_those_played(day: Day, office: Office) -> None:
    kept = {case.number: case for case in office.store.tickets(DAY)}
    for number, told in day.house.played.items():
        case = kept[number]
        called = sum(period.state is State.CALLED for period in case.effective)
        assert (case.id, case.state, called) == (told.ticket_id, told.state, told.calls), number
        at = [(period.at, period.counter) for period in case.effective]
        assert at == sorted(at, key=lambda one: one[0])


def test_the_month_counts_what_was_played(day: Day, office: Office) -> None:
    counts = gather(office, {"2026-11"}).tally.months["2026-11"]
    erased = day.found["erased"]
    erased.state = State.NO_SHOW
    played = [*day.house.played.values(), erased]
    assert len(played) == counts.people == 40, "whoever was erased counts, and is nobody"
    assert counts.closed == 0
    assert plain(counts.table("language")) == Counter(told.language for told in played)
    assert plain(counts.table("event"))[EVENT] == 6
    given_back = day.found["given_back"]
    outcomes = Counter(
        "cancelled" if told is given_back
        else told.state.value if told.state in (*ENDED, State.NO_SHOW)
        else "left"
        for told in played
    )  # fmt: skip
    assert plain(counts.table("outcome")) == outcomes
    national = office.counted.national
    topics = Counter(topic for told in played for topic in {national.get(t, t) for t in told.topics})
    assert plain(counts.table("topic")) == topics
    recorded = [told for told in played if not told.event and told.state is State.CLOSED]
    results = plain(counts.table("result"))
    assert sum(results.values()) >= len(recorded) - 1, "all closed at a counter have a result"


def plain(cells: Mapping[tuple[str, ...], int]) -> Counter[str]:
    return Counter({key[0]: count for key, count in cells.items() if count})


def test_the_same_figures_from_postgresql(office: Office, tmp_path: Path) -> None:
    if sentence := why_not():
        pytest.skip(sentence)
    here = gather(office, {"2026-11"}).tally
    server = Server()
    try:
        shutil.copytree(office.data, tmp_path / "there")
        shutil.rmtree(tmp_path / "there" / "store")
        database.setup(open_data(tmp_path / "there"), server.empty(), "", ())
        there = open_data(tmp_path / "there")
        there.keys.unlock(PASSPHRASE)
        assert len(there.store.merge(office.store.carried(DAY)).new) == 39
        assert gather(there, {"2026-11"}).tally == here
        again = make(there, Wanted("day", DAY.isoformat()))
        assert again.table("cases") == make(office, Wanted("day", DAY.isoformat())).table("cases")
        there.store.close()
    finally:
        server.close()


def test_the_hall_saw_every_call_but_the_quiet_one(day: Day) -> None:
    every = "\n".join(day.house.on_display)
    here = [told for told in day.house.played.values() if not told.event]
    for told in here:
        assert (told.number in every) == (told.calls > 0 and not told.quiet), told
    assert "A001" in every
    assert SAID not in every


def test_the_books_open_in_a_spreadsheet(day: Day, office: Office, report: Report, tmp_path: Path) -> None:
    month = make(office, Wanted("month", "2026-11"))
    for one in (report, month):
        for suffix in (".xlsx", ".csv", ".pdf"):
            assert save(office, one, tmp_path / f"{one.kind}{suffix}").stat().st_size > 1000
        book = load_workbook(tmp_path / f"{one.kind}.xlsx")
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert cells
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
        texts = [cell.value for cell in cells if isinstance(cell.value, str)]
        assert not [text for text in texts if text.startswith(("=", "+", "-", "@")) and len(text) > 1]
        assert not [text for text in texts if any(ord(sign) < 32 and sign not in "\n\t" for sign in text)]
        assert SAID not in " ".join(texts)
        charts = [chart for sheet in book for chart in sheet._charts]
        assert charts
    told = day.found["long"]
    case = next(case for case in office.store.tickets(DAY) if case.number == told.number)
    notes = case.content.notes
    assert notes[0].startswith(FORMULA)
    assert not [sign for note in notes for sign in note if ord(sign) < 32 and sign not in "\n\t"]
    sentence = "会社と三回話し合いをした。"
    typed = LONG.count(sentence)
    cut = len(notes) - 1
    assert typed - cut <= sum(note.count(sentence) for note in notes) <= typed, "nothing typed is lost"


def test_the_trail_says_who_opened_what_and_nothing_that_was_told(day: Day, office: Office) -> None:
    lines = [line for file in office.audit.files() for line in file.read_text().splitlines()]
    said = [json.loads(line) for line in lines]
    opened = {line["of"] for line in said if line["action"] == "open"}
    met = {told.ticket_id for told in day.house.played.values() if told.calls and not told.event}
    assert met <= opened
    assert {"report", "event_merged", "undo", "call"} <= {line["action"] for line in said}
    log = "\n".join(day.found["log"])
    for word in (SAID, HALF, "敷金の明細", "賃金台帳", PASSPHRASE):
        assert word not in log
        assert word not in "\n".join(lines)


def test_what_went_wrong_was_said(day: Day) -> None:
    words = day.one.office.catalogue("ja").text("trouble.ticket_unknown")
    assert day.found["erased message"] == words
