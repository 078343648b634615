from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kiosk.speech.voice import STOP, Say, Saying, Speaker, VoiceEngine, WavSink, available
from kiosk.speech.wav import WavReader
from tests.speech.conftest import KOREAN, Window
from tests.speech.fakes import with_loudspeaker, without_loudspeaker

CALL = ("{番号|ばんごう}A012の{方|かた}、", "3{番|ばん}の {窓口|まどぐち}へ どうぞ。")


@pytest.fixture(scope="module")
def voice() -> Iterator[Window]:
    window = Window(VoiceEngine)
    yield window
    window.close()


@pytest.fixture
def fresh() -> Iterator[Callable[..., Window]]:
    windows = []

    def made(factory: Callable[..., VoiceEngine], *args: object) -> Window:
        windows.append(Window(factory, *args))
        return windows[-1]

    yield made
    for window in windows:
        window.close()


@pytest.mark.parametrize(
    ("name", "sentences"),
    [("openjtalk", CALL), ("espeak:vi", ("Mời số A012", "đến quầy số 3.")), ("espeak:ko", ("도와주세요",))],
)
def test_sentences_become_sound(voice: Window, tmp_path: Path, name: str, sentences: tuple[str, ...]) -> None:
    path = tmp_path / "said.wav"
    reply = voice.answer("say", Say(sentences, name, WavSink(path)))
    assert reply.trouble is None
    assert reply.value is True
    assert voice.values == [Saying(index) for index in range(len(sentences))]
    reader = WavReader(path)
    sound = reader.read(10**7)[:, 0]
    assert len(sound) / reader.rate > 0.5 * len(sentences)
    assert 0.5 < float(np.abs(sound).max()) <= 1.0
    assert reader.rate in (22050, 48000)


def test_a_sentence_without_a_sound_is_passed_over(voice: Window, tmp_path: Path) -> None:
    assert voice.answer("say", Say(("", "。"), "openjtalk", WavSink(tmp_path / "said.wav"))).trouble is None


def test_a_text_that_looks_like_an_option_is_only_read(voice: Window, tmp_path: Path) -> None:
    reply = voice.answer("say", Say(("--version", "-w x.wav"), "espeak:en", WavSink(tmp_path / "said.wav")))
    assert reply.trouble is None
    assert not Path("x.wav").exists()


@pytest.mark.parametrize("name", ["espeak:xx-none", "espeak:", "espeak:--version", "", "somebody"])
def test_a_voice_that_does_not_exist_is_told(voice: Window, tmp_path: Path, name: str) -> None:
    trouble = voice.answer("say", Say(("hello",), name, WavSink(tmp_path / "said.wav"))).trouble
    assert trouble is not None
    assert trouble.key == "trouble.no_voice"


def test_without_espeak_it_is_told(
    fresh: Callable[..., Window], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    trouble = (
        fresh(VoiceEngine).answer("say", Say(("hello",), "espeak:en", WavSink(tmp_path / "x.wav"))).trouble
    )
    assert trouble is not None
    assert trouble.key == "trouble.no_voice"
    assert not available(KOREAN)


def test_what_is_available() -> None:
    assert available(KOREAN)
    assert available(replace(KOREAN, voice="openjtalk"))
    assert not available(replace(KOREAN, voice=""))


def test_the_loudspeaker_gets_it_at_its_own_rate(fresh: Callable[..., Window], tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    window = fresh(with_loudspeaker, notes)
    assert window.answer("say", Say(("はい。",), "openjtalk", Speaker("USB"))).value is True
    lines = notes.read_text().split("\n")
    assert (lines[0], lines[-3:]) == ("start", ["stop", "close", ""])
    blocks = [int(line.split()[0]) for line in lines[1:-3]]
    file = tmp_path / "same.wav"
    window.answer("say", Say(("はい。",), "openjtalk", WavSink(file)))
    seconds = len(WavReader(file).read(10**7)) / 48000
    assert sum(blocks) / 44100 == pytest.approx(seconds, abs=0.01)


def test_quiet_means_at_once(fresh: Callable[..., Window], tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    window = fresh(with_loudspeaker, notes, 10**6, True)
    number = window.ask("say", Say(("いち、に、さん、し、ご、ろく、しち、はち。" * 5,) * 2, "openjtalk"))
    window.until(lambda: window.values)
    window.worker.tell(number, STOP)
    assert window.rest().value is False
    assert window.values == [Saying(0)]
    assert notes.read_text().endswith("abort\nstop\nclose\n")


def test_no_loudspeaker_is_told(fresh: Callable[..., Window]) -> None:
    trouble = fresh(without_loudspeaker).answer("say", Say(("はい。",), "openjtalk")).trouble
    assert trouble is not None
    assert trouble.key == "trouble.no_speaker"


def test_a_loudspeaker_pulled_out_is_told(fresh: Callable[..., Window], tmp_path: Path) -> None:
    window = fresh(with_loudspeaker, tmp_path / "notes", 3)
    trouble = window.answer("say", Say(("おまたせしました。",), "openjtalk")).trouble
    assert trouble is not None
    assert trouble.key == "trouble.no_speaker"
    assert (tmp_path / "notes").read_text().endswith("stop\nclose\n")


def test_warming_up(voice: Window) -> None:
    assert voice.answer("load", "openjtalk").value is True
