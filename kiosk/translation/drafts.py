"""One way of putting a sentence through the models: what is hidden from them, and what is put back where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.translation import names, protect
from kiosk.translation.codes import JAPANESE
from kiosk.translation.facts import dates_as_read
from kiosk.translation.glossary import Glossary, Place, Term
from kiosk.translation.korean import with_particle

Kind = Literal["plain", "bare", "pivot", "through", "words"]
"""plain: numbers, addresses and names hidden, terms left to the models. bare: nothing hidden. pivot: as
plain, but the terms found in the English between are hidden from the second model. through: terms hidden from
both. words: terms hidden from the first model, in English words for the second."""

ENGLISH = "en"


@dataclass(frozen=True)
class Ends:
    """The languages of a way, as tags: `zh-Hans` to `ja`."""

    source: str
    target: str


class Draft:
    """One sentence on its way; `text` is what the next model is given."""

    def __init__(self, sentence: str, kind: Kind, ends: Ends, glossary: Glossary) -> None:
        self.sentence, self.kind, self.ends = sentence, kind, ends
        self._glossary = glossary
        places = glossary.places(sentence, ends.source)
        self.terms = tuple({place.term.japanese: place.term for place in places}.values())
        self._terms_behind: dict[str, Term] = {}
        self.exact: dict[str, str] = {}
        self.text = sentence if kind == "bare" else self._hidden(places)

    def _hidden(self, places: tuple[Place, ...]) -> str:
        """The sentence with stand-ins for what is exact, and for the terms where this kind hides them."""
        sentence = self.sentence
        by_words = {_words(sentence, place): place.term for place in places}
        spans = self._kept()
        spans += [
            span
            for span in names.latin(sentence, self.ends.source)
            if not any(span[0] < place.end and place.start < span[1] for place in places)
        ]
        if self.kind in ("through", "words"):
            spans += [(place.start, place.end) for place in places]
        text, hidden = protect.hide(sentence, spans)
        for stand_in, words in hidden.items():
            if self.kind in ("through", "words") and words in by_words:
                self._terms_behind[stand_in] = by_words[words]
            else:
                self.exact[stand_in] = words
        return text

    def at_pivot(self, english: str) -> str | None:
        """What the second model is given; None where this kind finds nothing to change."""
        if self.kind == "words":
            return self._put_back(english, ENGLISH)
        if self.kind != "pivot":
            return english
        wanted = {term.japanese for term in self.terms}
        places = [p for p in self._glossary.places(english, ENGLISH) if p.term.japanese in wanted]
        if not places:
            return None
        known = {_words(english, place): place.term for place in places}
        text, hidden = protect.hide(english, [(place.start, place.end) for place in places])
        if not hidden or set(hidden) & set(self.exact):
            return None
        self._terms_behind = {stand_in: known[words] for stand_in, words in hidden.items()}
        return text

    def checkable(self, output: str) -> tuple[str, str]:
        """Sentence and output for the checks: what is exact stands behind stand-ins in both, terms do not."""
        spans = [] if self.kind == "bare" else list(self._exact_spans())
        return protect.hide(self.sentence, spans)[0], self._put_back(output, self.ends.target)

    def _exact_spans(self) -> list[protect.Span]:
        words = set(self.exact.values())
        spans = self._kept() + names.latin(self.sentence, self.ends.source)
        return [span for span in spans if self.sentence[span[0] : span[1]] in words]

    def _kept(self) -> list[protect.Span]:
        """What must come through sign by sign: numbers, addresses, codes; Japanese on its way to Japanese."""
        into = self.ends.target == JAPANESE and not self.ends.source.startswith(("ja", "zh"))
        return protect.exact(self.sentence) + (protect.japanese(self.sentence) if into else [])

    def finished(self, output: str) -> str:
        """The translation with everything put back, and dates as Japanese writes them."""
        whole = protect.restore(self._put_back(output, self.ends.target), self.exact)
        return (
            dates_as_read(whole, self.sentence, self.ends.source) if self.ends.target == JAPANESE else whole
        )

    def lost(self, finished: str) -> bool:
        """Whether an address, a code or a word of Japanese is not in the finished translation sign by sign;
        see `numbers.Compared` for numbers."""
        wanted = (self.sentence[start:end] for start, end in self._kept())
        return any(words not in finished for words in wanted if any(map(str.isalpha, words)))

    def names_lost(self, finished: str) -> tuple[str, ...]:
        """Names in Latin letters that do not stand in the finished translation as they were written."""
        spans = names.latin(self.sentence, self.ends.source)
        wanted = dict.fromkeys(self.sentence[start:end] for start, end in spans)
        return tuple(name for name in wanted if name.casefold() not in finished.casefold())

    def missing(self, finished: str) -> tuple[Term, ...]:
        """Terms of the sentence that do not stand in the finished translation."""
        language = self.ends.target
        return tuple(term for term in self.terms if not self._glossary.has(term, finished, language))

    def _put_back(self, output: str, language: str) -> str:
        for stand_in, term in self._terms_behind.items():
            if not protect.back(output, stand_in):
                continue
            word = term.text(language)
            if language == "ko":
                before, _, after = protect.restore(output, {stand_in: "\0"}).partition("\0")
                output = before + with_particle(word, after)
            else:
                output = protect.restore(output, {stand_in: word})
        return output


def _words(text: str, place: Place) -> str:
    return text[place.start : place.end]
