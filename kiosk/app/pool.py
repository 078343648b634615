"""The engines' processes of one window, shared by all its visits and kept within a limit of memory."""

from __future__ import annotations

import logging
import os
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.workers import Engine, Reply, Results, Worker

log = logging.getLogger(__name__)

MIB = 1 << 20
RESTARTS, WITHIN = 3, 60.0
"""A worker that dies more often than this in so many seconds stays down until somebody asks it again."""
LOADING = 120.0
"""Seconds a load may take; a tablet's flash is slow, a dead disk answers never."""

Key = tuple[str, ...]
"""Of a worker: its role, and the model it holds where it holds one."""


def resident(pid: int) -> int:
    """Bytes of memory a process has; 0 where there is no such process (proc(5), statm)."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0


@dataclass
class Kept:
    """One worker of the pool."""

    worker: Worker
    load: object = None
    """What its engine was last asked to load, to be loaded again after a crash; None where nothing was."""
    loading: int = 0
    """The question with which it was."""
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=RESTARTS))


class Pool:
    """Workers by key, the least recently used first. All methods are for the window's thread.

    A worker that dies is started again at once with what it had loaded, so that the next person who needs it
    finds it ready.
    """

    def __init__(
        self,
        results: Results,
        limit: int,
        *,
        measure: Callable[[int], int] = resident,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`limit`: bytes all workers may have resident together."""
        self._results, self.limit = results, limit
        self._measure, self._clock = measure, clock
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._spare: dict[str, Worker] = {}

    def spare(self, role: str, factory: Callable[..., Engine]) -> None:
        """Start a process that the first worker of a role will be."""
        self._spare[role] = Worker(role, factory, (), self._results)
        self._spare[role].start()

    def known(self) -> tuple[Key, ...]:
        """The workers there are, the least recently used first."""
        return tuple(self._kept)

    def has(self, key: Key) -> bool:
        """Whether the key's process runs."""
        return key in self._kept and self._kept[key].worker.alive()

    def worker(self, key: Key, factory: Callable[..., Engine], args: tuple[Any, ...] = ()) -> Worker:
        """The worker of a key, made when it is first asked for; it counts as just used."""
        if key not in self._kept:
            worker = self._spare.pop(key[0], None) or Worker(key[0], factory, args, self._results)
            worker.died = lambda: self._again(key)
            self._kept[key] = Kept(worker)
        self._kept.move_to_end(key)
        return self._kept[key].worker

    def worker_of(self, key: Key) -> Worker:
        """The worker of a key that is there, without counting as used. Raises KeyError."""
        return self._kept[key].worker

    def load(self, key: Key, payload: object, answer: Callable[[Reply], None]) -> None:
        """Have a worker's engine load something; again by itself after a crash.

        What it was to load before and has not is left: somebody who tries one language after the other must
        not wait for all of them.
        """
        kept = self._kept[key]
        if kept.load != payload:
            kept.worker.drop(kept.loading)
        kept.load, kept.loading = payload, kept.worker.ask("load", payload, answer, LOADING)

    def forget(self, key: Key) -> None:
        """Load nothing again after a crash."""
        if key in self._kept:
            self._kept[key].load = None

    def memory(self) -> dict[Key, int]:
        """Bytes resident, by worker, the least recently used first."""
        pids = {key: kept.worker.pid for key, kept in self._kept.items()}
        return {key: self._measure(pid) for key, pid in pids.items() if pid is not None}

    def trim(self, keep: Collection[Key] = (), room: int = 0) -> list[Key]:
        """End workers, the least recently used first, until all fit with `room` bytes to spare; those that
        were ended. One in `keep`, or with a question open, is never ended."""
        sizes = self.memory()
        ended = []
        for key in [key for key in self._kept if key in sizes and key not in keep]:
            if sum(sizes.values()) + room <= self.limit:
                break
            if self._kept[key].worker.busy:
                continue
            log.info("engine %s is let go of: %d MB were needed", key[0], sizes.pop(key) // MIB)
            self._kept.pop(key).worker.close(beside=True)
            ended.append(key)
        return ended

    def end(self, key: Key) -> None:
        """End a worker and everything it holds; its next question starts it anew, empty."""
        kept = self._kept.pop(key, None)
        if kept is not None:
            kept.worker.close()

    def close(self) -> None:
        for key in list(self._kept):
            self.end(key)
        for worker in self._spare.values():
            worker.close()
        self._spare.clear()

    def _again(self, key: Key) -> None:
        """A worker died: start it and load what it had, unless it keeps dying of that."""
        kept, now = self._kept.get(key), self._clock()
        if kept is None or kept.load is None:
            return
        kept.deaths.append(now)
        if len(kept.deaths) == RESTARTS and now - kept.deaths[0] < WITHIN:
            log.error("engine %s keeps ending; it is left until somebody needs it", key[0])
            kept.deaths.clear()
            return
        kept.loading = kept.worker.ask("load", kept.load, lambda reply: _back(key, reply), LOADING)


def _back(key: Key, reply: Reply) -> None:
    if reply.trouble is not None:
        log.warning("engine %s is not back: %s", key[0], reply.trouble)
    else:
        log.info("engine %s is back after a crash", key[0])
