"""The console at a counter: the desk behind it, its window, its memo field."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from kiosk.app.office import Office
from kiosk.app.slips import slip_of_ticket
from kiosk.core.ticket import IllegalChange, Ticket
from kiosk.core.waiting import Pick
from kiosk.errors import Trouble
from kiosk.ui.counter.card import CardMaker
from kiosk.ui.counter.console import Place
from kiosk.workers import Reply, Results, run_in_thread

log = logging.getLogger(__name__)


class OfficeDesk:
    """The console's desk on the office's store. Changes run beside the window."""

    def __init__(self, office: Office, results: Results, place: Place) -> None:
        self._office, self._results, self._place = office, results, place

    def now(self) -> datetime:
        return self._office.now()

    def refresh(self) -> bool:
        try:
            return self._office.store.refresh()
        except Trouble as trouble:
            log.warning("today's tickets cannot be re-read now: %s", trouble)
            return False

    def tickets(self) -> Sequence[Ticket]:
        return self._office.store.tickets()

    def damaged(self) -> bool:
        return bool(self._office.store.faults())

    def call_next(self, done: Callable[[Pick | Trouble | None], None]) -> None:
        def work() -> Pick | None:
            return self._office.store.call_next(
                counter=self._place.counter,
                languages=self._place.languages,
                at=self.now(),
                staff=self._place.staff,
            )

        run_in_thread(self._results, work, lambda reply: done(reply.trouble or reply.value))

    def change(
        self, ticket: Ticket, apply: Callable[[Ticket], Ticket], done: Callable[[Ticket | Trouble], None]
    ) -> None:
        def work() -> Ticket:
            try:
                return self._office.store.change(ticket.id, apply)
            except IllegalChange as refused:
                words = self._office.catalogue("ja").text(f"state.{refused.state.value}")
                raise Trouble(
                    "trouble.illegal_change", number=refused.number, state=words, log=str(refused)
                ) from refused

        run_in_thread(self._results, work, lambda reply: done(reply.trouble or reply.value))

    def reprint(self, ticket: Ticket, done: Callable[[Trouble | None], None]) -> None:
        def work() -> None:
            from kiosk.printing.draw import draw

            slip = slip_of_ticket(self._office, ticket)
            image = draw(slip, self._office.typesetter, self._office.settings.printing.width_dots)
            self._office.printer().print(image, ticket.number)

        def answer(reply: Reply) -> None:
            done(reply.trouble)

        run_in_thread(self._results, work, answer)


def card_maker(office: Office) -> CardMaker:
    """Cards in the Japanese of the catalogue."""
    words = office.catalogue("ja")
    return CardMaker(words.text, words.has, office.flows, office.languages, office.directory)


def desks(office: Office, counter: str) -> tuple[tuple[str, str], ...]:
    """Where a transfer may go from this counter: any counter, the others, the office's own desks."""
    say = office.catalogue("ja").text
    others = [str(n) for n in range(1, office.settings.office.counters + 1) if str(n) != counter]
    numbered = tuple((n, say("console.transfer.counter", n=n)) for n in others)
    return (("", say("console.transfer.any")), *numbered, *((d, d) for d in office.settings.office.desks))
