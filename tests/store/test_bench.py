"""The figures are figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.store import bench


def test_the_bench_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "SAMPLES", 6)
    monkeypatch.setattr(bench, "TINYDB_SAMPLES", 2)
    monkeypatch.setattr(bench, "SIZES", (100, 1000))
    monkeypatch.setattr(bench, "TINYDB_SIZES", (100,))
    figures = bench.run(folder)
    assert figures["flushes"] == 1
    assert 2000 < figures["bytes"] < 4500
    assert 3000 < figures["record_bytes"] < 6500
    assert all(value > 0 for value in figures.values())
    for name in ("change_100_ms", "sqlite_sealed_1000_ms", "tinydb_100_ms", "start_1000_ms", "change_flat"):
        assert name in figures
