"""Plays a visit through the real window: real presses on real targets, photographs of what stands there."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.intake import KioskWindow
from kiosk.core.flow import UNKNOWN
from kiosk.core.steps import Page
from kiosk.errors import Trouble
from kiosk.ui.parts import Sheet, Target

if TYPE_CHECKING:
    from PIL import Image

PATIENCE_S = 120.0
"""Longest wait for an engine; a slow machine loads a speech model in half a minute."""


class Player:
    """Presses, waits and photographs. Raises Trouble("trouble.demo_stuck") where the visit does not go on."""

    def __init__(self, shown: KioskWindow, pictures: Path | None) -> None:
        self.shown = shown
        self._pictures = pictures
        self._count = 0

    @property
    def sheet(self) -> Sheet:
        sheet = self.shown.surface.sheet
        assert sheet is not None
        return sheet

    def targets(self) -> dict[str, Target]:
        """What can be pressed now."""
        return {part.id: part for part in self.sheet.parts if isinstance(part, Target) and part.enabled}

    def press(self, name: str) -> None:
        """A finger on the middle of a target, through the window's own event."""
        target = self.targets().get(name)
        if target is None:
            raise Trouble("trouble.demo_stuck", log=f"{self.sheet.name} has no target {name}")
        x, y = target.box.x + target.box.w // 2, target.box.y + target.box.h // 2
        self.shown.window.canvas.event_generate("<ButtonPress-1>", x=x, y=y)
        self.shown.window.canvas.event_generate("<ButtonRelease-1>", x=x, y=y)
        self.settle()

    def settle(self) -> None:
        """Let the window do what is waiting."""
        self.shown.window.root.update()
        failure = self.shown.window.failure
        if failure is not None:
            raise failure

    def wait(self, until: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > end:
                raise Trouble("trouble.demo_stuck", log=f"waited in vain for {what}")
            self.settle()
            # The window's own beats bring the engines' answers; this only keeps the wait from spinning.
            self.shown.window.root.after(10, lambda: None)
            self.shown.window.root.tk.dooneevent(0)

    def photograph(self, name: str) -> None:
        """What really stands on the screen, numbered."""
        self.settle()
        if self._pictures is None:
            return
        self._count += 1
        self._pictures.mkdir(parents=True, exist_ok=True)
        grab(self.shown).save(self._pictures / f"{self._count:02d}-{name}.png")


def grab(shown: KioskWindow) -> Image.Image:
    """The window's picture, taken from the screen."""
    from PIL import ImageGrab

    root = shown.window.root
    x, y = root.winfo_rootx(), root.winfo_rooty()
    width, height = shown.window.size
    return ImageGrab.grab(bbox=(x, y, x + width, y + height), xdisplay=os.environ["DISPLAY"])


def play(
    player: Player, language: str, topic: str, choices: dict[str, str], words: Callable[[Player], None]
) -> None:
    """A visit from the languages to its number. `choices` answers questions by id, else the first choice."""
    kiosk = player.shown.kiosk
    player.photograph("language")
    player.press(f"pick:{language}")
    player.photograph("notice")
    player.press("choose:self")
    player.photograph("topic")
    if f"choose:{topic}" not in player.targets():
        player.press("more")
    player.press(f"choose:{topic}")
    while kiosk.visit.at.page in (Page.QUESTION, Page.CARE):
        if not _alone(player):
            player.photograph("question")
            _answer(player, choices)
    words(player)
    player.wait(lambda: kiosk.visit.at.page in (Page.REVIEW, Page.CARE), "the review")
    _alone(player)
    player.photograph("review")
    player.press("send")
    for page, onward in ((Page.REFERRAL, "number"), (Page.BOOK, "none")):
        if kiosk.visit.at.page is page:
            player.photograph(page.value)
            player.press(onward)
    player.wait(lambda: kiosk.finished is not None and kiosk.finished.printed != "printing", "the slip")
    player.photograph("done")


def _alone(player: Player) -> bool:
    """Go on from the page that offers a person, where it is shown."""
    if player.shown.kiosk.visit.at.page is not Page.CARE:
        return False
    player.photograph("care")
    player.press("on")
    return True


def _answer(player: Player, choices: dict[str, str]) -> None:
    kiosk = player.shown.kiosk
    question = kiosk.visit.at.question
    flow = kiosk.visit.flow
    assert flow is not None
    asked = flow.questions[question]
    wanted = choices.get(question, asked.choices[0].id)
    if f"choose:{wanted}" not in player.targets() and "more" in player.targets():
        player.press("more")
    player.press(f"choose:{wanted if f'choose:{wanted}' in player.targets() else UNKNOWN}")
    if kiosk.visit.at.question == question and asked.kind == "many":
        if "next" not in player.targets():
            player.press("more")
        player.press("next")


def speak(player: Player, correction: str = "") -> None:
    """Say what the kiosk's sound source holds, correct it as the speaker would, see the translation."""
    kiosk = player.shown.kiosk
    player.photograph("speak")
    if "listen" not in player.targets():
        player.press("skip")
        return
    player.press("listen")
    player.wait(
        lambda: bool(kiosk.speaking.text or kiosk.speaking.provisional) or _over(player), "the first words"
    )
    player.photograph("listening")
    player.wait(lambda: _over(player), "the end of what is said")
    player.photograph("heard")
    if "next" not in player.targets():
        player.press("skip")
        return
    player.press("type")
    if correction:
        while kiosk.typing is not None and kiosk.typing.whole:
            kiosk.press("key:<delete>")
        for sign in correction:
            kiosk.press(f"key:{sign}" if sign != " " else "key:<space>")
    player.photograph("correct")
    player.press("next")
    decide(player)


def _over(player: Player) -> bool:
    return player.shown.kiosk.speaking.ear in ("heard", "idle", "off")


def write(text: str) -> Callable[[Player], None]:
    """Type instead, as on a real keyboard, and see the translation."""

    def written(player: Player) -> None:
        kiosk = player.shown.kiosk
        player.photograph("speak")
        player.press("type")
        for sign in text:
            kiosk.press(f"key:{sign}" if sign != " " else "key:<space>")
        player.photograph("type")
        player.press("next")
        decide(player)

    return written


def decide(player: Player) -> None:
    """Accept a translation that comes back alike; otherwise send the words as they are."""
    kiosk = player.shown.kiosk
    if kiosk.visit.at.page is not Page.CONFIRM:
        return
    player.photograph("translating")
    ready = lambda: bool(kiosk.translating.translation or kiosk.translating.trouble)  # noqa: E731
    player.wait(ready, "the translation")
    player.photograph("confirm")
    if kiosk.translating.translation is None or kiosk.translating.warning:
        player.press("untranslated")
        return
    while "accept" not in player.targets():
        player.press("more")
    player.press("accept")
