"""The page that asks for the passphrase, beside the list of numbers."""

from __future__ import annotations

from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.view import Locked
from kiosk.ui.parts import Box, Icon, Look, Panel, Part, Target

WIDE = 620
"""Design pixels of the field with the button beside it."""


def secret_box(grid: Grid) -> Box:
    """Where the passphrase's field lies."""
    row = _row(grid)
    return Box(row.x, row.y, row.w - grid.px(130), row.h)


def lock_parts(locked: Locked, grid: Grid) -> list[Part]:
    px, say, area, row = grid.px, grid.say, grid.wide, _row(grid)
    inner = Box(area.x + px(40), area.y, area.w - px(80), area.h)
    centre, top = area.x + area.w // 2, area.y + px(72)
    field = secret_box(grid)
    parts: list[Part] = [
        Panel(area, radius=px(10)),
        Icon(Box(centre - px(24), top, px(48), px(48)), "lock-keyhole"),
        grid.words(
            Box(inner.x, top + px(60), inner.w, px(48)),
            say("console.lock.title"),
            27,
            bold=True,
            align="center",
        ),
        grid.words(
            Box(inner.x, top + px(112), inner.w, px(32)), locked.text, 18, align="center", shrink=True
        ),
        grid.words(Box(row.x, row.y - px(42), row.w, px(34)), say("console.lock.entry"), 15, colour="ink2"),
        Panel(field.inset(-px(6)), border="line", radius=px(8)),
    ]
    show = Box(row.right - px(112), field.y - px(6), px(112), field.h + px(12))
    words = say("console.lock.hide" if locked.revealed else "console.lock.show")
    parts.append(_button("reveal", show, words, grid))
    if locked.note:
        note = Box(row.x, row.bottom + px(14), row.w, px(72))
        parts.append(grid.words(note, locked.note, 17, bold=True, colour="warm_ink", shrink=True, lines=3))
    below = Box(row.x, row.bottom + px(98), row.w, px(60))
    parts.append(_button("unlock", below, say("console.lock.open"), grid, main=True, enabled=locked.ready))
    if locked.without:
        other = Box(row.x, below.bottom + px(14), row.w, px(54))
        parts.append(_button("without", other, say("console.lock.without"), grid))
    return parts


def _row(grid: Grid) -> Box:
    px, area = grid.px, grid.wide
    wide = px(WIDE)
    return Box(area.x + (area.w - wide) // 2, area.y + px(284), wide, px(48))


def _button(
    name: str, box: Box, words: str, grid: Grid, *, main: bool = False, enabled: bool = True
) -> Target:
    look: Look = "secondary" if not main else "primary" if enabled else "quiet"
    return Target(
        name,
        box,
        look,
        words,
        grid.language,
        size=(19 if main else 17) * grid.unit,
        bold=main,
        enabled=enabled,
        align="center",
        smaller=(15 * grid.unit, 13 * grid.unit),
    )
