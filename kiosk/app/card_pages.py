"""The handover card as a page: the same facts as on the console, for a specialist without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core import ticket as tickets
from kiosk.core.hours import DAYS
from kiosk.core.roster import LANE
from kiosk.core.ticket import State
from kiosk.errors import Trouble
from kiosk.printing.document import Document, Part, Row
from kiosk.printing.letter_columns import clean
from kiosk.text.page import unmarked

if TYPE_CHECKING:
    from kiosk.app.office import Office
    from kiosk.core.ticket import Ticket
    from kiosk.data.catalogue import Catalogue
    from kiosk.ui.counter.card import Card, Words
    from kiosk.ui.counter.cardmaker import CardMaker

LABELS = 0.22
"""Share of the labels' column."""
LONGEST = 4000
"""Characters of one thing told that a card takes; the rest is on the console."""


def card_page(office: Office, cards: CardMaker, ticket: Ticket, tongue: str) -> Document:
    """The card in the language staff read. Raises Trouble where the ticket does not open here."""
    if ticket.content.closed:
        raise Trouble("record.closed", number=ticket.number)
    words, now = office.catalogue(tongue), office.now()
    waited = int(tickets.time_in(ticket, State.WAITING, now).total_seconds()) // 60
    card = cards.make(ticket, waited, office.today())
    rows = [Row(words.text("letters.card.language"), unmarked(card.language), strong=True)]
    rows += _appointment(office, words, ticket, tongue)
    rows.append(Row(words.text("card.topic"), unmarked(card.topic), strong=True))
    parts = [
        Part(None, (Row(unmarked(card.facts)),)),
        *(Part(None, (Row(clean(alert, LONGEST)),), "shield-alert", "warm") for alert in card.alerts),
        Part(None, tuple(rows), share=LABELS, right=tongue),
        *_answers(words, card, tongue),
        *(_narrative(words, card.words) if card.words is not None else ()),
        *_rest(words, card),
    ]
    return Document(
        left=tongue,
        right="",
        title=Row(words.text("letters.card.title")),
        stamp=f"{office.settings.office.name_ja}　{now:%Y-%m-%d %H:%M}",
        number=card.number,
        parts=tuple(part for part in parts if part.rows),
        foot=words.text("letters.card.foot"),
    )


def _appointment(office: Office, words: Catalogue, ticket: Ticket, tongue: str) -> list[Row]:
    """When, with whom and where, for whoever comes for that day alone."""
    if ticket.due is None:
        return []
    at = ticket.due.astimezone(office.settings.office.zone)
    who = office.roster.specialist(ticket.lane.removeprefix(LANE))
    parts = [f"{at:%Y-%m-%d}（{words.text(f'day.{DAYS[at.weekday()]}')}）{at:%H:%M}"]
    if who is not None:
        parts += [who.name(tongue, words.text), who.room]
    said = unmarked("　".join(part for part in parts if part))
    return [Row(words.text("letters.card.appointment"), said, strong=True)]


def _answers(words: Catalogue, card: Card, tongue: str) -> list[Part]:
    parts = []
    for block in card.blocks:
        rows = tuple(Row(unmarked(label), unmarked(said), strong=True) for label, said in block.answers)
        title = Row(unmarked(block.topic) or words.text("card.answers"))
        parts.append(Part(title, rows, "clipboard-list", share=LABELS, right=tongue))
    return parts


def _narrative(words: Catalogue, told: Words) -> list[Part]:
    """The original in its language beside the machine's Japanese, which is marked as such."""
    title = Row(f"{words.text('card.words')}　{told.means}")
    original, japanese = clean(told.original, LONGEST), clean(told.japanese, LONGEST)
    marks = "　".join(mark for mark in (told.mark, told.accepted) if mark)
    note = Row(unmarked(marks)) if marks else None
    rows = (Row(japanese, original),)
    if not japanese and told.language.startswith("ja"):
        rows = (Row(original),)
    return [Part(title, rows, "message-square-text", note=note, right=told.language, share=0.499)]


def _rest(words: Catalogue, card: Card) -> list[Part]:
    """Open questions, notes and records, what the kiosk told and printed, what to bring."""
    told = tuple(
        "　".join(part for part in (one.name, one.telephone, one.mark, one.hours) if part)
        for one in card.told
    )
    listed = (
        ("circle-help", "card.ask", (card.ask,)),
        ("file-pen", "card.records", card.records),
        ("pencil", "card.notes", card.notes),
        ("map-pin", "card.told", told),
        ("folder-open", "card.bring", (card.bring,)),
    )
    return [
        Part(Row(words.text(key)), tuple(Row(clean(text, LONGEST)) for text in texts if text), icon)
        for icon, key, texts in listed
    ]
