"""The reports' page in a real window over a small real office: made beside it, stopped, locked, saved."""

from __future__ import annotations

import random
import resource
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app.bench_year import make_day
from kiosk.app.console_window import ConsoleWindow
from kiosk.app.erasure import erase_before
from kiosk.app.office import Office, open_data
from kiosk.app.report_desk import OfficeReports
from kiosk.app.reporting import save
from kiosk.errors import Trouble
from kiosk.reports.model import Report
from kiosk.store import passphrase
from kiosk.ui.counter.reporting.page import Reports
from kiosk.workers import Results
from tests import waiting
from tests.app.conftest import console_words, until

PASSPHRASE, PAPER = "みなとの見える丘 2026 turtle", bytes(range(32))
TODAY = datetime.now(UTC).date()
DAYS = tuple(TODAY - timedelta(days=ago) for ago in (9, 10, 40, 41, 42))
"""Young enough that the console keeps their tickets."""
MONTH = f"{DAYS[0]:%Y-%m}"
STALL_MS = 50


@pytest.fixture
def office(data: Path) -> Iterator[Office]:
    made = open_data(data)
    for number, day in enumerate(DAYS):
        make_day(made, day, 30, random.Random(number))
    yield made
    made.store.close()


def open_page(shown: ConsoleWindow, kind: str, day: date) -> Reports:
    shown.console.key("Control-r")
    page = shown.console.over
    assert isinstance(page, Reports)
    shown.console.press(f"kind:{kind}")
    page.day = day
    shown.console.show()
    return page


def made(shown: ConsoleWindow, kind: str, day: date) -> Reports:
    page = open_page(shown, kind, day)
    shown.console.key("F10")
    until(shown, lambda: page.done is None and page.whole)
    shown.console.show()
    assert page.report is not None, page.note
    return page


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("kind", ["day", "month", "year", "share", "examples"])
def test_every_kind_is_made_and_turned_through(console: Callable[[], ConsoleWindow], kind: str) -> None:
    shown = console()
    page = made(shown, kind, DAYS[0])
    assert page.report is not None
    told = ""
    for _ in range(40):
        told += console_words(shown)
        shown.console.key("Next")
    assert page.report.title in told
    assert all(table.title in told for table in page.report.tables)
    if kind == "day":
        assert "A001" in told
        assert "ポルトガル語" in told


@pytest.mark.usefixtures("office")
def test_english_is_one_key_away(console: Callable[[], ConsoleWindow]) -> None:
    shown = console()
    shown.console.key("Control-l")
    page = made(shown, "month", DAYS[0])
    assert page.report is not None
    assert "Consultation statistics" in console_words(shown)
    assert "Save" in console_words(shown)


@pytest.mark.usefixtures("office")
def test_stopped_it_says_so_and_nothing_goes_on(console: Callable[[], ConsoleWindow]) -> None:
    shown = console()
    page = open_page(shown, "year", DAYS[0])
    shown.console.key("F10")
    assert "集計しています" in console_words(shown)
    reporter = shown.reports._reporter
    shown.console.key("Escape")
    until(shown, lambda: all(not one._process.is_alive() for one in reporter._running))
    assert "集計を止めました" in console_words(shown)
    assert page.report is None


