"""The whole path: a sound source, the worker process, Vosk with the Korean model, the window's poll."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.core.heard import Ended, Final, Level, Partial
from kiosk.speech.recognizer import STOP, Listen, SpeechEngine
from kiosk.speech.sample import SENTENCES
from kiosk.speech.sound import CHUNK_S
from kiosk.speech.sources import Microphone, WavFile
from kiosk.workers import Reply
from tests.speech.conftest import Window
from tests.speech.fakes import with_hanging_microphone, with_microphone, without_devices, without_portaudio

Convert = Callable[..., Path]


def told(reply: Reply) -> str:
    """The key of the trouble in an answer."""
    return reply.trouble.key if reply.trouble else ""


def heard(window: Window) -> str:
    return " ".join(final.text for final in window.every(Final))


@pytest.fixture(scope="module")
def reference(listening: Window, korean: Path) -> str:
    """What the model hears in the sample itself."""
    listening.answer("listen", Listen(WavFile(korean)))
    return heard(listening)


def likeness(one: str, other: str) -> float:
    """1 for the same letters in the same order, spaces apart: Vosk parts Korean words differently."""
    one, other = one.replace(" ", ""), other.replace(" ", "")
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, theirs in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != theirs))
    return 1 - row[-1] / max(len(one), len(other), 1)


def test_the_window_is_never_held_up(listening: Window, korean: Path) -> None:
    """The window's thread only takes values from a queue: its share of the work is next to nothing."""
    listening.ask("listen", Listen(WavFile(korean)))
    used = time.thread_time()
    listening.until(lambda: listening.last is not None)
    used = time.thread_time() - used
    seconds_of_sound = len(listening.every(Level)) * CHUNK_S
    assert used < seconds_of_sound / 4


def test_words_come_while_the_person_speaks_and_end_as_finals(listening: Window, korean: Path) -> None:
    reply = listening.answer("listen", Listen(WavFile(korean)))
    assert reply.trouble is None
    assert likeness(heard(listening), " ".join(sentence.text for sentence in SENTENCES)) > 0.8
    assert len(listening.every(Final)) == len(SENTENCES)
    assert "임금체불" in heard(listening)  # unpaid wages: what the visit is about
    assert listening.values[-1] == Ended("source")
    assert len(listening.every(Ended)) == 1
    partials = listening.every(Partial)
    assert len(partials) > 2
    assert partials == [p for p, before in zip(partials, [None, *partials], strict=False) if p != before]
    assert listening.values.index(partials[0]) < listening.values.index(listening.every(Final)[0])
    levels = listening.every(Level)
    assert all(-90 <= level.dbfs <= 0 for level in levels)
    assert max(level.dbfs for level in levels) > -20
    for final in listening.every(Final):
        assert final.text == " ".join(word.text for word in final.words)
        assert all(0 <= word.confidence <= 1 for word in final.words)


def test_levels_come_ten_to_twenty_times_a_second_of_sound(listening: Window, convert: Convert) -> None:
    ten_seconds = convert(
        None, "-r", "16000", "-b", "16", effects=("synth", "10", "sine", "5", "vol", "0.01")
    )
    listening.answer("listen", Listen(WavFile(ten_seconds)))
    assert 100 <= len(listening.every(Level)) <= 200


@pytest.mark.parametrize(
    "options",
    [
        ("-r", "44100", "-b", "16", "-c", "2"),
        ("-r", "48000", "-b", "24", "-c", "2"),
        ("-r", "48000", "-e", "floating-point", "-b", "32"),
        ("-r", "96000", "-b", "32", "-c", "6"),
    ],
    ids=" ".join,
)
def test_any_recording_of_the_sentences_is_heard_nearly_the_same(
    listening: Window, korean: Path, reference: str, convert: Convert, options: tuple[str, ...]
) -> None:
    reply = listening.answer("listen", Listen(WavFile(convert(korean, *options))))
    assert reply.trouble is None
    assert likeness(heard(listening), reference) > 0.7


