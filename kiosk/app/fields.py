"""Text fields over the console's sheet: customtkinter's, laid into boxes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import customtkinter

from kiosk.ui.theme import LIGHT

if TYPE_CHECKING:
    import tkinter

    from kiosk.ui.counter.own import FieldBox

FAMILY = "Noto Sans CJK JP"
SIZE = 16
"""Window pixels of letters where the page does not say."""


def looks(size: float = SIZE) -> dict[str, Any]:
    """How every field looks: a white area; its frame is drawn by the sheet."""
    return {
        "border_width": 0,
        "corner_radius": 0,
        "fg_color": LIGHT["surface"],
        "text_color": LIGHT["ink"],
        # Negative is pixels to Tk; customtkinter turns the sign itself.
        "font": customtkinter.CTkFont(FAMILY, round(size)),
    }


def holds_focus(root: customtkinter.CTk, field: tkinter.Misc) -> bool:
    """Whether the keyboard's focus is in the field, which is made of several widgets."""
    focused = root.focus_get()
    return focused is not None and str(focused).startswith(str(field))


@dataclass
class _Made:
    """A field that exists, with the text that was last told of or put into it."""

    widget: Any
    many: bool
    size: float
    told: str = ""

    def text(self) -> str:
        return str(self.widget.get("1.0", "end-1c") if self.many else self.widget.get())


class FieldSet:
    """The fields of a page by name. `changed(name, text)` comes at every change of a text by typing."""

    def __init__(self, root: customtkinter.CTk, changed: Callable[[str, str], None]) -> None:
        self._root, self._changed = root, changed
        self._made: dict[str, _Made] = {}
        self._put: dict[str, str] = {}
        """What is to stand in fields that are not made yet."""
        self._order: tuple[str, ...] = ()

    @property
    def has_focus(self) -> bool:
        return any(holds_focus(self._root, made.widget) for made in self._made.values())

    @property
    def writes_lines(self) -> bool:
        """Whether the focus is in a field of several lines, where Return is a line's end."""
        return any(made.many and holds_focus(self._root, made.widget) for made in self._made.values())

    def lay(self, boxes: Sequence[FieldBox]) -> None:
        names = tuple(box.name for box in boxes)
        for name in set(self._order) - set(names):
            self._hide(self._made[name])
        for box in boxes:
            made = self._made.get(box.name)
            if made is None or made.many != box.many or made.size != (box.size or SIZE):
                made = self._make(box)
            made.widget.configure(width=box.box.w, height=box.box.h)
            made.widget.place(x=box.box.x, y=box.box.y)
        self._order = names

    def text(self, name: str) -> str:
        made = self._made.get(name)
        return made.text() if made is not None else self._put.get(name, "")

    def put(self, name: str, text: str) -> None:
        made = self._made.get(name)
        if made is None:
            self._put[name] = text
            return
        if made.text() == text:
            return
        first: Any = "1.0" if made.many else 0
        made.told = text
        made.widget.delete(first, "end")
        made.widget.insert(first, text)

    def focus(self, name: str) -> None:
        if name in self._made:
            self._made[name].widget.focus_set()

    def clear(self) -> None:
        if self.has_focus:
            self._root.focus_set()
        for made in self._made.values():
            made.widget.destroy()
        self._made, self._put, self._order = {}, {}, ()

    def _make(self, box: FieldBox) -> _Made:
        """A new field, or the one there was in another size, with its text."""
        text, size = self.text(box.name), box.size or SIZE
        before = self._made.pop(box.name, None)
        if before is not None:
            before.widget.destroy()
        widget: Any
        if box.many:
            widget = customtkinter.CTkTextbox(self._root, undo=True, **looks(size))
        else:
            widget = customtkinter.CTkEntry(self._root, **looks(size))
        made = self._made[box.name] = _Made(widget, box.many, size, text)
        self._put.pop(box.name, None)
        if text:
            widget.insert("1.0" if box.many else 0, text)
        for event in ("<KeyRelease>", "<<Paste>>", "<<Cut>>", "<<Modified>>", "<ButtonRelease>"):
            widget.bind(event, lambda _event, name=box.name: self._look(name), add="+")
        for keys, step in (("<Tab>", 1), ("<Shift-Tab>", -1), ("<ISO_Left_Tab>", -1)):
            widget.bind(keys, lambda _event, name=box.name, step=step: self._go(name, step), add="+")
        return made

    def _hide(self, made: _Made) -> None:
        if holds_focus(self._root, made.widget):
            self._root.focus_set()
        made.widget.place_forget()

    def _look(self, name: str) -> None:
        """Look for a change when what is going on has come to its end: a paste is done after its event."""
        self._root.after_idle(self._tell, name)

    def _tell(self, name: str) -> None:
        made = self._made.get(name)
        if made is None:
            return
        if made.many:
            made.widget.edit_modified(False)
        text = made.text()
        if text != made.told:
            made.told = text
            self._changed(name, text)

    def _go(self, name: str, step: int) -> str:
        if name in self._order:
            self.focus(self._order[(self._order.index(name) + step) % len(self._order)])
        return "break"
