"""Answers that are a number or a day: a page of digits, and one of a month."""

from __future__ import annotations

import calendar

from kiosk.core.hours import DAYS
from kiosk.ui.parts import Box, Panel, Part, Sheet, Target, Words
from kiosk.ui.resident.base import Scene, grid, sheet

KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "delete")


def number_page(scene: Scene, digits: str) -> Sheet:
    """A field and ten digits as on a telephone; the button that sends them."""
    px, say = scene.px, scene.say
    parts: list[Part] = scene.title(say("talk.number.title"))
    body = Box(scene.margin, scene.top(), scene.width, scene.bar_top - scene.gap - scene.top())
    wide = min(px(480), body.w * 45 // 100) if not scene.portrait else body.w
    if scene.portrait:
        shown = Box(body.x, body.y, body.w, px(120))
        pad = Box(body.x, shown.bottom + scene.gap, body.w, body.h - px(120) - px(96) - 2 * scene.gap)
        send = Box(body.x, pad.bottom + scene.gap, body.w, px(96))
    else:
        pad = Box(body.right - wide, body.y, wide, body.h)
        shown = Box(body.x, body.y, body.w - wide - scene.gap, px(160))
        send = Box(shown.x, body.bottom - px(96), shown.w, px(96))
    parts += [
        Panel(shown, border="accent"),
        Words(shown.inset(px(28), px(8)), digits, "en", px(64), True, align="end", valign="middle",
              smaller=(px(56), px(44), px(36)), private=True, caret=True),
        scene.target("send", send, "primary", say("talk.number.send"), 28, icon_after="arrow-right",
                     enabled=bool(digits)),
    ]  # fmt: skip
    for key, box in zip(KEYS, grid(pad, 12, 3, px(12)), strict=True):
        if key == "delete":
            parts.append(Target("digit:delete", box, "key", "", scene.tag, icon="delete"))
        elif key:
            parts.append(Target(f"digit:{key}", box, "key", key, "en", size=px(44)))
    return sheet(scene, "number", parts)


def day_page(scene: Scene, year: int, month: int) -> Sheet:
    """A month's days under their weekdays; a press on one is the answer."""
    px, say = scene.px, scene.say
    parts: list[Part] = scene.title(say("talk.date.title"))
    body = Box(scene.margin, scene.top(), scene.width, scene.bar_top - scene.gap - scene.top())
    turn = px(72)
    row = Box(body.x, body.y, body.w, turn)
    side = px(120)
    name = Box(row.x + 2 * (side + scene.gap), row.y, row.w - 4 * (side + scene.gap), turn)
    parts.append(Words(name, f"{year}-{month:02d}", "en", px(40), True, align="center", valign="middle"))
    for place, (steps, words) in enumerate((("-12", "−1"), ("-1", ""), ("1", ""), ("12", "+1"))):
        x = (
            row.x + place * (side + scene.gap)
            if place < 2
            else row.right - (4 - place) * (side + scene.gap) + scene.gap
        )
        box = Box(x, row.y, side, turn)
        icon = "" if words else "chevron-left" if steps == "-1" else "chevron-right"
        label = f"{year + int(words.replace('−', '-'))}" if words else ""
        parts.append(Target(f"months:{steps}", box, "key", label, "en", icon=icon, size=px(28)))
    head = Box(body.x, row.bottom + px(4), body.w, px(44))
    for day, box in zip(DAYS, grid(head, 7, 7, px(8)), strict=True):
        parts.append(scene.words(box, say(f"day.{day}"), 20, colour="ink2", align="center", valign="middle",
                                 max_lines=1))  # fmt: skip
    weeks = calendar.Calendar().monthdayscalendar(year, month)
    area = Box(body.x, head.bottom + px(4), body.w, body.bottom - head.bottom - px(4))
    boxes = grid(area, 7 * 6, 7, px(8))
    for place, number in enumerate(day for week in weeks for day in week):
        if number:
            parts.append(Target(f"day:{number}", boxes[place], "key", str(number), "en", size=px(30)))
    return sheet(scene, "date", parts)
