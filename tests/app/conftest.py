from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.actions import KioskActions
from kiosk.app.console_window import ConsoleWindow
from kiosk.app.intake import KioskWindow
from kiosk.app.office import Office, open_data
from kiosk.app.places import desks
from kiosk.app.rehearsal import Player, play, write
from kiosk.core.ticket import Case, Content, Ticket
from kiosk.display_server import virtual_display
from kiosk.ui.counter.place import Place
from kiosk.ui.parts import Target, Words
from kiosk.ui.resident.done import Finished
from kiosk.workers import Results
from tests import waiting
from tests.patience import Patience

SAID = "한국어로 임금에 대해 말했습니다"
"""What residents of these tests write; it may stand in tickets and nowhere else."""


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A virtual display with a window manager for all window tests of the session."""
    with virtual_display(1280, 800) as name:
        yield name


@dataclass
class Running:
    """A kiosk in its real window, played as a resident would."""

    office: Office
    actions: KioskActions
    shown: KioskWindow
    player: Player = field(init=False)

    def __post_init__(self) -> None:
        self.player = Player(self.shown, None)

    def visit(self, language: str = "ko", words: Callable[[Player], None] | None = None) -> Finished:
        """A whole visit to its last page; by default the resident writes a sentence."""
        if self.shown.kiosk.finished is not None:
            self.player.press("finish")
        play(self.player, language, "work", {"matter": "wages"}, words or write(SAID))
        finished = self.shown.kiosk.finished
        assert finished is not None
        return finished

    def read(self) -> str:
        """Every word on the page."""
        return "\n".join(_words(self.player.sheet.parts))

    def say(self, key: str, language: str = "ko") -> str:
        return self.office.catalogue(language).text(key)


def stopped() -> float:
    """A clock for kiosks that are to wait for as long as the machine takes."""
    return 0.0


def _words(parts: tuple[Any, ...]) -> list[str]:
    return [p.text if isinstance(p, Words) else p.label for p in parts if isinstance(p, Words | Target)]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    # A fresh office prints nothing until it says where; these tests read the slips.
    (folder / "settings.toml").write_text('[printing]\nkind = "file"\n')
    return folder


@pytest.fixture
def running(
    display: str,  # noqa: ARG001
    data: Path,
    caplog: pytest.LogCaptureFixture,
) -> Iterator[Callable[..., Running]]:
    """Starts kiosks on the data folder; the log of the test must be free of what was said."""
    ends: list[Callable[[], None]] = []

    def start(**given: Any) -> Running:
        office, results = open_data(data), Results()
        actions = KioskActions(office, results, **given)
        shown = KioskWindow(office, results, actions, size=None, fatal=True)
        # No page goes by itself because the machine is slow.
        shown.kiosk.clock = stopped
        ends.extend((shown.window.close, actions.close, results.close, office.store.close))
        return Running(office, actions, shown)

    yield start
    for end in ends:
        end()
    assert SAID not in caplog.text


@pytest.fixture
def console(display: str, data: Path) -> Iterator[Callable[[], ConsoleWindow]]:  # noqa: ARG001
    """Starts consoles at counter 1 on the data folder."""
    ends: list[Callable[[], None]] = []

    def start() -> ConsoleWindow:
        office, results = open_data(data), Results()
        place = Place("1", "あおば市", desks=desks(office, "1"))
        shown = ConsoleWindow(office, results, place, size=(1200, 700), fatal=True)
        ends.extend((shown.window.close, results.close, office.store.close))
        return shown

    yield start
    for end in ends:
        end()


def until(shown: ConsoleWindow, condition: Callable[[], bool]) -> None:
    """Let the console's window work until a condition holds."""
    patience = Patience()
    while not condition():
        assert patience.left(), "waited in vain"
        shown.window.root.after(5, lambda: None)
        shown.window.root.tk.dooneevent(0)
        if shown.window.failure is not None:
            raise shown.window.failure


def console_words(shown: ConsoleWindow) -> str:
    """Every word on the console."""
    assert shown.surface.sheet is not None
    return "\n".join(_words(shown.surface.sheet.parts))


@pytest.fixture
def results() -> Iterator[Results]:
    """What runs beside a window, without one."""
    made = Results()
    yield made
    made.close()


@pytest.fixture
def office(data: Path) -> Iterator[Office]:
    """An office with the data as it is; rooms that need another one say so themselves."""
    made = open_data(data)
    yield made
    made.store.close()


def issue(office: Office, **content: Any) -> Ticket:
    """Somebody with a question about work."""
    told = Content(cases=(Case("work"),), **content)
    return office.store.issue(told, language="vi", at=office.now())


def wait(results: Results, condition: Callable[[], object]) -> None:
    """Take answers as a window would, until the condition holds."""
    waiting.until(condition, results.poll)


def answered(results: Results, ask: Callable[[Callable[..., None]], object]) -> object:
    """What comes of something asked beside the window."""
    got: list[object] = []
    ask(got.append)
    wait(results, lambda: bool(got))
    return got[0]
