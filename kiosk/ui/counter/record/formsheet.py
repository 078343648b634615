"""The record's form laid out beside its card."""

from __future__ import annotations

from kiosk.ui.counter.buttons import Key, button, keycap, option_button, small_button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.leaves import fits, pieces
from kiosk.ui.counter.own import FieldBox, Laid
from kiosk.ui.counter.pair import card_and_form
from kiosk.ui.counter.record.look import Choosing, FormView, Item, Line
from kiosk.ui.parts import Align, Box, Icon, Panel, Part, Rule, Target

DONE, ENTRY = "record.done", "record.entry"
"""Names of the fields."""
MOST_ROWS = 40
LINE, GAP, LABEL = 38, 8, 126
"""Design pixels: a row's height, the space below it, its name's width."""


def lay_form(view: FormView, grid: Grid, area: Box) -> Laid:
    px = grid.px
    parts, form = card_and_form(view.card, grid, area)
    if form is None:
        return Laid(tuple(parts))
    inner = Box(form.x + px(20), form.y + px(12), form.w - px(40), form.h - px(24))
    parts += [Panel(form, radius=px(10)), *_head(view, grid, inner)]
    body = Box(inner.x, inner.y + px(50), inner.w, inner.h - px(50))
    if view.choosing is not None:
        more, fields = choosing_parts(view.choosing, grid, body)
    else:
        more, fields = _rows(view, grid, body)
    return Laid((*parts, *more), tuple(fields))


def _head(view: FormView, grid: Grid, inner: Box) -> list[Part]:
    """Title, what is kept, and the way back to the card: the main button may end the case."""
    px = grid.px
    wide = 0 if view.choosing is not None else px(140)
    half = inner.x + inner.w // 2 - px(40) - wide // 2
    state = Box(half, inner.y, inner.right - half - (wide + px(8) if wide else 0), px(40))
    title = Box(inner.x, inner.y, state.x - inner.x - px(8), px(40))
    parts: list[Part] = [grid.words(title, view.title, 22, bold=True, shrink=True)]
    if wide:
        close = Key("cancel", "Esc", "x", grid.say("console.close_page"))
        parts += small_button(close, Box(inner.right - wide, inner.y, wide, px(40)), grid)
    ink = "warm_ink" if view.warm else "ink2"
    if view.warm:
        parts.append(Panel(state, fill="warm_bg", border="warm_line", radius=px(8)))
        state = state.inset(px(8), 0)
    words = grid.words(state, view.saved, 15, colour=ink, bold=view.warm, align="end", shrink=True, lines=2)
    return [*parts, words]


def _rows(view: FormView, grid: Grid, body: Box) -> tuple[list[Part], list[FieldBox]]:
    """Rows from the top down and from the bottom up; the words of what was done take what is left."""
    px, step = grid.px, grid.px(LINE + GAP)
    parts: list[Part] = []
    y = body.y
    for line in view.above:
        parts += line_parts(line, grid, Box(body.x, y, body.w, px(LINE)))
        y += step
    buttons = Box(body.x, body.bottom - px(52), body.w, px(52))
    low = buttons.y - px(10) - len(view.below) * step
    frame = Box(body.x + px(LABEL), y, body.w - px(LABEL), low - y - px(LINE + 2 * GAP))
    parts += _label(view.done, "4", grid, Box(body.x, y, px(LABEL), px(LINE)))
    parts.append(Panel(frame, border="line", radius=px(8)))
    phrases = Box(frame.x, frame.bottom + px(GAP), frame.w, px(LINE - 4))
    parts += item_parts(view.phrases, grid, phrases)
    for place, line in enumerate(view.below):
        parts += line_parts(line, grid, Box(body.x, low + place * step, body.w, px(LINE)))
    parts += _foot(view, grid, buttons)
    return parts, [FieldBox(DONE, frame.inset(px(8)), many=True, size=16 * grid.unit)]


def _foot(view: FormView, grid: Grid, row: Box) -> list[Part]:
    px = grid.px
    wide = (row.w - px(12)) * 2 // 5
    main = Box(row.right - wide, row.y, wide, row.h)
    left = Box(row.x, row.y, row.w - wide - px(12), row.h)
    parts: list[Part] = [*button(Key("finish", "F10", "check", view.finish), main, grid, primary=True)]
    if view.asked:
        return [*parts, grid.words(left, view.asked, 15, bold=True, colour="warm_ink", shrink=True, lines=2)]
    return parts + item_parts(view.foot, grid, Box(left.x, left.y + px(6), left.w, left.h - px(12)))


def line_parts(line: Line, grid: Grid, row: Box) -> list[Part]:
    wide = grid.px(LABEL)
    name = Box(row.x, row.y, wide, row.h)
    return _label(line.label, line.key, grid, name) + item_parts(
        line.items, grid, Box(row.x + wide, row.y, row.w - wide, row.h)
    )


