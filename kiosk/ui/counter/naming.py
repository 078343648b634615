"""What staff call things: languages, agencies, questions and answers, in the console's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kiosk.core.directory import Service, name_of
from kiosk.core.flow import SPECIAL, Choice, Flow
from kiosk.core.language import Language
from kiosk.ui.counter.told import Say


class Naming:
    """Names from staff's catalogue, flows and directory; what they do not know shows as it is stored."""

    def __init__(
        self,
        say: Say,
        has: Callable[[str], bool],
        flows: Mapping[str, Flow],
        languages: Mapping[str, Language],
        services: Sequence[Service],
        tag: Callable[[], str] = lambda: "ja",
    ) -> None:
        """`tag` answers the language of `say`."""
        self.say, self.languages = say, languages
        self._has, self._flows, self._tag = has, flows, tag
        self.services = {service.id: service for service in services}

    def language(self, tag: str) -> str:
        """The language's name, as staff call it."""
        found = self.languages.get(tag)
        if found is not None:
            return found.japanese if self._tag() == "ja" else found.english
        key = f"language.{tag}"
        return self.say(key if self._has(key) else "language.other")

    def agency(self, service_id: str, tag: str = "") -> str:
        """An agency's name, as staff call it or, with `tag` ja, in Japanese; its id where the directory knows
        it no longer."""
        service = self.services.get(service_id)
        if service is None:
            return service_id
        return service.service_ja if tag == "ja" and service.service_ja else self.service_name(service)

    def service_name(self, service: Service) -> str:
        return name_of(service, lambda key: self.word(key, service.service_ja), self._tag())

    def word(self, key: str, otherwise: str) -> str:
        """The catalogue's text, or what is stored: a flow may have been changed since the ticket was taken,
        and its id is better than nothing."""
        if otherwise in SPECIAL:
            return self.say(f"answer.{otherwise}")
        return self.say(key) if self._has(key) else otherwise

    def listed(self, words: Iterable[str]) -> str:
        return self.say("card.comma").join(words)

    def question(self, flow: str, question: str) -> str:
        """A question's short name."""
        return self.word(f"flow.{flow}.{question}.label", question)

    def answer(self, flow: str, question: str, chosen: Sequence[str]) -> str:
        """What was chosen, in words."""
        return self.listed(self.word(f"flow.{flow}.{question}.{choice}", choice) for choice in chosen)

    def choice(self, flow: str, question: str, choice_id: str) -> Choice | None:
        """A choice of a question; None where the flow knows it no longer."""
        try:
            return self._flows[flow].questions[question].choice(choice_id)
        except KeyError:
            return None


def drawable(text: str) -> str:
    """The text with halves of characters, which broken input leaves behind, as U+FFFD: no font has them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
