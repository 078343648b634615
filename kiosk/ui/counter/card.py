"""The handover card: a ticket in Japanese, as a counselor reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.core.consultation import Consultation
from kiosk.core.directory import Service, name_of
from kiosk.core.flow import SPECIAL, Choice, Flow
from kiosk.core.language import Language
from kiosk.core.ticket import Case, Content, Narrative, Ticket
from kiosk.ui.counter.told import Look, Say, Told, opening_text


@dataclass(frozen=True)
class Block:
    """The answers on one topic, label and answer in the order asked. `topic` is empty where it is the only
    one: it stands above."""

    topic: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Words:
    """The resident's own words. `japanese` is empty where no translation was accepted or made."""

    original: str
    language: str
    japanese: str
    back: str
    mark: str
    """Says "machine translated", or why there is none."""
    accepted: str
    means: str
    machine: bool


@dataclass(frozen=True)
class Card:
    """Everything is the catalogue's, in the console's language, but `words`."""

    number: str
    language: str
    facts: str
    """Who, how they came, when, how long they waited."""
    topic: str
    statistics: str
    blocks: tuple[Block, ...]
    words: Words | None
    told: tuple[Told, ...]
    bring: str
    notes: tuple[str, ...]
    alerts: tuple[str, ...] = ()
    """What asks for care, and what cannot wait until when: a sentence each."""
    ask: str = ""
    """What was not known or not said at the kiosk, to be asked again in person."""
    records: tuple[str, ...] = ()
    """Consultation records, each in a sentence or two."""
    closed: str = ""
    """Why what was told is not shown; empty where it is. Then only routing is on the card."""
    unlock: str = ""
    """Words of the button that asks for the passphrase, where that opens it."""


