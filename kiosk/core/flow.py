"""Questions, choices and branching: which question comes next, given the answers so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal

UNKNOWN = "unknown"
"""The answer "I don't know", offered by every question without being listed."""
UNSAID = "unsaid"
"""The answer "I'd rather not say", offered by every question without being listed."""
SPECIAL = frozenset({UNKNOWN, UNSAID})
URGENT_DAYS = 14
"""A deadline this near is urgent: most duties of residents towards city hall and immigration run 14 days."""


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
    """Must not be printed, shown or spoken."""
    urgent: bool = False
    """A need of today that is no deadline: an injury, nowhere to sleep."""
    counter: bool = True
    """False where the destination alone is enough and no counselor is needed."""
    within: int | None = None
    """Days until something is lost; 0 where it is today or over. None where the answer tells no deadline."""
    care: str = ""
    """The danger this answer means, one of `kiosk.core.care.CARES`; it makes the ticket sensitive."""

    @property
    def presses(self) -> bool:
        """Whether the counselor should know that this cannot wait."""
        return self.urgent or bool(self.care) or (self.within is not None and self.within <= URGENT_DAYS)


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

    def following(self, chosen: tuple[str, ...]) -> tuple[str, ...]:
        """The questions the chosen lead to, one of each; none where the flow ends."""
        nexts = [self.choice(choice_id).next for choice_id in chosen]
        targets = [self.next if target is None else target for target in nexts]
        return tuple(dict.fromkeys(target for target in targets if target))


@dataclass(frozen=True)
class Flow:
    id: str
    start: str
    questions: Mapping[str, Question]

    def __post_init__(self) -> None:
        object.__setattr__(self, "questions", MappingProxyType(dict(self.questions)))

    @cached_property
    def lengths(self) -> Mapping[str, int]:
        """The longest way from each question to the end, counting it. Needs a flow without loops."""
        lengths: dict[str, int] = {"": 0}

        def length(question_id: str) -> int:
            if question_id not in lengths:
                question = self.questions[question_id]
                targets = {question.next, *(c.next for c in question.choices if c.next is not None)}
                lengths[question_id] = 1 + max(length(target) for target in targets)
            return lengths[question_id]

        for question_id in self.questions:
            length(question_id)
        return lengths

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
    mode: str = ""
    """When it is offered: always, or only in `disaster` mode, which then offers nothing else."""


Answers = Mapping[str, tuple[str, ...]]
"""Question id → ids of the choices taken."""


def path(flow: Flow, answers: Answers) -> tuple[str, ...]:
    """The questions met with these answers, in order; the last may be still unanswered.

    Where an answer holds several problems, the branch of each is gone; what they share is asked once, when
    nothing that may lead to it is left. Answers to questions off the path are kept by the visit and simply
    not met here, so that going back and returning loses nothing.
    """
    met: list[str] = []
    open_ones = [flow.start]
    while open_ones:
        question_id = max(open_ones, key=lambda one: longest(flow, one))
        open_ones.remove(question_id)
        met.append(question_id)
        chosen = answers.get(question_id)
        if not chosen:
            break
        for target in flow.questions[question_id].following(chosen):
            if target not in open_ones:
                open_ones.append(target)
    return tuple(met)


def next_question(flow: Flow, answers: Answers) -> Question | None:
    """The first unanswered question on the path, or None when the flow is complete."""
    met = path(flow, answers)
    if met and not answers.get(met[-1]):
        return flow.questions[met[-1]]
    return None


def longest(flow: Flow, question_id: str) -> int:
    """How many questions may still come at most, counting this one, for somebody with one problem."""
    return flow.lengths[question_id]


def walks(flow: Flow) -> Iterator[dict[str, tuple[str, ...]]]:
    """Every way through the flow, one choice a question (the two special answers count as one way)."""

    def onward(taken: dict[str, tuple[str, ...]]) -> Iterator[dict[str, tuple[str, ...]]]:
        question = next_question(flow, taken)
        if question is None:
            yield dict(taken)
            return
        for choice_id in [choice.id for choice in question.choices] + [UNKNOWN]:
            taken[question.id] = (choice_id,)
            yield from onward(taken)
            del taken[question.id]

    yield from onward({})
