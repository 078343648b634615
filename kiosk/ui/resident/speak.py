"""The resident's own words, spoken: press, speak, press again; or type; or go on without."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Sheet
from kiosk.ui.resident.base import Scene, grid
from kiosk.ui.resident.doubts import AT_ONCE, Doubt
from kiosk.ui.resident.ear import button, ear
from kiosk.ui.resident.page import Head, caution, sheet
from kiosk.ui.resident.speaking import Speaking

SHOWN = 260
"""So many of the last characters are shown; the whole text is kept."""


def speak(scene: Scene, now: Speaking, head: Head) -> Sheet:
    """The microphone beside what was heard; below, the ways on. Where nothing can be spoken, the keyboard."""
    say = scene.say
    mute = now.ear == "off" and not now.text
    title = say("type.title" if mute else "speak.title")
    why = now.trouble or say("speak.not_installed")
    left, right = _places(scene)
    parts = scene.title(title)
    if mute:
        parts += [*button(scene, left, "type", "keyboard", say("speak.write")), *_why(scene, right, why)]
    else:
        parts += [*ear(scene, now, left, why), *_heard(scene, now, right)]
    reads = [title, why if now.ear == "off" else say("speak.press"), now.text]
    return sheet(scene, "speak", [*parts, *_onward(scene, now)], head=head, reads=reads)


def _places(scene: Scene) -> tuple[Box, Box]:
    """The card with the button, and the one with the words."""
    top, bottom = scene.top(), scene.action_top
    if scene.portrait:
        left = Box(scene.margin, top, scene.width, scene.px(452))
        below = left.bottom + scene.gap
        return left, Box(scene.margin, below, scene.width, bottom - scene.gap - below)
    left = Box(scene.margin, top, scene.action(0).w, bottom + scene.px(96) - top)
    x = scene.action(1).x
    return left, Box(x, top, scene.action(2).right - x, bottom - scene.gap - top)


def _why(scene: Scene, area: Box, why: str) -> list[Part]:
    """Why nothing can be spoken here."""
    px = scene.px
    inner = area.inset(px(40), px(32))
    words = Box(inner.x + px(96), inner.y, inner.w - px(96), inner.h)
    sign = Box(inner.x, area.y + (area.h - px(64)) // 2, px(64), px(64))
    return [
        Panel(area),
        Icon(sign, "mic-off", "ink2"),
        scene.words(words, why, 28, valign="middle"),
    ]


def _heard(scene: Scene, now: Speaking, area: Box) -> list[Part]:
    """The words so far, and at the foot of their card a note or a warning."""
    px, say = scene.px, scene.say
    inner = area.inset(px(32), px(20))
    checking = bool(now.doubts) and now.ear == "heard" and not now.trouble
    warning = now.trouble if now.ear != "off" else ""
    text = f"{now.text} {now.provisional}".strip()
    if now.nothing and not text:
        warning = warning or say("speak.nothing")
    # Two lines with readings or of a tall script would touch the warning's border.
    foot = px(180 if checking else 108 if warning and scene.tall and not scene.portrait else 92)
    parts: list[Part] = [
        Panel(area),
        scene.words(Box(inner.x, inner.y - px(4), inner.w, px(44)), say("speak.heard"), 22, colour="ink2"),
    ]
    body = Box(inner.x, inner.y + px(44), inner.w, area.bottom - foot - px(16) - inner.y - px(44))
    if text:
        # The newest words stay in sight: a long text loses its beginning here, never in the ticket.
        shown = _tail(text)
        start = max(0, len(shown) - len(now.provisional)) if now.provisional else None
        marks = _marks(now.doubts, len(shown) - len(text)) if start is None else ()
        parts.append(scene.words(body, shown, 32, provisional_from=start, marks=marks, private=True))
    else:
        parts.append(scene.words(body, say("type.empty"), 28, colour="mute"))
    note = Box(inner.x, area.bottom - foot - px(4), inner.w, foot)
    if checking:
        return [*parts, *_check(scene, now, note)]
    # A little wider than the words above it, so that its text stands in line with them.
    strip = Box(note.x - px(16), note.y, note.w + px(32), note.h - px(8))
    return [*parts, *(caution(scene, strip, warning) if warning else _note(scene, note))]


def _marks(doubts: Sequence[Doubt], moved: int) -> tuple[tuple[int, int], ...]:
    """The doubtful words in the part of the text that is shown; `moved`: how far it begins later, as less
    than 0. What is shown begins with an ellipsis then."""
    places = [(doubt.start + moved, doubt.end + moved) for doubt in doubts]
    return tuple((start, end) for start, end in places if start >= (1 if moved else 0))


def _check(scene: Scene, now: Speaking, box: Box) -> list[Part]:
    """The doubtful words, to be pressed; the last ones where there are many, as they are in sight."""
    px = scene.px
    first = max(0, len(now.doubts) - AT_ONCE)
    shown = now.doubts[first:]
    line = Box(box.x, box.y + px(2), box.w, px(64))
    row = Box(box.x, line.bottom + px(6), box.w, px(96))
    parts: list[Part] = [
        Rule(Box(box.x, box.y - px(4), box.w, 1)),
        scene.words(line, scene.say("speak.check"), 22, valign="middle"),
    ]
    for place, (doubt, cell) in enumerate(zip(shown, grid(row, 4, 4, px(12)), strict=False), first):
        word = now.text[doubt.start : doubt.end]
        parts.append(scene.target(f"word:{place}", cell, "secondary", word, 26, private=True))
    return parts


def _note(scene: Scene, box: Box) -> list[Part]:
    px = scene.px
    words = Box(box.x + px(44), box.y + px(4), box.w - px(44), box.h - px(8))
    return [
        Rule(Box(box.x, box.y - px(4), box.w, 1)),
        Icon(Box(box.x, box.y + (box.h - px(28)) // 2, px(28), px(28)), "pencil"),
        scene.words(words, scene.say("speak.can_correct"), 22, valign="middle"),
    ]


def _tail(text: str) -> str:
    """The end of the text, from a word's beginning where words are apart, never from within a letter."""
    if len(text) <= SHOWN:
        return text
    tail = text[-SHOWN:]
    for at, sign in enumerate(tail[:40]):
        if sign.isspace():
            return "…" + tail[at:].lstrip()
    while unicodedata.category(tail[0])[0] == "M":
        tail = tail[1:]
    return "…" + tail


def _onward(scene: Scene, now: Speaking) -> list[Part]:
    say = scene.say
    left, right = (
        scene.columns(2, scene.action_top, scene.px(96))
        if scene.portrait
        else (scene.action(1), scene.action(2))
    )
    if now.ear == "off" and not now.text:
        wide = Box(left.x, left.y, right.right - left.x, left.h)
        return [scene.target("skip", wide, "quiet", say("speak.skip"), 26, icon="skip-forward")]
    said = bool(now.text or now.provisional)
    if said and now.ear == "listening":
        # Nothing here goes on without words that were just said; the round button ends.
        return [scene.target("type", left, "secondary", say("speak.correct"), 26, icon="pencil")]
    if now.text:
        return [
            scene.target("type", left, "secondary", say("speak.correct"), 26, icon="pencil"),
            scene.target("next", right, "primary", say("nav.next"), 28, icon_after="arrow-right"),
        ]
    return [
        scene.target("type", left, "secondary", say("speak.write"), 26, icon="keyboard"),
        scene.target("skip", right, "quiet", say("speak.skip"), 26, icon="skip-forward"),
    ]
