"""A virtual display (Xvfb with openbox) for the demo visit and the tests; which manager a display has."""

from __future__ import annotations

import ctypes
import os
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from kiosk.errors import Trouble

PROGRAMS = {"Xvfb": "xvfb", "openbox": "openbox"}
"""What a virtual display needs: program → Debian package."""

PATIENCE = 60.0
"""Seconds until a display or window manager that does not come up is given up; a busy machine is slow."""


@contextmanager
def virtual_display(width: int = 1280, height: int = 800) -> Iterator[str]:
    """Start a display of width × height pixels with a window manager; gives its name (`:5`) and sets DISPLAY.

    Both are ended on exit and DISPLAY is as before. Enter it on the main thread: where `setpriv` exists the
    servers end with the thread that started them, so that a killed run leaves none behind. A process that
    opened a Tk window inside must not run Tk again after it: Tk keeps its connection to the ended display
    and Xlib then ends the process. So: one block a process for windows.
    Raises Trouble("trouble.no_virtual_display", packages=…) where a program is missing or does not start.
    """
    missing = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if missing:
        raise _trouble(" ".join(missing), f"not found: {' '.join(missing)}")
    before = os.environ.get("DISPLAY")
    with ExitStack() as ends:
        # A stand-in home: a person's own openbox settings must not change what the demo shows.
        home = ends.enter_context(tempfile.TemporaryDirectory(prefix="madoguchi-display-"))
        said = ends.enter_context((Path(home) / "log").open("w+b"))
        name = _start_server(ends, width, height, said)
        _start_manager(ends, name, home, said)
        os.environ["DISPLAY"] = name
        try:
            yield name
        finally:
            if before is None:
                del os.environ["DISPLAY"]
            else:
                os.environ["DISPLAY"] = before


def window_manager(display: str) -> str | None:
    """Name of what manages windows on the display (`Openbox`), None where none does or it cannot open.

    Read as the EWMH specification says: the root window's _NET_SUPPORTING_WM_CHECK names a window of the
    manager; a manager that died may leave the property behind, so the window must exist, too.
    """
    try:
        x = _xlib()
    except OSError:
        return None
    connection = x.XOpenDisplay(display.encode())
    if not connection:
        return None
    try:
        root = x.XDefaultRootWindow(connection)
        found = _property(x, connection, root, b"_NET_SUPPORTING_WM_CHECK")
        if not found:
            return None
        window = int.from_bytes(found, sys.byteorder)
        if window not in _children(x, connection, root):
            return None
        name = _property(x, connection, window, b"_NET_WM_NAME")
        return name.decode("utf-8", "replace") if name else "?"
    finally:
        x.XCloseDisplay(connection)


def _start_server(ends: ExitStack, width: int, height: int, said: IO[bytes]) -> str:
    """Xvfb picks a free number itself and writes it once it takes connections: nothing to guess, no race."""
    read, write = os.pipe()
    ends.callback(os.close, read)
    size = f"{width}x{height}x24"
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-dpi", "96"]
    command += ["-nolisten", "tcp", "-noreset"]
    try:
        server = _start(ends, command, said, pass_fds=(write,))
    finally:
        os.close(write)
    number = b""
    deadline = time.monotonic() + PATIENCE
    waiting = select.poll()
    waiting.register(read, select.POLLIN)
    while not number.endswith(b"\n"):
        ready = waiting.poll(max(0.0, deadline - time.monotonic()) * 1000)
        piece = os.read(read, 16) if ready else b""
        if not piece:  # ended, or too late
            raise _trouble("xvfb", f"Xvfb gave no display (code {server.poll()}): {_tail(said)}")
        number += piece
    return f":{int(number)}"


def _start_manager(ends: ExitStack, display: str, home: str, said: IO[bytes]) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environment |= {"DISPLAY": display, "HOME": home}
    # openbox announces itself (EWMH) long before it listens, and a window mapped in between is lost for
    # good. What it is told to start is started last, right before it listens.
    ready = Path(home) / "ready"
    command = ["openbox", "--sm-disable", "--startup", f"touch {shlex.quote(str(ready))}"]
    manager = _start(ends, command, said, env=environment)
    deadline = time.monotonic() + PATIENCE
    while not ready.exists():
        if manager.poll() is not None or time.monotonic() > deadline:
            raise _trouble("openbox", f"openbox did not start (code {manager.poll()}): {_tail(said)}")
        time.sleep(0.01)


def _start(
    ends: ExitStack,
    command: list[str],
    said: IO[bytes],
    *,
    pass_fds: tuple[int, ...] = (),
    env: dict[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    if shutil.which("setpriv"):
        command = ["setpriv", "--pdeathsig", "TERM", *command]
    # A session of its own: Ctrl-C must end the kiosk first and its display after it.
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=said,
        pass_fds=pass_fds,
        env=env,
        start_new_session=True,
    )
    ends.callback(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _tail(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read()[-400:].decode("utf-8", "replace").strip()


def _trouble(packages: str, log: str) -> Trouble:
    return Trouble("trouble.no_virtual_display", log=log, packages=packages)


def _xlib() -> ctypes.CDLL:
    """libX11, which every Tk on X11 brings along; OSError where it is missing."""
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XOpenDisplay.argtypes = [ctypes.c_char_p]
    x.XDefaultRootWindow.restype = ctypes.c_ulong
    for function in (x.XDefaultRootWindow, x.XCloseDisplay, x.XFree):
        function.argtypes = [ctypes.c_void_p]
    x.XInternAtom.restype = ctypes.c_ulong
    x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    return x


def _property(x: ctypes.CDLL, connection: int, window: int, name: bytes) -> bytes:
    """A window's property, empty where it has none. A 32-bit item comes as a C long, as Xlib gives it."""
    kind, form = ctypes.c_ulong(), ctypes.c_int()
    count, rest = ctypes.c_ulong(), ctypes.c_ulong()
    data = ctypes.c_void_p()
    atom = x.XInternAtom(connection, name, 0)
    x.XGetWindowProperty(
        ctypes.c_void_p(connection), ctypes.c_ulong(window), ctypes.c_ulong(atom), ctypes.c_long(0),
        ctypes.c_long(256), 0, ctypes.c_ulong(0), ctypes.byref(kind), ctypes.byref(form),
        ctypes.byref(count), ctypes.byref(rest), ctypes.byref(data),
    )  # fmt: skip
    if not data.value:
        return b""
    unit = ctypes.sizeof(ctypes.c_long) if form.value == 32 else form.value // 8
    try:
        return ctypes.string_at(data.value, count.value * unit)
    finally:
        x.XFree(data)


def _children(x: ctypes.CDLL, connection: int, root: int) -> list[int]:
    top, parent = ctypes.c_ulong(), ctypes.c_ulong()
    count = ctypes.c_uint()
    children = ctypes.POINTER(ctypes.c_ulong)()
    x.XQueryTree(
        ctypes.c_void_p(connection), ctypes.c_ulong(root), ctypes.byref(top), ctypes.byref(parent),
        ctypes.byref(children), ctypes.byref(count),
    )  # fmt: skip
    found = [children[i] for i in range(count.value)]
    if found:
        x.XFree(children)
    return found
