"""Any chain of packages on the kiosk's own path: protections, glossary, other tries, refusals, way back."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.errors import Trouble
from kiosk.translation import checks, sentences
from kiosk.translation.drafts import Ends
from kiosk.translation.glossary import FILE, read_glossary
from kiosk.translation.loaded import BACK, THERE
from kiosk.translation.packages import Route
from kiosk.translation.shelf import Shelf
from kiosk.translation.threads import choose_threads
from kiosk.translation.ways import Ways
from kiosk.translation.written import in_another_language

_KEPT = 4


@dataclass(frozen=True)
class Asked:
    """A sentence, the languages (tags) it goes between, and the packages there and, if wanted, back."""

    text: str
    source: str
    target: str
    route: Route
    back: Route = ()


@dataclass(frozen=True)
class Said:
    """What came of it. `seconds` is the way there alone; `fault` why a part or all of it was refused."""

    text: str
    back: str
    fault: str
    seconds: float


@dataclass(frozen=True)
class Opened:
    """A chain in memory: seconds to load it and make it warm, and the bytes it takes."""

    seconds: float
    bytes: int


class TrialEngine:
    """Jobs: "open" (a Route) → Opened, "say" (an Asked) → Said. Lines of quality are not looked at: what is
    measured here is what they are drawn from."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = Path(folder)
        self._shelf = Shelf(_KEPT, 0)
        try:
            self._ways = Ways(self._shelf, read_glossary(FILE))
        except (OSError, ValueError) as error:
            raise Trouble("trouble.no_translation", log=f"glossary: {error}") from error

    def handle(self, job: str, payload: Any, emit: Callable[[Any], None]) -> Any:
        """See the class. Raises Trouble `trouble.model_damaged`."""
        del emit
        match job, payload:
            case "open", tuple():
                return self._open(payload)
            case "say", Asked():
                return self._say(payload)
            case _:
                raise ValueError(f"no such job: {job}")

    def _open(self, route: Route) -> Opened:
        """As the kiosk does when a language is chosen; what other chains took is let go first."""
        self._shelf.clear()
        if self._shelf.threads == 0:
            self._shelf.threads = choose_threads(self._folder, route[0])
        began = time.perf_counter()
        for pair in route:
            self._shelf.get(pair).translate(["1"])
        sentences.split("1.", route[0].from_code)
        return Opened(time.perf_counter() - began, self._shelf.bytes())

    def _say(self, asked: Asked) -> Said:
        self._ways.forget()  # A sentence said before would cost nothing.
        code = asked.route[0].from_code
        began = time.perf_counter()
        unfit = checks.unfit(asked.text, code)
        if unfit is None and in_another_language(asked.text, code):
            return Said("", "", "language", time.perf_counter() - began)
        if unfit is not None:
            return Said("", "", unfit, time.perf_counter() - began)
        parts = sentences.split(asked.text, code)
        there = self._ways.outcomes(parts, asked.route, Ends(asked.source, asked.target), THERE)
        took = time.perf_counter() - began
        fault = next((one.fault for one in there if one.fault), "" if parts else "empty")
        kept = [one.text for one in there if one.fault is None]
        text = sentences.joiner(asked.target).join(kept)
        if not (asked.back and kept):
            return Said(text, "", fault or "", took)
        home = self._ways.outcomes(kept, asked.back, Ends(asked.target, asked.source), BACK)
        returned = [one.text for one in home if one.fault is None]
        # A sentence that does not come back is refused in the kiosk, too.
        fault = fault or next((one.fault for one in home if one.fault), "")
        return Said(text, sentences.joiner(asked.source).join(returned), fault or "", took)
