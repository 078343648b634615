"""The reports' page laid out: kinds and date above, tables at the left, the open page of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.reports.model import Report
from kiosk.ui.counter.buttons import Key, button, keycap, small_button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import Laid, page_head
from kiosk.ui.counter.reporting import charts, tables
from kiosk.ui.counter.reporting.dates import KINDS
from kiosk.ui.counter.reporting.front import front, warm
from kiosk.ui.counter.reporting.leaves import FOOT, TITLE, Leaf, foot_height, head_height, leaves
from kiosk.ui.counter.reporting.savesheet import lay_saving
from kiosk.ui.counter.reporting.view import View
from kiosk.ui.parts import Bar, Box, Icon, Panel, Part, Rule, Target

RAIL_NARROW = 176
"""Design pixels of the list of tables in a narrow window."""
RAIL, RAIL_ROW, RAIL_LEAST = 224, 31, 25
"""Design pixels of the list of tables, and of one of its rows; of the lowest, where they are many."""


@dataclass(frozen=True)
class Regions:
    """Where things lie in the page's area."""

    inner: Box
    tabs: Box
    rail: Box
    body: Box
    foot: Box


def regions(grid: Grid, area: Box) -> Regions:
    px = grid.px
    inner = Box(area.x + px(32), area.y + px(14), area.w - px(64), area.h - px(28))
    tabs = Box(inner.x, inner.y + px(54), inner.w, px(100 if grid.single else 46))
    foot = Box(inner.x, inner.bottom - px(48), inner.w, px(48))
    top = tabs.bottom + px(14)
    wide = 0 if grid.single else px(RAIL_NARROW if grid.narrow else RAIL)
    rail = Box(inner.x, top, wide, foot.y - px(54 if grid.narrow else 10) - top)
    left = rail.right if grid.single else rail.right + px(28)
    return Regions(inner, tabs, rail, Box(left, top, inner.right - left, rail.h), foot)


def open_leaves(report: Report, grid: Grid) -> tuple[Leaf, ...]:
    """All pages of a report in a window of this size."""
    return leaves(report, grid, regions(grid, grid.whole).body)


def lay_reports(view: View, grid: Grid, area: Box) -> Laid:
    if view.saving is not None:
        return lay_saving(view.saving, grid, area)
    found = regions(grid, area)
    parts = _head(view, grid, area)
    parts += _kinds(view, grid, found.tabs)
    if view.report is not None:
        parts += _report(view.report, view, grid, found)
    else:
        whole = Box(found.rail.x, found.rail.y, found.inner.w, found.foot.bottom - found.rail.y)
        parts += _making(view, grid, whole) if view.done is not None else _empty(view, grid, whole)
    return Laid(tuple(parts))


def _head(view: View, grid: Grid, area: Box) -> list[Part]:
    """The title; while a report is made Esc stops that, and so no button says that it closes."""
    if view.done is None:
        return page_head(grid.say("reports.title"), "", grid, area)[0]
    px = grid.px
    box = Box(area.x + px(32), area.y + px(14), area.w - px(64), px(48))
    return [
        Panel(area, radius=px(10)),
        grid.words(box, grid.say("reports.title"), 25, bold=True, shrink=True),
    ]


