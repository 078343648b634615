"""Looking through the days kept, beside a window: in a process of its own, so that the window never waits.

Opening costs a few tenths of a millisecond a ticket, and many thousand are kept. The process holds the
office's key while it looks; it ends by itself when the window is gone, and at once when it is locked.
"""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.app.follow_notes import FollowNotes
from kiosk.app.gathering import NICE
from kiosk.core import cases
from kiosk.core import ticket as tickets
from kiosk.core.cases import FollowUp, Found, Query
from kiosk.core.codes import Code
from kiosk.core.handed import Made, made
from kiosk.core.ticket import Content, Ticket
from kiosk.errors import Trouble
from kiosk.workers import place_of

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from kiosk.app.office import Office
    from kiosk.store.protocol import Fault

log = logging.getLogger(__name__)
LOOK_S = 0.05
"""Seconds between two looks whether it is still wanted."""


@dataclass(frozen=True)
class Sought:
    """Past cases of these days."""

    days: tuple[date, ...]
    query: Query
    today: date
    tongue: str
    most: int
    """How many of one day are handed over."""


@dataclass(frozen=True)
class ToFollow:
    """Who of these days is to be asked again, whenever; the answer is kept with each day."""

    days: tuple[date, ...]


@dataclass(frozen=True)
class HandedOver:
    """Hand-overs made on these days."""

    days: tuple[date, ...]


What = Sought | ToFollow | HandedOver


@dataclass(frozen=True)
class Seen:
    """A day that was looked through."""

    day: date
    found: tuple[Found, ...] = ()
    follow: tuple[FollowUp, ...] = ()
    handed: tuple[Made, ...] = ()
    unread: bool = False
    """Whether it could not be read."""
    faults: tuple[Fault, ...] = ()
    """Damage met so far, in all days."""


@dataclass(frozen=True)
class _Job:
    data: Path
    letter: str
    secret: bytes = field(repr=False)
    what: What


def look(office: Office, what: What, stopped: Callable[[], bool]) -> Generator[Seen, None, None]:
    """Each day as soon as it was looked through; nothing more once `stopped` says so. For a thread beside the
    window. Raises Trouble("trouble.search_locked") where the keys are locked meanwhile."""
    keys, context = office.keys, get_context("spawn")
    opening = keys.opening
    secret = keys.office().secret if keys.is_open else b""
    if keys.opening != opening:
        raise _locked()
    ours, theirs = context.Pipe()
    job = _Job(office.data, office.settings.kiosk.letter, secret, what)
    process = context.Process(target=_serve, args=(theirs, job), name="look", daemon=True)
    process.start()
    theirs.close()
    try:
        while True:
            said = _said(ours, lambda: stopped() or keys.opening != opening)
            if keys.opening != opening:
                # What was found is nobody's to see.
                raise _locked()
            if said is None:
                return
            if isinstance(said, Trouble):
                raise said
            yield said
    finally:
        _end(process, ours)


def _said(pipe: Connection, stopped: Callable[[], bool]) -> Seen | Trouble | None:
    """The process's next word; None where it is over, or no longer wanted."""
    while not stopped():
        try:
            if pipe.poll(LOOK_S):
                said: Any = pipe.recv()
                return said if isinstance(said, Seen | Trouble) else None
        except (EOFError, OSError) as error:
            log.warning("days were not looked through to their end: %s", place_of(error))
            return Trouble("trouble.work_failed", log="a process that reads days ended")
    return None


def _end(process: BaseProcess, pipe: Connection) -> None:
    """It writes nothing but whole files, so that it may end anywhere."""
    pipe.close()
    if process.is_alive():
        process.kill()
    process.join()


def _locked() -> Trouble:
    return Trouble("trouble.search_locked")


