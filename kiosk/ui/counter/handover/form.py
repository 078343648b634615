"""The page for letters: an agency, how it is handed on, what goes on paper, the resident's consent."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk.core.consultation import KINDS
from kiosk.core.handed import added
from kiosk.core.letter import PAPERS, Draft, usual
from kiosk.core.ticket import Ticket
from kiosk.core.writing import kept_text
from kiosk.errors import Trouble
from kiosk.ui.counter.handover import choices
from kiosk.ui.counter.handover.desk import Kept, LetterDesk
from kiosk.ui.counter.handover.formview import letter_view
from kiosk.ui.counter.handover.lettersheet import AUTHORITY, WORDS, lay_letter
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.record.choose import Choose
from kiosk.ui.counter.record.formsheet import ENTRY
from kiosk.ui.counter.talk.desk import Asking

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console
    from kiosk.ui.parts import Shot

REST = 0.6
"""Seconds without a change after which the paper is drawn anew."""
CHOICES: dict[str, Callable[[LetterForm], Choose]] = {
    "agency": choices.agency,
    "consent": choices.consent,
    "careful": choices.careful,
    "lines": choices.lines,
    "done": choices.done,
    "asks": choices.asks,
    "appointment": choices.appointment,
}
TURN = ("Next", "turn_paper")
KEYS = (
    ("1", "choose:agency"), ("2", "next_kind"), ("3", "choose:consent"), ("4", "choose:lines"),
    ("5", "choose:done"), ("6", "choose:asks"), ("7", "choose:appointment"), ("8", "write"), ("F7", "write"),
    ("9", "record"), TURN,
)  # fmt: skip


@dataclass
class LetterForm:
    """One hand-over of one ticket. Nothing is kept of it until it is printed or put on record."""

    console: Console
    desk: LetterDesk
    case: Ticket
    draft: Draft = field(init=False)
    choose: Choose | None = None
    chosen: str = ""
    """Which of CHOICES lies over the form."""
    asked: bool = False
    """Whether the resident was asked for consent."""
    weighed: bool = False
    """Whether the question about a case that needs care was answered."""
    shots: Sequence[Shot] = ()
    turned: int = 0
    note: str = ""
    warm: bool = False
    busy: bool = False
    over: bool = False
    """Whether it is on record."""
    _due: float | None = 0.0
    """When the paper is to be drawn; None while nothing has changed since."""
    _drawing: int = 0

    def __post_init__(self) -> None:
        self.draft = Draft(secrets.token_hex(4), lines=usual(self.case.content))

    @property
    def sensitive(self) -> bool:
        return self.case.content.sensitive

    @property
    def papered(self) -> bool:
        """Whether this kind of hand-over has a paper."""
        return self.draft.kind in PAPERS

    @property
    def may_only_record(self) -> bool:
        """Whether it may be put on record without its paper: the resident was asked, and it is not there."""
        return self.papered and self.draft.complete and self.asked and not self.over

    def opened(self) -> None:
        if self.sensitive:
            self._open("careful")

    def page(self) -> Own:
        keys = KEYS if self.choose is None else (*self.choose.keys(), TURN)
        return Own("letter", letter_view(self), lay_letter, whole=True, main="finish", keys=keys)

    def write(self, **what: object) -> None:
        """Change the draft; what is on paper or on record already is then another one."""
        changed = replace(self.draft, **what)  # type: ignore[arg-type]
        if changed != self.draft:
            self.draft, self.over, self.note, self.warm = changed, False, "", False
            self._due = self.console.clock() + REST

    def tell(self, text: str, *, warm: bool = False) -> None:
        self.note, self.warm, self.busy = text, warm, False

    # The paper

    def tick(self) -> None:
        if (
            self._due is None
            or self.console.clock() < self._due
            or not self.papered
            or not self.draft.complete
        ):
            return
        self._due = None
        self._drawing += 1
        mine = self._drawing
        self.desk.preview(self.case, self.draft, lambda shots: self._drawn(mine, shots))

    def _drawn(self, mine: int, shots: Sequence[Shot] | Trouble) -> None:
        if mine != self._drawing or self.console.over is not self:
            return
        if isinstance(shots, Trouble):
            self.tell(self.console.told(shots), warm=True)
        else:
            self.shots = tuple(shots)
        self.console.show()

    # What is typed

    def typed(self, name: str, text: str) -> None:
        if name == ENTRY and self.choose is not None:
            self.choose.typed, self.choose.turned = kept_text(text)[0], 0
        elif name == WORDS:
            self.write(words=kept_text(text)[0])
        elif name == AUTHORITY:
            self.write(authority=kept_text(text)[0])

    def keep(self) -> None:
        """Nothing is kept before it is printed or put on record."""

    # What is pressed

    def press(self, kind: str, detail: str) -> None:
        if self.busy:
            return
        if kind == "turn_paper":
            self.turned += 1
        elif self.choose is not None:
            self._choosing(kind, detail)
        elif kind == "choose" and detail in CHOICES:
            self._open(detail)
        elif kind == "kind" and detail in KINDS:
            self._kind(detail)
        elif kind == "next_kind":
            self._kind(KINDS[(KINDS.index(self.draft.kind) + 1) % len(KINDS)])
        elif kind == "write":
            self.console.fields.focus(WORDS)
        elif kind == "finish":
            self._finish()
        elif kind == "record" and self.may_only_record:
            self._record("")
        elif kind == "again":
            self._put_out()

    def _kind(self, kind: str) -> None:
        was = self.draft.kind
        self.write(kind=kind)
        if "forwarded" in (was, kind) and was != kind:
            # A centre of 行政相談 is no agency for anything else, and the other way round.
            self.asked = False
            self.write(service="", name="", consent=None)
            self.shots = ()

    def _open(self, what: str) -> None:
        self.console.fields.put(ENTRY, "")
        self.choose, self.chosen = CHOICES[what](self), what
        self._before_resident(what == "consent" and self.draft.complete)

    def closed(self) -> None:
        self._before_resident(False)

    def _before_resident(self, asks: bool) -> None:
        """The question for consent on the resident's own screen too, where they answer it themselves."""
        talks = self.console.talks
        if talks is None:
            return
        question = self.desk.question(self.case, self.draft) if asks else None
        if question is None or not talks.desk.knows(question.language):
            talks.ask(None)
        else:
            talks.ask(Asking(question.local, question.japanese, question.language, self._agreed))

    def _agreed(self, agreed: bool) -> None:
        if self.chosen == "consent" and not self.busy:
            self._choosing("take", "yes" if agreed else "no")

    def _choosing(self, kind: str, detail: str) -> None:
        choose = self.choose
        assert choose is not None
        done = kind in ("back", "finish")
        if kind == "turn":
            choose.turned += 1
        elif kind == "take":
            done = choose.take(f"take:{detail}")
        if done:
            self._before_resident(False)
            self.choose, self.chosen = None, ""
            self.console.fields.put(ENTRY, "")

    # Printing and putting on record

    def _finish(self) -> None:
        """What is missing is asked for; then it is printed and put on record."""
        if self.over:
            self.console.close_over()
        elif not self.draft.complete:
            self._open("agency")
        elif self.sensitive and not self.weighed:
            self._open("careful")
        elif not self.asked:
            self._open("consent")
        elif self.papered:
            self._put_out()
        else:
            self._record("letters.recorded")

    def _put_out(self) -> None:
        self.busy = True
        self.note, self.warm = self.console.say("letters.printing"), False
        self.desk.output(self.case, self.draft, self._output)

    def _output(self, kept: Kept | Trouble) -> None:
        self.busy = False
        if isinstance(kept, Trouble):
            self.tell(self.console.told(kept), warm=True)
            self._said_elsewhere()
        else:
            key = "letters.printed" if kept.printed else "letters.kept"
            self._record(key, place=kept.place)
        self.console.show()

    def _record(self, key: str, **details: str) -> None:
        """Into this author's record: made again it takes its former place."""
        console, one = self.console, self.draft.handover(self.desk.now())
        if console.records is None or not self.draft.complete:
            self.tell(console.say("letters.unrecorded"), warm=True)
            return
        said = console.say(key or "letters.recorded", **details)
        console.records.amend(
            self.case, lambda kept: added(kept, one), lambda result: self._recorded(result, said)
        )

    def _recorded(self, result: Ticket | Trouble, said: str) -> None:
        if isinstance(result, Trouble):
            self.tell(f"{self.console.told(result)} {self.console.say('letters.unrecorded')}", warm=True)
        else:
            self.over = True
            self.tell(said)
        self._said_elsewhere()
        self.console.show()

    def _said_elsewhere(self) -> None:
        """Who closed the page meanwhile is told in the console's own line."""
        if self.console.over is not self:
            self.console.message = self.note
