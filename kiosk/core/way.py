"""The way through a visit: which step comes next, from the answers, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core.flow import SPECIAL, longest, path
from kiosk.core.steps import Page, Step

if TYPE_CHECKING:
    from kiosk.core.visit import Visit


def following(visit: Visit) -> Step:
    """The step after the present one, from the answers. The speak, type and confirm pages decide
    themselves between each other; from them this is the review."""
    page = visit.at.page
    if page is Page.LANGUAGE:
        return Step(Page.RETURN) if visit.earlier else Step(Page.NOTICE)
    if page is Page.RETURN:
        return Step(Page.NOTICE)
    if page is Page.NOTICE and not (visit.caller or visit.only):
        return Step(Page.CALLER)
    if page in (Page.NOTICE, Page.CALLER):
        if visit.editing:
            return Step(Page.REVIEW)
        return after_question(visit) if visit.only else Step(Page.TOPIC)
    if page in (Page.TOPIC, Page.QUESTION):
        return _calm(visit) or after_question(visit)
    if page is Page.CARE and visit.at.question:
        return after_question(visit)
    if page in (Page.SPEAK, Page.TYPE, Page.CONFIRM, Page.CARE):
        return _calm(visit) or Step(Page.REVIEW)
    return Step(Page.DONE)


def _calm(visit: Visit) -> Step | None:
    """The page that offers a person, the first time something asks for care."""
    if visit.cared or visit.at.page is Page.CARE:
        return None
    if visit.at.page is Page.QUESTION and visit.flow is not None:
        question = visit.flow.questions[visit.at.question]
        chosen = visit.flow_answers.get(question.id, ())
        if any(question.choice(choice_id).care for choice_id in chosen):
            return Step(Page.CARE, question.id, visit.topic)
    return Step(Page.CARE) if visit.found and visit.at.page is not Page.TOPIC else None


def after_question(visit: Visit) -> Step:
    """The next question; after the last one the resident's own words, or the review one came from."""
    flow, answers = visit.flow, visit.flow_answers
    met = path(flow, answers) if flow else ()
    unanswered = [question for question in met if question not in answers]
    if visit.adding and flow is not None and visit.at.page is Page.TOPIC:
        return Step(Page.QUESTION, flow.start, visit.topic)
    if visit.editing:
        if unanswered:
            return Step(Page.QUESTION, unanswered[0], visit.topic)
        return Step(Page.REVIEW)
    here = met.index(visit.at.question) + 1 if visit.at.question in met else 0
    if here < len(met):
        return Step(Page.QUESTION, met[here], visit.topic)
    return Step(Page.SPEAK)


def progress(visit: Visit) -> tuple[int, int]:
    """Position and number of steps for the line of segments: who, topic, questions, own words, review."""
    flow = visit.flow
    if flow is None:
        questions = 0 if visit.topic in SPECIAL else 3
        place = 0
    else:
        met = path(flow, visit.flow_answers)
        place = met.index(visit.at.question) + 1 if visit.at.question in met else len(met)
        last = met[-1]
        open_ended = 0 if last in visit.flow_answers else longest(flow, last) - 1
        questions = len(met) + open_ended
    total = questions + 4
    positions = {
        Page.LANGUAGE: 0,
        Page.NOTICE: 0,
        Page.CALLER: 1,
        Page.TOPIC: 2,
        Page.QUESTION: 2 + place,
        Page.CARE: 2 + place if visit.at.question else total - 1,
        Page.SPEAK: total - 1,
        Page.TYPE: total - 1,
        Page.CONFIRM: total - 1,
    }
    return positions.get(visit.at.page, total), total
