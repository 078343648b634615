"""What a letter is about: the answers and own words ticked, what was done, and what is asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.core.flow import SPECIAL
from kiosk.core.letter import CALLER, DEADLINE, LONGEST, LONGEST_WORDS, NARRATIVE, TOPIC
from kiosk.core.written import Day, list_in
from kiosk.printing.document import Part, Row
from kiosk.printing.letter_columns import Columns, clean, labelled, word

if TYPE_CHECKING:
    from kiosk.core.letter import Draft
    from kiosk.core.ticket import Case, Narrative
    from kiosk.printing.letters import LetterCase
    from kiosk.printing.slip import Words


def matter(both: Columns, draft: Draft, case: LetterCase) -> list[Part]:
    content, rows = case.content, []
    if TOPIC in draft.lines:
        topics = [one.topic for one in content.cases if one.topic and one.topic not in SPECIAL]
        rows.append(
            both.pair(lambda of: list_in(of.tag, (word(of, f"topic.{t}", t) for t in topics)), strong=True)
        )
    if CALLER in draft.lines:
        caller = content.caller
        rows.append(both.pair(lambda of: labelled(of, "letter.caller", word(of, f"caller.{caller}", caller))))
    for place, one in enumerate(content.cases):
        for question, chosen in one.answers:
            if f"answer:{place}:{question}" in draft.lines:
                rows.append(_answer(both, one, question, chosen))
    if DEADLINE in draft.lines and content.within is not None:
        last = case.day + timedelta(days=content.within)
        rows.append(both.row("letter.deadline", strong=True, date=Day.of(last)))
    parts = [Part(both.row("letter.about"), tuple(rows), "clipboard-list")]
    if NARRATIVE in draft.lines and content.narrative is not None:
        parts.append(_narrative(both, content.narrative))
    return parts


def _answer(both: Columns, case: Case, question: str, chosen: tuple[str, ...]) -> Row:
    key = f"flow.{case.flow}.{question}"

    def say(of: Words) -> str:
        said = list_in(of.tag, (word(of, f"{key}.{one}", one) for one in chosen if one not in SPECIAL))
        return labelled(of, f"{key}.label", said, question)

    return both.pair(say)


def _narrative(both: Columns, told: Narrative) -> Part:
    """The person's words at the right in their language, the Japanese at the left with its mark."""
    original = clean(told.original, LONGEST_WORDS)
    title = both.row("letter.words")
    if told.language.split("-")[0] == "ja":
        return Part(title, (Row(original),), "message-square-text")
    translation = told.translation
    if translation is None or not told.accepted:
        note = both.row("letter.untranslated")
        return Part(title, (Row("", original),), "message-square-text", note=note, right=told.language)
    rows = (Row(clean(translation.japanese, LONGEST_WORDS), original),)
    mark = both.row("letter.machine")
    return Part(title, rows, "message-square-text", note=mark, right=told.language)


def wishes(both: Columns, draft: Draft) -> list[Part]:
    """What was done and what is asked for; on a forwarding sheet whom it is about and what is wanted."""
    done = tuple(both.row(f"letter.done.{one}") for one in draft.done)
    asks = [both.row(f"letter.ask.{one}", strong=True) for one in draft.asks]
    parts = [Part(both.row("letter.done"), done, "check")]
    words, authority = clean(draft.words, LONGEST), clean(draft.authority, 200)
    if draft.kind == "forwarded":
        about = (Row(authority),) if authority else ()
        parts.append(Part(both.row("letter.authority"), about, "landmark"))
        parts.append(Part(both.row("letter.wants"), (Row(words),) if words else (), "hand-helping"))
        parts.append(Part(both.row("letter.asks"), (*asks, both.row("letter.contact")), "send"))
    else:
        parts.append(Part(both.row("letter.asks"), tuple(asks), "send"))
        parts.append(Part(both.row("letter.more"), (Row(words),) if words else (), "pencil"))
    return parts