@pytest.mark.parametrize(
    "options", [("-r", "8000"), ("-r", "22050", "-e", "unsigned-integer", "-b", "8")], ids=" ".join
)
def test_of_poor_sound_a_part_is_heard(
    listening: Window, korean: Path, convert: Convert, options: tuple[str, ...]
) -> None:
    # Telephone sound has nothing above 4 kHz, which the model was trained with; 8 bits hiss. Which part comes
    # through differs, as the model's features carry a little random noise of their own.
    reply = listening.answer("listen", Listen(WavFile(convert(korean, *options))))
    assert reply.trouble is None
    assert any(word in heard(listening) for word in ("사장님", "어떻게")), heard(listening)


@pytest.mark.parametrize("effects", [("trim", "0", "4"), ("synth", "4", "whitenoise", "vol", "0.002")])
def test_silence_is_no_words(listening: Window, convert: Convert, effects: tuple[str, ...]) -> None:
    quiet = convert(None, "-r", "16000", "-b", "16", effects=effects)
    reply = listening.answer("listen", Listen(WavFile(quiet)))
    assert reply.trouble is None
    assert listening.every(Final) == []
    assert listening.values[-1] == Ended("source")


def test_noise_is_not_given_out_as_words(listening: Window, convert: Convert) -> None:
    beeps = ("synth", "0.2", "sine", "880", "vol", "0.4", "pad", "0.3", "0.3", "repeat", "4")
    listening.answer("listen", Listen(WavFile(convert(None, "-r", "16000", "-b", "16", effects=beeps))))
    assert listening.every(Final) == []


def test_pressing_again_ends_it_and_the_last_words_come(
    listening: Window, korean: Path, convert: Convert
) -> None:
    endless = convert(korean, effects=("pad", "0", "60"))
    number = listening.ask("listen", Listen(WavFile(endless, realtime=True)))
    listening.until(lambda: len(listening.every(Partial)) >= 2)
    listening.worker.tell(number, STOP)
    assert listening.rest().trouble is None
    assert listening.values[-1] == Ended("pressed")
    assert heard(listening) != ""


def test_the_limit_ends_it(listening: Window, korean: Path) -> None:
    listening.answer("listen", Listen(WavFile(korean), limit_s=1.6))
    assert listening.values[-1] == Ended("limit")
    assert len(listening.every(Level)) == 20


def test_an_abandoned_visit_lets_go_of_the_source(listening: Window, korean: Path, convert: Convert) -> None:
    endless = convert(korean, effects=("pad", "0", "600"))
    number = listening.ask("listen", Listen(WavFile(endless, realtime=True), limit_s=600))
    listening.until(lambda: listening.values)
    listening.worker.drop(number)
    known = len(listening.values)
    window_values = listening.values
    listening.answer("listen", Listen(WavFile(korean), limit_s=0.5))  # waits for the first to have ended
    assert len(window_values) == known


