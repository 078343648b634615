"""What the ticket keeps of a visit: the answers that count, the narrative, and where both lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core.flow import Answers, Flow, path
from kiosk.core.ticket import Case, Content, Narrative

if TYPE_CHECKING:
    from kiosk.core.referral import Outcome
    from kiosk.core.visit import Visit


def content_of(visit: Visit, outcome: Outcome) -> Content:
    """What the ticket keeps: only the answers on the path of each topic taken."""
    cases = [_case(topic, flow, answers) for topic, flow, answers in visit.cases]
    topics = [visit.topics[topic].statistics for topic, _, _ in visit.cases]
    return Content(
        caller=visit.caller,
        cases=tuple(cases) or ((Case(visit.topic),) if visit.topic else ()),
        narrative=_narrative(visit),
        statistics=outcome.statistics or tuple(dict.fromkeys(topics)),
        services=tuple(service.id for service in outcome.services),
        bring=outcome.bring,
        sensitive=outcome.sensitive,
        urgent=outcome.urgent,
        first=outcome.first,
        care=outcome.care,
        reasons=tuple(reason.key for reason in outcome.reasons),
        within=outcome.within,
        earlier=visit.earlier,
    )


def _narrative(visit: Visit) -> Narrative | None:
    if not visit.text:
        return None
    return Narrative(
        original=visit.text,
        language=visit.text_language,
        means=visit.means,
        translation=visit.translation,
        accepted=visit.accepted,
    )


def _case(topic: str, flow: Flow, answers: Answers) -> Case:
    asked = [question for question in path(flow, answers) if question in answers]
    return Case(topic, flow.id, tuple((question, answers[question]) for question in asked))
