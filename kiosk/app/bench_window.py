"""The kiosk's window measured: from a touch to the page, and how long it stands still while engines run."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.office import Office, open_data

if TYPE_CHECKING:
    from kiosk.app.intake import KioskWindow

Figures = dict[str, float]
STOOD_S = 3.0
"""So long a kiosk stands before the first touch: it is started in the morning."""


def screens(home: Path) -> Figures:
    """Milliseconds from a touch to the next page painted, per language: median, 95th percentile, worst.

    Every touch of a visit by two topics, from the languages to the page for the number, in the real window.
    """
    figures: Figures = {}
    office = open_data(home)
    every: list[float] = []
    for tag in office.offered:
        with _window(open_data(home / tag)) as shown:
            took = _touches(shown, tag)
        every += took
        ordered = sorted(took)
        figures[f"{tag}_median_ms"] = statistics.median(ordered)
        figures[f"{tag}_p95_ms"] = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        figures[f"{tag}_worst_ms"] = ordered[-1]
    figures["touches"] = len(every)
    return figures


@contextmanager
def _window(office: Office) -> Iterator[KioskWindow]:
    from kiosk.app.actions import KioskActions
    from kiosk.app.intake import KioskWindow
    from kiosk.workers import Results

    results = Results()
    actions = KioskActions(office, results)
    shown = KioskWindow(office, results, actions, size=None, fatal=True)
    try:
        yield shown
    finally:
        shown.window.close()
        actions.close()
        results.close()
        office.store.close()


def _touches(shown: KioskWindow, tag: str) -> list[float]:
    """Two visits, every touch timed. The kiosk stood there before somebody came, and the person reads for a
    moment between touches, as people do."""
    from kiosk.app.rehearsal import Player
    from kiosk.core.steps import Page

    player, kiosk = Player(shown, None), shown.kiosk
    took: list[float] = []

    def touch(name: str) -> None:
        begun = time.perf_counter()
        player.press(name)
        took.append((time.perf_counter() - begun) * 1000)
        _read(shown, 0.3)

    _read(shown, STOOD_S)
    for topic in ("work", "tax"):
        for name in (f"pick:{tag}", "choose:self"):
            touch(name)
        if f"choose:{topic}" not in player.targets():
            touch("more")
        touch(f"choose:{topic}")
        while kiosk.visit.at.page is Page.QUESTION:
            question = kiosk.visit.at.question
            choices = [n for n in player.targets() if n.startswith("choose:")]
            touch(choices[0])
            if kiosk.visit.at.question == question and kiosk.visit.at.page is Page.QUESTION:
                touch("next")
        touch("skip")
        touch("back")
        touch("clear")
    return took


def _read(shown: KioskWindow, seconds: float) -> None:
    """Let the window live: its beats draw the likely next pages."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        shown.window.root.update()
        shown.window.root.after(5)


def engines(home: Path) -> Figures:
    """Longest stall of the window while speech and translation run, and what they take; milliseconds.

    Peer: the longest stall of the same window with nothing running.
    """
    from kiosk.app.demo import install_samples
    from kiosk.speech.sample import write_sample

    office = open_data(home)
    install_samples(office)
    voice = home / "voice.wav"
    write_sample(voice)
    with _window(office) as shown:
        shown.kiosk.visit.language = "ko"
        shown.actions.start()
        quiet = _stall(shown, _idle(shown, 3.0))
        from kiosk.speech.sources import WavFile

        shown.actions.hear_from(WavFile(voice))
        figures: Figures = {}
        busy = _stall(shown, lambda: _both(shown, figures))
    return {"stall_idle_ms": quiet, "stall_busy_ms": busy, **figures}


def _idle(shown: KioskWindow, seconds: float) -> Callable[[], None]:
    return lambda: _read(shown, seconds)


def _stall(shown: KioskWindow, work: Callable[[], None]) -> float:
    """The longest time between two beats of the window while `work` runs it, milliseconds."""
    beats = [time.perf_counter()]
    running = True

    def beat() -> None:
        beats.append(time.perf_counter())
        if running:
            shown.window.root.after(1, beat)

    beat()
    work()
    running = False
    gaps = [(after - before) * 1000 for before, after in itertools.pairwise(beats)]
    return max(gaps)


def _both(shown: KioskWindow, figures: Figures) -> None:
    """Listen to the sample and translate at the same time until both are over."""
    from kiosk.core.heard import Ended, Final, Partial
    from kiosk.errors import Trouble

    marks: dict[str, float] = {}
    begun = time.perf_counter()

    def mark(name: str) -> None:
        marks.setdefault(name, (time.perf_counter() - begun) * 1000)

    def heard(what: object) -> None:
        if isinstance(what, Partial | Final):
            mark("first_words_ms")
        elif isinstance(what, Ended | Trouble):
            mark("speech_done_ms")

    def translated(_: object) -> None:
        if "translation_first_ms" in marks:
            mark("translation_again_ms")
        else:
            mark("translation_first_ms")
            shown.actions.translate("임금 체불입니다.", "ko", translated)

    shown.actions.listen("ko", heard)
    shown.actions.translate("임금 체불입니다.", "ko", translated)
    while not {"speech_done_ms", "translation_again_ms"} <= marks.keys():
        shown.window.root.update()
        shown.window.root.after(2)
        if time.perf_counter() - begun > 120:
            raise Trouble("trouble.demo_stuck", log="the engines gave no answer")
    figures |= marks
    figures["translation_again_ms"] -= marks["translation_first_ms"]
