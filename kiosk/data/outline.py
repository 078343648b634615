"""A flow as its author reads it: every question with its choices, what each means and where it leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kiosk.core.directory import Directory
from kiosk.core.flow import Choice, Flow, Question, longest

Words = tuple[Mapping[str, str], Mapping[str, str]]
"""Japanese and English by key."""
END = "終わり end"
OFFERED = "(わからない I don't know, 言いたくない I'd rather not say)"


def outline(flow: Flow, directory: Directory, words: Words) -> Iterator[str]:
    """Lines in Japanese with English beside it, in the order the kiosk asks. A text that is
    missing is shown as its key."""
    order = sorted(flow.questions, key=lambda name: (-longest(flow, name), [*flow.questions].index(name)))
    number = {question: place for place, question in enumerate(order, start=1)}
    shown = {group for service in directory if service.shown for group in service.groups}
    for name in order:
        question = flow.questions[name]
        key = f"flow.{flow.id}.{name}"
        many = " [いくつでも any number]" if question.kind == "many" else ""
        yield f"{number[name]}. {name}: {_both(key, words)}{many}"
        for choice in question.choices:
            yield f"     - {choice.id}: {_both(f'{key}.{choice.id}', words)}{_marks(choice)}"
            yield from (f"         {line}" for line in _leads(question, choice, number, shown, words))
        yield f"     - {OFFERED} → {_next(question.next, number)}"


def in_words(file: Path) -> Mapping[str, str]:
    """The texts of a catalogue, as far as it can be read."""
    from kiosk.data.catalogue import read_po

    try:
        return read_po(file.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return {}


def _both(key: str, words: Words) -> str:
    japanese, english = (texts.get(key) for texts in words)
    return f"{japanese or key} / {english or key}" if japanese or english else f"{key} (no words yet)"


def _marks(choice: Choice) -> str:
    marks = []
    if choice.within is not None:
        marks.append(f"期限 within {choice.within} days")
    if choice.urgent:
        marks.append("今日 urgent")
    if choice.care:
        marks.append(f"配慮 care: {choice.care}")
    if choice.sensitive:
        marks.append("印刷しない sensitive")
    if choice.destinations and not choice.counter:
        marks.append("窓口なしでよい no counter needed")
    return "".join(f" [{mark}]" for mark in marks)


def _leads(
    question: Question,
    choice: Choice,
    number: Mapping[str, int],
    shown: set[str],
    words: Words,
) -> Iterator[str]:
    yield f"→ {_next(question.next if choice.next is None else choice.next, number)}"
    if choice.destinations:
        groups = [name if name in shown else f"{name} (紹介先なし no row)" for name in choice.destinations]
        yield f"紹介先 destinations: {', '.join(groups)}"
    for item in choice.bring:
        yield f"持ち物 bring: {_both(f'bring.{item}', words)}"


def _next(target: str, number: Mapping[str, int]) -> str:
    return f"{number[target]}. {target}" if target else END
