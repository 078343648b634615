"""A sound system that may never answer: with some drivers opening waits for ever where another program holds
the device, and closing where it was pulled out.

Each call is made beside; one that does not come back is left behind, and the process should end soon, so that
the next one starts with a sound system that answers.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

from kiosk.errors import Trouble

ANSWERS_S = 6.0
"""A wireless microphone may take two or three seconds to open."""
_calls: list[threading.Thread] = []
"""Those that did not come back."""

T = TypeVar("T")


def hangs() -> bool:
    """Whether a call is still not back. The process should end."""
    return any(call.is_alive() for call in _calls)


def answered(work: Callable[[], T]) -> T:
    """What `work` answers or raises. Raises Trouble: `trouble.no_microphone` when it takes too long."""
    if hangs():
        raise Trouble("trouble.no_microphone", log="the sound system still does not answer")
    outcome: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def call() -> None:
        try:
            outcome.put((work(), None))
        except BaseException as error:  # it belongs to whoever waits
            outcome.put((None, error))

    beside = threading.Thread(target=call, name="sound system", daemon=True)
    beside.start()
    try:
        made, error = outcome.get(timeout=ANSWERS_S)
    except queue.Empty:
        _calls.append(beside)
        raise Trouble("trouble.no_microphone", log="the sound system does not answer") from None
    if error is not None:
        raise error
    return made  # type: ignore[return-value]
