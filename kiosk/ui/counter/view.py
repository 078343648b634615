"""What the console shows at one moment: plain values, made by the console, laid out by the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.core.ticket import State
from kiosk.ui.counter.card import Card
from kiosk.ui.counter.desk import Strip
from kiosk.ui.counter.own import Own

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
    """Where it was sent, or when its appointment is: a line of its own."""
    day: str = ""
    """The day the number is of, where that is not today."""


@dataclass(frozen=True)
class Signal:
    """Somebody waits whom a counselor should go to. Says nothing of why."""

    number: str
    more: int
    """How many others there are."""
    action: str
    """What a press does; empty where it can do nothing now."""


@dataclass(frozen=True)
class Option:
    """One of the things a page over the others offers; its place among them is its key, 1 to 8."""

    id: str
    label: str
    detail: str = ""
    icon: str = ""
    enabled: bool = True


@dataclass(frozen=True)
class Block:
    """A paragraph of such a page; `big` is a telephone number or a time, `lines` are sentences below."""

    title: str
    icon: str = ""
    big: str = ""
    lines: tuple[str, ...] = ()
    warm: bool = False


PAGE = 8
"""Options at a time: as many as there are digits, and one for the rest."""


@dataclass(frozen=True)
class Ask:
    """A page over card and actions: a question, a list, something to know."""

    name: str
    title: str
    cancel: str
    """Words of the button that closes it."""
    text: str = ""
    note: str = ""
    """What just happened, or why something could not be done."""
    blocks: tuple[Block, ...] = ()
    options: tuple[Option, ...] = ()
    page: int = 0
    entry: str = ""
    """What is to be typed, where there is a field to type in."""

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.options) // PAGE))

    @property
    def shown(self) -> tuple[Option, ...]:
        """The options of this page, in the order of their digits."""
        start = self.page % self.pages * PAGE
        return self.options[start : start + PAGE]


@dataclass(frozen=True)
class Beside:
    """An earlier ticket's card, beside the present one's where there is one."""

    card: Card
    told: str
    """Which day it is of."""
    page: int
    other: str
    """What F11 does here: a still earlier case, or another slip."""
    link: str = ""
    """Words of the button that ties it to the present case; empty where there is nothing to tie."""
    note: str = ""


@dataclass(frozen=True)
class Locked:
    """The page that asks for the passphrase."""

    text: str
    """Why it asks."""
    note: str = ""
    """What became of the last try."""
    ready: bool = True
    """Whether a try may be made now."""
    revealed: bool = False
    without: bool = False
    """Whether calling may go on without it: no passphrase opens damaged keys."""
    alone: bool = False
    """Whether nothing stands beside it: the screen was turned to somebody else."""


@dataclass(frozen=True)
class Interpreter:
    """An interpreter on the line."""

    language: str
    elapsed: str
    since: str
    line: str


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
    sent_only: bool = False
    """Whether it calls only those who were sent to it."""
    quiet: bool = False
    """Whether the counselor goes to this person instead of calling the number aloud."""
    earlier: bool = False
    """Whether the ticket at hand is tied to an earlier one."""
    signal: Signal | None = None
    strips: tuple[Strip, ...] = ()
    """What holds for now, and what is wrong with flows, directory or roster: a sentence each."""
    languages: str = ""
    """Who is at the counter today; empty where no roster says."""
    appointments: int = 0
    """How many there are today."""
    follow: int = 0
    """Cases to be followed up by today."""
    disaster: bool = False
    over: Ask | Beside | Own | None = None
    """The page that lies over the others."""
    undo: str = ""
    """What can be taken back, and for how long; empty where nothing can."""
    interpreter: Interpreter | None = None
    """Who is on the line."""
    beside: str = ""
    """The counter whose case this is, where the console stands beside it."""
    can_lock: bool = False
    """Whether there is a passphrase to lock the console with."""
    locked: Locked | None = None
    """Nothing of what was told is in a view that is locked."""
