"""What the staff page of models does: presses in, views out; long work beside the window."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from kiosk.app.library import sticks
from kiosk.app.library.exporting import export
from kiosk.app.library.importing import Incoming, bring_in, look_at
from kiosk.app.library.library import Done, Library
from kiosk.app.library.listing import LanguageRow, rows
from kiosk.app.library.shelf_licences import Licences, Then
from kiosk.app.library.shelf_words import items_of, lines_of, name_of, size, working_of
from kiosk.app.library.task import Progress, Task
from kiosk.app.office import Office
from kiosk.data.models import Model
from kiosk.errors import Trouble
from kiosk.ui.library.view import LANGUAGES, MODELS, LibraryView, Over, Working
from kiosk.workers import Reply, Results, run_in_thread


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
        self._office, self._library, self._results = office, library, results
        self._chooser, self._changed = chooser, changed
        self.language = "ja"
        self._table: tuple[LanguageRow, ...] = ()
        self._chosen, self._first_line, self._first_item = "", 0, 0
        self._message, self._warm = "", False
        self._task: Task | None = None
        self._progress: Progress | None = None
        self._over: Over | None = None
        self._licences = Licences((), lambda _agreed, _declined: None)
        self._removing = ""
        self._places: list[Path] = []
        self._path = Path()
        self._taking: Callable[[Path], None] = self._import
        self.read()

    @property
    def busy(self) -> bool:
        return self._task is not None

    def say(self, key: str, /, **details: str | int) -> str:
        return self._office.catalogue(self.language).text(key, **details)

    def read(self) -> None:
        """Look at the folders anew."""
        self._table = rows(self._office, self._library, every=True)
        if not any(row.tag == self._chosen for row in self._table):
            self._chosen = self._table[0].tag if self._table else ""

    def view(self) -> LibraryView:
        row = self._row
        place = next(
            one for one in (self._library.places.data, *self._library.places.data.parents) if one.exists()
        )
        free = self.say("console.models.free", size=size(shutil.disk_usage(place).free))
        return LibraryView(
            self.language, lines_of(self._table, self.language, self.say), self._chosen,
            items_of(row, self._library.catalog, self.language, self.say) if row else (), free,
            row is not None and bool(self._missing(row)), self._first_line, self._first_item,
            self._message, self._warm, self._work_words(), self._over,
        )  # fmt: skip

    def _work_words(self) -> Working | None:
        return working_of(self._progress, self.say) if self.busy else None

    @property
    def _row(self) -> LanguageRow | None:
        return next((row for row in self._table if row.tag == self._chosen), None)

    def _missing(self, row: LanguageRow) -> tuple[Model, ...]:
        if "ready" not in (row.speech, row.translation) and "damaged" not in (row.speech, row.translation):
            return ()
        return self._library.plan([row.tag])

    # Presses

    def press(self, name: str) -> None:
        """A button's id; while work goes on only looking around and stopping it answer."""
        what, _, which = name.partition(":")
        if what == "cancel" and self._task is not None:
            self._task.cancel()
        elif what in ("line", "lines<", "lines>", "items<", "items>", "switch"):
            self._look(what, which)
        elif what == "back":
            self._back()
        elif not self.busy:
            self._do(what, which)
        self._changed()

    def _look(self, what: str, which: str) -> None:
        row = self._row
        if what == "line":
            self._chosen, self._first_item = which, 0
            if not self.busy:
                self._message = ""
        elif what == "switch":
            self.language = "en" if self.language == "ja" else "ja"
            self._message = ""
        elif what.startswith("lines"):
            self._first_line = _turn(self._first_line, LANGUAGES, len(self._table), what)
        else:
            self._first_item = _turn(self._first_item, MODELS, len(row.models) if row else 0, what)

    def _back(self) -> None:
        if self._licences.open:
            self._answer(agree=False)
        else:
            self._over, self._removing = None, ""

    def _do(self, what: str, which: str) -> None:
        self._message, self._over = "", None
        if what != "agree":
            self._licences = Licences((), lambda _agreed, _declined: None)
        match what:
            case "get":
                self._fetch([which])
            case "all" if self._row is not None:
                self._fetch([self._row.tag])
            case "use":
                self._short(lambda: self._library.use(which), self.say("console.models.done.use", name=which))
            case "del":
                self._removing = which
                title = self.say("console.models.remove.question", name=which)
                self._over = Over(
                    title, "", (("remove", self.say("console.models.remove")),), self._word_back
                )
            case "remove" if self._removing:
                gone, self._removing = self._removing, ""
                self._short(
                    lambda: self._library.remove(gone), self.say("console.models.done.remove", name=gone)
                )
            case "agree":
                self._answer(agree=True)
            case "verify":
                self._work(lambda task: self._library.verify((), task), self._verified)
            case "import" | "export":
                self._choose(what)
            case "as":
                self._import(self._path, "ja" if self._chosen == "ja-simple" else self._chosen)
            case "pick":
                self._taking(self._places[int(which)])
            case "other":
                chooser = self._chooser
                found = chooser.folder() if self._taking == self._export else chooser.file()
                if found is not None:
                    self._taking(found)

    @property
    def _word_back(self) -> str:
        return self.say("console.models.back")

    # Fetching and importing, each after the questions its licences ask

    def _fetch(self, names: Sequence[str]) -> None:
        try:
            models = self._library.plan(names)
        except Trouble as met:
            self._tell(met)
            return

        def go(agreed: set[str], declined: set[str]) -> None:
            wanted = [model for model in models if model.id not in declined]
            if wanted:
                self._work(lambda task: self._library.fetch(wanted, task, agreed), self._fetched)

        self._ask([(model.id, model.licence) for model in models if model.consent], go)

    def _import(self, path: Path, language: str = "") -> None:
        self._path = path
        run_in_thread(self._results, lambda: look_at(path, self._library, language), self._looked)

    def _ask_language(self, trouble: Trouble) -> None:
        """A speech model whose name does not tell its language: is it for the one that is open?"""
        row = self._row
        name = name_of(row, self.language) if row else ""
        yes = (("as", self.say("console.models.import.as", language=name)),)
        text = self.say(trouble.key, **trouble.details)
        self._over = Over(self._path.name, text, yes, self._word_back)

    def _looked(self, reply: Reply) -> None:
        if reply.trouble is not None and reply.trouble.key == "trouble.import_language":
            self._ask_language(reply.trouble)
        elif reply.trouble is not None:
            self._tell(reply.trouble)
        else:
            found: tuple[Incoming, ...] = reply.value

            def go(agreed: set[str], declined: set[str]) -> None:
                wanted = [one for one in found if one.id not in declined]
                if wanted:
                    self._work(lambda task: bring_in(wanted, self._library, task, agreed), self._fetched)

            self._ask([(one.id, one.licence) for one in found if one.consent], go)
        self._changed()

    def _ask(self, limited: Sequence[tuple[str, str]], then: Then) -> None:
        self._over = None
        self._licences = Licences(limited, then)
        self._next_question()

    def _answer(self, *, agree: bool) -> None:
        self._over = None
        self._licences.answer(agree=agree)
        self._next_question()

    def _next_question(self) -> None:
        self._over = self._licences.question(self.say) or self._over

    # Places

    def _choose(self, what: str) -> None:
        plugged = sticks.sticks()
        if what == "export":
            self._places, self._taking = plugged, self._export
            title, none = "console.models.target", "console.models.nostick"
        else:
            self._places, self._taking = sticks.models([*plugged, *sticks.downloads()])[:5], self._import
            title, none = "console.models.stick", "console.models.nofile"
        self._places = self._places[:5]
        options = [(f"pick:{number}", str(path)) for number, path in enumerate(self._places)]
        options.append(("other", self.say("console.models.other")))
        found = self.say("console.models.found", n=len(self._places)) if self._places else self.say(none)
        self._over = Over(self.say(title), found, tuple(options), self._word_back)

    def _export(self, folder: Path) -> None:
        models = self._library.installed()
        self._work(lambda task: export(models, folder, task), self._exported)

    # Work

    def _work(self, work: Callable[[Task], Any], done: Callable[[Any], None]) -> None:
        task = Task(lambda now: self._results.post(self._progressed, now))
        self._task, self._progress = task, None

        def finished(reply: Reply) -> None:
            self._task, self._progress = None, None
            if reply.trouble is not None:
                self._tell(reply.trouble)
            else:
                done(reply.value)
            self.read()
            self._changed()

        run_in_thread(self._results, lambda: work(task), finished)

    def _progressed(self, now: Progress) -> None:
        if self.busy:
            self._progress = now
            self._changed()

    def _short(self, work: Callable[[], None], words: str) -> None:
        try:
            work()
            self._message, self._warm = words, False
        except Trouble as met:
            self._tell(met)
        self.read()

    def _fetched(self, done: tuple[Done, ...]) -> None:
        self._told(done, "console.models.done.fetch")

    def _verified(self, done: tuple[Done, ...]) -> None:
        self._told(done, "console.models.done.verify")

    def _told(self, done: tuple[Done, ...], key: str) -> None:
        """The first that went wrong, or that all went well."""
        wrong = [one for one in done if one.trouble is not None]
        if wrong and wrong[0].trouble is not None:
            self._tell(wrong[0].trouble)
            if wrong[0].id not in self._message:
                self._message = f"{wrong[0].id}: {self._message}"
            return
        names = ", ".join(one.id for one in done)
        self._message, self._warm = self.say(key, names=names, n=len(done)), False

    def _exported(self, folder: Path) -> None:
        self._message, self._warm = self.say("console.models.done.export", folder=str(folder)), False

    def _tell(self, trouble: Trouble) -> None:
        words = self._office.catalogue(self.language)
        known = words.has(trouble.key)
        key, details = (trouble.key, trouble.details) if known else ("trouble.library_disk", {})
        self._message, self._warm = words.text(key, **details), True

    def close(self) -> None:
        """The window goes: stop what is being done; what was fetched stays."""
        if self._task is not None:
            self._task.cancel()


def _turn(first: int, size: int, total: int, what: str) -> int:
    count = max(1, -(-total // size))
    return (first // size + (1 if what.endswith(">") else -1)) % count * size
