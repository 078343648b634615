"""For all tests: no time limits, for a busy machine is no fault of the program."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.patience import be_patient

be_patient()
settings.register_profile("madoguchi", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("madoguchi")


@pytest.fixture(autouse=True)
def closed_windows_go_on_their_own_thread() -> Iterator[None]:
    """Collect closed windows here: fonts and pictures that another thread's garbage collection lets go of
    each make it wait a second for a main loop that does not run. A kiosk closes its window once, at its end.
    """
    before = _closed()
    yield
    if _closed() != before:
        gc.collect()


def _closed() -> int:
    window = sys.modules.get("kiosk.ui.window")
    return len(window._INTERPRETERS) if window is not None else 0
