"""What a page shows of a spoken answer: the button, how loud it is, and the question whether it was this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.ui.parts import Box, Meter, Panel, Part
from kiosk.ui.resident.base import Scene


@dataclass(frozen=True)
class Voice:
    """How a spoken answer stands. `picked` is what was heard, to be confirmed."""

    ear: Literal["idle", "loading", "listening", "asked"] = "idle"
    dbfs: float = -90.0
    picked: str = ""


def button(scene: Scene, box: Box, now: Voice) -> list[Part]:
    """Press and say one of the answers; pressed, it hears, and pressed again it stops."""
    if now.ear in ("idle", "asked"):
        return [scene.target("voice", box, "quiet", scene.say("voice.answer"), 24, icon="mic")]
    key = "voice.listening" if now.ear == "listening" else "speak.loading"
    px = scene.px
    return [
        scene.target("voice", box, "secondary", scene.say(key), 24, icon="square"),
        Meter(Box(box.x + px(20), box.bottom - px(16), box.w - px(40), px(8)), (now.dbfs + 60) / 60),
    ]


def confirm(scene: Scene, boxes: list[Box]) -> list[Part]:
    """Three places under the choices: is it the one that is marked?"""
    say, room = scene.say, boxes[0]
    return [
        Panel(room, fill="tint"),
        scene.words(
            room.inset(scene.px(20), scene.px(6)), say("voice.asked"), 26, bold=True, valign="middle"
        ),
        scene.target("voice-no", boxes[1], "secondary", say("voice.no"), 28, icon="x"),
        scene.target("voice-yes", boxes[2], "primary", say("voice.yes"), 28, icon="check"),
    ]
