"""The first page of a report: its large numbers, what they say, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.reports.model import Big, Report
from kiosk.ui.counter.grid import Grid
from kiosk.ui.parts import Box, Icon, Panel, Part

CARD, GAP, NOTE, SAID = 112, 12, 56, 36
"""Design pixels: a card's height, between two, a note's and a sentence's."""
MOST_SAID = 5
_STANDING = {"examples": 2}
"""Notes that always stand below a report, by its kind, where they are more than one."""


def front(report: Report, grid: Grid, area: Box) -> list[Part]:
    px = grid.px
    title = Box(area.x, area.y, area.w, px(40))
    stamp = Box(area.x, title.bottom, area.w, px(26))
    parts: list[Part] = [
        grid.words(title, f"{report.office}　{report.title}", 22, bold=True, shrink=True),
        grid.words(stamp, report.stamp, 14, colour="ink2", shrink=True),
    ]
    y = stamp.bottom + px(10)
    missing = missing_of(report)
    standing = report.notes[len(missing) :]
    for note in missing:
        parts += warm(note, Box(area.x, y, area.w, px(NOTE - 6)), grid)
        y += px(NOTE)
    end = area.bottom - px(NOTE) * len(standing)
    cards, y = _cards(report.bigs, grid, Box(area.x, y, area.w, end - y))
    parts += cards
    for place, note in enumerate(standing):
        parts += _quiet(note, Box(area.x, end + place * px(NOTE) + px(4), area.w, px(NOTE - 6)), grid)
    if empty(report):
        parts.append(grid.words(Box(area.x, y, area.w, px(SAID)), grid.say("reports.nothing"), 18, bold=True))
    said = [(table.title, table.headline) for table in report.tables if table.headline]
    for heading, headline in said[: min(MOST_SAID, max(0, (end - y) // px(SAID)))]:
        parts += _sentence(heading, headline, Box(area.x, y, area.w, px(SAID)), grid)
        y += px(SAID)
    return parts


def missing_of(report: Report) -> Sequence[str]:
    """The notes of what could not be opened or read, or is not over. The last ones always stand there: what
    the numbers mean, or for whom they are."""
    return report.notes[: -_STANDING.get(report.kind, 1)]


def empty(report: Report) -> bool:
    """Whether nobody came in its time."""
    return report.kind != "examples" and bool(report.bigs) and report.bigs[0].value == "0"


def warm(text: str, box: Box, grid: Grid) -> list[Part]:
    """Something to be known before the numbers are used."""
    px = grid.px
    mark = Box(box.x + px(14), box.y + (box.h - px(24)) // 2, px(24), px(24))
    words = Box(box.x + px(50), box.y + px(3), box.w - px(62), box.h - px(6))
    return [
        Panel(box, fill="warm_bg", border="warm_line", radius=px(10)),
        Icon(mark, "triangle-alert", "warm_ink"),
        grid.words(words, text, 15, bold=True, colour="warm_ink", shrink=True, lines=3),
    ]


def _cards(bigs: Sequence[Big], grid: Grid, area: Box) -> tuple[list[Part], int]:
    """The large numbers, three or four in a row, and where they end. Under many notes they are lower."""
    px = grid.px
    across = 3 if len(bigs) > 4 else max(1, len(bigs))
    rows = -(-len(bigs) // across)
    high = min(px(CARD), area.h // max(1, rows) - px(GAP))
    wide = (area.w - px(GAP) * (across - 1)) // across
    parts: list[Part] = []
    for place, big in enumerate(bigs):
        x = area.x + place % across * (wide + px(GAP))
        y = area.y + place // across * (high + px(GAP))
        parts += _card(big, Box(x, y, wide, high), grid, first=place == 0)
    return parts, area.y + rows * (high + px(GAP)) + px(6)


def _card(big: Big, box: Box, grid: Grid, *, first: bool) -> list[Part]:
    px, part = grid.px, box.h / CARD
    ink, soft = ("on_accent", "on_accent") if first else ("ink", "ink2")
    x, wide = box.x + px(16), box.w - px(28)
    lines: tuple[tuple[int, int, str, float, bool, str], ...] = (
        (6, 28, big.label, 15, False, soft),
        (32, 46, big.value, min(32.0, 32 * part / grid.unit), True, ink),
        (77, 33, big.beside, 14, False, soft),
    )
    return [
        Panel(box, fill="accent" if first else "tint", radius=px(10)),
        *(
            grid.words(
                Box(x, box.y + round(top * part), wide, round(high * part)),
                text,
                size,
                bold=bold,
                colour=colour,
                shrink=True,
                lines=2,
            )
            for top, high, text, size, bold, colour in lines
            if text
        ),
    ]


def _sentence(heading: str, headline: str, box: Box, grid: Grid) -> list[Part]:
    px = grid.px
    first = round(box.w * 0.24)
    return [
        grid.words(
            Box(box.x, box.y, first - px(10), box.h), heading, 15, bold=True, colour="accent", shrink=True
        ),
        grid.words(Box(box.x + first, box.y, box.w - first, box.h), headline, 16, shrink=True, lines=1),
    ]


def _quiet(text: str, box: Box, grid: Grid) -> list[Part]:
    px = grid.px
    return [
        Icon(Box(box.x, box.y + (box.h - px(22)) // 2, px(22), px(22)), "info"),
        grid.words(
            Box(box.x + px(32), box.y, box.w - px(32), box.h), text, 14, colour="ink2", shrink=True, lines=3
        ),
    ]
