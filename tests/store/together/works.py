"""What the programs of one office do at once, each in a process of its own that may be killed anywhere.

A work tells through its pipe what was acknowledged, as tuples; nothing else of it is believed.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from kiosk.app.auditing import change, opening
from kiosk.app.erasure import erase_before
from kiosk.app.events import merging, planning, sealing, starting
from kiosk.app.events.planning import Plan
from kiosk.app.events.running import find
from kiosk.app.gathered import keep_counts
from kiosk.app.office import Office
from kiosk.core.changes import close, record, serve
from kiosk.core.consultation import Consultation
from kiosk.core.ticket import Narrative, State, Ticket
from kiosk.data.good import choose
from kiosk.errors import Trouble
from kiosk.store.passphrase import recovery_text
from tests.data.house import MAY, TAGS, House
from tests.store.samples import DAY, FIRST, FULL, LAWYER, NOW

T = TypeVar("T")
WORDS = "みなとの見える丘 2026 turtle"
OLD = (DAY - timedelta(days=120), DAY - timedelta(days=119))
"""Days that are to be erased."""
PAPER = "みなと市 出張相談会"
NEVER = threading.Event()
MET = set[str]()
"""Keys of the faults that this process has told."""
_TRY_AGAIN = ("trouble.store_busy", "trouble.passphrase_wait", "trouble.database_busy")
"""Refusals of a moment: whoever meets one tries again, and so does a work."""


class Branch(Office):
    """The office as one program has it open, on a day of its own: a clock may be set back."""

    def __init__(self, data: Path, letter: str = "Z", day: date = DAY) -> None:
        super().__init__(data, letter)
        self._now = NOW + (day - DAY)

    def now(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now.astimezone(self.settings.office.zone)

    def unlocked(self) -> Branch:
        """With the passphrase given, where one is set by now."""
        if self.keys.locked:
            patiently(lambda: self.keys.unlock(WORDS))
        return self


def met(office: Office) -> None:
    """Keep what this process tells its staff."""
    parts = (office.store, office.bookings, office.rows)
    MET.update(fault.key for part in parts for fault in part.faults())
    office.store.close()


def patiently(work: Callable[[], T]) -> T:
    """What the work answers, as often as somebody else was at it."""
    while True:
        try:
            return work()
        except Trouble as trouble:
            if trouble.key not in _TRY_AGAIN:
                raise


def told_by(case: Ticket) -> str:
    """What a resident told, which the ticket must tell for ever: nobody else tells the same."""
    return case.content.narrative.original if case.content.narrative else ""


Say = Callable[..., None]
Work = Callable[[Path, Say, Sequence[str]], None]


def kiosk(data: Path, say: Say, given: Sequence[str]) -> None:
    """Take numbers of one letter, on one day; every third with a place at the lawyer's."""
    letter, day, wanted = given[0], date.fromisoformat(given[1]), int(given[2])
    office = Branch(data, letter, day)
    office.keys.public_only()
    choose(data / "good", TAGS, MAY, flows=data.parent / "flows", languages=data.parent / "languages")
    for number in range(wanted):
        words = f"{letter} {day} {number} {os.urandom(8).hex()}"
        told = replace(FULL, narrative=Narrative(words, "ko", "typed"), notes=())
        write = partial(office.store.issue, told, language="ko", at=office.now())
        made: list[Ticket] = []
        if number % 3 == 2:
            at = FIRST + timedelta(minutes=30 * (number % 4))

            def once(write: Callable[[], Ticket] = write, made: list[Ticket] = made) -> Ticket:
                made.append(patiently(write))
                return made[0]

            try:
                patiently(lambda at=at, once=once: office.bookings.book(LAWYER, at, once))  # type: ignore[misc]
                say("booked", made[0].id, at.isoformat())
            except Trouble as trouble:
                if trouble.key != "trouble.place_taken":
                    raise
        case = made[0] if made else patiently(write)
        say("issued", case.id, case.number, case.day.isoformat(), words)
    met(office)


def console(data: Path, say: Say, given: Sequence[str]) -> None:
    """Call, serve, write a record and close, until so many are closed by all counters together."""
    counter, wanted = given[0], int(given[1])
    office = Branch(data)
    while True:
        office.unlocked()
        for case in patiently(office.store.tickets):
            if case.counter == counter and case.state in (State.CALLED, State.SERVING):
                _served(office, case, counter, say)
        pick = patiently(lambda: office.store.call_next(counter=counter, languages=(), at=office.now()))
        if pick is not None:
            say("called", pick.ticket.id, counter)
        elif sum(case.state is State.CLOSED for case in patiently(office.store.tickets)) >= wanted:
            break
        else:
            NEVER.wait(0.02)  # A counselor does not ask without a pause; nothing is waited for.
        office.store.refresh()
    met(office)


