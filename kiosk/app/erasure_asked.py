"""`madoguchi erase`: asks before it erases, and says what went."""

from __future__ import annotations

import logging
from datetime import date

from kiosk.app.erasure import REQUEST, erase_before, erase_ticket, finish
from kiosk.app.erasure_rows import is_own, is_to_come
from kiosk.app.erasure_steps import local
from kiosk.app.office import Office
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble

log = logging.getLogger(__name__)


def ask_days(office: Office, before: date, yes: bool, as_json: bool) -> None:
    """Erase all days before a day, after asking. Raises Trouble, also where appointments are to come.

    A day that cannot be read is asked about too: nobody can see any more who has an appointment on it. With
    nobody to ask, its trouble is raised.
    """
    finish(office)
    days = [day for day in local(office).own_days() if day < before]
    if before > office.today():
        raise Trouble("trouble.erase_today", log=f"{before} is to come")
    found: list[Ticket] = []
    unread = 0
    for day in (day for day in office.store.days() if day < before):
        try:
            found += (case for case in office.store.tickets(day) if is_own(office, case))
        except Trouble as trouble:
            if yes or trouble.key != "trouble.store_failed":
                raise
            log.error("%s cannot be read: %s", day, trouble)
            unread += 1
    coming = sum(is_to_come(office, case) for case in found)
    if coming:
        raise Trouble("trouble.erase_appointments", n=coming)
    if not days:
        _say({"days": [], "tickets": 0}, as_json, "erase.nothing", day=before.isoformat())
        return
    if not yes:
        key = "erase.ask_unread" if unread else "erase.ask_days"
        _ask(key, days=len(days), tickets=len(found), day=before.isoformat(), n=unread)
    gone = erase_before(office, before, reason=REQUEST, staff=office.staff)
    done = {"days": [day.isoformat() for day in gone], "tickets": len(found)}
    _say(done, as_json, days=len(gone), tickets=len(found))


def ask_ticket(office: Office, ticket_id: str, yes: bool, as_json: bool) -> None:
    """Erase one ticket, after asking. Raises Trouble."""
    finish(office)
    ticket = office.store.get(ticket_id)
    if not yes:
        _ask("erase.ask_ticket", number=ticket.number, day=ticket.day.isoformat())
    erase_ticket(office, ticket.id, staff=office.staff)
    _say(
        {"ticket": ticket.id, "number": ticket.number, "day": ticket.day.isoformat()},
        as_json,
        tickets=1,
        days=0,
    )


def _ask(key: str, **details: str | int) -> None:
    """Ask at the terminal; ends the program with 1 where the answer is no."""
    import typer

    from kiosk.app.told import in_japanese_and_english

    told = Trouble(key)
    told.details.update(details)
    typer.confirm(in_japanese_and_english(told), abort=True)


def _say(answer: dict[str, object], as_json: bool, key: str = "erase.done", **details: str | int) -> None:
    import json

    import typer

    from kiosk.app.told import both

    typer.echo(json.dumps(answer, indent=2) if as_json else both(key, **details))
