"""What the engines keep in memory, what goes first where it is short, how soon one is back after a crash."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.app.bench_packages import widen
from kiosk.app.engines import TRANSLATION, Engines
from kiosk.app.office import Office, open_data
from kiosk.app.pool import MIB
from kiosk.errors import Trouble
from kiosk.workers import Reply, Results

SENTENCE = "임금 체불입니다."
PATIENCE = 300.0


def memory(home: Path) -> dict[str, float]:
    """One speech and four translation models of the usual size in memory, MB; seconds from a kill to the next
    answer, loading included; and what is left after a second speech model was needed under a smaller limit.

    No peer: the figures are held against `[kiosk] engine_memory_mb` and a visit's patience of five seconds.
    """
    office = _office(home)
    results = Results()
    engines = Engines(office, results)
    try:
        return _measured(office, engines, results)
    finally:
        engines.close()
        results.close()


def _office(home: Path) -> Office:
    """An office with translation packages of the usual size."""
    from kiosk.app.demo import install_samples

    samples = open_data(home / "samples")
    install_samples(samples)
    office = open_data(home / "office")
    for package in sorted(samples.translation_folder.iterdir()):
        if package.is_dir() and not package.name.startswith("."):
            widen(package, office.data / "models")
    return office


def _measured(office: Office, engines: Engines, results: Results) -> dict[str, float]:
    began = time.perf_counter()
    engines.start()
    engines.prepare("ko")
    _translated(engines, results)
    ready = time.perf_counter() - began
    speech = next(key for key in engines.pool.memory() if key[0] == "speech")
    sizes = engines.pool.memory()
    found = {
        "ready_s": ready,
        "speech_mb": sizes[speech] / MIB,
        "translation_mb": sizes[TRANSLATION] / MIB,
        "all_mb": sum(sizes.values()) / MIB,
    }
    for name, key in (("translation", TRANSLATION), ("speech", speech)):
        pid = engines.pool.worker_of(key).pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        began = time.perf_counter()
        if key == TRANSLATION:
            _translated(engines, results)
        else:
            _again(engines, results, pid)
        found[f"{name}_back_s"] = time.perf_counter() - began
    # Another language's model: the same files under another name take as much.
    other = office.data / "other"
    other.symlink_to(speech[1])
    engines.pool.limit = round(sum(engines.pool.memory().values()) + 200 * MIB)
    found["limit_mb"] = engines.pool.limit / MIB
    engines.forget()
    engines.hearer(str(other))
    _until(results, lambda: engines.pool.memory().get(("speech", str(other)), 0) > 300 * MIB)
    _until(results, lambda: sum(engines.pool.memory().values()) <= engines.pool.limit)
    found["under_limit_mb"] = sum(engines.pool.memory().values()) / MIB
    found["first_speech_gone"] = float(not engines.pool.has(speech))
    return found


def _translated(engines: Engines, results: Results) -> None:
    answers: list[object] = []
    engines.translate(SENTENCE, "ko", answers.append)
    _until(results, lambda: answers)
    if isinstance(answers[0], Trouble):
        raise answers[0]


def _again(engines: Engines, results: Results, before: int) -> None:
    """Until the recognizer has its model again, by itself."""
    key = next(key for key in engines.pool.known() if key[0] == "speech")
    _until(results, lambda: engines.pool.has(key) and engines.pool.worker_of(key).pid != before)
    answers: list[Reply] = []
    engines.pool.load(key, key[1], answers.append)
    _until(results, lambda: answers)


def _until(results: Results, met: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not met():
        results.poll()
        time.sleep(0.002)
        if time.monotonic() > end:
            raise Trouble("trouble.demo_stuck", log="the engines gave no answer")
