"""From the answers to the number: review, appointments, other places, the slip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.core.hours import Schedule
from kiosk.core.referral import Outcome
from kiosk.core.roster import Slot, Specialist
from kiosk.core.steps import Page, Step
from kiosk.errors import Trouble
from kiosk.ui.actions import Issued, Speakers
from kiosk.ui.parts import Target
from kiosk.ui.resident.gallery import Guide, richest
from kiosk.ui.resident.shop import Shop

_ID = "019fa7c1-d280-7000-8000-5e0c91af0001"
COUNTER = Outcome(True, (), (), (), False, False)


def to_review(guide: Guide, text: str = "") -> None:
    guide.start(richest(guide.kiosk.shop))
    guide.answer()
    visit = guide.kiosk.visit
    visit.tell(text, "typed")
    guide.kiosk.enter(visit.go(Step(Page.REVIEW)))


def review(guide: Guide) -> None:
    guide.actions.found = COUNTER
    to_review(guide)
    guide.take("review-silent")
    to_review(guide, guide.sentences(3))
    guide.take("review")
    guide.press("more")
    guide.take("review-2")
    guide.press("send")
    guide.take("review-sending")


def several(guide: Guide) -> None:
    """Three problems in two topics."""
    guide.actions.found = None
    to_review(guide)
    for topic in ("work", "housing"):
        if topic not in guide.kiosk.visit.topics:
            return
        guide.press("add")
        while f"choose:{topic}" not in _targets(guide):
            guide.press("more")
        guide.press(f"choose:{topic}")
        guide.answer()
    for number in range(1, 5):
        guide.take(f"review-several-{number}")
        if "add" in _targets(guide) or "more" not in _targets(guide):
            break
        guide.press("more")


def _targets(guide: Guide) -> set[str]:
    return {part.id for part in guide.kiosk.sheet().parts if isinstance(part, Target) and part.enabled}


def book(guide: Guide) -> None:
    """Three places; and the page of the number with one."""
    zone = guide.kiosk.shop.settings.office.zone
    lawyer = Specialist("lawyer", "lawyer", Schedule(), 30, ("work",), interpreter=True)
    officer = Specialist("officer", "gyoseishoshi", Schedule(), 30, ("work",))
    at = datetime(2026, 12, 2, 13, 30, tzinfo=zone)
    slots = (
        Slot(lawyer, at, 1),
        Slot(officer, at + timedelta(days=2), 2),
        Slot(lawyer, at + timedelta(7), 1),
    )
    guide.actions.slots = slots
    guide.actions.found = COUNTER
    to_review(guide)
    guide.press("send")
    guide.take("book")
    guide.press("take:0")
    assert guide.actions.booked is not None
    guide.actions.booked(Issued("id", "A012", 20, True, False, False, place=slots[0]))
    guide.take("done-appointment")
    to_review(guide)
    guide.press("send", "take:0")
    guide.actions.booked(Issued("id", "A012", 20, True, False, False, lost=True))
    guide.take("done-appointment-lost")
    guide.actions.slots = ()
    for state in ("here", "later", "telephone"):
        guide.actions.speaking = Speakers(state, at)
        to_review(guide)
        guide.press("send")
        assert guide.actions.issue is not None
        guide.actions.issue(Issued(_ID, "A012", 20, True, False, False))
        guide.take(f"done-staff-{state}")
        _unprinted(guide, f"done-staff-{state}-photo")
    guide.actions.speaking = Speakers("unknown")


def referral(guide: Guide) -> None:
    shown = [service for service in guide.actions.directory if service.shown]
    chosen = tuple(sorted(shown, key=lambda service: -len(service.languages))[:3])
    if not chosen:
        return
    papers = bring(guide.kiosk.shop)[:3]
    first, other = chosen[0], shown[-1]
    guide.actions.found = replace(
        COUNTER, services=chosen, bring=papers, stale=(first.id,), nearest=((first.id, other),)
    )
    given(guide, guide.sentences(1))
    guide.press("places")
    guide.take("referral")
    guide.press("place")
    guide.take("referral-2")
    guide.actions.found = replace(COUNTER, counter=False, services=chosen[:1])
    to_review(guide)
    guide.press("send")
    guide.take("referral-only")


def given(guide: Guide, text: str = "") -> None:
    """Up to the page of the number."""
    to_review(guide, text)
    guide.press("send")
    assert guide.actions.issue is not None
    guide.actions.issue(Issued("id", "A012", 20, saved=True, referred=False, sensitive=False))


def _unprinted(guide: Guide, name: str) -> None:
    """The same page where an office or an event has no printer at all."""
    assert guide.kiosk.finished is not None
    guide.kiosk.finished = replace(guide.kiosk.finished, printed="none", trouble="")
    guide.take(name)


def done(guide: Guide) -> None:
    actions = guide.actions
    printed: Mapping[str, Trouble | None] = {
        "printed": None,
        "no-printer": Trouble("trouble.printer_paper"),
    }
    issued = Issued(_ID, "A012", 20, saved=True, referred=False, sensitive=False)
    shown = [service for service in actions.directory if service.shown]
    endings = {
        "done": issued,
        "done-unsaved": replace(issued, number="X001", minutes=0, saved=False),
        "done-sensitive": replace(issued, sensitive=True),
        "done-referred": replace(issued, referred=True),
    }
    for name, given in endings.items():
        services = tuple(shown[:1]) if given.referred else ()
        actions.found = Outcome(not services, services, (), (), given.sensitive, False)
        to_review(guide)
        guide.press("send")
        if services:
            guide.press("print")
        assert actions.issue is not None
        actions.issue(given)
        guide.take(name)
        assert actions.printed is not None
        for ending, trouble in printed.items():
            actions.printed(trouble)
            guide.take(f"{name}-{ending}")
        _unprinted(guide, f"{name}-photo")


def bring(shop: Shop) -> tuple[str, ...]:
    every = (
        item
        for flow in shop.flows.values()
        for question in flow.questions.values()
        for choice in question.choices
        for item in choice.bring
    )
    return tuple(dict.fromkeys(every))
