"""The console's lock on an office's own keys, and in its real window."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.app.console_window import ConsoleWindow
from kiosk.app.desk import OfficeDesk
from kiosk.app.events import planning, sealing, starting
from kiosk.app.events.planning import Plan
from kiosk.app.office import Office, open_data
from kiosk.core import changes
from kiosk.core.ticket import Case, Content, Narrative, State, Ticket
from kiosk.core.waiting import Pick
from kiosk.errors import Trouble
from kiosk.store import passphrase
from kiosk.store.joined import JoinedStore
from kiosk.store.keys import Keyring
from kiosk.ui.counter.desk import Paper
from kiosk.ui.counter.place import Place
from kiosk.workers import Results
from tests import waiting
from tests.app.conftest import console_words, until

PLACE = Place("1", "あおば市", "07")
PASSPHRASE, PAPER = "みなとの見える丘 2026 turtle", bytes(range(32))
SAID = "Công ty giữ hộ chiếu của tôi"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id with 1 MiB: its strength is not what is tested here."""
    monkeypatch.setattr(passphrase, "MEMORY", 1024)
    monkeypatch.setattr(passphrase, "PASSES", 1)


@pytest.fixture
def protected(data: Path) -> Path:
    """An office with a passphrase, where somebody waits."""
    office = open_data(data)
    issue(office)
    office.store.close()
    Keyring(data / "keys").setup(PASSPHRASE, PAPER)
    return data


@pytest.fixture
def office(protected: Path) -> Iterator[Office]:
    made = open_data(protected)
    yield made
    made.store.close()


@pytest.fixture
def results() -> Iterator[Results]:
    made = Results()
    yield made
    made.close()


def issue(office: Office) -> Ticket:
    told = Content(cases=(Case("work"),), narrative=Narrative(SAID, "vi", "typed"))
    return office.store.issue(told, language="vi", at=office.now() - timedelta(minutes=5))


def answered(results: Results, ask: Callable[[Callable[..., None]], None]) -> object:
    got: list[object] = []
    ask(got.append)
    waiting.until(lambda: got, results.poll)
    return got[0]


def settled(results: Results, desk: OfficeDesk, condition: Callable[[], bool]) -> None:
    def work() -> int:
        desk.refresh()
        return results.poll()

    waiting.until(condition, work)


def trail(data: Path) -> list[tuple[str, str]]:
    lines = [line for path in sorted((data / "audit").glob("*.log")) for line in path.open()]
    return [(row["action"], row["staff"]) for row in map(json.loads, lines)]


def shown(desk: OfficeDesk) -> list[bool]:
    return [not case.content.closed for case in desk.tickets()]


def test_calling_needs_no_key_and_reading_does(office: Office, results: Results) -> None:
    desk = OfficeDesk(office, results, PLACE)
    assert desk.protection() == "locked"
    called = answered(results, desk.call_next)
    assert isinstance(called, Pick)
    assert (called.ticket.state, called.ticket.content) == (State.CALLED, Content(closed=True))
    assert desk.why_closed(called.ticket) == "locked"
    assert ("open", "07") not in trail(office.data)
    assert answered(results, lambda done: desk.unlock(PASSPHRASE, done)) is None
    assert desk.protection() == "open"
    assert shown(desk) == [True]
    assert trail(office.data)[-1] == ("open", "07")


def test_a_wrong_passphrase_is_in_the_audit_trail(office: Office, results: Results) -> None:
    desk = OfficeDesk(office, results, PLACE)
    wrong = answered(results, lambda done: desk.unlock("ちがう合言葉です", done))
    assert isinstance(wrong, Trouble)
    assert (wrong.key, wrong.details["wait"]) == ("trouble.passphrase_wrong", passphrase.wait_after(1))
    assert trail(office.data) == [("keys_wrong", "07")]
    assert desk.protection() == "locked"


