from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.store.tiny import TinyStore
from tests.ui.counter.counter import NOW


@pytest.fixture
def today() -> list[date]:
    """The store's day, which a test may change."""
    return [NOW.date()]


@pytest.fixture
def store(tmp_path: Path, today: list[date]) -> Iterator[TinyStore]:
    made = TinyStore(tmp_path / "store", letter="A", today=lambda: today[0])
    yield made
    made.close()
