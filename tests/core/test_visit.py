from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.flow import UNKNOWN, UNSAID, longest, next_question, path, walks
from kiosk.core.heard import Translation
from kiosk.core.keeping import content_of
from kiosk.core.referral import Outcome
from kiosk.core.steps import Page, Step
from kiosk.core.ticket import Case
from kiosk.core.visit import Visit
from kiosk.core.way import following, progress
from tests.core.make import WORK, visit

NOWHERE = Outcome(True, (), (), (), False, False)


def started() -> Visit:
    resident = visit()
    resident.language = "vi"
    resident.go(Step(Page.NOTICE))
    resident.go(Step(Page.CALLER))
    return resident


def answered(*choices: str) -> Visit:
    resident = started()
    resident.answer(("self",))
    resident.answer(("work",))
    for choice in choices:
        resident.answer((choice,))
    return resident


def test_a_whole_visit_as_steps() -> None:
    resident = started()
    steps = [resident.answer(("self",)), resident.answer(("work",))]
    steps += [resident.answer((choice,)) for choice in ("hurt", "no", "months", "slips")]
    assert steps == [
        Step(Page.TOPIC),
        Step(Page.QUESTION, "problem", "work"),
        Step(Page.QUESTION, "hospital", "work"),
        Step(Page.QUESTION, "since", "work"),
        Step(Page.QUESTION, "papers", "work"),
        Step(Page.SPEAK),
    ]
    assert following(resident) == Step(Page.REVIEW)


def test_going_back_keeps_later_answers() -> None:
    resident = answered("hurt", "no", "months", "slips")
    for _ in range(4):
        resident.back()
    assert resident.at == Step(Page.QUESTION, "problem", "work")
    resident.answer(("hurt",))
    assert resident.flow_answers["papers"] == ("slips",)
    assert resident.at == Step(Page.QUESTION, "hospital", "work")


def test_another_branch_hides_answers_and_the_old_branch_brings_them_back() -> None:
    resident = answered("hurt", "no", "months", "slips")
    resident.edit(Step(Page.QUESTION, "problem", "work"))
    resident.answer(("wages",))
    told = dict(content_of(resident, NOWHERE).cases[0].answers)
    assert "hospital" not in told
    assert told["papers"] == ("slips",)
    resident.edit(Step(Page.QUESTION, "problem", "work"))
    resident.answer(("hurt",))
    assert dict(content_of(resident, NOWHERE).cases[0].answers)["hospital"] == ("no",)


def test_editing_asks_only_what_is_missing_and_returns_to_the_review() -> None:
    resident = answered("wages", "months", "slips")
    resident.go(Step(Page.REVIEW))
    resident.edit(Step(Page.QUESTION, "problem", "work"))
    assert resident.answer(("hurt",)) == Step(Page.QUESTION, "hospital", "work")
    assert resident.answer((UNKNOWN,)) == Step(Page.REVIEW)
    resident.edit(Step(Page.CALLER))
    assert resident.answer(("family",)) == Step(Page.REVIEW)


def test_back_from_an_edit_leads_to_the_review_and_ends_editing() -> None:
    resident = answered("wages", "months", "slips")
    resident.go(Step(Page.REVIEW))
    resident.edit(Step(Page.QUESTION, "since", "work"))
    assert resident.back() == Step(Page.REVIEW)
    assert resident.editing is False


@pytest.mark.parametrize("special", [UNKNOWN, UNSAID])
def test_nothing_must_be_said(special: str) -> None:
    resident = started()
    assert resident.answer((special,)) == Step(Page.TOPIC)
    assert resident.answer((special,)) == Step(Page.SPEAK)
    content = content_of(resident, NOWHERE)
    assert content.cases == (Case(special),)


def test_an_answer_nobody_offered_is_refused() -> None:
    with pytest.raises(KeyError):
        answered("wages").answer(("nonsense",))
    with pytest.raises(ValueError, match="not an answer"):
        started().answer(("stranger",))


def test_a_changed_narrative_loses_its_translation() -> None:
    resident = answered("wages", "months", "slips")
    resident.tell("Công ty chưa trả lương", "typed")
    resident.translation = Translation(resident.text, "vi", "給料", "lương", "argos")
    resident.accepted = True
    resident.tell("Công ty chưa trả lương", "typed")
    assert resident.accepted
    resident.tell("Công ty chưa trả lương hai tháng", "typed")
    assert resident.translation is None
    assert resident.accepted is False


def test_a_narrative_keeps_the_language_it_was_given_in() -> None:
    resident = answered("wages", "months", "slips")
    resident.tell("hello", "typed")
    resident.language = "en"
    narrative = content_of(resident, NOWHERE).narrative
    assert narrative is not None
    assert narrative.language == "vi"


@given(st.lists(st.sampled_from(["wages", "hurt", "find", "week", "months", "yes", "no", "slips", "back"])))
def test_whatever_is_pressed_the_progress_stays_inside_its_line(presses: list[str]) -> None:
    resident = answered()
    for press in presses:
        if press == "back":
            resident.back()
        elif resident.at.page is Page.QUESTION:
            question = WORK.questions[resident.at.question]
            if any(choice.id == press for choice in question.choices):
                resident.answer((press,))
        position, total = progress(resident)
        assert 0 <= position <= total
        met = path(WORK, resident.flow_answers)
        assert len(met) == len(set(met))


def test_every_walk_ends() -> None:
    found = list(walks(WORK))
    assert {"problem": ("find",)} in found
    assert all(next_question(WORK, answers) is None for answers in found)
    assert max(len(answers) for answers in found) == longest(WORK, WORK.start) == 4


def test_a_language_that_is_not_offered_is_told_to_the_counselor() -> None:
    resident = visit()
    resident.language = "en"
    assert resident.ticket_language == "en"
    resident.unlisted = True
    assert resident.ticket_language == "und"
