"""The handover card: a ticket as a counselor reads it, in plain values."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.ui.counter.told import Told


@dataclass(frozen=True)
class Block:
    """The answers on one topic, label and answer in the order asked. `topic` is empty where it is the only
    one: it stands above."""

    topic: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Words:
    """The resident's own words. `japanese` is empty where no translation was accepted or made."""

    original: str
    language: str
    japanese: str
    back: str
    mark: str
    """Says "machine translated", or why there is none."""
    accepted: str
    means: str
    machine: bool


@dataclass(frozen=True)
class Card:
    """Everything is the catalogue's, in the console's language, but `words`."""

    number: str
    language: str
    facts: str
    """Who, how they came, when, how long they waited."""
    topic: str
    statistics: str
    blocks: tuple[Block, ...]
    words: Words | None
    told: tuple[Told, ...]
    bring: str
    notes: tuple[str, ...]
    alerts: tuple[str, ...] = ()
    """What asks for care, and what cannot wait until when: a sentence each."""
    ask: str = ""
    """What was not known or not said at the kiosk, to be asked again in person."""
    records: tuple[str, ...] = ()
    """Consultation records, each in a sentence or two."""
    closed: str = ""
    """Why what was told is not shown; empty where it is. Then only routing is on the card."""
    unlock: str = ""
    """Words of the button that asks for the passphrase, where that opens it."""


@dataclass(frozen=True)
class Shown:
    """A card with what stands at its upper right, and which of its pages is open."""

    card: Card
    state: str
    since: str
    reason: str = ""
    page: int = 0
    turn: str = "page"
    """What the button for the next page says when it is pressed; empty where another turns the card."""
