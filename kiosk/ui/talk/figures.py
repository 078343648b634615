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
    title = say("talk.date.title")
    if scene.portrait:
        parts: list[Part] = scene.title(title)
        row = Box(scene.margin, scene.top(), scene.width, px(72))
    else:
        # Beside the title: six weeks need the height.
        row = Box(scene.margin + scene.width * 45 // 100, px(80), scene.width * 55 // 100, px(72))
        box = Box(scene.margin, row.y, row.x - scene.margin - scene.gap, row.h)
        parts = [scene.words(box, title, 40, bold=True, valign="middle")]
    body = Box(scene.margin, row.bottom, scene.width, scene.bar_top - scene.gap - row.bottom)
    parts += _months(scene, row, year, month)
    head = Box(body.x, row.bottom + px(6), body.w, px(40))
    for day, box in zip(DAYS, grid(head, 7, 7, px(8)), strict=True):
        name = say(f"talk.day.{day}")
        parts.append(scene.words(box, name, 20, colour="ink2", align="center", valign="middle", max_lines=1))
    weeks = calendar.Calendar().monthdayscalendar(year, month)
    area = Box(body.x, head.bottom + px(4), body.w, body.bottom - head.bottom - px(4))
    boxes = grid(area, 7 * 6, 7, px(8))
    for place, number in enumerate(day for week in weeks for day in week):
        if number:
            parts.append(Target(f"day:{number}", boxes[place], "key", str(number), "en", size=px(30)))
    return sheet(scene, "date", parts)


def _months(scene: Scene, row: Box, year: int, month: int) -> list[Part]:
    """The month, and keys to the year and month before and after it."""
    px = scene.px
    side, gap = px(104), px(12)
    name = Box(row.x + 2 * (side + gap), row.y, row.w - 4 * (side + gap), row.h)
    parts: list[Part] = [
        Words(name, f"{year}-{month:02d}", "en", px(36), True, align="center", valign="middle")
    ]
    for place, steps in enumerate((-12, -1, 1, 12)):
        from_left = row.x + place * (side + gap)
        x = from_left if place < 2 else row.right - (4 - place) * (side + gap) + gap
        label = str(year + steps // 12) if steps % 12 == 0 else ""
        icon = "" if label else "chevron-left" if steps < 0 else "chevron-right"
        parts.append(
            Target(f"months:{steps}", Box(x, row.y, side, row.h), "key", label, "en", icon=icon, size=px(28))
        )
    return parts
