"""Goes every way through a flow to its end: does each combination of answers reach a destination?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, combinations

from kiosk.core.directory import Directory
from kiosk.core.flow import SPECIAL, Answers, Choice, Flow, Question, next_question, path
from kiosk.core.referral import Outcome, outcome
from kiosk.core.visit import MAX_PROBLEMS

MOST_TOGETHER = 12
"""Questions of one flow for somebody who tells several of its problems."""
_HOUR = datetime(2026, 11, 22, 3, 0)
"""A Sunday night: which services there are does not depend on the hour."""
Option = tuple[tuple[str, ...], int]
"""What may be answered to a question, and how many answers are like it."""
Way = tuple[dict[str, tuple[str, ...]], int]
"""Answers to the end, and how many ways they stand for."""


@dataclass
class Ways:
    """What was found on the ways of one flow. Answers that lead to the same question and to the same
    destinations are gone once and counted all."""

    alone: int = 0
    """Ways of one problem, the two answers every question offers counted like any other."""
    together: int = 0
    """Ways of two or three problems told at the first question."""
    longest: int = 0
    """Questions met at most with one problem."""
    most: int = 0
    """Questions met at most with several."""
    groups: set[str] = field(default_factory=set)
    """Groups of the directory that ways lead to."""
    agency_only: int = 0
    """Of the ways of one problem, those that need no counter."""
    lost: list[Answers] = field(default_factory=list)
    """Answers that reach neither a counter nor an agency."""


class Walker:
    def __init__(self, directory: Directory, prefecture: str) -> None:
        self._directory, self._prefecture = directory, prefecture
        self._outcomes: dict[object, Outcome] = {}

    def walk(self, flow: Flow) -> Ways:
        """The reader has refused loops and unknown questions."""
        found = Ways()
        for answers, count in _every(flow, {}, fine=True):
            reached = self._reached(flow, answers)
            found.alone += count
            found.longest = max(found.longest, len(path(flow, answers)))
            found.groups |= {group for choice in taken(flow, answers) for group in choice.destinations}
            found.agency_only += count if reached is not None and not reached.counter else 0
            found.lost += [answers] if reached is None else []
        found.most = found.longest
        for several in _several(flow.questions[flow.start]):
            for answers, count in _every(flow, {flow.start: several}, fine=False):
                found.together += count
                found.most = max(found.most, len(path(flow, answers)))
                found.lost += [answers] if self._reached(flow, answers) is None else []
        return found

    def _reached(self, flow: Flow, answers: Answers) -> Outcome | None:
        """Where the answers lead; None for nowhere. Looked up once for answers that point alike."""
        pointing = tuple(_pointing(choice) for choice in taken(flow, answers) if _points(choice))
        if pointing not in self._outcomes:
            self._outcomes[pointing] = self._outcome(flow, answers)
        reached = self._outcomes[pointing]
        return reached if reached.counter or reached.services else None

    def _outcome(self, flow: Flow, answers: Answers) -> Outcome:
        return outcome(
            [(flow, answers)],
            self._directory,
            language="ja",
            prefecture=self._prefecture,
            now=_HOUR,
            is_holiday=lambda _: False,
        )


def taken(flow: Flow, answers: Answers) -> list[Choice]:
    """The choices met, in order."""
    return [
        flow.questions[question].choice(choice)
        for question in path(flow, answers)
        for choice in answers.get(question, ())
    ]


def _every(flow: Flow, begun: Answers, *, fine: bool) -> Iterator[Way]:
    """Every way on from these answers. `fine`: tell apart also what points elsewhere, not only what is asked
    next."""
    options: dict[str, list[Option]] = {}

    def onward(answers: dict[str, tuple[str, ...]], count: int) -> Iterator[Way]:
        question = next_question(flow, answers)
        if question is None:
            yield dict(answers), count
            return
        if question.id not in options:
            options[question.id] = list(_options(question, fine))
        for chosen, alike in options[question.id]:
            answers[question.id] = chosen
            yield from onward(answers, count * alike)
            del answers[question.id]

    yield from onward(dict(begun), 1)


def _options(question: Question, fine: bool) -> Iterator[Option]:
    """One answer of each kind: single choices or, where several may be chosen, every set of them."""
    listed = [choice.id for choice in question.choices]
    most = len(listed) if question.kind == "many" else 1
    sets = chain.from_iterable(combinations(listed, size) for size in range(1, most + 1))
    kinds: dict[object, list[tuple[str, ...]]] = {}
    for chosen in chain(sets, ((one,) for one in sorted(SPECIAL))):
        points = [question.choice(one) for one in chosen if _points(question.choice(one))] if fine else []
        kind = question.following(chosen), tuple(_pointing(choice) for choice in points)
        kinds.setdefault(kind, []).append(chosen)
    return ((alike[0], len(alike)) for alike in kinds.values())


def _several(question: Question) -> Iterator[tuple[str, ...]]:
    """Two or three problems, as a visit gathers them."""
    listed = [choice.id for choice in question.choices]
    if question.kind == "one":
        for size in range(2, MAX_PROBLEMS + 1):
            yield from combinations(listed, size)


def _points(choice: Choice) -> bool:
    return bool(choice.destinations or choice.care)


def _pointing(choice: Choice) -> object:
    return choice.destinations, choice.care, choice.counter
