"""`madoguchi bench translation`: a sentence there and back, against Argos doing the same calls.

Measured with the sample packages, which give the quality (letter groups shared with the corpus), and with the
same widened to the usual size (`bench_packages`), which give the time. Argos's sentence splitter downloads
at the first translation and raises offline, so the peer gets one that returns its sentence as it is; nothing
else of it is changed. Both are warm, in one process, and take turns sentence by sentence. Once both have one
thread; once each has the number it chooses by itself.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.app.demo import SAMPLES
from kiosk.errors import Trouble
from kiosk.translation.agreement import agreement
from kiosk.translation.engine import TranslationEngine

Figures = dict[str, float]
ROUNDS, SENTENCES = 5, 60
TIMED = (
    "회사가 두 달 동안 월급을 주지 않았습니다.",
    "네 달 동안 잔업 수당을 받지 못했습니다.",
    "월급에서 돈을 너무 많이 뺐습니다.",
)
"""Long ones that both translate alike with one call a package: the same work on both sides. In English they
have about 10 words; a sentence of 20 takes about twice as long, on both sides."""


def run(home: Path) -> Figures:
    """Both kinds of packages, each in a process of its own: Argos reads its folders and threads once."""
    from kiosk.app.bench_packages import widen
    from kiosk.translation.archive import install

    samples = home / "samples" / "translation"
    for package in sorted(SAMPLES.glob("*.argosmodel")):
        install(package, samples)
    wide = home / "wide"
    for folder in sorted(samples.iterdir()):
        widen(folder, wide)
    own = _measure(samples, "quality", 1)
    alone = _measure(wide / "translation", "time", 1)
    usual = _measure(wide / "translation", "time", 0)
    return {
        **own,
        "sentence_ms": alone["ours_ms"],
        "argos_one_thread_ms": alone["argos_ms"],
        "sentence_own_threads_ms": usual["ours_ms"],
        "argos_own_threads_ms": usual["argos_ms"],
        "of_argos_one_thread": alone["ours_ms"] / alone["argos_ms"],
        "of_argos_own_threads": usual["ours_ms"] / usual["argos_ms"],
        "threads_chosen": usual["threads"],
        "repeated_ms": alone["repeated_ms"],
        "four_packages_mb": alone["held_mb"],
    }


def _measure(folder: Path, what: str, threads: int) -> Figures:
    command = [sys.executable, "-m", "kiosk.app.bench_translation", str(folder), what]
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


def time_it(folder: Path) -> Figures:
    """The quickest of the rounds, mean of the sentences, there and back, milliseconds: what others take from
    the processor meanwhile does not count."""
    threads = int(os.environ["ARGOS_INTRA_THREADS"])
    engine, argos = TranslationEngine(folder, threads=threads), _argos()
    engine.load("ko")
    ours: dict[str, list[float]] = {text: [] for text in TIMED}
    theirs: dict[str, list[float]] = {text: [] for text in TIMED}
    again: dict[str, list[float]] = {text: [] for text in TIMED}
    for number in range(ROUNDS + 1):
        for text in TIMED:
            engine.handle("forget", None, _nobody)
            took = [
                _ms(lambda text=text: engine.translate(text, "ko", _nobody)),  # type: ignore[misc]
                _ms(lambda text=text: argos(text)),  # type: ignore[misc]
                _ms(lambda text=text: engine.translate(text, "ko", _nobody)),  # type: ignore[misc]
            ]
            if number:  # the first round warms both up
                for row, value in zip((ours, theirs, again), took, strict=True):
                    row[text].append(value)
    return {
        "ours_ms": _quickest(ours),
        "argos_ms": _quickest(theirs),
        "repeated_ms": _quickest(again),
        "threads": engine.shelf.threads,
        "held_mb": engine.shelf.bytes() / 1e6,
    }


def quality(folder: Path) -> Figures:
    """Mean F score of letter groups (0 to 100) against the corpus; a refused sentence counts nothing."""
    engine, argos = TranslationEngine(folder, threads=1), _argos()
    cases = _cases()
    ours = [agreement(wanted, _answer(engine, text)) for text, wanted in cases]
    theirs = [agreement(wanted, argos(text)[0]) for text, wanted in cases]
    return {
        "sentences": len(cases),
        "chrf3": 100 * statistics.mean(ours),
        "argos_chrf3": 100 * statistics.mean(theirs),
    }


def _answer(engine: TranslationEngine, text: str) -> str:
    try:
        made = engine.translate(text, "ko", _nobody)
    except Trouble:
        return ""
    return "" if made is None else made.japanese


def _cases() -> list[tuple[str, str]]:
    """Korean and Japanese of the corpus's lines without slots, spread over all of it."""
    lines = (SAMPLES.parent / "corpus.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#") and "{" not in line]
    chosen = rows[:: max(1, len(rows) // SENTENCES)][:SENTENCES]
    return [(korean.split("|")[-1], japanese.split("|")[0]) for korean, _, japanese in chosen]


def _quickest(rounds: dict[str, list[float]]) -> float:
    return statistics.mean(min(values) for values in rounds.values())


def _ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _nobody(_value: object) -> None:
    """Nobody waits for progress here."""


if __name__ == "__main__":
    measured = {"time": time_it, "quality": quality}[sys.argv[2]](Path(sys.argv[1]))
    for name, value in measured.items():
        print(name, value)
