"""The resident's own words, spoken: press, speak, press again; or type; or go on without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kiosk.ui.parts import Box, Icon, Meter, Panel, Part, Rule, Sheet
from kiosk.ui.resident.base import Head, Scene, caution, grid, sheet
from kiosk.ui.resident.doubts import AT_ONCE, Doubt

Ear = Literal["idle", "loading", "listening", "heard", "off"]
QUIET_DBFS, LOUD_DBFS = -45.0, -6.0
"""Speech below or above is told to be too quiet or too loud: recognition then gets words wrong."""
SHOWN = 260
"""So many of the last characters are shown; the whole text is kept."""


@dataclass(frozen=True)
class Speaking:
    """How listening stands. `trouble` is a sentence for the person, empty where all is well."""

    ear: Ear
    text: str = ""
    provisional: str = ""
    seconds: int = 0
    dbfs: float = -90.0
    clipped: bool = False
    trouble: str = ""
    nothing: bool = False
    speech: bool = True
    """Whether somebody seems to speak just now."""
    doubts: tuple[Doubt, ...] = ()
    """Words of `text` to be looked at, in order."""


def speak(scene: Scene, now: Speaking, head: Head) -> Sheet:
    """The microphone beside what was heard; below, the ways on."""
    say = scene.say
    title = say("speak.title")
    parts = scene.title(title)
    top, bottom = scene.top(), scene.action_top
    if scene.portrait:
        left = Box(scene.margin, top, scene.width, scene.px(452))
        below = left.bottom + scene.gap
        right = Box(scene.margin, below, scene.width, bottom - scene.gap - below)
    else:
        left = Box(scene.margin, top, scene.action(0).w, bottom + scene.px(96) - top)
        x = scene.action(1).x
        right = Box(x, top, scene.action(2).right - x, bottom - scene.gap - top)
    parts += _ear(scene, now, left)
    parts += _heard(scene, now, right)
    parts += _onward(scene, now)
    reads = [title, say("speak.press") if now.ear != "off" else now.trouble or say("speak.not_installed")]
    return sheet(scene, "speak", parts, head=head, reads=[*reads, now.text])


def _ear(scene: Scene, now: Speaking, area: Box) -> list[Part]:
    """The microphone in its card, and under it what to do."""
    px, say = scene.px, scene.say
    busy = now.ear == "listening"
    below = "" if now.ear != "off" else now.trouble or say("speak.not_installed")
    words = px(212) if busy else px(176) if below else px(88)
    size = min(px(276), area.h - words - px(56))
    y = area.y + (px(28) if busy or below else (area.h - size - words) // 2)
    ring = Box(area.x + (area.w - size) // 2, y, size, size)
    enabled = now.ear in ("idle", "listening", "heard")
    icon = "mic-off" if now.ear == "off" else "square" if busy else "mic"
    parts: list[Part] = [
        Panel(area),
        scene.target("listen", ring, "round", "", icon=icon, enabled=enabled),
    ]
    inner = Box(area.x + px(20), ring.bottom + px(14), area.w - px(40), area.bottom - ring.bottom - px(26))
    state = {
        "idle": say("speak.press"),
        "heard": say("speak.press"),
        "loading": say("speak.loading"),
        "listening": f"{say('speak.listening')} · {now.seconds // 60}:{now.seconds % 60:02d}",
        "off": say("speak.no_speech_here"),
    }[now.ear]
    tall = px(44) if busy else px(72)
    colour = "ink2" if now.ear == "off" else "accent"
    first = Box(inner.x, inner.y, inner.w, tall)
    parts.append(scene.words(first, state, 28, bold=True, colour=colour, align="center", valign="middle"))
    if busy:
        parts += _while_listening(
            scene, now, Box(inner.x, first.bottom, inner.w, inner.bottom - first.bottom)
        )
    elif below:
        rest = Box(inner.x, first.bottom, inner.w, inner.bottom - first.bottom)
        parts.append(scene.words(rest, below, 22, align="center"))
    return parts


def _while_listening(scene: Scene, now: Speaking, box: Box) -> list[Part]:
    """How to end, and how loud it is."""
    px = scene.px
    loud = now.clipped or now.dbfs > LOUD_DBFS
    quiet = now.speech and now.dbfs < QUIET_DBFS
    warn = loud or quiet
    key = "level.loud" if loud else "level.quiet" if quiet else "level.good"
    if not (warn or now.speech or now.text or now.provisional):
        key = "speak.nobody"
    foot = px(40)
    bars = Box(box.x + px(8), box.bottom - foot - px(28), box.w - px(16), px(22))
    how = Box(box.x, box.y, box.w, bars.y - px(6) - box.y)
    return [
        scene.words(how, scene.say("speak.again"), 22, align="center", valign="middle"),
        Meter(bars, (now.dbfs + 60) / 60, warn=warn),
        scene.words(
            Box(box.x, box.bottom - foot, box.w, foot),
            scene.say(key),
            22,
            bold=warn,
            align="center",
            valign="middle",
            colour="warm_ink" if warn else "ink",
        ),
    ]


def _heard(scene: Scene, now: Speaking, area: Box) -> list[Part]:
    """The words so far, and at the foot of their card a note or a warning."""
    px, say = scene.px, scene.say
    inner = area.inset(px(32), px(20))
    checking = bool(now.doubts) and now.ear == "heard" and not now.trouble
    foot = px(180 if checking else 92)
    parts: list[Part] = [
        Panel(area),
        scene.words(Box(inner.x, inner.y - px(4), inner.w, px(44)), say("speak.heard"), 22, colour="ink2"),
    ]
    text = f"{now.text} {now.provisional}".strip()
    body = Box(inner.x, inner.y + px(44), inner.w, area.bottom - foot - px(16) - inner.y - px(44))
    if text:
        # The newest words stay in sight: a long text loses its beginning here, never in the ticket.
        shown = _tail(text)
        start = max(0, len(shown) - len(now.provisional)) if now.provisional else None
        marks = _marks(now.doubts, len(shown) - len(text)) if start is None else ()
        parts.append(scene.words(body, shown, 32, provisional_from=start, marks=marks, private=True))
    else:
        parts.append(scene.words(body, say("type.empty"), 28, colour="mute"))
    warning = now.trouble if now.ear != "off" else ""
    if now.nothing and not text:
        warning = warning or say("speak.nothing")
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
    return text if len(text) <= SHOWN else "…" + text[-SHOWN:].lstrip()


def _onward(scene: Scene, now: Speaking) -> list[Part]:
    say = scene.say
    left, right = (
        scene.columns(2, scene.action_top, scene.px(96))
        if scene.portrait
        else (scene.action(1), scene.action(2))
    )
    if now.text and now.ear != "listening":
        return [
            scene.target("type", left, "secondary", say("speak.correct"), 26, icon="pencil"),
            scene.target("next", right, "primary", say("nav.next"), 28, icon_after="arrow-right"),
        ]
    if now.ear == "off":
        return [
            scene.target("skip", left, "quiet", say("speak.skip"), 26, icon="skip-forward"),
            scene.target("type", right, "primary", say("speak.write"), 28, icon="keyboard"),
        ]
    return [
        scene.target("type", left, "secondary", say("speak.write"), 26, icon="keyboard"),
        scene.target("skip", right, "quiet", say("speak.skip"), 26, icon="skip-forward"),
    ]
