"""A past case written down anonymously for training: checked before it is kept, and kept with the case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk.core.anonymous import LONGEST, Trace, may_be_example, traces
from kiosk.core.ticket import Ticket
from kiosk.core.writing import kept_text, of
from kiosk.errors import Trouble
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.record.examplesheet import TEXT, ExampleView, lay_example
from kiosk.ui.counter.record.formview import card_beside

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console
    from kiosk.ui.counter.record.records import Records

KEYS = (("Escape", "back"), ("F7", "write"), ("Next", "turn_card"))
TOLD = 5
"""Traces that are named at a time."""


def offer(console: Console, case: Ticket) -> tuple[str, str]:
    """Words of the button that opens the page for a case, and why there is none."""
    if may_be_example(case):
        mine = of(case, console.author)
        return console.say("example.change" if mine is not None and mine.example else "example.write"), ""
    content = case.content
    cared = not content.closed and bool(content.sensitive or content.care or content.first)
    return "", console.say("example.never") if cared else ""


@dataclass
class Example:
    """The text of one case. Nothing of it is kept before it was looked through."""

    console: Console
    records: Records
    case: Ticket
    back: Callable[[Ticket, str, str], None]
    """Leaves the page: with the case as it is by then, what to say, and words that are not kept."""
    text: str = ""
    """What stands in the field; at first what was not kept the last time."""
    found: tuple[Trace, ...] = ()
    note: str = ""
    warm: bool = False
    busy: bool = False
    _looked: str = field(default="", repr=False)
    """The text in which `found` was found."""
    _turned: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        self.text = self.text or self.kept

    @property
    def kept(self) -> str:
        mine = of(self.case, self.console.author)
        return mine.example if mine is not None else ""

    def opened(self) -> None:
        self.console.fields.put(TEXT, self.text)
        self.console.fields.focus(TEXT)

    def page(self) -> Own:
        say = self.console.say
        view = ExampleView(
            card=card_beside(self.console, self.case, self._turned),
            title=say("example.title", number=self.case.number),
            note=self.note or (say("example.others") if self._others else ""),
            warm=self.warm,
            found=tuple((say(f"example.trace.{one.kind}"), one.found) for one in self.found[:TOLD]),
        )
        return Own("example", view, lay_example, whole=True, main="keep", keys=KEYS)

    @property
    def _others(self) -> bool:
        return any(one.example for one in self.case.content.records if one.by != self.console.author)

    def typed(self, name: str, text: str) -> None:
        if name == TEXT:
            self.text = kept_text(text)[0]

    def keep(self) -> None:
        """Nothing is kept before it was looked through."""

    def press(self, kind: str, detail: str) -> None:  # noqa: ARG002
        if self.busy:
            return
        if kind == "back":
            self.back(self.case, "", self.text)
        elif kind == "write":
            self.console.fields.focus(TEXT)
        elif kind == "turn_card":
            self._turned += 1
        elif kind == "keep":
            self._keep()

    def _keep(self) -> None:
        say, text = self.console.say, self.text
        if not text:
            if self.kept:
                self._save("", "example.gone")
            else:
                self.console.fields.focus(TEXT)
            return
        if len(text) > LONGEST:
            self.found, self.note, self.warm = (), say("example.cut", n=LONGEST), True
            return
        weighed = text == self._looked
        self.found = traces(text, self.case, self.records.desk.lists().everyday)
        self._looked = text
        if any(one.certain for one in self.found):
            self.note, self.warm = say("example.found"), True
        elif self.found and not weighed:
            self.note, self.warm = say("example.maybe"), True
        else:
            self._save(text, "example.kept")

    def _save(self, text: str, said: str) -> None:
        self.busy = True
        self.records.amend(
            self.case, lambda kept: replace(kept, example=text), lambda result: self._saved(result, said)
        )

    def _saved(self, result: Ticket | Trouble, said: str) -> None:
        self.busy = False
        if self.console.over is not self:
            return
        if isinstance(result, Trouble):
            self.note, self.warm = self.console.told(result), True
        else:
            self.back(self.case if result.content.closed else result, self.console.say(said), "")
        self.console.show()
