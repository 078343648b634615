"""`madoguchi bench translation`: a sentence there and back, against Argos doing the same calls.

Time and quality come from the same sentences, packages and search, in one run: every line of the samples'
corpus without slots, through the samples widened to the usual size (`bench_packages`), which answer as the
samples do and cost what a published package costs. Both are warm, in one process, and take turns sentence by
sentence, each first every other time. Once both have one thread, once each has the number it chooses by
itself. The processor's time is told beside the clock's: what others take meanwhile does not count in it.

Argos's sentence splitter downloads at the first translation and raises offline, so the peer gets one that
returns its sentence as it is; nothing else of it is changed, its beam of 4 neither.

The corpus ends at 11 English words, and the samples answer longer sentences with the sign for unknown words.
What 20 words cost is therefore drawn out from the lines that both answer alike, by least squares over their
English words; beside it stands the tenth of the lines that is longest in English, measured.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kiosk.app.bench_translation_figures import Line, Turn, Turns, figures
from kiosk.app.demo import SAMPLES
from kiosk.core.heard import Translation
from kiosk.errors import Trouble
from kiosk.translation.engine import TranslationEngine

Figures = dict[str, float]


def run(home: Path) -> Figures:
    """Both numbers of threads, each in a process of its own: Argos reads its folders and threads once."""
    from kiosk.app.bench_packages import widen
    from kiosk.translation.archive import install

    samples = home / "samples" / "translation"
    for package in sorted(SAMPLES.glob("*.argosmodel")):
        install(package, samples)
    wide = home / "wide"
    for folder in sorted(samples.iterdir()):
        widen(folder, wide)
    alone, own = (_measure(wide / "translation", threads) for threads in (1, 0))
    return {
        **{name: value for name, value in alone.items() if name != "threads"},
        "own_threads_ours_ms": own["ours_ms"],
        "own_threads_argos_ms": own["argos_ms"],
        "own_threads_of_argos": own["of_argos"],
        "own_threads_longest_of_argos": own["longest_of_argos"],
        "own_threads_chrf2": own["chrf2"],
        "own_threads_argos_chrf2": own["argos_chrf2"],
        "threads_chosen": own["threads"],
    }


def _measure(folder: Path, threads: int) -> Figures:
    command = [sys.executable, "-m", "kiosk.app.bench_translation", str(folder)]
    scratch = folder.parent / "argos"
    folders = dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(scratch))
    settings = {"ARGOS_PACKAGES_DIR": str(folder), "ARGOS_INTRA_THREADS": str(threads), "ARGOS_DEBUG": "0"}
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, **folders, **settings}
    )
    rows = (line.split() for line in done.stdout.splitlines())
    return {name: float(value) for name, value in rows}


def _argos() -> Callable[[str], tuple[str, str]]:
    """Argos's own translation there and back."""
    from argostranslate import translate

    class OneSentence:
        def __init__(self, _package: Any) -> None:
            pass

        def split_sentences(self, text: str) -> list[str]:
            return [text]

    translate.MiniSBDSentencizer = OneSentence
    there = translate.get_translation_from_codes("ko", "ja")
    back = translate.get_translation_from_codes("ja", "ko")

    def both(text: str) -> tuple[str, str]:
        japanese = there.translate(text)
        return japanese, back.translate(japanese)

    return both


def measure(folder: Path, cases: Sequence[Line]) -> Figures:
    """Every line once on both sides, in turns, after one that warms both up."""
    engine, argos = TranslationEngine(folder, threads=int(os.environ["ARGOS_INTRA_THREADS"])), _argos()
    engine.handle("load", "ko", lambda _value: None)
    _ours(engine, cases[0].korean), argos(cases[0].korean)
    turns: Turns = []
    again: list[float] = []
    for number, line in enumerate(cases):
        engine.handle("forget", None, _nobody)
        sides = [lambda line=line: _ours(engine, line.korean), lambda line=line: argos(line.korean)]
        first = number % 2
        done = {side: _turn(sides[side]) for side in (first, 1 - first)}
        turns.append((line, done[0], done[1]))
        again.append(_turn(sides[0]).wall)
    return {
        **figures(turns),
        "repeated_ms": statistics.mean(again),
        "threads": engine.shelf.threads,
        "four_packages_mb": engine.shelf.bytes() / 1e6,
    }


def _ours(engine: TranslationEngine, text: str) -> tuple[str, str]:
    """Both ways; a refused sentence gives nothing, and counts nothing."""
    try:
        made = engine.translate(text, "ko", _nobody)
    except Trouble:
        return "", ""
    return (made.japanese, made.back) if isinstance(made, Translation) else ("", "")


def lines() -> list[Line]:
    """Every line of the corpus without slots; the Korean said is the last wording, and wanted back
    is the first, which the packages were taught."""
    text = (SAMPLES.parent / "corpus.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in text if line and not line.startswith("#") and "{" not in line]
    cells = [[cell.split("|") for cell in row] for row in rows]
    return [Line(ko[-1], en[0], ja[0], ko[0]) for ko, en, ja in cells]


def _turn(work: Callable[[], tuple[str, str]]) -> Turn:
    wall, cpu = time.perf_counter(), time.process_time()
    japanese, back = work()
    return Turn(japanese, back, (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)


def _nobody(_value: object) -> None:
    """Nobody waits for progress here."""


if __name__ == "__main__":
    for name, value in measure(Path(sys.argv[1]), lines()).items():
        print(name, value)
