"""The shipped flows walked from every combination of answers, and every fault of a flow told."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from kiosk.core.directory import match
from kiosk.core.flow import UNKNOWN, UNSAID, Flow, next_question, walks
from kiosk.core.referral import Outcome, outcome
from kiosk.data.flows import Flows, read_flows
from kiosk.data.referrals import read_directory

TOPICS = [
    ("residence", "id-card"), ("city_hall", "landmark"), ("work", "briefcase"), ("children", "baby"),
    ("school", "graduation-cap"), ("medical", "stethoscope"), ("welfare", "heart-handshake"),
    ("tax", "receipt-japanese-yen"), ("transport", "car"), ("emergency", "siren"), ("housing", "house"),
    ("daily_life", "shopping-basket"),
]  # fmt: skip
STATISTICS = {
    "immigration", "employment", "insurance_pension", "tax", "medical", "childbirth_childcare", "education",
    "civil_status", "housing", "interpretation_translation", "general_procedures", "japanese_learning",
    "disaster", "traffic_licence", "welfare", "other",
}  # fmt: skip
DEEP = ("residence", "tax", "disaster")
FRIDAY = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
SHIPPED = read_flows()


def lead(flow_id: str, answers: dict[str, tuple[str, ...]], language: str = "vi") -> Outcome:
    return outcome(
        [(SHIPPED.flows[flow_id], answers)],
        read_directory().services,
        language=language,
        prefecture="東京都",
        now=FRIDAY,
        is_holiday=lambda _: False,
    )


def answered(flow_id: str, *choices: str) -> dict[str, tuple[str, ...]]:
    """The answers of a visit told as the choices taken one after the other; it must end there."""
    answers: dict[str, tuple[str, ...]] = {}
    flow = SHIPPED.flows[flow_id]
    for choice in choices:
        question = next_question(flow, answers)
        assert question is not None, f"{flow_id} ends before {choice}"
        question.choice(choice)
        answers[question.id] = (choice,)
    assert next_question(flow, answers) is None, f"{flow_id} asks more"
    return answers


def test_the_twelve_topics_in_order_each_with_its_flow_and_national_category() -> None:
    assert SHIPPED.faults == ()
    assert [(topic.id, topic.icon) for topic in SHIPPED.topics.values() if not topic.mode] == TOPICS
    assert all(topic.flow in SHIPPED.flows for topic in SHIPPED.topics.values())
    assert {topic.statistics for topic in SHIPPED.topics.values()} <= STATISTICS
    assert {
        choice.statistics
        for flow in SHIPPED.flows.values()
        for question in flow.questions.values()
        for choice in question.choices
    } <= STATISTICS | {""}


@pytest.mark.parametrize("flow", SHIPPED.flows.values(), ids=lambda flow: flow.id)
def test_every_way_ends_within_five_questions(flow: Flow) -> None:
    lengths = []
    for answers in walks(flow):
        assert next_question(flow, answers) is None
        lengths.append(len(answers))
    assert min(lengths) >= 1
    assert max(lengths) <= (5 if flow.id in DEEP else 4)


@pytest.mark.parametrize("flow", SHIPPED.flows.values(), ids=lambda flow: flow.id)
def test_every_way_leads_to_the_counter_or_to_a_place_that_is_shown(flow: Flow) -> None:
    directory = read_directory().services

    @cache
    def places(groups: tuple[str, ...], language: str) -> int:
        found = match(
            groups, directory, language=language, prefecture="東京都", now=FRIDAY, is_holiday=lambda _: False
        )
        return len(found)

    for answers in walks(flow):
        taken = [flow.questions[question].choice(chosen[0]) for question, chosen in answers.items()]
        pointing = [choice for choice in taken if choice.destinations]
        if pointing and all(not choice.counter for choice in pointing):
            groups = tuple(dict.fromkeys(group for choice in pointing for group in choice.destinations))
            for language in ("ja", "en", "zh-Hans", "ko", "vi", "pt-BR", "ne", "my"):
                assert places(groups, language), (answers, language)


@pytest.mark.parametrize("flow", SHIPPED.flows.values(), ids=lambda flow: flow.id)
def test_several_choices_together_also_lead_on(flow: Flow) -> None:
    for question in flow.questions.values():
        if question.kind != "many":
            continue
        ids = [choice.id for choice in question.choices]
        for size in range(1, len(ids) + 1):
            for chosen in combinations(ids, size):
                assert {*question.following(chosen)} <= {*flow.questions}


@pytest.mark.parametrize("flow", SHIPPED.flows.values(), ids=lambda flow: flow.id)
@pytest.mark.parametrize("answer", [UNKNOWN, UNSAID])
def test_who_answers_nothing_still_ends(flow: Flow, answer: str) -> None:
    answers: dict[str, tuple[str, ...]] = {}
    while (question := next_question(flow, answers)) is not None:
        answers[question.id] = (answer,)
    assert len(answers) <= 5
    assert lead(flow.id, answers).counter


@pytest.mark.parametrize(
    ("flow", "choices", "language", "services", "urgent", "sensitive"),
    [
        ("work", ("wages", "all", "half_year", "student"), "ne",
         ["labour-hotline-ne", "houterasu-multilingual"], False, False),
        ("work", ("dismissal", "sign", "today", "specified_skilled"), "vi",
         ["labour-hotline-vi", "hello-work", "houterasu-multilingual"], True, False),
        ("work", ("treated", "passport"), "vi",
         ["labour-hotline-vi", "otit-vi", "jinken-foreign-dial"], True, True),
        ("work", ("treated", "held"), "en",
         ["police-110", "otit-en", "labour-hotline-en"], True, True),
        ("residence", ("renew", "week", "not_yet"), "my", ["isa-infocenter"], True, False),
        ("residence", ("renew", "passed", "not_yet"), "pt-BR",
         ["houterasu-multilingual", "jinken-foreign-dial", "pref-tokyo"], True, True),
        ("residence", ("family", "separated", "afraid"), "en",
         ["dv-plus", "police-110", "houterasu-multilingual"], True, True),
        ("residence", ("renew", "later", "waiting_long"), "ja",
         ["isa-infocenter", "administrative-13"], False, False),
        ("tax", ("resident", "seizure", "wrong", "month"), "en", ["houterasu-multilingual"], True, False),
        ("tax", ("pension", "withdrawal", "later"), "en", ["nenkin-dial"], False, False),
        ("city_hall", ("moving", "secret"), "en",
         ["dv-plus", "police-110", "houterasu-multilingual"], True, True),
        ("city_hall", ("complaint", "national"), "ja", ["administrative-13"], False, False),
        ("emergency", ("danger", "ill"), "ne", ["fire-119"], True, False),
        ("emergency", ("danger", "child"), "ne", ["child-189", "police-110"], True, True),
        ("school", ("trouble", "sad"), "ko", ["yorisoi", "fire-119"], True, True),
        ("housing", ("evicted", "held"), "vi",
         ["police-110", "otit-vi", "labour-hotline-vi"], True, True),
        ("medical", ("find", "interpreter"), "en", ["amda-en"], False, False),
        ("disaster", ("hurt",), "ne", ["fire-119"], True, False),
        ("disaster", ("ok", "medicine", "three_days"), "en", [], True, False),
        ("disaster", ("ok", "nothing", "certificate", "damaged"), "en",
         ["administrative-13"], False, False),
    ],
)  # fmt: skip
def test_cases_reach_the_right_door(
    flow: str, choices: tuple[str, ...], language: str, services: list[str], urgent: bool, sensitive: bool
) -> None:
    found = lead(flow, answered(flow, *choices), language)
    assert [service.id for service in found.services] == services
    assert (found.urgent, found.sensitive) == (urgent, sensitive)
    assert found.counter


def test_an_agency_alone_is_enough_only_where_it_clearly_is() -> None:
    hello_work = lead("work", answered("work", "search", "jobless", "nothing"))
    assert [service.id for service in hello_work.services] == ["hello-work"]
    assert not hello_work.counter
    assert lead("work", answered("work", "search", "jobless", "money")).counter
    travel = lead("residence", answered("residence", "travel", "short", "later"), "my")
    assert [service.id for service in travel.services] == ["isa-infocenter"]
    assert not travel.counter


def test_danger_marks_the_visit_and_asks_for_a_person() -> None:
    for flow in SHIPPED.flows.values():
        for question in flow.questions.values():
            for choice in question.choices:
                if "dv" in choice.destinations or "sexual_violence" in choice.destinations:
                    assert choice.sensitive or choice.care, (flow.id, question.id, choice.id)
                if choice.sensitive:
                    assert choice.counter


GOOD = """
id = "work"
start = "what"
[[question]]
id = "what"
next = "when"
choice = [{ id = "wages" }, { id = "search", next = "" }]
[[question]]
id = "when"
choice = [{ id = "now", urgent = true }]
"""
TOPIC = """
[[topic]]
id = "work"
icon = "briefcase"
flow = "work"
statistics = "employment"
"""


def read(folder: Path, flow: str = GOOD, topics: str = TOPIC) -> Flows:
    (folder / "work.toml").write_text(flow, encoding="utf-8")
    (folder / "topics.toml").write_text(topics, encoding="utf-8")
    return read_flows(folder)


def test_a_sound_flow_is_read(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert found.faults == ()
    assert list(found.topics) == ["work"]
    assert found.flows["work"].questions["when"].choice("now").urgent


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ('next = "when"', 'next = "whem"', "question what.next", "whem"),
        ('start = "what"', 'start = "wat"', "start", "no question wat"),
        (
            'choice = [{ id = "now", urgent',
            'next = "what"\nchoice = [{ id = "now", urgent',
            "question",
            "loop",
        ),
        ('choice = [{ id = "now", urgent = true }]', "choice = []", "question when.choice", "one to 6"),
        ('{ id = "wages" }', '{ id = "wages" }, { id = "wages" }', "question what.wages", "twice"),
        ('{ id = "wages" }', '{ id = "unknown" }', "question what.unknown", "by itself"),
        ('{ id = "wages" }', '{ id = "wages", destinations = "x" }', "choice wages.destinations", "list"),
        ("urgent = true", 'urgent = "yes"', "choice now.urgent", "true or false"),
        ('id = "when"', 'id = "what"', "question what", "twice"),
        ('id = "when"', 'id = "when"\nkind = "all"', "question when.kind", "many, one"),
        ('start = "what"', "start = 3", "flow.start", "quotes"),
        ('start = "what"', 'start = "what', "TOML", "cannot be read"),
    ],
)
def test_what_makes_a_flow_unusable_is_named_and_left_out(
    tmp_path: Path, old: str, new: str, key: str, words: str
) -> None:
    assert old in GOOD
    found = read(tmp_path, GOOD.replace(old, new))
    assert found.flows == {}
    assert found.topics == {}
    told = [str(fault) for fault in found.faults]
    assert any(key in line and words in line and "work.toml" in line for line in told), told


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("urgent = true", "urgent = true, urgnet = true", "choice now.urgnet"),
        ('next = "when"', 'next = ""', "question when"),
    ],
)
def test_what_harms_nobody_is_told_and_served(tmp_path: Path, old: str, new: str, key: str) -> None:
    found = read(tmp_path, GOOD.replace(old, new))
    assert "work" in found.flows
    assert any(key in fault.key for fault in found.faults)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    broken = GOOD.replace('{ id = "wages" }', '{ id = "wages", bring = 1, counter = "no", colour = "red" }')
    keys = {fault.key.rpartition(".")[2] for fault in read(tmp_path, broken).faults}
    assert {"bring", "counter", "colour"} <= keys


def test_more_choices_than_a_page_holds_and_too_long_a_way(tmp_path: Path) -> None:
    many = ", ".join(f'{{ id = "c{n}" }}' for n in range(7))
    found = read(tmp_path, GOOD.replace('{ id = "wages" }, { id = "search", next = "" }', many))
    assert any("there are 7" in fault.message for fault in found.faults)
    chain = 'id = "work"\nstart = "q0"\n' + "".join(
        f'[[question]]\nid = "q{n}"\nnext = "{f"q{n + 1}" if n < 8 else ""}"\nchoice = [{{ id = "a" }}]\n'
        for n in range(9)
    )
    assert any("9 questions" in fault.message for fault in read(tmp_path, chain).faults)


def test_a_topic_without_a_flow_and_a_topic_twice(tmp_path: Path) -> None:
    found = read(tmp_path, topics=TOPIC + TOPIC + TOPIC.replace('"work"', '"tax"'))
    assert list(found.topics) == ["work"]
    assert [fault.key for fault in found.faults] == ["topic work.id", "topic tax.flow"]
