"""`madoguchi backup` and `madoguchi restore`, in a process of their own where the disk has no room."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from kiosk.app import keys
from kiosk.app.office import Office, open_data
from kiosk.store import passphrase
from tests.cli.cases import PLAIN, Case
from tests.cli.conftest import Ran, Run

WORDS = "みなとの見える丘 2026 turtle"


@pytest.fixture
def data(tmp_path: Path, run: Run, case: Case, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of an office with a passphrase and a ticket."""
    monkeypatch.setattr(passphrase, "MEMORY", 1024)
    monkeypatch.setattr(passphrase, "PASSES", 1)
    assert run("queue", "add", case(PLAIN)).code == 0
    office, recovery = open_data(tmp_path / "data"), keys.new_recovery()
    keys.set_up(office, WORDS, recovery, recovery)
    return tmp_path / "data"


def with_room_for(size: int) -> Callable[[], None]:
    """In the child: no file grows past so many bytes, as on a full disk."""
    return partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))


def alone(data: Path, *arguments: object, room: int) -> Ran:
    asked = [sys.executable, "-m", "kiosk", "--data", str(data), *map(str, arguments)]
    said = subprocess.run(asked, capture_output=True, text=True, check=False, preexec_fn=with_room_for(room))
    return Ran(said.returncode, said.stdout, said.stderr)


def test_there_and_back(run: Run, data: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    made = run("backup", tmp_path / "stick", "--json").json
    assert Path(made["file"]).parent == tmp_path / "stick"
    assert run("restore", made["file"], "--check").code == 0
    over = run("restore", made["file"])
    assert over.code == 1
    assert "There is data in" in over.err
    data.rename(tmp_path / "former")
    said = run("restore", made["file"])
    assert said.code == 0
    assert "Do not use the former machine any more" in said.out
    assert [row["number"] for row in run("queue", "list", "--json").json] == ["A001"]
    assert run("keys", "status", "--json").json["protected"] is True
    assert [line["action"] for line in run("audit", "list", "--json").json] == ["keys_set", "restore"]
    assert run("audit", "check").code == 0


def test_what_is_due_goes_with_the_command(
    run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first start may be days away."""
    made = run("backup", tmp_path / "stick.zip", "--json").json
    data.rename(tmp_path / "former")
    later = open_data(data).now() + timedelta(days=100)
    monkeypatch.setattr(Office, "now", lambda _: later)
    said = run("restore", made["file"])
    assert said.code == 0
    assert f"Today is {later.date()}" in said.out
    assert not list((data / "store").glob("*.journal"))


def test_an_office_without_a_passphrase(run: Run, case: Case, tmp_path: Path) -> None:
    run("queue", "add", case(PLAIN))
    said = run("backup", tmp_path / "stick.zip")
    assert said.code == 1
    assert "madoguchi keys setup" in said.err
    assert not (tmp_path / "stick.zip").exists()


def test_a_folder_of_which_nothing_is_known_is_not_made(run: Run, tmp_path: Path) -> None:
    said = run("backup", tmp_path / "stick.zip")
    assert said.code == 1
    assert "no such folder" in said.err
    assert not (tmp_path / "data").exists()


@pytest.mark.usefixtures("data")
def test_a_stick_that_is_not_in(run: Run, tmp_path: Path) -> None:
    said = run("backup", tmp_path / "stick" / "monday.zip")
    assert said.code == 2
    assert "there is no folder" in said.err
    said = run("backup", tmp_path / "stick")
    assert said.code == 2
    assert "there is no folder" in said.err
    assert not (tmp_path / "stick").exists()


def test_a_full_stick_keeps_nothing_half(data: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    said = alone(data, "backup", tmp_path / "stick", room=1500)
    assert said.code == 1
    assert "The disk is full" in said.err
    assert "Traceback" not in said.err
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_full_disk_takes_nothing_back(run: Run, data: Path, tmp_path: Path) -> None:
    made = run("backup", tmp_path / "stick.zip", "--json").json
    assert data.exists()
    new = tmp_path / "new"
    said = alone(new, "restore", made["file"], room=20_000)
    assert said.code == 1
    assert "The disk is full" in said.err
    assert [path for path in new.rglob("*") if path.is_file()] == []
    assert alone(new, "restore", made["file"], room=10_000_000).code == 0


def test_no_backup(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("a letter")
    for name in ("letter.txt", "none.zip", ""):
        said = run("restore", tmp_path / name)
        assert said.code == 1
        assert "is no whole backup" in said.err
    assert not (tmp_path / "data").exists()
