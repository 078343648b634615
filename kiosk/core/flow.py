"""Questions, choices and branching: which question comes next, given the answers so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

UNKNOWN = "unknown"
"""The answer "I don't know", offered by every question without being listed."""
UNSAID = "unsaid"
"""The answer "I'd rather not say", offered by every question without being listed."""
SPECIAL = frozenset({UNKNOWN, UNSAID})


@dataclass(frozen=True)
class Choice:
    """One button. `next` is None where the question's own `next` applies, "" where the flow ends."""

    id: str
    icon: str = ""
    next: str | None = None
    destinations: tuple[str, ...] = ()
    """Groups of the referral directory this answer points to."""
    bring: tuple[str, ...] = ()
    statistics: str = ""
    sensitive: bool = False
    urgent: bool = False
    counter: bool = True
    """False where the destination alone is enough and no counselor is needed."""


@dataclass(frozen=True)
class Question:
    id: str
    choices: tuple[Choice, ...]
    kind: Literal["one", "many"] = "one"
    next: str = ""
    """The question after this one; "" ends the flow."""

    def choice(self, choice_id: str) -> Choice:
        """The listed choice, or the two that every question offers. Raises KeyError."""
        for choice in self.choices:
            if choice.id == choice_id:
                return choice
        if choice_id in SPECIAL:
            return Choice(choice_id)
        raise KeyError(f"{self.id}.{choice_id}")

    def following(self, chosen: tuple[str, ...]) -> str:
        """The id of the next question; with several choices the first that leads elsewhere decides."""
        for choice_id in chosen:
            target = self.choice(choice_id).next
            if target is not None:
                return target
        return self.next


@dataclass(frozen=True)
class Flow:
    id: str
    start: str
    questions: Mapping[str, Question]

    def __post_init__(self) -> None:
        object.__setattr__(self, "questions", MappingProxyType(dict(self.questions)))

    def __hash__(self) -> int:
        return hash((self.id, self.start, tuple(self.questions.values())))

    def __reduce__(self) -> tuple[type[Flow], tuple[str, str, dict[str, Question]]]:
        return Flow, (self.id, self.start, dict(self.questions))


@dataclass(frozen=True)
class Topic:
    """One life area on the kiosk; `statistics` is the national consultation category."""

    id: str
    icon: str
    flow: str
    statistics: str


Answers = Mapping[str, tuple[str, ...]]
"""Question id → ids of the choices taken."""


def path(flow: Flow, answers: Answers) -> tuple[str, ...]:
    """The questions met with these answers, in order; the last may be still unanswered.

    Answers to questions off the path are kept by the visit and simply not met here, so that going back
    and returning loses nothing.
    """
    met: list[str] = []
    question_id = flow.start
    while question_id and question_id not in met:
        met.append(question_id)
        chosen = answers.get(question_id)
        if not chosen:
            break
        question_id = flow.questions[question_id].following(chosen)
    return tuple(met)


def next_question(flow: Flow, answers: Answers) -> Question | None:
    """The first unanswered question on the path, or None when the flow is complete."""
    met = path(flow, answers)
    if met and not answers.get(met[-1]):
        return flow.questions[met[-1]]
    return None


@cache
def longest(flow: Flow, question_id: str) -> int:
    """How many questions may still come at most, counting this one (for the progress line)."""
    if not question_id:
        return 0
    question = flow.questions[question_id]
    targets = {question.next} | {c.next for c in question.choices if c.next is not None}
    return 1 + max(longest(flow, target) for target in targets)


def walks(flow: Flow) -> Iterator[dict[str, tuple[str, ...]]]:
    """Every way through the flow, one choice a question (the two special answers count as one way)."""

    def onward(question_id: str, taken: dict[str, tuple[str, ...]]) -> Iterator[dict[str, tuple[str, ...]]]:
        if not question_id:
            yield dict(taken)
            return
        question = flow.questions[question_id]
        for choice_id in [choice.id for choice in question.choices] + [UNKNOWN]:
            taken[question_id] = (choice_id,)
            yield from onward(question.following((choice_id,)), taken)
            del taken[question_id]

    yield from onward(flow.start, {})
