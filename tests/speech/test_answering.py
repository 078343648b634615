from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from kiosk.errors import Trouble
from kiosk.speech import answering
from kiosk.speech.answering import answered, hangs


@pytest.fixture
def never(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """What a hanging call waits for; it is let go at the end."""
    monkeypatch.setattr(answering, "ANSWERS_S", 0.01)
    monkeypatch.setattr(answering, "_calls", [])
    event = threading.Event()
    yield event
    event.set()


def test_what_a_call_answers_or_raises_comes_back() -> None:
    assert answered(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        answered(lambda: 1 // 0)
    assert not hangs()


def test_a_call_that_hangs_is_told_and_nothing_more_is_asked_of_the_sound_system(
    never: threading.Event,
) -> None:
    with pytest.raises(Trouble, match="no_microphone"):
        answered(never.wait)
    assert hangs()
    asked: list[int] = []
    with pytest.raises(Trouble, match="no_microphone"):
        answered(lambda: asked.append(1))
    assert asked == []
    never.set()
    (call,) = answering._calls
    call.join()
    assert not hangs()
