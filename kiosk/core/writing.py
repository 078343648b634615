"""Writing a consultation record: what it begins with, what is kept of typed words, two hands at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta

from kiosk.core.changes import note
from kiosk.core.consultation import Consultation
from kiosk.core.flow import SPECIAL
from kiosk.core.ticket import State, Ticket

LONGEST = 20_000
"""Characters of what was done that are kept."""
_KEPT_SIGNS = "\n\t"


def author(staff: str, counter: str) -> str:
    """Whose record it is."""
    return staff or counter


def of(ticket: Ticket, by: str) -> Consultation | None:
    """This author's record of the ticket."""
    return next((one for one in ticket.content.records if one.by == by), None)


def begun(ticket: Ticket, by: str, means: str) -> Consultation:
    """What a record starts with: what the ticket says already. Its minutes follow the clock."""
    content = ticket.content
    caller = "" if content.caller in SPECIAL else content.caller
    return Consultation(by, topics=content.statistics, means=means, caller=caller)


def served(ticket: Ticket, now: datetime, *, counter: str, staff: str) -> int:
    """Whole minutes this author spent with the ticket until `now`, rounded half up; 1 at least once begun."""
    spent, begun_at = timedelta(), False
    for place, period in enumerate(ticket.effective):
        mine = period.staff == staff if staff else period.counter == counter
        if period.state is State.SERVING and mine:
            after = (
                ticket.effective[place + 1].at if place + 1 < len(ticket.effective) else max(now, period.at)
            )
            spent, begun_at = spent + max(timedelta(), after - period.at), True
    return max(int(begun_at), int(spent.total_seconds() + 30) // 60)


def kept_text(typed: str) -> tuple[str, bool]:
    """What is kept of typed words, and whether some were cut off at LONGEST.

    Control characters other than line ends and tabs are left out, halves of characters become U+FFFD; a
    formula is a text like any other.
    """
    # A cut may not be paid for by looking at megabytes of pasted text.
    whole = typed[: 4 * LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    whole = "".join(sign for sign in whole if sign in _KEPT_SIGNS or not _control(sign))
    whole = whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
    return whole[:LONGEST].rstrip(), len(whole) > LONGEST


def noted(ticket: Ticket, typed: str) -> Ticket:
    """The ticket with one more note; a long one becomes several, and nothing of it is cut off."""
    for start in range(0, len(typed), LONGEST):
        ticket = note(ticket, kept_text(typed[start : start + LONGEST])[0])
    return ticket


def _control(sign: str) -> bool:
    return sign < " " or "\x7f" <= sign <= "\x9f"


def rebased(base: Consultation, mine: Consultation, theirs: Consultation | None) -> Consultation:
    """`mine`, with what somebody else wrote into the same record since `base`: a field that was not altered
    here is as they left it. None where nothing is kept yet, or it cannot be read."""
    if theirs is None:
        return mine
    kept = {
        one.name: getattr(theirs, one.name)
        for one in fields(Consultation)
        if one.name not in ("by", "saved", "stamp") and getattr(mine, one.name) == getattr(base, one.name)
    }
    return replace(mine, **kept)


Amend = Callable[[Consultation], Consultation]
"""A change of one record, such as one more stretch with an interpreter."""
