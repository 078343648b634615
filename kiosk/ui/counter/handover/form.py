"""The page for letters: an agency, how it is handed on, what goes on paper, the resident's consent."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk.core.consultation import KINDS
from kiosk.core.letter import PAPERS, Draft, usual
from kiosk.core.ticket import Ticket
from kiosk.core.writing import kept_text
from kiosk.ui.counter.handover import choices, consent, puttingout
from kiosk.ui.counter.handover.desk import LetterDesk
from kiosk.ui.counter.handover.formview import letter_view
from kiosk.ui.counter.handover.lettersheet import AUTHORITY, WORDS, lay_letter
from kiosk.ui.counter.handover.preview import Preview
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.record.choose import Choose
from kiosk.ui.counter.record.formsheet import ENTRY

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

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
    note: str = ""
    warm: bool = False
    busy: bool = False
    over: bool = False
    """Whether it is on record."""
    preview: Preview = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.draft = Draft(secrets.token_hex(4), lines=usual(self.case.content))
        self.preview = Preview(self)

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
            self.open("careful")

    def page(self) -> Own:
        keys = KEYS if self.choose is None else (*self.choose.keys(), TURN)
        return Own("letter", letter_view(self), lay_letter, whole=True, main="finish", keys=keys)

    def write(self, **what: object) -> None:
        """Change the draft; what is on paper or on record already is then another one."""
        changed = replace(self.draft, **what)  # type: ignore[arg-type]
        if changed != self.draft:
            self.draft, self.over, self.note, self.warm = changed, False, "", False
            self.preview.changed()

    def tell(self, text: str, *, warm: bool = False) -> None:
        self.note, self.warm, self.busy = text, warm, False

    def tick(self) -> None:
        self.preview.tick()

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
            self.preview.turned += 1
        elif self.choose is not None:
            self._choosing(kind, detail)
        elif kind == "choose" and detail in CHOICES:
            self.open(detail)
        elif kind == "kind" and detail in KINDS:
            self._kind(detail)
        elif kind == "next_kind":
            self._kind(KINDS[(KINDS.index(self.draft.kind) + 1) % len(KINDS)])
        elif kind == "write":
            self.console.fields.focus(WORDS)
        elif kind == "finish":
            puttingout.finish(self)
        elif kind == "record" and self.may_only_record:
            puttingout.record(self, self.draft, "letters.recorded")
        elif kind == "again":
            puttingout.put_out(self)

    def _kind(self, kind: str) -> None:
        was = self.draft.kind
        self.write(kind=kind)
        if "forwarded" in (was, kind) and was != kind:
            # A centre of 行政相談 is no agency for anything else, and the other way round.
            self.asked = False
            self.write(service="", name="", consent=None)
            self.preview.shots = ()

    def open(self, what: str) -> None:
        """Lay one of CHOICES over the form."""
        self.console.fields.put(ENTRY, "")
        self.choose, self.chosen = CHOICES[what](self), what
        if what == "consent" and self.draft.complete:
            consent.ask(self, self._agreed)
        else:
            consent.take_back(self)

    def closed(self) -> None:
        consent.take_back(self)

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
            consent.take_back(self)
            self.choose, self.chosen = None, ""
            self.console.fields.put(ENTRY, "")
