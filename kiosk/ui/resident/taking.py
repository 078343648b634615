"""Taking the number: at once, or with an appointment; and its slip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.core.referral import Outcome
from kiosk.core.roster import Slot
from kiosk.core.steps import Page, Step
from kiosk.errors import Trouble
from kiosk.ui.actions import Issued
from kiosk.ui.resident.done import Finished
from kiosk.ui.resident.returning import slip_line

if TYPE_CHECKING:
    from kiosk.ui.resident.kiosk import Kiosk


def look(kiosk: Kiosk, outcome: Outcome, then: Callable[[], None] = lambda: None) -> None:
    """Look for appointments while the person reads the review."""
    kiosk.slots = ()

    def found(slots: Sequence[Slot]) -> None:
        if kiosk.outcome is outcome and not kiosk.sending:
            kiosk.slots = tuple(slots)
            then()

    kiosk.actions.places(kiosk.visit, outcome, kiosk.guard(found))


def onward(kiosk: Kiosk) -> None:
    """From the review: where an agency alone is enough there first, else to an appointment or the number."""
    assert kiosk.outcome is not None
    if not kiosk.outcome.counter:
        kiosk.enter(kiosk.visit.go(Step(Page.REFERRAL)))
    elif kiosk.slots:
        kiosk.enter(kiosk.visit.go(Step(Page.BOOK)))
    else:
        submit(kiosk, referred=False)


def submit(kiosk: Kiosk, *, referred: bool) -> None:
    """Take the number, once: further presses change nothing while it is on its way or given."""
    if kiosk.sending or kiosk.finished is not None or kiosk.outcome is None:
        return
    kiosk.sending = True
    kiosk.actions.submit(
        kiosk.visit, kiosk.outcome, referred, kiosk.guard(lambda given: _issued(kiosk, given))
    )


def take(kiosk: Kiosk, index: int) -> None:
    """Take the number with an appointment; where somebody was quicker, offer what is left."""
    if kiosk.sending or kiosk.finished is not None or kiosk.outcome is None or index >= len(kiosk.slots):
        return
    kiosk.sending, outcome = True, kiosk.outcome

    def answered(given: Issued | Trouble) -> None:
        if isinstance(given, Issued):
            _issued(kiosk, given)
            return
        kiosk.sending = False
        if given.key == "trouble.place_taken":
            kiosk.told = kiosk.say(given.key)
            look(kiosk, outcome, lambda: _still(kiosk))
        else:  # the place matters less than the number
            submit(kiosk, referred=False)
        kiosk.show()

    kiosk.actions.take(kiosk.visit, outcome, kiosk.slots[index], kiosk.guard(answered))


def _still(kiosk: Kiosk) -> None:
    """Stay on the page of appointments while there is one."""
    if not kiosk.slots:
        submit(kiosk, referred=False)
    kiosk.show()


def _issued(kiosk: Kiosk, given: Issued) -> None:
    kiosk.sending, kiosk.over = False, ""
    kiosk.visit.go(Step(Page.DONE))
    wants_slip = kiosk.actions.prints
    # A neutral slip carries no code, and neither does its page.
    coded = given.saved and given.ticket_id and not given.sensitive
    line = slip_line(given.number, kiosk.shop.now(), given.ticket_id) if coded else ""
    kiosk.finished = Finished(given, "printing" if wants_slip else "none", line=line)
    if wants_slip:
        print_slip(kiosk)
    kiosk.touched = kiosk.clock()
    kiosk.show()


def print_slip(kiosk: Kiosk) -> None:
    if kiosk.finished is None or kiosk.outcome is None:
        return
    kiosk.finished = replace(kiosk.finished, printed="printing", trouble="", progress=0.05)
    kiosk.started = kiosk.clock()

    def answered(trouble: Trouble | None) -> None:
        assert kiosk.finished is not None
        told = kiosk.say(trouble.key, **trouble.details) if trouble else ""
        kiosk.finished = replace(kiosk.finished, printed="failed" if trouble else "printed", trouble=told)
        kiosk.touched = kiosk.clock()
        kiosk.show()

    kiosk.actions.print_slip(kiosk.visit, kiosk.outcome, kiosk.finished.issued, kiosk.guard(answered))
