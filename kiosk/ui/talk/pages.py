"""The page before the resident's eyes during a talk, for a screen that is turned and for one of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.ui.parts import Box, Sheet, Target
from kiosk.ui.resident.base import SMALLEST, Scene, narrowed
from kiosk.ui.resident.confirm import Confirming, confirm
from kiosk.ui.resident.doubts import word_page
from kiosk.ui.resident.page import Head, clear_box
from kiosk.ui.resident.share import height_of
from kiosk.ui.resident.speak import speak
from kiosk.ui.resident.typing import type_page
from kiosk.ui.talk.asked import phrase_page, sent_page, short
from kiosk.ui.talk.figures import day_page, number_page
from kiosk.ui.talk.quiet import given_page, waiting_page
from kiosk.ui.talk.talk import Talk, bare

NOT_HERE = frozenset({"clear", "restart", "language", "skip"})
"""Of the kiosk's own pages: nothing is wiped, begun anew or passed over in a talk."""
OTHER_WORDS = {"speak.title": "talk.speak.title", "type.title": "talk.write.title"}
"""What those pages say of somebody's own words, as it fits an answer."""
HEAD = (72, 56, 40, 28)
"""Of what was asked while it is answered, where more have no room."""
CORNER = 430
"""How wide the button in the corner is."""


@dataclass(frozen=True)
class Given:
    """What a page is drawn from besides the talk: words of both languages, abilities, and whether the
    counselor's screen was turned."""

    scene: Scene
    japanese: Callable[..., str]
    turned: bool = False
    speech: bool = False
    voice: bool = False


def resident_page(talk: Talk, given: Given) -> Sheet:
    """The resident's page as it stands."""
    scene = replace(given.scene, say=_Answering(given.scene.say), reading=talk.reading)
    made = _page(talk, scene, given)
    return _dressed(talk, made, scene, given)


@dataclass(frozen=True)
class _Answering:
    """The catalogue, with what the kiosk's pages say of a story said of an answer. A value, so that pages
    made from it compare."""

    say: Callable[..., str]

    def __call__(self, key: str, **details: object) -> str:
        return self.say(OTHER_WORDS.get(key, key), **details)


def _page(talk: Talk, scene: Scene, given: Given) -> Sheet:
    head = Head(asked=_reminder(talk, scene))
    if talk.page == "phrase" and talk.asked is not None:
        return phrase_page(scene, talk.asked, speech=given.speech)
    if talk.page == "sent" and talk.answer is not None:
        return sent_page(scene, talk, talk.answer, turned=given.turned)
    if talk.page == "number":
        return number_page(scene, talk.digits, head, money=talk.asks_money)
    if talk.page == "date":
        return day_page(scene, *talk.month, head)
    if talk.page == "speak":
        return speak(scene, talk.speaking, head)
    if talk.page == "word" and talk.word < len(talk.speaking.doubts):
        return word_page(scene, talk.speaking.text, talk.speaking.doubts[talk.word], head)
    if talk.page == "type" and talk.typing is not None:
        return type_page(scene, talk.typing, head, correcting=False)
    if talk.page == "confirm" and talk.own is not None:
        own = talk.own
        made = None if own.trouble else own.translation
        now = Confirming(
            own.text, talk.language, made, own.trouble, own.warning, own.means == "speech", own.progress,
            own.page,
        )  # fmt: skip
        return confirm(scene, now, head)
    if talk.page == "given":
        return given_page(scene, given.japanese("talk.given.text"))
    return waiting_page(scene)


def _dressed(talk: Talk, made: Sheet, scene: Scene, given: Given) -> Sheet:
    """The page with a talk's own corner and bar."""
    gone = NOT_HERE if given.voice else NOT_HERE | {"read"}
    if talk.page in ("wait", "phrase", "given"):
        gone = gone | {"back"}
    if talk.page in ("wait", "given"):
        gone = gone | {"read"}
    parts = [part for part in made.parts if not (isinstance(part, Target) and part.id in gone)]
    if given.turned and talk.page not in ("sent", "given"):
        corner = _corner(scene)
        if _reminder(talk, scene):
            end = corner.box.x - scene.px(20)
            parts = [narrowed(part, end) if part.box.y < corner.box.bottom else part for part in parts]
        parts.append(corner)
    return replace(made, name=f"talk-{made.name}", parts=tuple(parts))


def _reminder(talk: Talk, scene: Scene) -> str:
    """What was asked, for the strip of the pages where it is answered, as much of it as fits beside the
    corner; nothing where that would be too little, or lose its readings."""
    if talk.asked is None or talk.page in ("wait", "phrase", "sent", "given"):
        return ""
    whole = talk.asked.text
    room = clear_box(scene).right - scene.px(CORNER + 20) - scene.margin
    for most in HEAD:
        text = short(whole, most)
        fits = height_of(scene, text, scene.tag, room, SMALLEST * scene.frame.unit) <= scene.px(56)
        if fits and (text == whole or bare(whole) == whole):
            return text
    return ""


def _corner(scene: Scene) -> Target:
    """Gives the screen back. Nothing on any page leads further: that is the counselor's own act."""
    box = clear_box(scene)
    # In one line: Burmese needs more height for two than the corner has.
    wide = scene.px(CORNER)
    box = Box(box.right - wide, box.y, wide, box.h)
    return scene.target("give", box, "clear", scene.say("talk.give"), 20, icon="arrow-right-left")
