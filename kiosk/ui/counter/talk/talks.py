"""The talk of a console: whom it is with, when it ends, and the resident's own screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk.ui.counter.over import Over
from kiosk.ui.counter.talk.desk import Asking, Facing, TalkDesk
from kiosk.ui.frame import Frame
from kiosk.ui.parts import Sheet
from kiosk.ui.resident.base import Scene
from kiosk.ui.talk.asked import question_page
from kiosk.ui.talk.conversation import Conversation
from kiosk.ui.talk.pages import Given, resident_page
from kiosk.ui.talk.phrases import Phrase
from kiosk.ui.talk.quiet import idle_page
from kiosk.ui.talk.talk import Talk

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console


@dataclass
class Talks:
    """One console's. Nothing here waits."""

    console: Console
    desk: TalkDesk
    facing: Facing | None = None
    turned: bool = False
    """Whether the console's own screen is turned to the resident."""
    recent: tuple[str, ...] = ()
    """Phrases of this talk, the last first."""
    conversation: Conversation = field(init=False)
    asking: Asking | None = None
    """Stands before any talk."""
    _case: str = field(default="", repr=False)
    """The ticket the talk is about; empty for somebody without one."""
    _drawn: tuple[object, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        self.conversation = Conversation(self.desk, self.desk, self._changed, lambda: self.console.clock())

    @property
    def screen(self) -> bool:
        """Whether residents have a screen of their own that can be seen now."""
        return self.facing is not None and self.facing.frame is not None

    def open(self) -> Over:
        """The page of the talk that goes on, else of a new one; without a ticket the language is chosen."""
        from kiosk.ui.counter.talk.language import ChooseLanguage
        from kiosk.ui.counter.talk.page import TalkPage

        self._look()
        here = self.console.here
        if self.conversation.talk is not None:
            return TalkPage(self.console, self)
        if here is None or not self.desk.knows(here.language):
            return ChooseLanguage(self.console, self)
        self.begin(here.language)
        return TalkPage(self.console, self)

    def begin(self, language: str) -> None:
        """A new talk with whoever is here."""
        here = self.console.here
        self._case, self.recent, self.turned = here.id if here is not None else "", (), False
        self.conversation.start(language)
        if self.facing is not None:
            self.facing.open()
        self._show_facing()

    def end(self) -> None:
        """Forget everything that was said. Costs nothing where no talk goes on."""
        if self.conversation.talk is None:
            return
        self.conversation.end()
        self.turned, self.recent, self._case = False, (), ""
        if self.facing is not None:
            self.facing.forget()
        self._drawn = ()
        self._show_facing()

    def tick(self) -> None:
        """A few times a second, whatever page is open."""
        self._look()
        self.conversation.tick()
        if self.facing is not None:
            self.facing.watch()
        self._show_facing()

    def _look(self) -> None:
        """A talk ends with its ticket, and when somebody is called after one without a ticket."""
        here = self.console.here
        if self.conversation.talk is not None and (here.id if here is not None else "") != self._case:
            from kiosk.ui.counter.talk.page import TalkPage

            self.end()
            if isinstance(self.console.over, TalkPage):
                self.console.close_over()

    # The resident's side

    def pressed(self, target: str) -> None:
        """A press on the resident's own screen."""
        if self.asking is not None:
            if target in ("answer:yes", "answer:no"):
                asked, self.asking = self.asking, None
                self.console.guard.touch()
                asked.answer(target == "answer:yes")
                self._changed()
        elif self.conversation.talk is not None:
            self.console.guard.touch()
            self.conversation.press(target)
            self._changed()

    def ask(self, asking: Asking | None) -> None:
        """Put a question on the resident's own screen, where there is one; None takes it back."""
        if asking == self.asking:
            return
        self.asking = asking if self.screen else None
        if self.facing is not None and self.conversation.talk is None:
            self.facing.forget()
        self._drawn = ()
        self._show_facing()

    def given(self, frame: Frame, *, turned: bool, talk: Talk | None = None) -> Given:
        """What the resident's page is drawn from, of the talk that goes on or of one that has ended."""
        now = talk or self.conversation.now
        scaled = replace(frame, text_scale=now.scale)
        language = self.desk.languages[now.language]
        scene = Scene(scaled, language, self.desk.words(now.language), self.desk.languages)
        able = self.conversation.able
        return Given(scene, self.desk.words("ja"), turned, able.speech, able.voice)

    def _changed(self) -> None:
        self._show_facing()
        self.console.show()

    def shown(self) -> None:
        """Something new is for the resident to read."""
        if self.facing is not None:
            self.facing.open()
        self._show_facing()

    def _show_facing(self) -> None:
        facing = self.facing
        frame = facing.frame if facing is not None else None
        if facing is None or frame is None:
            self._drawn = ()
            return
        talk = self.conversation.talk
        drawn = (talk, frame, self.conversation.able, self.asking)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        facing.show(self._page(frame, talk))

    def _page(self, frame: Frame, talk: Talk | None) -> Sheet:
        asked, desk = self.asking, self.desk
        if asked is not None:
            say = desk.words(asked.language)
            scene = Scene(frame, desk.languages[asked.language], say, desk.languages)
            return question_page(scene, asked.text, asked.japanese)
        return self._idle(frame) if talk is None else resident_page(talk, self.given(frame, turned=False))

    def _idle(self, frame: Frame) -> Sheet:
        tags = [tag for tag in self.desk.offered if self.desk.knows(tag)]
        scene = Scene(
            frame, self.desk.languages["ja-simple"], self.desk.words("ja-simple"), self.desk.languages
        )
        return idle_page(scene, self.desk.office, [(tag, self.desk.words(tag)("talk.sit")) for tag in tags])

    # What is shown

    def say_phrase(self, phrase: Phrase, values: Mapping[str, str]) -> None:
        self.conversation.show(phrase, values)
        self.recent = (phrase.id, *(one for one in self.recent if one != phrase.id))
        self.desk.use(phrase.id)
        self.shown()

    def say_draft(self) -> bool:
        done = self.conversation.show_draft()
        if done:
            self.shown()
        return done

    def words(self) -> Callable[..., str]:
        """The counselor's Japanese, whatever the console's language."""
        return self.desk.words("ja")