def test_locking_closes_at_once_and_opening_again_is_told_again(office: Office, results: Results) -> None:
    desk = OfficeDesk(office, results, PLACE)
    answered(results, lambda done: desk.unlock(PASSPHRASE, done))
    answered(results, desk.call_next)
    assert shown(desk) == [True]
    desk.lock()
    assert (shown(desk), desk.protection()) == ([False], "locked")
    (case,) = office.store.tickets()
    assert case.content.closed
    before = trail(office.data).count(("open", "07"))
    answered(results, lambda done: desk.unlock(PASSPHRASE, done))
    assert shown(desk) == [True]
    assert trail(office.data).count(("open", "07")) == before + 1


def test_the_store_forgets_earlier_days_too(
    office: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.store.tickets()[0]
    tomorrow = office.now() + timedelta(days=1)
    monkeypatch.setattr(Office, "now", lambda _office: tomorrow)
    desk = OfficeDesk(office, results, PLACE)
    answered(results, lambda done: desk.unlock(PASSPHRASE, done))
    found = answered(results, lambda done: desk.find(Paper(case.number, case.day), done))
    assert isinstance(found, Ticket)
    assert found.content.narrative is not None
    opened = office.store._days.held[case.day]._opened  # type: ignore[attr-defined]
    assert opened._contents
    desk.lock()
    settled(results, desk, lambda: not opened._contents)


def test_nothing_is_shown_while_the_audit_trail_cannot_say_so(
    office: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = OfficeDesk(office, results, PLACE)
    answered(results, lambda done: desk.unlock(PASSPHRASE, done))
    real = office.audit._write

    def refuse(_entry: object) -> None:
        raise Trouble("trouble.disk_full")

    monkeypatch.setattr(office.audit, "_write", refuse)
    called = answered(results, desk.call_next)
    assert isinstance(called, Pick)
    assert called.ticket.content.closed
    assert desk.why_closed(called.ticket) == "audit"
    assert "trouble.audit_failed" in [trouble.key for trouble in desk.troubles()]
    monkeypatch.setattr(office.audit, "_write", real)
    settled(results, desk, lambda: shown(desk) == [True])
    actions = [action for action, _ in trail(office.data)]
    assert sorted(actions) == ["call", "open"]
    assert not desk.troubles()


def test_a_database_that_is_away_is_told(
    office: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = OfficeDesk(office, results, PLACE)
    assert (desk.away(), desk.strips()) == (False, ())
    assert {"why", "unsent"} <= set(vars(JoinedStore))
    monkeypatch.setattr(office.store, "why", Trouble("trouble.database_away"), raising=False)
    monkeypatch.setattr(office.store, "unsent", 3, raising=False)
    (strip,) = desk.strips()
    assert desk.away()
    assert "データベース" in strip.text
    assert "3" in strip.text
    assert not desk.troubles()
    # What somebody must mend is told as such.
    monkeypatch.setattr(office.store, "why", Trouble("trouble.database_refused"))
    assert [trouble.key for trouble in desk.troubles()] == ["trouble.database_refused"]


def test_an_event_says_what_no_pack_holds_yet(protected: Path, tmp_path: Path, results: Results) -> None:
    home = open_data(protected)
    home.keys.unlock(PASSPHRASE)
    plan = Plan("夜間相談会", "青葉公民館", home.today(), ("vi", "en"), ("B",))
    (prepared,) = planning.prepare(home, plan, tmp_path / "usb")
    home.store.close()
    at = starting.start(tmp_path / "tablet", prepared.file.read_text())
    tablet = open_data(at.data)
    desk = OfficeDesk(tablet, results, PLACE)
    assert desk.protection() == "away"
    (strip,) = desk.strips()
    assert "夜間相談会" in strip.text
    assert "青葉公民館" in strip.text
    assert "まだ相談はありません" in strip.text
    other = open_data(at.data)
    issue(other)
    settled(results, desk, lambda: "パックに入っていない相談：1件" in desk.strips()[0].text)
    sealing.seal(other, at, tmp_path / "usb")
    settled(results, desk, lambda: "最後のパック" in desk.strips()[0].text)
    assert "パックに入っていない" not in desk.strips()[0].text
    called = answered(results, desk.call_next)
    assert isinstance(called, Pick)
    assert desk.why_closed(called.ticket) == "away"
    # The call is in no pack yet.
    assert "パックに入っていない相談：1件" in desk.strips()[0].text
    for one in (tablet, other):
        one.store.close()


# In the window


def write(window: ConsoleWindow, words: str) -> None:
    """Type the passphrase and press Return."""
    until(window, lambda: window.secret.has_focus)
    window.secret.widget.insert(0, words)
    window.window.root.event_generate("<KeyPress-Return>")
    window.window.root.event_generate("<KeyRelease-Return>")


def focus(window: ConsoleWindow) -> None:
    window.window.root.focus_force()
    until(window, lambda: window.window.root.focus_get() is not None)


def test_the_window_opens_and_locks_and_keeps_the_memo(
    console: Callable[[], ConsoleWindow], protected: Path
) -> None:
    assert (protected / "keys" / "office.json").exists()
    window = console()
    focus(window)
    assert "合言葉を入れてください" in console_words(window)
    entry = window.secret.widget._entry
    assert entry.cget("show") == "●"
    window.console.press("reveal")
    assert entry.cget("show") == ""
    window.console.press("reveal")
    assert entry.cget("show") == "●"
    write(window, "ちがう合言葉です")
    until(window, lambda: "合言葉が違います" in console_words(window))
    assert window.secret.text() == ""
    until(window, lambda: "もう一度入力できます" in console_words(window))
    write(window, PASSPHRASE)
    until(window, lambda: window.console.guard.lock is None)
    window.console.key("F2")
    until(window, lambda: SAID in console_words(window))
    window.memo.widget.insert("end", "旅券の写しを見た")
    window.window.root.event_generate("<Shift-KeyPress-F11>")
    until(window, lambda: window.console.guard.lock is not None)
    assert SAID not in console_words(window)
    assert not window.memo.widget.winfo_ismapped()
    write(window, PASSPHRASE)
    until(window, lambda: SAID in console_words(window))
    until(window, lambda: bool(window.memo.widget.winfo_ismapped()))
    assert window.memo.text() == "旅券の写しを見た"
    case = window.console.current
    assert case is not None
    # Started; asked what came of it, as the record does not say yet; closed.
    for key in ("F10", "F10", "Escape", "F10"):
        window.console.key(key)
        until(window, lambda: not window.console.busy)
    office = open_data(protected)
    office.keys.unlock(PASSPHRASE)
    assert office.store.get(case.id).content.notes == ("旅券の写しを見た",)
    office.store.close()


def test_digits_of_the_passphrase_press_nothing_and_keys_count_as_a_touch(
    console: Callable[[], ConsoleWindow], protected: Path
) -> None:
    assert (protected / "keys" / "office.json").exists()
    window = console()
    focus(window)
    write(window, PASSPHRASE)
    until(window, lambda: window.console.guard.lock is None)
    guard, before = window.console.guard, window.console.guard._touched
    root = window.window.root
    for touch in ("<KeyPress-a>", "<Motion>", "<ButtonPress-3>"):
        root.event_generate(touch)
        until(window, lambda since=before: guard._touched > since)  # type: ignore[misc]
        before = guard._touched
    guard.after = 0.0
    until(window, lambda: guard.lock is not None)
    assert "ロックしました" in console_words(window)


def test_somebody_called_before_the_console_started_is_there_after_the_passphrase(
    console: Callable[[], ConsoleWindow], office: Office
) -> None:
    case = office.store.tickets()[0]
    office.store.change(case.id, lambda one: changes.call(one, office.now(), counter="1", staff="07"))
    window = console()
    focus(window)
    assert window.console.view().card is None
    write(window, PASSPHRASE)
    until(window, lambda: SAID in console_words(window))
