"""Visits as lists of steps, on the flows the office ships."""

from __future__ import annotations

import pytest

from kiosk.core.flow import UNKNOWN, UNSAID, walks
from kiosk.core.steps import Page, Step
from kiosk.core.visit import Visit
from kiosk.core.way import following, progress
from tests.flows.led import Led, shop

TOPICS = sorted(shop().topics_of(""))


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("taken", ["", UNKNOWN, UNSAID])
def test_every_topic_reaches_a_number(topic: str, taken: str) -> None:
    led = Led().to_topic(topic).answer(taken).press("skip")
    assert led.page() is Page.REVIEW
    led.finish()
    assert led.page() is Page.DONE
    assert "A012" in led.words()


@pytest.mark.parametrize("answer", [UNKNOWN, UNSAID])
def test_who_and_what_about_need_not_be_told(answer: str) -> None:
    led = Led().press("pick:en", "others", f"choose:{answer}", f"choose:{answer}")
    assert led.page() is Page.SPEAK
    led.press("skip").finish()
    assert led.page() is Page.DONE


@pytest.mark.parametrize("topic", TOPICS)
def test_every_walk_through_a_flow_ends_and_its_progress_never_runs_back(topic: str) -> None:
    data = shop()
    flow = data.flows[data.topics[topic].flow]
    for walk in walks(flow):
        visit = Visit(data.topics_of(""), data.flows, language="en", caller="self", topic=topic)
        visit.at = Step(Page.TOPIC)
        visit.answer((topic,))
        before = 0
        while visit.at.page in (Page.QUESTION, Page.CARE):
            position, total = progress(visit)
            if visit.at.page is Page.CARE:
                assert before <= position <= total
                visit.cared = True
                visit.go(following(visit))
                continue
            assert before < position <= total
            before = position
            visit.answer(walk[visit.at.question])
        assert visit.at == Step(Page.SPEAK)


def test_back_and_forward_keep_answers() -> None:
    led = Led().to_topic("work").answer()
    told = dict(led.kiosk.visit.flow_answers)
    while led.page() is not Page.TOPIC:
        led.press("back")
    led.choose("work")
    while led.page() is Page.QUESTION:
        visit = led.kiosk.visit
        chosen = [name for name, target in led.targets().items() if target.chosen]
        assert chosen == [f"choose:{choice}" for choice in told[visit.at.question]]
        assert visit.flow is not None
        if visit.flow.questions[visit.at.question].kind == "many":
            led.press("next")
        else:
            led.press(chosen[0])
    assert led.kiosk.visit.flow_answers == told


def test_an_edit_returns_to_the_review_and_loses_nothing() -> None:
    led = Led().to_review()
    before = dict(led.kiosk.visit.flow_answers)
    led.press("edit:caller::", "choose:family")
    assert led.page() is Page.REVIEW
    assert led.kiosk.visit.caller == "family"
    assert led.kiosk.visit.flow_answers == before


def test_editing_the_topic_asks_the_new_flow_and_keeps_the_old_answers() -> None:
    led = Led().to_review()
    before = dict(led.kiosk.visit.flow_answers)
    led.press("edit:topic::work").choose("housing")
    assert led.page() is Page.QUESTION
    led.answer()
    assert led.page() is Page.REVIEW
    assert led.kiosk.visit.answers["work"] == before


def test_back_from_an_edit_leads_to_the_review() -> None:
    led = Led().to_review().press("edit:caller::", "back")
    assert led.page() is Page.REVIEW


def test_several_choices_are_ticked_and_unticked() -> None:
    data = shop()
    topic, question = next(
        (topic, question)
        for topic in data.topics.values()
        for question in data.flows[topic.flow].questions.values()
        if question.kind == "many"
    )
    led = Led().to_topic(topic.id)
    led.kiosk.visit.at = Step(Page.QUESTION, question.id)
    led.kiosk.enter(led.kiosk.visit.at)
    led.kiosk.show()
    first, second = (f"choose:{choice.id}" for choice in question.choices[:2])
    assert "next" not in led.targets()
    led.press(first, second, first)
    assert led.kiosk.ticked == (question.choices[1].id,)
    led.press("next")
    assert led.kiosk.visit.flow_answers[question.id] == (question.choices[1].id,)
