"""The surface in a real window: what stands on the screen, and what presses do."""

from __future__ import annotations

import subprocess
import threading
import tkinter
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from kiosk.text.typesetter import Typesetter
from kiosk.ui.dress import State
from kiosk.ui.frame import Frame
from kiosk.ui.items import Item
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Box, Look, Panel, Part, Sheet, Target, Words
from kiosk.ui.surface import Surface
from tests.patience import LONG
from tests.ui.samples import SENTENCES, question

Wait = Callable[[Callable[[], bool]], None]
Grab = Callable[[], Image.Image]
KEY = Target("key:a", Box(100, 300, 90, 80), "key", "a", "en", size=30)


@pytest.fixture
def painter(typesetter: Typesetter) -> Painter:
    return Painter(typesetter, Frame(1280, 800))


@pytest.fixture
def pressed() -> list[str]:
    return []


@pytest.fixture
def surface(canvas: tkinter.Canvas, painter: Painter, pressed: list[str]) -> Surface:
    return Surface(canvas, painter, pressed.append)


def tap(canvas: tkinter.Canvas, x: int, y: int, time: int = 0) -> None:
    canvas.event_generate("<ButtonPress-1>", x=x, y=y, time=time)


def middle(target: Target) -> tuple[int, int]:
    return target.box.x + target.box.w // 2, target.box.y + target.box.h // 2


def target_of(sheet: Sheet, name: str) -> Target:
    return next(part for part in sheet.parts if isinstance(part, Target) and part.id == name)


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.convert("RGB").tobytes() == other.convert("RGB").tobytes()


@pytest.mark.parametrize("tag", SENTENCES)
def test_the_screen_shows_the_photograph(surface: Surface, painter: Painter, grab: Grab, tag: str) -> None:
    sheet = question(tag)
    surface.show(sheet)
    assert same(grab(), painter.photograph(sheet))
    chosen = question(tag, chosen="log-out")
    surface.show(chosen)
    assert same(grab(), painter.photograph(chosen))
    other = Sheet("other", tag, "ltr", sheet.parts[:5])
    surface.show(other)
    assert same(grab(), painter.photograph(other))


def test_an_unchanged_part_is_not_drawn_again(
    surface: Surface, painter: Painter, monkeypatch: pytest.MonkeyPatch
) -> None:
    surface.show(question("en"))
    areas: list[Box] = []
    real = painter.repaint

    def spy(page: Image.Image, sheet: Sheet, area: Box, state: object) -> None:
        areas.append(area)
        real(page, sheet, area, state)  # type: ignore[arg-type]

    monkeypatch.setattr(painter, "repaint", spy)
    surface.show(question("en"))
    assert areas == []
    sheet = question("en")
    words = next(part for part in sheet.parts if isinstance(part, Words))
    parts = tuple(replace(words, text="Other") if part is words else part for part in sheet.parts)
    surface.show(replace(sheet, parts=parts))
    assert len(areas) == 1
    assert areas[0].h < words.box.h + 40


def test_a_press_is_seen_before_it_is_acted_on(
    canvas: tkinter.Canvas, painter: Painter, wait_until: Wait, grab: Grab
) -> None:
    sheet = question("ko")
    seen: list[bytes] = []
    target = target_of(sheet, "choose:log-out")

    def act(_name: str) -> None:
        from PIL import ImageGrab

        x, y = canvas.winfo_rootx() + target.box.x + 300, canvas.winfo_rooty() + target.box.y + 12
        seen.append(ImageGrab.grab(bbox=(x, y, x + 1, y + 1)).convert("RGB").tobytes())

    surface = Surface(canvas, painter, act)
    surface.show(sheet)
    tap(canvas, *middle(target))
    wait_until(lambda: bool(seen))
    assert seen == [bytes(painter.colour("tint"))]
    # And afterwards it looks as before, for the page is still the same.
    wait_until(lambda: same(grab(), painter.photograph(sheet)))


def test_two_presses_of_a_key_are_two(
    canvas: tkinter.Canvas, surface: Surface, pressed: list[str], wait_until: Wait
) -> None:
    surface.show(Sheet("type", "en", "ltr", (KEY,)))
    tap(canvas, *middle(KEY), 1000)
    tap(canvas, *middle(KEY), 1040)
    wait_until(lambda: len(pressed) == 2)
    assert pressed == ["key:a", "key:a"]


def test_a_press_for_the_page_before_is_forgotten(
    canvas: tkinter.Canvas, painter: Painter, wait_until: Wait
) -> None:
    """A slow handler: the second touch came while the first page still stood there."""
    pressed: list[str] = []

    def act(name: str) -> None:
        pressed.append(name)
        shown.show(replace(question("en"), name=f"question-{len(pressed)}"))

    shown = Surface(canvas, painter, act)
    sheet = question("en")
    shown.show(sheet)
    tap(canvas, *middle(target_of(sheet, "choose:log-out")), 1000)
    tap(canvas, *middle(target_of(sheet, "choose:file-text")), 1500)
    wait_until(lambda: bool(pressed))
    canvas.update()
    assert pressed == ["choose:log-out"]


