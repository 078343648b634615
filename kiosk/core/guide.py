"""Life orientation: per topic a few cards that say what there is to do, where, and until when."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """One matter. Its words are in the catalogue under `Guide.key`, the rest of what a page needs is here."""

    id: str
    icon: str
    """A mask in `assets/icons`, without its ending."""
    url: str
    """The official page the QR code leads to; empty if there is none to trust."""
    source: str
    """The law or guide the words were written from."""
    assured_date: str
    """YYYY, YYYY-MM or YYYY-MM-DD: the year of the source, or the day it was read."""
    within: int | None = None
    """The deadline in days after what happened; None where none is counted in days."""


@dataclass(frozen=True)
class Guide:
    topic: str
    cards: tuple[Card, ...]
    """In the order they are shown."""

    def key(self, card: Card) -> str:
        """The catalogue key of the title; `.what`, `.where` and perhaps `.when` hang on it."""
        return f"guide.{self.topic}.{card.id}"
