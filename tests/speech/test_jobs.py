"""Spoken choices, ends of listening and the microphone's test, in the worker with the Korean model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kiosk.core.heard import Ended, Final, Level, Picked, Spoken
from kiosk.data.spoken import confirming, read_spoken, spoken_choices
from kiosk.speech import asked
from kiosk.speech.asked import Choose, LevelTest
from kiosk.speech.microphones import judged
from kiosk.speech.recognizer import STOP, Listen
from kiosk.speech.sample import SENTENCES, Sentence, spoken
from kiosk.speech.sound import RATE
from kiosk.speech.sources import Microphone, WavFile
from kiosk.speech.wav import write_wav
from tests.speech.conftest import Window
from tests.speech.fakes import with_microphone, with_two_microphones, without_devices

Convert = Callable[..., Path]
Say = Callable[..., Path]
KOREAN = read_spoken("ko")
TOPICS = spoken_choices({"tax": "세금", "emergency": "사고·재해", "welfare": "연금·복지"}, KOREAN)


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """Phonemes as a WAV file with silence around."""

    def made(phonemes: str, half_tones: float = -4, speed: float = 1.0) -> Path:
        voice = spoken(Sentence("", "", phonemes, half_tones, speed=speed), RATE)
        still = [np.zeros(round(RATE * seconds), dtype=np.float32) for seconds in (0.5, 1.0)]
        path = tmp_path / "said.wav"
        write_wav(path, np.concatenate([still[0], voice, still[1]]), RATE)
        return path

    return made


@pytest.mark.parametrize(
    ("phonemes", "choice"), [("s e g u m", "tax"), ("s a g o", "emergency"), ("y o N g u m u", "welfare")]
)
def test_a_spoken_choice_is_picked_and_listening_ends(
    listening: Window, say: Say, phonemes: str, choice: str
) -> None:
    assert listening.answer("choose", Choose(WavFile(say(phonemes)), TOPICS)).trouble is None
    assert [picked.id for picked in listening.every(Picked)] == [choice]
    assert listening.values[-1] == Ended("picked")


@pytest.mark.parametrize(
    ("phonemes", "half_tones", "speed"),
    [("n e e", -1, 0.8), ("n e e", 2, 1.0), ("d e e", 2, 0.8), ("n e", 2, 0.65), ("m a j a y o", -4, 1.0),
     ("m a cl s u m n i d a", -4, 1.0), ("n e m a j a y o", -4, 1.0), ("y e m a cl s u m n i d a", -4, 1.0)],
)  # fmt: skip
def test_a_yes_is_heard_however_short(
    listening: Window, say: Say, phonemes: str, half_tones: float, speed: float
) -> None:
    said = say(phonemes, half_tones, speed)  # from 0.25 s; a Korean n begins like a d
    listening.answer("choose", Choose(WavFile(said), confirming(KOREAN)))
    assert [picked.id for picked in listening.every(Picked)] == ["yes"]
    assert listening.values[-1] == Ended("picked")


@pytest.mark.parametrize("phonemes", ["a n i y o", "a N m a cl s u m n i d a", "k u r o cl ch i a n a y o"])
def test_a_no_is_heard_as_no(listening: Window, say: Say, phonemes: str) -> None:
    listening.answer("choose", Choose(WavFile(say(phonemes)), confirming(KOREAN)))
    assert [picked.id for picked in listening.every(Picked)] == ["no"]


@pytest.mark.parametrize(
    "effects",
    [("synth", "0.3", "pinknoise", "fade", "q", "0.01", "0.3", "0.25", "vol", "0.5", "pad", "0.5", "1"),
     ("synth", "0.02", "whitenoise", "vol", "0.8", "pad", "0.5", "1"),
     ("synth", "0.4", "sine", "880", "vol", "0.4", "pad", "0.5", "1")],
    ids=["cough", "knock", "beep"],
)  # fmt: skip
def test_a_noise_is_no_yes(listening: Window, convert: Convert, effects: tuple[str, ...]) -> None:
    noise = convert(None, "-r", "16000", "-b", "16", effects=effects)
    listening.answer("choose", Choose(WavFile(noise), confirming(KOREAN)))
    assert "yes" not in [picked.id for picked in listening.every(Picked)]


@pytest.mark.parametrize(
    "phonemes", ["a n i e y o", "a N m a j a y o", "t u ry o y o", "a n j o a y o", "s e g u m"]
)
def test_a_no_in_other_words_and_what_is_neither_is_never_a_yes(
    listening: Window, say: Say, phonemes: str
) -> None:
    listening.answer("choose", Choose(WavFile(say(phonemes)), confirming(KOREAN)))
    assert "yes" not in [picked.id for picked in listening.every(Picked)]


def test_a_sentence_that_is_no_choice_picks_none(listening: Window, say: Say) -> None:
    listening.answer("choose", Choose(WavFile(say(SENTENCES[1].phonemes)), TOPICS))
    assert [picked.id for picked in listening.every(Picked)] in ([""], ["", ""])
    assert listening.values[-1] == Ended("source")


def test_silence_ends_a_choice_by_itself(listening: Window, convert: Convert) -> None:
    still = convert(None, "-r", "16000", "-b", "16", effects=("trim", "0", "6"))
    listening.answer("choose", Choose(WavFile(still), TOPICS, silence_s=2.0))
    assert listening.values[-1] == Ended("silence")
    assert listening.every(Picked) == []


def test_choices_of_unknown_words_are_told(listening: Window, korean: Path) -> None:
    trouble = listening.answer("choose", Choose(WavFile(korean), (Spoken("a", ("qqqq",)),))).trouble
    assert trouble is not None
    assert trouble.key == "trouble.no_spoken_choices"


def test_a_pause_to_think_does_not_end_it_and_a_long_silence_does(
    listening: Window, korean: Path, convert: Convert
) -> None:
    paused = convert(korean, effects=("pad", "2.5@3.5", "8"))
    listening.answer("listen", Listen(WavFile(paused), quiet_s=4.0))
    assert len(listening.every(Final)) == len(SENTENCES)
    assert listening.values[-1] == Ended("quiet")
    listening.answer("listen", Listen(WavFile(paused), quiet_s=1.9))
    assert 1 <= len(listening.every(Final)) < len(SENTENCES)
    assert listening.values[-1] == Ended("quiet")


def test_nothing_said_at_all_ends_in_silence(listening: Window, convert: Convert) -> None:
    hiss = convert(None, "-r", "16000", "-b", "16", effects=("synth", "5", "whitenoise", "vol", "0.002"))
    listening.answer("listen", Listen(WavFile(hiss), silence_s=3.0))
    assert listening.values[-1] == Ended("silence")
    assert 36 <= len(listening.every(Level)) <= 39


def test_the_level_says_when_somebody_speaks(listening: Window, korean: Path) -> None:
    listening.answer("listen", Listen(WavFile(korean)))
    spoken_now = [level.speech for level in listening.every(Level)]
    assert not any(spoken_now[:10])
    assert sum(spoken_now) > 20


@pytest.mark.parametrize("effects", [("gain", "-40"), ("gain", "14")], ids=["faint", "clipped"])
def test_faint_and_clipped_speech_is_heard_in_part(
    listening: Window, korean: Path, convert: Convert, effects: tuple[str, ...]
) -> None:
    assert listening.answer("listen", Listen(WavFile(convert(korean, effects=effects)))).trouble is None
    assert listening.every(Final)


def test_samples_that_are_no_numbers_are_silence(listening: Window, tmp_path: Path) -> None:
    import struct

    data = np.full(RATE, np.nan, dtype="<f4").tobytes()
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 3, 1, RATE,
                       RATE * 4, 4, 32, b"data", len(data))  # fmt: skip
    (tmp_path / "nan.wav").write_bytes(head + data)
    assert listening.answer("listen", Listen(WavFile(tmp_path / "nan.wav"))).trouble is None
    assert listening.every(Final) == []


def test_microphones_are_listed_and_one_is_found_by_a_part_of_its_name(
    fresh: Callable[..., Window], korean: Path, convert: Convert
) -> None:
    window = fresh(with_two_microphones, convert(korean, "-r", "48000"))
    found = window.answer("microphones", None).value
    assert [(device.name, device.default) for device in found] == [("Webcam", True), ("USB Audio", False)]
    tested = window.answer("level", LevelTest(Microphone("usb"), 8.0)).value
    assert isinstance(tested, asked.Tested)
    assert tested.verdict == "ok"
    assert len(window.every(Level)) > 20
    missing = window.answer("level", LevelTest(Microphone("Studio"), 8.0)).trouble
    assert missing is not None
    assert missing.key == "trouble.no_microphone"


def test_no_device_at_all_is_told(fresh: Callable[..., Window]) -> None:
    trouble = fresh(without_devices).answer("microphones", None).trouble
    assert trouble is not None
    assert trouble.key == "trouble.no_microphone"


def test_a_level_test_can_be_stopped(fresh: Callable[..., Window], korean: Path, convert: Convert) -> None:
    window = fresh(with_microphone, convert(korean, "-r", "48000"), 1.0, False)
    number = window.ask("level", LevelTest(Microphone(), 600.0))
    window.until(lambda: window.every(Level))
    window.worker.tell(number, STOP)
    assert window.rest().value.verdict in ("nothing", "ok")


def levels(speech: float, noise: float, clipped: bool = False) -> list[Level]:
    return [Level(noise)] * 20 + [Level(speech, clipped, True)] * 20


@pytest.mark.parametrize(
    ("heard", "verdict"),
    [
        (levels(-20, -60), "ok"),
        (levels(-50, -75), "too_quiet"),
        (levels(-3, -60, True), "too_loud"),
        (levels(-20, -30), "noisy"),
        ([Level(-60)] * 40, "nothing"),
        ([], "nothing"),
    ],
)
def test_a_microphone_is_judged(heard: list[Level], verdict: str) -> None:
    assert judged(heard).verdict == verdict
