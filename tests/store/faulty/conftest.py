"""How many faults of each kind were tried, said at the end of the run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def tally(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Any:
    """Tells how many faults a test tried; `pytest -s` shows it."""

    def tell(kind: str, **counts: int) -> None:
        text = ", ".join(f"{name} {count}" for name, count in counts.items())
        record_property(kind, text)
        print(f"\n{request.node.name}: {text}")

    return tell
