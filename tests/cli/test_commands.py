"""Commands besides the queue: exit codes, sentences instead of tracebacks, what the log may hold."""

from __future__ import annotations

import logging
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.app import queueing
from kiosk.app.logs import keep_log
from tests.cli.conftest import Run


@pytest.mark.parametrize("command", [["intake"], ["intake", "--windowed"], ["counter", "1"], ["display"]])
@pytest.mark.parametrize("display", [None, ":4711"])
def test_a_machine_without_a_display_is_told_in_a_sentence(
    command: list[str], display: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a process of its own: the tests' process may have a display."""
    monkeypatch.delenv("DISPLAY", raising=False)
    if display:
        monkeypatch.setenv("DISPLAY", display)
    asked = [sys.executable, "-m", "kiosk", "--data", str(tmp_path), *command]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert "画面がないので" in said.stderr
    assert "There is no display" in said.stderr
    assert "Traceback" not in said.stderr
    assert "TclError" not in said.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("intake", "--letter", "b"),
        ("intake", "--letter", "AB"),
        ("display", "--geometry", "1280x720+1920"),
        ("display", "--geometry", "small"),
        ("display", "--screen", "-1"),
        ("intake", "--letter", "Ä"),
        ("intake", "--size", "huge"),
        ("counter",),
        ("counter", "window"),
        ("counter", "1", "--languages", "elvish"),
        ("nonsense",),
        ("queue", "list", "--nonsense"),
    ],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    said = run(*arguments)
    assert said.code == 2
    assert said.out == ""


def test_broken_settings_are_told_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    settings = tmp_path / "data" / "settings.toml"
    settings.write_text("[office\ncounters = 3", encoding="utf-8")
    said = run("queue", "list", "--json")
    assert (said.code, said.json) == (0, [])
    assert "settings.toml" in said.err
    settings.write_text('[kiosk]\nletter = "bb"\n', encoding="utf-8")
    assert "kiosk.letter: write one capital letter" in run("queue", "list").err
    assert run("check").code == 1


def test_a_fault_of_ours_is_a_sentence_and_its_place_without_its_words(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(_office: object) -> None:
        raise ValueError("給料のことを話した")

    monkeypatch.setattr(queueing, "listing", break_down)
    said = run("queue", "list")
    assert said.code == 1
    assert "プログラムの誤り" in said.err
    assert "test_commands.py" in said.err
    log = (tmp_path / "data" / "log" / "madoguchi.log").read_text(encoding="utf-8")
    assert "ValueError at test_commands.py" in log
    assert "給料" not in said.err + log


def test_the_log_is_private_and_one(tmp_path: Path) -> None:
    kept = logging.getLogger("kiosk")
    before = list(kept.handlers)
    try:
        for _ in range(3):
            keep_log(tmp_path)
        kept.warning("once")
        path = tmp_path / "log" / "madoguchi.log"
        assert path.read_text(encoding="utf-8").count("once") == 1
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        for handler in [h for h in kept.handlers if h not in before]:
            kept.removeHandler(handler)
            handler.close()


def test_without_a_place_for_the_log_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "log").write_text("a file where the folder should be")
    assert run("queue", "list").code == 0


def test_a_data_folder_that_cannot_be_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    said = run("queue", "list")
    assert said.code == 1
    assert "を使えません（not a folder）" in said.err


def test_another_kiosk_with_the_same_letter_is_refused(run: Run, tmp_path: Path) -> None:
    from kiosk.app.intake import only_one

    (tmp_path / "data").mkdir()
    with only_one(tmp_path / "data", "B"):
        said = run("intake", "--letter", "B", "--windowed")
        assert said.code == 1
        assert "もう受付が動いています" in said.err
        with only_one(tmp_path / "data", "A"):
            assert (tmp_path / "data" / "kiosk-A.lock").exists()
    with only_one(tmp_path / "data", "B"):
        assert stat.S_IMODE((tmp_path / "data" / "kiosk-B.lock").stat().st_mode) & 0o077 == 0
