"""Where and as what a report is saved, laid out."""

from __future__ import annotations

from kiosk.ui.counter.buttons import Key, button, keycap
from kiosk.ui.counter.grid import SMALLEST, Grid
from kiosk.ui.counter.leaves import ems
from kiosk.ui.counter.own import FieldBox, Laid
from kiosk.ui.counter.reporting.front import warm
from kiosk.ui.counter.reporting.view import FOLDER, PlaceLine, Saving
from kiosk.ui.parts import Box, Icon, Panel, Part, Target


def lay_saving(view: Saving, grid: Grid, area: Box) -> Laid:
    px = grid.px
    inner = Box(area.x + px(32), area.y + px(14), area.w - px(64), area.h - px(28))
    parts: list[Part] = [
        Panel(area, radius=px(10)),
        grid.words(
            Box(inner.x, inner.y, inner.w, px(48)), grid.say("reports.save.title"), 25, bold=True, shrink=True
        ),
    ]
    if view.asked:
        return Laid((*parts, *_asked(view, grid, inner)))
    parts += _formats(view, grid, Box(inner.x, inner.y + px(62), inner.w, px(92)))
    body = Box(inner.x, inner.y + px(172), inner.w, inner.bottom - inner.y - px(172))
    listed, field = _places(view, grid, body)
    parts += listed
    parts += _notes(view, grid, Box(inner.x, inner.bottom - px(150), inner.w, px(78)))
    back = Box(inner.x, inner.bottom - px(56), px(180 if grid.single else 260), px(56))
    wide = px(260 if grid.single else 340)
    go = Box(inner.right - wide, back.y, wide, px(56))
    parts += button(Key("back", "Esc", "arrow-left", grid.say("reports.save.back")), back, grid)
    label = grid.say("reports.save.busy" if view.busy else "reports.save.go")
    key = Key("write", "F10", "arrow-up-from-line", label)
    parts += button(key, go, grid, primary=True, enabled=not view.busy and view.places is not None)
    name = Box(back.right + px(20), back.y, go.x - back.right - px(40), px(56))
    parts.append(grid.words(name, view.name, 18, bold=True, align="center", shrink=True))
    return Laid(tuple(parts), (field,) if field is not None else ())


def _formats(view: Saving, grid: Grid, box: Box) -> list[Part]:
    """As what: Left and Right choose too."""
    px = grid.px
    parts: list[Part] = [
        grid.words(
            Box(box.x, box.y, box.w, px(30)), grid.say("reports.save.as"), 15, colour="ink2", shrink=True
        )
    ]
    wide = (box.w - px(14) * (len(view.suffixes) - 1)) // len(view.suffixes)
    for place, suffix in enumerate(view.suffixes):
        cell = Box(box.x + place * (wide + px(14)), box.y + px(34), wide, px(64))
        chosen = suffix == view.suffix
        parts += _choice(f"format:{suffix}", cell, grid, chosen=chosen)
        words = Box(cell.x + px(50), cell.y + px(4), cell.w - px(58), px(28))
        below = Box(words.x, words.bottom - px(3), words.w, px(34))
        kind = suffix.removeprefix(".")
        parts.append(grid.words(words, grid.say(f"reports.format.{kind}"), 17, bold=True, shrink=True))
        parts.append(
            grid.words(below, grid.say(f"reports.format.{kind}.for"), 14, colour="ink2", shrink=True, lines=2)
        )
    return parts


def _choice(target: str, box: Box, grid: Grid, *, chosen: bool) -> list[Part]:
    """One of several; the chosen one is filled, has a strong edge and a tick."""
    px = grid.px
    wide = px(3) if chosen else px(2)
    mark = Box(box.x + px(16), box.y + (box.h - px(24)) // 2, px(24), px(24))
    return [
        Panel(
            box, fill="tint" if chosen else "surface", border="accent" if chosen else "line",
            border_width=wide, radius=px(10),
        ),
        Target(target, box, "plain", "", grid.language),
        Icon(mark, "circle-check" if chosen else "circle", "accent" if chosen else "line"),
    ]  # fmt: skip


def _places(view: Saving, grid: Grid, box: Box) -> tuple[list[Part], FieldBox | None]:
    px = grid.px
    parts: list[Part] = [
        grid.words(Box(box.x, box.y, box.w, px(30)), grid.say("reports.save.where"), 15, colour="ink2")
    ]
    if view.places is None:
        line = Box(box.x, box.y + px(36), box.w, px(40))
        return [*parts, grid.words(line, grid.say("reports.save.looking"), 17)], None
    high = px(54)
    other = PlaceLine(grid.say("reports.place.other"), "", "folder-open")
    for place, one in enumerate((*view.places, other)):
        row = Box(box.x, box.y + px(34) + place * (high + px(8)), box.w, high)
        parts += _place(one, place, view.chosen == place, row, grid)
    if view.chosen != len(view.places):
        return parts, None
    first = round(row.w * 0.28)
    field = Box(row.x + first, row.y + px(9), row.w - first - px(70), row.h - px(18))
    parts.append(Panel(field.inset(-px(4)), border="line", radius=px(8)))
    return parts, FieldBox(FOLDER, field, size=17 * grid.unit)


def _place(one: PlaceLine, place: int, chosen: bool, row: Box, grid: Grid) -> list[Part]:
    px = grid.px
    first = round(row.w * 0.28)
    cap = Box(row.right - px(48), row.y + (row.h - px(28)) // 2, px(34), px(28))
    path = Box(row.x + first, row.y, cap.x - px(12) - row.x - first, row.h)
    return [
        *_choice(f"place:{place}", row, grid, chosen=chosen),
        grid.words(
            Box(row.x + px(50), row.y, first - px(60), row.h), one.label, 17, bold=True, shrink=True, lines=2
        ),
        grid.words(
            path, _end_of(one.path, path.w, grid), 15, colour="ink2", shrink=True, lines=2,
        ),
        *keycap(str(place + 1), cap, grid, "ink2"),
    ]  # fmt: skip


def _end_of(path: str, wide: int, grid: Grid) -> str:
    """A folder's path; in a single column the end of one that is longer than its line."""
    most = int(wide / (ems("x") * SMALLEST * grid.unit))
    return path if len(path) <= most or not grid.single else f"…{path[-most + 1 :]}"


def _notes(view: Saving, grid: Grid, box: Box) -> list[Part]:
    """What went wrong; else, where the file tells of single residents, that whoever has it can read it."""
    text = view.note or (grid.say("reports.save.open") if view.open_file else "")
    return warm(text, box, grid) if text else []


def _asked(view: Saving, grid: Grid, inner: Box) -> list[Part]:
    px = grid.px
    panel = Box(inner.x, inner.y + px(90), inner.w, px(210))
    words = Box(panel.x + px(24), panel.y + px(16), panel.w - px(48), px(100))
    half = (panel.w - px(60)) // 2
    row = Box(panel.x + px(24), panel.y + px(132), half, px(56))
    return [
        Panel(panel, fill="warm_bg", border="warm_line", radius=px(10)),
        grid.words(
            words, grid.say("reports.save.exists", name=view.asked), 18, bold=True, colour="warm_ink",
            shrink=True, lines=3,
        ),
        *button(Key("keep", "Esc", "arrow-left", grid.say("reports.save.keep")), row, grid),
        *button(
            Key("over", "1", "file-plus", grid.say("reports.save.over")),
            Box(row.right + px(12), row.y, half, row.h), grid,
        ),
    ]  # fmt: skip
