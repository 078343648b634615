"""Small pages over the console: where to, what is wrong, and whether the kiosks change their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.core import changes
from kiosk.errors import Trouble
from kiosk.ui.counter.changing import change
from kiosk.ui.counter.place import PARTNER
from kiosk.ui.counter.referring import hand_on
from kiosk.ui.counter.view import Ask, Block, Option

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

FAULTS = 6
"""Sentences on the list of what is wrong; the newest are the ones to act on."""


@dataclass
class Transfer:
    """The question where to."""

    console: Console

    def page(self) -> Ask:
        say = self.console.say
        options = tuple(
            Option(f"to:{lane}", name, say("transfer.partner") if lane.startswith(PARTNER) else "")
            for lane, name in self.console.place.desks
        )
        return Ask(
            "transfer",
            say("console.transfer.title"),
            say("console.cancel"),
            say("console.transfer.text"),
            options=options,
            page=self.console.turned,
        )

    def press(self, kind: str, detail: str) -> None:
        if kind != "to" or detail not in dict(self.console.place.desks):
            return
        if detail.startswith(PARTNER):
            hand_on(self.console, "", detail.removeprefix(PARTNER), "letter", slip=True)
        else:
            change(self.console, changes.transfer, "console.moved", lane=detail)


@dataclass
class Faults:
    """What is wrong with settings or tickets, in full sentences."""

    console: Console

    def page(self) -> Ask:
        say = self.console.say
        told = [self.console.told(trouble) for trouble in reversed(self.console.desk.troubles())]
        told = [*(strip.text for strip in self.console.desk.strips()), *told, *self.console.desk.notices()]
        told = [*dict.fromkeys(told)]  # A strip may say what is in the list of troubles too.
        blocks = [Block(text, "triangle-alert", warm=True) for text in told[:FAULTS]]
        left = len(told) - FAULTS
        note = say("console.faults.more", n=left) if left > 0 else ""
        return Ask(
            "faults", say("console.faults.title"), say("console.close_page"), note=note, blocks=tuple(blocks)
        )

    def press(self, kind: str, detail: str) -> None: ...


@dataclass
class Disaster:
    """Asked once before every kiosk changes its pages."""

    console: Console
    on: bool
    """What it would be switched to."""

    def page(self) -> Ask:
        say, to = self.console.say, "on" if self.on else "off"
        switch = Option("switch", say(f"disaster.{to}.do"), icon="tent")
        return Ask(
            "disaster",
            say(f"disaster.{to}.title"),
            say("console.cancel"),
            say(f"disaster.{to}.text"),
            options=(switch,),
        )

    def press(self, kind: str, detail: str) -> None:  # noqa: ARG002
        if kind == "switch":
            self.console.close_over()
            self.console.desk.switch_disaster(self.on, self._switched)

    def _switched(self, trouble: Trouble | None) -> None:
        console = self.console
        done = console.say(f"disaster.{'on' if self.on else 'off'}.done")
        console.message = console.told(trouble) if trouble else done
        console.show()