@pytest.mark.usefixtures("office")
def test_the_window_goes_on_while_a_year_is_counted(console: Callable[[], ConsoleWindow]) -> None:
    """What the page itself costs the window: its own work between two looks at the queue."""
    shown = console()
    page = open_page(shown, "year", DAYS[0])
    tells: list[float] = []
    went = page._went

    def timed(job: int, done: int, whole: int) -> None:
        begun = time.thread_time()
        went(job, done, whole)
        tells.append(time.thread_time() - begun)

    page._went = timed  # type: ignore[method-assign]
    shown.console.key("F10")
    until(shown, lambda: page.done is None)
    assert tells
    assert sorted(tells)[len(tells) // 2] * 1000 < STALL_MS


def test_locked_it_asks_first_and_forgets_what_it_showed(
    console: Callable[[], ConsoleWindow], office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passphrase, "MEMORY", 1024)
    monkeypatch.setattr(passphrase, "PASSES", 1)
    office.keys.setup(PASSPHRASE, PAPER)
    shown = console()
    until(shown, lambda: shown.console.guard.lock is not None)
    shown.console.key("Control-r")
    assert shown.console.over is None
    shown.secret.clear()
    shown.secret.widget.insert(0, PASSPHRASE)
    shown.console.press("unlock")
    until(shown, lambda: shown.console.guard.lock is None)
    page = made(shown, "day", DAYS[0])
    shown.console.key("Shift-F11")
    assert shown.console.guard.lock is not None
    assert shown.console.over is None
    assert page.made == {}
    assert "A001" not in console_words(shown)


def test_a_damaged_day_is_named_and_the_rest_goes_on(
    console: Callable[[], ConsoleWindow], office: Office
) -> None:
    office.store.close()
    journal = next((office.data / "store").glob(f"{DAYS[0]}*"))
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[3] = b"0" * 40 + lines[3][40:]
    journal.write_bytes(b"".join(lines))
    shown = console()
    page = made(shown, "month", DAYS[0])
    assert page.report is not None
    assert "壊れた部分があります" in console_words(shown)
    assert str(DAYS[0]) in console_words(shown)
    assert int(page.report.bigs[0].value) >= 30


@pytest.mark.usefixtures("office")
def test_saved_in_every_format_and_written_over_when_asked(
    console: Callable[[], ConsoleWindow], data: Path
) -> None:
    shown = console()
    page = made(shown, "month", DAYS[0])
    for turns, suffix in enumerate((".xlsx", ".pdf", ".csv", ".json")):
        shown.console.key("F10")
        until(shown, lambda: page.save is not None and page.save.places is not None)
        for _ in range(turns):
            shown.console.key("Right")
        shown.console.key("F10")
        until(shown, lambda: page.save is None)
        file = data / "saved-reports" / f"statistics-{MONTH}{suffix}"
        assert str(file) in console_words(shown)
        assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    file.write_bytes(b"old")
    shown.console.key("F10")
    until(shown, lambda: page.save is not None and page.save.places is not None)
    shown.console.key("Left")
    shown.console.key("F10")
    until(shown, lambda: page.save is not None and bool(page.save.asked))
    assert file.read_bytes() == b"old"
    shown.console.key("1")
    until(shown, lambda: page.save is None)
    assert file.read_bytes() == before


@pytest.mark.usefixtures("office")
def test_a_days_report_goes_with_the_tickets_it_tells_of(
    console: Callable[[], ConsoleWindow], office: Office, data: Path
) -> None:
    shown = console()
    page = made(shown, "day", DAYS[0])
    shown.console.key("F10")
    until(shown, lambda: page.save is not None and page.save.places is not None)
    shown.console.key("F10")
    until(shown, lambda: page.save is None)
    (file,) = (data / "saved-reports" / DAYS[0].isoformat()).iterdir()
    assert str(file) in console_words(shown)
    erase_before(office, DAYS[0] + timedelta(days=1), reason="asked")
    assert not file.exists()


# The desk itself


@pytest.fixture
def results() -> Iterator[Results]:
    made = Results()
    yield made
    made.close()


def waited(results: Results, answers: list[str | Trouble]) -> str | Trouble:
    waiting.until(lambda: answers, results.poll)
    return answers.pop()


REPORT = Report("month", "2025-11", "ja", "統計", "窓口", "今")
REPORT_LONG = replace(REPORT, notes=("とても長い報告です。" * 1000,))


def test_a_stick_that_was_pulled_out_leaves_no_folder_behind(
    data: Path, results: Results, tmp_path: Path
) -> None:
    office = open_data(data)
    desk, answers = OfficeReports(office, results), list[str | Trouble]()
    gone = tmp_path / "media" / "stick"
    desk.save(REPORT, str(gone), "x.csv", False, answers.append)
    told = waited(results, answers)
    assert isinstance(told, Trouble)
    assert told.key == "trouble.file_unwritten"
    assert not gone.parent.exists()
    desk.save(REPORT, "~nobody-of-this-name/x", "x.csv", False, answers.append)
    assert isinstance(waited(results, answers), Trouble)
    office.store.close()


def test_a_full_place_is_told_and_leaves_nothing(data: Path, tmp_path: Path) -> None:
    """A process may write files of four kilobytes only: the disk says the same as where no room is left."""
    office = open_data(data)
    office.store.close()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
        with pytest.raises(Trouble) as told:
            save(office, REPORT_LONG, tmp_path / "x.csv")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert told.value.key in ("trouble.disk_full", "trouble.file_unwritten")
    assert list(tmp_path.glob("*x.csv*")) == []


def test_the_offices_own_folder_comes_first(data: Path, results: Results) -> None:
    office = open_data(data)
    found: list[str] = []
    OfficeReports(office, results).places(lambda places: found.extend(place.path for place in places))
    waiting.until(lambda: found, results.poll)
    assert found[0] == str(data / "saved-reports")
    office.store.close()
