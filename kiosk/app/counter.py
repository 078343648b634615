"""The console at a counter, from the command to the closed window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.app import places
from kiosk.app.console_window import ConsoleWindow, Geometry
from kiosk.app.displays import a_display
from kiosk.app.office import Office
from kiosk.ui.counter.place import Place
from kiosk.workers import Results

if TYPE_CHECKING:
    import customtkinter

TITLE = 40
"""Pixels that a window's title takes, at the most."""


def place_of(
    office: Office,
    number: str,
    languages: Sequence[str] = (),
    staff: str = "",
    specialists: Sequence[str] = (),
    tongue: str = "",
) -> Place:
    """Where a console starts: what is not given is as it was last chosen at this counter."""
    last = places.chosen(office, number)
    place = Place(
        number,
        office.settings.office.name_ja,
        staff,
        tuple(languages) or last.get("languages", ()),
        specialists=tuple(specialists) or last.get("specialists", ()),
        tongue=tongue or last.get("tongue", "ja"),
    )
    return places.told(office, place)


def fit(root: customtkinter.CTk, size: tuple[int, int]) -> None:
    """A window as high or as wide as the screen takes what panels and its own title leave: the main button is
    at its very end."""
    if size[0] > root.winfo_screenwidth() or size[1] + TITLE > root.winfo_screenheight():
        root.attributes("-zoomed", True)


def run(
    office: Office,
    number: str,
    languages: Sequence[str],
    *,
    staff: str,
    size: tuple[int, int],
    specialists: Sequence[str] = (),
    tongue: str = "",
    facing: Geometry | None = None,
) -> None:
    """The console until its window is closed. `specialists` of the roster sit here: their appointments are
    called here like others. `tongue` is the console's language. Raises Trouble where it cannot start."""
    results = Results()
    place = place_of(office, number, languages, staff, specialists, tongue)
    try:
        with a_display():
            shown = ConsoleWindow(office, results, place, size=size, facing=facing)
            fit(shown.window.root, size)
        try:
            shown.window.run()
        finally:
            shown.reports.close()
            shown.talking.close()
    finally:
        results.close()
        office.store.close()
