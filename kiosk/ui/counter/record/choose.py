"""One thing to choose for the record, over the form's rows: options by digit, narrowed by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kiosk.ui.counter.record.look import Choosing
from kiosk.ui.counter.view import PAGE, Option

LINE = 16.0
"""Ems of an option's line, at the smallest size."""
ICON = 2.8
"""Ems an icon takes of it."""


def _nothing(_typed: str) -> str:
    return ""


def _ticked(option: Option, taken: Sequence[str]) -> Option:
    return replace(option, icon="check") if option.id in taken else option


def two_lines(option: Option) -> Option:
    """A label too long for its line goes on in the line below."""
    room = LINE - ICON if option.icon else LINE
    head = _head(option.label, room)
    if head == len(option.label):
        return option
    rest = option.label[head:].strip()
    below = _head(rest, room)
    detail = rest if below == len(rest) else f"{rest[:below].strip()}…"
    return replace(option, label=option.label[:head].strip(), detail=option.detail or detail)


def _head(text: str, room: float) -> int:
    """How many letters of it a line holds, cut between words where there are words."""
    used = 0.0
    for place, sign in enumerate(text):
        used += 1.0 if sign > "\u2e80" else 0.6
        if used > room:
            space = max(text.rfind(mark, place // 2, place) for mark in (" ", "/", "・", "、"))
            return space + 1 if space > 0 else place
    return len(text)


@dataclass
class Choose:
    """`take` answers whether the page is done with."""

    title: str
    back: str
    offer: Callable[[str], Sequence[Option]]
    """What was typed → options, the nearest first."""
    take: Callable[[str], bool]
    taken: Callable[[], Sequence[str]] = tuple
    """Ids of options that are taken."""
    entry: str = ""
    note: Callable[[str], str] = _nothing
    words: tuple[str, ...] = ()
    typed: str = ""
    turned: int = 0

    def view(self) -> Choosing:
        options, taken = tuple(self.offer(self.typed)), tuple(self.taken())
        pages = max(1, -(-len(options) // PAGE))
        page = self.turned % pages
        return Choosing(
            self.title,
            self.back,
            tuple(two_lines(_ticked(one, taken)) for one in options[page * PAGE : (page + 1) * PAGE]),
            taken,
            page,
            pages,
            self.entry,
            self.note(self.typed),
            self.words,
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        shown = self.view().options
        digits = tuple((str(place + 1), option.id) for place, option in enumerate(shown) if option.enabled)
        first = (("Return", shown[0].id),) if shown and self.typed.strip() else ()
        return (("Escape", "back"), ("0", "turn"), *first, *digits)
