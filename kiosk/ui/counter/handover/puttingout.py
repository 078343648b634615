"""A letter printed or kept, and put on record: what is missing is asked for first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core.handed import added
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble

if TYPE_CHECKING:
    from kiosk.core.letter import Draft
    from kiosk.ui.counter.handover.desk import Kept
    from kiosk.ui.counter.handover.form import LetterForm


def finish(form: LetterForm) -> None:
    """What is missing is asked for; then it is printed and put on record."""
    if form.over:
        form.console.close_over()
    elif not form.draft.complete:
        form.open("agency")
    elif form.sensitive and not form.weighed:
        form.open("careful")
    elif not form.asked:
        form.open("consent")
    elif form.papered:
        put_out(form)
    else:
        record(form, form.draft, "letters.recorded")


def put_out(form: LetterForm) -> None:
    """Print the paper, or keep it as a file; then it goes on record."""
    form.busy = True
    form.note, form.warm = form.console.say("letters.printing"), False
    draft = form.draft

    def done(kept: Kept | Trouble) -> None:
        if isinstance(kept, Trouble):
            form.tell(form.console.told(kept), warm=True)
            _say_elsewhere(form)
        else:
            record(form, draft, "letters.printed" if kept.printed else "letters.kept", place=kept.place)
        form.console.show()

    form.desk.output(form.case, draft, done)


def record(form: LetterForm, draft: Draft, key: str, **details: str) -> None:
    """Into this author's record: made again it takes its former place. `draft`: what was handed on, which may
    have been written on since."""
    console, one = form.console, draft.handover(form.desk.now())
    if console.records is None or not draft.complete:
        form.tell(console.say("letters.unrecorded"), warm=True)
        return
    said = console.say(key, **details)

    def done(result: Ticket | Trouble) -> None:
        if isinstance(result, Trouble):
            form.tell(f"{console.told(result)} {console.say('letters.unrecorded')}", warm=True)
        else:
            form.over = form.draft == draft
            form.tell(said)
        _say_elsewhere(form)
        console.show()

    console.records.amend(form.case, lambda kept: added(kept, one), done)


def _say_elsewhere(form: LetterForm) -> None:
    """Who closed the page meanwhile is told in the console's own line."""
    if form.console.over is not form:
        form.console.message = form.note
