"""Asking an engine in a process of its own and waiting for the answer: a damaged model may end a process,
and memory is only a model's own where nothing else is in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

from kiosk.workers import Engine, Reply, Results, Worker

_LOOK_S = 0.002


class Asking:
    """A worker for as long as the `with` lasts. Ctrl-C ends the waiting and with it the worker."""

    def __init__(self, factory: Callable[..., Engine], *args: Any) -> None:
        self._results = Results()
        self._worker = Worker("evaluation", factory, args, self._results)

    def __enter__(self) -> Asking:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._worker.close()
        self._results.close()

    def ask(self, job: str, payload: Any = None) -> Any:
        """The answer. Raises the Trouble that came instead, `trouble.engine_stopped` after a crash among
        them."""
        replies: list[Reply] = []
        self._worker.ask(job, payload, replies.append)
        while not (replies and replies[-1].final):
            if self._results.poll() == 0:
                time.sleep(_LOOK_S)
        if replies[-1].trouble is not None:
            raise replies[-1].trouble
        return replies[-1].value
