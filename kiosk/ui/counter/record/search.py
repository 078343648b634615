"""Past cases by topic, word and language: for learning from how a matter was solved before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.core.cases import Found, Query
from kiosk.core.codes import named
from kiosk.core.ticket import Ticket
from kiosk.core.writing import kept_text
from kiosk.errors import Trouble
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.papers import fetch
from kiosk.ui.counter.record.desk import Searched
from kiosk.ui.counter.record.past_case import PastCase
from kiosk.ui.counter.record.searchsheet import PAGE, WORDS, Hit, SearchView, lay_search
from kiosk.ui.counter.view import Option

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console
    from kiosk.ui.counter.record.records import Records

MOST_WORDS = 100
"""Characters that are looked for."""


def _nothing() -> None: ...


@dataclass
class Search:
    """What is looked for, how far the search is, and what it found."""

    console: Console
    records: Records
    topic: str = ""
    language: str = ""
    words: str = ""
    choosing: str = ""
    """`topic` or `language` while one of them is chosen."""
    answer: Searched | None = None
    turned: int = 0
    note: str = ""
    asked: Found | None = None
    """A sensitive case that was pressed once: it is opened only on purpose."""
    _stop: Callable[[], None] = field(default=_nothing, repr=False)

    def opened(self) -> None:
        self.console.fields.put(WORDS, self.words)
        self.console.fields.focus(WORDS)

    def typed(self, name: str, text: str) -> None:
        if name == WORDS:
            self.words = kept_text(text)[0][:MOST_WORDS]

    def keep(self) -> None:
        """Nothing of what is looked for is kept."""

    @property
    def running(self) -> bool:
        return self.answer is not None and not self.answer.over

    def page(self) -> Own:
        keys: tuple[tuple[str, str], ...] = (("Return", "look"), ("Control-f", "words"))
        if self.choosing:
            options = self._options()
            keys = tuple((str(place + 1), one.id) for place, one in enumerate(options[1]))
            keys = (*keys, ("0", "turn"), ("Escape", "back"))
        elif self.asked is not None:
            keys = (("Escape", "back"), ("1", "open"))
        elif self.running:
            keys = (("Escape", "stop"),)
        else:
            keys += (("0", "turn"), *((str(n + 1), f"one:{n}") for n in range(PAGE)))
        return Own("cases", self._view(), lay_search, main="open" if self.asked else "look", keys=keys)

    def _view(self) -> SearchView:
        say = self.console.say
        page, shown = self._options() if self.choosing else (0, ())
        pages = self._pages()
        return SearchView(
            topic=named(self.records.desk.lists().topics, self.topic, self.console.place.tongue)
            if self.topic
            else say("cases.any"),
            language=self.console.cards.language(self.language) if self.language else say("cases.any"),
            status=self._status(),
            done=self.answer.days / max(1, self.answer.of) if self.running and self.answer else None,
            hits=tuple(self._hit(one) for one in self._shown()),
            page=self.turned % pages,
            pages=pages,
            choosing=self.choosing,
            options=tuple(shown),
            option_page=page,
            asked=say("cases.sensitive.ask", number=self.asked.number) if self.asked else "",
        )

    def _status(self) -> str:
        say, answer = self.console.say, self.answer
        if self.note or answer is None:
            return self.note
        if not answer.over:
            return say("cases.running", days=answer.days, of=answer.of, n=len(answer.found))
        key = "cases.many" if answer.more else "cases.found" if answer.found else "cases.none"
        told = say(key, n=len(answer.found), days=answer.days)
        return told + (say("cases.unread", n=answer.unread) if answer.unread else "")

    def _pages(self) -> int:
        return max(1, -(-len(self.answer.found) // PAGE)) if self.answer else 1

    def _shown(self) -> tuple[Found, ...]:
        if self.answer is None:
            return ()
        start = self.turned % self._pages() * PAGE
        return self.answer.found[start : start + PAGE]

    def _hit(self, one: Found) -> Hit:
        say, topics = self.console.say, self.records.desk.lists().topics
        tongue = self.console.place.tongue
        names = say("card.comma").join(named(topics, code, tongue) for code in one.topics)
        return Hit(
            self.console.date_text(one.day),
            one.number,
            say("cases.sensitive") if one.sensitive else names or say("card.topic.unsaid"),
            self.console.cards.language(one.language),
            say(f"result.{one.result}") if one.result else "",
            one.sensitive,
        )

    def _options(self) -> tuple[int, list[Option]]:
        """Which page of them, and its options."""
        lists, console = self.records.desk.lists(), self.console
        every = [Option("set:", console.say("cases.any"))]
        if self.choosing == "topic":
            every += [Option(f"set:{one.id}", one.name(console.place.tongue)) for one in lists.topics]
        else:
            every += [Option(f"set:{tag}", console.cards.language(tag)) for tag in lists.languages]
        pages = max(1, -(-len(every) // PAGE))
        page = self.turned % pages
        return page, every[page * PAGE : (page + 1) * PAGE]

    # What is pressed

    def press(self, kind: str, detail: str) -> None:
        self.note = ""
        if kind == "turn":
            self.turned += 1
        elif kind == "back":
            self.choosing, self.asked, self.turned = "", None, 0
        elif kind == "stop":
            self._halt()
        elif kind == "words":
            self.console.fields.focus(WORDS)
        elif kind == "choose" and detail in ("topic", "language"):
            self._halt()
            self.choosing, self.turned = detail, 0
        elif kind == "set" and self.choosing:
            if any(option.id == f"set:{detail}" for option in self._options()[1]):
                setattr(self, self.choosing, detail)
                self.choosing, self.turned = "", 0
        elif kind == "look":
            self._look()
        elif kind == "one" and detail.isdigit() and int(detail) < len(self._shown()):
            self._one(self._shown()[int(detail)])
        elif kind == "open" and self.asked is not None:
            self._get(self.asked)

    def _halt(self) -> None:
        if self.running and self.answer is not None:
            answer = self.answer
            self.answer = Searched(answer.found, answer.days, answer.of, over=True)
        self._stop()

    def _look(self) -> None:
        self._stop()
        query = Query(self.words, self.topic, self.language)
        self.asked, self.turned = None, 0
        if query.empty:
            self.answer, self.note = None, self.console.say("cases.empty")
            return
        self.answer = Searched((), 0, 0, over=False)
        self._stop = self.records.desk.search(query, self._answered)

    def _answered(self, answer: Searched | Trouble) -> None:
        if self.console.over is not self:
            # Another page lies there now, or the console is locked: nobody looks for it any more.
            self._stop()
            return
        if isinstance(answer, Trouble):
            self.answer, self.note = None, self.console.told(answer)
        else:
            self.answer = answer
        self.console.show()

    def _one(self, one: Found) -> None:
        if one.sensitive and self.asked is not one:
            self.asked = one
        else:
            self._get(one)

    def _get(self, one: Found) -> None:
        self._halt()
        fetch(self, one.ticket_id, self._open)

    def _open(self, case: Ticket | None) -> None:
        if case is not None:
            self.console.open(PastCase(self.console, case, search=self))
