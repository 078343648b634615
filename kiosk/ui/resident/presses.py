"""What a press on each page means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.core.flow import SPECIAL
from kiosk.core.steps import Page, Step
from kiosk.core.way import following
from kiosk.data.keyboards import read_keyboard
from kiosk.ui.resident import listening, orientation, taking, voicing
from kiosk.ui.resident.doubts import mended
from kiosk.ui.resident.typing import Typing

if TYPE_CHECKING:
    from kiosk.ui.resident.kiosk import Kiosk


def press(kiosk: Kiosk, kind: str, detail: str) -> None:
    """A press that belongs to the present page."""
    page = kiosk.visit.at.page
    handlers = {
        Page.RETURN: _press_return,
        Page.NOTICE: _press_notice,
        Page.CALLER: _press_choice,
        Page.TOPIC: _press_choice,
        Page.QUESTION: _press_choice,
        Page.CARE: _press_care,
        Page.GUIDE: orientation.press,
        Page.SPEAK: _press_speak,
        Page.TYPE: _press_type,
        Page.CONFIRM: _press_confirm,
        Page.REVIEW: _press_review,
        Page.BOOK: _press_book,
        Page.REFERRAL: _press_referral,
        Page.DONE: _press_done,
    }
    if not kiosk.over and page in handlers:
        handlers[page](kiosk, kind, detail)


def _press_return(kiosk: Kiosk, kind: str, _: str) -> None:
    if kind == "new":
        kiosk.enter(kiosk.visit.go(following(kiosk.visit)))
    elif kind == "same":
        kiosk.number_only()


def _press_notice(kiosk: Kiosk, kind: str, detail: str) -> None:
    if kind in ("next", "others"):
        kiosk.enter(kiosk.visit.begin())
    elif kind == "choose":
        kiosk.enter(kiosk.visit.begin(detail))
    elif kind == "guide":
        kiosk.enter(kiosk.visit.go(Step(Page.GUIDE)))


def _press_care(kiosk: Kiosk, kind: str, _: str) -> None:
    """Go on, or have a person come: then the number is taken with what was told so far."""
    if kind == "on":
        kiosk.visit.cared = True
        kiosk.enter(kiosk.visit.go(following(kiosk.visit)))
    elif kind == "come":
        kiosk.visit.cared = True
        kiosk.outcome = kiosk.actions.outcome(kiosk.visit)
        taking.submit(kiosk, referred=False)
    elif kind == "numbers":
        kiosk.over = "numbers"


def _press_choice(kiosk: Kiosk, kind: str, detail: str) -> None:
    visit = kiosk.visit
    if voicing.press(kiosk, kind):
        return
    if kind == "more":
        kiosk.page += 1
    elif kind == "next" and kiosk.ticked:
        kiosk.enter(visit.answer(kiosk.ticked))
    elif kind == "choose":
        if visit.many and detail not in SPECIAL:
            had = detail in kiosk.ticked
            rest = tuple(choice for choice in kiosk.ticked if choice != detail)
            kiosk.ticked = rest if had else (*rest, detail)
        else:
            kiosk.enter(visit.answer((detail,)))


def _press_speak(kiosk: Kiosk, kind: str, detail: str) -> None:
    if kind == "listen":
        listening.press(kiosk)
    elif kind == "skip":
        listening.leave(kiosk)
        listening.told(kiosk, "", "")
    elif kind == "next" and kiosk.speaking.text:
        means = kiosk.visit.means if kiosk.speaking.text == kiosk.visit.text else "speech"
        listening.leave(kiosk)
        listening.told(kiosk, kiosk.speaking.text, means)
    elif kind == "type":
        kiosk.actions.stop_listening()
        open_typing(kiosk, kiosk.speaking.text)
    elif kind == "word" and int(detail) < len(kiosk.speaking.doubts):
        kiosk.word, kiosk.over = int(detail), "word"


def open_typing(kiosk: Kiosk, text: str) -> None:
    """The page for writing, with the words so far."""
    kiosk.typing = Typing(read_keyboard(kiosk.language.tag), text)
    kiosk.enter(kiosk.visit.go(Step(Page.TYPE)))


def _press_type(kiosk: Kiosk, kind: str, detail: str) -> None:
    assert kiosk.typing is not None
    if kind == "key":
        kiosk.typing = kiosk.typing.press(detail)
    elif kind == "next" and kiosk.typing.whole.strip():
        spoken = bool(kiosk.speaking.text) and kiosk.visit.means != "typed"
        text = kiosk.typing.whole.strip()
        kiosk.speaking = replace(
            kiosk.speaking, text=text, doubts=(), ear="heard" if kiosk.speaking.ear != "off" else "off"
        )
        listening.told(kiosk, text, "speech" if spoken else "typed")


def _press_confirm(kiosk: Kiosk, kind: str, _: str) -> None:
    visit = kiosk.visit
    if kind == "accept" and visit.translation is not None:
        visit.accepted = True
        kiosk.enter(visit.go(following(visit)))
    elif kind == "untranslated":
        visit.accepted = False
        kiosk.enter(visit.go(following(visit)))
    elif kind == "type":
        open_typing(kiosk, visit.text)
    elif kind == "more":
        kiosk.page += 1


def _press_review(kiosk: Kiosk, kind: str, detail: str) -> None:
    if kind == "edit" and not kiosk.sending:
        kiosk.edit(detail)
    elif kind == "more":
        kiosk.page += 1
    elif kind == "add" and not kiosk.sending and kiosk.visit.may_add:
        kiosk.enter(kiosk.visit.add())
    elif kind == "send" and kiosk.outcome is not None:
        taking.onward(kiosk)


def _press_book(kiosk: Kiosk, kind: str, detail: str) -> None:
    if kind == "take":
        taking.take(kiosk, int(detail))
    elif kind == "none":
        taking.submit(kiosk, referred=False)


def _press_referral(kiosk: Kiosk, kind: str, _: str) -> None:
    if kind == "place":
        kiosk.place += 1
    elif kind == "number" and kiosk.finished is not None:
        kiosk.enter(kiosk.visit.go(Step(Page.DONE)))
    elif kind == "number":
        taking.submit(kiosk, referred=False)
    elif kind == "print":
        taking.submit(kiosk, referred=True)


def _press_done(kiosk: Kiosk, kind: str, _: str) -> None:
    if kind == "finish":
        kiosk.wipe()
    elif kind == "reprint":
        taking.print_slip(kiosk)
    elif kind == "places":
        kiosk.enter(kiosk.visit.go(Step(Page.REFERRAL)))
    elif kind == "guide":
        kiosk.enter(kiosk.visit.go(Step(Page.GUIDE)))


def press_word(kiosk: Kiosk, kind: str, detail: str) -> None:
    """A press on the page of one word."""
    now, index = kiosk.speaking, kiosk.word
    if index >= len(now.doubts) or kind not in ("as", "drop", "write"):
        return
    kiosk.over = ""
    if kind == "write":
        open_typing(kiosk, now.text)
        return
    doubt = now.doubts[index]
    words = (now.text[doubt.start : doubt.end], *doubt.others)
    if kind == "as" and int(detail) >= len(words):
        return
    word = words[int(detail)] if kind == "as" else ""
    text, doubts = mended(now.text, now.doubts, index, word)
    kiosk.speaking = replace(now, text=text, doubts=doubts, ear="heard" if text.strip() else "idle")
