"""The console laid out: list, card, actions, and the pages over them. Mock-ups 12."""

from __future__ import annotations

from kiosk.core.ticket import State
from kiosk.ui.counter.actionsheet import actions
from kiosk.ui.counter.asksheet import ask_parts
from kiosk.ui.counter.besidesheet import beside_parts
from kiosk.ui.counter.card import Shown
from kiosk.ui.counter.cardsheet import card_parts
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.headsheet import head
from kiosk.ui.counter.idlesheet import idle_parts
from kiosk.ui.counter.locksheet import lock_parts
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.queuesheet import queue, queue_strip
from kiosk.ui.counter.view import Ask, Beside, View
from kiosk.ui.parts import Part, Sheet


def console_sheet(view: View, grid: Grid) -> Sheet:
    """The whole window but the text fields, which are widgets laid over `grid.memo(view.state)`,
    `asksheet.entry_box(grid)` and `locksheet.secret_box(grid)`."""
    alone = view.over.alone if isinstance(view.over, Own) else view.locked is not None and view.locked.alone
    parts: list[Part] = [] if alone else [*head(view, grid)]
    name = view.state.value if view.state else "idle"
    if view.locked is not None:
        name = "locked"
        parts += [*([] if alone else queue(view, grid)), *lock_parts(view.locked, grid)]
    elif isinstance(view.over, Beside):
        name = "beside"
        if view.card is None:
            parts += queue(view, grid)
        parts += beside_parts(view.over, _shown(view, grid), grid)
    elif isinstance(view.over, Ask):
        name = view.over.name
        parts += [*queue(view, grid), *ask_parts(view.over, grid)]
    elif isinstance(view.over, Own):
        name = view.over.name
        if not view.over.whole and not alone:
            parts += queue(view, grid)
        parts += view.over.laid(grid).parts
    else:
        shown = _shown(view, grid)
        if shown is None:
            parts += [*queue(view, grid), *idle_parts(view, grid)]
        else:
            parts += queue_strip(view, grid) if grid.narrow else queue(view, grid)
            parts += [*card_parts(shown, grid, grid.card), *actions(view, grid)]
    return Sheet(f"console-{name}", grid.language, "ltr", tuple(parts))


def _shown(view: View, grid: Grid) -> Shown | None:
    if view.card is None:
        return None
    say, called = grid.say, view.state is State.CALLED
    state = say("console.called" if called else "console.serving")
    if view.beside:
        state = say("together.at", counter=view.beside)
    elif view.interpreter is not None:
        # The clock beside it is the interpreter's.
        state = f"{state} {view.elapsed}"
    return Shown(
        view.card,
        state,
        say("console.called.at" if called else "console.serving.at", time=view.since),
        view.reason,
        view.page,
    )
