"""Pages over card and actions: a question, a list, something to know."""

from __future__ import annotations

from kiosk.ui.counter.buttons import Key, button, keycap, option_button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.view import Ask, Block
from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Target


def ask_parts(ask: Ask, grid: Grid) -> list[Part]:
    px, area = grid.px, grid.wide
    inner = Box(area.x + px(40), area.y, area.w - px(80), area.h)
    parts: list[Part] = [
        Panel(area, radius=px(10)),
        grid.words(Box(inner.x, area.y + px(28), inner.w, px(44)), ask.title, 26, bold=True, shrink=True),
    ]
    y = area.y + px(76)
    for text, colour, bold in ((ask.text, "ink2", False), (ask.note, "accent", True)):
        if text:
            box = Box(inner.x, y, inner.w, px(34))
            parts.append(grid.words(box, text, 17, colour=colour, bold=bold, shrink=True))
            y += px(36)
    y += px(14)
    if ask.entry:
        parts += _entry(ask, grid, entry_box(grid))
        y = entry_box(grid).bottom + px(24)
    for block in ask.blocks:
        more, y = _block(block, grid, Box(inner.x, y, inner.w, 0))
        parts += more
    parts += _options(ask, grid, Box(inner.x, y, inner.w, 0))
    cancel = Box(inner.x, area.bottom - px(84), (inner.w - px(16)) // 2, px(60))
    return parts + button(Key("cancel", "Esc", "x", ask.cancel), cancel, grid)


def entry_box(grid: Grid) -> Box:
    """Where the text field of such a page lies."""
    px, area = grid.px, grid.wide
    return Box(area.x + px(40), area.y + px(230), min(area.w - px(80), px(700)), px(48))


def _entry(ask: Ask, grid: Grid, field: Box) -> list[Part]:
    px = grid.px
    cap = Box(field.right - px(70), field.y - px(42), px(70), px(28))
    return [
        grid.words(
            Box(field.x, field.y - px(40), field.w - px(80), px(36)),
            ask.entry,
            15,
            colour="ink2",
            shrink=True,
        ),
        Target("read", cap, "plain", "", grid.language),
        *keycap("Return", cap, grid, "ink2"),
        Panel(field.inset(-px(6)), border="line", radius=px(8)),
    ]


def _options(ask: Ask, grid: Grid, top: Box) -> list[Part]:
    """Two to a row, each with its digit; 0 turns the page."""
    px = grid.px
    wide = (top.w - px(16)) // 2
    parts: list[Part] = []
    for index, option in enumerate(ask.shown):
        x = top.x + (index % 2) * (wide + px(16))
        box = Box(x, top.y + (index // 2) * px(78), wide, px(66))
        parts += option_button(option, str(index + 1), box, grid)
    if ask.pages > 1:
        area = grid.wide
        box = Box(top.x + wide + px(16), area.bottom - px(84), wide, px(60))
        words = grid.say("card.more", page=ask.page % ask.pages + 1, pages=ask.pages)
        parts += button(Key("more", "0", "arrow-right", words), box, grid)
    return parts


def _block(block: Block, grid: Grid, top: Box) -> tuple[list[Part], int]:
    """A paragraph under a line; `big` stands at its end. And where the next one may begin."""
    px = grid.px
    colour = "warm_ink" if block.warm else "ink"
    left = px(44) if block.icon else 0
    number = px(300) if block.big else 0
    title_high = px(34) if block.big or block.lines else px(68)
    words = Box(top.x + left, top.y + px(8), top.w - left - number, title_high)
    parts: list[Part] = [
        Rule(Box(top.x, top.y, top.w, 1)),
        grid.words(
            words,
            block.title,
            19 if block.lines or block.big else 16,
            bold=bool(block.lines or block.big),
            colour=colour if block.big or block.lines else "ink",
            shrink=True,
            lines=1 if block.lines or block.big else 3,
        ),
    ]
    if block.icon:
        box = Box(top.x, words.y + (words.h - px(24)) // 2, px(24), px(24))
        parts.append(Icon(box, block.icon, colour="warm_ink" if block.warm else "accent"))
    if block.big:
        big = Box(top.right - number, words.y, number, title_high)
        parts.append(grid.words(big, block.big, 24, bold=True, align="end", language="en", shrink=True))
    y = words.bottom
    for line in block.lines:
        box = Box(top.x + left, y, top.w - left, px(28))
        parts.append(grid.words(box, line, 16, colour="ink2", shrink=True))
        y = box.bottom
    return parts, y + px(10)
