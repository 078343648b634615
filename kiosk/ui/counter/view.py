"""What the console shows at one moment: plain values, made by the console, laid out by the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.core.ticket import State
from kiosk.ui.counter.card import Card

Tab = Literal["waiting", "held", "absent"]
TABS: tuple[Tab, ...] = ("waiting", "held", "absent")
TAB_STATES: dict[Tab, State] = {
    "waiting": State.WAITING,
    "held": State.ON_HOLD,
    "absent": State.NO_SHOW,
}


@dataclass(frozen=True)
class Row:
    """One line of the list; only held and absent ones can be pressed, so that nobody picks."""

    ticket_id: str
    number: str
    language: str
    minutes: int
    lane: str = ""


@dataclass(frozen=True)
class View:
    counter: str
    office: str
    staff: str
    clock: str
    fault: str
    """A sentence where tickets are not being kept well; empty where all is well."""
    tab: Tab
    counts: tuple[int, int, int]
    rows: tuple[Row, ...]
    issued: int
    closed: int
    mean: int | None
    card: Card | None = None
    state: State | None = None
    reason: str = ""
    since: str = ""
    elapsed: str = ""
    calls: int = 0
    page: int = 0
    message: str = ""
    """What just happened, or why something could not be done."""
    can_call: bool = True
    """Whether somebody waits whom this counter may call."""
    faults: tuple[str, ...] = ()
    """What is wrong, in full sentences, while the list of it is open."""
    desks: tuple[tuple[str, str], ...] = ()
    """Where a transfer may go (lane and name) while the question is open."""