def _served(office: Branch, case: Ticket, counter: str, say: Say) -> None:
    def do(apply: Callable[[Ticket], Ticket]) -> Ticket:
        return patiently(lambda: change(office, case.id, apply, staff=f"k{counter}", counter=counter))

    if case.state is State.CALLED:
        do(lambda found: serve(found, office.now(), counter=counter))
    patiently_audited(lambda: opening(office, case, staff=f"k{counter}", counter=counter))
    say("opened", case.id)
    done = f"{counter} {case.number} {os.urandom(4).hex()}"
    do(lambda found: record(found, Consultation(counter, done=done)))
    say("recorded", case.id, counter, done)
    do(lambda found: close(found, office.now(), counter=counter))
    say("closed", case.id)


def patiently_audited(work: Callable[[], None]) -> None:
    """An opening waits for its line; another process may be writing its own."""
    while True:
        try:
            return work()
        except Trouble as trouble:
            if trouble.key != "trouble.audit_failed" or "held the store" not in trouble.log:
                raise


def report(data: Path, say: Say, given: Sequence[str]) -> None:
    """Read every day as a report does, and keep what was counted."""
    for turn in range(int(given[0])):
        office = Branch(data).unlocked()
        say("begun", turn)
        for day in office.store.days():
            patiently(partial(office.store.tickets, day))
        patiently(partial(office.rows.year, DAY.year))
        keep_counts(office)
        choose(data / "good", TAGS, MAY, flows=data.parent / "flows", languages=data.parent / "languages")
        met(office)
        say("read", turn)


def erase(data: Path, say: Say, given: Sequence[str]) -> None:  # noqa: ARG001
    """Erase the old days."""
    office = Branch(data).unlocked()
    say("begun")
    gone = patiently(lambda: erase_before(office, OLD[-1] + timedelta(days=1), reason="automatic"))
    say("erased", [day.isoformat() for day in gone])
    met(office)


def protect(data: Path, say: Say, given: Sequence[str]) -> None:  # noqa: ARG001
    """Set the passphrase, unless another did."""
    office, recovery = Branch(data), os.urandom(32)
    office.keys.prepare(DAY)
    say("begun")
    try:
        patiently(lambda: office.keys.setup(WORDS, recovery))
        say("protected", recovery_text(recovery))
    except Trouble as trouble:
        if trouble.key != "trouble.keys_set":
            raise
        say("protected", "")


def event(data: Path, say: Say, given: Sequence[str]) -> None:
    """Prepare an event, start it on a tablet, take numbers there, seal them, and merge the pack."""
    letter, wanted = given[0], int(given[1])
    office, tablet = Branch(data).unlocked(), data.parent / f"tablet-{letter}"
    prepared = [one for one in planning.prepared_at(data) if one.letter == letter]
    stick = data.parent / f"stick-{letter}"
    if not prepared:
        plan = Plan(PAPER, "港町公民館", DAY, ("ko", "vi"), (letter,))
        patiently(lambda: planning.prepare(office, plan, stick))
    [one] = [one for one in planning.prepared_at(data) if one.letter == letter]
    at = starting.start(tablet, (stick / f"{one.id}-{letter}.toml").read_text(encoding="utf-8"))
    there = Branch(find(tablet, "").data, letter)
    for number in range(wanted):
        words = f"{letter} {number} {os.urandom(8).hex()}"
        told = replace(FULL, narrative=Narrative(words, "ko", "typed"), notes=())
        case = patiently(lambda told=told: there.store.issue(told, language="ko", at=there.now()))  # type: ignore[misc]
        say("told", case.id, case.number, words)
    pack = patiently(lambda: sealing.seal(there, at, stick))
    met(there)
    say("sealed", str(pack.file))
    take(data, say, [str(pack.file)])


def take(data: Path, say: Say, given: Sequence[str]) -> None:
    """Merge packs."""
    office = Branch(data).unlocked()
    say("begun")
    came = patiently(lambda: merging.merge(office, [Path(one) for one in given]))
    for one in came:
        assert one.trouble is None, one.trouble
        assert one.contents is not None
        say("merged", [case.ticket.id for case in one.contents.tickets])
    met(office)


def edit(data: Path, say: Say, given: Sequence[str]) -> None:
    """Edit the flows as installed, and start with them, turn after turn."""
    house = House(data.parent)
    for turn in range(int(given[0])):
        text = (house.flows / "topics.toml").read_text(encoding="utf-8").rpartition("\n# ")[0]
        half = house.flows / ".topics.half"
        half.write_text(f"{text}\n# {turn}\n", encoding="utf-8")
        half.replace(house.flows / "topics.toml")
        found = choose(data / "good", TAGS, MAY, flows=house.flows, languages=house.languages)
        assert (found.flows / "topics.toml").read_text(encoding="utf-8")
        assert found.faults == ()
        say("chosen", turn)


WORKS: dict[str, Work] = {
    "kiosk": kiosk, "console": console, "report": report, "erase": erase, "protect": protect,
    "event": event, "take": take, "edit": edit,
}  # fmt: skip


def run(pipe: Connection, work: str, data: str, given: Sequence[str]) -> None:
    """A process: says that it is ready, waits for the word, works, and says that it is through."""

    def say(*what: object) -> None:
        pipe.send_bytes(json.dumps(what).encode())

    say("ready")
    pipe.recv_bytes()
    WORKS[work](Path(data), say, given)
    say("met", sorted(MET))
    say("through")
