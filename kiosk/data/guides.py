"""Reads the life orientation in `flows/guides/`, and says everything that is wrong with it at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.core.guide import Card, Guide
from kiosk.data.languages import Fault
from kiosk.data.rows import Row, read_toml, tables

FOLDER = paths.FLOWS / "guides"
MOST_CARDS = 6
"""What a person standing reads: two or three pages."""
_GUIDE = ("topic", "card")
_CARD = ("id", "icon", "url", "source", "assured_date", "within")


@dataclass(frozen=True)
class Guides:
    """Guides by topic, and every fault. A faulty card is left out, and a guide that cannot be used."""

    by_topic: Mapping[str, Guide]
    faults: tuple[Fault, ...]


def read_guides(topics: Iterable[str], folder: Path = FOLDER) -> Guides:
    """Every file of `folder`, one guide each; `topics` are the ids there are. A topic may have no guide."""
    known, found, faults = frozenset(topics), dict[str, Guide](), list[Fault]()
    for file in sorted(folder.glob("*.toml")):
        told = len(faults)
        data = read_toml(file, faults)
        if len(faults) > told:
            continue
        row = Row(data, file, "guide", faults)
        guide = _guide(row, known)
        if guide.topic in found:
            row.wrong("topic", f"{guide.topic} has a guide in another file too; put the cards into one")
        if row.sound and guide.cards:
            found[guide.topic] = guide
    return Guides(found, tuple(faults))


def needed_keys(guides: Guides) -> frozenset[str]:
    """The catalogue keys that must have words: title, what and where, and when of a card with `within`."""
    return frozenset(
        f"{key}{part}"
        for key, card in _keyed(guides)
        for part in ("", ".what", ".where", *([".when"] if card.within is not None else []))
    )


def optional_keys(guides: Guides) -> frozenset[str]:
    """`.when` of the other cards: it may say a deadline no number of days can ("until 15 March")."""
    return frozenset(f"{key}.when" for key, card in _keyed(guides) if card.within is None)


def _keyed(guides: Guides) -> Iterator[tuple[str, Card]]:
    return ((guide.key(card), card) for guide in guides.by_topic.values() for card in guide.cards)


def _guide(row: Row, topics: frozenset[str]) -> Guide:
    row.known(_GUIDE)
    topic = row.text("topic")
    if topic and topic not in topics:
        row.wrong("topic", f"there is no topic {topic}; write one of: {', '.join(sorted(topics))}")
    listed = tables(row.data, "card", row.file, row.faults)
    if not 1 <= len(listed) <= MOST_CARDS:
        row.wrong("card", f"write one to {MOST_CARDS} cards; there are {len(listed)}")
    cards: dict[str, Card] = {}
    for place, data in enumerate(listed, start=1):
        card = _card(data, row, f"card {data.get('id', place)}", cards)
        if card is not None:
            cards[card.id] = card
    return Guide(topic, tuple(cards.values()))


def _card(data: Mapping[str, Any], guide: Row, where: str, before: Mapping[str, Card]) -> Card | None:
    row = Row(data, guide.file, where, guide.faults)
    row.known(_CARD)
    card = Card(
        id=row.text("id"),
        icon=row.text("icon"),
        url=_url(row),
        source=row.text("source"),
        assured_date=_assured(row),
        within=row.days("within"),
    )
    if card.id in before:
        row.wrong("id", "is used twice; change one")
    if card.id and not re.fullmatch(r"[a-z][a-z0-9_]*", card.id):
        row.wrong("id", "write small letters, digits and _; it becomes part of a catalogue key")
    return card if row.sound else None


def _url(row: Row) -> str:
    value = row.text("url", "")
    if value and not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", value):
        row.wrong("url", "write the whole address, beginning with https://, or leave it empty")
    return value


def _assured(row: Row) -> str:
    told, value = len(row.faults), row.text("assured_date")
    try:
        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value, re.ASCII):
            raise ValueError(value)
        year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
        date(year, month, day)
    except ValueError:
        if told == len(row.faults):
            row.wrong("assured_date", f"{value} is no date; write 2026, 2026-11 or 2026-11-21")
    return value
