"""Disks that fail or are watched, in this process only."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes: the kernel writes short, then refuses, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


class Disk:
    """Fails a chosen system call from the n-th on."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.calls: list[str] = []

    def fail(self, name: str, error: int, *, after: int = 0, part: int = -1) -> None:
        """Raise `error`; for writes, `part` bytes are written first where it is not negative."""
        real = getattr(os, name)
        count = [after]

        def failing(*args: Any, **named: Any) -> Any:
            if count[0]:
                count[0] -= 1
                return real(*args, **named)
            self.calls.append(name)
            if part >= 0:
                handle, data = args
                part_done = real(handle, data[:part]) if len(self.calls) == 1 else 0
                if part_done:
                    return part_done
            raise OSError(error, os.strerror(error))

        self._patch.setattr(os, name, failing)

    def mend(self) -> None:
        self._patch.undo()


def noted(patch: pytest.MonkeyPatch, name: str, note: Callable[[str, int], None]) -> None:
    """Have a call of `os` on a handle tell its name and the handle first, and then do what it does."""
    real = getattr(os, name)

    def telling(handle: int) -> None:
        note(name, handle)
        real(handle)

    patch.setattr(os, name, telling)
