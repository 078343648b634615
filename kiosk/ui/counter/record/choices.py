"""What each row of the record offers to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kiosk.core.codes import Code, named, offered
from kiosk.core.consultation import Interpreted
from kiosk.core.directory import Service
from kiosk.core.visit import CALLERS
from kiosk.ui.counter.agencies import services_named
from kiosk.ui.counter.days import read_day
from kiosk.ui.counter.record.choose import Choose
from kiosk.ui.counter.view import PAGE, Option

if TYPE_CHECKING:
    from kiosk.ui.counter.record.form import Form

PHRASES = (
    "explained",
    "called_agency",
    "filled_in",
    "read_letter",
    "interpreted",
    "booked",
    "letter",
    "listened",
)
"""Sentences that one press writes: `record.phrase.<id>`."""
WAYS = ("staff", "family", "volunteer", "device")
"""Who interpreted where it was no line: `record.interpreter.<way>`."""
LENGTHS = (5, 10, 15, 20, 30, 45, 60, 90)
"""Minutes with an interpreter, where no timer ran."""
MOST_AGENCIES = 20
AGENCY_NAME = 100
"""Characters of an agency's name that is in no directory."""


def topics(form: Form) -> Choose:
    say = form.console.say
    known = tuple(topic.id for topic in form.lists.topics)
    mine = tuple(code for code in form.mine.topics if code not in known)

    def take(option: str) -> bool:
        code, has = option.partition(":")[2], form.mine.topics
        form.write(topics=tuple(one for one in has if one != code) if code in has else (*has, code))
        return False

    options = [Option(f"take:{code}", form.topic(code)) for code in (*known, *mine)]
    return Choose(
        say("record.topics.title"), say("record.back"), lambda _typed: options, take,
        lambda: [f"take:{code}" for code in form.mine.topics],
    )  # fmt: skip


def caller(form: Form) -> Choose:
    say = form.console.say
    options = [Option("take:", say("record.unasked"))]
    options += [Option(f"take:{one}", say(f"caller.{one}")) for one in CALLERS]
    return _single(form, "caller", say("record.caller.title"), lambda _typed: options, form.mine.caller)


def nationality(form: Form) -> Choose:
    return _coded(form, "nationality", form.lists.nationalities, form.mine.nationality)


def status(form: Form) -> Choose:
    return _coded(form, "status", form.lists.statuses, form.mine.status)


def _coded(form: Form, name: str, codes: Sequence[Code], now: str) -> Choose:
    say, tongue = form.console.say, form.tongue

    def offer(typed: str) -> list[Option]:
        found = [Option(f"take:{one.id}", one.name(tongue)) for one in offered(codes, typed, form.case.day)]
        return found if typed.strip() else [Option("take:", say("record.unasked")), *found]

    chosen = _single(form, name, say(f"record.{name}.title"), offer, now)
    return replace(chosen, entry=say(f"record.{name}.entry"), note=_nobody(offer, say("record.nothing")))


def _nobody(offer: Callable[[str], Sequence[Option]], words: str) -> Callable[[str], str]:
    return lambda typed: "" if offer(typed) else words


def _single(form: Form, name: str, title: str, offer: Callable[[str], Sequence[Option]], now: str) -> Choose:
    def take(option: str) -> bool:
        form.write(**{name: option.partition(":")[2]})
        return True

    return Choose(title, form.console.say("record.back"), offer, take, lambda: [f"take:{now}"])


def phrases(form: Form) -> Choose:
    say = form.console.say
    options = [Option(f"take:{one}", say(f"record.phrase.{one}")) for one in PHRASES]

    def take(option: str) -> bool:
        form.insert(say(f"record.phrase.{option.partition(':')[2]}"))
        return True

    return Choose(say("record.phrases.title"), say("record.back"), lambda _typed: options, take)


