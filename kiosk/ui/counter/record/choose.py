"""One thing to choose for the record, over the form's rows: options by digit, narrowed by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.ui.counter.record.look import Choosing
from kiosk.ui.counter.view import PAGE, Option


def _nothing(_typed: str) -> str:
    return ""


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
        options = tuple(self.offer(self.typed))
        pages = max(1, -(-len(options) // PAGE))
        page = self.turned % pages
        return Choosing(
            self.title,
            self.back,
            options[page * PAGE : (page + 1) * PAGE],
            tuple(self.taken()),
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
        return (("Escape", "back"), ("0", "turn"), ("Next", "turn"), *first, *digits)
