"""What a slip says, apart from how it is drawn: the resident's language large, Japanese beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kiosk.core.directory import Service, speaks
from kiosk.core.hours import hours_text
from kiosk.core.language import Language

Say = Callable[..., str]
"""A catalogue's `text`: key and details → words."""
Kind = Literal["counter", "referral", "neutral"]


@dataclass(frozen=True)
class Line:
    """One thing in both languages; `icon` is a Lucide name. `japanese` is empty where it would repeat."""

    text: str
    japanese: str = ""
    icon: str = ""
    strong: bool = True


@dataclass(frozen=True)
class Place:
    """One agency on the slip."""

    name: str
    name_ja: str
    what: str
    what_ja: str
    telephone: str
    lines: tuple[Line, ...]
    url: str
    checked: str


@dataclass(frozen=True)
class Slip:
    """A whole slip, ready to be drawn. Telephone numbers, times and the number stay in ASCII digits."""

    kind: Kind
    language: str
    office_ja: str
    office: str
    number_word: str
    number: str
    lines: tuple[Line, ...]
    places_title: Line | None
    for_agency: tuple[str, ...]
    """Sentences in Japanese for the agency's staff."""
    show: str
    """Tells the resident to show them."""
    places: tuple[Place, ...]
    qr: str
    qr_words: Line | None
    foot: Line | None
    stamp: str


@dataclass(frozen=True)
class SlipOffice:
    """What a slip needs of the office settings."""

    name_ja: str
    city_hall_ja: str
    city_hall_en: str


@dataclass(frozen=True)
class SlipCase:
    """What a slip needs of the case. A sensitive one gives away nothing but the number."""

    ticket_id: str
    """Empty where the ticket could not be kept: the slip then claims nothing that is kept."""
    number: str
    at: datetime
    minutes: int
    """About how long the wait is; 0 where that is not known or over."""
    topic: str
    services: tuple[Service, ...]
    bring: tuple[str, ...]
    sensitive: bool
    referred: bool


class Composer:
    """Puts slips into words. `local` and `japanese` are the texts of the two catalogues."""

    def __init__(self, language: Language, local: Say, japanese: Say, office: SlipOffice) -> None:
        self._language, self._local, self._japanese, self._office = language, local, japanese, office

    def compose(self, case: SlipCase) -> Slip:
        if case.sensitive:
            return self._neutral(case)
        places = tuple(self._place(service, case.bring) for service in case.services)
        for_agency = self._for_agency(case) if places else ()
        common = {
            "language": self._language.tag,
            "office_ja": self._office.name_ja,
            "office": "" if self._language.is_japanese else self._local("office.counter"),
            "number_word": self._local("slip.number"),
            "number": case.number,
            "places_title": self._line("slip.places") if places else None,
            "for_agency": for_agency,
            "show": self._local("slip.show") if places else "",
            "places": places,
            "stamp": f"{case.at:%Y-%m-%d  %H:%M}   {self._language.japanese}",
        }
        if case.referred:
            return Slip(kind="referral", lines=(), qr="", qr_words=None, foot=None, **common)  # type: ignore[arg-type]
        return Slip(
            kind="counter",
            lines=self._steps(case),
            qr="\n".join(
                part
                for part in (case.number, f"{case.at:%Y-%m-%d %H:%M}", self._office.name_ja, case.ticket_id)
                if part
            ),
            qr_words=self._line("slip.keep"),
            foot=self._line("slip.free"),
            **common,  # type: ignore[arg-type]
        )

    def _neutral(self, case: SlipCase) -> Slip:
        """No topic, no counter's name, no QR code, no name of the language."""
        return Slip(
            kind="neutral",
            language=self._language.tag,
            office_ja=self._office.city_hall_ja,
            office="" if self._language.is_japanese else self._office.city_hall_en,
            number_word=self._local("slip.number"),
            number=case.number,
            lines=(self._line("slip.sit", icon="armchair"), self._line("slip.soon", icon="clock")),
            places_title=None,
            for_agency=(),
            show="",
            places=(),
            qr="",
            qr_words=None,
            foot=None,
            stamp=f"{case.at:%Y-%m-%d  %H:%M}",
        )

    def _steps(self, case: SlipCase) -> tuple[Line, ...]:
        lines = [self._line("slip.wait", icon="map-pin")]
        if case.minutes:
            lines.append(self._line("slip.minutes", icon="clock", n=case.minutes))
        lines.append(self._line("slip.then", icon="megaphone"))
        if case.ticket_id:
            lines.append(self._line("slip.told", icon="message-square-text"))
        return tuple(lines)

    def _for_agency(self, case: SlipCase) -> tuple[str, ...]:
        sentences = []
        if not self._language.is_japanese:
            sentences.append(self._japanese("slip.speaks", language=self._language.japanese))
        if case.topic:
            sentences.append(f"{self._japanese('topic.label')}：{self._japanese('topic.' + case.topic)}")
        return tuple(sentences)

    def _place(self, service: Service, bring: Sequence[str]) -> Place:
        lines = []
        if service.schedule.known:
            lines.append(self._pair(lambda say: hours_text(service.schedule, say), icon="clock"))
        if speaks(service, self._language.tag) and not self._language.is_japanese:
            lines.append(
                Line(
                    self._local("slip.in_language", language=self._language.endonym),
                    icon="languages",
                    strong=False,
                )
            )
        elif not self._language.is_japanese and set(service.languages) <= {"ja"}:
            lines.append(Line(self._local("slip.japanese_only"), icon="languages", strong=False))
        if bring:
            lines.append(self._pair(lambda say: self._bring(bring, say), icon="folder-open"))
        name, what = f"service.{service.text}.name", f"service.{service.text}.what"
        same = self._language.is_japanese
        return Place(
            name=self._local(name),
            name_ja="" if same else f"{service.organisation_ja} {service.service_ja}".strip(),
            what=self._local(what),
            what_ja="" if same else self._japanese(what),
            telephone=service.telephone,
            lines=tuple(lines),
            url=service.url,
            checked=self._local("slip.checked", date=service.assured_date),
        )

    def _bring(self, items: Sequence[str], say: Say) -> str:
        japanese = say is self._japanese or self._language.is_japanese
        things = ("、" if japanese else ", ").join(say(f"bring.{item}") for item in items)
        return f"{say('slip.bring')}：{things}" if japanese else f"{say('slip.bring')}: {things}"

    def _line(self, key: str, *, icon: str = "", **details: str | int) -> Line:
        return self._pair(lambda say: say(key, **details), icon=icon)

    def _pair(self, words: Callable[[Say], str], *, icon: str = "") -> Line:
        japanese = "" if self._language.is_japanese else words(self._japanese)
        return Line(words(self._local), japanese, icon)
