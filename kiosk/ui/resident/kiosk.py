"""The kiosk: what is pressed moves the visit on, and the page follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from kiosk.core.flow import SPECIAL, UNSAID
from kiosk.core.language import Language
from kiosk.core.referral import Outcome
from kiosk.core.roster import Slot
from kiosk.core.steps import Page, Step
from kiosk.core.visit import Visit
from kiosk.core.written import Detail
from kiosk.ui.actions import Actions
from kiosk.ui.frame import Frame
from kiosk.ui.parts import Sheet
from kiosk.ui.resident import (
    ahead,
    aloud,
    around,
    listening,
    pages,
    presses,
    returning,
    taking,
    timing,
    voicing,
)
from kiosk.ui.resident.advice import Paper
from kiosk.ui.resident.done import Finished
from kiosk.ui.resident.labels import step_of
from kiosk.ui.resident.listening import Translating
from kiosk.ui.resident.shop import Shop
from kiosk.ui.resident.speaking import Speaking
from kiosk.ui.resident.typing import Typing
from kiosk.ui.resident.voiced import Voice


class Screen(Protocol):
    """Where sheets are shown; `resize` changes text size and colours."""

    def show(self, sheet: Sheet) -> None: ...

    def resize(self, frame: Frame) -> None: ...

    def forget(self) -> None:
        """The visit ended: drop what was drawn of it."""


@dataclass
class Kiosk:
    """One kiosk. `clock` counts seconds and never runs back; nothing here blocks."""

    screen: Screen
    actions: Actions
    shop: Shop
    frame: Frame
    clock: Callable[[], float]
    visit: Visit = field(init=False)
    over: str = ""
    """A page laid over the visit: restart, cleared, language, size, other, numbers, word."""
    disaster: bool = False
    paper: Paper = ""
    """How printing the life orientation stands."""
    page: int = 0
    ticked: tuple[str, ...] = ()
    speaking: Speaking = field(default_factory=lambda: Speaking("idle"))
    typing: Typing | None = None
    translating: Translating = field(default_factory=Translating)
    outcome: Outcome | None = None
    place: int = 0
    slots: tuple[Slot, ...] = ()
    """Appointments that fit what was told."""
    sending: bool = False
    finished: Finished | None = None
    reading: bool = False
    told: str = ""
    """A sentence to be told on the present page, such as that there is no sound."""
    warned: int | None = None
    """Seconds left to answer whether somebody is there."""
    touched: float = 0.0
    started: float = 0.0
    """When listening, translating or printing began."""
    attract: int = 0
    voice: Voice = field(default_factory=Voice)
    """How an answer by voice stands."""
    word: int = 0
    """Which doubtful word is being looked at."""
    session: int = 0
    """Which stretch of listening is heard; what an earlier one still answers is not."""
    _token: int = 0
    readings: int = 0
    """Counts the readings: the end of one that was stopped stops no other."""

    def __post_init__(self) -> None:
        self.wipe()

    @property
    def writing(self) -> bool:
        """Whether the page for writing is shown, so that a real keyboard writes."""
        return self.visit.at.page is Page.TYPE and self.typing is not None and not self.over

    # The visit's life

    def wipe(self) -> None:
        """Forget everything of the visit and show the languages."""
        self.actions.forget()
        self.screen.forget()
        self._token += 1
        self.disaster, self.paper = self.shop.disaster(), ""
        self.visit = Visit(self.shop.topics_of("disaster" if self.disaster else ""), self.shop.flows)
        self.over, self.page, self.ticked, self.place, self.told = "", 0, (), 0, ""
        self.slots = ()
        self.speaking, self.typing, self.translating = Speaking("idle"), None, Translating()
        self.voice = Voice()
        self.outcome, self.finished, self.sending, self.reading, self.warned = None, None, False, False, None
        if self.set_by_hand:
            self.frame = replace(self.frame, text_scale=self._scale, contrast=self.disaster)
            self.screen.resize(self.frame)
        self.touched = self.clock()
        self.show()

    @property
    def _scale(self) -> float:
        """Type is larger in a shelter's light, and the black page saves the battery."""
        return 1.25 if self.disaster else 1.0

    @property
    def set_by_hand(self) -> bool:
        """Whether somebody changed text size or colours."""
        return (self.frame.text_scale, self.frame.contrast) != (self._scale, self.disaster)

    def guard(self, answer: Callable[..., None]) -> Callable[..., None]:
        """An answer that comes after the visit was wiped is not heard."""
        token = self._token

        def guarded(*given: object) -> None:
            if token == self._token:
                answer(*given)

        return guarded

    @property
    def language(self) -> Language:
        return self.shop.languages[self.visit.language or "en"]

    def say(self, key: str, **details: Detail) -> str:
        return self.shop.catalogue(self.language.tag).text(key, **details)

    def tick(self) -> None:
        """Several times a second: listening time, idle time, the picker's line."""
        timing.tick(self)

    # What is pressed

    def press(self, target: str) -> None:
        """A target of the present sheet was pressed."""
        self.touched, self.told = self.clock(), ""
        kind, _, detail = target.partition(":")
        if kind == "clear":
            self.wipe()
            return
        if self.warned is not None:
            self.warned = None
            self.show()
            return
        if kind not in ("read", "key"):
            aloud.hush(self)
        if around.press(self, kind, detail):
            voicing.leave(self)
        else:
            presses.press(self, kind, detail)
        self.show()

    def scan(self, line: str) -> None:
        """A hand scanner read a line."""
        returning.scan(self, line)

    def number_only(self) -> None:
        """A number without questions."""
        self.visit.caller = self.visit.topic = UNSAID
        self.outcome = self.actions.outcome(self.visit)
        taking.submit(self, referred=False)

    # Moving on

    def enter(self, step: Step) -> None:
        """Prepare what the page at `step` needs."""
        aloud.hush(self)
        voicing.leave(self)
        self.page = 0
        self.ticked = ()
        if step.page is Page.QUESTION:
            before = self.visit.flow_answers.get(step.question, ())
            self.ticked = tuple(choice for choice in before if choice not in SPECIAL)
        elif step.page is Page.SPEAK:
            listening.open_page(self)
        elif step.page is Page.CONFIRM:
            listening.translate(self)
        elif step.page is Page.REVIEW:
            self.visit.editing = False
            self.outcome = self.actions.outcome(self.visit)
            taking.look(self, self.outcome)
        elif step.page is Page.REFERRAL:
            self.place = 0
        elif step.page is Page.GUIDE:
            self.paper = ""

    def edit(self, detail: str) -> None:
        self.enter(self.visit.edit(step_of(detail)))

    # Showing

    def sheet(self) -> Sheet:
        """The page as it stands."""
        return pages.sheet(self)

    def show(self) -> None:
        self.screen.show(self.sheet())

    def likely(self) -> list[Sheet]:
        """Pages that may well come next, to be drawn while the person reads this one."""
        return ahead.likely(self)
