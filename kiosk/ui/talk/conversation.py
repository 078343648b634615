"""One talk at a time: what counselor and resident press, and what the engines answer to it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kiosk.core.heard import ALIKE, Heard, Rendering, Translation
from kiosk.core.language import Language
from kiosk.data.keyboards import read_keyboard
from kiosk.errors import Trouble
from kiosk.ui.actions import Abilities
from kiosk.ui.resident.hearing import heard
from kiosk.ui.resident.speaking import Speaking
from kiosk.ui.resident.typing import Typing
from kiosk.ui.talk.phrases import Phrase, blanks
from kiosk.ui.talk.room import Draft, Room, TalkEngines, differing, filled, hinted
from kiosk.ui.talk.talk import By, Line, Means, Own, Talk, bare

TRANSLATE_SECONDS = 6.0
"""How long a translation usually takes; the line that shows it is an estimate."""


@dataclass
class Conversation:
    """The talk and its engines. `changed` is called after whatever came by itself."""

    engines: TalkEngines
    room: Room
    changed: Callable[[], None] = lambda: None
    clock: Callable[[], float] = time.monotonic
    talk: Talk | None = None
    draft: Draft | None = None
    told: Trouble | None = None
    """What went wrong with reading aloud."""
    loading: bool = False
    able: Abilities = field(default_factory=lambda: Abilities(False, False, False))
    _asked: dict[By, int] = field(default_factory=lambda: {"counselor": 0, "resident": 0}, repr=False)
    """Counts what was asked on each side: an answer to an earlier question changes nothing."""
    _since: float = field(default=0.0, repr=False)

    # The talk

    def start(self, language: str) -> None:
        """A talk in a language begins; its engines are loaded meanwhile."""
        self.end()
        self.able = self.engines.abilities(language)
        self.talk = Talk(language)
        self.loading = self.able.speech or self.able.translation
        if self.loading:
            self.engines.prepare(language)

    def end(self) -> None:
        """Nothing of the talk is kept, and nothing the engines still answer is heard."""
        self._drop("counselor")
        self._drop("resident")
        if self.talk is not None:
            self.engines.forget()
        self.talk, self.draft, self.told, self.loading = None, None, None, False

    @property
    def now(self) -> Talk:
        """The talk, where there surely is one."""
        assert self.talk is not None
        return self.talk

    @property
    def language(self) -> Language:
        return self.room.languages[self.now.language]

    def say(self, key: str, **details: object) -> str:
        """In the resident's language."""
        return self.room.words(self.now.language)(key, **details)

    def japanese(self, key: str, **details: object) -> str:
        return self.room.words("ja")(key, **details)

    def tick(self) -> None:
        """A few times a second: engines that are ready, the clock of the microphone, the line of progress."""
        now = self.talk
        if now is None:
            return
        if self.loading and not self.engines.busy():
            self.loading = False
        spent = self.clock() - self._since
        if now.speaking.ear == "listening" and int(spent) != now.speaking.seconds:
            self.talk = replace(now, speaking=replace(now.speaking, seconds=int(spent)))
        elif now.own is not None and now.own.working:
            done = round(min(0.95, max(0.05, spent / TRANSLATE_SECONDS)), 1)
            self.talk = replace(now, own=replace(now.own, progress=done))

    # The counselor

    def show(self, phrase: Phrase, values: Mapping[str, str] | None = None) -> None:
        """A curated phrase before the resident's eyes, with what is filled into it: ids of documents and
        places, an ISO day, a time, digits."""
        given = dict(values or {})
        assert set(given) == set(blanks(self.japanese(phrase.key))), phrase.id
        japanese = self.japanese(phrase.key, **filled(self.room.words("ja"), given))
        text = self.say(phrase.key, **filled(self.room.words(self.now.language), given))
        self._said(Line("counselor", japanese, text, "phrase", phrase.id, phrase.answers))

    def write(self, japanese: str) -> None:
        """Have typed words translated and brought back, for the counselor to look at."""
        japanese = japanese.strip()
        self._drop("counselor")
        if not japanese:
            self.draft = None
        elif self.language.is_japanese:
            self.draft = Draft(japanese, plain=True)
        elif not self.able.translation:
            self.draft = Draft(japanese, trouble=Trouble("talk.no_translation"))
        else:
            self.draft = Draft(japanese)
            self.engines.render(japanese, self.now.language, self._answer("counselor", self._rendered))

    def _rendered(self, made: Rendering | Trouble) -> None:
        assert self.draft is not None
        if isinstance(made, Trouble):
            self.draft = replace(self.draft, trouble=made)
        else:
            self.draft = replace(self.draft, rendering=made)

    def show_draft(self) -> bool:
        """The typed words before the resident's eyes; whether they may be."""
        draft = self.draft
        if draft is None or not draft.may_show:
            return False
        made = draft.rendering
        if made is None:
            line = Line("counselor", draft.japanese, draft.japanese, "typed", answers=("yes", "no"))
        else:
            line = Line(
                "counselor", made.japanese, made.text, "typed", answers=("yes", "no"), machine=True,
                sample=made.sample, back=made.back, differing=differing(made),
            )  # fmt: skip
        self.draft = None
        self._said(line)
        return True

    def _said(self, line: Line) -> None:
        self._leave()
        self.talk = self.now.said(line)

    # The resident

    def press(self, target: str) -> None:
        """A press on the resident's page. What makes no sense there does nothing."""
        kind, _, detail = target.partition(":")
        now = self.now
        if kind == "size":
            self.talk = now.larger()
        elif kind == "read":
            self.read()
        elif kind == "back":
            self._leave()
            self.talk = now.back()
        elif now.page == "phrase" or (now.page == "sent" and kind == "answer"):
            self._press_phrase(kind, detail)
        elif now.page == "number":
            self._press_number(kind, detail)
        elif now.page == "date":
            self._press_date(kind, detail)
        elif now.page in ("speak", "word"):
            self._press_speak(kind, detail)
        elif now.page == "type":
            self._press_type(kind, detail)
        elif now.page == "confirm":
            self._press_confirm(kind)

    def give(self) -> None:
        """The resident gives a turned screen back: what was begun is dropped, a neutral page stays."""
        self._leave()
        self.talk = self.now.fresh("given")

    def _press_phrase(self, kind: str, detail: str) -> None:
        now = self.now
        if kind == "answer" and detail in now.answers:
            if detail in ("number", "date"):
                self._leave()
                self.talk = now.opened(detail, self.room.today())
            else:
                key = f"talk.answer.{detail}"
                self._said(Line("resident", self.japanese(key), self.say(key), "touch"))
        elif kind == "speak" and self.able.speech:
            self._leave()
            self.talk = now.fresh("speak")
        elif kind == "write":
            self._leave()
            self._type("")

    def _press_number(self, kind: str, detail: str) -> None:
        now = self.now
        if kind == "digit":
            self.talk = now.digit(detail)
        elif kind == "send" and now.digits:
            self._figure("money" if now.asks_money else "n", now.digits)

    def _press_date(self, kind: str, detail: str) -> None:
        now = self.now
        if kind == "months" and detail in ("-12", "-1", "1", "12"):
            self.talk = now.months(int(detail))
        elif kind == "day" and detail.isdigit():
            try:
                day = date(*now.month, int(detail))
            except ValueError:
                return
            self._figure("date", day.isoformat())

    def _figure(self, kind: str, value: str) -> None:
        """A number or a day as the answer, in both languages' words."""
        japanese, text = (
            filled(self.room.words(tag), {kind: value})[kind] for tag in ("ja", self.now.language)
        )
        self._said(Line("resident", japanese, text, "touch"))

    def _press_speak(self, kind: str, detail: str) -> None:
        now = self.now
        number = int(detail) if detail.isdigit() else -1
        if kind == "listen":
            self._listen()
        elif kind == "type":
            text = now.speaking.text
            self._leave()
            self._type(text)
        elif kind == "next" and now.speaking.text:
            self._tell(now.speaking.text, "speech")
        elif kind == "word" and 0 <= number < len(now.speaking.doubts):
            self.talk = replace(now, page="word", word=number)
        elif now.page == "word" and kind in ("as", "drop", "write"):
            self._press_word(kind, number)

    def _press_word(self, kind: str, number: int) -> None:
        now = self.now
        if kind == "write":
            self._type(now.speaking.text)
            return
        doubt = now.speaking.doubts[now.word]
        words = (now.speaking.text[doubt.start : doubt.end], *doubt.others)
        if kind == "drop" or 0 <= number < len(words):
            self.talk = now.mended("" if kind == "drop" else words[number])

    def _press_type(self, kind: str, detail: str) -> None:
        now = self.now
        assert now.typing is not None
        if kind == "key":
            self.talk = replace(now, typing=now.typing.press(detail))
        elif kind == "next" and now.typing.whole.strip():
            self._tell(now.typing.whole.strip(), "typed")

    def _press_confirm(self, kind: str) -> None:
        own = self.now.own
        assert own is not None
        if kind == "type":
            self._leave()
            self._type(own.text)
        elif kind == "more":
            self.talk = replace(self.now, own=replace(own, page=own.page + 1))
        elif kind == "untranslated":
            self._send(replace(own, translation=own.translation if hinted(own) else None))
        elif kind == "accept" and own.translation is not None and not own.trouble:
            self._send(own)

    # Own words

    def _type(self, text: str) -> None:
        typing = Typing(read_keyboard(self.now.language), text)
        self.talk = replace(self.now.fresh("type"), typing=typing)

    def _tell(self, text: str, means: Means) -> None:
        """On with the resident's own words: to their translation, or as they are."""
        self._leave()
        if self.language.is_japanese:
            self._send(Own(text, means))
            return
        own = Own(text, means)
        if not self.able.translation:
            own = replace(own, trouble=self.say("confirm.not_installed"))
        self.talk = replace(self.now.fresh("confirm"), own=own)
        if self.able.translation:
            self._since = self.clock()
            self.engines.translate(text, self.now.language, self._answer("resident", self._translated))

    def _translated(self, made: Translation | Trouble) -> None:
        own = self.now.own
        if own is None or self.now.page != "confirm":
            return
        if isinstance(made, Trouble):
            own = replace(own, trouble=self.say(made.key, **made.details))
        elif made.hint:
            own = replace(own, translation=made, trouble=self.say("confirm.poor"))
        else:
            key = "confirm.partial" if made.partial else "confirm.here" if made.differing else ""
            key = key or ("confirm.differs" if made.alike < ALIKE else "")
            own = replace(own, translation=made, warning=self.say(key) if key else "", page=0)
        self.talk = replace(self.now, own=own)

    def _send(self, own: Own) -> None:
        """The resident's own words to the counselor: accepted with their translation, or as they are."""
        made = own.translation
        if made is None:
            japanese = own.text if self.language.is_japanese else ""
            self._said(Line("resident", japanese, own.text, own.means))
            return
        self._said(
            Line(
                "resident", made.japanese, own.text, own.means, machine=True, hint=made.hint,
                sample=made.sample, back=made.back, differing=differing(made),
            )
        )  # fmt: skip

    # Engines

    def _listen(self) -> None:
        now = self.now
        if now.speaking.ear == "listening":
            self.engines.stop_listening()
        elif now.speaking.ear in ("idle", "heard"):
            kept = now.speaking
            self._since = self.clock()
            self.talk = replace(now, speaking=Speaking("loading", text=kept.text, doubts=kept.doubts))
            self.engines.listen(now.language, self._answer("resident", self._hear))

    def _hear(self, what: Heard | Trouble) -> None:
        now = self.now
        before = now.speaking
        speaking = heard(before, what, self.say)
        if before.ear == "loading" and speaking.ear == "listening":
            self._since = self.clock()
        self.talk = replace(now, speaking=speaking)

    def read(self) -> None:
        """Read aloud what stands before the resident, or stop."""
        now = self.now
        asked = now.asked
        if now.reading:
            self.engines.hush()
            self.talk = replace(now, reading=False)
        elif asked is not None and self.able.voice:
            self.talk, self.told = replace(now, reading=True), None
            self.engines.say([bare(asked.text)], now.language, self._read_out)

    def _read_out(self, trouble: Trouble | None) -> None:
        if self.talk is not None:
            self.talk, self.told = replace(self.talk, reading=False), trouble
            self.changed()

    def _leave(self) -> None:
        """Away from microphone, loudspeaker and translation: what they still answer counts no more."""
        if self.now.speaking.ear in ("loading", "listening"):
            self.engines.stop_listening()
        if self.now.reading:
            self.engines.hush()
        self._drop("resident")

    def _drop(self, by: By) -> None:
        self._asked[by] += 1

    def _answer(self, by: By, take: Callable[[Any], None]) -> Callable[[Any], None]:
        """The same, for as long as nothing else was asked on that side and the talk goes on."""
        session = self._asked[by] = self._asked[by] + 1

        def guarded(what: Any) -> None:
            if self.talk is not None and session == self._asked[by]:
                take(what)
                self.changed()

        return guarded
