"""Puts slips into words: the resident's language large, Japanese beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.core.hours import DAYS
from kiosk.core.written import Day
from kiosk.printing.places import Wording, agency, card
from kiosk.printing.slip import Line, Slip

if TYPE_CHECKING:
    from kiosk.core.guide import Guide
    from kiosk.core.language import Language
    from kiosk.printing.slip import Appointment, SlipCase, SlipOffice, Words


class Composer:
    """Slips of one office in one language. `local` and `japanese` are the two catalogues."""

    def __init__(self, language: Language, local: Words, japanese: Words, office: SlipOffice) -> None:
        self._language, self._office = language, office
        self._local, self._japanese = local.text, japanese.text
        self._words = Wording(language, local, japanese)
        self._line: Callable[..., Line] = self._words.line

    def compose(self, case: SlipCase) -> Slip:
        if case.sensitive:
            return self._neutral(case)
        places = tuple(agency(service, case, self._words) for service in case.services)
        carried = places or case.appointment
        items = tuple(self._line(f"bring.{item}") for item in case.bring) if carried else ()
        elsewhere = case.referred and not case.appointment
        return Slip(
            kind="referral" if elsewhere else "counter",
            language=self._language.tag,
            office_ja=self._office.name_ja,
            office=self._counter(),
            stamp=f"{case.at:%Y-%m-%d  %H:%M}   {self._language.japanese}",
            number_word=self._local("slip.number"),
            number=case.number,
            lines=() if elsewhere else self._steps(case),
            title=self._line("slip.places") if places else None,
            for_agency=self._for_agency(case) if places else (),
            show=self._local("slip.show") if places else "",
            places=places,
            bring_title=self._line("slip.bring", icon="folder-open") if items else None,
            bring=items,
            qr=self._code(case),
            # A number that nothing keeps leads nowhere later; it may still be kept for today.
            qr_words=self._line("slip.return" if case.ticket_id else "slip.keep"),
            foot=None if elsewhere else self._line("slip.free"),
        )

    def guide(self, guide: Guide, at: datetime) -> Slip:
        """A sheet on life in Japan: one topic's cards, and where to ask what they leave open."""
        return Slip(
            kind="guide",
            language=self._language.tag,
            office_ja=self._office.name_ja,
            office=self._counter(),
            stamp=f"{at:%Y-%m-%d}   {self._language.japanese}",
            title=self._line(f"topic.{guide.topic}"),
            places=tuple(card(guide, one, self._words) for one in guide.cards),
            foot=self._line("guide.note"),
        )

    def _neutral(self, case: SlipCase) -> Slip:
        """No topic, no counter's name, no QR code, no name of the language."""
        lines = [self._line("slip.sit", icon="armchair"), self._line("slip.soon", icon="clock")]
        if case.appointment:
            lines = [self._when(case.appointment), self._line("slip.appointment.bring", icon="id-card")]
        return Slip(
            kind="neutral",
            language=self._language.tag,
            office_ja=self._office.city_hall_ja,
            office="" if self._words.same else self._office.city_hall_en,
            stamp=f"{case.at:%Y-%m-%d  %H:%M}",
            number_word=self._local("slip.number"),
            number=case.number,
            lines=tuple(lines),
        )

    def _counter(self) -> str:
        return "" if self._words.same else self._local("office.counter")

    def _code(self, case: SlipCase) -> str:
        """The first line is what a hand scanner types where somebody comes back; the second is for them."""
        first = f"{case.number} {case.at:%Y-%m-%d} {case.ticket_id}".strip()
        return f"{first}\n{case.at:%Y-%m-%d %H:%M} {self._office.name_ja}"

    def _steps(self, case: SlipCase) -> tuple[Line, ...]:
        if case.appointment:
            lines = self._agreed(case.appointment)
        else:
            lines = [self._line("slip.wait", icon="map-pin")]
            if case.minutes:
                lines.append(self._line("slip.minutes", icon="clock", n=case.minutes))
            lines.append(self._line("slip.then", icon="megaphone"))
        if case.ticket_id:
            lines.append(self._line("slip.told", icon="message-square-text"))
        return tuple(lines)

    def _agreed(self, appointment: Appointment) -> list[Line]:
        """When, with whom, where; nobody waits for an appointment on the day it is made."""
        lines, who = [self._when(appointment)], appointment.specialist
        if who:
            lines.append(self._words.pair(lambda of: who.name(of.tag, of.text), icon="user-check"))
        if who and who.room:
            # Rooms are called as the signs on their doors say it.
            lines.append(Line(*((who.room, "") if self._words.same else ("", who.room)), icon="map-pin"))
        lines.append(self._line("slip.appointment.bring", icon="id-card"))
        lines.append(self._line("slip.appointment.cancel", icon="calendar-x"))
        return lines

    def _when(self, appointment: Appointment) -> Line:
        at = appointment.at
        day = f"day.{DAYS[at.weekday()]}"
        return self._words.pair(
            lambda of: of.text("book.when", date=Day.of(at), day=of.text(day), time=f"{at:%H:%M}"),
            icon="calendar-check",
        )

    def _for_agency(self, case: SlipCase) -> tuple[str, ...]:
        sentences = []
        if not self._words.same:
            sentences.append(self._japanese("slip.speaks", language=self._language.japanese))
        if case.topics:
            topics = "、".join(self._japanese(f"topic.{topic}") for topic in case.topics)
            sentences.append(f"{self._japanese('topic.label')}：{topics}")
        return tuple(sentences)