def _kinds(view: View, grid: Grid, area: Box) -> list[Part]:
    """The kinds as tabs, each with its digit, and the date with its two steps."""
    px = grid.px
    stepper = min(px(400), area.w * 2 // 5)
    steps = Box(area.right - stepper, area.y, stepper, area.h - px(6))
    wide = (area.w - stepper - px(20)) // len(KINDS)
    high = area.h
    if grid.single:
        high = area.h // 2
        wide, steps = area.w // len(KINDS), Box(area.x, area.y + high + px(8), area.w, high - px(14))
    parts: list[Part] = [Rule(Box(area.x, area.bottom, area.w, 1))]
    for place, kind in enumerate(KINDS):
        box = Box(area.x + place * wide, area.y, wide - px(8), high)
        chosen = kind == view.kind
        parts.append(Target(f"kind:{kind}", box, "plain", "", grid.language))
        cap = Box(box.right - px(30), box.y + px(10), px(26), px(26))
        words = Box(box.x + px(4), box.y, cap.x - box.x - px(8), box.h)
        colour = "accent" if chosen else "ink2"
        label = grid.say(f"reports.kind.{kind}")
        parts.append(grid.words(words, label, 17, bold=chosen, colour=colour, align="center", shrink=True))
        parts += keycap(str(place + 1), cap, grid, colour)
        if chosen:
            parts.append(Panel(Box(box.x, box.bottom - px(4), box.w, px(4)), fill="accent", radius=0))
    return [*parts, *_stepper(view, grid, steps)]


def _stepper(view: View, grid: Grid, box: Box) -> list[Part]:
    px, wide = grid.px, grid.px(78)
    words = Box(box.x + wide + px(4), box.y, box.w - 2 * wide - px(8), box.h)
    parts: list[Part] = [grid.words(words, view.when, 18, bold=True, align="center", shrink=True)]
    for target, x, icon, sign, possible in (
        ("step:-1", box.x, "chevron-left", "←", view.earlier),
        ("step:1", box.right - wide, "chevron-right", "→", view.later),
    ):
        side = Box(x, box.y, wide, box.h)
        colour = "accent" if possible else "mute"
        parts.append(Panel(side, border="line" if possible else "hair", radius=px(10)))
        if possible:
            parts.append(Target(target, side, "plain", "", grid.language))
        parts.append(
            Icon(Box(side.x + px(10), side.y + (side.h - px(22)) // 2, px(22), px(22)), icon, colour)
        )
        cap = Box(side.right - px(38), side.y + (side.h - px(26)) // 2, px(30), px(26))
        parts += keycap(sign, cap, grid, "ink2" if possible else "mute")
    return parts


def _empty(view: View, grid: Grid, area: Box) -> list[Part]:
    """What the report holds, and the button that makes it."""
    px, key = grid.px, f"reports.kind.{view.kind}"
    wide = min(px(760), area.w)
    box = Box(area.x + (area.w - wide) // 2, area.y + px(40), wide, px(50))
    parts: list[Part] = [
        grid.words(box, grid.say(f"{key}.title"), 24, bold=True, align="center", shrink=True),
        grid.words(
            Box(box.x, box.bottom + px(6), box.w, px(88)), grid.say(f"{key}.text"), 17,
            colour="ink2", align="center", valign="top", shrink=True, lines=3,
        ),
    ]  # fmt: skip
    go = Box(area.x + (area.w - px(360)) // 2, box.bottom + px(116), px(360), px(64))
    parts += button(Key("make", "F10", "chart-column", grid.say("reports.make")), go, grid, primary=True)
    if view.note:
        parts += warm(view.note, Box(box.x, go.bottom + px(36), box.w, px(84)), grid)
    return parts


def _making(view: View, grid: Grid, area: Box) -> list[Part]:
    """How far it is, and the button that stops it."""
    px = grid.px
    box = Box(area.x + (area.w - px(620)) // 2, area.y + px(70), px(620), px(46))
    bar = Box(box.x, box.bottom + px(12), box.w, px(16))
    below = Box(box.x, bar.bottom + px(8), box.w, px(34))
    stop = Box(area.x + (area.w - px(260)) // 2, below.bottom + px(28), px(260), px(54))
    return [
        grid.words(
            box, grid.say("reports.making", when=view.when), 21, bold=True, align="center", shrink=True
        ),
        Bar(bar, view.done or 0.0),
        grid.words(below, view.progress, 17, align="center", colour="ink2", shrink=True),
        *button(Key("stop", "Esc", "x", grid.say("reports.stop")), stop, grid),
    ]


def _report(report: Report, view: View, grid: Grid, found: Regions) -> list[Part]:
    pages = open_leaves(report, grid)
    at = min(view.at, len(pages) - 1)
    # In a single column the tables are turned by PgUp and PgDn alone.
    parts = [] if grid.single else _rail(pages, at, grid, found.rail)
    if view.message or view.note:
        parts += _told(view, grid, found)
    if view.whole:
        parts += _leaf(report, pages[at], grid, found.body)
    return [*parts, *_foot(at, len(pages), grid, found.foot)]


def _rail(pages: Sequence[Leaf], at: int, grid: Grid, area: Box) -> list[Part]:
    """The tables by name; the open one is marked. Where there are more than have room, those around it."""
    px = grid.px
    firsts = [place for place, leaf in enumerate(pages) if leaf.place == 1]
    now = max(place for place, first in enumerate(firsts) if first <= at)
    high = max(px(RAIL_LEAST), min(px(RAIL_ROW), area.h // len(firsts)))
    rows = max(1, area.h // high)
    start = max(0, min(now - rows // 2, len(firsts) - rows))
    parts: list[Part] = [Rule(Box(area.right + px(12), area.y, 1, area.h))]
    for place, first in enumerate(firsts[start : start + rows]):
        table = pages[first].table
        row = Box(area.x, area.y + place * high, area.w, high - px(2))
        chosen = start + place == now
        if chosen:
            parts.append(Panel(row, fill="tint", radius=px(6)))
            parts.append(Panel(Box(row.x, row.y, px(4), row.h), fill="accent", radius=0))
        parts.append(Target(f"leaf:{first}", row, "plain", "", grid.language))
        words = Box(row.x + px(14), row.y, row.w - px(18), row.h)
        label = table.title if table is not None else grid.say("report.sheet.front")
        colour = "accent" if chosen else "ink"
        parts.append(grid.words(words, label, 15, bold=chosen, colour=colour, shrink=True, lines=2))
    return parts


def _leaf(report: Report, leaf: Leaf, grid: Grid, body: Box) -> list[Part]:
    table = leaf.table
    if table is None:
        return front(report, grid, body)
    px = grid.px
    count = f"　{leaf.place}/{leaf.of}" if leaf.of > 1 else ""
    top = Box(body.x, body.y, body.w, px(TITLE - 6))
    parts: list[Part] = []
    if table.headline:
        head = Box(top.x, top.y, top.w, px(28))
        parts.append(grid.words(head, table.title + count, 16, bold=True, colour="accent", shrink=True))
        top = Box(top.x, head.bottom, top.w, px(40))
    parts.append(grid.words(top, table.headline or table.title + count, 22, bold=True, shrink=True, lines=1))
    above = px(head_height(table))
    inner = Box(body.x, body.y + above, body.w, body.h - above - px(foot_height(leaf.shape)))
    draw = {
        "bars": charts.bars, "groups": charts.groups, "columns": charts.columns, "grid": tables.numbers,
        "cases": tables.cases, "examples": tables.examples,
        "written": tables.written,
    }[leaf.shape]  # fmt: skip
    parts += draw(leaf, grid, inner)
    if not table.lines:
        parts.append(grid.words(Box(inner.x, inner.y, inner.w, px(40)), grid.say("reports.nothing"), 17))
    if not foot_height(leaf.shape):
        return parts
    return [*parts, *_below(report, leaf, grid, Box(body.x, inner.bottom + px(6), body.w, px(FOOT - 6)))]


def _below(report: Report, leaf: Leaf, grid: Grid, box: Box) -> list[Part]:
    """The sum at the left, and beside it what is to be known: why something is –."""
    table = leaf.table
    assert table is not None
    wide = 0
    parts: list[Part] = []
    if table.total and leaf.shape != "grid" and leaf.stop == len(table.lines):
        wide = grid.px(250)
        said = f"{table.total[0]}　{charts.number(table.total[1], grid)}"
        parts.append(
            grid.words(Box(box.x, box.y, wide - grid.px(16), box.h), said, 18, bold=True, shrink=True)
        )
    shown = [*table.lines[leaf.start : leaf.stop], table.total]
    hidden = any(cell is None for line in shown for cell in line)
    notes = [table.note, report.notes[-1] if hidden and report.notes else ""]
    text = " ".join(note for note in notes if note)
    if text:
        room = Box(box.x + wide, box.y, box.w - wide, box.h)
        parts.append(grid.words(room, text, 14, colour="ink2", shrink=True, lines=3))
    return parts


def _told(view: View, grid: Grid, found: Regions) -> list[Part]:
    """What was saved, or why not: in the foot's middle, in a narrow window on a line above it."""
    px, foot = grid.px, found.foot
    left, right = _foot_room(grid, foot)
    box = Box(left, foot.y, right - left, foot.h)
    if grid.narrow:
        box = Box(foot.x, foot.y - px(48), foot.w, px(42))
    if view.note:
        return warm(view.note, box, grid)
    mark = Box(box.x, box.y + (box.h - px(22)) // 2, px(22), px(22))
    words = Box(box.x + px(32), box.y, box.w - px(32), box.h)
    return [
        Icon(mark, "circle-check"),
        grid.words(words, view.message, 15, bold=True, colour="accent", shrink=True, lines=2),
    ]


def _foot_room(grid: Grid, foot: Box) -> tuple[int, int]:
    """What the buttons at both ends leave."""
    px = grid.px
    return foot.x + px(2 * 150 + 96), foot.right - px(250 + 200 + 28)


def _foot(at: int, count: int, grid: Grid, foot: Box) -> list[Part]:
    """Turning at the left, making again and saving at the right."""
    px = grid.px
    wide = px(135 if grid.single else 150)
    parts: list[Part] = []
    if at:
        before = Box(foot.x, foot.y, wide, foot.h)
        parts += small_button(Key("turn:-1", "PgUp", "arrow-left", grid.say("reports.before")), before, grid)
    shown = Box(foot.x + wide, foot.y, px(62 if grid.single else 80), foot.h)
    parts.append(grid.words(shown, f"{at + 1} / {count}", 16, bold=True, align="center", shrink=True))
    if at + 1 < count:
        after = Box(shown.right, foot.y, wide, foot.h)
        parts += small_button(Key("turn:1", "PgDn", "arrow-right", grid.say("reports.after")), after, grid)
    main, other = px(190 if grid.single else 250), px(150 if grid.single else 200)
    save = Box(foot.right - main, foot.y, main, foot.h)
    again = Box(save.x - px(12) - other, foot.y, other, foot.h)
    parts += small_button(
        Key("again", "^R" if grid.single else "Ctrl+R", "rotate-ccw", grid.say("reports.again")), again, grid
    )
    key = Key("save", "F10", "arrow-up-from-line", grid.say("reports.save"))
    return [*parts, *button(key, save, grid, primary=True)]
