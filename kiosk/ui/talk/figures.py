"""Answers that are a number or a day: a page of digits, and one of a month."""

from __future__ import annotations

import calendar

from kiosk.core.hours import DAYS
from kiosk.core.written import Amount
from kiosk.ui.parts import Box, Panel, Part, Sheet, Target, Words
from kiosk.ui.resident.base import Scene, grid
from kiosk.ui.resident.page import Head, sheet

KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "delete")


def number_page(scene: Scene, digits: str, head: Head, *, money: bool = False) -> Sheet:
    """A field and ten digits as on a telephone; an amount as it will be read; the button that sends it."""
    px, say = scene.px, scene.say
    parts: list[Part] = scene.title(say("talk.number.title"))
    body = Box(scene.margin, scene.top(), scene.width, scene.bar_top - scene.gap - scene.top())
    if scene.portrait:
        shown = Box(body.x, body.y, body.w, px(120))
        told = Box(body.x, shown.bottom, body.w, px(64 if money else 0))
        rest = body.bottom - told.bottom
        pad = Box(body.x, told.bottom + scene.gap, body.w, rest - px(96) - 2 * scene.gap)
        send = Box(body.x, pad.bottom + scene.gap, body.w, px(96))
    else:
        wide = min(px(480), body.w * 45 // 100)
        pad = Box(body.right - wide, body.y, wide, body.h)
        shown = Box(body.x, body.y, body.w - wide - scene.gap, px(160))
        told = Box(shown.x, shown.bottom + scene.gap, shown.w, px(72))
        send = Box(shown.x, body.bottom - px(96), shown.w, px(96))
    parts += [
        Panel(shown, border="accent"),
        Words(shown.inset(px(28), px(8)), digits, "en", px(64), True, align="end", valign="middle",
              smaller=(px(56), px(44), px(36)), private=True, caret=True),
        scene.target("send", send, "primary", say("talk.number.send"), 28, icon_after="arrow-right",
                     enabled=bool(digits)),
    ]  # fmt: skip
    if money and digits:
        amount = say("talk.money", n=Amount(int(digits)))
        parts.append(scene.words(told, amount, 36, bold=True, align="end", valign="middle", private=True))
    for key, box in zip(KEYS, grid(pad, 12, 3, px(12)), strict=True):
        if key == "delete":
            parts.append(Target("digit:delete", box, "key", "", scene.tag, icon="delete"))
        elif key:
            parts.append(Target(f"digit:{key}", box, "key", key, "en", size=px(44)))
    return sheet(scene, "number", parts, head=head)


def day_page(scene: Scene, year: int, month: int, head: Head) -> Sheet:
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
    days = Box(body.x, row.bottom + px(6), body.w, px(40))
    for day, box in zip(DAYS, grid(days, 7, 7, px(8)), strict=True):
        name = say(f"talk.day.{day}")
        parts.append(scene.words(box, name, 20, colour="ink2", align="center", valign="middle", max_lines=1))
    weeks = calendar.Calendar().monthdayscalendar(year, month)
    area = Box(body.x, days.bottom + px(4), body.w, body.bottom - days.bottom - px(4))
    boxes = grid(area, 7 * 6, 7, px(8))
    for place, number in enumerate(day for week in weeks for day in week):
        if number:
            parts.append(Target(f"day:{number}", boxes[place], "key", str(number), "en", size=px(30)))
    return sheet(scene, "date", parts, head=head)


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
