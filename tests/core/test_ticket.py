from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core import changes, records
from kiosk.core import ticket as tickets
from kiosk.core.changes import IllegalChange
from kiosk.core.consultation import KINDS, MEANS, OUTCOMES, RESULTS, Consultation, Handover, Interpreted
from kiosk.core.heard import Translation
from kiosk.core.ticket import Case, Content, Narrative, State
from kiosk.core.waiting import count_of, estimate, format_number, pick, waiting
from tests.core.make import NOON, ticket


def test_the_usual_case() -> None:
    case = changes.call(ticket("A001", 20), NOON, counter="1")
    case = changes.serve(case, NOON + timedelta(minutes=1), counter="1")
    case = changes.close(case, NOON + timedelta(minutes=13), counter="1", staff="07")
    assert [period.state for period in case.periods] == ["waiting", "called", "serving", "closed"]
    assert tickets.time_in(case, State.WAITING, NOON) == timedelta(minutes=20)
    assert tickets.time_in(case, State.SERVING, NOON) == timedelta(minutes=12)


@pytest.mark.parametrize("state", [State.SERVING, State.CLOSED, State.NO_SHOW, State.ON_HOLD])
def test_a_waiting_ticket_must_be_called_first(state: State) -> None:
    with pytest.raises(IllegalChange):
        changes.change(ticket("A001"), state, NOON)


def test_a_transfer_waits_again_under_the_same_number() -> None:
    case = changes.serve(changes.call(ticket("A001"), NOON, counter="1"), NOON, counter="1")
    moved = changes.transfer(case, NOON + timedelta(minutes=5), lane="hello_work")
    assert (moved.state, moved.number, moved.lane) == (State.WAITING, "A001", "hello_work")
    assert moved.waiting_since == NOON + timedelta(minutes=5)


def test_calls_are_counted_over_a_recall_and_a_no_show() -> None:
    case = changes.call(ticket("A001"), NOON, counter="1")
    case = changes.call(case, NOON, counter="1")
    case = changes.no_show(case, NOON, counter="1")
    assert changes.call(case, NOON, counter="1").calls == 3


def test_a_clock_set_back_reorders_nothing() -> None:
    case = changes.call(ticket("A001"), NOON, counter="1")
    case = changes.serve(case, NOON - timedelta(hours=1), counter="1")
    assert case.periods[-1].at == NOON


