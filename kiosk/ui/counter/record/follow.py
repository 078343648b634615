"""Cases somebody should ask about again, today or since before: the list, each with its card and record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.core.cases import FollowUp
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.ui.counter.papers import Earlier, fetch
from kiosk.ui.counter.view import Ask, Beside, Option

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console
    from kiosk.ui.counter.record.records import Records


@dataclass
class FollowUps:
    """The list. A press opens the card of one; what the others tell stays closed."""

    console: Console
    records: Records
    found: Sequence[FollowUp] | None = None
    """None while they are looked for."""
    note: str = ""

    def opened(self) -> None:
        self.records.desk.follow_ups(True, self._found)

    def _found(self, found: Sequence[FollowUp] | Trouble) -> None:
        if self.console.over is not self:
            return
        if isinstance(found, Trouble):
            self.found, self.note = (), self.console.told(found)
        else:
            self.found = found
            self.records.counted(found)
        self.console.show()

    def page(self) -> Ask:
        say = self.console.say
        text = "follow.looking" if self.found is None else "follow.text" if self.found else "follow.none"
        return Ask(
            "follow",
            say("follow.title"),
            say("console.close_page"),
            "" if self.note else say(text),
            self.note,
            options=tuple(self._option(place, one) for place, one in enumerate(self.found or ())),
            page=self.console.turned,
        )

    def _option(self, place: int, one: FollowUp) -> Option:
        console, today = self.console, self.console.desk.now().date()
        late = (today - one.due).days
        when = console.say("follow.late", n=late) if late else console.say("follow.today")
        facts = [when, console.cards.language(one.language), console.say("follow.by", by=one.by)]
        return Option(f"one:{place}", f"{one.number}　{console.date_text(one.day)}", " ・ ".join(facts))

    def press(self, kind: str, detail: str) -> None:
        found = self.found or ()
        if kind == "one" and detail.isdigit() and int(detail) < len(found):
            one = found[int(detail)]
            fetch(self, one.ticket_id, lambda case: self._open(one, case))

    def _open(self, one: FollowUp, case: Ticket | None) -> None:
        if case is not None:
            self.console.open(FollowedUp(self.console, case, records=self.records, one=one))


@dataclass(kw_only=True)
class FollowedUp(Earlier):
    """One of them: its card with its records. F10 says that it was done."""

    records: Records
    one: FollowUp
    done: bool = False

    def page(self) -> Beside:
        say = self.console.say
        shown = super().page()
        link = "" if self.done else say("follow.done")
        note = self.note or (say("follow.is_done") if self.done else "")
        return replace(shown, link=link, note=note, other=say("follow.record"))

    def press(self, kind: str, detail: str) -> None:
        if kind == "page_earlier":
            super().press(kind, detail)
        elif kind == "link" and not self.done:
            self.done = True
            self.records.followed(self.ticket, self.one.by, self._kept)
        elif kind in ("earlier", "record"):
            form = self.records.form(self.ticket)
            if form is not None:
                self.console.open(form)

    def _kept(self, result: Ticket | Trouble) -> None:
        if isinstance(result, Trouble):
            self.done, self.note = False, self.console.told(result)
        else:
            self.note = ""
            if not result.content.closed:
                self.ticket = result
        self.console.show()
