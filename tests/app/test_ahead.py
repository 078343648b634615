"""What a visit will ask for is there before it is asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.office import open_data
from kiosk.core.care import CareWords
from kiosk.data.care import read_care
from kiosk.data.keyboards import read_keyboard
from kiosk.text.typesetter import Typesetter
from tests.app.conftest import Running


def settle(kiosk: Running) -> None:
    """The person reads until all that may come next is drawn."""
    shown = kiosk.shown
    kiosk.player.wait(lambda: shown._read and not shown._soon, "what is drawn ahead")
    assert shown.surface.join_ahead()


def test_nothing_is_left_to_be_read_or_built_when_somebody_comes(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first to tell something in a language waited for its list of words to be built."""
    read_care.cache_clear()
    read_keyboard.cache_clear()
    office = open_data(data)
    office.read_all()
    monkeypatch.setattr(CareWords, "patterns", property(lambda words: vars(words)["patterns"]))
    monkeypatch.setattr(Path, "read_text", None)
    monkeypatch.setattr(Path, "read_bytes", None)
    monkeypatch.setattr(Path, "open", None)
    for tag in (*office.offered, "ja"):
        office.screen("x", tag)
    for tag in office.offered:
        assert office.catalogue(tag).text("notice.title")
        read_keyboard(tag)
    assert len(office.directory)


def test_an_office_whose_keyboard_is_damaged_reads_the_rest(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(tag: str) -> None:
        raise ValueError(tag)

    monkeypatch.setattr("kiosk.data.keyboards.read_keyboard", damaged)
    office = open_data(data)
    office.read_all()
    assert set(office._catalogues) >= set(office.offered)


def test_a_wiped_visit_leaves_off_before_its_pages_are_dropped(
    running: Callable[..., Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = running()
    settle(kiosk)
    kiosk.player.press("pick:en")
    settle(kiosk)
    painter, ahead, left = kiosk.shown._painter, kiosk.shown.surface._ahead, list[bool]()
    assert painter._ready
    monkeypatch.setattr(painter, "forget", lambda: left.append(ahead._left.is_set()))
    kiosk.shown.kiosk.wipe()
    assert left == [True]


@pytest.mark.parametrize("tag", ["ja-simple", "my"])
def test_the_pages_of_a_visit_are_laid_out_before_they_are_touched(
    running: Callable[..., Running], monkeypatch: pytest.MonkeyPatch, tag: str
) -> None:
    kiosk = running()
    settle(kiosk)
    window, waited = threading.current_thread(), list[str]()
    setting = Typesetter._set

    def watched(self: Typesetter, text: str, *given: Any) -> Any:
        if threading.current_thread() is window:
            waited.append(text)
        return setting(self, text, *given)

    monkeypatch.setattr(Typesetter, "_set", watched)
    for name in (f"pick:{tag}", "choose:self", "choose:work", "choose:wages"):
        kiosk.player.press(name)
        settle(kiosk)
    at = kiosk.shown.kiosk.visit.at
    assert at.question == "wages_what"
    assert waited == []
