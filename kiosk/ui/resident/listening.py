"""Listening and translating within the visit: what the engines answer becomes the page's state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.core.heard import ALIKE, Heard, Level, Translation
from kiosk.core.steps import Page, Step
from kiosk.core.way import following
from kiosk.errors import Trouble
from kiosk.ui.resident.hearing import heard
from kiosk.ui.resident.speaking import Speaking

if TYPE_CHECKING:
    from kiosk.ui.resident.kiosk import Kiosk


@dataclass(frozen=True)
class Translating:
    """How the translation of the present words stands."""

    text: str = ""
    translation: Translation | None = None
    trouble: str = ""
    warning: str = ""
    """What to look at closely; empty where nothing stands out."""
    progress: float = 0.05

    @property
    def working(self) -> bool:
        return self.translation is None and not self.trouble


def open_page(kiosk: Kiosk) -> None:
    """The speak page opens: can this language be spoken here and now?"""
    able = kiosk.actions.abilities(kiosk.language.tag)
    text = kiosk.visit.text
    if not able.speech:
        kiosk.speaking = Speaking("off", text=text)
    else:
        kiosk.speaking = Speaking("heard" if text else "idle", text=text)


def press(kiosk: Kiosk) -> None:
    """The microphone button: start, or end."""
    if kiosk.speaking.ear == "listening":
        kiosk.actions.stop_listening()
        return
    if kiosk.speaking.ear not in ("idle", "heard"):
        return
    before = kiosk.speaking
    kiosk.speaking = Speaking("loading", text=before.text, doubts=before.doubts)
    kiosk.started = kiosk.clock()
    kiosk.session += 1
    session = kiosk.session

    def hear(what: Heard | Trouble) -> None:
        if session == kiosk.session:
            _hear(kiosk, what)

    kiosk.actions.listen(kiosk.language.tag, kiosk.guard(hear))


def leave(kiosk: Kiosk) -> None:
    """Away from the microphone: what it still answers is not heard."""
    if kiosk.speaking.ear in ("loading", "listening"):
        kiosk.actions.stop_listening()
        kiosk.session += 1
        kiosk.speaking = replace(kiosk.speaking, ear="heard" if kiosk.speaking.text else "idle")


def tick(kiosk: Kiosk, now: float) -> None:
    seconds = int(now - kiosk.started)
    if seconds != kiosk.speaking.seconds:
        kiosk.speaking = replace(kiosk.speaking, seconds=seconds)
        kiosk.show()


def _hear(kiosk: Kiosk, what: Heard | Trouble) -> None:
    now = kiosk.speaking
    if now.ear == "loading" and isinstance(what, Level):
        kiosk.started = kiosk.clock()
    kiosk.speaking = heard(now, what, kiosk.say)
    kiosk.touched = kiosk.clock()
    page, text = kiosk.visit.at.page, kiosk.speaking.text
    if page is Page.TYPE and kiosk.typing is not None and kiosk.typing.whole == now.text != text:
        # The last words came after "correct the words" was pressed; nothing was written yet.
        kiosk.typing = replace(kiosk.typing, text=text)
    if page in (Page.SPEAK, Page.TYPE):
        kiosk.show()


def told(kiosk: Kiosk, text: str, means: str) -> None:
    """Keep the words and move on: to the translation where there is one, else to the review."""
    visit = kiosk.visit
    if not text or text != visit.text:
        visit.tell(text, means)  # words left as they were keep the language they were said in
        visit.found = kiosk.shop.screen(visit.text, visit.text_language)
    if not visit.text or kiosk.shop.languages[visit.text_language].is_japanese or visit.accepted:
        kiosk.enter(visit.go(following(visit)))
        return
    kiosk.enter(visit.go(Step(Page.CONFIRM)))


def translate(kiosk: Kiosk) -> None:
    """Ask for the translation of the present words, unless it is there."""
    visit = kiosk.visit
    if visit.translation is not None and visit.translation.original == visit.text:
        kiosk.translating = _made(kiosk, visit.translation)
        return
    kiosk.translating = Translating(visit.text)
    if not kiosk.actions.abilities(visit.text_language).translation:
        kiosk.translating = Translating(visit.text, trouble=kiosk.say("confirm.not_installed"))
        return
    kiosk.started = kiosk.clock()
    asked = visit.text
    kiosk.actions.translate(asked, visit.text_language, kiosk.guard(_answer(kiosk, asked)))


def _answer(kiosk: Kiosk, asked: str) -> Callable[[Translation | Trouble], None]:
    def answered(made: Translation | Trouble) -> None:
        if kiosk.visit.text != asked:
            return  # the words were changed meanwhile
        if isinstance(made, Trouble):
            kiosk.translating = Translating(asked, trouble=kiosk.say(made.key, **made.details))
        else:
            kiosk.visit.translation = made
            kiosk.translating = _made(kiosk, made)
            more = kiosk.shop.screen(made.japanese, "ja")
            kiosk.visit.found = tuple(dict.fromkeys((*kiosk.visit.found, *more)))
        if kiosk.visit.at.page is Page.CONFIRM:
            kiosk.page = 0  # its first part, whatever was turned to meanwhile
            kiosk.show()

    return answered


def _made(kiosk: Kiosk, made: Translation) -> Translating:
    """What the page says of a translation. One by packages known to be poor is not shown as somebody's
    words: the counselor gets it as a hint, beside the words as they were said."""
    if made.hint:
        return Translating(made.original, trouble=kiosk.say("confirm.poor"))
    key = "confirm.partial" if made.partial else "confirm.here" if made.differing else ""
    if not key and made.alike < ALIKE:
        key = "confirm.differs"
    return Translating(made.original, made, warning=kiosk.say(key) if key else "")
