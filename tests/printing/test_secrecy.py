"""A sensitive slip is a number and its times: nothing of the person, whatever was told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.office import Office, open_data
from kiosk.app.slips import guide_sheet, slip_of, slip_of_ticket
from kiosk.core.flow import SPECIAL
from kiosk.core.heard import Translation
from kiosk.core.referral import Outcome
from kiosk.core.roster import LANE
from kiosk.core.ticket import Case, Content, Narrative, Period, State, Ticket
from kiosk.core.written import date_in
from kiosk.data.catalogue import load
from kiosk.data.flows import read_flows
from kiosk.data.referrals import read_directory
from kiosk.printing.draw import draw
from kiosk.printing.slip import Appointment
from kiosk.text.typesetter import Typesetter
from kiosk.ui.actions import Issued
from tests.printing.make import (
    AUTHORED,
    BOOKED,
    CASE,
    GUIDES,
    ID,
    LANGUAGES,
    OFFICE,
    codes,
    compose,
    said,
    service,
    shipped,
)

FLOWS = read_flows()
SERVICES = [one for one in read_directory().directory if one.shown]
BRING = sorted(
    {
        item
        for flow in FLOWS.flows.values()
        for question in flow.questions.values()
        for choice in question.choices
        for item in choice.bring
    }
)
ROSTER = """
[[specialist]]
id = "legal"
kind = "lawyer"
name_ja = "あおば弁護士会"
name.en = "Aoba lawyers"
topics = ["work"]
hours = [{ days = "wed", opens = "13:00", closes = "16:00" }]
minutes = 30
room = "相談室2"
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = open_data(tmp_path_factory.mktemp("office") / "data")
    yield made
    made.store.close()


@st.composite
def answered(draw: st.DrawFn) -> Case:
    """Any answers of one of the flows."""
    topic = draw(st.sampled_from(sorted(FLOWS.topics)))
    flow = FLOWS.flows[FLOWS.topics[topic].flow]
    asked = draw(st.lists(st.sampled_from(sorted(flow.questions)), unique=True))
    answers = tuple(
        (name, (draw(st.sampled_from([choice.id for choice in flow.questions[name].choices])),))
        for name in asked
    )
    return Case(topic, flow.id, answers)


@st.composite
def told(draw: st.DrawFn) -> Content:
    own = draw(st.text(min_size=12, max_size=60))
    return Content(
        caller=draw(st.sampled_from(["", "self", "family", "employer"])),
        cases=tuple(draw(st.lists(answered(), max_size=3))),
        narrative=Narrative(own, "vi", "typed", Translation(own, "vi", own[::-1], own, "x", False, 0.5)),
        services=tuple(draw(st.lists(st.sampled_from([one.id for one in SERVICES]), max_size=3))),
        bring=tuple(draw(st.lists(st.sampled_from(BRING), max_size=4, unique=True))),
        sensitive=True,
        urgent=draw(st.booleans()),
        first=draw(st.booleans()),
        care=tuple(draw(st.lists(st.sampled_from(["violence", "status", "child"]), unique=True))),
        earlier=draw(st.sampled_from(["", ID])),
        notes=(own,),
    )


@given(content=told(), language=st.sampled_from(AUTHORED), referred=st.booleans())
def test_a_sensitive_slip_is_the_same_whatever_was_told(
    office: Office, content: Content, language: str, referred: bool
) -> None:
    state = State.REFERRED if referred else State.CLOSED
    period = Period(state, CASE.at)
    ticket = Ticket(ID, "A012", CASE.at.date(), language, (period,), content)
    silent = replace(ticket, id="", content=Content(sensitive=True), periods=(Period(State.CLOSED, CASE.at),))
    slip = slip_of_ticket(office, ticket)
    assert slip == slip_of_ticket(office, silent)
    assert (slip.kind, slip.qr, slip.places, slip.bring) == ("neutral", "", (), ())


@given(content=told(), language=st.sampled_from(AUTHORED))
def test_no_word_of_topic_answer_service_or_things_to_bring_is_on_it(
    office: Office, content: Content, language: str
) -> None:
    words, japanese = load(language), load("ja")
    keys = [f"topic.{case.topic}" for case in content.cases]
    keys += [
        f"flow.{case.flow}.{name}.{one}"
        for case in content.cases
        for name, chosen in case.answers
        for one in chosen
    ]
    keys += [f"bring.{item}" for item in content.bring]
    services = [one for one in SERVICES if one.id in content.services]
    keys += [f"service.{one.text}.{part}" for one in services for part in ("name", "what")]
    secret = [of.text(key) for key in keys for of in (words, japanese) if of.has(key)]
    secret += [part for one in services for part in (one.telephone, one.url, one.organisation_ja) if part]
    ticket = Ticket(ID, "A012", CASE.at.date(), language, (Period(State.WAITING, CASE.at),), content)
    lines = said(slip_of_ticket(office, ticket)).splitlines()
    assert not set(secret) & set(lines)
    assert not [text for text in secret for line in lines if len(text) > 3 and text in line]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_sensitive_slip_gives_nothing_away(language: str) -> None:
    case = replace(CASE, sensitive=True, services=shipped(3), bring=("contract",), referred=True)
    slip = compose(case, language)
    for given_away in ("相談", "仕事", OFFICE.name_ja, LANGUAGES[language].japanese, case.ticket_id, "http"):
        assert given_away not in said(slip)
    assert slip.number == "A012"
    assert not slip.places
    assert codes(draw(slip, Typesetter(LANGUAGES))) == []


