"""Every kind of page as a sample, from the real kiosk with rehearsed answers: for tests and photographs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kiosk.core import directory, referral
from kiosk.core.directory import Service
from kiosk.core.flow import UNKNOWN
from kiosk.core.heard import Heard, Spoken, Translation
from kiosk.core.hours import Opening
from kiosk.core.referral import Outcome
from kiosk.core.roster import Slot
from kiosk.core.steps import Page
from kiosk.core.visit import Visit
from kiosk.core.written import Detail
from kiosk.errors import Trouble
from kiosk.ui.actions import Abilities, Issued, Speakers
from kiosk.ui.frame import Frame
from kiosk.ui.parts import Sheet
from kiosk.ui.resident.kiosk import Kiosk
from kiosk.ui.resident.shop import Shop

ABLE = Abilities(speech=True, translation=True, voice=True)


def never(_: date) -> bool:
    """A calendar without holidays."""
    return False


@dataclass
class Rehearsal:
    """Actions that keep what they were asked, to be answered by hand. Nothing is stored or printed."""

    shop: Shop
    directory: Sequence[Service] = ()
    able: Abilities = ABLE
    is_holiday: Callable[[date], bool] = never
    asked: list[str] = field(default_factory=list)
    """The names of what was asked, in order."""
    hear: Callable[[Heard | Trouble], None] | None = None
    translated: Callable[[Translation | Trouble], None] | None = None
    said: Callable[[Trouble | None], None] | None = None
    issue: Callable[[Issued], None] | None = None
    printed: Callable[[Trouble | None], None] | None = None
    referred: bool = False
    prints: bool = True
    booked: Callable[[Issued | Trouble], None] | None = None
    slots: tuple[Slot, ...] = ()
    speaking: Speakers = field(default_factory=lambda: Speakers("unknown"))
    found: Outcome | None = None
    """An outcome to give whatever the answers are."""

    def abilities(self, language: str) -> Abilities:
        japanese = self.shop.languages[language].is_japanese
        return replace(self.able, translation=self.able.translation and not japanese)

    def prepare(self, language: str) -> None:
        self.asked.append(f"prepare {language}")

    def listen(self, language: str, heard: Callable[[Heard | Trouble], None]) -> None:
        self.asked.append(f"listen {language}")
        self.hear = heard

    def choose(
        self, choices: Sequence[Spoken], language: str, heard: Callable[[Heard | Trouble], None]
    ) -> None:
        self.asked.append(f"choose {language}: {' '.join(choice.id for choice in choices)}")
        self.hear = heard

    def stop_listening(self) -> None:
        self.asked.append("stop")

    def translate(self, text: str, language: str, done: Callable[[Translation | Trouble], None]) -> None:
        self.asked.append(f"translate {language}: {text}")
        self.translated = done

    def say(self, sentences: Sequence[str], language: str, done: Callable[[Trouble | None], None]) -> None:
        self.asked.append(f"say {language}: {len(sentences)}")
        self.said = done

    def hush(self) -> None:
        self.asked.append("hush")

    def outcome(self, visit: Visit) -> Outcome:
        if self.found is not None:
            return self.found
        office = self.shop.settings.office
        return referral.outcome(
            [(flow, answers) for _, flow, answers in visit.cases],
            self.directory,
            language=visit.language,
            prefecture=office.prefecture,
            now=self.shop.now(),
            is_holiday=self.is_holiday,
            care=visit.found,
            area=office.area,
            assured_days=office.referral_days,
        )

    def openings(self, outcome: Outcome) -> Mapping[str, Opening]:
        return directory.openings(outcome.services, self.shop.now(), self.is_holiday)

    def numbers(self, outcome: Outcome) -> list[tuple[Service, Opening]]:
        chosen = referral.first_aid(self.directory, outcome.services)
        opened = directory.openings(chosen, self.shop.now(), self.is_holiday)
        return [(service, opened[service.id]) for service in chosen]

    def known(self, ticket_id: str, done: Callable[[bool], None]) -> None:
        self.asked.append(f"known {ticket_id}")
        done(True)

    def print_guide(self, topic: str, language: str, done: Callable[[Trouble | None], None]) -> None:
        self.asked.append(f"print guide {topic} {language}")
        self.printed = done

    def places(self, visit: Visit, outcome: Outcome, done: Callable[[Sequence[Slot]], None]) -> None:
        self.asked.append(f"places {visit.topic} {len(outcome.services)}")
        done(self.slots)

    def speakers(self, language: str) -> Speakers:
        return self.speaking if language in self.shop.languages else Speakers("unknown")

    def take(
        self, visit: Visit, outcome: Outcome, place: Slot, done: Callable[[Issued | Trouble], None]
    ) -> None:
        self.asked.append(f"take {visit.topic} {len(outcome.services)} {place.specialist.id}")
        self.booked = done

    def submit(self, visit: Visit, outcome: Outcome, referred: bool, done: Callable[[Issued], None]) -> None:
        self.asked.append(f"submit {visit.topic} {len(outcome.services)}")
        self.referred = referred
        self.issue = done

    def print_slip(
        self, visit: Visit, outcome: Outcome, issued: Issued, done: Callable[[Trouble | None], None]
    ) -> None:
        self.asked.append(f"print {issued.number} {visit.topic} {len(outcome.services)}")
        self.printed = done

    def forget(self) -> None:
        self.asked.append("forget")


class NoScreen:
    """Shows nothing and keeps the last sheet."""

    def __init__(self) -> None:
        self.sheet: Sheet | None = None
        self.frame: Frame | None = None

    def show(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def resize(self, frame: Frame) -> None:
        self.frame = frame

    def forget(self) -> None:
        self.sheet = None


class Guide:
    """Leads one kiosk through a visit and takes its pages."""

    def __init__(self, shop: Shop, directory: Sequence[Service], frame: Frame, tag: str) -> None:
        self.tag = tag
        self.time = 0.0
        self.actions = Rehearsal(shop, directory)
        self.kiosk = Kiosk(NoScreen(), self.actions, shop, frame, lambda: self.time)
        self.frame = frame
        self.kiosk.frame = frame
        self.taken: dict[str, Sheet] = {}

    def take(self, name: str) -> None:
        """Keep the page as it stands under a name."""
        self.taken[name] = self.kiosk.sheet()

    def press(self, *targets: str) -> None:
        for target in targets:
            self.kiosk.press(target)

    def wipe(self) -> None:
        """Begin anew in the same frame; a real wipe puts text size and colours back."""
        self.kiosk.wipe()
        self.kiosk.frame = self.frame

    def start(self, topic: str) -> None:
        """A fresh visit up to the first question of a topic."""
        self.wipe()
        self.press(f"pick:{self.tag}", "choose:self", f"choose:{topic}")

    def answer(self, answers: Mapping[str, Sequence[str]] | None = None) -> None:
        """The questions up to the resident's own words: these answers, else the first choices."""
        answers = answers or {}
        visit = self.kiosk.visit
        while visit.at.page in (Page.QUESTION, Page.CARE) and visit.flow is not None:
            if visit.at.page is Page.CARE:
                self.press("on")
                continue
            question = visit.flow.questions[visit.at.question]
            if visit.many:
                chosen = answers.get(question.id) or [choice.id for choice in question.choices[:2]]
                if list(chosen) == [UNKNOWN]:
                    self.press(f"choose:{UNKNOWN}")
                    continue
                for choice in chosen:
                    if choice not in self.kiosk.ticked:
                        self.press(f"choose:{choice}")
                self.press("next")
            else:
                given = answers.get(question.id) or (question.choices[0].id,)
                self.press(f"choose:{given[0]}")

    def say(self, key: str, **details: Detail) -> str:
        return self.kiosk.shop.catalogue(self.tag).text(key, **details)

    def sentences(self, count: int) -> str:
        """So much text in the language, from its own catalogue."""
        keys = ("review.note", "notice.secret.text", "done.no_printer.text", "other.text")
        text = " ".join(self.say(key) for key in keys[:count])
        # A resident's own words come without readings; the keyboard writes kana.
        return re.sub(r"\{[^|{}]*\|([^{}]*)\}", r"\1", text)


def richest(shop: Shop) -> str:
    """The topic of every day that asks most."""
    return max(shop.topics_of(""), key=lambda topic: len(shop.flows[shop.topics[topic].flow].questions))
