"""Reads `flows/topics.toml` and the flows, and says everything that is wrong with them at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.core.flow import SPECIAL, Choice, Flow, Question, Topic
from kiosk.data.languages import Fault

TOPICS = "topics.toml"
MOST_CHOICES = 6
_TOPIC = {"id", "icon", "flow", "statistics"}
_FLOW = {"id", "start", "question"}
_QUESTION = {"id", "kind", "next", "choice"}
_CHOICE = {"id", "icon", "next", "destinations", "bring", "statistics", "sensitive", "urgent", "counter"}


@dataclass(frozen=True)
class Flows:
    """Topics in the kiosk's order, flows by id, and every fault. What is faulty is left out."""

    topics: Mapping[str, Topic]
    flows: Mapping[str, Flow]
    faults: tuple[Fault, ...]


def read_flows(folder: Path = paths.FLOWS) -> Flows:
    """Everything in `folder`; a topic whose flow cannot be used is left out with it."""
    faults: list[Fault] = []
    flows: dict[str, Flow] = {}
    for file in sorted(folder.glob("*.toml")):
        if file.name != TOPICS and (flow := _flow(file, faults)) is not None:
            flows[flow.id] = flow
    topics: dict[str, Topic] = {}
    for row in _rows(read_toml(folder / TOPICS, faults), "topic", folder / TOPICS, faults):
        _unknown(row, _TOPIC, folder / TOPICS, f"topic {row.get('id')}", faults)
        try:
            topic = Topic(*(_text(row, key) for key in ("id", "icon", "flow", "statistics")))
        except ValueError as wrong:
            faults.append(Fault(folder / TOPICS, f"topic {row.get('id')}", str(wrong)))
            continue
        if topic.flow not in flows:
            faults.append(
                Fault(folder / TOPICS, f"topic {topic.id}", f"there is no sound flow {topic.flow!r}")
            )
        elif topic.id in topics:
            faults.append(Fault(folder / TOPICS, f"topic {topic.id}", "this id is used twice"))
        else:
            topics[topic.id] = topic
    return Flows(topics, flows, tuple(faults))


def read_toml(file: Path, faults: list[Fault]) -> dict[str, Any]:
    """The file's table; an unreadable one is a fault and empty."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        faults.append(Fault(file, "TOML", f"cannot be read: {wrong}"))
        return {}


def _flow(file: Path, faults: list[Fault]) -> Flow | None:
    data = read_toml(file, faults)
    before = len(faults)
    _unknown(data, _FLOW, file, "flow", faults)
    questions: dict[str, Question] = {}
    for row in _rows(data, "question", file, faults):
        try:
            question = _question(row, file, faults)
        except ValueError as wrong:
            faults.append(Fault(file, f"question {row.get('id')}", str(wrong)))
            continue
        if question.id in questions:
            faults.append(Fault(file, f"question {question.id}", "this id is used twice"))
        questions[question.id] = question
    try:
        flow = Flow(_text(data, "id"), _text(data, "start"), questions)
    except ValueError as wrong:
        faults.append(Fault(file, "flow", str(wrong)))
        return None
    _check(flow, file, faults)
    return flow if len(faults) == before else None


def _question(row: Mapping[str, Any], file: Path, faults: list[Fault]) -> Question:
    _unknown(row, _QUESTION, file, f"question {row.get('id')}", faults)
    kind = row.get("kind", "one")
    if kind not in ("one", "many"):
        raise ValueError('kind: write "one" or "many"')
    choices = tuple(_choice(choice, file, faults) for choice in row.get("choice", ()))
    if not 1 <= len(choices) <= MOST_CHOICES:
        raise ValueError(f"write one to {MOST_CHOICES} choices")
    ids = [choice.id for choice in choices]
    if len(set(ids)) < len(ids) or SPECIAL & set(ids):
        raise ValueError("two choices have the same id, or one is called unknown or unsaid")
    return Question(_text(row, "id"), choices, kind, _text(row, "next", ""))


def _choice(row: Mapping[str, Any], file: Path, faults: list[Fault]) -> Choice:
    where = f"choice {row.get('id')}"
    _unknown(row, _CHOICE, file, where, faults)
    flags = {name: row.get(name, name == "counter") for name in ("sensitive", "urgent", "counter")}
    if not all(isinstance(flag, bool) for flag in flags.values()):
        raise ValueError(f"{where}: sensitive, urgent and counter are true or false")
    return Choice(
        id=_text(row, "id"),
        icon=_text(row, "icon", ""),
        next=_text(row, "next", "") if "next" in row else None,
        destinations=_words(row, "destinations"),
        bring=_words(row, "bring"),
        statistics=_text(row, "statistics", ""),
        **flags,
    )


def _check(flow: Flow, file: Path, faults: list[Fault]) -> None:
    """Unknown targets, loops, and questions that nothing leads to."""
    met: set[str] = set()

    def follow(question_id: str, behind: tuple[str, ...]) -> None:
        if not question_id:
            return
        if question_id in behind:
            loop = " → ".join((*behind, question_id))
            faults.append(Fault(file, f"question {question_id}", f"the flow runs in a loop: {loop}"))
            return
        question = flow.questions.get(question_id)
        if question is None:
            source = f"question {behind[-1]}" if behind else "start"
            faults.append(Fault(file, source, f"next: there is no question {question_id!r}"))
            return
        met.add(question_id)
        for target in {question.next} | {c.next for c in question.choices if c.next is not None}:
            follow(target, (*behind, question_id))

    follow(flow.start, ())
    for lost in sorted(set(flow.questions) - met):
        faults.append(Fault(file, f"question {lost}", "no answer leads here"))


def _rows(data: Mapping[str, Any], key: str, file: Path, faults: list[Fault]) -> list[Mapping[str, Any]]:
    rows = data.get(key, [])
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        return rows
    faults.append(Fault(file, key, f"write each as [[{key}]]"))
    return []


def _unknown(row: Mapping[str, Any], known: set[str], file: Path, where: str, faults: list[Fault]) -> None:
    faults += [Fault(file, where, f"no such field: {key}") for key in row if key not in known]


def _text(row: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = row.get(key, default)
    if not isinstance(value, str) or (default is None and not value):
        raise ValueError(f"{key}: write a text in quotes")
    return value


def _words(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{key}: write a list of names in quotes")
    return tuple(value)
