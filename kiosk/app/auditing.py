"""What goes into the audit trail, and `madoguchi audit`."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from kiosk.core.ticket import State, Ticket
from kiosk.errors import Trouble
from kiosk.store.audit_line import Entry

if TYPE_CHECKING:
    from kiosk.app.office import Office
    from kiosk.store.trail import Flaw, Line

log = logging.getLogger(__name__)

_ACTION = {
    State.SERVING: "serve",
    State.ON_HOLD: "hold",
    State.NO_SHOW: "no_show",
    State.WAITING: "transfer",
    State.CLOSED: "close",
    State.REFERRED: "refer",
}
_PAUSE = timedelta(minutes=30)


def tell(
    office: Office, action: str, of: str = "", *, staff: str = "", counter: str = "", **more: str | int
) -> bool:
    """Put a line into the trail now, or later where it cannot be written now: then staff are told. Whether it
    is there now. Never raises."""
    who = staff or office.staff
    return office.audit.note(Entry(action, office.now(), of, who, counter, more))


def opening(office: Office, ticket: Ticket, *, staff: str = "", counter: str = "") -> None:
    """What a ticket tells is about to be shown, but not without its line.

    Raises Trouble("trouble.audit_failed").
    """
    who = staff or office.staff
    try:
        office.audit.write(Entry("open", office.now(), ticket.id, who, counter))
    except Trouble as trouble:
        raise Trouble("trouble.audit_failed", number=ticket.number, log=trouble.log) from trouble


def changed(office: Office, before: Ticket, after: Ticket, *, staff: str = "", counter: str = "") -> None:
    """A line for everything that was done to the ticket. Never raises."""
    known = len(before.periods)
    for place, period in enumerate(after.periods[known:], known):
        if period.undoes:
            at = next((one.counter for one in after.periods if one.stamp == period.undoes), counter)
            office.audit.note(Entry("undo", period.at, after.id, period.staff or staff or office.staff, at))
            continue
        state = replace(after, periods=after.periods[:place]).state
        action = _ACTION.get(period.state, "call" if state is State.WAITING else "recall")
        if action == "close" and state is State.WAITING and after.due is not None:
            action = "cancel"
        elif action == "transfer" and after.due is not None:
            action = "book"
        more = {"lane": after.lane} if action in ("transfer", "book") and after.lane else {}
        who = period.staff or staff or office.staff
        office.audit.note(Entry(action, period.at, after.id, who, period.counter or counter, more))
    if before.due is not None and after.due is None and len(after.periods) == known:
        tell(office, "cancel", after.id, staff=staff, counter=counter)
    if _notes(after) > _notes(before):
        tell(office, "note", after.id, staff=staff, counter=counter)
    if _recorded(before, after):
        tell(office, "record", after.id, staff=staff, counter=counter)
    if after.content.earlier and after.content.earlier != before.content.earlier:
        tell(office, "tie", after.id, staff=staff, counter=counter)


def _recorded(before: Ticket, after: Ticket) -> bool:
    """Whether somebody began to write a record, or went on after a pause: it is saved every few seconds, and
    a line for each would bury the others."""
    known = {one.by: one for one in before.content.records}
    for one in after.content.records:
        former = known.get(one.by)
        if former is None or (
            former != one and (former.saved is None or one.saved is None or one.saved - former.saved > _PAUSE)
        ):
            return True
    return False


def _notes(ticket: Ticket) -> int:
    return len(ticket.content.notes)


def change(
    office: Office,
    ticket_id: str,
    apply: Callable[[Ticket], Ticket],
    *,
    staff: str = "",
    counter: str = "",
) -> Ticket:
    """Change a ticket, and say so in the trail. Raises what the store and `apply` raise."""
    seen: list[Ticket] = []

    def applied(case: Ticket) -> Ticket:
        done = apply(case)
        seen[:] = [case, done]
        return done

    after = office.store.change(ticket_id, applied)
    # Notes are counted as `apply` left them: where the content is closed here the store shows none.
    if seen:
        changed(office, seen[0], seen[1], staff=staff, counter=counter)
    return after


def late(office: Office) -> Trouble | None:
    """What staff are told while lines wait to be written."""
    return Trouble("trouble.audit_late") if office.audit.late else None


# The command line


def check(office: Office, head: str, as_json: bool) -> tuple[int, str]:
    """Exit code and what is said: 0 where the trail is as it was written. Raises Trouble."""
    from kiosk.store import trail

    office.audit.catch_up()
    lines = trail.read_trail(office.audit.files())
    flaws = trail.check(lines, head.replace(" ", "").replace("-", "").lower())
    if as_json:
        told = [vars(flaw) for flaw in flaws]
        newest, digest = office.audit.head()
        found = {"ok": not flaws, "lines": len(lines), "head": {"n": newest, "hash": digest}, "flaws": told}
        return int(bool(flaws)), json.dumps(found, ensure_ascii=False, indent=2)
    sentences = [_sentence(flaw) for flaw in flaws]
    sentences.append(_both("audit.flaws" if flaws else "audit.sound", n=len(flaws) or len(lines)))
    if not head:
        # A chain cannot know that its newest links were taken off.
        sentences.append(_both("audit.limit"))
    return int(bool(flaws)), "\n".join(sentences)


def head(office: Office, as_json: bool) -> str:
    """The newest line's number and hash, to be kept on paper. Raises Trouble."""
    number, digest = office.audit.head()
    if as_json:
        return json.dumps({"n": number, "hash": digest}, indent=2)
    if not number:
        return _both("audit.empty")
    groups = " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
    return f"{number}  {groups}\n" + _both("audit.keep")


def listing(office: Office, month: str, as_json: bool) -> str:
    """The lines of a month, or of all. Raises Trouble."""
    from kiosk.store import trail

    lines = [line for line in trail.read_trail(office.audit.files()) if _in_month(line, month)]
    if as_json:
        return json.dumps([line.record for line in lines], ensure_ascii=False, indent=2)
    return "\n".join(_row(line.record or {}) for line in lines)


def _in_month(line: Line, month: str) -> bool:
    return line.at is not None and (not month or f"{line.at:%Y-%m}" == month)


def _row(record: dict[str, Any]) -> str:
    more = " ".join(f"{name}={value}" for name, value in record["more"].items() if name != "since")
    cells = (f"{record['n']:6}", record["at"][:19].replace("T", " "), f"{record['action']:13}")
    who = f"{record['staff'] or '-':10} {record['counter'] or '-':4}"
    return "  ".join((*cells, who, record["of"], more)).rstrip()


def _sentence(flaw: Flaw) -> str:
    return _both(flaw.key, file=flaw.file, line=flaw.line, first=flaw.first, last=flaw.last)


def _both(key: str, **details: str | int) -> str:
    """In Japanese and English."""
    from kiosk.app.told import in_japanese_and_english

    told = Trouble(key)
    told.details.update(details)
    return in_japanese_and_english(told)
