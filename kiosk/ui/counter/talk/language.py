"""In which language to talk: for somebody without a ticket, or when it should be another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.ui.counter.view import Ask, Option
from kiosk.ui.talk.talk import bare

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console
    from kiosk.ui.counter.talk.talks import Talks


@dataclass
class ChooseLanguage:
    """Those in which a talk can be led here."""

    console: Console
    talks: Talks

    def page(self) -> Ask:
        say, cards = self.console.say, self.console.cards
        options = tuple(
            Option(f"talk:{tag}", cards.language(tag), bare(self.talks.desk.languages[tag].endonym))
            for tag in self.talks.desk.offered
            if self.talks.desk.knows(tag)
        )
        return Ask(
            "talk-language", say("talk.choose.title"), say("console.cancel"), say("talk.choose.text"),
            options=options, page=self.console.turned,
        )  # fmt: skip

    def press(self, kind: str, detail: str) -> None:
        if kind == "talk" and detail in self.talks.desk.offered and self.talks.desk.knows(detail):
            self.talks.begin(detail)
            self.console.open(self.talks.open())
