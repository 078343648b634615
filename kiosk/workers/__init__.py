"""Heavy engines in processes of their own, their answers brought to the window one small budget at a time.

A `Worker` is one spawned process with one engine. Questions go down a pipe; a reader thread puts what
comes back into the app's one bounded queue, `Results`; the window's thread empties it with `poll`. No
thread or process here ever touches the window, and no callback runs anywhere but inside `poll`.
"""

from __future__ import annotations

from kiosk.workers.asked import Engine, Line, Reply, place_of
from kiosk.workers.results import Results, run_in_thread
from kiosk.workers.serving import NICENESS
from kiosk.workers.worker import Worker

__all__ = ["NICENESS", "Engine", "Line", "Reply", "Results", "Worker", "place_of", "run_in_thread"]
