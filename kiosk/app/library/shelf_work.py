"""Long work on models beside the window: one piece at a time, with how far it is and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.app.library.task import Progress, Task
from kiosk.workers import Reply, Results, run_in_thread


class Work:
    """All methods are for the window's thread; `changed` is called whenever it is further."""

    def __init__(self, results: Results, changed: Callable[[], None]) -> None:
        self._results, self._changed = results, changed
        self._task: Task | None = None
        self.progress: Progress | None = None
        """None before the first word of it."""

    @property
    def busy(self) -> bool:
        return self._task is not None

    def start(self, work: Callable[[Task], Any], done: Callable[[Reply], None]) -> None:
        """`done` gets what `work` answers, or its trouble; by then it is no longer busy."""
        task = Task(lambda now: self._results.post(self._progressed, now))
        self._task, self.progress = task, None

        def finished(reply: Reply) -> None:
            self._task, self.progress = None, None
            done(reply)
            self._changed()

        run_in_thread(self._results, lambda: work(task), finished)

    def cancel(self) -> None:
        """Stop at the next look; what was done before stays."""
        if self._task is not None:
            self._task.cancel()

    def _progressed(self, now: Progress) -> None:
        if self.busy:
            self.progress = now
            self._changed()
