"""The recorded visits of flows/visits, each played on the real pages and led to the right door."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from kiosk.app import taps
from kiosk.app.taps import NotThere, Played, play
from kiosk.core.care import CARES, screen
from kiosk.core.directory import Directory, Service
from kiosk.core.flow import Answers, Flow, next_question, path, walks
from kiosk.core.referral import IMMIGRATION, Outcome, outcome
from kiosk.data.care import read_care
from kiosk.data.catalogue import load
from kiosk.data.flows import MOST_QUESTIONS
from kiosk.data.languages import Fault
from kiosk.data.recorded import FRIDAY, MEDIAN_TAPS, MOST_TAPS, Recorded, folder_of, read_recorded
from kiosk.data.ways import MOST_TOGETHER, taken
from kiosk.paths import FLOWS as FLOWS_FOLDER
from kiosk.printing.composer import Composer
from kiosk.printing.slip import SlipCase, SlipOffice
from kiosk.settings import LANGUAGES
from kiosk.ui.parts import Target, Words
from tests.flows.led import directory, shop

UNREADABLE: list[Fault] = []
VISITS = read_recorded(folder_of(), UNREADABLE)
TOPICS = sorted(shop().topics)
FLOWS = shop().flows
OFFICE = SlipOffice("あおば多文化共生センター", "あおば市役所", "Aoba City Hall")


@cache
def rows() -> Directory:
    return Directory.of(directory())


@cache
def played(visit_id: str) -> Played:
    visit = next(visit for visit in VISITS if visit.id == visit_id)
    return play(visit, shop(), rows())


def fits(service: Service, wanted: str) -> bool:
    return wanted == service.id or wanted in service.groups


every = pytest.mark.parametrize("visit", VISITS, ids=lambda visit: f"{visit.topic}-{visit.id}")


def test_there_are_visits_of_every_area_in_every_language() -> None:
    assert UNREADABLE == []
    by_topic = {topic: [visit for visit in VISITS if visit.topic == topic] for topic in TOPICS}
    assert min(map(len, by_topic.values())) >= 3
    assert len(VISITS) >= 36
    pressed = [step for visit in VISITS for step in visit.steps]
    assert {f"pick:{tag}" for tag in LANGUAGES} <= set(pressed)
    told = {care for visit in VISITS for care in visit.care}
    assert {"violence", "sexual", "held", "passport", "self_harm", "child", "status"} <= told
    for needed in ("add", "back", "language", "come", "other", "same", "ask", "print", "choose:unknown",
                   "choose:unsaid", "choose:employer", "choose:family", "choose:supporter"):  # fmt: skip
        assert needed in pressed


@every
def test_a_story_is_of_two_sentences(visit: Recorded) -> None:
    assert len(visit.story.split("\n")) == 2
    assert visit.story.rstrip().endswith((".", '."'))


@every
def test_the_visit_ends_at_the_right_door(visit: Recorded) -> None:
    found = played(visit.id).outcome
    offered = list(found.services)
    for service, wanted in zip(offered, visit.doors, strict=False):
        assert fits(service, wanted), [service.id for service in offered]
    assert len(offered) >= len(visit.doors)
    for wanted in visit.among:
        assert any(fits(service, wanted) for service in offered)
    for unwanted in visit.never:
        assert not any(fits(service, unwanted) for service in (*offered, *(s for _, s in found.nearest)))
    assert set(visit.instead) <= {service.id for _, service in found.nearest}
    assert found.counter is not visit.alone
    assert set(visit.bring) <= set(found.bring)


@every
def test_the_counselor_is_told_why_and_how_soon(visit: Recorded) -> None:
    end = played(visit.id)
    found = end.outcome
    assert tuple(reason.key for reason in found.reasons) == visit.reasons
    assert (found.within, found.care) == (visit.within, visit.care)
    assert (found.sensitive, found.first, found.urgent) == (visit.sensitive, visit.first, visit.urgent)
    assert end.content.statistics == visit.statistics
    assert ("care" in end.pages) is visit.calm
    assert visit.language in ("", end.language)
    assert visit.caller in ("", end.content.caller)


@every
def test_no_visit_is_long(visit: Recorded) -> None:
    assert played(visit.id).taps <= MOST_TAPS


@every
def test_a_sensitive_slip_and_its_pages_say_nothing(visit: Recorded) -> None:
    end = played(visit.id)
    if not end.issued.sensitive:
        return
    language = shop().languages[end.language]
    words, japanese = load(language.tag), load("ja")
    composer = Composer(language, words, japanese, OFFICE)
    bare = SlipCase("", "A012", FRIDAY, 20, (), (), (), sensitive=True, referred=False)
    told = replace(
        bare,
        topics=tuple(case.topic for case in end.content.cases),
        services=end.outcome.services,
        bring=end.outcome.bring,
    )
    slip = composer.compose(told)
    assert slip.kind == "neutral"
    assert slip == composer.compose(bare)
    lines = [f"{line.text} {line.japanese}" for line in slip.lines]
    shown = [part.text for part in end.sheet.parts if isinstance(part, Words)]
    shown += [part.label for part in end.sheet.parts if isinstance(part, Target)]
    assert screen(" ".join([*lines, *shown]), [read_care(tag) for tag in {language.tag, "ja", "en"}]) == ()
    for case in end.content.cases:
        assert words.text(f"topic.{case.topic}") not in shown


def test_what_was_told_reaches_the_counselor() -> None:
    assert [case.topic for case in played("permanent_and_its_papers").content.cases] == [
        "residence",
        "city_hall",
    ]
    both = dict(played("pay_and_passport").content.cases[0].answers)
    assert both["matter"] == ("wages", "treated")
    corrected = dict(played("goes_back_and_corrects").content.cases[0].answers)
    assert corrected == {"matter": ("my_number",), "my_number": ("lost",)}
    assert played("back_with_a_slip").content.earlier.startswith("01930d5e")
    spoken = played("spoken_and_translated").content.narrative
    assert spoken is not None
    assert (spoken.means, spoken.accepted) == ("speech", True)
    written = played("husband_hits_vi").content.narrative
    assert written is not None
    assert (written.means, written.accepted) == ("typed", False)


@pytest.mark.parametrize("topic", TOPICS)
def test_half_of_the_visits_take_nine_taps_at_most(topic: str) -> None:
    counts = [played(visit.id).taps for visit in VISITS if visit.topic == topic]
    assert statistics.median(counts) <= MEDIAN_TAPS


def test_the_measured_figures_are_those_of_the_visits() -> None:
    figures = taps.run()
    for topic in TOPICS:
        counts = [played(visit.id).taps for visit in VISITS if visit.topic == topic]
        assert figures[f"{topic}_visits"] == len(counts)
        assert figures[f"{topic}_median"] == statistics.median(counts) <= figures["median_at_most"]
        assert figures[f"{topic}_longest"] == max(counts) <= figures["longest_at_most"]


def test_the_shipped_visits_are_without_faults() -> None:
    assert list(taps.faults()) == []


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (["pick:en", "choose:self", "choose:work", "choose:gold"], "step 4: .*does not offer choose:gold"),
        (["pick:en", "choose:self", "write:words"], "step 3: .*not for writing"),
        (["pick:en", "hear:words"], "nobody listens"),
        (["pick:en", "means:言葉"], "nothing is being translated"),
        (["pick:en", "choose:self"], "ends on the page topic"),
    ],
)
def test_a_visit_that_cannot_be_pressed_is_told(steps: list[str], told: str) -> None:
    visit = Recorded("work", "made_up", "", tuple(steps), ())
    with pytest.raises(NotThere, match=told):
        play(visit, shop(), rows())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('steps = ["pick:en"]\ncare = ["danger"]', "there is no danger"),
        ("steps = []", "write what is pressed"),
        ('steps = ["pick:en"]\nat = "today"', "write the office's time"),
        ('steps = ["pick:en"]\ncolour = 1', "no such field"),
        ('steps = ["pick:en"]\nmode = "party"', "write one of"),
        ('steps = ["pick:en"]\n[[visit]]\nid = "one"\nstory = "s"\nsteps = ["pick:en"]', "used twice"),
    ],
)
def test_faults_of_the_file_are_told(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "work.toml").write_text(f'[[visit]]\nid = "one"\nstory = "s"\n{line}\n', encoding="utf-8")
    faults: list[Fault] = []
    read_recorded(tmp_path, faults)
    assert any(told in str(fault) for fault in faults)


def test_a_flow_that_was_changed_is_told_with_the_visit_it_no_longer_serves(tmp_path: Path) -> None:
    flows = tmp_path / "flows"
    shutil.copytree(FLOWS_FOLDER, flows)
    work = flows / "work.toml"
    kept = [line for line in work.read_text("utf-8").splitlines() if '{ id = "held"' not in line]
    work.write_text("\n".join(kept), encoding="utf-8")
    (fault,) = taps.faults(flows)
    assert fault.file == flows / "visits" / "work.toml"
    assert fault.key == "visit dormitory_one_cannot_leave.steps"
    assert "does not offer choose:held" in fault.message
    with pytest.raises(RuntimeError, match="dormitory_one_cannot_leave"):
        taps.run(flows)


# Every way through every flow


def led(cases: list[tuple[Flow, Answers]]) -> Outcome:
    return outcome(
        cases,
        rows(),
        language="my",  # fewest services speak it
        prefecture="東京都",
        now=FRIDAY,
        is_holiday=lambda _: False,
    )


def sound(cases: list[tuple[Flow, Answers]]) -> None:
    """A door for everybody, and care for whoever told of danger."""
    found = led(cases)
    assert found.counter or found.services
    cares = {choice.care for flow, answers in cases for choice in taken(flow, answers)} - {""}
    assert set(found.care) == cares <= set(CARES)
    if cares:
        assert (found.counter, found.sensitive, found.first, found.urgent) == (True,) * 4
    if cares & {"status", "passport"}:
        offered = (*found.services, *(service for _, service in found.nearest))
        assert not any(IMMIGRATION & set(service.groups) for service in offered)


def onward(flow: Flow, answers: dict[str, tuple[str, ...]]) -> Iterator[dict[str, tuple[str, ...]]]:
    """Every way on, one choice a question."""
    question = next_question(flow, answers)
    if question is None:
        yield answers
        return
    for choice in (*(choice.id for choice in question.choices), "unknown"):
        yield from onward(flow, {**answers, question.id: (choice,)})


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.id)
def test_every_way_has_a_door(flow: Flow) -> None:
    for answers in walks(flow):
        assert len(path(flow, answers)) <= MOST_QUESTIONS
        sound([(flow, answers)])


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.id)
def test_every_way_of_every_two_problems_of_a_flow_has_a_door(flow: Flow) -> None:
    seen: set[object] = set()
    for pair in combinations([choice.id for choice in flow.questions[flow.start].choices], 2):
        for answers in onward(flow, {flow.start: pair}):
            assert len(path(flow, answers)) <= MOST_TOGETHER
            pointing = tuple(
                (choice.destinations, choice.care, choice.counter) for choice in taken(flow, answers)
            )
            if pointing not in seen:  # answers that point alike come out alike
                seen.add(pointing)
                sound([(flow, answers)])


def test_every_two_problems_of_two_flows_have_a_door() -> None:
    """One way from each first answer, and every way with danger, beside one way from each first answer."""
    ways = [(flow, answers) for flow in FLOWS.values() for answers in walks(flow)]
    firsts = {(flow.id, answers[flow.start]): (flow, answers) for flow, answers in ways}
    danger = {
        tuple((choice.destinations, choice.care) for choice in taken(flow, answers)): (flow, answers)
        for flow, answers in ways
        if any(choice.care for choice in taken(flow, answers))
    }
    for one, other in combinations(firsts.values(), 2):
        if one[0] is not other[0]:
            sound([one, other])
    for one in danger.values():
        for other in firsts.values():
            if one[0] is not other[0]:
                sound([other, one])
