"""Importing the room must cost nothing: the first screen waits for it."""

from __future__ import annotations

import subprocess
import sys


def test_heavy_modules_wait_until_they_are_needed() -> None:
    code = (
        "import sys, kiosk.text; print([m for m in ('PIL', 'icu4py', 'budoux', 'numpy') if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
