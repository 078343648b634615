"""Somebody comes back with a slip: reading it, and the earlier case beside the present one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from kiosk.core import ticket as tickets
from kiosk.core.ticket import State, Ticket
from kiosk.errors import Trouble
from kiosk.ui.counter.changing import change
from kiosk.ui.counter.desk import Paper
from kiosk.ui.counter.over import Over
from kiosk.ui.counter.today import minutes
from kiosk.ui.counter.view import Ask, Beside

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LINE = re.compile(r"([A-Z])\s?(\d{1,4})(?:\s+(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2}))?(?:\s+(\S+))?")


def read_paper(line: str, today: date) -> Paper | None:
    """What a hand scanner types (`A012 2026-11-21 <id>`), or a person: `a12 11/21`, the year left out for
    the last such day, the day left out for today. None for anything else."""
    text = unicodedata.normalize("NFKC", line)
    text = re.sub(r"(\d)年|(\d)月", lambda found: f"{found[1] or found[2]}-", text).replace("日", " ")
    found = _LINE.fullmatch(" ".join(text.upper().split()))
    if found is None:
        return None
    ticket_id = (found[6] or "").lower()
    if ticket_id and not _UUID.fullmatch(ticket_id):
        return None
    day = _day(found[3], found[4], found[5], today)
    return None if day is None else Paper(f"{found[1]}{int(found[2]):03d}", day, ticket_id)


def _day(year: str | None, month: str | None, day: str | None, today: date) -> date | None:
    if month is None or day is None:
        return today
    with suppress(ValueError):
        if year is not None:
            return date(int(year), int(month), int(day))
        this = date(today.year, int(month), int(day))
        return this if this <= today else this.replace(year=today.year - 1)
    return None


@dataclass
class PaperAsk:
    """The field a slip's line is typed into, by a hand scanner or by hand."""

    console: Console
    note: str = ""

    def page(self) -> Ask:
        say = self.console.say
        return Ask(
            "paper",
            say("paper.title"),
            say("console.cancel"),
            say("paper.text"),
            self.note,
            entry=say("paper.entry"),
        )

    def press(self, kind: str, detail: str) -> None:  # noqa: ARG002
        if kind == "read":
            line = self.console.entry.text()
            # A second slip must not be written behind the first one's line.
            self.console.entry.clear()
            self.read(line)

    def read(self, line: str) -> None:
        console = self.console
        if not line.strip():
            return
        paper = read_paper(line, console.desk.now().date())
        if paper is None:
            self.note = console.say("paper.unreadable")
            return
        self.note = console.say("paper.looking")
        console.desk.find(paper, lambda found: self._found(paper, found))

    def _found(self, paper: Paper, found: Ticket | Trouble | None) -> None:
        console = self.console
        if console.over is not self:
            return
        if isinstance(found, Trouble):
            self.note = console.told(found)
        elif found is None:
            day = f"{paper.day.year}-{paper.day.month}-{paper.day.day}"
            self.note = console.say("paper.unknown", number=paper.number, date=day)
        elif console.current is not None and found.id == console.current.id:
            self.note = console.say("paper.same")
        else:
            console.open(Earlier(console, found))
        console.show()


@dataclass
class Earlier:
    """An earlier ticket, only to read; a press ties it to the present one."""

    console: Console
    ticket: Ticket
    at: int = 0
    """The card's page that is open."""
    note: str = ""

    def page(self) -> Beside:
        console, say, case = self.console, self.console.say, self.ticket
        now = console.desk.now()
        waited = minutes(tickets.time_in(case, State.WAITING, now))
        present = console.current
        tied = present is not None and present.content.earlier == case.id
        note = self.note or (say("earlier.tied") if tied else "")
        return Beside(
            console.cards.make(
                case, waited, now.date(), console.desk.why_closed(case) if case.content.closed else ""
            ),
            f"{case.day.year}-{case.day.month}-{case.day.day}",
            self.at,
            say("earlier.further" if case.content.earlier else "earlier.other"),
            link="" if present is None or tied else say("earlier.link"),
            note=note,
        )

    def press(self, kind: str, detail: str) -> None:  # noqa: ARG002
        if kind == "page_earlier":
            self.at += 1
        elif kind == "earlier":
            open_earlier(self.console, self.ticket.content.earlier)
        elif kind == "link" and self.console.current is not None:
            change(self.console, self._tied, "")

    def _tied(self, case: Ticket, _at: datetime, **_who: str) -> Ticket:
        return replace(case, content=replace(case.content, earlier=self.ticket.id))


def open_earlier(console: Console, ticket_id: str) -> None:
    """The case a ticket is tied to; the question for a slip where it is tied to none."""
    if not ticket_id:
        console.open(PaperAsk(console))
        console.entry.clear()
        return

    asked = console.current

    def found(case: Ticket | Trouble | None) -> None:
        if console.current is not asked:
            return
        if isinstance(case, Ticket):
            console.open(Earlier(console, case))
        else:
            # Its days were kept no longer, or the file is damaged: another slip may still be read.
            gone = console.told(case) if isinstance(case, Trouble) else console.say("earlier.gone")
            console.open(PaperAsk(console, gone))
        console.show()

    console.desk.get(ticket_id, found)


class Lister(Over, Protocol):
    """A page that lists tickets."""

    console: Console
    note: str


def fetch(page: Lister, ticket_id: str, then: Callable[[Ticket | None], None]) -> None:
    """A ticket of the list, where the page still lies there when it comes. One that is gone, or does not
    open, is told in the page's note."""
    console = page.console

    def got(case: Ticket | Trouble | None) -> None:
        if console.over is not page:
            return
        if not isinstance(case, Ticket):
            page.note = console.told(case) if case is not None else console.say("earlier.gone")
        then(case if isinstance(case, Ticket) else None)
        console.show()

    console.desk.get(ticket_id, got)