text = st.text(max_size=40)
moments = st.datetimes(timezones=st.just(NOON.tzinfo))
consultations = st.builds(
    Consultation,
    by=text,
    topics=st.lists(text, max_size=2).map(tuple),
    means=st.sampled_from(["", *MEANS]),
    minutes=st.none() | st.integers(0, 600),
    done=text,
    agencies=st.lists(text, max_size=2).map(tuple),
    result=st.sampled_from(["", *RESULTS]),
    follow_up=st.none() | st.dates(),
    followed=st.booleans(),
    caller=text,
    nationality=text,
    status=text,
    interpreted=st.lists(st.builds(Interpreted, text, text, st.integers(0, 9000), text), max_size=2).map(
        tuple
    ),
    handovers=st.lists(
        st.builds(
            Handover,
            id=text,
            at=moments,
            service=text,
            name=text,
            kind=st.sampled_from(KINDS),
            consent=st.none() | moments,
            appointment=st.none() | moments,
            outcome=st.sampled_from(["", *OUTCOMES]),
            outcome_at=st.none() | moments,
            note=text,
        ),
        max_size=2,
    ).map(tuple),
    saved=st.none() | moments,
    stamp=st.sampled_from(["", "019fa7c1d280-0000-5e0c91af"]),
)
narratives = st.none() | st.builds(
    Narrative,
    original=text.filter(bool),
    language=st.just("vi"),
    means=st.sampled_from(["speech", "typed"]),
    accepted=st.booleans(),
)
contents = st.builds(
    Content,
    caller=text,
    cases=st.lists(
        st.builds(
            Case,
            topic=text,
            flow=text,
            answers=st.lists(st.tuples(text, st.lists(text, max_size=3).map(tuple)), max_size=4).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    narrative=narratives,
    statistics=st.lists(text, max_size=2).map(tuple),
    services=st.lists(text, max_size=2).map(tuple),
    bring=st.lists(text, max_size=2).map(tuple),
    sensitive=st.booleans(),
    urgent=st.booleans(),
    care=st.lists(text, max_size=2).map(tuple),
    reasons=st.lists(text, max_size=2).map(tuple),
    within=st.none() | st.integers(0, 400),
    earlier=text,
    notes=st.lists(text, max_size=2).map(tuple),
    records=st.lists(consultations, max_size=2).map(tuple),
)


@given(contents)
def test_a_ticket_comes_back_from_its_record(content: Content) -> None:
    case = changes.call(ticket("A001"), NOON, counter="1", staff="07")
    routing = json.loads(json.dumps(records.routing_record(case)))
    record = json.loads(json.dumps(records.content_record(content)))
    again = records.ticket_from(routing, records.content_from(record))
    assert records.routing_record(again) == routing
    assert again.content == content
    assert [one.stamp for one in again.content.records] == [one.stamp for one in content.records]


def test_a_record_of_former_years_has_no_site_and_one_of_a_machine_alone_looks_like_it() -> None:
    alone, branch = ticket("A001"), replace(ticket("A001"), site="支所")
    record = records.routing_record(alone)
    assert "site" not in record
    assert records.ticket_from(record, Content()).site == ""
    assert records.ticket_from(records.routing_record(branch), Content()).site == "支所"


def test_a_record_of_former_years_has_no_consultations() -> None:
    record = records.content_record(Content())
    del record["records"]
    assert records.content_from(record).records == ()


def test_a_translation_comes_back_too() -> None:
    translation = Translation("lương", "vi", "給料", "tiền lương", "argos vi-en", sample=True)
    content = Content(narrative=Narrative("lương", "vi", "typed", translation, accepted=True))
    assert records.content_from(records.content_record(content)) == content


def test_routing_says_nothing_of_the_content() -> None:
    told = json.dumps(records.routing_record(ticket("A001")))
    assert "work" not in told


def test_safety_comes_first_then_time() -> None:
    queue = [ticket("A001", 30), ticket("A002", 5, first=True), ticket("A003", 40)]
    chosen = pick(queue, counter="1", languages=(), now=NOON)
    assert chosen is not None
    assert (chosen.ticket.number, chosen.reason) == ("A002", "reason.first")
    chosen = pick(queue[:1] + queue[2:], counter="1", languages=(), now=NOON)
    assert chosen is not None
    assert (chosen.ticket.number, chosen.reason, chosen.minutes) == ("A003", "reason.longest", 40)


def test_a_spoken_language_goes_ahead_a_little_but_never_leaves_others_behind() -> None:
    queue = [ticket("A001", 12, "my"), ticket("A002", 5, "vi")]
    chosen = pick(queue, counter="1", languages=("vi",), now=NOON)
    assert chosen is not None
    assert (chosen.ticket.number, chosen.reason) == ("A002", "reason.language")
    queue = [ticket("A001", 16, "my"), ticket("A002", 5, "vi")]
    chosen = pick(queue, counter="1", languages=("vi",), now=NOON)
    assert chosen is not None
    assert chosen.ticket.number == "A001"


def test_a_lane_is_for_its_counter_only() -> None:
    queue = [ticket("A001", 30, lane="2"), ticket("A002", 5)]
    assert [t.number for t in waiting(queue, "1")] == ["A002"]
    assert pick([queue[0]], counter="1", languages=(), now=NOON) is None


def test_a_desk_calls_only_who_was_sent_there() -> None:
    general, sent = ticket("A001", 30, first=True), ticket("A002", 5, lane="ハローワーク")
    lawyer = ticket("A003", 4, lane="specialist:lawyer")
    queue = [general, sent, lawyer]
    assert [t.number for t in waiting(queue, "ハローワーク")] == ["A002"]
    chosen = pick(queue, counter="ハローワーク", languages=(), now=NOON)
    assert chosen is not None
    assert (chosen.ticket.number, chosen.reason) == ("A002", "reason.longest")
    assert pick([general, lawyer], counter="ハローワーク", languages=(), now=NOON) is None
    here = waiting(queue, "ハローワーク", lanes=("specialist:lawyer",))
    assert [t.number for t in here] == ["A002", "A003"]
    assert [t.number for t in waiting(queue, "2")] == ["A001"]
    assert len(waiting(queue)) == 3
    # At an outreach event the general queue is named: partners' tables are the counters.
    assert [t.number for t in waiting(queue, "社協", lanes=("",))] == ["A001"]


@given(st.integers(1, 99999), st.sampled_from("ABZ"))
def test_numbers_count_up(count: int, letter: str) -> None:
    assert count_of(format_number(letter, count)) == count
    queue = [ticket(format_number(letter, n), 5) for n in (count + 1, count)]
    assert [count_of(t.number) for t in waiting(queue)] == [count, count + 1]


def test_the_wait_grows_with_the_queue() -> None:
    queue = [ticket(f"A{n:03d}") for n in range(1, 5)]
    assert estimate([], counters=1) == 5
    assert estimate(queue, counters=1) == 60
    assert estimate(queue, counters=2) == 30
