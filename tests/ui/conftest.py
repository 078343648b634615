"""One virtual display and one window for these tests; an error in a Tk callback fails the test."""

from __future__ import annotations

import os
import shutil
import tkinter
from collections.abc import Callable, Iterator
from types import TracebackType

import pytest

from kiosk.data.languages import read_languages
from kiosk.display_server import virtual_display
from kiosk.text.typesetter import Typesetter
from tests.patience import Patience


@pytest.fixture(scope="session")
def typesetter() -> Typesetter:
    return Typesetter(read_languages().by_tag)


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    if shutil.which("Xvfb") is None or shutil.which("openbox") is None:
        pytest.skip("no Xvfb or openbox here")
    with virtual_display(1400, 900) as name:
        yield name


@pytest.fixture(scope="session")
def root(display: str) -> Iterator[tkinter.Tk]:
    """Tk's one root: a second interpreter in the process would outlive the first badly."""
    window = tkinter.Tk(screenName=display)
    window.geometry("1280x800+0+0")
    yield window
    window.destroy()


@pytest.fixture
def canvas(root: tkinter.Tk) -> Iterator[tkinter.Canvas]:
    failures: list[BaseException] = []

    def failed(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        failures.append(error)

    root.report_callback_exception = failed
    drawing = tkinter.Canvas(root, width=1280, height=800, highlightthickness=0, bd=0)
    drawing.place(x=0, y=0)
    root.update()
    yield drawing
    root.update()
    drawing.destroy()
    if failures:
        raise failures[0]


@pytest.fixture
def wait_until(root: tkinter.Tk) -> Callable[[Callable[[], bool]], None]:
    """Let the window work until a condition holds."""

    def wait(condition: Callable[[], bool]) -> None:
        patience = Patience()
        while not condition():
            assert patience.left(), "waited in vain"
            root.after(5, lambda: None)
            root.tk.dooneevent(0)

    return wait


@pytest.fixture
def grab(root: tkinter.Tk) -> Callable[[], object]:
    """What really stands on the display where the canvas is."""
    from PIL import ImageGrab

    def take() -> object:
        root.update()
        x, y = root.winfo_rootx(), root.winfo_rooty()
        return ImageGrab.grab(bbox=(x, y, x + 1280, y + 800), xdisplay=os.environ["DISPLAY"])

    return take
