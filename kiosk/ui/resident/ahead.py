"""Pages that may well come next, to be drawn while a person reads the present one."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.core.flow import SPECIAL
from kiosk.core.referral import Outcome
from kiosk.core.steps import Page, Step
from kiosk.core.way import following
from kiosk.data.keyboards import read_keyboard
from kiosk.ui.parts import Sheet
from kiosk.ui.resident import listening, pages
from kiosk.ui.resident.ask import PER_PAGE
from kiosk.ui.resident.typing import Typing

if TYPE_CHECKING:
    from kiosk.ui.resident.kiosk import Kiosk


def likely(kiosk: Kiosk) -> list[Sheet]:
    """The likely next pages, the likeliest first; none while something lies over the page."""
    visit = kiosk.visit
    page = visit.at.page
    if kiosk.over or kiosk.sending:
        return []
    if page is Page.LANGUAGE:
        return [_opened(kiosk, tag) for tag in kiosk.shop.offered]
    if page is Page.NOTICE:
        return _begun(kiosk)
    if page is Page.CALLER:
        return (
            [_review(kiosk)] if visit.editing else [_at(kiosk, Step(Page.TOPIC), turned) for turned in (0, 1)]
        )
    if page is Page.TOPIC:
        return _first_questions(kiosk)
    if page is Page.QUESTION:
        return _next_questions(kiosk)
    if page is Page.SPEAK:
        return [_typing(kiosk), _review(kiosk)]
    if page is Page.CONFIRM:
        return [_review(kiosk)]
    if page is Page.REVIEW and kiosk.outcome is not None:
        return _after_review(kiosk, kiosk.outcome)
    return []


def _opened(kiosk: Kiosk, tag: str) -> Sheet:
    """The first page in a language."""
    shadow = _shadow(kiosk, kiosk.visit.at)
    shadow.visit.language = tag
    return _at(shadow, following(shadow.visit))


def _begun(kiosk: Kiosk) -> list[Sheet]:
    """After the notice: the topics, or the first question where there is but one topic."""
    shadow = _shadow(kiosk, kiosk.visit.at)
    step = shadow.visit.begin("" if shadow.visit.only else "self")
    turns = (0, 1) if step.page is Page.TOPIC else (0,)
    return [_at(shadow, step, turned) for turned in turns]


def _after_review(kiosk: Kiosk, outcome: Outcome) -> list[Sheet]:
    if not outcome.counter:
        return [_at(kiosk, Step(Page.REFERRAL))]
    return [_at(kiosk, Step(Page.BOOK))] if kiosk.slots else []


def _at(kiosk: Kiosk, step: Step, turned: int = 0, topic: str = "") -> Sheet:
    """The page at `step` as it would stand if one went there now."""
    return pages.sheet(_shadow(kiosk, step, turned, topic))


def _shadow(kiosk: Kiosk, step: Step, turned: int = 0, topic: str = "") -> Kiosk:
    """The kiosk as it would be at `step`; nothing of it reaches the real one."""
    shadow = copy(kiosk)
    shadow.visit = replace(
        kiosk.visit,
        at=step,
        topic=topic or kiosk.visit.topic,
        answers=dict(kiosk.visit.answers),
        behind=list(kiosk.visit.behind),
    )
    before = shadow.visit.flow_answers.get(step.question, ())
    shadow.ticked = tuple(choice for choice in before if choice not in SPECIAL)
    shadow.page, shadow.told, shadow.warned, shadow.place = turned, "", None, 0
    shadow.reading = False
    return shadow


def _review(kiosk: Kiosk) -> Sheet:
    shadow = _shadow(kiosk, Step(Page.REVIEW))
    shadow.outcome = kiosk.actions.outcome(shadow.visit)
    return pages.sheet(shadow)


def _typing(kiosk: Kiosk) -> Sheet:
    shadow = _shadow(kiosk, Step(Page.TYPE))
    shadow.typing = Typing(read_keyboard(kiosk.language.tag), kiosk.speaking.text)
    return pages.sheet(shadow)


def _speaking(kiosk: Kiosk) -> Sheet:
    shadow = _shadow(kiosk, Step(Page.SPEAK))
    listening.open_page(shadow)
    return pages.sheet(shadow)


def _first_questions(kiosk: Kiosk) -> list[Sheet]:
    """The first question of each topic on the page."""
    shown = list(kiosk.visit.topics.values())[kiosk.page * PER_PAGE : (kiosk.page + 1) * PER_PAGE]
    flows = kiosk.visit.flows
    return [_at(kiosk, Step(Page.QUESTION, flows[topic.flow].start), topic=topic.id) for topic in shown]


def _next_questions(kiosk: Kiosk) -> list[Sheet]:
    """What each choice of the present question leads to, once."""
    visit = kiosk.visit
    flow = visit.flow
    if flow is None:
        return []
    asked = flow.questions[visit.at.question]
    found: dict[Step, Sheet] = {}
    for choice in asked.choices:
        answered = copy(kiosk)
        told = {**visit.flow_answers, asked.id: (choice.id,)}
        answered.visit = replace(visit, answers={**visit.answers, flow.id: told}, behind=list(visit.behind))
        step = following(answered.visit)
        if step not in found:
            found[step] = _leading(answered, step)
    return list(found.values())


def _leading(kiosk: Kiosk, step: Step) -> Sheet:
    if step.page is Page.SPEAK:
        return _speaking(kiosk)
    if step.page is Page.REVIEW:
        return _review(kiosk)
    return _at(kiosk, step)
