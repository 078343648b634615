"""The consultation record (相談対応票): what a counselor keeps of a case beside what the kiosk was told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

MEANS = ("visit", "telephone", "mail", "sns", "online", "outreach")
"""How somebody came, as the national report counts it: 来所, 電話, メール, SNS, オンライン, 出張."""
RESULTS = ("informed", "solved", "referred", "continuing", "interrupted")
"""What became of it: told what they asked, solved here, sent on, goes on, broken off."""
KINDS = ("letter", "telephone", "together", "forwarded")
"""How a case was handed on: a letter, a call, a counselor went along, a 行政相談 forwarding sheet."""
OUTCOMES = ("accepted", "solved", "sent_on", "refused", "not_reached", "unknown")
"""What the other office made of it; empty while nobody has asked."""


@dataclass(frozen=True)
class Interpreted:
    """A stretch with an interpreter."""

    line: str
    """Id of an interpreter line of the roster, or words."""
    language: str
    seconds: int
    case: str = ""
    """The line's own case number."""
    since: datetime | None = None
    """When they came on the line, for as long as they are on it; None once that has ended."""


@dataclass(frozen=True)
class Handover:
    """One hand-over out of the house."""

    id: str
    """Eight hex digits, the author's own."""
    at: datetime
    service: str
    """Id of a service of the directory; empty where it is not in it."""
    name: str
    """The agency as it was written, in Japanese."""
    kind: str
    """Of KINDS."""
    consent: datetime | None = None
    """When the resident agreed that what is told may be handed on; None where nothing personal is."""
    appointment: datetime | None = None
    outcome: str = ""
    """Of OUTCOMES; empty while it is open."""
    outcome_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Consultation:
    """One author's record of one ticket. Of several by the same author the one with the highest stamp holds;
    those of several authors stand beside each other."""

    by: str
    """Whose it is: the staff id, else the counter."""
    topics: tuple[str, ...] = ()
    """Statistics codes, several where several matters were spoken of."""
    means: str = ""
    """Of MEANS."""
    minutes: int | None = None
    done: str = ""
    """What was done, in words."""
    agencies: tuple[str, ...] = ()
    """Agencies contacted: ids of services, or words."""
    result: str = ""
    """Of RESULTS."""
    follow_up: date | None = None
    """The day somebody should ask again."""
    followed: bool = False
    """Whether that was done."""
    caller: str = ""
    nationality: str = ""
    """ISO 3166 code of two letters, `other`, or empty: never asked for."""
    status: str = ""
    """Code of a status of residence, or empty: never asked for."""
    interpreted: tuple[Interpreted, ...] = ()
    handovers: tuple[Handover, ...] = ()
    example: str = ""
    """The case told anonymously for training (kiosk.core.anonymous); empty where it is no example."""
    saved: datetime | None = None
    stamp: str = field(default="", compare=False)
    """Its place among what all devices wrote (kiosk.core.clock), given by the store."""

    @property
    def empty(self) -> bool:
        """Whether nothing was written in it yet."""
        return self == Consultation(self.by, saved=self.saved)


def newest(records: tuple[Consultation, ...]) -> tuple[Consultation, ...]:
    """One record an author: the one with the highest stamp, one without a stamp being newer than all kept;
    by author."""
    best: dict[str, Consultation] = {}
    for one in records:
        before = best.get(one.by)
        if before is None or _rank(one) > _rank(before):
            best[one.by] = one
    return tuple(best[by] for by in sorted(best))


def _rank(one: Consultation) -> tuple[bool, str, str]:
    # Two with one stamp come of a device's id copied with its disk: then any order will do, if it is one.
    return not one.stamp, one.stamp, repr(one)
