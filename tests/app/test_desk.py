"""The console's desk on a real store, and what a slip says when it is printed again."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.app.counter import desks
from kiosk.app.desk import OfficeDesk
from kiosk.app.office import Office, open_data
from kiosk.app.slips import slip_of_ticket
from kiosk.core import ticket as tickets
from kiosk.core.ticket import Case, Content, Ticket
from kiosk.core.waiting import Pick
from kiosk.errors import Trouble
from kiosk.ui.counter.console import Place
from kiosk.workers import Results
from tests.app.conftest import ConsoleWindow, until
from tests.store.test_faults import Disk

PLACE = Place("1", "あおば市")


@pytest.fixture
def office(data: Path) -> Iterator[Office]:
    made = open_data(data)
    yield made
    made.store.close()


@pytest.fixture
def results() -> Iterator[Results]:
    made = Results()
    yield made
    made.close()


def issue(office: Office, **content: object) -> Ticket:
    told = Content(cases=(Case("work"),), **content)  # type: ignore[arg-type]
    return office.store.issue(told, language="vi", at=office.now())


def wait(results: Results, condition: Callable[[], bool]) -> None:
    """Take answers as a window would, until the condition holds."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        results.poll()


def answered(results: Results, ask: Callable[[Callable[..., None]], None]) -> object:
    got: list[object] = []
    ask(got.append)
    wait(results, lambda: bool(got))
    return got[0]


def test_others_changes_arrive_without_waiting(office: Office, results: Results, data: Path) -> None:
    desk = OfficeDesk(office, results, PLACE)
    other = open_data(data)
    issue(other)
    assert not desk.tickets()  # nothing is read where the window asks
    wait(results, lambda: desk.refresh() and len(desk.tickets()) == 1)
    before = desk.tickets()
    wait(results, lambda: not desk.refresh())
    assert desk.tickets() is before
    other.store.close()


def test_a_store_that_cannot_be_read_is_told_and_tried_again(
    office: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(office)
    real = office.store.tickets

    def refuse(day: date | None = None) -> list[Ticket]:  # noqa: ARG001
        raise Trouble("trouble.store_busy")

    monkeypatch.setattr(office.store, "tickets", refuse)
    desk = OfficeDesk(office, results, PLACE)
    assert [trouble.key for trouble in desk.troubles()] == ["trouble.store_busy"]
    assert not desk.tickets()
    monkeypatch.setattr(office.store, "tickets", real)
    wait(results, lambda: desk.refresh() and len(desk.tickets()) == 1)
    assert desk.troubles() == []


def test_after_a_failed_write_the_desk_goes_on(
    office: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(office)
    issue(office)
    desk = OfficeDesk(office, results, PLACE)
    disk = Disk(monkeypatch)
    disk.fail("fdatasync", 5)
    refused = answered(results, desk.call_next)
    assert isinstance(refused, Trouble)
    assert refused.key == "trouble.store_failed"
    disk.mend()
    called = answered(results, desk.call_next)
    assert isinstance(called, Pick)
    assert called.ticket.number == "A001"
    # What the console sees next is never older than its own change.
    assert next(t for t in desk.tickets() if t.number == "A001").counter == "1"


def test_what_the_state_does_not_allow_is_told_in_japanese(office: Office, results: Results) -> None:
    case = issue(office)
    desk = OfficeDesk(office, results, PLACE)

    def close(now: Ticket) -> Ticket:
        return tickets.close(now, office.now(), counter="1")

    told = answered(results, lambda done: desk.change(case, close, done))
    assert isinstance(told, Trouble)
    assert told.details == {"number": "A001", "state": "待ち"}


def test_a_desk_is_not_offered_to_itself(office: Office) -> None:
    assert [lane for lane, _ in desks(office, "専門相談")] == ["", "1", "ハローワーク"]
    assert [lane for lane, _ in desks(office, "1")] == ["", "ハローワーク", "専門相談"]


def test_a_sensitive_slip_stays_neutral_when_printed_again(
    office: Office, results: Results, data: Path
) -> None:
    service = next(s.id for s in office.directory if s.shown)
    case = issue(office, sensitive=True, services=(service,), bring=("contract",))
    slip = slip_of_ticket(office, case)
    assert (slip.kind, slip.qr, slip.places) == ("neutral", "", ())
    assert answered(results, lambda done: OfficeDesk(office, results, PLACE).reprint(case, done)) is None
    assert (data / "slips" / f"{office.today()}" / "A001.png").exists()


def test_a_slip_printed_while_served_names_no_wait(office: Office) -> None:
    waiting = issue(office)
    assert "clock" in [line.icon for line in slip_of_ticket(office, waiting).lines]
    office.store.call_next(counter="1", languages=(), at=office.now())
    served = office.store.change(waiting.id, lambda t: tickets.serve(t, office.now(), counter="1"))
    assert "clock" not in [line.icon for line in slip_of_ticket(office, served).lines]


def test_a_slip_leaves_out_what_has_gone_since(office: Office) -> None:
    content = Content(cases=(Case("gone"),), services=("gone",), bring=("gone", "contract"))
    case = office.store.issue(content, language="ms", at=office.now(), referred=True)
    slip = slip_of_ticket(office, case)
    assert (slip.language, slip.places, slip.number) == ("en", (), "A001")


def test_days_are_erased_with_their_slips(office: Office, data: Path) -> None:
    for days in (1, 89, 90, 91, 400):
        day = office.today() - timedelta(days=days)
        for folder, name in (("store", f"{day}.journal"), (f"slips/{day}", "A001.png")):
            (data / folder).mkdir(parents=True, exist_ok=True)
            (data / folder / name).write_bytes(b"")
    office.erase_old()
    left = [office.today() - timedelta(days=days) for days in (90, 89, 1)]
    assert sorted(p.name for p in (data / "slips").iterdir()) == [str(day) for day in left]
    assert sorted(p.stem for p in (data / "store").glob("*.journal")) == [str(day) for day in left]


def test_f10_held_down_begins_the_case_and_does_not_end_it(
    console: Callable[[], ConsoleWindow], office: Office
) -> None:
    issue(office)
    shown = console()
    root = shown.window.root
    root.focus_force()
    until(shown, lambda: root.focus_get() is not None)
    shown.console.key("F2")
    until(shown, lambda: shown.console.view().state is tickets.State.CALLED)
    for _ in range(6):  # as X repeats a key: released and pressed at once, over and over
        root.event_generate("<KeyPress-F10>")
        until(shown, lambda: not shown.console.busy)
        root.event_generate("<KeyRelease-F10>")
    until(shown, lambda: not shown.held)
    assert shown.console.view().state is tickets.State.SERVING
    root.event_generate("<KeyPress-F10>")
    until(shown, lambda: shown.console.current is None)


def test_ctrl_c_ends_the_window(console: Callable[[], ConsoleWindow]) -> None:
    shown = console()
    shown.window.root.after(1, lambda: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        shown.window.run()


def test_a_fault_in_one_press_does_not_end_the_window(
    console: Callable[[], ConsoleWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside of tests: there `fatal` ends it."""
    shown = console()
    shown.window._fatal = False

    def break_down() -> None:
        raise ValueError("once")

    shown.window.root.after(1, break_down)
    beaten = []
    monkeypatch.setattr(shown.window, "_tick", lambda: beaten.append(shown.window.failure))
    while not any(isinstance(failure, ValueError) for failure in beaten):
        shown.window.root.tk.dooneevent(0)
