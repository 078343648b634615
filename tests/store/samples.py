"""Contents and moments to test with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import TypeVar

import pytest

from kiosk.core.heard import Translation
from kiosk.core.hours import Schedule, Span
from kiosk.core.roster import Specialist
from kiosk.core.ticket import Case, Content, Narrative, Period, State, Ticket
from kiosk.errors import Trouble
from kiosk.store.tiny import TinyStore
from tests.patience import be_patient

be_patient()  # in the processes that tests start, too
T = TypeVar("T")

DAY = date(2026, 7, 28)
NOW = datetime(2026, 7, 28, 1, 0, tzinfo=UTC)

PLAIN = Content(caller="self", cases=(Case("tax", "tax", (("since", ("month",)),)),))
SENSITIVE = Content(cases=(Case("violence"),), sensitive=True)

_KOREAN = "회사에서 두 달 동안 월급을 받지 못했습니다. 어디에 말해야 합니까? "
_JAPANESE = "会社から二か月給料をもらっていません。どこに言えばいいですか。"
FULL = Content(
    caller="family",
    cases=(
        Case(
            "work", "work", (("what", ("wages", "dismissal")), ("since", ("month",)), ("paper", ("unsaid",)))
        ),
        Case("tax", "tax", (("matter", ("letter",)),)),
    ),
    narrative=Narrative(
        original=_KOREAN * 8,
        language="ko",
        means="speech",
        translation=Translation(_KOREAN * 8, "ko", _JAPANESE * 8, _KOREAN * 8, "argos ko-en · en-ja", True),
        accepted=True,
    ),
    statistics=("E", "work"),
    services=("labour-standards",),
    bring=("residence_card", "payslip"),
    care=("held", "passport"),
    reasons=("work.since.month",),
    within=7,
    earlier="01990000-0000-7000-8000-000000000000",
    notes=("折り返し電話の約束\r\nあり 1 12 0123456789abcdef issue {}",),
)


LAWYER = Specialist(
    "lawyer", "lawyer", Schedule((Span(frozenset({2}), time(13), time(15)),)), 30, ("work",), places=2
)
FIRST = datetime(2026, 8, 5, 13, 0, tzinfo=timezone(timedelta(hours=9)))
"""A Wednesday."""


def ticket_named(ticket_id: str, letter: str = "A") -> Ticket:
    """A ticket as far as a booking looks at it."""
    return Ticket(ticket_id, f"{letter}001", DAY, "vi", (Period(State.WAITING, NOW),))


def always(value: T) -> Callable[..., T]:
    """Gives this, whatever it is asked about."""
    return lambda *_: value


def unstamped(ticket: Ticket) -> Ticket:
    """The ticket as the pure functions give it, before a store stamps its periods."""
    return replace(ticket, periods=tuple(replace(period, stamp="") for period in ticket.periods))


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def tiny(folder: Path, letter: str = "A", day: date = DAY) -> TinyStore:
    return TinyStore(folder, letter=letter, today=lambda: day)


@contextmanager
def told(*keys: str) -> Iterator[None]:
    """The block raises a Trouble with one of these keys."""
    with pytest.raises(Trouble) as caught:
        yield
    assert caught.value.key in keys
