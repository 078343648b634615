"""The staff page of models: presses in, what it shows out; in its real window too."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.app.library import shelf_taking, sticks
from kiosk.app.library.importing import Incoming, look_at
from kiosk.app.library.library import Library
from kiosk.app.library.shelf import Shelf
from kiosk.app.library.web import Patience
from kiosk.app.office import open_data
from kiosk.text.typesetter import Typesetter
from kiosk.ui.counter.grid import Grid
from kiosk.ui.frame import Frame
from kiosk.ui.library.sheet import library_sheet
from kiosk.ui.library.view import LibraryView
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Target
from tests.library.conftest import SPEECH, Office, a_zip, sample
from tests.waiting import WaitedFor

SMALL = "vosk-model-small-ko-0.22"
FILIPINO = "vosk-model-tl-ph-generic-0.6"


class Chosen:
    """Stands for the toolkit's dialogs."""

    def __init__(self) -> None:
        self.path: Path | None = None

    def file(self) -> Path | None:
        return self.path

    def folder(self) -> Path | None:
        return self.path


class Page:
    """The shelf with what it needs, and a way to wait for its work."""

    def __init__(self, office: Office) -> None:
        self.office, self.results, self.chosen = office, WaitedFor(), Chosen()
        self.far: list[float] = []
        self.shelf = Shelf(
            open_data(office.data, ""), office.library, self.results, self.chosen, self._changed
        )

    def _changed(self) -> None:
        working = self.view.working
        if working is not None and working.share is not None:
            self.far.append(working.share)

    @property
    def view(self) -> LibraryView:
        return self.shelf.view()

    def until(self, holds: Callable[[], object]) -> None:
        self.results.until(holds, lambda: self.view)

    def press(self, name: str) -> None:
        assert name in self.targets(), sorted(self.targets())
        self.shelf.press(name)

    def targets(self) -> set[str]:
        grid = Grid(1366, 768, self.shelf.say)
        return {part.id for part in library_sheet(self.view, grid).parts if isinstance(part, Target)}

    def work(self, name: str) -> None:
        self.press(name)
        self.until(lambda: not self.shelf.busy)


@pytest.fixture
def page(office: Office) -> Page:
    office.speech(SMALL, "ko", a_zip(SPEECH))
    for source, target in (("ko", "en"), ("en", "ko"), ("ja", "en"), ("en", "ja")):
        office.package(source, target, sample(source, target))
    office.speech(FILIPINO, "fil", a_zip(SPEECH, top=FILIPINO), licence="CC-BY-NC-SA-4.0", consent=True)
    page = Page(office)
    page.press("line:ko")
    return page


def test_a_language_is_installed_checked_and_a_model_removed(page: Page) -> None:
    page.work("all")
    assert SMALL in page.view.message
    assert not page.view.warm
    assert page.far[-1] == 1.0
    assert "all" not in page.targets()
    page.work("verify")
    assert not page.view.warm
    page.press(f"del:{SMALL}")
    assert page.view.over is not None
    page.press("back")
    assert page.office.library.find(SMALL)
    page.press(f"del:{SMALL}")
    page.press("remove")
    assert f"get:{SMALL}" in page.targets()


def test_damage_is_shown_and_mended(page: Page) -> None:
    page.work(f"get:{SMALL}")
    file = page.office.library.find(SMALL).folder / "graph" / "Gr.fst"
    file.write_bytes(bytes(file.stat().st_size))
    page.work("verify")
    assert page.view.warm
    item = next(item for item in page.view.items if item.id == SMALL)
    assert item.state == "damaged"
    assert page.view.line is not None
    assert page.view.line.warm
    page.work(f"get:{SMALL}")
    assert next(item for item in page.view.items if item.id == SMALL).state == "whole"


def test_a_limited_licence_is_asked_and_no_means_no(page: Page) -> None:
    while "line:fil" not in page.targets():
        page.press("lines>")
    page.press("line:fil")
    page.press(f"get:{FILIPINO}")
    over = page.view.over
    assert over is not None
    assert "CC-BY-NC-SA-4.0" in over.text
    page.press("back")
    assert page.view.over is None
    assert page.office.host.asked == []
    page.press(f"get:{FILIPINO}")
    page.work("agree")
    assert page.office.library.find(FILIPINO).state == "whole"


def test_work_can_be_stopped_and_goes_on_later(page: Page) -> None:
    page.office.host.files[f"/{SMALL}.zip"].faults = ["stall:300"]
    page.office.library._patience = Patience(stall=0.5, pauses=(0,))
    page.press(f"get:{SMALL}")
    page.until(lambda: (working := page.view.working) and working.far)
    assert page.targets().isdisjoint({"verify", "import", "export", "all", f"get:{SMALL}"})
    page.press("line:vi")
    page.press("cancel")
    page.office.host.over.set()
    page.until(lambda: not page.shelf.busy)
    assert page.view.warm
    assert page.office.tree() == set()


