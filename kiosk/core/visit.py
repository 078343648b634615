"""One resident at the kiosk: language, answers and the way back. Thrown away whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.core.flow import SPECIAL, Answers, Flow, Topic, longest, path
from kiosk.core.heard import Translation
from kiosk.core.referral import Outcome
from kiosk.core.ticket import Case, Content, Narrative

CALLERS = ("self", "family", "employer", "supporter")
UNLISTED = "und"
"""Language of a ticket whose resident found theirs nowhere (BCP 47: undetermined)."""
MAX_NARRATIVE = 2000
"""Characters; about four minutes of speech."""
MAX_PROBLEMS = 3
"""Problems told at the kiosk; more are better told to a person."""


class Page(StrEnum):
    LANGUAGE = "language"
    RETURN = "return"
    NOTICE = "notice"
    CALLER = "caller"
    TOPIC = "topic"
    QUESTION = "question"
    CARE = "care"
    SPEAK = "speak"
    TYPE = "type"
    CONFIRM = "confirm"
    REVIEW = "review"
    REFERRAL = "referral"
    BOOK = "book"
    DONE = "done"
    GUIDE = "guide"


@dataclass(frozen=True)
class Step:
    page: Page
    question: str = ""
    topic: str = ""
    """The topic a question belongs to; empty for the one at hand."""


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
    """The topic at hand: a topic's id, or one of the special answers."""
    told: list[str] = field(default_factory=list)
    """All topics taken, in the order they were taken."""
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
    adding: bool = False
    """Came from the review to tell one more problem."""
    found: tuple[str, ...] = ()
    """What in the narrative asks for care."""
    cared: bool = False
    """A person was offered on the calm page already; it is shown once."""
    earlier: str = ""
    """Id of an earlier ticket whose slip was shown. Nothing of it is ever on a page."""

    @property
    def only(self) -> str:
        """The topic where there is but one, as after a disaster: nobody is asked for it."""
        found = next(iter(self.topics.values()), None)
        return found.id if found is not None and found.mode and len(self.topics) == 1 else ""

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

    @property
    def cases(self) -> list[tuple[str, Flow, Answers]]:
        """Topic, flow and answers of each topic taken that has a flow."""
        found: list[tuple[str, Flow, Answers]] = []
        for name in self.told or [self.topic]:
            topic = self.topics.get(name)
            if topic is not None:
                flow = self.flows[topic.flow]
                found.append((name, flow, self.answers.get(flow.id, {})))
        return found

    @property
    def problems(self) -> int:
        """How many were told: each topic is one, and each further answer to its first question."""
        return sum(max(1, len(answers.get(flow.start, ()))) for _, flow, answers in self.cases)

    def go(self, step: Step) -> Step:
        """Move on to `step`, remembering the way back."""
        if step != self.at:
            self.behind.append(self.at)
            self._stand(step)
        return step

    def back(self) -> Step:
        """One step back; answers stay. At the first step nothing happens."""
        if self.behind:
            self._stand(self.behind.pop())
        if self.at.page is Page.REVIEW:
            self.editing = self.adding = False
            self.topic = self.told[-1] if self.told else self.topic
        return self.at

    def _stand(self, step: Step) -> None:
        self.at = step
        if step.topic:
            self.topic = step.topic

    @property
    def many(self) -> bool:
        """Whether the question at hand takes several choices: it does so, or several problems were told."""
        flow = self.flow
        if self.at.page is not Page.QUESTION or flow is None:
            return False
        question = flow.questions[self.at.question]
        return question.kind == "many" or (
            not self.adding and len(self.flow_answers.get(question.id, ())) > 1
        )

    @property
    def may_add(self) -> bool:
        """Whether one more problem may be told here."""
        return bool(self.cases) and not self.only and self.problems < MAX_PROBLEMS

    def begin(self, caller: str = "") -> Step:
        """From the notice on, with whom it is about where that was said there."""
        self.caller = _listed((caller,), CALLERS) if caller else ""
        if self.only:
            self._take(self.only)
        return self.go(self.following())

    def begin_with(self, topic: str) -> Step:
        """From the life orientation to the questions of its topic; whom it is about was not asked."""
        self._take(_listed((topic,), tuple(self.topics)))
        return self.go(self._after_question())

    def edit(self, step: Step) -> Step:
        """From the review to one answer."""
        self.editing = True
        return self.go(step)

    def add(self) -> Step:
        """From the review to one more problem."""
        self.adding = True
        return self.edit(Step(Page.TOPIC))

    def answer(self, chosen: tuple[str, ...]) -> Step:
        """Take the answer to the present caller, topic or question page and move on."""
        page = self.at.page
        if page is Page.CALLER:
            self.caller = _listed(chosen, (*CALLERS, *SPECIAL))
        elif page is Page.TOPIC:
            self._take(_listed(chosen, (*self.topics, *SPECIAL)))
        elif page is Page.QUESTION and self.flow is not None:
            self._answer(self.flow, chosen)
        else:
            raise ValueError(f"{page} takes no answer")
        return self.go(self.following())

    def _take(self, topic: str) -> None:
        """The topic chosen: one more where a problem is added, otherwise instead of the one at hand."""
        if self.adding:
            told = [*self.told, topic] if topic in self.topics else self.told
        elif self.topic in self.told:
            told = [topic if name == self.topic else name for name in self.told]
        else:
            told = [topic]
        some = [name for name in dict.fromkeys(told) if name in self.topics]
        self.told = some or [topic]
        self.topic = topic if topic in self.told else self.told[-1]

    def _answer(self, flow: Flow, chosen: tuple[str, ...]) -> None:
        question = flow.questions[self.at.question]
        for choice_id in chosen:
            question.choice(choice_id)
        had = self.flow_answers.get(question.id, ())
        if self.adding and question.id == flow.start:
            listed = [one for one in (*had, *chosen) if one not in SPECIAL]
            chosen = tuple(dict.fromkeys(listed)) or chosen
            self.adding = False
        self.flow_answers[question.id] = chosen

    def tell(self, text: str, means: str) -> None:
        """Keep the resident's own words; a changed text loses the translation of the old one."""
        text = text.strip()[:MAX_NARRATIVE]
        if text != self.text or self.text_language != self.language:
            self.translation, self.accepted, self.found = None, False, ()
        self.text, self.means, self.text_language = text, means if text else "", self.language

    def following(self) -> Step:
        """The step after the present one, from the answers. The speak, type and confirm pages decide
        themselves between each other; from them this is the review."""
        page = self.at.page
        if page is Page.LANGUAGE:
            return Step(Page.RETURN) if self.earlier else Step(Page.NOTICE)
        if page is Page.RETURN:
            return Step(Page.NOTICE)
        if page is Page.NOTICE and not (self.caller or self.only):
            return Step(Page.CALLER)
        if page in (Page.NOTICE, Page.CALLER):
            if self.editing:
                return Step(Page.REVIEW)
            return self._after_question() if self.only else Step(Page.TOPIC)
        if page in (Page.TOPIC, Page.QUESTION):
            return self._calm() or self._after_question()
        if page is Page.CARE and self.at.question:
            return self._after_question()
        if page in (Page.SPEAK, Page.TYPE, Page.CONFIRM, Page.CARE):
            return self._calm() or Step(Page.REVIEW)
        return Step(Page.DONE)

    def _calm(self) -> Step | None:
        """The page that offers a person, the first time something asks for care."""
        if self.cared or self.at.page is Page.CARE:
            return None
        if self.at.page is Page.QUESTION and self.flow is not None:
            question = self.flow.questions[self.at.question]
            chosen = self.flow_answers.get(question.id, ())
            if any(question.choice(choice_id).care for choice_id in chosen):
                return Step(Page.CARE, question.id, self.topic)
        return Step(Page.CARE) if self.found and self.at.page is not Page.TOPIC else None

    def _after_question(self) -> Step:
        flow, answers = self.flow, self.flow_answers
        met = path(flow, answers) if flow else ()
        unanswered = [question for question in met if question not in answers]
        if self.adding and flow is not None and self.at.page is Page.TOPIC:
            return Step(Page.QUESTION, flow.start, self.topic)
        if self.editing:
            if unanswered:
                return Step(Page.QUESTION, unanswered[0], self.topic)
            return Step(Page.REVIEW)
        here = met.index(self.at.question) + 1 if self.at.question in met else 0
        if here < len(met):
            return Step(Page.QUESTION, met[here], self.topic)
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
            Page.CARE: 2 + place if self.at.question else total - 1,
            Page.SPEAK: total - 1,
            Page.TYPE: total - 1,
            Page.CONFIRM: total - 1,
        }
        return positions.get(self.at.page, total), total

    def content(self, outcome: Outcome) -> Content:
        """What the ticket keeps: only the answers on the path of each topic taken."""
        cases = [_case(topic, flow, answers) for topic, flow, answers in self.cases]
        topics = [self.topics[topic].statistics for topic, _, _ in self.cases]
        return Content(
            caller=self.caller,
            cases=tuple(cases) or ((Case(self.topic),) if self.topic else ()),
            narrative=self._narrative(),
            statistics=outcome.statistics or tuple(dict.fromkeys(topics)),
            services=tuple(service.id for service in outcome.services),
            bring=outcome.bring,
            sensitive=outcome.sensitive,
            urgent=outcome.urgent,
            first=outcome.first,
            care=outcome.care,
            reasons=tuple(reason.key for reason in outcome.reasons),
            within=outcome.within,
            earlier=self.earlier,
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


def _case(topic: str, flow: Flow, answers: Answers) -> Case:
    asked = [question for question in path(flow, answers) if question in answers]
    return Case(topic, flow.id, tuple((question, answers[question]) for question in asked))


def _listed(chosen: tuple[str, ...], allowed: tuple[str, ...]) -> str:
    if len(chosen) != 1 or chosen[0] not in allowed:
        raise ValueError(f"not an answer here: {chosen}")
    return chosen[0]
