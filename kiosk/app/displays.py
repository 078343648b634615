"""A machine without a screen is told in a sentence, not by the toolkit."""

from __future__ import annotations

import tkinter
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.errors import Trouble


@contextmanager
def a_display() -> Iterator[None]:
    """Around the making of a window. Raises Trouble("trouble.no_display")."""
    try:
        yield
    except tkinter.TclError as refused:
        if "display" not in str(refused):
            raise
        raise Trouble("trouble.no_display", log="no display to open a window on") from refused
