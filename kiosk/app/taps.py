"""Plays the recorded visits on the resident's pages: can each be pressed so, and in how many taps?"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kiosk.app.office import is_holiday
from kiosk.core.care import screen
from kiosk.core.directory import Directory, Service
from kiosk.core.heard import Ended, Final, Level, Translation
from kiosk.core.keeping import content_of
from kiosk.core.referral import Outcome
from kiosk.core.ticket import Content
from kiosk.core.written import Detail
from kiosk.data.care import read_care
from kiosk.data.catalogue import Catalogue, load
from kiosk.data.flows import read_flows
from kiosk.data.guides import read_guides
from kiosk.data.keyboards import read_keyboard
from kiosk.data.languages import Fault, read_languages
from kiosk.data.recorded import FRIDAY, MEDIAN_TAPS, MOST_TAPS, Recorded, folder_of, read_recorded
from kiosk.data.referrals import read_directory
from kiosk.paths import FLOWS
from kiosk.settings import Settings
from kiosk.ui.actions import Issued
from kiosk.ui.frame import Frame
from kiosk.ui.parts import Sheet, Target
from kiosk.ui.resident.gallery import NoScreen, Rehearsal
from kiosk.ui.resident.kiosk import Kiosk
from kiosk.ui.resident.shop import Shop
from kiosk.ui.resident.typing import Typing

FRAME = Frame(1280, 800)
MORE = 3
"""Further pages a question may have."""


class NotThere(Exception):
    """A step of a recorded visit that its page does not offer."""


class _Words(Catalogue):
    """A language whose translation is not complete can be played too: a missing text is its key."""

    def __init__(self, whole: Catalogue) -> None:
        super().__init__(whole.tag, {key: whole.text(key) for key in sorted(whole.keys())})

    def text(self, key: str, /, **details: Detail) -> str:
        return super().text(key, **details) if self.has(key) else key


@dataclass(frozen=True)
class Played:
    """A recorded visit at its end. `taps`: what was pressed from the language to the number, keys of the
    keyboard apart."""

    taps: int
    outcome: Outcome
    content: Content
    issued: Issued
    language: str
    """The ticket's."""
    pages: tuple[str, ...]
    """Names of the sheets shown, in order."""
    sheet: Sheet
    """The last one."""


class Player:
    """One kiosk without window, store or printer, on the office's flows and at the visit's hour."""

    def __init__(self, visit: Recorded, shop: Shop, directory: Sequence[Service]) -> None:
        catalogue = shop.catalogue
        at = visit.at.replace(tzinfo=shop.settings.office.zone)
        settings = shop.settings
        if visit.prefecture:
            settings = replace(settings, office=replace(settings.office, prefecture=visit.prefecture))
        shop = replace(shop, settings=settings, now=lambda: at)
        words = cache(lambda tag: _Words(catalogue(tag)))
        shop = replace(
            shop, catalogue=words, offered=tuple(shop.languages), disaster=lambda: visit.mode == "disaster"
        )
        self.actions = Rehearsal(shop, directory, is_holiday=is_holiday)
        self.kiosk = Kiosk(NoScreen(), self.actions, shop, FRAME, lambda: 0.0)
        self.taps = 0
        self.pages = [self.kiosk.sheet().name]

    def step(self, step: str) -> None:
        """One step of a recorded visit. Raises NotThere."""
        kind, _, detail = step.partition(":")
        if kind == "write":
            self._write(detail)
        elif kind == "hear":
            self._hear(detail)
        elif kind == "means":
            self._translate(detail)
        elif kind == "scan":
            self.kiosk.scan(detail)
        else:
            self._find(step)
            self._press(step)
        self._issue()

    def _offered(self) -> set[str]:
        return {part.id for part in self.kiosk.sheet().parts if isinstance(part, Target) and part.enabled}

    def _find(self, target: str) -> None:
        """A choice may stand on a further page."""
        for _ in range(MORE):
            if target in self._offered() or not target.startswith("choose:"):
                break
            if "more" not in self._offered():
                break
            self._press("more")
        offered = self._offered()
        if target not in offered:
            there = ", ".join(sorted(offered))
            raise NotThere(f"the page {self.kiosk.sheet().name} does not offer {target}; there are {there}")

    def _press(self, target: str) -> None:
        self.taps += self.kiosk.finished is None
        self.kiosk.press(target)
        self.pages.append(self.kiosk.sheet().name)

    def _write(self, text: str) -> None:
        if not self.kiosk.writing:
            raise NotThere(f"the page {self.kiosk.sheet().name} is not for writing")
        self.kiosk.typing = Typing(read_keyboard(self.kiosk.language.tag), text)

    def _hear(self, text: str) -> None:
        if self.actions.hear is None:
            raise NotThere("nobody listens; press listen before")
        for heard in (Level(-20.0), Final(text), Ended("pressed")):
            self.actions.hear(heard)

    def _translate(self, japanese: str) -> None:
        if self.actions.translated is None:
            raise NotThere("nothing is being translated")
        visit = self.kiosk.visit
        self.actions.translated(Translation(visit.text, visit.text_language, japanese, visit.text, "sample"))

    def _issue(self) -> None:
        """The number comes at once."""
        answer, self.actions.issue = self.actions.issue, None
        if answer is not None:
            assert self.kiosk.outcome is not None
            sensitive = self.kiosk.outcome.sensitive
            answer(Issued("id", "A012", 20, saved=True, referred=self.actions.referred, sensitive=sensitive))
            self.pages.append(self.kiosk.sheet().name)


