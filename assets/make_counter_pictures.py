"""Makes the README's pictures of console, call display, reports, talk and letter, from the real windows:
`.venv/bin/python assets/make_counter_pictures.py`."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from kiosk.app import places, queueing
from kiosk.app.actions import KioskActions
from kiosk.app.bench_year import make_day
from kiosk.app.console_window import ConsoleWindow
from kiosk.app.display import DisplayWindow
from kiosk.app.office import Office, is_holiday, open_data
from kiosk.app.papers import letter
from kiosk.app.reporting import Wanted, make
from kiosk.core.heard import Translation
from kiosk.core.keeping import content_of
from kiosk.core.letter import Draft, usual
from kiosk.core.ticket import Narrative, State
from kiosk.display_server import virtual_display
from kiosk.printing.document_draw import draw
from kiosk.ui.counter.place import Place
from kiosk.ui.counter.reporting.page import Reports
from kiosk.workers import Results

HOME = Path(__file__).parent / "pictures"
SETTINGS = """
[office]
counters = 3
telephone = "03-0000-0000"
address = "あおば市本町一丁目2番3号"
[display]
sound = "none"
directions = { 1 = "left", 2 = "right", 3 = "straight" }
[printing]
kind = "file"
pages = "folder"
"""
WAGES = {"matter": "wages", "wages_what": "all", "wages_since": "half_year", "intern": "other_work"}
TAX = {"matter": "resident", "letter": "reminder", "deadline": "week", "can_pay": "parts"}
TOLD = "Công ty chưa trả lương cho tôi 2 tháng nay. Giám đốc nói tháng sau sẽ trả."
JAPANESE = "会社が2か月、給料を払っていません。社長は来月払うと言っています。"
VISITS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("vi", "work", WAGES),
    ("my", "tax", TAX),
    ("pt-BR", "city_hall", {"matter": "moving", "moving": "in", "moved_when": "two_weeks"}),
    ("zh-Hans", "residence", {"matter": "renew", "expiry": "month", "applied": "not_yet"}),
    ("ne", "medical", {"matter": "insurance", "insurance_since": "two_weeks"}),
    ("ko", "housing", {"matter": "leaving", "leaving": "deposit", "when": "month"}),
    ("en", "school", {"matter": "enter", "when": "april"}),
)


class Scene:
    """An office in the middle of its day, with what is needed for its pictures."""

    def __init__(self, data: Path, ends: ExitStack) -> None:
        data.mkdir(mode=0o700)
        (data / "settings.toml").write_text(SETTINGS, encoding="utf-8")
        self.data, self.ends = data, ends
        self.office = open_data(data)
        self.windows: list[Any] = []
        today = self.office.today()
        days = [today - timedelta(days=back) for back in range(1, 56)]
        for day in days:
            if day.weekday() < 5 and not is_holiday(day):
                make_day(self.office, day, random.Random(day.toordinal()).randrange(12, 24), random.Random(1))

    def visits(self) -> None:
        """Residents of this morning, by the kiosk's own flows."""
        actions = KioskActions(self.office, Results())
        for number, (language, topic, answers) in enumerate(VISITS):
            case = {"language": language, "topic": topic, "caller": "self", "answers": answers}
            visit = queueing.visit_of(self.office, case)
            content = content_of(visit, actions.outcome(visit))
            if language == "vi":
                there = Translation(TOLD, "vi", JAPANESE, TOLD, "vi→ja")
                content = replace(content, narrative=Narrative(TOLD, "vi", "speech", there, True))
            at = self.office.now() - timedelta(minutes=38 - 5 * number)
            self.office.store.issue(content, language=visit.ticket_language, at=at)
        actions.close()

    def console(self, size: tuple[int, int] = (1366, 768)) -> ConsoleWindow:
        office, results = open_data(self.data), Results()
        place = Place("2", office.settings.office.name_ja, "k02", ("vi", "my"))
        place = places.told(office, place)
        shown = ConsoleWindow(office, results, place, size=size, fatal=True)
        self.ends.callback(shown.window.close)
        self.windows.append(shown)
        return shown

    def until(self, met: Callable[[], object]) -> None:
        root = self.windows[-1].window.root
        while not met():
            root.after(5, lambda: None)
            root.tk.dooneevent(0)

    def rest(self, seconds: float = 1.5) -> None:
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ends:
        ends.enter_context(virtual_display(1500, 900))
        # Always the same weekday morning, so that the pictures change only where the pages do.
        begun, at = time.monotonic(), datetime(2026, 11, 25, 10, 42)
        Office.now = lambda self: (
            at.replace(tzinfo=self.settings.office.zone)
            + timedelta(  # type: ignore[method-assign]
                seconds=time.monotonic() - begun
            )
        )
        scene = Scene(Path(folder) / "data", ends)
        scene.visits()
        counter(scene)
        display(scene)


