"""Records, follow-ups and past cases on a real office: kept, locked, audited; and typed in a real window."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from kiosk.app import looking
from kiosk.app.console_window import ConsoleWindow
from kiosk.app.day_notes import FOLLOW_UPS
from kiosk.app.desk import OfficeDesk
from kiosk.app.erasure import erase_before, erase_ticket
from kiosk.app.follow_notes import FollowNotes
from kiosk.app.looking import Seen, Sought, ToFollow, What, look, topics_of
from kiosk.app.office import Office, open_data
from kiosk.app.recording import Recording
from kiosk.core import changes, writing
from kiosk.core.cases import MOST, FollowUp, Query
from kiosk.core.consultation import Consultation
from kiosk.core.ticket import Content, State, Ticket
from kiosk.errors import Trouble
from kiosk.store import passphrase
from kiosk.store.journal import SUFFIX
from kiosk.ui.counter.place import Place
from kiosk.ui.counter.record.desk import Searched
from kiosk.ui.counter.record.form import Form
from kiosk.ui.counter.record.formsheet import DONE
from kiosk.workers import Results
from tests.app.conftest import answered, wait
from tests.patience import Patience

PLACE = Place("1", "あおば市", "07")
WORDS, PAPER = "みなとの見える丘 2026 turtle", bytes(range(32))


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "MEMORY", 1024)
    monkeypatch.setattr(passphrase, "PASSES", 1)


@pytest.fixture
def recording(office: Office, results: Results) -> Recording:
    return Recording(office, results, OfficeDesk(office, results, PLACE), lambda: PLACE)


def searched(recording: Recording, results: Results, query: Query) -> Searched:
    got: list[Searched | Trouble] = []
    recording.search(query, got.append)
    wait(results, lambda: bool(got) and (isinstance(got[-1], Trouble) or got[-1].over))
    last = got[-1]
    assert isinstance(last, Searched)
    return last


def actions(office: Office) -> list[str]:
    return [
        json.loads(line)["action"] for file in office.audit.files() for line in file.read_text().splitlines()
    ]


def ended(
    office: Office, *, days: int = 0, by: str = "07", sensitive: bool = False, **record: object
) -> Ticket:
    """A case of some days ago with its record, closed."""
    at = office.now() - timedelta(days=days)
    content = Content(caller="self", statistics=("employment",), sensitive=sensitive)
    case = _on(office, at.date(), lambda: office.store.issue(content, language="vi", at=at))

    def finish(now: Ticket) -> Ticket:
        now = changes.call(now, at, counter="1", staff="07")
        now = changes.close(changes.serve(now, at, counter="1", staff="07"), at, counter="1", staff="07")
        return changes.record(now, Consultation(by, saved=at, **record))  # type: ignore[arg-type]

    return office.store.change(case.id, finish)


def _on(office: Office, day: date, work: Callable[[], Ticket]) -> Ticket:
    store = office.store
    before = store._today  # type: ignore[attr-defined]
    store._today = lambda: day  # type: ignore[attr-defined]
    try:
        return work()
    finally:
        store._today = before  # type: ignore[attr-defined]


def found(answer: object) -> Sequence[FollowUp]:
    assert isinstance(answer, list), answer
    return answer


def test_the_lists_are_those_of_the_office(recording: Recording, office: Office) -> None:
    lists = recording.lists()
    assert {"employment", "immigration"} <= {topic.id for topic in lists.topics}
    assert all(topic.ja and topic.en and topic.ja != topic.id for topic in topics_of(office))
    assert lists.means == "visit"
    assert len(lists.nationalities) > 200
    assert "vi" in lists.languages


def test_an_event_is_outreach(recording: Recording, data: Path) -> None:
    (data / "event.json").write_text("{}")
    assert recording.lists().means == "outreach"


def test_a_record_is_saved_whatever_state_the_case_is_in(
    recording: Recording, office: Office, results: Results
) -> None:
    case = ended(office, done="前")
    answered(
        results,
        lambda done: recording.save(case, lambda kept: replace(kept, done=kept.done + "後"), "07", done),
    )
    kept = writing.of(office.store.get(case.id), "07")
    assert kept is not None
    assert kept.done == "前後"


def test_follow_ups_of_past_days_are_found_and_marked(
    recording: Recording, office: Office, results: Results
) -> None:
    today = office.today()
    old = ended(office, days=3, follow_up=today - timedelta(days=1))
    ended(office, days=2, follow_up=today, followed=True)
    ended(office, days=1, follow_up=today + timedelta(days=1))
    now = ended(office, follow_up=today)
    answer = answered(results, lambda done: recording.follow_ups(True, done))
    assert [one.ticket_id for one in found(answer)] == [old.id, now.id]
    answered(results, lambda done: recording.save(old, lambda kept: replace(kept, followed=True), "07", done))
    answer = answered(results, lambda done: recording.follow_ups(False, done))
    assert [one.ticket_id for one in found(answer)] == [now.id]


def old(office: Office) -> None:
    """Let the journals be older than a moment."""
    for file in (office.data / "store").glob("*"):
        os.utime(file, (1_700_000_000, 1_700_000_000))


def test_a_past_day_is_opened_once_until_something_changes(
    recording: Recording, office: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = office.today()
    first = ended(office, days=3, follow_up=today - timedelta(days=1))
    ended(office, days=2, follow_up=today + timedelta(days=1))
    old(office)
    looked: list[tuple[date, ...]] = []

    def seen(office: Office, what: ToFollow, stopped: Callable[[], bool]) -> Iterator[Seen]:
        looked.append(what.days)
        return look(office, what, stopped)

    monkeypatch.setattr("kiosk.app.recording.look", seen)
    ask = partial(answered, results, lambda done: recording.follow_ups(True, done))
    for _ in range(3):
        assert [one.ticket_id for one in found(ask())] == [first.id]
    days = (today - timedelta(days=3), today - timedelta(days=2))
    assert looked == [days], "what is kept of them tells the rest"
    kept = (office.data / FOLLOW_UPS / first.day.isoformat()).read_bytes()
    assert first.id.encode() not in kept
    assert b"A001" not in kept
    answered(
        results, lambda done: recording.save(first, lambda kept: replace(kept, followed=True), "07", done)
    )
    assert found(ask()) == []
    assert looked[1:] == [days[:1]], "a record saved later"


def test_what_is_kept_of_a_day_goes_with_it_and_with_any_of_its_tickets(
    recording: Recording, office: Office, results: Results
) -> None:
    cases = [ended(office, days=days, follow_up=office.today()) for days in (3, 2)]
    old(office)
    answered(results, lambda done: recording.follow_ups(True, done))
    files = [office.data / FOLLOW_UPS / case.day.isoformat() for case in cases]
    assert all(file.exists() for file in files)
    erase_ticket(office, cases[1].id)
    assert [file.exists() for file in files] == [True, False]
    erase_before(office, cases[1].day, reason="request")
    assert not any(file.exists() for file in files)
    assert found(answered(results, lambda done: recording.follow_ups(True, done))) == []


def test_locked_while_days_are_opened_nothing_is_told(
    recording: Recording, office: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.keys.setup(WORDS, PAPER)
    ended(office, days=2, done="x", follow_up=office.today())

    def locking(office: Office, what: Sought | ToFollow, stopped: Callable[[], bool]) -> Iterator[Seen]:
        seen = look(office, what, stopped)
        yield next(seen)
        office.keys.lock()
        yield from seen

    monkeypatch.setattr("kiosk.app.recording.look", locking)
    answer = answered(results, lambda done: recording.follow_ups(True, done))
    assert isinstance(answer, Trouble)
    assert answer.key == "trouble.search_locked"
    office.keys.unlock(WORDS)
    got: list[Searched | Trouble] = []
    recording.search(Query("x"), got.append)
    wait(results, lambda: any(isinstance(one, Trouble) for one in got))
    assert str(got[-1]).startswith("trouble.search_locked")


def test_what_was_kept_closed_opens_only_with_the_passphrase(
    recording: Recording, office: Office, results: Results
) -> None:
    office.keys.setup(WORDS, PAPER)
    case = ended(office, days=2, follow_up=office.today())
    old(office)
    ask = partial(answered, results, lambda done: recording.follow_ups(True, done))
    assert [one.ticket_id for one in found(ask())] == [case.id]
    assert FollowNotes(office).read(case.day) is not None
    office.keys.lock()
    assert FollowNotes(office).read(case.day) is None
    assert found(ask()) == []
    office.keys.unlock(WORDS)
    assert [one.ticket_id for one in found(ask())] == [case.id]


def test_counting_is_one_line_an_opening_and_listing_one_each(
    recording: Recording, office: Office, results: Results
) -> None:
    for listed in (False, False, True, True, False):
        answered(results, partial(recording.follow_ups, listed))
    assert actions(office).count("follow_ups") == 3


def test_a_search_goes_through_every_day_and_is_audited_without_its_words(
    recording: Recording, office: Office, results: Results
) -> None:
    wanted = [ended(office, days=days, done="ハローワークへ電話した") for days in (9, 4, 0)]
    ended(office, days=2, done="税務署")
    answer = searched(recording, results, Query("はろーわーく"))
    assert [one.ticket_id for one in answer.found] == [case.id for case in reversed(wanted)]
    assert (answer.days, answer.of) == (4, 4)
    assert actions(office).count("search") == 1
    trail = "".join(file.read_text() for file in office.audit.files())
    assert "ハローワーク" not in trail
    assert "はろー" not in trail


def test_who_waits_today_is_no_past_case(recording: Recording, office: Office, results: Results) -> None:
    office.store.issue(Content(statistics=("employment",)), language="vi", at=office.now())
    assert searched(recording, results, Query(topic="employment")).found == ()


def test_a_sensitive_case_is_listed_as_nothing_but_that(
    recording: Recording, office: Office, results: Results
) -> None:
    ended(office, sensitive=True, result="referred", topics=("welfare",))
    (one,) = searched(recording, results, Query(topic="welfare")).found
    assert (one.sensitive, one.topics, one.result) == (True, (), "")


def test_a_search_that_finds_too_much_says_so(
    recording: Recording, office: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.core.cases.MOST", 2)
    for _ in range(3):
        ended(office, done="x")
    answer = searched(recording, results, Query("x"))
    assert (len(answer.found), answer.more) == (2, True)
    assert MOST > 2


def test_a_day_that_cannot_be_read_is_counted_and_the_others_are_searched(
    recording: Recording, office: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = ended(office, days=5, done="x", follow_up=office.today())
    lost = ended(office, days=1, done="x").day
    read = office.store.tickets

    def broken(day: date | None = None) -> list[Ticket]:
        if day == lost:
            raise Trouble("trouble.store_failed")
        return read(day)

    def here(office: Office, what: What, _stopped: Callable[[], bool]) -> Iterator[Seen]:
        """What the other process does."""
        yield from looking._seen(office, what)

    monkeypatch.setattr(office.store, "tickets", broken)
    monkeypatch.setattr("kiosk.app.recording.look", here)
    answer = searched(recording, results, Query("x"))
    assert [one.ticket_id for one in answer.found] == [wanted.id]
    assert answer.unread == 1
    to_follow = answered(results, lambda done: recording.follow_ups(True, done))
    assert [one.ticket_id for one in found(to_follow)] == [wanted.id]
    assert FollowNotes(office).read(lost) is None, "it may be mended"


def test_damage_another_process_met_is_told_on_the_console(office: Office, results: Results) -> None:
    desk = OfficeDesk(office, results, PLACE)
    recording = Recording(office, results, desk, lambda: PLACE)
    wanted, lost = (ended(office, days=days, done="x", follow_up=office.today()) for days in (5, 1))
    office.store.close()
    journal = office.data / "store" / f"{lost.day}{SUFFIX}"
    journal.write_bytes(b"\0" * 99 + b"nothing")
    old(office)
    assert desk.troubles() == []
    answer = answered(results, lambda done: recording.follow_ups(True, done))
    assert [one.ticket_id for one in found(answer)] == [wanted.id]
    assert any(lost.day.isoformat() in str(vars(trouble)) for trouble in desk.troubles())
    assert not (office.data / FOLLOW_UPS / lost.day.isoformat()).exists()


def test_without_its_line_nothing_is_looked_through(
    recording: Recording, office: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended(office, done="x", follow_up=office.today())

    def full(_entry: object) -> None:
        raise Trouble("trouble.disk_full")

    monkeypatch.setattr(office.audit, "write", full)
    for ask in (
        lambda done: recording.search(Query("x"), done),
        lambda done: recording.follow_ups(True, done),
    ):
        answer = answered(results, ask)
        assert isinstance(answer, Trouble)
        assert answer.key == "trouble.search_audit"


def test_a_search_that_was_stopped_answers_nothing_more(
    recording: Recording, office: Office, results: Results
) -> None:
    ended(office, done="x")
    got: list[object] = []
    recording.search(Query("x"), got.append)()
    after: list[object] = []
    recording.search(Query("x"), after.append)
    wait(results, lambda: any(isinstance(one, Searched) and one.over for one in after))
    assert got == []


def test_a_locked_office_tells_nothing_and_records_are_kept_all_the_same(
    office: Office, recording: Recording, results: Results
) -> None:
    office.keys.setup(WORDS, PAPER)
    case = ended(office, done="秘密", follow_up=office.today())
    office.keys.lock()
    assert found(answered(results, lambda done: recording.follow_ups(True, done))) == []
    assert searched(recording, results, Query("秘密")).found == ()
    mine = Consultation("07", done="ロック中に書いた", result="solved", saved=office.now())
    answered(results, lambda done: recording.save(case, lambda _kept: mine, "07", done))
    office.keys.unlock(WORDS)
    kept = writing.of(office.store.get(case.id), "07")
    assert kept is not None
    assert kept.done == "ロック中に書いた"


# In a real window


def window(office: Office, results: Results) -> ConsoleWindow:
    return ConsoleWindow(office, results, PLACE, size=(1366, 768), fatal=True)


def until(shown: ConsoleWindow, condition: Callable[[], bool]) -> None:
    patience = Patience()
    while not condition():
        assert patience.left(), "waited in vain"
        shown.window.root.after(2, lambda: None)
        shown.window.root.tk.dooneevent(0)


def serving(office: Office, results: Results) -> ConsoleWindow:
    content = Content(caller="self", statistics=("employment",))
    office.store.issue(content, language="vi", at=office.now())
    shown = window(office, results)
    until(shown, lambda: bool(shown.console.desk.tickets()))
    for key, state in (("F2", State.CALLED), ("F10", State.SERVING)):
        shown.console.key(key)
        until(shown, partial(_at, shown, state))
    shown.console.key("Shift-F7")
    until(shown, lambda: isinstance(shown.console.over, Form))
    return shown


def _at(shown: ConsoleWindow, state: State) -> bool:
    return shown.console.current is not None and shown.console.current.state is state


def write(shown: ConsoleWindow, text: str) -> None:
    """As fingers do: into the widget, and its event."""
    field = shown.fields._made[DONE].widget
    field.focus_set()
    field.insert("end", text)
    field.event_generate("<<Paste>>")
    until(
        shown, lambda: isinstance(shown.console.over, Form) and text.strip() in shown.console.over.mine.done
    )


def done_of(office: Office) -> str:
    kept = writing.of(office.store.tickets()[0], "07")
    return kept.done if kept is not None else ""


def test_what_is_typed_in_the_window_is_on_disk_and_survives_a_kill(
    display: str, office: Office, data: Path, results: Results
) -> None:
    assert display
    shown = serving(office, results)
    write(shown, "会社に電話した")
    until(shown, lambda: done_of(office) == "会社に電話した")
    # As after a kill: nothing is closed in order, another process opens the folder.
    other, more = open_data(data), Results()
    shown.window.close()
    again = window(other, more)
    until(again, lambda: _at(again, State.SERVING))
    again.console.key("Shift-F7")
    until(again, lambda: again.fields.text(DONE) == "会社に電話した")
    again.window.close()
    more.close()
    other.store.close()


def test_a_lock_in_the_window_keeps_what_was_typed_and_leaves_no_field(
    display: str, office: Office, results: Results
) -> None:
    assert display
    office.keys.setup(WORDS, PAPER)
    shown = serving(office, results)
    write(shown, "ロックの前")
    shown.console.press("lock")
    assert shown.console.guard.lock is not None
    assert shown.fields.text(DONE) == ""
    assert shown.fields._made == {}
    until(shown, lambda: shown.console.records is not None and not shown.console.records.keeper.drafts)
    office.keys.unlock(WORDS)
    assert done_of(office) == "ロックの前"
    shown.window.close()


def test_a_disk_that_is_full_is_told_in_the_window_and_the_record_comes_later(
    display: str, office: Office, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert display
    shown = serving(office, results)
    change = office.store.change

    def full(*_args: object) -> Ticket:
        raise Trouble("trouble.disk_full")

    monkeypatch.setattr(office.store, "change", full)
    write(shown, "あとで残る")
    until(
        shown, lambda: isinstance(shown.console.over, Form) and shown.console.over.draft.trouble is not None
    )
    monkeypatch.setattr(office.store, "change", change)
    until(shown, lambda: done_of(office) == "あとで残る")
    shown.window.close()
