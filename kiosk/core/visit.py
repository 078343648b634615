"""One resident at the kiosk: language, answers and the way back. Thrown away whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.core.flow import SPECIAL, Answers, Flow, Topic
from kiosk.core.heard import Translation
from kiosk.core.steps import START, Page, Step
from kiosk.core.way import after_question, following

CALLERS = ("self", "family", "employer", "supporter")
UNLISTED = "und"
"""Language of a ticket whose resident found theirs nowhere (BCP 47: undetermined)."""
MAX_NARRATIVE = 2000
"""Characters; about four minutes of speech."""
MAX_PROBLEMS = 3
"""Problems told at the kiosk; more are better told to a person."""


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
    at: Step = START
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
        return self.go(following(self))

    def begin_with(self, topic: str) -> Step:
        """From the life orientation to the questions of its topic; whom it is about was not asked."""
        self._take(_listed((topic,), tuple(self.topics)))
        return self.go(after_question(self))

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
        return self.go(following(self))

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


def _listed(chosen: tuple[str, ...], allowed: tuple[str, ...]) -> str:
    if len(chosen) != 1 or chosen[0] not in allowed:
        raise ValueError(f"not an answer here: {chosen}")
    return chosen[0]