def counter(scene: Scene) -> None:
    """Called, served, recorded, talked with, handed on; then the reports."""
    shown = scene.console()
    console = shown.console
    press(scene, shown, "call")
    keep(scene, shown, "console-called.png")
    press(scene, shown, "start")
    console.key("Shift-F7")
    words = "賃金台帳の写しを会社に求めるよう説明し、労働基準監督署への申告書を一緒に書いた。"
    shown.fields.put(_done(), words)
    console.typed(_done(), words)
    console.press("result:referred")
    keep(scene, shown, "record.png")
    console.press("cancel")
    console.key("Control-l")
    keep(scene, shown, "console-en.png")
    console.key("Control-l")
    console.key("Shift-F8")
    console.press("pick:2")
    scene.rest()
    keep(scene, shown, "talk-resident.png")
    console.press("front")
    keep(scene, shown, "talk.png")
    console.press("cancel")
    a_letter(scene, shown)
    console.press("close")
    scene.until(lambda: console.current is None)
    console.key("Control-r")
    console.press("kind:month")
    page = console.over
    assert isinstance(page, Reports)
    # Made here, not in a process of its own, which would have another clock than the picture.
    page.made[("month", "2026-11")] = make(scene.office, Wanted("month", "2026-11"))
    keep(scene, shown, "report.png")
    console.press("turn:1")
    keep(scene, shown, "report-topics.png")


def a_letter(scene: Scene, shown: ConsoleWindow) -> None:
    """The first page of a letter to the first agency the kiosk told of."""
    case, office = shown.console.present, scene.office
    service = office.service(case.content.services[0])
    assert service is not None
    name = service.service_ja or service.organisation_ja
    draft = Draft("0a1b2c3d", service=service.id, name=name, lines=usual(case.content), consent=office.now())
    page = draw(letter(office, case, draft, "2"), office.typesetter)[0]
    small(page.convert("RGB").resize((page.width * 1200 // page.height, 1200))).save(
        HOME / "letter-vi.png", optimize=True
    )


def display(scene: Scene) -> None:
    """A Burmese call, with those called before."""
    office = open_data(scene.data)
    office.keys.public_only()
    results = Results()
    shown = DisplayWindow(office, results, size=(1280, 720), fatal=True)
    scene.ends.callback(shown.close)
    scene.windows.append(shown)
    waiting = [case for case in scene.office.store.tickets() if case.state is State.WAITING]
    waiting.sort(key=lambda case: case.language == "my")
    for place, case in enumerate(waiting[-4:], start=1):
        change(scene.office, "call", case.number, str(place % 3 + 1))
        if case.language != "my":
            change(scene.office, "serve", case.number, str(place % 3 + 1))
    number = waiting[-1].number
    scene.until(lambda: (now := shown.announcing.shown) is not None and now.number == number)
    scene.rest(5)
    keep(scene, shown, "display-my.png")


def change(office: Office, what: str, number: str, counter_: str) -> None:
    queueing.change(office, what, number, counter=counter_)


def press(scene: Scene, shown: ConsoleWindow, target: str) -> None:
    shown.console.press(target)
    scene.until(lambda: not shown.console.busy)


def keep(scene: Scene, shown: ConsoleWindow | DisplayWindow, name: str) -> None:
    """What really stands on the screen."""
    import os

    from PIL import ImageGrab

    scene.rest()
    root = shown.window.root
    root.lift()
    root.update()
    x, y = root.winfo_rootx(), root.winfo_rooty()
    width, height = shown.window.size
    taken = ImageGrab.grab(bbox=(x, y, x + width, y + height), xdisplay=os.environ["DISPLAY"])
    small(taken).save(HOME / name, optimize=True)


def small(picture: Image.Image) -> Image.Image:
    return picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128)


def _done() -> str:
    from kiosk.ui.counter.record.formsheet import DONE

    return DONE


if __name__ == "__main__":
    main()
