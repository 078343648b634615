"""A Korean voice for the demo and the tests, made on the spot: no recording of anybody is needed.

Vosk's Korean model does not understand espeak-ng's Korean (of 도와주세요 it hears 노 와 옥시 요), and
Debian has no other Korean voice. So the Japanese voice of OpenJTalk speaks Korean: its sounds are those of a
person, and its phonemes can be given directly, without kana. Each sentence's phonemes start from its Korean
pronunciation and were then varied until the model understood them best.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.speech.sound import Resampler, mixed
from kiosk.speech.wav import write_wav

if TYPE_CHECKING:
    from kiosk.speech.sound import Sound

_MORA_ENDS = frozenset("aiueoAIUEON") | {"cl"}
_PAUSE_S = 1.0
"""Before, between and after sentences: long enough for the recognizer to end an utterance."""


@dataclass(frozen=True)
class Sentence:
    """A Korean sentence, what the voice says for it, and what it means."""

    text: str
    japanese: str
    phonemes: str
    """OpenJTalk's phonemes, separated by spaces."""
    half_tones: float = -4.0
    """Lower than the voice's own pitch: the model understands that better."""
    accent: int = 0
    """The mora after which the pitch falls; 0 for the last."""
    speed: float = 1.0
    """Of the voice's own."""


SENTENCES = (
    Sentence(
        "임금 체불입니다",
        "賃金未払いです",
        "i m k u m ch e f o r i m n i t a",
        accent=3,
    ),
    Sentence(
        "사장님이 기다리라고 했습니다",
        "社長は待てと言いました",
        "s a j a g m y i m i k i t a r e r a cl k o k h e cl s u m n i d i",
        speed=1.2,
    ),
    Sentence(
        "어떻게 해야 합니까",
        "どうすればよいですか",
        "o cl t o k e h e e y a h a m m n i cl k a",
    ),
)


def write_sample(path: Path, rate: int = 16_000, sentences: tuple[Sentence, ...] = SENTENCES) -> None:
    """Speak the sentences into a WAV file with one channel. Needs pyopenjtalk and about 0.2 s each."""
    import numpy as np

    pause: Sound = np.zeros(round(rate * _PAUSE_S), dtype=np.float32)
    parts = [pause]
    for sentence in sentences:
        parts += [spoken(sentence, rate), pause]
    write_wav(path, np.concatenate(parts), rate)


def spoken(sentence: Sentence, rate: int) -> Sound:
    """One sentence as sound."""
    import numpy as np
    import pyopenjtalk

    labels = _labels(sentence.phonemes.split(), sentence.accent)
    sound, own = pyopenjtalk.synthesize(labels, sentence.speed, sentence.half_tones)
    resampler = Resampler(int(own), rate)
    voice = mixed((sound / np.abs(sound).max() * 0.7).astype(np.float32))
    return np.concatenate([resampler.push(voice), resampler.flush()])


def _labels(phonemes: list[str], accent: int) -> list[str]:
    """HTS full-context labels (the lab_format of the HTS Japanese demo) for one accent phrase."""
    morae = max(1, sum(phoneme in _MORA_ENDS for phoneme in phonemes))
    fall = min(accent or morae, morae)
    around = ["xx", "xx", "sil", *phonemes, "sil", "xx", "xx"]
    labels, mora = [], 1
    for index in range(len(phonemes) + 2):
        before2, before, here, after, after2 = around[index : index + 5]
        if here == "sil":
            place = _edge(morae, fall, first=index == 0)
        else:
            place = (
                f"/A:{mora - fall}+{mora}+{morae - mora + 1}/B:xx-xx_xx/C:02_xx+xx/D:xx+xx_xx"
                f"/E:xx_xx!xx_xx-xx/F:{morae}_{fall}#0_0@1_1|1_{morae}/G:xx_xx%xx_xx_xx/H:xx_xx"
                f"/I:1-{morae}@1+1&1-1|1+{morae}/J:xx_xx/K:1+1-{morae}"
            )
            mora = min(morae, mora + (here in _MORA_ENDS))
        labels.append(f"{before2}^{before}-{here}+{after}={after2}{place}")
    return labels


def _edge(morae: int, fall: int, *, first: bool) -> str:
    """The context of the silence before (which knows the phrase to come) or after the sentence."""
    past, coming = f"{morae}_{fall}!0_0-xx", f"{morae}_{fall}%0_0_xx"
    return (
        "/A:xx+xx+xx/B:xx-xx_xx/C:xx_xx+xx/D:xx+xx_xx"
        f"/E:{'xx_xx!xx_xx-xx' if first else past}/F:xx_xx#xx_xx@xx_xx|xx_xx"
        f"/G:{coming if first else 'xx_xx%xx_xx_xx'}/H:{'xx_xx' if first else f'1_{morae}'}"
        f"/I:xx-xx@xx+xx&xx-xx|xx+xx/J:{f'1_{morae}' if first else 'xx_xx'}/K:1+1-{morae}"
    )
