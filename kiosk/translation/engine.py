"""The translation engine that runs in its worker process."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from kiosk.core.heard import Passage, Rendering, Translation
from kiosk.errors import Trouble
from kiosk.translation import checks, passages, quality, sentences
from kiosk.translation.codes import JAPANESE, PIVOT
from kiosk.translation.drafts import Ends
from kiosk.translation.glossary import FILE, read_glossary
from kiosk.translation.loaded import BACK, THERE
from kiosk.translation.packages import Pair, Route, both_ways, pairs
from kiosk.translation.shelf import Shelf
from kiosk.translation.threads import choose_threads
from kiosk.translation.ways import Ways
from kiosk.translation.written import in_another_language

KEPT_PACKAGES = 4
"""One language with its way back through English takes four; a full package takes about 150 MB."""
_GROUP = 4
"""Sentences that go through the models together; between groups progress is told and a dropped job ends."""


@dataclass(frozen=True)
class Progress:
    """Sentences done of all, emitted while a longer narrative is translated."""

    done: int
    total: int


class TranslationEngine:
    """Jobs, with their payload and answer:

    `load` (a tag) → the packages' names. `translate` ((text, tag)) → Translation. `render` (the same) →
    Rendering. These three give None when nobody waits any more. `forget` → None: ask it when a visit ends.
    `held` → tuple of shelf.Held. `unload` (a tag, or (from, to) in Argos's codes; None for all) → bytes given
    back. `threads` → how many are used.

    `folder` is `<data>/models/translation`. `threads` 0 measures at the first load; `megabytes` 0 limits only
    the number of packages (`keep`). Sentences are remembered until `forget`.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        threads: int = 0,
        keep: int = KEPT_PACKAGES,
        megabytes: int = 0,
        glossary: str | os.PathLike[str] = FILE,
    ) -> None:
        self._folder = Path(folder)
        self.shelf = Shelf(keep, threads, megabytes)
        try:
            self._ways = Ways(self.shelf, read_glossary(Path(glossary)))
        except (OSError, ValueError) as error:
            raise Trouble("trouble.no_translation", log=f"glossary: {error}") from error

    def handle(self, job: str, payload: Any, emit: Callable[[Any], None]) -> Any:
        """Do one job.

        Raises Trouble `trouble.no_translation` (no packages, or only such as are not to be used),
        `trouble.model_damaged`, `trouble.too_long` (detail `limit`), `trouble.other_language`, or
        `trouble.translation_refused` (detail `reason`: a `checks.Reason`) where no sentence is usable.
        """
        match job, payload:
            case "load", str(language):
                return self.load(language, emit)
            case "translate", (str(text), str(language)):
                return self.translate(text, language, emit)
            case "render", (str(text), str(language)):
                return self.render(text, language, emit)
            case "forget", _:
                return self._ways.forget()
            case "held", _:
                return self.shelf.held()
            case "unload", _:
                return self.unload(payload)
            case "threads", _:
                return self.shelf.threads
            case _:
                raise ValueError(f"no such translation job: {job}")

    def load(self, language: str, emit: Callable[[Any], None]) -> str | None:
        """Load both ways and translate once, so that the person's first sentence finds everything warm; None
        when another language was chosen meanwhile."""
        forth, back = self._routes(language)[:2]
        for pair in (*forth, *back):
            if getattr(emit, "dropped", False):
                return None
            self._measured(pair)
            self.shelf.get(pair).translate(["1"])
        sentences.split("1.", language)
        return _names(forth, back)

    def translate(self, text: str, language: str, emit: Callable[[Any], None]) -> Translation | None:
        """A narrative into Japanese and back, sentence by sentence, every sentence checked both ways."""
        forth, back, hint = self._routes(language)
        clean = checks.readable(text)
        _refuse_whole(clean, forth[0].from_code)
        done = self._both(clean, Ends(language, JAPANESE), (forth, back), emit)
        if done is None:
            return None
        return Translation(
            original=text,
            language=language,
            japanese=passages.joined(done, JAPANESE),
            back=passages.returned(done, back[-1].to_code),
            engine=_names(forth, back),
            sample=any(pair.sample for pair in (*forth, *back)),
            alike=passages.alike(done),
            passages=done,
            hint=hint,
        )

    def render(self, text: str, language: str, emit: Callable[[Any], None]) -> Rendering | None:
        """A counselor's Japanese into the resident's language and back, with the same checks; ruby is taken
        off first."""
        forth, back, hint = self._routes(language)
        text = checks.without_ruby(checks.readable(text))
        _refuse_whole(text, JAPANESE)
        done = self._both(text, Ends(JAPANESE, language), (back, forth), emit)
        if done is None:
            return None
        return Rendering(
            japanese=text,
            language=language,
            text=passages.joined(done, back[-1].to_code),
            back=passages.returned(done, JAPANESE),
            engine=_names(back, forth),
            sample=any(pair.sample for pair in (*forth, *back)),
            alike=passages.alike(done),
            passages=done,
            hint=hint,
        )

    def unload(self, what: object) -> int:
        """Let go of a language's packages but those of Japanese, of one pair, or of all; bytes given back."""
        match what:
            case None:
                return self.shelf.clear()
            case (str(source), str(target)):
                return self.shelf.unload((source, target))
            case str(language):
                routes = both_ways(pairs(self._folder), language) or ((), ())
                codes = [(pair.from_code, pair.to_code) for pair in (*routes[0], *routes[1])]
                return self.shelf.unload(*(pair for pair in codes if set(pair) != {JAPANESE, PIVOT}))
            case _:
                raise ValueError("unload takes a tag, a pair or None")

    def _both(
        self, text: str, ends: Ends, routes: tuple[Route, Route], emit: Callable[[Any], None]
    ) -> tuple[Passage, ...] | None:
        """Every sentence there and back; None when nobody waits any more."""
        parts = sentences.split(text, routes[0][0].from_code)
        if not parts:
            _refused("empty")
        done: list[Passage] = []
        for start in range(0, len(parts), _GROUP):
            if getattr(emit, "dropped", False):
                return None
            done += self._group(parts[start : start + _GROUP], ends, *routes)
            emit(Progress(len(done), len(parts)))
        faults = [each.fault for each in done if each.fault]
        if len(faults) == len(done):
            _refused(faults[0])
        return tuple(done)

    def _group(self, parts: Sequence[str], ends: Ends, forth: Route, back: Route) -> list[Passage]:
        self._measured(forth[0])
        there = self._ways.outcomes(parts, forth, ends, THERE)
        usable = [outcome.text for outcome in there if outcome.fault is None]
        returned = iter(self._ways.outcomes(usable, back, Ends(ends.target, ends.source), BACK))
        return [
            passages.passage(part, outcome, None if outcome.fault else next(returned), forth[0].from_code)
            for part, outcome in zip(parts, there, strict=True)
        ]

    def _measured(self, pair: Pair) -> None:
        if self.shelf.threads == 0:
            self.shelf.threads = choose_threads(self._folder, pair)

    def _routes(self, language: str) -> tuple[Route, Route, bool]:
        """There, back, and whether it is a hint only."""
        routes = both_ways(pairs(self._folder), language)
        if routes is None:
            raise Trouble("trouble.no_translation", log=f"no packages both ways for {language}")
        try:
            known = quality.read_quality(quality.own_file(self._folder))
        except (OSError, ValueError) as error:
            raise Trouble("trouble.no_translation", log=f"quality: {error}") from error
        line = known.line((*routes[0], *routes[1]))
        if line == "off":
            raise Trouble("trouble.no_translation", log=f"packages of {language} are not to be used")
        return *routes, line == "hint"


def _names(forth: Route, back: Route) -> str:
    """`argos ko-en 1.1 · en-ja 1.1`; the way back is named only where it is of another version."""
    mirrored = {(pair.to_code, pair.from_code, pair.version) for pair in forth}
    others = [pair for pair in back if (pair.from_code, pair.to_code, pair.version) not in mirrored]
    return "argos " + " · ".join(pair.name for pair in (*forth, *others))


def _refuse_whole(text: str, code: str) -> None:
    """Refuse a text no model should be given at all."""
    reason = checks.unfit(text, code)
    if reason == "too_long":
        raise Trouble("trouble.too_long", log="text too long to translate", limit=checks.LONGEST_TEXT)
    if reason is not None:
        _refused(reason)
    if in_another_language(text, code):
        raise Trouble("trouble.other_language", log=f"text is not in {code}")


def _refused(reason: str) -> NoReturn:
    raise Trouble("trouble.translation_refused", log=f"translation refused: {reason}", reason=reason)
