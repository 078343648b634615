"""`madoguchi disaster`, and specialists at a counter."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.app.office import open_data
from tests.cli.conftest import Run


def test_disaster_mode_is_switched_and_asked(run: Run, tmp_path: Path) -> None:
    office = open_data(tmp_path / "data")
    assert run("disaster").out.strip().endswith("off")
    assert run("disaster", "on").out.strip().endswith("on")
    assert office.in_disaster()
    assert run("disaster").out.strip().endswith("on")
    assert run("disaster", "off").code == 0
    assert not office.in_disaster()


@pytest.mark.parametrize("arguments", [("disaster", "maybe"), ("counter", "1", "--specialists", "nobody")])
def test_wrong_usage_is_told(arguments: tuple[str, ...], run: Run) -> None:
    told = run(*arguments)
    assert told.code == 2
    assert arguments[-1] in told.err or "on or off" in told.err
