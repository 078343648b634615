"""The search of past cases laid out."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.ui.counter.buttons import Key, button, keycap, option_button, small_button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import FieldBox, Laid, field_frame, page_head
from kiosk.ui.counter.view import Option
from kiosk.ui.parts import Bar, Box, Icon, Panel, Part, Rule, Target

WORDS = "cases.words"
"""Name of the field."""
PAGE = 8
"""Cases, or options, at a time: as many as there are digits, and one for the rest."""


@dataclass(frozen=True)
class Hit:
    """One case of the list."""

    day: str
    number: str
    topic: str
    language: str
    result: str
    sensitive: bool


@dataclass(frozen=True)
class SearchView:
    topic: str
    language: str
    status: str
    """How far the search is, or what it came to."""
    done: float | None
    """0 to 1 while it runs."""
    hits: tuple[Hit, ...]
    page: int
    pages: int
    choosing: str = ""
    options: tuple[Option, ...] = ()
    option_page: int = 0
    asked: str = ""
    """Asked before a sensitive case is opened."""


def lay_search(view: SearchView, grid: Grid, area: Box) -> Laid:
    px = grid.px
    parts, rest = page_head(grid.say("cases.title"), grid.say("cases.text"), grid, area)
    main, down = px(178), px(88) if grid.single else 0
    long = rest.w - main - px(22) if grid.single else rest.w * 2 // 5
    field = Box(rest.x + px(6), rest.y + px(36), long - px(12), px(36))
    parts += field_frame(grid.say("cases.words"), field, grid)
    x = rest.x if grid.single else field.right + px(22)
    wide = (rest.right - x - (0 if grid.single else main + px(12)) - px(12)) // 2
    for place, (key, icon, words) in enumerate(
        (("choose:topic", "folder-open", view.topic), ("choose:language", "languages", view.language))
    ):
        box = Box(x + place * (wide + px(12)), rest.y + px(30) + down, wide, px(48))
        parts += _filter(key, icon, words, box, grid)
        label = Box(box.x, rest.y + px(2) + down, box.w, px(28))
        name = "cases.topic" if place == 0 else "cases.language"
        parts.append(grid.words(label, grid.say(name), 15, colour="ink2", shrink=True))
    look = Box(rest.right - main, rest.y + px(30), main, px(48))
    parts += button(Key("look", "F10", "search", grid.say("cases.look")), look, grid, primary=True)
    below = Box(rest.x, rest.y + px(90) + down, rest.w, rest.h - px(90) - down)
    if view.choosing:
        return Laid((*parts, *_options(view, grid, below)))
    parts += _status(view, grid, below)
    listed = Box(below.x, below.y + px(44), below.w, below.h - px(44))
    parts += _ask(view, grid, listed) if view.asked else _hits(view, grid, listed)
    return Laid(tuple(parts), (FieldBox(WORDS, field, size=18 * grid.unit),))


def _filter(target: str, icon: str, words: str, box: Box, grid: Grid) -> list[Part]:
    px = grid.px
    return [
        Panel(box, border="line", radius=px(10)),
        Target(target, box, "plain", "", grid.language),
        Icon(Box(box.x + px(12), box.y + (box.h - px(20)) // 2, px(20), px(20)), icon),
        grid.words(
            Box(box.x + px(40), box.y, box.w - px(48), box.h), words, 16, bold=True, shrink=True, lines=2
        ),
    ]


def _status(view: SearchView, grid: Grid, area: Box) -> list[Part]:
    px = grid.px
    words = Box(area.x, area.y, area.w, px(34))
    if view.done is None:
        drawn = grid.words(words, view.status, 16, bold=True, colour="accent", shrink=True)
        return [drawn] if view.status else []
    stop = Box(area.right - px(170), area.y - px(2), px(170), px(38))
    bar = Box(area.right - px(400), area.y + px(12), px(216), px(12))
    words = Box(area.x, area.y, bar.x - area.x - px(12), px(34))
    return [
        grid.words(words, view.status, 16, bold=True, colour="accent", shrink=True),
        Bar(bar, view.done),
        *small_button(Key("stop", "Esc", "x", grid.say("cases.stop")), stop, grid),
    ]


def _ask(view: SearchView, grid: Grid, area: Box) -> list[Part]:
    px = grid.px
    panel = Box(area.x, area.y + px(12), area.w, px(170))
    half = (panel.w - px(52)) // 2
    row = Box(panel.x + px(20), panel.y + px(96), half, px(54))
    return [
        Panel(panel, fill="warm_bg", border="warm_line", radius=px(10)),
        grid.words(
            Box(panel.x + px(20), panel.y + px(12), panel.w - px(40), px(76)),
            view.asked,
            17,
            colour="warm_ink",
            bold=True,
            shrink=True,
            lines=3,
        ),
        *button(Key("back", "Esc", "arrow-left", grid.say("cases.back")), row, grid),
        *button(
            Key("open", "1", "folder-open", grid.say("cases.sensitive.open")),
            Box(row.right + px(12), row.y, half, row.h),
            grid,
        ),
    ]


def _hits(view: SearchView, grid: Grid, area: Box) -> list[Part]:
    px = grid.px
    foot = px(60) if view.pages > 1 else 0
    high = min(px(52), (area.h - foot) // PAGE)
    parts: list[Part] = []
    for place, hit in enumerate(view.hits):
        parts += _hit(hit, place, grid, Box(area.x, area.y + place * high, area.w, high))
    if view.pages > 1:
        words = grid.say("card.more", page=view.page + 1, pages=view.pages)
        more = Box(area.right - px(300), area.bottom - px(50), px(300), px(50))
        parts += button(Key("turn", "0", "arrow-right", words), more, grid)
    return parts


def _hit(hit: Hit, place: int, grid: Grid, row: Box) -> list[Part]:
    """Day, number, topic, language, result, and its digit."""
    px = grid.px
    ink = "warm_ink" if hit.sensitive else "ink"
    parts: list[Part] = [
        Rule(Box(row.x, row.y, row.w, 1)),
        Target(f"one:{place}", row, "plain", "", grid.language),
    ]
    x = row.x
    room = row.w - px(44)
    for share, text, size, bold in (
        (0.16, hit.day, 15, False),
        (0.10, hit.number, 18, True),
        (0.38, hit.topic, 16, True),
        (0.20, hit.language, 15, False),
        (0.16, hit.result, 15, False),
    ):
        wide = int(room * share)
        colour = ink if text == hit.topic else "ink"
        box = Box(x, row.y, wide - px(8), row.h)
        parts.append(
            grid.words(box, text, size, bold=bold, colour=colour, shrink=True, lines=2, private=True)
        )
        x += wide
    cap = Box(row.right - px(36), row.y + (row.h - px(26)) // 2, px(32), px(26))
    return [*parts, *keycap(str(place + 1), cap, grid, "ink2")]


def _options(view: SearchView, grid: Grid, area: Box) -> list[Part]:
    px = grid.px
    wide, high = (area.w - px(16)) // 2, px(62)
    parts: list[Part] = []
    for place, option in enumerate(view.options):
        x = area.x + (place % 2) * (wide + px(16))
        box = Box(x, area.y + px(8) + (place // 2) * (high + px(10)), wide, high)
        parts += option_button(option, str(place + 1), box, grid)
    half = Box(area.x, area.bottom - px(58), wide, px(54))
    parts += button(Key("back", "Esc", "arrow-left", grid.say("cases.back")), half, grid)
    more = Box(half.right + px(16), half.y, wide, half.h)
    return [*parts, *button(Key("turn", "0", "arrow-right", grid.say("cases.others")), more, grid)]
