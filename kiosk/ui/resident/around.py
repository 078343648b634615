"""What is pressed around a page: the bar, the languages, and what lies over the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.core.steps import Page, Step
from kiosk.core.way import following
from kiosk.data.keyboards import read_keyboard
from kiosk.ui.resident import aloud, listening, over, presses
from kiosk.ui.resident.typing import Typing

if TYPE_CHECKING:
    from kiosk.ui.resident.kiosk import Kiosk

PAGED = frozenset({Page.TOPIC, Page.QUESTION, Page.CONFIRM, Page.REVIEW, Page.GUIDE})
"""Pages that may have further ones behind them: back leads through these first."""


def press(kiosk: Kiosk, kind: str, detail: str) -> bool:
    """The bar and what it opens. True where that was all."""
    if kiosk.over == "cleared":
        kiosk.wipe()
    elif kind == "read":
        aloud.read(kiosk)
    elif kind == "size" and not detail:
        kiosk.over = "size"
    elif kind == "size":
        _resize(kiosk, detail)
    elif kind == "language":
        kiosk.over = "language"
    elif kind == "restart":
        kiosk.over = "restart"
    elif kind == "pick":
        _pick(kiosk, detail)
    elif kiosk.over == "restart":
        _restart(kiosk, kind)
    elif kind == "other":
        kiosk.over = "other"
    elif kiosk.over == "other" and kind == "number":
        _unlisted(kiosk)
    elif kiosk.over == "word" and kind in ("as", "drop", "write"):
        presses.press_word(kiosk, kind, detail)
    elif kind == "back":
        _back(kiosk)
    else:
        return False
    return True


def _restart(kiosk: Kiosk, kind: str) -> None:
    kiosk.over = ""
    if kind == "yes":
        language = kiosk.visit.language
        kiosk.wipe()
        # Nothing is kept but the language in which to say so.
        kiosk.visit.language, kiosk.over = language, "cleared"


def _back(kiosk: Kiosk) -> None:
    if kiosk.over:
        kiosk.over = ""
    elif kiosk.page and kiosk.visit.at.page in PAGED:
        kiosk.page -= 1
    else:
        listening.leave(kiosk)
        kiosk.enter(kiosk.visit.back())


def _pick(kiosk: Kiosk, tag: str) -> None:
    if tag not in kiosk.shop.languages:
        return
    changed = tag != kiosk.visit.language
    kiosk.visit.language, kiosk.over = tag, ""
    if kiosk.visit.at.page is Page.LANGUAGE:
        kiosk.actions.prepare(tag)
        kiosk.enter(kiosk.visit.go(following(kiosk.visit)))
    elif changed:
        kiosk.actions.prepare(tag)
        _in_language(kiosk)


def _in_language(kiosk: Kiosk) -> None:
    """The page goes on in another language: marks and words so far stay."""
    at = kiosk.visit.at.page
    if at is Page.SPEAK:
        listening.leave(kiosk)
        kiosk.enter(kiosk.visit.at)
    elif at is Page.TYPE and kiosk.typing is not None:
        kiosk.typing = Typing(read_keyboard(kiosk.language.tag), kiosk.typing.whole)
    elif at is Page.CONFIRM:
        kiosk.enter(kiosk.visit.at)
    elif at in (Page.REVIEW, Page.REFERRAL) and not kiosk.sending and kiosk.finished is None:
        # Which agencies fit depends on the language too.
        kiosk.outcome, kiosk.place = kiosk.actions.outcome(kiosk.visit), 0
        if at is Page.REFERRAL and not kiosk.outcome.services:
            kiosk.enter(kiosk.visit.go(Step(Page.REVIEW)))


def _resize(kiosk: Kiosk, name: str) -> None:
    scales = dict(over.SIZES)
    if name in scales:
        kiosk.frame = replace(kiosk.frame, text_scale=scales[name])
    elif name in ("contrast", "light"):
        kiosk.frame = replace(kiosk.frame, contrast=name == "contrast")
    kiosk.screen.resize(kiosk.frame)


def _unlisted(kiosk: Kiosk) -> None:
    """A number for somebody whose language is not listed: no questions, an interpreter at the counter."""
    kiosk.visit.language, kiosk.visit.unlisted = "en", True
    kiosk.number_only()
