"""Licences that limit a model's use: asked one after the other, before anything is fetched or imported."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kiosk.ui.library.view import Over

Then = Callable[[set[str], set[str]], None]
"""Gets the ids that were agreed to and those that were declined."""


class Licences:
    """The questions of one press. Nothing is done before the last one is answered."""

    def __init__(self, limited: Sequence[tuple[str, str]], then: Then) -> None:
        """`limited`: id and licence of each model to ask about; none calls `then` at once."""
        self._waiting, self._then = list(limited), then
        self._agreed, self._declined = set[str](), set[str]()
        self._go_on()

    @property
    def open(self) -> bool:
        return bool(self._waiting)

    def question(self, say: Callable[..., str]) -> Over | None:
        """What is asked now; None after the last one."""
        if not self._waiting:
            return None
        name, licence = self._waiting[0]
        text = say("console.models.question", name=name, licence=licence)
        yes = (("agree", say("console.models.question.yes")),)
        return Over(name, text, yes, say("console.models.question.no"))

    def answer(self, *, agree: bool) -> None:
        if self._waiting:
            (self._agreed if agree else self._declined).add(self._waiting.pop(0)[0])
            self._go_on()

    def _go_on(self) -> None:
        if not self._waiting:
            self._then(self._agreed, self._declined)
