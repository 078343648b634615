"""What the record's form shows at one moment: plain values, made by the form, laid out by its sheet."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.ui.counter.card import Shown
from kiosk.ui.counter.view import Option


@dataclass(frozen=True)
class Item:
    """Something in a row to press, or only to read where it has no target."""

    label: str
    target: str = ""
    on: bool = False
    wide: float = 1.0
    """Its share of the row."""
    icon: str = ""
    cut: bool = False
    """Whether its words may be longer than there is room for."""


@dataclass(frozen=True)
class Line:
    """A row of the form: its name, the key that reaches it, and what can be pressed there."""

    label: str
    key: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Choosing:
    """The page that lies over the form's rows: options to take, or words to read."""

    title: str
    back: str
    options: tuple[Option, ...] = ()
    """Those of this page, in the order of their digits."""
    on: tuple[str, ...] = ()
    """Ids of those taken."""
    page: int = 0
    pages: int = 1
    entry: str = ""
    """What is to be typed, where there is a field to type in."""
    note: str = ""
    words: tuple[str, ...] = ()
    """Sentences only to read."""


@dataclass(frozen=True)
class FormView:
    """The record beside its card."""

    card: Shown
    title: str
    saved: str
    """Whether it is saved, and when."""
    warm: bool
    """Whether that is a warning."""
    above: tuple[Line, ...]
    """Rows above the words of what was done."""
    done: str
    """Name of that field, with the key that reaches it."""
    phrases: tuple[Item, ...]
    below: tuple[Line, ...]
    choosing: Choosing | None = None
    finish: str = ""
    """Words of the main button."""
    foot: tuple[Item, ...] = ()
    """Others' records, the earlier case."""
    asked: str = ""
    """Asked once before the case is closed."""
