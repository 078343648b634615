"""The virtual display: there when the block begins, gone when it ends, a clear trouble where it cannot be."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.display_server import virtual_display, window_manager
from kiosk.errors import Trouble
from tests.patience import Patience

needs_display = pytest.mark.skipif(
    shutil.which("Xvfb") is None or shutil.which("openbox") is None, reason="no Xvfb or openbox here"
)


# In a process of its own: Tk cannot outlive its display.
FULL_SCREEN = """
import time, tkinter
from kiosk.display_server import virtual_display
with virtual_display(1024, 600):
    window = tkinter.Tk()
    window.attributes("-fullscreen", True)
    end = time.monotonic() + 240
    while (window.winfo_width(), window.winfo_height()) != (1024, 600) and time.monotonic() < end:
        window.update()
    print(window.tk.eval("tk::pkgconfig get fontsystem"), window.winfo_width(), window.winfo_height())
"""


def full_screen(path: str) -> str:
    here = {**os.environ, "PATH": path}
    command = [sys.executable, "-c", FULL_SCREEN]
    return subprocess.run(command, env=here, capture_output=True, text=True, check=True).stdout


def server(display: str) -> tuple[int, int] | None:
    """Which server a display is, by its socket; None where there is none."""
    try:
        found = Path(f"/tmp/.X11-unix/X{display.removeprefix(':')}").stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def gone(display: str, before: tuple[int, int] | None) -> bool:
    """Whether that server is no more; another test may have got the same number for its own since."""
    assert before is not None
    return server(display) != before or window_manager(display) is None


@needs_display
def test_a_window_drawn_with_xft_fills_the_display() -> None:
    assert full_screen(os.environ["PATH"]) == "xft 1024 600\n"


@needs_display
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not on this machine")
def test_a_window_is_not_lost_while_the_manager_is_slow_to_start(tmp_path: Path) -> None:
    """openbox announces itself before it listens; slowed, a window shown in between was lost."""
    slow = tmp_path / "openbox"
    inject = "-e inject=recvmsg,poll:delay_enter=500"
    slow.write_text(f'#!/bin/sh\nexec strace -D -qq -o /dev/null {inject} {shutil.which("openbox")} "$@"\n')
    slow.chmod(0o755)
    assert full_screen(f"{tmp_path}:{os.environ['PATH']}") == "xft 1024 600\n"


@needs_display
def test_the_display_is_managed_and_afterwards_all_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":before")
    with virtual_display(1024, 600) as name:
        assert os.environ["DISPLAY"] == name
        assert window_manager(name) == "Openbox"
        shown = server(name)
    assert os.environ["DISPLAY"] == ":before"
    assert gone(name, shown)


@needs_display
def test_two_displays_do_not_meet_and_an_error_inside_ends_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    names: list[tuple[str, tuple[int, int] | None]] = []

    def fail() -> None:
        with virtual_display() as one, virtual_display() as two:
            names.extend((name, server(name)) for name in (one, two))
            raise RuntimeError("inside")

    with pytest.raises(RuntimeError, match="inside"):
        fail()
    assert len(dict(names)) == len({number for _, number in names}) == 2
    assert "DISPLAY" not in os.environ
    assert all(gone(name, number) for name, number in names)


@needs_display
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="no setpriv on this machine")
def test_a_killed_run_leaves_no_display_behind(tmp_path: Path) -> None:
    script = (
        "import sys, signal\nfrom kiosk.display_server import virtual_display\n"
        "with virtual_display() as name:\n    print(name, flush=True)\n    signal.pause()\n"
    )
    command = [sys.executable, "-c", script]
    here = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, env=here, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        name = run.stdout.readline().strip()
        assert window_manager(name) == "Openbox"
        shown = server(name)
        run.send_signal(signal.SIGKILL)
    patience = Patience()
    while not gone(name, shown):
        assert patience.left()


def test_what_is_missing_is_named_as_packages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Trouble) as told, virtual_display():
        pass
    assert told.value.key == "trouble.no_virtual_display"
    assert told.value.details == {"packages": "xvfb openbox"}


@needs_display
@pytest.mark.parametrize(("program", "package"), [("Xvfb", "xvfb"), ("openbox", "openbox")])
def test_a_program_that_ends_at_once_is_told(
    program: str, package: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / program
    broken.write_text("#!/bin/sh\necho out of order >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(Trouble) as told, virtual_display():
        pass
    assert told.value.details == {"packages": package}
    assert "out of order" in told.value.log


def test_a_display_that_is_not_there_has_no_manager(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)  # other tests of the same run may have one
    assert window_manager(":61234") is None
    assert window_manager("") is None
