"""One talk at a time: what the counselor says, what the resident answers, and the engines behind both."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kiosk.core.heard import Rendering
from kiosk.core.language import Language
from kiosk.errors import Trouble
from kiosk.ui.actions import Abilities
from kiosk.ui.talk import answering
from kiosk.ui.talk.phrases import Phrase, blanks
from kiosk.ui.talk.room import Draft, Room, TalkEngines, differing, filled
from kiosk.ui.talk.talk import By, Line, Talk, bare

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
    since: float = field(default=0.0, repr=False)
    """When the microphone was opened, or a translation began."""

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
        spent = self.clock() - self.since
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
        self.add(Line("counselor", japanese, text, "phrase", phrase.id, phrase.answers))

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
            self.engines.render(japanese, self.now.language, self.while_asked("counselor", self._rendered))

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
        self.add(line)
        return True

    def add(self, line: Line) -> None:
        """A line of the talk, by either side."""
        self.leave()
        self.talk = self.now.said(line)

    # The resident

    def press(self, target: str) -> None:
        """A press on the resident's page. What makes no sense there does nothing."""
        answering.press(self, target)

    def give(self) -> None:
        """The resident gives a turned screen back: what was begun is dropped, a neutral page stays."""
        self.leave()
        self.talk = self.now.fresh("given")

    # Engines

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

    def leave(self) -> None:
        """Away from microphone, loudspeaker and translation: what they still answer counts no more."""
        if self.now.speaking.ear in ("loading", "listening"):
            self.engines.stop_listening()
        if self.now.reading:
            self.engines.hush()
        self._drop("resident")

    def _drop(self, by: By) -> None:
        self._asked[by] += 1

    def while_asked(self, by: By, take: Callable[[Any], None]) -> Callable[[Any], None]:
        """The same, for as long as nothing else was asked on that side and the talk goes on."""
        session = self._asked[by] = self._asked[by] + 1

        def guarded(what: Any) -> None:
            if self.talk is not None and session == self._asked[by]:
                take(what)
                self.changed()

        return guarded