@pytest.mark.parametrize(("later", "further", "count"), [(120, 0, 1), (900, 0, 2), (120, 128, 2)])
def test_a_double_tap_does_not_press_the_next_page(
    canvas: tkinter.Canvas, painter: Painter, wait_until: Wait, later: int, further: int, count: int
) -> None:
    pressed: list[str] = []

    def act(name: str) -> None:
        pressed.append(name)
        shown.show(replace(question("en"), name=f"question-{len(pressed)}"))

    shown = Surface(canvas, painter, act)
    shown.show(question("en"))
    tap(canvas, 200, 250, 1000)
    wait_until(lambda: len(pressed) == 1)
    tap(canvas, 200, 250 + further, 1000 + later)
    canvas.update()
    assert len(pressed) == count


@pytest.mark.parametrize(("look", "count"), [("primary", 1), ("key", 2)])
def test_a_double_tap_does_not_press_what_took_the_place_on_the_same_page(
    canvas: tkinter.Canvas, painter: Painter, wait_until: Wait, look: Look, count: int
) -> None:
    pressed: list[str] = []

    def sheet(name: str) -> Sheet:
        return Sheet("page", "en", "ltr", (Target(name, Box(100, 100, 300, 120), look, name, "en"),))

    def act(name: str) -> None:
        pressed.append(name)
        shown.show(sheet("accept"))

    shown = Surface(canvas, painter, act)
    shown.show(sheet("more"))
    tap(canvas, 200, 150, 1000)
    wait_until(lambda: len(pressed) == 1)
    tap(canvas, 200, 150, 1150)
    canvas.update()
    assert len(pressed) == count
    tap(canvas, 200, 150, 2000)
    wait_until(lambda: pressed[-1] == "accept")


def test_what_is_out_of_use_answers_nothing(
    canvas: tkinter.Canvas, surface: Surface, pressed: list[str], painter: Painter, grab: Grab
) -> None:
    sheet = question("en")
    below = Target("below", Box(600, 580, 640, 120), "plain", "", "en")
    both = replace(sheet, parts=(below, *sheet.parts))
    surface.show(both)
    tap(canvas, *middle(target_of(sheet, "next")))
    canvas.update()
    assert pressed == []
    assert same(grab(), painter.photograph(both))


def test_the_corner_and_the_edge_answer(surface: Surface) -> None:
    sheet = question("en")
    surface.show(sheet)

    def name(x: int, y: int) -> str:
        found = surface.target_at(x, y)
        return found.id if found else ""

    assert name(1279, 0) == "clear"
    assert name(1000, 95) == "clear"
    assert name(900, 40) == ""
    assert name(0, 799) == "arrow-left"
    assert name(1279, 799) == "languages"
    over = Target("over", Box(1000, 80, 200, 96), "primary", "x", "en")
    surface.show(replace(sheet, parts=(over, *sheet.parts)))
    assert name(1050, 90) == "over", "what is seen answers, not the corner's reach"


def test_right_to_left_answers_where_it_is_seen(surface: Surface) -> None:
    surface.show(question("en", direction="rtl"))
    found = surface.target_at(1200, 750)
    assert found is not None
    assert found.id == "arrow-left"
    corner = surface.target_at(0, 0)
    assert corner is not None
    assert corner.id == "clear"


def test_the_keyboard_reaches_every_target(
    surface: Surface, pressed: list[str], canvas: tkinter.Canvas
) -> None:
    sheet = question("en")
    usable = [part.id for part in sheet.parts if isinstance(part, Target) and part.enabled]
    surface.show(sheet)
    for _ in usable:
        surface.move_focus(1)
        surface.press_focused()
        canvas.update()
    assert pressed == usable
    surface.move_focus(1)
    surface.move_focus(-1)
    surface.press_focused()
    canvas.update()
    assert pressed[-1] == usable[-1]


def test_arrows_go_to_the_neighbour(surface: Surface, pressed: list[str], canvas: tkinter.Canvas) -> None:
    surface.show(question("en"))
    for _ in range(2):
        surface.move_focus(1)
    for dx, dy, expected in (
        (1, 0, "choose:log-out"),
        (0, 1, "choose:file-text"),
        (-1, 0, "choose:heart-pulse"),
        (0, 1, "choose:unknown"),
        (0, -1, "choose:heart-pulse"),
    ):
        surface.point(dx, dy)
        surface.press_focused()
        canvas.update()
        assert pressed[-1] == expected


