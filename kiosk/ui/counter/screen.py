"""What the console is shown on and typed into; `app` provides it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from kiosk.ui.parts import Box, Sheet

if TYPE_CHECKING:
    from kiosk.ui.counter.own import FieldBox


class Surface(Protocol):
    """Where a sheet is shown."""

    def show(self, sheet: Sheet) -> None: ...


class TextField(Protocol):
    """A field to write in, laid over the sheet: the memo, the line of a slip, or the passphrase."""

    def place(self, box: Box | None) -> None: ...

    def text(self) -> str: ...

    def clear(self) -> None: ...

    def focus(self) -> None: ...


class Fields(Protocol):
    """The fields of a page that lays itself out, by name."""

    def lay(self, boxes: Sequence[FieldBox]) -> None:
        """Show exactly these, in the order of Tab; what was typed into others is kept."""

    def text(self, name: str) -> str:
        """What stands in a field; empty where there is no such field."""

    def put(self, name: str, text: str) -> None:
        """Write into a field, laid out or not; nobody is told of it as typed."""

    def focus(self, name: str) -> None: ...

    def clear(self) -> None:
        """Put them away and forget everything typed."""


class SecretField(TextField, Protocol):
    """The passphrase's: dots instead of letters."""

    def reveal(self, on: bool) -> None:
        """Show the letters, or dots again."""
