"""What a slip is: its words in the resident's language and in Japanese, and what they are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from kiosk.core.directory import Service
from kiosk.core.roster import Specialist
from kiosk.core.written import Detail

Kind = Literal["counter", "referral", "neutral", "guide"]


class Words(Protocol):
    """A catalogue, as far as slips need one."""

    tag: str

    def text(self, key: str, /, **details: Detail) -> str: ...

    def has(self, key: str) -> bool: ...


@dataclass(frozen=True)
class Line:
    """One thing in both languages; `icon` is a Lucide name. `japanese` is empty where it would repeat."""

    text: str
    japanese: str = ""
    icon: str = ""
    strong: bool = True


@dataclass(frozen=True)
class Place:
    """One agency, or one card of a guide."""

    name: str
    name_ja: str
    what: str
    what_ja: str
    telephone: str
    lines: tuple[Line, ...]
    url: str
    checked: str
    """Of when the facts are; empty where a line says it."""


@dataclass(frozen=True)
class Slip:
    """A whole slip, ready to be drawn. Telephone numbers, times and the number stay in ASCII digits."""

    kind: Kind
    language: str
    office_ja: str
    office: str
    stamp: str
    number_word: str = ""
    number: str = ""
    """Empty on a guide: it belongs to nobody's case."""
    lines: tuple[Line, ...] = ()
    title: Line | None = None
    """Over the places: where one can ask, or the guide's topic."""
    for_agency: tuple[str, ...] = ()
    """Sentences in Japanese for the agency's staff."""
    show: str = ""
    """Tells the resident to show them."""
    places: tuple[Place, ...] = ()
    bring_title: Line | None = None
    bring: tuple[Line, ...] = ()
    """What to bring, to tick off, once for all places."""
    qr: str = ""
    qr_words: Line | None = None
    foot: Line | None = None


@dataclass(frozen=True)
class SlipOffice:
    """What a slip needs of the office settings."""

    name_ja: str
    city_hall_ja: str
    city_hall_en: str


@dataclass(frozen=True)
class Appointment:
    """A place taken with a specialist; `at` is the office's time. None: gone from the roster since."""

    at: datetime
    specialist: Specialist | None


@dataclass(frozen=True)
class SlipCase:
    """What a slip needs of the case. A sensitive one gives away nothing but the number and its times."""

    ticket_id: str
    """Empty where the ticket could not be kept: the slip then claims nothing that is kept."""
    number: str
    at: datetime
    minutes: int
    """About how long the wait is; 0 where that is not known or over."""
    topics: tuple[str, ...]
    services: tuple[Service, ...]
    bring: tuple[str, ...]
    sensitive: bool
    referred: bool
    stale: frozenset[str] = frozenset()
    """Ids of the services that were confirmed longer ago than the office allows."""
    nearest: Mapping[str, Service] = field(default_factory=dict)
    """By a service's id: one that is open now while it is closed."""
    appointment: Appointment | None = None
