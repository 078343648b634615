"""`madoguchi bench speech`: how soon words and choices come, and how many are right, against stock Vosk.

The sample voice (kiosk.speech.sample), so that everybody can repeat it; times are seconds of sound plus the
time the machine was behind it at that moment, as a person at a microphone would wait.

The first partial is bounded by the scout's tries (kiosk.speech.ears): 0.46 s after speech began, and again at
0.62 and 0.78 s where it makes out no word, plus the 0.02 to 0.15 s that a try takes; the first tries after
loading and warming up take longest, since the graph's parts for these very words are put together then.
Sooner tries show wrong words: how many first words begin as what is said does is told beside the time.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.core.heard import Final, Partial, Picked
from kiosk.errors import Trouble

if TYPE_CHECKING:
    from kiosk.speech.sound import Sound

Figures = dict[str, float]
TAKES = 3
PEER_SAMPLES = 4000
CHOICES = ("a n i y o", "아니요"), ("s e g u m", "세금"), ("s a g o", "사고")
"""Spoken choices of the topics' second page, or yes and no: phonemes, and the word."""
_ROUNDS = 4


def run(_: Path) -> Figures:
    """See the module; the peer is KaldiRecognizer with chunks of 4000 samples and nothing around it.

    Raises Trouble: `no_speech_model` where the Korean model's package is not installed.
    """
    from kiosk.speech.models import check_model, packaged

    model = packaged("ko")
    if model is None:
        raise Trouble("trouble.no_speech_model", log="the Korean model's package is not installed")
    check_model(model)
    import vosk

    vosk.SetLogLevel(-1)
    begun = time.perf_counter()
    loaded = vosk.Model(str(model))
    load = time.perf_counter() - begun
    begun = time.perf_counter()
    engine = _warm(loaded)
    figures: Figures = {"load_s": load, "warm_up_s": time.perf_counter() - begun}
    figures |= _sentences(loaded, engine)
    figures |= _levels(loaded, engine)
    figures |= _choices(loaded, engine)
    return figures


def _warm(model: Any) -> Any:
    from kiosk.speech.ears import Ears

    ears = Ears(model)
    for _ in ears.warm():
        pass
    return ears


def _voices() -> tuple[list[tuple[str, Sound]], float]:
    """Every sentence with half a second before it and 2 s behind, and where its sound begins, seconds."""
    import numpy as np

    from kiosk.speech.sample import SENTENCES, spoken
    from kiosk.speech.sound import RATE

    made = []
    for sentence in SENTENCES:
        voice = trimmed(spoken(sentence, RATE))
        before, behind = (np.zeros(round(RATE * s), dtype=np.float32) for s in (0.5, 2.0))
        made.append((sentence.text, np.concatenate([before, voice, behind])))
    return made, 0.5


def trimmed(voice: Sound) -> Sound:
    """The voice without the silence around it."""
    import numpy as np

    loud = np.flatnonzero(np.abs(voice) > 0.01)
    return voice[loud[0] : loud[-1] + 1]


def _sentences(model: Any, ears: Any) -> Figures:
    """Over the sentences: first partial after speech began, final after it ended, real-time factor."""
    from kiosk.speech.sound import RATE

    voices, begin = _voices()
    ours: list[tuple[float, float, float]] = []
    peers: list[tuple[float, float, float]] = []
    right = [0, 0]
    for _ in range(_ROUNDS):
        for text, sound in voices:
            end = len(sound) / RATE - 2.0
            for side, (times, step, hear) in enumerate(
                ((ours, 1280, _our_ears(ears)), (peers, PEER_SAMPLES, _stock(model)))
            ):
                *figures, words = _timed(sound, begin, end, step, hear)
                times.append((figures[0], figures[1], figures[2]))
                right[side] += _begins(words, text)
    first, last, factor = (statistics.median(column) for column in zip(*ours, strict=True))
    peer_first, peer_last, peer_factor = (statistics.median(column) for column in zip(*peers, strict=True))
    return {
        "first_partial_s": first,
        "first_partial_worst_s": max(one[0] for one in ours),
        "first_partial_right": right[0] / len(ours),
        "final_s": last,
        "final_worst_s": max(one[1] for one in ours),
        "real_time_factor": factor,
        "vosk_first_partial_s": peer_first,
        "vosk_first_partial_right": right[1] / len(peers),
        "vosk_final_s": peer_last,
        "vosk_real_time_factor": peer_factor,
        "first_partial_to_vosk": first / peer_first,
        "final_to_vosk": last / peer_last,
        "real_time_factor_to_vosk": factor / peer_factor,
    }


Hear = Callable[["Sound"], tuple[bool, bool, str]]
"""A chunk in; whether words were shown, whether they are final, and the words."""


def _begins(words: str, said: str) -> bool:
    """Whether the first two letters are those of what is said."""
    start = words.replace(" ", "")[:2]
    return bool(start) and said.replace(" ", "").startswith(start)


def _timed(sound: Sound, begin: float, end: float, step: int, hear: Hear) -> tuple[float, float, float, str]:
    """First words after `begin`, final ones after `end`, the time used per second of sound, the first words.

    A chunk is given when its last sample would have come; work that is not done by then delays the next.
    """
    from kiosk.speech.sound import RATE

    first = final = len(sound) / RATE
    done = used = 0.0
    words = ""
    for start in range(0, len(sound), step):
        came = min(start + step, len(sound)) / RATE
        begun = time.perf_counter()
        shown, ended, text = hear(sound[start : start + step])
        took = time.perf_counter() - begun
        used += took
        done = max(done, came) + took
        if shown or ended:
            first, words = min(first, done), words or text
        if ended:
            final = done
    return first - begin, final - end, used / (len(sound) / RATE), words


