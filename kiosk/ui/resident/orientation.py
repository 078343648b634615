"""Life orientation within the kiosk: which page it is, and what a press on it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core.steps import Page, Step
from kiosk.core.written import Day
from kiosk.errors import Trouble
from kiosk.ui.parts import Sheet
from kiosk.ui.resident import advice, ask, labels
from kiosk.ui.resident.base import Scene
from kiosk.ui.resident.page import Head

if TYPE_CHECKING:
    from kiosk.ui.resident.kiosk import Kiosk


def page(kiosk: Kiosk, here: Scene) -> Sheet:
    """The topics, or the cards of one."""
    visit, say = kiosk.visit, kiosk.say
    topic = visit.at.question
    if not topic:
        asked = labels.guide_asked(visit, say, kiosk.page, kiosk.shop.guides)
        return ask.question(here, asked, Head())
    head = Head(say(f"topic.{topic}"), visit.topics[topic].icon)
    paper: advice.Paper = kiosk.paper if kiosk.actions.prints else "none"
    number = kiosk.finished is not None
    return advice.card(here, _advice(kiosk, topic), kiosk.page, head, paper, number=number)


def _advice(kiosk: Kiosk, topic: str) -> list[advice.Advice]:
    say, has = kiosk.say, kiosk.shop.catalogue(kiosk.language.tag).has
    guide = kiosk.shop.guides[topic]
    found = []
    for card in guide.cards:
        key = guide.key(card)
        when = say(f"{key}.when") if has(f"{key}.when") else ""
        checked = say("referral.checked", date=Day(card.assured_date, short=True))
        found.append(
            advice.Advice(
                card.icon, say(key), say(f"{key}.what"), say(f"{key}.where"), when, card.url, checked
            )
        )
    return found


def press(kiosk: Kiosk, kind: str, detail: str) -> None:
    """A topic, its further cards, its paper, or on to a person."""
    visit = kiosk.visit
    topic = visit.at.question
    if kind == "more":
        kiosk.page += 1
    elif kind == "choose" and not topic and detail in kiosk.shop.guides:
        kiosk.enter(visit.go(Step(Page.GUIDE, detail)))
    elif kind == "print" and topic and kiosk.paper != "printing":
        _print(kiosk, topic)
    elif kind == "ask" and topic:
        kiosk.enter(visit.begin_with(topic))
    elif kind == "number":
        kiosk.enter(visit.go(Step(Page.DONE)))


def _print(kiosk: Kiosk, topic: str) -> None:
    kiosk.paper = "printing"

    def answered(trouble: Trouble | None) -> None:
        kiosk.paper = "" if trouble else "printed"
        if trouble:
            kiosk.told = kiosk.say(trouble.key, **trouble.details)
        kiosk.touched = kiosk.clock()
        kiosk.show()

    kiosk.actions.print_guide(topic, kiosk.language.tag, kiosk.guard(answered))
