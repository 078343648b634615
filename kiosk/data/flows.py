"""Reads `flows/topics.toml` and the flows, and says everything that is wrong with them at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from kiosk import paths
from kiosk.core.care import CARES
from kiosk.core.flow import SPECIAL, Choice, Flow, Question, Topic
from kiosk.data.languages import Fault
from kiosk.data.rows import Row, read_toml, tables

TOPICS = "topics.toml"
STATISTICS = "statistics.toml"
"""What reports count (kiosk.data.statistics)."""
MOST_CHOICES = 6
"""What one page holds without a scroll bar."""
MOST_QUESTIONS = 7
"""What a person standing answers; besides who, topic and own words."""
_TOPIC = ("id", "icon", "flow", "statistics")
_MODES = ("", "disaster")
_FLOW = ("id", "start", "question")
_QUESTION = ("id", "kind", "next", "choice")
_CHOICE = (
    "id", "icon", "next", "destinations", "bring", "statistics", "sensitive", "urgent", "counter",
    "within", "care",
)  # fmt: skip


@dataclass(frozen=True)
class Flows:
    """Topics in the kiosk's order, flows by id, and every fault. What cannot be used is left out."""

    topics: Mapping[str, Topic]
    flows: Mapping[str, Flow]
    faults: tuple[Fault, ...]


def read_flows(folder: Path = paths.FLOWS) -> Flows:
    """Everything in `folder`; a topic whose flow cannot be used is left out with it."""
    faults: list[Fault] = []
    flows: dict[str, Flow] = {}
    for file in sorted(folder.glob("*.toml")):
        if file.name in (TOPICS, STATISTICS):
            continue
        flow = _flow(file, faults)
        if flow is not None and flow.id in flows:
            faults.append(Fault(file, "id", f"{flow.id} is the id of another file too; change one"))
        elif flow is not None:
            flows[flow.id] = flow
    return Flows(_topics(folder / TOPICS, flows, faults), flows, tuple(faults))


def _topics(file: Path, flows: Mapping[str, Flow], faults: list[Fault]) -> dict[str, Topic]:
    topics: dict[str, Topic] = {}
    for place, data in enumerate(tables(read_toml(file, faults), "topic", file, faults), start=1):
        row = Row(data, file, f"topic {data.get('id', place)}", faults)
        row.known((*_TOPIC, "mode"))
        topic = Topic(**{field: row.text(field) for field in _TOPIC}, mode=row.one_of("mode", _MODES, ""))
        if topic.flow and topic.flow not in flows:
            row.wrong("flow", f"there is no usable flow {topic.flow}; see its own file")
        if topic.id in topics:
            row.wrong("id", "is used twice; change one")
        if topic.id in SPECIAL:
            row.wrong("id", "is an answer the kiosk offers by itself; choose another")
        if row.sound:
            topics[topic.id] = topic
    return topics


def _flow(file: Path, faults: list[Fault]) -> Flow | None:
    data = read_toml(file, faults)
    if not data:
        return None
    row = Row(data, file, "flow", faults)
    row.known(_FLOW)
    questions: dict[str, Question] = {}
    for place, table in enumerate(tables(data, "question", file, faults), start=1):
        question = _question(Row(table, file, f"question {table.get('id', place)}", faults))
        if question is None:
            row.sound = False
        elif question.id in questions:
            row.wrong(f"question {question.id}", "this id is used twice; change one")
        else:
            questions[question.id] = question
    flow = Flow(row.text("id"), row.text("start"), questions)
    if row.sound:
        _check_ways(flow, row)
    return flow if row.sound else None


def _question(row: Row) -> Question | None:
    row.known(_QUESTION)
    kind = row.one_of("kind", ("one", "many"), "one")
    listed = tables(row.data, "choice", row.file, row.faults)
    choices = [_choice(data, row) for data in listed]
    if not 1 <= len(listed) <= MOST_CHOICES:
        row.wrong("choice", f"write one to {MOST_CHOICES} choices; there are {len(listed)}")
    ids = [choice.id for choice in choices]
    for choice_id in sorted({name for name in ids if ids.count(name) > 1}):
        row.wrong(choice_id, "this id is used twice; change one")
    for choice_id in sorted(SPECIAL & set(ids)):
        row.wrong(choice_id, "the kiosk offers this answer by itself; take it out")
    question = Question(
        row.text("id"), tuple(choices), cast(Literal["one", "many"], kind), row.text("next", "")
    )
    return question if row.sound else None


def _choice(data: Mapping[str, Any], question: Row) -> Choice:
    row = Row(data, question.file, f"{question.where}, choice {data.get('id')}", question.faults)
    row.known(_CHOICE)
    choice = Choice(
        id=row.text("id"),
        icon=row.text("icon", ""),
        next=row.text("next", "") if "next" in data else None,
        destinations=row.words("destinations"),
        bring=row.words("bring"),
        statistics=row.text("statistics", ""),
        sensitive=row.flag("sensitive"),
        urgent=row.flag("urgent"),
        counter=row.flag("counter", True),
        within=row.days("within"),
        care=row.one_of("care", ("", *CARES), ""),
    )
    question.sound &= row.sound
    return choice


def _check_ways(flow: Flow, row: Row) -> None:
    """Unknown targets, loops, ways that are too long, and questions that nothing leads to."""
    depth: dict[str, int] = {}

    def follow(question_id: str, behind: tuple[str, ...]) -> int:
        """How many questions come from here on, this one included."""
        if question_id in behind:
            way = " → ".join((*behind[behind.index(question_id) :], question_id))
            row.wrong(f"question {question_id}", f"the flow runs in a loop: {way}; lead one of them on")
            return 0
        if question_id not in flow.questions:
            source = f"question {behind[-1]}.next" if behind else "start"
            row.wrong(source, f"there is no question {question_id}; correct the name")
            return 0
        if question_id not in depth:
            question = flow.questions[question_id]
            targets = [question.next, *(c.next for c in question.choices if c.next is not None)]
            onward = [follow(t, (*behind, question_id)) for t in dict.fromkeys(targets) if t]
            depth[question_id] = 1 + max(onward, default=0)
        return depth[question_id]

    longest = follow(flow.start, ())
    if longest > MOST_QUESTIONS:
        row.wrong("start", f"{longest} questions on the longest way; ask at most {MOST_QUESTIONS}")
    for lost in flow.questions.keys() - depth.keys():
        # Harmless to residents: the flow is served all the same.
        row.faults.append(
            Fault(row.file, f"question {lost}", "no answer leads here; lead to it or take it out")
        )
