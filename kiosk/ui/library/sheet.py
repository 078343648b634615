"""The page of models laid out: languages at the left, the chosen one's models at the right, work below."""

from __future__ import annotations

from kiosk.ui.counter.grid import Grid
from kiosk.ui.library.items import item_parts, pages, press
from kiosk.ui.library.view import LANGUAGES, MODELS, OPTIONS, LibraryView, Line, Over, Working
from kiosk.ui.parts import Bar, Box, Icon, Panel, Part, Rule, Sheet, Target

ROW = 62
"""Design pixels from one language to the next: a finger finds it."""


def library_sheet(view: LibraryView, grid: Grid) -> Sheet:
    parts = [*_head(view, grid), *_lines(view, grid)]
    area = grid.wide
    parts.append(Panel(area, radius=grid.px(10)))
    if view.over is not None:
        parts += _over(view.over, view, grid, area)
    else:
        parts += _models(view, grid, area)
    parts += _foot(view, grid, area)
    name = "library-over" if view.over is not None else "library"
    return Sheet(name, view.language, "ltr", tuple(parts))


def _head(view: LibraryView, grid: Grid) -> list[Part]:
    px, say = grid.px, grid.say
    right = grid.wide.right
    free = Box(right - px(420), px(10), px(260), px(48))
    switch = Box(right - px(140), px(10), px(140), px(48))
    return [
        grid.words(
            Box(px(24), px(10), px(700), px(48)), say("console.models.title"), 22, bold=True,
            language=view.language,
        ),
        grid.words(free, view.free, 15, colour="ink2", align="end", language=view.language),
        press("switch", switch, say("console.models.language"), view, grid, icon="languages"),
    ]  # fmt: skip


def _lines(view: LibraryView, grid: Grid) -> list[Part]:
    px, column = grid.px, grid.left
    parts: list[Part] = [Panel(column, radius=px(10))]
    shown = view.lines[view.first_line : view.first_line + LANGUAGES]
    for number, line in enumerate(shown):
        box = Box(column.x + px(8), column.y + px(8 + number * ROW), column.w - px(16), px(ROW - 6))
        parts += _line(line, box, view, grid)
    turn = Box(column.x + px(8), column.bottom - px(58), column.w - px(16), px(50))
    if len(view.lines) > LANGUAGES:
        parts += pages("lines", view.first_line, LANGUAGES, len(view.lines), turn, view, grid)
    return parts


