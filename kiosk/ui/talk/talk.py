"""A talk across the desk as it stands: what was said both ways, and the resident's page. Plain values.

Whatever can be asked of an engine is asked by `kiosk.ui.talk.conversation`; here is only what follows from a
press or an answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from kiosk.core.heard import Translation
from kiosk.ui.resident.doubts import mended
from kiosk.ui.resident.speaking import Speaking
from kiosk.ui.resident.typing import Typing
from kiosk.ui.talk.phrases import ALWAYS, DATE, NUMBER

Page = Literal["wait", "phrase", "number", "date", "speak", "word", "type", "confirm", "sent", "given"]
By = Literal["counselor", "resident"]
Means = Literal["phrase", "touch", "typed", "speech"]
SCALES = (1.0, 1.25, 1.5)
SILENT = Speaking("idle")
MOST_DIGITS = 15
MOST_LINES = 200
"""Things said that are kept; a longer talk loses its beginning."""
_RUBY = re.compile(r"\{([^{}|]*)\|[^{}|]*\}")
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class Line:
    """One thing said. `japanese` is what the counselor reads, empty where there is none; `text` is in the
    resident's language."""

    by: By
    japanese: str
    text: str
    means: Means
    phrase: str = ""
    """Id of a curated phrase."""
    answers: tuple[str, ...] = ()
    """What may be answered to it by a touch."""
    machine: bool = False
    """Whether a machine translated it; a curated phrase and a touched answer never are."""
    hint: bool = False
    """Whether its translation is poor and stands there for the counselor only."""
    sample: bool = False
    back: str = ""
    """The way back of a machine translation, in the language it was said in."""
    differing: tuple[str, ...] = ()
    """Sentences of the original and of its way back that came back otherwise."""


@dataclass(frozen=True)
class Own:
    """The resident's own words on their way: as given, and what became of them."""

    text: str
    means: Means
    translation: Translation | None = None
    trouble: str = ""
    """Why there is no translation to look at, in the resident's language."""
    warning: str = ""
    progress: float = 0.05
    page: int = 0

    @property
    def working(self) -> bool:
        return self.translation is None and not self.trouble


@dataclass(frozen=True)
class Talk:
    """One talk in one language. Every method gives the talk as it is afterwards."""

    language: str
    lines: tuple[Line, ...] = ()
    page: Page = "wait"
    digits: str = ""
    month: tuple[int, int] = (2000, 1)
    """Year and month of the page with days."""
    speaking: Speaking = SILENT
    word: int = 0
    """Which doubtful word is open."""
    typing: Typing | None = None
    own: Own | None = None
    scale: float = 1.0
    reading: bool = False

    @property
    def asked(self) -> Line | None:
        """What the counselor showed last."""
        return next((line for line in reversed(self.lines) if line.by == "counselor"), None)

    @property
    def asks_money(self) -> bool:
        """Whether a number that is answered is an amount in yen."""
        return self.asked is not None and self.asked.phrase == "how_much"

    @property
    def answer(self) -> Line | None:
        """What the resident answered to it; None while nothing was."""
        last = self.lines[-1] if self.lines else None
        return last if last is not None and last.by == "resident" else None

    @property
    def answers(self) -> tuple[str, ...]:
        """What a touch may answer now."""
        return (*self.asked.answers, *ALWAYS) if self.asked is not None else ()

    def said(self, line: Line) -> Talk:
        """Something was said: the counselor's words come before the resident's eyes, the resident's answer is
        on its way."""
        page: Page = "phrase" if line.by == "counselor" else "sent"
        return replace(self.fresh(page), lines=(*self.lines, line)[-MOST_LINES:])

    def fresh(self, page: Page) -> Talk:
        """That page, nothing begun on it."""
        return replace(self, page=page, digits="", speaking=SILENT, typing=None, own=None, reading=False)

    def opened(self, answer: str, today: date) -> Talk:
        """The page an answer needs: of digits, or of days."""
        if answer == NUMBER:
            return self.fresh("number")
        if answer == DATE:
            return replace(self.fresh("date"), month=(today.year, today.month))
        return self

    def digit(self, key: str) -> Talk:
        if key == "delete":
            return replace(self, digits=self.digits[:-1])
        fits = len(key) == 1 and key.isascii() and key.isdigit() and len(self.digits) < MOST_DIGITS
        return replace(self, digits=self.digits + key) if fits else self

    def months(self, steps: int) -> Talk:
        """The page with days, so many months on."""
        at = self.month[0] * 12 + self.month[1] - 1 + steps
        year, month = at // 12, at % 12 + 1
        return replace(self, month=(year, month)) if FIRST_YEAR <= year <= LAST_YEAR else self

    def larger(self) -> Talk:
        """The next size of text, from the largest to the smallest."""
        at = SCALES.index(self.scale) if self.scale in SCALES else 0
        return replace(self, scale=SCALES[(at + 1) % len(SCALES)])

    def mended(self, word: str) -> Talk:
        """Another word for the doubtful one that is open; none where it is empty."""
        now = self.speaking
        if self.word >= len(now.doubts):
            return replace(self, page="speak")
        text, doubts = mended(now.text, now.doubts, self.word, word)
        ear: Literal["heard", "idle"] = "heard" if text.strip() else "idle"
        return replace(self, page="speak", speaking=replace(now, text=text, doubts=doubts, ear=ear))

    def back(self) -> Talk:
        """One step back on the resident's side: never away from the talk."""
        if self.page == "word":
            return replace(self, page="speak")
        if self.page == "wait" or self.asked is None:
            return self.fresh("wait")
        return self.fresh("phrase")


def bare(text: str) -> str:
    """The text without its readings."""
    return _RUBY.sub(r"\1", text)


def told(lines: tuple[Line, ...], words: dict[str, str]) -> str:
    """The talk as lines of text for a record: who, what, and what a machine translated. `words` has the names
    of `counselor`, `resident`, `machine` and `hint`."""
    out = []
    for line in lines:
        japanese, text = (bare(words).replace("\n", " ") for words in (line.japanese, line.text))
        mark = words["hint"] if line.hint else words["machine"] if line.machine else ""
        both = f"{japanese}（{text}）" if japanese and text and text != japanese else japanese or text
        out.append(f"{words[line.by]}：{both}{f' [{mark}]' if mark else ''}")
    return "\n".join(out)
