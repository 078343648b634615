"""Picking a phrase: by group, by what is typed, and what is still to be filled into one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.ui.counter.talk.choose import OFTEN, Filling, found
from kiosk.ui.counter.talk.phrasesheet import SEARCH, rows_in
from kiosk.ui.talk.phrases import BLANKS, BY_ID, GROUPS, Phrase
from kiosk.ui.talk.room import filled

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console
    from kiosk.ui.counter.talk.talks import Talks

CHIPS = (OFTEN, *GROUPS)
PRESSES = frozenset({"pick", "first", "group", "chip", "list", "unfill"})


@dataclass
class Picking:
    """The list of phrases, or of what may be filled into the one that was picked."""

    console: Console
    talks: Talks
    shown: Callable[[], None]
    """Called when a phrase stands before the resident."""
    group: str = OFTEN
    search: str = ""
    turned: int = 0
    """Pages the list was turned."""
    filling: Filling | None = None

    # What may be picked

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Ids and words, of phrases or of what is filled into one."""
        say, talks = self.console.say, self.talks
        if self.filling is not None:
            return self.filling.options(say, self.console.desk.now().date())
        phrases = found(self.group, self.search, say, talks.desk.used(), talks.recent)
        return tuple((phrase.id, self.sentence(phrase)) for phrase in phrases)

    def sentence(self, phrase: Phrase) -> str:
        """A phrase in the console's words, with names where something is filled in."""
        say, given = self.console.say, self.filling
        names = {name: say(f"talk.blank.{name}") for name in BLANKS}
        if given is not None:
            names |= filled(say, given.values)
        return say(phrase.key, **names)

    @property
    def rows(self) -> int:
        """How many may be picked from at a time: as many as a finger can tell apart."""
        filling = self.filling
        return rows_in(
            self.console.grid, fill=filling is not None, typed=filling is None or filling.by_typing
        )

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.options) // self.rows))

    @property
    def listed(self) -> tuple[tuple[str, str], ...]:
        start = self.turned % self.pages * self.rows
        return self.options[start : start + self.rows]

    # What is typed and pressed

    def typed(self, text: str) -> None:
        self.search, self.turned = text[:80], 0

    def press(self, kind: str, detail: str) -> str:
        """One of PRESSES. Answers what is wrong with it; empty where nothing is."""
        if kind == "pick" and detail.isdigit() and int(detail) < len(self.listed):
            self._pick(self.listed[int(detail)][0])
        elif kind == "first":
            return self._first()
        elif kind in ("group", "chip"):
            at = CHIPS.index(detail) if detail in CHIPS else CHIPS.index(self.group) + step(detail)
            self._begin(CHIPS[at % len(CHIPS)])
        elif kind == "list":
            self.turned = (self.turned + step(detail)) % self.pages
        elif kind == "unfill":
            self._begin(self.group)
        return ""

    def _first(self) -> str:
        """Return: what was typed into the field, else the first on the list."""
        filling = self.filling
        if filling is not None:
            today = self.console.desk.now().date()
            value = filling.typed(self.search, today)
            if value:
                self._fill(filling.with_value(value))
                return ""
            if not filling.options(self.console.say, today):
                return self.console.say(f"talk.fill.{filling.asks}.wrong")
        if self.listed and (self.search.strip() or filling is not None):
            self._pick(self.listed[0][0])
        return ""

    def _pick(self, one: str) -> None:
        if self.filling is not None:
            self._fill(self.filling.with_value(one))
            return
        phrase = BY_ID[one]
        self._fill(Filling.of(phrase, self.talks.words()(phrase.key)))

    def _fill(self, filling: Filling) -> None:
        """Ask for the next blank, or show the phrase where none is left."""
        self._begin(self.group)
        if filling.asks:
            self.filling = filling
            if not filling.options(self.console.say, self.console.desk.now().date()):
                self.console.fields.focus(SEARCH)
            return
        self.talks.say_phrase(filling.phrase, filling.values)
        self.shown()

    def _begin(self, group: str) -> None:
        """Show a group's phrases from the first on, with nothing typed and nothing to fill."""
        self.group, self.turned, self.search, self.filling = group, 0, "", None
        self.console.fields.put(SEARCH, "")


def step(detail: str) -> int:
    """Back or on."""
    return -1 if detail.startswith("-") else 1
