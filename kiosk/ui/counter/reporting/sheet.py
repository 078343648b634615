"""The reports' page laid out: kinds and date above, tables at the left, the open page of the report."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.reports.model import Report
from kiosk.ui.counter.buttons import Key, button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import Laid, page_head
from kiosk.ui.counter.reporting.footsheet import lay_foot, lay_told
from kiosk.ui.counter.reporting.front import warm
from kiosk.ui.counter.reporting.kindsheet import lay_kinds
from kiosk.ui.counter.reporting.leafsheet import lay_leaf
from kiosk.ui.counter.reporting.leaves import Leaf, leaves
from kiosk.ui.counter.reporting.railsheet import lay_rail
from kiosk.ui.counter.reporting.savesheet import lay_saving
from kiosk.ui.counter.reporting.view import View
from kiosk.ui.parts import Bar, Box, Panel, Part

RAIL, RAIL_NARROW = 224, 176
"""Design pixels of the list of tables; in a narrow window."""


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
    parts += lay_kinds(view, grid, found.tabs)
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
    parts = [] if grid.single else lay_rail(pages, at, grid, found.rail)
    if view.message or view.note:
        parts += lay_told(view, grid, found.foot)
    if view.whole:
        parts += lay_leaf(report, pages[at], grid, found.body)
    return [*parts, *lay_foot(at, len(pages), grid, found.foot)]
