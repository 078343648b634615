"""What the page for letters shows at one moment: plain values, made by the form, laid out by its sheet."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.ui.counter.handover.desk import Question
from kiosk.ui.counter.record.look import Choosing, Item, Line
from kiosk.ui.parts import Shot


@dataclass(frozen=True)
class LetterView:
    """The form at the left, the paper as it would be printed at the right."""

    title: str
    state: str
    """What just happened, or what is missing."""
    warm: bool
    lines: tuple[Line, ...]
    words: str
    """Name of the field for more to say."""
    authority: str = ""
    """Name of the field for the office a matter is about; empty where there is none."""
    choosing: Choosing | None = None
    asked: Question | None = None
    """Shown large instead of the paper: it is read to the resident, or they read it."""
    shot: Shot | None = None
    paper: str = ""
    """What stands where there is no paper: that it is drawn, or that there is none."""
    turn: str = ""
    """Words of the button for the paper's next page."""
    side: str = ""
    """Which of form and paper is shown where they do not stand beside each other: form or paper."""
    finish: str = ""
    foot: tuple[Item, ...] = ()
