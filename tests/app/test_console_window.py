"""The console's pages with fields in a real window, what others change, and what a counter remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from kiosk.app.console_window import ConsoleWindow
from kiosk.app.counter import fit, place_of
from kiosk.app.office import Office, open_data
from kiosk.app.places import FILE
from kiosk.core import changes
from kiosk.core.ticket import State
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import FieldBox, Laid, Own
from kiosk.ui.parts import Box
from tests.app.conftest import console_words, issue, until


def focus(shown: ConsoleWindow) -> None:
    root = shown.window.root
    root.focus_force()
    until(shown, lambda: root.focus_get() is not None)


def layout(names: tuple[str, ...], grid: Grid, area: Box) -> Laid:  # noqa: ARG001
    return Laid(
        (),
        tuple(
            FieldBox(name, Box(area.x, area.y + 80 * at, 300, 60), many=name == "words")
            for at, name in enumerate(names)
        ),
    )


@dataclass
class Page:
    """A page with fields, as others add them."""

    names: tuple[str, ...] = ("one", "words", "last")
    typings: list[tuple[str, str]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    shown: ConsoleWindow | None = None
    pressed: list[str] = field(default_factory=list)

    def opened(self) -> None:
        assert self.shown is not None
        self.shown.fields.put("words", "前からある")

    def page(self) -> Own:
        return Own("fields", self.names, layout, keys=(("Return", "go"), ("1", "digit")))

    def press(self, kind: str, detail: str) -> None:  # noqa: ARG002
        self.pressed.append(kind)

    def typed(self, name: str, text: str) -> None:
        self.typings.append((name, text))

    def keep(self) -> None:
        assert self.shown is not None
        self.kept.append(self.shown.fields.text("words"))


def test_fields_are_typed_into_kept_and_forgotten(console: Callable[[], ConsoleWindow]) -> None:
    shown = console()
    focus(shown)
    page = Page(shown=shown)
    shown.console.open(page)
    shown.console.show()
    assert shown.fields.text("words") == "前からある"
    assert page.typings == []
    shown.fields.focus("one")
    until(shown, lambda: shown.fields.has_focus)
    root = shown.window.root
    one = root.focus_get()
    assert one is not None
    for key in ("a", "1"):
        one.event_generate(f"<KeyPress-{key}>")
        one.event_generate(f"<KeyRelease-{key}>")
    until(shown, lambda: ("one", "a1") in page.typings)
    one.event_generate("<Tab>")
    until(shown, lambda: shown.fields.writes_lines)
    words = root.focus_get()
    assert words is not None
    words.event_generate("<KeyPress-Return>")
    words.event_generate("<KeyRelease-Return>")
    until(shown, lambda: shown.fields.text("words").count("\n") == 1)
    assert page.pressed == []
    until(shown, lambda: bool(page.kept))
    page.names = ("one",)
    shown.console.show()
    assert not shown.fields.writes_lines
    assert shown.fields.text("words").count("\n") == 1
    page.names = ("words",)
    shown.console.show()
    shown.fields.put("words", "書きかけ")
    shown.console.typed("words", "書きかけ")
    shown.console.close_over()
    assert page.kept[-1] == "書きかけ"
    assert shown.fields.text("words") == ""


def test_a_number_is_typed_and_called(console: Callable[[], ConsoleWindow], office: Office) -> None:
    case = issue(office)
    shown = console()
    focus(shown)
    root = shown.window.root
    root.event_generate("<Shift-KeyPress-F2>")
    until(shown, lambda: shown.fields.has_focus)
    field_ = root.focus_get()
    assert field_ is not None
    for sign in case.number.lower():
        field_.event_generate(f"<KeyPress-{sign}>")
        field_.event_generate(f"<KeyRelease-{sign}>")
    field_.event_generate("<KeyPress-Return>")
    until(shown, lambda: shown.console.view().state is State.CALLED)
    assert not shown.fields.has_focus
    until(shown, lambda: "取り消す" in console_words(shown))
    root.event_generate("<Control-KeyPress-z>")
    until(shown, lambda: shown.console.current is None)
    assert office.store.get(case.id).state is State.WAITING


def test_ctrl_z_in_the_memo_is_the_memos(console: Callable[[], ConsoleWindow], office: Office) -> None:
    case = issue(office)
    shown = console()
    focus(shown)
    shown.console.key("F2")
    until(shown, lambda: shown.console.view().state is State.CALLED)
    shown.memo.focus()
    until(shown, lambda: shown.memo.has_focus)
    written = shown.window.root.focus_get()
    assert written is not None
    written.event_generate("<Control-KeyPress-z>")
    shown.window.root.update()
    assert not shown.console.busy
    assert office.store.get(case.id).state is State.CALLED


def test_what_another_counter_does_is_seen(
    console: Callable[[], ConsoleWindow], office: Office, data: Path
) -> None:
    case = issue(office)
    shown = console()
    until(shown, lambda: case.number in console_words(shown))
    other = open_data(data)
    other.store.change(case.id, lambda one: changes.call(one, other.now(), counter="2"))
    until(shown, lambda: case.number not in console_words(shown))
    other.store.change(case.id, lambda one: changes.serve(one, other.now(), counter="2"))
    until(shown, lambda: any(one.state is State.SERVING for one in shown.console.desk.tickets()))
    shown.console.key("Shift-F5")
    shown.console.key("1")
    until(shown, lambda: "窓口 2と一緒に担当" in console_words(shown))
    until(shown, lambda: shown.console.here is not None and not shown.console.here.content.closed)
    lines = [line for file in (data / "audit").glob("*.log") for line in file.read_text().splitlines()]
    assert any(case.id in line and '"open"' in line for line in lines)
    other.store.change(case.id, lambda one: changes.note(one, "となりで書いた"))
    until(shown, lambda: "となりで書いた" in console_words(shown))
    other.store.change(case.id, lambda one: changes.close(one, other.now(), counter="2"))
    until(shown, lambda: shown.console.here is None)
    assert "となりで書いた" not in console_words(shown)
    other.store.close()


def test_what_is_chosen_at_a_counter_is_there_when_it_starts_again(
    console: Callable[[], ConsoleWindow], office: Office
) -> None:
    shown = console()
    shown.console.sit(replace(shown.console.place, languages=("ko", "vi"), tongue="en"))
    again = place_of(office, "1")
    assert (set(again.languages), again.tongue) == ({"ko", "vi"}, "en")
    assert place_of(office, "1", ("ne",), tongue="ja").languages == ("ne",)
    assert (place_of(office, "2").languages, place_of(office, "2").tongue) == ((), "ja")
    for damaged in ('{"1": {"languages": ["xx"], "tongue": 3}}', '{"1": 7}', "[]", "{"):
        (office.data / FILE).write_text(damaged)
        assert (place_of(office, "1").languages, place_of(office, "1").tongue) == ((), "ja")


def test_the_window_is_usable_beside_others(console: Callable[[], ConsoleWindow], office: Office) -> None:
    case = issue(office)
    shown = console()
    shown.window.root.geometry("1024x700")
    until(shown, lambda: shown.console.grid.width == 1024)
    shown.console.key("F2")
    until(shown, lambda: shown.console.view().state is State.CALLED)
    assert case.number in console_words(shown)
    assert shown.console.grid.narrow


def test_the_windows_title_names_the_counter_and_follows_it(console: Callable[[], ConsoleWindow]) -> None:
    shown = console()
    title = shown.window.root.title
    assert title() == "窓口 1 ・ 相談窓口"
    shown.console.sit(replace(shown.console.place, counter="2"))
    until(shown, lambda: title() == "窓口 2 ・ 相談窓口")
    shown.console.switch_tongue()
    until(shown, lambda: title() == "Counter 2 ・ Madoguchi")


def test_a_window_as_large_as_the_screen_ends_on_it(console: Callable[[], ConsoleWindow]) -> None:
    shown = console()
    root = shown.window.root
    fit(root, (1200, 700))
    root.update()
    assert not root.attributes("-zoomed")
    screen = root.winfo_screenwidth(), root.winfo_screenheight()
    root.geometry(f"{screen[0]}x{screen[1]}+0+0")
    fit(root, screen)
    until(shown, lambda: bool(root.attributes("-zoomed")) and root.winfo_rooty() > 0)
    until(shown, lambda: root.winfo_rooty() + root.winfo_height() <= screen[1])
    until(shown, lambda: shown.console.grid.height == root.winfo_height())