def _line(line: Line, box: Box, view: LibraryView, grid: Grid) -> list[Part]:
    """A language: its name, and below what can be spoken and what can be translated."""
    px, here = grid.px, line.tag == view.chosen
    top = Box(box.x + px(12), box.y + px(3), box.w - px(24), box.h // 2)
    below, half = box.y + box.h // 2, (box.w - px(24)) // 2
    ink = "warm_ink" if line.warm else "ink2"
    parts: list[Part] = [
        Panel(
            box, fill="tint" if here else "surface", border="accent" if here else "line",
            border_width=px(2) if here else 1, radius=px(8),
        ),
        Target(f"line:{line.tag}", box, "plain", "", view.language),
        grid.words(top, line.name, 16, bold=True, language=view.language, shrink=True),
    ]  # fmt: skip
    for number, (icon, words) in enumerate((("mic", line.speech), ("languages", line.translation))):
        x = box.x + px(12) + number * half
        parts.append(Icon(Box(x, below + px(3), px(18), px(18)), icon, colour=ink))
        room = Box(x + px(24), below, half - px(24), box.h // 2 - px(3))
        parts.append(grid.words(room, words, 14, colour=ink, language=view.language, shrink=True))
    return parts


def _models(view: LibraryView, grid: Grid, area: Box) -> list[Part]:
    px, say, line = grid.px, grid.say, view.line
    parts: list[Part] = []
    if line is not None:
        title = Box(area.x + px(20), area.y + px(10), area.w - px(380), px(52))
        parts.append(grid.words(title, line.name, 22, bold=True, language=view.language))
    if view.all_in_one and view.working is None:
        box = Box(area.right - px(340), area.y + px(10), px(320), px(52))
        parts.append(press("all", box, say("console.models.fetch.all"), view, grid, look="primary"))
    shown = view.items[view.first_item : view.first_item + MODELS]
    for number, item in enumerate(shown):
        box = Box(area.x + px(12), area.y + px(70 + number * 86), area.w - px(24), px(80))
        parts += item_parts(item, box, view, grid)
    if not view.items:
        none = Box(area.x + px(20), area.y + px(100), area.w - px(40), px(40))
        parts.append(grid.words(none, say("console.models.none"), 18, language=view.language))
    turn = Box(area.x + px(12), area.y + px(502), px(420), px(46))
    if len(view.items) > MODELS:
        parts += pages("items", view.first_item, MODELS, len(view.items), turn, view, grid)
    return parts


def _foot(view: LibraryView, grid: Grid, area: Box) -> list[Part]:
    """What happened, and below it either the work that goes on or what can be done."""
    px, say = grid.px, grid.say
    top = area.bottom - px(122)
    parts: list[Part] = [Rule(Box(area.x + px(12), top, area.w - px(24), 1))]
    if view.working is not None:
        return [
            *parts,
            *_working(view.working, view, grid, Box(area.x + px(20), top, area.w - px(40), px(122))),
        ]
    if view.message:
        box = Box(area.x + px(56), top + px(4), area.w - px(76), px(52))
        ink = "warm_ink" if view.warm else "ink"
        icon = "triangle-alert" if view.warm else "circle-check"
        parts.append(Icon(Box(area.x + px(20), top + px(18), px(24), px(24)), icon, colour=ink))
        parts.append(
            grid.words(box, view.message, 15, colour=ink, language=view.language, lines=2, shrink=True)
        )
    if view.over is None:
        wide = (area.w - px(40) - 2 * px(12)) // 3
        keys = (("verify", "file-search"), ("import", "folder-open"), ("export", "log-out"))
        for number, (name, icon) in enumerate(keys):
            box = Box(area.x + px(20) + number * (wide + px(12)), top + px(60), wide, px(52))
            parts.append(press(name, box, say(f"console.models.{name}"), view, grid, icon=icon))
    return parts


def _working(working: Working, view: LibraryView, grid: Grid, box: Box) -> list[Part]:
    px = grid.px
    wide = box.w - px(180)
    parts: list[Part] = [
        grid.words(Box(box.x, box.y + px(12), wide, px(32)), working.words, 17, bold=True,
                   language=view.language, shrink=True),
        grid.words(Box(box.x, box.y + px(82), wide, px(28)), working.far, 15, colour="ink2",
                   language=view.language),
        press("cancel", Box(box.right - px(160), box.y + px(32), px(160), px(56)),
              grid.say("console.models.cancel"), view, grid, icon="x"),
    ]  # fmt: skip
    if working.share is not None:
        parts.append(Bar(Box(box.x, box.y + px(52), wide, px(18)), working.share))
    return parts


def _over(over: Over, view: LibraryView, grid: Grid, area: Box) -> list[Part]:
    px = grid.px
    wide = area.w - px(80)
    parts: list[Part] = [
        grid.words(Box(area.x + px(40), area.y + px(24), wide, px(44)), over.title, 22, bold=True,
                   language=view.language, shrink=True),
        grid.words(Box(area.x + px(40), area.y + px(72), wide, px(64)), over.text, 17, language=view.language,
                   lines=2, shrink=True, valign="top"),
    ]  # fmt: skip
    for number, (name, label) in enumerate(over.options[:OPTIONS]):
        box = Box(area.x + px(40), area.y + px(142 + number * 60), wide, px(54))
        parts.append(press(name, box, label, view, grid))
    back = Box(area.x + px(40), area.bottom - px(62), px(240), px(52))
    return [*parts, press("back", back, over.back, view, grid, icon="arrow-left")]
