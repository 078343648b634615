"""Hand-overs that were made, today's or the open ones of all days kept, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.core.consultation import OUTCOMES
from kiosk.core.handed import Made, settled
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.ui.counter.handover.desk import LetterDesk
from kiosk.ui.counter.papers import Earlier, fetch
from kiosk.ui.counter.view import Ask, Option

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console


@dataclass
class Referrals:
    """The list, and over it the question what became of one."""

    console: Console
    desk: LetterDesk
    found: Sequence[Made] | None = None
    """None while they are looked for."""
    today: bool = False
    """Only today's, else all that nobody has asked about yet."""
    one: Made | None = None
    note: str = ""
    busy: bool = False

    def opened(self) -> None:
        self.desk.made(self._found)

    def _found(self, found: Sequence[Made] | Trouble) -> None:
        if self.console.over is not self:
            return
        if isinstance(found, Trouble):
            self.found, self.note = (), self.console.told(found)
        else:
            self.found = found
        self.console.show()

    @property
    def shown(self) -> Sequence[Made]:
        if self.today:
            today, local = self.console.desk.now().date(), self.console.local
            return [one for one in self.found or () if local(one.handover.at).date() == today]
        return [one for one in self.found or () if not one.handover.outcome]

    def page(self) -> Ask:
        return self._settle(self.one) if self.one is not None else self._list()

    def _list(self) -> Ask:
        say, shown = self.console.say, self.shown
        other = "letters.list.to_open" if self.today else "letters.list.to_today"
        turn = Option("turn", say(other), icon="rotate-ccw")
        text = "letters.list.today" if self.today else "letters.list.open"
        if self.found is None:
            text = "letters.list.looking"
        elif not shown:
            text = "letters.list.none"
        return Ask(
            "referrals",
            say("page.referrals"),
            say("console.close_page"),
            say(text, n=len(shown)),
            self.note,
            options=(turn, *(self._option(place, one) for place, one in enumerate(shown))),
            page=self.console.turned,
        )

    def _option(self, place: int, one: Made) -> Option:
        say, made = self.console.say, one.handover
        name = say("letters.list.sensitive") if one.sensitive else made.name or made.service
        head = (one.number, self._day(made.at), say(f"letters.kind.{made.kind}"))
        facts = (name, self._outcome(one), say("follow.by", by=one.by))
        return Option(f"one:{place}", "　".join(head), " ・ ".join(fact for fact in facts if fact))

    def _outcome(self, one: Made) -> str:
        made = one.handover
        if not made.outcome:
            return ""
        said = self.console.say(f"outcome.{made.outcome}")
        if made.outcome_at is None:
            return said
        return f"{said} {self._day(made.outcome_at)}"

    def _day(self, at: datetime) -> str:
        return self.console.date_text(self.console.local(at).date())

    def _settle(self, one: Made) -> Ask:
        say = self.console.say
        options = [Option(f"set:{outcome}", say(f"outcome.{outcome}")) for outcome in OUTCOMES]
        options.append(Option("card", say("letters.list.card"), icon="file-text"))
        options.append(Option("back", say("cases.back"), icon="arrow-left"))
        text = say("letters.settle.text", number=one.number, name=self._name(one))
        title, close = say("letters.settle.title"), say("console.close_page")
        return Ask("referral", title, close, text, self.note, options=tuple(options))

    def _name(self, one: Made) -> str:
        return self.console.say("letters.list.sensitive") if one.sensitive else one.handover.name

    def press(self, kind: str, detail: str) -> None:
        if self.busy:
            return
        shown, self.note = self.shown, ""
        if self.one is None and kind == "turn":
            self.today, self.console.turned = not self.today, 0
        elif self.one is None and kind == "one" and detail.isdigit() and int(detail) < len(shown):
            self.one, self.console.turned = shown[int(detail)], 0
        elif self.one is not None and kind == "back":
            self.one = None
        elif self.one is not None and kind == "set" and detail in OUTCOMES:
            self._get(self.one, lambda case: self._set(case, detail))
        elif self.one is not None and kind == "card":
            self._get(self.one, lambda case: self.console.open(Earlier(self.console, case)))

    def _get(self, one: Made, then: Callable[[Ticket], None]) -> None:
        self.busy = True

        def got(case: Ticket | None) -> None:
            self.busy = False
            if case is not None:
                then(case)

        fetch(self, one.ticket_id, got)

    def _set(self, case: Ticket, outcome: str) -> None:
        """Into the record of whoever made it."""
        console, one = self.console, self.one
        if console.records is None or one is None:
            return
        self.busy, at = True, console.desk.now()
        console.records.desk.save(
            case, lambda kept: settled(kept, one.handover.id, outcome, at), one.by, self._kept
        )

    def _kept(self, result: Ticket | Trouble) -> None:
        self.busy = False
        if isinstance(result, Trouble):
            self.note = self.console.told(result)
        else:
            self.one, self.note = None, self.console.say("letters.settle.done")
            self.desk.made(self._found)
        self.console.show()
