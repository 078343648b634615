"""Case examples for training: what people come for and what was done, of groups of cases; and the texts that
counselors wrote anonymously of single ones.

A group is all cases of a year with the same national topics, language and way of coming. It is told where
there are at least `least` of them, and of their answers and of what was done only what as many share. Cases
with a sensitive answer, or that ask for care, are in no group and have no text. The resident's own words,
notes, numbers and dates are never told. Of a text nothing is told besides its topics: neither when nor in
which language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kiosk.core.anonymous import may_be_example
from kiosk.core.counts import UNKNOWN
from kiosk.core.statistics import Row
from kiosk.core.ticket import Ticket
from kiosk.reports.figures import Frame
from kiosk.reports.labels import Labels
from kiosk.reports.model import Report, Table

Kind = tuple[tuple[str, ...], str, str]
"""National topics, language, way of coming."""
Text = tuple[tuple[str, ...], str]
"""National topics, and what a counselor wrote."""
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


def texts_of(case: Ticket, row: Row, national: Mapping[str, str]) -> list[Text]:
    """What counselors wrote of a case for training; nothing of one that may not be told, or no longer."""
    if not may_be_example(case):
        return []
    topics = tuple(sorted({national.get(code, code) for code in row.topics}))
    return [(topics, one.example) for one in case.content.records if one.example]


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
    texts: Iterable[Text] = (),
) -> Report:
    """The groups in words, and the texts."""
    return Report(
        kind="examples",
        when=year,
        language=labels.words.tag,
        title=labels.text("report.title.examples", year=year),
        office=frame.office,
        stamp=frame.stamp,
        tables=(_groups(groups, least, labels), _texts(texts, labels)),
        notes=(
            *frame.notes,
            labels.text("report.note.examples", n=least),
            labels.text("report.note.written"),
        ),
    )


def _groups(groups: Mapping[Kind, Group], least: int, labels: Labels) -> Table:
    """The groups that may be told, a line each."""
    lines = tuple(
        (
            place,
            "、".join(labels.code("topic", code) for code in kind[0]),
            labels.code("language", kind[1]),
            labels.code("contact", kind[2] or UNKNOWN),
            group.count - group.count % least,
            "\n".join(said for answer, _ in group.answers.most_common() if (said := _answer(answer, labels))),
            "\n".join(_done(group, labels)),
        )
        for place, (kind, group) in enumerate(told(groups, least), start=1)
    )
    heads = ("n", "topics", "language", "contact", "cases", "answers", "done")
    return Table("examples", labels.text("report.table.examples"), _columns(heads, labels), lines)


def _texts(texts: Iterable[Text], labels: Labels) -> Table:
    """What counselors wrote, in an order that does not tell when the cases came."""
    lines = tuple(
        (place, "、".join(labels.code("topic", code) for code in topics), text)
        for place, (topics, text) in enumerate(sorted(set(texts)), start=1)
    )
    columns = _columns(("n", "topics", "text"), labels)
    return Table("written", labels.text("report.table.written"), columns, lines)


def _columns(heads: Iterable[str], labels: Labels) -> tuple[str, ...]:
    return tuple(labels.text(f"report.example.{head}") for head in heads)


def _shared(group: Group, least: int) -> Group:
    def enough(counted: Counter[str]) -> Counter[str]:
        return Counter({key: n for key, n in counted.items() if _may(n, group.count, least)})

    answers = Counter({key: n for key, n in group.answers.items() if _may(n, group.count, least)})
    helped = group.interpreter if _may(group.interpreter, group.count, least) else 0
    return Group(group.count, answers, enough(group.results), enough(group.referrals), helped)


def _may(count: int, whole: int, least: int) -> bool:
    return count >= least and not 0 < whole - count < least


def _answer(answer: Answer, labels: Labels) -> str:
    """Question and choice in words; empty where a flow of another version asked it, whose words are gone."""
    flow, question, choice = answer
    key = f"flow.{flow}.{question}"
    named = f"{key}.{choice}" if labels.words.has(f"{key}.{choice}") else f"answer.{choice}"
    if not labels.words.has(f"{key}.label") or not labels.words.has(named):
        return ""
    return f"{labels.text(f'{key}.label')}: {labels.text(named)}"


def _done(group: Group, labels: Labels) -> list[str]:
    done = [labels.code("result", code) for code, _ in group.results.most_common()]
    done += [labels.code("referral", code) for code, _ in group.referrals.most_common()]
    return [*done, labels.code("interpreter", "yes")] if group.interpreter else done
