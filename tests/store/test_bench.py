"""The figures are figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.store import bench


def test_the_bench_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "SAMPLES", 20)
    figures = bench.run(folder)
    assert figures["flushes"] == 1
    assert 2000 < figures["bytes"] < 4500
    assert all(value > 0 for value in figures.values())
