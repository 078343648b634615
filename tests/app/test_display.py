"""The call display in its real window, on the calls of consoles that have a store of their own."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.announcing import LONGEST_S, within
from kiosk.app.display import FLASH_S, FLASHES, SHIFT_S, TURN_S, DisplayWindow
from kiosk.app.monitors import Monitor, chosen, monitors
from kiosk.app.office import Office, open_data
from kiosk.app.screen import Screen
from kiosk.core import changes
from kiosk.core.calls import Call
from kiosk.core.ticket import Case, Content, State, Ticket
from kiosk.errors import Trouble
from kiosk.speech.voice import WavSink
from kiosk.store.tiny import TinyStore
from kiosk.ui.parts import Panel, Words
from kiosk.workers import Results
from tests import waiting
from tests.patience import Patience


@dataclass
class Counter:
    """Consoles at work: another store on the same folder, as another process has it."""

    office: Office
    store: TinyStore = field(init=False)

    def __post_init__(self) -> None:
        self.store = TinyStore(
            self.office.data / "store",
            letter="A",
            today=self.office.today,
            device=self.office.data / "device",
            keys=self.office.keys,
        )

    def issue(self, language: str = "vi", **told: Any) -> Ticket:
        content = Content(cases=(Case("work"),), **told)
        return self.store.issue(content, language=language, at=self.office.now())

    def change(self, case: Ticket, how: Callable[..., Ticket], counter: str = "1") -> Ticket:
        return self.store.change(case.id, lambda t: how(t, self.office.now(), counter=counter))

    def call(self, language: str = "vi", counter: str = "1", **told: Any) -> Ticket:
        return self.change(self.issue(language, **told), changes.call, counter)


@dataclass
class Hall:
    """The display, a clock that stands until it is moved, and what was spoken."""

    shown: DisplayWindow
    office: Office
    clock: list[float]
    spoken: list[Call]
    folder: Path

    def until(self, condition: Callable[[], bool]) -> None:
        patience = Patience()
        while not condition():
            assert patience.left(), f"waited in vain; it shows {self.words()}"
            self.shown.window.root.after(5, lambda: None)
            self.shown.window.root.tk.dooneevent(0)
            if self.shown.window.failure is not None:
                raise self.shown.window.failure

    def words(self) -> list[str]:
        sheet = self.shown.surface.sheet
        return [part.text for part in sheet.parts if isinstance(part, Words)] if sheet else []

    @property
    def number(self) -> str:
        shown = self.shown.announcing.shown
        return shown.number if shown else ""

    def looks(self, count: int = 3) -> None:
        """Let it look at the store some times more."""
        seen: list[int] = []
        before = self.shown._reader.look

        def look() -> Any:
            seen.append(1)
            return before()

        self.shown._reader.look = look  # type: ignore[method-assign]
        self.until(lambda: len(seen) > count)
        self.shown._reader.look = before  # type: ignore[method-assign]


Start = Callable[..., Hall]


@pytest.fixture
def start(display: str, data: Path, tmp_path: Path) -> Iterator[Start]:  # noqa: ARG001
    ends: list[Callable[[], None]] = []

    def begin(
        settings: str = "", size: tuple[int, int] | None = (1000, 600), reads: bool = True, **given: Any
    ) -> Hall:
        if settings:
            (data / "settings.toml").write_text(settings, encoding="utf-8")
        office, results = open_data(data), Results()
        office.keys.public_only()
        clock, spoken = [1000.0], list[Call]()

        def sink(call: Call) -> WavSink:
            spoken.append(call)
            return WavSink(tmp_path / f"{len(spoken)}.wav")

        shown = DisplayWindow(
            office, results, size=size, clock=lambda: clock[0], sink=sink, fatal=True, **given
        )
        ends.extend((shown.close, results.close, office.store.close))
        hall = Hall(shown, office, clock, spoken, tmp_path)
        hall.until(lambda: shown._reading or not reads)
        return hall

    yield begin
    for end in ends:
        end()


@pytest.fixture
def counter(data: Path) -> Iterator[Counter]:
    made = Counter(open_data(data))
    yield made
    made.store.close()


def test_a_call_comes_on_the_screen_with_chime_and_voice(start: Start, counter: Counter) -> None:
    hall = start()
    assert any("ここに" in text for text in hall.words())
    counter.call("ko", "3")
    hall.until(lambda: hall.number == "A001")
    assert {"A001", "3"} <= set(hall.words())
    hall.until(lambda: bool(hall.spoken) and not hall.shown._announcer.speaking)
    assert (hall.folder / "1.wav").stat().st_size > 400_000  # the chime alone has 211 kB


def test_a_quiet_call_changes_nothing(start: Start, counter: Counter) -> None:
    hall = start()
    counter.call(sensitive=True)
    counter.call()
    hall.until(lambda: hall.number == "A002")
    assert not [text for text in hall.words() if "A001" in text]
    assert [call.number for call in hall.spoken] == ["A002"]


def test_calls_at_once_wait_for_each_other(start: Start, counter: Counter) -> None:
    hall = start('[display]\nsound = "chime"\nseconds = 8\n')
    for place in ("1", "2", "3"):
        counter.call(counter=place)
    seen: list[str] = []
    for number in ("A001", "A002", "A003"):
        hall.until(lambda: hall.number not in (*seen, ""))
        seen.append(number)
        hall.until(lambda: not hall.shown._announcer.speaking)
        hall.looks()
        assert hall.number == number  # it stays until its time is over
        hall.clock[0] += 8.0
    assert [call.number for call in hall.spoken] == seen
    # The others are still expected, and stand in the list with their counters.
    assert hall.shown.view().calling == {case.id for case in counter.store.tickets()[:2]}


def test_after_a_restart_all_stands_there_and_nothing_is_announced(start: Start, counter: Counter) -> None:
    cases = [counter.call(counter=str(n)) for n in range(1, 8)]
    for case in cases[:5]:
        counter.change(case, changes.serve)
    hall = start()
    hall.until(lambda: hall.number == "A007")
    hall.looks()
    assert [call.number for call in hall.shown.view().before] == ["A006", "A005", "A004", "A003", "A002"]
    assert hall.spoken == []
    assert not hall.shown.view().turned


def test_a_recall_is_announced_again_and_a_served_one_makes_room(start: Start, counter: Counter) -> None:
    hall = start('[display]\nsound = "none"\n')
    case = counter.call()
    hall.until(lambda: hall.shown.announcing.count == 1)
    hall.clock[0] += 60
    counter.change(case, changes.call)
    hall.until(lambda: hall.shown.announcing.count == 2)
    hall.clock[0] += 60
    counter.change(case, changes.serve)
    hall.until(lambda: hall.number == "")
    assert [call.number for call in hall.shown.view().before] == ["A001"]
    assert any("ここに" in text for text in hall.words())


def test_a_call_taken_back_disappears_and_is_hushed(start: Start, counter: Counter) -> None:
    hall = start()
    case = counter.call()
    hall.until(lambda: hall.number == "A001")
    counter.store.change(case.id, lambda t: changes.undo(t, counter.office.now(), counter="1"))
    hall.until(lambda: hall.number == "")
    assert hall.shown.view().before == ()
    assert not hall.shown._announcer.speaking


def test_an_erased_ticket_disappears(start: Start, counter: Counter) -> None:
    from kiosk.store.erasing import Mark

    hall = start('[display]\nsound = "none"\n')
    case = counter.call()
    hall.until(lambda: hall.number == "A001")
    counter.store.erase(case, Mark("token", False, 1, "request", ticket=case.id), lambda _: None)
    hall.until(lambda: hall.number == "")
    assert hall.shown.view().before == ()


def test_midnight_clears(start: Start, counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    hall = start('[display]\nsound = "none"\n')
    counter.call()
    hall.until(lambda: hall.number == "A001")
    real = Office.now

    def tomorrow(office: Office) -> datetime:
        return real(office) + timedelta(days=1)

    monkeypatch.setattr(Office, "now", tomorrow)
    hall.until(lambda: hall.number == "")
    assert hall.shown.view().before == ()
    again = start('[display]\nsound = "none"\n')
    again.looks()
    assert again.number == ""
    counter.call()
    again.until(lambda: again.number == "A001")


def test_a_store_that_goes_away_is_told_in_the_corner(
    start: Start, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = start('[display]\nsound = "none"\n')
    counter.call()
    hall.until(lambda: hall.number == "A001")

    def broken(*_: object) -> bool:
        raise Trouble("trouble.store_failed")

    with monkeypatch.context() as away:
        away.setattr(TinyStore, "refresh", broken)
        hall.until(lambda: bool(hall.shown.signs()))
        hall.until(lambda: any("読めません" in text for text in hall.words()))
        assert hall.number == "A001"
    hall.until(lambda: not hall.shown.signs())


def test_started_while_the_store_is_away_it_says_that_nothing_was_read_yet(
    start: Start, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bool:
        raise Trouble("trouble.store_failed")

    counter.call()
    with monkeypatch.context() as away:
        away.setattr(TinyStore, "refresh", broken)
        hall = start('[display]\nsound = "none"\n', reads=False)
        hall.until(lambda: any("まだ呼び出しを読めません" in text for text in hall.words()))
        assert hall.number == ""
    hall.until(lambda: "A001" in hall.words())
    assert not hall.shown.signs()


def test_a_folder_that_vanishes_leaves_the_last_state(start: Start, counter: Counter) -> None:
    hall = start('[display]\nsound = "none"\n')
    counter.call()
    hall.until(lambda: hall.number == "A001")
    shutil.move(hall.office.data / "store", hall.office.data / "gone")
    hall.looks()
    assert hall.number == "A001"
    shutil.rmtree(hall.office.data / "store", ignore_errors=True)
    shutil.move(hall.office.data / "gone", hall.office.data / "store")


def test_a_damaged_day_shows_the_rest(start: Start, counter: Counter) -> None:
    for _ in range(3):
        counter.call()
    journal = next((counter.office.data / "store").glob("????-??-??.*"))
    raw = bytearray(journal.read_bytes().rstrip(b"\0"))
    raw[len(raw) // 2] ^= 0xFF
    journal.write_bytes(bytes(raw))
    hall = start('[display]\nsound = "none"\n')
    hall.looks()
    assert hall.number == "A003"


def test_a_loudspeaker_that_is_not_there_is_a_small_sign(
    start: Start, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = start()
    monkeypatch.setattr(hall.shown._announcer, "_sink", lambda _: WavSink(Path("/nowhere/at/all.wav")))
    counter.call()
    hall.until(lambda: hall.shown._announcer.silent)
    hall.until(lambda: any("音が出ません" in text for text in hall.words()))
    assert hall.number == "A001"


def test_a_voice_that_never_ends_holds_nobody_up(
    start: Start, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = start()
    monkeypatch.setattr(hall.shown._announcer._worker, "ask", lambda *_: 10**6)
    counter.call()
    counter.call(counter="2")
    hall.until(lambda: hall.number == "A001")
    hall.clock[0] += LONGEST_S - 1
    hall.looks()
    assert hall.number == "A001"
    hall.clock[0] += 2
    hall.until(lambda: hall.number == "A002")


def test_a_voice_that_is_killed_is_there_for_the_next_call(start: Start, counter: Counter) -> None:
    hall = start()
    counter.call()
    hall.until(lambda: bool(hall.spoken) and hall.shown._announcer._worker.pid is not None)
    pid = hall.shown._announcer._worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    hall.until(lambda: not hall.shown._announcer.speaking)
    hall.clock[0] += 60
    counter.call(counter="2")
    hall.until(lambda: len(hall.spoken) == 2 and not hall.shown._announcer.speaking)
    assert not hall.shown._announcer.silent
    assert (hall.folder / "2.wav").exists()


def test_hours_without_a_sound(start: Start, counter: Counter) -> None:
    hall = start('[display]\nmute = ["00:00-24:00"]\n')
    counter.call()
    hall.until(lambda: hall.number == "A001")
    assert hall.spoken == []
    assert [sign.icon for sign in hall.shown.signs()] == ["moon"]


def test_the_flash_is_slow_and_ends(start: Start, counter: Counter) -> None:
    hall = start('[display]\nsound = "none"\n')
    counter.call()
    hall.until(lambda: hall.number == "A001")
    states = []
    began = hall.clock[0]
    for tenth in range(100):
        hall.clock[0] = began + tenth / 10
        states.append(hall.shown.view().turned)
    changes = [n / 10 for n, (one, other) in enumerate(pairwise(states)) if one != other]
    assert len(changes) == 2 * FLASHES - 1
    assert all(later - earlier >= FLASH_S / 2 - 0.11 for earlier, later in pairwise(changes))
    assert not any(states[round(FLASHES * FLASH_S * 10) :])


def test_idle_languages_take_turns_and_nothing_burns_in(start: Start) -> None:
    hall = start()
    first = hall.shown.surface.sheet
    assert first is not None
    seen = set()
    for _ in hall.shown._words.turns():
        seen.add(hall.shown.view().lines[1][0])
        hall.clock[0] += TURN_S
    assert seen == set(hall.shown._words.turns())
    hall.clock[0] += SHIFT_S
    panel = next(part.box for part in first.parts if isinstance(part, Panel) and part.box.y > 0)
    hall.until(lambda: panel not in [part.box for part in hall.shown.surface.sheet.parts])  # type: ignore[union-attr]


def test_the_window_takes_another_size_and_leaves_full_screen(start: Start) -> None:
    hall = start(size=None)
    root = hall.shown.window.root
    assert hall.shown.window.size == (1280, 800)
    assert str(hall.shown.window.canvas.cget("cursor")) == "none"
    root.event_generate("<Escape>")
    hall.until(lambda: not root.attributes("-fullscreen"))
    hall.until(lambda: hall.shown.window.size != (1280, 800))
    root.geometry("700x740+0+0")
    hall.until(lambda: hall.shown._painter.frame.form == "portrait")
    image = hall.shown.surface.image
    assert image is not None
    assert image.size == hall.shown.window.size


def test_two_displays_show_the_same(start: Start, counter: Counter) -> None:
    one, other = start('[display]\nsound = "none"\n'), start()
    counter.call()
    one.until(lambda: one.number == other.number == "A001")


def test_a_call_is_on_the_screen_within_a_second(start: Start, counter: Counter) -> None:
    """Not a limit of the test's: what passes is counted in looks, a quarter of a second apart."""
    hall = start('[display]\nsound = "none"\n')
    hall.looks()
    counter.call()
    hall.looks(2)
    assert hall.number == "A001"


