"""An interpreter by telephone: which line, what to say, and how long it lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.core import changes
from kiosk.core.consultation import Consultation, Interpreted
from kiosk.core.hours import hours_text
from kiosk.core.ticket import Ticket
from kiosk.ui.counter.linesheet import Line, Lines, lines_page
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.told import opening_text

if TYPE_CHECKING:
    from kiosk.core.hours import Opening
    from kiosk.core.roster import InterpreterLine
    from kiosk.ui.counter.console import Console

EVERY = 15.0
"""Seconds after which the time so far is put into the record: more is never lost with the console."""
LATEST = timedelta(minutes=10)
"""How long after a console stopped its interpreter is taken to be still on the line: a call outlives the
console, but not a power cut over lunch."""
SHOWN = 3
"""Lines on the page: the next ones are not reached sooner."""


@dataclass
class Running:
    """An interpreter who is on the line."""

    case: Ticket
    line: str
    name: str
    reference: str
    """The line's own case number."""
    began: datetime
    since: float
    """Of the console's clock."""
    kept: float
    """When the record was last told."""


@dataclass
class Interpreters:
    """The lines for the ticket at hand, and the case number they give."""

    console: Console
    ticket: Ticket

    def page(self) -> Own:
        console, say = self.console, self.console.say
        found = console.desk.lines(self.ticket.language)
        language = console.cards.language(self.ticket.language)
        content = Lines(
            say("lines.title", language=language),
            say("lines.text" if found else "lines.none", number=self.ticket.number),
            tuple(self._line(line, opening, language) for line, opening in found[:SHOWN]),
            say("console.faults.more", n=len(found) - SHOWN) if len(found) > SHOWN else "",
        )
        keys = tuple((str(n + 1), f"connected:{n}") for n in range(len(content.lines)))
        return Own("lines", content, lines_page, keys=(*keys, ("F9", "cancel")), main="connected:0")

    def _line(self, line: InterpreterLine, opening: Opening, language: str) -> Line:
        say = self.console.say
        hours = (opening_text(opening, say), hours_text(line.schedule, say))
        sentence = line.say_ja or say("lines.say", office=self.console.place.office, language=language)
        return Line(
            line.name_ja,
            line.telephone,
            " ・ ".join(part for part in hours if part),
            say("lines.sentence", words=sentence),
            line.note_ja,
        )

    def press(self, kind: str, detail: str) -> None:
        found = self.console.desk.lines(self.ticket.language)[:SHOWN]
        if kind == "connected" and detail.isdigit() and int(detail) < len(found):
            begin(self.console, found, int(detail))


def begin(console: Console, lines: Sequence[tuple[InterpreterLine, Opening]], index: int) -> None:
    """Somebody answered: the time runs from now."""
    line, case, now = lines[index][0], console.current, console.clock()
    if case is None:
        return
    reference = console.fields.text("case").strip()[:60]
    console.close_over()
    console.interpreter = Running(case, line.id, line.name_ja, reference, console.desk.now(), now, now)
    keep(console)


def tick(console: Console) -> None:
    running = console.interpreter
    if running is None:
        _take_up(console)
    elif console.clock() - running.kept >= EVERY:
        keep(console)


def _take_up(console: Console) -> None:
    """The console was closed or killed while somebody was on the line: their time goes on, and it is said."""
    case = console.current
    if case is None or case.content.closed or console.looked_for == case.id:
        return
    console.looked_for = case.id
    own = next((one for one in case.content.records if one.by == console.author), None)
    found = next((one for one in own.interpreted if one.since is not None), None) if own else None
    if found is None or found.since is None:
        return
    lines = {line.id: line.name_ja for line, _ in console.desk.lines(case.language)}
    clock, passed = console.clock(), console.desk.now() - found.since
    known = timedelta(seconds=found.seconds)
    name, began = lines.get(found.line, found.line), clock - passed.total_seconds()
    running = Running(case, found.line, name, found.case, found.since, began, clock)
    if known <= passed <= known + LATEST:
        console.interpreter = running
        console.message = console.say("interpreter.resumed", time=f"{console.local(found.since):%H:%M}")
    else:
        _keep(console, running, found.seconds)
        stopped = console.local(found.since + known)
        console.message = console.say("interpreter.stopped", time=f"{stopped:%H:%M}")


def end(console: Console) -> None:
    """The interpreter is off the line."""
    running, console.interpreter = console.interpreter, None
    if running is not None:
        _keep(console, running, int(console.clock() - running.since))


def seconds(console: Console) -> int:
    running = console.interpreter
    return int(console.clock() - running.since) if running is not None else 0


def keep(console: Console) -> None:
    """Put the time so far into this author's record. While what was told is closed it waits: a record that
    cannot be read cannot be added to."""
    if console.interpreter is not None and console.guard.lock is None:
        _keep(console, console.interpreter)


def _keep(console: Console, running: Running, ended: int | None = None) -> None:
    """Put the time into the record: so far, or the seconds after which it `ended`."""
    length = int(console.clock() - running.since) if ended is None else ended
    since = running.began if ended is None else None
    now = Interpreted(running.line, running.case.language, length, running.reference, since)
    running.kept, author, at = console.clock(), console.author, console.desk.now()

    def amended(known: Consultation) -> Consultation:
        entries = list(known.interpreted)
        places = [place for place, one in enumerate(entries) if one.since == running.began]
        if places:
            entries[places[-1]] = now
        else:
            entries.append(now)
        return replace(known, interpreted=tuple(entries), saved=at)

    def apply(case: Ticket) -> Ticket:
        if case.content.closed:
            return case
        known = next((one for one in case.content.records if one.by == author), Consultation(author))
        return changes.record(case, amended(known))

    console.keep(running.case, apply)
