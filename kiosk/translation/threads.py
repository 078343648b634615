"""How many threads a translation goes fastest with here: measured once, remembered beside the packages.

More are not always faster: on two cores that also draw and listen, a second has made a sentence slower.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from kiosk.translation.loaded import Loaded
from kiosk.translation.packages import Pair

FILE = "threads.json"
_MOST = 4
_TRIES = 3
_GAIN = 0.9
"""A further thread must save a tenth of the time: it is taken from the window and the recognizer."""
_SENTENCE = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20"


def choose_threads(folder: Path, pair: Pair) -> int:
    """The number of threads for the packages in `folder`, measured with `pair` unless it was on this machine.

    Measuring loads the package once for each number tried, a few seconds for a full one. Raises Trouble
    `trouble.model_damaged`.
    """
    file, machine = folder.parent / FILE, _machine(pair)
    known = _read(file)
    if known.get("machine") == machine and isinstance(known.get("threads"), int):
        return int(known["threads"])  # type: ignore[call-overload,no-any-return]
    chosen, best = 1, _seconds(pair, 1)
    for threads in range(2, min(_MOST, _cores()) + 1):
        took = _seconds(pair, threads)
        if took > best * _GAIN:
            break
        chosen, best = threads, took
    _write(file, {"machine": machine, "threads": chosen, "sentence_ms": round(best * 1000, 1)})
    return chosen


def _seconds(pair: Pair, threads: int) -> float:
    """The quickest of a few sentences: what others took from the processor does not count."""
    loaded = Loaded(pair, threads=threads)
    took = []
    for _ in range(_TRIES):
        begun = time.perf_counter()
        loaded.translate([_SENTENCE])
        took.append(time.perf_counter() - begun)
    return min(took)


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _machine(pair: Pair) -> str:
    size = sum(path.stat().st_size for path in pair.folder.rglob("*") if path.is_file())
    return f"{_cores()} cores, {pair.name}, {size} bytes"


def _read(file: Path) -> dict[str, object]:
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}  # measured again: nothing is lost with it but a few seconds
    return found if isinstance(found, dict) else {}


def _write(file: Path, values: dict[str, object]) -> None:
    beside = file.with_suffix(".new")
    try:
        beside.write_text(json.dumps(values), "utf-8")
        beside.replace(file)
    except OSError:
        beside.unlink(missing_ok=True)  # a full disk: the number is good for this start all the same
