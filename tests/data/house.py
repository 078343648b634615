"""A small installation to break: one topic, one flow, one row, two languages."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk import paths
from kiosk.app.office import Office
from kiosk.data import good

TAGS = ("ja", "en")
MAY = date(2026, 5, 12)

TOPICS = """
[[topic]]
id = "work"
icon = "briefcase"
flow = "work"
statistics = "employment"
"""
FLOW = """
id = "work"
start = "matter"

[[question]]
id = "matter"
next = "since"
choice = [
    { id = "wages", icon = "banknote-x", destinations = ["labour_line"], bring = ["contract"] },
    { id = "search", next = "" },
]

[[question]]
id = "since"
choice = [{ id = "today" }, { id = "longer" }]
"""
ROWS = """
[[service]]
id = "line"
groups = ["labour_line"]
organisation_ja = "厚生労働省"
service_ja = "労働条件相談"
telephone = "0120-811-610"
hours = [{ days = "mon-fri", opens = "17:00", closes = "22:00" }]
source = "a page"
assured_date = "2026-04"
verification = "official"
"""
NEEDED = """
topic.work topic.work.example flow.work.matter flow.work.matter.label flow.work.matter.wages
flow.work.matter.search flow.work.since flow.work.since.label flow.work.since.today flow.work.since.longer
bring.contract service.line.name service.line.what
"""
WORDS = NEEDED.split()


@dataclass(frozen=True)
class House:
    """A small installation: one topic, one flow, one row, two languages."""

    root: Path

    @property
    def flows(self) -> Path:
        return self.root / "flows"

    @property
    def languages(self) -> Path:
        return self.root / "languages"

    @property
    def data(self) -> Path:
        return self.root / "data"

    def office(self) -> Office:
        return Office(self.data, flows=self.flows, languages=self.languages)

    def choose(self, today: date = MAY, tags: tuple[str, ...] = TAGS) -> good.Version:
        return good.choose(self.data / "good", tags, today, flows=self.flows, languages=self.languages)

    def swap(self, file: str, old: str, new: str) -> None:
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


def po(keys: list[str], words: str = "words") -> str:
    return "\n".join(f'msgctxt "{key}"\nmsgid "words"\nmsgstr "{words}"\n' for key in keys)


def build(root: Path, tags: tuple[str, ...] = TAGS) -> House:
    made = House(root)
    (made.flows / "referrals").mkdir(parents=True)
    (made.flows / "topics.toml").write_text(TOPICS, encoding="utf-8")
    (made.flows / "work.toml").write_text(FLOW, encoding="utf-8")
    (made.flows / "referrals" / "national.toml").write_text(ROWS, encoding="utf-8")
    for tag in tags:
        (made.languages / tag).mkdir(parents=True)
        for name in ("language.toml", "messages.po", "care.toml", "keyboard.toml"):
            shutil.copy(paths.LANGUAGES / tag / name, made.languages / tag / name)
        (made.languages / tag / "flows.po").write_text(po(WORDS), encoding="utf-8")
    return made
