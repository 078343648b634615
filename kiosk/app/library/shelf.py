"""What the staff page of models does: presses in, views out; long work beside the window."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from kiosk.app.library import shelf_places, shelf_taking
from kiosk.app.library.library import Library
from kiosk.app.library.listing import LanguageRow, rows, size
from kiosk.app.library.shelf_licences import Licences
from kiosk.app.library.shelf_told import Told
from kiosk.app.library.shelf_words import items_of, lines_of, working_of
from kiosk.app.library.shelf_work import Work
from kiosk.app.library.task import Task
from kiosk.app.office import Office
from kiosk.data.models import Model
from kiosk.errors import Trouble
from kiosk.ui.library.view import LANGUAGES, MODELS, LibraryView, Over
from kiosk.workers import Reply, Results


class Chooser(Protocol):
    """The toolkit's own dialogs; a press of "another place" opens one."""

    def file(self) -> Path | None: ...

    def folder(self) -> Path | None: ...


class Shelf:
    """State of the page. All methods are for the window's thread; `changed` is called after each change."""

    def __init__(
        self,
        office: Office,
        library: Library,
        results: Results,
        chooser: Chooser,
        changed: Callable[[], None],
    ) -> None:
        self._office, self.library, self.chooser, self._changed = office, library, chooser, changed
        self.language = "ja"
        self._table: tuple[LanguageRow, ...] = ()
        self._chosen, self._first_line, self._first_item = "", 0, 0
        self.told = Told(lambda: office.catalogue(self.language))
        self.work = Work(results, changed)
        self.over: Over | None = None
        self.licences = _nothing_asked()
        self._removing = ""
        self.places: list[Path] = []
        self.path = Path()
        """Of the file that is imported."""
        self.taking: Callable[[Shelf, Path], None] = shelf_taking.take_from
        """What is done with a place that was picked."""
        self.read()

    @property
    def busy(self) -> bool:
        return self.work.busy

    def say(self, key: str, /, **details: str | int) -> str:
        return self._office.catalogue(self.language).text(key, **details)

    def read(self) -> None:
        """Look at the folders anew."""
        self._table = rows(self._office, self.library, every=True)
        if not any(row.tag == self._chosen for row in self._table):
            self._chosen = self._table[0].tag if self._table else ""

    def view(self) -> LibraryView:
        row, data = self.row, self.library.places.data
        place = next(one for one in (data, *data.parents) if one.exists())
        return LibraryView(
            self.language, lines_of(self._table, self.language, self.say), self._chosen,
            items_of(row, self.library.catalog, self.language, self.say) if row else (),
            self.say("console.models.free", size=size(shutil.disk_usage(place).free)),
            row is not None and bool(self._missing(row)), self._first_line, self._first_item,
            self.told.text, self.told.warm,
            working_of(self.work.progress, self.say) if self.busy else None, self.over,
        )  # fmt: skip

    @property
    def row(self) -> LanguageRow | None:
        """The language that is open."""
        return next((row for row in self._table if row.tag == self._chosen), None)

    def _missing(self, row: LanguageRow) -> tuple[Model, ...]:
        if "ready" not in (row.speech, row.translation) and "damaged" not in (row.speech, row.translation):
            return ()
        return self.library.plan([row.tag])

    @property
    def word_back(self) -> str:
        return self.say("console.models.back")

    # Presses

    def press(self, name: str) -> None:
        """A button's id; while work goes on only looking around and stopping it answer."""
        what, _, which = name.partition(":")
        if what == "cancel" and self.busy:
            self.work.cancel()
        elif what in ("line", "lines<", "lines>", "items<", "items>", "switch"):
            self._look(what, which)
        elif what == "back":
            self._back()
        elif not self.busy:
            self._do(what, which)
        self._changed()

    def _look(self, what: str, which: str) -> None:
        row = self.row
        if what == "line":
            self._chosen, self._first_item = which, 0
            if not self.busy:
                self.told.clear()
        elif what == "switch":
            self.language = "en" if self.language == "ja" else "ja"
            self.told.clear()
        elif what.startswith("lines"):
            self._first_line = _turn(self._first_line, LANGUAGES, len(self._table), what)
        else:
            self._first_item = _turn(self._first_item, MODELS, len(row.models) if row else 0, what)

    def _back(self) -> None:
        if self.licences.open:
            shelf_taking.answer(self, agree=False)
        else:
            self.over, self._removing = None, ""

    def _do(self, what: str, which: str) -> None:
        self.told.clear()
        self.over = None
        if what != "agree":
            self.licences = _nothing_asked()
        match what:
            case "get":
                shelf_taking.fetch(self, [which])
            case "all" if self.row is not None:
                shelf_taking.fetch(self, [self.row.tag])
            case "agree":
                shelf_taking.answer(self, agree=True)
            case "as":
                tag = "ja" if self._chosen == "ja-simple" else self._chosen
                shelf_taking.take_from(self, self.path, tag)
            case "use":
                self._short(lambda: self.library.use(which), "console.models.done.use", which)
            case "del":
                self._ask_removing(which)
            case "remove" if self._removing:
                gone, self._removing = self._removing, ""
                self._short(lambda: self.library.remove(gone), "console.models.done.remove", gone)
            case "verify":
                self.do(
                    lambda task: self.library.verify((), task),
                    lambda done: self.told.all_of(done, "console.models.done.verify"),
                )
            case "import" | "export":
                shelf_places.offer(self, what)
            case "pick":
                self.taking(self, self.places[int(which)])
            case "other":
                shelf_places.other(self)

    def _ask_removing(self, name: str) -> None:
        self._removing = name
        title = self.say("console.models.remove.question", name=name)
        self.over = Over(title, "", (("remove", self.say("console.models.remove")),), self.word_back)

    def do(self, work: Callable[[Task], Any], done: Callable[[Any], None]) -> None:
        """Long work; `done` gets what it answers, or its trouble is told. The folders are read anew."""

        def finished(reply: Reply) -> None:
            if reply.trouble is not None:
                self.told.bad(reply.trouble)
            else:
                done(reply.value)
            self.read()

        self.work.start(work, finished)

    def _short(self, work: Callable[[], None], key: str, name: str) -> None:
        try:
            work()
            self.told.good(key, name=name)
        except Trouble as met:
            self.told.bad(met)
        self.read()

    def close(self) -> None:
        """The window goes: stop what is being done; what was fetched stays."""
        self.work.cancel()


def _nothing_asked() -> Licences:
    return Licences((), lambda _agreed, _declined: None)


def _turn(first: int, size: int, total: int, what: str) -> int:
    count = max(1, -(-total // size))
    return (first // size + (1 if what.endswith(">") else -1)) % count * size
