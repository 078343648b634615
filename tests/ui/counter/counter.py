"""A counter with everything around it, in the catalogue's Japanese."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.core.directory import Service
from kiosk.core.flow import Choice, Flow, Question
from kiosk.core.hours import Opening
from kiosk.core.ticket import Case, Content, State
from kiosk.data.catalogue import load
from kiosk.data.languages import read_languages
from kiosk.data.roster import read_roster
from kiosk.store.tiny import TinyStore
from kiosk.ui.counter.cardmaker import CardMaker
from kiosk.ui.counter.console import Console
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.place import Place
from kiosk.ui.counter.told import Standing
from tests.ui.counter.stand import Field, Screen, SyncDesk, Texts

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 20, 10, 42, tzinfo=TOKYO)  # a Friday
JAPANESE = load("ja")
SIZES = [(1366, 768), (1920, 1080), (960, 700), (683, 728)]
ROSTER = """
[[language]]
tag = "vi"
hours = [{ days = "mon-fri", opens = "09:00", closes = "16:00" }]
[[language]]
tag = "fil"
hours = [{ days = "fri", opens = "09:00", closes = "17:00" }]
[[language]]
tag = "ko"
hours = [{ days = "tue", opens = "09:00", closes = "17:00" }]

[[specialist]]
id = "lawyer"
kind = "lawyer"
name_ja = "青葉弁護士会 法律相談"
topics = ["work"]
hours = [{ days = "thu", opens = "13:00", closes = "16:00" }]
minutes = 30
interpreter = true
room = "2階 相談室1"

[[interpreter]]
id = "night"
name_ja = "夜間 多言語ライン"
telephone = "0570-000-911"
languages = ["vi"]
hours = [{ days = "mon-sun", opens = "18:00", closes = "22:00" }]

[[interpreter]]
id = "day"
name_ja = "県 通訳コールセンター"
telephone = "0120-000-000"
languages = ["vi"]
hours = [{ days = "mon-fri", opens = "08:30", closes = "17:15" }]
say_ja = "あおば市です。ベトナム語の通訳をお願いします。"
"""
FLOWS = {
    "work": Flow(
        "work",
        "matter",
        {
            "matter": Question("matter", (Choice("wages"), Choice("treated"))),
            "treated_what": Question("treated_what", (Choice("passport", care="passport"),)),
            "wages_since": Question("wages_since", (Choice("month"),)),
        },
    ),
    "residence": Flow(
        "residence",
        "expiry",
        {"expiry": Question("expiry", (Choice("past", within=0), Choice("week", within=7)))},
    ),
}
LINE = Service(
    "line", "line", ("labour",), "役所", "労働の電話", "official", "", "2020-03", telephone="0570-1"
)
OTHER = replace(LINE, id="other", service_ja="夜の電話", telephone="0570-2", assured_date="2026-01")


def standing(service: Service, language: str) -> Standing:  # noqa: ARG001
    return Standing(
        Opening("closed", next=datetime(2026, 11, 24, 9, 0, tzinfo=TOKYO)),
        service.stale(NOW.date(), 1095),
        OTHER,
    )


@dataclass
class Counter:
    """A console and what stands around it."""

    console: Console
    desk: SyncDesk
    screen: Screen
    memo: Field
    entry: Field
    store: TinyStore
    days: list[date] = field(default_factory=list)

    def keys(self, *names: str) -> Counter:
        for name in names:
            self.console.key(name)
        return self

    def said(self) -> str:
        """Every word on the page."""
        self.console.tick()
        return "\n".join(self.screen.words())

    def state(self, number: str) -> State:
        return next(case.state for case in self.store.tickets() if case.number == number)


def counter_at(
    store: TinyStore, folder: Path, number: str = "3", size: tuple[int, int] = SIZES[0]
) -> Counter:
    file = folder / "roster.toml"
    file.write_text(ROSTER, encoding="utf-8")
    found = read_roster(file, ("work", "residence"), ())
    assert found.faults == ()
    desks = (("", "どの窓口でも"), ("2", "窓口 2"), ("specialist:lawyer", "青葉弁護士会 法律相談"))
    place = Place(number, "あおば市 外国人相談窓口", "07", (), desks)
    desk = SyncDesk(store, at=NOW, place=place, roster=found.roster)
    languages = read_languages().by_tag
    cards = CardMaker(JAPANESE.text, JAPANESE.has, FLOWS, languages, (LINE, OTHER), standing)
    screen, memo, entry = Screen(), Field(), Field()
    console = Console(desk, screen, memo, entry, cards, Grid(*size, JAPANESE.text), place, Field(), Texts())
    console.start()
    return Counter(console, desk, screen, memo, entry, store)


def told(*cases: Case, **more: object) -> Content:
    told = cases or (Case("work", "work", (("matter", ("wages",)),)),)
    return Content(caller="self", cases=told, **more)  # type: ignore[arg-type]
