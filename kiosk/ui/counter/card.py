"""The handover card: a ticket in Japanese, as a counselor reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.core.directory import Service, name_of
from kiosk.core.flow import SPECIAL, Flow
from kiosk.core.language import Language
from kiosk.core.ticket import Content, Narrative, Ticket

Say = Callable[..., str]


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
    """Everything is Japanese from the catalogue, but `words`."""

    number: str
    language: str
    facts: str
    """Who, how they came, when, how long they waited."""
    topic: str
    statistics: str
    answers: tuple[tuple[str, str], ...]
    """Label and answer, in the order asked."""
    words: Words | None
    told: tuple[str, ...]
    bring: str
    notes: tuple[str, ...]
    urgent: bool
    sensitive: bool


class CardMaker:
    """Puts tickets into cards. `say` is the Japanese catalogue; unknown keys show as they are stored."""

    def __init__(
        self,
        say: Say,
        has: Callable[[str], bool],
        flows: Mapping[str, Flow],
        languages: Mapping[str, Language],
        services: Sequence[Service],
    ) -> None:
        self._say, self._has, self._flows = say, has, flows
        self._languages = languages
        self._services = {service.id: service for service in services}

    def language(self, tag: str) -> str:
        """The language's name in Japanese."""
        found = self._languages.get(tag)
        return found.japanese if found else self._say("language.other")

    def make(self, ticket: Ticket, waited: int) -> Card:
        content = ticket.content
        caller = self._word(f"caller.{content.caller}", content.caller)
        facts = [caller] if content.caller and content.caller not in SPECIAL else []
        facts += [
            self._say("card.visit"),
            self._say("card.received", time=f"{ticket.issued:%H:%M}"),
            self._say("card.waited", n=waited),
        ]
        return Card(
            number=ticket.number,
            language=self.language(ticket.language),
            facts=" ・ ".join(facts),
            topic=self._topic(content),
            statistics=self._statistics(content),
            answers=self._answers(content, caller),
            words=self._words(content.narrative),
            told=tuple(self._service(service) for service in content.services),
            bring="、".join(self._word(f"bring.{item}", item) for item in content.bring),
            notes=tuple(_drawable(note) for note in content.notes),
            urgent=content.urgent,
            sensitive=content.sensitive,
        )

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
            if chosen and chosen[0] not in SPECIAL:
                name = f"{name} › {self._answer(case.flow, question, chosen)}"
            names.append(name)
        return " ／ ".join(names)

    def _statistics(self, content: Content) -> str:
        names = [self._word(f"statistics.{code}", code) for code in content.statistics]
        return self._say("card.statistics", names="、".join(names)) if names else ""

    def _answers(self, content: Content, caller: str) -> tuple[tuple[str, str], ...]:
        rows = [(self._say("card.caller"), caller)] if content.caller else []
        for case in content.cases:
            for question, chosen in case.answers:
                label = self._word(f"flow.{case.flow}.{question}.label", question)
                rows.append((label, self._answer(case.flow, question, chosen)))
        return tuple(rows)

    def _answer(self, flow: str, question: str, chosen: Sequence[str]) -> str:
        return "、".join(self._word(f"flow.{flow}.{question}.{choice}", choice) for choice in chosen)

    def _service(self, service_id: str) -> str:
        service = self._services.get(service_id)
        if service is None:
            return service_id
        name = name_of(service, lambda key: self._word(key, service.service_ja), "ja")
        return f"{name}　{service.telephone}".strip()

    def _words(self, narrative: Narrative | None) -> Words | None:
        if narrative is None:
            return None
        translation = narrative.translation
        spoken = self._languages.get(narrative.language)
        usable = translation is not None and narrative.accepted
        if usable and translation is not None:
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
