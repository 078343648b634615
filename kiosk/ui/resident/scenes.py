"""Every kind of page in any language, for photographs and for the test that looks for cut text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kiosk.core.directory import Service
from kiosk.core.flow import Flow
from kiosk.core.steps import Page, Step
from kiosk.ui.frame import Frame
from kiosk.ui.parts import Sheet
from kiosk.ui.resident.gallery import ABLE, Guide, richest
from kiosk.ui.resident.scenes_end import book, done, referral, review, several
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


def _return(guide: Guide) -> None:
    guide.wipe()
    guide.kiosk.visit.earlier = "id"
    guide.press(f"pick:{guide.tag}")
    guide.take("return")


SCENES: Mapping[str, Go] = {
    "begin": _begin,
    "ask": _ask,
    "over": _over,
    "speak": speak,
    "type": typing,
    "voice": voice,
    "confirm": confirm,
    "review": review,
    "several": several,
    "calm": _calm,
    "orientation": _orientation,
    "book": book,
    "return": _return,
    "referral": referral,
    "done": done,
}
