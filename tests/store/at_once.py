"""Threads that begin the same work at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

AT_ONCE = 6


def at_once(work: Callable[[int], None], *, turns: int = 1) -> None:
    """Do the work in AT_ONCE threads, each by its number and so many times; what any raises is raised."""
    start, failed = threading.Barrier(AT_ONCE), list[BaseException]()

    def run(number: int) -> None:
        start.wait()
        try:
            for _ in range(turns):
                work(number)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
