"""The paper beside the page for letters: drawn anew when the draft has rested for a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.errors import Trouble

if TYPE_CHECKING:
    from kiosk.ui.counter.handover.form import LetterForm
    from kiosk.ui.parts import Shot

REST = 0.6
"""Seconds without a change after which the paper is drawn anew."""


@dataclass
class Preview:
    """Pages as they were drawn last; those of an older draft never take the place of newer ones."""

    form: LetterForm
    shots: Sequence[Shot] = ()
    turned: int = 0
    _due: float | None = 0.0
    """When the paper is to be drawn; None while nothing has changed since."""
    _drawing: int = 0

    def changed(self) -> None:
        """Another draft: draw it after a rest."""
        self._due = self.form.console.clock() + REST

    def tick(self) -> None:
        form = self.form
        if self._due is None or form.console.clock() < self._due:
            return
        if not form.papered or not form.draft.complete:
            return
        self._due = None
        self._drawing += 1
        mine = self._drawing
        form.desk.preview(form.case, form.draft, lambda shots: self._drawn(mine, shots))

    def _drawn(self, mine: int, shots: Sequence[Shot] | Trouble) -> None:
        form = self.form
        if mine != self._drawing or form.console.over is not form:
            return
        if isinstance(shots, Trouble):
            # While it is printed that is told, and no second press may begin it again.
            if not form.busy:
                form.tell(form.console.told(shots), warm=True)
        else:
            self.shots = tuple(shots)
        form.console.show()
