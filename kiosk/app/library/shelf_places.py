"""Where a bundle goes or an import comes from: sticks and downloads that are there, or another place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.library import sticks
from kiosk.app.library.exporting import export
from kiosk.app.library.shelf_taking import take_from
from kiosk.ui.library.view import Over

if TYPE_CHECKING:
    from kiosk.app.library.shelf import Shelf

MOST = 5
"""Places offered."""


def offer(shelf: Shelf, what: str) -> None:
    """Ask for the place of an `import` or `export`."""
    plugged = sticks.sticks()
    if what == "export":
        places, shelf.taking = plugged, export_to
        title, none = "console.models.target", "console.models.nostick"
    else:
        places, shelf.taking = sticks.models([*plugged, *sticks.downloads()]), take_from
        title, none = "console.models.stick", "console.models.nofile"
    shelf.places = places[:MOST]
    options = [(f"pick:{number}", str(path)) for number, path in enumerate(shelf.places)]
    options.append(("other", shelf.say("console.models.other")))
    found = shelf.say("console.models.found", n=len(shelf.places)) if shelf.places else shelf.say(none)
    shelf.over = Over(shelf.say(title), found, tuple(options), shelf.word_back)


def other(shelf: Shelf) -> None:
    """A place that the person shows in the toolkit's own dialog."""
    found = shelf.chooser.folder() if shelf.taking is export_to else shelf.chooser.file()
    if found is not None:
        shelf.taking(shelf, found)


def export_to(shelf: Shelf, folder: Path) -> None:
    """All models that are installed, as a bundle."""
    models = shelf.library.installed()
    shelf.do(
        lambda task: export(models, folder, task),
        lambda place: shelf.told.good("console.models.done.export", folder=str(place)),
    )
