"""One resident at the kiosk: language, answers and the way back. Thrown away whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.core.flow import SPECIAL, Flow, Topic, longest, path
from kiosk.core.heard import Translation
from kiosk.core.referral import Outcome
from kiosk.core.ticket import Content, Narrative

CALLERS = ("self", "family", "employer", "supporter")
UNLISTED = "und"
"""Language of a ticket whose resident found theirs nowhere (BCP 47: undetermined)."""
MAX_NARRATIVE = 2000
"""Characters; about four minutes of speech."""


class Page(StrEnum):
    LANGUAGE = "language"
    NOTICE = "notice"
    CALLER = "caller"
    TOPIC = "topic"
    QUESTION = "question"
    SPEAK = "speak"
    TYPE = "type"
    CONFIRM = "confirm"
    REVIEW = "review"
    REFERRAL = "referral"
    DONE = "done"


@dataclass(frozen=True)
class Step:
    page: Page
    question: str = ""


@dataclass
class Visit:
    """The visit's whole state. `flows` and `topics` are the office's, read only.

    Answers are kept per flow and never dropped by going back, by another branch or by another topic; only
    those on the path count.
    """

    topics: Mapping[str, Topic]
    flows: Mapping[str, Flow]
    language: str = ""
    caller: str = ""
    topic: str = ""
    """A topic's id, or one of the special answers."""
    answers: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    text: str = ""
    """The narrative as it stands, corrected or not."""
    text_language: str = ""
    means: str = ""
    translation: Translation | None = None
    accepted: bool = False
    at: Step = Step(Page.LANGUAGE)
    behind: list[Step] = field(default_factory=list)
    unlisted: bool = False
    """The resident's language is none of those offered; pages are in `language` all the same."""
    editing: bool = False
    """Came from the review to change one answer; goes back there as soon as nothing is missing."""

    @property
    def flow(self) -> Flow | None:
        topic = self.topics.get(self.topic)
        return self.flows[topic.flow] if topic else None

    @property
    def flow_answers(self) -> dict[str, tuple[str, ...]]:
        flow = self.flow
        return self.answers.setdefault(flow.id, {}) if flow else {}

    @property
    def ticket_language(self) -> str:
        """What the counselor must be ready for."""
        return UNLISTED if self.unlisted else self.language

    def go(self, step: Step) -> Step:
        """Move on to `step`, remembering the way back."""
        if step != self.at:
            self.behind.append(self.at)
            self.at = step
        return step

    def back(self) -> Step:
        """One step back; answers stay. At the first step nothing happens."""
        if self.behind:
            self.at = self.behind.pop()
        if self.at.page is Page.REVIEW:
            self.editing = False
        return self.at

    def edit(self, step: Step) -> Step:
        """From the review to one answer."""
        self.editing = True
        return self.go(step)

    def answer(self, chosen: tuple[str, ...]) -> Step:
        """Take the answer to the present caller, topic or question page and move on."""
        page = self.at.page
        if page is Page.CALLER:
            self.caller = _listed(chosen, (*CALLERS, *SPECIAL))
        elif page is Page.TOPIC:
            self.topic = _listed(chosen, (*self.topics, *SPECIAL))
        elif page is Page.QUESTION and self.flow is not None:
            question = self.flow.questions[self.at.question]
            for choice_id in chosen:
                question.choice(choice_id)
            self.flow_answers[question.id] = chosen
        else:
            raise ValueError(f"{page} takes no answer")
        return self.go(self.following())

    def tell(self, text: str, means: str) -> None:
        """Keep the resident's own words; a changed text loses the translation of the old one."""
        text = text.strip()[:MAX_NARRATIVE]
        if text != self.text or self.text_language != self.language:
            self.translation, self.accepted = None, False
        self.text, self.means, self.text_language = text, means if text else "", self.language

    def following(self) -> Step:
        """The step after the present one, from the answers. The speak, type and confirm pages decide
        themselves between each other; from them this is the review."""
        page = self.at.page
        if page is Page.LANGUAGE:
            return Step(Page.NOTICE)
        if page is Page.NOTICE:
            return Step(Page.CALLER)
        if page is Page.CALLER:
            return Step(Page.REVIEW) if self.editing else Step(Page.TOPIC)
        if page in (Page.TOPIC, Page.QUESTION):
            return self._after_question()
        if page in (Page.SPEAK, Page.TYPE, Page.CONFIRM):
            return Step(Page.REVIEW)
        return Step(Page.DONE)

    def _after_question(self) -> Step:
        flow, answers = self.flow, self.flow_answers
        met = path(flow, answers) if flow else ()
        unanswered = [question for question in met if question not in answers]
        if self.editing:
            if unanswered:
                return Step(Page.QUESTION, unanswered[0])
            return Step(Page.REVIEW)
        here = met.index(self.at.question) + 1 if self.at.question in met else 0
        if here < len(met):
            return Step(Page.QUESTION, met[here])
        return Step(Page.SPEAK)

    def progress(self) -> tuple[int, int]:
        """Position and number of steps for the line of segments: who, topic, questions, own words, review."""
        flow = self.flow
        if flow is None:
            questions = 0 if self.topic in SPECIAL else 3
            place = 0
        else:
            met = path(flow, self.flow_answers)
            place = met.index(self.at.question) + 1 if self.at.question in met else len(met)
            last = met[-1]
            open_ended = 0 if last in self.flow_answers else longest(flow, last) - 1
            questions = len(met) + open_ended
        total = questions + 4
        positions = {
            Page.LANGUAGE: 0,
            Page.NOTICE: 0,
            Page.CALLER: 1,
            Page.TOPIC: 2,
            Page.QUESTION: 2 + place,
            Page.SPEAK: total - 1,
            Page.TYPE: total - 1,
            Page.CONFIRM: total - 1,
        }
        return positions.get(self.at.page, total), total

    def content(self, outcome: Outcome) -> Content:
        """What the ticket keeps: only the answers on the path."""
        flow, answers = self.flow, self.flow_answers
        asked = path(flow, answers) if flow else ()
        topic = self.topics.get(self.topic)
        statistics = outcome.statistics or ((topic.statistics,) if topic else ())
        return Content(
            topic=self.topic,
            caller=self.caller,
            flow=flow.id if flow else "",
            answers=tuple((question, answers[question]) for question in asked if question in answers),
            narrative=self._narrative(),
            statistics=statistics,
            services=tuple(service.id for service in outcome.services),
            bring=outcome.bring,
            sensitive=outcome.sensitive,
            urgent=outcome.urgent,
            first=outcome.first,
        )

    def _narrative(self) -> Narrative | None:
        if not self.text:
            return None
        return Narrative(
            original=self.text,
            language=self.text_language,
            means=self.means,
            translation=self.translation,
            accepted=self.accepted,
        )


def _listed(chosen: tuple[str, ...], allowed: tuple[str, ...]) -> str:
    if len(chosen) != 1 or chosen[0] not in allowed:
        raise ValueError(f"not an answer here: {chosen}")
    return chosen[0]
