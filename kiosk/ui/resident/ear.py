"""The card with the one large round button: the microphone, and what to do; or the keyboard where nothing can
be spoken."""

from __future__ import annotations

from kiosk.ui.parts import Box, Meter, Panel, Part
from kiosk.ui.resident.base import Scene
from kiosk.ui.resident.speaking import Speaking

QUIET_DBFS, LOUD_DBFS = -45.0, -6.0
"""Speech below or above is told to be too quiet or too loud: recognition then gets words wrong."""


def ear(scene: Scene, now: Speaking, area: Box, why: str) -> list[Part]:
    """The microphone, and under it what to do; `why` it cannot be used, where it cannot."""
    px, say = scene.px, scene.say
    if now.ear == "off":
        ring, under = _places(scene, area, px(176), high=True)
        return [
            Panel(area),
            scene.target("listen", ring, "round", "", icon="mic-off", enabled=False),
            scene.words(under, why, 22, align="center", valign="middle"),
        ]
    if now.ear != "listening":
        state = say("speak.loading" if now.ear == "loading" else "speak.press")
        return button(scene, area, "listen", "mic", state, enabled=now.ear != "loading")
    ring, under = _places(scene, area, px(212), high=True)
    first = Box(under.x, under.y, under.w, px(44))
    state = f"{say('speak.listening')} · {now.seconds // 60}:{now.seconds % 60:02d}"
    return [
        Panel(area),
        scene.target("listen", ring, "round", "", icon="square"),
        scene.words(first, state, 28, bold=True, colour="accent", align="center", valign="middle"),
        *_while_listening(scene, now, Box(under.x, first.bottom, under.w, under.bottom - first.bottom)),
    ]


def button(
    scene: Scene, area: Box, target: str, icon: str, label: str, *, enabled: bool = True
) -> list[Part]:
    """A round button in the middle of its card, and under it what a press does."""
    ring, under = _places(scene, area, scene.px(88))
    words = Box(under.x, under.y, under.w, scene.px(72))
    return [
        Panel(area),
        scene.target(target, ring, "round", "", icon=icon, enabled=enabled),
        scene.words(words, label, 28, bold=True, colour="accent", align="center", valign="middle"),
    ]


def _places(scene: Scene, area: Box, words: int, *, high: bool = False) -> tuple[Box, Box]:
    """Where the button and the words under it stand; `high`: at the top, as the words are many."""
    px = scene.px
    size = min(px(276), area.h - words - px(56))
    y = area.y + (px(28) if high else (area.h - size - words) // 2)
    ring = Box(area.x + (area.w - size) // 2, y, size, size)
    top = ring.bottom + px(14)
    return ring, Box(area.x + px(20), top, area.w - px(40), area.bottom - px(12) - top)


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
