"""What the desk writes into the audit trail, and that nothing is shown without its line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from kiosk.app.desk import OfficeDesk
from kiosk.app.office import Office, open_data
from kiosk.core import changes
from kiosk.core import ticket as tickets
from kiosk.core.consultation import Consultation
from kiosk.core.ticket import Case, Content, State, Ticket
from kiosk.core.waiting import Pick
from kiosk.errors import Trouble
from kiosk.store.audit import Audit
from kiosk.store.audit_line import Entry
from kiosk.ui.counter.desk import Paper
from kiosk.ui.counter.place import Place
from kiosk.workers import Results
from tests.app.conftest import answered, issue, wait

PLACE = Place("1", "あおば市", "k03")
TOLD = "사장님이 여권을 가지고 있습니다"


def lines(office: Office) -> list[dict[str, object]]:
    return [json.loads(line) for path in office.audit.files() for line in path.read_bytes().splitlines()]


def actions(office: Office) -> list[object]:
    return [line["action"] for line in lines(office)]


def full(made: Office) -> Ticket:
    told = Content(cases=(Case("work"),), narrative=tickets.Narrative(TOLD, "ko", "typed"))
    return made.store.issue(told, language="ko", at=made.now())


def changed(desk: OfficeDesk, results: Results, case: Ticket, change: object, **details: str) -> object:
    def apply(now: Ticket) -> Ticket:
        assert callable(change)
        done = change(now, desk.now(), counter="1", staff="k03", **details)
        assert isinstance(done, Ticket)
        return done

    return answered(results, lambda done: desk.change(case, apply, done))


def done(answer: object) -> Ticket:
    assert isinstance(answer, Ticket)
    return answer


def call(desk: OfficeDesk, results: Results) -> Pick:
    found = answered(results, desk.call_next)
    assert isinstance(found, Pick)
    return found


@pytest.fixture
def broken() -> Iterator[pytest.MonkeyPatch]:
    """The trail takes no lines until this is undone."""
    patch = pytest.MonkeyPatch()

    def refuse(_self: Audit, _entries: list[tuple[Entry, bool]]) -> None:
        raise OSError(5, "broken")

    patch.setattr(Audit, "_append", refuse)
    yield patch
    patch.undo()


def test_a_visit_from_call_to_close(office: Office, results: Results) -> None:
    case = full(office)
    desk = OfficeDesk(office, results, PLACE)
    assert all(one.content.closed for one in desk.tickets()), "nobody looks before the call"
    found = call(desk, results)
    assert found.ticket.content.narrative is not None
    assert actions(office) == ["call", "open"]
    mine = next(one for one in desk.tickets() if one.id == case.id)
    assert mine.content.narrative is not None
    for change in (changes.call, changes.serve, changes.hold):
        mine = done(changed(desk, results, mine, change))
    assert mine.content.closed, "on hold nobody has it open"
    mine = done(changed(desk, results, mine, changes.serve))
    assert not mine.content.closed
    noted = answered(results, partial(desk.change, mine, lambda t: changes.note(t, "折り返し")))
    changed(desk, results, done(noted), changes.close)
    assert actions(office) == ["call", "open", "recall", "serve", "hold", "serve", "open", "note", "close"]
    for line in lines(office):
        assert (line["of"], line["staff"], line["counter"]) == (case.id, "k03", "1")
    text = b"".join(path.read_bytes() for path in office.audit.files()).decode()
    for secret in (TOLD, "work", "折り返し", "A001", "ko"):
        assert secret not in text


def test_a_transfer_an_old_slip_a_reprint_and_a_switch(office: Office, results: Results) -> None:
    case = full(office)
    desk = OfficeDesk(office, results, PLACE)
    found = call(desk, results).ticket
    serving = changed(desk, results, found, changes.serve)
    assert isinstance(serving, Ticket)
    assert answered(results, lambda done: desk.reprint(serving, done)) is None
    changed(desk, results, serving, changes.transfer, lane="2")
    got = answered(results, lambda done: desk.get(case.id, done))
    assert isinstance(got, Ticket)
    assert not got.content.closed
    assert isinstance(answered(results, lambda done: desk.find(Paper("A001", case.day), done)), Ticket)
    assert answered(results, lambda done: desk.switch_disaster(True, done)) is None
    told = ["call", "open", "serve", "reprint", "transfer", "open", "open", "disaster_on"]
    assert actions(office) == told
    assert lines(office)[4]["more"] == {"lane": "2"}
    assert lines(office)[-1]["staff"] == "k03"


def test_a_call_goes_on_without_the_trail_and_nothing_is_shown(
    office: Office, results: Results, broken: pytest.MonkeyPatch
) -> None:
    case = full(office)
    desk = OfficeDesk(office, results, PLACE)
    found = call(desk, results)
    assert found.ticket.state is State.CALLED, "people wait"
    assert found.ticket.content.closed
    assert all(one.content.closed for one in desk.tickets())
    told = [trouble.key for trouble in desk.troubles()]
    assert told == ["trouble.audit_failed"]
    serving = changed(desk, results, found.ticket, changes.serve)
    assert isinstance(serving, Ticket)
    assert serving.state is State.SERVING
    refused = answered(results, lambda done: desk.get(case.id, done))
    assert isinstance(refused, Trouble)
    assert refused.key == "trouble.audit_failed"
    assert actions(office) == []
    broken.undo()
    wait(results, lambda: desk.refresh() and not any(one.content.closed for one in desk.tickets()))
    assert desk.troubles() == []
    assert actions(office) == ["call", "serve", "open"]
    assert [line["more"] for line in lines(office)] == [{"late": 1}, {"late": 1}, {}]


def test_late_lines_are_told_and_seen_to(
    office: Office, results: Results, broken: pytest.MonkeyPatch
) -> None:
    issue(office)
    office.switch_disaster(True)
    broken.undo()
    # Another process left them; this one writes them at its next look.
    desk = OfficeDesk(office, results, PLACE)
    assert desk.troubles() == []
    assert actions(office) == ["disaster_on"]


def test_a_ticket_left_at_this_counter_is_opened_with_a_line(
    office: Office, results: Results, data: Path
) -> None:
    """The console was killed while it had it."""
    case = full(office)
    OfficeDesk(office, results, PLACE)
    office.store.call_next(counter="1", languages=(), at=office.now())
    later = open_data(data)
    desk = OfficeDesk(later, results, PLACE)
    assert not next(one for one in desk.tickets() if one.id == case.id).content.closed
    assert actions(office) == ["open"]
    elsewhere = OfficeDesk(open_data(data), results, replace(PLACE, counter="2"))
    assert all(one.content.closed for one in elsewhere.tickets())
    assert actions(office) == ["open"]
    later.store.close()


def test_what_this_console_cannot_read_is_not_opened(office: Office, results: Results) -> None:
    full(office)
    office.keys.public_only()
    desk = OfficeDesk(office, results, PLACE)
    assert call(desk, results).ticket.content.closed
    assert actions(office) == ["call"]
    assert desk.troubles() == []


def test_what_is_taken_back_has_a_line_and_a_record_one_for_many_saves(
    office: Office, results: Results
) -> None:
    full(office)
    desk = OfficeDesk(office, results, PLACE)
    case = changed(desk, results, call(desk, results).ticket, changes.serve)
    assert isinstance(case, Ticket)
    case = changed(desk, results, case, changes.undo)
    assert isinstance(case, Ticket)
    assert case.state is State.CALLED
    case = changed(desk, results, case, changes.undo)
    assert isinstance(case, Ticket)
    case = changed(desk, results, case, changes.call)
    now = office.now()
    for saved in (0, 10, 20, 4000):
        one = Consultation("k03", minutes=saved, saved=now + timedelta(seconds=saved))
        assert isinstance(case, Ticket)
        case = changed(desk, results, case, lambda now, *_, one=one, **__: changes.record(now, one))
    told = ["call", "serve", "undo", "undo", "call", "record", "record"]
    assert [action for action in actions(office) if action != "open"] == told
    undone = [line for line in lines(office) if line["action"] == "undo"]
    assert {(line["staff"], line["counter"]) for line in undone} == {("k03", "1")}


def test_a_change_refused_leaves_no_line(office: Office, results: Results) -> None:
    case = full(office)
    desk = OfficeDesk(office, results, PLACE)
    assert isinstance(changed(desk, results, case, changes.close), Trouble)
    assert actions(office) == []
