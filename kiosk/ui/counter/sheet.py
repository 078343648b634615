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
from kiosk.ui.counter.idlesheet import idle_column, idle_parts
from kiosk.ui.counter.locksheet import lock_parts
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.queuesheet import queue, queue_strip
from kiosk.ui.counter.view import Ask, Beside, View
from kiosk.ui.parts import Part, Sheet


def console_sheet(view: View, grid: Grid) -> Sheet:
    """The whole window but the text fields, which are widgets laid over `grid.memo(view.state)`,
    `asksheet.entry_box(grid)` and `locksheet.secret_box(grid)`."""
    alone = view.over.alone if isinstance(view.over, Own) else view.locked is not None and view.locked.alone
    parts: list[Part] = [] if alone else [*head(view, grid, signal=_covered(view, grid))]
    listed = [] if alone or grid.single else queue(view, grid, grid.left)
    name = view.state.value if view.state else "idle"
    if view.locked is not None:
        name = "locked"
        parts += [*listed, *lock_parts(view.locked, grid)]
    elif isinstance(view.over, Beside):
        name = "beside"
        if view.card is None:
            parts += listed
        parts += beside_parts(view.over, _shown(view, grid), grid)
    elif isinstance(view.over, Ask):
        name = view.over.name
        parts += [*listed, *ask_parts(view.over, grid)]
    elif isinstance(view.over, Own):
        name = view.over.name
        if not view.over.whole:
            parts += listed
        parts += view.over.laid(grid).parts
    else:
        shown = _shown(view, grid)
        if shown is None and grid.single:
            around, column = idle_column(view, grid)
            parts += [*around, *queue(view, grid, column)]
        elif shown is None:
            parts += [*listed, *idle_parts(view, grid)]
        else:
            parts += queue_strip(view, grid) if grid.narrow else listed
            parts += [*card_parts(shown, grid, grid.card), *actions(view, grid)]
    return Sheet(f"console-{name}", grid.language, "ltr", tuple(parts))


def _covered(view: View, grid: Grid) -> bool:
    """Whether a page lies over the list of numbers, which the quiet signal stands above."""
    if view.locked is not None:
        return grid.single
    if isinstance(view.over, Own):
        return view.over.whole or grid.single
    two_cards = isinstance(view.over, Beside) and view.card is not None
    return view.over is not None and (grid.single or two_cards)


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
