"""The log that all programs of an office write into."""

from __future__ import annotations

import logging
import stat
from pathlib import Path

from kiosk.app.logs import PrivateLog

PROGRAMS = 8
LINE = "x" * 200


def say(program: PrivateLog, words: str) -> None:
    program.emit(logging.LogRecord("kiosk", logging.INFO, "", 0, words, None, None))


def kept(path: Path) -> list[str]:
    """Every line, oldest first."""
    files = [path.with_name(f"{path.name}.{number}") for number in (3, 2, 1)]
    return "".join(one.read_text("utf-8") for one in (*files, path) if one.exists()).splitlines()


def test_a_full_file_is_put_away_once_for_all(tmp_path: Path) -> None:
    """Every program has the file open when it is full; none of them may put away what came after it."""
    path = tmp_path / "madoguchi.log"
    programs = [PrivateLog(path) for _ in range(PROGRAMS)]
    lines = 0
    while not path.with_name(f"{path.name}.1").exists():
        say(programs[lines % PROGRAMS], f"{lines} {LINE}")
        lines += 1
    for program in programs * 2:
        say(program, f"{lines} {LINE}")
        lines += 1
    assert [int(line.split()[4]) for line in kept(path)] == list(range(lines))
    assert sorted(one.name for one in tmp_path.iterdir()) == [path.name, f"{path.name}.1"]
    assert {stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()} == {0o600}
    for program in programs:
        program.close()


def test_a_log_taken_away_is_begun_anew(tmp_path: Path) -> None:
    program = PrivateLog(tmp_path / "madoguchi.log")
    say(program, "before")
    (tmp_path / "madoguchi.log").unlink()
    say(program, "after")
    assert [line.split()[-1] for line in kept(tmp_path / "madoguchi.log")] == ["after"]
    program.close()
