"""Every page that can be opened over the console: what presses it, when, and who makes it.

A page others add is a row here. Its target works from a button (`Target("record", …)`), its key from the
keyboard, and its name stands on the menu and on the list of keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.core.ticket import State
from kiosk.ui.counter.over import Over

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

Now = State | None
"""State of the ticket at hand; None where there is none."""
IDLE: frozenset[Now] = frozenset({None})
AT_HAND: frozenset[Now] = frozenset({State.CALLED, State.SERVING})
SERVING: frozenset[Now] = frozenset({State.SERVING})
ALWAYS: frozenset[Now] = IDLE | AT_HAND


@dataclass(frozen=True)
class Door:
    """How a page is opened."""

    target: str
    key: str
    """As the window names it: F11, Shift-F2, Control-h; one of kiosk.ui.counter.keys.ALL."""
    icon: str
    label: str
    """Catalogue key of its name on the menu and the list of keys."""
    when: frozenset[Now]
    make: Callable[[Console], Over | None]
    """Makes the page; None opens nothing, what there is to say being in `console.message`."""


PAGES: tuple[Door, ...] = ()


def door_of(target: str, state: Now) -> Door | None:
    """The page a target opens in this state; None where it opens none."""
    return next((door for door in PAGES if door.target == target and state in door.when), None)


def door_at(key: str) -> str:
    """The target a key opens; empty where it opens no page."""
    return next((door.target for door in PAGES if door.key == key), "")
