"""Every question and every place on pages of their own, for the test that looks for cut text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kiosk.core.directory import Service
from kiosk.core.steps import Page, Step
from kiosk.ui.frame import Frame
from kiosk.ui.parts import Sheet
from kiosk.ui.resident.gallery import Guide, richest
from kiosk.ui.resident.scenes_end import COUNTER, bring, given
from kiosk.ui.resident.shop import Shop


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
    papers = bring(shop)
    guide.actions.found = COUNTER
    given(guide)
    guide.kiosk.visit.at = Step(Page.REFERRAL)
    for service in directory:
        if service.shown:
            guide.kiosk.outcome = replace(COUNTER, services=(service,), bring=papers[:4])
            yield f"place-{service.id}", guide.kiosk.sheet()
