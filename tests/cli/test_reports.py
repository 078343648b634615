"""`madoguchi report`."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path

import pytest

from kiosk.app.bench_year import make_day
from kiosk.app.office import open_data
from tests.cli.conftest import Run


def test_a_month_goes_into_a_file_and_the_trail(run: Run, tmp_path: Path) -> None:
    office = open_data(tmp_path / "data")
    make_day(office, date(2026, 10, 5), 20, random.Random(1))
    office.store.close()
    out = tmp_path / "m.json"
    found = run("--staff", "k03", "report", "month", "2026-10", "--out", out, "--json")
    assert found.code == 0, found.err
    assert found.json["file"] == str(out)
    assert json.loads(out.read_text())["headlines"][0]["value"] == "20"
    again = run("report", "month", "2026-10", "--out", out)
    assert (again.code, "--force" in again.err) == (1, True)
    assert run("report", "month", "2026-10", "--out", out, "--force", "--language", "en").code == 0
    assert "Consultations" in out.read_text()
    trail = "".join(path.read_text() for path in (tmp_path / "data" / "audit").glob("*.log"))
    assert trail.count('"report"') == 2


def test_wrong_use_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("report", "month", "2026-13", "--out", tmp_path / "a.csv").code == 2
    assert run("report", "year", "x", "--out", tmp_path / "a.csv").code == 2
    assert run("report", "day", "--language", "fr", "--out", tmp_path / "a.csv").code == 2
    assert run("report", "day", "--out", tmp_path / "a.doc").code == 1
    assert run("report", "share", "--out", tmp_path / "a.pdf").code == 1
    assert not list(tmp_path.glob("a.*"))


def test_a_day_of_which_nothing_is_kept_is_an_empty_report(run: Run, tmp_path: Path) -> None:
    assert run("report", "day", "2026-10-05", "--out", tmp_path / "d.pdf").code == 0
    assert (tmp_path / "d.pdf").read_bytes().startswith(b"%PDF")


def test_each_report_has_a_name_of_its_own(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A month's and a year's in one folder, one after the other."""
    monkeypatch.chdir(tmp_path)
    for kind, when in (("day", "2026-10-05"), ("month", "2026-10"), ("share", "2026-10"), ("year", "2025")):
        assert run("report", kind, when).code == 0
    assert run("report", "export", "2025").code == 0
    found = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert found == {"day-2026-10-05.xlsx", "month-2026-10.xlsx", "share-2026-10.zip", "year-2025.xlsx",
                     "export-2025.json"}  # fmt: skip


def test_a_time_to_come_has_no_report(run: Run, tmp_path: Path) -> None:
    said = run("report", "month", "2999-01", "--out", tmp_path / "a.csv")
    assert said.code == 2
    assert "is to come" in said.err


def test_no_folder_is_made_by_a_slip_of_the_finger(run: Run, tmp_path: Path) -> None:
    for command in (("report", "month"), ("queue", "card", "A001")):
        said = run(*command, "--out", tmp_path / "stcik" / "a.pdf")
        assert said.code == 2
        assert "there is no folder" in said.err
    assert not (tmp_path / "stcik").exists()
    assert run("queue", "card", "A001", "--out", tmp_path).code == 2
    assert run("queue", "card", "A001", "--out", tmp_path / "a.txt").code == 2
    assert run("queue", "card", "A001", "--language", "fr").code == 2
