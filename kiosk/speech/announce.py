"""The call display's voice: a chime of our own, then the call in one language after the other."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kiosk.errors import Trouble
from kiosk.speech.sound import Resampler
from kiosk.speech.voice import STOP, Speaker, WavSink, open_sink, synthesize

if TYPE_CHECKING:
    from kiosk.speech.sound import Sound
    from kiosk.workers import Line

RATE = 48_000
"""Hz of all that is played in one announcement."""
STRIKES = ((0.0, 659.26), (0.42, 523.25))
"""The chime: seconds from its start and Hz; e'' and c'', a falling third, as in halls everywhere."""
PARTIALS = ((1.0, 1.0, 1.1), (2.0, 0.35, 0.6), (3.01, 0.12, 0.35))
"""Of a struck bar: times its pitch, loudness, and seconds until it has faded to a third."""
CHIME_S = 2.2
CHIME_PEAK = 0.6
_ATTACK_S = 0.008  # without it a strike begins with a click
_STEP_S = 0.05
_PAUSE_S = 0.45
_NATIVE_DIGITS = {"espeak:ne": "०१२३४५६७८९"}  # espeak reads 0 to 9 in English there


@dataclass(frozen=True)
class Sentence:
    """A sentence as the catalogue has it, and the voice that reads it (`openjtalk`, `espeak:ko`)."""

    sentence: str
    voice: str


@dataclass(frozen=True)
class Announce:
    """One call. `volume` is 0 to 1."""

    spoken: tuple[Sentence, ...]
    volume: float = 1.0
    sink: Speaker | WavSink = field(default_factory=Speaker)


class AnnounceEngine:
    """Jobs: "check" (a Speaker: whether it is there), "load" (names of voices, to warm them up) and
    "announce" (an Announce)."""

    def handle(self, job: str, payload: Any, emit: Line) -> bool:
        """Answers whether every sentence was spoken, and to its end. A voice that fails is passed over,
        since the others may be understood. Raises Trouble("trouble.no_speaker")."""
        if job == "check":
            open_sink(payload, RATE).close()
            return True
        if job == "load":
            for voice in payload:
                synthesize("1", voice)
            return True
        if job == "announce":
            return _announce(payload, emit)
        raise ValueError(f"no such job: {job}")


def chime() -> Sound:
    """Two strikes of a bar, computed: no recording of anybody's. One channel at RATE, peak CHIME_PEAK."""
    import numpy as np

    made = np.zeros(round(CHIME_S * RATE))
    for start, pitch in STRIKES:
        begin = round(start * RATE)
        time = np.arange(len(made) - begin) / RATE
        rise = np.minimum(1.0, time / _ATTACK_S)
        for times, loud, fade in PARTIALS:
            made[begin:] += loud * rise * np.exp(-time / fade) * np.sin(2 * math.pi * pitch * times * time)
    made[-round(0.2 * RATE) :] *= np.linspace(1, 0, round(0.2 * RATE))
    sound: Sound = (made * (CHIME_PEAK / np.abs(made).max())).astype(np.float32)
    return sound


def in_its_digits(spoken: Sentence) -> str:
    """The sentence with the digits the voice reads in its own language."""
    native = _NATIVE_DIGITS.get(spoken.voice)
    return spoken.sentence.translate(str.maketrans("0123456789", native)) if native else spoken.sentence


def _announce(asked: Announce, emit: Line) -> bool:
    import numpy as np

    failed: list[str] = []
    sink = open_sink(asked.sink, RATE)
    try:
        for sound in _sounds(asked, failed):
            loud = (sound * asked.volume).astype(np.float32)
            step = round(RATE * _STEP_S)
            for start in range(0, len(loud), step):
                if emit.dropped or STOP in emit.inbox():
                    sink.stop()
                    return False
                sink.play(loud[start : start + step])
    finally:
        sink.close()
    return not failed


def _sounds(asked: Announce, failed: list[str]) -> Iterator[Sound]:
    """The chime at once, then each sentence, made while the one before rings out."""
    import numpy as np

    yield chime()
    for spoken in asked.spoken:
        try:
            sound, rate = synthesize(in_its_digits(spoken), spoken.voice)
        except Trouble:
            failed.append(spoken.voice)
            continue
        resampler = Resampler(rate, RATE)
        yield np.concatenate([resampler.push(sound), resampler.flush()])
        yield np.zeros(round(RATE * _PAUSE_S), dtype=np.float32)
