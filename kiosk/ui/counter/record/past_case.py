"""A past case that was found: only to read, and told as an example where it may be."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk.core.anonymous import may_be_example
from kiosk.core.ticket import Ticket
from kiosk.ui.counter.papers import Earlier
from kiosk.ui.counter.record.example import Example, offer
from kiosk.ui.counter.view import Beside

if TYPE_CHECKING:
    from kiosk.ui.counter.record.search import Search


@dataclass(kw_only=True)
class PastCase(Earlier):
    """One of them, only to read; F11 goes back to what was found, F10 tells it as an example."""

    search: Search
    words: str = field(default="", repr=False)
    """Of an example that was begun and is not kept."""

    def page(self) -> Beside:
        link, never = offer(self.console, self.ticket)
        return replace(
            super().page(), other=self.console.say("cases.back"), link=link, note=self.note or never
        )

    def press(self, kind: str, detail: str) -> None:
        if kind == "page_earlier":
            super().press(kind, detail)
        elif kind == "earlier":
            self.search.asked = None
            self.console.open(self.search)
        elif kind == "link" and may_be_example(self.ticket):
            self.console.open(Example(self.console, self.search.records, self.ticket, self._back, self.words))

    def _back(self, case: Ticket, said: str, words: str) -> None:
        self.ticket, self.note, self.words = case, said, words
        self.console.open(self)
