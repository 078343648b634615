"""What runs beside the window, brought to it one small budget at a time."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from kiosk.errors import Trouble
from kiosk.workers.asked import Reply, place_of

log = logging.getLogger(__name__)


class Results:
    """The one queue between everything that runs beside the window and the window."""

    def __init__(self, limit: int = 256) -> None:
        self._limit = limit
        self._items: deque[tuple[Callable[..., None], tuple[Any, ...]]] = deque()
        self._room = threading.Condition()
        self._window_thread = threading.get_ident()
        self._closed = False
        self._pool: ThreadPoolExecutor | None = None

    def post(self, callback: Callable[..., None], *args: Any) -> None:
        """Have `callback(*args)` run in the next `poll`. From any thread; waits while the queue is full.

        The window's own thread never waits: it is the one that makes room.
        """
        with self._room:
            if threading.get_ident() != self._window_thread:
                self._room.wait_for(lambda: len(self._items) < self._limit or self._closed)
            if not self._closed:
                self._items.append((callback, args))

    def poll(self, budget_ms: float = 8.0) -> int:
        """Run waiting callbacks until the budget is used; returns how many ran. Call on the window's thread.

        A callback that raises ends this poll and the error reaches the caller; the rest waits for the next.
        """
        self._window_thread = threading.get_ident()
        end = time.perf_counter() + budget_ms / 1000
        for done in itertools.count(1):
            with self._room:
                if not self._items:
                    return done - 1
                callback, args = self._items.popleft()
                self._room.notify()
            callback(*args)
            if time.perf_counter() >= end:
                return done
        raise AssertionError("count never ends")

    def submit(self, work: Callable[[], None]) -> None:
        """Run `work` on one of a few shared threads; see `run_in_thread`."""
        with self._room:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(max_workers=3, thread_name_prefix="beside")
            pool = self._pool
        pool.submit(work)

    def close(self) -> None:
        """Forget what is waiting and let every waiting producer go. Work already begun on a thread ends."""
        with self._room:
            self._closed = True
            self._items.clear()
            self._room.notify_all()
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False)


def run_in_thread(results: Results, work: Callable[[], Any], done: Callable[[Reply], None]) -> None:
    """Run short blocking `work` (saving, printing) beside the window; `done(reply)` comes through `results`.

    A Trouble from `work` arrives as it is, any other error as Trouble("trouble.work_failed").
    """

    def run() -> None:
        try:
            reply = Reply(0, True, work())
        except Trouble as trouble:
            reply = Reply(0, True, trouble=trouble)
        except Exception as error:
            place = place_of(error)
            log.error("work beside the window failed: %s", place)
            reply = Reply(0, True, trouble=Trouble("trouble.work_failed", log=place))
        results.post(done, reply)

    results.submit(run)
