"""The kiosk: what is pressed moves the visit on, and the page follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from kiosk.core.flow import SPECIAL, UNSAID, Flow, Topic
from kiosk.core.guide import Guide
from kiosk.core.language import Language
from kiosk.core.referral import Outcome
from kiosk.core.roster import Slot
from kiosk.core.visit import Page, Step, Visit
from kiosk.core.written import Detail
from kiosk.data.catalogue import Catalogue
from kiosk.data.keyboards import read_keyboard
from kiosk.errors import Trouble
from kiosk.settings import Settings
from kiosk.ui.actions import Actions
from kiosk.ui.frame import Frame
from kiosk.ui.parts import Sheet
from kiosk.ui.resident import ahead, doubts, listening, over, pages, taking, timing, voicing
from kiosk.ui.resident.advice import Paper
from kiosk.ui.resident.done import Finished
from kiosk.ui.resident.labels import step_of
from kiosk.ui.resident.listening import Translating
from kiosk.ui.resident.returning import ticket_on
from kiosk.ui.resident.speaking import Speaking
from kiosk.ui.resident.typing import Typing
from kiosk.ui.resident.voiced import Voice


class Screen(Protocol):
    """Where sheets are shown; `resize` changes text size and colours."""

    def show(self, sheet: Sheet) -> None: ...

    def resize(self, frame: Frame) -> None: ...

    def forget(self) -> None:
        """The visit ended: drop what was drawn of it."""


PAGED = frozenset({Page.TOPIC, Page.QUESTION, Page.CONFIRM, Page.REVIEW, Page.GUIDE})
"""Pages that may have further ones behind them: back leads through these first."""


@dataclass(frozen=True)
class Shop:
    """What the kiosk knows besides the visit: the office's data, read only."""

    settings: Settings
    languages: Mapping[str, Language]
    offered: Sequence[str]
    topics: Mapping[str, Topic]
    flows: Mapping[str, Flow]
    catalogue: Callable[[str], Catalogue]
    now: Callable[[], datetime]
    guides: Mapping[str, Guide]
    """Life orientation by topic."""
    screen: Callable[[str, str], tuple[str, ...]]
    """What in somebody's own words, in a language, asks for care."""
    disaster: Callable[[], bool]
    """Whether staff switched the kiosks to disaster mode."""

    def topics_of(self, mode: str) -> dict[str, Topic]:
        """What is offered in a mode."""
        return {name: topic for name, topic in self.topics.items() if topic.mode == mode}


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
    _aloud: int = 0

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
            self.hush()
        if self._everywhere(kind, detail):
            voicing.leave(self)
        else:
            pages.press(self, kind, detail)
        self.show()

    def _everywhere(self, kind: str, detail: str) -> bool:
        """The bar and what it opens. True where that was all."""
        if self.over == "cleared":
            self.wipe()
        elif kind == "read":
            self._read()
        elif kind == "size" and not detail:
            self.over = "size"
        elif kind == "size":
            self._resize(detail)
        elif kind == "language":
            self.over = "language"
        elif kind == "restart":
            self.over = "restart"
        elif kind == "pick":
            self._pick(detail)
        elif self.over == "restart":
            self._restart(kind)
        elif kind == "other":
            self.over = "other"
        elif self.over == "other" and kind == "number":
            self._unlisted()
        elif self.over == "word" and kind in ("as", "drop", "write"):
            doubts.press(self, kind, detail)
        elif kind == "back":
            self._back()
        else:
            return False
        return True

    def _restart(self, kind: str) -> None:
        self.over = ""
        if kind == "yes":
            language = self.visit.language
            self.wipe()
            # Nothing is kept but the language in which to say so.
            self.visit.language, self.over = language, "cleared"

    def _back(self) -> None:
        if self.over:
            self.over = ""
        elif self.page and self.visit.at.page in PAGED:
            self.page -= 1
        else:
            listening.leave(self)
            self.enter(self.visit.back())

    def _pick(self, tag: str) -> None:
        if tag not in self.shop.languages:
            return
        changed = tag != self.visit.language
        self.visit.language, self.over = tag, ""
        if self.visit.at.page is Page.LANGUAGE:
            self.actions.prepare(tag)
            self.enter(self.visit.go(self.visit.following()))
        elif changed:
            self.actions.prepare(tag)
            self._in_language()

    def _in_language(self) -> None:
        """The page goes on in another language: marks and words so far stay."""
        at = self.visit.at.page
        if at is Page.SPEAK:
            listening.leave(self)
            self.enter(self.visit.at)
        elif at is Page.TYPE and self.typing is not None:
            self.typing = Typing(read_keyboard(self.language.tag), self.typing.whole)
        elif at is Page.CONFIRM:
            self.enter(self.visit.at)
        elif at in (Page.REVIEW, Page.REFERRAL) and not self.sending and self.finished is None:
            # Which agencies fit depends on the language too.
            self.outcome, self.place = self.actions.outcome(self.visit), 0
            if at is Page.REFERRAL and not self.outcome.services:
                self.enter(self.visit.go(Step(Page.REVIEW)))

    def _resize(self, name: str) -> None:
        scales = dict(over.SIZES)
        if name in scales:
            self.frame = replace(self.frame, text_scale=scales[name])
        elif name in ("contrast", "light"):
            self.frame = replace(self.frame, contrast=name == "contrast")
        self.screen.resize(self.frame)

    def _read(self) -> None:
        if self.reading:
            self.hush()
            return
        if self.visit.language and not self.actions.abilities(self.language.tag).voice:
            self.told = self.say("trouble.no_voice")
            return
        self.reading = True
        self._aloud += 1
        aloud = self._aloud

        def ended(trouble: Trouble | None) -> None:
            if aloud == self._aloud:  # not an earlier reading that was stopped
                self._read_out(trouble)

        self.actions.say(self.sheet().reads, self.language.tag, self.guard(ended))

    def _read_out(self, trouble: Trouble | None) -> None:
        self.reading = False
        if trouble is not None:
            self.told = self.say(trouble.key, **trouble.details)
        self.show()

    def hush(self) -> None:
        """Stop reading aloud."""
        if self.reading:
            self.reading = False
            self.actions.hush()

    def scan(self, line: str) -> None:
        """A hand scanner read a line: the code on a slip of an earlier visit, at the beginning of a visit."""
        ticket = ticket_on(line)
        if not ticket or self.visit.at.page not in (Page.LANGUAGE, Page.NOTICE) or self.over:
            return

        def answered(there: bool) -> None:
            if there:
                self.visit.earlier = ticket
            key = "return.read" if there else "return.unknown"
            # Whose slip it is nobody knows before a language was chosen.
            tags = (self.visit.language,) if self.visit.language else ("ja", "en")
            self.told = "  ".join(self.shop.catalogue(tag).text(key) for tag in tags)
            if there and self.visit.language:
                self.told = ""
                self.enter(self.visit.go(Step(Page.RETURN)))
            self.touched = self.clock()
            self.show()

        self.actions.known(ticket, self.guard(answered))

    def _unlisted(self) -> None:
        """A number for somebody whose language is not listed: no questions, an interpreter at the counter."""
        self.visit.language, self.visit.unlisted = "en", True
        self.number_only()

    def number_only(self) -> None:
        """A number without questions."""
        self.visit.caller = self.visit.topic = UNSAID
        self.outcome = self.actions.outcome(self.visit)
        taking.submit(self, referred=False)

    # Moving on

    def enter(self, step: Step) -> None:
        """Prepare what the page at `step` needs."""
        self.hush()
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
