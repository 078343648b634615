"""Sentences through one model or two, each tried in other ways where the first loses what must be kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from kiosk.core.heard import NEGATION
from kiosk.translation import checks, facts, names, protect
from kiosk.translation.drafts import Draft, Ends, Kind
from kiosk.translation.glossary import Glossary
from kiosk.translation.loaded import CAREFUL, Answer
from kiosk.translation.numbers import Compared
from kiosk.translation.packages import Pair, Route
from kiosk.translation.polarity import turned
from kiosk.translation.shelf import Shelf

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

KEPT = 500
"""Sentences remembered until the visit ends, and as many steps of one model."""


@dataclass(frozen=True)
class Outcome:
    """A sentence's translation, or why there is none, and what may be wrong in it."""

    text: str
    fault: checks.Reason | None = None
    unsure: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[bool, int]:
        """Smaller is better."""
        return (self.fault is not None, len(self.unsure))


class Ways:
    """Translates sentences and remembers them, so that a corrected narrative costs only what changed."""

    def __init__(self, shelf: Shelf, glossary: Glossary) -> None:
        self._shelf, self._glossary = shelf, glossary
        self._outcomes: OrderedDict[tuple[Route, Ends, int, str], Outcome] = OrderedDict()
        self._steps: OrderedDict[tuple[Pair, int, str], Answer] = OrderedDict()
        # Which kind kept a term on a route: nothing of a person's, so it outlives the visit.
        self._kept_by: dict[tuple[Route, str], Kind] = {}

    def forget(self) -> None:
        """Let go of everything people said."""
        self._outcomes.clear()
        self._steps.clear()

    def outcomes(self, sentences: Sequence[str], route: Route, ends: Ends, beam: int) -> list[Outcome]:
        """One outcome for each sentence, in order; `beam` is how widely the models search.

        Raises Trouble `trouble.model_damaged`.
        """
        found: dict[str, Outcome] = {}
        fresh: list[str] = []
        for sentence in dict.fromkeys(sentences):
            known = self._outcomes.get((route, ends, beam, sentence))
            if known is not None:
                self._outcomes.move_to_end((route, ends, beam, sentence))
                found[sentence] = known
            elif _wordless(sentence):
                found[sentence] = Outcome(sentence)
            else:
                fresh.append(sentence)
        found |= self._fresh(fresh, route, ends, beam)
        return [found[sentence] for sentence in sentences]

    def _fresh(self, sentences: list[str], route: Route, ends: Ends, beam: int) -> dict[str, Outcome]:
        drafts = [Draft(sentence, "plain", ends, self._glossary) for sentence in sentences]
        drafts = [self._as_learned(draft, route) for draft in drafts]
        first = self._tried(drafts, route, beam)
        found: dict[str, Outcome] = {}
        for draft, outcome in zip(drafts, first, strict=True):
            best = outcome if outcome.rank == (False, 0) else self._again(draft, outcome, route, beam)
            best = self._with_names(draft, best)
            found[draft.sentence] = best
            _keep(self._outcomes, (route, ends, beam, draft.sentence), best)
        return found

    def _as_learned(self, draft: Draft, route: Route) -> Draft:
        kinds = [self._kept_by.get((route, term.japanese)) for term in draft.terms]
        learned = next((kind for kind in kinds if kind is not None), None)
        return draft if learned is None else Draft(draft.sentence, learned, draft.ends, self._glossary)

    def _again(self, first: Draft, outcome: Outcome, route: Route, beam: int) -> Outcome:
        """The best of the other kinds; the first that loses nothing ends the search."""
        best = outcome
        if outcome.fault is not None and not any(pair.sample for pair in route):
            (careful,) = self._tried([first], route, CAREFUL)
            best = min(best, careful, key=lambda each: each.rank)
            if best.rank == (False, 0):
                return best
        for kind in _others(first, outcome, route):
            draft = Draft(first.sentence, kind, first.ends, self._glossary)
            (made,) = self._tried([draft], route, beam)
            if made.rank < best.rank:
                best = made
                if made.rank == (False, 0):
                    self._kept_by |= {(route, term.japanese): kind for term in draft.terms}
                    break
        return best

    def _tried(self, drafts: list[Draft], route: Route, beam: int) -> list[Outcome]:
        """Every draft through the route, all together model by model."""
        answers = self._step(route[0], [draft.text for draft in drafts], beam)
        for pair in route[1:]:
            given: list[str] = []
            for place, draft in enumerate(drafts):
                between = None if answers[place].fault else draft.at_pivot(answers[place].text)
                if between is None and not answers[place].fault:
                    answers[place] = Answer("", "unlikely")
                given.append(between or "")
            second = iter(self._step(pair, [text for text in given if text], beam))
            answers = [next(second) if text else answer for text, answer in zip(given, answers, strict=True)]
        codes = route[0].from_code, route[-1].to_code
        return [judged(draft, answer, *codes) for draft, answer in zip(drafts, answers, strict=True)]

    def _step(self, pair: Pair, texts: list[str], beam: int) -> list[Answer]:
        asked = list(dict.fromkeys(text for text in texts if (pair, beam, text) not in self._steps))
        fresh: dict[str, Answer] = {}
        if asked:
            fresh = dict(zip(asked, self._shelf.get(pair).translate(asked, beam), strict=True))
        answers = [fresh[text] if text in fresh else self._steps[pair, beam, text] for text in texts]
        for text, answer in zip(texts, answers, strict=True):
            _keep(self._steps, (pair, beam, text), answer)
        return answers

    def _with_names(self, draft: Draft, outcome: Outcome) -> Outcome:
        if outcome.fault is not None:
            return outcome
        people = names.in_own_letters(draft.sentence, draft.ends.source)
        doubtful = tuple(name for name in people if name not in outcome.text)
        return Outcome(outcome.text, None, (*outcome.unsure, *doubtful))


