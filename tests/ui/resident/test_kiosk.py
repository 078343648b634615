"""What the kiosk does besides going on: time, wiping, engines, printers, late answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.heard import Ended, Final, Level, Partial, Translation
from kiosk.core.referral import Outcome
from kiosk.core.steps import Page
from kiosk.errors import Trouble
from kiosk.ui.actions import Abilities
from kiosk.ui.parts import Panel, Pill, Target
from tests.flows.led import NUMBER, STANDARD, Led, directory, shop

TEXT_ONLY = Abilities(speech=False, translation=False, voice=False)


def to_words(language: str = "en", able: Abilities | None = None) -> Led:
    return Led(able=able).to_topic("work", language).answer()


def made(led: Led, alike: float = 1.0, *, sample: bool = False) -> Translation:
    text = led.kiosk.visit.text
    return Translation(text, led.kiosk.visit.text_language, "給料", text, "argos", sample, alike)


def warned(led: Led) -> bool:
    return any(isinstance(part, Panel) and part.fill == "warm_bg" for part in led.sheet.parts)


# Time and wiping


def test_somebody_away_is_asked_and_then_everything_is_wiped() -> None:
    led = Led().to_topic("work")
    kiosk = shop().settings.kiosk
    led.wait(kiosk.idle_seconds + 2)
    assert led.sheet.name == "idle"
    led.wait(kiosk.idle_answer_seconds)
    assert led.page() is Page.LANGUAGE
    assert led.kiosk.visit.topic == ""
    assert "forget" in led.actions.asked


def test_an_answer_to_the_idle_question_goes_on_where_one_was() -> None:
    led = Led().to_topic("work")
    led.wait(shop().settings.kiosk.idle_seconds + 2).press("here")
    assert led.page() is Page.QUESTION
    assert led.kiosk.warned is None


def test_a_press_under_the_idle_question_is_not_taken_for_an_answer() -> None:
    led = Led().to_topic("work")
    choice = next(name for name in led.targets() if name.startswith("choose:"))
    led.wait(shop().settings.kiosk.idle_seconds + 2)
    led.kiosk.press(choice)
    assert led.kiosk.visit.flow_answers == {}


def test_clear_wipes_at_once_even_under_the_idle_question() -> None:
    led = Led().to_topic("work")
    led.wait(shop().settings.kiosk.idle_seconds + 2).press("clear")
    assert led.page() is Page.LANGUAGE
    assert led.kiosk.visit.language == ""


@pytest.mark.parametrize("over", ["", "size", "language", "restart"])
def test_clear_is_on_every_page_and_shows_the_languages(over: str) -> None:
    led = to_words()
    if over:
        led.press(over)
    led.press("clear")
    assert led.sheet.name == "language"


def test_start_over_asks_clears_and_says_so() -> None:
    led = Led().to_topic("work", "vi").press("restart", "no")
    assert led.page() is Page.QUESTION
    led.press("restart", "yes")
    assert led.sheet.name == "cleared"
    assert led.sheet.language == "vi"
    assert led.kiosk.visit.topic == ""
    led.press("finish")
    assert led.sheet.name == "language"


def test_the_cleared_page_goes_by_itself() -> None:
    led = Led().to_topic("work").press("restart", "yes").wait(10)
    assert led.sheet.name == "language"


def test_nobody_is_sent_away_while_speaking() -> None:
    led = to_words().press("listen")
    assert led.actions.hear is not None
    led.actions.hear(Level(-20))
    led.wait(shop().settings.kiosk.idle_seconds * 2)
    assert led.page() is Page.SPEAK
    assert led.sheet.name == "speak"


def test_the_inviting_line_goes_through_the_languages_and_skips_the_titles_own() -> None:
    led = Led()
    seen = {led.kiosk.sheet().parts[1] for _ in range(60) if led.wait(1)}
    languages = {getattr(part, "language", "") for part in seen}
    assert languages == {tag for tag in shop().offered if not shop().languages[tag].is_japanese}


def test_a_size_set_before_going_away_is_put_back() -> None:
    led = Led().press("size", "size:largest", "back")
    assert led.kiosk.frame.text_scale == 1.5
    led.wait(shop().settings.kiosk.idle_seconds + 2)
    assert led.kiosk.frame == STANDARD


def test_the_size_lasts_until_the_visit_ends() -> None:
    led = Led().press("size", "size:large", "size:contrast", "back").to_topic("work")
    assert led.kiosk.frame == replace(STANDARD, text_scale=1.25, contrast=True)
    led.answer().press("skip").finish().press("finish")
    assert led.kiosk.frame == STANDARD
    assert led.screen.frames[-1] == STANDARD


# Languages


def test_another_language_in_the_middle_keeps_everything() -> None:
    led = to_words("en").press("language", "pick:vi")
    assert led.page() is Page.SPEAK
    assert led.kiosk.visit.language == "vi"
    assert led.kiosk.visit.topic == "work"
    assert led.sheet.language == "vi"
    assert "prepare vi" in led.actions.asked


def test_the_narrative_keeps_the_language_it_was_told_in() -> None:
    led = to_words("en", TEXT_ONLY).write("no pay").press("untranslated")
    led.press("language", "pick:vi", "edit:speak::", "next")
    assert led.kiosk.visit.text == "no pay"
    assert led.kiosk.visit.text_language == "en"


def test_changing_the_language_while_listening_hears_nothing_more() -> None:
    led = to_words("en").press("listen")
    hear = led.actions.hear
    assert hear is not None
    hear(Level(-20))
    led.press("language", "pick:ko")
    assert "stop" in led.actions.asked
    hear(Final("too late"))
    assert led.kiosk.speaking.text == ""


def test_a_language_that_is_not_listed_gets_a_number() -> None:
    led = Led().press("other", "number")
    assert led.actions.issue is not None
    led.kiosk.press("number")
    assert sum(asked.startswith("submit") for asked in led.actions.asked) == 1
    led.actions.issue(NUMBER)
    assert led.page() is Page.DONE
    assert "A012" in led.words()
    led.press("finish")
    assert led.sheet.name == "language"


# Own words


def test_speaking_from_the_press_to_the_next_page() -> None:
    led = to_words("ko").press("listen")
    assert "listen" not in led.targets()
    hear = led.actions.hear
    assert hear is not None
    for heard in (Level(-20), Partial("월급을"), Final("월급을"), Partial("못")):
        hear(heard)
    led.press("listen")
    assert led.actions.asked[-1] == "stop"
    hear(Final("못 받았어요"))
    hear(Ended("pressed"))
    assert led.kiosk.speaking.text.split() == ["월급을", "못", "받았어요"]
    led.press("next")
    assert led.page() is Page.CONFIRM
    assert led.kiosk.visit.means == "speech"


def test_nothing_heard_is_said_and_can_be_tried_again() -> None:
    led = to_words("ko").press("listen")
    assert led.actions.hear is not None
    led.actions.hear(Ended("pressed"))
    assert warned(led)
    led.press("listen")


@pytest.mark.parametrize(
    "key",
    ["trouble.no_microphone", "trouble.model_damaged", "trouble.engine_stopped", "trouble.microphone_lost"],
)
def test_trouble_with_the_microphone_leads_on(key: str) -> None:
    led = to_words("ko").press("listen")
    assert led.actions.hear is not None
    led.actions.hear(Trouble(key))
    assert led.kiosk.say(key) in led.words()
    led.press("type")
    assert led.page() is Page.TYPE


def test_without_speech_the_page_says_so_and_offers_writing() -> None:
    led = to_words("ne", TEXT_ONLY)
    assert led.kiosk.say("speak.not_installed") in led.words()
    assert "listen" not in led.targets()
    led.press("type")


def test_words_spoken_until_the_last_moment_are_there_to_correct() -> None:
    led = to_words("ko").press("listen")
    hear = led.actions.hear
    assert hear is not None
    hear(Level(-20))
    hear(Final("월급을"))
    led.press("type")
    hear(Final("못 받았어요"))
    assert led.kiosk.typing is not None
    assert led.kiosk.typing.whole.split() == ["월급을", "못", "받았어요"]


def test_a_japanese_visit_needs_no_translation() -> None:
    led = to_words("ja", TEXT_ONLY)
    led.press("type")
    led.kiosk.press("key:あ")
    led.press("next")
    assert led.page() is Page.REVIEW


def test_a_translation_is_accepted() -> None:
    led = to_words().write("no pay")
    assert "accept" not in led.targets()
    assert led.actions.translated is not None
    led.actions.translated(made(led))
    led.press("accept")
    assert led.page() is Page.REVIEW
    assert led.kiosk.visit.accepted


def test_changed_words_are_translated_anew() -> None:
    led = to_words().write("no pay")
    first = led.actions.translated
    assert first is not None
    led.press("type")
    led.kiosk.press("key:x")
    led.press("next")
    late = made(led)
    first(replace(late, original="no pay", japanese="古い"))
    assert led.kiosk.translating.translation is None
    assert led.actions.translated is not None
    led.actions.translated(late)
    assert led.kiosk.visit.translation == late


def test_a_translation_that_comes_back_different_warns_and_a_sample_says_so() -> None:
    led = to_words().write("no pay")
    assert led.actions.translated is not None
    led.actions.translated(made(led, alike=0.0, sample=True))
    assert led.kiosk.say("confirm.differs") in led.words()
    marks = {part.label for part in led.sheet.parts if isinstance(part, Pill)}
    assert led.kiosk.say("confirm.sample") in marks
    led.press("untranslated")
    assert not led.kiosk.visit.accepted


@pytest.mark.parametrize("key", ["trouble.translation_refused", "trouble.engine_failed"])
def test_a_refused_translation_sends_the_words_as_they_are(key: str) -> None:
    led = to_words().write("no pay")
    assert led.actions.translated is not None
    led.actions.translated(Trouble(key))
    assert "accept" not in led.targets()
    assert led.kiosk.say(key) in led.words()
    led.press("untranslated").finish()
    assert led.page() is Page.DONE


def test_without_translation_the_page_says_so() -> None:
    led = to_words("ne", TEXT_ONLY)
    led.press("type")
    led.kiosk.press("key:क")
    led.press("next")
    assert led.kiosk.say("confirm.not_installed") in led.words()
    led.press("untranslated")
    assert led.page() is Page.REVIEW


# The number and the slip


def test_two_presses_give_one_number() -> None:
    led = Led(services=()).to_review()
    led.kiosk.press("send")
    led.kiosk.press("send")
    assert sum(asked.startswith("submit") for asked in led.actions.asked) == 1
    assert led.actions.issue is not None
    led.actions.issue(NUMBER)
    led.kiosk.press("send")
    assert sum(asked.startswith("submit") for asked in led.actions.asked) == 1


def test_a_number_asked_for_by_a_visit_that_was_wiped_is_not_shown() -> None:
    led = Led(services=()).to_review().press("send")
    issue = led.actions.issue
    assert issue is not None
    led.press("clear")
    issue(NUMBER)
    assert led.sheet.name == "language"
    assert led.kiosk.finished is None


def test_a_printed_slip_ends_in_finish_or_by_itself() -> None:
    led = Led().to_review().finish()
    assert led.actions.printed is not None
    led.wait(3)
    led.actions.printed(None)
    assert led.kiosk.say("done.printed") in led.words()
    led.wait(70)
    assert led.sheet.name == "language"


def test_without_a_printer_the_number_stays_and_printing_can_be_tried_again() -> None:
    led = Led().to_review().finish()
    assert led.actions.printed is not None
    led.actions.printed(Trouble("trouble.printer_paper"))
    assert warned(led)
    led.wait(400)
    assert "A012" in led.words()
    led.press("reprint")
    assert led.actions.asked[-1] == "print A012 work " + led.actions.asked[-1].rsplit(" ", 1)[1]
    led.actions.printed(None)
    led.press("finish")
    assert led.sheet.name == "language"


def test_a_number_that_could_not_be_kept_is_shown_to_staff() -> None:
    led = Led().to_review().finish(replace(NUMBER, number="X001", saved=False))
    assert "X001" in led.words()
    assert led.kiosk.say("done.unsaved.text") in led.words()
    led.wait(400)
    assert led.page() is Page.DONE


def test_a_careful_ticket_shows_no_topic_and_reads_nothing_of_it() -> None:
    led = Led(services=())
    led.actions.found = Outcome(True, (), (), (), True, False)
    led.to_review()
    answers = [led.kiosk.say("topic.work"), led.kiosk.say("caller.self")]
    assert not any(answer in line for line in led.sheet.reads for answer in answers)
    led.finish(replace(NUMBER, sensitive=True))
    assert led.kiosk.say("topic.work") not in led.words()
    assert led.kiosk.say("done.comes") in led.words()


def test_an_agency_alone_is_printed_and_a_person_here_still_offered() -> None:
    led = Led()
    led.actions.found = Outcome(False, (directory()[0],), (), (), False, False)
    led.to_review().press("send")
    assert {"print", "number"} <= set(led.targets())
    primary = [part.id for part in led.sheet.parts if isinstance(part, Target) and part.look == "primary"]
    assert primary == ["print"]
    led.press("print")
    assert led.actions.referred
    assert led.actions.issue is not None
    led.actions.issue(replace(NUMBER, referred=True))
    assert led.kiosk.say(f"service.{directory()[0].text}.name") in led.words()


def test_counter_and_agencies_end_in_a_number() -> None:
    led = Led()
    led.actions.found = Outcome(True, directory()[:2], (), (), False, False)
    led.to_review().finish()
    assert not led.actions.referred
    led.press("places", "place", "place", "number")
    assert led.page() is Page.DONE
    assert "A012" in led.words()


# Reading aloud


def test_reading_aloud_starts_and_stops() -> None:
    led = Led().to_topic("work").press("read")
    assert led.kiosk.reading
    led.press("read")
    assert not led.kiosk.reading
    assert led.actions.asked[-1] == "hush"


def test_reading_stops_with_the_page_and_a_late_end_of_it_stops_no_other() -> None:
    led = Led().to_topic("work").press("read")
    first = led.actions.said
    assert first is not None
    led.press("back", "read")
    first(None)
    assert led.kiosk.reading


def test_no_voice_is_said_in_place() -> None:
    led = Led(able=TEXT_ONLY).to_topic("work", "my").press("read")
    assert led.kiosk.say("trouble.no_voice") in led.words()
    led.press("back")
    assert led.kiosk.told == ""


def test_a_page_reads_its_question_and_all_its_choices() -> None:
    led = Led().to_topic("work")
    labels = [t.label for t in led.targets().values() if t.id.startswith("choose:")]
    assert set(labels) <= set(led.sheet.reads)


def test_likely_pages_are_exactly_those_that_come() -> None:
    led = Led().press("pick:en")
    met = []
    while led.page() is not Page.REVIEW:
        ahead = led.kiosk.likely()
        if led.page() is Page.QUESTION:
            led.press(next(name for name in led.targets() if name.startswith("choose:")))
            if "next" in led.targets():
                led.press("next")
        else:
            onward = {Page.NOTICE: "choose:self", Page.TOPIC: "choose:work"}
            led.press(onward.get(led.page(), "skip"))
        met.append(led.sheet in ahead)
    assert all(met)


def test_the_first_page_in_each_language_is_likely() -> None:
    led = Led()
    for tag, ahead in zip(led.kiosk.shop.offered, led.kiosk.likely(), strict=True):
        led.press(f"pick:{tag}")
        assert led.sheet == ahead
        led.kiosk.wipe()


def test_looking_ahead_changes_nothing() -> None:
    led = to_words()
    before = led.kiosk.sheet()
    led.kiosk.likely()
    assert led.kiosk.sheet() == before
    assert led.page() is Page.SPEAK
    assert led.kiosk.typing is None
