from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kiosk.workers import Engine, Reply, Worker
from tests.waiting import WaitedFor


class Window:
    """Stands for the window: asks, polls, and keeps what came."""

    def __init__(self) -> None:
        self.results = WaitedFor()
        self.replies: list[Reply] = []
        self.workers: list[Worker] = []

    def worker(self, factory: Callable[..., Engine], *args: Any) -> Worker:
        worker = Worker("bench", factory, args, self.results)
        self.workers.append(worker)
        return worker

    def until(self, met: Callable[[], object]) -> None:
        """Poll until the condition is met; fails when it never is."""
        self.results.until(met, lambda: self.replies)

    def ask(self, worker: Worker, job: str, payload: Any = None) -> Reply:
        """Ask and wait for the final reply."""
        number = worker.ask(job, payload, self.replies.append)
        return self.final(number)

    def final(self, number: int) -> Reply:
        self.until(lambda: self.finals(number))
        return self.finals(number)[0]

    def finals(self, number: int) -> list[Reply]:
        return [reply for reply in self.replies if reply.final and reply.number == number]


@pytest.fixture
def window() -> Iterator[Window]:
    window = Window()
    yield window
    for worker in window.workers:
        worker.close()
    window.results.close()
