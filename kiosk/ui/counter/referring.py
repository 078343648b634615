"""A case that is handed on: to an agency, or to another town's desk. It ends here as referred."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.core import changes
from kiosk.core.consultation import Consultation, Handover
from kiosk.core.handed import added, same
from kiosk.core.ticket import Ticket
from kiosk.ui.counter.changing import change, reprint
from kiosk.ui.counter.undoing import Handed
from kiosk.ui.counter.view import Ask, Option

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

HOW = (("letter", "file-text"), ("telephone", "phone"), ("together", "users"))
"""How a case is handed on here, with icons; the forwarding sheet has a page of its own."""


@dataclass
class Refer:
    """Which of the agencies the kiosk told of, then how it was handed on."""

    console: Console
    ticket: Ticket
    service: str = ""

    def page(self) -> Ask:
        console, say = self.console, self.console.say
        title, cancel = say("page.refer"), say("console.cancel")
        if self.service:
            name = self._names().get(self.service, self.service)
            how = tuple(Option(f"how:{kind}", say(f"refer.{kind}"), icon=icon) for kind, icon in HOW)
            return Ask("refer-how", title, cancel, say("refer.how", name=name), options=how)
        options = tuple(Option(f"to:{id}", name, icon="map-pin") for id, name in self._names().items())
        text = say("refer.text" if options else "refer.none")
        if self.console.letters is not None and not self.ticket.content.closed:
            options += (Option("write:letter", say("refer.write"), say("refer.write.detail"), icon="mail"),)
        return Ask("refer", title, cancel, text, options=options, page=console.turned)

    def _names(self) -> dict[str, str]:
        return {id: self.console.cards.agency(id) for id in self.ticket.content.services}

    def press(self, kind: str, detail: str) -> None:
        if kind == "to" and detail in self._names():
            self.service = detail
        elif kind == "write":
            self.console.close_over()
            self.console.press(detail)
        elif kind == "how" and self.service and detail in dict(HOW):
            name = self.console.cards.agency(self.service, "ja")
            hand_on(self.console, self.service, name, detail)


def hand_on(console: Console, service: str, name: str, kind: str, *, slip: bool = False) -> None:
    """End the present case as referred, with the hand-over in this author's record, once: a letter written
    before is it; `slip`: its slip is printed again for the way."""
    author, taken_back = console.author, [Handed(secrets.token_hex(4))]

    def referred(case: Ticket, at: datetime, **who: str) -> Ticket:
        known = next((one for one in case.content.records if one.by == author), Consultation(author))
        one = Handover(taken_back[0].id, at, service, name, kind)
        if not case.content.closed:
            # What the counselor beside has on record already is not handed on a second time.
            others = (record for record in case.content.records if record.by != author)
            told = any(same(made, one) for record in others for made in record.handovers)
            kept = known if told else added(known, one)
            taken_back[0] = _taken_back(known, kept, one.id)
            kept = replace(kept, result=kept.result or "referred", saved=at)
            case = changes.record(case, kept)
        return changes.refer(case, at, **who)

    case = console.current

    def ended() -> None:
        if console.done is not None:
            console.done = replace(console.done, handed=taken_back[0])
        if slip and case is not None:
            reprint(console, case)

    change(console, referred, "console.referred", then=ended)


def _taken_back(known: Consultation, kept: Consultation, new: str) -> Handed:
    """What taking back must know: a letter written before takes the hand-over into its own place."""
    before = {one.id: one for one in known.handovers}
    changed = next((one.id for one in kept.handovers if before.get(one.id) != one), new)
    earlier = before.get(changed)
    was = (earlier.at, earlier.name, earlier.kind) if earlier else None
    return Handed(changed, was, known.result)
