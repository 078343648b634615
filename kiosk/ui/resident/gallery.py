"""Every kind of page as a sample, from the real kiosk with rehearsed answers: for tests and photographs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kiosk.core import directory, referral
from kiosk.core.directory import Service
from kiosk.core.flow import UNKNOWN, Flow
from kiosk.core.heard import Ended, Final, Heard, Level, Partial, Translation
from kiosk.core.hours import Opening
from kiosk.core.referral import Outcome
from kiosk.core.visit import Page, Step, Visit
from kiosk.errors import Trouble
from kiosk.ui.actions import Abilities, Issued
from kiosk.ui.frame import Frame
from kiosk.ui.parts import Sheet
from kiosk.ui.resident.kiosk import Kiosk, Shop

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
        while visit.at.page is Page.QUESTION and visit.flow is not None:
            question = visit.flow.questions[visit.at.question]
            if question.kind == "many":
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

    def say(self, key: str, **details: str | int) -> str:
        return self.kiosk.shop.catalogue(self.tag).text(key, **details)

    def sentences(self, count: int) -> str:
        """So much text in the language, from its own catalogue."""
        keys = ("review.note", "notice.secret.text", "done.no_printer.text", "other.text")
        text = " ".join(self.say(key) for key in keys[:count])
        # A resident's own words come without readings; the keyboard writes kana.
        return re.sub(r"\{[^|{}]*\|([^{}]*)\}", r"\1", text)


Go = Callable[[Guide], None]


def samples(
    shop: Shop, directory: Sequence[Service], frame: Frame, tag: str, only: Sequence[str] = ()
) -> dict[str, Sheet]:
    """Named sheets of every kind of page in one language; `only` keeps the scenes named so."""
    guide = Guide(shop, directory, frame, tag)
    for name, scene in SCENES.items():
        if not only or name in only:
            guide.actions.able, guide.actions.found = ABLE, None
            scene(guide)
    return guide.taken


def questions(
    shop: Shop, directory: Sequence[Service], frame: Frame, tag: str
) -> Iterator[tuple[str, Sheet]]:
    """Every question of every flow, on all its pages."""
    guide = Guide(shop, directory, frame, tag)
    for topic in shop.topics.values():
        guide.start(topic.id)
        visit = guide.kiosk.visit
        flow = shop.flows[topic.flow]
        for question in flow.questions:
            visit.at = Step(Page.QUESTION, question)
            guide.kiosk.enter(visit.at)
            page = 0
            while True:
                guide.kiosk.page = page
                sheet = guide.kiosk.sheet()
                yield f"{flow.id}-{question}-{page + 1}", sheet
                page += 1
                if page * _shown(sheet) >= len(flow.questions[question].choices):
                    break


def _shown(sheet: Sheet) -> int:
    """How many choices a page of a question holds."""
    listed = [part for part in sheet.parts if getattr(part, "look", "") == "choice"]
    return max(1, len(listed))


def places(shop: Shop, directory: Sequence[Service], frame: Frame, tag: str) -> Iterator[tuple[str, Sheet]]:
    """Every service of the directory on its page, with everything there may be to bring."""
    guide = Guide(shop, directory, frame, tag)
    bring = _bring(shop)
    for service in directory:
        if service.shown:
            guide.actions.found = Outcome(True, (service,), bring[:4], (), False, False)
            _to_review(guide)
            guide.press("send")
            yield f"place-{service.id}", guide.kiosk.sheet()


def _bring(shop: Shop) -> tuple[str, ...]:
    every = (
        item
        for flow in shop.flows.values()
        for question in flow.questions.values()
        for choice in question.choices
        for item in choice.bring
    )
    return tuple(dict.fromkeys(every))


def _richest(shop: Shop) -> str:
    """The topic that asks most."""
    return max(shop.topics, key=lambda topic: len(shop.flows[shop.topics[topic].flow].questions))


def _begin(guide: Guide) -> None:
    guide.wipe()
    guide.take("picker")
    guide.press("other")
    guide.take("other")
    guide.press("back", f"pick:{guide.tag}")
    guide.take("notice")
    guide.press("others")
    guide.take("caller")
    guide.press("choose:family")
    guide.take("topics-1")
    guide.press("more")
    guide.take("topics-2")


def _ask(guide: Guide) -> None:
    shop = guide.kiosk.shop
    guide.start(_richest(shop))
    guide.take("question")
    visit, flow = guide.kiosk.visit, guide.kiosk.visit.flow
    assert flow is not None
    guide.press(f"choose:{flow.questions[flow.start].choices[0].id}")
    guide.take("question-2")
    guide.press("back")
    guide.take("question-again")
    many = _many(shop)
    if many is None:
        return
    topic, many_flow, question = many
    guide.start(topic)
    visit = guide.kiosk.visit
    visit.at = Step(Page.QUESTION, question)
    guide.kiosk.enter(visit.at)
    guide.press(*(f"choose:{choice.id}" for choice in many_flow.questions[question].choices[:2]))
    guide.take("question-many")


def _many(shop: Shop) -> tuple[str, Flow, str] | None:
    for topic in shop.topics.values():
        flow = shop.flows[topic.flow]
        for question in flow.questions.values():
            if question.kind == "many":
                return topic.id, flow, question.id
    return None


def _over(guide: Guide) -> None:
    guide.start(_richest(guide.kiosk.shop))
    for name in ("restart", "language", "size"):
        guide.press(name)
        guide.take({"language": "change-language", "size": "text-size"}.get(name, name))
        guide.press("no" if name == "restart" else "back")
    guide.kiosk.told = guide.say("trouble.no_voice")
    guide.take("told")
    guide.kiosk.told = ""
    guide.kiosk.warned = 28
    guide.take("idle")
    guide.kiosk.warned = None
    guide.press("restart", "yes")
    guide.kiosk.frame = guide.frame
    guide.take("cleared")


def _speak(guide: Guide) -> None:
    actions = guide.actions
    guide.start(_richest(guide.kiosk.shop))
    guide.answer()
    guide.take("speak")
    guide.press("listen")
    guide.take("speak-loading")
    assert actions.hear is not None
    guide.time = 14.0
    for heard in (Level(-22.0), Final(guide.sentences(1)), Partial(guide.say("speak.again"))):
        actions.hear(heard)
    guide.kiosk.tick()
    guide.take("speak-listening")
    actions.hear(Level(-52.0))
    guide.take("speak-quiet")
    actions.hear(Level(-2.0, clipped=True))
    guide.take("speak-loud")
    actions.hear(Final(guide.sentences(4)))
    actions.hear(Trouble("trouble.microphone_lost"))
    guide.take("speak-lost")
    guide.press("listen")
    actions.hear(Ended("pressed"))
    guide.take("speak-heard")
    guide.start(_richest(guide.kiosk.shop))
    guide.answer()
    guide.press("listen")
    actions.hear(Ended("pressed"))
    guide.take("speak-nothing")
    actions.able = Abilities(speech=False, translation=True, voice=False)
    guide.start(_richest(guide.kiosk.shop))
    guide.answer()
    guide.take("speak-off")


def _type(guide: Guide) -> None:
    guide.start(_richest(guide.kiosk.shop))
    guide.answer()
    guide.press("type")
    guide.take("type")
    assert guide.kiosk.typing is not None
    guide.kiosk.typing = replace(guide.kiosk.typing, text=guide.sentences(1))
    guide.take("type-words")
    guide.kiosk.typing = replace(guide.kiosk.typing, text=guide.sentences(4) * 3)
    guide.press("key:<symbols>")
    guide.take("type-long")


def _to_confirm(guide: Guide, count: int) -> None:
    guide.start(_richest(guide.kiosk.shop))
    guide.answer()
    guide.press("type")
    assert guide.kiosk.typing is not None
    guide.kiosk.typing = replace(guide.kiosk.typing, text=guide.sentences(count))
    guide.press("next")


def _confirm(guide: Guide) -> None:
    if guide.kiosk.shop.languages[guide.tag].is_japanese:
        return
    actions = guide.actions
    japanese = guide.kiosk.shop.catalogue("ja").text
    for name, count, sample, alike in (("", 1, False, 1.0), ("-long", 4, True, 0.1)):
        _to_confirm(guide, count)
        guide.take(f"confirm-working{name}")
        assert actions.translated is not None
        text = guide.kiosk.visit.text
        keys = ("review.note", "notice.secret.text", "done.no_printer.text", "other.text")[:count]
        made = "".join(japanese(key) for key in keys)
        actions.translated(Translation(text, guide.tag, made, text, "argos sample", sample, alike))
        guide.take(f"confirm{name}")
    _to_confirm(guide, 2)
    assert actions.translated is not None
    actions.translated(Trouble("trouble.translation_refused"))
    guide.take("confirm-refused")
    actions.able = Abilities(speech=False, translation=False, voice=False)
    _to_confirm(guide, 2)
    guide.take("confirm-none")


def _to_review(guide: Guide, text: str = "") -> None:
    guide.start(_richest(guide.kiosk.shop))
    guide.answer()
    visit = guide.kiosk.visit
    visit.tell(text, "typed")
    guide.kiosk.enter(visit.go(Step(Page.REVIEW)))


def _review(guide: Guide) -> None:
    guide.actions.found = Outcome(True, (), (), (), False, False)
    _to_review(guide)
    guide.take("review-silent")
    _to_review(guide, guide.sentences(3))
    guide.take("review")
    guide.press("more")
    guide.take("review-2")
    guide.press("send")
    guide.take("review-sending")


def _referral(guide: Guide) -> None:
    shown = [service for service in guide.actions.directory if service.shown]
    chosen = tuple(sorted(shown, key=lambda service: -len(service.languages))[:3])
    if not chosen:
        return
    bring = _bring(guide.kiosk.shop)[:3]
    guide.actions.found = Outcome(True, chosen, bring, (), False, False)
    _to_review(guide, guide.sentences(1))
    guide.press("send")
    guide.take("referral")
    guide.press("place")
    guide.take("referral-2")
    guide.actions.found = Outcome(False, chosen[:1], (), (), False, False)
    _to_review(guide)
    guide.press("send")
    guide.take("referral-only")


def _done(guide: Guide) -> None:
    actions = guide.actions
    printed: Mapping[str, Trouble | None] = {
        "printed": None,
        "no-printer": Trouble("trouble.printer_paper"),
    }
    issued = Issued("id", "A012", 20, saved=True, referred=False, sensitive=False)
    shown = [service for service in actions.directory if service.shown]
    endings = {
        "done": issued,
        "done-unsaved": replace(issued, number="X001", minutes=0, saved=False),
        "done-sensitive": replace(issued, sensitive=True),
        "done-referred": replace(issued, referred=True),
    }
    for name, given in endings.items():
        services = tuple(shown[:1]) if given.referred else ()
        actions.found = Outcome(not services, services, (), (), given.sensitive, False)
        _to_review(guide)
        guide.press("send")
        if services:
            guide.press("print")
        assert actions.issue is not None
        actions.issue(given)
        guide.take(name)
        assert actions.printed is not None
        for ending, trouble in printed.items():
            actions.printed(trouble)
            guide.take(f"{name}-{ending}")


SCENES: Mapping[str, Go] = {
    "begin": _begin,
    "ask": _ask,
    "over": _over,
    "speak": _speak,
    "type": _type,
    "confirm": _confirm,
    "review": _review,
    "referral": _referral,
    "done": _done,
}