def _our_ears(ears: Any, gain: Any = None) -> Hear:
    """As the engine listens; `gain` is the one of the stretch before on the same microphone."""
    from kiosk.speech.gain import Gain

    ears.rest()
    gain = gain or Gain()
    gain.begin()

    def hear(sound: Sound) -> tuple[bool, bool, str]:
        speech = ears.activity.push(sound)
        told = ears.take(gain.push(sound, speech), speech, hurried=False)
        shown = any(isinstance(one, Partial) and one.text for one in told)
        finals = [one.text for one in told if isinstance(one, Final)]
        partials = [one.text for one in told if isinstance(one, Partial)]
        return shown, bool(finals), " ".join(finals or partials)

    return hear


def _stock(model: Any) -> Hear:
    import vosk

    from kiosk.speech.sound import RATE, as_pcm

    recognizer = vosk.KaldiRecognizer(model, RATE)

    def hear(sound: Sound) -> tuple[bool, bool, str]:
        if recognizer.AcceptWaveform(as_pcm(sound)):
            text = json.loads(recognizer.Result())["text"]
            return False, bool(text), text
        partial = str(json.loads(recognizer.PartialResult())["partial"])
        return bool(partial), False, partial

    return hear


def _levels(model: Any, ears: Any) -> Figures:
    """Share of wrong letters at several loudnesses, over a few takes that begin at different samples."""
    from kiosk.speech.gain import Gain

    figures: Figures = {}
    for name, factor in (("normal", 1.0), ("quiet", 0.03), ("faint", 0.008), ("clipped", 3.0)):
        ours = peers = letters = 0
        gain = Gain()
        for text, sound in _takes(factor):
            letters += len(text)
            ours += wrong(_heard(sound, 1280, _our_ears(ears, gain), ears), text)
            peers += wrong(_heard(sound, PEER_SAMPLES, _stock(model)), text)
        figures |= {f"wrong_letters_{name}": ours / letters, f"vosk_wrong_letters_{name}": peers / letters}
    return figures


def _takes(factor: float) -> list[tuple[str, Sound]]:
    import numpy as np

    voices, _ = _voices()
    made = []
    for take in range(TAKES):
        for text, sound in voices:
            moved = np.concatenate([np.zeros(137 * take, dtype=np.float32), sound]) * factor
            made.append((text.replace(" ", ""), np.clip(moved, -1, 1).astype(np.float32)))
    return made


def _heard(sound: Sound, step: int, hear: Hear, ears: Any = None) -> str:
    told = [hear(sound[start : start + step]) for start in range(0, len(sound), step)]
    texts = [text for _, ended, text in told if ended]
    last = ears.rest() if ears is not None else None
    return "".join([*texts, last.text if last else ""]).replace(" ", "")


def wrong(heard: str, said: str) -> int:
    """Letters to change, add or take away until what was heard is what was said (Levenshtein)."""
    row = list(range(len(said) + 1))
    for place, letter in enumerate(heard, 1):
        before, row[0] = row[0], place
        for i, theirs in enumerate(said, 1):
            before, row[i] = row[i], min(row[i] + 1, row[i - 1] + 1, before + (letter != theirs))
    return row[-1]


def _choices(model: Any, ears: Any) -> Figures:
    """Median time from the end of a spoken choice to its answer, and how many were understood."""
    import numpy as np

    from kiosk.core.heard import Spoken
    from kiosk.speech.sample import Sentence, spoken
    from kiosk.speech.sound import RATE

    choices = tuple(Spoken(word, (word,)) for _, word in CHOICES)
    waits, right = [], 0
    for phonemes, word in CHOICES * _ROUNDS:
        voice = trimmed(spoken(Sentence(word, "", phonemes), RATE))
        still = np.zeros(RATE // 2, dtype=np.float32)
        wait, found = _picked(model, ears, choices, np.concatenate([still, voice, still, still]))
        waits.append(wait - 0.5 - len(voice) / RATE)
        right += found == word
    return {
        "choice_s": statistics.median(waits),
        "choice_worst_s": max(waits),
        "choices_right": right / len(waits),
    }


def _picked(model: Any, ears: Any, choices: Any, sound: Sound) -> tuple[float, str]:
    from kiosk.speech.choosing import Chooser
    from kiosk.speech.gain import Gain
    from kiosk.speech.recognizer import SHORT_CHUNK_S
    from kiosk.speech.sound import RATE

    chooser = Chooser(model, ears.scout, choices, lambda word: model.vosk_model_find_word(word) >= 0)
    gain, done, step = Gain(), 0.0, round(SHORT_CHUNK_S * RATE)
    for start in range(0, len(sound), step):
        chunk, begun = sound[start : start + step], time.perf_counter()
        told = chooser.take(gain.push(chunk, chooser.activity.push(chunk)))
        done = max(done, (start + len(chunk)) / RATE) + time.perf_counter() - begun
        for one in told:
            if isinstance(one, Picked):
                chooser.rest()
                return done, one.id
    chooser.rest()
    return done, ""
