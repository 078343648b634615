"""Every way is gone: compared with trying each combination of answers one by one, on small flows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, combinations
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.care import CARES
from kiosk.core.directory import Directory, Service
from kiosk.core.flow import SPECIAL, Answers, Choice, Flow, Question, next_question, path
from kiosk.core.referral import outcome
from kiosk.core.visit import MAX_PROBLEMS
from kiosk.data.outline import outline
from kiosk.data.ways import Walker

KINDS: tuple[Literal["one", "many"], ...] = ("one", "one", "many")
GROUPS = ("labour_line", "legal_aid", "elsewhere")


def service(name: str, prefecture: str) -> Service:
    return Service(name, name, (name,), "役所", "相談", "official", "a page", "2026", prefecture=prefecture)


DIRECTORY = Directory(
    [service("labour_line", ""), service("legal_aid", "東京都"), service("elsewhere", "北海道")]
)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Up to four questions that lead only onwards."""
    count = draw(st.integers(1, 4))
    questions = {}
    for place in range(count):
        onward = st.sampled_from(["", *(f"q{later}" for later in range(place + 1, count))])
        choice = st.builds(
            Choice,
            id=st.just(""),
            next=st.none() | onward,
            destinations=st.lists(st.sampled_from(GROUPS), max_size=2, unique=True).map(tuple),
            counter=st.booleans(),
            care=st.sampled_from(["", "", *CARES[:2]]),
        )
        made = draw(st.lists(choice, min_size=1, max_size=3))
        choices = tuple(
            Choice(f"c{n}", next=c.next, destinations=c.destinations, counter=c.counter, care=c.care)
            for n, c in enumerate(made)
        )
        kind = draw(st.sampled_from(KINDS))
        questions[f"q{place}"] = Question(f"q{place}", choices, kind, draw(onward))
    return Flow("f", "q0", questions)


def every(flow: Flow, answers: dict[str, tuple[str, ...]]) -> Iterator[Answers]:
    question = next_question(flow, answers)
    if question is None:
        yield answers
        return
    listed = [choice.id for choice in question.choices]
    most = len(listed) if question.kind == "many" else 1
    sets = chain.from_iterable(combinations(listed, size) for size in range(1, most + 1))
    for chosen in [*sets, *((one,) for one in SPECIAL)]:
        yield from every(flow, {**answers, question.id: chosen})


def reaches(flow: Flow, answers: Answers) -> bool:
    found = outcome(
        [(flow, answers)],
        DIRECTORY,
        language="ja",
        prefecture="東京都",
        now=datetime(2026, 11, 22, 3),
        is_holiday=lambda _: False,
    )
    return found.counter or bool(found.services)


@given(flows())
@settings(max_examples=60, deadline=None)
def test_as_many_ways_as_there_are_and_each_reaches_a_destination(flow: Flow) -> None:
    found = Walker(DIRECTORY, "東京都").walk(flow)
    alone = list(every(flow, {}))
    start = flow.questions[flow.start]
    several = [
        answers
        for size in range(2, MAX_PROBLEMS + 1 if start.kind == "one" else 2)
        for chosen in combinations([choice.id for choice in start.choices], size)
        for answers in every(flow, {flow.start: chosen})
    ]
    assert found.alone == len(alone)
    assert found.together == len(several)
    assert found.longest == max(len(path(flow, answers)) for answers in alone)
    assert found.most == max(len(path(flow, answers)) for answers in [*alone, *several])
    assert (found.lost == []) == all(reaches(flow, answers) for answers in [*alone, *several])
    assert found.lost == []


@given(flows())
@settings(max_examples=30, deadline=None)
def test_an_outline_names_every_question_and_choice_once(flow: Flow) -> None:
    lines = list(outline(flow, DIRECTORY, ({}, {})))
    headings = [line.split(": ")[0] for line in lines if line[0].isdecimal()]
    assert sorted(heading.split(". ")[1] for heading in headings) == sorted(flow.questions)
    choices = [line for line in lines if line.startswith("     - c")]
    assert len(choices) == sum(len(question.choices) for question in flow.questions.values())


def test_an_outline_says_what_each_choice_means() -> None:
    hurt = Choice(
        "hurt",
        next="",
        destinations=("legal_aid", "gone"),
        bring=("card",),
        within=7,
        care="violence",
        counter=False,
    )
    question = Question("matter", (hurt, Choice("other", urgent=True, sensitive=True)), "many", "since")
    flow = Flow("f", "matter", {"since": Question("since", (Choice("today"),)), "matter": question})
    japanese = {"flow.f.matter": "何ですか", "flow.f.matter.hurt": "けが", "bring.card": "カード"}
    english = {"flow.f.matter": "What is it?", "flow.f.matter.hurt": "Hurt"}
    assert list(outline(flow, DIRECTORY, (japanese, english))) == [
        "1. matter: 何ですか / What is it? [いくつでも any number]",
        "     - hurt: けが / Hurt [期限 within 7 days] [配慮 care: violence]"
        " [窓口なしでよい no counter needed]",
        "         → 終わり end",
        "         紹介先 destinations: legal_aid, gone (紹介先なし no row)",
        "         持ち物 bring: カード / bring.card",
        "     - other: flow.f.matter.other (no words yet) [今日 urgent] [印刷しない sensitive]",
        "         → 2. since",
        "     - (わからない I don't know, 言いたくない I'd rather not say) → 2. since",
        "2. since: flow.f.since (no words yet)",
        "     - today: flow.f.since.today (no words yet)",
        "         → 終わり end",
        "     - (わからない I don't know, 言いたくない I'd rather not say) → 終わり end",
    ]