def test_export_and_import_go_through_chosen_places(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.work(f"get:{SMALL}")
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(sticks, "sticks", lambda: [stick])
    monkeypatch.setattr(sticks, "downloads", list)
    page.press("export")
    page.work("pick:0")
    assert str(stick) in page.view.message
    other = Page(Office(tmp_path / "other", page.office.host))
    other.press("import")
    other.press("pick:0")
    other.until(lambda: other.view.message)
    assert not other.view.warm, other.view.message
    assert other.office.tree() == page.office.tree()
    # A file of the person's own choosing, whose name tells no language.
    other.chosen.path = tmp_path / "ours.zip"
    other.chosen.path.write_bytes(a_zip(SPEECH, top="ours"))
    other.press("line:vi")
    other.press("import")
    other.press("other")
    other.until(lambda: other.view.over)
    other.press("as")
    other.until(lambda: other.view.message)
    assert other.office.library.find("ours").tag == "vi"


def test_while_a_file_is_looked_at_nothing_else_begins_and_it_can_be_stopped(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two pieces of work at once would hide one of them, and nobody could stop it."""
    looked = threading.Event()

    def slowly(path: Path, library: Library, language: str = "") -> tuple[Incoming, ...]:
        assert looked.wait(100)
        return look_at(path, library, language)

    monkeypatch.setattr(shelf_taking, "look_at", slowly)
    page.chosen.path = tmp_path / f"{SMALL}.zip"
    page.chosen.path.write_bytes(a_zip(SPEECH, top=SMALL))
    page.press("import")
    page.press("other")
    assert page.view.working is not None
    assert page.targets().isdisjoint({"verify", "import", "export"})
    page.press("cancel")
    looked.set()
    page.until(lambda: not page.shelf.busy)
    assert page.view.warm
    assert page.office.tree() == set()


def test_nothing_found_still_offers_another_place(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sticks, "sticks", list)
    monkeypatch.setattr(sticks, "downloads", list)
    for name in ("import", "export"):
        page.press(name)
        assert page.targets() >= {"other", "back"}
        page.press("back")


@pytest.mark.parametrize("size", [(1200, 680), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_targets_lie_in_the_window_and_apart(page: Page, size: tuple[int, int], language: str) -> None:
    page.shelf.language = language
    painter = Painter(Typesetter(open_data(page.office.data, "").languages), Frame(*size))
    for press in ("line:ko", "line:en", "line:vi", f"line:{'ne'}"):
        page.press(press)
        sheet = library_sheet(page.view, Grid(*size, page.shelf.say))
        assert painter.photograph(sheet).size == size
        boxes = [part.box for part in sheet.parts if isinstance(part, Target)]
        for number, box in enumerate(boxes):
            assert box.x >= 0
            assert box.y >= 0
            assert box.right <= size[0]
            assert box.bottom <= size[1]
            assert box.h >= 44 * min(size[1] / 768, 1)
            for other in boxes[:number]:
                apart = (
                    box.right <= other.x
                    or other.right <= box.x
                    or box.bottom <= other.y
                    or other.bottom <= box.y
                )
                assert apart, (box, other)


WINDOW = """
import sys
from pathlib import Path
from kiosk.app.library.window import LibraryWindow
from kiosk.app.office import open_data
from kiosk.display_server import virtual_display
from kiosk.workers import Results
from tests.patience import Patience

with virtual_display(1400, 900):
    results = Results()
    shown = LibraryWindow(open_data(Path(sys.argv[1]), ""), results, size=(1366, 768), fatal=True)
    root, shelf = shown.window.root, shown.shelf
    def until(holds):
        patience = Patience()
        while not holds():
            assert patience.left()
            root.after(2, lambda: None)
            root.tk.dooneevent(0)
    def key(name):
        root.event_generate(f"<{name}>")
        root.update()
    root.focus_force()
    until(lambda: root.focus_get() is not None)
    # By keyboard alone: to the page in English, and back by touch.
    def focused():
        target = shown.surface._focused()
        return target.id if target else ""
    for _ in range(40):
        key("Tab")
        if focused() == "switch":
            break
    assert focused() == "switch"
    key("Return")
    until(lambda: shelf.language == "en")
    box = next(t.box for t in shown.surface._targets() if t.id == "line:ko")
    shown.window.canvas.event_generate("<ButtonPress-1>", x=box.x + 5, y=box.y + 5)
    until(lambda: shelf.view().chosen == "ko")
    key("Escape")
    if len(sys.argv) > 2:
        from PIL import ImageGrab
        import os
        root.update()
        ImageGrab.grab(xdisplay=os.environ["DISPLAY"]).save(sys.argv[2])
    shown.close()
    results.close()
print("good")
"""


@pytest.mark.skipif(
    shutil.which("Xvfb") is None or shutil.which("openbox") is None, reason="no Xvfb or openbox"
)
def test_the_window_answers_keyboard_and_touch(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WINDOW, str(tmp_path)], capture_output=True, text=True, timeout=200
    )
    assert done.stdout.strip() == "good", done.stderr
