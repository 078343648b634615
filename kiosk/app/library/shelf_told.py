"""The line of the staff page that says what came of the last press."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kiosk.errors import Trouble

if TYPE_CHECKING:
    from kiosk.app.library.library import Done
    from kiosk.data.catalogue import Catalogue


class Told:
    """`words`: the page's catalogue at this moment."""

    def __init__(self, words: Callable[[], Catalogue]) -> None:
        self._words = words
        self.text, self.warm = "", False

    def clear(self) -> None:
        self.text = ""

    def good(self, key: str, **details: str | int) -> None:
        self.text, self.warm = self._words().text(key, **details), False

    def bad(self, trouble: Trouble) -> None:
        words = self._words()
        known = words.has(trouble.key)
        key, details = (trouble.key, trouble.details) if known else ("trouble.library_disk", {})
        self.text, self.warm = words.text(key, **details), True

    def all_of(self, done: Sequence[Done], key: str) -> None:
        """The first that went wrong, or that all went well."""
        wrong = next(((one.id, one.trouble) for one in done if one.trouble is not None), None)
        if wrong is None:
            self.good(key, names=", ".join(one.id for one in done), n=len(done))
            return
        name, trouble = wrong
        self.bad(trouble)
        if name not in self.text:
            self.text = f"{name}: {self.text}"
