"""Referral letters (紹介状) and forwarding sheets (行政相談 回付票), in two languages side by side.

Japanese stands at the left, the resident's language at the right, in the same order.

Without consent the paper says only which agency it is and how to get there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.core.directory import access_of, name_of, speaks
from kiosk.core.flow import SPECIAL
from kiosk.core.hours import DAYS, hours_text
from kiosk.core.letter import (
    BRING,
    CALLER,
    DEADLINE,
    LONGEST,
    LONGEST_WORDS,
    NARRATIVE,
    TOPIC,
    allowed,
    personal,
)
from kiosk.core.writing import kept_text
from kiosk.core.written import Day, Detail
from kiosk.printing.document import Document, Part, Row
from kiosk.text.page import unmarked

if TYPE_CHECKING:
    from kiosk.core.directory import Service
    from kiosk.core.language import Language
    from kiosk.core.letter import Draft
    from kiosk.core.ticket import Case, Content, Narrative
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
        self._language, self._sender = language, sender
        self._local, self._japanese = local, japanese
        # An agency reads plain Japanese, a resident may need it written with readings: those are two.
        self._same = language.tag == "ja"

    def compose(self, draft: Draft, case: LetterCase) -> Document:
        """The paper of a draft; what may not stand on it is left out here."""
        told, draft = personal(draft, case.content), allowed(draft, case.content)
        kind = draft.kind if told else "guide"
        if kind not in ("guide", "forwarded"):
            kind = "letter"
        parts = [self._to(draft, case, kind)]
        if told:
            parts += [self._facts(draft, case), *self._matter(draft, case), *self._wishes(draft)]
        parts.append(self._way(draft, case))
        if told:
            parts += [*self._bring(draft, case), self._agreed(draft, case), self._name()]
        parts.append(self._envelope(draft))
        return Document(
            left="ja",
            right="" if self._same else self._language.tag,
            title=self._row(f"letter.title.{kind}", strong=True),
            stamp=f"{case.at:%Y-%m-%d}",
            number=case.number if told else "",
            parts=tuple(part for part in parts if part.rows or part.look == "sign"),
            foot=self._sender.name_ja if told and not case.content.sensitive else self._sender.city_hall_ja,
        )

    # Rows

    def _row(self, key: str, *, strong: bool = False, **details: Detail) -> Row:
        return self._pair(lambda words: words.text(key, **details), strong=strong)

    def _pair(self, say: Callable[[Words], str], *, strong: bool = False) -> Row:
        return Row(say(self._japanese), "" if self._same else say(self._local), strong)

    # From whom to whom

    def _to(self, draft: Draft, case: LetterCase, kind: str) -> Part:
        name = clean(draft.name, 100)
        service = case.service
        local = name
        if service is not None and not self._same:
            local = name_of(service, self._local.text, self._local.tag)
        names = {"ja": name}
        rows = [self._pair(lambda of: of.text("letter.to", name=names.get(of.tag, local)), strong=True)]
        if kind != "guide":
            rows.append(self._pair(lambda of: self._from(case, of)))
        rows.append(self._row(f"letter.opening.{kind}"))
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
        if self._language.tag != "ja":
            rows.append(self._speech(case.service))
        if draft.appointment is not None:
            at = draft.appointment
            weekday = f"day.{DAYS[at.weekday()]}"
            rows.append(
                self._pair(
                    lambda of: of.text(
                        "letter.appointment", date=Day.of(at), day=of.text(weekday), time=f"{at:%H:%M}"
                    ),
                    strong=True,
                )
            )
            if draft.room.strip():
                rows.append(self._row("letter.room", room=clean(draft.room, 100)))
        return Part(self._row("letter.facts"), tuple(rows), "languages")

    def _speech(self, service: Service | None) -> Row:
        if self._language.tag == "ja-simple":
            return self._row("letter.speech.plain", strong=True)
        can = service is not None and speaks(service, self._language.tag)
        key = "letter.speech.spoken" if can else "letter.speech.needed"
        return Row(
            self._japanese.text(key, language=self._language.japanese),
            self._local.text(key, language=self._language.endonym),
            strong=True,
        )

    # What it is about

    def _matter(self, draft: Draft, case: LetterCase) -> list[Part]:
        content, rows = case.content, []
        if TOPIC in draft.lines:
            topics = [one.topic for one in content.cases if one.topic and one.topic not in SPECIAL]
            rows.append(
                self._pair(lambda of: _list(of, (_word(of, f"topic.{t}", t) for t in topics)), strong=True)
            )
        if CALLER in draft.lines:
            caller = content.caller
            rows.append(
                self._pair(lambda of: _labelled(of, "letter.caller", _word(of, f"caller.{caller}", caller)))
            )
        for place, one in enumerate(content.cases):
            for question, chosen in one.answers:
                if f"answer:{place}:{question}" in draft.lines:
                    rows.append(self._answer(one, question, chosen))
        if DEADLINE in draft.lines and content.within is not None:
            last = case.day + timedelta(days=content.within)
            rows.append(self._row("letter.deadline", strong=True, date=Day.of(last)))
        parts = [Part(self._row("letter.about"), tuple(rows), "clipboard-list")]
        if NARRATIVE in draft.lines and content.narrative is not None:
            parts.append(self._narrative(content.narrative))
        return parts

    def _answer(self, case: Case, question: str, chosen: tuple[str, ...]) -> Row:
        key = f"flow.{case.flow}.{question}"

        def say(of: Words) -> str:
            said = _list(of, (_word(of, f"{key}.{one}", one) for one in chosen if one not in SPECIAL))
            return _labelled(of, f"{key}.label", said, question)

        return self._pair(say)

    def _narrative(self, told: Narrative) -> Part:
        """The person's words at the right in their language, the Japanese at the left with its mark."""
        original = clean(told.original, LONGEST_WORDS)
        title = self._row("letter.words")
        if told.language.split("-")[0] == "ja":
            return Part(title, (Row(original),), "message-square-text")
        translation = told.translation
        if translation is None or not told.accepted:
            note = self._row("letter.untranslated")
            return Part(title, (Row("", original),), "message-square-text", note=note, right=told.language)
        rows = (Row(clean(translation.japanese, LONGEST_WORDS), original),)
        mark = self._row("letter.machine")
        return Part(title, rows, "message-square-text", note=mark, right=told.language)

    def _wishes(self, draft: Draft) -> list[Part]:
        """What was done and what is asked for; on a forwarding sheet whom it is about and what is wanted."""
        done = tuple(self._row(f"letter.done.{one}") for one in draft.done)
        asks = [self._row(f"letter.ask.{one}", strong=True) for one in draft.asks]
        parts = [Part(self._row("letter.done"), done, "check")]
        words, authority = clean(draft.words, LONGEST), clean(draft.authority, 200)
        if draft.kind == "forwarded":
            about = (Row(authority),) if authority else ()
            parts.append(Part(self._row("letter.authority"), about, "landmark"))
            parts.append(Part(self._row("letter.wants"), (Row(words),) if words else (), "hand-helping"))
            parts.append(Part(self._row("letter.asks"), (*asks, self._row("letter.contact")), "send"))
        else:
            parts.append(Part(self._row("letter.asks"), tuple(asks), "send"))
            parts.append(Part(self._row("letter.more"), (Row(words),) if words else (), "pencil"))
        return parts

    # How to get there

    def _way(self, draft: Draft, case: LetterCase) -> Part:
        """Address, telephone and hours as the directory has them, with their date; a code of them."""
        service, rows = case.service, []
        if service is None:
            rows.append(self._row("letter.unlisted"))
            return Part(self._row("letter.where"), tuple(rows), "map-pin")
        address = unmarked(service.address_ja)
        rows.append(Row(address, strong=True) if address else self._row("letter.no_address"))
        if service.telephone:
            rows.append(Row(f"TEL {service.telephone}", strong=True))
        if service.schedule.known:
            rows.append(self._pair(lambda of: hours_text(service.schedule, of.text)))
        rows += self._access(service)
        key = "slip.stale" if case.stale else "slip.checked"
        if not service.shown:
            rows.append(self._row("letter.unconfirmed", strong=True))
        elif service.assured_date:
            rows.append(self._row(key, date=Day(service.assured_date)))
        carried = [draft.name, service.address_ja, service.telephone and f"TEL {service.telephone}"]
        code = "\n".join(clean(line, 100) for line in carried if line)
        return Part(self._row("letter.where"), tuple(rows), "map-pin", code=code)

    def _access(self, service: Service) -> list[Row]:
        """The way in words, in both languages where it is written in both."""
        japanese, _ = access_of(service, "ja")
        local, language = access_of(service, self._language.tag)
        if not japanese or self._same:
            return [Row(japanese)] if japanese else []
        if language == "ja" and not self._language.is_japanese:
            return [Row(japanese, self._local.text("referral.access.japanese"))]
        return [Row(japanese, local)]

    def _bring(self, draft: Draft, case: LetterCase) -> list[Part]:
        items = case.content.bring if BRING in draft.lines else ()
        known = [
            one for one in items if self._local.has(f"bring.{one}") and self._japanese.has(f"bring.{one}")
        ]
        rows = tuple(self._row(f"bring.{one}") for one in known)
        return [Part(self._row("slip.bring"), rows, "folder-open", "ticks")]

    # Agreement, name, envelope

    def _agreed(self, draft: Draft, case: LetterCase) -> Part:
        assert draft.consent is not None
        at = draft.consent.astimezone(case.at.tzinfo)
        given = self._row("letter.consent.given", date=Day.of(at), time=f"{at:%H:%M}")
        return Part(self._row("letter.consent"), (self._row("letter.consent.text"), given), "shield-check")

    def _name(self) -> Part:
        return Part(None, (self._row("letter.sign"),), look="sign")

    def _envelope(self, draft: Draft) -> Part:
        """What may stand on an envelope: nothing that tells what is in it."""
        name, hall = clean(draft.name, 100), unmarked(self._sender.city_hall_ja)
        line = self._row("letter.envelope.text", name=name, hall=hall)
        return Part(self._row("letter.envelope"), (line,), "mail")


def clean(text: str, longest: int) -> str:
    """Words somebody wrote as a paper takes them: no control characters, no readings, at most so long."""
    kept = unmarked(kept_text(text)[0])
    return kept if len(kept) <= longest else f"{kept[: longest - 1]}…"


def _word(of: Words, key: str, otherwise: str) -> str:
    """A flow may have been changed since the ticket was taken: the stored id is better than nothing."""
    return of.text(key) if of.has(key) else unmarked(otherwise)


def _labelled(of: Words, key: str, said: str, otherwise: str = "") -> str:
    return f"{_word(of, key, otherwise)}{'：' if of.tag.startswith(('ja', 'zh')) else ': '}{said}"


def _list(of: Words, words: Iterable[str]) -> str:
    return ("、" if of.tag.startswith(("ja", "zh")) else ", ").join(words)
