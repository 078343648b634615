"""The calm path, a way back with the slip, appointments, life orientation and disaster mode, as steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kiosk.core.hours import Schedule
from kiosk.core.keeping import content_of
from kiosk.core.referral import Outcome
from kiosk.core.roster import Slot, Specialist
from kiosk.core.steps import Page
from kiosk.core.visit import MAX_PROBLEMS
from kiosk.errors import Trouble
from kiosk.ui.actions import Issued
from tests.flows.led import NUMBER, SATURDAY, Led, shop

UUID = "01990000-0000-7000-8000-0123456789ab"
LAWYER = Specialist("lawyer", "lawyer", Schedule(), 30, ("work",))
PLACES = tuple(Slot(LAWYER, SATURDAY + timedelta(days=days), 1) for days in (3, 4))
COUNTER = Outcome(True, (), (), (), False, False)


def careful(kind: str) -> tuple[str, str, str]:
    """Topic, and a way of one answer that means this danger: start question's choice first."""
    data = shop()
    for topic in data.topics_of("").values():
        flow = data.flows[topic.flow]
        for choice in flow.questions[flow.start].choices:
            target = choice.next if choice.next is not None else flow.questions[flow.start].next
            for second in flow.questions[target].choices if target else ():
                if second.care == kind:
                    return topic.id, choice.id, second.id
    raise AssertionError(f"no answer means {kind}")


@pytest.mark.parametrize("kind", ["violence", "sexual", "held", "passport", "self_harm", "child", "status"])
def test_an_answer_that_means_danger_offers_a_person_at_once(kind: str) -> None:
    topic, first, second = careful(kind)
    led = Led().to_topic(topic).choose(first).choose(second)
    assert led.page() is Page.CARE
    told = " ".join(led.words())
    assert shop().catalogue("en").text(f"topic.{topic}") not in told
    led.press("come")
    assert led.actions.issue is not None
    assert led.kiosk.outcome is not None
    assert led.kiosk.outcome.first
    assert led.kiosk.outcome.sensitive
    assert kind in led.kiosk.outcome.care
    led.actions.issue(replace(NUMBER, sensitive=True))
    assert led.page() is Page.DONE


def test_who_goes_on_alone_is_not_asked_again_and_back_leads_to_the_question() -> None:
    topic, first, second = careful("violence")
    led = Led().to_topic(topic).choose(first).choose(second)
    led.press("back")
    assert led.page() is Page.QUESTION
    led.choose(second)
    assert led.page() is Page.CARE
    led.press("on").answer()
    assert led.page() is Page.SPEAK
    led.press("skip")
    assert led.page() is Page.REVIEW


def test_numbers_to_call_stand_with_police_and_ambulance_and_lead_back() -> None:
    topic, first, second = careful("violence")
    led = Led().to_topic(topic).choose(first).choose(second).press("numbers")
    assert {"110", "119"} <= set(led.words())
    led.press("back")
    assert led.page() is Page.CARE


def test_own_words_that_mean_danger_offer_a_person_after_them() -> None:
    led = Led().to_topic("work").answer().write("my husband hits me")
    led.press("untranslated")
    assert led.page() is Page.CARE
    led.press("on")
    assert led.page() is Page.REVIEW
    assert led.kiosk.outcome is not None
    assert led.kiosk.outcome.care == ("violence",)
    assert led.kiosk.outcome.first


def test_words_changed_to_harmless_ones_ask_for_no_care() -> None:
    led = Led().to_topic("work").answer().write("my husband hits me")
    led.press("type")
    assert led.kiosk.typing is not None
    led.kiosk.typing = replace(led.kiosk.typing, text="about my pay")
    led.press("next", "untranslated")
    assert led.page() is Page.REVIEW


@pytest.mark.parametrize("at", ["notice", "care", "review"])
def test_clear_screen_leaves_the_page_of_languages_and_nothing_else(at: str) -> None:
    topic, first, second = careful("violence")
    led = Led().press("pick:en")
    if at != "notice":
        led = Led().to_topic(topic).choose(first).choose(second)
    if at == "review":
        led.press("on").answer().press("skip")
    led.press("clear")
    assert led.page() is Page.LANGUAGE
    assert (led.kiosk.visit.answers, led.kiosk.visit.language, led.kiosk.outcome) == ({}, "", None)


def test_one_more_problem_in_another_topic_and_in_the_same() -> None:
    led = Led().to_review("work").press("add").choose("housing").answer()
    assert led.page() is Page.REVIEW
    while "add" not in led.targets():
        led.press("more")
    led.press("add").choose("work")
    flow = led.kiosk.visit.flow
    assert flow is not None
    start = flow.questions[flow.start]
    assert led.kiosk.visit.at.question == flow.start
    led.choose(start.choices[1].id).answer()
    visit = led.kiosk.visit
    assert visit.answers["work"][flow.start] == (start.choices[0].id, start.choices[1].id)
    assert visit.problems == MAX_PROBLEMS
    assert "add" not in led.targets()
    content = content_of(visit, COUNTER)
    assert [case.topic for case in content.cases] == ["work", "housing"]
    asked = [question for question, _ in content.cases[0].answers]
    assert len(asked) == len(set(asked)) > 2


def test_turning_back_from_one_more_problem_leaves_all_as_it_was() -> None:
    led = Led().to_review("work")
    before = content_of(led.kiosk.visit, COUNTER)
    led.press("add", "back")
    assert led.page() is Page.REVIEW
    assert content_of(led.kiosk.visit, COUNTER) == before