def _serve(pipe: Connection, job: _Job) -> None:
    """The process's main function."""
    from kiosk.app.office import Office

    os.nice(NICE)
    gc.disable()  # A short life in which nothing goes round in circles: a fifth of the time.
    threading.Thread(target=_listen, args=(pipe,), daemon=True).start()
    office = Office(job.data, job.letter)
    if job.secret:
        office.keys.open_with(job.secret)
    what = job.what
    with suppress(OSError):
        try:
            for seen in _seen(office, what):
                pipe.send(replace(seen, faults=office.store.faults()))
            pipe.send(None)
        except Trouble as trouble:
            pipe.send(trouble)
    # The store is not closed: that trims journals, and what was just kept would hold for other ones.


def _listen(pipe: Connection) -> None:
    """Until the window is gone: then nobody waits, and what was read must not stay here."""
    with suppress(EOFError, OSError):
        pipe.recv()
    os._exit(0)


def _seen(office: Office, what: What) -> Iterator[Seen]:
    if isinstance(what, Sought):
        return _sought(office, what)
    if isinstance(what, ToFollow):
        return _to_follow(office, what)
    read = _read(office, what.days)
    return (Seen(day, handed=tuple(made(found or ())), unread=found is None) for day, found in read)


def _read(office: Office, days: Iterable[date]) -> Iterator[tuple[date, list[Ticket] | None]]:
    for day in days:
        try:
            yield day, office.store.tickets(day)
        except Trouble as trouble:
            log.error("a day cannot be looked through: %s", trouble)
            yield day, None


def _sought(office: Office, what: Sought) -> Iterator[Seen]:
    told = words_of(office, what.tongue)
    for day, read in _read(office, what.days):
        # Who waits or sits at a counter now is no past case: nobody picks from the queue.
        past = (
            case for case in reversed(read or ()) if case.day != what.today or case.state in tickets.ENDED
        )
        hits = [hit for case in past if (hit := cases.matches(case, what.query, told)) is not None]
        yield Seen(day, found=tuple(hits[: what.most]), unread=read is None)


def _to_follow(office: Office, what: ToFollow) -> Iterator[Seen]:
    notes = FollowNotes(office)
    for day in what.days:
        mark = notes.mark(day)
        for _, read in _read(office, (day,)):
            follow = tuple(cases.to_follow(read or ()))
            if read is not None and not _wrong(office, day, read):
                notes.keep(day, mark, follow)
            yield Seen(day, follow=follow, unread=read is None)


def _wrong(office: Office, day: date, read: Sequence[Ticket]) -> bool:
    """Whether something of the day does not open or is damaged: it may be mended, and nothing is kept."""
    damaged = any(day.isoformat() in fault.file for fault in office.store.faults())
    return damaged or any(case.content.closed for case in read)


def words_of(office: Office, tongue: str) -> cases.Told:
    """Topics and answers in the words of staff, for looking for words in them."""
    say = office.catalogue(tongue)
    topics = {code.id: f"{code.ja} {code.en}" for code in topics_of(office)}

    def told(content: Content) -> str:
        keys = [f"topic.{case.topic}" for case in content.cases]
        for case in content.cases:
            keys += [
                f"flow.{case.flow}.{question}.{choice}"
                for question, chosen in case.answers
                for choice in chosen
            ]
        names = [topics.get(code, code) for code in cases.topics_of(content)]
        return "\n".join([*names, *(say.text(key) for key in keys if say.has(key))])

    return told


def topics_of(office: Office) -> tuple[Code, ...]:
    """The statistics codes a record can have, with their names."""
    from kiosk.data.statistics import FILE, read_statistics

    plan = read_statistics(own=office.data / FILE).plan
    words = {tag: office.catalogue(tag) for tag in ("ja", "en")}

    def name(code: str, tag: str) -> str:
        own = plan.names.get(code, {})
        key = f"statistics.{code}"
        return own.get(tag) or (words[tag].text(key) if words[tag].has(key) else own.get("ja", code))

    return tuple(Code(code, name(code, "ja"), name(code, "en")) for code in plan.national)
