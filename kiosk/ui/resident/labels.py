"""What pages say of the visit, in the words of a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Collection

from kiosk.core.flow import SPECIAL, Topic, path
from kiosk.core.steps import Page, Step
from kiosk.core.visit import CALLERS, Visit
from kiosk.core.way import progress
from kiosk.core.written import list_in
from kiosk.ui.resident.ask import Asked, Option
from kiosk.ui.resident.base import Say
from kiosk.ui.resident.page import Head
from kiosk.ui.resident.review import Answered

CALLER_ICONS = {"self": "user", "family": "house", "employer": "building-2", "supporter": "users"}


def head_of(visit: Visit, say: Say, *, neutral: bool = False) -> Head:
    """The strip of a page within the visit."""
    position, total = progress(visit)
    topic = visit.topics.get(visit.topic)
    if topic is None or neutral:
        return Head("", "", position, total)
    return Head(say(f"topic.{topic.id}"), topic.icon, position, total)


def caller_asked(visit: Visit, say: Say) -> Asked:
    options = tuple(
        Option(name, say(f"caller.{name}"), CALLER_ICONS[name], chosen=visit.caller == name)
        for name in CALLERS
    )
    special = visit.caller if visit.caller in SPECIAL else ""
    return Asked("caller", say("caller.title"), say("question.one"), options, special)


def guide_asked(visit: Visit, say: Say, page: int, topics: Collection[str]) -> Asked:
    """The topics there is life orientation for."""
    options = tuple(_topic_option(topic, say, "") for topic in visit.topics.values() if topic.id in topics)
    return Asked("guide", say("guide.title"), say("guide.text"), options, page=page, tiles=True, plain=True)


def topic_asked(visit: Visit, say: Say, page: int) -> Asked:
    options = tuple(_topic_option(topic, say, visit.topic) for topic in visit.topics.values())
    special = visit.topic if visit.topic in SPECIAL else ""
    return Asked("topic", say("topic.title"), "", options, special, page=page, tiles=True)


def _topic_option(topic: Topic, say: Say, chosen: str) -> Option:
    key = f"topic.{topic.id}"
    return Option(topic.id, say(key), topic.icon, say(f"{key}.example"), chosen == topic.id)


def question_asked(
    visit: Visit, say: Say, has: Callable[[str], bool], page: int, ticked: tuple[str, ...]
) -> Asked:
    """The question at hand; `ticked` are the choices marked so far where several may be chosen."""
    flow = visit.flow
    assert flow is not None
    asked = flow.questions[visit.at.question]
    key = f"flow.{flow.id}.{asked.id}"
    many = visit.many
    before = visit.flow_answers.get(asked.id, ())
    chosen = ticked if many else before
    options = tuple(
        Option(choice.id, say(f"{key}.{choice.id}"), choice.icon, chosen=choice.id in chosen)
        for choice in asked.choices
    )
    special = before[0] if len(before) == 1 and before[0] in SPECIAL else ""
    own_help = f"{key}.help"
    help_text = say(own_help) if has(own_help) else ""
    return Asked(
        f"question-{flow.id}-{asked.id}",
        say(key),
        say("question.many") if many else help_text or say("question.one"),
        options,
        special,
        many,
        page,
    )


def answers_of(visit: Visit, say: Say, language: str) -> tuple[list[Answered], Answered]:
    """The lines of the review, topic by topic, and the narrative's."""
    lines = []
    if visit.caller:
        who = _word(say, f"caller.{visit.caller}", visit.caller)
        lines.append(Answered(_id(Step(Page.CALLER)), say("caller.label"), who))
    if not visit.cases:
        name = _word(say, f"topic.{visit.topic}", visit.topic)
        lines.append(Answered(_id(Step(Page.TOPIC)), say("topic.label"), name))
    for topic, flow, answers in visit.cases:
        if not visit.only:
            step = Step(Page.TOPIC, topic=topic)
            lines.append(Answered(_id(step), say("topic.label"), say(f"topic.{topic}")))
        for question in path(flow, answers):
            key = f"flow.{flow.id}.{question}"
            chosen = [_word(say, f"{key}.{choice}", choice) for choice in answers.get(question, ())]
            step = Step(Page.QUESTION, question, topic)
            lines.append(Answered(_id(step), say(f"{key}.label"), list_in(language, chosen)))
    words = Answered(
        _id(Step(Page.SPEAK)), say("review.words"), visit.text or say("review.no_words"),
        visit.text_language if visit.text else "",
    )  # fmt: skip
    return lines, words


def _word(say: Say, key: str, choice: str) -> str:
    return say(f"answer.{choice}") if choice in SPECIAL else say(key)


def _id(step: Step) -> str:
    return f"{step.page.value}:{step.question}:{step.topic}"


def step_of(text: str) -> Step:
    """The step an edit target names."""
    page, question, topic = text.split(":")
    return Step(Page(page), question, topic)
