"""The counselor's page of a talk: phrases to pick, words to type, what was said both ways; and the same
screen turned to the resident."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk.core.writing import kept_text
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.talk.language import ChooseLanguage
from kiosk.ui.counter.talk.phrasesheet import SEARCH
from kiosk.ui.counter.talk.picking import PRESSES, Picking, step
from kiosk.ui.counter.talk.picture import talk_view
from kiosk.ui.counter.talk.recorded import record_talk
from kiosk.ui.counter.talk.sheet import lay_talk
from kiosk.ui.counter.talk.talks import Talks
from kiosk.ui.counter.talk.turned import FRONT, LeftTurned, turned_page
from kiosk.ui.counter.talk.typedsheet import TYPED

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

LONGEST = 120
"""Characters a counselor may say at a time: what stands large on a screen in any language and any size."""
KEYS = (
    ("Control-s", "search"), ("F7", "write"), ("Shift-F8", "turn"), ("Control-u", "aloud"),
    ("Control-j", "record"), ("Control-t", "language"), ("Control-q", "finish"), ("Control-w", "larger"),
    ("F9", "lines"), ("Return", "first"), ("Prior", "list:-1"), ("Next", "list:1"), ("Left", "chip:-1"),
    ("Right", "chip:1"), ("Up", "older:1"), ("Down", "older:-1"),
)  # fmt: skip


@dataclass
class TalkPage:
    """One talk. The talk itself is the console's and goes on while other pages are looked at."""

    console: Console
    talks: Talks
    older: int = 0
    """How many pages back the talk is read."""
    note: str = ""
    typed_words: str = ""
    picking: Picking = field(init=False)

    def __post_init__(self) -> None:
        self.picking = Picking(self.console, self.talks, self._before_resident)

    def opened(self) -> None:
        draft = self.talks.conversation.draft
        if draft is not None:
            self.typed_words = draft.japanese
            self.console.fields.put(TYPED, draft.japanese)

    def page(self) -> Own:
        talks = self.talks
        if talks.turned and talks.conversation.talk is not None:
            return turned_page(self.console, talks, talks.conversation.talk)
        digits = tuple((str(n + 1), f"pick:{n}") for n in range(self.picking.rows))
        return Own("talk", talk_view(self), lay_talk, whole=True, main="main", keys=(*KEYS, *digits))

    # What is typed

    def typed(self, name: str, text: str) -> None:
        if name == SEARCH:
            self.picking.typed(text)
        elif name == TYPED:
            self.typed_words = kept_text(text)[0]
            draft = self.talks.conversation.draft
            if draft is not None and draft.japanese != self.typed_words:
                # What was translated is no longer what stands there.
                self.talks.conversation.write("")

    def keep(self) -> None:
        """Nothing of a talk is kept."""

    def closed(self) -> None:
        """A talk that ends by itself leaves a turned screen turned: no resident sees the console."""
        talks = self.talks
        if talks.turned and self.console.guard.lock is None and talks.conversation.talk is not None:
            self.console.over = LeftTurned(self.console, talks, talks.conversation.talk.fresh("given"))

    # What is pressed

    def press(self, kind: str, detail: str) -> None:
        if self.talks.turned:
            self._press_turned(kind, detail)
            return
        self.note = ""
        if kind in PRESSES:
            self.note = self.picking.press(kind, detail)
        elif kind == "older":
            self.older = max(0, self.older + step(detail))
        elif kind in ("search", "write"):
            self.console.fields.focus(SEARCH if kind == "search" else TYPED)
        elif kind == "main":
            self._main()
        else:
            self._act(kind)

    def _act(self, kind: str) -> None:
        talks = self.talks
        if kind == "turn":
            talks.turned = True
        elif kind == "aloud":
            talks.conversation.read()
        elif kind == "larger":
            talks.conversation.talk = talks.conversation.now.larger()
            talks.shown()
        elif kind == "record":
            record_talk(self.console, talks.conversation.talk, self._noted)
        elif kind == "language":
            self.console.open(ChooseLanguage(self.console, talks))
        elif kind == "finish":
            talks.end()
            self.console.close_over()
        elif kind == "lines" and self.console.current is not None:
            self.console.close_over()
            self.console.press("lines")

    def _noted(self, note: str) -> None:
        self.note = note

    def _press_turned(self, kind: str, detail: str) -> None:
        """The resident's presses, and the counselor's way back."""
        talks = self.talks
        conversation = talks.conversation
        if kind in FRONT:
            talks.turned = False
            if conversation.now.page == "given":
                conversation.talk = conversation.now.back() if conversation.now.answer is None else replace(
                    conversation.now, page="sent"
                )  # fmt: skip
        elif kind == "face" and detail == "give":
            conversation.give()
        elif kind == "face":
            conversation.press(detail)

    def _before_resident(self) -> None:
        """With one screen it is turned at once; a second one shows it by itself."""
        self.older = 0
        self.talks.turned = not self.talks.screen

    def _main(self) -> None:
        """Translate what was typed; or show it, once its way back was seen."""
        conversation = self.talks.conversation
        words = kept_text(self.console.fields.text(TYPED))[0]
        draft = conversation.draft
        if not words:
            self.console.fields.focus(TYPED)
            return
        if len(words) > LONGEST:
            conversation.write("")
            self.note = self.console.say("talk.draft.long")
            return
        if draft is None or draft.japanese != words:
            conversation.write(words)
            # Somebody who reads Japanese needs no translation, and nobody a way back.
            if not conversation.language.is_japanese:
                return
        if self.talks.say_draft():
            self.console.fields.put(TYPED, "")
            self.typed_words = ""
            self._before_resident()
