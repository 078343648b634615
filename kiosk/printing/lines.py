"""The line to a printer: bytes out, answers back, nothing that can hang."""

from __future__ import annotations

import os
import select
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from kiosk.errors import Trouble

SEND_S = 30.0
"""A whole job must have left within this time; a printer out of paper stops taking bytes."""


@dataclass(frozen=True)
class Kind:
    """How one kind of status byte is told from another: the bits that are always the same in it."""

    mask: int
    fixed: int


class PrinterLine(Protocol):
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def send(self, data: bytes) -> None:
        """Hand over all of it, or raise Trouble."""

    def ask(self, question: bytes, wait_s: float, kind: Kind) -> int | None:
        """Send a status request; the answering byte, or None where none of that kind came in time."""


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

    def ask(self, question: bytes, wait_s: float, kind: Kind) -> int | None:
        return _ask(self, self._fd, lambda: os.read(self._fd, 64), question, wait_s, kind)


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

    def ask(self, question: bytes, wait_s: float, kind: Kind) -> int | None:
        return _ask(self, self._socket.fileno(), lambda: self._socket.recv(64), question, wait_s, kind)


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


def _ask(
    line: PrinterLine, fd: int, read: Callable[[], bytes], question: bytes, wait_s: float, kind: Kind
) -> int | None:
    # An answer that came too late for an earlier job would pass for the answer to this one.
    while _ready(fd, select.POLLIN, 0) and _read(read):
        pass
    line.send(question)
    deadline = time.monotonic() + wait_s
    while _ready(fd, select.POLLIN, max(0.0, deadline - time.monotonic())):
        piece = _read(read)
        if not piece:
            return None
        fitting = [byte for byte in piece if byte & kind.mask == kind.fixed]
        if fitting:
            return fitting[-1]
    return None


def _read(read: Callable[[], bytes]) -> bytes:
    """What has come; nothing where the line is broken."""
    try:
        return read()
    except OSError:
        return b""