def _label(label: str, key: str, grid: Grid, box: Box) -> list[Part]:
    px = grid.px
    cap = Box(box.x, box.y + (box.h - px(22)) // 2, px(22), px(22)) if key else Box(box.x, box.y, 0, 0)
    words = Box(cap.right + px(6), box.y, box.right - cap.right - px(12), box.h)
    drawn = keycap(key, cap, grid, "ink2") if key else []
    return [*drawn, grid.words(words, label, 15, bold=True, colour="accent", shrink=True, lines=2)]


def item_parts(items: tuple[Item, ...], grid: Grid, row: Box) -> list[Part]:
    px, gap = grid.px, grid.px(6)
    shares = sum(item.wide for item in items) or 1.0
    room, x, parts = row.w - gap * (len(items) - 1), float(row.x), []  # type: int, float, list[Part]
    for item in items:
        wide = room * item.wide / shares
        parts += _item(item, grid, Box(round(x), row.y, round(x + wide) - round(x), row.h), px(8))
        x += wide + gap
    return parts


def _item(item: Item, grid: Grid, box: Box, radius: int) -> list[Part]:
    px = grid.px
    if not item.target:
        return [grid.words(box, item.label, 15, colour="ink2", shrink=True, lines=2, private=True)]
    # What is on is told by its filling, its border and a tick: never by the colour alone.
    icon = "check" if item.on else item.icon
    left = px(25) if icon else px(6)
    words = Box(box.x + left, box.y, box.w - left - px(4), box.h)
    parts: list[Part] = [
        Panel(box, fill="tint" if item.on else "surface", border="accent" if item.on else "line",
              border_width=2 if item.on else 1, radius=radius),
        Target(item.target, box, "plain", "", grid.language),
    ]  # fmt: skip
    if icon:
        parts.append(Icon(Box(box.x + px(6), box.y + (box.h - px(16)) // 2, px(16), px(16)), icon))
    align: Align = "start" if icon else "center"
    label = item.label
    if item.cut:
        cut = pieces(label, Box(0, 0, words.w, px(24)), grid)
        label = label if len(cut) < 2 else f"{cut[0].rstrip('、, ')}…"
    drawn = grid.words(words, label, 15, bold=item.on, align=align, shrink=True, private=True)
    return [*parts, drawn]


def choosing_parts(view: Choosing, grid: Grid, body: Box) -> tuple[list[Part], list[FieldBox]]:
    px = grid.px
    parts: list[Part] = [
        grid.words(
            Box(body.x, body.y, body.w, px(36)), view.title, 18, bold=True, colour="accent", shrink=True
        ),
        Rule(Box(body.x, body.y + px(40), body.w, 1)),
    ]
    fields, y = [], body.y + px(50)
    if view.entry:
        box = Box(body.x + px(6), y + px(34), body.w - px(12), px(38))
        parts += [
            grid.words(Box(body.x, y - px(4), body.w, px(28)), view.entry, 15, colour="ink2", shrink=True),
            Panel(box.inset(-px(6)), border="line", radius=px(8)),
        ]
        fields.append(FieldBox(ENTRY, box, size=18 * grid.unit))
        y = box.bottom + px(16)
    if view.note:
        parts.append(
            grid.words(Box(body.x, y, body.w, px(40)), view.note, 15, bold=True, shrink=True, lines=2)
        )
        y += px(44)
    foot = Box(body.x, body.bottom - px(52), body.w, px(52))
    parts += _read(view.words, grid, Box(body.x, y, body.w, foot.y - y - px(8)))
    parts += _options(view, grid, Box(body.x, y, body.w, foot.y - y - px(8)))
    wide = (foot.w - px(12)) // 2
    parts += button(Key("back", "Esc", "arrow-left", view.back), Box(foot.x, foot.y, wide, foot.h), grid)
    if view.pages > 1:
        words = grid.say("card.more", page=view.page + 1, pages=view.pages)
        more = Box(foot.right - wide, foot.y, wide, foot.h)
        parts += button(Key("turn", "0", "arrow-right", words), more, grid)
    return parts, fields


def _options(view: Choosing, grid: Grid, area: Box) -> list[Part]:
    """Two to a row, each with its digit."""
    px = grid.px
    wide, high = (area.w - px(12)) // 2, px(66)
    parts: list[Part] = []
    for place, option in enumerate(view.options):
        x = area.x + (place % 2) * (wide + px(12))
        box = Box(x, area.y + (place // 2) * (high + px(10)), wide, high)
        parts += option_button(option, str(place + 1), box, grid)
        if option.id in view.on:
            parts.append(Panel(box, fill="", border="accent", border_width=px(3), radius=px(10)))
    return parts


def _read(words: tuple[str, ...], grid: Grid, area: Box) -> list[Part]:
    """Sentences below each other, as far as there is room; one too long is cut with a mark."""
    parts: list[Part] = []
    px, y = grid.px, area.y
    for text in words:
        left = Box(area.x, y, area.w, area.bottom - y)
        if left.h < px(30):
            break
        cut = pieces(text, left, grid)
        shown = cut[0] if len(cut) == 1 else f"{cut[0].rstrip('。、')}…"
        rows = 1
        while rows < MOST_ROWS and not fits(shown, Box(0, 0, area.w, px(24) * rows), grid):
            rows += 1
        box = Box(area.x, y, area.w, min(left.h, px(24) * rows + px(6)))
        parts.append(grid.words(box, shown, 15, valign="top", shrink=True, lines=rows + 1, private=True))
        y = box.bottom + px(8)
    return parts