class CardMaker:
    """Puts tickets into cards. `say` is staff's catalogue; unknown keys show as they are stored."""

    def __init__(
        self,
        say: Say,
        has: Callable[[str], bool],
        flows: Mapping[str, Flow],
        languages: Mapping[str, Language],
        services: Sequence[Service],
        look: Look | None = None,
        tag: Callable[[], str] = lambda: "ja",
    ) -> None:
        """`tag` answers the language of `say`."""
        self._say, self._has, self._flows = say, has, flows
        self._languages, self._look, self._tag = languages, look, tag
        self._services = {service.id: service for service in services}

    def language(self, tag: str) -> str:
        """The language's name, as staff call it."""
        found = self._languages.get(tag)
        if found is not None:
            return found.japanese if self._tag() == "ja" else found.english
        key = f"language.{tag}"
        return self._say(key if self._has(key) else "language.other")

    def agency(self, service_id: str, tag: str = "") -> str:
        """An agency's name, as staff call it or, with `tag` ja, in Japanese; its id where the directory knows
        it no longer."""
        service = self._services.get(service_id)
        if service is None:
            return service_id
        return service.service_ja if tag == "ja" and service.service_ja else self._name(service)

    def make(self, ticket: Ticket, waited: int, today: date | None = None, closed: str = "") -> Card:
        """`today` is left out where the ticket is of today. `closed` says why a closed one is; see Closed."""
        content = ticket.content
        caller = self._word(f"caller.{content.caller}", content.caller)
        facts = [caller] if content.caller and content.caller not in SPECIAL else []
        away = today not in (None, ticket.day)
        day = f"{ticket.day.month}/{ticket.day.day} " if away else ""
        facts += [self._say("card.visit"), self._say("card.received", time=f"{day}{ticket.issued:%H:%M}")]
        if not away:
            # Who came back on another day was at home in between.
            facts.append(self._say("card.waited", n=waited))
        if content.closed:
            return self._closed(ticket, " ・ ".join(facts), closed or "damaged")
        return Card(
            number=ticket.number,
            language=self.language(ticket.language),
            facts=" ・ ".join(facts),
            topic=self._topic(content),
            statistics=self._statistics(content),
            blocks=self._blocks(content, caller),
            words=self._words(content.narrative),
            told=tuple(self._service(service, ticket.language) for service in content.services),
            bring=self._list(self._word(f"bring.{item}", item) for item in content.bring),
            notes=tuple(_drawable(note) for note in content.notes),
            alerts=self._alerts(ticket),
            ask=self._to_ask(content),
            records=tuple(text for one in content.records if (text := self.record(one))),
        )

    def record(self, one: Consultation) -> str:
        """What a consultation record says in a sentence: whose, what was done, what became of it, and when
        somebody asks again. Empty where it says none of that."""
        said = [_drawable(one.done)] if one.done else []
        if one.agencies:
            names = self._list(_drawable(self.agency(agency)) for agency in one.agencies)
            said.append(self._say("card.record.agencies", names=names))
        if one.result:
            said.append(
                self._say("card.record.result", result=self._word(f"result.{one.result}", one.result))
            )
        if one.follow_up is not None:
            key = "card.record.followed" if one.followed else "card.record.follow_up"
            said.append(self._say(key, date=f"{one.follow_up.month}/{one.follow_up.day}"))
        return self._say("card.record", by=one.by, text=" ／ ".join(said)) if said else ""

    def _closed(self, ticket: Ticket, facts: str, why: str) -> Card:
        """What can be said of a ticket that does not open: nothing is said to be unsaid."""
        return Card(
            ticket.number,
            self.language(ticket.language),
            facts,
            topic="",
            statistics="",
            blocks=(),
            words=None,
            told=(),
            bring="",
            notes=(),
            closed=self._say(f"card.closed.{why}"),
            unlock=self._say("card.closed.locked.do") if why == "locked" else "",
        )

    def _alerts(self, ticket: Ticket) -> tuple[str, ...]:
        """Care first, then deadlines and needs of today; a mark where nothing more is known of them."""
        content = ticket.content
        found = [self._care(content)] if content.care else []
        if content.sensitive and not found:
            found.append(self._say("card.sensitive"))
        pressing = [text for key in content.reasons if (text := self._pressing(ticket, key))]
        if pressing:
            found.append(self._say("card.pressing", what=self._say("card.and").join(pressing)))
        elif content.urgent and not content.care:
            found.append(self._say("card.urgent"))
        return tuple(found)

    def _care(self, content: Content) -> str:
        """What asks for care, and whether somebody chose it or a list of words found it."""
        taken = [choice for case in content.cases for _, choice in self._taken(case)]
        chosen = {choice.care for choice in taken if choice.care}
        if content.narrative is None:
            chosen |= set(content.care)
        parts = []
        for key, names in (
            ("card.care.answer", [name for name in content.care if name in chosen]),
            ("card.care.words", [name for name in content.care if name not in chosen]),
        ):
            if names:
                words = self._list(self._word(f"card.care.{name}", name) for name in names)
                parts.append(self._say(key, what=words))
        return self._say("card.care", what="　".join(parts))

    def _pressing(self, ticket: Ticket, key: str) -> str:
        """An answer that makes it urgent, with the day where it is a deadline; empty for one told as care."""
        flow, question, choice_id = (*key.split(".", 2), "", "")[:3]
        found = self._choice(flow, question, choice_id)
        if found is not None and found.care and found.within is None:
            return ""
        label = self._word(f"flow.{flow}.{question}.label", question)
        text = f"{label} — {self._answer(flow, question, (choice_id,))}"
        within = found.within if found is not None else None
        if found is None and len(ticket.content.reasons) == 1:
            within = ticket.content.within
        return text if within is None else f"{text}{self._until(ticket.day, within)}"

    def _until(self, day: date, within: int) -> str:
        if within <= 0:
            return self._say("card.today_or_past")
        last = day + timedelta(days=within)
        return self._say("card.until", date=f"{last.month}/{last.day}")

    def _taken(self, case: Case) -> list[tuple[str, Choice]]:
        """The answers the flows still know."""
        found = []
        for question, chosen in case.answers:
            for choice_id in chosen:
                choice = self._choice(case.flow, question, choice_id)
                if choice is not None:
                    found.append((question, choice))
        return found

    def _choice(self, flow: str, question: str, choice_id: str) -> Choice | None:
        try:
            return self._flows[flow].questions[question].choice(choice_id)
        except KeyError:
            return None

    def _to_ask(self, content: Content) -> str:
        found = []
        if content.caller in SPECIAL:
            found.append((self._say("card.caller"), content.caller))
        for case in content.cases:
            for question, chosen in case.answers:
                label = self._word(f"flow.{case.flow}.{question}.label", question)
                found += [(label, answer) for answer in chosen if answer in SPECIAL]
        return self._list(f"{label}{self._say(f'card.ask.{answer}')}" for label, answer in found)

    def _list(self, words: Iterable[str]) -> str:
        return self._say("card.comma").join(words)

    def _word(self, key: str, otherwise: str) -> str:
        # A flow may have been changed since the ticket was taken: the stored id is better than nothing.
        if otherwise in SPECIAL:
            return self._say(f"answer.{otherwise}")
        return self._say(key) if self._has(key) else otherwise

    def _topic(self, content: Content) -> str:
        if not content.topic or content.topic in SPECIAL:
            return self._say("card.topic.unsaid")
        names = []
        for case in content.cases:
            name = self._word(f"topic.{case.topic}", case.topic)
            question, chosen = case.answers[0] if case.answers else ("", ())
            # Of several topics each has a block of its own below, which says the rest.
            if len(content.cases) == 1 and chosen and chosen[0] not in SPECIAL:
                name = f"{name} › {self._answer(case.flow, question, chosen)}"
            names.append(name)
        return " ／ ".join(names)

    def _statistics(self, content: Content) -> str:
        names = [self._word(f"statistics.{code}", code) for code in content.statistics]
        return self._say("card.statistics", names=self._list(names)) if names else ""

    def _blocks(self, content: Content, caller: str) -> tuple[Block, ...]:
        """A block for each topic; who it is about stands before the first where there is one only."""
        several = len(content.cases) > 1
        blocks = []
        for case in content.cases:
            rows = tuple(
                (
                    self._word(f"flow.{case.flow}.{question}.label", question),
                    self._answer(case.flow, question, chosen),
                )
                for question, chosen in case.answers
            )
            blocks.append(Block(self._word(f"topic.{case.topic}", case.topic) if several else "", rows))
        if content.caller and not several:
            answers = blocks[0].answers if blocks else ()
            blocks = [Block("", ((self._say("card.caller"), caller), *answers))]
        return tuple(blocks)

    def _answer(self, flow: str, question: str, chosen: Sequence[str]) -> str:
        return self._list(self._word(f"flow.{flow}.{question}.{choice}", choice) for choice in chosen)

    def _service(self, service_id: str, language: str) -> Told:
        service = self._services.get(service_id)
        if service is None:
            return Told(service_id)
        name = self._name(service)
        if self._look is None:
            return Told(name, service.telephone)
        now = self._look(service, language)
        mark = self._mark(service) if now.stale else ""
        instead = ""
        if now.nearest is not None:
            old = f"（{self._mark(now.nearest)}）" if now.nearest_stale else ""
            there = f"{self._name(now.nearest)}{old}　{now.nearest.telephone}".strip()
            instead = self._say("card.instead", there=there)
        return Told(name, service.telephone, mark, opening_text(now.opening, self._say), instead)

    def _mark(self, service: Service) -> str:
        return self._say("card.stale", date=service.assured_date or "—")

    def _name(self, service: Service) -> str:
        return name_of(service, lambda key: self._word(key, service.service_ja), self._tag())

    def _words(self, narrative: Narrative | None) -> Words | None:
        if narrative is None:
            return None
        translation = narrative.translation
        spoken = self._languages.get(narrative.language)
        usable = translation is not None and (narrative.accepted or translation.hint)
        if translation is not None and translation.hint and not narrative.accepted:
            mark, accepted = self._say("card.hint"), self._say("card.hint.unseen")
        elif usable and translation is not None:
            mark = self._say("card.sample" if translation.sample else "card.machine")
            accepted = self._say("card.accepted")
        elif spoken is not None and spoken.is_japanese:
            mark = accepted = ""
        else:
            mark, accepted = "", self._say("card.untranslated" if translation else "card.unavailable")
        return Words(
            original=_drawable(narrative.original),
            # A language that is not shipped has fonts of its own; Latin and Japanese are always there.
            language=narrative.language if spoken is not None else "en",
            japanese=_drawable(translation.japanese) if usable and translation else "",
            back=translation.back if usable and translation else "",
            mark=mark,
            accepted=accepted,
            means=self._say("card.speech" if narrative.means == "speech" else "card.typed"),
            machine=usable,
        )


def _drawable(text: str) -> str:
    """The text with halves of characters, which broken input leaves behind, as U+FFFD: no font has them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
