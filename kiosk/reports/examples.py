"""Case examples for training: what people come for and what was done, of groups of cases, never of one.

A group is all cases of a year with the same national topics, language and way of coming. It is told where
there are at least `least` of them, and of their answers and of what was done only what as many share. Cases
with a sensitive answer, or that ask for care, are in no group. The resident's own words, notes, numbers and
dates are never told; a counselor may write a text to a group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.core.counts import UNKNOWN
from kiosk.core.statistics import Row
from kiosk.core.ticket import Ticket
from kiosk.reports.labels import Labels
from kiosk.reports.model import Report, Table
from kiosk.reports.monthly import Frame

Kind = tuple[tuple[str, ...], str, str]
"""National topics, language, way of coming."""
Answer = tuple[str, str, str]
"""Flow, question, choice."""


@dataclass
class Group:
    """Cases that are alike."""

    count: int = 0
    answers: Counter[Answer] = field(default_factory=Counter)
    results: Counter[str] = field(default_factory=Counter)
    referrals: Counter[str] = field(default_factory=Counter)
    interpreter: int = 0


def add(groups: dict[Kind, Group], case: Ticket, row: Row, national: Mapping[str, str]) -> None:
    """Take a case in, unless it is one that is never told."""
    content = case.content
    if content.closed or content.sensitive or content.care or content.first or not row.topics:
        return
    topics = tuple(sorted({national.get(code, code) for code in row.topics}))
    group = groups.setdefault((topics, row.language, row.contact), Group())
    group.count += 1
    answers = {
        (one.flow, question, choice)
        for one in content.cases
        for question, chosen in one.answers
        for choice in chosen
    }
    group.answers.update(answers)
    group.results[row.result] += bool(row.result)
    group.referrals.update(row.groups)
    group.interpreter += row.interpreter


def told(groups: Mapping[Kind, Group], least: int) -> list[tuple[Kind, Group]]:
    """The groups that may be told, the largest first, each with only what enough of it share; what all but a
    few share would tell of those few, and is left out too."""
    kept = [(kind, _shared(group, least)) for kind, group in groups.items() if group.count >= least]
    return sorted(kept, key=lambda pair: (-pair[1].count, pair[0]))


def report(
    year: str,
    groups: Mapping[Kind, Group],
    least: int,
    labels: Labels,
    frame: Frame,
    texts: Mapping[int, str] | None = None,
) -> Report:
    """The groups in words. `texts`: what a counselor wrote to a group, by its place from 1."""
    given = texts or {}
    lines = tuple(
        (
            place,
            "、".join(labels.code("topic", code) for code in kind[0]),
            labels.code("language", kind[1]),
            labels.code("contact", kind[2] or UNKNOWN),
            group.count - group.count % least,
            "\n".join(_answer(answer, labels) for answer, _ in group.answers.most_common()),
            "\n".join(_done(group, labels)),
            given.get(place, ""),
        )
        for place, (kind, group) in enumerate(told(groups, least), start=1)
    )
    heads = ("n", "topics", "language", "contact", "cases", "answers", "done", "text")
    names = tuple(labels.text(f"report.example.{head}") for head in heads)
    return Report(
        kind="examples",
        when=year,
        language=labels.words.tag,
        title=labels.text("report.title.examples", year=year),
        office=frame.office,
        stamp=frame.stamp,
        tables=(Table("examples", labels.text("report.table.examples"), names, lines),),
        notes=(*frame.notes, labels.text("report.note.examples", n=least)),
    )


def _shared(group: Group, least: int) -> Group:
    def enough(counted: Counter[str]) -> Counter[str]:
        return Counter({key: n for key, n in counted.items() if _may(n, group.count, least)})

    answers = Counter({key: n for key, n in group.answers.items() if _may(n, group.count, least)})
    helped = group.interpreter if _may(group.interpreter, group.count, least) else 0
    return Group(group.count, answers, enough(group.results), enough(group.referrals), helped)


def _may(count: int, whole: int, least: int) -> bool:
    return count >= least and not 0 < whole - count < least


def _answer(answer: Answer, labels: Labels) -> str:
    flow, question, choice = answer
    key = f"flow.{flow}.{question}"
    named = f"{key}.{choice}" if labels.words.has(f"{key}.{choice}") else f"answer.{choice}"
    if not labels.words.has(f"{key}.label") or not labels.words.has(named):
        return f"{question}: {choice}"
    return f"{labels.text(f'{key}.label')}: {labels.text(named)}"


def _done(group: Group, labels: Labels) -> list[str]:
    done = [labels.code("result", code) for code, _ in group.results.most_common()]
    done += [labels.code("referral", code) for code, _ in group.referrals.most_common()]
    return [*done, labels.code("interpreter", "yes")] if group.interpreter else done
