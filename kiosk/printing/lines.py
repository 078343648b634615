"""The line to a printer: bytes out, answers back, nothing that can hang."""

from __future__ import annotations

import os
import select
import socket
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from kiosk.errors import Trouble

SEND_S = 30.0
"""A whole job must have left within this time; a printer out of paper stops taking bytes."""


class PrinterLine(Protocol):
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def send(self, data: bytes) -> None:
        """Hand over all of it, or raise Trouble."""

    def ask(self, question: bytes, wait_s: float) -> bytes:
        """Send a status request; the answer, or nothing when none came in time."""


class DeviceLine:
    """A printer's device file, such as /dev/usb/lp0, opened for both ways without waiting."""

    def __init__(self, path: Path) -> None:
        try:
            self._fd = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as fault:
            raise Trouble(
                "trouble.printer_missing", log=f"cannot open the device: {fault.strerror}"
            ) from fault

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None
    ) -> None:
        os.close(self._fd)

    def send(self, data: bytes) -> None:
        _send(self._fd, lambda piece: os.write(self._fd, piece), data)

    def ask(self, question: bytes, wait_s: float) -> bytes:
        return _ask(self, self._fd, lambda: os.read(self._fd, 64), question, wait_s)


class NetworkLine:
    """A printer's raw port, usually 9100."""

    def __init__(self, host: str, port: int, timeout_s: float = 5.0) -> None:
        try:
            self._socket = socket.create_connection((host, port), timeout_s)
        except OSError as fault:
            raise Trouble("trouble.printer_offline", log=f"cannot connect: {fault}") from fault
        self._socket.setblocking(False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None
    ) -> None:
        self._socket.close()

    def send(self, data: bytes) -> None:
        _send(self._socket.fileno(), self._socket.send, data)

    def ask(self, question: bytes, wait_s: float) -> bytes:
        return _ask(self, self._socket.fileno(), lambda: self._socket.recv(64), question, wait_s)


def _send(fd: int, write: Callable[[memoryview], int], data: bytes) -> None:
    rest = memoryview(data)
    deadline = time.monotonic() + SEND_S
    while rest:
        left = deadline - time.monotonic()
        if left <= 0 or not _ready(fd, select.POLLOUT, left):
            raise Trouble("trouble.printer_offline", log="the printer stopped taking data")
        try:
            rest = rest[write(rest[:4096]) :]
        except BlockingIOError:
            continue
        except OSError as fault:
            raise Trouble("trouble.printer_offline", log=f"sending failed: {fault.strerror}") from fault


def _ready(fd: int, event: int, wait_s: float) -> bool:
    """Whether the line takes or has bytes within the time. Unlike select, poll knows no highest number."""
    waiting = select.poll()
    waiting.register(fd, event)
    return bool(waiting.poll(wait_s * 1000))


def _ask(line: PrinterLine, fd: int, read: Callable[[], bytes], question: bytes, wait_s: float) -> bytes:
    line.send(question)
    if not _ready(fd, select.POLLIN, wait_s):
        return b""
    try:
        return read()
    except OSError:
        return b""
