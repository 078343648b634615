"""The staff page of models in its window: mouse, touch and keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.displays import a_display
from kiosk.app.library.library import Library
from kiosk.app.library.shelf import Shelf
from kiosk.app.office import Office
from kiosk.ui.counter.grid import Grid
from kiosk.ui.library.sheet import library_sheet
from kiosk.ui.paint import Painter
from kiosk.ui.window import Window
from kiosk.workers import Results

if TYPE_CHECKING:
    import customtkinter


class LibraryWindow:
    """Shows what the shelf says; a redraw draws only what changed."""

    def __init__(
        self,
        office: Office,
        results: Results,
        *,
        size: tuple[int, int],
        english: bool = False,
        fatal: bool = False,
        library: Library | None = None,
    ) -> None:
        self._office = office
        title = office.catalogue("en" if english else "ja").text("console.models.title")
        self.window = Window(title, results, size=size, fatal=fatal)
        self.window.root.minsize(1200, 680)
        self._painter = Painter(office.typesetter, self.window.frame())
        self.surface = self.window.surface(self._painter, self._press)
        self._size = self.window.size
        self.shelf = Shelf(
            office, library or Library(office.data), results, _Dialogs(self.window.root), self.show
        )
        self.shelf.language = "en" if english else "ja"
        self._keys()
        self.window.root.protocol("WM_DELETE_WINDOW", self.close)
        self.show()
        self.window.start(lambda: None)

    def show(self) -> None:
        view = self.shelf.view()
        grid = Grid(*self._size, self._office.catalogue(view.language).text)
        self.surface.show(library_sheet(view, grid))

    def close(self) -> None:
        self.shelf.close()
        self.window.close()

    def _press(self, name: str) -> None:
        self.shelf.press(name)

    def _keys(self) -> None:
        """Tab and arrows move the ring, Return and Space press, Escape goes back or stops the work."""
        root, surface = self.window.root, self.surface
        moves = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}
        for key, (dx, dy) in moves.items():
            root.bind(f"<{key}>", lambda _event, dx=dx, dy=dy: surface.point(dx, dy))
        root.bind("<Tab>", lambda _event: surface.move_focus(1))
        for key in ("<Shift-Tab>", "<ISO_Left_Tab>"):
            root.bind(key, lambda _event: surface.move_focus(-1))
        for key in ("<Return>", "<space>", "<KP_Enter>"):
            root.bind(key, lambda _event: surface.press_focused())
        root.bind("<Escape>", lambda _event: self._press("cancel" if self.shelf.busy else "back"))
        root.bind("<Configure>", lambda _event: self._configured())

    def _configured(self) -> None:
        if self.window.size != self._size:
            self._size = self.window.size
            self._painter = Painter(self._office.typesetter, self.window.frame())
            self.surface.use(self._painter)
            self.show()


class _Dialogs:
    """Tk's own file dialogs, for places that the page does not find by itself."""

    def __init__(self, root: customtkinter.CTk) -> None:
        self._root = root

    def file(self) -> Path | None:
        from tkinter.filedialog import askopenfilename

        found = askopenfilename(parent=self._root, filetypes=[("", "*.zip *.argosmodel *.json"), ("", "*")])
        if not found:
            return None
        path = Path(found)
        # The manifest stands for its bundle: this dialog chooses files only.
        return path.parent if path.suffix == ".json" else path

    def folder(self) -> Path | None:
        from tkinter.filedialog import askdirectory

        found = askdirectory(parent=self._root, mustexist=True)
        return Path(found) if found else None


def run(office: Office, *, size: tuple[int, int], english: bool = False) -> None:
    """The page until its window is closed. Raises Trouble where it cannot start."""
    results = Results()
    try:
        with a_display():
            shown = LibraryWindow(office, results, size=size, english=english)
        shown.window.run()
    finally:
        results.close()
