"""Answering by voice: heard, shown, confirmed; and never an answer by itself."""

from __future__ import annotations

import pytest

from kiosk.core.flow import UNKNOWN
from kiosk.core.heard import Ended, Heard, Level, Picked, Spoken
from kiosk.core.steps import Page, Step
from kiosk.errors import Trouble
from kiosk.ui.actions import Abilities
from kiosk.ui.parts import Target
from tests.flows.led import Led


def asking(language: str = "en", able: Abilities | None = None) -> Led:
    """At the first question of a flow."""
    return Led(able=able).to_topic("work", language)


def hear(led: Led, *heard: Heard | Trouble) -> None:
    for one in heard:
        assert led.actions.hear is not None
        led.actions.hear(one)


def chosen(led: Led) -> list[str]:
    return [part.id for part in led.sheet.parts if isinstance(part, Target) and part.chosen]


def choices(led: Led) -> list[str]:
    return [name.partition(":")[2] for name in led.targets() if name.startswith("choose:")]


def test_what_was_heard_is_marked_and_asked_and_is_no_answer_yet() -> None:
    led = asking().press("voice")
    one = choices(led)[1]
    hear(led, Level(-20.0, speech=True), Picked(one, 1.0))
    assert chosen(led) == [f"choose:{one}"]
    assert {"voice-yes", "voice-no"} <= set(led.targets())
    assert led.kiosk.visit.flow_answers == {}


def test_a_touch_on_yes_answers() -> None:
    led = asking().press("voice")
    one = choices(led)[1]
    hear(led, Picked(one, 1.0))
    led.press("voice-yes")
    assert next(iter(led.kiosk.visit.flow_answers.values())) == (one,)
    assert led.kiosk.voice.ear == "idle"


def test_a_spoken_yes_answers_too() -> None:
    led = asking().press("voice")
    one = choices(led)[0]
    hear(led, Picked(one, 1.0))
    assert led.actions.asked[-1] == "choose en: yes no"
    hear(led, Picked("yes", 0.9))
    assert next(iter(led.kiosk.visit.flow_answers.values())) == (one,)


def test_no_listens_again() -> None:
    led = asking().press("voice")
    one = choices(led)[0]
    hear(led, Picked(one, 1.0))
    before = led.actions.asked.count("stop")
    hear(led, Picked("no", 0.9))
    assert led.kiosk.visit.flow_answers == {}
    assert led.kiosk.voice.ear == "loading"
    assert led.actions.asked.count("stop") > before
    assert one in led.actions.asked[-1]


def test_a_touch_on_any_other_choice_is_the_answer_and_ends_hearing() -> None:
    led = asking().press("voice")
    one, other = choices(led)[:2]
    hear(led, Picked(one, 1.0))
    led.press(f"choose:{other}")
    assert next(iter(led.kiosk.visit.flow_answers.values())) == (other,)
    page = led.page()
    hear(led, Picked("yes", 1.0))
    assert led.page() is page
    assert len(led.kiosk.visit.flow_answers) == 1


def test_something_else_said_is_told_and_listening_goes_on() -> None:
    led = asking().press("voice")
    hear(led, Level(-20.0), Picked("", 0.3))
    assert led.kiosk.told == led.kiosk.say("voice.none")
    hear(led, Picked(choices(led)[0], 1.0))
    assert led.kiosk.voice.picked
    assert not led.kiosk.told


def test_dont_know_can_be_said() -> None:
    led = asking().press("voice")
    hear(led, Picked(UNKNOWN, 1.0))
    assert chosen(led) == []
    assert led.kiosk.say("answer.unknown") in led.words()
    led.press("voice-yes")
    assert next(iter(led.kiosk.visit.flow_answers.values())) == (UNKNOWN,)


def test_a_choice_on_another_page_of_the_question_is_turned_to() -> None:
    led = asking().press("back")
    assert led.page() is Page.TOPIC
    led.press("voice")
    hear(led, Picked("emergency", 1.0))
    assert led.kiosk.page == 1
    assert chosen(led) == ["choose:emergency"]
    led.press("voice-yes")
    assert led.kiosk.visit.topic == "emergency"


def test_of_several_a_yes_ticks_and_another_yes_unticks() -> None:
    led = asking()
    visit = led.kiosk.visit
    assert visit.flow is not None
    name = next(asked.id for asked in visit.flow.questions.values() if asked.kind == "many")
    led.kiosk.enter(visit.go(Step(Page.QUESTION, name)))
    one = choices(led)[0]
    for ticked in ((one,), ()):
        led.press("voice")
        hear(led, Picked(one, 1.0))
        led.press("voice-yes")
        assert led.kiosk.ticked == ticked


@pytest.mark.parametrize("press", ["back", "size", "language", "restart", "clear", "voice"])
def test_any_other_press_ends_hearing(press: str) -> None:
    led = asking().press("voice", press)
    assert led.kiosk.voice.ear == "idle"
    assert {"stop", "forget"} & set(led.actions.asked)
    page, answers = led.page(), dict(led.kiosk.visit.flow_answers)
    hear(led, Picked("yes", 1.0))
    assert (led.page(), dict(led.kiosk.visit.flow_answers)) == (page, answers)


def test_nothing_said_ends_quietly_and_trouble_is_told() -> None:
    led = asking().press("voice")
    hear(led, Ended("silence"))
    assert led.kiosk.voice.ear == "idle"
    led.press("voice")
    hear(led, Trouble("trouble.microphone_lost"))
    assert led.kiosk.voice.ear == "idle"
    assert led.kiosk.told
    assert choices(led)


def test_the_question_stays_when_nobody_says_yes() -> None:
    led = asking().press("voice")
    one = choices(led)[0]
    hear(led, Picked(one, 1.0), Ended("picked"), Ended("silence"))
    assert led.kiosk.voice.picked == one
    led.press("voice-no")
    assert led.kiosk.visit.flow_answers == {}


def test_a_questions_choice_is_not_meant_by_the_words_for_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    led = Led().to_topic("emergency", "en")
    led.kiosk.enter(led.kiosk.visit.go(Step(Page.QUESTION, "danger")))
    listened: list[Spoken] = []
    monkeypatch.setattr(led.actions, "choose", lambda choices, *_: listened.extend(choices))
    led.press("voice")
    own = next(choice for choice in listened if choice.id == "self")
    assert not {"me", "myself"} & set(own.phrases)
    assert any("hard" in phrase for phrase in own.phrases)


def test_it_is_offered_only_where_the_language_can_be_heard() -> None:
    silent = Abilities(speech=False, translation=False, voice=False)
    assert "voice" not in asking(able=silent).targets()
    assert "voice" not in asking("ne").targets()
    assert "voice" in asking("ja-simple").targets()
    assert "voice" not in asking().answer().targets()
