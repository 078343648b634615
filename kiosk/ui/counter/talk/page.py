"""The counselor's page of a talk: phrases to pick, words to type, what was said both ways; and the same
screen turned to the resident."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.core.writing import kept_text
from kiosk.errors import Trouble
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.talk.choose import OFTEN, Filling, found
from kiosk.ui.counter.talk.sheet import SEARCH, TYPED, lay_talk, rows_in
from kiosk.ui.counter.talk.talks import Talks
from kiosk.ui.counter.talk.turned import LeftTurned, turned_page
from kiosk.ui.counter.talk.view import talk_view
from kiosk.ui.counter.view import Ask, Option
from kiosk.ui.talk.phrases import BLANKS, BY_ID, GROUPS, Phrase
from kiosk.ui.talk.room import filled
from kiosk.ui.talk.talk import told

if TYPE_CHECKING:
    from kiosk.core.consultation import Consultation
    from kiosk.ui.counter.console import Console

CHIPS = (OFTEN, *GROUPS)
LONGEST = 120
"""Characters a counselor may say at a time: what stands large on a screen in any language and any size."""
FACE = "face:"
"""Begins the targets of the resident's page on a turned screen."""
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
    group: str = OFTEN
    turned_list: int = 0
    filling: Filling | None = None
    older: int = 0
    """How many pages back the talk is read."""
    note: str = ""
    search: str = ""
    typed_words: str = ""

    def opened(self) -> None:
        draft = self.talks.conversation.draft
        if draft is not None:
            self.typed_words = draft.japanese
            self.console.fields.put(TYPED, draft.japanese)

    def page(self) -> Own:
        talks = self.talks
        if talks.turned and talks.conversation.talk is not None:
            return turned_page(self.console, talks, talks.conversation.talk)
        digits = tuple((str(n + 1), f"pick:{n}") for n in range(self.rows))
        return Own("talk", talk_view(self), lay_talk, whole=True, main="main", keys=(*KEYS, *digits))

    # What the page shows

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        talks, recent = self.talks, self.talks.recent
        return found(self.group, self.search, self.console.say, talks.desk.used(), recent)

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """What may be picked now: ids and words, of phrases or of what is filled into one."""
        say = self.console.say
        if self.filling is not None:
            return self.filling.options(say, self.console.desk.now().date())
        return tuple((phrase.id, self.sentence(phrase)) for phrase in self.phrases)

    def sentence(self, phrase: Phrase) -> str:
        """A phrase in the console's words, with names where something is filled in."""
        say, given = self.console.say, self.filling
        names = {name: say(f"talk.blank.{name}") for name in BLANKS}
        if given is not None:
            names |= filled(say, given.values)
        return say(phrase.key, **names)

    @property
    def rows(self) -> int:
        """How many may be picked from at a time: as many as a finger can tell apart."""
        filling = self.filling
        typed = filling is None or filling.asks not in ("document", "place")
        return rows_in(self.console.grid, fill=filling is not None, typed=typed)

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.options) // self.rows))

    @property
    def listed(self) -> tuple[tuple[str, str], ...]:
        start = self.turned_list % self.pages * self.rows
        return self.options[start : start + self.rows]

    # What is typed

    def typed(self, name: str, text: str) -> None:
        if name == SEARCH:
            self.search, self.turned_list = text[:80], 0
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
        talks = self.talks
        if talks.turned:
            self._press_turned(kind, detail)
            return
        self.note = ""
        if kind == "pick" and detail.isdigit() and int(detail) < len(self.listed):
            self._pick(self.listed[int(detail)][0])
        elif kind == "first":
            self._first()
        elif kind in ("group", "chip"):
            at = CHIPS.index(detail) if detail in CHIPS else CHIPS.index(self.group) + _step(detail)
            self._unsearch(CHIPS[at % len(CHIPS)])
        elif kind == "list":
            self.turned_list = (self.turned_list + _step(detail)) % self.pages
        elif kind == "older":
            self.older = max(0, self.older + _step(detail))
        elif kind == "unfill":
            self._unsearch(self.group)
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
            self._record()
        elif kind == "language":
            self.console.open(ChooseLanguage(self.console, talks))
        elif kind == "finish":
            talks.end()
            self.console.close_over()
        elif kind == "lines" and self.console.current is not None:
            self.console.close_over()
            self.console.press("lines")

    def _press_turned(self, kind: str, detail: str) -> None:
        """The resident's presses, and the counselor's way back."""
        talks = self.talks
        conversation = talks.conversation
        if kind == "front" or (kind == "face" and detail == "counselor"):
            talks.turned = False
            if conversation.now.page == "given":
                conversation.talk = conversation.now.back() if conversation.now.answer is None else replace(
                    conversation.now, page="sent"
                )  # fmt: skip
        elif kind == "face" and detail == "give":
            conversation.give()
        elif kind == "face":
            conversation.press(detail)

    # Phrases

    def _first(self) -> None:
        """Return: what was typed into the field, else the first on the list."""
        filling = self.filling
        if filling is not None:
            value = filling.typed(self.search, self.console.desk.now().date())
            if value:
                self._fill(filling.with_value(value))
                return
            if not filling.options(self.console.say, self.console.desk.now().date()):
                self.note = self.console.say(f"talk.fill.{filling.asks}.wrong")
                return
        if self.listed and (self.search.strip() or filling is not None):
            self._pick(self.listed[0][0])

    def _pick(self, one: str) -> None:
        if self.filling is not None:
            self._fill(self.filling.with_value(one))
            return
        phrase = BY_ID[one]
        self._fill(Filling.of(phrase, self.talks.words()(phrase.key)))

    def _fill(self, filling: Filling) -> None:
        """Ask for the next blank, or show the phrase where none is left."""
        self._unsearch(self.group)
        if filling.asks:
            self.filling = filling
            if not filling.options(self.console.say, self.console.desk.now().date()):
                self.console.fields.focus(SEARCH)
            return
        self.talks.say_phrase(filling.phrase, filling.values)
        self._before_resident()

    def _before_resident(self) -> None:
        """With one screen it is turned at once; a second one shows it by itself."""
        self.older = 0
        self.talks.turned = not self.talks.screen

    def _unsearch(self, group: str) -> None:
        self.group, self.turned_list, self.search, self.filling = group, 0, "", None
        self.console.fields.put(SEARCH, "")

    # Typed words

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

    # The record

    def _record(self) -> None:
        """Everything said so far as lines of the consultation record."""
        console, talk = self.console, self.talks.conversation.talk
        here, say = console.here, console.say
        if console.records is None or here is None or here.content.closed or talk is None or not talk.lines:
            self.note = say("talk.record.none")
            return
        names = {name: say(f"talk.record.{name}") for name in ("counselor", "resident", "machine", "hint")}
        language = console.cards.language(talk.language)
        text = f"{say('talk.record.head', language=language)}\n{told(talk.lines, names)}"

        def amended(kept: Consultation) -> Consultation:
            return replace(kept, done=kept_text(f"{kept.done}\n{text}" if kept.done else text)[0])

        def done(result: object) -> None:
            self.note = console.told(result) if isinstance(result, Trouble) else say("talk.record.done")
            console.show()

        console.records.amend(here, amended, done)


@dataclass
class ChooseLanguage:
    """In which language to talk: for somebody without a ticket, or when it should be another."""

    console: Console
    talks: Talks

    def page(self) -> Ask:
        say, cards = self.console.say, self.console.cards
        options = tuple(
            Option(f"talk:{tag}", cards.language(tag), self.talks.desk.languages[tag].endonym)
            for tag in self.talks.desk.offered
            if self.talks.desk.knows(tag)
        )
        return Ask(
            "talk-language", say("talk.choose.title"), say("console.cancel"), say("talk.choose.text"),
            options=options, page=self.console.turned,
        )  # fmt: skip

    def press(self, kind: str, detail: str) -> None:
        if kind == "talk" and detail in self.talks.desk.offered and self.talks.desk.knows(detail):
            self.talks.begin(detail)
            self.console.open(TalkPage(self.console, self.talks))


def _step(detail: str) -> int:
    return -1 if detail.startswith("-") else 1