def test_a_damaged_file_is_told_and_nothing_else(listening: Window, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.wav"
    damaged.write_bytes(b"RIFF\x24\0\0\0WAVEfmt broken")
    for path in (damaged, tmp_path / "missing.wav"):
        trouble = listening.answer("listen", Listen(WavFile(path))).trouble
        assert trouble is not None
        assert trouble.key == "trouble.sound_file"
        assert listening.values == []


def test_listening_without_a_model_is_told(fresh: Callable[..., Window], korean: Path) -> None:
    trouble = fresh(SpeechEngine).answer("listen", Listen(WavFile(korean))).trouble
    assert trouble is not None
    assert trouble.key == "trouble.no_speech_model"


def test_a_damaged_model_is_told(fresh: Callable[..., Window], model: Path, tmp_path: Path) -> None:
    broken = tmp_path / "ko"
    shutil.copytree(model, broken, copy_function=os.symlink)
    acoustic = broken / "am" / "final.mdl"
    size = acoustic.stat().st_size
    acoustic.unlink()
    acoustic.write_bytes(b"\0B" + bytes(size - 2))
    trouble = fresh(SpeechEngine).answer("load", broken).trouble
    assert trouble is not None
    assert trouble.key == "trouble.model_damaged"


def test_a_model_cut_short_never_takes_the_window_along(
    fresh: Callable[..., Window], model: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "ko"
    shutil.copytree(model, broken, copy_function=os.symlink)
    acoustic = broken / "am" / "final.mdl"
    whole = acoustic.read_bytes()
    acoustic.unlink()
    acoustic.write_bytes(whole[: len(whole) // 2])
    trouble = fresh(SpeechEngine).answer("load", broken).trouble
    assert trouble is not None
    assert trouble.key in ("trouble.model_damaged", "trouble.engine_stopped")


def test_a_crash_in_the_middle_is_told_and_the_next_press_works(
    fresh: Callable[..., Window], model: Path, korean: Path, convert: Convert
) -> None:
    window = fresh(SpeechEngine)
    window.answer("load", model)
    endless = convert(korean, effects=("pad", "0", "60"))
    window.ask("listen", Listen(WavFile(endless, realtime=True)))
    window.until(lambda: window.every(Partial))
    pid = window.worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    trouble = window.rest().trouble
    assert trouble is not None
    assert trouble.key == "trouble.engine_stopped"
    assert window.answer("load", model).trouble is None
    assert window.answer("listen", Listen(WavFile(korean))).trouble is None
    assert heard(window) != ""


def test_a_microphone_pulled_out_keeps_what_was_heard(
    fresh: Callable[..., Window], model: Path, korean: Path, convert: Convert
) -> None:
    card = convert(korean, "-r", "48000")
    window = fresh(with_microphone, card, 2.5, True)
    window.answer("load", model)
    trouble = window.answer("listen", Listen(Microphone())).trouble
    assert trouble is not None
    assert trouble.key == "trouble.microphone_lost"
    assert heard(window) != ""
    assert window.values[-1] == Ended("source")


def test_a_press_before_the_recognizer_caught_up_loses_nothing_said(
    fresh: Callable[..., Window], model: Path, korean: Path, convert: Convert
) -> None:
    card = convert(korean, "-r", "48000")
    window = fresh(with_microphone, card, 60.0, False)
    window.answer("load", model)
    number = window.ask("listen", Listen(Microphone("USB")))
    window.until(lambda: window.every(Level))  # the microphone has heard it all by now, the recognizer not
    window.worker.tell(number, STOP)
    assert window.rest().trouble is None
    assert likeness(heard(window), " ".join(sentence.text for sentence in SENTENCES)) > 0.7
    assert window.values[-1] == Ended("pressed")


@pytest.mark.parametrize("factory", [without_devices, without_portaudio])
def test_no_microphone_is_told(
    fresh: Callable[..., Window], model: Path, factory: Callable[..., SpeechEngine]
) -> None:
    window = fresh(factory)
    window.answer("load", model)
    trouble = window.answer("listen", Listen(Microphone())).trouble
    assert trouble is not None
    assert trouble.key == "trouble.no_microphone"


def test_a_microphone_that_never_opens_is_told_and_the_engine_starts_anew(
    fresh: Callable[..., Window], model: Path, korean: Path, convert: Convert
) -> None:
    window = fresh(with_hanging_microphone, convert(korean, "-r", "48000"), "open")
    window.answer("load", model)
    assert told(window.answer("listen", Listen(Microphone()))) == "trouble.no_microphone"
    window.until(lambda: not window.worker.alive())
    assert window.answer("load", model).trouble is None


def test_a_microphone_that_never_closes_keeps_what_was_heard(
    fresh: Callable[..., Window], model: Path, korean: Path, convert: Convert
) -> None:
    window = fresh(with_hanging_microphone, convert(korean, "-r", "48000"), "close")
    window.answer("load", model)
    assert told(window.answer("listen", Listen(Microphone()))) == "trouble.microphone_lost"
    assert heard(window) != ""
    assert window.values[-1] == Ended("source")
    window.until(lambda: not window.worker.alive())
