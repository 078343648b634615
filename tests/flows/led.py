"""A kiosk without window, engines, store or printer, and visits written as lists of steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from kiosk.core.care import screen
from kiosk.core.directory import Service
from kiosk.core.steps import Page
from kiosk.data.care import read_care
from kiosk.data.catalogue import load
from kiosk.data.flows import read_flows
from kiosk.data.guides import read_guides
from kiosk.data.languages import read_languages
from kiosk.data.referrals import read_directory
from kiosk.settings import Settings
from kiosk.ui.actions import Abilities, Issued
from kiosk.ui.frame import Frame
from kiosk.ui.parts import Sheet, Target, Words
from kiosk.ui.resident.gallery import Rehearsal
from kiosk.ui.resident.kiosk import Kiosk
from kiosk.ui.resident.shop import Shop

SATURDAY = datetime(2026, 11, 21, 13, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
STANDARD = Frame(1280, 800)
NUMBER = Issued("id-1", "A012", 20, saved=True, referred=False, sensitive=False)


@cache
def shop() -> Shop:
    """The data of the repository, at a fixed time."""
    settings, found = Settings(), read_flows()
    return Shop(
        settings=settings,
        languages=read_languages().by_tag,
        offered=settings.kiosk.languages,
        topics=found.topics,
        flows=found.flows,
        catalogue=load,
        now=lambda: SATURDAY,
        guides=read_guides(found.topics).by_topic,
        screen=lambda text, tag: screen(text, [read_care(tag), read_care("en")]),
        disaster=lambda: False,
    )


@cache
def directory() -> tuple[Service, ...]:
    return read_directory().services


@dataclass
class Screen:
    """Keeps what was shown."""

    sheets: list[Sheet] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)

    def show(self, sheet: Sheet) -> None:
        self.sheets.append(sheet)

    def resize(self, frame: Frame) -> None:
        self.frames.append(frame)

    def forget(self) -> None:
        self.sheets.clear()


class Led:
    """A kiosk led by a test: presses only what stands on the page and can be pressed."""

    def __init__(self, *, able: Abilities | None = None, services: Sequence[Service] | None = None) -> None:
        self.seconds = 0.0
        self.screen = Screen()
        self.actions = Rehearsal(shop(), directory() if services is None else services)
        if able is not None:
            self.actions.able = able
        self.kiosk = Kiosk(self.screen, self.actions, shop(), STANDARD, lambda: self.seconds)

    def page(self) -> Page:
        """Asked anew each time: a property would let the type checker think that it stays as it was."""
        return self.kiosk.visit.at.page

    @property
    def sheet(self) -> Sheet:
        return self.screen.sheets[-1]

    def targets(self) -> dict[str, Target]:
        return {part.id: part for part in self.sheet.parts if isinstance(part, Target) and part.enabled}

    def words(self) -> list[str]:
        told = [part.text for part in self.sheet.parts if isinstance(part, Words)]
        return told + [part.label for part in self.sheet.parts if isinstance(part, Target)]

    def press(self, *names: str) -> Led:
        for name in names:
            assert name in self.targets(), f"{self.sheet.name} has no {name}: {sorted(self.targets())}"
            self.kiosk.press(name)
        return self

    def wait(self, seconds: float) -> Led:
        """Time goes by, with the window's beat."""
        for _ in range(int(seconds)):
            self.seconds += 1
            self.kiosk.tick()
        return self

    def choose(self, choice: str) -> Led:
        """A choice, on whichever page of the question it stands."""
        for _ in range(4):
            if f"choose:{choice}" in self.targets():
                return self.press(f"choose:{choice}")
            self.press("more")
        raise AssertionError(f"{choice} stands on no page")

    def to_topic(self, topic: str, language: str = "en") -> Led:
        return self.press(f"pick:{language}", "choose:self").choose(topic)

    def answer(self, taken: str = "") -> Led:
        """All questions of the flow: the first choice of each, or always the same special answer."""
        while self.page() in (Page.QUESTION, Page.CARE):
            if self.page() is Page.CARE:
                self.press("on")
                continue
            visit = self.kiosk.visit
            assert visit.flow is not None
            question = visit.flow.questions[visit.at.question]
            self.choose(taken or question.choices[0].id)
            if question.kind == "many" and not taken:
                self.press("next")
        return self

    def write(self, text: str) -> Led:
        """From the page for speaking to the words written and sent on."""
        self.press("type")
        for sign in text:
            self.kiosk.press(f"key:{sign}" if sign != " " else "key:<space>")
        return self.press("next")

    def finish(self, issued: Issued = NUMBER) -> Led:
        """From the review to the number."""
        self.press("send")
        if self.page() is Page.REFERRAL:  # an agency alone would be enough
            self.press("number")
        assert self.actions.issue is not None
        self.actions.issue(issued)
        return self

    def to_review(self, topic: str = "work", language: str = "en") -> Led:
        return self.to_topic(topic, language).answer().press("skip")