def test_which_screen() -> None:
    main, second, third = (Monitor(x, 0, 1920, 1080, x == 0) for x in (0, 1920, 3840))
    assert chosen((), 0) is None
    assert chosen((main,), 0) == main
    assert chosen((main, second, third), 0) == second
    assert chosen((replace(second, x=-1920), main), 0) == replace(second, x=-1920)
    assert chosen((main, second, third), 3) == third
    assert chosen((main,), 2) is None
    assert second.geometry == "1920x1080+1920+0"


@dataclass
class Root:
    """What the screen asks of a window."""

    full: bool = True
    geometries: list[str] = field(default_factory=list)

    def attributes(self, _name: str, full: bool) -> None:
        self.full = full

    def geometry(self, wanted: str) -> None:
        assert not self.full
        self.geometries.append(wanted)

    def update_idletasks(self) -> None: ...


def test_a_screen_that_is_unplugged_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    main, second = Monitor(0, 0, 1280, 800, True), Monitor(1280, 0, 1920, 1080)
    now = [(main, second)]
    monkeypatch.setattr("kiosk.app.screen.monitors", lambda: now[0])
    results, root = Results(), Root()
    screen = Screen(results, 2)
    screen.take(root)  # type: ignore[arg-type]
    assert root.geometries == ["1920x1080+1280+0"]
    for index, found in enumerate(((main,), (main, second)), 1):
        now[0] = found  # type: ignore[assignment]
        screen.watch(root, index * 10.0)  # type: ignore[arg-type]
        waiting.until(lambda: not screen._waiting, results.poll)
        assert root.full
    assert root.geometries == ["1920x1080+1280+0"] * 2
    results.close()


def test_the_screens_of_this_machine(display: str) -> None:  # noqa: ARG001
    found = monitors()
    assert found == () or (found[0].width, found[0].height) == (1280, 800)


def test_hours_over_midnight() -> None:
    night = ("22:00-06:00", "12:00-13:00", "18:00-24:00")
    for hour, quiet in ((23, True), (3, True), (6, False), (12, True), (13, False), (18, True), (9, False)):
        assert within(night, datetime(2026, 11, 20, hour, 0)) is quiet


def test_calling_does_not_need_a_key(start: Start, counter: Counter) -> None:
    hall = start('[display]\nsound = "none"\n')
    case = counter.call(reasons=("work.matter.wages",))
    hall.until(lambda: hall.number == "A001")
    seen = hall.office.store.get(case.id)
    assert seen.state is State.CALLED
    assert seen.content.closed