def agencies(form: Form) -> Choose:
    """Those the kiosk told first; by name all of the directory; else the words as they are."""
    say, services = form.console.say, form.lists.services
    by_id = {service.id: service for service in services}

    def offer(typed: str) -> list[Option]:
        if not typed.strip():
            near = dict.fromkeys((*form.mine.agencies, *form.case.content.services))
            return [_agency(form, by_id.get(one), one) for one in near]
        found = [_agency(form, one, one.id) for one in services_named(services, typed)]
        words = " ".join(typed.split())[:AGENCY_NAME]
        return [*found, Option(f"take:{words}", say("record.agency.words", name=words), icon="pencil")]

    def take(option: str) -> bool:
        one, has = option.partition(":")[2], form.mine.agencies
        if one in has:
            form.write(agencies=tuple(other for other in has if other != one))
        elif len(has) < MOST_AGENCIES:
            form.write(agencies=(*has, one))
        form.retype("")
        return False

    return Choose(
        say("record.agencies.title"), say("record.back"), offer, take,
        lambda: [f"take:{one}" for one in form.mine.agencies], entry=say("record.agencies.entry"),
    )  # fmt: skip


def _agency(form: Form, service: Service | None, one: str) -> Option:
    detail = service.telephone if service is not None else ""
    return Option(f"take:{one}", form.console.cards.agency(one), detail)


def follow_up(form: Form) -> Choose:
    say, today = form.console.say, form.today

    def offer(typed: str) -> list[Option]:
        if typed.strip():
            day = to_ask_again(typed, today)
            return [] if day is None else [_day(form, day)]
        return [_day(form, today + timedelta(days=n)) for n in (2, 3, 5, 10, 21, 30, 60, 90)][:PAGE]

    def take(option: str) -> bool:
        form.write(follow_up=date.fromisoformat(option.partition(":")[2]), followed=False)
        return True

    chosen = form.mine.follow_up
    return Choose(
        say("record.follow.title"), say("record.back"), offer, take,
        lambda: [f"take:{chosen.isoformat()}"] if chosen else [],
        entry=say("record.follow.entry"), note=_nobody(offer, say("record.follow.unreadable")),
    )  # fmt: skip


def _day(form: Form, day: date) -> Option:
    return Option(f"take:{day.isoformat()}", form.day(day))


def to_ask_again(typed: str, today: date) -> date | None:
    """The day that was typed; None for none, and for one that has passed or is more than two years away."""
    day = read_day(typed, today)
    return day if day is not None and today <= day <= today + timedelta(days=731) else None


def interpreters(form: Form) -> Choose:
    """Where no timer ran: which line, or who interpreted; then how long. A press on one takes it out."""
    say = form.console.say
    options = [Option(f"take:{line}", name) for line, name in form.lists.lines]
    options += [Option(f"take:{way}", say(f"record.interpreter.{way}")) for way in WAYS]

    def offer(_typed: str) -> list[Option]:
        had = [
            Option(f"out:{place}", form.interpreted(one), say("record.interpreter.out"), icon="x")
            for place, one in enumerate(form.mine.interpreted)
        ]
        return [*had, *options]

    def take(option: str) -> bool:
        kind, _, what = option.partition(":")
        if kind == "out":
            kept = [one for place, one in enumerate(form.mine.interpreted) if str(place) != what]
            form.write(interpreted=tuple(kept))
            return False
        form.choose = lengths(form, what)
        return False

    return Choose(say("record.interpreter.title"), say("record.back"), offer, take)


def lengths(form: Form, line: str) -> Choose:
    say = form.console.say
    options = [Option(f"take:{n}", say("console.minutes", n=n)) for n in LENGTHS]

    def take(option: str) -> bool:
        seconds = int(option.partition(":")[2]) * 60
        one = Interpreted(line, form.case.language, seconds)
        # In front: the last one is the one a running timer counts in.
        form.write(interpreted=(one, *form.mine.interpreted))
        return True

    return Choose(say("record.interpreter.minutes"), say("record.back"), lambda _typed: options, take)


def others(form: Form) -> Choose:
    """Records of other authors of the same ticket, only to read."""
    say = form.console.say
    return Choose(
        say("record.others.title"), say("record.back"), lambda _typed: (), lambda _option: False,
        words=tuple(form.sentences(one) for one in form.others),
    )  # fmt: skip


def code_name(form: Form, codes: Sequence[Code], code: str) -> str:
    return named(codes, code, form.tongue) if code else form.console.say("record.unasked")
