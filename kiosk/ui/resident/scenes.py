"""Every kind of page in any language, for photographs and for the test that looks for cut text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.core.directory import Service
from kiosk.core.flow import Flow
from kiosk.core.hours import Schedule
from kiosk.core.referral import Outcome
from kiosk.core.roster import Slot, Specialist
from kiosk.core.visit import Page, Step
from kiosk.errors import Trouble
from kiosk.ui.actions import Issued, Speakers
from kiosk.ui.frame import Frame
from kiosk.ui.parts import Sheet, Target
from kiosk.ui.resident.gallery import ABLE, Guide, richest
from kiosk.ui.resident.scenes_words import confirm, speak, typing, voice
from kiosk.ui.resident.shop import Shop

Go = Callable[[Guide], None]


def samples(
    shop: Shop, directory: Sequence[Service], frame: Frame, tag: str, only: Sequence[str] = ()
) -> dict[str, Sheet]:
    """Named sheets of every kind of page in one language; `only` keeps the scenes named so."""
    guide = Guide(shop, directory, frame, tag)
    for name, scene in SCENES.items():
        if not only or name in only:
            guide.actions.able, guide.actions.found = ABLE, None
            scene(guide)
    return guide.taken


def questions(
    shop: Shop, directory: Sequence[Service], frame: Frame, tag: str
) -> Iterator[tuple[str, Sheet]]:
    """Every question of every flow, on all its pages."""
    guide = Guide(shop, directory, frame, tag)
    for topic in shop.topics.values():
        guide.start(richest(shop))
        visit = guide.kiosk.visit
        # Any topic from any other, so that disaster mode need not be switched on for its questions.
        visit.topics, visit.topic = shop.topics, topic.id
        flow = shop.flows[topic.flow]
        for question in flow.questions:
            visit.at = Step(Page.QUESTION, question)
            guide.kiosk.enter(visit.at)
            page = 0
            while True:
                guide.kiosk.page = page
                sheet = guide.kiosk.sheet()
                yield f"{flow.id}-{question}-{page + 1}", sheet
                page += 1
                if page * _shown(sheet) >= len(flow.questions[question].choices):
                    break


def _shown(sheet: Sheet) -> int:
    """How many choices a page of a question holds."""
    listed = [part for part in sheet.parts if getattr(part, "look", "") == "choice"]
    return max(1, len(listed))


def places(shop: Shop, directory: Sequence[Service], frame: Frame, tag: str) -> Iterator[tuple[str, Sheet]]:
    """Every service of the directory on its page, with everything there may be to bring."""
    guide = Guide(shop, directory, frame, tag)
    bring = _bring(shop)
    guide.actions.found = _COUNTER
    _given(guide)
    guide.kiosk.visit.at = Step(Page.REFERRAL)
    for service in directory:
        if service.shown:
            guide.kiosk.outcome = replace(_COUNTER, services=(service,), bring=bring[:4])
            yield f"place-{service.id}", guide.kiosk.sheet()


def _bring(shop: Shop) -> tuple[str, ...]:
    every = (
        item
        for flow in shop.flows.values()
        for question in flow.questions.values()
        for choice in question.choices
        for item in choice.bring
    )
    return tuple(dict.fromkeys(every))


def _begin(guide: Guide) -> None:
    guide.wipe()
    guide.take("picker")
    guide.press("other")
    guide.take("other")
    guide.press("back", f"pick:{guide.tag}")
    guide.take("notice")
    guide.press("others")
    guide.take("caller")
    guide.press("choose:family")
    guide.take("topics-1")
    guide.press("more")
    guide.take("topics-2")


def _ask(guide: Guide) -> None:
    shop = guide.kiosk.shop
    guide.start(richest(shop))
    guide.take("question")
    visit, flow = guide.kiosk.visit, guide.kiosk.visit.flow
    assert flow is not None
    guide.press(f"choose:{flow.questions[flow.start].choices[0].id}")
    guide.take("question-2")
    guide.press("back")
    guide.take("question-again")
    many = _many(shop)
    if many is None:
        return
    topic, many_flow, question = many
    guide.start(topic)
    visit = guide.kiosk.visit
    visit.at = Step(Page.QUESTION, question)
    guide.kiosk.enter(visit.at)
    guide.press(*(f"choose:{choice.id}" for choice in many_flow.questions[question].choices[:2]))
    guide.take("question-many")


def _many(shop: Shop) -> tuple[str, Flow, str] | None:
    for topic in shop.topics_of("").values():
        flow = shop.flows[topic.flow]
        for question in flow.questions.values():
            if question.kind == "many":
                return topic.id, flow, question.id
    return None


def _over(guide: Guide) -> None:
    guide.start(richest(guide.kiosk.shop))
    for name in ("restart", "language", "size"):
        guide.press(name)
        guide.take({"language": "change-language", "size": "text-size"}.get(name, name))
        guide.press("no" if name == "restart" else "back")
    guide.kiosk.told = guide.say("trouble.no_voice")
    guide.take("told")
    guide.kiosk.told = ""
    guide.kiosk.warned = 28
    guide.take("idle")
    guide.kiosk.warned = None
    guide.press("restart", "yes")
    guide.kiosk.frame = guide.frame
    guide.take("cleared")


def _to_review(guide: Guide, text: str = "") -> None:
    guide.start(richest(guide.kiosk.shop))
    guide.answer()
    visit = guide.kiosk.visit
    visit.tell(text, "typed")
    guide.kiosk.enter(visit.go(Step(Page.REVIEW)))


def _review(guide: Guide) -> None:
    guide.actions.found = _COUNTER
    _to_review(guide)
    guide.take("review-silent")
    _to_review(guide, guide.sentences(3))
    guide.take("review")
    guide.press("more")
    guide.take("review-2")
    guide.press("send")
    guide.take("review-sending")


def _several(guide: Guide) -> None:
    """Three problems in two topics."""
    guide.actions.found = None
    _to_review(guide)
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


def _calm(guide: Guide) -> None:
    guide.start(richest(guide.kiosk.shop))
    guide.kiosk.enter(guide.kiosk.visit.go(Step(Page.CARE)))
    guide.take("care")
    guide.press("numbers")
    guide.take("numbers")


def _orientation(guide: Guide) -> None:
    guide.wipe()
    guide.press(f"pick:{guide.tag}", "guide")
    guide.take("guide")
    for topic in guide.kiosk.shop.guides:
        guide.kiosk.visit.at = Step(Page.GUIDE, topic)
        guide.kiosk.page = 0
        guide.take(f"guide-{topic}-1")
        guide.press("more")
        guide.take(f"guide-{topic}-2")
    guide.press("print")
    guide.take("guide-printing")


def _book(guide: Guide) -> None:
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
    guide.actions.found = _COUNTER
    _to_review(guide)
    guide.press("send")
    guide.take("book")
    guide.press("take:0")
    assert guide.actions.booked is not None
    guide.actions.booked(Issued("id", "A012", 20, True, False, False, place=slots[0]))
    guide.take("done-appointment")
    _to_review(guide)
    guide.press("send", "take:0")
    guide.actions.booked(Issued("id", "A012", 20, True, False, False, lost=True))
    guide.take("done-appointment-lost")
    guide.actions.slots = ()
    for state in ("here", "later", "telephone"):
        guide.actions.speaking = Speakers(state, at)
        _to_review(guide)
        guide.press("send")
        assert guide.actions.issue is not None
        guide.actions.issue(Issued(_ID, "A012", 20, True, False, False))
        guide.take(f"done-staff-{state}")
        _unprinted(guide, f"done-staff-{state}-photo")
    guide.actions.speaking = Speakers("unknown")


def _return(guide: Guide) -> None:
    guide.wipe()
    guide.kiosk.visit.earlier = "id"
    guide.press(f"pick:{guide.tag}")
    guide.take("return")


def _referral(guide: Guide) -> None:
    shown = [service for service in guide.actions.directory if service.shown]
    chosen = tuple(sorted(shown, key=lambda service: -len(service.languages))[:3])
    if not chosen:
        return
    bring = _bring(guide.kiosk.shop)[:3]
    first, other = chosen[0], shown[-1]
    guide.actions.found = replace(
        _COUNTER, services=chosen, bring=bring, stale=(first.id,), nearest=((first.id, other),)
    )
    _given(guide, guide.sentences(1))
    guide.press("places")
    guide.take("referral")
    guide.press("place")
    guide.take("referral-2")
    guide.actions.found = replace(_COUNTER, counter=False, services=chosen[:1])
    _to_review(guide)
    guide.press("send")
    guide.take("referral-only")


_ID = "019fa7c1-d280-7000-8000-5e0c91af0001"
_COUNTER = Outcome(True, (), (), (), False, False)


def _given(guide: Guide, text: str = "") -> None:
    """Up to the page of the number."""
    _to_review(guide, text)
    guide.press("send")
    assert guide.actions.issue is not None
    guide.actions.issue(Issued("id", "A012", 20, saved=True, referred=False, sensitive=False))


def _unprinted(guide: Guide, name: str) -> None:
    """The same page where an office or an event has no printer at all."""
    assert guide.kiosk.finished is not None
    guide.kiosk.finished = replace(guide.kiosk.finished, printed="none", trouble="")
    guide.take(name)


def _done(guide: Guide) -> None:
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
        _to_review(guide)
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


SCENES: Mapping[str, Go] = {
    "begin": _begin,
    "ask": _ask,
    "over": _over,
    "speak": speak,
    "type": typing,
    "voice": voice,
    "confirm": confirm,
    "review": _review,
    "several": _several,
    "calm": _calm,
    "orientation": _orientation,
    "book": _book,
    "return": _return,
    "referral": _referral,
    "done": _done,
}
