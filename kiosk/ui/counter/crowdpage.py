"""Who waits, by lane and language, with how long: counts only, so that nobody picks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.core import waiting
from kiosk.core.ticket import State
from kiosk.ui.counter.calling import nobody
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import Laid, Own, page_head
from kiosk.ui.counter.today import minutes
from kiosk.ui.parts import Box, Part, Rule

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

ROWS = 44
"""Design pixels of a row."""


@dataclass(frozen=True)
class Group:
    lane: str
    language: str
    count: int
    longest: int
    """Minutes."""
    mean: int


@dataclass
class Crowd:
    console: Console
    at: int = 0

    def page(self) -> Own:
        keys = (("Next", "turn:1"), ("Prior", "turn:-1"))
        content = (groups(self.console), self.at, nobody(self.console.place))
        return Own("crowd", content, crowd_page, keys=keys)

    def press(self, kind: str, detail: str) -> None:
        if kind == "turn":
            self.at = max(0, self.at + int(detail))


def groups(console: Console) -> tuple[Group, ...]:
    """The waiting by lane and language, at a desk those sent to it; who waited longest first."""
    now, place = console.desk.now(), console.place
    found: dict[tuple[str, str], list[int]] = {}
    for case in console.desk.tickets():
        if place.sent_only and case.lane not in place.served:
            continue
        if case.state is State.WAITING and not waiting.later(case, now):
            waited = minutes(now - (case.due or case.waiting_since))
            found.setdefault((case.lane, case.language), []).append(waited)
    made = [
        Group(
            console.lane_name(lane),
            console.cards.language(tag),
            len(all_of),
            max(all_of),
            sum(all_of) // len(all_of),
        )
        for (lane, tag), all_of in found.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.longest, one.lane, one.language)))


def crowd_page(content: tuple[tuple[Group, ...], int, str], grid: Grid, area: Box) -> Laid:
    px, say = grid.px, grid.say
    rows, at, nobody_key = content
    total = sum(one.count for one in rows)
    text = say("crowd.text", n=total) if rows else say(nobody_key)
    parts, rest = page_head(say("page.crowd"), text, grid, area)
    room = max(1, (rest.h - px(52)) // px(ROWS))
    pages = max(1, -(-len(rows) // room))
    shown = rows[at % pages * room : (at % pages + 1) * room]
    heads = ("crowd.lane", "console.column.language", "crowd.count", "crowd.longest", "crowd.mean")
    if rows:
        parts += _row(grid, rest, rest.y, tuple(say(key) for key in heads), head=True)
    for index, one in enumerate(shown):
        cells = (
            one.lane,
            one.language,
            say("crowd.people", n=one.count),
            say("console.minutes", n=one.longest),
            say("console.minutes", n=one.mean),
        )
        parts += _row(grid, rest, rest.y + px(36 + index * ROWS), cells)
    if pages > 1:
        below = Box(rest.x, rest.bottom - px(16), rest.w, px(24))
        words = say("card.more", page=at % pages + 1, pages=pages) + "　PgUp / PgDn"
        parts.append(grid.words(below, words, 14, colour="ink2", align="end"))
    return Laid(tuple(parts))


def _row(grid: Grid, rest: Box, y: int, cells: tuple[str, ...], *, head: bool = False) -> list[Part]:
    px, high = grid.px, grid.px(34 if head else ROWS)
    parts: list[Part] = [] if head else [Rule(Box(rest.x, y, rest.w, 1))]
    x = rest.x
    for index, (text, share) in enumerate(zip(cells, (26, 32, 14, 14, 14), strict=True)):
        box = Box(x, y, rest.w * share // 100 - px(8), high)
        parts.append(
            grid.words(
                box,
                text,
                14 if head else 17,
                bold=not head and index == 1,
                colour="ink2" if head else "ink",
                align="end" if index > 1 else "start",
                shrink=True,
            )
        )
        x += rest.w * share // 100
    return parts
