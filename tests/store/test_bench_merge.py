from __future__ import annotations

from pathlib import Path

from kiosk.store.bench_merge import run


def test_the_bench_of_merging_runs(tmp_path: Path) -> None:
    figures = run(tmp_path / "bench", 20)
    assert set(figures) == {"issue_s", "seal_s", "merge_s", "again_s", "pack_mb"}
    assert all(value > 0 for value in figures.values())
