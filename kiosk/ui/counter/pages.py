"""Every page that can be opened over the console: what presses it, when, and who makes it.

A page others add is a row here. Its target works from a button (`Target("record", …)`), its key from the
keyboard, and its name stands on the menu and on the list of keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.core.ticket import State
from kiosk.ui.counter.crowdpage import Crowd
from kiosk.ui.counter.helppage import Help
from kiosk.ui.counter.numberpage import CallNumber
from kiosk.ui.counter.over import Over
from kiosk.ui.counter.placepage import MyPlace
from kiosk.ui.counter.referring import Refer
from kiosk.ui.counter.together import Together

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
    beside: bool = False
    """Whether it opens for a case at another counter too, beside which this console stands:
    `console.here` is the ticket then."""


def _record(console: Console) -> Over | None:
    return console.records.at_hand() if console.records is not None else None


def _cases(console: Console) -> Over | None:
    from kiosk.ui.counter.record.search import Search

    return Search(console, console.records) if console.records is not None else None


def _follow(console: Console) -> Over | None:
    from kiosk.ui.counter.record.follow import FollowUps

    return FollowUps(console, console.records) if console.records is not None else None


def _reports(console: Console) -> Over | None:
    from kiosk.ui.counter.reporting.page import Reports

    if console.reports is None:
        return None
    if console.desk.protection() == "locked":
        console.guard.ask()
        return None
    return Reports(console, console.reports)


def _letter(console: Console) -> Over | None:
    from kiosk.ui.counter.handover.form import LetterForm

    case = console.here
    if console.letters is None or case is None:
        return None
    if case.content.closed:
        console.message = console.say("record.closed", number=case.number)
        return None
    return LetterForm(console, console.letters, case)


def _referrals(console: Console) -> Over | None:
    from kiosk.ui.counter.handover.referrals import Referrals

    return Referrals(console, console.letters) if console.letters is not None else None


def _card(console: Console) -> None:
    """Prints the card of the case at hand: no page opens."""
    from kiosk.ui.counter.handover.cards import print_card

    print_card(console)


def _talk(console: Console) -> Over | None:
    return console.talks.open() if console.talks is not None else None


PAGES: tuple[Door, ...] = (
    Door("number", "Shift-F2", "megaphone", "page.number", IDLE, CallNumber),
    Door("refer", "Shift-F4", "send", "page.refer", SERVING, lambda here: Refer(here, here.present)),
    Door("together", "Shift-F5", "users", "page.together", IDLE, Together),
    Door("place", "Shift-F9", "user-check", "page.place", IDLE, MyPlace),
    Door("crowd", "Shift-F10", "users-round", "page.crowd", ALWAYS, Crowd, beside=True),
    Door("talk", "Shift-F8", "message-square-text", "page.talk", ALWAYS, _talk, beside=True),
    Door("record", "Shift-F7", "file-pen", "record.title", ALWAYS, _record, beside=True),
    Door("cases", "Control-f", "search", "cases.title", ALWAYS, _cases, beside=True),
    Door("follow", "Control-g", "calendar-check", "follow.title", IDLE, _follow),
    Door("reports", "Control-r", "chart-column", "reports.title", IDLE, _reports),
    Door("letter", "Shift-F6", "mail", "page.letter", AT_HAND, _letter, beside=True),
    Door("print_card", "Control-p", "printer", "page.card", AT_HAND, _card, beside=True),
    Door("referrals", "Control-e", "send", "page.referrals", ALWAYS, _referrals, beside=True),
    Door("help", "Shift-F1", "circle-help", "page.help", ALWAYS, Help, beside=True),
)


def door_of(target: str, state: Now, *, beside: bool = False) -> Door | None:
    """The page a target opens in this state, or `beside` a case at another counter; None where it opens
    none."""
    found = (door for door in PAGES if door.target == target)
    return next((door for door in found if (door.beside if beside else state in door.when)), None)


def door_at(key: str) -> str:
    """The target a key opens; empty where it opens no page."""
    return next((door.target for door in PAGES if door.key == key), "")
