"""What may be ticked for a letter, in the words of staff."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.core.flow import SPECIAL
from kiosk.core.letter import BRING, CALLER, DEADLINE, NARRATIVE, TOPIC
from kiosk.core.written import Day
from kiosk.printing.letter_columns import clean

if TYPE_CHECKING:
    from kiosk.core.ticket import Ticket
    from kiosk.data.catalogue import Catalogue

NARRATIVE_SHOWN = 60
"""Characters of the narrative that stand beside its tick, with the sign that more was told."""


def line_text(words: Catalogue, ticket: Ticket, line: str) -> str:
    """What a line of kiosk.core.letter.offered says, in one line. KeyError for one the ticket has not."""
    content = ticket.content
    if line == TOPIC:
        topics = (case.topic for case in content.cases if case.topic and case.topic not in SPECIAL)
        return _list(words, (_word(words, f"topic.{topic}", topic) for topic in topics))
    if line == CALLER:
        return f"{words.text('card.caller')}: {_word(words, f'caller.{content.caller}', content.caller)}"
    if line == DEADLINE:
        return words.text("letter.deadline", date=Day.of(ticket.day + timedelta(days=content.within or 0)))
    if line == NARRATIVE and content.narrative is not None:
        told = content.narrative
        text = told.translation.japanese if told.translation and told.accepted else told.original
        return f"{words.text('card.words')}: {clean(' '.join(text.split()), NARRATIVE_SHOWN)}"
    if line == BRING:
        items = _list(words, (_word(words, f"bring.{item}", item) for item in content.bring))
        return f"{words.text('card.bring')}: {items}"
    _, place, question = line.split(":", 2)
    case = content.cases[int(place)]
    chosen = dict(case.answers)[question]
    key = f"flow.{case.flow}.{question}"
    said = (_word(words, f"{key}.{one}", one) for one in chosen if one not in SPECIAL)
    return f"{_word(words, f'{key}.label', question)}: {_list(words, said)}"


def _word(words: Catalogue, key: str, otherwise: str) -> str:
    return words.text(key) if words.has(key) else otherwise


def _list(words: Catalogue, items: Iterable[str]) -> str:
    return words.text("card.comma").join(items)
