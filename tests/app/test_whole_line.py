"""The main job, end to end, on real input: a voice, a slip, a counselor's card."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kiosk.app import demo
from kiosk.app.console_window import ConsoleWindow
from kiosk.app.office import open_data
from kiosk.app.places import desks
from kiosk.core.ticket import State
from kiosk.speech.sample import write_sample
from kiosk.ui.counter.place import Place
from kiosk.workers import Results


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every connection but to this machine's own sockets fails the test."""
    real = socket.socket.connect

    def refuse(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX:
            raise AssertionError(f"a connection to {address}")
        real(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: pytest.fail("a name was looked up"))


@pytest.mark.usefixtures("display", "no_network")
def test_from_a_korean_voice_to_the_counselors_card(tmp_path: Path) -> None:
    voice = tmp_path / "voice.wav"
    write_sample(voice)
    out = tmp_path / "out"
    demo.run(out, language="ko", speech=voice, size=(1280, 800))

    told = json.loads((out / "ticket.json").read_text(encoding="utf-8"))
    narrative = told["content"]["narrative"]
    assert narrative["means"] == "speech"
    # The last word hangs by a hair in a machine voice; what else it may be is offered on the page.
    assert "어떻게 해야" in narrative["original"]
    assert told["state"] if "state" in told else told["periods"][-1]["state"] == "waiting"

    slip = Image.open(out / "slip.png")
    codes = {code.text for code in zxingcpp.read_barcodes(slip.convert("L"))}
    own = next(code for code in codes if told["id"] in code)
    assert own.startswith(told["number"])
    assert (out / "slip.escpos").read_bytes().count(b"\x1dv0") >= 1
    assert (out / "slip.pdf").read_bytes().startswith(b"%PDF")
    names = [path.stem[3:] for path in sorted((out / "screens").iterdir())]
    assert {
        "language",
        "notice",
        "topic",
        "question",
        "listening",
        "heard",
        "review",
        "done",
    } <= set(names)

    office = open_data(out / "data")
    results = Results()
    place = Place("1", "あおば市", desks=desks(office, "1"))
    shown = ConsoleWindow(office, results, place, size=(1200, 700), fatal=True)
    shown.console.key("F2")
    while shown.console.current is None:
        shown.window.root.update()
    view = shown.console.view()
    shown.window.close()
    results.close()
    assert view.state is State.CALLED
    assert view.card is not None
    assert view.card.number == told["number"]
    assert view.card.words is not None
    assert view.card.words.original == narrative["original"]
    office.store.close()


@pytest.mark.usefixtures("display")
@pytest.mark.parametrize("language", ["ja-simple", "en", "my"])
def test_a_typed_visit_ends_with_a_number(tmp_path: Path, language: str) -> None:
    demo.run(tmp_path, language=language, speech=None, size=(1280, 800))
    told = json.loads((tmp_path / "ticket.json").read_text(encoding="utf-8"))
    assert told["number"] == "A001"
    assert told["content"]["narrative"]["original"] == demo.TYPED[language]