def _wordless(sentence: str) -> bool:
    """Whether there is nothing to translate: a telephone number on a line of its own, a mail address."""
    rest, at = "", 0
    for start, end in protect.exact(sentence):
        rest, at = rest + sentence[at:start], max(at, end)
    return not any(map(str.isalpha, rest + sentence[at:]))


def _others(first: Draft, outcome: Outcome, route: Route) -> list[Kind]:
    kinds: list[Kind] = []
    if first.exact and outcome.fault is not None:
        kinds.append("bare")
    if first.terms:
        # Words that a small package does not know at all are often the terms themselves.
        kinds += ["pivot", "through", "words"] if len(route) > 1 else ["through"]
    kinds.append("plain")
    return [kind for kind in kinds if kind != first.kind]


def judged(draft: Draft, answer: Answer, source_code: str, target_code: str) -> Outcome:
    """What may be made of a model's answer to a draft: refused, or finished with what may be wrong in it."""
    if answer.fault:
        return Outcome("", answer.fault)
    before, after = draft.checkable(answer.text)
    compared = Compared(before, after, source_code, target_code)
    fault = checks.fault(before, after, source_code, target_code, compared)
    finished = draft.finished(answer.text)
    if fault is None and facts.changed(draft.sentence, finished, source_code, target_code):
        fault = "numbers"
    if fault is None and draft.lost(finished):
        fault = "names"
    if fault is not None:
        return Outcome("", fault)
    unsure = [term.japanese for term in draft.missing(finished)]
    unsure += [*draft.names_lost(finished), *compared.doubtful]
    if turned(draft.sentence, finished, source_code, target_code):
        unsure.append(NEGATION)
    return Outcome(finished, None, tuple(unsure))


def _keep(store: OrderedDict[_Key, _Value], key: _Key, value: _Value) -> None:
    store[key] = value
    store.move_to_end(key)
    if len(store) > KEPT:
        store.popitem(last=False)
