"""The fields of a page in a real window."""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

from kiosk.app.console_window import ConsoleWindow
from kiosk.app.fields import FieldSet, NamedField
from kiosk.ui.counter.own import FieldBox
from kiosk.ui.parts import Box


def test_a_window_that_changes_its_size_while_fields_are_laid_has_them_laid_anew(
    console: Callable[[], ConsoleWindow],
) -> None:
    """A text box given its size lets others work, the window's change of size among them; the field that was
    made anew for that was placed after it was gone."""
    fields = FieldSet(console().window.root, lambda _name, _text: None)
    large, small = (
        [FieldBox("done", Box(10, 10, wide, 90), True, size)] for wide, size in ((400, 20), (200, 14))
    )
    fields.lay(large)
    fields.put("done", "電話した")
    place, nested = NamedField.place, [small]

    def place_while_others_work(self: NamedField, box: Box | None) -> None:
        if nested:
            fields.lay(nested.pop())
        place(self, box)

    with mock.patch.object(NamedField, "place", place_while_others_work):
        fields.lay(large)
    (made,) = fields._made.values()
    assert (made.size, made.text()) == (14, "電話した")
    assert made.widget.place_info()["x"] == "10"
    fields.clear()
