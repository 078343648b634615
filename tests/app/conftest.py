from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.display_server import virtual_display


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A virtual display with a window manager for all window tests of the session."""
    with virtual_display(1280, 800) as name:
        yield name