def play(visit: Recorded, shop: Shop, directory: Sequence[Service]) -> Played:
    """The visit from its first step to its last. Raises NotThere where it cannot be pressed so, or does not
    end with a number."""
    player = Player(visit, shop, directory)
    for place, step in enumerate(visit.steps, start=1):
        try:
            player.step(step)
        except NotThere as fault:
            raise NotThere(f"step {place}: {fault}") from fault
    kiosk = player.kiosk
    if kiosk.finished is None or kiosk.outcome is None:
        raise NotThere(f"ends on the page {kiosk.sheet().name}, without a number")
    return Played(
        player.taps,
        kiosk.outcome,
        content_of(kiosk.visit, kiosk.outcome),
        kiosk.finished.issued,
        kiosk.visit.ticket_language,
        tuple(player.pages),
        kiosk.sheet(),
    )


def shop_for(flows: Path = FLOWS, settings: Settings | None = None) -> Shop:
    """What is installed, as the kiosk's screens read it; the office's own settings or the shipped ones."""
    found, languages = read_flows(flows), read_languages().by_tag
    return Shop(
        settings=settings or Settings(),
        languages=languages,
        offered=tuple(languages),
        topics=found.topics,
        flows=found.flows,
        catalogue=load,
        now=lambda: FRIDAY,
        guides=read_guides(found.topics, flows / "guides").by_topic,
        screen=lambda text, tag: screen(text, [read_care(tag), read_care("en")]),
        disaster=lambda: False,
    )


def faults(flows: Path = FLOWS) -> Iterator[Fault]:
    """Recorded visits that cannot be read, that cannot be pressed any more, or that take too many taps."""
    wrong: list[Fault] = []
    visits = read_recorded(folder_of(flows), wrong)
    yield from wrong
    for visit, played in _all(visits, flows):
        file = folder_of(flows) / f"{visit.topic}.toml"
        if isinstance(played, NotThere):
            yield Fault(file, f"visit {visit.id}.steps", f"{played}; correct the flow or the visit")
        elif played.taps > MOST_TAPS:
            yield Fault(file, f"visit {visit.id}", f"takes {played.taps} taps; at most {MOST_TAPS}: ask less")


def _all(visits: Iterable[Recorded], flows: Path) -> Iterator[tuple[Recorded, Played | NotThere]]:
    shop = shop_for(flows)
    directory = Directory.of(read_directory(flows / "referrals").services)
    for visit in visits:
        try:
            yield visit, play(visit, shop, directory)
        except NotThere as fault:
            yield visit, fault


def run(flows: Path = FLOWS) -> dict[str, float]:
    """Taps from the language to the number over the recorded visits, by file: how many visits, their median,
    the longest; with what each may be at most. Raises RuntimeError where one cannot be played."""
    wrong: list[Fault] = []
    visits = read_recorded(folder_of(flows), wrong)
    if wrong:
        raise RuntimeError("; ".join(map(str, wrong)))
    taps: dict[str, list[int]] = {}
    for visit, played in _all(visits, flows):
        if isinstance(played, NotThere):
            raise RuntimeError(f"{visit.topic} {visit.id}: {played}") from played
        taps.setdefault(visit.topic, []).append(played.taps)
    figures: dict[str, float] = {"median_at_most": MEDIAN_TAPS, "longest_at_most": MOST_TAPS}
    for topic, counts in taps.items():
        figures |= {
            f"{topic}_visits": len(counts),
            f"{topic}_median": statistics.median(counts),
            f"{topic}_longest": max(counts),
        }
    return figures
