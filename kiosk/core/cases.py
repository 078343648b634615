"""Looking through many tickets: which are to be followed up, which past cases a counselor may learn from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.core.codes import folded
from kiosk.core.consultation import Consultation
from kiosk.core.ticket import Content, Ticket

MOST = 200
"""Cases a search lists; who finds more asks more closely."""


@dataclass(frozen=True)
class FollowUp:
    """Somebody should ask again."""

    ticket_id: str
    number: str
    day: date
    language: str
    due: date
    by: str
    """Whose record says so."""
    sensitive: bool = False


def to_follow(tickets: Iterable[Ticket]) -> list[FollowUp]:
    """Those that nobody did yet, whenever they are due. What does not open says nothing."""
    return [
        FollowUp(
            case.id, case.number, case.day, case.language, record.follow_up, record.by, case.content.sensitive
        )
        for case in tickets
        for record in case.content.records
        if record.follow_up is not None and not record.followed
    ]


def due(found: Iterable[FollowUp], today: date) -> list[FollowUp]:
    """Those for today and before, the oldest first."""
    now = [one for one in found if one.due <= today]
    return sorted(now, key=lambda one: (one.due, one.day, one.number, one.by))


@dataclass(frozen=True)
class Query:
    """What past cases are looked for by; an empty field asks nothing."""

    words: str = ""
    topic: str = ""
    """A statistics code."""
    language: str = ""

    @property
    def empty(self) -> bool:
        return not (self.words.strip() or self.topic or self.language)


@dataclass(frozen=True)
class Found:
    """One past case in a list. Of a sensitive one nothing more is said than that it is."""

    ticket_id: str
    number: str
    day: date
    language: str
    sensitive: bool
    topics: tuple[str, ...] = ()
    result: str = ""


Told = Callable[[Content], str]
"""What was answered, in the words staff read."""


def matches(case: Ticket, query: Query, told: Told) -> Found | None:
    """The case as a list shows it where it is one of those looked for. What does not open is none of them."""
    content = case.content
    if content.closed or (query.language and case.language != query.language):
        return None
    topics = topics_of(content)
    if query.topic and query.topic not in topics:
        return None
    wanted = [folded(word) for word in query.words.split()]
    if wanted:
        there = folded(text_of(content, told))
        if not all(word in there for word in wanted):
            return None
    if content.sensitive:
        return Found(case.id, case.number, case.day, case.language, True)
    result = next((one.result for one in reversed(content.records) if one.result), "")
    return Found(case.id, case.number, case.day, case.language, False, topics, result)


def topics_of(content: Content) -> tuple[str, ...]:
    """Statistics codes: those of the records, where there are records with topics, else the kiosk's."""
    written = [code for record in content.records for code in record.topics]
    return tuple(dict.fromkeys(written or content.statistics))


def text_of(content: Content, told: Told) -> str:
    """Everything of a case that words are looked for in."""
    parts = [told(content), *content.notes]
    narrative = content.narrative
    if narrative is not None:
        parts.append(narrative.original)
        if narrative.translation is not None:
            parts.append(narrative.translation.japanese)
    for record in content.records:
        parts += _written(record)
    return "\n".join(parts)


def _written(record: Consultation) -> list[str]:
    handed = (f"{one.name} {one.note}" for one in record.handovers)
    return [record.done, record.example, *record.agencies, *handed]
