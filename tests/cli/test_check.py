"""`madoguchi check`: what an author reads of their flow, and what is told of the office's own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.app import checking
from kiosk.data import good
from tests.cli.conftest import Run
from tests.data.house import House, build


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A small installation in place of the repository's."""
    made = build(tmp_path)
    monkeypatch.setattr(checking, "LANGUAGES", made.languages)
    monkeypatch.setattr(checking, "FLOWS", made.flows)
    return made


@pytest.mark.usefixtures("house")
def test_a_sound_house_is_told_with_its_figures(run: Run) -> None:
    said = run("check")
    assert said.code == 0, said.out
    assert "問題はありません。No faults." in said.out
    assert "道 ways 13 + 4" in said.out
    told = run("check", "--json").json
    assert told["ok"] is True
    assert told["flows"]["work"]["destinations"] == ["labour_line"]
    assert told["notes"]


def test_an_author_reads_what_they_wrote(run: Run, house: House) -> None:
    said = run("check", "--flow", "work")
    assert said.code == 0
    assert "1. matter: words / words" in said.out
    assert "紹介先 destinations: labour_line" in said.out
    house.swap("flows/work.toml", '{ id = "longer" }', '{ id = "longer" }, { id = "week", next = "weak" }')
    said = run("check", "--flow", "work")
    assert said.code == 1
    assert "work.toml:15: flow.question since.next: there is no question weak; correct the name" in said.out
    house.swap("flows/work.toml", '"weak"', '""')
    said = run("check", "--flow", "work")
    assert "- week: flow.work.since.week (no words yet)" in said.out
    assert "flow.work.since.week: has no words; add the entry in every language" in said.out


@pytest.mark.usefixtures("house")
def test_a_flow_that_is_not_there(run: Run) -> None:
    said = run("check", "--flow", "works")
    assert (said.code, said.out) == (2, "")
    assert "there are work" in said.err


def test_own_rows_roster_and_settings_are_told_with_their_line(run: Run, house: House) -> None:
    run("check")
    (house.data / "settings.toml").write_text('[kiosk]\nletter = "bb"\n')
    (house.data / "referrals.toml").write_text('[[service]]\nid = "line"\ntelephone = "0120-ABC-610"\n')
    (house.data / "models").mkdir(exist_ok=True)
    (house.data / "models" / "quality.toml").write_text('[[package]]\npackages = ["ko-en"]\n')
    said = run("check")
    assert said.code == 1
    assert "quality.toml:2: package 1.packages: write pairs with versions" in said.out
    assert "settings.toml:2: kiosk.letter" in said.out
    assert "referrals.toml:3: service line.telephone" in said.out


def test_check_tells_what_is_installed_and_not_the_version_in_use(run: Run, house: House) -> None:
    house.choose()
    assert (house.data / "good" / good.STAMP).exists()
    house.swap("flows/work.toml", 'next = "since"', 'next = "sinze"')
    assert run("check").code == 1
