"""The consultation record as a page: what is pressed and typed goes into the draft, which saves itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kiosk.core.codes import named
from kiosk.core.consultation import MEANS, RESULTS, Consultation, Interpreted
from kiosk.core.ticket import State, Ticket
from kiosk.core.writing import kept_text
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.papers import open_earlier
from kiosk.ui.counter.record import choices
from kiosk.ui.counter.record.choose import Choose
from kiosk.ui.counter.record.desk import Lists
from kiosk.ui.counter.record.formsheet import DONE, ENTRY, lay_form
from kiosk.ui.counter.record.formview import form_view
from kiosk.ui.counter.record.keeper import Draft, Keeper

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

SOON = {"none": None, "tomorrow": 1, "week": 7, "weeks": 14}
"""Days ahead of the follow-up one press sets."""
STEP = 5
"""Minutes of one press."""
MOST = 24 * 60
CHOICES: dict[str, Callable[[Form], Choose]] = {
    "topics": choices.topics,
    "caller": choices.caller,
    "phrases": choices.phrases,
    "agencies": choices.agencies,
    "follow": choices.follow_up,
    "nationality": choices.nationality,
    "status": choices.status,
    "interpreters": choices.interpreters,
    "others": choices.others,
}
TURN = ("Next", "turn_card")
"""PgDn turns the card here as everywhere, whatever is chosen beside it."""
KEYS = (
    ("1", "choose:topics"), ("2", "next:means"), ("3", "choose:caller"), ("4", "write"), ("F7", "write"),
    ("5", "choose:agencies"), ("6", "next:result"), ("7", "choose:follow"), ("8", "choose:nationality"),
    ("9", "choose:interpreters"), ("0", "choose:phrases"), ("Left", "minutes:down"), ("Right", "minutes:up"),
    TURN,
    ("F11", "earlier"), ("F5", "leave:transfer"),
)  # fmt: skip


@dataclass
class Form:
    """One ticket's record, beside its card."""

    console: Console
    keeper: Keeper
    case: Ticket
    asked: bool = False
    """Whether it was opened to ask for the result before the case is closed."""
    choose: Choose | None = None
    turned: int = 0
    """The card's page that is open."""
    draft: Draft = field(init=False)
    _done: str = field(default="", repr=False)
    """What was done as the field last told it, or was given it."""

    def __post_init__(self) -> None:
        self.draft = self.keeper.begin(self.case)

    @property
    def mine(self) -> Consultation:
        return self.draft.mine

    @property
    def lists(self) -> Lists:
        return self.keeper.desk.lists()

    @property
    def today(self) -> date:
        return self.console.desk.now().date()

    @property
    def others(self) -> tuple[Consultation, ...]:
        """Records of other authors."""
        return tuple(one for one in self.case.content.records if one.by != self.mine.by and not one.empty)

    @property
    def at_hand(self) -> bool:
        """Whether the case is being served here and can be ended with the main button."""
        present = self.console.current
        return present is not None and present.id == self.case.id and present.state is State.SERVING

    def opened(self) -> None:
        self._show_done()

    def tick(self) -> None:
        present = self.console.current
        if present is not None and present.id == self.case.id and not present.content.closed:
            self.case = self.keeper.begin(present).ticket
        there = kept_text(self.console.fields.text(DONE))[0]
        # Another console of the same author wrote meanwhile. What was typed a moment ago is on its way to
        # `typed` and must not be written over.
        if self.mine.done != self._done and there == self._done:
            self._show_done()

    def _show_done(self) -> None:
        self._done = self.mine.done
        self.console.fields.put(DONE, self._done)

    def page(self) -> Own:
        keys = KEYS if self.choose is None else (*self.choose.keys(), TURN)
        return Own("record", form_view(self), lay_form, whole=True, main="finish", keys=keys)

    # What is typed

    def typed(self, name: str, text: str) -> None:
        if name == DONE:
            self._done, self.draft.cut = kept_text(text)
            self.write(done=self._done)
        elif name == ENTRY and self.choose is not None:
            self.choose.typed, self.choose.turned = kept_text(text)[0], 0

    def keep(self) -> None:
        self.keeper.flush(self.case.id)

    def insert(self, sentence: str) -> None:
        """A curated sentence behind what is written, on a line of its own."""
        before = self.console.fields.text(DONE).rstrip()
        text = f"{before}\n{sentence}" if before else sentence
        self.console.fields.put(DONE, text)
        self.typed(DONE, text)

    def retype(self, text: str) -> None:
        """Set the field that narrows the options."""
        self.console.fields.put(ENTRY, text)
        if self.choose is not None:
            self.choose.typed, self.choose.turned = text, 0

    def write(self, **what: object) -> None:
        self.keeper.write(self.draft, **what)

    # What is pressed

    def press(self, kind: str, detail: str) -> None:
        if kind == "turn_card":
            self.turned += 1
        elif self.choose is not None:
            self._choosing(kind, detail)
        elif kind in ("means", "result", "next"):
            self._toggle(kind, detail)
        elif kind == "minutes":
            self._minutes(detail)
        elif kind == "soon" and detail in SOON:
            days = SOON[detail]
            day = None if days is None else self.today + timedelta(days=days)
            self.write(follow_up=day, followed=False)
        elif kind == "phrase" and detail in choices.PHRASES:
            self.insert(self.console.say(f"record.phrase.{detail}"))
        elif kind == "write":
            self.console.fields.focus(DONE)
        elif kind == "choose" and detail in CHOICES:
            self._open(CHOICES[detail](self))
        elif kind == "earlier":
            open_earlier(self.console, self.case.content.earlier)
        elif kind in ("finish", "leave"):
            self._finish("transfer" if kind == "leave" else "close")
        # A choice is kept as soon as it is made; words wait for a pause in typing.
        if kind not in ("turn_card", "write"):
            self.keeper.flush(self.case.id)

    def _open(self, choose: Choose) -> None:
        self.choose = choose
        self.console.fields.put(ENTRY, "")

    def _choosing(self, kind: str, detail: str) -> None:
        choose = self.choose
        assert choose is not None
        if kind == "turn":
            choose.turned += 1
        elif kind in ("back", "finish"):
            self.choose = None
        else:
            wanted = f"{kind}:{detail}"
            offered = any(option.id == wanted for option in choose.offer(choose.typed))
            # One choice may lead to the next.
            if offered and choose.take(wanted) and self.choose is choose:
                self.choose = None
            elif self.choose is not choose:
                self.console.fields.put(ENTRY, "")

    def _toggle(self, kind: str, detail: str) -> None:
        if kind == "next":
            names = MEANS if detail == "means" else ("", *RESULTS)
            now = getattr(self.mine, detail)
            kind, detail = detail, names[(names.index(now) + 1) % len(names)] if now in names else names[0]
        elif detail == getattr(self.mine, kind):
            # A second press takes the result back; somebody always came in some way.
            detail = "" if kind == "result" else detail
        allowed = MEANS if kind == "means" else ("", *RESULTS)
        if kind in ("means", "result") and detail in allowed:
            self.write(**{kind: detail})

    def _minutes(self, detail: str) -> None:
        now = self.keeper.minutes(self.draft) or 0
        if detail == "clock":
            self.draft.automatic = True
            self.keeper.touch(self.draft)
            return
        up, down = (now // STEP + 1) * STEP, -(-now // STEP - 1) * STEP if now % STEP else now - STEP
        self.draft.automatic = False
        self.write(minutes=min(MOST, max(0, up if detail == "up" else down)))

    def _finish(self, how: str) -> None:
        """On to the end of the case, where it is being served here; else the page closes."""
        at_hand = self.at_hand
        self.console.close_over()
        if at_hand:
            self.console.press(how)

    # Words

    @property
    def tongue(self) -> str:
        """The language staff read here."""
        return self.console.place.tongue

    def topic(self, code: str) -> str:
        return named(self.lists.topics, code, self.tongue)

    def day(self, day: date) -> str:
        return self.console.date_text(day)

    def interpreted(self, one: Interpreted) -> str:
        """Which line or who, the language, how long."""
        say = self.console.say
        line = dict(self.lists.lines).get(one.line, one.line)
        if one.line in choices.WAYS:
            line = say(f"record.interpreter.{one.line}")
        minutes = say("console.minutes", n=max(1, (one.seconds + 30) // 60))
        return f"{line} {self.console.cards.language(one.language)} {minutes}"

    def sentences(self, one: Consultation) -> str:
        topics = self.console.say("card.comma").join(self.topic(code) for code in one.topics)
        return "　".join(part for part in (topics, self.console.cards.record(one)) if part)
