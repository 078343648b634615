"""The screens of this machine and where they lie, as the X server's RandR extension tells."""

from __future__ import annotations

import ctypes
import logging
import os
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Monitor:
    """One screen, in pixels of the whole desktop."""

    x: int
    y: int
    width: int
    height: int
    primary: bool = False

    @property
    def geometry(self) -> str:
        """As Tk writes it."""
        return f"{self.width}x{self.height}+{self.x}+{self.y}"


class _Info(ctypes.Structure):
    """XRRMonitorInfo, RandR 1.5."""

    _fields_ = (
        ("name", ctypes.c_ulong), ("primary", ctypes.c_int), ("automatic", ctypes.c_int),
        ("noutput", ctypes.c_int), ("x", ctypes.c_int), ("y", ctypes.c_int), ("width", ctypes.c_int),
        ("height", ctypes.c_int), ("mwidth", ctypes.c_int), ("mheight", ctypes.c_int),
        ("outputs", ctypes.c_void_p),
    )  # fmt: skip


def monitors() -> tuple[Monitor, ...]:
    """The screens from left to right, then from the top; empty where nobody can say."""
    try:
        x = ctypes.CDLL("libX11.so.6")
        randr = ctypes.CDLL("libXrandr.so.2")
    except OSError as missing:
        log.info("screens cannot be told apart: %s", missing)
        return ()
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XOpenDisplay.argtypes = [ctypes.c_char_p]
    x.XDefaultRootWindow.restype = ctypes.c_ulong
    for function in (x.XDefaultRootWindow, x.XCloseDisplay):
        function.argtypes = [ctypes.c_void_p]
    connection = x.XOpenDisplay(os.environ.get("DISPLAY", "").encode())
    if not connection:
        return ()
    try:
        return _read(randr, connection, x.XDefaultRootWindow(connection))
    finally:
        x.XCloseDisplay(connection)


def chosen(found: tuple[Monitor, ...], screen: int) -> Monitor | None:
    """The `screen`-th of them, counted from 1; for 0 the second screen, which is not the main one, or else
    the only one. None where it is not there."""
    if screen:
        return found[screen - 1] if screen <= len(found) else None
    others = [monitor for monitor in found if not monitor.primary]
    main = [monitor for monitor in found if monitor.primary]
    return (others if main and others else [*found[1:], *found])[0] if found else None


def _read(randr: ctypes.CDLL, connection: int, root: int) -> tuple[Monitor, ...]:
    version = ctypes.c_int(), ctypes.c_int()
    randr.XRRQueryVersion.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p]
    if not randr.XRRQueryVersion(connection, ctypes.byref(version[0]), ctypes.byref(version[1])):
        return ()
    if (version[0].value, version[1].value) < (1, 5):
        return ()
    randr.XRRGetMonitors.restype = ctypes.POINTER(_Info)
    randr.XRRGetMonitors.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_void_p]
    randr.XRRFreeMonitors.argtypes = [ctypes.POINTER(_Info)]
    count = ctypes.c_int()
    infos = randr.XRRGetMonitors(connection, root, 1, ctypes.byref(count))
    if not infos:
        return ()
    found = [
        Monitor(one.x, one.y, one.width, one.height, bool(one.primary))
        for one in (infos[index] for index in range(count.value))
    ]
    randr.XRRFreeMonitors(infos)
    return tuple(sorted(found, key=lambda one: (one.x, one.y)))
