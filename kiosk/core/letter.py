"""A hand-over out of the house as it is drafted: what may stand on the paper, and what must not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.core.consultation import Handover
from kiosk.core.flow import SPECIAL
from kiosk.core.ticket import Content

DONE = ("explained", "called", "filled_in", "interpreted", "booked")
"""Curated sentences of what the counter did: `letter.done.<id>`."""
ASKS = ("consult", "procedure", "interpreter", "call_back", "result")
"""Curated sentences of what the agency is asked for: `letter.ask.<id>`."""
PAPERS = ("letter", "forwarded")
"""Kinds of consultation.KINDS that have a paper."""
CENTRES = "administrative"
"""Group of the directory for matters of national administration (行政相談)."""
LONGEST = 1500
"""Characters of a field that a paper takes."""
LONGEST_WORDS = 4000
"""Characters of a narrative that a paper takes."""
NARRATIVE, DEADLINE, TOPIC, CALLER, BRING = "narrative", "deadline", "topic", "caller", "bring"


@dataclass(frozen=True)
class Draft:
    """What a counselor has chosen so far. Words are theirs, in Japanese."""

    id: str
    """Of the hand-over it becomes: eight hex digits."""
    kind: str = "letter"
    """Of consultation.KINDS."""
    service: str = ""
    """Id of the directory; empty for an agency that is not in it."""
    name: str = ""
    """The agency in Japanese."""
    lines: tuple[str, ...] = ()
    """Of `offered`: what goes in of what was told."""
    done: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    words: str = ""
    """More to say; on a forwarding sheet what the resident wants."""
    authority: str = ""
    """On a forwarding sheet: the ministry or office it is about."""
    appointment: datetime | None = None
    room: str = ""
    consent: datetime | None = None
    careful: bool = False
    """Whether the counselor answered the question that is asked first where a case needs care."""

    @property
    def complete(self) -> bool:
        """Whether there is somebody to hand it to."""
        return bool(self.name.strip())

    def handover(self, at: datetime) -> Handover:
        """What the record keeps of it."""
        return Handover(self.id, at, self.service, self.name, self.kind, self.consent, self.appointment)


def offered(content: Content) -> tuple[str, ...]:
    """Ids of the lines that what was told offers, in the order of the paper: `topic`, `caller`,
    `answer:<case>:<question>`, `deadline`, `narrative`, `bring`."""
    if content.closed:
        return ()
    found = [TOPIC] if any(case.topic and case.topic not in SPECIAL for case in content.cases) else []
    found += [CALLER] if content.caller and content.caller not in SPECIAL else []
    for place, case in enumerate(content.cases):
        found += [f"answer:{place}:{question}" for question, chosen in case.answers if not _unsaid(chosen)]
    found += [DEADLINE] if content.within is not None else []
    found += [NARRATIVE] if content.narrative is not None else []
    found += [BRING] if content.bring else []
    return tuple(found)


def usual(content: Content) -> tuple[str, ...]:
    """Those that are ticked to begin with: never the narrative, and nothing of a case that needs care."""
    if content.sensitive:
        return ()
    return tuple(line for line in offered(content) if line not in (NARRATIVE, CALLER))


def personal(draft: Draft, content: Content) -> bool:
    """Whether anything of the person may be on the paper: they agreed, and where the case needs care the
    counselor was asked once more."""
    return draft.consent is not None and not content.closed and (draft.careful or not content.sensitive)


def allowed(draft: Draft, content: Content) -> Draft:
    """The draft as it may go on paper. Without consent only which agency it is and how to get there."""
    if personal(draft, content):
        known = set(offered(content))
        return replace(draft, lines=tuple(line for line in draft.lines if line in known))
    return Draft(draft.id, draft.kind, draft.service, draft.name)


def _unsaid(chosen: tuple[str, ...]) -> bool:
    return not chosen or all(choice in SPECIAL for choice in chosen)
