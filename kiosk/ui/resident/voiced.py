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
        scene.target("voice", box, "secondary", scene.say(key), 22, icon="square"),
        Meter(Box(box.x + px(24), box.bottom - px(13), box.w - px(48), px(7)), (now.dbfs + 60) / 60),
    ]


def confirm(scene: Scene, boxes: list[Box], label: str = "") -> list[Part]:
    """Three places under the choices: is it the one that is marked? `label` is what was heard where it stands
    among them no more."""
    say = scene.say
    room = boxes[0].inset(scene.px(20), scene.px(6))
    asked = Box(room.x, room.y, room.w, room.h // 2 if label else room.h)
    rest = Box(room.x, asked.bottom, room.w, room.bottom - asked.bottom)
    return [
        Panel(boxes[0], fill="tint"),
        scene.words(asked, say("voice.asked"), 22 if label else 26, bold=not label, valign="middle"),
        *([scene.words(rest, label, 26, bold=True, valign="middle")] if label else []),
        scene.target("voice-no", boxes[1], "secondary", say("voice.no"), 28, icon="x"),
        scene.target("voice-yes", boxes[2], "primary", say("voice.yes"), 28, icon="check"),
    ]