def test_a_place_is_taken_with_one_press_and_another_offered_where_it_is_gone() -> None:
    led = Led()
    led.actions.found, led.actions.slots = COUNTER, PLACES
    led.to_review().press("send")
    assert led.page() is Page.BOOK
    led.press("take:0")
    assert led.actions.booked is not None
    led.actions.slots = PLACES[1:]
    led.actions.booked(Trouble("trouble.place_taken"))
    assert led.page() is Page.BOOK
    assert "take:1" not in led.targets()
    led.press("take:0")
    led.actions.booked(replace(NUMBER, place=PLACES[1]))
    assert led.page() is Page.DONE
    assert any("25 November 2026" in words for words in led.words())


def test_without_a_place_and_when_none_is_left_there_is_a_number_all_the_same() -> None:
    led = Led()
    led.actions.found, led.actions.slots = COUNTER, PLACES
    led.to_review().press("send", "none")
    assert led.actions.issue is not None
    led.actions.issue(NUMBER)
    assert led.page() is Page.DONE
    led = Led()
    led.actions.found, led.actions.slots = COUNTER, PLACES
    led.to_review().press("send", "take:1")
    led.actions.slots = ()
    assert led.actions.booked is not None
    led.actions.booked(Trouble("trouble.place_taken"))
    assert led.actions.issue is not None
    led.actions.issue(NUMBER)
    assert led.page() is Page.DONE


def test_a_slip_of_an_earlier_visit_leads_to_a_number_and_shows_nothing_of_it() -> None:
    led = Led()
    led.kiosk.scan(f"A012 2026-11-20 {UUID}")
    assert led.page() is Page.LANGUAGE
    led.press("pick:vi")
    assert led.page() is Page.RETURN
    led.press("same")
    assert led.kiosk.visit.earlier == UUID
    assert led.actions.issue is not None
    led.actions.issue(NUMBER)
    assert led.page() is Page.DONE
    assert content_of(led.kiosk.visit, COUNTER).earlier == UUID


def test_a_new_matter_keeps_the_thread_to_the_earlier_one() -> None:
    led = Led().press("pick:en")
    led.kiosk.scan(f"A012 2026-11-20 {UUID}")
    assert led.page() is Page.RETURN
    led.press("new", "choose:self").choose("tax").answer().press("skip")
    assert content_of(led.kiosk.visit, COUNTER).earlier == UUID


@pytest.mark.parametrize("line", ["", "A012", f"A012 2026-11-20 {UUID}x", "https://example.org"])
def test_other_codes_mean_nothing(line: str) -> None:
    led = Led()
    led.kiosk.scan(line)
    assert led.kiosk.visit.earlier == ""
    assert not any("known" in asked for asked in led.actions.asked)


def test_life_orientation_is_read_printed_and_asked_about() -> None:
    led = Led().press("pick:en", "guide").choose("housing")
    assert led.page() is Page.GUIDE
    led.press("print")
    assert led.actions.asked[-1] == "print guide housing en"
    assert "print" not in led.targets()
    assert led.actions.printed is not None
    led.actions.printed(None)
    led.press("more", "ask")
    assert led.page() is Page.QUESTION
    assert led.kiosk.visit.topic == "housing"
    led.actions.found = COUNTER
    led.answer().press("skip").finish()
    led.press("guide").choose("tax").press("number")
    assert led.page() is Page.DONE


def test_life_orientation_that_cannot_be_printed_says_so() -> None:
    led = Led().press("pick:en", "guide").choose("housing").press("print")
    assert led.actions.printed is not None
    led.actions.printed(Trouble("trouble.printer_paper"))
    assert shop().catalogue("en").text("trouble.printer_paper") in led.words()
    assert "print" in led.targets()


@pytest.fixture
def struck() -> Led:
    led = Led()
    led.kiosk.shop = replace(shop(), disaster=lambda: True)
    led.wait(1)
    return led


def test_disaster_mode_asks_only_what_it_is_for_in_larger_type_on_black(struck: Led) -> None:
    assert struck.kiosk.frame.text_scale > 1
    assert struck.kiosk.frame.contrast
    struck.press("pick:en", "next")
    assert struck.page() is Page.QUESTION
    assert struck.kiosk.visit.topic == "disaster"
    struck.answer()
    taps_before_words = len(struck.kiosk.visit.behind)
    assert taps_before_words <= 7
    struck.press("skip")
    assert not any(name.startswith("edit:topic") or name == "add" for name in struck.targets())
    struck.finish()
    assert struck.page() is Page.DONE


def test_after_a_visit_the_type_is_as_the_mode_wants_it(struck: Led) -> None:
    struck.press("pick:en", "size", "size:normal", "back", "clear")
    assert struck.kiosk.frame.text_scale > 1
    struck.kiosk.shop = shop()
    struck.wait(1)
    assert (struck.kiosk.frame.text_scale, struck.kiosk.frame.contrast) == (1.0, False)


def test_an_appointment_is_told_with_its_day_and_time() -> None:
    led = Led()
    at = datetime(2026, 12, 2, 13, 30, tzinfo=SATURDAY.tzinfo)
    led.actions.found, led.actions.slots = COUNTER, (Slot(LAWYER, at, 1),)
    led.to_review().press("send", "take:0")
    assert led.actions.booked is not None
    led.actions.booked(Issued("id", "A012", 0, True, False, False, place=led.actions.slots[0]))
    assert any("2 December 2026" in words and "13:30" in words for words in led.words())
