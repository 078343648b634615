"""Text fields over the console's sheet: customtkinter's, laid into boxes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import customtkinter

from kiosk.ui.theme import LIGHT

if TYPE_CHECKING:
    from kiosk.ui.counter.own import FieldBox
    from kiosk.ui.parts import Box

FAMILY = "Noto Sans CJK JP"
SIZE = 16
"""Window pixels of letters where nothing else is said."""


class Field:
    """A place to write in: one line, or a box of `many`. A white area; its frame is drawn by the sheet."""

    def __init__(self, root: customtkinter.CTk, *, many: bool = False, size: float = SIZE) -> None:
        self._root, self.many, self.size = root, many, size
        looks: dict[str, Any] = {
            "border_width": 0,
            "corner_radius": 0,
            "fg_color": LIGHT["surface"],
            "text_color": LIGHT["ink"],
            # Negative is pixels to Tk; customtkinter turns the sign itself.
            "font": customtkinter.CTkFont(FAMILY, round(size)),
        }
        self.widget: Any = (
            customtkinter.CTkTextbox(root, undo=True, **looks)
            if many
            else customtkinter.CTkEntry(root, **looks)
        )
        self._first: Any = "1.0" if many else 0

    @property
    def has_focus(self) -> bool:
        """Whether the keyboard's focus is in it: it is made of several widgets."""
        focused = self._root.focus_get()
        return focused is not None and str(focused).startswith(str(self.widget))

    def place(self, box: Box | None) -> None:
        """Into a box, or away: what is typed then is the window's again."""
        if box is not None:
            self.widget.configure(width=box.w, height=box.h)
            self.widget.place(x=box.x, y=box.y)
            return
        if self.has_focus:
            self._root.focus_set()
        self.widget.place_forget()

    def text(self) -> str:
        return str(self.widget.get("1.0", "end-1c") if self.many else self.widget.get())

    def write(self, text: str) -> None:
        self.clear()
        self.widget.insert(self._first, text)

    def clear(self) -> None:
        self.widget.delete(self._first, "end")

    def focus(self) -> None:
        self.widget.focus_set()


class SecretField(Field):
    """The passphrase's, with dots for its letters."""

    def __init__(self, root: customtkinter.CTk) -> None:
        super().__init__(root, size=20)
        self.reveal(False)

    def reveal(self, on: bool) -> None:
        self.widget.configure(show="" if on else "●")


class NamedField(Field):
    """One of a page's, with the text that was last told of or put into it."""

    told = ""

    def write(self, text: str) -> None:
        self.told = text
        super().write(text)


class FieldSet:
    """The fields of a page by name. `changed(name, text)` comes at every change of a text by typing."""

    def __init__(self, root: customtkinter.CTk, changed: Callable[[str, str], None]) -> None:
        self._root, self._changed = root, changed
        self._made: dict[str, NamedField] = {}
        self._put: dict[str, str] = {}
        """What is to stand in fields that are not made yet."""
        self._order: tuple[str, ...] = ()

    @property
    def has_focus(self) -> bool:
        return any(made.has_focus for made in self._made.values())

    @property
    def writes_lines(self) -> bool:
        """Whether the focus is in a field of several lines, where Return is a line's end."""
        return any(made.many and made.has_focus for made in self._made.values())

    def lay(self, boxes: Sequence[FieldBox]) -> None:
        names = tuple(box.name for box in boxes)
        for name in set(self._order) - set(names):
            self._made[name].place(None)
        for box in boxes:
            made = self._made.get(box.name)
            if made is None or made.many != box.many or made.size != (box.size or SIZE):
                made = self._make(box)
            made.place(box.box)
        self._order = names

    def text(self, name: str) -> str:
        made = self._made.get(name)
        return made.text() if made is not None else self._put.get(name, "")

    def put(self, name: str, text: str) -> None:
        made = self._made.get(name)
        if made is None:
            self._put[name] = text
        elif made.text() != text:
            made.write(text)

    def focus(self, name: str) -> None:
        if name in self._made:
            self._made[name].focus()

    def clear(self) -> None:
        if self.has_focus:
            self._root.focus_set()
        for made in self._made.values():
            made.widget.destroy()
        self._made, self._put, self._order = {}, {}, ()

    def _make(self, box: FieldBox) -> NamedField:
        """A new field, or the one there was in another size, with its text."""
        text = self.text(box.name)
        before = self._made.pop(box.name, None)
        if before is not None:
            before.widget.destroy()
        made = self._made[box.name] = NamedField(self._root, many=box.many, size=box.size or SIZE)
        self._put.pop(box.name, None)
        if text:
            made.write(text)
        for event in ("<KeyRelease>", "<<Paste>>", "<<Cut>>", "<<Modified>>", "<ButtonRelease>"):
            made.widget.bind(event, lambda _event, name=box.name: self._look(name), add="+")
        for keys, step in (("<Tab>", 1), ("<Shift-Tab>", -1), ("<ISO_Left_Tab>", -1)):
            made.widget.bind(keys, lambda _event, name=box.name, step=step: self._go(name, step), add="+")
        return made

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