@pytest.mark.parametrize("language", AUTHORED)
def test_a_sensitive_appointment_names_its_time_only(language: str) -> None:
    case = replace(CASE, sensitive=True, topics=("work",), services=(service("first"),), appointment=BOOKED)
    slip = compose(case, language)
    nobody = replace(case, appointment=Appointment(BOOKED.at, None), topics=(), services=())
    assert slip == compose(nobody, language)
    assert [line.icon for line in slip.lines] == ["calendar-check", "id-card"]
    assert date_in(language, "2026-12-02") in slip.lines[0].text
    assert slip.lines[0].text.endswith(" 13:30") or slip.lines[0].text.endswith("）13:30")


def test_the_slip_of_a_visit_names_each_problem_once(office: Office) -> None:
    content = Content(cases=(Case("work"), Case(min(SPECIAL)), Case("tax"), Case("work")))
    outcome = Outcome(True, (service("first"),), (), (), sensitive=False, urgent=False)
    issued = Issued(ID, "A012", 10, saved=True, referred=False, sensitive=False)
    japanese = load("ja").text
    slip = slip_of(office, "en", content, outcome, issued)
    assert slip.for_agency[-1].endswith(f"：{japanese('topic.work')}、{japanese('topic.tax')}")


def test_a_visit_marks_old_numbers_and_who_is_open(office: Office) -> None:
    shut, other = service("shut"), service("other")
    outcome = Outcome(
        True, (shut,), (), (), sensitive=False, urgent=False, nearest=(("shut", other),), stale=("shut",)
    )
    issued = Issued(ID, "A012", 10, saved=True, referred=False, sensitive=False)
    icons = [line.icon for line in slip_of(office, "en", Content(), outcome, issued).places[0].lines]
    assert icons[:2] == ["triangle-alert", "phone"]


def test_a_slip_printed_again_marks_what_has_grown_old(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = next(one for one in SERVICES if one.telephone and one.telephone not in ("110", "118", "119"))
    ticket = Ticket(
        ID, "A012", CASE.at.date(), "en", (Period(State.CLOSED, CASE.at),), Content(services=(row.id,))
    )
    fresh = replace(row, assured_date=str(CASE.at.date()))
    monkeypatch.setattr(office, "service", {row.id: fresh}.get)
    for days, marked in ((0, False), (365 * 40, True)):
        monkeypatch.setattr(office, "today", lambda days=days: CASE.at.date() + timedelta(days=days))
        icons = [line.icon for line in slip_of_ticket(office, ticket).places[0].lines]
        assert ("triangle-alert" in icons) is marked


@pytest.mark.parametrize(
    ("who", "icons"), [("legal", ["user-check", "map-pin", "id-card"]), ("gone", ["id-card", "calendar-x"])]
)
def test_an_appointment_printed_again_keeps_its_time(tmp_path: Path, who: str, icons: list[str]) -> None:
    (tmp_path / "roster.toml").write_text(ROSTER, encoding="utf-8")
    office = open_data(tmp_path)
    ticket = Ticket(
        id=ID,
        number="A012",
        day=CASE.at.date(),
        language="en",
        periods=(Period(State.WAITING, CASE.at),),
        content=Content(cases=(Case("work"),)),
        lane=f"{LANE}{who}",
        due=BOOKED.at.astimezone(UTC),
    )
    lines = slip_of_ticket(office, ticket).lines
    assert lines[0].text == "Wednesday, 2 December 2026, 13:30"
    assert [line.icon for line in lines[1:]][: len(icons)] == icons
    assert "clock" not in [line.icon for line in lines]
    named = [(line.text, line.japanese) for line in lines if line.icon == "user-check"]
    assert named == [("Aoba lawyers", "あおば弁護士会")] * (who == "legal")
    office.store.close()


def test_a_visit_that_took_a_place_has_it_on_its_slip(office: Office) -> None:
    issued = Issued(ID, "A012", 10, saved=True, referred=False, sensitive=False)
    outcome = Outcome(True, (), (), (), sensitive=False, urgent=False)
    slip = slip_of(office, "en", Content(), outcome, issued, lane=f"{LANE}legal", due=BOOKED.at)
    assert [line.icon for line in slip.lines][:1] == ["calendar-check"]


@pytest.mark.parametrize("topic", sorted(GUIDES))
def test_a_guide_is_printed_in_english_where_the_language_is_not_shipped(office: Office, topic: str) -> None:
    slip = guide_sheet(office, "ms", topic)
    assert (slip.kind, slip.language) == ("guide", "en")
    assert len(slip.places) == len(GUIDES[topic].cards)


def test_a_topic_without_a_guide_has_no_sheet(office: Office) -> None:
    with pytest.raises(KeyError):
        guide_sheet(office, "en", "nothing")
