"""A year of tickets to measure reports with: made in a temporary folder, sealed as a counter's are.

The mix of languages and topics follows what counters reported for 2023; the rest is made up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.core.clock import HybridClock, stamped
from kiosk.core.consultation import Consultation, Handover, Interpreted
from kiosk.core.ticket import Case, Content, Narrative, Period, State, Ticket
from kiosk.core.waiting import format_number

if TYPE_CHECKING:
    from kiosk.app.office import Office

LANGUAGES = {"pt-BR": 386, "ja-simple": 204, "en": 120, "es": 95, "vi": 70, "zh-Hans": 60, "ne": 35, "my": 20}
TOPICS = {
    "tax": 109, "general_procedures": 102, "insurance_pension": 85, "immigration": 69,
    "interpretation_translation": 68, "employment": 60, "medical": 60, "housing": 55, "education": 50,
    "childbirth_childcare": 50, "civil_status": 40, "welfare": 40, "japanese_learning": 30,
    "traffic_licence": 25, "disaster": 10, "other": 60,
}  # fmt: skip
CONTACTS = {"visit": 60, "telephone": 25, "mail": 6, "sns": 4, "online": 2, "outreach": 3}
RESULTS = {"informed": 45, "solved": 25, "referred": 18, "continuing": 10, "interrupted": 2}
CALLERS = {"self": 74, "family": 15, "employer": 5, "supporter": 6}
OUTCOMES = {"": 30, "accepted": 40, "solved": 20, "not_reached": 6, "refused": 4}
NATIONS = {"": 60, "BR": 15, "VN": 8, "CN": 7, "PH": 4, "PE": 3, "NP": 2, "MM": 1}
_WORDS = "会社から二か月給料をもらっていません。どこに言えばいいですか。"
_DEVICE = "0badcafe"


def make_day(office: Office, day: date, count: int, dice: random.Random) -> None:
    """Write so many ended tickets of a day into the office's store, with one flush. Raises Trouble."""
    from kiosk.store.carrying import carried
    from kiosk.store.contents import closed
    from kiosk.store.ids import Ids

    ids, clock = Ids(), HybridClock(_DEVICE)
    begun = datetime(day.year, day.month, day.day, 9, tzinfo=office.settings.office.zone)
    made = []
    for number, case in enumerate(tickets_of(day, begun, count, dice), start=1):
        whole = replace(case, id=ids.next(case.issued), number=format_number("A", number))
        whole = stamped(None, whole, clock)
        made.append(carried(whole, closed(office.keys, whole, None, None)))
    office.store.merge(made)


def tickets_of(day: date, begun: datetime, count: int, dice: random.Random) -> Iterator[Ticket]:
    """So many visits of a day that begins at `begun`, each with its record; without ids and numbers."""
    for _ in range(count):
        at = begun + timedelta(seconds=dice.randrange(8 * 3600))
        waited = timedelta(minutes=dice.randrange(1, 45))
        spent = timedelta(minutes=dice.randrange(5, 70))
        periods = (
            Period(State.WAITING, at),
            Period(State.CALLED, at + waited, "1", "k01"),
            Period(State.SERVING, at + waited + timedelta(minutes=1), "1", "k01"),
            Period(State.CLOSED, at + waited + spent, "1", "k01"),
        )
        yield Ticket("", "A001", day, _of(LANGUAGES, dice), periods, _content(at + waited + spent, dice))


def _content(at: datetime, dice: random.Random) -> Content:
    topic, caller = _of(TOPICS, dice), _of(CALLERS, dice)
    narrative = Narrative(_WORDS * dice.randrange(1, 6), "ja", "typed") if dice.random() < 0.6 else None
    return Content(
        caller=caller,
        cases=(Case("work", "work", (("matter", ("wages",)), ("since", ("month",)), ("paper", ("none",)))),),
        narrative=narrative,
        statistics=(topic,),
        records=(_record(topic, caller, at, dice),) if dice.random() < 0.95 else (),
    )


def _record(topic: str, caller: str, at: datetime, dice: random.Random) -> Consultation:
    handed: tuple[Handover, ...] = ()
    if dice.random() < 0.15:
        handed = (
            Handover("00000001", at, "", "青葉労働基準監督署", "letter", at, outcome=_of(OUTCOMES, dice)),
        )
    return Consultation(
        by="k01",
        topics=tuple({topic, *([_of(TOPICS, dice)] if dice.random() < 0.2 else [])}),
        means=_of(CONTACTS, dice),
        minutes=dice.randrange(5, 80),
        done="窓口で制度を説明し、必要な書類を一緒に確認した。" * dice.randrange(1, 4),
        result=_of(RESULTS, dice),
        follow_up=at.date() + timedelta(days=7) if dice.random() < 0.1 else None,
        caller=caller,
        nationality=_of(NATIONS, dice),
        interpreted=(Interpreted("prefecture", "vi", 600),) if dice.random() < 0.2 else (),
        handovers=handed,
        saved=at,
    )


def _of(weights: dict[str, int], dice: random.Random) -> str:
    return dice.choices(list(weights), list(weights.values()))[0]
