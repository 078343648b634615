"""Saving a report: the place, the format, the question before writing over a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.errors import Trouble
from kiosk.reports.model import Report
from kiosk.ui.counter.reporting.dates import file_name
from kiosk.ui.counter.reporting.desk import SavePlace
from kiosk.ui.counter.reporting.view import FOLDER, FORMATS, SHARED, PlaceLine, Saving

if TYPE_CHECKING:
    from kiosk.ui.counter.reporting.page import Reports

ICONS = {"office": "folder-open", "stick": "plug", "downloads": "folder-open"}
MOST = 4
"""Places offered besides the field."""


@dataclass
class Save:
    """One report on its way to a file."""

    page: Reports
    report: Report
    suffix: str = ""
    places: tuple[SavePlace, ...] | None = None
    chosen: int = 0
    asked: str = ""
    busy: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        self.suffix = self.suffixes[0]

    @property
    def suffixes(self) -> tuple[str, ...]:
        return SHARED if self.report.kind == "share" else FORMATS

    @property
    def name(self) -> str:
        return file_name(self.report.kind, self.report.when) + self.suffix

    def view(self) -> Saving:
        places = None
        if self.places is not None:
            say = self.page.console.say
            places = tuple(
                PlaceLine(say(f"reports.place.{one.sort}"), one.path, ICONS[one.sort]) for one in self.places
            )
        return Saving(
            self.name, self.suffixes, self.suffix, places, self.chosen, self.report.kind == "day",
            self.asked, self.busy, self.note,
        )  # fmt: skip

    def look(self) -> None:
        """See where it may go."""
        self.page.desk.places(self._found)

    def _found(self, found: Sequence[SavePlace]) -> None:
        if self.page.save is self:
            self.places = tuple(found[:MOST])
            self.page.console.show()

    def press(self, kind: str, detail: str) -> None:
        if self.busy:
            return
        if kind == "back":
            self.page.save = None
        elif kind == "keep":
            self.asked = ""
        elif kind == "over" and self.asked:
            self.asked = ""
            self._write(force=True)
        elif kind == "format" and detail in self.suffixes:
            self.suffix, self.note = detail, ""
        elif kind == "shift":
            at = self.suffixes.index(self.suffix) + int(detail)
            self.suffix, self.note = self.suffixes[at % len(self.suffixes)], ""
        elif kind == "place" and self.places is not None and int(detail) <= len(self.places):
            self._choose(int(detail))
        elif kind == "write" and self.places is not None:
            self._write(force=False)

    def _choose(self, place: int) -> None:
        console = self.page.console
        self.chosen, self.note = place, ""
        console.show()
        if self.places is not None and place == len(self.places):
            console.fields.focus(FOLDER)

    def _folder(self) -> str:
        assert self.places is not None
        if self.chosen < len(self.places):
            return self.places[self.chosen].path
        return self.page.console.fields.text(FOLDER).strip()

    def _write(self, *, force: bool) -> None:
        folder, say = self._folder(), self.page.console.say
        if not folder.startswith(("/", "~")):
            self.note = say("reports.save.folder")
            return
        self.busy, self.note = True, ""
        self.page.desk.save(self.report, folder, self.name, force, lambda told: self._wrote(told, force))

    def _wrote(self, answer: str | Trouble, force: bool) -> None:
        page, say = self.page, self.page.console.say
        if page.save is not self:
            return
        self.busy = False
        if isinstance(answer, str):
            page.saved(say("report.saved", name=answer))
        elif answer.key == "trouble.report_exists" and not force:
            self.asked = self.name
        else:
            keys = {"trouble.report_exists": "reports.save.taken", "trouble.disk_full": "reports.save.full"}
            self.note = say(keys[answer.key]) if answer.key in keys else page.console.told(answer)
        page.console.show()
