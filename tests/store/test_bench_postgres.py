"""The figures of the office database are figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.store import bench_postgres
from kiosk.store.pg.trial import why_not


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")
def test_the_bench_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("KEPT", 300), ("CLAIMS", 100), ("PLAIN", 40)):
        monkeypatch.setattr(bench_postgres, name, value)
    # Consoles are processes of their own and keep the shipped figures: a rush is all there is.
    monkeypatch.setattr(bench_postgres, "RUSH", 5)
    figures = bench_postgres.run(folder)
    assert (figures["claims"], figures["claimed_twice"]) == (100, 0)
    assert {"claim_p95_ms", "rush_p95_ms", "plain_p95_ms"} <= figures.keys()
    assert all(figures[name] > 0 for name in figures if name.endswith("_ms"))
