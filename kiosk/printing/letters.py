"""Referral letters (紹介状) and forwarding sheets (行政相談 回付票), in two languages side by side.

Japanese stands at the left, the resident's language at the right, in the same order.

Without consent the paper says only which agency it is and how to get there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from kiosk.core.directory import name_of, speaks
from kiosk.core.hours import DAYS
from kiosk.core.letter import allowed, personal
from kiosk.core.written import Day
from kiosk.printing.document import Document, Part, Row
from kiosk.printing.letter_columns import Columns, clean
from kiosk.printing.letter_matter import matter, wishes
from kiosk.printing.letter_way import bring, way
from kiosk.text.page import unmarked

if TYPE_CHECKING:
    from kiosk.core.directory import Service
    from kiosk.core.language import Language
    from kiosk.core.letter import Draft
    from kiosk.core.ticket import Content
    from kiosk.printing.slip import Words


@dataclass(frozen=True)
class Sender:
    """What a letter needs of the office settings; an empty telephone or address is left out."""

    name_ja: str
    city_hall_ja: str
    telephone: str = ""
    address: str = ""


@dataclass(frozen=True)
class LetterCase:
    """What a letter is made from. `at` is the office's time."""

    number: str
    day: date
    at: datetime
    content: Content
    service: Service | None
    counter: str = ""
    stale: bool = False
    """Whether the agency's number was confirmed longer ago than the office allows."""


class LetterComposer:
    """Letters in one language. `local` and `japanese` are the two catalogues."""

    def __init__(self, language: Language, local: Words, japanese: Words, sender: Sender) -> None:
        self._both, self._sender = Columns(language, local, japanese), sender

    def compose(self, draft: Draft, case: LetterCase) -> Document:
        """The paper of a draft; what may not stand on it is left out here."""
        told, draft = personal(draft, case.content), allowed(draft, case.content)
        kind = draft.kind if told else "guide"
        if kind not in ("guide", "forwarded"):
            kind = "letter"
        parts = [self._to(draft, case, kind)]
        if told:
            parts += [self._facts(draft, case), *matter(self._both, draft, case), *wishes(self._both, draft)]
        parts.append(way(self._both, draft, case))
        if told:
            parts += [*bring(self._both, draft, case), self._agreed(draft, case), self._name()]
        parts.append(self._envelope(draft))
        return Document(
            left="ja",
            right="" if self._both.same else self._both.language.tag,
            title=self._both.row(f"letter.title.{kind}", strong=True),
            stamp=f"{case.at:%Y-%m-%d}",
            number=case.number if told else "",
            parts=tuple(part for part in parts if part.rows or part.look == "sign"),
            foot=self._sender.name_ja if told and not case.content.sensitive else self._sender.city_hall_ja,
        )

    # From whom to whom

    def _to(self, draft: Draft, case: LetterCase, kind: str) -> Part:
        name = clean(draft.name, 100)
        service = case.service
        local = name
        if service is not None and not self._both.same:
            local = name_of(service, self._both.local.text, self._both.local.tag)
        names = {"ja": name}
        rows = [self._both.pair(lambda of: of.text("letter.to", name=names.get(of.tag, local)), strong=True)]
        if kind != "guide":
            rows.append(self._both.pair(lambda of: self._from(case, of)))
        rows.append(self._both.row(f"letter.opening.{kind}"))
        return Part(None, tuple(rows))

    def _from(self, case: LetterCase, of: Words) -> str:
        """Whom to ask back: the counter, or the town hall alone where the case needs care."""
        sender = self._sender
        name = sender.city_hall_ja if case.content.sensitive else sender.name_ja
        parts = [unmarked(name)]
        if case.counter and not case.content.sensitive:
            parts.append(of.text("letter.counter", counter=unmarked(case.counter)))
        parts += [
            unmarked(part)
            for part in (sender.address, sender.telephone and f"TEL {sender.telephone}")
            if part
        ]
        return of.text("letter.from", sender="　".join(parts))

    def _facts(self, draft: Draft, case: LetterCase) -> Part:
        """Language, need of an interpreter, appointment."""
        rows = []
        if self._both.language.tag != "ja":
            rows.append(self._speech(case.service))
        if draft.appointment is not None:
            at = draft.appointment
            weekday = f"day.{DAYS[at.weekday()]}"
            rows.append(
                self._both.pair(
                    lambda of: of.text(
                        "letter.appointment", date=Day.of(at), day=of.text(weekday), time=f"{at:%H:%M}"
                    ),
                    strong=True,
                )
            )
            if draft.room.strip():
                rows.append(self._both.row("letter.room", room=clean(draft.room, 100)))
        return Part(self._both.row("letter.facts"), tuple(rows), "languages")

    def _speech(self, service: Service | None) -> Row:
        if self._both.language.tag == "ja-simple":
            return self._both.row("letter.speech.plain", strong=True)
        can = service is not None and speaks(service, self._both.language.tag)
        key = "letter.speech.spoken" if can else "letter.speech.needed"
        return Row(
            self._both.japanese.text(key, language=self._both.language.japanese),
            self._both.local.text(key, language=self._both.language.endonym),
            strong=True,
        )

    # Agreement, name, envelope

    def _agreed(self, draft: Draft, case: LetterCase) -> Part:
        assert draft.consent is not None
        at = draft.consent.astimezone(case.at.tzinfo)
        given = self._both.row("letter.consent.given", date=Day.of(at), time=f"{at:%H:%M}")
        return Part(
            self._both.row("letter.consent"), (self._both.row("letter.consent.text"), given), "shield-check"
        )

    def _name(self) -> Part:
        return Part(None, (self._both.row("letter.sign"),), look="sign")

    def _envelope(self, draft: Draft) -> Part:
        """What may stand on an envelope: nothing that tells what is in it."""
        name, hall = clean(draft.name, 100), unmarked(self._sender.city_hall_ja)
        line = self._both.row("letter.envelope.text", name=name, hall=hall)
        return Part(self._both.row("letter.envelope"), (line,), "mail")
