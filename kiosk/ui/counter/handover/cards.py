"""The handover card on paper, for whoever has no console: a specialist, another office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import Trouble
from kiosk.ui.counter.handover.desk import Kept

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console


def print_card(console: Console) -> None:
    """Print or keep the card of the case at hand; what became of it stands in the console's line."""
    case, desk = console.here, console.letters
    if case is None or desk is None:
        return
    if case.content.closed:
        console.message = console.say("record.closed", number=case.number)
        return

    def done(kept: Kept | Trouble) -> None:
        if isinstance(kept, Trouble):
            console.message = console.told(kept)
        else:
            key = "letters.card.printed" if kept.printed else "letters.kept"
            console.message = console.say(key, number=case.number, place=kept.place)
        console.show()

    console.message = console.say("letters.printing")
    desk.card(case, done)