def test_the_ring_is_drawn_and_taken_away(surface: Surface, painter: Painter, grab: Grab) -> None:
    sheet = question("ne")
    surface.show(sheet)
    surface.move_focus(1)
    assert not same(grab(), painter.photograph(sheet))
    surface.show(Sheet("other", "ne", "ltr", (Panel(Box(0, 0, 10, 10)),)))
    surface.show(sheet)
    assert same(grab(), painter.photograph(sheet))


def test_another_size_of_text_is_another_page(surface: Surface, typesetter: Typesetter, grab: Grab) -> None:
    sheet = question("vi")
    surface.show(sheet)
    contrast = Frame(1280, 800, 1.25, contrast=True)
    surface.resize(contrast)
    surface.show(sheet)
    assert same(grab(), Painter(typesetter, contrast).photograph(sheet))


def test_pages_drawn_ahead_are_shown_as_they_are(
    surface: Surface, painter: Painter, grab: Grab, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = question("my", name="next")
    surface.show(question("my"))
    surface.prepare([sheet])
    assert surface.join_ahead()
    drawn = []
    monkeypatch.setattr(painter, "_paint", lambda *_: drawn.append(1))
    surface.show(sheet)
    monkeypatch.undo()
    assert drawn == []
    assert same(grab(), painter.photograph(sheet))


class Slow:
    """Stands where the painter lays out a part for the thread, until it is let go."""

    def __init__(self, painter: Painter, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.go = threading.Event(), threading.Event()
        self.laid: list[str] = []
        lay, window = painter.lay, threading.current_thread()

        def slowly(part: Part, state: State = "normal", rtl: bool = False) -> tuple[Item, ...]:
            if threading.current_thread() is not window:
                self.begun.set()
                assert self.go.wait(LONG)
                self.laid.append(getattr(part, "text", ""))
            return lay(part, state, rtl)

        monkeypatch.setattr(painter, "lay", slowly)


def written(*texts: str) -> Sheet:
    parts = (Words(Box(0, 60 * at, 400, 60), text, "en", 28) for at, text in enumerate(texts))
    return Sheet("written", "en", "ltr", tuple(parts))


def test_a_touch_leaves_off_drawing_ahead(
    surface: Surface, painter: Painter, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = question("en")
    surface.show(sheet)
    slow = Slow(painter, monkeypatch)
    surface.prepare([written("one", "two", "three")])
    assert slow.begun.wait(LONG)
    surface.press(next(part for part in sheet.parts if isinstance(part, Target)))
    slow.go.set()
    assert surface.join_ahead()
    assert slow.laid == ["one"]


def test_what_is_likely_now_takes_the_place_of_what_was(
    surface: Surface, painter: Painter, monkeypatch: pytest.MonkeyPatch
) -> None:
    surface.show(question("en"))
    slow = Slow(painter, monkeypatch)
    surface.prepare([written("one", "two", "three")])
    assert slow.begun.wait(LONG)
    surface.prepare([written("four")])
    slow.go.set()
    assert surface.join_ahead()
    assert slow.laid == ["one", "four", "four"], "laid out and drawn"


def test_pages_that_wait_to_be_drawn_go_with_their_visit(
    surface: Surface, painter: Painter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread that had not begun when the visit was wiped took its pages for the next visit's."""
    surface.show(question("en"))
    slow = Slow(painter, monkeypatch)
    surface.prepare([written("one", "two")])
    assert slow.begun.wait(LONG)
    surface.prepare([written("secret")])
    surface.forget()
    slow.go.set()
    assert surface.join_ahead()
    assert slow.laid == ["one", "secret"], "left off after the part in hand"
    assert not painter._ready


def test_a_page_that_cannot_be_drawn_ahead_is_told_without_its_words(
    surface: Surface, painter: Painter, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(*_given: object, **_named: object) -> tuple[Item, ...]:
        raise ValueError("what somebody said")

    surface.show(question("en"))
    with monkeypatch.context() as broken:
        broken.setattr(painter, "lay", failing)
        surface.prepare([written("one")])
        assert surface.join_ahead()
    assert "ValueError at test_surface.py" in caplog.text
    assert "what somebody said" not in caplog.text
    surface.prepare([written("two")])
    assert surface.join_ahead()
    assert list(painter._ready) == [written("two")], "and the next are drawn"


def test_a_real_double_click_of_the_pointer(
    canvas: tkinter.Canvas, surface: Surface, pressed: list[str], wait_until: Wait, display: str
) -> None:
    surface.show(Sheet("type", "en", "ltr", (KEY,)))
    canvas.update()
    x, y = middle(KEY)
    where = [str(canvas.winfo_rootx() + x), str(canvas.winfo_rooty() + y)]
    command = ["xdotool", "mousemove", *where, "click", "--repeat", "2", "--delay", "40", "1"]
    try:
        subprocess.run(command, check=True, env={"DISPLAY": display, "PATH": "/usr/bin:/bin"})
    except FileNotFoundError:
        pytest.skip("no xdotool here")
    wait_until(lambda: len(pressed) == 2)
