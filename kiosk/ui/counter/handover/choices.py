"""What each row of the page for letters offers to choose from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.core.letter import ASKS, DONE
from kiosk.ui.counter.agencies import services_named
from kiosk.ui.counter.record.choose import Choose
from kiosk.ui.counter.view import Option

if TYPE_CHECKING:
    from kiosk.core.directory import Service
    from kiosk.ui.counter.handover.form import LetterForm

NAME, ROOM = 100, 100
"""Characters of an agency's name that is in no directory, and of a place."""
_AT = re.compile(
    r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?[\s　]+(\d{1,2})[:時](\d{2})?分?(?:[\s　]+(.*))?",
    re.DOTALL,
)


def agency(form: LetterForm) -> Choose:
    """Those the kiosk told first, or the centres of 行政相談; by name all of the directory; else the words as
    they are."""
    say, services = form.console.say, form.desk.services()
    forwarded = form.draft.kind == "forwarded"

    def offer(typed: str) -> list[Option]:
        if typed.strip():
            found = [_option(one) for one in services_named(services, typed)]
            words = " ".join(typed.split())[:NAME]
            return [*found, Option(f"take:{words}", say("record.agency.words", name=words), icon="pencil")]
        if forwarded:
            return [_option(one) for one in form.desk.centres()]
        by_id = {service.id: service for service in services}
        return [_option(by_id[one]) for one in form.case.content.services if one in by_id]

    def take(option: str) -> bool:
        one = option.partition(":")[2]
        service = next((known for known in services if known.id == one), None)
        name = f"{service.organisation_ja} {service.service_ja}".strip() if service is not None else one
        # Agreed was that this agency is told: another one must be asked for anew.
        same = (form.draft.service, form.draft.name) == (service.id if service else "", name)
        consent = form.draft.consent if same else None
        form.asked = form.asked and same
        form.write(service=service.id if service is not None else "", name=name, consent=consent)
        return True

    title = "letters.agency.centre" if forwarded else "letters.agency.title"
    return Choose(say(title), say("letters.back"), offer, take, entry=say("record.agencies.entry"))


def _option(service: Service) -> Option:
    name = f"{service.organisation_ja} {service.service_ja}".strip()
    return Option(f"take:{service.id}", name, service.telephone)


def lines(form: LetterForm) -> Choose:
    options = [Option(f"take:{line}", text) for line, text in form.desk.lines(form.case)]
    return _several(form, "lines", options, "letters.lines.title")


def done(form: LetterForm) -> Choose:
    say = form.console.say
    return _several(
        form, "done", [Option(f"take:{one}", say(f"letter.done.{one}")) for one in DONE], "letters.done.title"
    )


def asks(form: LetterForm) -> Choose:
    say = form.console.say
    return _several(
        form, "asks", [Option(f"take:{one}", say(f"letter.ask.{one}")) for one in ASKS], "letters.asks.title"
    )


def _several(form: LetterForm, what: str, options: Sequence[Option], title: str) -> Choose:
    """Any of them, in the order they are offered."""
    say = form.console.say
    order = [option.id.partition(":")[2] for option in options]

    def has() -> tuple[str, ...]:
        found: tuple[str, ...] = getattr(form.draft, what)
        return found

    def take(option: str) -> bool:
        one = option.partition(":")[2]
        wanted = {*has()} ^ {one}
        form.write(**{what: tuple(known for known in order if known in wanted)})
        return False

    return Choose(
        say(title),
        say("letters.back"),
        lambda _typed: options,
        take,
        lambda: [f"take:{one}" for one in has()],
    )


def consent(form: LetterForm) -> Choose:
    """The resident's answer to the question that stands beside it in their language."""
    say = form.console.say
    options = (
        Option("take:yes", say("letters.consent.yes"), icon="check"),
        Option("take:no", say("letters.consent.no"), icon="x"),
    )

    def take(option: str) -> bool:
        form.asked = True
        form.write(consent=form.desk.now() if option == "take:yes" else None)
        return True

    return _asked(form, "letters.consent.title", options, take, say("letters.consent.text"))


def careful(form: LetterForm) -> Choose:
    """Asked first where a case needs care: a paper can be found by whom it must not be found."""
    say = form.console.say
    options = (
        Option("take:yes", say("letters.careful.yes"), icon="shield-check"),
        Option("take:no", say("letters.careful.no"), icon="x"),
    )

    def take(option: str) -> bool:
        form.weighed = True
        form.write(careful=option == "take:yes")
        return True

    return _asked(form, "letters.careful.title", options, take, say("letters.careful.text"))


def _asked(
    form: LetterForm, title: str, options: Sequence[Option], take: Callable[[str], bool], note: str
) -> Choose:
    say = form.console.say
    return Choose(say(title), say("letters.back"), lambda _typed: options, take, note=lambda _typed: note)


def appointment(form: LetterForm) -> Choose:
    """Day, time and place as they are typed: 11/27 10:00 3階."""
    say = form.console.say

    def offer(typed: str) -> list[Option]:
        found = read_time(typed, form.desk.now())
        if found is None:
            return [Option("take:", say("letters.appointment.none"))]
        at, room = found
        return [Option("take:typed", f"{at:%Y-%m-%d %H:%M}", room)]

    def take(option: str) -> bool:
        found = read_time(form.choose.typed, form.desk.now()) if form.choose is not None else None
        if option == "take:typed" and found is not None:
            form.write(appointment=found[0], room=found[1])
        else:
            form.write(appointment=None, room="")
        return True

    def note(typed: str) -> str:
        bad = typed.strip() and read_time(typed, form.desk.now()) is None
        return say("letters.appointment.unreadable") if bad else ""

    return Choose(
        say("letters.appointment.title"),
        say("letters.back"),
        offer,
        take,
        entry=say("letters.appointment.entry"),
        note=note,
    )


def read_time(typed: str, now: datetime) -> tuple[datetime, str] | None:
    """Day, time and place from `11/27 10:00 3階` or `2026-11-27 10時 3階`; a day without a year is the next
    such day. None where it is none, or is past."""
    found = _AT.fullmatch(unicodedata.normalize("NFKC", typed[:200]).strip())
    if found is None:
        return None
    year, month, day, hour, minute, room = found.groups()
    try:
        at = now.replace(
            year=int(year or now.year), month=int(month), day=int(day), hour=int(hour),
            minute=int(minute or 0), second=0, microsecond=0,
        )  # fmt: skip
        if not year and at < now:
            at = at.replace(year=now.year + 1)
    except ValueError:
        return None
    return (at, " ".join((room or "").split())[:ROOM]) if at >= now else None
