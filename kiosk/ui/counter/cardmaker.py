"""Puts tickets into handover cards, in the console's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from kiosk.core.consultation import Consultation
from kiosk.core.directory import Service
from kiosk.core.flow import SPECIAL, Flow
from kiosk.core.heard import LEFT_OUT, NEGATION, Translation
from kiosk.core.language import Language
from kiosk.core.ticket import Content, Narrative, Ticket
from kiosk.ui.counter.alerts import alerts_of
from kiosk.ui.counter.card import Block, Card, Words
from kiosk.ui.counter.naming import Naming, drawable
from kiosk.ui.counter.told import Look, Say, Told, opening_text

_MOST = 8
"""How many things to check in a translation stand on a card."""


class CardMaker(Naming):
    """Everything on a card is staff's catalogue's, but the resident's own words."""

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
        """`look` tells how a service stands now; `tag` answers the language of `say`."""
        super().__init__(say, has, flows, languages, services, tag)
        self._look = look

    def make(self, ticket: Ticket, waited: int, today: date | None = None, closed: str = "") -> Card:
        """`today` is left out where the ticket is of today. `closed` says why a closed one is; see Closed."""
        content = ticket.content
        caller = self.word(f"caller.{content.caller}", content.caller)
        facts = [caller] if content.caller and content.caller not in SPECIAL else []
        away = today not in (None, ticket.day)
        day = f"{ticket.day.month}/{ticket.day.day} " if away else ""
        facts += [self.say("card.visit"), self.say("card.received", time=f"{day}{ticket.issued:%H:%M}")]
        if not away:
            # Who came back on another day was at home in between.
            facts.append(self.say("card.waited", n=waited))
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
            bring=self.listed(self.word(f"bring.{item}", item) for item in content.bring),
            notes=tuple(drawable(note) for note in content.notes),
            alerts=alerts_of(self, ticket),
            ask=self._to_ask(content),
            records=tuple(text for one in content.records if (text := self.record(one))),
        )

    def record(self, one: Consultation) -> str:
        """What a consultation record says in a sentence: whose, what was done, what became of it, and when
        somebody asks again. Empty where it says none of that."""
        said = [drawable(one.done)] if one.done else []
        if one.agencies:
            names = self.listed(drawable(self.agency(agency)) for agency in one.agencies)
            said.append(self.say("card.record.agencies", names=names))
        if one.result:
            said.append(self.say("card.record.result", result=self.word(f"result.{one.result}", one.result)))
        if one.follow_up is not None:
            key = "card.record.followed" if one.followed else "card.record.follow_up"
            said.append(self.say(key, date=f"{one.follow_up.month}/{one.follow_up.day}"))
        return self.say("card.record", by=one.by, text=" ／ ".join(said)) if said else ""

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
            closed=self.say(f"card.closed.{why}"),
            unlock=self.say("card.closed.locked.do") if why == "locked" else "",
        )

    def _topic(self, content: Content) -> str:
        if not content.topic or content.topic in SPECIAL:
            return self.say("card.topic.unsaid")
        names = []
        for case in content.cases:
            name = self.word(f"topic.{case.topic}", case.topic)
            question, chosen = case.answers[0] if case.answers else ("", ())
            # Of several topics each has a block of its own below, which says the rest.
            if len(content.cases) == 1 and chosen and chosen[0] not in SPECIAL:
                name = f"{name} › {self.answer(case.flow, question, chosen)}"
            names.append(name)
        return " ／ ".join(names)

    def _statistics(self, content: Content) -> str:
        names = [self.word(f"statistics.{code}", code) for code in content.statistics]
        return self.say("card.statistics", names=self.listed(names)) if names else ""

    def _blocks(self, content: Content, caller: str) -> tuple[Block, ...]:
        """A block for each topic; who it is about stands before the first where there is one only."""
        several = len(content.cases) > 1
        blocks = []
        for case in content.cases:
            rows = tuple(
                (self.question(case.flow, question), self.answer(case.flow, question, chosen))
                for question, chosen in case.answers
            )
            blocks.append(Block(self.word(f"topic.{case.topic}", case.topic) if several else "", rows))
        if content.caller and not several:
            answers = blocks[0].answers if blocks else ()
            blocks = [Block("", ((self.say("card.caller"), caller), *answers))]
        return tuple(blocks)

    def _to_ask(self, content: Content) -> str:
        found = []
        if content.caller in SPECIAL:
            found.append((self.say("card.caller"), content.caller))
        for case in content.cases:
            for question, chosen in case.answers:
                label = self.question(case.flow, question)
                found += [(label, answer) for answer in chosen if answer in SPECIAL]
        return self.listed(f"{label}{self.say(f'card.ask.{answer}')}" for label, answer in found)

    def _service(self, service_id: str, language: str) -> Told:
        service = self.services.get(service_id)
        if service is None:
            return Told(service_id)
        name = self.service_name(service)
        if self._look is None:
            return Told(name, service.telephone)
        now = self._look(service, language)
        mark = self._mark(service) if now.stale else ""
        instead = ""
        if now.nearest is not None:
            old = f"（{self._mark(now.nearest)}）" if now.nearest_stale else ""
            there = f"{self.service_name(now.nearest)}{old}　{now.nearest.telephone}".strip()
            instead = self.say("card.instead", there=there)
        return Told(name, service.telephone, mark, opening_text(now.opening, self.say), instead)

    def _mark(self, service: Service) -> str:
        return self.say("card.stale", date=service.assured_date or "—")

    def _checked(self, translation: Translation) -> str:
        """The Japanese, under a line with what may be wrong in it: a name or a number to ask for again."""
        kinds = {NEGATION: "card.unsure.denial", LEFT_OUT: "card.unsure.gone"}
        what = [self.say(kinds[each]) if each in kinds else each for each in translation.unsure[:_MOST]]
        line = self.say("card.unsure", what=self.listed(what)) if what else ""
        return drawable("\n".join(text for text in (line, translation.japanese) if text))

    def _words(self, narrative: Narrative | None) -> Words | None:
        if narrative is None:
            return None
        translation = narrative.translation
        spoken = self.languages.get(narrative.language)
        usable = translation is not None and (narrative.accepted or translation.hint)
        if translation is not None and translation.hint and not narrative.accepted:
            mark, accepted = self.say("card.hint"), self.say("card.hint.unseen")
        elif usable and translation is not None:
            mark = self.say("card.sample" if translation.sample else "card.machine")
            accepted = self.say("card.accepted")
        elif spoken is not None and spoken.is_japanese:
            mark = accepted = ""
        else:
            mark, accepted = "", self.say("card.untranslated" if translation else "card.unavailable")
        return Words(
            original=drawable(narrative.original),
            # A language that is not shipped has fonts of its own; Latin and Japanese are always there.
            language=narrative.language if spoken is not None else "en",
            japanese=self._checked(translation) if usable and translation else "",
            back=translation.back if usable and translation else "",
            mark=mark,
            accepted=accepted,
            means=self.say("card.speech" if narrative.means == "speech" else "card.typed"),
            machine=usable,
        )
