"""The translation engine that runs in its worker process."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from kiosk.core.heard import Translation
from kiosk.errors import Trouble
from kiosk.translation import checks, protect, sentences
from kiosk.translation.codes import JAPANESE
from kiosk.translation.loaded import Shelf, Unknown, Unlikely
from kiosk.translation.packages import Route, both_ways, pairs

KEPT_SENTENCES = 500
KEPT_PACKAGES = 4
"""One language with its way back through English takes four; a full package takes about 150 MB."""


@dataclass(frozen=True)
class Progress:
    """Sentences done of all, emitted while a longer narrative is translated."""

    done: int
    total: int


class TranslationEngine:
    """Jobs: `load` (a tag) → the packages' names; `translate` ((text, tag)) → Translation; `forget` → None.

    `folder` is `<data>/models/translation`. Sentences are remembered, so that a corrected narrative costs
    only what changed; the app asks `forget` when a visit ends.
    """

    def __init__(self, folder: str | os.PathLike[str], threads: int = 1, keep: int = KEPT_PACKAGES) -> None:
        self._folder = Path(folder)
        self.shelf = Shelf(keep, threads)
        self._sentences: OrderedDict[tuple[Route, str], str] = OrderedDict()

    def handle(self, job: str, payload: Any, emit: Callable[[Any], None]) -> Any:
        """Do one job.

        Raises Trouble `trouble.no_translation` (no packages for the language), `trouble.model_damaged`
        or `trouble.translation_refused` (detail `reason`: a `checks.Reason`).
        """
        match job, payload:
            case "load", str(language):
                return self.load(language)
            case "translate", (str(text), str(language)):
                return self.translate(text, language, emit)
            case "forget", _:
                self._sentences.clear()
                return None
            case _:
                raise ValueError(f"no such translation job: {job}")

    def load(self, language: str) -> str:
        """Load both ways and translate once, so that the person's first sentence finds everything warm."""
        forth, back = self._routes(language)
        for pair in (*forth, *back):
            loaded = self.shelf.get(pair)
            try:
                loaded.translate("1")
            except (Unknown, Unlikely):
                continue  # the answer does not matter, only that the model has run once
        sentences.split("1.", language)
        return _names(forth, back)

    def translate(self, text: str, language: str, emit: Callable[[Any], None]) -> Translation:
        """A narrative into Japanese and back, sentence by sentence, every sentence checked both ways."""
        forth, back = self._routes(language)
        source = forth[0].from_code
        _refuse(checks.unfit(text, source))
        parts = sentences.split(text, language)
        if not parts:
            _refuse("empty")
        japanese: list[str] = []
        returned: list[str] = []
        for number, part in enumerate(parts, start=1):
            if getattr(emit, "dropped", False):
                break
            japanese.append(self._checked(part, forth))
            returned.append(self._checked(japanese[-1], back))
            emit(Progress(number, len(parts)))
        return Translation(
            original=text,
            language=language,
            japanese=sentences.joiner(JAPANESE).join(japanese),
            back=sentences.joiner(back[-1].to_code).join(returned),
            engine=_names(forth, back),
            sample=any(pair.sample for pair in (*forth, *back)),
        )

    def _routes(self, language: str) -> tuple[Route, Route]:
        routes = both_ways(pairs(self._folder), language)
        if routes is None:
            raise Trouble("trouble.no_translation", log=f"no packages both ways for {language}")
        return routes

    def _checked(self, sentence: str, route: Route) -> str:
        key = (route, sentence)
        if key in self._sentences:
            self._sentences.move_to_end(key)
            return self._sentences[key]
        source, target = route[0].from_code, route[-1].to_code
        _refuse(checks.unfit(sentence, source))
        output = self._run(sentence, route)
        _refuse(checks.fault(sentence, output, source, target))
        self._sentences[key] = output
        if len(self._sentences) > KEPT_SENTENCES:
            self._sentences.popitem(last=False)
        return output

    def _run(self, sentence: str, route: Route) -> str:
        text, hidden = protect.hide(sentence)
        try:
            for pair in route:
                text = self.shelf.get(pair).translate(text)
                if checks.has_unknown(text):
                    _refuse("unknown")
        except Unknown:
            _refuse("unknown")
        except Unlikely:
            _refuse("unlikely")
        return protect.restore(text, hidden)


def _names(forth: Route, back: Route) -> str:
    """`argos ko-en 1.1 · en-ja 1.1`; the way back is named only where it is of another version."""
    mirrored = {(pair.to_code, pair.from_code, pair.version) for pair in forth}
    others = [pair for pair in back if (pair.from_code, pair.to_code, pair.version) not in mirrored]
    return "argos " + " · ".join(pair.name for pair in (*forth, *others))


def _refuse(reason: checks.Reason | None) -> None:
    if reason is not None:
        _refused(reason)


def _refused(reason: checks.Reason) -> NoReturn:
    raise Trouble("trouble.translation_refused", log=f"translation refused: {reason}", reason=reason)
